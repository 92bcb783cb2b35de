//! The script for bash, from version 3.2 on: without tables of its own, hence `case`.

use super::outline::{Flag, Outline, Word};
use super::{filled, joined, places, quoted, steps};

const SCRIPT: &str = include_str!("nigari.bash");

pub(super) fn script(outline: &Outline) -> String {
    let groups = outline.groups.iter().enumerate();
    let flags =
        groups.map(|(group, flags)| format!("{group}) flags={} ;;\n", quoted(&names(flags))));
    let tables = [
        ("valued", joined(outline.valued(), " | ")),
        ("steps", steps(outline, |typed, at| format!("{}) at={at} ;;\n", joined(typed, " | ")))),
        ("commands", commands(outline)),
        ("flags", flags.collect()),
        ("globals", names(&outline.globals)),
        ("values", values(outline)),
    ];
    filled(SCRIPT, &tables)
}

fn commands(outline: &Outline) -> String {
    let case = |(at, group, offered): (Vec<&str>, usize, Vec<Word>)| {
        let words = quoted(&texts(&offered));
        format!("{})\n    group={group} words={words}\n    ;;\n", joined(at, " | "))
    };
    places(outline).into_iter().map(case).collect()
}

fn values(outline: &Outline) -> String {
    let case = |(group, flag, offered): (usize, &Flag, &[Word])| {
        let flags = flag.names.iter().map(|name| format!("{group}{name}"));
        format!("{}) values={} ;;\n", joined(flags, " | "), quoted(&texts(offered)))
    };
    outline.choices().map(case).collect()
}

fn names(flags: &[Flag]) -> String {
    joined(flags.iter().flat_map(|flag| &flag.names), " ")
}

fn texts(words: &[Word]) -> String {
    joined(words.iter().map(|word| &word.text), " ")
}
