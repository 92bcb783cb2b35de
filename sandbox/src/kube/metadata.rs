//! The rules of `metadata`: names, labels, annotations, owners, finalizers.
//!
//! Source: k8s.io/apimachinery `pkg/api/validation` and `pkg/util/validation`.

use serde_json::{Value, json};

use super::resources::{Resource, text};
use super::status::Cause;

const LABEL: &str = "a lowercase RFC 1123 label must consist of lower case alphanumeric characters \
    or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', \
    regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const SUBDOMAIN: &str = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric \
    characters, '-' or '.', and must start and end with an alphanumeric character (e.g. \
    'example.com', regex used for validation is \
    '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const QUALIFIED: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start \
    and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex \
    used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const LABEL_VALUE: &str = "a valid label must be an empty string or consist of alphanumeric \
    characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. \
    'MyValue',  or 'my_value',  or '12345', regex used for validation is \
    '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/// What is wrong with an object's metadata.
pub(crate) fn validate(resource: &Resource, object: &Value) -> Vec<Cause> {
    let mut causes = check_name(resource, object);
    check_labels(object, &mut causes);
    check_annotations(object, &mut causes);
    check_owners(object, &mut causes);
    check_finalizers(resource, object, &mut causes);
    causes
}

/// What is wrong with new metadata of an object that exists.
///
/// The real server names each of these twice: once for any object and once for the kind.
pub(crate) fn validate_update(live: &Value, object: &Value) -> Vec<Cause> {
    let mut causes = Vec::new();
    let (before, after) = (finalizers(live), finalizers(object));
    let new: Vec<_> = after.iter().filter(|name| !before.contains(name)).collect();
    if live.pointer("/metadata/deletionTimestamp").is_some() && !new.is_empty() {
        let names: Vec<_> = new.iter().map(|name| format!("{name:?}")).collect();
        let message = format!(
            "Forbidden: no new finalizers can be added if the object is being deleted, found new \
             finalizers []string{{{}}}",
            names.join(", ")
        );
        let cause = Cause::new("FieldValueForbidden", "metadata.finalizers", message);
        causes.extend([cause.clone(), cause]);
    }
    causes
}

/// The new finalizers of a custom object that are allowed and not a good idea.
pub(crate) fn finalizer_warnings(
    resource: &Resource,
    live: Option<&Value>,
    object: &Value,
) -> Vec<String> {
    let known = live.map(finalizers).unwrap_or_default();
    let is_new = |name: &&str| resource.is_custom() && !known.contains(name) && !name.contains('/');
    let warn = |name| {
        format!(
            "metadata.finalizers: {name:?}: prefer a domain-qualified finalizer name including a \
             path (/) to avoid accidental conflicts with other finalizer writers"
        )
    };
    finalizers(object).into_iter().filter(is_new).map(warn).collect()
}

fn finalizers(object: &Value) -> Vec<&str> {
    let list = object.pointer("/metadata/finalizers").and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn check_name(resource: &Resource, object: &Value) -> Vec<Cause> {
    let name = text(object, "/metadata/name");
    if name.is_empty() {
        return vec![Cause::required("metadata.name", "name or generateName is required")];
    }
    let wrong = match (resource.group.as_str(), resource.kind.as_str()) {
        ("rbac.authorization.k8s.io", _) => {
            name.contains(['/', '%']).then(|| "may not contain '/'".to_owned())
        }
        ("", "Namespace" | "Service") => wrong_label(name),
        _ => wrong_subdomain(name),
    };
    let invalid = |wrong: String| Cause::invalid("metadata.name", &name.into(), &wrong);
    let prefix = text(object, "/metadata/generateName");
    // What follows the prefix may follow a dash. Nobody looks at the prefixes of Events.
    let wrong_prefix = match prefix.trim_end_matches('-') {
        _ if (resource.group.as_str(), resource.kind.as_str()) == ("", "Event") => None,
        "" => None,
        start => wrong_subdomain(start),
    };
    let invalid_prefix =
        |wrong: String| Cause::invalid("metadata.generateName", &prefix.into(), &wrong);
    wrong_prefix.map(invalid_prefix).into_iter().chain(wrong.map(invalid)).collect()
}

fn too_long(text: &str, limit: usize, unit: &str) -> Option<String> {
    (text.len() > limit).then(|| format!("must be no more than {limit} {unit}"))
}

fn is_label(text: &str) -> bool {
    let is_end = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.chars().all(|c| is_end(c) || c == '-')
        && text.starts_with(is_end)
        && text.ends_with(is_end)
}

/// What is wrong with a DNS label.
pub(crate) fn wrong_label(text: &str) -> Option<String> {
    too_long(text, 63, "characters").or_else(|| (!is_label(text)).then(|| LABEL.to_owned()))
}

fn wrong_subdomain(text: &str) -> Option<String> {
    let is_valid = || text.split('.').all(is_label);
    too_long(text, 253, "characters").or_else(|| (!is_valid()).then(|| SUBDOMAIN.to_owned()))
}

/// Letters, digits, `-`, `_` and `.`, with a letter or digit at both ends.
fn is_word(text: &str) -> bool {
    let is_end = |c: char| c.is_ascii_alphanumeric();
    text.chars().all(|c| is_end(c) || "-_.".contains(c))
        && text.starts_with(is_end)
        && text.ends_with(is_end)
}

/// What is wrong with the key of a label: a name with an optional prefix.
pub(crate) fn wrong_label_key(key: &str) -> Option<String> {
    wrong_key(key, "valid label key", "bytes")
}

/// What is wrong with any other name with an optional prefix.
fn wrong_qualified_name(key: &str) -> Option<String> {
    wrong_key(key, "qualified name", "characters")
}

fn wrong_key(key: &str, what: &str, unit: &str) -> Option<String> {
    let name = match key.split('/').collect::<Vec<_>>().as_slice() {
        [name] => *name,
        ["", _] => return Some("prefix part must be non-empty".to_owned()),
        [prefix, name] => {
            if let Some(wrong) = wrong_subdomain(prefix) {
                return Some(format!("prefix part {wrong}"));
            }
            *name
        }
        _ => {
            return Some(format!(
                "a {what} {QUALIFIED} with an optional DNS subdomain prefix and '/' (e.g. \
                 'example.com/MyName')"
            ));
        }
    };
    if name.is_empty() {
        return Some("name part must be non-empty".to_owned());
    }
    let wrong = too_long(name, 63, unit).or_else(|| (!is_word(name)).then(|| QUALIFIED.to_owned()));
    wrong.map(|wrong| format!("name part {wrong}"))
}

/// What is wrong with the value of a label.
pub(crate) fn wrong_label_value(value: &str) -> Option<String> {
    let is_valid = || value.is_empty() || is_word(value);
    too_long(value, 63, "bytes").or_else(|| (!is_valid()).then(|| LABEL_VALUE.to_owned()))
}

fn check_labels(object: &Value, causes: &mut Vec<Cause>) {
    let labels = object.pointer("/metadata/labels").and_then(Value::as_object);
    for (key, value) in labels.into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        for (shown, wrong) in
            [(key.as_str(), wrong_label_key(key)), (value, wrong_label_value(value))]
        {
            let invalid = |wrong: String| Cause::invalid("metadata.labels", &shown.into(), &wrong);
            causes.extend(wrong.map(invalid));
        }
    }
}

fn check_annotations(object: &Value, causes: &mut Vec<Cause>) {
    let annotations = object.pointer("/metadata/annotations").and_then(Value::as_object);
    for key in annotations.into_iter().flatten().map(|(key, _)| key) {
        let shown = json!(key);
        let invalid = |wrong: String| Cause::invalid("metadata.annotations", &shown, &wrong);
        causes.extend(wrong_qualified_name(&key.to_lowercase()).map(invalid));
    }
}

fn check_owners(object: &Value, causes: &mut Vec<Cause>) {
    let owners = object.pointer("/metadata/ownerReferences").and_then(Value::as_array);
    for owner in owners.into_iter().flatten() {
        for (field, wrong) in [
            ("apiVersion", "version must not be empty"),
            ("kind", "must not be empty"),
            ("name", "must not be empty"),
            ("uid", "must not be empty"),
        ] {
            if text(owner, &format!("/{field}")).is_empty() {
                let field = format!("metadata.ownerReferences.{field}");
                causes.push(Cause::invalid(field, &json!(""), wrong));
            }
        }
    }
}

/// Custom kinds, and CRDs themselves, may have finalizers without a prefix.
fn check_finalizers(resource: &Resource, object: &Value, causes: &mut Vec<Cause>) {
    const STANDARD: &[&str] = &["foregroundDeletion", "kubernetes", "orphan"];
    let is_lenient = resource.is_custom() || resource.group == "apiextensions.k8s.io";
    for (index, name) in finalizers(object).into_iter().enumerate() {
        let wrong = wrong_qualified_name(name).or_else(|| {
            let is_known = is_lenient || name.contains('/') || STANDARD.contains(&name);
            let wrong = "name is neither a standard finalizer name nor is it fully qualified";
            (!is_known).then(|| wrong.to_owned())
        });
        let field = format!("metadata.finalizers[{index}]");
        causes.extend(wrong.map(|wrong| Cause::invalid(field, &name.into(), &wrong)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::resources::Registry;
    use super::*;

    fn causes(metadata: Value) -> Vec<(String, String)> {
        let kind = Registry::new().find_kind("v1", "ConfigMap").expect("the kind is built in");
        let causes = validate(&kind, &json!({"metadata": metadata}));
        causes.into_iter().map(|cause| (cause.field, cause.message)).collect()
    }

    fn only(metadata: Value) -> String {
        match causes(metadata).as_slice() {
            [(field, message)] => format!("{field}: {message}"),
            other => panic!("one cause was expected: {other:?}"),
        }
    }

    #[test]
    fn good_metadata_has_no_causes() {
        let metadata = json!({
            "name": "a.b-c",
            "labels": {"app.kubernetes.io/name": "x_Y.z", "empty": ""},
            "annotations": {"Example.com/Any": "any text"},
            "finalizers": ["example.com/x", "orphan"],
            "ownerReferences": [{"apiVersion": "v1", "kind": "A", "name": "a", "uid": "u"}],
        });
        assert_eq!(causes(metadata), []);
    }

    #[test]
    fn keys_and_values_of_labels_have_rules_of_their_own() {
        let found = causes(json!({"name": "a", "labels": {"a b": "x", "c": "y z"}}));
        assert_eq!(found.len(), 2);
        assert!(found[0].1.contains("\"a b\": name part must consist of"), "{found:?}");
        assert!(found[1].1.contains("\"y z\": a valid label must be"), "{found:?}");
    }

    #[test]
    fn a_key_has_one_prefix_at_most() {
        for (key, wrong) in [
            ("/a", "prefix part must be non-empty"),
            ("a/", "name part must be non-empty"),
            ("A/a", "prefix part a lowercase RFC 1123 subdomain"),
            ("a/b/c", "a qualified name must consist of"),
        ] {
            let found = wrong_qualified_name(key).unwrap_or_default();
            assert!(found.starts_with(wrong), "{key}: {found}");
        }
    }

    #[test]
    fn long_names_are_named_as_such() {
        let name = "a".repeat(254);
        assert!(only(json!({"name": name})).ends_with(": must be no more than 253 characters"));
    }

    #[test]
    fn a_finalizer_is_qualified() {
        assert_eq!(
            only(json!({"name": "a", "finalizers": ["nope"]})),
            "metadata.finalizers[0]: Invalid value: \"nope\": name is neither a standard finalizer \
             name nor is it fully qualified"
        );
    }

    #[test]
    fn a_new_finalizer_without_a_path_is_warned_of_once() {
        let crd = json!({"spec": {
            "group": "example.com",
            "names": {"plural": "things", "kind": "Thing"},
            "versions": [{"name": "v1", "served": true}],
        }});
        let mut registry = Registry::new();
        registry.serve(&crd);
        let kind = registry.find_kind("example.com/v1", "Thing").expect("it was declared");
        let object = json!({"metadata": {"finalizers": ["finalizers.fluxcd.io", "a.b/c"]}});
        let warnings = finalizer_warnings(&kind, None, &object);
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].contains("\"finalizers.fluxcd.io\": prefer a domain-qualified"));
        assert_eq!(finalizer_warnings(&kind, Some(&object), &object), [""; 0]);
    }

    #[test]
    fn an_owner_is_complete() {
        let found = causes(json!({"name": "a", "ownerReferences": [{"kind": "A"}]}));
        let fields: Vec<_> = found.iter().map(|(field, _)| field.as_str()).collect();
        assert_eq!(
            fields,
            ["apiVersion", "name", "uid"].map(|name| format!("metadata.ownerReferences.{name}"))
        );
    }

    #[test]
    fn what_is_being_deleted_gets_no_new_finalizer() {
        let live = json!({"metadata": {"deletionTimestamp": "t", "finalizers": ["a/b"]}});
        let more = json!({"metadata": {"finalizers": ["a/b", "c/d"]}});
        assert_eq!(validate_update(&live, &live), []);
        let causes = validate_update(&live, &more);
        assert!(causes[0].message.ends_with("found new finalizers []string{\"c/d\"}"));
    }
}
