//! `create source chart`.

use anyhow::Result;
use nigari_api::source::{HelmChartSpec, HelmChartVerification};

use super::new::{Created, New, given, reference, same_word};
use super::verification::identities;
use crate::cli::create::source_chart::SourceChartArgs;
use crate::cli::create::verification::VerificationArgs;

/// A HelmChart.
pub(super) fn make(new: &New<'_>, args: &SourceChartArgs) -> Result<Vec<Created>> {
    let spec = HelmChartSpec {
        chart: args.chart.clone(),
        interval: new.interval(),
        reconcile_strategy: args.reconcile_strategy.map(same_word).transpose()?,
        source_ref: args.source.clone(),
        verify: verification(&args.verification)?,
        version: given(&args.chart_version),
        ..HelmChartSpec::default()
    };
    new.only(&args.name, spec)
}

fn verification(args: &VerificationArgs) -> Result<Option<HelmChartVerification>> {
    let Some(provider) = args.verify_provider else { return Ok(None) };
    Ok(Some(HelmChartVerification {
        match_oidc_identity: identities(args),
        provider: same_word(provider)?,
        secret_ref: reference(&args.verify_secret_ref),
    }))
}
