//! The grammar of `tfctl`, for a binary that is called by that name.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap::error::ErrorKind;
use clap::{ArgAction, Command};

/// The program whose grammar this is.
const NAME: &str = "tfctl";

/// Its commands, and what they are here.
const COMMANDS: &[(&[&str], &[&str])] = &[
    (&["approve"], &["plan", "approve"]),
    (&["break-glass", "break-the-glass", "bg", "btg"], &["plan", "break-glass"]),
    (&["create"], &["create", "terraform"]),
    (&["delete"], &["delete", "terraform"]),
    (&["force-unlock"], &["plan", "unlock"]),
    (&["get"], &["get", "terraform"]),
    (&["reconcile"], &["reconcile", "terraform"]),
    (&["replan"], &["plan", "new"]),
    (&["resume"], &["resume", "terraform"]),
    (&["show"], &["plan"]),
    (&["suspend"], &["suspend", "terraform"]),
];

/// Those that are the same here.
const SAME: &[&str] = &["completion", "help", "logs", "version"];

/// Second words that only repeat the first one: `show plan` is `plan show`, `get get NAME` is `get`.
const SECOND: &[(&str, &str, Option<&str>)] =
    &[("show", "plan", Some("show")), ("get", "get", None)];

/// The words of a command line in our own grammar, if the program was called `tfctl`; else as they are.
///
/// Names and flags stay: a flag that is not there is refused later.
///
/// # Errors
/// For a command that is not there. One of the same name may do something else here: `tfctl install` does not
/// install Flux.
pub(super) fn in_our_grammar(
    tree: &mut Command,
    words: Vec<OsString>,
) -> Result<Vec<OsString>, clap::Error> {
    let is_called = words.first().is_some_and(|program| is_tfctl(program));
    let Some(first) = place_of_word(tree, &words, 1).filter(|_| is_called) else {
        return Ok(words);
    };
    let verb = words[first].clone();
    let known = COMMANDS.iter().find(|(names, _)| names.iter().any(|name| verb == *name));
    let Some((_, ours)) = known else {
        if SAME.iter().any(|name| verb == *name) {
            return Ok(words);
        }
        let verb = verb.to_string_lossy();
        let message = format!("{NAME} {verb} is not there, or means something else here");
        return Err(tree.error(ErrorKind::InvalidSubcommand, message));
    };
    let mut ours: Vec<OsString> = ours.iter().map(OsString::from).collect();
    let mut words = words;
    if let Some(second) = place_of_word(tree, &words, first + 1) {
        let repeats = SECOND.iter().find(|(one, two, _)| verb == *one && words[second] == *two);
        if let Some((_, _, word)) = repeats {
            ours.extend(word.map(OsString::from));
            words.remove(second);
        }
    }
    words.splice(first..=first, ours);
    Ok(words)
}

fn is_tfctl(program: &OsStr) -> bool {
    Path::new(program).file_stem().is_some_and(|stem| stem == NAME)
}

/// Where the first word is, from `start` on, that is neither a flag nor the value of one.
fn place_of_word(tree: &Command, words: &[OsString], start: usize) -> Option<usize> {
    let mut is_value = false;
    for (place, word) in words.iter().enumerate().skip(start) {
        let text = word.to_str().unwrap_or_default();
        match text {
            _ if is_value => is_value = false,
            "--" => return None,
            flag if flag.starts_with('-') => is_value = takes_next(tree, flag),
            _ => return Some(place),
        }
    }
    None
}

/// Whether the word after a flag of every command is its value.
fn takes_next(tree: &Command, flag: &str) -> bool {
    let known = tree.get_arguments().find(|known| match flag.strip_prefix("--") {
        Some(long) => known.get_long() == Some(long),
        None => known.get_short().is_some_and(|short| flag == format!("-{short}")),
    });
    known.is_some_and(|known| matches!(known.get_action(), ArgAction::Set | ArgAction::Append))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    #[track_caller]
    fn expect(typed: &str, meant: &str) {
        let words = typed.split(' ').map(OsString::from).collect();
        let words = in_our_grammar(&mut Cli::command(), words).unwrap();
        let words: Vec<_> = words.iter().map(|word| word.to_str().unwrap()).collect();
        assert_eq!(words.join(" "), meant);
    }

    #[test]
    fn its_commands_are_ours() {
        expect("tfctl get", "tfctl get terraform");
        expect("tfctl get get vpc", "tfctl get terraform vpc");
        expect("tfctl show plan vpc", "tfctl plan show vpc");
        expect("/usr/bin/tfctl -n infra replan vpc", "/usr/bin/tfctl -n infra plan new vpc");
        expect("tfctl --namespace=infra approve vpc", "tfctl --namespace=infra plan approve vpc");
        expect("tfctl --context a suspend --all", "tfctl --context a suspend terraform --all");
        expect("tfctl resume vpc", "tfctl resume terraform vpc");
        expect("tfctl delete vpc -n infra", "tfctl delete terraform vpc -n infra");
        expect("tfctl create vpc --export", "tfctl create terraform vpc --export");
        expect("tfctl reconcile vpc", "tfctl reconcile terraform vpc");
        expect("tfctl.exe force-unlock vpc", "tfctl.exe plan unlock vpc");
        expect("tfctl btg vpc", "tfctl plan break-glass vpc");
    }

    #[test]
    fn what_is_the_same_stays() {
        for words in ["tfctl", "tfctl version", "tfctl -n get", "tfctl --help", "tfctl -- get"] {
            expect(words, words);
        }
        expect("tfctl show", "tfctl plan");
        expect("nigari get all", "nigari get all");
        expect("nigari approve vpc", "nigari approve vpc");
    }

    #[test]
    fn what_is_not_there_is_refused() {
        for words in ["tfctl install", "tfctl uninstall", "tfctl bootstrap github"] {
            let words = words.split(' ').map(OsString::from).collect();
            let error = in_our_grammar(&mut Cli::command(), words).unwrap_err();
            assert_eq!(error.exit_code(), 2);
        }
    }
}
