//! A release made again of an installation that was rendered: `gotk-components.yaml`, `install.yaml`, or
//! what upstream publishes to registries.

use anyhow::Result;
use serde_json::{Map, Value};

use super::components::COMPONENTS;
use super::release::{Files, POLICIES, RBAC};
use crate::error::usage;

const COMPONENT: &str = "/metadata/labels/app.kubernetes.io~1component";
const VERSION: &str = "/metadata/labels/app.kubernetes.io~1version";
const INSTANCE: &str = "/metadata/labels/app.kubernetes.io~1instance";

/// The release that objects say they are part of; bare files of a release say nothing.
pub(super) fn version<'a>(objects: impl IntoIterator<Item = &'a Value>) -> Option<String> {
    let of_flux =
        |object: &&Value| object["metadata"]["labels"]["app.kubernetes.io/part-of"] == "flux";
    let mut versions =
        objects.into_iter().filter(of_flux).filter_map(|object| object.pointer(VERSION)?.as_str());
    versions.next().map(str::to_owned)
}

/// Sorts the objects into the files of a release, and undoes the options. What a folder holds beside
/// them (kustomize's file, the sync objects) is left out.
pub(super) fn files(objects: Vec<Value>) -> Result<Files> {
    let mut files = Files::from([(POLICIES.to_owned(), Vec::new()), (RBAC.to_owned(), Vec::new())]);
    for mut object in objects {
        let Some(file) = file_of(&object) else { continue };
        undo_options(&mut object);
        files.entry(file).or_default().push(object);
    }
    let has_components = COMPONENTS.iter().any(|component| files.contains_key(component.name));
    if !has_components || files[RBAC].is_empty() {
        return Err(usage(
            "there is no Flux in it: neither the files of a release nor an installation",
        ));
    }
    Ok(files)
}

/// The file of a release that holds such an object; none for what is no part of a release.
fn file_of(object: &Value) -> Option<String> {
    let is_of_flux = object["metadata"]["labels"]["app.kubernetes.io/part-of"] == "flux";
    match object["kind"].as_str()? {
        _ if !is_of_flux => None,
        // Every bundle makes its own.
        "Namespace" => None,
        _ if object.pointer(COMPONENT).is_some() => {
            object.pointer(COMPONENT)?.as_str().map(str::to_owned)
        }
        "NetworkPolicy" => Some(POLICIES.to_owned()),
        "ResourceQuota" | "ClusterRole" | "ClusterRoleBinding" => Some(RBAC.to_owned()),
        _ => None,
    }
}

/// Takes back what another value of an option would not replace.
fn undo_options(object: &mut Value) {
    let instance = object.pointer(INSTANCE).and_then(Value::as_str);
    let suffix = format!("-{}", instance.unwrap_or_default());
    for name in ["/metadata/name", "/roleRef/name"] {
        let is_cluster_wide = ["ResourceQuota", "ClusterRole", "ClusterRoleBinding"]
            .iter()
            .any(|kind| object["kind"] == *kind);
        if is_cluster_wide && let Some(Value::String(name)) = object.pointer_mut(name) {
            *name = name.strip_suffix(&suffix).unwrap_or(name).to_owned();
        }
    }
    if object["kind"] == "Deployment"
        && let Some(Value::Object(pod)) = object.pointer_mut("/spec/template/spec")
    {
        undo_pod_options(pod);
    }
}

fn undo_pod_options(pod: &mut Map<String, Value>) {
    for field in ["imagePullSecrets", "nodeSelector", "tolerations"] {
        pod.remove(field);
    }
    let Some(manager) = pod.get_mut("containers").and_then(|containers| containers.get_mut(0))
    else {
        return;
    };
    if let Some(Value::String(image)) = manager.get_mut("image") {
        let name = image.rsplit('/').next().unwrap_or(image);
        *image = format!("fluxcd/{name}");
    }
    if let Some(Value::Array(arguments)) = manager.get_mut("args") {
        arguments.retain(|argument| argument != "--feature-gates=ExternalArtifact=true");
    }
}
