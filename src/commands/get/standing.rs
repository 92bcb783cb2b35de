//! What the exit code says of the objects that are shown: `--exit-status`.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;

use crate::error::{Class, Explain as _};
use crate::kinds::readiness::State;
use crate::kinds::{Kind, ObjectRef};

/// How many objects a message names.
const NAMED: usize = 3;

/// The objects that are shown, and which of them are not as they should be.
#[derive(Debug, Default)]
pub(super) struct Standings(BTreeMap<ObjectRef, Standing>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Fine,
    /// READY is not `True`.
    NotReady,
    /// A plan waits for a person.
    Waiting,
}

impl Standings {
    /// Notes how it stands with an object now.
    pub(super) fn put(&mut self, reference: ObjectRef, kind: &Kind, object: &DynamicObject) {
        let standing = match (kind.readiness)(object).state {
            State::Waiting => Standing::Waiting,
            _ if kind.ready_cells(object).0 == "True" => Standing::Fine,
            _ => Standing::NotReady,
        };
        self.0.insert(reference, standing);
    }

    /// Forgets an object that is not shown any more.
    pub(super) fn remove(&mut self, reference: &ObjectRef) {
        self.0.remove(reference);
    }

    /// Adds those of another kind.
    pub(super) fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Fails if something is not ready, or else if something waits.
    ///
    /// # Errors
    /// [`Class::Failed`] or [`Class::Waiting`].
    pub(super) fn verdict(&self) -> Result<()> {
        for (standing, class, what) in [
            (Standing::NotReady, Class::Failed, ("is not ready", "are not ready")),
            (
                Standing::Waiting,
                Class::Waiting,
                ("waits for its plan's approval", "wait for their plans' approval"),
            ),
        ] {
            let concerned: Vec<_> = self
                .0
                .iter()
                .filter(|(_, is)| **is == standing)
                .map(|(object, _)| object)
                .collect();
            let named: Vec<_> = concerned.iter().take(NAMED).map(ToString::to_string).collect();
            let (of, named) = (self.0.len(), named.join(", "));
            match concerned.len() {
                0 => {}
                1 => return Err(anyhow!("{named} {}", what.0).class(class)),
                count if count > NAMED => {
                    return Err(
                        anyhow!("{count} of {of} objects {}: {named}, …", what.1).class(class)
                    );
                }
                count => {
                    return Err(anyhow!("{count} of {of} objects {}: {named}", what.1).class(class));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::class_of;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::terraform::TERRAFORM;
    use crate::kinds::view::tests::object;

    fn named(
        name: &str,
        kind: &'static Kind,
        ready: &str,
        plan: &str,
    ) -> (ObjectRef, &'static Kind, DynamicObject) {
        let object = object(json!({"metadata": {"name": name, "namespace": "a"}, "status": {
            "plan": {"pending": plan},
            "conditions": [{"type": "Ready", "status": ready, "reason": "Any", "message": ""}]}}));
        (ObjectRef::of(kind, &object), kind, object)
    }

    #[test]
    fn what_is_not_ready_comes_before_what_waits() {
        let mut standings = Standings::default();
        let put = |standings: &mut Standings,
                   (reference, kind, object): (ObjectRef, &Kind, DynamicObject)| {
            standings.put(reference, kind, &object);
        };
        put(&mut standings, named("apps", &KUSTOMIZATION, "True", ""));
        assert!(standings.verdict().is_ok());
        put(&mut standings, named("vpc", &TERRAFORM, "Unknown", "plan-main-1"));
        let waiting = standings.verdict().unwrap_err();
        assert_eq!(class_of(&waiting), Class::Waiting);
        assert_eq!(waiting.to_string(), "Terraform a/vpc waits for its plan's approval");
        for name in ["b", "c", "d", "e"] {
            put(&mut standings, named(name, &KUSTOMIZATION, "False", ""));
        }
        let failed = standings.verdict().unwrap_err();
        assert_eq!(class_of(&failed), Class::Failed);
        let expected = "4 of 6 objects are not ready: Kustomization a/b, Kustomization a/c, Kustomization a/d, …";
        assert_eq!(failed.to_string(), expected);
        standings.remove(&named("b", &KUSTOMIZATION, "", "").0);
        assert!(standings.verdict().unwrap_err().to_string().starts_with("3 of 5"));
    }
}
