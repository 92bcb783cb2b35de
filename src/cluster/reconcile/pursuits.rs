//! The requests that are waited for, found by what concerns them: thousands of objects send an event each, and
//! none of these may look at all requests.

use std::collections::{BTreeMap, BTreeSet};

use tokio::time::Instant;

use super::many::Ask;
use super::pursuit::Pursuit;
use crate::kinds::ObjectRef;

/// A request that is waited for.
pub(super) struct Pursued {
    pub(super) pursuit: Pursuit,
    pub(super) ask: Ask,
    /// What is being waited for.
    pub(super) why: String,
    /// When to decide again even if nothing changes.
    until: Option<Instant>,
}

impl Pursued {
    pub(super) fn new(pursuit: Pursuit, ask: Ask) -> Self {
        Self { pursuit, ask, why: "requested".to_owned(), until: None }
    }
}

/// The requests that are waited for, by their objects.
#[derive(Default)]
pub(super) struct Pursuits {
    pursued: BTreeMap<ObjectRef, Pursued>,
    /// Which of them are about the revision of a source.
    by_source: BTreeMap<ObjectRef, BTreeSet<ObjectRef>>,
    /// When to decide again, the soonest first.
    due: BTreeSet<(Instant, ObjectRef)>,
}

impl Pursuits {
    /// Adds a request, in the place of another one of the same object.
    pub(super) fn insert(&mut self, object: &ObjectRef, pursued: Pursued) {
        self.remove(object);
        for source in &pursued.ask.sources {
            self.by_source.entry(source.clone()).or_default().insert(object.clone());
        }
        self.pursued.insert(object.clone(), pursued);
    }

    /// Takes a request away, which is over.
    pub(super) fn remove(&mut self, object: &ObjectRef) -> Option<Pursued> {
        self.put_off(object, None);
        let pursued = self.pursued.remove(object)?;
        for source in &pursued.ask.sources {
            if let Some(targets) = self.by_source.get_mut(source) {
                targets.remove(object);
                if targets.is_empty() {
                    self.by_source.remove(source);
                }
            }
        }
        Some(pursued)
    }

    pub(super) fn get(&self, object: &ObjectRef) -> Option<&Pursued> {
        self.pursued.get(object)
    }

    pub(super) fn get_mut(&mut self, object: &ObjectRef) -> Option<&mut Pursued> {
        self.pursued.get_mut(object)
    }

    /// Says when to decide again about a request even if nothing changes.
    pub(super) fn put_off(&mut self, object: &ObjectRef, until: Option<Instant>) {
        let Some(pursued) = self.pursued.get_mut(object) else { return };
        if let Some(old) = std::mem::replace(&mut pursued.until, until) {
            self.due.remove(&(old, object.clone()));
        }
        if let Some(until) = until {
            self.due.insert((until, object.clone()));
        }
    }

    /// When something is to be decided even if nothing changes.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.due.first().map(|(until, _)| *until)
    }

    /// The objects about which something is to be decided by now.
    pub(super) fn due(&self, now: Instant) -> Vec<ObjectRef> {
        let due = self.due.iter().take_while(|(until, _)| *until <= now);
        due.map(|(_, object)| object.clone()).collect()
    }

    /// The objects whose requests are about the revision of a source.
    pub(super) fn of_source(&self, source: &ObjectRef) -> Vec<ObjectRef> {
        self.by_source.get(source).into_iter().flatten().cloned().collect()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&ObjectRef, &Pursued)> {
        self.pursued.iter()
    }

    pub(super) fn first(&self) -> Option<(&ObjectRef, &Pursued)> {
        self.pursued.first_key_value()
    }

    pub(super) fn len(&self) -> usize {
        self.pursued.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pursued.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::cluster::reconcile::Request;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::view::tests::object;

    fn named(name: &str) -> ObjectRef {
        let (kind, namespace) = ("Kustomization".to_owned(), "a".to_owned());
        ObjectRef { kind, namespace, name: name.to_owned() }
    }

    fn pursued(name: &str, sources: &[&str]) -> Pursued {
        let present = object(json!({"metadata": {"name": name, "namespace": "a"}}));
        let request = Request::of_present(&KUSTOMIZATION, &present);
        let pursuit = Pursuit::new(request, Duration::ZERO, Instant::now());
        let sources = sources.iter().map(|source| named(source)).collect();
        Pursued::new(pursuit, Ask { sources, ..Ask::default() })
    }

    #[test]
    fn a_source_concerns_those_that_wait_for_its_revision() {
        let mut pursuits = Pursuits::default();
        for (name, sources) in [("x", &["s"][..]), ("y", &["s", "t"]), ("z", &[])] {
            pursuits.insert(&named(name), pursued(name, sources));
        }
        assert_eq!(pursuits.of_source(&named("s")), [named("x"), named("y")]);
        assert_eq!(pursuits.of_source(&named("z")), []);
        pursuits.insert(&named("x"), pursued("x", &["t"]));
        assert_eq!(pursuits.of_source(&named("s")), [named("y")]);
        assert!(pursuits.remove(&named("y")).is_some() && pursuits.remove(&named("y")).is_none());
        assert_eq!(pursuits.of_source(&named("t")), [named("x")]);
        assert!(pursuits.by_source.len() == 1 && pursuits.len() == 2);
    }

    #[test]
    fn what_is_due_is_what_was_not_put_off() {
        let (mut pursuits, now) = (Pursuits::default(), Instant::now());
        let later = |seconds| Some(now + Duration::from_secs(seconds));
        for (name, seconds) in [("x", 3), ("y", 1), ("z", 2)] {
            pursuits.insert(&named(name), pursued(name, &[]));
            pursuits.put_off(&named(name), later(seconds));
        }
        assert_eq!(pursuits.next_due(), later(1));
        pursuits.put_off(&named("y"), later(9));
        assert_eq!(pursuits.due(now + Duration::from_secs(3)), [named("z"), named("x")]);
        pursuits.put_off(&named("z"), None);
        pursuits.remove(&named("x"));
        assert_eq!(pursuits.next_due(), later(9));
        assert!(pursuits.due(now).is_empty());
    }
}
