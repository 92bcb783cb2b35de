//! Reading and writing of YAML as `kubectl` understands it.

use anyhow::{Context as _, Result, anyhow, ensure};
use kube::api::DynamicObject;
use serde::Serialize;
use serde_json::Value;
use serde_yaml::Spanned;

/// Reads all documents of `text`, empty ones left out.
///
/// Integers that begin with `0` are octal, as for `kubectl`; a key given twice is an error, where
/// `kubectl` silently takes the last.
///
/// # Errors
/// With line and column, when `text` is not YAML.
pub fn documents(text: &str) -> Result<Vec<Value>> {
    Ok(spanned_documents(text)?.into_iter().map(|document| document.value).collect())
}

fn spanned_documents(text: &str) -> Result<Vec<Spanned<Value>>> {
    let options = serde_yaml::options! { legacy_octal_numbers: true, with_snippet: false };
    serde_yaml::from_multiple_with_options(text, options).map_err(|error| anyhow!("{error}"))
}

/// Reads the Kubernetes objects of `text`, in order; lists are replaced by their items.
///
/// # Errors
/// With line and column when `text` is not YAML; with the line where the document begins when it is not
/// an object: without `apiVersion`, `kind` or a name.
pub fn objects_of(text: &str) -> Result<Vec<DynamicObject>> {
    let mut objects = Vec::new();
    for document in spanned_documents(text)? {
        let line = document.referenced.line();
        for value in items_of(document.value) {
            let object = object_of(value);
            objects.push(object.with_context(|| format!("the document at line {line}"))?);
        }
    }
    Ok(objects)
}

/// The items of a `v1 List`; any other value is its own only item.
fn items_of(value: Value) -> Vec<Value> {
    let is_list = value["apiVersion"] == "v1" && value["kind"] == "List";
    match value {
        Value::Object(mut list) if is_list => match list.remove("items") {
            Some(Value::Array(items)) => items,
            _ => Vec::new(),
        },
        other => vec![other],
    }
}

fn object_of(value: Value) -> Result<DynamicObject> {
    let object: DynamicObject =
        serde_json::from_value(value).context("it is not a Kubernetes object")?;
    let types = object.types.as_ref().context("it has no apiVersion and kind")?;
    ensure!(
        !types.api_version.is_empty() && !types.kind.is_empty(),
        "its apiVersion or kind is empty"
    );
    ensure!(object.metadata.name.is_some(), "{} without metadata.name", types.kind);
    Ok(object)
}

/// Writes objects the way `kustomize` prints them: keys sorted, sequences not indented below their key,
/// `---` between documents.
///
/// # Errors
/// Only when a value has no form in YAML, which no JSON value does.
pub fn write_objects<'a>(objects: impl IntoIterator<Item = &'a Value>) -> Result<String> {
    let documents: Vec<_> = objects
        .into_iter()
        .map(|object| {
            let mut sorted = object.clone();
            sorted.sort_all_objects();
            write(&sorted)
        })
        .collect::<Result<_>>()?;
    Ok(documents.join("---\n"))
}

/// Writes one document. Every string stays on one line: quoted where it must be, never a block.
///
/// Block scalars would read better, but one that begins with a tab is refused by `kubectl`, and folded
/// ones change with a word's length.
pub(super) fn write(value: &impl Serialize) -> Result<String> {
    let options = serde_yaml::ser_options! { prefer_block_scalars: false };
    Ok(serde_yaml::to_string_with_options(value, options)?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    /// What YAML 1.1 readers, `kubectl` among them, take for something else than a string.
    const NOT_STRINGS_IN_YAML_1_1: [&str; 30] = [
        "y",
        "Y",
        "n",
        "N",
        "yes",
        "Yes",
        "YES",
        "no",
        "No",
        "NO",
        "on",
        "On",
        "ON",
        "off",
        "Off",
        "OFF",
        "true",
        "True",
        "null",
        "~",
        "",
        "1_000",
        "0777",
        "0o17",
        "0x1F",
        "1e3",
        ".inf",
        "2024-01-01",
        "1:30",
        "<<",
    ];

    #[test]
    fn strings_that_look_like_something_else_are_quoted() {
        for text in NOT_STRINGS_IN_YAML_1_1 {
            let written = write(&json!({ "key": text })).unwrap();
            let scalar = written.trim_end().strip_prefix("key: ").unwrap();
            assert!(scalar.starts_with('"'), "{text} is written as {scalar}");
        }
    }

    #[test]
    fn keys_are_sorted_and_sequences_not_indented() {
        let object = json!({"b": [{"z": 1, "a": "8080"}], "a": {"d": {}, "c": []}});
        let text = write_objects([&object, &json!({"x": "*"})]).unwrap();
        assert_eq!(text, "a:\n  c: []\n  d: {}\nb:\n- a: \"8080\"\n  z: 1\n---\nx: \"*\"\n");
    }

    #[test]
    fn errors_name_the_line() {
        let broken = documents("a: 1\nb: [\n").unwrap_err().to_string();
        assert!(broken.contains("line 2, column 4"), "{broken}");
        let twice = documents("a: 1\nb: 2\na: 3\n").unwrap_err().to_string();
        assert!(twice.contains("line 3"), "{twice}");
        let no_object =
            objects_of("---\nkind: A\napiVersion: v1\nmetadata: {name: x}\n---\na: 1\n");
        assert_eq!(no_object.unwrap_err().to_string(), "the document at line 6");
    }

    #[test]
    fn lists_are_flattened_and_empty_documents_skipped() {
        let text = "---\n# nothing\n---\napiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: \
                    ConfigMap, metadata: {name: a}}\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: b\n";
        let names: Vec<_> = objects_of(text)
            .unwrap()
            .into_iter()
            .map(|object| object.metadata.name.unwrap())
            .collect();
        assert_eq!(names, ["a", "b"]);
    }

    #[test]
    fn numbers_are_read_like_kubectl_does() {
        let read = documents("mode: 0777\nflag: yes\ndate: 2024-01-01\n").unwrap();
        assert_eq!(read, [json!({"mode": 511, "flag": true, "date": "2024-01-01"})]);
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            proptest::sample::select(&NOT_STRINGS_IN_YAML_1_1[..]).prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::hash_map(any::<String>(), inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(value in any_json()) {
            let value = json!({ "value": value });
            let text = write_objects([&value]).unwrap();
            prop_assert_eq!(documents(&text).unwrap(), [value], "{}", text);
        }
    }
}
