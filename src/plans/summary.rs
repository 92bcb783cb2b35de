//! What a plan would do: counts, changes, and whether another plan would do the same.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::digest::Digest;

/// Whether sensitive values are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Masking {
    /// They are left out before anything else is done with them.
    Masked,
    /// They are kept. The plan's text has none in any case: OpenTofu masked them.
    Revealed,
}

/// What a plan would do.
#[derive(Clone, Debug)]
pub struct Summary {
    /// What it was made from.
    pub origin: Origin,
    /// How many resources are touched; `None` when a text does not say it.
    pub counts: Option<Counts>,
    /// What happens to resources: what destroys first, then what replaces, what is read last; by address.
    /// Resources that stay as they are are not among them.
    pub changes: Vec<Change>,
    /// What happens to outputs, by name.
    pub outputs: Vec<Change>,
    /// How many resources stay as they are; `None` when a text does not say it.
    pub unchanged: Option<usize>,
    /// Whether planning failed half-way, so that this is not all of it.
    pub is_incomplete: bool,
}

/// What a summary was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The JSON document: everything in it was counted.
    Json,
    /// The text: the counts are those of its own last line.
    Text,
}

/// How many resources a plan touches, counted as OpenTofu does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Created, the replaced ones among them.
    pub add: usize,
    /// Updated in place.
    pub change: usize,
    /// Destroyed, the replaced ones among them.
    pub destroy: usize,
    /// Replaced: in both `add` and `destroy`. A text's last line does not tell them apart; they are counted
    /// by its headings then.
    pub replace: usize,
    /// Taken into the state.
    pub import: usize,
    /// Taken out of the state, and left where they are.
    pub forget: usize,
}

impl fmt::Display for Counts {
    /// `2 to add, 1 to change, 1 to destroy`, and the rarer ones if there are any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { add, change, destroy, replace, import, forget } = *self;
        write!(f, "{add} to add, {change} to change, {destroy} to destroy")?;
        let rare = [(replace, "of them replaced"), (import, "to import"), (forget, "to forget")];
        for (count, words) in rare.into_iter().filter(|(count, _)| *count > 0) {
            write!(f, ", {count} {words}")?;
        }
        Ok(())
    }
}

/// What happens to one resource or output.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its address; the name of an output.
    pub address: String,
    /// The key of the deposed object that it is about, where it is about one.
    pub deposed: Option<String>,
    /// The address that it had before.
    pub moved_from: Option<String>,
    /// Whether it is taken into the state first.
    pub is_import: bool,
    /// What is done.
    pub action: Action,
    /// Why, in OpenTofu's word or words: `delete_because_no_resource_config`.
    pub reason: Option<String>,
    /// What becomes of its attributes; empty where only the text is known.
    pub attributes: Vec<Attribute>,
    /// The lines about it, where only the text is known.
    pub text: Option<String>,
    /// The digest of everything that the plan says about it, sensitive values included.
    pub identity: Digest,
}

/// What is done to a resource or output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is destroyed.
    Destroy,
    /// It is destroyed, and then created again.
    Replace,
    /// It is created again, and then destroyed.
    CreateThenDestroy,
    /// Something that this program does not know; in the plan's own words.
    Other(String),
    /// It is taken out of the state, and left where it is.
    Forget,
    /// It is changed in place.
    Update,
    /// It is created.
    Create,
    /// It stays as it is, but is imported or gets another address.
    Keep,
    /// It is read.
    Read,
}

impl Action {
    /// The words of the document for it; [`Action::Other`] for those that are not known.
    #[must_use]
    pub fn of(words: &[&str]) -> Self {
        match words {
            ["no-op"] => Self::Keep,
            ["create"] => Self::Create,
            ["read"] => Self::Read,
            ["update"] => Self::Update,
            ["delete", "create"] => Self::Replace,
            ["create", "delete"] => Self::CreateThenDestroy,
            ["delete"] => Self::Destroy,
            ["forget"] => Self::Forget,
            other => Self::Other(other.join(", ")),
        }
    }

    /// One word for it, for programs and `--only`.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Destroy => "destroy",
            Self::Replace | Self::CreateThenDestroy => "replace",
            Self::Other(words) => words,
            Self::Forget => "forget",
            Self::Update => "update",
            Self::Create => "create",
            Self::Keep => "keep",
            Self::Read => "read",
        }
    }

    /// OpenTofu's symbol for it.
    #[must_use]
    pub const fn symbol(&self) -> &'static str {
        match self {
            Self::Destroy => "-",
            Self::Replace => "-/+",
            Self::CreateThenDestroy => "+/-",
            Self::Other(_) => "?",
            Self::Forget => ".",
            Self::Update => "~",
            Self::Create => "+",
            Self::Keep => "=",
            Self::Read => "<=",
        }
    }

    /// Whether something that exists is destroyed, or may be.
    #[must_use]
    pub const fn destroys(&self) -> bool {
        matches!(self, Self::Destroy | Self::Replace | Self::CreateThenDestroy | Self::Other(_))
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Destroy => 0,
            Self::Replace | Self::CreateThenDestroy => 1,
            Self::Other(_) => 2,
            Self::Forget => 3,
            Self::Update => 4,
            Self::Create => 5,
            Self::Keep => 6,
            Self::Read => 7,
        }
    }
}

/// What becomes of one attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// Where it is: `tags.Name`, `ingress[0].port`.
    pub path: String,
    /// What it is now; `None` when it is not set.
    pub before: Option<Shown>,
    /// What it will be; `None` when it will not be set.
    pub after: Option<Shown>,
    /// Whether the resource is replaced because of it.
    pub forces_replacement: bool,
}

/// A value as far as it is shown.
#[derive(Clone, PartialEq)]
pub enum Shown {
    /// The value; what is sensitive in it is masked, unless it was to be revealed.
    Value(Value),
    /// A sensitive value.
    Sensitive,
    /// Only applying will tell.
    Unknown,
}

/// Values are for those who asked for them; a debug line is for everybody.
impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Value(_) => "[value]",
            Self::Sensitive => "[sensitive]",
            Self::Unknown => "[unknown]",
        })
    }
}

/// Whether two plans would do the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// They would.
    Same,
    /// They would not: these resources and outputs are treated differently.
    Differs(Vec<String>),
    /// One is known as JSON and the other as text.
    Incomparable,
}

impl Summary {
    /// A summary with its changes in order.
    pub(super) fn new(origin: Origin, mut changes: Vec<Change>, mut outputs: Vec<Change>) -> Self {
        let key = |change: &Change| {
            (change.action.rank(), change.address.clone(), change.deposed.clone())
        };
        changes.sort_by_cached_key(key);
        outputs.sort_by_cached_key(|output| output.address.clone());
        let (counts, unchanged, is_incomplete) = (None, None, false);
        Self { origin, counts, changes, outputs, unchanged, is_incomplete }
    }

    /// Whether applying the plan would change nothing: no resource, no output, not even the state.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.outputs.is_empty()
    }

    /// How many resources are destroyed, the replaced ones among them. What is not known counts too.
    #[must_use]
    pub fn destroyed(&self) -> usize {
        let listed = self.changes.iter().filter(|change| change.action.destroys()).count();
        self.counts.map_or(listed, |counts| counts.destroy.max(listed))
    }

    /// Whether another plan would do the same, in whatever order: the same actions with the same values,
    /// sensitive ones included.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Comparison {
        if self.origin != other.origin {
            return Comparison::Incomparable;
        }
        let (mine, theirs) = (self.identities(), other.identities());
        let names = mine.keys().chain(theirs.keys().filter(|name| !mine.contains_key(*name)));
        let mut different: Vec<String> =
            names.filter(|name| mine.get(*name) != theirs.get(*name)).cloned().collect();
        different.sort_unstable();
        if different.is_empty()
            && (self.counts, self.is_incomplete) != (other.counts, other.is_incomplete)
        {
            different.push("the counts".to_owned());
        }
        if different.is_empty() { Comparison::Same } else { Comparison::Differs(different) }
    }

    /// What the plan says about each resource and output.
    fn identities(&self) -> BTreeMap<String, Vec<Digest>> {
        let mut identities: BTreeMap<String, Vec<Digest>> = BTreeMap::new();
        let outputs =
            self.outputs.iter().map(|output| (format!("output {}", output.address), output));
        for (name, change) in
            self.changes.iter().map(|change| (change.address.clone(), change)).chain(outputs)
        {
            identities.entry(name).or_default().push(change.identity);
        }
        identities.values_mut().for_each(|digests| digests.sort_unstable());
        identities
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(address: &str, action: Action, content: &str) -> Change {
        Change {
            address: address.to_owned(),
            deposed: None,
            moved_from: None,
            is_import: false,
            action,
            reason: None,
            attributes: Vec::new(),
            text: None,
            identity: Digest::of(content.as_bytes()),
        }
    }

    fn summary(changes: Vec<Change>) -> Summary {
        Summary::new(Origin::Json, changes, Vec::new())
    }

    #[test]
    fn what_destroys_comes_first() {
        let actions = [
            Action::Create,
            Action::Read,
            Action::Update,
            Action::CreateThenDestroy,
            Action::of(&["open"]),
            Action::Destroy,
            Action::Replace,
        ];
        let changes = actions.into_iter().rev().zip(["g", "f", "e", "d", "c", "b", "a"]);
        let summary = summary(changes.map(|(action, at)| change(at, action, "")).collect());
        let words: Vec<_> = summary.changes.iter().map(|change| change.action.word()).collect();
        assert_eq!(words, ["destroy", "replace", "replace", "open", "update", "create", "read"]);
        assert_eq!(summary.destroyed(), 4);
    }

    #[test]
    fn the_same_changes_are_the_same_in_any_order() {
        let one = summary(vec![change("a", Action::Create, "1"), change("b", Action::Create, "2")]);
        let other =
            summary(vec![change("b", Action::Create, "2"), change("a", Action::Create, "1")]);
        assert_eq!(one.compare(&other), Comparison::Same);
        let more =
            summary(vec![change("a", Action::Create, "1"), change("c", Action::Create, "3")]);
        assert_eq!(one.compare(&more), Comparison::Differs(vec!["b".to_owned(), "c".to_owned()]));
        let changed =
            summary(vec![change("a", Action::Create, "9"), change("b", Action::Create, "2")]);
        assert_eq!(one.compare(&changed), Comparison::Differs(vec!["a".to_owned()]));
        let text = Summary { origin: Origin::Text, ..one.clone() };
        assert_eq!(one.compare(&text), Comparison::Incomparable);
        let counted = Summary { counts: Some(Counts::default()), ..one.clone() };
        assert_eq!(one.compare(&counted), Comparison::Differs(vec!["the counts".to_owned()]));
    }

    #[test]
    fn an_output_is_no_resource_of_its_name() {
        let output = |changes, outputs| Summary::new(Origin::Json, changes, outputs);
        let one = output(vec![change("a", Action::Create, "1")], vec![]);
        let other = output(vec![], vec![change("a", Action::Create, "1")]);
        assert_eq!(
            one.compare(&other),
            Comparison::Differs(vec!["a".to_owned(), "output a".to_owned()])
        );
    }

    #[test]
    fn counts_read_like_tofus_and_name_what_is_rare() {
        let counts = Counts { add: 2, change: 1, destroy: 1, ..Counts::default() };
        assert_eq!(counts.to_string(), "2 to add, 1 to change, 1 to destroy");
        let rare = Counts { replace: 1, import: 3, ..counts };
        assert_eq!(
            rare.to_string(),
            "2 to add, 1 to change, 1 to destroy, 1 of them replaced, 3 to import"
        );
    }
}
