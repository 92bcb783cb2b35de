//! A chart, and the little of its templates that the sandbox renders.
//!
//! Of Helm's template language only look-ups are played: `{{ .Values.a.b }}`, `{{ .Release.Name }}`,
//! `{{ .Release.Namespace }}`, `{{ .Chart.Name }}` and `{{ .Chart.Version }}`. Whatever else stands in
//! braces is refused by name, as are hooks.

use regex::Regex;
use serde_json::{Value, json};

use super::super::files::Files;
use super::super::merge::merge_maps;

/// A chart as the action sees it.
pub(super) struct Chart {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) app_version: String,
    values: Value,
    templates: Vec<(String, String)>,
    /// The files in its folder `crds`, which are no templates.
    definitions: Vec<(String, String)>,
}

impl Chart {
    /// Reads the chart in an artifact.
    ///
    /// # Errors
    /// With Helm's message when it is none.
    pub(super) fn load(files: &Files) -> Result<Self, String> {
        let folder = files.outermost("Chart.yaml").ok_or("Chart.yaml file is missing")?;
        let files = files.subtree(&folder);
        let yaml = |path: &str| -> Result<Value, String> {
            let text = files.text(path).unwrap_or_default();
            let value = serde_yaml::from_str::<Option<Value>>(&text);
            let value = value.map_err(|error| format!("cannot load {path}: {error}"))?;
            Ok(value.unwrap_or_else(|| json!({})))
        };
        let about = yaml("Chart.yaml")?;
        let text = |field: &str| about[field].as_str().unwrap_or_default().to_owned();
        let is_template = |path: &&String| {
            let name = path.rsplit('/').next().unwrap_or_default();
            let is_manifest = name.ends_with(".yaml") || name.ends_with(".yml");
            path.starts_with("templates/") && is_manifest && !name.starts_with('_')
        };
        let templates = files.0.keys().filter(is_template);
        let file = |path: &String| (path.clone(), files.text(path).unwrap_or_default());
        let definitions = files.0.keys().filter(|path| path.starts_with("crds/"));
        Ok(Self {
            name: text("name"),
            version: text("version"),
            app_version: text("appVersion"),
            values: yaml("values.yaml")?,
            templates: templates.map(file).collect(),
            definitions: definitions.map(file).collect(),
        })
    }

    /// The CustomResourceDefinitions that the chart brings; whatever else is in that folder is ignored.
    ///
    /// # Errors
    /// With Helm's message about a file that is no YAML.
    pub(super) fn definitions(&self) -> Result<Vec<Value>, String> {
        let mut definitions = Vec::new();
        for (path, text) in &self.definitions {
            let documents: Vec<Option<Value>> =
                serde_yaml::from_multiple(text).map_err(|error| {
                    format!("failed to parse CustomResourceDefinitions from {path}: {error}")
                })?;
            definitions.extend(documents.into_iter().flatten());
        }
        definitions.retain(|object| object["kind"] == "CustomResourceDefinition");
        Ok(definitions)
    }

    /// The chart's manifests for a release.
    ///
    /// # Errors
    /// With Helm's message, or the name of what is not played.
    pub(super) fn render(
        &self,
        values: &Value,
        (namespace, name): (&str, &str),
    ) -> Result<Vec<Value>, String> {
        let context = json!({
            "Values": merge_maps(self.values.clone(), values.clone()),
            "Release": {"Name": name, "Namespace": namespace, "Service": "Helm"},
            "Chart": {"Name": self.name, "Version": self.version, "AppVersion": self.app_version},
        });
        let mut objects = Vec::new();
        for (path, template) in &self.templates {
            let path = format!("{}/{path}", self.name);
            let text = render(&path, template, &context)?;
            let documents: Vec<Option<Value>> = serde_yaml::from_multiple(&text)
                .map_err(|error| format!("YAML parse error on {path}: {error}"))?;
            objects.extend(documents.into_iter().flatten());
        }
        let hook = |object: &&Value| !object["metadata"]["annotations"]["helm.sh/hook"].is_null();
        match objects.iter().find(hook) {
            Some(hook) => {
                Err(format!("the sandbox does not play the hook {}", hook["metadata"]["name"]))
            }
            None => Ok(objects),
        }
    }
}

fn render(path: &str, template: &str, context: &Value) -> Result<String, String> {
    let action = Regex::new(r"\{\{(.*?)\}\}").expect("the pattern is a constant");
    let mut text = String::new();
    let mut end = 0;
    for found in action.captures_iter(template) {
        let whole = found.get(0).expect("a match has a text");
        let expression = found.get(1).map_or("", |inner| inner.as_str()).trim();
        text.push_str(&template[end..whole.start()]);
        let value = look_up(expression, context).map_err(|problem| {
            let before = &template[..whole.start()];
            let line = before.matches('\n').count() + 1;
            let column = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
            format!(
                "template: {path}:{line}:{column}: executing \"{path}\" at <{expression}>: {problem}"
            )
        })?;
        text.push_str(&value);
        end = whole.end();
    }
    text.push_str(&template[end..]);
    Ok(text)
}

fn look_up(expression: &str, context: &Value) -> Result<String, String> {
    let names = Regex::new(r"^(\.[A-Za-z_][A-Za-z0-9_]*)+$").expect("the pattern is a constant");
    if !names.is_match(expression) {
        return Err("the sandbox renders only look-ups of values".to_owned());
    }
    let mut at = context;
    for name in expression.split('.').skip(1) {
        if at.is_null() {
            return Err(format!("nil pointer evaluating interface {{}}.{name}"));
        }
        at = &at[name];
    }
    match at {
        Value::Null => Ok(String::new()),
        Value::String(text) => Ok(text.clone()),
        Value::Number(_) | Value::Bool(_) => Ok(at.to_string()),
        _ => Err("the sandbox renders no lists and maps".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> Chart {
        let chart = crate::charts::Chart::deployment("podinfo", "1.0.0");
        Chart::load(&Files::unpack(&chart.package()).unwrap()).unwrap()
    }

    #[test]
    fn values_reach_the_manifests() {
        let objects = chart().render(&json!({"replicas": 2}), ("apps", "web")).unwrap();
        let deployment = objects.iter().find(|object| object["kind"] == "Deployment").unwrap();
        assert_eq!(deployment["metadata"]["name"], "web");
        assert_eq!(deployment["spec"]["replicas"], 2);
        let image = &deployment["spec"]["template"]["spec"]["containers"][0]["image"];
        assert_eq!(image, "ghcr.io/stefanprodan/podinfo:1.0.0");
    }

    #[test]
    fn definitions_are_no_templates() {
        let chart = crate::charts::Chart::tofu_controller(crate::charts::TOFU_CONTROLLER);
        let chart = Chart::load(&Files::unpack(&chart.package()).unwrap()).unwrap();
        let definitions = chart.definitions().unwrap();
        let names: Vec<_> = definitions.iter().map(|one| &one["metadata"]["name"]).collect();
        assert_eq!(names, ["terraforms.infra.contrib.fluxcd.io"]);
        let objects = chart.render(&json!({}), ("flux-system", "tofu-controller")).unwrap();
        let kinds: Vec<_> = objects.iter().map(|object| &object["kind"]).collect();
        assert_eq!(kinds, ["Deployment"]);
    }

    #[test]
    fn what_is_not_rendered_is_named_with_its_place() {
        let context = json!({"Values": {"a": null}});
        let error =
            render("c/templates/x.yaml", "a: 1\nb: {{ .Values.a.b }}", &context).unwrap_err();
        assert_eq!(
            error,
            "template: c/templates/x.yaml:2:3: executing \"c/templates/x.yaml\" at <.Values.a.b>: \
             nil pointer evaluating interface {}.b"
        );
        let error = render("x", "{{ include \"labels\" . }}", &context).unwrap_err();
        assert!(error.ends_with("the sandbox renders only look-ups of values"), "{error}");
    }
}
