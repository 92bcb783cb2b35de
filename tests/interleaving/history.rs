//! Every version that the Terraform objects and their plan files ever had, in the order of the API server's
//! own versions. What was true at the moment of a write is read here, and not asked for beside it.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use flate2::read::GzDecoder;
use futures::StreamExt as _;
use k8s_openapi::api::core::v1::Secret;
use kube::api::{Api, DynamicObject, ListParams, WatchEvent, WatchParams};
use kube::{Client, Resource, ResourceExt as _};
use nigari::digest::Digest;
use nigari_test_support::infra::terraforms;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::world::{PLAN_SECRET, REWRITTEN};

/// A Terraform object at one of its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ObjectVersion {
    pub(crate) version: u64,
    pub(crate) uid: String,
    pub(crate) generation: i64,
    pub(crate) approval: Option<String>,
    pub(crate) pending: Option<String>,
    pub(crate) planned_at: Option<String>,
    pub(crate) planned_revision: Option<String>,
    pub(crate) is_gone: bool,
}

/// A plan file at one of its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlanVersion {
    pub(crate) version: u64,
    pub(crate) id: String,
    pub(crate) digest: String,
    /// What it would do; see [`content`].
    pub(crate) content: Value,
    /// Whether somebody else than the controller wrote it.
    pub(crate) is_rewritten: bool,
    pub(crate) is_gone: bool,
}

/// What happened in one namespace.
#[derive(Clone, Debug, Default)]
pub(crate) struct Past {
    pub(crate) objects: Vec<ObjectVersion>,
    pub(crate) plans: Vec<PlanVersion>,
}

impl Past {
    /// The plan file as it was at a version.
    pub(crate) fn plan_at(&self, version: u64) -> Option<&PlanVersion> {
        let before = self.plans.iter().take_while(|plan| plan.version <= version);
        before.last().filter(|plan| !plan.is_gone)
    }
}

/// The versions, as watches tell them.
#[derive(Clone, Default)]
pub(crate) struct History(Arc<Mutex<Log>>);

#[derive(Default)]
struct Log {
    past: BTreeMap<String, Past>,
    seen: BTreeMap<&'static str, u64>,
    trouble: Option<String>,
}

impl History {
    /// Writes down everything from now on.
    pub(crate) async fn follow(client: &Client) -> Self {
        let history = Self::default();
        let objects: Api<DynamicObject> = Api::all_with(client.clone(), &terraforms());
        let secrets: Api<Secret> = Api::all(client.clone());
        history
            .watch("objects", objects, |past, object, is_gone| {
                past.objects.push(object_version(object, is_gone));
            })
            .await;
        history
            .watch("plans", secrets, |past, secret, is_gone| {
                past.plans.extend(plan_version(secret, is_gone));
            })
            .await;
        history
    }

    /// What happened in a namespace until `end`, the versions of the last object and the last Secret.
    pub(crate) fn past(&self, namespace: &str) -> Past {
        self.log().past.get(namespace).cloned().unwrap_or_default()
    }

    /// Waits until everything was told up to these versions.
    pub(crate) async fn reach(&self, objects: u64, plans: u64) {
        loop {
            {
                let log = self.log();
                assert_eq!(log.trouble, None, "a watch was lost, and with it what it would tell");
                let seen = |watch| log.seen.get(watch).copied().unwrap_or_default();
                if seen("objects") >= objects && seen("plans") >= plans {
                    return;
                }
            }
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// The last version of an object that was told.
    pub(crate) fn seen(&self) -> u64 {
        self.log().seen.get("objects").copied().unwrap_or_default()
    }

    fn log(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn watch<K>(&self, name: &'static str, api: Api<K>, note: fn(&mut Past, &K, bool))
    where
        K: Resource + Clone + DeserializeOwned + std::fmt::Debug + Send + 'static,
    {
        let first = api.list(&ListParams::default().limit(500)).await.unwrap();
        let mut version = first.metadata.resource_version.unwrap();
        let history = self.clone();
        tokio::spawn(async move {
            let parameters = WatchParams::default().timeout(280);
            loop {
                let mut events = match api.watch(&parameters, &version).await {
                    Ok(events) => events.boxed(),
                    Err(error) => return history.log().trouble = Some(error.to_string()),
                };
                while let Some(event) = events.next().await {
                    match history.note(name, event, note) {
                        Ok(now) => version = now,
                        Err(trouble) => return history.log().trouble = Some(trouble),
                    }
                }
            }
        });
    }

    /// Notes an event; its version.
    fn note<K: Resource>(
        &self,
        name: &'static str,
        event: kube::Result<WatchEvent<K>>,
        note: fn(&mut Past, &K, bool),
    ) -> Result<String, String> {
        let (object, is_gone) = match event {
            Ok(WatchEvent::Added(object) | WatchEvent::Modified(object)) => (object, false),
            Ok(WatchEvent::Deleted(object)) => (object, true),
            Ok(WatchEvent::Bookmark(bookmark)) => return Ok(bookmark.metadata.resource_version),
            Ok(WatchEvent::Error(status)) => return Err(format!("{name}: {}", status.message)),
            Err(error) => return Err(format!("{name}: {error}")),
        };
        let mut log = self.log();
        let version = object.resource_version().unwrap_or_default();
        log.seen.insert(name, version.parse().unwrap());
        let namespace = object.namespace().unwrap_or_default();
        note(log.past.entry(namespace).or_default(), &object, is_gone);
        Ok(version)
    }
}

fn version_of(object: &impl kube::ResourceExt) -> u64 {
    object.resource_version().unwrap_or_default().parse().unwrap()
}

fn object_version(object: &DynamicObject, is_gone: bool) -> ObjectVersion {
    let text = |pointer: &str| {
        let value = object.data.pointer(pointer).and_then(Value::as_str);
        value.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    ObjectVersion {
        version: version_of(object),
        uid: object.uid().unwrap_or_default(),
        generation: object.metadata.generation.unwrap_or_default(),
        approval: text("/spec/approvePlan"),
        pending: text("/status/plan/pending"),
        planned_at: text("/status/lastPlanAt"),
        planned_revision: text("/status/lastPlannedRevision"),
        is_gone,
    }
}

/// A plan file that is stored in one piece; nothing for other Secrets.
pub(crate) fn plan_version(secret: &Secret, is_gone: bool) -> Option<PlanVersion> {
    if secret.name_any() != PLAN_SECRET {
        return None;
    }
    let plan = unpacked(secret);
    Some(PlanVersion {
        version: version_of(secret),
        id: secret.annotations().get("savedPlan").cloned().unwrap_or_default(),
        digest: Digest::of(&plan).to_string(),
        content: content(&plan),
        is_rewritten: secret.annotations().contains_key(REWRITTEN),
        is_gone,
    })
}

/// What a Secret stores, as it was before it was packed.
pub(crate) fn unpacked(secret: &Secret) -> Vec<u8> {
    let packed = &secret.data.as_ref().unwrap()["tfplan"].0;
    let mut plan = Vec::new();
    GzDecoder::new(packed.as_slice()).read_to_end(&mut plan).unwrap();
    plan
}

/// What a plan file would do, without when and upon which state it was made.
pub(crate) fn content(plan: &[u8]) -> Value {
    let plan: Value = serde_json::from_slice(plan).unwrap();
    json!([plan["is_destroy"], plan["changes"], plan["outputs"]])
}
