//! The words of a command line as Go's flag library accepts them, put into clap's notation.
//!
//! Scripts for `flux` may give any switch a value (`--watch=false`, from a variable), which clap refuses,
//! and kubectl's users type `-v=6`. Giving each switch an optional value in clap would put `[=BOOL]` behind
//! every flag of the help. In `create`, flags without a value are left out.

use std::ffi::OsString;

use clap::{ArgAction, Command};

/// The words with switches in clap's notation: `--watch=true` is `--watch`, `--watch=false` unsays it, and
/// `-v=6` is `-v`. `-v` with nothing else is `--version`, as in `flux`.
///
/// Words behind `--` are left alone.
pub(super) fn in_claps_notation(
    tree: &Command,
    words: impl IntoIterator<Item = OsString>,
) -> Vec<OsString> {
    let mut words: Vec<OsString> = words.into_iter().collect();
    if matches!(words.as_slice(), [_, only] if only == "-v") {
        words[1] = "--version".into();
        return words;
    }
    let end = words.iter().position(|word| word == "--").unwrap_or(words.len());
    let operands = words.split_off(end);
    let mut path = vec![tree];
    let mut kept: Vec<OsString> = Vec::with_capacity(words.len());
    for word in words {
        if let Some(command) =
            word.to_str().and_then(|word| path[path.len() - 1].find_subcommand(word))
        {
            path.push(command);
        }
        match word.to_str().and_then(|word| switch(&path, word)) {
            None if word.to_str().is_some_and(|word| is_empty_value(&path, word)) => {}
            None => kept.push(word),
            Some((flag, true)) => kept.push(flag.into()),
            Some((flag, false)) => kept.retain(|earlier| *earlier != *flag),
        }
    }
    kept.extend(operands);
    kept
}

/// The flag and the value of a switch that has one.
fn switch<'a>(path: &[&Command], word: &'a str) -> Option<(&'a str, bool)> {
    let (flag, value) = word.split_once('=')?;
    if flag == "-v" && value.parse::<u8>().is_ok() {
        return Some((flag, value != "0"));
    }
    let long = flag.strip_prefix("--")?;
    let value = truth(value)?;
    let flags = path.iter().rev().flat_map(|command| command.get_arguments());
    let known = flags.into_iter().find(|flag| flag.get_long() == Some(long))?;
    matches!(known.get_action(), ArgAction::SetTrue).then_some((flag, value))
}

/// Whether the word gives a flag of `create` no value: `--branch="$UNSET"`. In Go a text that is empty is one
/// that was not given.
fn is_empty_value(path: &[&Command], word: &str) -> bool {
    let is_create = path.get(1).is_some_and(|command| command.get_name() == "create");
    is_create
        && word.starts_with("--")
        && word.ends_with('=')
        && !word[2..word.len() - 1].contains('=')
}

/// A truth value as Go's `strconv.ParseBool` reads it.
fn truth(text: &str) -> Option<bool> {
    match text {
        "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
        "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::Cli;

    #[track_caller]
    fn expect(typed: &str, meant: &str) {
        let words = typed.split(' ').map(OsString::from);
        let words = in_claps_notation(&Cli::command(), words);
        let words: Vec<_> = words.iter().map(|word| word.to_str().expect("UTF-8")).collect();
        assert_eq!(words.join(" "), meant);
    }

    #[test]
    fn switches_take_gos_values() {
        expect("nigari get ks --watch=true --no-header=T", "nigari get ks --watch --no-header");
        expect("nigari get --all-namespaces=1 ks", "nigari get --all-namespaces ks");
        expect("nigari get ks --watch=false", "nigari get ks");
        expect("nigari --verbose=true get ks", "nigari --verbose get ks");
    }

    #[test]
    fn an_empty_value_is_none_in_create() {
        expect(
            "nigari create source git a --tag= --branch=b",
            "nigari create source git a --branch=b",
        );
        expect("nigari create source git a --tag=b=", "nigari create source git a --tag=b=");
        expect("nigari install --registry=", "nigari install --registry=");
    }

    #[test]
    fn the_last_one_counts() {
        expect("nigari get ks --watch --watch=false", "nigari get ks");
        expect("nigari get ks --watch=false --watch", "nigari get ks --watch");
    }

    #[test]
    fn kubectls_verbosity_is_verbose() {
        expect("nigari get ks -v=6", "nigari get ks -v");
        expect("nigari get ks -v=0", "nigari get ks");
        expect("nigari -v", "nigari --version");
        expect("nigari -v get ks", "nigari -v get ks");
    }

    #[test]
    fn what_is_no_switch_is_left_alone() {
        for words in [
            "nigari get ks --namespace=true",
            "nigari get ks --watch=maybe",
            "nigari get ks --unknown=true",
            "nigari get ks -- --watch=true",
            "nigari install --export=false",
        ] {
            expect(words, words);
        }
    }
}
