//! kubectl's JSONPath templates: `{range .items[*]}{.metadata.name}{"\n"}{end}`.
//!
//! It is a dialect of its own and not RFC 9535: text outside of braces is printed, a field that is not there
//! is nothing, and dots in names are written `\.`.
//!
//! | module | what it does |
//! |---|---|
//! | `parse` | from the text to steps |
//! | `select` | from a value and steps to the values that they lead to |

mod parse;
mod select;

use std::str::FromStr;

use anyhow::Result;
use serde_json::Value;

use super::document::escape;
use super::{clean, is_unsafe};

/// A template, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Template(Vec<Part>);

/// A path alone, as `--sort-by` takes it: with or without braces, with or without a dot in front.
#[derive(Clone, Debug, PartialEq)]
pub struct PathExpression(Path);

#[derive(Clone, Debug, PartialEq)]
enum Part {
    /// What stands outside of braces, or in quotes inside of them.
    Text(String),
    /// What a path leads to.
    Values(Path),
    /// What is printed once for each value that a path leads to.
    Range(Path, Vec<Part>),
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Path {
    /// Whether it begins at `$` and not at the value of the range that it stands in.
    is_absolute: bool,
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq)]
enum Step {
    /// `.name`
    Field(String),
    /// `['name', 'metadata.name']`
    Fields(Vec<Quoted>),
    /// `*`
    All,
    /// `..`: the value itself and all that is in it.
    Descend,
    /// `[0,-1]`
    Indexes(Vec<i64>),
    /// `[1:3]`, `[::2]`
    Slice { start: Option<i64>, end: Option<i64>, step: i64 },
    /// `[?(@.type=="Ready")]`
    Filter(Filter),
}

/// A name in quotes: a key, or fields one in the other.
#[derive(Clone, Debug, PartialEq)]
struct Quoted {
    key: String,
    fields: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
struct Filter {
    left: Operand,
    /// Without it, the left side only has to be there.
    test: Option<(Comparison, Operand)>,
}

#[derive(Clone, Debug, PartialEq)]
enum Operand {
    Path(Path),
    Literal(Value),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

impl FromStr for Template {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        parse::template(text).map(Self)
    }
}

impl FromStr for PathExpression {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        parse::relaxed(text).map(Self)
    }
}

impl PathExpression {
    /// The first value that it leads to.
    #[must_use]
    pub fn first<'v>(&self, value: &'v Value) -> Option<&'v Value> {
        select::values(&self.0, value, value).first().copied()
    }
}

impl Template {
    /// The text that it makes of a value. What a terminal would obey is written out, except in the
    /// template's own words.
    #[must_use]
    pub fn render(&self, root: &Value) -> String {
        let mut text = String::new();
        render(&self.0, root, root, &mut text);
        text
    }
}

fn render(parts: &[Part], current: &Value, root: &Value, text: &mut String) {
    for part in parts {
        match part {
            Part::Text(words) => text.push_str(words),
            Part::Values(path) => {
                let values = select::values(path, current, root);
                let words: Vec<_> = values.into_iter().map(words_of).collect();
                text.push_str(&words.join(" "));
            }
            Part::Range(path, parts) => {
                for value in select::values(path, current, root) {
                    render(parts, value, root, text);
                }
            }
        }
    }
}

/// A text as it is, anything else as JSON.
fn words_of(value: &Value) -> String {
    match value {
        Value::String(text) if text.chars().any(|c| is_unsafe(c) && c != '\t') => {
            let cells: Vec<_> = text.split('\t').map(clean).collect();
            cells.join("\t")
        }
        Value::String(text) => text.clone(),
        other => escape(&other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn things() -> Value {
        json!({
            "apiVersion": "v1", "kind": "ConfigMap",
            "metadata": {"name": "x", "labels": {"app.kubernetes.io/name": "n", "a": "1"}},
            "things": [
                {"n": "a", "v": 1, "b": true, "f": 1.5, "z": null, "l": [1, 2]},
                {"n": "b", "v": 2, "s": "q \"x\""},
                {"n": "c", "v": 10},
            ],
        })
    }

    /// What kubectl 1.32 prints for each of these.
    #[test]
    fn prints_what_kubectl_prints() {
        for (template, expected) in [
            ("{.kind}", "ConfigMap"),
            ("{ .kind }", "ConfigMap"),
            ("x{.kind}y", "xConfigMapy"),
            ("a}b", "a}b"),
            ("{@.kind} {$.kind}", "ConfigMap ConfigMap"),
            (r"{.metadata.labels.app\.kubernetes\.io/name}", "n"),
            (r"{.metadata.labels['app\.kubernetes\.io/name']}", "n"),
            ("{.metadata['name','labels.a']}", "x 1"),
            ("{.nope}{.things[*].nope}", ""),
            ("{.things[*].n}", "a b c"),
            ("{.things.*.n}", "a b c"),
            ("{.things.n}", ""),
            ("{.things[*]['n','v']}", "a b c 1 2 10"),
            ("{.things[0].f} {.things[0].b} {.things[0].z} {.things[0].l}", "1.5 true null [1,2]"),
            ("{.things[0].l[*]}", "1 2"),
            ("{.things[-1].n}", "c"),
            ("{.things[0,2].n}", "a c"),
            ("{.things[0:2].n}", "a b"),
            ("{.things[:2].n}", "a b"),
            ("{.things[-2:].n}", "b c"),
            ("{.things[::2].n}", "a c"),
            ("{..n}", "a b c"),
            ("{.things[0]..l}", "[1,2]"),
            ("{.things[1].s}", "q \"x\""),
            ("{.things[2]}", r#"{"n":"c","v":10}"#),
            ("{range .things[*]}{.n}{\"\\t\"}{.v}{'\\n'}{end}", "a\t1\nb\t2\nc\t10\n"),
            ("{range .things[*]}{.n}", "abc"),
            ("{range .things[*]}{.n}{end}{.kind}", "abcConfigMap"),
            ("{range .things[*]}[{range .l[*]}{@},{end}]{end}", "[1,2,][][]"),
            ("{range .things[?(@.v>=2)]}{@.n} {end}", "b c "),
            (r#"{"a\\b\"c"}"#, r#"a\b"c"#),
        ] {
            let parsed: Template = template.parse().expect(template);
            assert_eq!(parsed.render(&things()), expected, "{template}");
        }
    }

    /// What kubectl 1.32 prints for each of these.
    #[test]
    fn filters_choose_what_kubectl_chooses() {
        for (filter, expected) in [
            (r#"@.n=="b""#, "b"),
            (r#" @.n == "b" "#, "b"),
            (r#""b"==@.n"#, "b"),
            ("@.n!='b'", "a c"),
            (r#"@.s!="b""#, "b"),
            (r#"@.metadata.x=="b""#, ""),
            (r#"@.n>"a""#, "b c"),
            ("@.v>1", "b c"),
            ("@.v==10", "c"),
            ("@.f==1.5", "a"),
            ("@.b==true", "a"),
            ("@.l[0]==1", "a"),
            ("@.s", "b"),
        ] {
            let template: Template = format!("{{.things[?({filter})].n}}").parse().expect(filter);
            assert_eq!(template.render(&things()), expected, "{filter}");
        }
        let nested: Template = "{.things[?(@.n=='a')].l[?(@>1)]}".parse().unwrap();
        assert_eq!(nested.render(&things()), "2");
    }

    #[test]
    fn is_kinder_than_kubectl_where_that_loses_nothing() {
        for (template, expected) in [
            // A label's key in quotes needs no escapes, and a path alone no braces.
            ("{.metadata.labels['app.kubernetes.io/name']}", "n"),
            ("{.metadata[\"name\"]}", "x"),
            (".metadata.name", "x"),
            // What is not there is nothing, in a list too.
            ("{.things[7].n}{.things[*].l[5]}{.metadata.name[0]}", ""),
            ("{.things[-9:].n}", "a b c"),
            // In a range, `$` is still the whole.
            ("{range .things[*]}{.n}={$.metadata.name};{end}", "a=x;b=x;c=x;"),
        ] {
            let parsed: Template = template.parse().expect(template);
            assert_eq!(parsed.render(&things()), expected, "{template}");
        }
    }

    #[test]
    fn what_is_no_template_is_refused_with_its_place() {
        for (template, reason) in [
            ("", "the template is empty"),
            ("{.a", "at \"{.a\": a brace is not closed"),
            ("{end}", "at \"{end}\": no range is open here"),
            ("{kind}", "at \"kind}\": a path begins with a dot: .kind"),
            ("{.a .b}", "at \".b}\": one path in braces: {.a}{.b}"),
            ("{.a[}", "at \"}\": a number, *, a name in quotes or ?(…) is needed in brackets"),
            ("{.a[0}", "at \"}\": the bracket is not closed"),
            ("{.a[::0]}", "at \"]}\": the step of a slice is more than 0"),
            ("{.a[?(@.b]}", "at \"]}\": the parenthesis is not closed"),
            (
                "{.a[?(@.b==null1)]}",
                "at \"null1)]}\": a path, a number, true, false or a text in quotes is needed",
            ),
            ("{\"a}", "at \"\\\"a}\": the quote is not closed"),
        ] {
            let error = template.parse::<Template>().expect_err(template);
            assert_eq!(error.to_string(), reason, "{template}");
        }
    }

    #[test]
    fn no_terminal_obeys_a_value() {
        let template: Template = "{.m}{\"\\t\"}{.l}".parse().unwrap();
        let text = template.render(&json!({"m": "a\u{1b}[2J\tb\nc", "l": ["\u{202e}"]}));
        assert_eq!(text, "a\\u{1b}[2J\tb\nc\t[\"\\u202e\"]");
    }

    #[test]
    fn a_path_to_sort_by_needs_no_braces() {
        let things = things();
        for text in ["{.metadata.name}", ".metadata.name", "metadata.name", "{metadata.name}"] {
            let path: PathExpression = text.parse().expect(text);
            assert_eq!(path.first(&things), Some(&json!("x")), "{text}");
        }
        assert!("{.a}{.b}".parse::<PathExpression>().is_err());
    }
}
