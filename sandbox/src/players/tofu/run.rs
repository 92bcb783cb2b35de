//! What the runner does in one pass: initialise, look for drift, plan, apply, write outputs.
//!
//! Source: tofu-controller, `controllers/tf_controller_{reconcile,backend,plan,apply,drift_detect,
//! outputs}.go`. There is no runner Pod. Where the controller would let a person into the runner to break
//! the glass, the session lasts for as long as the object asks for it.

use std::collections::BTreeMap;

use anyhow::Result;
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use kube::Api;
use kube::api::PostParams;
use serde_json::{Value, json};

use super::super::conditions::now;
use super::super::object::Tracked;
use super::module::{Desired, Module};
use super::plan::{Plan, Present};
use super::state::{Cloud, Held, Lock, State, owned, type_of};
use super::store::Store;
use super::{BREAK_GLASS, DRIFT, Failed, Tofu, human, inputs, rules, status};

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

/// What a pass works on.
pub(super) struct Run {
    pub(super) revision: String,
    desired: Desired,
    state: State,
    cloud: Cloud,
    lock: Lock,
}

/// The end of a step that cannot go on: the error of the pass.
type Step<T> = Result<T, Failed>;

impl Tofu {
    /// One pass over an object that is due.
    pub(super) async fn pass(
        &self,
        object: &mut Tracked,
        source: &Value,
        revision: &str,
    ) -> Step<()> {
        let mut run = self.set_up(object, source, revision).await?;
        self.break_glass(object).await?;
        if rules::should_detect_drift(object, revision) {
            match self.detect_drift(object, &mut run).await {
                Ok(()) => {
                    if self.has_lost_outputs(object).await? {
                        self.process_outputs(object, &run).await?;
                    }
                    return Ok(());
                }
                Err(failed) if failed.message == DRIFT && rules::is_force_or_auto(object) => {
                    object.save().await?;
                }
                Err(failed) => return Err(failed),
            }
        }
        if rules::approval(object) == rules::DISABLE {
            return Ok(());
        }
        if rules::should_plan(object) {
            self.plan(object, &mut run).await?;
            object.save().await?;
        }
        if rules::should_apply(object) {
            // A plan that a person approved is made again; only the id is compared.
            if !rules::is_force_or_auto(object) {
                let approved = rules::approval(object).to_owned();
                self.plan(object, &mut run).await?;
                object.save().await?;
                if rules::pending(object) != approved {
                    return Ok(());
                }
            }
            self.apply(object, &mut run).await?;
            object.save().await?;
        }
        self.process_outputs(object, &run).await?;
        self.keep_inventory(object, &run);
        status::conclude(object);
        Ok(())
    }

    /// Fetches the module, reads its inputs and unlocks the state if that was asked for.
    pub(super) async fn set_up(
        &self,
        object: &mut Tracked,
        source: &Value,
        revision: &str,
    ) -> Step<Run> {
        status::progressing(object, "Initializing");
        object.save().await?;
        self.pause("init").await;
        let Some(files) = self.stage.storage.fetch(source).await? else {
            let url = source["status"]["artifact"]["url"].as_str().unwrap_or_default();
            let message = format!("failed to download artifact from {url}, status: 404 Not Found");
            return Err(fail(object, revision, "ArtifactFailed", message));
        };
        let folder = object.str("/spec/path").unwrap_or_default();
        let folder = super::super::files::normalize(folder).unwrap_or_default();
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

    async fn break_glass(&self, object: &mut Tracked) -> Step<()> {
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
        status::progressing(object, "Breaking the glass ...");
        object.save().await?;
        self.wait_for_glass(object).await?;
        status::progressing(object, "Initializing");
        object.save().await?;
        Err(Failed::new(format!("break the glass session has ended at {}", now().0)))
    }

    /// Makes a plan, without storing it, under the lock.
    async fn compute(
        &self,
        object: &Tracked,
        run: &mut Run,
        is_destroy: bool,
    ) -> Result<Result<Plan, Held>> {
        self.pause("plan").await;
        let locks = object.at("/spec/plan/lock") != Some(&json!(false));
        if locks && let Err(held) = run.lock.take("OperationTypePlan").await? {
            return Ok(Err(held));
        }
        // What a person changed since the pass began counts.
        run.cloud = Cloud::read(&self.client, object).await?;
        let targets = object.at("/spec/targets").and_then(Value::as_array);
        let targets: Vec<_> =
            targets.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
        let present = Present {
            cloud: &run.cloud.resources,
            outputs: &run.state.outputs,
            lineage: &run.state.lineage,
            serial: run.state.serial,
        };
        let created = k8s_openapi::jiff::Timestamp::now().to_string();
        let plan = Plan::new(&run.desired, &present, is_destroy, &targets, created);
        if locks {
            run.lock.release().await?;
        }
        Ok(Ok(plan))
    }

    async fn detect_drift(&self, object: &mut Tracked, run: &mut Run) -> Step<()> {
        let revision = run.revision.clone();
        let plan = match self.compute(object, run, false).await? {
            Ok(plan) => plan,
            Err(held) => {
                let reason = "DriftDetectionFailed";
                self.locked(object, &held, reason, "Drift detection error").await;
                let message = format!("error running Plan: {}", rpc(&held.message));
                return Err(fail(object, &revision, reason, message));
            }
        };
        if !plan.has_changes() {
            status::no_drift(object, &revision);
            return Ok(());
        }
        let text = match rules::has_no_backend(object) {
            true => "not available".to_owned(),
            false => human::text(&plan),
        };
        self.event(object, "Warning", DRIFT, &format!("Drift detected.\n{text}")).await;
        status::drift_detected(object, &revision, &text);
        Err(Failed::new(DRIFT))
    }

    /// Plans, stores the plan, and says what there is to approve.
    pub(super) async fn plan(&self, object: &mut Tracked, run: &mut Run) -> Step<()> {
        status::progressing(object, "Terraform Planning");
        object.save().await?;
        let revision = run.revision.clone();
        let is_destroy = object.is("/spec/destroy")
            || (object.is_deleted() && object.is("/spec/destroyResourcesOnDeletion"));
        let plan = match self.compute(object, run, is_destroy).await? {
            Ok(plan) => plan,
            Err(held) => {
                let reason = "TFExecPlanFailed";
                self.locked(object, &held, reason, "Plan error").await;
                let message = format!("error running Plan: {}", rpc(&held.message));
                return Err(fail(object, &revision, reason, message));
            }
        };
        if is_destroy && plan.is_empty() {
            status::planned_no_changes(object, &revision, status::NOTHING_TO_DESTROY);
            return Ok(());
        }
        self.pause("save").await;
        self.save_plan(object, &revision, &plan).await?;
        if !plan.has_changes() {
            status::planned_no_changes(object, &revision, "Plan no changes");
            return Ok(());
        }
        if !rules::is_force_or_auto(object) {
            let asked = status::approve_message(&rules::plan_id(&revision));
            self.event(object, "Normal", "TerraformPlanSucceed", &format!("Planned.\n{asked}"))
                .await;
        }
        status::planned_with_changes(object, &revision);
        Ok(())
    }

    async fn save_plan(&self, object: &mut Tracked, revision: &str, plan: &Plan) -> Step<()> {
        let id = rules::plan_id(revision);
        let store = Store::new(&self.client, object);
        let is_dummy = rules::has_no_backend(object);
        let bytes = if is_dummy { b"dummy plan".to_vec() } else { plan.to_bytes() };
        store.save("", &id, &bytes).await?;
        match object.str("/spec/storeReadablePlan") {
            Some("human" | "json") if is_dummy => {
                let message = "error saving plan secret: rpc error: code = Unknown desc = exit status 1\n\n\
                               Error: Failed to read the given file as a state or plan file";
                Err(fail(object, revision, "TFExecPlanFailed", message.to_owned()))
            }
            Some("human") => Ok(store.save_text(&id, &human::text(plan)).await?),
            Some("json") => {
                let document = plan.to_document().to_string();
                Ok(store.save(".json", &id, document.as_bytes()).await?)
            }
            _ => Ok(()),
        }
    }

    /// Applies the stored plan.
    pub(super) async fn apply(&self, object: &mut Tracked, run: &mut Run) -> Step<()> {
        status::progressing(object, "Applying");
        object.save().await?;
        self.pause("load").await;
        let revision = run.revision.clone();
        let is_dummy = rules::has_no_backend(object);
        let stored = match is_dummy {
            true => Ok(Vec::new()),
            false => Store::new(&self.client, object).load().await?,
        };
        let bytes = stored.map_err(|problem| {
            status::clear_pending(object);
            status::set_text(object, "lastPlannedRevision", "");
            let message = format!("rpc error: code = Unknown desc = {problem}");
            fail(object, &revision, "TFExecApplyFailed", message)
        })?;
        status::applying(object, &revision);
        object.save().await?;
        self.pause("apply").await;
        if let Err(problem) = self.carry_out(object, run, &bytes).await? {
            let message = format!("error running Apply: {}", rpc(&problem));
            status::apply_failed(object, &revision, &message);
            return Err(Failed::new(message));
        }
        let is_destroy = object.is("/status/plan/isDestroyPlan");
        let has_inventory = object.is("/spec/enableInventory") && !is_destroy;
        let inventory = if has_inventory { run.state.inventory() } else { Vec::new() };
        let (reason, message) = match is_destroy {
            true => ("TerraformDestroySucceed", "Destroy applied successfully"),
            false => ("TerraformAppliedSucceed", "Applied successfully"),
        };
        self.event(object, "Normal", reason, message).await;
        status::applied(object, &revision, is_destroy, &inventory);
        Ok(())
    }

    /// Changes the cloud as the plan says; the inner error is tofu's message.
    async fn carry_out(
        &self,
        object: &mut Tracked,
        run: &mut Run,
        bytes: &[u8],
    ) -> Result<Result<(), String>> {
        let plan = if rules::has_no_backend(object) {
            // Nothing was kept: this is a plain apply of whatever there is to do now.
            match self.compute(object, run, object.is("/spec/destroy")).await? {
                Ok(plan) => plan,
                Err(held) => return Ok(Err(held.message)),
            }
        } else {
            match serde_json::from_slice::<Plan>(bytes) {
                Ok(plan) => plan,
                Err(error) => return Ok(Err(format!("the plan cannot be read: {error}"))),
            }
        };
        if let Err(held) = run.lock.take("OperationTypeApply").await? {
            self.locked(object, &held, "TFExecApplyFailed", "Apply error").await;
            return Ok(Err(held.message));
        }
        let applied = self.change(object, run, &plan).await;
        run.lock.release().await?;
        if let Ok(Err(problem)) = &applied {
            let message = format!("Apply error: {}", rpc(problem));
            self.event(object, "Warning", "TFExecApplyFailed", &message).await;
        }
        applied
    }

    async fn change(
        &self,
        object: &Tracked,
        run: &mut Run,
        plan: &Plan,
    ) -> Result<Result<(), String>> {
        let state = State::read(&self.client, object).await?;
        if plan.serial != state.serial {
            let problem = "exit status 1\n\nError: Saved plan is stale\n\nThe given plan file can no \
                           longer be applied because the state was changed by another operation after \
                           the plan was created.";
            return Ok(Err(problem.to_owned()));
        }
        if self.stage.faults.fire_if("tofu.apply", |name| name == object.name()) {
            return Ok(Err("exit status 1\n\nError: the sandbox lets this apply fail".to_owned()));
        }
        run.cloud = Cloud::read(&self.client, object).await?;
        run.cloud.apply(plan).await?;
        run.state.write(&run.cloud, &run.desired, plan.is_destroy).await?;
        Ok(Ok(()))
    }

    async fn locked(&self, object: &mut Tracked, held: &Held, reason: &str, what: &str) {
        let message = format!("{what}: State locked with Lock Identifier {}", held.id);
        self.event(object, "Warning", reason, &message).await;
        status::state_locked(object, &held.id);
    }

    /// Whether the Secret with the outputs lacks something.
    async fn has_lost_outputs(&self, object: &Tracked) -> Result<bool> {
        let Some(wanted) = object.at("/spec/writeOutputsToSecret") else { return Ok(false) };
        let secrets: Api<Secret> = Api::namespaced(self.client.clone(), object.namespace());
        let name = wanted["name"].as_str().unwrap_or_default();
        let Some(secret) = secrets.get_opt(name).await? else { return Ok(true) };
        let data = secret.data.unwrap_or_default();
        let listed = wanted["outputs"].as_array().filter(|listed| !listed.is_empty());
        let listed = listed.or(object.at("/status/availableOutputs").and_then(Value::as_array));
        let mut listed: Vec<_> = listed.into_iter().flatten().filter_map(Value::as_str).collect();
        listed.sort_unstable();
        Ok(data.keys().map(String::as_str).ne(listed))
    }

    async fn process_outputs(&self, object: &mut Tracked, run: &Run) -> Step<()> {
        let outputs = &run.state.outputs;
        if outputs.is_empty() {
            return Ok(());
        }
        status::outputs_available(object, &outputs.keys().collect::<Vec<_>>());
        if object.at("/spec/writeOutputsToSecret").is_none() {
            return Ok(());
        }
        let listed = object.at("/spec/writeOutputsToSecret/outputs").and_then(Value::as_array);
        let data = outputs_data(outputs, listed.map(Vec::as_slice).unwrap_or_default())
            .map_err(|problem| fail(object, &run.revision, "OutputsWritingFailed", problem))?;
        if data.is_empty() || object.is("/spec/destroy") {
            status::outputs_written(object, &run.revision, "No Outputs written");
        } else {
            self.write_outputs(object, data).await?;
            status::outputs_written(object, &run.revision, "Outputs written");
        }
        Ok(object.save().await?)
    }

    async fn write_outputs(
        &self,
        object: &Tracked,
        data: BTreeMap<String, ByteString>,
    ) -> Result<()> {
        let wanted = object.at("/spec/writeOutputsToSecret").cloned().unwrap_or_default();
        let name = wanted["name"].as_str().unwrap_or_default();
        let secrets: Api<Secret> = Api::namespaced(self.client.clone(), object.namespace());
        let keys: Vec<_> = data.keys().cloned().collect();
        match secrets.get_opt(name).await? {
            Some(secret) if secret.data.as_ref() == Some(&data) => return Ok(()),
            Some(mut secret) => {
                secret.data = Some(data);
                secrets.replace(name, &PostParams::default(), &secret).await?;
            }
            None => {
                let mut metadata = owned(object, name, true);
                metadata.labels = serde_json::from_value(wanted["labels"].clone())?;
                metadata.annotations = serde_json::from_value(wanted["annotations"].clone())?;
                let secret = Secret {
                    metadata,
                    type_: Some("Opaque".to_owned()),
                    data: Some(data),
                    ..Default::default()
                };
                secrets.create(&PostParams::default(), &secret).await?;
            }
        }
        let message = format!("Outputs written.\n{} output(s): {}", keys.len(), keys.join(", "));
        // The controller uses the reason of the failure for the success as well.
        self.event(object, "Normal", "OutputsWritingFailed", &message).await;
        Ok(())
    }

    fn keep_inventory(&self, object: &mut Tracked, run: &Run) {
        if !object.is("/spec/enableInventory") {
            object.set_status("inventory", Value::Null);
        } else if object.at("/status/inventory").is_none() {
            let entries = run.state.inventory();
            if !entries.is_empty() {
                object.set_status("inventory", json!({"entries": entries}));
            }
        }
    }
}

/// The entries of the outputs' Secret: texts as they are, everything else as JSON beside its type.
fn outputs_data(
    outputs: &BTreeMap<String, Value>,
    listed: &[Value],
) -> Result<BTreeMap<String, ByteString>, String> {
    let mut chosen = BTreeMap::new();
    for entry in listed.iter().filter_map(Value::as_str) {
        let (name, alias) = entry.split_once(':').unwrap_or((entry, entry));
        let value = outputs.get(name).ok_or_else(|| format!("output not found: {name}"))?;
        chosen.insert(alias.to_owned(), value);
    }
    if listed.is_empty() {
        chosen = outputs.iter().map(|(name, value)| (name.clone(), value)).collect();
    }
    let mut data = BTreeMap::new();
    for (name, value) in chosen {
        if let Value::String(text) = value {
            data.insert(name, ByteString(text.clone().into_bytes()));
        } else {
            let kind = type_of(value).to_string();
            data.insert(format!("{name}__type"), ByteString(kind.into_bytes()));
            data.insert(name, ByteString(value.to_string().into_bytes()));
        }
    }
    Ok(data)
}

/// An error of the runner as it arrives at the controller.
fn rpc(problem: &str) -> String {
    format!("rpc error: code = Internal desc = {problem}")
}

/// Says in Ready why the pass ended.
fn fail(object: &mut Tracked, revision: &str, reason: &str, message: String) -> Failed {
    status::not_ready(object, revision, reason, &message);
    Failed::new(message)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_texts_or_json_beside_its_type() {
        let outputs =
            BTreeMap::from([("name".to_owned(), json!("vpc")), ("ports".to_owned(), json!([80]))]);
        let data = outputs_data(&outputs, &[]).unwrap();
        let text = |key: &str| String::from_utf8(data[key].0.clone()).unwrap();
        assert_eq!((text("name"), text("ports")), ("vpc".to_owned(), "[80]".to_owned()));
        assert_eq!(text("ports__type"), "[\"tuple\",[\"number\"]]");
        let aliased = outputs_data(&outputs, &[json!("name:title")]).unwrap();
        assert_eq!(aliased.keys().collect::<Vec<_>>(), ["title"]);
        let missing = outputs_data(&outputs, &[json!("nope")]).unwrap_err();
        assert_eq!(missing, "output not found: nope");
    }
}
