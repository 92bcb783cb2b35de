//! The kinds that are served: one table for the built-in ones, one entry per CRD version.

use std::sync::Arc;

use serde_json::{Value, json};

use super::schema::{self, Schema};
use super::types::TYPES;

/// A kind of a group and version, as a request's path finds it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Resource {
    /// Empty for the core group.
    pub(crate) group: String,
    /// For example `v1`.
    pub(crate) version: String,
    /// The last segment of the path, for example `configmaps`.
    pub(crate) plural: String,
    /// For example `configmap`.
    pub(crate) singular: String,
    /// For example `ConfigMap`.
    pub(crate) kind: String,
    /// For example `cm`.
    pub(crate) short_names: Vec<String>,
    /// For example `all`.
    pub(crate) categories: Vec<String>,
    /// Whether objects live in a namespace.
    pub(crate) namespaced: bool,
    /// Whether `/status` exists and the main endpoint ignores the status.
    pub(crate) has_status: bool,
    /// Whether the server counts generations.
    pub(crate) has_generation: bool,
    /// Whether objects are stored; reviews are answered only.
    pub(crate) is_stored: bool,
    /// Subresources that a real server has and the sandbox answers with 501.
    pub(crate) unimplemented: &'static [&'static str],
    /// Fields that no update may change.
    pub(crate) immutable: &'static [&'static str],
    /// What is known of the kind's fields.
    pub(crate) shape: Shape,
}

/// Where the schema of a kind comes from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Shape {
    /// The published type of this name.
    BuiltIn(&'static str),
    /// The version of a CRD.
    Custom {
        /// The schema, with the type fields and metadata added.
        schema: Arc<Value>,
        /// `additionalPrinterColumns` of the version.
        columns: Arc<Value>,
        /// Who converts objects of the version that is stored, where that is not this one.
        webhook: Option<Arc<Webhook>>,
    },
}

/// A webhook that converts objects. None is ever called: nobody answers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Webhook {
    /// What calling it comes to.
    pub(crate) failure: String,
    /// The version that objects are stored in.
    pub(crate) stored: String,
}

impl Webhook {
    /// The one that objects of a CRD need to be read in `version`, if they need one.
    fn of(crd: &Value, version: &Value) -> Option<Arc<Self>> {
        let conversion = crd.pointer("/spec/conversion")?;
        if conversion["strategy"] != "Webhook" || version["storage"] == true {
            return None;
        }
        let versions = crd.pointer("/spec/versions").and_then(Value::as_array)?;
        let stored = versions.iter().find(|version| version["storage"] == true)?;
        let stored = text(stored, "/name").to_owned();
        let client = &conversion["webhook"]["clientConfig"];
        let failure = match client["url"].as_str() {
            Some(url) => {
                let address = url.split('/').nth(2).unwrap_or_default();
                format!(
                    "Post \"{url}?timeout=30s\": dial tcp {address}: connect: connection refused"
                )
            }
            None => {
                let of = |name: &str| text(client, &format!("/service/{name}")).to_owned();
                let (name, namespace, path) = (of("name"), of("namespace"), of("path"));
                let port = client["service"]["port"].as_u64().unwrap_or(443);
                format!(
                    "Post \"https://{name}.{namespace}.svc:{port}{path}?timeout=30s\": service \
                     \"{name}\" not found"
                )
            }
        };
        Some(Arc::new(Self { failure, stored }))
    }
}

impl Resource {
    /// `GROUP/VERSION`, or the version alone for the core group.
    pub(crate) fn api_version(&self) -> String {
        api_version(&self.group, &self.version)
    }

    /// `PLURAL.GROUP`, or the plural alone for the core group.
    pub(crate) fn qualified(&self) -> String {
        match self.group.as_str() {
            "" => self.plural.clone(),
            group => format!("{}.{group}", self.plural),
        }
    }

    /// The schema of the kind's objects.
    pub(crate) fn schema(&self) -> Schema<'_> {
        match &self.shape {
            Shape::BuiltIn(name) => Schema::of_type(name),
            Shape::Custom { schema, .. } => Schema::new(schema),
        }
    }

    /// Whether a CRD defines it.
    pub(crate) fn is_custom(&self) -> bool {
        matches!(self.shape, Shape::Custom { .. })
    }

    /// Whether a completed deletion is answered with the object, and not with a `Status`.
    pub(crate) fn returns_deleted(&self) -> bool {
        const RETURNED: &[&str] = &["pods", "resourcequotas", "serviceaccounts", "services"];
        self.group.is_empty() && RETURNED.contains(&self.plural.as_str())
    }

    /// Whether `/status` takes annotations and the like, too.
    pub(crate) fn keeps_metadata_of_status(&self) -> bool {
        !self.is_custom() && self.kind != "CustomResourceDefinition"
    }

    /// Whether `/status` takes labels, too.
    pub(crate) fn keeps_labels_of_status(&self) -> bool {
        self.keeps_metadata_of_status() && self.kind != "Deployment"
    }

    /// Where etcd has its objects, below `/registry`.
    pub(crate) fn storage_prefix(&self) -> String {
        match (self.group.as_str(), self.plural.as_str()) {
            (group, plural) if self.is_custom() || group == "apiextensions.k8s.io" => {
                format!("{group}/{plural}")
            }
            ("", "nodes") => "minions".to_owned(),
            ("", "services") => "services/specs".to_owned(),
            (_, plural) => plural.to_owned(),
        }
    }

    /// The verbs that discovery lists.
    pub(crate) fn verbs(&self) -> &'static [&'static str] {
        match self.is_stored {
            false => &["create"],
            true if self.is_custom() => {
                &["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"]
            }
            // Nobody deletes all namespaces.
            true if self.kind == "Namespace" => {
                &["create", "delete", "get", "list", "patch", "update", "watch"]
            }
            true => {
                &["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]
            }
        }
    }

    /// Its entry in an `APIResourceList`.
    pub(crate) fn discovery(&self) -> Value {
        let mut entry = json!({
            "name": self.plural,
            "singularName": self.singular,
            "namespaced": self.namespaced,
            "kind": self.kind,
            "verbs": self.verbs(),
        });
        if !self.short_names.is_empty() {
            entry["shortNames"] = json!(self.short_names);
        }
        if !self.categories.is_empty() {
            entry["categories"] = json!(self.categories);
        }
        if self.is_stored {
            entry["storageVersionHash"] = self.storage_version_hash().into();
        }
        entry
    }

    /// Tells clients whether the version in which objects are stored is still the same.
    fn storage_version_hash(&self) -> String {
        use base64::Engine as _;
        // CRDs are still stored as they were first published.
        let version = match self.group.as_str() {
            "apiextensions.k8s.io" => "v1beta1",
            _ => &self.version,
        };
        let text = format!("{}/{version}/{}", self.group, self.kind);
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
        base64::engine::general_purpose::STANDARD.encode(&digest.as_ref()[..8])
    }
}

/// `GROUP/VERSION`, or the version alone for the core group.
pub(crate) fn api_version(group: &str, version: &str) -> String {
    if group.is_empty() { version.to_owned() } else { format!("{group}/{version}") }
}

/// A row of the built-in table.
struct BuiltIn {
    group: &'static str,
    plural: &'static str,
    kind: &'static str,
    short: &'static [&'static str],
    namespaced: bool,
    status: bool,
    generation: bool,
    categories: &'static [&'static str],
    stored: bool,
    unimplemented: &'static [&'static str],
    immutable: &'static [&'static str],
    package: &'static str,
}

const CORE: BuiltIn = BuiltIn {
    group: "",
    plural: "",
    kind: "",
    short: &[],
    namespaced: true,
    status: false,
    generation: false,
    categories: &[],
    stored: true,
    unimplemented: &[],
    immutable: &[],
    package: "io.k8s.api.core.v1",
};

const APPS: BuiltIn = BuiltIn {
    group: "apps",
    status: true,
    generation: true,
    categories: &["all"],
    immutable: &["/spec/selector"],
    unimplemented: &["scale"],
    package: "io.k8s.api.apps.v1",
    ..CORE
};

const RBAC: BuiltIn =
    BuiltIn { group: "rbac.authorization.k8s.io", package: "io.k8s.api.rbac.v1", ..CORE };

/// Every built-in kind; all are served in version `v1`.
const BUILT_IN: &[BuiltIn] = &[
    BuiltIn { plural: "configmaps", kind: "ConfigMap", short: &["cm"], ..CORE },
    BuiltIn { plural: "events", kind: "Event", short: &["ev"], ..CORE },
    BuiltIn {
        plural: "namespaces",
        kind: "Namespace",
        short: &["ns"],
        namespaced: false,
        status: true,
        unimplemented: &["finalize"],
        ..CORE
    },
    BuiltIn {
        plural: "nodes",
        kind: "Node",
        short: &["no"],
        namespaced: false,
        status: true,
        unimplemented: &["proxy"],
        ..CORE
    },
    BuiltIn {
        plural: "pods",
        kind: "Pod",
        short: &["po"],
        status: true,
        generation: true,
        categories: &["all"],
        unimplemented: &[
            "attach",
            "binding",
            "ephemeralcontainers",
            "eviction",
            "exec",
            "portforward",
            "proxy",
            "resize",
        ],
        ..CORE
    },
    BuiltIn {
        plural: "resourcequotas",
        kind: "ResourceQuota",
        short: &["quota"],
        status: true,
        ..CORE
    },
    BuiltIn { plural: "secrets", kind: "Secret", immutable: &["/type"], ..CORE },
    BuiltIn {
        plural: "serviceaccounts",
        kind: "ServiceAccount",
        short: &["sa"],
        unimplemented: &["token"],
        ..CORE
    },
    BuiltIn {
        plural: "services",
        kind: "Service",
        short: &["svc"],
        status: true,
        categories: &["all"],
        unimplemented: &["proxy"],
        ..CORE
    },
    BuiltIn { plural: "daemonsets", kind: "DaemonSet", short: &["ds"], unimplemented: &[], ..APPS },
    BuiltIn { plural: "deployments", kind: "Deployment", short: &["deploy"], ..APPS },
    BuiltIn { plural: "replicasets", kind: "ReplicaSet", short: &["rs"], ..APPS },
    BuiltIn { plural: "statefulsets", kind: "StatefulSet", short: &["sts"], ..APPS },
    BuiltIn {
        group: "batch",
        plural: "jobs",
        kind: "Job",
        package: "io.k8s.api.batch.v1",
        immutable: &["/spec/selector", "/spec/completionMode"],
        unimplemented: &[],
        ..APPS
    },
    BuiltIn {
        plural: "clusterrolebindings",
        kind: "ClusterRoleBinding",
        namespaced: false,
        immutable: &["/roleRef"],
        ..RBAC
    },
    BuiltIn { plural: "clusterroles", kind: "ClusterRole", namespaced: false, ..RBAC },
    BuiltIn { plural: "rolebindings", kind: "RoleBinding", immutable: &["/roleRef"], ..RBAC },
    BuiltIn { plural: "roles", kind: "Role", ..RBAC },
    BuiltIn {
        group: "networking.k8s.io",
        plural: "networkpolicies",
        kind: "NetworkPolicy",
        short: &["netpol"],
        generation: true,
        package: "io.k8s.api.networking.v1",
        ..CORE
    },
    BuiltIn {
        group: "apiextensions.k8s.io",
        plural: "customresourcedefinitions",
        kind: "CustomResourceDefinition",
        short: &["crd", "crds"],
        categories: &["api-extensions"],
        namespaced: false,
        status: true,
        generation: true,
        package: "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1",
        ..CORE
    },
    BuiltIn {
        group: "coordination.k8s.io",
        plural: "leases",
        kind: "Lease",
        package: "io.k8s.api.coordination.v1",
        ..CORE
    },
    BuiltIn {
        group: "authorization.k8s.io",
        plural: "selfsubjectaccessreviews",
        kind: "SelfSubjectAccessReview",
        namespaced: false,
        stored: false,
        package: "io.k8s.api.authorization.v1",
        ..CORE
    },
    BuiltIn {
        group: "authorization.k8s.io",
        plural: "selfsubjectrulesreviews",
        kind: "SelfSubjectRulesReview",
        namespaced: false,
        stored: false,
        package: "io.k8s.api.authorization.v1",
        ..CORE
    },
    BuiltIn {
        group: "authentication.k8s.io",
        plural: "selfsubjectreviews",
        kind: "SelfSubjectReview",
        namespaced: false,
        stored: false,
        package: "io.k8s.api.authentication.v1",
        ..CORE
    },
];

/// Groups with the version that the real server lists first for them.
const GROUP_ORDER: &[&str] = &[
    "",
    "apps",
    "authentication.k8s.io",
    "authorization.k8s.io",
    "batch",
    "networking.k8s.io",
    "rbac.authorization.k8s.io",
    "apiextensions.k8s.io",
    "coordination.k8s.io",
];

/// The built-in kinds.
pub(crate) fn built_in() -> impl Iterator<Item = Resource> {
    BUILT_IN.iter().map(|row| Resource {
        group: row.group.to_owned(),
        version: "v1".to_owned(),
        plural: row.plural.to_owned(),
        singular: row.kind.to_lowercase(),
        kind: row.kind.to_owned(),
        short_names: row.short.iter().map(|&name| name.to_owned()).collect(),
        categories: row.categories.iter().map(|&name| name.to_owned()).collect(),
        namespaced: row.namespaced,
        has_status: row.status,
        has_generation: row.generation,
        is_stored: row.stored,
        unimplemented: row.unimplemented,
        immutable: row.immutable,
        shape: Shape::BuiltIn(type_name(row)),
    })
}

/// The full name of a row's published type, found among the published types so that it is `'static`.
fn type_name(row: &BuiltIn) -> &'static str {
    let wanted = format!("{}.{}", row.package, row.kind);
    TYPES.get_key_value(&wanted).map_or("", |(name, _)| name.as_str())
}

/// Everything that is served now, in the order of discovery.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registry(Vec<Arc<Resource>>);

impl Registry {
    /// The built-in kinds alone.
    pub(crate) fn new() -> Self {
        let mut registry = Self(built_in().map(Arc::new).collect());
        registry.sort();
        registry
    }

    fn sort(&mut self) {
        let rank = |group: &str| GROUP_ORDER.iter().position(|known| *known == group);
        self.0.sort_by_cached_key(|resource| {
            let rank = rank(&resource.group).unwrap_or(GROUP_ORDER.len());
            let version = std::cmp::Reverse(version_priority(&resource.version));
            (rank, resource.group.clone(), version, resource.plural.clone())
        });
    }

    /// Everything, group by group.
    pub(crate) fn all(&self) -> &[Arc<Resource>] {
        &self.0
    }

    /// The kind that a path names.
    pub(crate) fn find(&self, group: &str, version: &str, plural: &str) -> Option<Arc<Resource>> {
        self.0
            .iter()
            .find(|known| {
                known.group == group && known.version == version && known.plural == plural
            })
            .cloned()
    }

    /// The kind that an object names.
    pub(crate) fn find_kind(&self, api_version: &str, kind: &str) -> Option<Arc<Resource>> {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        self.0
            .iter()
            .find(|known| known.group == group && known.version == version && known.kind == kind)
            .cloned()
    }

    /// Any version of `plural` in `group`.
    pub(crate) fn any_version(&self, group: &str, plural: &str) -> Option<Arc<Resource>> {
        self.0.iter().find(|known| known.group == group && known.plural == plural).cloned()
    }

    /// Replaces what the CRD `crd` serves.
    pub(crate) fn serve(&mut self, crd: &Value) {
        let declared = custom(crd);
        let Some(first) = declared.first() else { return };
        self.withdraw(first);
        self.0.extend(declared.into_iter().map(Arc::new));
        self.sort();
    }

    /// Whether exactly what the CRD `crd` declares is served.
    pub(crate) fn serves(&self, crd: &Value) -> bool {
        let declared = custom(crd);
        let (group, plural) = (text(crd, "/spec/group"), text(crd, "/spec/names/plural"));
        let served = self.0.iter().filter(|known| known.group == group && known.plural == plural);
        !declared.is_empty()
            && served.clone().count() == declared.len()
            && declared.iter().all(|kind| served.clone().any(|known| **known == *kind))
    }

    /// Stops serving every version of a custom kind.
    pub(crate) fn withdraw(&mut self, kind: &Resource) {
        self.0.retain(|known| {
            !(known.is_custom() && known.group == kind.group && known.plural == kind.plural)
        });
    }
}

/// `v2` before `v1` before `v1beta2` before `v1alpha1`, then anything else.
fn version_priority(version: &str) -> (u8, u32, u32) {
    let Some(rest) = version.strip_prefix('v') else { return (0, 0, 0) };
    let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (major, stage) = rest.split_at(digits);
    let Ok(major) = major.parse() else { return (0, 0, 0) };
    let numbered =
        |prefix: &str| stage.strip_prefix(prefix).and_then(|number| number.parse::<u32>().ok());
    match (stage, numbered("beta"), numbered("alpha")) {
        ("", _, _) => (3, major, 0),
        (_, Some(beta), _) => (2, major, beta),
        (_, _, Some(alpha)) => (1, major, alpha),
        _ => (0, 0, 0),
    }
}

/// The text at `pointer`, or the empty string.
pub(crate) fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

fn texts(value: &Value, pointer: &str) -> Vec<String> {
    let list = value.pointer(pointer).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

/// The kinds that the served versions of a CRD define.
fn custom(crd: &Value) -> Vec<Resource> {
    let versions = crd.pointer("/spec/versions").and_then(Value::as_array);
    let served = versions.into_iter().flatten().filter(|version| version["served"] == true);
    served
        .map(|version| Resource {
            group: text(crd, "/spec/group").to_owned(),
            version: text(version, "/name").to_owned(),
            plural: text(crd, "/spec/names/plural").to_owned(),
            singular: text(crd, "/spec/names/singular").to_owned(),
            kind: text(crd, "/spec/names/kind").to_owned(),
            short_names: texts(crd, "/spec/names/shortNames"),
            categories: texts(crd, "/spec/names/categories"),
            namespaced: text(crd, "/spec/scope") == "Namespaced",
            has_status: version.pointer("/subresources/status").is_some(),
            has_generation: true,
            is_stored: true,
            unimplemented: &["scale"],
            immutable: &[],
            shape: Shape::Custom {
                schema: Arc::new(schema::of_custom_kind(
                    version.pointer("/schema/openAPIV3Schema"),
                )),
                columns: Arc::new(version["additionalPrinterColumns"].clone()),
                webhook: Webhook::of(crd, version),
            },
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_kind_has_a_published_type() {
        for resource in built_in() {
            assert!(resource.schema().properties().is_some(), "{} has no type", resource.kind);
        }
    }

    #[test]
    fn versions_are_ordered_by_stability_then_number() {
        let mut versions = ["v1beta2", "v2", "v1alpha1", "v1", "other", "v1beta10"];
        versions.sort_by_key(|version| std::cmp::Reverse(version_priority(version)));
        assert_eq!(versions, ["v2", "v1", "v1beta10", "v1beta2", "v1alpha1", "other"]);
    }
}
