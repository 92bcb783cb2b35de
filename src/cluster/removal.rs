//! Finalizers taken away, objects deleted, and waited for until they are gone.

use std::fmt;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use kube::api::{
    DeleteParams, DynamicObject, Patch, PatchParams, Preconditions, PropagationPolicy,
};
use kube::core::{ApiResource, GroupVersionKind};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::backoff::patiently;
use super::list::Scope;
use super::wait::{News, Patience, Step};
use super::watch::Subject;
use super::{Cluster, FIELD_MANAGER};
use crate::error::{Class, Explain as _, class_of};
use crate::kinds::view::{name, title};

/// How often an object is looked at anew because it has changed meanwhile.
const ATTEMPTS: usize = 8;

/// How long something may be on its way out before what holds it is looked for, and between two looks.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// How long somebody else's finalizer may take before it is called stuck.
const HELD_BUDGET: Duration = Duration::from_secs(10);

/// The finalizer of an object whose dependents go first; the cluster's own garbage collector runs it.
const FOREGROUND: &str = "foregroundDeletion";

/// Holders that are named.
const NAMED: usize = 5;

/// How an object is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removal {
    /// The cluster says what it would do, and does nothing.
    pub dry_run: bool,
    /// What the object owns goes first, so that it is gone when the object is.
    pub dependents_first: bool,
}

/// What a deletion led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removed {
    /// The object is gone.
    Gone,
    /// It is on its way out.
    Leaving,
}

impl Cluster {
    /// Deletes an object of a built-in kind, and only this one: another one in its place stays. What is
    /// gone already is gone.
    ///
    /// # Errors
    /// [`Class::Conflict`] when another object has its name now; those of [`super::failure`].
    pub async fn remove(&self, object: &DynamicObject, removal: Removal) -> Result<Removed> {
        let resource = resource_of(object)?;
        let same = Preconditions { uid: object.metadata.uid.clone(), resource_version: None };
        let removed = self.send_deletion(&resource, object, removal, same).await;
        removed.map_err(|error| self.failure(error, &format!("delete {}", title(object))))
    }

    async fn send_deletion(
        &self,
        resource: &ApiResource,
        object: &DynamicObject,
        removal: Removal,
        preconditions: Preconditions,
    ) -> kube::Result<Removed> {
        let api = self.api(resource, object.metadata.namespace.as_deref());
        let parameters = DeleteParams {
            dry_run: removal.dry_run,
            propagation_policy: removal.dependents_first.then_some(PropagationPolicy::Foreground),
            preconditions: Some(preconditions),
            ..DeleteParams::default()
        };
        match patiently(|| api.delete(name(object), &parameters)).await {
            Ok(answer) if answer.is_left() => Ok(Removed::Leaving),
            Ok(_) => Ok(Removed::Gone),
            Err(error) if code_of(&error) == Some(404) => Ok(Removed::Gone),
            Err(error) => Err(error),
        }
    }

    /// Takes Flux's finalizers from a custom object, so that its deletion deletes nothing else. Those of
    /// others stay.
    ///
    /// Returns the object as it is then; nothing when it is gone.
    ///
    /// # Errors
    /// [`Class::Conflict`] when it changes all the time; those of [`super::failure`].
    pub async fn release(
        &self,
        resource: &ApiResource,
        object: &DynamicObject,
        dry_run: bool,
    ) -> Result<Option<DynamicObject>> {
        let act = || format!("take the finalizers from {}", title(object));
        let api = self.api(resource, object.metadata.namespace.as_deref());
        let parameters = PatchParams {
            dry_run,
            field_manager: Some(FIELD_MANAGER.to_owned()),
            ..PatchParams::default()
        };
        let mut current = object.clone();
        for _ in 0..ATTEMPTS {
            let Some(patch) = without_flux_finalizers(&current) else { return Ok(Some(current)) };
            let patch = Patch::Merge(patch);
            match patiently(|| api.patch_metadata(name(object), &parameters, &patch)).await {
                Ok(freed) => current.metadata = freed.metadata,
                Err(error) if code_of(&error) == Some(404) => return Ok(None),
                Err(error) if code_of(&error) != Some(409) => {
                    return Err(self.failure(error, &act()));
                }
                Err(_) => match patiently(|| api.get_metadata_opt(name(object))).await {
                    Ok(Some(found)) => current.metadata = found.metadata,
                    Ok(None) => return Ok(None),
                    Err(error) => return Err(self.failure(error, &act())),
                },
            }
        }
        Err(anyhow!("cannot {}: it changes all the time", act()).class(Class::Conflict))
    }

    /// Deletes a custom object in the moment in which it has none of Flux's finalizers: the controllers of
    /// another Flux, which would delete what it has applied, may put them back at any time.
    ///
    /// # Errors
    /// Those of [`Self::release`].
    pub async fn detach(
        &self,
        resource: &ApiResource,
        object: &DynamicObject,
        dry_run: bool,
    ) -> Result<()> {
        let removal = Removal { dry_run, dependents_first: false };
        let mut current = object.clone();
        for _ in 0..ATTEMPTS {
            let Some(freed) = self.release(resource, &current, dry_run).await? else {
                return Ok(());
            };
            let resource_version = freed.metadata.resource_version.clone().filter(|_| !dry_run);
            let as_it_is = Preconditions { uid: freed.metadata.uid.clone(), resource_version };
            match self.send_deletion(resource, &freed, removal, as_it_is).await {
                Ok(_) => return Ok(()),
                Err(error) if code_of(&error) == Some(409) => {}
                Err(error) => {
                    return Err(self.failure(error, &format!("delete {}", title(object))));
                }
            }
            let namespace = object.metadata.namespace.as_deref();
            match self.get(resource, namespace, name(object)).await? {
                Some(found) => current.metadata = found.metadata,
                None => return Ok(()),
            }
        }
        let what = title(object);
        Err(anyhow!("cannot delete {what}: it changes all the time").class(Class::Conflict))
    }

    /// Waits until an object that was deleted is gone; another one in its place does not count.
    ///
    /// # Errors
    /// [`Class::Failed`] when finalizers of somebody else hold it for too long, naming them;
    /// [`Class::TimedOut`]; those of [`super::failure`].
    pub async fn await_removed(
        &self,
        object: &DynamicObject,
        patience: &Patience<'_>,
    ) -> Result<()> {
        let what = title(object);
        let subject = Subject::Resource(resource_of(object)?);
        let scope = Scope { namespace: object.metadata.namespace.clone(), ..Scope::default() };
        let scope = scope.named(name(object));
        let uid = object.metadata.uid.as_deref();
        let mut held: Option<(Instant, Holders)> = None;
        loop {
            let look_at = Instant::now() + LOOK_EVERY;
            let decide = |found: Option<&DynamicObject>, now| judge(found, uid, now, look_at);
            let scope = scope.clone();
            match self.wait_for_subject(subject.clone(), scope, &what, patience, decide).await {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(error) if class_of(&error) == Class::TimedOut => {
                    let error = patience.deadline.expired(&format!("{what} to be gone"));
                    return Err(blame(error, &what, held.map(|(_, holders)| holders)));
                }
                Err(error) => return Err(error),
            }
            let holders = self.holders(object).await?;
            held = match (holders.0.is_empty(), held) {
                (true, _) => None,
                (false, Some((since, _))) if since.elapsed() >= HELD_BUDGET => {
                    return Err(anyhow!("{what} is not gone: held by {holders}"));
                }
                (false, Some((since, _))) => Some((since, holders)),
                (false, None) => {
                    (patience.news)(News::HeldUp(&format!("{what} is held by {holders}")));
                    Some((Instant::now(), holders))
                }
            };
        }
    }

    /// What keeps a deleted object there: finalizers that have not run, its own or of what goes with it.
    async fn holders(&self, object: &DynamicObject) -> Result<Holders> {
        let resource = resource_of(object)?;
        let namespace = object.metadata.namespace.as_deref();
        let Some(found) = self.get(&resource, namespace, name(object)).await? else {
            return Ok(Holders::default());
        };
        let mut candidates = match resource.kind.as_str() {
            "CustomResourceDefinition" => {
                let found = DynamicObject { types: object.types.clone(), ..found.clone() };
                let custom = self.custom_objects([&found]).await?;
                custom.into_iter().flat_map(|custom| custom.objects).collect()
            }
            "Namespace" => self.contents(name(object)).await?,
            _ => Vec::new(),
        };
        // A CRD's own finalizer is the cluster's, and waits for the objects.
        if candidates.is_empty() && resource.kind != "CustomResourceDefinition" {
            candidates.push(DynamicObject { types: object.types.clone(), ..found });
        }
        Ok(Holders(candidates.iter().filter_map(holder).collect()))
    }
}

/// Objects with finalizers that have not run, each with these.
#[derive(Debug, Default)]
struct Holders(Vec<String>);

impl fmt::Display for Holders {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0[..self.0.len().min(NAMED)].join(", "))?;
        match self.0.len().checked_sub(NAMED) {
            None | Some(0) => Ok(()),
            Some(more) => write!(f, " and {more} more"),
        }
    }
}

fn holder(object: &DynamicObject) -> Option<String> {
    let finalizers = object.metadata.finalizers.iter().flatten();
    let finalizers: Vec<&str> =
        finalizers.map(String::as_str).filter(|finalizer| *finalizer != FOREGROUND).collect();
    match finalizers.is_empty() {
        true => None,
        false => Some(format!("{} ({})", title(object), finalizers.join(", "))),
    }
}

/// An expired clock is told with what holds the object, where that is known.
fn blame(error: anyhow::Error, what: &str, holders: Option<Holders>) -> anyhow::Error {
    match holders {
        Some(holders) => error.context(format!("{what} is not gone: held by {holders}")),
        None => error,
    }
}

/// Whether the object with this uid is gone; decided no later than `look_at`.
fn judge(
    found: Option<&DynamicObject>,
    uid: Option<&str>,
    now: Instant,
    look_at: Instant,
) -> Step<bool> {
    match found {
        Some(found) if found.metadata.uid.as_deref() == uid => {}
        Some(_) | None => return Step::Done(true),
    }
    if now >= look_at {
        return Step::Done(false);
    }
    Step::Wait { why: "it is being deleted".to_owned(), until: Some(look_at) }
}

/// How an object of a built-in kind is addressed.
fn resource_of(object: &DynamicObject) -> Result<ApiResource> {
    let types = object.types.as_ref().context("an object without a kind")?;
    Ok(ApiResource::from_gvk(&GroupVersionKind::try_from(types)?))
}

/// The patch that leaves an object without Flux's finalizers, if it has any. It says which version it was
/// decided on.
fn without_flux_finalizers(object: &DynamicObject) -> Option<Value> {
    let all = object.metadata.finalizers.as_deref().unwrap_or_default();
    let kept: Vec<&String> = all.iter().filter(|finalizer| !is_flux_finalizer(finalizer)).collect();
    if kept.len() == all.len() {
        return None;
    }
    let finalizers = if kept.is_empty() { Value::Null } else { json!(kept) };
    let version = &object.metadata.resource_version;
    Some(json!({"metadata": {"finalizers": finalizers, "resourceVersion": version}}))
}

/// Whether one of Flux's controllers runs a finalizer: `finalizers.fluxcd.io`.
fn is_flux_finalizer(finalizer: &str) -> bool {
    let domain = finalizer.split('/').next().unwrap_or_default();
    domain == "fluxcd.io" || domain.ends_with(".fluxcd.io")
}

/// Whether [`Cluster::release`] has something to take from an object.
#[must_use]
pub fn has_flux_finalizer(object: &DynamicObject) -> bool {
    object.metadata.finalizers.iter().flatten().any(|finalizer| is_flux_finalizer(finalizer))
}

fn code_of(error: &kube::Error) -> Option<u16> {
    match error {
        kube::Error::Api(status) => Some(status.code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::view::tests::object;

    fn with_finalizers(finalizers: &Value) -> DynamicObject {
        object(json!({"kind": "Kustomization", "apiVersion": "v1", "metadata": {
            "name": "apps", "namespace": "flux-system", "uid": "u1", "resourceVersion": "7",
            "finalizers": finalizers}}))
    }

    #[test]
    fn only_fluxs_own_finalizers_are_taken() {
        let ours = "finalizers.fluxcd.io";
        for (present, left) in [
            (json!([]), None),
            (json!(["example.com/hold", "notfluxcd.io/x"]), None),
            (json!([ours]), Some(Value::Null)),
            (json!([ours, "example.com/hold"]), Some(json!(["example.com/hold"]))),
        ] {
            let object = with_finalizers(&present);
            let patch = without_flux_finalizers(&object);
            assert_eq!(has_flux_finalizer(&object), left.is_some(), "{present}");
            let patched = patch.map(|patch| {
                assert_eq!(patch["metadata"]["resourceVersion"], "7");
                patch["metadata"]["finalizers"].clone()
            });
            assert_eq!(patched, left, "{present}");
        }
    }

    #[test]
    fn an_object_is_gone_when_another_one_has_its_name() {
        let found = with_finalizers(&json!([]));
        let now = Instant::now();
        let later = now + LOOK_EVERY;
        assert!(matches!(judge(Some(&found), Some("u1"), now, later), Step::Wait { .. }));
        assert!(matches!(judge(Some(&found), Some("u1"), later, later), Step::Done(false)));
        assert!(matches!(judge(Some(&found), Some("u0"), now, later), Step::Done(true)));
        assert!(matches!(judge(None, Some("u1"), now, later), Step::Done(true)));
    }

    #[test]
    fn the_clusters_own_finalizer_for_dependents_holds_nothing_up() {
        assert_eq!(holder(&with_finalizers(&json!([FOREGROUND]))), None);
        let held = with_finalizers(&json!(["example.com/hold"]));
        let told = Holders(holder(&held).into_iter().collect());
        assert_eq!(told.to_string(), "Kustomization flux-system/apps (example.com/hold)");
        let many = Holders((0..7).map(|number| number.to_string()).collect());
        assert_eq!(many.to_string(), "0, 1, 2, 3, 4 and 2 more");
    }
}
