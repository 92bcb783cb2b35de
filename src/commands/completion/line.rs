//! The command line that is being typed, as far as it can be understood.

use std::ffi::OsString;

use clap::{ArgMatches, Command, CommandFactory as _, FromArgMatches as _};

use crate::cli::{Cli, GlobalArgs};

/// What the unfinished command line says already.
#[derive(Debug)]
pub(super) struct Line {
    /// The global arguments.
    pub(super) global: GlobalArgs,
    matches: ArgMatches,
}

impl Line {
    /// Understands what is there without the word at `index`, which is being typed; errors in it are passed
    /// over.
    pub(super) fn read(mut words: Vec<OsString>, index: usize) -> Option<Self> {
        if index < words.len() {
            words.remove(index);
        }
        let tree = Cli::command().ignore_errors(true);
        let mut matches = tree.try_get_matches_from(words).ok()?;
        while let Some((_, inner)) = matches.remove_subcommand() {
            matches = inner;
        }
        Some(Self { global: GlobalArgs::from_arg_matches(&matches).ok()?, matches })
    }

    /// Whether `--all-namespaces` is there.
    pub(super) fn is_everywhere(&self) -> bool {
        let flag = self.matches.try_get_one::<bool>("all_namespaces");
        flag.is_ok_and(|flag| flag == Some(&true))
    }

    /// Whether the argument has this value already.
    pub(super) fn has(&self, argument: &str, value: &str) -> bool {
        let values = self.matches.try_get_many::<String>(argument).ok().flatten();
        values.is_some_and(|mut values| values.any(|given| given == value))
    }
}

/// The innermost command that the words name.
pub(super) fn command<'a>(tree: &'a Command, words: &[OsString]) -> &'a Command {
    words.iter().skip(1).fold(tree, |command, word| {
        word.to_str().and_then(|word| command.find_subcommand(word)).unwrap_or(command)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Line {
        let words: Vec<OsString> = words.split(' ').map(OsString::from).collect();
        let index = words.iter().position(|word| word == "?").expect("a word that is being typed");
        Line::read(words, index).expect("understood")
    }

    #[test]
    fn flags_on_either_side_are_heard() {
        let line = read("nigari --context=one get ks -n apps ? -A");
        assert_eq!(line.global.context.as_deref(), Some("one"));
        assert_eq!(line.global.namespace.as_deref(), Some("apps"));
        assert!(line.is_everywhere());
        let line = read("nigari -n apps get ks podinfo ?");
        assert_eq!(line.global.namespace.as_deref(), Some("apps"));
        assert!(line.has("name", "podinfo") && !line.has("name", "apps"));
        assert!(!line.is_everywhere());
    }

    #[test]
    fn what_is_unfinished_or_wrong_is_passed_over() {
        for words in [
            "nigari ?",
            "nigari get ?",
            "nigari get ks -n ?",
            "nigari reconcile ks ? --unknown",
            "nigari get ks -n NOT_A_NAME ?",
            "nigari bootstrap github --owner ?",
        ] {
            assert_eq!(read(words).global.context, None, "{words}");
        }
    }

    #[test]
    fn aliases_are_commands() {
        let tree = Cli::command();
        let named = |words: &[&str]| {
            let words: Vec<OsString> = words.iter().map(OsString::from).collect();
            command(&tree, &words).get_name().to_owned()
        };
        assert_eq!(named(&["nigari", "get", "-A", "hr", "podinfo"]), "helmrelease");
        assert_eq!(named(&["nigari"]), "nigari");
    }
}
