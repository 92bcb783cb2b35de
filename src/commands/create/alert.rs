//! `create alert`.

use anyhow::Result;
use nigari_api::meta::LocalObjectReference;
use nigari_api::notification::AlertSpec;
use serde_json::json;

use super::new::{Created, New, RefusalHint, given, same_word};
use crate::cli::create::alert::AlertArgs;
use crate::error::{Explain as _, usage};
use crate::manifests::value::reference::TERRAFORM;

/// The definition that does not list objects of tofu-controller.
const DEFINITION: &str = "alerts.notification.toolkit.fluxcd.io";

/// What makes it accept them.
///
/// Source: tofu-controller's documentation, "Use with notification-controller".
const PATCH: &str = r#"[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/eventSources/items/properties/kind/enum/-","value":"Terraform"}]"#;

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
    let hint = RefusalHint { field: "eventSources", hints: patch_hints() };
    let hint = Some(hint).filter(|_| is_unknown);
    Ok(vec![Created { hint, ..new.laid_out(&object)? }])
}

fn unknown_kind() -> anyhow::Error {
    let error = usage(
        "spec.eventSources[].kind: the definition of Alerts does not list Terraform among its values, unless \
         it was patched, which --export cannot see",
    );
    patch_hints()
        .into_iter()
        .fold(error, |error, hint| error.hint(hint))
        .hint("then create it on the cluster, or with --commit, without --export")
}

fn patch_hints() -> Vec<String> {
    vec![
        format!(
            "let the definition accept it: kubectl patch crd {DEFINITION} --type=json -p '{PATCH}'"
        ),
        format!(
            "a Flux that is synced from a repository puts its definition back: there, add this to the \
             kustomization.yaml beside gotk-components.yaml: patches: [{{target: {{kind: \
             CustomResourceDefinition, name: {DEFINITION}}}, patch: '{PATCH}'}}]"
        ),
    ]
}
