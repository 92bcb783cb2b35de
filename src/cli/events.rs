//! Arguments of `events`.

use anyhow::{Result, anyhow};
use clap::{Args, ValueEnum};

use super::completion::Completes;
use crate::kinds::{self, Kind, Verb};

pub(super) const EXAMPLES: &str = "\
Examples:
  # What happened to Flux objects lately
  nigari events -A --types Warning

  # Of one object and of its sources, and what happens from now on
  nigari events --for kustomization/apps --watch";

/// Arguments of `events`.
#[derive(Args, Debug)]
pub struct EventsArgs {
    /// Look in every namespace
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Only events of a kind, KIND, or of an object and its sources, KIND/NAME
    #[arg(long = "for", value_name = "KIND[/NAME]", value_parser = subject, add = Completes::Objects(Verb::Get))]
    pub subject: Option<EventSubject>,

    /// Only events of these types
    #[arg(long, value_name = "TYPE", value_delimiter = ',', ignore_case = true)]
    pub types: Vec<EventKind>,

    /// Go on with what happens. Ends with --timeout if that is given
    #[arg(short, long)]
    pub watch: bool,

    /// Form of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub output: EventsFormat,
}

/// Whose events are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventSubject {
    /// The kind.
    pub kind: &'static Kind,
    /// The name; nothing means every object of the kind.
    pub name: Option<String>,
}

/// The types of events that Kubernetes has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EventKind {
    /// Something went as it should
    #[value(name = "Normal")]
    Normal,
    /// Something did not
    #[value(name = "Warning")]
    Warning,
}

impl EventKind {
    /// The word in an event's `type`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Normal => "Normal",
            Self::Warning => "Warning",
        }
    }
}

/// Forms of `events`' output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EventsFormat {
    /// A row for each event, the newest last
    Table,
    /// The whole events in one list; with --watch one on each line
    Json,
    /// The whole events in one list
    Yaml,
}

fn subject(text: &str) -> Result<EventSubject> {
    let (word, name) = match text.split_once('/') {
        Some((word, name)) => (word, Some(name.to_owned())),
        None => (text, None),
    };
    let known = || kinds::ALL.iter().map(|kind| kind.kind).collect::<Vec<_>>().join(", ");
    let kind = kinds::of_word(word);
    let kind = kind.ok_or_else(|| anyhow!("{word:?} is no kind; kinds are {}", known()))?;
    match name {
        Some(name) if name.is_empty() => Err(anyhow!("a name is needed behind the slash")),
        name => Ok(EventSubject { kind, name }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_a_kind_or_an_object() {
        let told = |text| subject(text).map(|subject| (subject.kind.kind, subject.name));
        assert_eq!(told("ks").unwrap(), ("Kustomization", None));
        let named = ("GitRepository", Some("fleet".to_owned()));
        assert_eq!(told("GitRepository/fleet").unwrap(), named);
        assert!(told("ks/").is_err() && told("Pod").is_err());
    }
}
