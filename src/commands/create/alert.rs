//! `create alert`.

use anyhow::Result;
use nigari_api::meta::LocalObjectReference;
use nigari_api::notification::AlertSpec;
use serde_json::json;

use super::new::{Created, New, given, same_word};
use crate::cli::create::alert::AlertArgs;

/// An Alert. Its sources are laid out as they were given, since the cluster's own definition decides which
/// kinds there are.
pub(super) fn make(new: &New<'_>, args: &AlertArgs) -> Result<Vec<Created>> {
    let spec = AlertSpec {
        event_severity: args.event_severity.map(same_word).transpose()?,
        provider_ref: LocalObjectReference::new(&args.provider_ref),
        summary: given(&args.summary),
        ..AlertSpec::default()
    };
    let mut object = serde_json::to_value(new.object(&args.name, spec))?;
    object["spec"]["eventSources"] = json!(args.event_sources);
    Ok(vec![Created::of(&object)?])
}
