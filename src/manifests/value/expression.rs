//! CEL expressions.
//!
//! There is no interpreter in this program: it would be larger than what it checks. Brackets and quotes are
//! looked at, which is what gets lost on a command line; types and names are the controllers' to judge.

use anyhow::{Result, anyhow, bail};

/// A CEL expression whose brackets and quotes are closed.
///
/// # Errors
/// With what is not closed.
pub fn cel(text: &str) -> Result<String> {
    if text.trim().is_empty() {
        bail!("a CEL expression is empty, and a right one is dep.status.ready == true");
    }
    let refused = |what: &str| {
        anyhow!("{text:?} is not a CEL expression: {what}; a right one is dep.status.ready == true")
    };
    let mut open = Vec::new();
    let mut quote = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => drop(characters.next()),
            (Some(open), _) if open == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, '{') => open.push('}'),
            (None, ')' | ']' | '}') if open.pop() != Some(character) => {
                return Err(refused(&format!("{character} closes nothing")));
            }
            _ => {}
        }
    }
    match (quote, open.pop()) {
        (Some(quote), _) => Err(refused(&format!("a {quote} is missing"))),
        (None, Some(bracket)) => Err(refused(&format!("a {bracket} is missing"))),
        (None, None) => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_and_quotes_are_closed() {
        for good in [
            "true",
            "dep.status.conditions.filter(e, e.type == 'Ready').all(e, e.status == \"True\")",
            "self.metadata.labels['a'] == \"it's (fine\"",
            r#"a == "\"(" "#,
            "[1, 2] == {'a': [1]}.a",
        ] {
            assert!(cel(good).is_ok(), "{good}");
        }
        for bad in ["", "  ", "f(a", "a)", "(a]", "'a", "a == \"b", "{'a': 1"] {
            assert!(cel(bad).is_err(), "{bad}");
        }
    }
}
