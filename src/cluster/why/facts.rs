//! What was read so far, and what could not be; pure values.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;

use kube::api::DynamicObject;

use super::subject::Subject;

/// From this many things of a kind in a namespace on, they are listed instead of read one by one.
pub(super) const WORTH_A_LIST: usize = 3;

/// Something to read; each is read once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ask {
    /// An object.
    Object(Subject),
    /// Whether an object is there; nothing of what is in it is read.
    Presence(Subject),
    /// The warnings about the object of this uid.
    Warnings {
        /// The namespace of both.
        namespace: String,
        /// The uid.
        uid: String,
    },
    /// The objects of a kind.
    List {
        /// The API group.
        group: String,
        /// The API kind.
        kind: String,
        /// The namespace; nothing means all of them, or a kind that lives in none.
        namespace: Option<String>,
        /// Only those with these labels.
        labels: Option<String>,
        /// Only those of this name.
        name: Option<String>,
    },
}

impl Ask {
    /// The objects of a kind in a namespace; an empty one means all of them.
    pub(super) fn list(group: &str, kind: &str, namespace: &str) -> Self {
        Self::List {
            group: group.to_owned(),
            kind: kind.to_owned(),
            namespace: Some(namespace.to_owned()).filter(|namespace| !namespace.is_empty()),
            labels: None,
            name: None,
        }
    }

    /// The warnings about an object, which was created and lives in a namespace.
    pub(super) fn warnings(about: &DynamicObject) -> Option<Self> {
        let namespace = about.metadata.namespace.clone()?;
        Some(Self::Warnings { namespace, uid: about.metadata.uid.clone()? })
    }

    /// All events of a namespace.
    fn events(namespace: &str) -> Self {
        Self::list("", "Event", namespace)
    }

    /// Those of them with these labels.
    pub(super) fn labelled(mut self, selector: &str) -> Self {
        if let Self::List { labels, .. } = &mut self {
            *labels = Some(selector.to_owned());
        }
        self
    }

    /// Those of them with this name.
    pub(super) fn named(mut self, wanted: &str) -> Self {
        if let Self::List { name, .. } = &mut self {
            *name = Some(wanted.to_owned());
        }
        self
    }
}

/// `get Pod apps/web-1`, `list Pods in namespace apps`: completes "cannot …".
impl fmt::Display for Ask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(subject) | Self::Presence(subject) => write!(f, "get {subject}"),
            Self::Warnings { namespace, .. } => Self::events(namespace).fmt(f),
            Self::List { kind, namespace: Some(namespace), .. } => {
                write!(f, "list {} in namespace {namespace}", plural(kind))
            }
            Self::List { kind, namespace: None, .. } => write!(f, "list {}", plural(kind)),
        }
    }
}

/// Several objects of a kind, as people say it.
fn plural(kind: &str) -> String {
    match kind.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ if kind.ends_with(['s', 'x']) => format!("{kind}es"),
        _ => format!("{kind}s"),
    }
}

/// Why something was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The cluster does not serve the kind.
    NotServed,
    /// It is not allowed.
    Forbidden,
    /// It failed, in these words.
    Failed(String),
    /// There was no time left.
    Late,
}

/// What came of reading: the objects, none where one was asked for and is not there.
pub type Answer = Result<Vec<DynamicObject>, Refusal>;

/// Everything that was read so far.
#[derive(Debug, Default)]
pub struct Facts {
    answers: HashMap<Ask, Answer>,
    /// Nothing more is read.
    is_closed: bool,
}

impl Facts {
    /// What is known of `ask`; nothing when it has not been read yet.
    pub(super) fn get(&self, ask: &Ask) -> Option<&Answer> {
        const LATE: &Answer = &Err(Refusal::Late);
        let known = self.answers.get(ask).or_else(|| match ask {
            // Among all events of the namespace are those about one object.
            Ask::Warnings { namespace, .. } => self.answers.get(&Ask::events(namespace)),
            _ => None,
        });
        known.or_else(|| self.is_closed.then_some(LATE))
    }

    /// Adds what came of reading.
    pub fn learn(&mut self, ask: Ask, answer: Answer) {
        self.answers.insert(ask, answer);
    }

    /// Nothing more will be read.
    pub fn close(&mut self) {
        self.is_closed = true;
    }

    /// How many reads there were.
    #[must_use]
    pub fn len(&self) -> usize {
        self.answers.len()
    }

    /// Whether nothing has been read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }
}

/// The reads that answer what is wanted: where the warnings about several objects of a namespace are, all of
/// its events are read at once.
#[must_use]
pub fn reads(wanted: BTreeSet<Ask>) -> BTreeSet<Ask> {
    let mut beside: BTreeMap<String, usize> = BTreeMap::new();
    for ask in &wanted {
        if let Ask::Warnings { namespace, .. } = ask {
            *beside.entry(namespace.clone()).or_default() += 1;
        }
    }
    let read = |ask| match &ask {
        Ask::Warnings { namespace, .. } if beside[namespace] >= WORTH_A_LIST => {
            Ask::events(namespace)
        }
        _ => ask,
    };
    wanted.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_done_reads_like_a_sentence() {
        let repository = Subject::new("source.toolkit.fluxcd.io", "GitRepository", "a", "fleet");
        for (ask, words) in [
            (Ask::list("", "Pod", "apps"), "list Pods in namespace apps"),
            (Ask::Object(repository), "get GitRepository a/fleet"),
            (Ask::list("apps", "Deployment", "").named("web"), "list Deployments"),
        ] {
            assert_eq!(ask.to_string(), words);
        }
        assert_eq!(plural("GitRepository"), "GitRepositories");
        assert_eq!(plural("Ingress"), "Ingresses");
        assert_eq!(plural("Gateway"), "Gateways");
    }

    #[test]
    fn the_events_of_a_namespace_are_read_at_once_where_many_are_wanted() {
        let warnings = |uid: &str| Ask::Warnings { namespace: "a".into(), uid: uid.into() };
        let pods = Ask::list("", "Pod", "a");
        let two: BTreeSet<Ask> = [warnings("1"), warnings("2"), pods.clone()].into();
        assert_eq!(reads(two.clone()), two);
        let three = two.into_iter().chain([warnings("3")]).collect();
        assert_eq!(reads(three), [Ask::events("a"), pods].into());
        let mut facts = Facts::default();
        facts.learn(Ask::events("a"), Ok(Vec::new()));
        assert_eq!(facts.get(&warnings("1")), Some(&Ok(Vec::new())));
        assert_eq!(facts.get(&Ask::Warnings { namespace: "b".into(), uid: "1".into() }), None);
    }

    #[test]
    fn when_the_time_is_over_what_was_not_read_is_late() {
        let mut facts = Facts::default();
        let (read, unread) = (Ask::list("", "Pod", "a"), Ask::list("", "Event", "a"));
        facts.learn(read.clone(), Ok(Vec::new()));
        assert_eq!(facts.get(&unread), None);
        facts.close();
        assert_eq!(facts.get(&unread), Some(&Err(Refusal::Late)));
        assert_eq!(facts.get(&read), Some(&Ok(Vec::new())));
    }
}
