//! Install options: functions over a bundle's objects, the same whichever bundle it is.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context as _, Result, bail};
use serde_json::{Map, Value, json};

use super::components::{COMPONENTS, Component};
use super::name;
use crate::error;

/// What can be chosen about an installation.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where the controllers run; their instance's name at the same time.
    pub namespace: String,
    /// The components, in the order of the file.
    pub components: Vec<&'static Component>,
    /// Whether network policies are part of it.
    pub network_policy: bool,
    /// What the controllers log.
    pub log_level: LogLevel,
    /// Whether the controllers look at all namespaces, or at their own only.
    pub watch_all_namespaces: bool,
    /// The domain of the cluster's DNS.
    pub cluster_domain: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            namespace: "flux-system".to_owned(),
            components: COMPONENTS.iter().collect(),
            network_policy: true,
            log_level: LogLevel::Info,
            watch_all_namespaces: true,
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

const CLUSTER_SCOPED: [&str; 4] =
    ["Namespace", "CustomResourceDefinition", "ClusterRole", "ClusterRoleBinding"];

/// Kinds whose names carry the namespace, so that several installations fit into one cluster.
const SUFFIXED: [&str; 3] = ["ResourceQuota", "ClusterRole", "ClusterRoleBinding"];

/// Applies all options to the objects of the Flux release `version`.
pub(super) fn apply(options: &Options, version: &str, objects: &mut Vec<Value>) -> Result<()> {
    name::dns_label(&options.namespace).context("the namespace cannot be used")?;
    name::dns_subdomain(&options.cluster_domain).context("the cluster domain cannot be used")?;
    if !options.network_policy {
        objects.retain(|object| object["kind"] != "NetworkPolicy");
    }
    move_to_namespace(objects, &options.namespace)?;
    for object in objects.iter_mut() {
        label(object, &options.namespace, version)?;
        if object["kind"] == "Deployment" {
            set_arguments(object, options)?;
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

fn set_arguments(deployment: &mut Value, options: &Options) -> Result<()> {
    let name = deployment["metadata"]["name"].as_str().unwrap_or_default().to_owned();
    let watches = options.watch_all_namespaces.to_string();
    let services = format!("$(RUNTIME_NAMESPACE).svc.{}.", options.cluster_domain);
    let storage = format!("{name}.{services}");
    let has_events = options.components.iter().any(|it| it.name == "notification-controller");
    // The dot before the slash ends a fully qualified name: no search domains are tried.
    let events = format!("http://notification-controller.{services}/");
    let events = if has_events { events } else { String::new() };

    let manager = deployment.pointer_mut("/spec/template/spec/containers/0/args");
    let Some(Value::Array(arguments)) = manager else {
        bail!("Deployment {name} has no arguments");
    };
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
    use super::super::components::{components, select};
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
