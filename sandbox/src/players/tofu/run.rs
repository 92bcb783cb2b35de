//! What the runner does in one pass: look for drift, plan, apply.
//!
//! Source: tofu-controller, `controllers/tf_controller_{reconcile,plan,apply,drift_detect}.go`.

use anyhow::Result;
use serde_json::{Value, json};

use super::super::object::Tracked;
use super::super::passes::Applied;
use super::module::Desired;
use super::plan::{Plan, Present};
use super::state::{Cloud, Held, Lock, State};
use super::store::Store;
use super::{DRIFT, Failed, Tofu, human, rules, status};

/// What a pass works on.
pub(super) struct Run {
    pub(super) revision: String,
    pub(super) desired: Desired,
    pub(super) state: State,
    pub(super) cloud: Cloud,
    pub(super) lock: Lock,
}

/// The end of a step that cannot go on: the error of the pass.
pub(super) type Step<T> = Result<T, Failed>;

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

    /// Makes a plan, without storing it, under the lock.
    async fn compute(
        &self,
        object: &Tracked,
        run: &mut Run,
        is_destroy: bool,
    ) -> Result<Result<Plan, Held>> {
        self.pause(object, "plan").await;
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
        self.pause(object, "save").await;
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
        self.pause(object, "load").await;
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
        self.pause(object, "apply").await;
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
        let (namespace, name) = (object.namespace().to_owned(), object.name().to_owned());
        self.stage.passes.apply(Applied { namespace, name, plan: plan.to_bytes() });
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
}

/// An error of the runner as it arrives at the controller.
fn rpc(problem: &str) -> String {
    format!("rpc error: code = Internal desc = {problem}")
}

/// Says in Ready why the pass ended.
pub(super) fn fail(object: &mut Tracked, revision: &str, reason: &str, message: String) -> Failed {
    status::not_ready(object, revision, reason, &message);
    Failed::new(message)
}
