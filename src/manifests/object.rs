//! One object as a manifest: typed values in, the text of its template out.

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;

use super::{templates, yaml};

/// Lays an object out with the template of its kind.
///
/// The text is read back and compared, so that a template can neither lose a value nor add one.
///
/// # Errors
/// When there is no template for its kind, or the template does not say what it was given; a defect of the
/// template, never of the values.
pub fn manifest(object: &impl Serialize) -> Result<String> {
    let object = serde_json::to_value(object)?;
    let kind = object["kind"].as_str().unwrap_or_default().to_lowercase();
    let name = format!("create/{kind}.yaml");
    let text = templates::render(&name, &object)?;
    let said = yaml::documents(&text).with_context(|| format!("{name} is no YAML any more"))?;
    ensure!(said == [object], "{name} does not say what it was given");
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::iter::repeat_n;
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use serde_json::{Map, Value, json};

    use super::super::templates::CREATED;
    use super::*;

    /// The definitions of Flux's kinds and of tofu-controller's.
    static DEFINITIONS: LazyLock<Vec<Value>> = LazyLock::new(|| {
        let root = env!("CARGO_MANIFEST_DIR");
        let files = ["templates/crds", "sandbox/crds"].iter().flat_map(|folder| {
            let folder = std::fs::read_dir(format!("{root}/{folder}")).unwrap();
            folder.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        });
        files.map(|text| yaml::documents(&text).unwrap().remove(0)).collect()
    });

    fn definition(kind: &str) -> Option<&'static Value> {
        DEFINITIONS.iter().find(|definition| definition["spec"]["names"]["kind"] == kind)
    }

    /// An object that says everything that its definition lets it say, with `strings` in turn.
    fn sample(kind: &str, strings: &mut dyn Iterator<Item = String>) -> Value {
        let metadata = json!({
            "annotations": {"example.com/a": strings.next()}, "labels": {"b": strings.next()},
            "name": strings.next(), "namespace": strings.next(),
        });
        let mut object = json!({"apiVersion": strings.next(), "kind": kind, "metadata": metadata});
        match definition(kind) {
            Some(definition) => {
                let versions = definition["spec"]["versions"].as_array().unwrap();
                let stored = versions.iter().find(|version| version["storage"] == true).unwrap();
                let schema = &stored["schema"]["openAPIV3Schema"]["properties"]["spec"];
                object["spec"] = value_of(schema, strings);
            }
            None => say_builtin(kind, &mut object, strings),
        }
        object
    }

    /// What the templates of kinds without a definition know.
    fn say_builtin(kind: &str, object: &mut Value, strings: &mut dyn Iterator<Item = String>) {
        let text = strings.next().unwrap();
        match kind {
            "Namespace" => {
                object["metadata"].as_object_mut().unwrap().remove("namespace");
            }
            "ServiceAccount" => {}
            "RoleBinding" => {
                object["roleRef"] = json!({"name": text});
                object["subjects"] = json!([{"name": strings.next()}]);
            }
            "Secret" => {
                object["data"] = json!({"a": text});
                object["stringData"] = json!({"b": strings.next()});
                object["type"] = json!(strings.next());
            }
            other => panic!("what does a {other} have to say?"),
        }
    }

    fn value_of(schema: &Value, strings: &mut dyn Iterator<Item = String>) -> Value {
        let properties = schema["properties"].as_object();
        match schema["type"].as_str() {
            Some("object") => match (properties, &schema["additionalProperties"]) {
                (Some(properties), _) => {
                    let said = properties
                        .iter()
                        .map(|(name, schema)| (name.clone(), value_of(schema, strings)));
                    Value::Object(said.collect::<Map<_, _>>())
                }
                (None, Value::Null) => json!({"any": strings.next()}),
                (None, values) => json!({"any": value_of(values, strings)}),
            },
            Some("array") => json!([value_of(&schema["items"], strings)]),
            Some("boolean") => json!(true),
            Some("integer") => json!(7),
            _ => json!(strings.next()),
        }
    }

    #[test]
    fn every_field_of_every_kind_has_its_place() {
        for kind in CREATED {
            let object = sample(kind, &mut repeat_n("on".to_owned(), 1000));
            let text = manifest(&object).unwrap();
            assert!(text.starts_with("apiVersion: \"on\"\nkind: "), "{text}");
        }
    }

    #[test]
    fn what_a_template_does_not_know_is_noticed() {
        let mut object = sample("Alert", &mut repeat_n("x".to_owned(), 100));
        object["spec"]["colour"] = json!("blue");
        let error = manifest(&object).unwrap_err();
        assert_eq!(error.to_string(), "create/alert.yaml does not say what it was given");
    }

    proptest! {
        // Each case renders and parses every template.
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn any_value_stays_a_value(strings in prop::collection::vec(any::<String>(), 1..40)) {
            for kind in CREATED {
                let object = sample(kind, &mut strings.iter().cloned().cycle());
                prop_assert!(manifest(&object).is_ok(), "{}", kind);
            }
        }
    }
}
