//! Label and field selectors as they appear in queries.

use serde_json::Value;

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
struct Requirement {
    key: String,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Exists,
    Absent,
    In(Vec<String>),
    NotIn(Vec<String>),
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
        Ok(Self { labels: parse_labels(labels)?, fields: parse_fields(fields, resource)? })
    }

    /// Reads the selectors of `query`.
    ///
    /// # Errors
    /// As [`Selector::parse`].
    pub(crate) fn of_query(query: &Query, resource: &Resource) -> Answer<Self> {
        Self::parse(query.get("labelSelector"), query.get("fieldSelector"), resource)
    }

    /// Selects only the object of this name.
    pub(crate) fn only(&mut self, name: &str) {
        let (pointer, value) = ("/metadata/name".to_owned(), name.to_owned());
        self.fields.push(FieldRequirement { pointer, value, is_equal: true });
    }

    /// Whether `object` is selected.
    pub(crate) fn matches(&self, object: &Value) -> bool {
        let labels = &object["metadata"]["labels"];
        self.labels.iter().all(|requirement| requirement.matches(labels))
            && self.fields.iter().all(|requirement| requirement.matches(object))
    }
}

impl Requirement {
    fn matches(&self, labels: &Value) -> bool {
        let label = labels.get(&self.key).and_then(Value::as_str);
        let is_one_of =
            |values: &[String]| label.is_some_and(|label| values.iter().any(|v| v == label));
        match &self.test {
            Test::Exists => label.is_some(),
            Test::Absent => label.is_none(),
            Test::In(values) => is_one_of(values),
            Test::NotIn(values) => !is_one_of(values),
        }
    }
}

impl FieldRequirement {
    fn matches(&self, object: &Value) -> bool {
        (text(object, &self.pointer) == self.value) == self.is_equal
    }
}

/// Splits at commas that are not inside parentheses.
fn split(selector: &str) -> Vec<&str> {
    let mut depth = 0;
    let is_separator = |c: char| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        c == ',' && depth == 0
    };
    selector.split(is_separator).map(str::trim).filter(|part| !part.is_empty()).collect()
}

fn parse_labels(selector: &str) -> Answer<Vec<Requirement>> {
    split(selector)
        .into_iter()
        .map(|part| {
            requirement(part).ok_or_else(|| {
                Failure::bad_request(format!(
                    "unable to parse requirement: found '{part}', expected: a label selector"
                ))
            })
        })
        .collect()
}

fn requirement(part: &str) -> Option<Requirement> {
    let (key, test) = if let Some(key) = part.strip_prefix('!') {
        (key, Test::Absent)
    } else if let Some((key, value)) = part.split_once("!=") {
        (key, Test::NotIn(vec![value.trim().to_owned()]))
    } else if let Some((key, value)) = part.split_once("==").or_else(|| part.split_once('=')) {
        (key, Test::In(vec![value.trim().to_owned()]))
    } else if let Some((head, values)) = part.strip_suffix(')').and_then(|p| p.split_once('(')) {
        let values = values.split(',').map(|value| value.trim().to_owned()).collect();
        match head.split_whitespace().collect::<Vec<_>>().as_slice() {
            [key, "in"] => (*key, Test::In(values)),
            [key, "notin"] => (*key, Test::NotIn(values)),
            _ => return None,
        }
    } else {
        (part, Test::Exists)
    };
    let key = key.trim();
    let is_key = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    (!key.is_empty() && key.chars().all(is_key)).then(|| Requirement { key: key.to_owned(), test })
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
        ("apps", "replicasets") => &["status.replicas"],
        ("batch", "jobs") => &["status.successful"],
        _ => &[],
    }
}

fn parse_fields(selector: &str, resource: &Resource) -> Answer<Vec<FieldRequirement>> {
    split(selector)
        .into_iter()
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
                return Err(Failure::bad_request(format!("field label not supported: {field}")));
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
    fn every_form_of_label_requirement_is_understood() {
        let object = json!({"metadata": {"labels": {"app": "a", "example.com/tier": "web"}}});
        for selector in [
            "app=a",
            "app==a",
            "app",
            "!missing",
            "app!=b",
            "missing!=b",
            "app in (a, b)",
            "app notin (c),example.com/tier in (web)",
            "",
        ] {
            assert!(selects(selector, "", &object), "{selector}");
        }
        for selector in ["app=b", "missing", "!app", "app!=a", "app notin (a)", "app in (b),app"] {
            assert!(!selects(selector, "", &object), "{selector}");
        }
    }

    #[test]
    fn fields_compare_exactly_and_unset_is_empty() {
        let object = json!({"metadata": {"name": "p"}, "status": {"phase": "Running"}});
        assert!(selects("", "metadata.name=p,status.phase!=Failed,spec.nodeName=", &object));
        assert!(!selects("", "status.phase=Pending", &object));
    }

    #[test]
    fn an_unsupported_field_is_refused() {
        let config_maps = Registry::new().find("", "v1", "configmaps").expect("built in");
        let failure = Selector::parse("", "data.a=1", &config_maps).expect_err("not selectable");
        assert_eq!(
            (failure.code, failure.message.as_str()),
            (400, "field label not supported: data.a")
        );
    }
}
