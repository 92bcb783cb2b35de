//! An object together with what is stored of its plan, all of one moment.

use std::time::Duration;

use anyhow::{Result, anyhow};
use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;
use serde_json::Value;
use tokio::time::sleep;

use crate::cluster::Cluster;
use crate::digest::Digest;
use crate::error::{Class, Explain as _};
use crate::kinds::plan::{Phase, PlanState};
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::name;
use crate::plans::stored::Stored;

/// How often everything is read again because the plan was being exchanged.
const ATTEMPTS: usize = 10;

/// How long the controller takes to exchange the few objects of a plan, and a little more.
const PAUSE: Duration = Duration::from_millis(500);

/// An object together with what is stored of its plan.
pub(super) struct PlannedObject {
    /// The object.
    pub(super) object: DynamicObject,
    /// What is stored of its plan.
    pub(super) stored: Stored,
}

impl PlannedObject {
    /// Reads all of it, and again when the plan changed in between: the controller deletes what is stored,
    /// stores anew, and only then says so in the status.
    ///
    /// # Errors
    /// [`Class::NotFound`], [`Class::NotInstalled`]; [`Class::Conflict`] when it is planned all the time;
    /// those of [`crate::cluster::failure`].
    pub(super) async fn read(cluster: &Cluster, namespace: &str, name: &str) -> Result<Self> {
        let mut object = cluster.find(&TERRAFORM, namespace, name).await?;
        for _ in 0..ATTEMPTS {
            let stored = cluster.stored_plan(&object).await?;
            let planned = Self { object, stored };
            let now = cluster.find(&TERRAFORM, namespace, name).await?;
            if moment(&planned.object) == moment(&now) && !planned.is_being_stored() {
                return Ok(Self { object: now, ..planned });
            }
            object = now;
            sleep(PAUSE).await;
        }
        let what =
            format!("Terraform {namespace}/{name}: its plan is being exchanged all the time");
        Err(anyhow!(what).class(Class::Conflict).hint("look at it with: nigari why terraform"))
    }

    /// Whether the store is ahead of the status, which follows in a moment: a plan that is pending has
    /// another id than the one that is stored, while the controller works.
    fn is_being_stored(&self) -> bool {
        let state = PlanState::of(&self.object);
        let stored = self.stored.plan.as_ref().map(|plan| plan.saved_plan.as_str());
        state.pending.is_some_and(|pending| stored.is_ok_and(|stored| stored != pending))
            && state.is_under_way()
    }

    /// The state of its plan.
    pub(super) fn state(&self) -> PlanState<'_> {
        PlanState::of(&self.object)
    }

    /// The digest of the plan file of the plan that waits; a dummy plan has none.
    pub(super) fn digest(&self) -> Option<Digest> {
        let plan = self.stored.plan.as_ref().ok().filter(|plan| !plan.is_dummy)?;
        (self.state().pending == Some(&plan.saved_plan)).then_some(plan.digest)
    }

    /// How long ago it was planned.
    pub(super) fn age(&self, now: Timestamp) -> Option<Duration> {
        age(&self.state(), now)
    }

    /// The name of the object.
    pub(super) fn name(&self) -> &str {
        name(&self.object)
    }
}

/// How long ago a plan was made; zero where the clocks disagree.
pub(super) fn age(state: &PlanState<'_>, now: Timestamp) -> Option<Duration> {
    let planned = state.planned_at?;
    Some(Duration::try_from(now.duration_since(planned)).unwrap_or_default())
}

/// What an object looks like to somebody who watches its plan.
pub(super) fn look(object: &DynamicObject) -> Look {
    let part = |pointer| object.data.pointer(pointer).cloned().unwrap_or_default();
    Look {
        phase: PlanState::of(object).phase,
        moment: moment(object),
        suspend: part("/spec/suspend"),
    }
}

/// See [`look`].
#[derive(PartialEq)]
pub(super) struct Look {
    phase: Phase,
    moment: Moment,
    suspend: Value,
}

/// What differs as soon as there is another plan.
#[derive(PartialEq)]
struct Moment {
    uid: Option<String>,
    generation: Option<i64>,
    parts: [Value; 5],
}

fn moment(object: &DynamicObject) -> Moment {
    let part = |pointer| object.data.pointer(pointer).cloned().unwrap_or_default();
    let parts = [
        "/spec/approvePlan",
        "/spec/storeReadablePlan",
        "/status/plan",
        "/status/lastPlanAt",
        "/status/lastPlannedRevision",
    ];
    Moment {
        uid: object.metadata.uid.clone(),
        generation: object.metadata.generation,
        parts: parts.map(part),
    }
}
