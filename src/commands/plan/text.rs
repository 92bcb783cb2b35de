//! A plan for people: its state, the counts, what destroys, and then the rest.

use std::fmt::Write as _;

use k8s_openapi::jiff::Timestamp;

use super::planned_object::PlannedObject;
use super::show::is_wanted;
use crate::cli::plan::show::Only;
use crate::duration::in_short;
use crate::kinds::view::{namespace, number};
use crate::output::clean;
use crate::plans::summary::{Action, Attribute, Change, Origin, Shown, Summary};

/// How many characters of a value are shown unless all of it was asked for.
const VALUE_LENGTH: usize = 80;

/// The titles of the groups of changes, in the order of a summary.
const GROUPS: [(&str, &str); 7] = [
    ("destroy", "Destroy"),
    ("replace", "Destroy and create again"),
    ("forget", "Take out of the state, and leave where it is"),
    ("update", "Change in place"),
    ("create", "Create"),
    ("keep", "Leave as it is, imported or under another address"),
    ("read", "Read"),
];

/// What is known about a plan before one looks into it.
pub(super) fn header(planned: &PlannedObject, now: Timestamp) -> String {
    let state = planned.state();
    let subject = format!("Terraform {}/{}", namespace(&planned.object), planned.name());
    let mut text = format!("{subject}: {}\n", state.sentence());
    let mut line = |title: &str, value: Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("{:10} {value}\n", format!("{title}:")));
        }
    };
    line("plan", state.pending.map(str::to_owned));
    line("revision", state.revision.map(str::to_owned));
    let generation = number(&planned.object, "/status/lastPlannedGeneration");
    line(
        "planned",
        state.planned_at.map(|at| {
            let age = planned.age(now).map(in_short).unwrap_or_default();
            let generation = generation.filter(|generation| *generation > 0);
            let generation = generation.map(|number| format!(", generation {number}"));
            format!("{at} ({age} ago){}", generation.unwrap_or_default())
        }),
    );
    line("digest", planned.digest().map(|digest| digest.to_string()));
    line("approval", state.approval.sentence());
    clean(&text).into_owned()
}

/// What of a summary is shown.
pub(super) struct Wish<'a> {
    /// The actions that are; none means all.
    pub(super) only: &'a [Only],
    /// Whether everything is shown of each change.
    pub(super) full: bool,
}

/// What a plan would do.
pub(super) fn body(summary: &Summary, wish: &Wish<'_>) -> String {
    let mut text = counts(summary);
    if summary.is_incomplete {
        text.push_str("Planning failed half-way: this is not all of it.\n");
    }
    let is_known = |action: &Action| GROUPS.iter().any(|(word, _)| *word == action.word());
    let other = summary.changes.iter().filter(|change| !is_known(&change.action));
    group(&mut text, "What this program does not know", &other.collect::<Vec<_>>(), wish);
    for (word, title) in GROUPS {
        let changes = summary.changes.iter().filter(|change| change.action.word() == word);
        let changes: Vec<_> =
            changes.filter(|change| is_wanted(wish.only, change.action.word())).collect();
        group(&mut text, title, &changes, wish);
    }
    if wish.only.is_empty() {
        let wish = Wish { only: &[], full: true };
        group(&mut text, "Outputs", &summary.outputs.iter().collect::<Vec<_>>(), &wish);
        if let Some(unchanged) = summary.unchanged.filter(|unchanged| *unchanged > 0) {
            writeln!(text, "\n{unchanged} more stay as they are.").expect("a String takes it");
        }
    }
    clean(&text).into_owned()
}

fn counts(summary: &Summary) -> String {
    match (summary.counts, summary.origin) {
        (Some(counts), Origin::Json) => format!("{counts}\n"),
        (Some(counts), Origin::Text) => format!("{counts} (as its text says)\n"),
        (None, _) => "Its text does not say how much it touches.\n".to_owned(),
    }
}

fn group(text: &mut String, title: &str, changes: &[&Change], wish: &Wish<'_>) {
    if changes.is_empty() {
        return;
    }
    writeln!(text, "\n{title} ({}):", changes.len()).expect("a String takes it");
    for change in changes {
        lines(text, change, wish.full);
    }
}

fn lines(text: &mut String, change: &Change, full: bool) {
    if let Some(block) = change.text.as_ref().filter(|_| full) {
        writeln!(text, "{block}").expect("a String takes it");
        return;
    }
    writeln!(text, "{}", heading(change)).expect("a String takes it");
    let forced = change.attributes.iter().any(|attribute| attribute.forces_replacement);
    let is_shown = |attribute: &&Attribute| match change.action {
        _ if full => true,
        Action::Replace | Action::CreateThenDestroy if forced => attribute.forces_replacement,
        Action::Replace | Action::CreateThenDestroy | Action::Update | Action::Other(_) => true,
        _ => false,
    };
    for attribute in change.attributes.iter().filter(is_shown) {
        writeln!(text, "        {}", attribute_line(attribute, full)).expect("a String takes it");
    }
    for line in change.text.iter().flat_map(|block| block.lines()) {
        let is_shown = match change.action {
            Action::Replace | Action::CreateThenDestroy => line.contains("# forces replacement"),
            Action::Update => line.starts_with("      ") && is_marked(line),
            _ => false,
        };
        if is_shown {
            writeln!(text, "        {}", line.trim()).expect("a String takes it");
        }
    }
}

/// Whether a line is about something that changes: OpenTofu puts a symbol before it.
fn is_marked(line: &str) -> bool {
    let line = line.trim_start();
    ["~ ", "+ ", "- "].iter().any(|symbol| line.starts_with(symbol))
}

/// `-/+ box.a (deposed 00e1), was box.b: triggers changed`
fn heading(change: &Change) -> String {
    let mut text = format!("  {:>3} {}", change.action.symbol(), change.address);
    if let Some(deposed) = &change.deposed {
        text.push_str(&format!(" (deposed object {deposed})"));
    }
    if let Some(moved_from) = &change.moved_from {
        text.push_str(&format!(", until now {moved_from}"));
    }
    if change.is_import {
        text.push_str(", imported");
    }
    if let Some(reason) = &change.reason {
        text.push_str(&format!(": {}", reason.replace('_', " ")));
    }
    text
}

fn attribute_line(attribute: &Attribute, full: bool) -> String {
    let side = |side: &Option<Shown>| match side {
        None => "null".to_owned(),
        Some(Shown::Sensitive) => "(sensitive value)".to_owned(),
        Some(Shown::Unknown) => "(known after apply)".to_owned(),
        Some(Shown::Value(value)) => cut(value.to_string(), full),
    };
    let Attribute { path, before, after, forces_replacement } = attribute;
    let forced = if *forces_replacement { " # forces replacement" } else { "" };
    match before {
        None => format!("{path} = {}{forced}", side(after)),
        before => format!("{path} = {} -> {}{forced}", side(before), side(after)),
    }
}

fn cut(value: String, full: bool) -> String {
    match value.char_indices().nth(VALUE_LENGTH) {
        Some((at, _)) if !full => format!("{}…", &value[..at]),
        _ => value,
    }
}
