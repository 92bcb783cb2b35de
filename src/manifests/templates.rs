//! The embedded templates and the rule by which values enter them.

use std::sync::LazyLock;

use anyhow::{Context as _, Result};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior};
use serde::Serialize;
use serde_json::json;

use super::yaml;

const TEMPLATES: [(&str, &str); 15] = [
    ("namespace.yaml", include_str!("../../templates/namespace.yaml")),
    ("network-policies.yaml", include_str!("../../templates/network-policies.yaml")),
    ("quota.yaml", include_str!("../../templates/quota.yaml")),
    ("rbac.yaml", include_str!("../../templates/rbac.yaml")),
    ("source-controller.yaml", include_str!("../../templates/source-controller.yaml")),
    ("kustomize-controller.yaml", include_str!("../../templates/kustomize-controller.yaml")),
    ("helm-controller.yaml", include_str!("../../templates/helm-controller.yaml")),
    ("notification-controller.yaml", include_str!("../../templates/notification-controller.yaml")),
    (
        "image-reflector-controller.yaml",
        include_str!("../../templates/image-reflector-controller.yaml"),
    ),
    (
        "image-automation-controller.yaml",
        include_str!("../../templates/image-automation-controller.yaml"),
    ),
    ("source-watcher.yaml", include_str!("../../templates/source-watcher.yaml")),
    ("sync.yaml", include_str!("../../templates/sync.yaml")),
    ("kustomization.yaml", include_str!("../../templates/kustomization.yaml")),
    ("layout/kustomization.yaml", include_str!("../../templates/layout/kustomization.yaml")),
    ("layout/namespace.yaml", include_str!("../../templates/layout/namespace.yaml")),
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().keep_trailing_newline(true).build();
    let syntax = syntax.expect("a change of whitespace leaves the delimiters valid");
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(syntax);
    environment.set_formatter(format);
    environment.add_filter("optional", optional);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source).expect("embedded templates parse: a test says so");
    }
    environment
});

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

/// Filter: a line break and `key: value`, indented, or nothing at all where there is no value.
fn optional(value: &Value, key: &str, indent: usize) -> Result<Value, Error> {
    if value.is_undefined() || value.is_none() || value.len() == Some(0) {
        return Ok(Value::from_safe_string(String::new()));
    }
    let entry = json!({ key: serde_json::to_value(value).map_err(unprintable)? });
    let text = yaml::write(&entry).map_err(unprintable)?;
    let lines = text.lines().map(|line| format!("\n{:indent$}{line}", ""));
    Ok(Value::from_safe_string(lines.collect()))
}

fn unprintable(error: impl std::fmt::Display) -> Error {
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
        for absent in [Value::UNDEFINED, Value::from(()), Value::from(Vec::<String>::new())] {
            assert_eq!(optional(&absent, "key", 2).unwrap().as_str(), Some(""));
        }
        let list = optional(&Value::from(vec!["a", "yes"]), "key", 2).unwrap();
        assert_eq!(list.as_str(), Some("\n  key:\n  - a\n  - \"yes\""));
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
