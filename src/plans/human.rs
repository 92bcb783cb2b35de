//! The summary of a plan that was stored as text.
//!
//! The text is for people, and OpenTofu has masked what is sensitive. Its blocks are told apart by their
//! headings; the counts are those of its own last line.
//!
//! Source: OpenTofu, `internal/command/jsonformat/plan.go`.

use crate::digest::Digest;

use super::summary::{Action, Change, Counts, Origin, Summary};

/// What headings say, after the address. The last one that occurs counts: an address may hold such words.
const HEADINGS: [(&str, Action); 12] = [
    ("will be created", Action::Create),
    ("will be updated in-place", Action::Update),
    ("will be destroyed", Action::Destroy),
    ("is tainted, so must be replaced", Action::Replace),
    ("is tainted, so it must be replaced", Action::Replace),
    ("must be replaced", Action::Replace),
    ("will be replaced", Action::Replace),
    ("will be read during apply", Action::Read),
    ("will be imported", Action::Keep),
    ("has moved to", Action::Keep),
    ("will no longer be managed by", Action::Forget),
    ("will be removed from the", Action::Forget),
];

/// The lines after which the actions and the outputs follow.
const ACTIONS: &str = "will perform the following actions:";
const OUTPUTS: &str = "Changes to Outputs:";

/// What the plan in this text would do.
#[must_use]
pub fn summary(text: &[u8]) -> Summary {
    let text = String::from_utf8_lossy(text);
    let lines: Vec<&str> = text.lines().collect();
    let section = |is_start: fn(&str) -> bool| {
        let start = lines.iter().position(|line| is_start(line));
        start.map_or(&[][..], |start| &lines[start + 1..])
    };
    let changes = blocks(section(|line| is_margin(line) && line.ends_with(ACTIONS)));
    let outputs = outputs(section(|line| line == OUTPUTS));
    let has_outputs = !outputs.is_empty();
    let mut summary = Summary::new(Origin::Text, changes, outputs);
    let replaced =
        |change: &&Change| matches!(change.action, Action::Replace | Action::CreateThenDestroy);
    let replace = summary.changes.iter().filter(replaced).count();
    let counts = lines.iter().rev().find_map(|line| counts(line));
    let is_about_nothing = has_outputs && summary.changes.is_empty();
    summary.counts = counts
        .or_else(|| is_about_nothing.then(Counts::default))
        .map(|counts| Counts { replace, ..counts });
    summary
}

/// Whether a line begins at the margin; nothing that a resource holds is printed there.
fn is_margin(line: &str) -> bool {
    line.starts_with(|character: char| !character.is_whitespace())
}

/// The counts of `Plan: 1 to import, 2 to add, 0 to change, 1 to destroy.`, and of there being none.
fn counts(line: &str) -> Option<Counts> {
    if line.starts_with("No changes.") {
        return Some(Counts::default());
    }
    let list = line.strip_prefix("Plan: ")?.trim_end().strip_suffix('.')?;
    let mut counts = Counts::default();
    for part in list.split(", ") {
        let (number, word) = part.split_once(" to ")?;
        let number = number.parse().ok()?;
        match word {
            "add" => counts.add = number,
            "change" => counts.change = number,
            "destroy" => counts.destroy = number,
            "import" => counts.import = number,
            "forget" => counts.forget = number,
            _ => return None,
        }
    }
    Some(counts)
}

/// The blocks about resources, each from its heading on, up to the next line at the margin that is not a
/// symbol of a resource.
fn blocks(lines: &[&str]) -> Vec<Change> {
    let is_symbol = |line: &str| ["-/+ ", "+/- "].iter().any(|symbol| line.starts_with(symbol));
    let end = lines.iter().position(|line| is_margin(line) && !is_symbol(line));
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in &lines[..end.unwrap_or(lines.len())] {
        let heading = line.strip_prefix("  # ").filter(|heading| !heading.starts_with('('));
        match (heading, found.last_mut()) {
            (Some(heading), _) => found.push((heading, vec![line])),
            (None, Some((_, block))) => block.push(line),
            (None, None) => {}
        }
    }
    found.into_iter().map(|(heading, block)| resource(heading, &block)).collect()
}

fn resource(heading: &str, block: &[&str]) -> Change {
    let known = HEADINGS.iter().filter_map(|(words, action)| {
        heading.rfind(&format!(" {words}")).map(|at| (at, words.len(), action))
    });
    let (subject, action, rest) = match known.max_by_key(|(at, length, _)| (*at + length, *length))
    {
        Some((at, length, action)) => {
            (&heading[..at], action.clone(), heading[at + 1 + length..].trim())
        }
        None => (heading, Action::Other(heading.to_owned()), ""),
    };
    let is_create_first = block.iter().any(|line| line.starts_with("+/- "));
    let action = match action {
        Action::Replace if is_create_first => Action::CreateThenDestroy,
        action => action,
    };
    let (address, deposed) =
        match subject.strip_suffix(')').and_then(|s| s.rsplit_once(" (deposed object ")) {
            Some((address, key)) => (address, Some(key.to_owned())),
            None => (subject, None),
        };
    let is_move = heading.contains(" has moved to ") && !rest.is_empty();
    let (address, moved_from) =
        if is_move { (rest, Some(address.to_owned())) } else { (address, None) };
    let is_import = heading.ends_with(" will be imported")
        || block.iter().any(|line| line.starts_with("  # (imported from "));
    let text = written(block);
    let reason = block[1..].iter().map_while(|line| line.strip_prefix("  # ")).next();
    Change {
        address: address.to_owned(),
        deposed,
        moved_from,
        is_import,
        action,
        reason: reason.map(|reason| reason.trim_matches(['(', ')']).to_owned()),
        attributes: Vec::new(),
        identity: Digest::of(text.as_bytes()),
        text: Some(text),
    }
}

/// The outputs: `  + name = value`, and lines further to the right that go on with the value.
fn outputs(lines: &[&str]) -> Vec<Change> {
    let end = lines.iter().position(|line| line.is_empty() || is_margin(line));
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in &lines[..end.unwrap_or(lines.len())] {
        let begins = line.get(2..4).filter(|_| line.starts_with("  "));
        match (begins, found.last_mut()) {
            (Some("+ " | "- " | "~ "), _) => found.push((line, vec![line])),
            (_, Some((_, more))) => more.push(line),
            (_, None) => {}
        }
    }
    let output = |(first, lines): (&str, Vec<&str>)| {
        let text = written(&lines);
        let action = match first.trim_start().chars().next() {
            Some('+') => Action::Create,
            Some('-') => Action::Destroy,
            _ => Action::Update,
        };
        let name = first[4..].split('=').next().unwrap_or_default().trim();
        Change {
            address: name.to_owned(),
            deposed: None,
            moved_from: None,
            is_import: false,
            action,
            reason: None,
            attributes: Vec::new(),
            identity: Digest::of(text.as_bytes()),
            text: Some(text),
        }
    };
    found.into_iter().map(output).collect()
}

/// Lines without the empty ones at their end.
fn written(lines: &[&str]) -> String {
    lines.join("\n").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::summary::Comparison;
    use super::*;

    const TEXT: &str = r#"
Note: Objects have changed outside of OpenTofu

  # box.z has changed
  ~ resource "box" "z" {
    }

OpenTofu used the selected providers to generate the following execution plan.
Resource actions are indicated with the following symbols:
  + create
-/+ destroy and then create replacement

OpenTofu will perform the following actions:

  # box.a["x will be destroyed"] will be created
  + resource "box" "a" {
      + text = <<-EOT
            Plan: 9 to add, 9 to change, 9 to destroy.
        EOT
    }

  # box.b must be replaced
-/+ resource "box" "b" {
      ~ size = 1 -> 2 # forces replacement
    }

  # box.c (deposed object 00e1) will be destroyed
  # (left over from a partially-failed replacement of this instance)
  - resource "box" "c" {
    }

  # box.old has moved to box.new
    resource "box" "new" {
    }

  # box.q will be tickled
  ? resource "box" "q" {
    }

Plan: 2 to add, 0 to change, 2 to destroy.

Changes to Outputs:
  + id   = (known after apply)
  ~ list = [
      - 1,
    ]
"#;

    fn read(text: &str) -> Summary {
        summary(text.as_bytes())
    }

    fn told(change: &Change) -> String {
        format!("{} {}", change.action.word(), change.address)
    }

    #[test]
    fn blocks_are_told_apart_by_their_headings() {
        let summary = read(TEXT);
        let changes: Vec<_> = summary.changes.iter().map(told).collect();
        assert_eq!(
            changes,
            [
                "destroy box.c",
                "replace box.b",
                "box.q will be tickled box.q will be tickled",
                r#"create box.a["x will be destroyed"]"#,
                "keep box.new",
            ]
        );
        let deposed = &summary.changes[0];
        assert_eq!(deposed.deposed.as_deref(), Some("00e1"));
        let reason = "left over from a partially-failed replacement of this instance";
        assert_eq!(deposed.reason.as_deref(), Some(reason));
        assert!(summary.changes[1].text.as_ref().unwrap().ends_with("# forces replacement\n    }"));
        assert_eq!(summary.changes[4].moved_from.as_deref(), Some("box.old"));
        let outputs: Vec<_> = summary.outputs.iter().map(told).collect();
        assert_eq!(outputs, ["create id", "update list"]);
        assert_eq!(summary.outputs[1].text.as_deref(), Some("  ~ list = [\n      - 1,\n    ]"));
    }

    #[test]
    fn counts_are_those_of_its_own_last_line() {
        let counts = Counts { add: 2, destroy: 2, replace: 1, ..Counts::default() };
        assert_eq!(read(TEXT).counts, Some(counts));
        assert_eq!(
            read("\nNo changes. Your infrastructure matches.\n").counts,
            Some(Counts::default())
        );
        let outputs = read("\nChanges to Outputs:\n  + id = 1\n");
        assert_eq!((outputs.counts, outputs.is_empty()), (Some(Counts::default()), false));
        let imports = read(
            "OpenTofu will perform the following actions:\n\n  # box.a will be imported\n\nPlan: 1 to import, 0 to add, 0 to change, 0 to destroy.\n",
        );
        assert_eq!(imports.counts.unwrap().import, 1);
        assert!(imports.changes[0].is_import);
        for cut in [
            "",
            "OpenTofu will perform the following actions:\n\n  # box.a will be created\n",
            "Plan: many to add.",
        ] {
            assert_eq!(read(cut).counts, None, "{cut}");
        }
    }

    #[test]
    fn texts_are_compared_by_their_blocks() {
        let block =
            |name: &str, size: u8| format!("  # box.{name} will be created\n  + size = {size}\n\n");
        let text = |blocks: &[String]| {
            let actions = blocks.concat();
            read(&format!(
                "OpenTofu will perform the following actions:\n\n{actions}Plan: 2 to add, 0 to change, 0 to destroy.\n"
            ))
        };
        let plan = text(&[block("a", 1), block("b", 1)]);
        assert_eq!(plan.compare(&text(&[block("b", 1), block("a", 1)])), Comparison::Same);
        let other = text(&[block("a", 1), block("b", 2)]);
        assert_eq!(plan.compare(&other), Comparison::Differs(vec!["box.b".to_owned()]));
    }
}
