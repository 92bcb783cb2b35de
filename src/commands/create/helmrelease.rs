//! `create helmrelease`.

use anyhow::{Result, anyhow};
use nigari_api::helm::{
    CRDsPolicy, HelmChartTemplate, HelmChartTemplateSpec, HelmReleaseSpec, Install,
    InstallRemediation, Upgrade, UpgradeRemediation,
};

use super::kustomization::{dependencies, kube_config};
use super::new::{Created, New, given, only_if, same_word};
use crate::cli::create::helmrelease::{ChartArgs, HelmReleaseArgs};
use crate::commands::files;
use crate::error::usage;

/// A HelmRelease.
pub(super) fn make(new: &New<'_>, args: &HelmReleaseArgs) -> Result<Vec<Created>> {
    let values = files::values(&args.values, "--values")?;
    if values.as_ref().is_some_and(|values| !values.is_object()) {
        return Err(usage("--values: values are a map, like replicaCount: 2"));
    }
    let storage = given(&args.storage_namespace).or_else(|| given(&args.target_namespace));
    let spec = HelmReleaseSpec {
        chart: chart(&args.chart)?,
        chart_ref: args.chart.chart_ref.clone(),
        depends_on: dependencies(&args.depends_on),
        install: install(args),
        interval: new.interval(),
        kube_config: kube_config(&args.kubeconfig_secret_ref),
        release_name: given(&args.release_name),
        service_account_name: given(&args.service_account),
        storage_namespace: storage,
        target_namespace: given(&args.target_namespace),
        upgrade: upgrade(args)?,
        values,
        values_from: args.values_from.clone(),
        ..HelmReleaseSpec::default()
    };
    new.only(&args.name, spec)
}

fn chart(args: &ChartArgs) -> Result<Option<HelmChartTemplate>> {
    let Some(chart) = given(&args.chart) else { return Ok(None) };
    let source = args.source.clone();
    let spec = HelmChartTemplateSpec {
        chart,
        ignore_missing_values_files: None,
        interval: args.chart_interval.map(|interval| interval.to_string()),
        reconcile_strategy: args.reconcile_strategy.map(same_word).transpose()?,
        source_ref: source
            .ok_or_else(|| anyhow!("--chart without --source, which clap refuses"))?,
        values_files: Vec::new(),
        verify: None,
        version: given(&args.chart_version),
    };
    Ok(Some(HelmChartTemplate { metadata: None, spec }))
}

fn install(args: &HelmReleaseArgs) -> Option<Install> {
    let remediation = args.remediation.install_retries.map(|retries| InstallRemediation {
        retries: Some(retries as isize),
        ..InstallRemediation::default()
    });
    let install = Install {
        // Upstream's installations create them, whatever the policy of upgrades is.
        crds: args.crds.map(|_| CRDsPolicy::Create),
        create_namespace: only_if(args.create_target_namespace),
        remediation,
        ..Install::default()
    };
    Some(install).filter(|install| *install != Install::default())
}

fn upgrade(args: &HelmReleaseArgs) -> Result<Option<Upgrade>> {
    let remediation = match args.remediation.upgrade_retries {
        Some(retries) => Some(UpgradeRemediation {
            retries: Some(retries as isize),
            strategy: args.remediation.upgrade_strategy.map(same_word).transpose()?,
            ..UpgradeRemediation::default()
        }),
        None => None,
    };
    let upgrade = Upgrade {
        cleanup_on_fail: only_if(args.remediation.upgrade_cleanup_on_fail),
        crds: args.crds.map(same_word).transpose()?,
        remediation,
        ..Upgrade::default()
    };
    Ok(Some(upgrade).filter(|upgrade| *upgrade != Upgrade::default()))
}
