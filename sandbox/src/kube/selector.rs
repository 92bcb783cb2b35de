//! Label and field selectors as they appear in queries.

use serde_json::Value;

use super::labels::{self, Requirement};
use super::request::Query;
use super::resources::{Resource, text};
use super::status::{Answer, Failure};

/// Which objects a list or a watch is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Selector {
    labels: Vec<Requirement>,
    fields: Vec<FieldRequirement>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct FieldRequirement {
    pointer: String,
    value: String,
    is_equal: bool,
}

impl Selector {
    /// Reads both selectors of a query for `resource`.
    ///
    /// # Errors
    /// 400 for a selector that cannot be read or a field that cannot be selected.
    pub(crate) fn parse(labels: &str, fields: &str, resource: &Resource) -> Answer<Self> {
        let labels = labels::parse(labels).map_err(Failure::bad_request)?;
        Ok(Self { labels, fields: parse_fields(fields, resource)? })
    }

    /// Reads the selectors of `query`.
    ///
    /// # Errors
    /// As [`Selector::parse`].
    pub(crate) fn of_query(query: &Query, resource: &Resource) -> Answer<Self> {
        Self::parse(query.get("labelSelector"), query.get("fieldSelector"), resource)
    }

    /// Whether `object` is selected.
    pub(crate) fn matches(&self, object: &Value) -> bool {
        let labels = &object["metadata"]["labels"];
        self.labels.iter().all(|requirement| requirement.matches(labels))
            && self.fields.iter().all(|requirement| requirement.matches(object))
    }
}

impl FieldRequirement {
    fn matches(&self, object: &Value) -> bool {
        (text(object, &self.pointer) == self.value) == self.is_equal
    }
}

/// Fields that can be selected besides the name and the namespace.
fn selectable(resource: &Resource) -> &'static [&'static str] {
    match (resource.group.as_str(), resource.plural.as_str()) {
        ("", "events") => &[
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "involvedObject.resourceVersion",
            "involvedObject.fieldPath",
            "reason",
            "reportingComponent",
            "source",
            "type",
        ],
        ("", "pods") => &[
            "spec.nodeName",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.serviceAccountName",
            "status.phase",
            "status.podIP",
            "status.nominatedNodeName",
        ],
        ("", "namespaces") => &["status.phase"],
        ("", "nodes") => &["spec.unschedulable"],
        ("", "secrets") => &["type"],
        ("", "services") => &["spec.clusterIP", "spec.type"],
        ("batch", "jobs") => &["status.successful"],
        _ => &[],
    }
}

/// Kinds with fields of their own to select by, and custom ones, are refused in other words than
/// those without.
fn unsupported_field(field: &str, resource: &Resource) -> Failure {
    Failure::bad_request(if resource.is_custom() || !selectable(resource).is_empty() {
        format!("field label not supported: {field}")
    } else {
        format!(
            "{field:?} is not a known field selector: only \"metadata.name\", \
             \"metadata.namespace\""
        )
    })
}

fn parse_fields(selector: &str, resource: &Resource) -> Answer<Vec<FieldRequirement>> {
    let parts = selector.split(',').map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (field, value, is_equal) = if let Some((field, value)) = part.split_once("!=") {
                (field, value, false)
            } else if let Some((field, value)) =
                part.split_once("==").or_else(|| part.split_once('='))
            {
                (field, value, true)
            } else {
                return Err(Failure::bad_request(format!(
                    "invalid selector: '{selector}'; can't understand '{part}'"
                )));
            };
            let field = field.trim();
            if !["metadata.name", "metadata.namespace"].contains(&field)
                && !selectable(resource).contains(&field)
            {
                return Err(unsupported_field(field, resource));
            }
            let pointer = match field {
                "source" => "/source/component".to_owned(),
                field => format!("/{}", field.replace('.', "/")),
            };
            Ok(FieldRequirement { pointer, value: value.trim().to_owned(), is_equal })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::resources::Registry;
    use super::*;

    fn selects(labels: &str, fields: &str, object: &Value) -> bool {
        let pods = Registry::new().find("", "v1", "pods").expect("pods are built in");
        Selector::parse(labels, fields, &pods).expect("the selector is valid").matches(object)
    }

    #[test]
    fn fields_compare_exactly_and_unset_is_empty() {
        let object = json!({"metadata": {"name": "p"}, "status": {"phase": "Running"}});
        assert!(selects("", "metadata.name=p,status.phase!=Failed,spec.nodeName=", &object));
        assert!(!selects("", "status.phase=Pending", &object));
    }

    #[test]
    fn an_unsupported_field_is_refused() {
        let refusal = |plural: &str| {
            let kind = Registry::new().find("", "v1", plural).expect("the kind is built in");
            Selector::parse("", "data.a=1", &kind).expect_err("not selectable").message
        };
        assert_eq!(refusal("secrets"), "field label not supported: data.a");
        let only = "only \"metadata.name\", \"metadata.namespace\"";
        let message = format!("\"data.a\" is not a known field selector: {only}");
        assert_eq!(refusal("configmaps"), message);
    }
}
