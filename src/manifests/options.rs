//! Install options: functions over a bundle's objects, the same whichever bundle it is.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value, json};

use super::components::{Component, default_components};
use super::name;
use crate::error::{self, Explain as _};

/// What can be chosen about an installation.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the controllers run; their instance's name at the same time.
    pub namespace: String,
    /// The components, in the order of the file.
    pub components: Vec<&'static Component>,
    /// What stands before the images' names; empty for the registry that the nodes assume.
    pub registry: String,
    /// The Secret of the same namespace with which the images are pulled.
    pub image_pull_secret: Option<String>,
    /// Whether network policies are part of it.
    pub network_policy: bool,
    /// What the controllers log.
    pub log_level: LogLevel,
    /// Whether the controllers look at all namespaces, or at their own only.
    pub watch_all_namespaces: bool,
    /// The keys of the taints that the controllers' pods tolerate.
    pub toleration_keys: Vec<String>,
    /// The domain of the cluster's DNS.
    pub cluster_domain: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            namespace: "flux-system".to_owned(),
            components: default_components(),
            registry: "ghcr.io/fluxcd".to_owned(),
            image_pull_secret: None,
            network_policy: true,
            log_level: LogLevel::Info,
            watch_all_namespaces: true,
            toleration_keys: Vec::new(),
            cluster_domain: "cluster.local".to_owned(),
        }
    }
}

/// What the controllers log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogLevel {
    /// Everything.
    Debug,
    /// What happened.
    #[default]
    Info,
    /// Failures.
    Error,
}

impl LogLevel {
    /// All levels, most talkative first.
    pub const ALL: [Self; 3] = [Self::Debug, Self::Info, Self::Error];
}

impl fmt::Display for LogLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Error => "error",
        })
    }
}

impl FromStr for LogLevel {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let known = Self::ALL.into_iter().find(|level| level.to_string() == text);
        known.ok_or_else(|| {
            error::usage(format!("{text:?} is not a log level: write debug, info or error"))
        })
    }
}

/// Accepts a registry, with or without folders below it: `ghcr.io/fluxcd`. A `/` at the end is dropped.
///
/// # Errors
/// Usage, for what no image's name can begin with.
pub fn registry(text: &str) -> Result<String> {
    if text.contains("://") {
        return Err(error::usage(format!("{text:?} is an address and not a registry"))
            .hint("leave out everything up to ://"));
    }
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(error::usage(format!("{text:?} is not the name of a registry")));
    }
    Ok(text.trim_end_matches('/').to_owned())
}

const CLUSTER_SCOPED: [&str; 4] =
    ["Namespace", "CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding"];

/// Kinds whose names carry the namespace, so that several installations fit into one cluster.
const SUFFIXED: [&str; 3] = ["ResourceQuota", "ClusterRole", "ClusterRoleBinding"];

/// The controllers that take sources of other kinds once they are told to.
const APPLIERS: [&str; 2] = ["kustomize-controller", "helm-controller"];

/// Applies all options to the objects of the Flux release `version`.
pub(super) fn apply(options: &Options, version: &str, objects: &mut [Value]) -> Result<()> {
    name::dns_label(&options.namespace).context("the namespace cannot be used")?;
    name::dns_subdomain(&options.cluster_domain).context("the cluster domain cannot be used")?;
    move_to_namespace(objects, &options.namespace)?;
    for object in objects.iter_mut() {
        label(object, &options.namespace, version)?;
        if object["kind"] == "Deployment" {
            set_pod(object, options)?;
        }
    }
    Ok(())
}

fn move_to_namespace(objects: &mut [Value], namespace: &str) -> Result<()> {
    let of_kind = |kind: &'static str| move |object: &&Value| object["kind"] == kind;
    let roles: Vec<Value> = objects
        .iter()
        .filter(of_kind("ClusterRole"))
        .map(|role| role["metadata"]["name"].clone())
        .collect();
    for object in objects {
        let kind = object["kind"].as_str().unwrap_or_default().to_owned();
        let metadata = mapping(object, &["metadata"])?;
        if kind == "Namespace" {
            metadata.insert("name".to_owned(), namespace.into());
        }
        if SUFFIXED.contains(&kind.as_str()) {
            add_suffix(metadata, namespace);
        }
        if !CLUSTER_SCOPED.contains(&kind.as_str()) {
            metadata.insert("namespace".to_owned(), namespace.into());
        }
        if kind == "ClusterRoleBinding" {
            move_binding(object, &roles, namespace)?;
        }
    }
    Ok(())
}

/// Points a binding at its role's new name, unless the role is one of the cluster's own, and at the
/// ServiceAccounts in `namespace`.
fn move_binding(binding: &mut Value, roles: &[Value], namespace: &str) -> Result<()> {
    let role = mapping(binding, &["roleRef"])?;
    if role.get("name").is_some_and(|name| roles.contains(name)) {
        add_suffix(role, namespace);
    }
    for subject in binding["subjects"].as_array_mut().into_iter().flatten() {
        mapping(subject, &[])?.insert("namespace".to_owned(), namespace.into());
    }
    Ok(())
}

fn add_suffix(named: &mut Map<String, Value>, suffix: &str) {
    if let Some(Value::String(name)) = named.get_mut("name") {
        name.push('-');
        name.push_str(suffix);
    }
}

/// Labels the object, and the pods of a Deployment, with instance and release.
///
/// Because of the pods, every release restarts every controller, as upstream's releases do.
fn label(object: &mut Value, namespace: &str, version: &str) -> Result<()> {
    let labels = [
        ("app.kubernetes.io/instance", namespace),
        ("app.kubernetes.io/part-of", "flux"),
        ("app.kubernetes.io/version", version),
    ];
    let of_object: &[&str] = &["metadata", "labels"];
    let of_pods: &[&str] = &["spec", "template", "metadata", "labels"];
    let is_deployment = object["kind"] == "Deployment";
    for path in [of_object].into_iter().chain(is_deployment.then_some(of_pods)) {
        let target = mapping(object, path)?;
        for (key, value) in labels {
            target.insert(key.to_owned(), value.into());
        }
    }
    Ok(())
}

/// Says where the pods run, what they run, and how.
fn set_pod(deployment: &mut Value, options: &Options) -> Result<()> {
    let name = deployment["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    let pod = mapping(deployment, &["spec", "template", "spec"])?;
    pod.insert("nodeSelector".to_owned(), json!({ "kubernetes.io/os": "linux" }));
    if let Some(secret) = &options.image_pull_secret {
        pod.insert("imagePullSecrets".to_owned(), json!([{ "name": secret }]));
    }
    let keys = options.toleration_keys.iter();
    let tolerations: Vec<_> = keys.map(|key| json!({ "key": key, "operator": "Exists" })).collect();
    if !tolerations.is_empty() {
        pod.insert("tolerations".to_owned(), tolerations.into());
    }
    let manager = pod.get_mut("containers").and_then(|containers| containers.get_mut(0));
    let manager = manager.with_context(|| format!("Deployment {name} has no container"))?;
    set_image(manager, &options.registry);
    let Some(Value::Array(arguments)) = manager.get_mut("args") else {
        bail!("Deployment {name} has no arguments");
    };
    set_arguments(&name, arguments, options)
}

/// Puts the registry before the name under which releases publish their images.
fn set_image(container: &mut Value, registry: &str) {
    if let Some(Value::String(image)) = container.get_mut("image")
        && let Some(name) = image.strip_prefix("fluxcd/")
        && !registry.is_empty()
    {
        *image = format!("{registry}/{name}");
    }
}

fn set_arguments(name: &str, arguments: &mut Vec<Value>, options: &Options) -> Result<()> {
    let has = |name: &str| options.components.iter().any(|component| component.name == name);
    let watches = options.watch_all_namespaces.to_string();
    let services = format!("$(RUNTIME_NAMESPACE).svc.{}.", options.cluster_domain);
    let storage = format!("{name}.{services}");
    // The dot before the slash ends a fully qualified name: no search domains are tried.
    let events = format!("http://notification-controller.{services}/");
    let events = if has("notification-controller") { events } else { String::new() };

    for (flag, value) in
        [("--watch-all-namespaces", watches), ("--log-level", options.log_level.to_string())]
    {
        if !set_flag(arguments, flag, &value) {
            bail!("Deployment {name} has no argument {flag}");
        }
    }
    // Not every controller sends events or serves artifacts.
    set_flag(arguments, "--events-addr", &events);
    set_flag(arguments, "--storage-adv-addr", &storage);
    // What source-watcher makes are ExternalArtifacts, which the appliers do not look at by default.
    if has("source-watcher") && APPLIERS.contains(&name) {
        arguments.push("--feature-gates=ExternalArtifact=true".into());
    }
    Ok(())
}

/// Gives `flag` its value where it stands; false when it is not among the arguments.
fn set_flag(arguments: &mut [Value], flag: &str, value: &str) -> bool {
    let is_flag = |argument: &&mut Value| {
        let rest = argument.as_str().and_then(|text| text.strip_prefix(flag));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
    };
    let Some(argument) = arguments.iter_mut().find(is_flag) else { return false };
    *argument = json!(format!("{flag}={value}"));
    true
}

/// The mapping at `path` below `value`, made where it is missing.
fn mapping<'a>(value: &'a mut Value, path: &[&str]) -> Result<&'a mut Map<String, Value>> {
    let not_a_mapping = || format!("/{} is not a mapping", path.join("/"));
    let mut map = value.as_object_mut().with_context(not_a_mapping)?;
    for key in path {
        let entry = map.entry(*key).or_insert_with(|| json!({}));
        map = entry.as_object_mut().with_context(not_a_mapping)?;
    }
    Ok(map)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::components::{components, select};
    use super::super::yaml;
    use super::*;

    fn arguments(options: &Options, deployment: &str) -> Vec<String> {
        let bundle = components(options).unwrap();
        let is_it = |object: &&Value| {
            object["kind"] == "Deployment" && object["metadata"]["name"] == deployment
        };
        let found = bundle.objects.iter().find(is_it).unwrap();
        serde_json::from_value(found["spec"]["template"]["spec"]["containers"][0]["args"].clone())
            .unwrap()
    }

    #[test]
    fn options_reach_the_arguments() {
        let options = Options {
            watch_all_namespaces: false,
            log_level: LogLevel::Debug,
            cluster_domain: "k8s.example".to_owned(),
            ..Options::default()
        };
        assert_eq!(
            arguments(&options, "source-controller"),
            [
                "--events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.k8s.example./",
                "--watch-all-namespaces=false",
                "--log-level=debug",
                "--log-encoding=json",
                "--enable-leader-election",
                "--storage-path=/data",
                "--storage-adv-addr=source-controller.$(RUNTIME_NAMESPACE).svc.k8s.example.",
            ]
        );
    }

    #[test]
    fn without_notification_controller_events_go_nowhere() {
        let components = select(&["source-controller", "kustomize-controller"]).unwrap();
        let options = Options { components, ..Options::default() };
        assert_eq!(arguments(&options, "kustomize-controller")[0], "--events-addr=");
    }

    #[test]
    fn source_watcher_opens_the_appliers_for_external_artifacts() {
        let components = super::super::components::COMPONENTS.iter().collect();
        let options = Options { components, ..Options::default() };
        for name in ["kustomize-controller", "helm-controller"] {
            let arguments = arguments(&options, name);
            assert_eq!(arguments.last().unwrap(), "--feature-gates=ExternalArtifact=true");
        }
        let others = arguments(&options, "image-reflector-controller");
        assert_eq!(others.last().unwrap(), "--enable-leader-election");
    }

    #[test]
    fn registries_are_names_and_not_addresses() {
        for (text, read) in [("", ""), ("localhost:5000/", "localhost:5000"), ("a/b", "a/b")] {
            assert_eq!(registry(text).unwrap(), read);
        }
        for wrong in ["https://ghcr.io/fluxcd", "ghcr.io/a b", "ghcr.io\n"] {
            assert_eq!(error::class_of(&registry(wrong).unwrap_err()), error::Class::Usage);
        }
    }

    proptest! {
        // Each case renders the whole bundle.
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn any_value_stays_a_value(registry: String, secret: String, keys: Vec<String>) {
            let options = Options {
                registry: registry.clone(),
                image_pull_secret: Some(secret.clone()),
                toleration_keys: keys.clone(),
                ..Options::default()
            };
            let text = components(&options).unwrap().manifest().unwrap().text;
            let objects = yaml::documents(&text).unwrap();
            let deployments = objects.iter().filter(|object| object["kind"] == "Deployment");
            let names = options.components.iter().map(|component| (component.name, component.version));
            prop_assert_eq!(deployments.clone().count(), 4);
            for (deployment, (name, version)) in deployments.zip(names) {
                let pod = &deployment["spec"]["template"]["spec"];
                let slash = if registry.is_empty() { "fluxcd/" } else { "/" };
                let image = format!("{registry}{slash}{name}:{version}");
                prop_assert_eq!(&pod["containers"][0]["image"], &json!(image));
                prop_assert_eq!(&pod["imagePullSecrets"], &json!([{ "name": secret }]));
                let found = pod["tolerations"].as_array().into_iter().flatten();
                let found: Vec<_> = found.map(|toleration| toleration["key"].clone()).collect();
                prop_assert_eq!(found, keys.iter().map(|key| json!(key)).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn network_policies_can_be_left_out() {
        let options = Options { network_policy: false, ..Options::default() };
        let objects = components(&options).unwrap().objects;
        assert_eq!(objects.len(), 29);
        assert!(objects.iter().all(|object| object["kind"] != "NetworkPolicy"));
    }

    #[test]
    fn another_namespace_is_another_instance() {
        let options = Options { namespace: "gitops".to_owned(), ..Options::default() };
        let bundle = components(&options).unwrap();
        let text = bundle.manifest().unwrap().text;
        assert!(!text.contains("flux-system"), "a trace of the default namespace remains");
        let names = |kind: &str| -> Vec<&str> {
            let of_kind = bundle.objects.iter().filter(|object| object["kind"] == kind);
            of_kind.filter_map(|object| object["metadata"]["name"].as_str()).collect()
        };
        assert_eq!(names("Namespace"), ["gitops"]);
        assert_eq!(names("ResourceQuota"), ["critical-pods-gitops"]);
        assert_eq!(
            names("ClusterRole"),
            ["crd-controller-gitops", "flux-edit-gitops", "flux-view-gitops"]
        );
        let bindings = names("ClusterRoleBinding");
        assert_eq!(bindings, ["cluster-reconciler-gitops", "crd-controller-gitops"]);
        let roles: Vec<_> =
            bundle.objects.iter().filter_map(|object| object.pointer("/roleRef/name")).collect();
        assert_eq!(roles, ["cluster-admin", "crd-controller-gitops"]);
    }

    #[test]
    fn names_that_cannot_be_are_refused() {
        for options in [
            Options { namespace: "Flux".to_owned(), ..Options::default() },
            Options { cluster_domain: "a b".to_owned(), ..Options::default() },
        ] {
            let error = components(&options).unwrap_err();
            assert_eq!(error::class_of(&error), error::Class::Usage);
        }
        assert!("trace".parse::<LogLevel>().is_err());
    }
}
