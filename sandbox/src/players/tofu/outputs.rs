//! Outputs and inventory: what a pass tells of the state.
//!
//! Source: tofu-controller, `controllers/tf_controller_outputs.go` and `runner/server_outputs.go`.

use std::collections::BTreeMap;

use anyhow::Result;
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use kube::Api;
use kube::api::PostParams;
use serde_json::{Value, json};

use super::super::object::Tracked;
use super::run::{Run, Step, fail};
use super::state::{owned, type_of};
use super::{Tofu, status};

impl Tofu {
    /// Whether the Secret with the outputs lacks something.
    pub(super) async fn has_lost_outputs(&self, object: &Tracked) -> Result<bool> {
        let Some(wanted) = object.at("/spec/writeOutputsToSecret") else { return Ok(false) };
        let secrets: Api<Secret> = Api::namespaced(self.client.clone(), object.namespace());
        let name = wanted["name"].as_str().unwrap_or_default();
        let Some(secret) = secrets.get_opt(name).await? else { return Ok(true) };
        let data = secret.data.unwrap_or_default();
        let listed = wanted["outputs"].as_array().filter(|listed| !listed.is_empty());
        let listed = listed.or(object.at("/status/availableOutputs").and_then(Value::as_array));
        let mut listed: Vec<_> = listed.into_iter().flatten().filter_map(Value::as_str).collect();
        listed.sort_unstable();
        Ok(data.keys().map(String::as_str).ne(listed))
    }

    pub(super) async fn process_outputs(&self, object: &mut Tracked, run: &Run) -> Step<()> {
        let outputs = &run.state.outputs;
        if outputs.is_empty() {
            return Ok(());
        }
        status::outputs_available(object, &outputs.keys().collect::<Vec<_>>());
        if object.at("/spec/writeOutputsToSecret").is_none() {
            return Ok(());
        }
        let listed = object.at("/spec/writeOutputsToSecret/outputs").and_then(Value::as_array);
        let data = outputs_data(outputs, listed.map(Vec::as_slice).unwrap_or_default())
            .map_err(|problem| fail(object, &run.revision, "OutputsWritingFailed", problem))?;
        if data.is_empty() || object.is("/spec/destroy") {
            status::outputs_written(object, &run.revision, "No Outputs written");
        } else {
            self.write_outputs(object, data).await?;
            status::outputs_written(object, &run.revision, "Outputs written");
        }
        Ok(object.save().await?)
    }

    async fn write_outputs(
        &self,
        object: &Tracked,
        data: BTreeMap<String, ByteString>,
    ) -> Result<()> {
        let wanted = object.at("/spec/writeOutputsToSecret").cloned().unwrap_or_default();
        let name = wanted["name"].as_str().unwrap_or_default();
        let secrets: Api<Secret> = Api::namespaced(self.client.clone(), object.namespace());
        let keys: Vec<_> = data.keys().cloned().collect();
        match secrets.get_opt(name).await? {
            Some(secret) if secret.data.as_ref() == Some(&data) => return Ok(()),
            Some(mut secret) => {
                secret.data = Some(data);
                secrets.replace(name, &PostParams::default(), &secret).await?;
            }
            None => {
                let mut metadata = owned(object, name, true);
                metadata.labels = serde_json::from_value(wanted["labels"].clone())?;
                metadata.annotations = serde_json::from_value(wanted["annotations"].clone())?;
                let secret = Secret {
                    metadata,
                    type_: Some("Opaque".to_owned()),
                    data: Some(data),
                    ..Default::default()
                };
                secrets.create(&PostParams::default(), &secret).await?;
            }
        }
        let message = format!("Outputs written.\n{} output(s): {}", keys.len(), keys.join(", "));
        // The controller uses the reason of the failure for the success as well.
        self.event(object, "Normal", "OutputsWritingFailed", &message).await;
        Ok(())
    }

    pub(super) fn keep_inventory(&self, object: &mut Tracked, run: &Run) {
        if !object.is("/spec/enableInventory") {
            object.set_status("inventory", Value::Null);
        } else if object.at("/status/inventory").is_none() {
            let entries = run.state.inventory();
            if !entries.is_empty() {
                object.set_status("inventory", json!({"entries": entries}));
            }
        }
    }
}

/// The entries of the outputs' Secret: texts as they are, everything else as JSON beside its type.
fn outputs_data(
    outputs: &BTreeMap<String, Value>,
    listed: &[Value],
) -> Result<BTreeMap<String, ByteString>, String> {
    let mut chosen = BTreeMap::new();
    for entry in listed.iter().filter_map(Value::as_str) {
        let (name, alias) = entry.split_once(':').unwrap_or((entry, entry));
        let value = outputs.get(name).ok_or_else(|| format!("output not found: {name}"))?;
        chosen.insert(alias.to_owned(), value);
    }
    if listed.is_empty() {
        chosen = outputs.iter().map(|(name, value)| (name.clone(), value)).collect();
    }
    let mut data = BTreeMap::new();
    for (name, value) in chosen {
        if let Value::String(text) = value {
            data.insert(name, ByteString(text.clone().into_bytes()));
        } else {
            let kind = type_of(value).to_string();
            data.insert(format!("{name}__type"), ByteString(kind.into_bytes()));
            data.insert(name, ByteString(value.to_string().into_bytes()));
        }
    }
    Ok(data)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_texts_or_json_beside_its_type() {
        let outputs =
            BTreeMap::from([("name".to_owned(), json!("vpc")), ("ports".to_owned(), json!([80]))]);
        let data = outputs_data(&outputs, &[]).unwrap();
        let text = |key: &str| String::from_utf8(data[key].0.clone()).unwrap();
        assert_eq!((text("name"), text("ports")), ("vpc".to_owned(), "[80]".to_owned()));
        assert_eq!(text("ports__type"), "[\"tuple\",[\"number\"]]");
        let aliased = outputs_data(&outputs, &[json!("name:title")]).unwrap();
        assert_eq!(aliased.keys().collect::<Vec<_>>(), ["title"]);
        let missing = outputs_data(&outputs, &[json!("nope")]).unwrap_err();
        assert_eq!(missing, "output not found: nope");
    }
}
