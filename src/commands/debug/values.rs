//! The values with which helm-controller installs a chart.

use anyhow::{Context as _, Result, anyhow};
use kube::api::DynamicObject;
use serde_json::{Map, Value, json};

use super::{data_of, target_path};
use crate::cluster::Cluster;

/// What is referred to, in order, and over all what the object says itself.
///
/// Source: fluxcd/pkg, `chartutil/values.go` (`ChartValuesFromReferences`): a reference with a target path is
/// set over the object's own values, which then come over everything once more.
pub(super) async fn of(cluster: &Cluster, object: &DynamicObject) -> Result<Value> {
    let own = object.data.pointer("/spec/values").cloned().unwrap_or_else(|| json!({}));
    let mut values = json!({});
    let references = object.data.pointer("/spec/valuesFrom").and_then(Value::as_array);
    for reference in references.into_iter().flatten() {
        let Some(text) = text_of(cluster, object, reference).await? else { continue };
        match reference["targetPath"].as_str() {
            Some(path) => {
                merge(&mut values, own.clone());
                let is_literal = reference["literal"] == true;
                target_path::set(&mut values, path, &text, is_literal)
                    .with_context(|| format!("cannot set {path:?}"))?;
            }
            None => merge(&mut values, read(&text, reference)?),
        }
    }
    merge(&mut values, own);
    Ok(values)
}

/// The text that is referred to; nothing when it is optional and not there.
async fn text_of(
    cluster: &Cluster,
    object: &DynamicObject,
    reference: &Value,
) -> Result<Option<String>> {
    let Some(data) = data_of(cluster, object, reference).await? else { return Ok(None) };
    let key = key_of(reference);
    let text = data.into_iter().find(|(name, _)| name == key).map(|(_, text)| text);
    match text {
        None if reference["optional"] != true => {
            Err(anyhow!("{} has no key {key:?}", described(reference)))
        }
        text => Ok(text),
    }
}

fn read(text: &str, reference: &Value) -> Result<Value> {
    // The text may be secret, so the parser's own words, which quote it, are not repeated.
    let values: Option<Map<String, Value>> = serde_yaml::from_str(text).map_err(|_| {
        anyhow!("key {:?} of {} is no YAML object", key_of(reference), described(reference))
    })?;
    Ok(Value::Object(values.unwrap_or_default()))
}

fn key_of(reference: &Value) -> &str {
    reference["valuesKey"].as_str().unwrap_or("values.yaml")
}

fn described(reference: &Value) -> String {
    let text = |key: &str| reference[key].as_str().unwrap_or_default().to_owned();
    format!("{} {}", text("kind"), text("name"))
}

/// Merges objects key by key; anything else is replaced.
fn merge(values: &mut Value, over: Value) {
    match (values, over) {
        (Value::Object(values), Value::Object(over)) => {
            for (key, value) in over {
                match values.get_mut(&key) {
                    Some(known) => merge(known, value),
                    None => drop(values.insert(key, value)),
                }
            }
        }
        (values, over) => *values = over,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_merged_and_the_rest_is_replaced() {
        let mut values = json!({"a": {"b": 1, "c": [1]}, "d": "x"});
        merge(&mut values, json!({"a": {"c": [2], "e": null}, "d": {"f": 1}}));
        assert_eq!(values, json!({"a": {"b": 1, "c": [2], "e": null}, "d": {"f": 1}}));
    }

    #[test]
    fn what_is_no_yaml_is_not_quoted() {
        let reference = json!({"kind": "Secret", "name": "s"});
        let error = read("password: [hunter2", &reference).unwrap_err();
        assert_eq!(format!("{error:#}"), "key \"values.yaml\" of Secret s is no YAML object");
        assert_eq!(read("", &reference).unwrap(), json!({}));
    }
}
