//! The component bundle, compared object for object with what upstream makes of its release.

#![allow(clippy::disallowed_methods, reason = "tests find their data through the environment")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "clippy takes only #[test] for tests")]

mod oracle;

use nigari::manifests::components::{
    COMPONENTS, Component, components, default_components, select,
};
use nigari::manifests::options::{LogLevel, Options};
use nigari::manifests::release::Release;
use nigari::manifests::{go_yaml, yaml};
use serde_json::{Value, json};

/// What is different from upstream on purpose. `docs/differences.md` says the same to users.
const DIFFERENCES: [Difference; 2] = [
    Difference { what: "descriptions of a CRD are our own words", take_out: descriptions },
    Difference { what: "controller-gen did not make our CRDs", take_out: generator },
];

struct Difference {
    what: &'static str,
    /// Takes what differs out of our object and out of upstream's.
    take_out: fn(&mut Value, &mut Value),
}

fn descriptions(ours: &mut Value, upstream: &mut Value) {
    for object in [ours, upstream] {
        if object["kind"] == "CustomResourceDefinition" {
            take_out_descriptions(object);
        }
    }
}

/// A description is text; a property of that name is a schema and stays.
fn take_out_descriptions(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|key, value| key != "description" || !value.is_string());
            fields.values_mut().for_each(take_out_descriptions);
        }
        Value::Array(items) => items.iter_mut().for_each(take_out_descriptions),
        _ => {}
    }
}

fn generator(ours: &mut Value, upstream: &mut Value) {
    for object in [ours, upstream] {
        let annotations = object.pointer_mut("/metadata/annotations");
        if let Some(annotations) = annotations.and_then(Value::as_object_mut) {
            annotations.shift_remove("controller-gen.kubebuilder.io/version");
        }
    }
}

fn all() -> Vec<&'static Component> {
    COMPONENTS.iter().collect()
}

fn upstream(file: &str) -> Option<Vec<Value>> {
    Some(yaml::documents(&oracle::release_file(file)?).unwrap())
}

/// What upstream's generator makes of its release: kustomize with these transformations, in other words than
/// ours. It counts arguments where we look for flags, and replaces text where we look for fields.
struct Generator<'a>(&'a Options);

impl Generator<'_> {
    fn objects(&self) -> Option<Vec<Value>> {
        let namespace = &self.0.namespace;
        let mut objects = vec![json!({
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": { "name": namespace, "labels": {
                "pod-security.kubernetes.io/warn": "restricted",
                "pod-security.kubernetes.io/warn-version": "latest",
            }},
        })];
        if self.0.network_policy {
            objects.extend(upstream("policies")?);
        }
        let rbac = oracle::release_file("rbac")?.replace("flux-system", namespace);
        objects.extend(yaml::documents(&rbac).unwrap().into_iter().map(|it| self.with_suffix(it)));
        for component in &self.0.components {
            let component = upstream(component.name)?;
            objects.extend(component.into_iter().map(|object| self.deployed(object)));
        }
        Some(objects.into_iter().map(|object| self.placed(object)).collect())
    }

    fn with_suffix(&self, mut object: Value) -> Value {
        for field in ["/metadata/name", "/roleRef/name"] {
            if let Some(Value::String(name)) = object.pointer_mut(field)
                && name != "cluster-admin"
            {
                *name = format!("{name}-{}", self.0.namespace);
            }
        }
        object
    }

    fn has(&self, name: &str) -> bool {
        self.0.components.iter().any(|component| component.name == name)
    }

    fn deployed(&self, mut object: Value) -> Value {
        if object["kind"] != "Deployment" {
            return object;
        }
        let name = object["metadata"]["name"].as_str().unwrap().to_owned();
        let pod = &mut object["spec"]["template"]["spec"];
        pod["nodeSelector"]["kubernetes.io/os"] = json!("linux");
        if let Some(secret) = &self.0.image_pull_secret {
            pod["imagePullSecrets"] = json!([{ "name": secret }]);
        }
        if !self.0.toleration_keys.is_empty() {
            let tolerate = |key: &String| json!({ "key": key, "operator": "Exists" });
            pod["tolerations"] = self.0.toleration_keys.iter().map(tolerate).collect();
        }
        let container = &mut pod["containers"][0];
        if !self.0.registry.is_empty() {
            let image = container["image"].as_str().unwrap();
            let (_, image) = image.split_once('/').unwrap();
            container["image"] = json!(format!("{}/{image}", self.0.registry));
        }
        let arguments = container["args"].as_array_mut().unwrap();
        self.set_arguments(&name, arguments);
        object
    }

    fn set_arguments(&self, name: &str, arguments: &mut Vec<Value>) {
        let domain = &self.0.cluster_domain;
        let mut first = 0;
        if name != "notification-controller" {
            let events =
                format!("http://notification-controller.$(RUNTIME_NAMESPACE).svc.{domain}./");
            let events = if self.has("notification-controller") { &*events } else { "" };
            arguments[0] = json!(format!("--events-addr={events}"));
            first = 1;
        }
        let watches = self.0.watch_all_namespaces;
        arguments[first] = json!(format!("--watch-all-namespaces={watches}"));
        arguments[first + 1] = json!(format!("--log-level={}", self.0.log_level));
        if name.starts_with("source-") {
            let address = format!("{name}.$(RUNTIME_NAMESPACE).svc.{domain}.");
            arguments[6] = json!(format!("--storage-adv-addr={address}"));
        }
        if self.has("source-watcher") && (name.starts_with("kustomize") || name.starts_with("helm"))
        {
            arguments.push(json!("--feature-gates=ExternalArtifact=true"));
        }
    }

    fn placed(&self, mut object: Value) -> Value {
        let labels = json!({
            "app.kubernetes.io/instance": self.0.namespace,
            "app.kubernetes.io/part-of": "flux",
            "app.kubernetes.io/version": "v2.9.4",
        });
        for metadata in ["/metadata", "/spec/template/metadata"] {
            if let Some(metadata) = object.pointer_mut(metadata) {
                for (key, value) in labels.as_object().unwrap() {
                    metadata["labels"][key] = value.clone();
                }
            }
        }
        let kind = object["kind"].as_str().unwrap();
        if !(kind.starts_with("Cluster") || kind.starts_with("Custom") || kind == "Namespace") {
            object["metadata"]["namespace"] = json!(self.0.namespace);
        }
        object
    }
}

fn address(object: &Value) -> String {
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str).unwrap_or("-");
    format!("{} {}/{}", text("/kind"), text("/metadata/namespace"), text("/metadata/name"))
}

/// Compares object by object, so that a failure shows one and not forty.
#[track_caller]
fn assert_same(case: &str, ours: &[Value], upstream: &[Value], differences: &[Difference]) {
    let addresses = |objects: &[Value]| objects.iter().map(address).collect::<Vec<_>>();
    assert_eq!(addresses(ours), addresses(upstream), "{case}");
    for (ours, upstream) in ours.iter().zip(upstream) {
        let (mut ours, mut upstream) = (ours.clone(), upstream.clone());
        for difference in differences {
            (difference.take_out)(&mut ours, &mut upstream);
        }
        let except: Vec<_> = differences.iter().map(|difference| difference.what).collect();
        assert_eq!(ours, upstream, "{case}, except that {except:?}");
    }
}

/// Every option alone, and several together.
fn cases() -> Vec<(&'static str, Options)> {
    let owned = |text: &str| text.to_owned();
    let default = Options::default;
    let extra = |name| [default_components(), select(&[name]).unwrap()].concat();
    let several = Options {
        namespace: owned("gitops"),
        components: select(&["kustomize-controller", "source-controller", "source-watcher"])
            .unwrap(),
        registry: owned("registry.example:5000/mirror/flux"),
        image_pull_secret: Some(owned("pull")),
        network_policy: false,
        log_level: LogLevel::Error,
        watch_all_namespaces: false,
        toleration_keys: vec![owned("dedicated"), owned("node.example/flux")],
        cluster_domain: owned("k8s.example"),
    };
    vec![
        ("the default", default()),
        ("all components", Options { components: all(), ..default() }),
        (
            "image-reflector-controller",
            Options { components: extra("image-reflector-controller"), ..default() },
        ),
        (
            "image-automation-controller",
            Options { components: extra("image-automation-controller"), ..default() },
        ),
        ("source-watcher", Options { components: extra("source-watcher"), ..default() }),
        (
            "one component",
            Options { components: select(&["helm-controller"]).unwrap(), ..default() },
        ),
        ("--namespace", Options { namespace: owned("gitops"), ..default() }),
        ("--registry", Options { registry: owned("ghcr.io/acme/flux"), ..default() }),
        ("no --registry", Options { registry: String::new(), ..default() }),
        ("--image-pull-secret", Options { image_pull_secret: Some(owned("pull")), ..default() }),
        ("--network-policy=false", Options { network_policy: false, ..default() }),
        ("--log-level=debug", Options { log_level: LogLevel::Debug, ..default() }),
        ("--watch-all-namespaces=false", Options { watch_all_namespaces: false, ..default() }),
        (
            "--toleration-keys",
            Options { toleration_keys: vec![owned("a"), owned("b")], ..default() },
        ),
        ("--cluster-domain", Options { cluster_domain: owned("k8s.example"), ..default() }),
        ("several options", several.clone()),
        ("several options, all components", Options { components: all(), ..several }),
    ]
}

#[test]
fn every_option_makes_what_upstream_makes() {
    for (case, options) in cases() {
        let Some(upstream) = Generator(&options).objects() else { return };
        let file = components(&options).unwrap().manifest().unwrap();
        let ours = yaml::documents(&file.text).unwrap();
        assert_same(case, &ours, &upstream, &DIFFERENCES);
    }
}

#[test]
fn the_options_make_the_same_of_upstreams_own_release() {
    let mut texts = Vec::new();
    let names = COMPONENTS.iter().map(|component| component.name).chain(["policies", "rbac"]);
    for name in names {
        let Some(text) = oracle::release_file(name) else { return };
        texts.push((name, text));
    }
    let texts = texts.iter().map(|(name, text)| (*name, text.as_str()));
    let release = Release::from_files(Some("v2.9.4"), texts).unwrap();
    for (case, options) in cases() {
        let upstream = Generator(&options).objects().unwrap();
        assert_same(case, &release.bundle(&options).unwrap().objects, &upstream, &[]);
    }
}

/// Upstream's files are kustomize's output, so that ours of the same objects must have the same bytes.
#[test]
fn objects_are_written_as_kustomize_writes_them() {
    for name in COMPONENTS.iter().map(|component| component.name).chain(["policies", "rbac"]) {
        let Some(text) = oracle::release_file(name) else { return };
        let documents = yaml::documents(&text).unwrap();
        let written: Vec<String> = documents.iter().map(go_yaml::write).collect();
        for (line, (ours, upstream)) in written.join("---\n").lines().zip(text.lines()).enumerate()
        {
            assert_eq!(ours, upstream, "{name}.yaml, line {}", line + 1);
        }
        assert_eq!(written.join("---\n").len(), text.len(), "{name}.yaml");
    }
}

#[test]
fn users_are_told_what_is_different() {
    let told = include_str!("../docs/differences.md");
    for difference in DIFFERENCES {
        assert!(told.contains(difference.what), "{}", difference.what);
    }
}

#[test]
fn the_number_of_objects_is_upstreams() {
    for (chosen, count) in [(default_components(), 32), (all(), 43)] {
        let options = Options { components: chosen, ..Options::default() };
        assert_eq!(components(&options).unwrap().objects.len(), count);
    }
}
