//! The script for fish.

use super::outline::{Flag, Outline, Value};
use super::{filled, joined, steps};

const SCRIPT: &str = include_str!("nigari.fish");

pub(super) fn script(outline: &Outline) -> String {
    let step = |typed, at: &str| format!("case {}\n    set at {at}\n", joined(typed, " "));
    let tables = [
        ("valued", joined(outline.valued(), " ")),
        ("steps", steps(outline, step)),
        ("groups", groups(outline)),
        ("completions", commands(outline) + &flags(outline)),
    ];
    filled(SCRIPT, &tables)
}

/// Which commands have which flags.
fn groups(outline: &Outline) -> String {
    let case = |group: usize| {
        let members = outline.commands.iter().filter(|entry| entry.group == group);
        let at = joined(members.map(|entry| &entry.at), " ");
        format!("case {at}\n    set group {group}\n")
    };
    (0..outline.groups.len()).map(case).collect()
}

fn commands(outline: &Outline) -> String {
    let mut lines = String::new();
    for entry in &outline.commands {
        let at = format!("complete -c nigari -n '__nigari_is {}' -f", entry.at);
        for child in outline.children(&entry.at) {
            let words = joined(&child.words, " ");
            lines += &format!("{at} -a '{words}' -d {}\n", quoted(&child.about));
        }
        for value in &entry.values {
            lines += &format!("{at} -a {} -d {}\n", value.text, quoted(&value.help));
        }
    }
    lines
}

fn flags(outline: &Outline) -> String {
    let mut lines = String::new();
    let mut told: Vec<&Flag> = Vec::new();
    for flag in outline.groups.iter().flatten() {
        if told.contains(&flag) {
            continue;
        }
        told.push(flag);
        let groups = outline.groups.iter().enumerate().filter(|(_, group)| group.contains(flag));
        let groups = joined(groups.map(|(group, _)| group.to_string()), " ");
        lines += &line(flag, &format!("-n '__nigari_has {groups}' "));
    }
    lines.extend(outline.globals.iter().map(|flag| line(flag, "")));
    lines
}

fn line(flag: &Flag, condition: &str) -> String {
    let mut line = format!("complete -c nigari {condition}");
    for name in &flag.names {
        line += &match name.strip_prefix("--") {
            Some(long) => format!("-l {long} "),
            None => format!("-s {} ", name.trim_start_matches('-')),
        };
    }
    line += &match &flag.value {
        Value::None => String::new(),
        Value::Any => "-x ".to_owned(),
        Value::File => "-r -F ".to_owned(),
        Value::OneOf(words) => format!("-x -a '{}' ", joined(words.iter().map(|it| &it.text), " ")),
    };
    format!("{line}-d {}\n", quoted(&flag.help))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
