//! `create alert`.

use anyhow::Result;
use nigari_api::meta::LocalObjectReference;
use nigari_api::notification::AlertSpec;
use serde_json::json;

use super::new::{Created, New, given, same_word};
use crate::cli::create::alert::AlertArgs;
use crate::error::{Explain as _, usage};
use crate::manifests::value::reference::TERRAFORM;

/// What makes the API of Alerts accept objects of tofu-controller.
///
/// Source: tofu-controller's documentation, "Use with notification-controller".
const PATCH: &str = "kubectl patch crd alerts.notification.toolkit.fluxcd.io --type=json -p \
    '[{\"op\":\"add\",\"path\":\"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/\
    eventSources/items/properties/kind/enum/-\",\"value\":\"Terraform\"}]'";

/// An Alert. Its sources are laid out as they were given, since the cluster's own definition decides which
/// kinds there are.
///
/// # Errors
/// For a kind that only a patched definition accepts, where no cluster is asked.
pub(super) fn make(new: &New<'_>, args: &AlertArgs, is_export: bool) -> Result<Vec<Created>> {
    let spec = AlertSpec {
        event_severity: args.event_severity.map(same_word).transpose()?,
        provider_ref: LocalObjectReference::new(&args.provider_ref),
        summary: given(&args.summary),
        ..AlertSpec::default()
    };
    let mut object = serde_json::to_value(new.object(&args.name, spec))?;
    object["spec"]["eventSources"] = json!(args.event_sources);
    let is_unknown = args.event_sources.iter().any(|source| source.kind == TERRAFORM);
    if is_unknown && is_export {
        return Err(unknown_kind());
    }
    let hint = is_unknown.then(patch_hint);
    Ok(vec![Created { hint, ..Created::of(&object)? }])
}

fn unknown_kind() -> anyhow::Error {
    usage(
        "spec.eventSources[].kind: the definition of Alerts does not list Terraform among its values, unless \
         it was patched, which --export cannot see",
    )
    .hint(patch_hint())
    .hint("then create it on the cluster, without --export")
}

fn patch_hint() -> String {
    format!("let the definition accept it: {PATCH}")
}
