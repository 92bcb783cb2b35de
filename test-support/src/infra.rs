//! A cluster in which tofu-controller is played: a module in a repository, and Terraform objects of it.

use std::fmt::Write as _;
use std::process::{Child, Stdio};

use futures::StreamExt as _;
use kube::api::{
    Api, ApiResource, DeleteParams, DynamicObject, GroupVersionKind, Patch, PatchParams, PostParams,
};
use kube::runtime::WatchStreamExt as _;
use kube::runtime::wait::await_condition;
use kube::runtime::watcher::{self, watcher};
use nigari_api::crd;
use nigari_sandbox::github::{RepositoryOptions, Visibility};
use nigari_sandbox::sandbox::{Builder, Sandbox};
use regex::Regex;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::PATIENCE;
use crate::program::command;
use crate::run::Run;

const NAMESPACE: &str = "flux-system";
const CODE: &str = "code";

/// The cluster, its repository, and what runs in it.
pub struct Infra {
    /// Its API, its players and their repositories.
    pub sandbox: Sandbox,
}

/// A module of one network, whose range is a variable.
pub fn module(range: &str) -> Value {
    json!({
        "variable": {"cidr": {"default": range}, "token": {"default": "t0k3n", "sensitive": true}},
        "resource": {"network": {"main": {"cidr": "${var.cidr}", "token": "${var.token}"}}},
        "output": {"cidr": {"value": "${network.main.cidr}"}},
    })
}

/// Terraform objects, for the client.
pub fn terraforms() -> ApiResource {
    resource("infra.contrib.fluxcd.io/v1alpha2", "Terraform", "terraforms")
}

/// ConfigMaps, for the client.
pub fn config_maps() -> ApiResource {
    resource("v1", "ConfigMap", "configmaps")
}

/// Secrets, for the client.
pub fn secrets() -> ApiResource {
    resource("v1", "Secret", "secrets")
}

/// GitRepositories, for the client.
pub fn git_repositories() -> ApiResource {
    resource("source.toolkit.fluxcd.io/v1", "GitRepository", "gitrepositories")
}

fn definitions() -> ApiResource {
    let plural = "customresourcedefinitions";
    resource("apiextensions.k8s.io/v1", "CustomResourceDefinition", plural)
}

/// Kustomizations, for the client.
pub fn kustomizations() -> ApiResource {
    resource("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "kustomizations")
}

/// What the client has to know of a kind; `version` is an `apiVersion`.
pub fn resource(version: &str, kind: &str, plural: &str) -> ApiResource {
    let (group, version) = version.rsplit_once('/').unwrap_or(("", version));
    ApiResource::from_gvk_with_plural(&GroupVersionKind::gvk(group, version, kind), plural)
}

impl Infra {
    /// An installation whose source holds the module; there is no Terraform object yet.
    #[expect(clippy::new_without_default, reason = "it starts servers, which no default does")]
    pub fn new() -> Self {
        Self::of(Sandbox::builder())
    }

    /// The same, in a sandbox that is described.
    pub fn of(builder: Builder) -> Self {
        let infra = Self { sandbox: builder.start().unwrap() };
        infra.install();
        infra
    }

    fn install(&self) {
        let namespaces = resource("v1", "Namespace", "namespaces");
        self.create(&namespaces, json!({"metadata": {"name": NAMESPACE}}));
        for name in
            ["gitrepositories.source.toolkit.fluxcd.io", "terraforms.infra.contrib.fluxcd.io"]
        {
            self.create(&definitions(), crd::definition(name).unwrap());
            let all = Api::all(self.sandbox.client());
            let established = kube::runtime::conditions::is_crd_established();
            let wait = await_condition(all, name, established);
            self.sandbox.block_on(wait).unwrap();
        }
        for name in ["source-controller", "tofu-controller"] {
            self.create(&resource("apps/v1", "Deployment", "deployments"), deployment(name));
        }
        let (github, owner) = (self.sandbox.github(), self.sandbox.owner());
        let options = RepositoryOptions { visibility: Visibility::Public, ..Default::default() };
        github.create_repository(owner, CODE, &options).unwrap();
        self.write(&module("10.0.0.0/16"));
        let ca = std::fs::read_to_string(self.sandbox.certificate_file()).unwrap();
        self.create(
            &secrets(),
            json!({"metadata": {"name": CODE, "namespace": NAMESPACE}, "stringData": {"ca.crt": ca}}),
        );
        let url = format!("{}/{owner}/{CODE}", self.sandbox.github_origin());
        self.create(
            &git_repositories(),
            json!({"metadata": {"name": CODE, "namespace": NAMESPACE}, "spec": {
                "interval": "1h", "ref": {"branch": "main"}, "secretRef": {"name": CODE}, "url": url,
            }}),
        );
        self.wait(&git_repositories(), CODE, |source| {
            condition(source, "Ready")["status"] == "True"
        });
    }

    /// Creates an object, in the namespace that it names.
    pub fn create(&self, resource: &ApiResource, mut object: Value) {
        object["apiVersion"] = json!(resource.api_version);
        object["kind"] = json!(resource.kind);
        let client = self.sandbox.client();
        let api: Api<DynamicObject> = match object["metadata"]["namespace"].as_str() {
            Some(namespace) => Api::namespaced_with(client, namespace, resource),
            None => Api::all_with(client, resource),
        };
        let object = serde_json::from_value(object).unwrap();
        let by = PostParams { field_manager: Some("flux".into()), ..PostParams::default() };
        self.sandbox.block_on(api.create(&by, &object)).unwrap();
    }

    fn api(&self, resource: &ApiResource) -> Api<DynamicObject> {
        Api::namespaced_with(self.sandbox.client(), NAMESPACE, resource)
    }

    /// An object as it is now, in the namespace `flux-system`.
    pub fn get(&self, resource: &ApiResource, name: &str) -> Option<Value> {
        let found = self.sandbox.block_on(self.api(resource).get_opt(name)).unwrap();
        found.map(|object| serde_json::to_value(object).unwrap())
    }

    /// The Terraform object `vpc`.
    pub fn vpc(&self) -> Value {
        self.get(&terraforms(), "vpc").unwrap()
    }

    /// Changes an object as somebody else.
    pub fn merge(&self, resource: &ApiResource, name: &str, patch: Value) {
        let api = self.api(resource);
        let parameters =
            PatchParams { field_manager: Some("somebody".into()), ..Default::default() };
        self.sandbox.block_on(api.patch(name, &parameters, &Patch::Merge(patch))).unwrap();
    }

    /// Waits until `is_met` holds for an object, and returns it as it then was.
    #[track_caller]
    pub fn wait(
        &self,
        resource: &ApiResource,
        name: &str,
        is_met: impl Fn(&Value) -> bool,
    ) -> Value {
        let api = self.api(resource);
        let mut last = Value::Null;
        let waited = self.sandbox.block_on(async {
            let config = watcher::Config::default().fields(&format!("metadata.name={name}"));
            let mut objects = std::pin::pin!(watcher(api, config).applied_objects());
            timeout(PATIENCE, async {
                while let Some(object) = objects.next().await {
                    let Ok(object) = object else { continue };
                    last = serde_json::to_value(object).unwrap();
                    if is_met(&last) {
                        return;
                    }
                }
            })
            .await
        });
        assert!(
            waited.is_ok(),
            "{name} never came to it: {last:#}\n{:#?}",
            self.sandbox.troubles()
        );
        last
    }

    /// Commits the module; the id that a plan of this commit has.
    pub fn write(&self, module: &Value) -> String {
        let (github, text) = (self.sandbox.github(), module.to_string());
        let path = "infra/main.tf.json";
        let owner = self.sandbox.owner();
        let head = github.commit_file(owner, CODE, "main", path, &text, "Change it").unwrap();
        format!("plan-main-{}", &head[..10])
    }

    /// Commits the module and has the source fetch it.
    pub fn publish(&self, module: &Value) -> String {
        let id = self.write(module);
        self.request(&git_repositories(), CODE, &id);
        self.wait(&git_repositories(), CODE, |source| {
            source["status"]["lastHandledReconcileAt"] == json!(id)
        });
        id
    }

    /// Requests a reconciliation; `token` names the request.
    pub fn request(&self, resource: &ApiResource, name: &str, token: &str) {
        let annotations = json!({"reconcile.fluxcd.io/requestedAt": token});
        self.merge(resource, name, json!({"metadata": {"annotations": annotations}}));
    }

    /// Creates a Terraform object of the module; `more` adds to its spec.
    pub fn terraform(&self, name: &str, more: &Value) {
        let mut spec = json!({
            "interval": "1h", "retryInterval": "1h", "path": "./infra", "storeReadablePlan": "json",
            "sourceRef": {"kind": "GitRepository", "name": CODE},
        });
        for (key, value) in more.as_object().into_iter().flatten() {
            spec[key] = value.clone();
        }
        let metadata = json!({"name": name, "namespace": NAMESPACE});
        self.create(&terraforms(), json!({"metadata": metadata, "spec": spec}));
    }

    /// Waits for a plan that somebody has to approve, at the end of its pass; its id.
    #[track_caller]
    pub fn waiting(&self, name: &str) -> String {
        let object = self.wait(&terraforms(), name, |object| {
            !pending(object).is_empty()
                && object["status"]["lastPlannedGeneration"] == object["metadata"]["generation"]
                && condition(object, "Ready")["reason"] == "TerraformPlannedWithChanges"
                && object["status"]["lastSuccessfulReconcileAt"].is_string()
        });
        pending(&object).to_owned()
    }

    /// Applies fields of an object's spec as a controller that reads them from Git.
    pub fn apply_as(&self, manager: &str, name: &str, spec: Value) {
        let resource = terraforms();
        let object = json!({
            "apiVersion": resource.api_version, "kind": resource.kind,
            "metadata": {"name": name, "namespace": NAMESPACE}, "spec": spec,
        });
        let parameters = PatchParams::apply(manager).force();
        let api = self.api(&resource);
        self.sandbox.block_on(api.patch(name, &parameters, &Patch::Apply(object))).unwrap();
    }

    /// Whether the cluster serves Kustomizations.
    pub fn knows_kustomizations(&self) -> bool {
        let all: Api<DynamicObject> = Api::all_with(self.sandbox.client(), &definitions());
        let found = all.get_opt("kustomizations.kustomize.toolkit.fluxcd.io");
        self.sandbox.block_on(found).unwrap().is_some()
    }

    /// Makes an object look as if a Kustomization of the source of its own code had applied it.
    pub fn applied_from_its_own_source(&self, name: &str) {
        let definition = "kustomizations.kustomize.toolkit.fluxcd.io";
        if !self.knows_kustomizations() {
            self.create(&definitions(), crd::definition(definition).unwrap());
        }
        let established = kube::runtime::conditions::is_crd_established();
        let all = Api::all(self.sandbox.client());
        self.sandbox.block_on(await_condition(all, definition, established)).unwrap();
        self.create(
            &kustomizations(),
            json!({"metadata": {"name": "infra", "namespace": NAMESPACE}, "spec": {
                "interval": "1h", "path": "./", "prune": true, "suspend": true,
                "sourceRef": {"kind": "GitRepository", "name": CODE},
            }}),
        );
        let labels = json!({
            "kustomize.toolkit.fluxcd.io/name": "infra",
            "kustomize.toolkit.fluxcd.io/namespace": NAMESPACE,
        });
        self.merge(&terraforms(), name, json!({"metadata": {"labels": labels}}));
    }

    /// Waits for a plan of another id than the one that `approval` names.
    #[track_caller]
    pub fn waiting_for_another(&self, name: &str, approval: &str) {
        self.wait(&terraforms(), name, |object| {
            !pending(object).is_empty()
                && !approval.contains(pending(object))
                && object["status"]["lastPlannedRevision"]
                    == object["status"]["lastAttemptedRevision"]
        });
    }

    /// The Terraform object `vpc` with a plan that waits; its id.
    pub fn with_vpc(more: &Value) -> (Self, String) {
        let infra = Self::new();
        let id = infra.put_vpc(more);
        (infra, id)
    }

    /// Creates the Terraform object `vpc` and waits for its plan; its id.
    pub fn put_vpc(&self, more: &Value) -> String {
        self.terraform("vpc", more);
        let id = self.waiting("vpc");
        self.sandbox.recorder().clear();
        id
    }

    /// Deletes an object, if it is there, and waits until it is gone.
    #[track_caller]
    pub fn remove(&self, resource: &ApiResource, name: &str) {
        let api = self.api(resource);
        let gone = self.sandbox.block_on(async {
            // What was not there is gone as well.
            let _ = api.delete(name, &DeleteParams::default()).await;
            let is_gone = |found: Option<&DynamicObject>| found.is_none();
            timeout(PATIENCE, await_condition(api, name, is_gone)).await
        });
        assert!(gone.is_ok(), "{name} never went");
    }

    /// What approves the plan of an object that waits now, as a pipeline that has reviewed it.
    pub fn approval(&self, name: &str) -> String {
        let id = pending(&self.get(&terraforms(), name).unwrap()).to_owned();
        let secret = self.get(&secrets(), &format!("tfplan-default-{name}")).unwrap();
        let hash = &secret["metadata"]["annotations"]["infra.contrib.fluxcd.io/plan-hash"];
        let digest = hash.as_str().unwrap();
        format!("plan approve {name} --yes --plan-id={id} --digest=sha256:{digest}")
    }

    /// Runs nigari to its end.
    pub fn nigari(&self, arguments: &str) -> Run {
        Run::of(&self.sandbox, command(&self.sandbox, arguments).output().unwrap())
    }

    /// Starts nigari.
    pub fn start(&self, arguments: &str) -> Child {
        let mut command = command(&self.sandbox, arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Waits for the end of what was started.
    pub fn finished(&self, child: Child) -> Run {
        Run::of(&self.sandbox, child.wait_with_output().unwrap())
    }

    /// What nigari has written since the recorder was emptied: the operations of each patch but tests, and
    /// how it was refused.
    pub fn writes(&self) -> String {
        let mut told = String::new();
        for request in self.sandbox.recorder().writes() {
            if !request.path.contains("fieldManager=nigari") {
                continue;
            }
            let path = request.path.split('?').next().unwrap_or_default();
            let path = path.rsplit_once("/namespaces/").map_or(path, |(_, path)| path);
            write!(told, "{} {path}", request.method).unwrap();
            let body: Value = serde_json::from_str(&request.body).unwrap();
            for operation in body.as_array().into_iter().flatten() {
                let text = |key: &str| operation[key].as_str().unwrap_or_default();
                match text("op") {
                    "test" => {}
                    "add" => write!(told, "\n  {} = {}", text("path"), operation["value"]).unwrap(),
                    other => write!(told, "\n  {other} {}", text("path")).unwrap(),
                }
            }
            let refused = if request.status < 400 {
                String::new()
            } else {
                format!(" -> {}", request.status)
            };
            writeln!(told, "{refused}").unwrap();
        }
        self.sandbox.recorder().clear();
        redacted(&told)
    }

    /// Whether anything of an approval is left at an object.
    pub fn is_clean(&self, name: &str) -> bool {
        let object = self.get(&terraforms(), name).unwrap();
        object["spec"]["approvePlan"].is_null()
            && object["spec"]["suspend"].is_null()
            && object["metadata"]["annotations"]["nigari-cli.github.io/frozen-for-plan"].is_null()
    }

    /// The network of an object as it is in the cloud.
    pub fn network(&self, name: &str) -> Option<Value> {
        let cloud = self.get(&config_maps(), &format!("cloud-{name}"))?;
        serde_json::from_str(cloud["data"]["network.main"].as_str()?).ok()
    }
}

/// The Deployment of a controller, for whose player it stands.
pub fn deployment(name: &str) -> Value {
    json!({
        "metadata": {"name": name, "namespace": NAMESPACE},
        "spec": {
            "replicas": 1,
            "selector": {"matchLabels": {"app": name}},
            "template": {
                "metadata": {"labels": {"app": name}},
                "spec": {"containers": [{"name": "manager", "image": format!("ghcr.io/fluxcd/{name}:v1")}]},
            },
        },
    })
}

/// The id of the plan that waits; empty when none does.
pub fn pending(object: &Value) -> &str {
    object["status"]["plan"]["pending"].as_str().unwrap_or_default()
}

/// A condition of an object; null when it has none of that type.
pub fn condition<'a>(object: &'a Value, kind: &str) -> &'a Value {
    let conditions = object.pointer("/status/conditions").and_then(Value::as_array);
    let mut conditions = conditions.into_iter().flatten();
    conditions.find(|condition| condition["type"] == kind).unwrap_or(&Value::Null)
}

/// A text with placeholders for what differs each time: ids, commits, digests, times.
pub fn redacted(text: &str) -> String {
    let mut text = text.to_owned();
    for (pattern, name) in [
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "[TIME]"),
        (r"sha256:[0-9a-f]{64}", "[DIGEST]"),
        (r"sha1:[0-9a-f]{40}", "sha1:[COMMIT]"),
        (r"plan-main-[0-9a-f]{10}", "[PLAN]"),
        (r"plan-main-[0-9a-f]{8}", "[PART]"),
        (r"\(for \d+s,", "(for [AGE],"),
    ] {
        text = Regex::new(pattern).unwrap().replace_all(&text, name).into_owned();
    }
    text
}

/// The transcript of a run, redacted.
pub fn told(run: &Run) -> String {
    redacted(&run.to_string())
}
