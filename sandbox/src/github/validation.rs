//! Keeps the double honest: checks requests and answers against GitHub's own OpenAPI description.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result};
use jsonschema::Validator;
use serde_json::{Value, json};

/// Members that github.com's description lists and GitHub Enterprise Server's does not, though
/// clients of either look for them.
const BORROWED: &[(&str, &[&str])] = &[("/meta", &["ssh_keys", "ssh_key_fingerprints"])];

/// Statuses that every operation may answer, listed by it or not: what it names was renamed or is
/// not there, the caller is not allowed or is limited, or the double does not play it.
const ALWAYS_POSSIBLE: &[u16] =
    &[301, 304, 307, 400, 401, 403, 404, 409, 429, 451, 500, 501, 502, 503];

/// Checks against one description; without the description it finds nothing wrong.
pub(super) struct Validation {
    description: Option<Value>,
    validators: Mutex<BTreeMap<String, Option<Arc<Validator>>>>,
    violations: Mutex<Vec<String>>,
}

impl Validation {
    /// Reads the description if the file exists.
    ///
    /// # Errors
    /// When the file exists and is not JSON.
    pub(super) fn load(file: &Path) -> Result<Self> {
        let description = match std::fs::read(file) {
            Ok(text) => Some(
                serde_json::from_slice(&text)
                    .with_context(|| format!("{} is not JSON", file.display()))?,
            ),
            Err(_) => None,
        };
        Ok(Self { description, validators: Mutex::default(), violations: Mutex::default() })
    }

    pub(super) fn is_active(&self) -> bool {
        self.description.is_some()
    }

    pub(super) fn violations(&self) -> Vec<String> {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn report(&self, violation: String) {
        self.violations.lock().unwrap_or_else(PoisonError::into_inner).push(violation);
    }

    /// Checks the body that a client sent.
    pub(super) fn request(&self, method: &str, template: &str, body: &Value) {
        let Some(operation) = self.operation(method, template) else { return };
        let Some(schema) = operation.pointer("/requestBody/content/application~1json/schema")
        else {
            return;
        };
        let is_required = operation["requestBody"]["required"] == json!(true);
        if body.is_null() && !is_required {
            return;
        }
        let key = format!("{method} {template} request");
        self.check(&key, schema.clone(), body);
    }

    /// Checks what the double answered.
    pub(super) fn response(&self, method: &str, template: &str, status: u16, body: Option<&Value>) {
        let Some(operation) = self.operation(method, template) else { return };
        let Some(response) = self.resolve(&operation["responses"][status.to_string()]) else {
            if !ALWAYS_POSSIBLE.contains(&status) {
                self.report(format!(
                    "{method} {template}: answers {status}, which is not described"
                ));
            }
            return;
        };
        let key = format!("{method} {template} {status}");
        let schemas: Vec<Value> = response["content"]
            .as_object()
            .into_iter()
            .flat_map(|content| content.values())
            .filter_map(|media| media.get("schema").cloned())
            .collect();
        match (body, schemas.is_empty()) {
            (Some(_), true) if status < 300 => {
                self.report(format!("{key}: has a body, and none is described"));
            }
            (None, false) if status < 300 => {
                self.report(format!("{key}: has no body, and one is described"));
            }
            (Some(body), false) => {
                let schema = json!({ "anyOf": schemas });
                if status < 300 {
                    self.check(&key, closed(schema), &without_borrowed(template, body));
                } else {
                    self.check(&key, one_or_more(schema), body);
                }
            }
            _ => {}
        }
    }

    fn check(&self, key: &str, schema: Value, body: &Value) {
        let Some(validator) = self.validator(key, schema) else { return };
        for error in validator.iter_errors(body) {
            self.report(format!("{key}: {}: {error}", error.instance_path()));
        }
    }

    fn validator(&self, key: &str, mut schema: Value) -> Option<Arc<Validator>> {
        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(validator) = validators.get(key) {
            return validator.clone();
        }
        // References inside the schemas begin at the root of the description.
        schema["components"] = self.description.as_ref()?["components"].clone();
        let validator = jsonschema::draft202012::options().build(&schema);
        let validator = match validator {
            Ok(validator) => Some(Arc::new(validator)),
            Err(error) => {
                self.report(format!("{key}: the description cannot be used: {error}"));
                None
            }
        };
        validators.insert(key.to_owned(), validator.clone());
        validator
    }

    fn operation(&self, method: &str, template: &str) -> Option<&Value> {
        self.description.as_ref()?["paths"].get(template)?.get(method.to_lowercase())
    }

    fn resolve<'a>(&'a self, value: &'a Value) -> Option<&'a Value> {
        match value["$ref"].as_str() {
            Some(reference) => self.description.as_ref()?.pointer(reference.strip_prefix('#')?),
            None => value.is_object().then_some(value),
        }
    }
}

/// The same schema without room for invented members: GitHub's descriptions leave them open.
fn closed(schema: Value) -> Value {
    json!({ "allOf": [schema], "unevaluatedProperties": false })
}

/// The same schema with `anyOf` for `oneOf`: the described kinds of errors require nothing, so that
/// every error is of every kind.
fn one_or_more(mut schema: Value) -> Value {
    let alternatives = schema["anyOf"].as_array_mut().into_iter().flatten();
    for alternative in alternatives.filter_map(Value::as_object_mut) {
        if let Some(kinds) = alternative.remove("oneOf") {
            alternative.insert("anyOf".to_owned(), kinds);
        }
    }
    schema
}

fn without_borrowed(template: &str, body: &Value) -> Value {
    let mut body = body.clone();
    for (_, members) in BORROWED.iter().filter(|(known, _)| *known == template) {
        if let Value::Object(body) = &mut body {
            body.retain(|name, _| !members.contains(&name.as_str()));
        }
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One operation that answers an object with a `name`.
    fn validation() -> Validation {
        let description = json!({
            "paths": { "/thing": { "post": {
                "requestBody": { "required": true, "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/thing" },
                }}},
                "responses": { "200": { "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/thing" },
                }}}},
            }}},
            "components": { "schemas": { "thing": {
                "type": "object",
                "required": ["name"],
                "properties": { "name": { "type": "string" } },
            }}},
        });
        Validation {
            description: Some(description),
            validators: Mutex::default(),
            violations: Mutex::default(),
        }
    }

    fn is_fine(status: u16, body: Option<&Value>) -> bool {
        let validation = validation();
        validation.response("POST", "/thing", status, body);
        validation.violations().is_empty()
    }

    #[test]
    fn an_answer_is_what_is_described_and_nothing_more() {
        assert!(is_fine(200, Some(&json!({ "name": "a" }))));
        assert!(!is_fine(200, Some(&json!({ "name": 1 }))));
        assert!(!is_fine(200, Some(&json!({ "name": "a", "invented": 1 }))));
        assert!(!is_fine(200, None));
    }

    #[test]
    fn a_status_that_is_not_described_is_a_violation_unless_anything_may_answer_it() {
        assert!(!is_fine(201, None));
        assert!(is_fine(403, None));
    }

    #[test]
    fn a_request_without_its_required_member_is_a_violation() {
        let validation = validation();
        validation.request("POST", "/thing", &json!({}));
        assert_eq!(validation.violations().len(), 1);
    }
}
