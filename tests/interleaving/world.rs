//! A cluster with tofu-controller, and in it a namespace for each trial with a source, a Terraform object
//! and its plan; and what somebody may do there meanwhile.

use std::io::Write as _;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::{ConfigMap, Namespace, Secret};
use kube::api::{Api, ApiResource, DeleteParams, DynamicObject, Patch, PatchParams, PostParams};
use kube::runtime::wait::await_condition;
use kube::{Client, ResourceExt as _};
use nigari::digest::Digest;
use nigari_sandbox::sandbox::{Builder, Sandbox};
use nigari_sandbox::turnstile::Turnstile;
use nigari_test_support::infra::{Infra, condition, git_repositories, module, pending, terraforms};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::cells::Action;
use crate::history::{History, plan_version, unpacked};

pub(crate) const PLAN_SECRET: &str = "tfplan-default-vpc";
/// Marks a stored plan that somebody else than the controller wrote.
pub(crate) const REWRITTEN: &str = "test.nigari.dev/rewritten";

/// How long anything may take that takes a second, on a machine with other work.
pub(crate) const LIMIT: Duration = Duration::from_secs(90);

const HASH: &str = "infra.contrib.fluxcd.io/plan-hash";
const RANGE: &str = "10.0.0.0/16";
const DRIFTED: &str = "{\"cidr\":\"drifted\",\"id\":\"x\"}";

/// The cluster.
pub(crate) struct World {
    infra: Infra,
    pub(crate) turnstile: Turnstile,
    pub(crate) history: History,
    /// The artifacts of two commits: the one that is planned, and the next.
    artifacts: [Value; 2],
}

impl World {
    pub(crate) fn new(builder: Builder) -> Self {
        let infra = Infra::of(builder);
        // Conditions are written before the rest of a status.
        let artifact = |other: &Value| {
            let source = infra.wait(&git_repositories(), "code", |source| {
                let artifact = &source["status"]["artifact"];
                artifact.is_object() && artifact["revision"] != other["revision"]
            });
            source["status"]["artifact"].clone()
        };
        let first = artifact(&Value::Null);
        infra.publish(&module("10.1.0.0/16"));
        let second = artifact(&first);
        let artifacts = [first, second];
        let client = infra.sandbox.client();
        let (turnstile, history) = infra.sandbox.block_on(async {
            (Turnstile::open(client.clone()).await.unwrap(), History::follow(&client).await)
        });
        Self { infra, turnstile, history, artifacts }
    }

    pub(crate) fn sandbox(&self) -> &Sandbox {
        &self.infra.sandbox
    }
}

/// In which form a plan is kept for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Human,
    None,
}

impl Form {
    pub(crate) const ALL: [Self; 3] = [Self::Json, Self::Human, Self::None];

    fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Human => "human",
            Self::None => "none",
        }
    }
}

/// What somebody has reviewed, and wants to approve.
#[derive(Clone, Debug)]
pub(crate) struct Reviewed {
    pub(crate) uid: String,
    pub(crate) generation: i64,
    pub(crate) id: String,
    pub(crate) planned_at: String,
    pub(crate) planned_revision: String,
    pub(crate) digest: String,
    pub(crate) content: Value,
}

/// The namespace of a trial.
pub(crate) struct Plot<'a> {
    pub(crate) world: &'a World,
    pub(crate) namespace: String,
    pub(crate) form: Form,
}

impl<'a> Plot<'a> {
    /// A namespace in which the plan of `vpc` waits.
    pub(crate) async fn new(world: &'a World, number: usize, form: Form) -> (Self, Reviewed) {
        let plot = Self { world, namespace: format!("trial-{number}"), form };
        let namespaces: Api<Namespace> = Api::all(plot.client());
        let namespace = json!({"metadata": {"name": plot.namespace}});
        namespaces.create(&PostParams::default(), &typed(namespace)).await.unwrap();
        let spec = json!({"interval": "1h", "suspend": true, "url": "https://localhost/code"});
        plot.create(&git_repositories(), "code", spec).await;
        plot.fetch(&world.artifacts[0]).await;
        plot.create_vpc().await;
        let is_met = |object: Option<&DynamicObject>| {
            object.is_some_and(|object| is_waiting(&serde_json::to_value(object).unwrap()))
        };
        let Ok(planned) = timeout(LIMIT, await_condition(plot.objects(), "vpc", is_met)).await
        else {
            let troubles = world.sandbox().troubles();
            panic!("no plan waits in {}: {:#?} {troubles:#?}", plot.namespace, plot.vpc().await);
        };
        let vpc = planned.unwrap().unwrap();
        let reviewed = plot.review(&vpc).await;
        (plot, reviewed)
    }

    async fn review(&self, vpc: &DynamicObject) -> Reviewed {
        let secret = self.secrets().get(PLAN_SECRET).await.unwrap();
        let plan = plan_version(&secret, false).unwrap();
        let text =
            |pointer: &str| vpc.data.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
        Reviewed {
            uid: vpc.uid().unwrap(),
            generation: vpc.metadata.generation.unwrap(),
            id: plan.id,
            planned_at: text("/status/lastPlanAt"),
            planned_revision: text("/status/lastPlannedRevision"),
            digest: plan.digest,
            content: plan.content,
        }
    }

    /// The command line that approves what was reviewed.
    pub(crate) fn approval(&self, reviewed: &Reviewed, visitor: &str) -> String {
        let unverified = if self.form == Form::None { " --unverified" } else { "" };
        format!(
            "plan approve vpc --yes --plan-id={} --digest={}{unverified}{}",
            reviewed.id,
            reviewed.digest,
            self.flags(visitor)
        )
    }

    /// Leads nigari here, through the turnstile.
    pub(crate) fn flags(&self, visitor: &str) -> String {
        format!(" -n {} --server={}", self.namespace, self.world.turnstile.address(visitor))
    }

    /// The object as it is now.
    pub(crate) async fn vpc(&self) -> Option<Value> {
        let found = self.objects().get_opt("vpc").await.unwrap();
        found.map(|object| serde_json::to_value(object).unwrap())
    }

    /// Does it; a kill is not done here.
    pub(crate) async fn perform(&self, action: Action) {
        match action {
            Action::SpecEdit => {
                let variables = json!([{"name": "cidr", "value": "192.168.0.0/16"}]);
                self.merge(json!({"spec": {"vars": variables}})).await;
            }
            Action::NewCommit => self.fetch(&self.world.artifacts[1]).await,
            Action::Drift => self.drift().await,
            Action::Replan => self.replan().await,
            Action::Rewrite => self.rewrite().await,
            Action::Recreate => self.recreate().await,
            Action::Kill => {}
        }
    }

    /// Waits until nothing is written for a moment, for as long as that is worth it.
    pub(crate) async fn settle(&self) {
        let version =
            async || self.vpc().await.map(|vpc| vpc["metadata"]["resourceVersion"].clone());
        let mut last = version().await;
        for _ in 0..10 {
            sleep(Duration::from_millis(40)).await;
            let now = version().await;
            if now == last {
                return;
            }
            last = now;
        }
    }

    /// What source-controller writes when it has fetched a commit.
    async fn fetch(&self, artifact: &Value) {
        let status = json!({"status": {"artifact": artifact}});
        let api = self.api(&git_repositories());
        api.patch_status("code", &somebody(), &Patch::Merge(status)).await.unwrap();
    }

    /// What applying has made, or will make, is something else.
    async fn drift(&self) {
        let maps: Api<ConfigMap> = self.typed();
        let data = json!({"data": {"network.main": DRIFTED}});
        loop {
            match maps.patch("cloud-vpc", &somebody(), &Patch::Merge(&data)).await {
                Err(kube::Error::Api(status)) if status.is_not_found() => {}
                patched => return drop(patched.unwrap()),
            }
            let mut cloud = data.clone();
            cloud["metadata"] = json!({"name": "cloud-vpc"});
            match maps.create(&PostParams::default(), &typed(cloud)).await {
                Err(kube::Error::Api(status)) if status.is_already_exists() => {}
                created => return drop(created.unwrap()),
            }
        }
    }

    async fn replan(&self) {
        let forgotten = json!({"status": {
            "plan": {"pending": null}, "lastPlannedRevision": null, "lastAttemptedRevision": null,
        }});
        let objects = self.objects();
        objects.patch_status("vpc", &somebody(), &Patch::Merge(forgotten)).await.unwrap();
        let annotations = json!({"reconcile.fluxcd.io/requestedAt": "2030-01-01T00:00:00Z"});
        self.merge(json!({"metadata": {"annotations": annotations}})).await;
    }

    /// Another range in all that is stored of the plan. The readable part comes first: whoever loads the
    /// other plan and reads what it says afterwards reads about that one.
    async fn rewrite(&self) {
        match self.form {
            Form::Json => self.rewrite_secret(&PLAN_SECRET.replace("vpc", "vpc.json")).await,
            Form::Human => self.rewrite_text().await,
            Form::None => {}
        }
        self.rewrite_secret(PLAN_SECRET).await;
    }

    async fn rewrite_secret(&self, name: &str) {
        let secrets = self.secrets();
        loop {
            if let Some(secret) = secrets.get_opt(name).await.unwrap() {
                let text = other(&String::from_utf8(unpacked(&secret)).unwrap());
                let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
                gzip.write_all(text.as_bytes()).unwrap();
                let packed = ByteString(gzip.finish().unwrap());
                let data = json!({"metadata": rewritten(&text), "data": {"tfplan": packed}});
                if is_written(secrets.patch(name, &somebody(), &Patch::Merge(data)).await) {
                    return;
                }
            }
            // The controller is exchanging it.
            sleep(Duration::from_millis(5)).await;
        }
    }

    async fn rewrite_text(&self) {
        let maps: Api<ConfigMap> = self.typed();
        loop {
            if let Some(map) = maps.get_opt(PLAN_SECRET).await.unwrap() {
                let text = other(&map.data.unwrap()["tfplan"]);
                let data = json!({"metadata": rewritten(&text), "data": {"tfplan": text}});
                if is_written(maps.patch(PLAN_SECRET, &somebody(), &Patch::Merge(data)).await) {
                    return;
                }
            }
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// As somebody does who does not wait for the controller.
    async fn recreate(&self) {
        let objects = self.objects();
        let before = objects.get("vpc").await.unwrap().uid();
        objects.delete("vpc", &DeleteParams::default()).await.unwrap();
        let release = json!({"metadata": {"finalizers": null}});
        while let Some(vpc) = objects.get_opt("vpc").await.unwrap() {
            assert_eq!(vpc.uid(), before);
            let _ = objects.patch("vpc", &somebody(), &Patch::Merge(&release)).await;
        }
        self.create_vpc().await;
    }

    async fn create_vpc(&self) {
        let spec = json!({
            "interval": "1h", "retryInterval": "1h", "path": "./infra",
            "storeReadablePlan": self.form.name(),
            "sourceRef": {"kind": "GitRepository", "name": "code"},
        });
        self.create(&terraforms(), "vpc", spec).await;
    }

    async fn create(&self, resource: &ApiResource, name: &str, spec: Value) {
        let object = json!({
            "apiVersion": resource.api_version, "kind": resource.kind,
            "metadata": {"name": name}, "spec": spec,
        });
        let api = self.api(resource);
        api.create(&PostParams::default(), &typed(object)).await.unwrap();
    }

    async fn merge(&self, patch: Value) {
        self.objects().patch("vpc", &somebody(), &Patch::Merge(patch)).await.unwrap();
    }

    fn client(&self) -> Client {
        self.world.sandbox().client()
    }

    fn api(&self, resource: &ApiResource) -> Api<DynamicObject> {
        Api::namespaced_with(self.client(), &self.namespace, resource)
    }

    fn objects(&self) -> Api<DynamicObject> {
        self.api(&terraforms())
    }

    fn secrets(&self) -> Api<Secret> {
        self.typed()
    }

    fn typed<K>(&self) -> Api<K>
    where
        K: kube::Resource<Scope = k8s_openapi::NamespaceResourceScope, DynamicType = ()>,
    {
        Api::namespaced(self.client(), &self.namespace)
    }
}

fn typed<K: DeserializeOwned>(object: Value) -> K {
    serde_json::from_value(object).unwrap()
}

fn somebody() -> PatchParams {
    PatchParams { field_manager: Some("somebody".to_owned()), ..Default::default() }
}

/// Whether a plan waits, at the end of its pass.
fn is_waiting(vpc: &Value) -> bool {
    !pending(vpc).is_empty()
        && vpc["status"]["lastPlannedGeneration"] == vpc["metadata"]["generation"]
        && condition(vpc, "Ready")["reason"] == "TerraformPlannedWithChanges"
        && vpc["status"]["lastSuccessfulReconcileAt"].is_string()
}

/// The same plan with another range.
fn other(plan: &str) -> String {
    plan.replace(RANGE, "10.66.0.0/16")
}

fn rewritten(text: &str) -> Value {
    json!({"annotations": {REWRITTEN: "true", HASH: Digest::of(text.as_bytes()).hex()}})
}

/// Whether it was there to be written.
fn is_written<K>(patched: kube::Result<K>) -> bool {
    match patched {
        Err(kube::Error::Api(status)) if status.is_not_found() => false,
        patched => patched.map(|_| true).unwrap(),
    }
}
