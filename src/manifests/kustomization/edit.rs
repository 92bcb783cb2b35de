//! Adds an entry to the text of a kustomization file and leaves everything else as it is, byte for byte:
//! comments, order, quotes, indentation, line ends.
//!
//! The parser tells where the list is, text is inserted there, and the result is read again: unless it says
//! what the old text said, with the entry at the end of `resources`, it is not taken. So the rules here may
//! be simple, and what they do not understand is refused and never spoiled.

use anyhow::{Context as _, Result, anyhow};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use serde_yaml::Spanned;

use super::{FolderKustomization, joined};
use crate::error::{Class, Explain as _};
use crate::manifests::yaml;

/// How many places after the last entry are tried.
const PLACES: usize = 64;

/// The text of a kustomization file with `resource` added to its list; nothing when it is listed already,
/// however it is spelt.
///
/// # Errors
/// When the text is no kustomization ([`FolderKustomization::parse`]); [`Class::Usage`] when the entry cannot
/// be added without changing anything else.
pub fn with_resource(text: &str, resource: &str) -> Result<Option<String>> {
    let kustomization = FolderKustomization::parse(text)?;
    // What leads out of the folder has no shorter spelling.
    let spelt = |entry: &str| joined("", entry).unwrap_or_else(|| entry.to_owned());
    if kustomization.resources.iter().any(|entry| spelt(entry) == spelt(resource)) {
        return Ok(None);
    }
    let wanted = wanted(text, resource)?;
    let editor = Editor { text, resource };
    let attempts = editor.attempts()?;
    let done = attempts.into_iter().find(|edited| says(edited, &wanted));
    done.map(Some).ok_or_else(|| {
        anyhow!("{resource} cannot be added to its resources without changing other lines")
            .class(Class::Usage)
            .hint(format!("add {resource} to it by hand"))
    })
}

/// What the file shall say afterwards.
fn wanted(text: &str, resource: &str) -> Result<Value> {
    let mut document = yaml::documents(text)?.pop().unwrap_or_else(|| Value::Object(Map::new()));
    let resources = &mut document["resources"];
    match resources {
        Value::Array(entries) => entries.push(json!(resource)),
        _ => *resources = json!([resource]),
    }
    Ok(document)
}

fn says(text: &str, wanted: &Value) -> bool {
    yaml::documents(text).is_ok_and(|documents| documents == std::slice::from_ref(wanted))
}

/// Where the parser saw something: its first byte and the one after its last.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: usize,
    end: usize,
}

#[derive(Deserialize)]
struct Located {
    #[serde(default)]
    resources: Option<Spanned<Vec<Spanned<String>>>>,
}

/// One text and the entry that it shall get.
struct Editor<'a> {
    text: &'a str,
    resource: &'a str,
}

impl Editor<'_> {
    /// Texts with the entry in it, the best first; most of them are wrong.
    fn attempts(&self) -> Result<Vec<String>> {
        let documents: Vec<Located> = serde_yaml::from_multiple(self.text)
            .map_err(|error| anyhow!("{error}"))
            .context("cannot read kustomization.yaml")?;
        let Some(list) = documents.into_iter().next().and_then(|located| located.resources) else {
            return Ok(self.as_new_list());
        };
        let is_flow = place(&list).is_some_and(|at| self.text[at.start..].starts_with('['));
        let last = list.value.last().and_then(place);
        Ok(match (last, place(&list)) {
            (Some(last), _) if is_flow => self.in_brackets(last),
            (Some(last), _) => self.under_dashes(last),
            (None, Some(list)) if is_flow => vec![self.insert(list.start + 1, &self.scalar(None))],
            (None, _) => self.as_new_list(),
        })
    }

    /// After the last entry of a list with dashes: as the next line, or after the lines that belong to it.
    fn under_dashes(&self, last: Place) -> Vec<String> {
        // A block of text begins below its dash.
        let starts = std::iter::successors(Some(self.line_start(last.start)), |start| {
            start.checked_sub(1).map(|before| self.line_start(before))
        });
        let dashed = |start: &usize| self.text[*start..].trim_start_matches(' ').starts_with('-');
        let Some(line) = starts.take(PLACES).find(dashed) else { return Vec::new() };
        let before = &self.text[line..last.start];
        let (indent, gap) = before.split_at(before.find('-').map_or(0, |at| at + 1));
        // What else stands between dash and entry belongs to that entry alone.
        let gap = if gap.is_empty() || gap.contains(|c| c != ' ') { " " } else { gap };
        let entry = format!("{indent}{gap}{}", self.scalar(Some(last)));
        self.line_ends(last.start).map(|end| self.insert_line(end, &entry)).collect()
    }

    /// After the last entry of a list in brackets.
    fn in_brackets(&self, last: Place) -> Vec<String> {
        let scalar = self.scalar(Some(last));
        let beside = self.insert(last.end, &format!(", {scalar}"));
        let indent = &self.text[self.line_start(last.start)..last.start];
        let line_end = self.line_end(last.end);
        let after = self.text[last.end..line_end].trim();
        if !indent.trim().is_empty() || after.contains(']') {
            return vec![beside];
        }
        // Each entry has a line of its own, perhaps with a comment that must stay there.
        let on_its_own = if after.starts_with(',') {
            self.insert_line(line_end, &format!("{indent}{scalar},"))
        } else {
            let with_comma = self.insert(last.end, ",");
            let editor = Editor { text: &with_comma, resource: self.resource };
            editor.insert_line(line_end + 1, &format!("{indent}{scalar}"))
        };
        vec![on_its_own, beside]
    }

    /// Under a key without entries, else as a new list at the end.
    fn as_new_list(&self) -> Vec<String> {
        let scalar = self.scalar(None);
        let starts = std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at + 1));
        let mut attempts = Vec::new();
        let mut indent = None;
        for start in starts {
            let line = &self.text[start..self.line_end(start)];
            let key = line.trim_start();
            let is_content = !key.is_empty() && !key.starts_with(['#', '-', '.', '%', '\u{feff}']);
            let own = &line[..line.len() - key.len()];
            if is_content && indent.is_none() {
                indent = Some(own);
            }
            let is_key = ["resources", "\"resources\"", "'resources'"]
                .iter()
                .filter_map(|name| key.strip_prefix(name))
                .any(|rest| rest.trim_start().starts_with(':'));
            if is_key {
                attempts.push(self.insert_line(self.line_end(start), &format!("{own}- {scalar}")));
            }
        }
        let (indent, eol) = (indent.unwrap_or_default(), self.eol());
        let list = format!("{indent}resources:{eol}{indent}- {scalar}");
        attempts.push(self.insert_line(self.text.trim_end_matches(['\r', '\n']).len(), &list));
        // The document may have an end marker.
        let ends = self.text.match_indices('\n').map(|(at, _)| at).collect::<Vec<_>>();
        let ends = ends.into_iter().rev().take(PLACES);
        attempts.extend(ends.map(|end| self.insert_line(self.line_end(end), &list)));
        attempts
    }

    /// The text with something put in at a byte.
    fn insert(&self, at: usize, new: &str) -> String {
        let (before, after) = self.text.split_at(at);
        format!("{before}{new}{after}")
    }

    /// The text with a line after the one that ends at a byte. If that one is the last and nothing ends it,
    /// nothing ends the new one either.
    fn insert_line(&self, end: usize, line: &str) -> String {
        let end = if self.text[..end].trim_start_matches('\u{feff}').is_empty() { 0 } else { end };
        let eol = self.eol();
        match end {
            0 => format!("{line}{eol}{}", self.text),
            end => self.insert(end, &format!("{eol}{line}")),
        }
    }

    /// The ends of lines, without what ends them, from the one that holds a byte.
    fn line_ends(&self, from: usize) -> impl Iterator<Item = usize> {
        let mut next = Some(from);
        let ends = std::iter::from_fn(move || {
            let end = self.line_end(next?);
            next = self.text[end..].find('\n').map(|at| end + at + 1);
            Some(end)
        });
        ends.take(PLACES)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Where the line ends that holds a byte, before what ends it.
    fn line_end(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let end = self.text[at..].find('\n').map_or(self.text.len(), |newline| at + newline);
        if self.text[..end].ends_with('\r') && end > at { end - 1 } else { end }
    }

    /// What ends the lines of this file.
    fn eol(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// The entry, in quotes like its neighbour's where it has any.
    fn scalar(&self, neighbour: Option<Place>) -> String {
        let resource = self.resource;
        let quoted = || Value::from(resource).to_string();
        match neighbour.and_then(|at| self.text[at.start..].chars().next()) {
            Some('"') => return quoted(),
            Some('\'') => return format!("'{}'", resource.replace('\'', "''")),
            _ => {}
        }
        // What ends an entry in brackets does not have to be quoted elsewhere.
        match yaml::write(&resource) {
            Ok(plain) if !resource.contains([',', '[', ']', '{', '}']) => {
                plain.trim_end_matches('\n').to_owned()
            }
            _ => quoted(),
        }
    }
}

fn place<T>(spanned: &Spanned<T>) -> Option<Place> {
    let span = spanned.referenced.span();
    let start = usize::try_from(span.byte_offset()?).ok()?;
    Some(Place { start, end: start + usize::try_from(span.byte_len()?).ok()? })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::error::class_of;

    fn added(text: &str, resource: &str) -> String {
        let edited = with_resource(text, resource);
        edited.unwrap_or_else(|error| panic!("{text:?}: {error}")).expect("it is not listed yet")
    }

    #[test]
    fn an_entry_follows_the_last_one_in_its_manner() {
        for (before, after) in [
            ("resources:\n- a.yaml\n", "resources:\n- a.yaml\n- x.yaml\n"),
            (
                "# top\nresources:\n  # why\n  -   a.yaml # one\n  # what follows\nnamePrefix: p-\n",
                "# top\nresources:\n  # why\n  -   a.yaml # one\n  -   x.yaml\n  # what follows\n\
                 namePrefix: p-\n",
            ),
            ("resources:\n- 'a.yaml'\n", "resources:\n- 'a.yaml'\n- 'x.yaml'\n"),
            ("resources:\n- \"a.yaml\"\n", "resources:\n- \"a.yaml\"\n- \"x.yaml\"\n"),
            (
                "resources:\r\n- a.yaml\r\nx: 1\r\n",
                "resources:\r\n- a.yaml\r\n- x.yaml\r\nx: 1\r\n",
            ),
            ("resources:\n- a.yaml", "resources:\n- a.yaml\n- x.yaml"),
            ("resources:\r\n- a.yaml", "resources:\r\n- a.yaml\r\n- x.yaml"),
            ("resources:\n- >-\n  a\n  b\nx: 1\n", "resources:\n- >-\n  a\n  b\n- x.yaml\nx: 1\n"),
            ("resources:\n- !!str a\n", "resources:\n- !!str a\n- x.yaml\n"),
            ("---\nresources:\n- ä.yaml\n...\n", "---\nresources:\n- ä.yaml\n- x.yaml\n...\n"),
        ] {
            assert_eq!(added(before, "x.yaml"), after);
        }
    }

    #[test]
    fn a_list_in_brackets_stays_one() {
        for (before, after) in [
            ("resources: [a.yaml]\n", "resources: [a.yaml, x.yaml]\n"),
            ("resources: [ a.yaml, ] # c\n", "resources: [ a.yaml, x.yaml, ] # c\n"),
            ("resources: [\"a]b\"]\n", "resources: [\"a]b\", \"x.yaml\"]\n"),
            ("resources: []\n", "resources: [x.yaml]\n"),
            (
                "{resources: [a.yaml], namePrefix: p-}",
                "{resources: [a.yaml, x.yaml], namePrefix: p-}",
            ),
            (
                "resources: [\n  a.yaml, # one\n  b.yaml # two\n]\n",
                "resources: [\n  a.yaml, # one\n  b.yaml, # two\n  x.yaml\n]\n",
            ),
            (
                "resources: [\r\n  a.yaml,\r\n]\r\n",
                "resources: [\r\n  a.yaml,\r\n  x.yaml,\r\n]\r\n",
            ),
        ] {
            assert_eq!(added(before, "x.yaml"), after);
        }
    }

    #[test]
    fn a_list_is_made_where_there_is_none() {
        for (before, after) in [
            ("", "resources:\n- x.yaml\n"),
            ("kind: Kustomization\n", "kind: Kustomization\nresources:\n- x.yaml\n"),
            ("kind: Kustomization", "kind: Kustomization\nresources:\n- x.yaml"),
            ("kind: Kustomization\r\n", "kind: Kustomization\r\nresources:\r\n- x.yaml\r\n"),
            ("resources:\n", "resources:\n- x.yaml\n"),
            ("resources: # none yet\nx: 1\n", "resources: # none yet\n- x.yaml\nx: 1\n"),
            ("x: 1\n...\n", "x: 1\nresources:\n- x.yaml\n...\n"),
            ("# nothing\n", "# nothing\nresources:\n- x.yaml\n"),
            ("  x: 1\n", "  x: 1\n  resources:\n  - x.yaml\n"),
            (
                "patches:\n- patch: |\n    resources:\n    - no\n",
                "patches:\n- patch: |\n    resources:\n    - no\nresources:\n- x.yaml\n",
            ),
        ] {
            assert_eq!(added(before, "x.yaml"), after);
        }
    }

    #[test]
    fn what_is_listed_already_is_not_listed_again() {
        for text in
            ["resources:\n- ./x.yaml\n", "resources: [b, x.yaml]\n", "resources: ['x.yaml/']\n"]
        {
            assert_eq!(with_resource(text, "x.yaml").unwrap(), None, "{text:?}");
        }
        assert_eq!(
            with_resource("resources: [../x.yaml]\n", "x.yaml").unwrap().map(drop),
            Some(())
        );
    }

    #[test]
    fn what_is_not_understood_is_refused() {
        for text in ["a: 1\n---\nb: 2\n", "- a\n", "resources: a\n", "{a: 1}\n", "resources: ~\n"] {
            let error = with_resource(text, "x.yaml").unwrap_err();
            assert!(!error.to_string().is_empty(), "{text:?}");
        }
        let error = with_resource("{a: 1}\n", "x.yaml").unwrap_err();
        assert_eq!(class_of(&error), Class::Usage);
    }

    /// Parts of a hand-written file, each whole lines.
    fn part() -> impl Strategy<Value = String> {
        prop_oneof![
            "# [ -~]{0,12}",
            Just(String::new()),
            "[a-d]: [a-z]{1,6}( # [a-z:]{0,6})?",
            Just("e:\n  - one\n  # nested\n  - two".to_owned()),
            Just("patches:\n- patch: |-\n    resources:\n    - not this one".to_owned()),
        ]
    }

    /// A list of entries with dashes or in brackets, or none.
    fn list() -> impl Strategy<Value = String> {
        let entry = prop_oneof![
            "[a-z]{1,8}\\.yaml",
            "'[a-z ,#]{1,8}'",
            "\"[a-z:\\]]{1,8}\"",
            "\\.\\./[a-z]{1,5}"
        ];
        let dashed = (
            proptest::collection::vec((entry.clone(), "( # [a-z]{0,5})?"), 1..4),
            "( {0,3})-( {1,3})",
        );
        let dashed = dashed.prop_map(|(entries, dash)| {
            let lines = entries.iter().map(|(entry, comment)| format!("\n{dash}{entry}{comment}"));
            format!("resources:{}", lines.collect::<String>())
        });
        let flow = (proptest::collection::vec(entry, 0..4), any::<bool>(), any::<bool>());
        let flow = flow.prop_map(|(entries, is_open, has_comma)| {
            let comma = if has_comma && !entries.is_empty() { "," } else { "" };
            if is_open {
                return format!("resources: [\n  {}{comma}\n]", entries.join(",\n  "));
            }
            format!("resources: [{}{comma}]", entries.join(", "))
        });
        prop_oneof![dashed, flow, Just("resources:".to_owned()), Just(String::new())]
    }

    proptest! {
        #[test]
        fn everything_else_stays_byte_for_byte(
            above in proptest::collection::vec(part(), 0..4),
            list in list(),
            below in proptest::collection::vec(part(), 0..4),
            resource in "[a-z]{1,5}(/[a-z0-9-]{1,5}){0,2}(\\.yaml)?",
            is_crlf: bool,
            ends: bool,
        ) {
            let lines: Vec<String> = above.into_iter().chain([list]).chain(below).collect();
            let mut text = lines.join("\n");
            if ends {
                text.push('\n');
            }
            let text = if is_crlf { text.replace('\n', "\r\n") } else { text };
            let Ok(before) = FolderKustomization::parse(&text) else { return Ok(()) };
            let Some(after) = with_resource(&text, &resource).unwrap() else { return Ok(()) };

            let mut expected = before.resources.clone();
            expected.push(resource.clone());
            let read = FolderKustomization::parse(&after).unwrap();
            prop_assert_eq!(&read.resources, &expected);
            prop_assert_eq!(&read.others, &before.others);
            prop_assert!(is_subsequence(&text, &after), "{:?} became {:?}", text, after);
            let is_crlf = text.contains("\r\n");
            prop_assert_eq!(after.replace("\r\n", "").contains('\n'), !is_crlf && after.contains('\n'));
            // Added are the entry with its dash or comma, quotes, a line end, and at most the key.
            let most = resource.len() + "resources:\r\n\r\n      - ,\"\"".len() + 4;
            prop_assert!(after.len() <= text.len() + most, "{:?} became {:?}", text, after);
            prop_assert_eq!(with_resource(&after, &resource).unwrap(), None);
        }
    }

    /// Whether `long` is `short` with something put in at one or two places.
    fn is_subsequence(short: &str, long: &str) -> bool {
        let mut rest = long.chars();
        short.chars().all(|wanted| rest.any(|character| character == wanted))
    }
}
