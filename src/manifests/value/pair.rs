//! `key=value`: labels, annotations, variables.

use anyhow::{Result, anyhow};
use serde_json::Value;

use crate::manifests::name::qualified;

/// A label: a qualified key, and a value that may be empty.
///
/// # Errors
/// With the rule that is broken.
pub fn label(text: &str) -> Result<(String, String)> {
    let (key, value) = annotation(text)?;
    let is_right = value.is_empty() || (!value.contains('/') && qualified(&value).is_ok());
    if !is_right {
        return Err(anyhow!(
            "{value:?} is not a label's value: at most 63 letters, digits, '-', '_' and '.', beginning and \
             ending with a letter or digit, like team=platform"
        ));
    }
    Ok((key, value))
}

/// An annotation: a qualified key, and any value.
///
/// # Errors
/// With the rule that is broken.
pub fn annotation(text: &str) -> Result<(String, String)> {
    let (key, value) = split(text)?;
    qualified(&key)?;
    Ok((key, value))
}

/// A variable of OpenTofu: an identifier, and any text.
///
/// # Errors
/// With the rule that is broken.
pub fn variable(text: &str) -> Result<(String, String)> {
    let (name, value) = split(text)?;
    Ok((identifier(&name)?, value))
}

/// A variable of OpenTofu with any value, as JSON.
///
/// # Errors
/// With the rule that is broken.
pub fn json_variable(text: &str) -> Result<(String, Value)> {
    let (name, value) = variable(text)?;
    let value = serde_json::from_str(&value).map_err(|error| {
        anyhow!("{value:?} is not JSON: {error}; a list is zones=[\"a\",\"b\"]")
    })?;
    Ok((name, value))
}

/// An identifier of OpenTofu: the name of a variable or an output.
///
/// # Errors
/// With the rule.
pub fn identifier(text: &str) -> Result<String> {
    let is_first = |character: char| character.is_alphabetic() || character == '_';
    let is_inner = |character: char| character.is_alphanumeric() || "_-".contains(character);
    if text.starts_with(is_first) && text.chars().all(is_inner) {
        return Ok(text.to_owned());
    }
    Err(anyhow!("{text:?} is not an identifier: letters, digits, '_' and '-', like cluster_name"))
}

/// Any two texts around the first `=`.
///
/// # Errors
/// When there is no `=`, or nothing before it.
pub fn split(text: &str) -> Result<(String, String)> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err(anyhow!("{text:?} is not KEY=VALUE, like team=platform")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_those_of_kubernetes() {
        for (good, key, value) in [
            ("team=platform", "team", "platform"),
            ("example.com/team=a.b_c-d", "example.com/team", "a.b_c-d"),
            ("team=", "team", ""),
        ] {
            assert_eq!(label(good).unwrap(), (key.to_owned(), value.to_owned()));
        }
        for bad in
            ["team", "=platform", "team=a=b", "team=a b", "te am=a", "team=-a", "t=a/b", "/a=b"]
        {
            assert!(label(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_annotation_may_say_anything() {
        let arn = "eks.amazonaws.com/role-arn=arn:aws:iam::1:role/a=b c";
        assert_eq!(annotation(arn).unwrap().1, "arn:aws:iam::1:role/a=b c");
    }

    #[test]
    fn variables_have_identifiers_for_names() {
        assert!(variable("cluster_name=a=b").is_ok());
        for bad in ["1a=b", "a.b=c", "a", "=a", "a b=c"] {
            assert!(variable(bad).is_err(), "{bad}");
        }
        assert_eq!(json_variable("n=[1, \"a\"]").unwrap().1.to_string(), "[1,\"a\"]");
        assert!(json_variable("n=[1").is_err());
    }
}
