//! Where two answers differ.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::api::Answer;

/// One place where the answers to one step differ.
#[derive(Debug, PartialEq)]
pub(crate) struct Difference {
    pub(crate) scenario: &'static str,
    pub(crate) step: String,
    /// `status`, `header NAME`, or a JSON pointer into the body; elements of a list that have names
    /// are found by these: `/items/[a]/data`.
    pub(crate) at: String,
    /// None where the real server has nothing.
    pub(crate) real: Option<Value>,
    /// None where the sandbox has nothing.
    pub(crate) sandbox: Option<Value>,
}

impl Difference {
    /// Whether only the step, and where in an answer the object is, tells it from another.
    pub(crate) fn is_like(&self, other: &Self) -> bool {
        let of_object = |at: &str| {
            let start = at.find("/metadata").or_else(|| at.find("/spec")).unwrap_or_default();
            at[start..].to_owned()
        };
        self.scenario == other.scenario
            && of_object(&self.at) == of_object(&other.at)
            && (&self.real, &self.sandbox) == (&other.real, &other.sandbox)
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}: {}\n  at {}", self.scenario, self.step, self.at)?;
        let text = |value: &Option<Value>| match value {
            None => "nothing".to_owned(),
            Some(value) => value.to_string(),
        };
        writeln!(f, "    real:    {}", text(&self.real))?;
        writeln!(f, "    sandbox: {}", text(&self.sandbox))
    }
}

/// Compares the answers to one step.
pub(crate) fn of_answers(
    scenario: &'static str,
    real: &Answer,
    sandbox: &Answer,
) -> Vec<Difference> {
    let mut found = Found(Vec::new());
    if real.code == sandbox.code {
        for (name, value) in &real.headers {
            let pair = (value.clone().into(), sandbox.headers[name].clone().into());
            found.values(&format!("header {name}"), &pair.0, &pair.1);
        }
        found.values("", &real.body, &sandbox.body);
    } else {
        // Whole answers tell more than their hundred differences.
        let whole = |answer: &Answer| Value::from(format!("{} {}", answer.code, answer.body));
        found.add("status", Some(&whole(real)), Some(&whole(sandbox)));
    }
    let step = &real.step;
    let named =
        |(at, real, sandbox)| Difference { scenario, step: step.clone(), at, real, sandbox };
    found.0.into_iter().map(named).collect()
}

struct Found(Vec<(String, Option<Value>, Option<Value>)>);

impl Found {
    fn add(&mut self, at: &str, real: Option<&Value>, sandbox: Option<&Value>) {
        self.0.push((at.to_owned(), real.cloned(), sandbox.cloned()));
    }

    fn values(&mut self, at: &str, real: &Value, sandbox: &Value) {
        match (real, sandbox) {
            (Value::Object(real), Value::Object(sandbox)) => {
                let names =
                    real.keys().chain(sandbox.keys().filter(|key| !real.contains_key(*key)));
                for name in names {
                    let at = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
                    self.both(&at, real.get(name), sandbox.get(name));
                }
            }
            (Value::Array(real), Value::Array(sandbox)) => self.lists(at, real, sandbox),
            (real, sandbox) if real == sandbox => {}
            (real, sandbox) => self.add(at, Some(real), Some(sandbox)),
        }
    }

    fn both(&mut self, at: &str, real: Option<&Value>, sandbox: Option<&Value>) {
        match (real, sandbox) {
            (Some(real), Some(sandbox)) => self.values(at, real, sandbox),
            (real, sandbox) => self.add(at, real, sandbox),
        }
    }

    fn lists(&mut self, at: &str, real: &[Value], sandbox: &[Value]) {
        let (Some(by_real), Some(by_sandbox)) = (by_name(real), by_name(sandbox)) else {
            for index in 0..real.len().max(sandbox.len()) {
                self.both(&format!("{at}/{index}"), real.get(index), sandbox.get(index));
            }
            return;
        };
        for (name, value) in &by_real {
            self.both(&format!("{at}/[{name}]"), Some(value), by_sandbox.get(name).copied());
        }
        for (name, value) in by_sandbox.iter().filter(|(name, _)| !by_real.contains_key(*name)) {
            self.add(&format!("{at}/[{name}]"), None, Some(value));
        }
        // The server sorts managers by the second in which they wrote.
        if at.ends_with("/managedFields") {
            return;
        }
        let order = |list: &[Value], other: &BTreeMap<String, &Value>| {
            let names = list.iter().filter_map(name).filter(|name| other.contains_key(name));
            Value::from(Vec::from_iter(names))
        };
        let orders = (order(real, &by_sandbox), order(sandbox, &by_real));
        if orders.0 != orders.1 {
            self.add(&format!("{at} in order"), Some(&orders.0), Some(&orders.1));
        }
    }
}

/// The elements of a list by their names; none when one has no name, or two have the same.
fn by_name(list: &[Value]) -> Option<BTreeMap<String, &Value>> {
    let mut found = BTreeMap::new();
    for value in list {
        if found.insert(name(value)?, value).is_some() {
            return None;
        }
    }
    Some(found)
}

/// What tells an element of a list from the others; events of a watch have only their place.
fn name(value: &Value) -> Option<String> {
    let text = |key: &str| value.get(key).and_then(Value::as_str);
    if let (Some(manager), Some(operation)) = (text("manager"), text("operation")) {
        let words = [manager, operation, text("subresource").unwrap_or_default()];
        return Some(words.join(" ").trim_end().to_owned());
    }
    if value.get("object").is_some() {
        return None;
    }
    let of_metadata = value.pointer("/metadata/name").and_then(Value::as_str);
    let names = ["name", "resource", "subresource", "type", "version", "groupVersion"];
    of_metadata.or_else(|| names.into_iter().find_map(text)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn places(real: Value, sandbox: Value) -> Vec<String> {
        let mut found = Found(Vec::new());
        found.values("", &real, &sandbox);
        found.0.into_iter().map(|(at, ..)| at).collect()
    }

    #[test]
    fn every_place_is_named() {
        let real = json!({"a": {"b": [1, 2]}, "c": "1", "d/e": null});
        let sandbox = json!({"a": {"b": [1]}, "c": 1, "f": {}});
        assert_eq!(places(real, sandbox), ["/a/b/1", "/c", "/d~1e", "/f"]);
    }

    #[test]
    fn elements_are_found_by_name_and_their_order_counts() {
        let real = json!([{"name": "a", "v": 1}, {"name": "b"}, {"name": "c"}]);
        let sandbox = json!([{"name": "c"}, {"name": "a", "v": 2}]);
        assert_eq!(places(real, sandbox), ["/[a]/v", "/[b]", " in order"]);
    }
}
