//! A cursor over the schema of a kind: what a field is, how a list is merged.
//!
//! Custom kinds bring an OpenAPI v3 schema in their CRD; built-in kinds have their published
//! [`TYPES`]. Both are read through [`Schema`], so that pruning, validation and server-side apply
//! are written once.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::types::TYPES;

const REFERENCE: &str = "#/components/schemas/";
const OBJECT_META: &str = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

/// A place in a schema; nothing is known where it is [`Schema::UNKNOWN`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Schema<'a> {
    /// The node as written, which may carry merge hints beside a reference.
    node: Option<&'a Value>,
    /// What the reference points at; the node itself without one.
    target: Option<&'a Value>,
}

/// How the items of a list are identified when two versions are merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ListType<'a> {
    /// The list is one value.
    Atomic,
    /// Items are their own identity.
    Set,
    /// Items are objects identified by these fields.
    Map(Vec<&'a str>),
}

/// What a schema says of one field of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Field<'a> {
    /// Named under `properties`.
    Declared(Schema<'a>),
    /// Not named, but allowed: a map's value, or below a preserved object.
    Free(Schema<'a>),
    /// Not allowed.
    Unknown,
}

impl<'a> Schema<'a> {
    /// A place about which nothing is declared.
    pub(crate) const UNKNOWN: Self = Self { node: None, target: None };

    /// The schema that starts at `node`.
    pub(crate) fn new(node: &'a Value) -> Self {
        let target = match node.get("$ref").and_then(Value::as_str) {
            Some(reference) => TYPES.get(reference.trim_start_matches(REFERENCE)),
            None => Some(node),
        };
        Self { node: Some(node), target }
    }

    /// The schema of the published type `name`.
    pub(crate) fn of_type(name: &str) -> Schema<'static> {
        TYPES.get(name).map_or(Schema::UNKNOWN, Schema::new)
    }

    /// The value of `keyword` here; the referring node wins over the type.
    pub(crate) fn keyword(self, keyword: &str) -> Option<&'a Value> {
        let node = self.node.and_then(|node| node.get(keyword));
        node.or_else(|| self.target.and_then(|target| target.get(keyword)))
    }

    fn flag(self, keyword: &str) -> bool {
        self.keyword(keyword).and_then(Value::as_bool).unwrap_or(false)
    }

    /// `type`, or the empty string.
    pub(crate) fn type_name(self) -> &'a str {
        self.keyword("type").and_then(Value::as_str).unwrap_or_default()
    }

    /// The declared fields.
    pub(crate) fn properties(self) -> Option<&'a Map<String, Value>> {
        self.keyword("properties").and_then(Value::as_object)
    }

    /// The names under `required`.
    pub(crate) fn required(self) -> impl Iterator<Item = &'a str> {
        self.keyword("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
    }

    /// Whether unknown fields are kept.
    pub(crate) fn preserves_unknown(self) -> bool {
        self.flag("x-kubernetes-preserve-unknown-fields")
    }

    /// Whether the value is a whole Kubernetes object with its own metadata.
    pub(crate) fn is_embedded_resource(self) -> bool {
        self.flag("x-kubernetes-embedded-resource")
    }

    /// Whether a string and an integer are both fine.
    pub(crate) fn is_int_or_string(self) -> bool {
        self.flag("x-kubernetes-int-or-string")
            || self.keyword("format").is_some_and(|format| format == "int-or-string")
    }

    /// The published type that the value is of, where it is one.
    pub(crate) fn reference(self) -> Option<&'a str> {
        let reference = self.node.and_then(|node| node.get("$ref")).and_then(Value::as_str)?;
        reference.strip_prefix(REFERENCE)
    }

    /// Whether the value is a quantity, whose canonical form is a string.
    pub(crate) fn is_quantity(self) -> bool {
        self.reference().is_some_and(|name| name.ends_with(".resource.Quantity"))
    }

    /// Whether `null` is a value.
    pub(crate) fn is_nullable(self) -> bool {
        self.flag("nullable")
    }

    /// Whether nothing at all is known here, not even the type.
    pub(crate) fn is_undeclared(self) -> bool {
        self.node.is_none()
    }

    /// Whether the value is of a published type, which has its own way with nulls.
    pub(crate) fn is_embedded_type(self) -> bool {
        self.reference().is_some()
    }

    /// Whether rules are declared anywhere below.
    pub(crate) fn has_rules(self) -> bool {
        fn any(value: &Value) -> bool {
            match value {
                Value::Object(object) => {
                    object.contains_key("x-kubernetes-validations") || object.values().any(any)
                }
                Value::Array(list) => list.iter().any(any),
                _ => false,
            }
        }
        self.node.is_some_and(any)
    }

    /// Whether an object here is merged as one value.
    pub(crate) fn is_atomic_map(self) -> bool {
        self.keyword("x-kubernetes-map-type").is_some_and(|kind| kind == "atomic")
    }

    /// Whether nothing constrains the value.
    pub(crate) fn is_open(self) -> bool {
        let Some(target) = self.target.and_then(Value::as_object) else { return true };
        !target.contains_key("type")
            && !target.contains_key("properties")
            && !target.contains_key("oneOf")
            && !self.is_int_or_string()
    }

    /// What is declared of field `name` of the object here.
    pub(crate) fn field(self, name: &str) -> Field<'a> {
        if self.is_embedded_resource() {
            match name {
                "apiVersion" | "kind" => return Field::Declared(Schema::new(&STRING)),
                "metadata" => return Field::Declared(Schema::new(&METADATA)),
                _ => {}
            }
        }
        if let Some(node) = self.properties().and_then(|properties| properties.get(name)) {
            return Field::Declared(Schema::new(node));
        }
        match self.keyword("additionalProperties") {
            Some(Value::Bool(true)) => return Field::Free(Schema::UNKNOWN),
            Some(node @ Value::Object(_)) => return Field::Free(Schema::new(node)),
            _ => {}
        }
        if self.preserves_unknown() || self.is_open() {
            return Field::Free(Schema::UNKNOWN);
        }
        Field::Unknown
    }

    /// The schema of field `name`, declared or not.
    pub(crate) fn at(self, name: &str) -> Schema<'a> {
        match self.field(name) {
            Field::Declared(schema) | Field::Free(schema) => schema,
            Field::Unknown => Schema::UNKNOWN,
        }
    }

    /// The schema of a list's items.
    pub(crate) fn items(self) -> Schema<'a> {
        self.keyword("items").map_or(Schema::UNKNOWN, Schema::new)
    }

    /// How the list here is merged.
    pub(crate) fn list_type(self) -> ListType<'a> {
        match self.keyword("x-kubernetes-list-type").and_then(Value::as_str) {
            Some("set") => ListType::Set,
            Some("map") => ListType::Map(
                self.keyword("x-kubernetes-list-map-keys")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect(),
            ),
            _ => ListType::Atomic,
        }
    }

    /// The key of a strategic merge of the list here, and whether it merges at all.
    pub(crate) fn patch_strategy(self) -> (&'a str, Option<&'a str>) {
        let text = |keyword| self.keyword(keyword).and_then(Value::as_str);
        (
            text("x-kubernetes-patch-strategy").unwrap_or_default(),
            text("x-kubernetes-patch-merge-key"),
        )
    }

    /// Whether the published type is a plain struct, which exists even where it was not sent.
    pub(crate) fn is_always_present(self) -> bool {
        self.keyword("default").and_then(Value::as_object).is_some_and(Map::is_empty)
    }
}

static STRING: LazyLock<Value> = LazyLock::new(|| json!({"type": "string"}));
static METADATA: LazyLock<Value> =
    LazyLock::new(|| json!({"$ref": format!("{REFERENCE}{OBJECT_META}"), "default": {}}));

/// The schema of a custom kind: what its CRD declares, with the type fields and the metadata that
/// every object has.
pub(crate) fn of_custom_kind(declared: Option<&Value>) -> Value {
    let mut schema = declared
        .cloned()
        .unwrap_or_else(|| json!({"type": "object", "x-kubernetes-preserve-unknown-fields": true}));
    if !schema.get("properties").is_some_and(Value::is_object) {
        schema["properties"] = json!({});
    }
    schema["properties"]["apiVersion"] = STRING.clone();
    schema["properties"]["kind"] = STRING.clone();
    schema["properties"]["metadata"] = METADATA.clone();
    schema
}
