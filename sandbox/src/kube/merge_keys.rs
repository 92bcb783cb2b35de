//! What Go types say about merging and Rust types do not: which lists have keys, which maps are
//! one value, which structs are always there.
//!
//! [`FACTS`] covers the types that the built-in table reaches; it is written into the generated
//! types in the keywords of the published description, where clients see it too.
//!
//! Source: the markers `+listType`, `+listMapKey`, `+structType`, `+mapType`, `+default` and the
//! struct tags `patchStrategy`, `patchMergeKey` of k8s.io/api, k8s.io/apimachinery `meta/v1` and
//! k8s.io/apiextensions-apiserver, Kubernetes 1.36.

use serde_json::{Map, Value, json};

use Fact::{
    ApplyKeys, AtomicMap, AtomicType, DefaultsTo, Keys, PatchKey, PatchStrategy, Set, Struct,
};

/// One fact about a field, or about a type.
#[derive(Clone, Copy, Debug)]
enum Fact {
    /// A list whose items these fields identify; a strategic merge patch looks at the first alone.
    Keys(&'static [&'static str]),
    /// The same, but a strategic merge patch replaces the list.
    ApplyKeys(&'static [&'static str]),
    /// A list whose items are their own identity.
    Set,
    /// A map that is merged as one value.
    AtomicMap,
    /// An object that is merged as one value wherever this type is used.
    AtomicType,
    /// The strategy of strategic merge patches, where it is not what the kind of list implies.
    PatchStrategy(&'static str),
    /// A list that strategic merge patches merge by this key, and server-side apply replaces.
    PatchKey(&'static str),
    /// A field that need not be sent, and the value it has then; such a key of a list is that value.
    DefaultsTo(&'static str),
    /// A struct that is no pointer in Go, and so is there even where none was sent.
    Struct,
}

/// A type, its field (empty for the type itself), and what is known of it.
type Row = (&'static str, &'static str, Fact);

/// What is known, by package. Lists without a row are atomic; the metadata, spec and status of an
/// object are always there and have no row.
const FACTS: &[(&str, &[Row])] = &[
    ("io.k8s.api.apps.v1", APPS),
    ("io.k8s.api.authentication.v1", AUTHENTICATION),
    ("io.k8s.api.batch.v1", BATCH),
    ("io.k8s.api.core.v1", CORE),
    ("io.k8s.api.networking.v1", NETWORKING),
    ("io.k8s.api.rbac.v1", RBAC),
    ("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1", EXTENSIONS),
    ("io.k8s.apimachinery.pkg.apis.meta.v1", META),
];

const APPS: &[Row] = &[
    ("DaemonSetSpec", "template", Struct),
    ("DaemonSetSpec", "updateStrategy", Struct),
    ("DaemonSetStatus", "conditions", Keys(&["type"])),
    ("DeploymentSpec", "strategy", PatchStrategy("retainKeys")),
    ("DeploymentSpec", "strategy", Struct),
    ("DeploymentSpec", "template", Struct),
    ("DeploymentStatus", "conditions", Keys(&["type"])),
    ("ReplicaSetSpec", "template", Struct),
    ("ReplicaSetStatus", "conditions", Keys(&["type"])),
    ("StatefulSetSpec", "template", Struct),
    ("StatefulSetSpec", "updateStrategy", Struct),
    ("StatefulSetStatus", "conditions", Keys(&["type"])),
];

const AUTHENTICATION: &[Row] = &[("SelfSubjectReviewStatus", "userInfo", Struct)];

const BATCH: &[Row] = &[
    ("JobSpec", "template", Struct),
    ("JobStatus", "conditions", PatchKey("type")),
    ("PodFailurePolicyOnExitCodesRequirement", "values", Set),
    ("UncountedTerminatedPods", "failed", Set),
    ("UncountedTerminatedPods", "succeeded", Set),
];

const CORE: &[Row] = &[
    ("ConfigMapEnvSource", "name", DefaultsTo("")),
    ("ConfigMapKeySelector", "", AtomicType),
    ("ConfigMapKeySelector", "name", DefaultsTo("")),
    ("ConfigMapProjection", "name", DefaultsTo("")),
    ("ConfigMapVolumeSource", "name", DefaultsTo("")),
    ("Container", "env", Keys(&["name"])),
    ("Container", "ports", Keys(&["containerPort", "protocol"])),
    ("Container", "resources", Struct),
    ("Container", "volumeDevices", Keys(&["devicePath"])),
    ("Container", "volumeMounts", Keys(&["mountPath"])),
    ("ContainerPort", "protocol", DefaultsTo("TCP")),
    ("ContainerRestartRuleOnExitCodes", "values", Set),
    ("ContainerStatus", "allocatedResourcesStatus", Keys(&["name"])),
    ("ContainerStatus", "lastState", Struct),
    ("ContainerStatus", "state", Struct),
    ("ContainerStatus", "volumeMounts", Keys(&["mountPath"])),
    ("EphemeralContainer", "env", Keys(&["name"])),
    ("EphemeralContainer", "ports", Keys(&["containerPort", "protocol"])),
    ("EphemeralContainer", "resources", Struct),
    ("EphemeralContainer", "volumeDevices", Keys(&["devicePath"])),
    ("EphemeralContainer", "volumeMounts", Keys(&["mountPath"])),
    ("Event", "involvedObject", Struct),
    ("Event", "source", Struct),
    ("FileKeySelector", "", AtomicType),
    ("LocalObjectReference", "", AtomicType),
    ("LocalObjectReference", "name", DefaultsTo("")),
    ("NamespaceStatus", "conditions", Keys(&["type"])),
    ("NodeAllocatableResourceClaimStatus", "containers", Set),
    ("NodeDaemonEndpoints", "kubeletEndpoint", Struct),
    ("NodeSelector", "", AtomicType),
    ("NodeSelectorTerm", "", AtomicType),
    ("NodeSpec", "podCIDRs", Set),
    ("NodeSpec", "podCIDRs", PatchStrategy("merge")),
    ("NodeStatus", "addresses", Keys(&["type"])),
    ("NodeStatus", "conditions", Keys(&["type"])),
    ("NodeStatus", "daemonEndpoints", Struct),
    ("NodeStatus", "nodeInfo", Struct),
    ("ObjectFieldSelector", "", AtomicType),
    ("ObjectReference", "", AtomicType),
    ("PersistentVolumeClaimSpec", "resources", Struct),
    ("PersistentVolumeClaimStatus", "conditions", Keys(&["type"])),
    ("PodSpec", "containers", Keys(&["name"])),
    ("PodSpec", "ephemeralContainers", Keys(&["name"])),
    ("PodSpec", "hostAliases", Keys(&["ip"])),
    ("PodSpec", "imagePullSecrets", Keys(&["name"])),
    ("PodSpec", "initContainers", Keys(&["name"])),
    ("PodSpec", "nodeSelector", AtomicMap),
    ("PodSpec", "resourceClaims", Keys(&["name"])),
    ("PodSpec", "resourceClaims", PatchStrategy("merge,retainKeys")),
    ("PodSpec", "schedulingGates", Keys(&["name"])),
    ("PodSpec", "topologySpreadConstraints", Keys(&["topologyKey", "whenUnsatisfiable"])),
    ("PodSpec", "volumes", Keys(&["name"])),
    ("PodSpec", "volumes", PatchStrategy("merge,retainKeys")),
    ("PodStatus", "conditions", Keys(&["type"])),
    ("PodStatus", "hostIPs", PatchKey("ip")),
    ("PodStatus", "podIPs", Keys(&["ip"])),
    ("PodStatus", "resourceClaimStatuses", Keys(&["name"])),
    ("PodStatus", "resourceClaimStatuses", PatchStrategy("merge,retainKeys")),
    ("PreferredSchedulingTerm", "preference", Struct),
    ("ResourceFieldSelector", "", AtomicType),
    ("ResourceRequirements", "claims", ApplyKeys(&["name"])),
    ("ResourceStatus", "resources", ApplyKeys(&["resourceID"])),
    ("ScopeSelector", "", AtomicType),
    ("SecretEnvSource", "name", DefaultsTo("")),
    ("SecretKeySelector", "", AtomicType),
    ("SecretKeySelector", "name", DefaultsTo("")),
    ("SecretProjection", "name", DefaultsTo("")),
    ("ServiceAccount", "secrets", Keys(&["name"])),
    ("ServicePort", "protocol", DefaultsTo("TCP")),
    ("ServiceSpec", "ports", Keys(&["port", "protocol"])),
    ("ServiceSpec", "selector", AtomicMap),
    ("ServiceStatus", "conditions", Keys(&["type"])),
    ("ServiceStatus", "loadBalancer", Struct),
    ("TypedLocalObjectReference", "", AtomicType),
    ("WeightedPodAffinityTerm", "podAffinityTerm", Struct),
];

const NETWORKING: &[Row] = &[("NetworkPolicySpec", "podSelector", Struct)];

const RBAC: &[Row] = &[
    ("ClusterRoleBinding", "roleRef", Struct),
    ("RoleBinding", "roleRef", Struct),
    ("RoleRef", "", AtomicType),
    ("Subject", "", AtomicType),
];

const EXTENSIONS: &[Row] = &[
    ("CustomResourceDefinitionSpec", "names", Struct),
    ("CustomResourceDefinitionStatus", "acceptedNames", Struct),
    ("CustomResourceDefinitionStatus", "conditions", ApplyKeys(&["type"])),
    ("JSONSchemaProps", "x-kubernetes-validations", Keys(&["rule"])),
];

const META: &[Row] = &[
    ("LabelSelector", "", AtomicType),
    ("ObjectMeta", "finalizers", Set),
    ("ObjectMeta", "finalizers", PatchStrategy("merge")),
    ("ObjectMeta", "ownerReferences", Keys(&["uid"])),
    ("OwnerReference", "", AtomicType),
];

/// Writes what is known into `types`.
pub(crate) fn mark(types: &mut Map<String, Value>) {
    for schema in types.values_mut() {
        mark_lists_atomic(schema);
        mark_required_scalars(schema);
        mark_object_parts(schema);
    }
    for (package, rows) in FACTS {
        for (owner, field, fact) in *rows {
            let schema = types.get_mut(&format!("{package}.{owner}"));
            let schema = schema.expect("every row names a published type");
            if let DefaultsTo(_) = fact {
                make_optional(schema, field);
            }
            let node = place(schema, field).expect("every row names a field of its type");
            write(node, *fact);
        }
    }
}

/// Where the keywords of a row belong.
fn place<'a>(schema: &'a mut Value, field: &str) -> Option<&'a mut Value> {
    if field.is_empty() { Some(schema) } else { schema.get_mut("properties")?.get_mut(field) }
}

/// Takes `field` from the required ones, where `k8s-openapi` counts all that Go always has.
fn make_optional(schema: &mut Value, field: &str) {
    let Some(Value::Array(required)) = schema.get_mut("required") else { return };
    required.retain(|name| name != field);
    if required.is_empty()
        && let Some(schema) = schema.as_object_mut()
    {
        schema.shift_remove("required");
    }
}

fn write(node: &mut Value, fact: Fact) {
    let mut set = |keyword: &str, value: Value| node[format!("x-kubernetes-{keyword}")] = value;
    match fact {
        Keys(keys) => {
            set("list-type", "map".into());
            set("list-map-keys", json!(keys));
            set("patch-strategy", "merge".into());
            set("patch-merge-key", keys[0].into());
        }
        ApplyKeys(keys) => {
            set("list-type", "map".into());
            set("list-map-keys", json!(keys));
        }
        Set => set("list-type", "set".into()),
        AtomicMap | AtomicType => set("map-type", "atomic".into()),
        PatchStrategy(strategy) => set("patch-strategy", strategy.into()),
        PatchKey(key) => {
            set("patch-strategy", "merge".into());
            set("patch-merge-key", key.into());
        }
        DefaultsTo(value) => node["default"] = value.into(),
        Struct => node["default"] = json!({}),
    }
}

fn fields(schema: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten()
}

/// A list is atomic unless a row says otherwise.
fn mark_lists_atomic(schema: &mut Value) {
    for (_, node) in fields(schema).filter(|(_, node)| node["type"] == "array") {
        node["x-kubernetes-list-type"] = "atomic".into();
    }
}

/// A required scalar is no pointer in Go, and so has a value even where none was sent.
fn mark_required_scalars(schema: &mut Value) {
    let required = schema["required"].clone();
    let is_required =
        |name: &str| required.as_array().is_some_and(|all| all.contains(&name.into()));
    for (_, node) in fields(schema).filter(|(name, _)| is_required(name)) {
        let zero = match node["type"].as_str() {
            Some("string") => json!(""),
            Some("integer") => json!(0),
            Some("boolean") => json!(false),
            _ => continue,
        };
        node["default"] = zero;
    }
}

/// The metadata, spec and status of an object, or of a template of one, are always there.
fn mark_object_parts(schema: &mut Value) {
    if schema.pointer("/properties/metadata").is_none() {
        return;
    }
    make_optional(schema, "metadata");
    let is_part = |name: &str| matches!(name, "metadata" | "spec" | "status");
    for (_, node) in fields(schema).filter(|(name, _)| is_part(name)) {
        node["default"] = json!({});
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kube::schema::{ListType, Schema};
    use crate::kube::types;

    #[test]
    fn every_row_names_a_type_and_a_field_of_the_right_kind() {
        let mut types = types::unmarked();
        for (package, rows) in FACTS {
            for row in *rows {
                let schema = types.get_mut(&format!("{package}.{}", row.0));
                let Some(node) = schema.and_then(|schema| place(schema, row.1)) else {
                    panic!("{package} has no {row:?}")
                };
                let fits = match row.2 {
                    Keys(_) | ApplyKeys(_) | Set | PatchKey(_) => node["type"] == "array",
                    AtomicMap => node.get("additionalProperties").is_some(),
                    AtomicType => node.get("properties").is_some(),
                    PatchStrategy(_) => node["type"] == "array" || node.get("$ref").is_some(),
                    DefaultsTo(_) => node["type"] == "string",
                    Struct => node.get("$ref").is_some(),
                };
                assert!(fits, "{package}: {row:?} does not fit {node}");
            }
        }
    }

    #[test]
    fn every_key_is_a_field_of_the_items() {
        for (package, rows) in FACTS {
            for (owner, field, fact) in *rows {
                let keys = match fact {
                    Keys(keys) | ApplyKeys(keys) => *keys,
                    PatchKey(key) => std::slice::from_ref(key),
                    _ => continue,
                };
                let items = Schema::of_type(&format!("{package}.{owner}")).at(field).items();
                for key in keys {
                    let is_declared = items.properties().is_some_and(|all| all.contains_key(*key));
                    assert!(is_declared, "{package}.{owner}.{field}: items have no {key}");
                }
            }
        }
    }

    #[test]
    fn apply_and_patches_may_identify_ports_differently() {
        let ports = Schema::of_type("io.k8s.api.core.v1.ServiceSpec").at("ports");
        assert_eq!(ports.list_type(), ListType::Map(vec!["port", "protocol"]));
        assert_eq!(ports.patch_strategy(), ("merge", Some("port")));
        let volumes = Schema::of_type("io.k8s.api.core.v1.PodSpec").at("volumes");
        assert_eq!(volumes.patch_strategy(), ("merge,retainKeys", Some("name")));
    }

    #[test]
    fn what_has_no_row_is_atomic_as_a_list_and_granular_as_a_map() {
        let pod = Schema::of_type("io.k8s.api.core.v1.PodSpec");
        assert_eq!(pod.at("tolerations").list_type(), ListType::Atomic);
        assert!(pod.at("nodeSelector").is_atomic_map());
        assert!(!pod.at("overhead").is_atomic_map());
    }

    #[test]
    fn what_defaults_need_not_be_sent() {
        let reference = Schema::of_type("io.k8s.api.core.v1.LocalObjectReference");
        assert_eq!(reference.required().count(), 0);
        let port = Schema::of_type("io.k8s.api.core.v1.ContainerPort");
        assert_eq!(port.required().collect::<Vec<_>>(), ["containerPort"]);
        assert_eq!(port.at("protocol").keyword("default"), Some(&json!("TCP")));
    }

    #[test]
    fn a_pointer_may_be_absent_and_a_struct_may_not() {
        let deployment = Schema::of_type("io.k8s.api.apps.v1.Deployment");
        let spec = deployment.at("spec");
        assert!(spec.is_always_present());
        assert!(spec.at("strategy").is_always_present());
        assert!(!spec.at("selector").is_always_present());
        let containers = spec.at("template").at("spec").at("containers");
        assert!(!containers.items().is_always_present());
    }
}
