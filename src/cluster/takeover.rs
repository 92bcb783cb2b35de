//! Objects applied in the user's name: fields that a command line wrote are taken over, those of a
//! controller are left alone.
//!
//! `flux create`, `kubectl edit` and an earlier nigari are the same person at work; a controller would put
//! its own values back, and neither would win.

use anyhow::{Result, anyhow};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use kube::api::DynamicObject;
use kube::core::GroupVersionKind;
use kube::core::Status;

use super::apply::{Applied, ApplyOptions, is_same, not_served};
use super::discovery::ServedResource;
use super::preview::Preview;
use super::wait::Patience;
use super::{Cluster, FIELD_MANAGER};
use crate::error::{Class, Explain as _};
use crate::kinds;
use crate::kinds::view::title;
use crate::plans::approval::refuse_armed;

/// Dry runs that are under way at the same time.
const AT_ONCE: usize = 8;

/// An object after it was applied.
#[derive(Clone, Debug)]
pub struct Written {
    /// What was done.
    pub applied: Applied,
    /// The object as it is now.
    pub object: DynamicObject,
}

/// An object that somebody wants.
#[derive(Clone, Copy)]
pub struct Desired<'a> {
    /// What it is to say.
    pub object: &'a DynamicObject,
    /// Fields in it, as JSON pointers, that nobody asked for: one that is there keeps what it has.
    pub assumed: &'a [&'static str],
}

impl Desired<'_> {
    /// The object as it is wanted of the one that is there.
    fn beside(&self, live: &DynamicObject) -> DynamicObject {
        let mut object = self.object.clone();
        for pointer in self.assumed {
            let (from, to) = (live.data.pointer(pointer), object.data.pointer_mut(pointer));
            if let (Some(from), Some(to)) = (from, to) {
                to.clone_from(from);
            }
        }
        object
    }
}

impl Cluster {
    /// Creates an object, or gives the fields that it says to the one that is there; what others have said of
    /// that stays. One that is as wanted is not written.
    ///
    /// A kind of Flux is written in the version that the cluster serves.
    ///
    /// # Errors
    /// [`Class::Conflict`] without `force` when a controller owns a field that would change;
    /// [`Class::NotInstalled`]; those of [`super::failure`].
    pub async fn create_or_configure(&self, desired: Desired<'_>, force: bool) -> Result<Written> {
        let (object, served) = self.as_served(desired.object).await?;
        let Some(live) = self.live(&object, &served).await? else {
            let created = self.patch(&object, &served, &options(force), false).await?;
            return Ok(Written { applied: Applied::Created, object: created });
        };
        let object = Desired { object: &object, ..desired }.beside(&live);
        let (options, wanted) = self.try_out(&object, &served, force).await?;
        if is_same(&live, &wanted) {
            return Ok(Written { applied: Applied::Unchanged, object: live });
        }
        if !force {
            refuse_armed(&live)?;
        }
        let configured = self.patch(&object, &served, &options, false).await?;
        Ok(Written { applied: Applied::Configured, object: configured })
    }

    /// Asks the server what [`Self::create_or_configure`] would do, in the order of `objects`.
    ///
    /// # Errors
    /// Those of [`Self::create_or_configure`].
    pub async fn preview_creation(
        &self,
        objects: &[Desired<'_>],
        force: bool,
        patience: &Patience<'_>,
    ) -> Result<Vec<Preview>> {
        self.preview_creation_after(&[], objects, force, patience).await
    }

    /// The same for when `before` will have been applied: its namespaces and kinds need not be there yet.
    ///
    /// # Errors
    /// Those of [`Self::create_or_configure`].
    pub async fn preview_creation_after(
        &self,
        before: &[DynamicObject],
        objects: &[Desired<'_>],
        force: bool,
        patience: &Patience<'_>,
    ) -> Result<Vec<Preview>> {
        let all = before.iter().chain(objects.iter().map(|desired| desired.object));
        let all: Vec<DynamicObject> = all.cloned().collect();
        let all = &all;
        let work = objects.iter().map(|desired| async move {
            if !before.is_empty() && self.served_for(desired.object).await?.is_none() {
                return self.preview_one(desired.object, &options(force), all).await;
            }
            let (object, served) = self.as_served(desired.object).await?;
            let Some(live) = self.live(&object, &served).await? else {
                return self.preview_one(&object, &options(force), all).await;
            };
            let object = Desired { object: &object, ..*desired }.beside(&live);
            let (options, _) = self.try_out(&object, &served, force).await?;
            self.preview_one(&object, &options, all).await
        });
        let work = stream::iter(work).buffered(AT_ONCE).try_collect();
        patience.deadline.within("the server's dry run", work).await
    }

    /// The object in a version that the cluster serves, and how it is addressed.
    pub(super) async fn as_served(
        &self,
        object: &DynamicObject,
    ) -> Result<(DynamicObject, ServedResource)> {
        if let Some(served) = self.served_for(object).await? {
            return Ok((object.clone(), served));
        }
        let types = object.types.clone().unwrap_or_default();
        let kind = kinds::of_api_kind(&types.kind).ok_or_else(|| not_served(object))?;
        let resource = self.installed(kind).await?;
        let gvk = GroupVersionKind::gvk(&resource.group, &resource.version, &resource.kind);
        let served = self.served_resource(&gvk).await?.ok_or_else(|| not_served(object))?;
        let mut object = object.clone();
        object.types = Some(super::list::types_of(&resource));
        Ok((object, served))
    }

    /// What the object would become, and how it has to be applied for that.
    async fn try_out(
        &self,
        object: &DynamicObject,
        served: &ServedResource,
        force: bool,
    ) -> Result<(ApplyOptions, DynamicObject)> {
        let mut options = options(force);
        match self.try_patch(object, served, &options, true).await {
            Ok(wanted) => return Ok((options, wanted)),
            Err(kube::Error::Api(status)) if status.code == 409 => {
                let conflicts = conflicts(&status);
                if let Some(error) = foreign_owner(object, &conflicts) {
                    return Err(error);
                }
                if conflicts.is_empty() {
                    return Err(self.refused(object, kube::Error::Api(status)));
                }
            }
            Err(error) => return Err(self.refused(object, error)),
        }
        options.force = true;
        let wanted = self.patch(object, served, &options, true).await?;
        Ok((options, wanted))
    }
}

fn options(force: bool) -> ApplyOptions {
    ApplyOptions { field_manager: FIELD_MANAGER.to_owned(), force }
}

/// A field that somebody else wrote.
#[derive(Debug, PartialEq, Eq)]
struct Conflict {
    manager: String,
    field: String,
}

/// The conflicts that a refused apply names.
///
/// Source: Kubernetes API server, `NewConflictError`: `conflict with "manager" using …`.
fn conflicts(status: &Status) -> Vec<Conflict> {
    let causes = status.details.iter().flat_map(|details| &details.causes);
    let conflicts = causes.filter(|cause| cause.reason == "FieldManagerConflict");
    conflicts
        .map(|cause| Conflict {
            manager: cause.message.split('"').nth(1).unwrap_or_default().to_owned(),
            field: cause.field.clone(),
        })
        .collect()
}

/// The refusal where not only command lines have written the fields.
fn foreign_owner(object: &DynamicObject, conflicts: &[Conflict]) -> Option<anyhow::Error> {
    let foreign = |conflict: &&Conflict| !is_command_line(&conflict.manager);
    let owner = &conflicts.iter().find(foreign)?.manager;
    let fields = conflicts.iter().filter(|conflict| conflict.manager == *owner);
    let fields: Vec<&str> = fields.map(|conflict| conflict.field.as_str()).collect();
    let (what, fields) = (title(object), fields.join(", "));
    let error = anyhow!("cannot change {what}: {owner} manages {fields}").class(Class::Conflict);
    Some(error.hint(format!(
        "change it where {owner} takes it from, or take the fields over with --force"
    )))
}

/// Whether somebody at a command line has written it: with nigari, with Flux's, with kubectl.
pub(super) fn is_command_line(manager: &str) -> bool {
    matches!(manager, FIELD_MANAGER | "flux" | "before-first-apply")
        || manager.starts_with("kubectl")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::class_of;
    use crate::kinds::view::tests::object;

    fn refusal(causes: &[(&str, &str)]) -> Status {
        let causes: Vec<_> = causes
            .iter()
            .map(|(manager, field)| {
                json!({"reason": "FieldManagerConflict", "field": field,
                    "message": format!("conflict with \"{manager}\" using v1 at 2026-01-01T00:00:00Z")})
            })
            .collect();
        serde_json::from_value(json!({
            "status": "Failure", "reason": "Conflict", "code": 409, "message": "Apply failed",
            "details": {"causes": causes},
        }))
        .expect("a Status")
    }

    #[test]
    fn what_nobody_asked_for_stays_as_it_is() {
        let wanted = object(json!({"spec": {"interval": "1m0s", "path": "./b", "prune": false}}));
        let assumed = &["/spec/interval", "/spec/prune", "/spec/wait"];
        let desired = Desired { object: &wanted, assumed };
        for (live, expected) in [
            (
                json!({"interval": "7m0s", "path": "./a", "prune": true, "wait": true}),
                json!({"interval": "7m0s", "path": "./b", "prune": true}),
            ),
            (json!({"path": "./a"}), json!({"interval": "1m0s", "path": "./b", "prune": false})),
        ] {
            assert_eq!(desired.beside(&object(json!({"spec": live}))).data["spec"], expected);
        }
    }

    fn judged(causes: &[(&str, &str)]) -> Option<anyhow::Error> {
        foreign_owner(&object(json!({})), &conflicts(&refusal(causes)))
    }

    #[test]
    fn what_command_lines_wrote_is_taken_over() {
        for manager in ["flux", "nigari", "kubectl-edit", "kubectl-client-side-apply", "kubectl"] {
            assert!(judged(&[(manager, ".spec.path")]).is_none(), "{manager}");
        }
    }

    #[test]
    fn what_a_controller_wrote_is_not() {
        let error = judged(&[
            ("flux", ".spec.interval"),
            ("kustomize-controller", ".spec.path"),
            ("kustomize-controller", ".spec.prune"),
        ])
        .expect("a refusal");
        assert_eq!(class_of(&error), Class::Conflict);
        assert_eq!(
            error.to_string(),
            "cannot change object flux-system/apps: kustomize-controller manages .spec.path, .spec.prune"
        );
        assert!(judged(&[("", ".spec.path")]).is_some());
    }
}
