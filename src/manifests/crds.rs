//! What the custom resource definitions declare, as one table per component.
//!
//! In this version the schemas are permissive. The defaults are declared all the same, because the
//! controllers rely on them: source-controller, for one, takes a GitRepository's `timeout` for given.
//!
//! Source: the `+kubebuilder` markers on the controllers' API types, at the versions of the bundle.

use serde::Serialize;
use serde_json::{Value, json};

/// One custom kind of a component.
#[derive(Debug)]
pub(super) struct CustomKind {
    kind: &'static str,
    plural: &'static str,
    version: &'static str,
    short_names: &'static [&'static str],
    columns: &'static [Column],
    defaults: &'static [SpecDefault],
    status: Status,
}

/// Whether a kind has a status, and how it begins.
#[derive(Clone, Copy, Debug)]
enum Status {
    /// There is none, and no such subresource.
    None,
    /// It begins without any field.
    Empty,
    /// It begins by saying that no generation was observed.
    NotObserved,
}

impl Status {
    fn schema(self) -> Option<Value> {
        let mut schema = permissive();
        match self {
            Self::None => return None,
            Self::Empty => {}
            Self::NotObserved => schema["default"] = json!({ "observedGeneration": -1 }),
        }
        Some(schema)
    }
}

/// One column of `kubectl get`.
#[derive(Clone, Copy, Debug, Serialize)]
struct Column {
    name: &'static str,
    path: &'static str,
    #[serde(rename = "type")]
    type_: &'static str,
    /// Only in `kubectl get --output=wide`.
    is_wide: bool,
}

/// A value that the API server fills in below `spec`: path with dots, `[]` for the items of a list.
type SpecDefault = (&'static str, Literal);

#[derive(Clone, Copy, Debug)]
enum Literal {
    Text(&'static str),
    Flag(bool),
    /// A list with one item.
    List([&'static str; 1]),
    /// An object with one field.
    Object(&'static str, &'static str),
}

impl Literal {
    fn schema(self) -> Value {
        match self {
            Self::Text(text) => json!({ "type": "string", "default": text }),
            Self::Flag(flag) => json!({ "type": "boolean", "default": flag }),
            Self::List(list) => {
                json!({ "type": "array", "items": { "type": "string" }, "default": list })
            }
            Self::Object(field, value) => {
                let mut schema = permissive();
                schema["default"] = json!({ field: value });
                schema
            }
        }
    }
}

const fn text(name: &'static str, path: &'static str) -> Column {
    Column { name, path, type_: "string", is_wide: false }
}

const fn wide(name: &'static str, path: &'static str) -> Column {
    Column { is_wide: true, ..text(name, path) }
}

const AGE: Column = Column { type_: "date", ..text("Age", ".metadata.creationTimestamp") };
const READY: Column = text("Ready", r#".status.conditions[?(@.type=="Ready")].status"#);
const STATUS: Column = text("Status", r#".status.conditions[?(@.type=="Ready")].message"#);
const URL: Column = text("URL", ".spec.url");

const TIMEOUT: SpecDefault = ("timeout", Literal::Text("60s"));
const GENERIC_PROVIDER: SpecDefault = ("provider", Literal::Text("generic"));
const COSIGN: SpecDefault = ("verify.provider", Literal::Text("cosign"));

/// What most kinds have in common.
const COMMON: CustomKind = CustomKind {
    kind: "",
    plural: "",
    version: "v1",
    short_names: &[],
    columns: &[AGE, READY, STATUS],
    defaults: &[],
    status: Status::NotObserved,
};

pub(super) const SOURCE: &[CustomKind] = &[
    CustomKind {
        kind: "Bucket",
        plural: "buckets",
        columns: &[text("Endpoint", ".spec.endpoint"), AGE, READY, STATUS],
        defaults: &[GENERIC_PROVIDER, TIMEOUT],
        ..COMMON
    },
    CustomKind {
        kind: "ExternalArtifact",
        plural: "externalartifacts",
        short_names: &["ea"],
        columns: &[AGE, READY, STATUS, text("Source", ".spec.sourceRef.name")],
        status: Status::Empty,
        ..COMMON
    },
    CustomKind {
        kind: "GitRepository",
        plural: "gitrepositories",
        short_names: &["gitrepo"],
        columns: &[URL, AGE, READY, STATUS],
        defaults: &[TIMEOUT, ("verify.mode", Literal::Text("HEAD"))],
        ..COMMON
    },
    CustomKind {
        kind: "HelmChart",
        plural: "helmcharts",
        short_names: &["hc"],
        columns: &[
            text("Chart", ".spec.chart"),
            text("Version", ".spec.version"),
            text("Source Kind", ".spec.sourceRef.kind"),
            text("Source Name", ".spec.sourceRef.name"),
            AGE,
            READY,
            STATUS,
        ],
        defaults: &[
            ("reconcileStrategy", Literal::Text("ChartVersion")),
            COSIGN,
            ("version", Literal::Text("*")),
        ],
        ..COMMON
    },
    CustomKind {
        kind: "HelmRepository",
        plural: "helmrepositories",
        short_names: &["helmrepo"],
        columns: &[URL, AGE, READY, STATUS],
        defaults: &[GENERIC_PROVIDER],
        ..COMMON
    },
    CustomKind {
        kind: "OCIRepository",
        plural: "ocirepositories",
        short_names: &["ocirepo"],
        columns: &[URL, READY, STATUS, AGE],
        defaults: &[GENERIC_PROVIDER, TIMEOUT, COSIGN],
        ..COMMON
    },
];

pub(super) const KUSTOMIZE: &[CustomKind] = &[CustomKind {
    kind: "Kustomization",
    plural: "kustomizations",
    short_names: &["ks"],
    defaults: &[
        ("force", Literal::Flag(false)),
        ("postBuild.substituteFrom[].optional", Literal::Flag(false)),
    ],
    ..COMMON
}];

pub(super) const HELM: &[CustomKind] = &[CustomKind {
    kind: "HelmRelease",
    plural: "helmreleases",
    version: "v2",
    short_names: &["hr"],
    defaults: &[
        ("chart.spec.reconcileStrategy", Literal::Text("ChartVersion")),
        ("chart.spec.verify.provider", Literal::Text("cosign")),
        ("chart.spec.version", Literal::Text("*")),
        ("uninstall.deletionPropagation", Literal::Text("background")),
    ],
    ..COMMON
}];

pub(super) const NOTIFICATION: &[CustomKind] = &[
    CustomKind {
        kind: "Alert",
        plural: "alerts",
        version: "v1beta3",
        columns: &[AGE],
        defaults: &[("eventSeverity", Literal::Text("info"))],
        status: Status::None,
        ..COMMON
    },
    CustomKind {
        kind: "Provider",
        plural: "providers",
        version: "v1beta3",
        columns: &[AGE],
        status: Status::None,
        ..COMMON
    },
    CustomKind {
        kind: "Receiver",
        plural: "receivers",
        defaults: &[("interval", Literal::Text("10m"))],
        ..COMMON
    },
];

pub(super) const IMAGE_REFLECTOR: &[CustomKind] = &[
    CustomKind {
        kind: "ImagePolicy",
        plural: "imagepolicies",
        short_names: &["imgpol", "imagepol"],
        columns: &[
            text("Image", ".status.latestRef.name"),
            text("Tag", ".status.latestRef.tag"),
            READY,
            STATUS,
            AGE,
        ],
        defaults: &[
            ("digestReflectionPolicy", Literal::Text("Never")),
            ("policy.alphabetical.order", Literal::Text("asc")),
            ("policy.numerical.order", Literal::Text("asc")),
        ],
        ..COMMON
    },
    CustomKind {
        kind: "ImageRepository",
        plural: "imagerepositories",
        short_names: &["imgrepo", "imagerepo"],
        columns: &[
            text("Image", ".spec.image"),
            text("Tags", ".status.lastScanResult.tagCount"),
            READY,
            STATUS,
            wide("Last scan", ".status.lastScanResult.scanTime"),
            AGE,
        ],
        defaults: &[("exclusionList", Literal::List(["^.*\\.sig$"])), GENERIC_PROVIDER],
        ..COMMON
    },
];

pub(super) const IMAGE_AUTOMATION: &[CustomKind] = &[CustomKind {
    kind: "ImageUpdateAutomation",
    plural: "imageupdateautomations",
    short_names: &["iua", "imgupd", "imgauto"],
    columns: &[READY, STATUS, wide("Last run", ".status.lastAutomationRunTime"), AGE],
    defaults: &[
        ("sourceRef.kind", Literal::Text("GitRepository")),
        ("update", Literal::Object("strategy", "Setters")),
        ("update.strategy", Literal::Text("Setters")),
    ],
    ..COMMON
}];

pub(super) const SOURCE_WATCHER: &[CustomKind] = &[CustomKind {
    kind: "ArtifactGenerator",
    plural: "artifactgenerators",
    version: "v1beta1",
    short_names: &["ag"],
    status: Status::Empty,
    ..COMMON
}];

impl CustomKind {
    /// The fields that the template of a definition names.
    pub(super) fn context(&self) -> Value {
        json!({
            "kind": self.kind,
            "plural": self.plural,
            "version": self.version,
            "short_names": self.short_names,
            "columns": self.columns,
            "spec_schema": self.spec_schema(),
            "status_schema": self.status.schema(),
        })
    }

    /// A schema that keeps everything and fills in the defaults.
    fn spec_schema(&self) -> Value {
        let mut schema = permissive();
        for (path, value) in self.defaults {
            declare(&mut schema, &path.split('.').collect::<Vec<_>>(), value.schema());
        }
        schema
    }
}

fn permissive() -> Value {
    json!({ "type": "object", "x-kubernetes-preserve-unknown-fields": true })
}

/// Puts `schema` at `path` below `parent`, with permissive objects and lists on the way.
fn declare(parent: &mut Value, path: &[&str], schema: Value) {
    let [field, rest @ ..] = path else {
        *parent = schema;
        return;
    };
    let (name, is_list) = match field.strip_suffix("[]") {
        Some(name) => (name, true),
        None => (*field, false),
    };
    let property = &mut parent["properties"][name];
    if property.is_null() && !rest.is_empty() {
        *property =
            if is_list { json!({ "type": "array", "items": permissive() }) } else { permissive() };
    }
    declare(if is_list { &mut property["items"] } else { property }, rest, schema);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_declared_where_they_belong() {
        let kind = CustomKind {
            defaults: &[("a.b", Literal::Text("x")), ("a.c[].d", Literal::Flag(true))],
            ..COMMON
        };
        let schema = kind.spec_schema();
        assert_eq!(
            schema["properties"]["a"]["properties"]["b"],
            json!({ "type": "string", "default": "x" })
        );
        let list = &schema["properties"]["a"]["properties"]["c"];
        assert_eq!(list["type"], "array");
        assert_eq!(list["items"]["properties"]["d"], json!({ "type": "boolean", "default": true }));
        assert_eq!(list["items"]["x-kubernetes-preserve-unknown-fields"], true);
    }
}
