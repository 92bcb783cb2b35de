//! YAML as Go's library lays it out: what kustomize prints, and so the files that upstream writes.
//!
//! For upstream's own manifests this gives the same bytes. A string whose layout there depends on more than
//! upstream's manifests hold is double-quoted, which every reader understands.
//!
//! Source: sigs.k8s.io/yaml, `goyaml.v2` (`encode.go`, `emitterc.go`, `sorter.go`).

use std::cmp::Ordering;

use serde_json::{Map, Value};

/// Plain and single-quoted strings go on in a new line at the first blank behind this column.
const WIDTH: usize = 80;

/// Writes one document: keys sorted, sequences not indented below their key.
#[must_use]
pub fn write(value: &Value) -> String {
    let mut printer = Printer { text: String::new() };
    match value {
        Value::Object(map) if !map.is_empty() => printer.mapping(map, 0),
        Value::Array(items) if !items.is_empty() => printer.sequence(items, 0),
        other => printer.scalar(other, 0),
    }
    printer.text
}

struct Printer {
    text: String,
}

impl Printer {
    /// Writes the entries of a mapping; the first begins where the cursor is.
    fn mapping(&mut self, map: &Map<String, Value>, indent: usize) {
        let mut keys: Vec<&String> = map.keys().collect();
        keys.sort_by(|one, other| compare_keys(one, other));
        for (index, key) in keys.into_iter().enumerate() {
            if index > 0 {
                self.pad(indent);
            }
            match style(key) {
                Style::Plain => self.text.push_str(key),
                Style::Single => self.text.push_str(&single_quoted(key)),
                Style::Literal | Style::Double => self.text.push_str(&double_quoted(key)),
            }
            self.text.push(':');
            match &map[key] {
                Value::Object(inner) if !inner.is_empty() => {
                    self.text.push('\n');
                    self.pad(indent + 2);
                    self.mapping(inner, indent + 2);
                }
                Value::Array(items) if !items.is_empty() => {
                    self.text.push('\n');
                    self.pad(indent);
                    self.sequence(items, indent);
                }
                other => {
                    self.text.push(' ');
                    self.scalar(other, indent + 2);
                }
            }
        }
    }

    fn sequence(&mut self, items: &[Value], indent: usize) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.pad(indent);
            }
            self.text.push_str("- ");
            match item {
                Value::Object(inner) if !inner.is_empty() => self.mapping(inner, indent + 2),
                Value::Array(inner) if !inner.is_empty() => self.sequence(inner, indent + 2),
                other => self.scalar(other, indent + 2),
            }
        }
    }

    /// Writes what has no structure, and ends the line. Further lines of a string are indented.
    fn scalar(&mut self, value: &Value, indent: usize) {
        match value {
            Value::String(text) => match style(text) {
                Style::Plain => self.folded(text, indent),
                Style::Single => self.folded(&single_quoted(text), indent),
                Style::Literal => return self.literal(text, indent),
                Style::Double => self.text.push_str(&double_quoted(text)),
            },
            Value::Object(_) => self.text.push_str("{}"),
            Value::Array(_) => self.text.push_str("[]"),
            other => self.text.push_str(&other.to_string()),
        }
        self.text.push('\n');
    }

    fn folded(&mut self, text: &str, indent: usize) {
        let mut column = self.column();
        let mut characters = text.chars().peekable();
        let mut previous = None;
        while let Some(character) = characters.next() {
            let next_is_blank = characters.peek().is_none_or(|next| *next == ' ');
            let is_between = character == ' ' && previous != Some(' ') && !next_is_blank;
            if is_between && column > WIDTH {
                self.text.push('\n');
                self.pad(indent);
                column = indent;
            } else {
                self.text.push(character);
                column += 1;
            }
            previous = Some(character);
        }
    }

    fn literal(&mut self, text: &str, indent: usize) {
        let content = text.strip_suffix('\n');
        self.text.push_str(if content.is_some() { "|\n" } else { "|-\n" });
        for line in content.unwrap_or(text).split('\n') {
            if !line.is_empty() {
                self.pad(indent);
                self.text.push_str(line);
            }
            self.text.push('\n');
        }
    }

    fn pad(&mut self, indent: usize) {
        self.text.extend(std::iter::repeat_n(' ', indent));
    }

    fn column(&self) -> usize {
        let line = self.text.rsplit('\n').next().unwrap_or_default();
        line.chars().count()
    }
}

enum Style {
    Plain,
    Single,
    Double,
    Literal,
}

fn style(text: &str) -> Style {
    let is_printable = |c: char| matches!(c, ' '..='~' | '\n' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}');
    // Line separators of other alphabets end a line in YAML 1.1.
    let is_odd = |c: char| !is_printable(c) || matches!(c, '\u{2028}' | '\u{2029}');
    if text.contains(is_odd) || !is_a_string(text) {
        return Style::Double;
    }
    if text.contains('\n') {
        return literal_or_double(text);
    }
    let has_blank_ends = text.starts_with(' ') || text.ends_with(' ');
    if has_blank_ends || has_indicators(text) { Style::Single } else { Style::Plain }
}

/// Blocks that begin with a blank, or whose lines end with one, need hints that readers disagree about.
fn literal_or_double(text: &str) -> Style {
    let content = text.strip_suffix('\n').unwrap_or(text);
    let is_awkward = content.starts_with([' ', '\n'])
        || content.ends_with('\n')
        || content.is_empty()
        || content.split('\n').any(|line| line.ends_with(' '));
    if is_awkward { Style::Double } else { Style::Literal }
}

/// Whether a plain string would be read as something with structure, or as a comment.
fn has_indicators(text: &str) -> bool {
    let begins_with_one = text.starts_with(|c: char| "#,[]{}&*!|>'\"%@`".contains(c));
    let begins_like_one = ["-", "?", ":"].iter().any(|indicator| {
        text.strip_prefix(indicator).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    begins_with_one
        || begins_like_one
        || text.starts_with("---")
        || text.starts_with("...")
        || text.contains(": ")
        || text.ends_with(':')
        || text.contains(" #")
}

/// Whether a plain string is read as a string, by YAML 1.1's rules and by 1.2's.
fn is_a_string(text: &str) -> bool {
    const WORDS: [&str; 11] =
        ["", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let lower = text.to_ascii_lowercase();
    if WORDS.contains(&lower.as_str()) || matches!(text, "<<" | "=") {
        return false;
    }
    let unsigned = lower.trim_start_matches(['+', '-']);
    let is_special = matches!(unsigned, ".inf" | ".nan");
    !(is_special || is_number(unsigned) || is_time(unsigned))
}

fn is_number(text: &str) -> bool {
    let digits = text.replace('_', "");
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)].iter().find_map(|(prefix, radix)| {
        let rest = digits.strip_prefix(prefix)?;
        Some(!rest.is_empty() && rest.chars().all(|c| c.is_digit(*radix)))
    });
    let begins_as_one = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    radix.unwrap_or(false) || (begins_as_one && digits.parse::<f64>().is_ok())
}

/// Dates, and numbers to the base of 60: `2026-01-31`, `12:30`.
fn is_time(text: &str) -> bool {
    let is_date = text.get(..5).is_some_and(|start| {
        start.ends_with('-') && start[..4].bytes().all(|byte| byte.is_ascii_digit())
    });
    let is_clock = text.contains(':') && text.starts_with(|c: char| c.is_ascii_digit());
    (is_date && text.bytes().all(|byte| b"0123456789-:.+tz ".contains(&byte)))
        || (is_clock && text.bytes().all(|byte| b"0123456789_:.".contains(&byte)))
}

fn single_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// A JSON string: YAML's double-quoted strings include them.
fn double_quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            ' '..='~' => quoted.push(character),
            other => match u32::from(other) {
                code @ ..=0xffff => quoted.push_str(&format!("\\u{code:04X}")),
                code => quoted.push_str(&format!("\\U{code:08X}")),
            },
        }
    }
    quoted.push('"');
    quoted
}

/// Numbers within keys are compared as numbers, and letters come last.
fn compare_keys(one: &str, other: &str) -> Ordering {
    let (mut ones, mut others) = (one.chars().peekable(), other.chars().peekable());
    let mut was_digit = false;
    while let (Some(&a), Some(&b)) = (ones.peek(), others.peek()) {
        if a == b {
            was_digit = a.is_numeric();
            ones.next();
            others.next();
            continue;
        }
        if a.is_alphabetic() || b.is_alphabetic() {
            return match (a.is_alphabetic(), b.is_alphabetic()) {
                (true, true) => a.cmp(&b),
                // Behind a number, what goes on with letters is the shorter number.
                (a_is_letter, _) if a_is_letter == was_digit => Ordering::Less,
                _ => Ordering::Greater,
            };
        }
        let number = |rest: &mut std::iter::Peekable<std::str::Chars<'_>>| {
            let digits: String =
                std::iter::from_fn(|| rest.next_if(char::is_ascii_digit)).collect();
            (digits.trim_start_matches('0').to_owned(), digits.len())
        };
        let ((x, x_length), (y, y_length)) = (number(&mut ones), number(&mut others));
        let by_value = x.len().cmp(&y.len()).then_with(|| x.cmp(&y));
        return by_value.then(x_length.cmp(&y_length)).then(a.cmp(&b));
    }
    one.len().cmp(&other.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::super::yaml;
    use super::*;

    #[test]
    fn strings_are_laid_out_as_go_does() {
        for (text, expected) in [
            ("a: b", "'a: b'"),
            ("it's", "it's"),
            ("'a' b", "'''a'' b'"),
            ("8080", "\"8080\""),
            ("", "\"\""),
            ("*", "'*'"),
            ("true", "\"true\""),
            ("v1.9.4", "v1.9.4"),
            ("64Mi", "64Mi"),
            ("1.33.0", "1.33.0"),
            ("--events-addr=", "--events-addr="),
            ("fluxcd/x:v1", "fluxcd/x:v1"),
            (
                ".status.conditions[?(@.type==\"Ready\")].status",
                ".status.conditions[?(@.type==\"Ready\")].status",
            ),
            ("^(a|b)$", "^(a|b)$"),
            ("!has(a) || b", "'!has(a) || b'"),
            ("a\nb", "|-\n  a\n  b"),
            ("a\n\nb\n", "|\n  a\n\n  b"),
            ("2026-01-31", "\"2026-01-31\""),
            ("12:30", "\"12:30\""),
            ("a\tb", "\"a\\tb\""),
            ("\u{1f600}", "\"\\U0001F600\""),
        ] {
            assert_eq!(write(&json!({ "k": text })), format!("k: {expected}\n"));
        }
    }

    #[test]
    fn long_lines_go_on_at_the_next_blank() {
        let (a, b) = ("a".repeat(77), "b".repeat(90));
        assert_eq!(write(&json!({ "k": format!("{a} c d {b}") })), format!("k: {a} c\n  d {b}\n"));
        assert_eq!(write(&json!([format!("{a}  c  d")])), format!("- {a}  c  d\n"));
    }

    #[test]
    fn structure_is_compact() {
        let value = json!({
            "b": [{ "z": 1, "a": [] }, ["x", [true]], {}], "a": { "d": {}, "c": null },
        });
        let text = "a:\n  c: null\n  d: {}\nb:\n- a: []\n  z: 1\n- - x\n  - - true\n- {}\n";
        assert_eq!(write(&value), text);
    }

    #[test]
    fn keys_are_sorted_as_people_do() {
        let mut keys = ["a10", "a2", "b", "B", "a-b", "aB", "a", "$ref", "a02"];
        keys.sort_by(|one, other| compare_keys(one, other));
        assert_eq!(keys, ["$ref", "B", "a", "a-b", "a2", "a02", "a10", "aB", "b"]);
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "[ -~\n]{0,120}".prop_map(Value::from),
            "[-+.0-9:_eExobaf ~]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::hash_map("[ -~]{0,12}", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(value in any_json()) {
            let value = json!({ "value": value });
            let text = write(&value);
            prop_assert_eq!(yaml::documents(&text).unwrap(), [value], "{}", text);
        }
    }
}
