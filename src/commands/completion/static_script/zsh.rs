//! The script for zsh.

use super::outline::{Flag, Outline, Word};
use super::{filled, joined, places, quoted, steps};

const SCRIPT: &str = include_str!("nigari.zsh");

pub(super) fn script(outline: &Outline) -> String {
    let groups = outline.groups.iter().enumerate();
    let own =
        groups.map(|(group, own)| format!("({group})\n{}    ;;\n", array("flags", &flags(own))));
    let tables = [
        ("valued", joined(outline.valued(), "|")),
        ("steps", steps(outline, |typed, at| format!("({}) at={at} ;;\n", joined(typed, "|")))),
        ("commands", commands(outline)),
        ("flags", own.collect()),
        ("globals", flags(&outline.globals)),
        ("values", values(outline)),
    ];
    filled(SCRIPT, &tables)
}

fn commands(outline: &Outline) -> String {
    let case = |(at, group, offered): (Vec<&str>, usize, Vec<Word>)| {
        let commands = array("commands", &words(&offered));
        format!("({})\n    group={group}\n{commands}    ;;\n", joined(at, "|"))
    };
    places(outline).into_iter().map(case).collect()
}

fn values(outline: &Outline) -> String {
    let case = |(group, flag, offered): (usize, &Flag, &[Word])| {
        let names = flag.names.iter().map(|name| format!("{group}{name}"));
        format!("({})\n{}    ;;\n", joined(names, "|"), array("values", &words(offered)))
    };
    outline.choices().map(case).collect()
}

/// An assignment of lines; nothing without any.
fn array(variable: &str, lines: &str) -> String {
    match lines.trim_end() {
        "" => String::new(),
        lines => {
            let lines = lines.replace('\n', "\n        ");
            format!("    {variable}=(\n        {lines}\n    )\n")
        }
    }
}

fn words(words: &[Word]) -> String {
    words.iter().map(|word| described(&word.text, &word.help)).collect()
}

fn flags(flags: &[Flag]) -> String {
    let described = |flag: &Flag| -> String {
        flag.names.iter().map(|name| described(name, &flag.help)).collect()
    };
    flags.iter().map(described).collect()
}

fn described(text: &str, help: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(':', "\\:");
    quoted(&format!("{text}:{help}")) + "\n"
}
