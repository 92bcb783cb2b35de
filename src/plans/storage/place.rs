//! Where a plan is kept: kind, name and labels.
//!
//! Source: tofu-controller, `api/plan/plan.go`.

use kube::api::DynamicObject;

use super::annotation;
use crate::digest::Digest;
use crate::kinds::view::{name, namespace, text};

/// The longest value of a label.
const LABEL_LENGTH: usize = 63;

/// In which form a plan is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// The plan file itself, which only OpenTofu can read.
    Binary,
    /// The document of `tofu show -json`; sensitive values are in it in clear.
    Json,
    /// The text of `tofu show`; OpenTofu has masked sensitive values.
    Human,
}

impl Form {
    /// The readable form that an object asks for.
    #[must_use]
    pub fn readable(object: &DynamicObject) -> Option<Self> {
        match text(object, "/spec/storeReadablePlan") {
            Some("json") => Some(Self::Json),
            Some("human") => Some(Self::Human),
            _ => None,
        }
    }

    /// The API kind that keeps it.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Binary | Self::Json => "Secret",
            Self::Human => "ConfigMap",
        }
    }
}

/// Where a plan of an object is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The namespace: the object's.
    pub namespace: String,
    /// The name of the one object that keeps it, and what the names of pieces begin with.
    pub name: String,
    /// The selector of all pieces.
    pub selector: String,
}

impl Place {
    /// Where the plan of a Terraform object is kept in this form.
    #[must_use]
    pub fn of(object: &DynamicObject, form: Form) -> Self {
        let suffix = if form == Form::Json { ".json" } else { "" };
        let full_name = format!("{}{suffix}", name(object));
        let workspace = workspace(object);
        let selector = [("plan-name", full_name.as_str()), ("plan-workspace", workspace)]
            .map(|(key, value)| format!("{}={}", annotation(key), label(value)));
        Self {
            namespace: namespace(object).to_owned(),
            name: format!("tfplan-{workspace}-{full_name}"),
            selector: selector.join(","),
        }
    }
}

/// The workspace whose state an object's plan is about.
#[must_use]
pub fn workspace(object: &DynamicObject) -> &str {
    text(object, "/spec/workspace").unwrap_or("default")
}

/// The value of a label; too long a one ends in a part of its digest.
fn label(value: &str) -> String {
    if value.len() <= LABEL_LENGTH {
        return value.to_owned();
    }
    let digest = Digest::of(value.as_bytes()).hex();
    let mut end = LABEL_LENGTH - 17;
    while !value.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}-{}", &value[..end], &digest[..16])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    #[test]
    fn places_follow_name_workspace_and_form() {
        let vpc = object(json!({"metadata": {"name": "vpc", "namespace": "infra"}}));
        let place = Place::of(&vpc, Form::Json);
        assert_eq!(
            (place.namespace.as_str(), place.name.as_str()),
            ("infra", "tfplan-default-vpc.json")
        );
        assert_eq!(
            place.selector,
            "infra.contrib.fluxcd.io/plan-name=vpc.json,infra.contrib.fluxcd.io/plan-workspace=default"
        );
        let long = "n".repeat(70);
        let staging = object(json!({"metadata": {"name": long}, "spec": {"workspace": "staging"}}));
        let place = Place::of(&staging, Form::Human);
        assert!(place.name.starts_with("tfplan-staging-nnn"), "{}", place.name);
        let value = place.selector.split(['=', ',']).nth(1).unwrap();
        assert_eq!((value.len(), &value[46..47]), (63, "-"), "{value}");
    }
}
