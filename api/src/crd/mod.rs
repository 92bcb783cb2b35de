//! The custom resource definitions of all kinds, made from their types.
//!
//! Derive describes a type in JSON Schema; [`structural`] says the same in the part of it that an API
//! server takes. What derive cannot know (patterns, bounds, defaults, CEL rules) stands beside the field,
//! as `schemars(…)`; what no type can know (plural, short names, columns) stands in the group's table.

mod structural;

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Serialize;
use serde_json::{Map, Value, json};

pub use self::structural::structural;
use crate::meta::Spec;

/// All controllers, in the order of their components; Terraform's last.
pub const CONTROLLERS: &[Controller] = &[
    crate::source::CONTROLLER,
    crate::kustomize::CONTROLLER,
    crate::helm::CONTROLLER,
    crate::notification::CONTROLLER,
    crate::image::REFLECTOR,
    crate::image::AUTOMATION,
    crate::extensions::CONTROLLER,
    crate::terraform::CONTROLLER,
];

/// The custom resource definition called `name`; nothing when none of the controllers brings it.
#[must_use]
pub fn definition(name: &str) -> Option<Value> {
    let mut definitions = CONTROLLERS
        .iter()
        .flat_map(|controller| controller.kinds.iter().map(move |kind| (controller, kind)));
    definitions
        .find(|(controller, kind)| controller.definition_name(kind) == name)
        .map(|(controller, kind)| controller.definition(kind))
}

/// A controller and the kinds that it brings.
#[derive(Debug)]
pub struct Controller {
    /// The name of its Deployment.
    pub name: &'static str,
    /// The group of its kinds.
    pub group: &'static str,
    /// What `kubectl get` calls its kinds together; absent for a controller that is not part of Flux.
    pub category: Option<&'static str>,
    /// Its kinds, in the order of their plurals.
    pub kinds: &'static [CustomKind],
}

/// A custom kind: what its definition says beside the fields.
#[derive(Debug)]
pub struct CustomKind {
    /// The API kind.
    pub kind: &'static str,
    /// The kind's last segment in the API's paths.
    pub plural: &'static str,
    /// What `kubectl` takes for the plural as well.
    pub short_names: &'static [&'static str],
    /// What an object of this kind is, in one sentence.
    pub description: &'static str,
    /// The served versions, oldest first; the last one is stored.
    pub versions: &'static [Version],
}

/// One served version of a kind.
#[derive(Debug)]
pub struct Version {
    name: &'static str,
    spec: fn() -> Value,
    status: fn() -> Option<Value>,
    columns: &'static [Column],
    deprecation: Option<&'static str>,
}

impl Version {
    /// The version that `S` specifies, with the columns that `kubectl get` shows.
    #[must_use]
    pub const fn of<S>(columns: &'static [Column]) -> Self
    where
        S: Spec + JsonSchema,
        S::Status: JsonSchema,
    {
        Self {
            name: S::VERSION,
            spec: schema_of::<S>,
            status: status_schema_of::<S::Status>,
            columns,
            deprecation: None,
        }
    }

    /// The same version, with the warning that the API server gives to those who still use it.
    #[must_use]
    pub const fn deprecated(self, warning: &'static str) -> Self {
        Self { deprecation: Some(warning), ..self }
    }

    fn definition(&self, kind: &CustomKind, is_stored: bool) -> Value {
        let status = (self.status)();
        let mut version = json!({
            "name": self.name,
            "schema": { "openAPIV3Schema": self.schema(kind, status.clone()) },
            "served": true,
            "storage": is_stored,
            "subresources": {},
            "additionalPrinterColumns":
                self.columns.iter().map(Column::definition).collect::<Vec<_>>(),
        });
        if status.is_some() {
            version["subresources"]["status"] = json!({});
        }
        if let Some(warning) = self.deprecation {
            version["deprecated"] = json!(true);
            version["deprecationWarning"] = json!(warning);
        }
        version
    }

    fn schema(&self, kind: &CustomKind, status: Option<Value>) -> Value {
        let mut schema = json!({
            "description": kind.description,
            "properties": {
                "apiVersion": {
                    "description": "Group and version of the API, which decide what the fields mean.",
                    "type": "string",
                },
                "kind": { "description": "The kind of object that this is.", "type": "string" },
                "metadata": { "type": "object" },
                "spec": (self.spec)(),
            },
            "type": "object",
        });
        if let Some(status) = status {
            schema["properties"]["status"] = status;
        }
        schema
    }
}

/// The structural schema of `T`.
#[must_use]
pub fn schema_of<T: JsonSchema>() -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.inline_subschemas = true;
    structural(settings.into_generator().into_root_schema_for::<T>().to_value())
}

/// The schema of a status; none for `()`, whose only value is `null`.
fn status_schema_of<T: JsonSchema>() -> Option<Value> {
    let schema = schema_of::<T>();
    (schema["type"] != "null").then_some(schema)
}

/// One column of `kubectl get`.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    name: &'static str,
    path: &'static str,
    type_: &'static str,
    is_wide: bool,
}

impl Column {
    /// A column that shows the string at `path`.
    #[must_use]
    pub const fn text(name: &'static str, path: &'static str) -> Self {
        Self { name, path, type_: "string", is_wide: false }
    }

    /// The same column, shown only with `-o wide`.
    #[must_use]
    pub const fn wide(self) -> Self {
        Self { is_wide: true, ..self }
    }

    fn definition(&self) -> Value {
        let mut column = json!({ "jsonPath": self.path, "name": self.name, "type": self.type_ });
        if self.is_wide {
            column["priority"] = json!(1);
        }
        column
    }
}

/// How old an object is.
pub const AGE: Column =
    Column { name: "Age", path: ".metadata.creationTimestamp", type_: "date", is_wide: false };

/// Whether an object is ready.
pub const READY: Column = Column::text("Ready", r#".status.conditions[?(@.type=="Ready")].status"#);

/// What the controller says of an object.
pub const STATUS: Column =
    Column::text("Status", r#".status.conditions[?(@.type=="Ready")].message"#);

/// Where a source is.
pub const URL: Column = Column::text("URL", ".spec.url");

/// A rule over several fields, in the Common Expression Language; named `x-kubernetes-validations` in a
/// schema.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Rule {
    /// What must hold.
    pub rule: &'static str,
    /// What the API server says when it does not.
    pub message: &'static str,
}

impl Controller {
    /// Whether it is a component of Flux, which `install` knows.
    #[must_use]
    pub const fn is_part_of_flux(&self) -> bool {
        self.category.is_some()
    }

    /// The name of the definition of `kind`.
    #[must_use]
    pub fn definition_name(&self, kind: &CustomKind) -> String {
        format!("{}.{}", kind.plural, self.group)
    }

    /// The custom resource definition of `kind`, as the component bundle of Flux has it.
    #[must_use]
    pub fn definition(&self, kind: &CustomKind) -> Value {
        let last = kind.versions.len().saturating_sub(1);
        let versions: Vec<_> = (kind.versions.iter().enumerate())
            .map(|(position, version)| version.definition(kind, position == last))
            .collect();
        json!({
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": self.metadata(kind),
            "spec": {
                "group": self.group,
                "names": self.names(kind),
                "scope": "Namespaced",
                "versions": versions,
            },
        })
    }

    fn metadata(&self, kind: &CustomKind) -> Value {
        let mut metadata = json!({ "name": self.definition_name(kind) });
        if self.is_part_of_flux() {
            metadata["annotations"] =
                json!({ "kustomize.toolkit.fluxcd.io/substitute": "disabled" });
            metadata["labels"] = json!({
                "app.kubernetes.io/component": self.name,
                "app.kubernetes.io/part-of": "flux",
            });
        }
        metadata
    }

    fn names(&self, kind: &CustomKind) -> Map<String, Value> {
        let mut names = Map::new();
        if let Some(category) = self.category {
            names.insert("categories".to_owned(), json!(["all", "fluxcd", category]));
        }
        names.insert("kind".to_owned(), json!(kind.kind));
        names.insert("listKind".to_owned(), json!(format!("{}List", kind.kind)));
        names.insert("plural".to_owned(), json!(kind.plural));
        if !kind.short_names.is_empty() {
            names.insert("shortNames".to_owned(), json!(kind.short_names));
        }
        names.insert("singular".to_owned(), json!(kind.kind.to_lowercase()));
        names
    }
}
