//! CEL expressions.
//!
//! Their syntax is checked with the parser of the library `cel`. Which names and functions there are, and of which
//! types, is the controllers' to judge: they add their own.

use std::thread;

use anyhow::{Result, anyhow, bail};
use cel::parser::{ParseError, Parser};

/// The stack of the parser, which goes as deep as an expression does.
const STACK_BYTES: usize = 64 * 1024 * 1024;

/// Longer expressions, which nobody writes on a command line, are left to the controllers: the stack would not do.
const LONGEST_BYTES: usize = 8 * 1024;

/// A CEL expression.
///
/// # Errors
/// With what is wrong and where, and a right one.
pub fn cel(text: &str) -> Result<String> {
    if text.trim().is_empty() {
        bail!("a CEL expression is empty, and a right one is dep.status.ready == true");
    }
    match mistake_in(text) {
        None => Ok(text.to_owned()),
        Some(mistake) => Err(anyhow!(
            "{text:?} is not a CEL expression: {mistake}; a right one is dep.status.ready == true"
        )),
    }
}

/// The first mistake in an expression, and where it is.
fn mistake_in(text: &str) -> Option<String> {
    if text.len() > LONGEST_BYTES {
        return None;
    }
    // The controllers, and Kubernetes, let expressions ask for what may be absent: `a.?b`.
    let parse = || Parser::new().enable_optional_syntax(true).parse(text).err();
    let refusal = thread::scope(|scope| {
        let parser = thread::Builder::new().stack_size(STACK_BYTES);
        // Where no thread can be had, the controllers judge.
        parser.spawn_scoped(scope, parse).ok()?.join().ok()?
    });
    Some(refusal?.errors.first().map_or_else(|| "it cannot be read".to_owned(), told))
}

/// `character 6: mismatched input '<EOF>'`
fn told(error: &ParseError) -> String {
    if error.msg.contains("Recursion limit") {
        return "it is nested too deeply".to_owned();
    }
    let words = error.msg.trim_start_matches("Syntax error: ");
    // What could be there instead is every operator of the language.
    let words = words.split(" expecting ").next().unwrap_or(words);
    let words = words.replace("'<EOF>'", "the end");
    match error.pos {
        (1, column) if column > 0 => format!("character {column}: {words}"),
        (line, column) => format!("line {line}, character {column}: {words}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_controllers_take_is_taken() {
        for good in [
            "true",
            "dep.status.ready == true",
            "dep.status.conditions.filter(e, e.type == 'Ready').all(e, e.status == \"True\")",
            "dep.metadata.labels['app.kubernetes.io/version'] == self.metadata.labels['version']",
            "self.metadata.labels['a'] == \"it's (fine\"",
            "has(status.observedGeneration) && status.observedGeneration == metadata.generation",
            "status.?conditions.orValue([]).exists(e, e.type == 'Ready')",
            "a[?'b'].hasValue() ? a['b'] : 'c'",
            "r'\\d+' == a && b'x' != c",
            "1u + 2u == 3u || 0x1F >= 31 || -1e3 < 2.5",
            "size(a) % 2 == 0 // even",
            "a in [1, 2,] && !({'b': 1}.b > 0)",
            "int(status.replicas) >= 1 &&\n  spec.paused != true",
            "'\\u00e9\\x41' == x",
        ] {
            assert_eq!(cel(good).unwrap(), good);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        for (bad, told) in [
            ("f(a", "character 4: missing ')' at the end"),
            ("a)", "character 2: extraneous input ')'"),
            ("a ==", "character 5: mismatched input the end"),
            ("a = b", "character 3: token recognition error at: '= '"),
            ("a and b", "character 3: mismatched input 'and'"),
            ("a &&\nb c", "line 2, character 3: extraneous input 'c'"),
            ("'a", "character 1: token recognition error at: ''a'"),
        ] {
            let error = cel(bad).unwrap_err().to_string();
            assert_eq!(
                error,
                format!(
                    "{bad:?} is not a CEL expression: {told}; a right one is dep.status.ready == true"
                )
            );
        }
        for bad in [
            "", "  ", "a == 'b", "(a]", "{'a': 1", "a b", "a..b", "1 2", "a ? b", "f(,)", "a === b",
        ] {
            assert!(cel(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_too_much(text in prop_oneof![
            any::<String>(),
            "[-a-z0-9 .,?:()\\[\\]{}'\"\\\\=!<>&|+*/%\n]{0,24}",
        ]) {
            // A panic, or an answer.
            let answer = cel(&text);
            prop_assert!(answer.is_err() || !text.trim().is_empty());
        }
    }

    #[test]
    fn no_expression_is_too_deep_for_the_stack() {
        let nested = format!("{}a{}", "(".repeat(200), ")".repeat(200));
        let error = cel(&nested).unwrap_err().to_string();
        assert!(error.contains("it is nested too deeply"), "{error}");
        let bytes = LONGEST_BYTES - 1;
        for long in [
            vec!["a"; bytes / 2].join("."),
            vec!["a"; bytes / 2].join("+"),
            format!("a{}", "[0]".repeat(bytes / 3)),
            "!".repeat(bytes - 1) + "a",
        ] {
            assert!(cel(&long).is_ok(), "{}…", &long[..8]);
        }
        assert!(cel(&"(".repeat(LONGEST_BYTES + 1)).is_ok(), "left to the controller");
    }
}
