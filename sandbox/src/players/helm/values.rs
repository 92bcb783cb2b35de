//! The values of a release: `spec.values` over what `spec.valuesFrom` refers to.
//!
//! Source: fluxcd/pkg, `chartutil/values.go` (order and messages) and `digest.go`. Of Helm's `--set`
//! language in `targetPath`, paths of names and plain values are read; the rest is refused.

use anyhow::Result;
use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use kube::{Api, Client};
use serde_json::{Map, Value, json};

use super::super::files::sha256;
use super::super::merge::merge_maps;
use super::super::object::Tracked;

/// The merged values; the inner error is the controller's message.
pub(super) async fn of(client: &Client, object: &Tracked) -> Result<Result<Value, String>> {
    let mut values = json!({});
    let own = object.at("/spec/values").cloned().unwrap_or_else(|| json!({}));
    let references = object.at("/spec/valuesFrom").and_then(Value::as_array);
    for reference in references.into_iter().flatten() {
        let found = find(client, object.namespace(), reference).await?;
        let text = match found {
            Ok(text) => text,
            Err(_) if reference["optional"] == true => continue,
            Err(problem) => return Ok(Err(refused(object.namespace(), reference, &problem))),
        };
        if let Some(path) = reference["targetPath"].as_str() {
            values = merge_maps(values, own.clone());
            let is_literal = reference["literal"] == true;
            if let Err(problem) = set(&mut values, path, &text, is_literal) {
                return Ok(Err(refused(object.namespace(), reference, &problem)));
            }
            continue;
        }
        match serde_yaml::from_str::<Option<Value>>(&text) {
            Ok(more) => values = merge_maps(values, more.unwrap_or_else(|| json!({}))),
            Err(error) => {
                return Ok(Err(refused(object.namespace(), reference, &error.to_string())));
            }
        }
    }
    Ok(Ok(merge_maps(values, own)))
}

fn key(reference: &Value) -> &str {
    reference["valuesKey"].as_str().unwrap_or("values.yaml")
}

fn refused(namespace: &str, reference: &Value, problem: &str) -> String {
    let optional = if reference["optional"] == true { " optional" } else { "" };
    let (kind, name) = (&reference["kind"], &reference["name"]);
    format!(
        "could not resolve{optional} {} chart values reference '{namespace}/{}' with key '{}': {problem}",
        kind.as_str().unwrap_or_default(),
        name.as_str().unwrap_or_default(),
        key(reference)
    )
}

async fn find(
    client: &Client,
    namespace: &str,
    reference: &Value,
) -> Result<Result<String, String>> {
    let (name, key) = (reference["name"].as_str().unwrap_or_default(), key(reference));
    let missing_key = || "key not found".to_owned();
    if reference["kind"] == "Secret" {
        let api: Api<Secret> = Api::namespaced(client.clone(), namespace);
        let Some(secret) = api.get_opt(name).await? else {
            return Ok(Err(format!("secrets \"{name}\" not found")));
        };
        let data = secret.data.unwrap_or_default();
        let text = data.get(key).map(|bytes| String::from_utf8_lossy(&bytes.0).into_owned());
        return Ok(text.ok_or_else(missing_key));
    }
    let api: Api<ConfigMap> = Api::namespaced(client.clone(), namespace);
    let Some(map) = api.get_opt(name).await? else {
        return Ok(Err(format!("configmaps \"{name}\" not found")));
    };
    Ok(map.data.unwrap_or_default().remove(key).ok_or_else(missing_key))
}

/// Sets the value at a path of names.
fn set(values: &mut Value, path: &str, text: &str, is_literal: bool) -> Result<(), String> {
    let is_plain = |text: &str| !text.contains([',', '[', ']', '{', '}', '\\', '=']);
    if !is_plain(path) || !(is_literal || is_plain(text)) {
        return Err("the sandbox reads only plain values and paths of names".to_owned());
    }
    let mut at = values;
    let (folders, name) = path.rsplit_once('.').unwrap_or(("", path));
    for folder in folders.split('.').filter(|folder| !folder.is_empty()) {
        at = &mut at[folder];
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
    }
    at[name] = if is_literal { json!(text) } else { typed(text) };
    Ok(())
}

/// A word as `--set` takes it: a number, a truth value, nothing, or a text.
fn typed(text: &str) -> Value {
    for quote in ['\'', '"'] {
        if text.len() >= 2 && text.starts_with(quote) && text.ends_with(quote) {
            return json!(text.trim_matches(quote));
        }
    }
    match text {
        "true" => json!(true),
        "false" => json!(false),
        "null" => Value::Null,
        "0" => json!(0),
        number if !number.starts_with('0') => {
            number.parse::<i64>().map_or_else(|_| json!(number), |number| json!(number))
        }
        text => json!(text),
    }
}

/// The digest by which the controller recognizes values: of their YAML, with sorted keys.
pub(super) fn digest(values: &Value) -> String {
    let text = match values.as_object() {
        Some(map) if map.is_empty() => String::new(),
        _ => serde_yaml::to_string(&sorted(values)).expect("values are plain data"),
    };
    format!("sha256:{}", sha256(text.as_bytes()))
}

fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| *key);
            Value::Object(
                entries.into_iter().map(|(key, value)| (key.clone(), sorted(value))).collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(sorted).collect()),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_sets_one_value() {
        let mut values = json!({"a": {"b": 1}});
        set(&mut values, "a.c", "2", false).unwrap();
        set(&mut values, "d.e", "'2'", false).unwrap();
        set(&mut values, "f", "x,y=[z]", true).unwrap();
        let expected = json!({"a": {"b": 1, "c": 2}, "d": {"e": "2"}, "f": "x,y=[z]"});
        assert_eq!(values, expected);
        assert!(set(&mut values, "a[0]", "x", false).is_err());
        assert!(set(&mut values, "a", "{x,y}", false).is_err());
    }

    #[test]
    fn the_digest_does_not_depend_on_the_order() {
        assert_eq!(digest(&json!({"a": 1, "b": 2})), digest(&json!({"b": 2, "a": 1})));
        assert_ne!(digest(&json!({"a": 1})), digest(&json!({"a": 2})));
        let empty = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(digest(&json!({})), empty);
    }
}
