//! The embedded templates and the rule by which values enter them.

use std::sync::LazyLock;

use anyhow::{Context as _, Result};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use serde::Serialize;
use serde_json::json;

use super::{go_yaml, yaml};

/// A template's name, which is its path in `templates/`, and its text.
macro_rules! template {
    ($name:literal) => {
        ($name, include_str!(concat!("../../templates/", $name)))
    };
}

const TEMPLATES: [(&str, &str); 31] = [
    template!("namespace.yaml"),
    template!("network-policies.yaml"),
    template!("quota.yaml"),
    template!("rbac.yaml"),
    template!("source-controller.yaml"),
    template!("kustomize-controller.yaml"),
    template!("helm-controller.yaml"),
    template!("notification-controller.yaml"),
    template!("image-reflector-controller.yaml"),
    template!("image-automation-controller.yaml"),
    template!("source-watcher.yaml"),
    template!("sync.yaml"),
    template!("kustomization.yaml"),
    template!("create/alert.yaml"),
    template!("create/bucket.yaml"),
    template!("create/gitrepository.yaml"),
    template!("create/helmchart.yaml"),
    template!("create/helmrelease.yaml"),
    template!("create/helmrepository.yaml"),
    template!("create/imagepolicy.yaml"),
    template!("create/imagerepository.yaml"),
    template!("create/imageupdateautomation.yaml"),
    template!("create/kustomization.yaml"),
    template!("create/namespace.yaml"),
    template!("create/ocirepository.yaml"),
    template!("create/provider.yaml"),
    template!("create/receiver.yaml"),
    template!("create/rolebinding.yaml"),
    template!("create/secret.yaml"),
    template!("create/serviceaccount.yaml"),
    template!("create/terraform.yaml"),
];

/// The kinds that have a template of their own: `create/<kind>.yaml`.
pub(super) const CREATED: [&str; 18] = [
    "Alert",
    "Bucket",
    "GitRepository",
    "HelmChart",
    "HelmRelease",
    "HelmRepository",
    "ImagePolicy",
    "ImageRepository",
    "ImageUpdateAutomation",
    "Kustomization",
    "Namespace",
    "OCIRepository",
    "Provider",
    "Receiver",
    "RoleBinding",
    "Secret",
    "ServiceAccount",
    "Terraform",
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = strict_environment();
    environment.set_formatter(format);
    environment.add_filter("optional", optional);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).expect("embedded templates parse: a test says so");
    }
    environment
});

/// An environment in which what is not there is an error and line breaks stay.
pub(super) fn strict_environment<'a>() -> Environment<'a> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build();
    let syntax = syntax.expect("a change of whitespace leaves the delimiters valid");
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(syntax);
    environment
}

/// Renders the embedded template `name` with the fields of `context`.
///
/// A value stays one scalar, sequence or mapping at the place where the template names it; it can never
/// become structure.
///
/// # Errors
/// The template names something that `context` does not have.
pub(super) fn render(name: &str, context: impl Serialize) -> Result<String> {
    let template = ENVIRONMENT.get_template(name)?;
    template.render(Value::from(Serde(context))).with_context(|| format!("cannot render {name}"))
}

/// Prints a string as a plain scalar where every reader takes it for that string, else quoted;
/// everything else as JSON.
///
/// JSON alone would be as safe but quote every string, unlike the files that Flux users know.
fn format(out: &mut Output, state: &mut State, value: &Value) -> Result<(), Error> {
    match value.as_str() {
        Some(text) if !value.is_safe() => {
            let scalar = yaml::write(&text).map_err(unprintable)?;
            out.write_str(scalar.trim_end_matches('\n')).map_err(Error::from)
        }
        _ => minijinja::escape_formatter(out, state, value),
    }
}

/// Filter: a line break and `key: value`, indented, or nothing at all where there is no value. What is
/// there and empty stays.
fn optional(value: &Value, key: &str, indent: usize) -> Result<Value, Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(Value::from_safe_string(String::new()));
    }
    let entry = json!({ key: serde_json::to_value(value).map_err(unprintable)? });
    Ok(Value::from_safe_string(indented(&go_yaml::write(&entry), indent)))
}

/// The lines of a text, each behind a line break and an indentation.
pub(super) fn indented(text: &str, indent: usize) -> String {
    let line = |line: &str| match line {
        // The empty lines of a block.
        "" => "\n".to_owned(),
        line => format!("\n{:indent$}{line}", ""),
    };
    text.lines().map(line).collect()
}

pub(super) fn unprintable(error: impl std::fmt::Display) -> Error {
    Error::new(ErrorKind::BadSerialization, error.to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::components::COMPONENTS;
    use super::*;

    #[test]
    fn every_template_is_part_of_the_environment() {
        for (name, _) in TEMPLATES {
            assert!(ENVIRONMENT.get_template(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn a_missing_value_is_an_error() {
        let error = render("kustomization.yaml", json!({})).unwrap_err();
        assert_eq!(error.to_string(), "cannot render kustomization.yaml");
    }

    #[test]
    fn an_absent_value_leaves_no_line() {
        for absent in [Value::UNDEFINED, Value::from(())] {
            assert_eq!(optional(&absent, "key", 2).unwrap().as_str(), Some(""));
        }
        let list = optional(&Value::from(vec!["a", "yes"]), "key", 2).unwrap();
        assert_eq!(list.as_str(), Some("\n  key:\n  - a\n  - \"yes\""));
        let empty = optional(&Value::from(Vec::<String>::new()), "key", 2).unwrap();
        assert_eq!(empty.as_str(), Some("\n  key: []"));
    }

    #[test]
    fn lines_of_a_text_stay_lines() {
        let text = optional(&Value::from("a {\n  b\n\n}\n"), "key", 2).unwrap();
        assert_eq!(text.as_str(), Some("\n  key: |\n    a {\n      b\n\n    }"));
    }

    proptest! {
        // Each case parses whole manifests.
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_image_stays_an_image(image: String) {
            const IMAGE: &str = "/spec/template/spec/containers/0/image";
            for name in COMPONENTS.iter().map(|component| format!("{}.yaml", component.name)) {
                let name = name.as_str();
                let rendered = |image: &str| {
                    yaml::documents(&render(name, json!({ "image": image })).unwrap()).unwrap()
                };
                let mut expected = rendered("usual");
                *expected.last_mut().unwrap().pointer_mut(IMAGE).unwrap() = json!(image);
                prop_assert_eq!(rendered(&image), expected);
            }
        }
    }
}
