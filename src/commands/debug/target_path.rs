//! Helm's notation of `--set`, as `targetPath` has it: `a.b[0].c\.d`.

use anyhow::{Result, bail};
use serde_json::{Map, Value};

/// A part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Name(String),
    Index(usize),
}

/// Helm refuses longer lists too.
const LONGEST_LIST: usize = 65536;

/// Sets a value at a path. Quotes around the text keep it a text; a literal is taken as it is.
///
/// Source: fluxcd/pkg, `chartutil/values.go` (`ReplacePathValue`), and Helm's `pkg/strvals`. Of that notation
/// several assignments in one text are refused here.
///
/// # Errors
/// For a path or a value that is not understood; the value is not quoted, it may be secret.
pub(super) fn set(values: &mut Value, path: &str, text: &str, is_literal: bool) -> Result<()> {
    let value = match is_literal {
        true => Value::String(text.to_owned()),
        false => value_of(text)?,
    };
    *place(values, &parts(path)?) = value;
    Ok(())
}

fn parts(path: &str) -> Result<Vec<Part>> {
    let (mut parts, mut name) = (Vec::new(), String::new());
    let mut characters = path.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => name.extend(characters.next()),
            '.' | '[' => {
                if !name.is_empty() {
                    parts.push(Part::Name(std::mem::take(&mut name)));
                }
                if character == '[' {
                    let digits: String = characters.by_ref().take_while(|c| *c != ']').collect();
                    match digits.parse() {
                        Ok(index) if index < LONGEST_LIST => parts.push(Part::Index(index)),
                        _ => bail!("{digits:?} is no place in a list"),
                    }
                }
            }
            '=' | ',' | '{' | '}' => bail!("{character:?} needs a backslash in a path"),
            character => name.push(character),
        }
    }
    if !name.is_empty() {
        parts.push(Part::Name(name));
    }
    match parts.is_empty() {
        true => bail!("the path is empty"),
        false => Ok(parts),
    }
}

/// The value at a path, which is made where it is not there.
fn place<'v>(values: &'v mut Value, parts: &[Part]) -> &'v mut Value {
    let mut at = values;
    for part in parts {
        at = match part {
            Part::Name(name) => {
                if !at.is_object() {
                    *at = Value::Object(Map::new());
                }
                &mut at[name.as_str()]
            }
            Part::Index(index) => {
                if !at.is_array() {
                    *at = Value::Array(Vec::new());
                }
                if let Value::Array(items) = at
                    && items.len() <= *index
                {
                    items.resize(index + 1, Value::Null);
                }
                &mut at[*index]
            }
        };
    }
    at
}

fn value_of(text: &str) -> Result<Value> {
    for quote in ['\'', '"'] {
        if text.len() > 1 && text.starts_with(quote) && text.ends_with(quote) {
            return Ok(Value::String(unescaped(text.trim_matches(['\'', '"']))?));
        }
    }
    match text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some("") => Ok(Value::Array(Vec::new())),
        Some(items) => items.split(',').map(|item| unescaped(item).map(typed)).collect(),
        None => unescaped(text).map(typed),
    }
}

/// The text without backslashes; one with a comma of its own is several assignments.
fn unescaped(text: &str) -> Result<String> {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => plain.extend(characters.next()),
            ',' => bail!(
                "the value holds a comma, which Helm takes for the end of it: write \\, or use literal: true"
            ),
            character => plain.push(character),
        }
    }
    Ok(plain)
}

/// A word as `--set` takes it: a truth value, nothing, a whole number without leading zeros, or a text.
fn typed(text: String) -> Value {
    match text.as_str() {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        "0" => Value::from(0),
        number if !number.starts_with('0') => {
            number.parse::<i64>().map_or_else(|_| Value::String(text.clone()), Value::from)
        }
        _ => Value::String(text),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_leads_to_one_value() {
        let mut values = json!({"a": {"b": 1}, "l": [{"x": 1}]});
        for (path, text) in [
            ("a.c", "2"),
            ("d.e", "'2'"),
            (r"n.kubernetes\.io/os", "linux"),
            ("l[0].y", "true"),
            ("l[2]", "null"),
            ("p", "007"),
            ("q", "{a,1}"),
            ("r", r"x\,y"),
        ] {
            set(&mut values, path, text, false).expect(path);
        }
        set(&mut values, "z", "{x},y", true).unwrap();
        let expected = json!({
            "a": {"b": 1, "c": 2}, "l": [{"x": 1, "y": true}, null, null], "d": {"e": "2"},
            "n": {"kubernetes.io/os": "linux"}, "p": "007", "q": ["a", 1], "r": "x,y", "z": "{x},y",
        });
        assert_eq!(values, expected);
    }

    #[test]
    fn what_is_not_understood_is_refused_and_the_value_not_told() {
        for (path, text) in
            [("a", "hunter2,b=1"), ("", "hunter2"), ("a[x]", "hunter2"), ("a=b", "hunter2")]
        {
            let error = set(&mut json!({}), path, text, false).expect_err(path);
            assert!(!format!("{error:#}").contains("hunter2"), "{error:#}");
        }
    }
}
