//! Sets the approval in the text of a Terraform manifest and leaves everything else as it is, byte for byte:
//! comments, order, other documents.
//!
//! Lines are tried, and the result is read again: unless it says what the old text said, with the approval
//! in the one object, it is not taken.

use anyhow::{Result, anyhow};
use serde_json::{Value, json};

use super::yaml;
use crate::error::{Class, Explain as _};
use crate::kinds::ObjectRef;
use crate::kinds::terraform::TERRAFORM;

/// The key that is set.
const KEY: &str = "approvePlan:";

/// The text with `plan` approved for `object`; nothing when it says so already.
///
/// A manifest without a namespace is taken for one of the object's, for it gets one where it is applied; its
/// version does not matter.
///
/// # Errors
/// [`Class::NotFound`] when no document is of the object; [`Class::Usage`] when several are, when the text is
/// no YAML, and when the approval cannot be set without changing anything else.
pub fn with_approval(text: &str, object: &ObjectRef, plan: &str) -> Result<Option<String>> {
    let documents = yaml::documents(text).class(Class::Usage)?;
    let is_meant = |document: &&Value| is_of(document, object);
    let place = match documents.iter().filter(is_meant).count() {
        1 => documents.iter().position(|document| is_of(document, object)),
        0 => return Err(absent(&documents, object)),
        _ => return Err(anyhow!("several documents are of {object}").class(Class::Usage)),
    };
    let mut wanted = documents.clone();
    if let Some(document) = place.and_then(|place| wanted.get_mut(place)) {
        document["spec"]["approvePlan"] = json!(plan);
    }
    if wanted == documents {
        return Ok(None);
    }
    let says = |text: &String| yaml::documents(text).is_ok_and(|documents| documents == wanted);
    attempts(text, plan).into_iter().find(says).map(Some).ok_or_else(|| {
        anyhow!("the approval of {object} cannot be set without changing other lines")
            .class(Class::Usage)
            .hint(format!("write it by hand: approvePlan: \"{plan}\""))
    })
}

/// What becomes of the line of an approval that is taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// It came with the approval, and goes with it.
    Goes,
    /// It was there before, and stays with an empty value.
    Stays,
}

/// The text without the approval of `plan` for `object`; nothing when it approves something else, or nothing.
///
/// # Errors
/// As [`with_approval`].
pub fn without_approval(
    text: &str,
    object: &ObjectRef,
    plan: &str,
    line: Line,
) -> Result<Option<String>> {
    if approval_in(text, object)?.as_deref() != Some(plan) {
        return Ok(None);
    }
    if line == Line::Stays {
        return with_approval(text, object, "");
    }
    let mut wanted = yaml::documents(text).class(Class::Usage)?;
    let meant = wanted.iter_mut().find(|document| is_of(document, object));
    if let Some(spec) = meant.and_then(|document| document["spec"].as_object_mut()) {
        spec.shift_remove("approvePlan");
    }
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let without = |place: usize| [&lines[..place], &lines[place + 1..]].concat().concat();
    let is_key = |place: &usize| lines[*place].trim_start().starts_with(KEY);
    let says = |text: &String| yaml::documents(text).is_ok_and(|documents| documents == wanted);
    let found = (0..lines.len()).filter(is_key).map(without).find(says);
    match found {
        Some(text) => Ok(Some(text)),
        // Where it shares its line with something else, it is emptied.
        None => with_approval(text, object, ""),
    }
}

/// What the text approves for `object`, word for word; nothing where it says nothing.
///
/// # Errors
/// As [`with_approval`].
pub fn approval_in(text: &str, object: &ObjectRef) -> Result<Option<String>> {
    let documents = yaml::documents(text).class(Class::Usage)?;
    let mut meant = documents.iter().filter(|document| is_of(document, object));
    let document = meant.next().ok_or_else(|| absent(&documents, object))?;
    if meant.next().is_some() {
        return Err(anyhow!("several documents are of {object}").class(Class::Usage));
    }
    let approval = document.pointer("/spec/approvePlan").and_then(Value::as_str);
    Ok(approval.map(str::to_owned))
}

/// Whether a document of the text is of `object`; a text that cannot be read has none.
#[must_use]
pub fn holds(text: &str, object: &ObjectRef) -> bool {
    text.contains(&object.name)
        && yaml::documents(text)
            .is_ok_and(|documents| documents.iter().any(|document| is_of(document, object)))
}

fn is_of(document: &Value, object: &ObjectRef) -> bool {
    let text = |pointer: &str| document.pointer(pointer).and_then(Value::as_str);
    let group = text("/apiVersion").and_then(|version| version.split_once('/'));
    group.is_some_and(|(group, _)| group == TERRAFORM.group)
        && text("/kind") == Some(TERRAFORM.kind)
        && text("/metadata/name") == Some(&object.name)
        && text("/metadata/namespace").is_none_or(|namespace| namespace == object.namespace)
}

/// The error that names what there is instead.
fn absent(documents: &[Value], object: &ObjectRef) -> anyhow::Error {
    let told = |document: &Value| {
        let text = |pointer: &str| document.pointer(pointer).and_then(Value::as_str);
        let kind = text("/kind")?;
        let name = text("/metadata/name").unwrap_or_default();
        Some(match text("/metadata/namespace") {
            Some(namespace) => format!("{kind} {namespace}/{name}"),
            None => format!("{kind} {name}"),
        })
    };
    let all: Vec<_> = documents.iter().filter_map(told).collect();
    let all = if all.is_empty() { "no object".to_owned() } else { all.join(", ") };
    anyhow!("no document is of {object}: there is {all}").class(Class::NotFound)
}

/// Texts with the approval set, one for each line where it may belong; most of them are wrong.
fn attempts(text: &str, plan: &str) -> Vec<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let with = |place: usize, new: &str| {
        let mut edited = lines.clone();
        edited[place] = new;
        edited.concat()
    };
    let mut attempts = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        if let Some(new) = replaced(line, plan) {
            attempts.push(with(place, &new));
        }
    }
    for (place, line) in lines.iter().enumerate() {
        if line.starts_with("spec:")
            && let Some(indentation) = indentation(&lines[place + 1..])
        {
            let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
            attempts.push(with(place, &format!("{line}{indentation}{KEY} \"{plan}\"{end}")));
        }
    }
    attempts
}

/// The line with another approval; the comment behind it stays.
fn replaced(line: &str, plan: &str) -> Option<String> {
    let start = line.find(KEY).filter(|start| line[..*start].trim().is_empty())?;
    let (key, value) = line.split_at(start + KEY.len());
    let comment =
        value.find(" #").map_or_else(|| &value[value.trim_end().len()..], |at| &value[at..]);
    Some(format!("{key} \"{plan}\"{comment}"))
}

/// The blanks before the first line that is no comment, if it is indented.
fn indentation<'a>(lines: &[&'a str]) -> Option<&'a str> {
    let is_told = |line: &&&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let line = lines.iter().find(is_told)?;
    let blanks = line.len() - line.trim_start().len();
    (blanks > 0).then(|| &line[..blanks])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    const PLAN: &str = "plan-main-b8e362c206";

    fn vpc() -> ObjectRef {
        let text = |text: &str| text.to_owned();
        ObjectRef { kind: text("Terraform"), namespace: text("infra"), name: text("vpc") }
    }

    const TEXT: &str = "# The network.
apiVersion: infra.contrib.fluxcd.io/v1alpha2
kind: Terraform
metadata:
  name: dns
spec:
  approvePlan: auto # of no interest
  path: ./dns
---
kind: Terraform # first the kind
apiVersion: infra.contrib.fluxcd.io/v1alpha1
metadata:
  name: vpc
spec: # everything
  # where it is
  path: './vpc'

  interval: 1h
";

    #[test]
    fn one_line_is_added_and_nothing_else_changed() {
        let edited = with_approval(TEXT, &vpc(), PLAN).unwrap().unwrap();
        let expected = TEXT.replace(
            "spec: # everything\n",
            "spec: # everything\n  approvePlan: \"plan-main-b8e362c206\"\n",
        );
        assert_eq!(edited, expected);
        assert_eq!(with_approval(&edited, &vpc(), PLAN).unwrap(), None);
        let other = with_approval(&edited, &vpc(), "plan-main-0000000000").unwrap().unwrap();
        assert_eq!(other, expected.replace(PLAN, "plan-main-0000000000"));
    }

    #[test]
    fn the_comment_behind_an_approval_stays() {
        let dns = ObjectRef { name: "dns".to_owned(), ..vpc() };
        let edited = with_approval(TEXT, &dns, PLAN).unwrap().unwrap();
        let line = "  approvePlan: \"plan-main-b8e362c206\" # of no interest\n";
        assert_eq!(edited, TEXT.replace("  approvePlan: auto # of no interest\n", line));
        let windows = TEXT.replace('\n', "\r\n");
        let edited = with_approval(&windows, &vpc(), PLAN).unwrap().unwrap();
        assert!(edited.contains("everything\r\n  approvePlan: \"plan-main-b8e362c206\"\r\n"));
    }

    #[test]
    fn what_was_added_goes_again_and_nothing_else() {
        let dns = ObjectRef { name: "dns".to_owned(), ..vpc() };
        let edited = with_approval(TEXT, &vpc(), PLAN).unwrap().unwrap();
        assert_eq!(approval_in(&edited, &vpc()).unwrap().as_deref(), Some(PLAN));
        let back = without_approval(&edited, &vpc(), PLAN, Line::Goes).unwrap();
        assert_eq!(back.as_deref(), Some(TEXT));
        let kept = without_approval(&edited, &vpc(), PLAN, Line::Stays).unwrap().unwrap();
        assert_eq!(approval_in(&kept, &vpc()).unwrap().as_deref(), Some(""));
        assert!(kept.contains("everything\n  approvePlan: \"\"\n"), "{kept}");
        // Another approval is somebody else's.
        assert_eq!(without_approval(&edited, &vpc(), "plan-main-0", Line::Goes).unwrap(), None);
        assert_eq!(without_approval(TEXT, &vpc(), PLAN, Line::Goes).unwrap(), None);
        assert_eq!(approval_in(TEXT, &dns).unwrap().as_deref(), Some("auto"));
        assert_eq!((holds(TEXT, &vpc()), holds("vpc: [", &vpc())), (true, false));
    }

    #[test]
    fn what_is_not_there_or_not_clear_is_refused() {
        let class = |text: &str| class_of(&with_approval(text, &vpc(), PLAN).unwrap_err());
        let other = TEXT.replace("  name: vpc\n", "  name: vpc\n  namespace: elsewhere\n");
        assert_eq!(class(&other), Class::NotFound);
        let told = with_approval(&other, &vpc(), PLAN).unwrap_err().to_string();
        assert!(told.ends_with("there is Terraform dns, Terraform elsewhere/vpc"), "{told}");
        assert_eq!(class(""), Class::NotFound);
        assert_eq!(class(&format!("{TEXT}---\n{TEXT}")), Class::Usage);
        let flow = "{apiVersion: infra.contrib.fluxcd.io/v1alpha2, kind: Terraform, \
                    metadata: {name: vpc}, spec: {path: ./vpc}}\n";
        assert_eq!(class(flow), Class::Usage);
        assert_eq!(class("{"), Class::Usage);
    }
}
