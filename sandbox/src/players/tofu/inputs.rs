//! The variables of a module: `spec.vars`, overridden by what `spec.varsFrom` refers to.
//!
//! Source: tofu-controller, `runner/server_generate_tf_vars.go`. Values from Secrets and ConfigMaps are
//! texts, whatever they look like; `valueFrom` in `spec.vars` is ignored.

use std::collections::BTreeMap;

use anyhow::Result;
use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use kube::{Api, Client};
use serde_json::{Map, Value, json};

use super::super::object::Tracked;

/// The variables; the inner error is the runner's message.
pub(super) async fn of(
    client: &Client,
    object: &Tracked,
) -> Result<Result<Map<String, Value>, String>> {
    let list = |pointer: &str| object.at(pointer).and_then(Value::as_array).into_iter().flatten();
    let mut variables = Map::new();
    for variable in list("/spec/vars") {
        let name = variable["name"].as_str().unwrap_or_default();
        variables.insert(name.to_owned(), variable["value"].clone());
    }
    for reference in list("/spec/varsFrom") {
        let data = match read(client, object.namespace(), reference).await? {
            Ok(data) => data,
            Err(_) if reference["optional"] == true => BTreeMap::new(),
            Err(problem) => return Ok(Err(problem)),
        };
        variables.extend(selected(&data, &reference["varsKeys"]));
    }
    Ok(Ok(variables))
}

/// All entries, or those that `keys` names, under the names that it gives them (`old:new`).
fn selected(data: &BTreeMap<String, String>, keys: &Value) -> Vec<(String, Value)> {
    let Some(keys) = keys.as_array() else {
        return data.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
    };
    let keys = keys.iter().filter_map(Value::as_str);
    let renamed = keys.filter_map(|key| {
        let (old, new) = key.split_once(':').unwrap_or((key, key));
        Some((new.to_owned(), json!(data.get(old)?)))
    });
    renamed.collect()
}

async fn read(
    client: &Client,
    namespace: &str,
    reference: &Value,
) -> Result<Result<BTreeMap<String, String>, String>> {
    let name = reference["name"].as_str().unwrap_or_default();
    if reference["kind"] == "Secret" {
        let api: Api<Secret> = Api::namespaced(client.clone(), namespace);
        let Some(secret) = api.get_opt(name).await? else {
            return Ok(Err(format!("secrets \"{name}\" not found")));
        };
        let data = secret.data.unwrap_or_default().into_iter();
        let texts = data.map(|(key, bytes)| (key, String::from_utf8_lossy(&bytes.0).into_owned()));
        return Ok(Ok(texts.collect()));
    }
    let api: Api<ConfigMap> = Api::namespaced(client.clone(), namespace);
    let map = api.get_opt(name).await?;
    Ok(map
        .map(|map| map.data.unwrap_or_default())
        .ok_or_else(|| format!("configmaps \"{name}\" not found")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_can_be_chosen_and_renamed() {
        let data = BTreeMap::from(["a", "b"].map(|key| (key.to_owned(), format!("{key}1"))));
        assert_eq!(selected(&data, &Value::Null).len(), 2);
        let keys = json!(["a:region", "b", "missing"]);
        let expected = [("region".to_owned(), json!("a1")), ("b".to_owned(), json!("b1"))];
        assert_eq!(selected(&data, &keys), expected);
    }
}
