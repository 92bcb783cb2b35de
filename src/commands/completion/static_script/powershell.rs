//! The script for PowerShell. It is read by nobody in the tests, so it keeps to what clap_complete's script
//! is known to do, and a test reads its tokens.

use super::outline::{Flag, Outline, Word};
use super::{filled, joined, places};

const SCRIPT: &str = include_str!("nigari.ps1");

/// Each of these ends a text in single quotes, and two of them are one inside of it.
const QUOTES: [char; 5] = ['\'', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'];

pub(super) fn script(outline: &Outline) -> String {
    let commands = places(outline).into_iter().map(|place| case(outline, place));
    filled(SCRIPT, &[("commands", commands.collect()), ("globals", flags(&outline.globals))])
}

fn case(outline: &Outline, (at, group, offered): (Vec<&str>, usize, Vec<Word>)) -> String {
    let typed = at.into_iter().flat_map(|at| spellings(outline, at)).map(|at| quoted(&at));
    let words = offered.iter().map(|word| result(&word.text, "ParameterValue", &word.help));
    let lines = flags(&outline.groups[group]) + &words.collect::<String>();
    let lines = lines.trim_end().replace('\n', "\n    ");
    format!("{{ $_ -in {} }} {{\n    {lines}\n    break\n}}\n", joined(typed, ", "))
}

/// The ways in which somebody gets to a command.
fn spellings(outline: &Outline, at: &str) -> Vec<String> {
    let Some(entry) = outline.commands.iter().find(|entry| entry.at == at) else {
        return vec![at.to_owned()];
    };
    if entry.parent.is_empty() {
        return vec![at.to_owned()];
    }
    let parents = spellings(outline, &entry.parent).into_iter();
    let typed = |parent: String| {
        let words = entry.words.iter().map(move |word| format!("{parent}/{word}"));
        words.collect::<Vec<_>>()
    };
    parents.flat_map(typed).collect()
}

fn flags(flags: &[Flag]) -> String {
    let results = |flag: &Flag| -> String {
        flag.names.iter().map(|name| result(name, "ParameterName", &flag.help)).collect()
    };
    flags.iter().map(results).collect()
}

fn result(text: &str, kind: &str, help: &str) -> String {
    // Flags that differ by their case only are the same item of the list to Windows.
    let blank = if text.chars().any(char::is_uppercase) { " " } else { "" };
    let item = quoted(&format!("{text}{blank}"));
    // A result without an explanation is refused.
    let help = quoted(if help.is_empty() { text } else { help });
    let text = quoted(text);
    format!("[CompletionResult]::new({text}, {item}, [CompletionResultType]::{kind}, {help})\n")
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("'");
    for character in text.chars() {
        quoted.push(character);
        if QUOTES.contains(&character) {
            quoted.push(character);
        }
    }
    quoted + "'"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::completion::Shell;
    use crate::commands::completion::static_script;

    #[test]
    fn quotes_are_doubled_whatever_they_look_like() {
        assert_eq!(quoted("a'b\u{2019}c"), "'a''b\u{2019}\u{2019}c'");
    }

    #[test]
    fn what_is_opened_is_closed() {
        let script = static_script(Shell::PowerShell);
        let mut open = Vec::new();
        let mut rest = script.char_indices();
        while let Some((at, character)) = rest.next() {
            let line = || script[..at].lines().count();
            match character {
                // A doubled quote ends a text and begins another, which is the same here.
                quote if QUOTES.contains(&quote) => {
                    assert!(rest.any(|(_, next)| QUOTES.contains(&next)), "line {}", line());
                }
                '#' => assert!(rest.any(|(_, next)| next == '\n'), "line {}", line()),
                '(' | '[' | '{' => open.push(character),
                ')' | ']' | '}' => {
                    let pair = (open.pop(), character);
                    let pairs = [(Some('('), ')'), (Some('['), ']'), (Some('{'), '}')];
                    assert!(pairs.contains(&pair), "line {}: {pair:?}", line());
                }
                // The escape, which nothing here needs.
                '`' => panic!("line {}: {character}", line()),
                _ => {}
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }

    #[test]
    fn every_result_has_four_arguments_and_an_explanation() {
        let script = static_script(Shell::PowerShell);
        let results = script.lines().filter(|line| line.contains("::new("));
        let mut count = 0;
        for line in results.map(str::trim) {
            let arguments = line.strip_prefix("[CompletionResult]::new(").expect("a result");
            let arguments = arguments.strip_suffix(')').expect("an end").replace("''", "\u{1}");
            let mut texts = arguments.split('\'');
            let parts: [&str; 7] = std::array::from_fn(|_| texts.next().expect("seven parts"));
            assert_eq!(texts.next(), None, "{line}");
            assert_eq!((parts[0], parts[2], parts[6]), ("", ", ", ""), "{line}");
            let kinds = ["ParameterName", "ParameterValue"]
                .map(|kind| format!(", [CompletionResultType]::{kind}, "));
            assert!(kinds.iter().any(|kind| kind == parts[4]), "{line}");
            assert!([1, 3, 5].iter().all(|text| !parts[*text].is_empty()), "{line}");
            count += 1;
        }
        assert!(count > 200, "{count}");
    }
}
