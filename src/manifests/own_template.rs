//! A template of the user's own, rendered so that no value can become structure.
//!
//! The author may put a value anywhere: within quotes, into a comment, behind other text. So it is rendered
//! twice: once with a token for every text, which shows what is structure and where each value stands, and
//! once with the values themselves. Both must say the same.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use minijinja::value::{Object, Serde, Value as Given};
use minijinja::{Environment, Error, ErrorKind, Output, State};
use serde_json::{Map, Value, json};

use super::{go_yaml, templates, yaml};

/// What a token begins and ends with: characters that nobody writes, since they have no meaning.
const TOKEN: [char; 2] = ['\u{e000}', '\u{e001}'];

/// A template of the user's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OwnTemplate(String);

impl OwnTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// With the line, where it is no template.
    pub(super) fn parse(text: String) -> Result<Self> {
        let template = Self(text);
        environment(&template, &Texts::Written)?;
        Ok(template)
    }

    /// The manifest of the object that `context` holds, and what it says.
    ///
    /// # Errors
    /// With the line where the template names something that is not there; where it renders anything but
    /// one document, or puts a value where it would mean something else.
    pub(super) fn render(&self, context: &Value) -> Result<(String, Value)> {
        let tokens = Tokens::default();
        let marked = rendered(self, &Texts::Marked(tokens.clone()), context)?;
        let expected = tokens.replaced(only_document(&marked)?);
        let text = rendered(self, &Texts::Written, context)?;
        let said = yaml::documents(&text).unwrap_or_default();
        ensure!(
            said.as_slice() == [expected.clone()],
            "a value stands within quotes or beside other text, where it means something else: write \
             {{{{ … }}}} alone, or join texts inside of it with ~"
        );
        Ok((text, expected))
    }
}

/// How texts are printed.
#[derive(Clone)]
enum Texts {
    /// As a scalar that every reader takes for that text.
    Written,
    /// As a token that stands for it.
    Marked(Tokens),
}

/// The texts that tokens stand for.
#[derive(Clone, Default)]
struct Tokens(Arc<Mutex<Vec<String>>>);

impl Tokens {
    fn token_of(&self, text: &str) -> String {
        let mut texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        texts.push(text.to_owned());
        format!("{}{}{}", TOKEN[0], texts.len() - 1, TOKEN[1])
    }

    /// Puts tokens in the place of all texts, keys too.
    fn marked(&self, value: Value) -> Value {
        mapped(value, &|text| self.token_of(&text))
    }

    /// Puts all texts in the place of their tokens.
    fn replaced(&self, value: Value) -> Value {
        let texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        mapped(value, &|text| {
            let mut pieces = text.split(TOKEN[0]);
            let mut whole = pieces.next().unwrap_or_default().to_owned();
            for piece in pieces {
                let (number, after) = piece.split_once(TOKEN[1]).unwrap_or(("", piece));
                whole += number
                    .parse()
                    .ok()
                    .and_then(|number: usize| texts.get(number))
                    .map_or("", String::as_str);
                whole += after;
            }
            whole
        })
    }
}

/// Replaces every text of a value, keys too.
fn mapped(value: Value, replace: &dyn Fn(String) -> String) -> Value {
    match value {
        Value::String(text) => Value::String(replace(text)),
        Value::Array(items) => items.into_iter().map(|item| mapped(item, replace)).collect(),
        Value::Object(map) => {
            let entry = |(key, value)| (replace(key), mapped(value, replace));
            Value::Object(map.into_iter().map(entry).collect::<Map<_, _>>())
        }
        other => other,
    }
}

/// YAML that `optional` has made: the only thing that is printed as it is. No filter takes it for a text.
#[derive(Debug)]
struct Fragment(String);

impl Object for Fragment {
    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(what optional has made)")
    }
}

const NAME: &str = "template";

fn environment<'a>(template: &'a OwnTemplate, texts: &Texts) -> Result<Environment<'a>> {
    let mut environment = templates::strict_environment();
    let printed = texts.clone();
    environment.set_formatter(move |out: &mut Output, _: &mut State, value: &Given| {
        print(out, value, &printed)
    });
    let texts = texts.clone();
    environment.add_filter("optional", move |value: &Given, key: &str, indent: usize| {
        optional(value, key, indent, &texts)
    });
    environment.add_template(NAME, &template.0).map_err(|error| anyhow!(told(&error)))?;
    Ok(environment)
}

fn rendered(template: &OwnTemplate, texts: &Texts, context: &Value) -> Result<String> {
    let environment = environment(template, texts)?;
    let template = environment.get_template(NAME)?;
    let is_secret = context["kind"] == "Secret";
    template.render(Given::from(Serde(context))).map_err(|error| match is_secret {
        // What a filter says may hold a credential.
        true => anyhow!("line {}: {}", error.line().unwrap_or_default(), error.kind()),
        false => anyhow!(told(&error)),
    })
}

fn print(out: &mut Output, value: &Given, texts: &Texts) -> Result<(), Error> {
    if let Some(fragment) = value.downcast_object_ref::<Fragment>() {
        return out.write_str(&fragment.0).map_err(Error::from);
    }
    if value.is_undefined() {
        return Ok(());
    }
    let value = serde_json::to_value(value).map_err(templates::unprintable)?;
    let printed = match (&value, texts) {
        (Value::String(text), Texts::Written) => {
            yaml::write(text).map_err(templates::unprintable)?.trim_end_matches('\n').to_owned()
        }
        (Value::String(text), Texts::Marked(tokens)) => tokens.token_of(text),
        (_, Texts::Written) => value.to_string(),
        (_, Texts::Marked(tokens)) => tokens.marked(value).to_string(),
    };
    out.write_str(&printed).map_err(Error::from)
}

/// The filter of the embedded templates, whose text no other filter can touch.
fn optional(value: &Given, key: &str, indent: usize, texts: &Texts) -> Result<Given, Error> {
    if value.is_undefined() || value.is_none() {
        return Ok(Given::from_object(Fragment(String::new())));
    }
    let value = serde_json::to_value(value).map_err(templates::unprintable)?;
    let value = match texts {
        Texts::Written => value,
        Texts::Marked(tokens) => tokens.marked(value),
    };
    let text = go_yaml::write(&json!({ key: value }));
    Ok(Given::from_object(Fragment(templates::indented(&text, indent))))
}

fn only_document(text: &str) -> Result<Value> {
    let mut documents = yaml::documents(text).context("it renders no YAML")?;
    match documents.len() {
        1 => Ok(documents.swap_remove(0)),
        0 => bail!("it renders no document, and must render one"),
        count => bail!("it renders {count} documents, and must render one"),
    }
}

/// `line 3: unknown filter: filter nonsense is unknown`
fn told(error: &Error) -> String {
    let what = match (error.kind(), error.detail()) {
        (ErrorKind::UndefinedError, None) => {
            "it names something that the object does not have".to_owned()
        }
        (kind, Some(detail)) => format!("{kind}: {detail}"),
        (kind, None) => kind.to_string(),
    };
    error.line().map_or_else(|| what.clone(), |line| format!("line {line}: {what}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn render(template: &str, context: &Value) -> Result<(String, Value)> {
        OwnTemplate::parse(template.to_owned())?.render(context)
    }

    fn refusal(template: &str, context: &Value) -> String {
        format!("{:#}", render(template, context).unwrap_err())
    }

    #[test]
    fn values_stand_where_the_template_says() {
        let context =
            json!({"name": "yes", "labels": {"a": "on"}, "count": 3, "text": "a {\n  b\n}\n"});
        let template = "# {{ text }}\nname: {{ name }}\njoined: {{ 'x-' ~ name }}\ncount: {{ count }}\n\
             labels: {{ labels }}\nwithin:\n  {{- labels | optional('labels', 2) }}\n  \
             {{- missing | optional('missing', 2) }}\n  {{- text | optional('text', 2) }}\n\
             {% if name == 'yes' %}more: true\n{% endif %}";
        let (text, said) = render(template, &context).unwrap();
        assert_eq!(
            said,
            json!({"name": "yes", "joined": "x-yes", "count": 3, "labels": {"a": "on"}, "more": true,
                "within": {"labels": {"a": "on"}, "text": "a {\n  b\n}\n"}})
        );
        assert!(text.contains("\n  text: |\n    a {\n      b\n    }\n"), "{text}");
    }

    #[test]
    fn plain_text_may_stand_within_quotes_and_other_text_may_not() {
        let template = "a: \"{{ a }}\"\nb: {b: x-{{ a }}}\n";
        assert_eq!(
            render(template, &json!({"a": "plain"})).unwrap().1,
            json!({"a": "plain", "b": {"b": "x-plain"}})
        );
        for text in ["yes", "a\", c: \"d", "\"", "x}\nc: d\ne: {", "a\nb", "# a", "'", ""] {
            let refused = refusal(template, &json!({"a": text}));
            assert!(refused.starts_with("a value stands within quotes"), "{text:?}: {refused}");
        }
    }

    #[test]
    fn what_is_no_template_or_no_single_document_is_refused() {
        let context = json!({"a": "b"});
        for (template, words) in [
            ("a: {{ a\n", "line 1: syntax error: "),
            ("a: b\nb: {{ a | nonsense }}\n", "line 2: unknown filter: "),
            ("b: {{ missing }}\n", "line 1: "),
            ("# nothing\n", "it renders no document, and must render one"),
            ("a: {{ a }}\n---\na: b\n", "it renders 2 documents, and must render one"),
            ("a: [{{ a }}\n", "it renders no YAML: "),
            ("{% include 'create/secret.yaml' %}", "line 1: "),
        ] {
            let refused = refusal(template, &context);
            assert!(refused.starts_with(words), "{template:?}: {refused}");
        }
    }

    /// Templates of people who did not think of YAML, or wanted to get round its rules.
    const CARELESS: [&str; 14] = [
        "a: {{ a }}\n",
        "a: \"{{ a }}\"\n",
        "a: '{{ a }}'\n",
        "a: x-{{ a }}-y\n",
        "a: {b: {{ a }}, c: [{{ a }}]}\n",
        "a: {b: \"{{ a }}\"}\n",
        "a: |\n  {{ a }}\n",
        "a: 1 # {{ a }}\n",
        "a: {{ a | safe }}\n",
        "a: {{ a | tojson }}\nb: '{{ a | tojson }}'\n",
        "{% autoescape false %}a: {{ a }}{% endautoescape %}\n",
        "{% set b %}{{ a }}{% endset %}a: {{ b }}\n",
        "a: '{{- a | optional(\"b\", 0) }}'\n",
        "a: {{ [a | optional(\"b\", 2), a] | join(\"\") }}\n",
    ];

    /// A value with all its texts left out: its structure.
    fn structure(value: &Value) -> Value {
        match value {
            Value::String(_) => Value::Null,
            Value::Array(items) => items.iter().map(structure).collect(),
            Value::Object(map) => Value::Object(
                map.iter().map(|(key, value)| (key.clone(), structure(value))).collect(),
            ),
            other => other.clone(),
        }
    }

    proptest! {
        #[test]
        fn no_value_becomes_structure(
            text in prop_oneof![
                any::<String>(),
                "[-a-z0-9:, #{}'\"\\[\\]|>&*!%@`\n\t]{0,12}",
            ],
            number in 0..CARELESS.len(),
        ) {
            let template = CARELESS[number];
            let context = json!({"a": text});
            let rendered = render(template, &context);
            prop_assert!(number > 0 || rendered.is_ok(), "{:?}", text);
            if let Ok((printed, said)) = rendered {
                let (_, usual) = render(template, &json!({"a": "usual"})).unwrap();
                prop_assert_eq!(structure(&said), structure(&usual), "{}", template);
                prop_assert_eq!(yaml::documents(&printed).unwrap(), vec![said]);
            }
        }
    }
}
