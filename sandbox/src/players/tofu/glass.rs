//! A person in the runner: its Pod, for as long as the file is there that the runner waits for.
//!
//! Source: tofu-controller, `controllers/tf_controller_reconcile.go` and `runner/server_break_glass.go`. On an
//! API whose nodes run nothing, a session lasts for as long as the object asks for it.

use anyhow::Result;
use k8s_openapi::api::core::v1::Pod;
use kube::Api;
use kube::api::{AttachParams, DeleteParams, PostParams};
use serde_json::json;
use tokio::time::sleep;

use super::super::object::Tracked;
use super::{BREAK_GLASS, GROUP, Tofu};

const CONTAINER: &str = "tf-runner";
const MARKER: &str = "/tmp/.break-glass";

/// The Pod of a runner.
pub(super) struct Runner {
    pods: Api<Pod>,
    name: String,
    /// Whether anything can be run in it.
    runs: bool,
}

impl Tofu {
    async fn asks_for_glass(&self, object: &Tracked) -> Result<bool> {
        let api = self.terraforms_in(object.namespace());
        let Some(found) = api.get_opt(object.name()).await? else { return Ok(false) };
        let is_asked = found.metadata.annotations.is_some_and(|all| all.contains_key(BREAK_GLASS))
            || found.data["spec"]["breakTheGlass"] == true;
        Ok(is_asked && found.metadata.deletion_timestamp.is_none())
    }
}

impl Runner {
    /// Waits until whoever works in the runner is done.
    pub(super) async fn wait_for_glass(&self, tofu: &Tofu, object: &Tracked) -> Result<()> {
        if self.runs {
            self.succeeds(&format!("echo 1 > {MARKER}")).await;
        }
        loop {
            let is_done = match self.runs {
                true => !self.succeeds(&format!("test -e {MARKER}")).await,
                false => !tofu.asks_for_glass(object).await?,
            };
            if is_done {
                return self.stop().await;
            }
            sleep(tofu.stage.pace.retry).await;
        }
    }

    /// A new runner, with the folder of the module.
    pub(super) async fn start(tofu: &Tofu, object: &Tracked) -> Result<Self> {
        let pods: Api<Pod> = Api::namespaced(tofu.client.clone(), object.namespace());
        let name = format!("{}-tf-runner", object.name());
        let mut runner = Self { pods, name, runs: false };
        runner.stop().await?;
        let owner = json!({
            "apiVersion": format!("{GROUP}/v1alpha2"), "kind": "Terraform", "name": object.name(),
            "uid": object.str("/metadata/uid"),
        });
        let container = json!({"name": CONTAINER, "image": "ghcr.io/flux-iac/tf-runner:v0.16.5"});
        let pod = json!({
            "metadata": {
                "name": runner.name,
                "labels": {
                    "app.kubernetes.io/created-by": "tofu-controller",
                    "app.kubernetes.io/name": "tf-runner",
                },
                "ownerReferences": [owner],
            },
            "spec": {"nodeName": "runner", "containers": [container]},
        });
        runner.pods.create(&PostParams::default(), &serde_json::from_value(pod)?).await?;
        let folder = format!("/tmp/{}-{}", object.namespace(), object.name());
        runner.runs = runner.succeeds(&format!("mkdir -p {folder}")).await;
        Ok(runner)
    }

    /// Whether a script succeeds in the runner; none does where nothing can be run.
    async fn succeeds(&self, script: &str) -> bool {
        let parameters = AttachParams::default().container(CONTAINER).stdin(true).stderr(true);
        let command = ["/bin/sh", "-c", script];
        let Ok(mut process) = self.pods.exec(&self.name, command, &parameters).await else {
            return false;
        };
        let Some(status) = process.take_status() else { return false };
        status.await.is_some_and(|status| status.status.as_deref() == Some("Success"))
    }

    async fn stop(&self) -> Result<()> {
        let now = DeleteParams::default().grace_period(0);
        match self.pods.delete(&self.name, &now).await {
            Err(kube::Error::Api(status)) if status.is_not_found() => Ok(()),
            stopped => Ok(stopped.map(drop)?),
        }
    }
}
