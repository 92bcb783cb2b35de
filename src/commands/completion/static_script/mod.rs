//! The scripts that are complete in themselves: commands and flags, and no names.
//!
//! Each is a short program, written by hand in the file of its shell, over tables that are made of the
//! command tree. Most commands have the same flags, which the tables tell once: the scripts of clap_complete
//! tell them for each kind of each command, in four megabytes.

mod bash;
mod fish;
mod outline;
mod powershell;
mod zsh;

use clap::{Command, CommandFactory as _};

use crate::cli::Cli;
use crate::cli::completion::Shell;
use outline::{Outline, Word};

/// The script that is complete in itself: the file in `completions/`.
///
/// It is made when it is asked for: all of them together are larger than what makes them.
#[must_use]
pub fn static_script(shell: Shell) -> String {
    let mut tree: Command = Cli::command();
    tree.build();
    let outline = Outline::of(&tree);
    match shell {
        Shell::Bash => bash::script(&outline),
        Shell::Zsh => zsh::script(&outline),
        Shell::Fish => fish::script(&outline),
        Shell::PowerShell => powershell::script(&outline),
    }
}

/// Puts tables in the places of a script that are marked `@name@`, indented as the first line of each.
fn filled(script: &str, tables: &[(&str, String)]) -> String {
    let mut filled = String::new();
    for line in script.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        let mut line = line.to_owned();
        for (name, table) in tables {
            let table = table.trim_end().replace('\n', &format!("\n{indent}"));
            line = line.replace(&format!("@{name}@"), &table);
        }
        filled += line.trim_end();
        filled.push('\n');
    }
    filled
}

/// Commands that have the same flags and are followed by the same words.
fn places(outline: &Outline) -> Vec<(Vec<&str>, usize, Vec<Word>)> {
    let mut places: Vec<(Vec<&str>, usize, Vec<Word>)> = Vec::new();
    for entry in outline.commands.iter().filter(|entry| !entry.is_help()) {
        let words = outline.words(entry);
        match places.iter_mut().find(|(_, group, known)| *group == entry.group && *known == words) {
            Some((at, ..)) => at.push(&entry.at),
            None => places.push((vec![&entry.at], entry.group, words)),
        }
    }
    places
}

fn steps(outline: &Outline, line: impl Fn(Vec<String>, &str) -> String) -> String {
    outline.steps().map(|(typed, at)| line(typed, at)).collect()
}

fn joined(words: impl IntoIterator<Item = impl AsRef<str>>, between: &str) -> String {
    let mut joined = String::new();
    for word in words {
        if !joined.is_empty() {
            joined += between;
        }
        joined += word.as_ref();
    }
    joined
}

/// In single quotes, for shells that know no escape inside them.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use clap::{Arg, ArgAction, ValueEnum as _};

    use super::*;

    #[test]
    fn every_word_and_flag_is_in_every_script_and_what_is_shared_is_there_once() {
        let mut tree = Cli::command();
        tree.build();
        let outline = Outline::of(&tree);
        let flags = || outline.groups.iter().flatten().chain(&outline.globals);
        let count = outline.commands.iter().map(|entry| entry.words.len()).sum::<usize>();
        // A line for each, and some for how commands are reached.
        let limit = 400 * (count + flags().count());
        for shell in Shell::value_variants() {
            let script = static_script(*shell);
            assert!(script.len() < limit, "{shell:?} takes {} of {limit} bytes", script.len());
            for place in ["valued", "steps", "commands", "flags", "globals", "values", "groups"] {
                assert!(
                    !script.contains(&format!("@{place}@")),
                    "{shell:?}: {place} is not filled"
                );
            }
            let missing = |word: &str| !script.contains(word);
            for entry in &outline.commands {
                assert!(!entry.words.iter().any(|word| missing(word)), "{shell:?}: {}", entry.at);
            }
            for name in flags().flat_map(|flag| &flag.names) {
                let name = if *shell == Shell::Fish { name.trim_start_matches('-') } else { name };
                assert!(!missing(name), "{shell:?}: {name}");
            }
        }
    }

    #[test]
    fn a_value_is_a_word_of_its_own_unless_some_command_has_the_flag_without() {
        let switch = Arg::new("all").long("all").action(ArgAction::SetTrue);
        let mut tree = Command::new("nigari").subcommand(Command::new("a").arg(switch)).subcommand(
            Command::new("b").arg(Arg::new("all").long("all")).arg(Arg::new("c").long("c")),
        );
        tree.build();
        assert_eq!(Outline::of(&tree).valued(), ["--c"]);
    }

    #[test]
    fn tables_keep_the_indentation_of_their_place() {
        let table = [("a", "one\n  two\n".to_owned())];
        assert_eq!(
            filled("x\n    @a@\n  (@a@)\n", &table),
            "x\n    one\n      two\n  (one\n    two)\n"
        );
    }
}
