//! Looks into a HelmRelease or a Kustomization: what its controller sees, and has noted.

mod target_path;
mod values;
mod variables;

use anyhow::{Result, anyhow};
use k8s_openapi::api::core::v1::Secret;
use kube::api::DynamicObject;
use kube::core::{ApiResource, GroupVersionKind};
use serde_json::{Value, json};

use crate::cli::debug::{DebugArgs, DebugSubject};
use crate::cluster::Cluster;
use crate::context::Context;
use crate::kinds::Kind;
use crate::kinds::helm::HELM_RELEASE;
use crate::kinds::kustomize::KUSTOMIZATION;
use crate::kinds::view::namespace;
use crate::output::clean;
use crate::output::document::Document;

/// Prints what was asked for of one object.
///
/// # Errors
/// [`crate::error::Class::NotFound`] when the object is not there; [`crate::error::Class::Failed`] when what
/// it refers to is not, unless that is optional.
pub async fn run(ctx: &Context, args: &DebugArgs) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let find = |kind: &'static Kind, name| cluster.find(kind, ctx.namespace(), name);
    let work = async {
        match &args.subject {
            DebugSubject::Helmrelease(args) => {
                let object = find(&HELM_RELEASE, &args.name).await?;
                match args.show_values {
                    true => Document::Yaml.text(&values::of(cluster, &object).await?),
                    false => noted(&object, args.show_history),
                }
            }
            DebugSubject::Kustomization(args) => {
                let object = find(&KUSTOMIZATION, &args.name).await?;
                match args.show_vars {
                    true => Ok(lines(ctx, &variables::of(cluster, &object).await?)),
                    false => noted(&object, args.show_history),
                }
            }
        }
    };
    ctx.output.data(&ctx.deadline.within("the cluster", work).await?)
}

/// The status, or its history.
fn noted(object: &DynamicObject, is_history: bool) -> Result<String> {
    let (pointer, none) =
        if is_history { ("/status/history", json!([])) } else { ("/status", json!({})) };
    Document::Yaml.text(object.data.pointer(pointer).unwrap_or(&none))
}

/// `NAME=VALUE`, for a script as it is, for a terminal without what that would obey.
fn lines(ctx: &Context, variables: &[(String, String)]) -> String {
    let lines: String = variables.iter().map(|(name, value)| format!("{name}={value}\n")).collect();
    match ctx.output.stdout_is_terminal {
        true => clean(&lines).into_owned(),
        false => lines,
    }
}

/// The data of a ConfigMap or a Secret that an object refers to; nothing when it is not there and optional.
async fn data_of(
    cluster: &Cluster,
    object: &DynamicObject,
    reference: &Value,
) -> Result<Option<Vec<(String, String)>>> {
    let namespace = namespace(object);
    let name = reference["name"].as_str().unwrap_or_default();
    let (kind, data) = match reference["kind"].as_str() {
        Some("Secret") => ("Secret", cluster.secret(namespace, name).await?.map(texts)),
        _ => {
            let gvk = GroupVersionKind::gvk("", "v1", "ConfigMap");
            let maps = ApiResource::from_gvk_with_plural(&gvk, "configmaps");
            ("ConfigMap", cluster.get(&maps, Some(namespace), name).await?.map(|map| entries(&map)))
        }
    };
    match data {
        None if reference["optional"] != true => {
            Err(anyhow!("{kind} {namespace}/{name}, which it refers to, is not there"))
        }
        data => Ok(data),
    }
}

fn texts(secret: Secret) -> Vec<(String, String)> {
    let data = secret.data.unwrap_or_default().into_iter();
    data.map(|(key, value)| (key, String::from_utf8_lossy(&value.0).into_owned())).collect()
}

fn entries(map: &DynamicObject) -> Vec<(String, String)> {
    let data = map.data["data"].as_object().into_iter().flatten();
    data.filter_map(|(key, value)| Some((key.clone(), value.as_str()?.to_owned()))).collect()
}
