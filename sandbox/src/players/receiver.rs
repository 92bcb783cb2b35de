//! Plays notification-controller, as far as it writes anything: Receiver objects. Providers and Alerts
//! have no status, and nothing is sent or received here.
//!
//! Source: notification-controller, `internal/controller/receiver_controller.go` and
//! `api/v1/receiver_types.go`. Filters and OpenID Connect are not played.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use futures::FutureExt as _;
use futures::future::BoxFuture;
use kube::api::DynamicObject;
use kube::core::ApiResource;
use kube::{Api, Client};
use serde_json::{Value, json};

use super::conditions::{READY, RECONCILING, STALLED, SUCCEEDED};
use super::controller::{Change, Key, Next, Queue, Reconcile, Triggers, Troubles, run, watch};
use super::events::{Events, reference};
use super::files::sha256;
use super::object::{self, Tracked};
use super::{Pace, Stage, duration, source};

/// The Deployment that this player stands for.
pub(super) const CONTROLLER: &str = "notification-controller";
const CRD: &str = "receivers.notification.toolkit.fluxcd.io";

fn receivers() -> ApiResource {
    object::resource("notification.toolkit.fluxcd.io", "Receiver", "receivers")
}

/// Runs the player.
pub(super) fn start(client: Client, stage: Stage, troubles: Troubles) -> BoxFuture<'static, ()> {
    let events = Events::new(client.clone(), CONTROLLER);
    let player = Receivers { client, events, pace: stage.pace };
    run(Arc::new(player), stage.pace, troubles).boxed()
}

struct Receivers {
    client: Client,
    events: Events,
    pace: Pace,
}

impl Reconcile for Receivers {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        let api: Api<DynamicObject> = Api::all_with(self.client.clone(), &receivers());
        let mut triggers = Triggers::default();
        let keys = move |change: Change<'_, DynamicObject>| match change {
            Change::Applied(object) if triggers.see(object) => vec![Key::of(object)],
            Change::Applied(_) | Change::Deleted(_) => Vec::new(),
        };
        vec![watch(api, Some((self.client.clone(), CRD)), self.pace, queue, keys)]
    }

    async fn reconcile(&self, key: Key) -> Result<Next> {
        let loaded = Tracked::load(&self.client, &receivers(), &key, CONTROLLER).await?;
        let Some(mut object) = loaded else { return Ok(Next::Wait) };
        let next = self.attempt(&mut object).await?;
        object.handle_request();
        if object.conditions.is(READY, "True") {
            object.conditions.remove(RECONCILING);
            object.observe_generation();
        } else if object.conditions.is(READY, "False") {
            object.conditions.will_retry();
        }
        object.save().await?;
        self.tell(&object, next).await;
        Ok(next)
    }
}

impl Receivers {
    async fn attempt(&self, object: &mut Tracked) -> Result<Next> {
        if object.is_deleted() {
            object.remove_finalizer();
            return Ok(Next::Wait);
        }
        if !object.has_finalizer() {
            object.add_finalizer();
            return Ok(Next::Now);
        }
        if object.is("/spec/suspend") {
            return Ok(Next::Wait);
        }
        let filters = object.at("/spec/resources").and_then(Value::as_array);
        let has_filter = filters.into_iter().flatten().any(|one| one["filter"].is_string())
            || object.str("/spec/resourceFilter").is_some();
        if has_filter || object.str("/spec/type") == Some("generic-oidc") {
            let problem = "the sandbox plays neither filters nor OpenID Connect";
            let message =
                format!("Reconciliation failed terminally due to configuration error: {problem}");
            object.conditions.set(READY, "False", "ValidationFailed", &message);
            object.conditions.set(STALLED, "True", "ValidationFailed", &message);
            object.observe_generation();
            return Ok(Next::Wait);
        }
        object.conditions.reconciling("Reconciliation in progress");
        Ok(match self.token(object).await? {
            Ok(token) => {
                let seed = format!("{token}{}{}", object.name(), object.namespace());
                let path = format!("/hook/{}", sha256(seed.as_bytes()));
                let message = format!("Receiver initialized for path: {path}");
                object.conditions.set(READY, "True", SUCCEEDED, &message);
                object.set_status("webhookPath", json!(path));
                Next::After(interval(object))
            }
            Err(problem) => {
                object.conditions.set(READY, "False", "TokenNotFound", &problem);
                object.set_status("webhookPath", Value::Null);
                Next::Retry
            }
        })
    }

    /// The token in the Secret; the inner error is the controller's message.
    async fn token(&self, object: &Tracked) -> Result<Result<String, String>> {
        let name = object.str("/spec/secretRef/name").unwrap_or_default();
        let path = format!("{}/{name}", object.namespace());
        let Some(secret) = source::secret(&self.client, object.namespace(), name).await? else {
            let missing = format!("secrets \"{name}\" not found");
            return Ok(Err(format!("unable to read token from secret '{path}' error: {missing}")));
        };
        let token = secret.data.unwrap_or_default().remove("token");
        let token = token.map(|token| String::from_utf8_lossy(&token.0).into_owned());
        Ok(token.ok_or_else(|| format!("invalid '{path}' secret data: required fields 'token'")))
    }

    async fn tell(&self, object: &Tracked, next: Next) {
        let ready = object.conditions.get(READY).map(|ready| ready.message.clone());
        let (kind, reason, message) = match (next, ready) {
            (Next::After(_), _) => {
                let pause = duration::format(interval(object));
                ("Normal", "Succeeded", format!("Reconciliation finished, next run in {pause}"))
            }
            (Next::Retry, Some(message)) => ("Warning", "Failed", message),
            _ => return,
        };
        let about = reference(object.object());
        self.events.record(&about, kind, reason, &message, BTreeMap::new()).await;
    }
}

fn interval(object: &Tracked) -> Duration {
    object.str("/spec/interval").and_then(duration::parse).unwrap_or(Duration::from_secs(600))
}
