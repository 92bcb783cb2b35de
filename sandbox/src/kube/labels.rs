//! Label selectors: `app in (a, b),!legacy,tier!=web`.
//!
//! A small lexer and parser, because the server's messages name the token that is in the way.
//!
//! Source: k8s.io/apimachinery `pkg/labels`.

use serde_json::Value;

use super::metadata::{wrong_label_key, wrong_label_value};
use super::status::Cause;

/// One requirement of a selector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Requirement {
    key: String,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    Exists,
    Absent,
    In(Vec<String>),
    NotIn(Vec<String>),
    Above(i64),
    Below(i64),
}

impl Requirement {
    /// Whether an object with these labels fulfils it.
    pub(crate) fn matches(&self, labels: &Value) -> bool {
        let label = labels.get(&self.key).and_then(Value::as_str);
        let number = || label.and_then(|label| label.parse::<i64>().ok());
        let is_one_of =
            |values: &[String]| label.is_some_and(|label| values.iter().any(|v| v == label));
        match &self.test {
            Test::Exists => label.is_some(),
            Test::Absent => label.is_none(),
            Test::In(values) => is_one_of(values),
            Test::NotIn(values) => !is_one_of(values),
            Test::Above(limit) => number().is_some_and(|number| number > *limit),
            Test::Below(limit) => number().is_some_and(|number| number < *limit),
        }
    }
}

/// Reads a selector.
///
/// # Errors
/// The server's words about the first token that does not fit.
pub(crate) fn parse(selector: &str) -> Result<Vec<Requirement>, String> {
    let mut tokens = Tokens { rest: selector };
    let mut requirements = Vec::new();
    loop {
        match tokens.peek() {
            Token::End => return Ok(requirements),
            Token::Word(_) | Token::Symbol("!") => {}
            other => {
                return Err(format!(
                    "found '{other}', expected: !, identifier, or 'end of string'"
                ));
            }
        }
        let requirement = requirement(&mut tokens);
        requirements.push(requirement.map_err(|e| format!("unable to parse requirement: {e}"))?);
        match tokens.next() {
            Token::End => return Ok(requirements),
            Token::Symbol(",") => {}
            other => return Err(format!("found '{other}', expected: ',' or 'end of string'")),
        }
        if !matches!(tokens.peek(), Token::Word(_) | Token::Symbol("!")) {
            return Err(format!("found '{}', expected: identifier after ','", tokens.peek()));
        }
    }
}

fn requirement(tokens: &mut Tokens<'_>) -> Result<Requirement, String> {
    let is_absent = tokens.peek() == Token::Symbol("!");
    if is_absent {
        tokens.next();
    }
    let key = match tokens.next() {
        Token::Word(key) => key.to_owned(),
        other => return Err(format!("found '{other}', expected: identifier")),
    };
    if let Some(wrong) = wrong_label_key(&key) {
        return Err(Cause::invalid("<nil>", &key.into(), &wrong).to_string());
    }
    let test = match tokens.peek() {
        _ if is_absent => Test::Absent,
        Token::End | Token::Symbol(",") => Test::Exists,
        _ => comparison(tokens)?,
    };
    Ok(Requirement { key, test })
}

fn comparison(tokens: &mut Tokens<'_>) -> Result<Test, String> {
    Ok(match tokens.next() {
        Token::Symbol("=" | "==") => Test::In(vec![value(tokens)?]),
        Token::Symbol("!=") => Test::NotIn(vec![value(tokens)?]),
        Token::Symbol(">") => Test::Above(number(tokens)?),
        Token::Symbol("<") => Test::Below(number(tokens)?),
        Token::Word("in") => Test::In(values(tokens)?),
        Token::Word("notin") => Test::NotIn(values(tokens)?),
        other => return Err(format!("found '{other}', expected: in, notin, =, ==, !=, gt, lt")),
    })
}

/// One value; nothing at all is the empty one.
fn value(tokens: &mut Tokens<'_>) -> Result<String, String> {
    if matches!(tokens.peek(), Token::End | Token::Symbol(",")) {
        return Ok(String::new());
    }
    match tokens.next() {
        Token::Word(value) => checked(value),
        other => Err(format!("found '{other}', expected: identifier")),
    }
}

fn checked(value: &str) -> Result<String, String> {
    match wrong_label_value(value) {
        Some(wrong) => Err(Cause::invalid("<nil>", &value.into(), &wrong).to_string()),
        None => Ok(value.to_owned()),
    }
}

fn number(tokens: &mut Tokens<'_>) -> Result<i64, String> {
    let value = value(tokens)?;
    value.parse().map_err(|_| {
        let wrong = "for 'Gt', 'Lt' operators, the value must be an integer";
        Cause::invalid("<nil>", &value.into(), wrong).to_string()
    })
}

/// A list in parentheses; what is left out is the empty value.
fn values(tokens: &mut Tokens<'_>) -> Result<Vec<String>, String> {
    match tokens.next() {
        Token::Symbol("(") => {}
        other => return Err(format!("found '{other}' expected: '('")),
    }
    let mut values = Vec::new();
    loop {
        let value = match tokens.peek() {
            Token::Word(word) => {
                tokens.next();
                checked(word)?
            }
            Token::Symbol("," | ")") => String::new(),
            other => return Err(format!("found '{other}', expected: ',', ')' or identifier")),
        };
        values.push(value);
        match tokens.next() {
            Token::Symbol(",") => {}
            Token::Symbol(")") => return Ok(values),
            other => return Err(format!("found '{other}', expected: ',' or ')'")),
        }
    }
}

/// What a selector consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'a> {
    Word(&'a str),
    Symbol(&'a str),
    End,
}

impl std::fmt::Display for Token<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Word(text) | Self::Symbol(text) => f.write_str(text),
            Self::End => Ok(()),
        }
    }
}

#[derive(Clone, Copy)]
struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Tokens<'a> {
    fn peek(self) -> Token<'a> {
        let mut ahead = self;
        ahead.next()
    }

    fn next(&mut self) -> Token<'a> {
        const SYMBOLS: &[&str] = &["!=", "==", "=", "!", "(", ")", ",", ">", "<"];
        let rest = self.rest.trim_start_matches([' ', '\t', '\r', '\n']);
        if let Some(symbol) = SYMBOLS.iter().find(|symbol| rest.starts_with(**symbol)) {
            let (symbol, rest) = rest.split_at(symbol.len());
            self.rest = rest;
            return Token::Symbol(symbol);
        }
        let is_end = |c: char| c.is_ascii_whitespace() || "=!(),<>".contains(c);
        let (word, rest) = rest.split_at(rest.find(is_end).unwrap_or(rest.len()));
        self.rest = rest;
        if word.is_empty() { Token::End } else { Token::Word(word) }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn selects(selector: &str, labels: &Value) -> bool {
        let requirements = parse(selector).expect("the selector is valid");
        requirements.iter().all(|requirement| requirement.matches(labels))
    }

    #[test]
    fn every_form_of_requirement_is_understood() {
        let labels = json!({"app": "a", "example.com/tier": "web", "number": "5"});
        for selector in [
            "app=a",
            "app==a",
            "app",
            "!missing",
            "app!=b",
            "missing!=b",
            "app in (a, b)",
            "app notin (c),example.com/tier in (web)",
            "number>4,number<6",
            "app notin ()",
            "",
        ] {
            assert!(selects(selector, &labels), "{selector}");
        }
        for selector in [
            "app=b",
            "missing",
            "!app",
            "app!=a",
            "app notin (a)",
            "app in (b),app",
            "number>5",
            "app=",
        ] {
            assert!(!selects(selector, &labels), "{selector}");
        }
    }

    #[test]
    fn a_refusal_names_the_token() {
        for (selector, message) in [
            ("a===b", "unable to parse requirement: found '=', expected: identifier"),
            ("a in b", "unable to parse requirement: found 'b' expected: '('"),
            (
                "a b",
                "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
            ),
            (",a", "found ',', expected: !, identifier, or 'end of string'"),
            ("a=b c", "found 'c', expected: ',' or 'end of string'"),
            ("a,", "found '', expected: identifier after ','"),
            ("a in (b c)", "unable to parse requirement: found 'c', expected: ',' or ')'"),
        ] {
            assert_eq!(parse(selector).expect_err("the selector is wrong"), message, "{selector}");
        }
        let wrong = parse("-a=b").expect_err("no label has this name");
        let start = "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must";
        assert!(wrong.starts_with(start), "{wrong}");
    }
}
