//! The HelmChart that a HelmRelease with `spec.chart` owns.
//!
//! Source: helm-controller, `internal/reconcile/helmchart_template.go`.

use anyhow::{Context as _, Result};
use kube::api::{DeleteParams, DynamicObject, Patch, PatchParams};
use kube::{Api, Client};
use serde_json::{Value, json};

use super::super::object::Tracked;
use super::super::source;
use super::{CONTROLLER, GROUP};

/// Creates, updates or deletes the HelmChart, as `object` says.
pub(super) async fn reconcile(client: &Client, object: &mut Tracked) -> Result<()> {
    let wanted = chart(object);
    let known = object.str("/status/helmChart").map(ToOwned::to_owned);
    let name = wanted.as_ref().map(reference);
    if let Some(known) = known.filter(|known| object.is_deleted() || Some(known) != name.as_ref()) {
        delete(client, &known).await?;
        object.set_status("helmChart", Value::Null);
    }
    let Some(wanted) = wanted.filter(|_| !object.is_deleted()) else { return Ok(()) };
    apply(client, &wanted).await.context("failed to run server-side apply")?;
    object.set_status("helmChart", json!(reference(&wanted)));
    Ok(())
}

/// `namespace/name`, as `status.helmChart` holds it.
fn reference(chart: &Value) -> String {
    let text = |field: &str| chart["metadata"][field].as_str().unwrap_or_default();
    format!("{}/{}", text("namespace"), text("name"))
}

fn charts(client: &Client, namespace: &str) -> Api<DynamicObject> {
    let (resource, _) = source::helm_charts();
    Api::namespaced_with(client.clone(), namespace, &resource)
}

async fn delete(client: &Client, reference: &str) -> Result<()> {
    let (namespace, name) = reference.split_once('/').unwrap_or_default();
    match charts(client, namespace).delete(name, &DeleteParams::default()).await {
        Err(kube::Error::Api(status)) if status.is_not_found() => Ok(()),
        deleted => Ok(deleted
            .map(|_| ())
            .with_context(|| format!("failed to delete HelmChart '{reference}'"))?),
    }
}

/// Writes only what a dry run shows to be a change.
async fn apply(client: &Client, wanted: &Value) -> kube::Result<()> {
    let text = |field: &str| wanted["metadata"][field].as_str().unwrap_or_default();
    let (api, name) = (charts(client, text("namespace")), text("name"));
    let params = PatchParams::apply(CONTROLLER).force();
    let dry = PatchParams { dry_run: true, ..params.clone() };
    let would_be = api.patch(name, &dry, &Patch::Apply(wanted)).await?;
    let is = api.get_opt(name).await?;
    if is.is_none_or(|is| {
        is.data["spec"] != would_be.data["spec"] || is.metadata.labels != would_be.metadata.labels
    }) {
        api.patch(name, &params, &Patch::Apply(wanted)).await?;
    }
    Ok(())
}

/// The HelmChart that `spec.chart` describes.
fn chart(object: &Tracked) -> Option<Value> {
    let template = object.at("/spec/chart")?;
    let asked = &template["spec"];
    let namespace = asked["sourceRef"]["namespace"].as_str().unwrap_or(object.namespace());
    let mut spec = json!({
        "chart": asked["chart"],
        "interval": asked["interval"].as_str().or(object.str("/spec/interval")),
        "sourceRef": {"kind": asked["sourceRef"]["kind"], "name": asked["sourceRef"]["name"]},
    });
    for field in
        ["version", "reconcileStrategy", "valuesFiles", "ignoreMissingValuesFiles", "verify"]
    {
        if !asked[field].is_null() {
            spec[field] = asked[field].clone();
        }
    }
    let mut labels = template["metadata"]["labels"].clone();
    labels[format!("{GROUP}/name")] = json!(object.name());
    labels[format!("{GROUP}/namespace")] = json!(object.namespace());
    let mut metadata = json!({
        "name": format!("{}-{}", object.namespace(), object.name()),
        "namespace": namespace,
        "labels": labels,
    });
    if template["metadata"]["annotations"].is_object() {
        metadata["annotations"] = template["metadata"]["annotations"].clone();
    }
    let (resource, _) = source::helm_charts();
    Some(json!({
        "apiVersion": resource.api_version, "kind": resource.kind, "metadata": metadata, "spec": spec,
    }))
}
