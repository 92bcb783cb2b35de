//! The beginning of a pass: the module, its inputs, and the state that is unlocked if that was asked for.
//!
//! Source: tofu-controller, `controllers/tf_controller_{backend,reconcile}.go`. There is no runner Pod
//! unless a person is let in to break the glass.

use serde_json::{Value, json};

use super::super::conditions::now;
use super::super::files::normalize;
use super::super::object::Tracked;
use super::glass::Runner;
use super::module::Module;
use super::run::{Run, Step, fail};
use super::state::{Cloud, Lock, State};
use super::{BREAK_GLASS, Failed, Tofu, inputs, status};

/// The fields of `spec` that make no difference to the player, or that it acts on.
const PLAYED: &[&str] = &[
    "alwaysCleanupRunnerPod",
    "approvePlan",
    "backendConfig",
    "breakTheGlass",
    "cloud",
    "dependsOn",
    "destroy",
    "destroyResourcesOnDeletion",
    "disableDriftDetection",
    "enableInventory",
    "force",
    "interval",
    "maxRetryInterval",
    "parallelism",
    "path",
    "plan",
    "planOnly",
    "refreshBeforeApply",
    "remediation",
    "retryInterval",
    "retryStrategy",
    "runnerPodTemplate",
    "runnerTerminationGracePeriodSeconds",
    "serviceAccountName",
    "sourceRef",
    "storeReadablePlan",
    "suspend",
    "targets",
    "tfstate",
    "upgradeOnInit",
    "vars",
    "varsFrom",
    "workspace",
    "writeOutputsToSecret",
];

impl Tofu {
    /// Fetches the module, reads its inputs and unlocks the state if that was asked for.
    pub(super) async fn set_up(
        &self,
        object: &mut Tracked,
        source: &Value,
        revision: &str,
    ) -> Step<Run> {
        status::progressing(object, "Initializing");
        object.save().await?;
        self.pause(object, "init").await;
        let Some(files) = self.stage.storage.fetch(source).await? else {
            let url = source["status"]["artifact"]["url"].as_str().unwrap_or_default();
            let message = format!("failed to download artifact from {url}, status: 404 Not Found");
            return Err(fail(object, revision, "ArtifactFailed", message));
        };
        let folder = object.str("/spec/path").unwrap_or_default();
        let folder = normalize(folder).unwrap_or_default();
        if !files.has_folder(&folder) {
            let message = format!(
                "rpc error: code = Unknown desc = lstat {folder}: no such file or directory"
            );
            return Err(fail(object, revision, "ArtifactFailed", message));
        }
        if let Some(field) = unplayed(object) {
            let message = format!("the sandbox does not play {field} of a Terraform object");
            return Err(fail(object, revision, "TFExecInitFailed", message));
        }
        let given = match inputs::of(&self.client, object).await? {
            Ok(given) => given,
            Err(problem) => {
                let message = format!("rpc error: code = Unknown desc = {problem}");
                return Err(fail(object, revision, "VarsGenerationFailed", message));
            }
        };
        let module = Module::read(&files, &folder).map_err(|problem| {
            let message =
                format!("error running Init: rpc error: code = Internal desc = {problem}");
            fail(object, revision, "TFExecInitFailed", message)
        })?;
        let state = State::read(&self.client, object).await?;
        let lock = Lock::new(&self.client, object, &state);
        self.unlock(object, &lock).await?;
        let desired = module.evaluate(&given).map_err(|problem| {
            let message =
                format!("error running Plan: rpc error: code = Internal desc = {problem}");
            fail(object, revision, "TFExecPlanFailed", message)
        })?;
        let cloud = Cloud::read(&self.client, object).await?;
        Ok(Run { revision: revision.to_owned(), desired, state, cloud, lock })
    }

    async fn unlock(&self, object: &mut Tracked, lock: &Lock) -> Step<()> {
        let pending = object.str("/status/lock/pending").unwrap_or_default().to_owned();
        let asked = object.str("/spec/tfstate/lockIdentifier").unwrap_or_default();
        let is_asked = match object.str("/spec/tfstate/forceUnlock") {
            Some("yes") => asked == pending,
            Some("auto") => true,
            _ => false,
        };
        if is_asked && !pending.is_empty() {
            lock.release().await?;
            status::force_unlock(object, &pending);
            object.save().await?;
        }
        Ok(())
    }

    pub(super) async fn break_glass(&self, object: &mut Tracked) -> Step<()> {
        let annotations = object.at("/metadata/annotations");
        let is_asked = object.is("/spec/breakTheGlass")
            || annotations.is_some_and(|all| !all[BREAK_GLASS].is_null());
        if !is_asked {
            return Ok(());
        }
        if self.stage.faults.fire("tofu.break_glass").is_none() {
            status::progressing(object, "Breaking the glass is not allowed");
            object.save().await?;
            return Err(Failed::new("break the glass is not allowed"));
        }
        let runner = Runner::start(self, object).await?;
        status::progressing(object, "Breaking the glass ...");
        object.save().await?;
        runner.wait_for_glass(self, object).await?;
        status::progressing(object, "Initializing");
        object.save().await?;
        Err(Failed::new(format!("break the glass session has ended at {}", now().0)))
    }
}

/// The first field that asks for something the sandbox does not do.
fn unplayed(object: &Tracked) -> Option<String> {
    let is_set = |value: &Value| match value {
        Value::Array(items) => !items.is_empty(),
        Value::Object(map) => !map.is_empty(),
        other => !other.is_null() && *other != json!(false),
    };
    let spec = object.at("/spec")?.as_object()?;
    let field = spec.iter().find(|(name, value)| !PLAYED.contains(&name.as_str()) && is_set(value));
    field.map(|(name, _)| format!("spec.{name}"))
}
