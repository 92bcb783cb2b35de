//! The manifests compared with upstream's: the component bundle and the definitions of its kinds.
//!
//! The data is looked for in `NIGARI_ORACLE`, else in `../shared/oracle`. Without it these tests say so and
//! pass, unless `NIGARI_REQUIRE_ORACLE=1`.

#![allow(clippy::disallowed_methods, reason = "tests find their data through the environment")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "clippy takes only #[test] for tests")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use nigari::manifests::components::{COMPONENTS, components, select};
use nigari::manifests::options::Options;
use nigari::manifests::yaml;
use serde_json::{Value, json};

/// What marks a definition of ours, in its annotations.
const PERMISSIVE: &str = "nigari-cli.github.io/schema";

/// The text of a file of the reference data; nothing when there is none and none is required.
fn oracle(file: &str) -> Option<String> {
    let root = std::env::var_os("NIGARI_ORACLE").map(PathBuf::from);
    let root =
        root.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/oracle").into());
    let text = std::fs::read_to_string(root.join(file));
    if let Err(error) = &text {
        let is_required =
            std::env::var_os("NIGARI_REQUIRE_ORACLE").is_some_and(|value| value == "1");
        assert!(!is_required, "cannot read the reference data {file}: {error}");
        println!("skipped: no reference data at {}", root.display());
    }
    text.ok()
}

fn upstream(file: &str) -> Option<Vec<Value>> {
    let text = oracle(&format!("components/v2.9.4/{file}.yaml"))?;
    Some(yaml::documents(&text).unwrap())
}

/// What upstream's generator makes of its bundle, said once more and in other words than ours.
struct Generator<'a> {
    namespace: &'a str,
    components: &'a [&'a str],
    network_policy: bool,
}

impl Generator<'_> {
    fn objects(&self) -> Option<Vec<Value>> {
        let mut objects = vec![json!({
            "apiVersion": "v1",
            "kind": "Namespace",
            "metadata": { "name": self.namespace, "labels": {
                "pod-security.kubernetes.io/warn": "restricted",
                "pod-security.kubernetes.io/warn-version": "latest",
            }},
        })];
        if self.network_policy {
            objects.extend(upstream("policies")?);
        }
        let rbac = serde_json::to_string(&upstream("rbac")?).unwrap();
        let rbac = rbac.replace("flux-system", self.namespace);
        let rbac: Vec<Value> = serde_json::from_str(&rbac).unwrap();
        objects.extend(rbac.into_iter().map(|object| self.with_suffix(object)));
        for component in self.components {
            objects.extend(upstream(component)?.into_iter().map(|object| self.deployed(object)));
        }
        Some(objects.into_iter().map(|object| self.placed(object)).collect())
    }

    fn with_suffix(&self, mut object: Value) -> Value {
        for field in ["/metadata/name", "/roleRef/name"] {
            if let Some(Value::String(name)) = object.pointer_mut(field)
                && name != "cluster-admin"
            {
                *name = format!("{name}-{}", self.namespace);
            }
        }
        object
    }

    fn deployed(&self, mut object: Value) -> Value {
        if object["kind"] != "Deployment" {
            return object;
        }
        let pod = &mut object["spec"]["template"]["spec"];
        pod["nodeSelector"] = json!({ "kubernetes.io/os": "linux" });
        let container = &mut pod["containers"][0];
        let image = container["image"].as_str().unwrap();
        container["image"] = json!(format!("ghcr.io/{image}"));
        let notified = "http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./";
        let events =
            if self.components.contains(&"notification-controller") { notified } else { "" };
        for argument in container["args"].as_array_mut().unwrap() {
            let text = argument.as_str().unwrap();
            if text == "--watch-all-namespaces" {
                *argument = json!("--watch-all-namespaces=true");
            } else if text.starts_with("--events-addr") {
                *argument = json!(format!("--events-addr={events}"));
            }
        }
        object
    }

    fn placed(&self, mut object: Value) -> Value {
        let labels = json!({
            "app.kubernetes.io/instance": self.namespace,
            "app.kubernetes.io/part-of": "flux",
            "app.kubernetes.io/version": "v2.9.4",
        });
        let of_pods = "/spec/template/metadata";
        for metadata in ["/metadata", of_pods] {
            if let Some(metadata) = object.pointer_mut(metadata) {
                for (key, value) in labels.as_object().unwrap() {
                    metadata["labels"][key] = value.clone();
                }
            }
        }
        let kind = object["kind"].as_str().unwrap();
        if !(kind.starts_with("Cluster") || kind.starts_with("Custom") || kind == "Namespace") {
            object["metadata"]["namespace"] = json!(self.namespace);
        }
        object
    }
}

fn address(object: &Value) -> String {
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str).unwrap_or("-");
    format!("{} {}/{}", text("/kind"), text("/metadata/namespace"), text("/metadata/name"))
}

/// Takes what may differ out of a definition: schemas and the mark of the permissive ones.
fn without_schemas(mut object: Value) -> Value {
    if object["kind"] == "CustomResourceDefinition" {
        object["metadata"]["annotations"].as_object_mut().unwrap().remove(PERMISSIVE);
        for version in object["spec"]["versions"].as_array_mut().unwrap() {
            version.as_object_mut().unwrap().remove("schema").expect("every version has a schema");
        }
    }
    object
}

/// Compares object by object, so that a failure shows one and not thirty-two.
fn assert_same(ours: &[Value], upstream: &[Value]) {
    let addresses = |objects: &[Value]| objects.iter().map(address).collect::<Vec<_>>();
    assert_eq!(addresses(ours), addresses(upstream));
    for (ours, upstream) in ours.iter().zip(upstream) {
        assert_eq!(without_schemas(ours.clone()), without_schemas(upstream.clone()));
    }
}

#[test]
fn the_default_bundle_is_upstreams() {
    let generator = Generator {
        namespace: "flux-system",
        components: &COMPONENTS.each_ref().map(|component| component.name),
        network_policy: true,
    };
    let Some(upstream) = generator.objects() else { return };
    let ours = components(&Options::default()).unwrap();
    assert_eq!(upstream.len(), 32);
    assert_same(&ours.objects, &upstream);
}

#[test]
fn a_smaller_bundle_in_another_namespace_is_upstreams() {
    let names = ["kustomize-controller", "source-controller"];
    let generator = Generator { namespace: "gitops", components: &names, network_policy: false };
    let Some(upstream) = generator.objects() else { return };
    let options = Options {
        namespace: "gitops".to_owned(),
        components: select(&names).unwrap(),
        network_policy: false,
        ..Options::default()
    };
    assert_same(&components(&options).unwrap().objects, &upstream);
}

fn definitions(objects: &[Value]) -> impl Iterator<Item = &Value> {
    objects.iter().filter(|object| object["kind"] == "CustomResourceDefinition")
}

#[test]
fn permissive_definitions_are_marked_and_keep_everything() {
    let bundle = components(&Options::default()).unwrap();
    assert_eq!(definitions(&bundle.objects).count(), 11);
    for definition in definitions(&bundle.objects) {
        assert_eq!(definition["metadata"]["annotations"][PERMISSIVE], "permissive");
        let schema = &definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
        assert!(schema["description"].as_str().unwrap().starts_with("Permissive"));
        for (name, part) in schema["properties"].as_object().unwrap() {
            if ["spec", "status"].contains(&name.as_str()) {
                assert_eq!(part["x-kubernetes-preserve-unknown-fields"], true, "{name}");
            }
        }
    }
}

/// All defaults below `schema`, by path.
fn defaults(schema: &Value, path: &str, found: &mut BTreeMap<String, Value>) {
    if let Some(default) = schema.get("default") {
        found.insert(path.to_owned(), default.clone());
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        defaults(property, &format!("{path}/{name}"), found);
    }
    if let Some(items) = schema.get("items") {
        defaults(items, &format!("{path}/[]"), found);
    }
}

#[test]
fn the_defaults_are_upstreams() {
    let bundle = components(&Options::default()).unwrap();
    let mut compared = 0;
    for component in &COMPONENTS {
        let Some(upstream) = upstream(component.name) else { return };
        for upstream in definitions(&upstream) {
            let ours = definitions(&bundle.objects)
                .find(|ours| ours["metadata"]["name"] == upstream["metadata"]["name"])
                .unwrap();
            let of = |definition: &Value| {
                let mut found = BTreeMap::new();
                let schema = &definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
                defaults(schema, "", &mut found);
                found
            };
            assert_eq!(of(ours), of(upstream), "{}", upstream["metadata"]["name"]);
            compared += of(upstream).len();
        }
    }
    assert_eq!(compared, 27);
}
