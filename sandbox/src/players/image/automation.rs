//! ImageUpdateAutomation objects: commits what the policies want.
//!
//! Pushes go to the branch that is checked out; another one, and templates in the message, are refused by
//! name.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::Result;
use futures::future::BoxFuture;
use kube::Api;
use kube::api::{DynamicObject, ListParams};
use serde_json::{Map, Value, json};

use super::super::conditions::now;
use super::super::controller::{Change, Key, Next, Queue, Reconcile, Triggers, watch};
use super::super::events::reference;
use super::super::files::{Files, normalize};
use super::super::git_server::Location;
use super::super::object::Tracked;
use super::super::source::fetch::{self, Checkout, Request};
use super::super::{duration, source};
use super::policy::image_policies;
use super::{AUTOMATION, End, Tools, begin, image, setters};

const CRD: &str = "imageupdateautomations.image.toolkit.fluxcd.io";
const UP_TO_DATE: &str = "repository up-to-date";
const MESSAGE: &str = "Update from image update automation";
const GIT_FAILED: &str = "GitOperationFailed";

pub(super) struct Automations {
    pub(super) tools: Tools,
}

impl Reconcile for Automations {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        let (client, pace) = (&self.tools.client, self.tools.stage.pace);
        let own: Api<DynamicObject> = Api::all_with(client.clone(), &resource());
        let mut triggers = Triggers::default();
        let keys = move |change: Change<'_, DynamicObject>| match change {
            Change::Applied(object) if triggers.see(object) => vec![Key::of(object)],
            Change::Applied(_) | Change::Deleted(_) => Vec::new(),
        };
        vec![watch(own, Some((client.clone(), CRD)), pace, queue, keys)]
    }

    async fn reconcile(&self, key: Key) -> Result<Next> {
        let loaded = Tracked::load(&self.tools.client, &resource(), &key, AUTOMATION).await?;
        let Some(mut object) = loaded else { return Ok(Next::Wait) };
        let before = object.conditions.clone();
        let end = match begin(&mut object).await? {
            Some(end) => end,
            None => self.attempt(&mut object).await?,
        };
        self.tools.conclude(&mut object, &end, &before).await
    }
}

fn resource() -> kube::core::ApiResource {
    image("ImageUpdateAutomation", "imageupdateautomations")
}

impl Automations {
    async fn attempt(&self, object: &mut Tracked) -> Result<End> {
        object.set_status("lastAutomationRunTime", json!(now()));
        let policies = self.policies(object).await?;
        let (target, checkout) = match self.check_out(object).await? {
            Ok(found) => found,
            Err(problem) => {
                let message = format!("failed to checkout source: {problem}");
                return Ok(End::Failure(GIT_FAILED, message, Next::Retry));
            }
        };
        let observed: Map<_, _> = policies
            .iter()
            .filter_map(|(name, latest)| Some((name.split_once(':')?.1.to_owned(), latest.clone())))
            .collect();
        let (repository, commit) = (checkout.repository.clone(), checkout.commit.clone());
        let files =
            tokio::task::spawn_blocking(move || Files::read(&repository, &commit)).await??;
        let path = object.str("/spec/update/path").unwrap_or_default();
        let path = normalize(path).unwrap_or_default();
        let changes = setters::changes(&files, &path, &policies);
        let mut revision = checkout.revision;
        if !changes.is_empty() {
            let commit = match self.push(object, &target, &changes) {
                Ok(commit) => commit,
                Err(problem) => {
                    let message = format!("failed to update source: {problem}");
                    return Ok(End::Failure(GIT_FAILED, message, Next::Retry));
                }
            };
            self.tell(object, &commit, &target.branch).await;
            revision = format!("{}@sha1:{commit}", target.branch);
            object.set_status("lastPushCommit", json!(commit));
            object.set_status("lastPushTime", json!(now()));
        }
        object.set_status("observedSourceRevision", json!(revision));
        object.set_status("observedPolicies", Value::Object(observed));
        let interval = object.str("/spec/interval").and_then(duration::parse);
        let interval = interval.unwrap_or(Duration::from_secs(60));
        Ok(End::Success(UP_TO_DATE.to_owned(), Some(interval)))
    }

    /// What the policies in the namespace want, by `NAMESPACE:NAME`.
    async fn policies(&self, object: &Tracked) -> Result<BTreeMap<String, Value>> {
        let namespace = object.namespace();
        let api: Api<DynamicObject> =
            Api::namespaced_with(self.tools.client.clone(), namespace, &image_policies());
        let labels = object.at("/spec/policySelector/matchLabels").and_then(Value::as_object);
        let labels: Vec<_> = labels
            .into_iter()
            .flatten()
            .map(|(name, value)| format!("{name}={}", value.as_str().unwrap_or_default()))
            .collect();
        let found = api.list(&ListParams::default().labels(&labels.join(","))).await?;
        let latest = found.into_iter().filter_map(|policy| {
            let latest = policy.data["status"]["latestRef"].clone();
            let name = format!("{namespace}:{}", policy.metadata.name?);
            latest.is_object().then_some((name, latest))
        });
        Ok(latest.collect())
    }

    /// The head of the branch, and what is needed to push to it.
    async fn check_out(&self, object: &Tracked) -> Result<Result<(Target, Checkout), String>> {
        let name = object.str("/spec/sourceRef/name").unwrap_or_default();
        let namespace = object.str("/spec/sourceRef/namespace").unwrap_or(object.namespace());
        let (resource, _) = source::git_repositories();
        let api: Api<DynamicObject> =
            Api::namespaced_with(self.tools.client.clone(), namespace, &resource);
        let Some(found) = api.get_opt(name).await? else {
            let group = source::GROUP;
            return Ok(Err(format!("GitRepository.{group} \"{name}\" not found")));
        };
        let mut spec = found.data["spec"].clone();
        if let Some(reference) = object.at("/spec/git/checkout/ref") {
            spec["ref"] = reference.clone();
        }
        if let Some(problem) = unplayed(object, &spec) {
            return Ok(Err(problem));
        }
        let secret = match spec["secretRef"]["name"].as_str() {
            None => None,
            Some(secret) => source::secret(&self.tools.client, namespace, secret)
                .await?
                .map(|found| found.data.unwrap_or_default()),
        };
        let request = Request {
            spec,
            secret,
            namespace: namespace.to_owned(),
            last_revision: None,
            faults: self.tools.stage.faults.clone(),
        };
        let server = self.tools.stage.git_server.clone();
        let fetch = move || {
            let checkout = fetch::fetch(&server, &request).map_err(|failure| failure.message)?;
            let branch = request.spec["ref"]["branch"].as_str().unwrap_or("master").to_owned();
            Ok((Target { request, branch }, checkout))
        };
        Ok(tokio::task::spawn_blocking(fetch).await?)
    }

    /// Commits the changed files, as the controller would push them.
    fn push(
        &self,
        object: &Tracked,
        target: &Target,
        changes: &BTreeMap<String, String>,
    ) -> Result<String, String> {
        let server = &self.tools.stage.git_server;
        let url = target.request.spec["url"].as_str().unwrap_or_default();
        let location = Location::parse(url).ok_or("the URL names no repository")?;
        fetch::authorize_push(server, &target.request, &location)?;
        let message = object.str("/spec/git/commit/messageTemplate").unwrap_or(MESSAGE);
        let pushed = server.commit(&location, &target.branch, changes, message);
        pushed.map_err(|error| format!("{error:#}"))
    }

    async fn tell(&self, object: &Tracked, commit: &str, branch: &str) {
        let message = object.str("/spec/git/commit/messageTemplate").unwrap_or(MESSAGE);
        let short: String = commit.chars().take(7).collect();
        let summary = format!("pushed commit '{short}' to branch '{branch}'\n{message}");
        let about = reference(object.object());
        self.tools.events.record(&about, "Normal", "Succeeded", &summary, BTreeMap::new()).await;
    }
}

/// Where to push, with what.
struct Target {
    request: Request,
    branch: String,
}

/// The first thing that is asked for and not done here.
fn unplayed(object: &Tracked, source: &Value) -> Option<String> {
    let branch = source["ref"]["branch"].as_str().unwrap_or("master");
    let pushed = object.str("/spec/git/push/branch").unwrap_or(branch);
    let template = object.str("/spec/git/commit/messageTemplate").unwrap_or_default();
    if pushed != branch || object.at("/spec/git/push/refspec").is_some() {
        return Some("the sandbox pushes only to the branch that is checked out".to_owned());
    }
    template.contains("{{").then(|| "the sandbox renders no messageTemplate".to_owned())
}
