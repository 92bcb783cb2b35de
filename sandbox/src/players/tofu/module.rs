//! The root module: the part of OpenTofu's JSON syntax that the sandbox evaluates.
//!
//! Every `*.tf.json` file of the folder counts. Played are `variable` (`default`, `sensitive`),
//! `resource` of whatever type, and `output` (`value`, `sensitive`); expressions are `${var.NAME}`, and in
//! outputs also `${TYPE.NAME.ATTRIBUTE}`. There are no providers: what a resource says is what it
//! becomes, in the [cloud](super::state::Cloud).
//!
//! Source: OpenTofu's documentation, "JSON Configuration Syntax".

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Map, Value};

use super::super::files::Files;

/// A resource by its address: `TYPE.NAME`.
pub(super) type Resources = BTreeMap<String, Value>;

/// A module as it is written.
#[derive(Default)]
pub(super) struct Module {
    variables: Map<String, Value>,
    resources: Map<String, Value>,
    outputs: Map<String, Value>,
}

/// A module with its variables filled in.
#[derive(Debug, PartialEq)]
pub(super) struct Desired {
    pub(super) resources: Resources,
    /// The attributes, by address, that come from a sensitive variable.
    pub(super) sensitive: BTreeMap<String, BTreeSet<String>>,
    pub(super) outputs: BTreeMap<String, Output>,
    pub(super) variables: Map<String, Value>,
}

/// What the module gives out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Output {
    value: Value,
    pub(super) is_sensitive: bool,
}

impl Module {
    /// Reads the files in `folder`.
    ///
    /// # Errors
    /// With the words of `tofu init`.
    pub(super) fn read(files: &Files, folder: &str) -> Result<Self, String> {
        let files = files.subtree(folder);
        let mut module = Self::default();
        for path in files.0.keys().filter(|path| !path.contains('/')) {
            if path.ends_with(".tf") {
                return Err(format!("the sandbox reads no HCL: {path} has to be a .tf.json"));
            }
            if path.ends_with(".tf.json") {
                let text = files.text(path).unwrap_or_default();
                let file = serde_json::from_str(&text).map_err(|error| {
                    format!("exit status 1\n\nError: Invalid JSON in {path}: {error}")
                })?;
                module.add(path, file)?;
            }
        }
        Ok(module)
    }

    fn add(&mut self, path: &str, file: Value) -> Result<(), String> {
        let Value::Object(blocks) = file else {
            return Err(format!("exit status 1\n\nError: {path} holds no object"));
        };
        for (block, content) in blocks {
            let known = match block.as_str() {
                "variable" => &mut self.variables,
                "resource" => &mut self.resources,
                "output" => &mut self.outputs,
                // What only configures the program makes no difference here.
                "terraform" | "provider" | "//" => continue,
                block => return Err(format!("the sandbox does not play {block} blocks ({path})")),
            };
            for (name, value) in content.as_object().into_iter().flatten() {
                match (known.get_mut(name), value) {
                    (Some(Value::Object(more)), Value::Object(value)) => {
                        more.extend(value.clone());
                    }
                    _ => {
                        known.insert(name.clone(), value.clone());
                    }
                }
            }
        }
        Ok(())
    }

    /// Fills in the variables; what `given` has and the module does not declare is left out.
    ///
    /// # Errors
    /// With the words of `tofu plan`.
    pub(super) fn evaluate(&self, given: &Map<String, Value>) -> Result<Desired, String> {
        let mut variables = Map::new();
        for (name, declared) in &self.variables {
            let value = given.get(name).or(declared.get("default")).ok_or_else(|| {
                format!(
                    "exit status 1\n\nError: No value for required variable\n\nThe root module input \
                     variable \"{name}\" is not set, and has no default value."
                )
            })?;
            variables.insert(name.clone(), value.clone());
        }
        let mut desired = Desired {
            resources: Resources::new(),
            sensitive: BTreeMap::new(),
            outputs: BTreeMap::new(),
            variables,
        };
        for (kind, resources) in &self.resources {
            for (name, attributes) in resources.as_object().into_iter().flatten() {
                self.evaluate_resource(&mut desired, &format!("{kind}.{name}"), attributes)?;
            }
        }
        for (name, output) in &self.outputs {
            let value = substitute(&output["value"], &|path| self.variable(&desired, path))?;
            let is_sensitive = output["sensitive"] == true;
            desired.outputs.insert(name.clone(), Output { value, is_sensitive });
        }
        Ok(desired)
    }

    fn evaluate_resource(
        &self,
        desired: &mut Desired,
        address: &str,
        attributes: &Value,
    ) -> Result<(), String> {
        let mut evaluated = Map::new();
        let mut sensitive = BTreeSet::new();
        for (name, value) in attributes.as_object().into_iter().flatten() {
            let filled = substitute(value, &|path| match self.variable(desired, path) {
                Some(value) => Some(value),
                None => Some(Value::String(format!("${{{path}}}"))),
            })?;
            if references(&filled).next().is_some() {
                return Err(format!("the sandbox evaluates only var.NAME in {address}.{name}"));
            }
            if references(value).any(|path| self.is_sensitive(&path)) {
                sensitive.insert(name.clone());
            }
            evaluated.insert(name.clone(), filled);
        }
        desired.resources.insert(address.to_owned(), Value::Object(evaluated));
        desired.sensitive.insert(address.to_owned(), sensitive);
        Ok(())
    }

    fn variable(&self, desired: &Desired, path: &str) -> Option<Value> {
        desired.variables.get(path.strip_prefix("var.")?).cloned()
    }

    fn is_sensitive(&self, path: &str) -> bool {
        let name = path.strip_prefix("var.").unwrap_or_default();
        self.variables.get(name).is_some_and(|declared| declared["sensitive"] == true)
    }
}

impl Output {
    /// The value, once the resources are what `resources` says; `None` while it is not known.
    pub(super) fn resolve(&self, resources: &Resources) -> Option<Value> {
        let look_up = |path: &str| {
            let (address, attribute) = path.rsplit_once('.')?;
            resources.get(address)?.get(attribute).cloned()
        };
        substitute(&self.value, &look_up).ok().filter(|value| references(value).next().is_none())
    }
}

static EXPRESSION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\$\{\s*([^}]*?)\s*\}").expect("the pattern is a constant"));

/// The paths that the texts in `value` refer to.
fn references(value: &Value) -> impl Iterator<Item = String> {
    let text = value.to_string();
    let found: Vec<_> = EXPRESSION.captures_iter(&text).map(|found| found[1].to_owned()).collect();
    found.into_iter()
}

/// Replaces what `look_up` knows; a text that is one expression takes the type of its value.
fn substitute(value: &Value, look_up: &dyn Fn(&str) -> Option<Value>) -> Result<Value, String> {
    Ok(match value {
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| Ok((key.clone(), substitute(value, look_up)?)))
                .collect::<Result<_, String>>()?,
        ),
        Value::Array(items) => Value::Array(
            items.iter().map(|item| substitute(item, look_up)).collect::<Result<_, _>>()?,
        ),
        Value::String(text) => substitute_text(text, look_up)?,
        other => other.clone(),
    })
}

fn substitute_text(text: &str, look_up: &dyn Fn(&str) -> Option<Value>) -> Result<Value, String> {
    let (mut filled, mut end) = (String::new(), 0);
    for found in EXPRESSION.captures_iter(text) {
        let whole = found.get(0).expect("a match has a text");
        let value = look_up(&found[1]);
        if let Some(name) = found[1].strip_prefix("var.").filter(|_| value.is_none()) {
            return Err(format!(
                "exit status 1\n\nError: Reference to undeclared input variable\n\nAn input variable \
                 with the name \"{name}\" has not been declared."
            ));
        }
        let Some(value) = value else { return Ok(Value::String(text.to_owned())) };
        if whole.as_str() == text {
            return Ok(value);
        }
        filled.push_str(&text[end..whole.start()]);
        match value {
            Value::String(value) => filled.push_str(&value),
            value => filled.push_str(&value.to_string()),
        }
        end = whole.end();
    }
    filled.push_str(&text[end..]);
    Ok(Value::String(filled))
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::json;

    use super::*;

    pub(in super::super) fn module(file: &Value) -> Module {
        let files = Files([("main.tf.json".to_owned(), file.to_string().into_bytes())].into());
        Module::read(&files, "").unwrap()
    }

    fn given(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn variables_fill_resources_and_keep_their_type() {
        let module = module(&json!({
            "variable": {"size": {"default": 1}, "key": {"sensitive": true}},
            "resource": {"box": {"a": {"size": "${var.size}", "label": "s${var.size}-${var.key}"}}},
            "output": {"id": {"value": "${box.a.id}"}, "size": {"value": "${var.size}"}},
        }));
        let desired = module.evaluate(&given(json!({"size": 3, "key": "k", "other": 1}))).unwrap();
        assert_eq!(desired.resources["box.a"], json!({"size": 3, "label": "s3-k"}));
        assert_eq!(desired.sensitive["box.a"], ["label".to_owned()].into());
        assert_eq!(desired.outputs["id"].resolve(&desired.resources), None);
        let made = Resources::from([("box.a".to_owned(), json!({"id": "7"}))]);
        assert_eq!(desired.outputs["id"].resolve(&made), Some(json!("7")));
        assert_eq!(desired.outputs["size"].resolve(&made), Some(json!(3)));
    }

    #[test]
    fn what_is_missing_or_not_played_is_named() {
        let required = module(&json!({"variable": {"region": {}}}));
        let error = required.evaluate(&Map::new()).unwrap_err();
        assert!(error.contains("\"region\" is not set"), "{error}");
        let undeclared = module(&json!({"resource": {"box": {"a": {"x": "${var.nope}"}}}}));
        assert!(undeclared.evaluate(&Map::new()).is_err());
        let files = Files([("main.tf".to_owned(), Vec::new())].into());
        let error = Module::read(&files, "").err().unwrap();
        assert!(error.contains("no HCL"), "{error}");
    }
}
