//! Plays image-reflector-controller and image-automation-controller.
//!
//! Source: image-reflector-controller and image-automation-controller, `internal/controller`, and
//! fluxcd/pkg, `runtime/reconcile/result.go` (what an outcome does to the status). Of Masterminds' and
//! Go's languages only what Rust's crates share with them is understood.

mod automation;
mod policy;
mod repository;
mod setters;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use futures::FutureExt as _;
use futures::future::{BoxFuture, join_all};
use kube::Client;
use kube::core::ApiResource;
use serde_json::Value;

use super::Stage;
use super::conditions::{Conditions, PROGRESSING, READY, RECONCILING, STALLED, SUCCEEDED};
use super::controller::{Key, Next, Troubles, run};
use super::events::{Events, reference};
use super::object::{self, Tracked};

/// The Deployment that reflects registries.
pub(super) const REFLECTOR: &str = "image-reflector-controller";
/// The Deployment that updates repositories.
pub(super) const AUTOMATION: &str = "image-automation-controller";
const GROUP: &str = "image.toolkit.fluxcd.io";

fn image(kind: &str, plural: &str) -> ApiResource {
    object::resource(GROUP, kind, plural)
}

/// Runs the reflector, with an empty database.
pub(super) fn start_reflector(
    client: Client,
    stage: Stage,
    troubles: Troubles,
) -> BoxFuture<'static, ()> {
    let (database, pace) = (Database::default(), stage.pace);
    let tools = || Tools::new(&client, &stage, REFLECTOR);
    let repositories = repository::Repositories { tools: tools(), database: database.clone() };
    let policies = policy::Policies { tools: tools(), database, users: Default::default() };
    let runs = [
        run(Arc::new(repositories), pace, troubles.clone()).boxed(),
        run(Arc::new(policies), pace, troubles).boxed(),
    ];
    join_all(runs).map(|_| ()).boxed()
}

/// Runs the automation.
pub(super) fn start_automation(
    client: Client,
    stage: Stage,
    troubles: Troubles,
) -> BoxFuture<'static, ()> {
    let pace = stage.pace;
    let player = automation::Automations { tools: Tools::new(&client, &stage, AUTOMATION) };
    run(Arc::new(player), pace, troubles).boxed()
}

/// What all of them work with.
struct Tools {
    client: Client,
    stage: Stage,
    events: Events,
}

impl Tools {
    fn new(client: &Client, stage: &Stage, controller: &'static str) -> Self {
        Self {
            client: client.clone(),
            stage: stage.clone(),
            events: Events::new(client.clone(), controller),
        }
    }

    /// Turns the end of an attempt into conditions and an event, and writes them.
    async fn conclude(&self, object: &mut Tracked, end: &End, before: &Conditions) -> Result<Next> {
        let next = finish(object, end);
        let was_ready = is_ready(before);
        let ready = object.conditions.get(READY).cloned();
        if let Some(ready) = ready.filter(|_| !matches!(end, End::Nothing(_))) {
            let last = before.get(READY).map(|ready| ready.message.clone());
            let is_news = !was_ready || last.as_ref() != Some(&ready.message);
            let kind = if is_ready(&object.conditions) { "Normal" } else { "Warning" };
            if kind == "Warning" || is_news {
                let about = reference(object.object());
                let (reason, message) = (&ready.reason, &ready.message);
                self.events.record(&about, kind, reason, message, BTreeMap::new()).await;
            }
        }
        object.handle_request();
        if object.conditions.is(STALLED, "True") || is_ready(&object.conditions) {
            object.observe_generation();
        }
        object.save().await?;
        Ok(next)
    }
}

fn is_ready(conditions: &Conditions) -> bool {
    let is_hindered = [STALLED, RECONCILING].iter().any(|kind| conditions.is(kind, "True"));
    conditions.is(READY, "True") && !is_hindered
}

/// The tags of scanned repositories; clones share them.
#[derive(Clone, Default)]
struct Database(Arc<Mutex<BTreeMap<Key, Vec<String>>>>);

impl Database {
    fn tags(&self, key: &Key) -> Vec<String> {
        let tags = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tags.get(key).cloned().unwrap_or_default()
    }

    fn set(&self, key: Key, tags: Vec<String>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, tags);
    }
}

/// How an attempt ended.
enum End {
    /// There was nothing to attempt: just when to look again.
    Nothing(Next),
    /// The message of Ready, and when to look again; with no pause, when something changes.
    Success(String, Option<Duration>),
    /// Reason and message of Stalled.
    Stalled(&'static str, String),
    /// Reason and message of Ready, and when to look again.
    Failure(&'static str, String, Next),
}

/// What `ResultFinalizer` does to the conditions.
fn finish(object: &mut Tracked, end: &End) -> Next {
    let conditions = &mut object.conditions;
    match end {
        End::Nothing(next) => *next,
        End::Success(message, pause) => {
            conditions.remove(RECONCILING);
            conditions.remove(STALLED);
            conditions.set(READY, "True", SUCCEEDED, message);
            pause.map_or(Next::Wait, Next::After)
        }
        End::Stalled(reason, message) => {
            conditions.remove(RECONCILING);
            conditions.set(STALLED, "True", reason, message);
            conditions.set(READY, "False", reason, message);
            Next::Wait
        }
        End::Failure(reason, message, next) => {
            conditions.remove(STALLED);
            conditions.set(READY, "False", reason, message);
            conditions.will_retry();
            *next
        }
    }
}

/// The steps that come before the work: deletion, finalizer, suspension; then says that it begins.
async fn begin(object: &mut Tracked) -> Result<Option<End>> {
    if object.is_deleted() {
        object.remove_finalizer();
        return Ok(Some(End::Nothing(Next::Wait)));
    }
    if !object.has_finalizer() {
        object.add_finalizer();
        return Ok(Some(End::Nothing(Next::Now)));
    }
    if object.is("/spec/suspend") {
        return Ok(Some(End::Nothing(Next::Wait)));
    }
    progress(object, "reconciliation in progress");
    let (last, generation) = (object.observed_generation(), object.generation());
    if last != generation {
        progress(object, &format!("processing object: new generation {last} -> {generation}"));
        object.save().await?;
    } else if object.requested_at().as_deref() != object.str("/status/lastHandledReconcileAt") {
        object.save().await?;
    }
    Ok(None)
}

fn progress(object: &mut Tracked, message: &str) {
    object.conditions.reconciling(message);
    let is_known = object.conditions.get(READY).is_some_and(|ready| ready.status != "Unknown");
    if !is_known {
        object.conditions.set(READY, "Unknown", PROGRESSING, message);
    }
}

/// A text field of the spec.
fn spec<'a>(object: &'a Value, field: &str) -> &'a str {
    object["spec"][field].as_str().unwrap_or_default()
}
