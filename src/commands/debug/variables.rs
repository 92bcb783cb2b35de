//! The variables that a Kustomization's build puts into manifests.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use kube::api::DynamicObject;
use serde_json::Value;

use super::data_of;
use crate::cluster::Cluster;
use crate::kinds::view::{name, namespace};

/// The variables by name: what is referred to, a later one over an earlier one, and over all what the object
/// says itself. Line breaks are taken out.
///
/// Source: fluxcd/pkg, `kustomize/kustomize_varsub.go`.
pub(super) async fn of(cluster: &Cluster, object: &DynamicObject) -> Result<Vec<(String, String)>> {
    let build = object.data.pointer("/spec/postBuild").with_context(|| {
        format!("Kustomization {}/{} has no spec.postBuild", namespace(object), name(object))
    })?;
    let mut variables = BTreeMap::new();
    for reference in build["substituteFrom"].as_array().into_iter().flatten() {
        variables.extend(data_of(cluster, object, reference).await?.into_iter().flatten());
    }
    let own = build["substitute"].as_object().into_iter().flatten();
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    variables.extend(own.map(|(name, value)| (name.clone(), text(value))));
    Ok(variables.into_iter().map(|(name, value)| (name, value.replace('\n', ""))).collect())
}
