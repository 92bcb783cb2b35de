//! Turns readable plans on.

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;
use serde_json::json;

use crate::cli::plan::show::ReadableForm;
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::kinds::ownership::{field_controller, kustomization};
use crate::kinds::plan::PlanState;
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::{name, namespace, text};

/// Has the controller store plans of an object in this form, which makes it plan anew.
///
/// # Errors
/// [`Class::Conflict`] when another controller writes the field, and while an approval is in force: what
/// is planned anew would be applied unseen.
pub(super) async fn enable(ctx: &Context, object_name: &str, form: ReadableForm) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let find = cluster.find(&TERRAFORM, ctx.namespace(), object_name);
    let object = ctx.deadline.within("the cluster", find).await?;
    refuse(&object, form)?;
    let decide = |object: &DynamicObject| {
        let is_wanted = !is_set(object, form) && refuse(object, form).is_ok();
        is_wanted.then(|| json!({"spec": {"storeReadablePlan": form.word()}}))
    };
    let change = cluster.change(&TERRAFORM, &object, "change", false, &decide);
    let changed = ctx.deadline.within("the change to be written", change).await?;
    refuse(&changed.object, form)?;
    let subject = subject(&object);
    if !changed.is_changed {
        ctx.output.done(format_args!("{subject} stores readable plans already"));
        return Ok(());
    }
    ctx.output.done(format_args!("{subject} stores plans as {} from now on", form.word()));
    if let Some(owner) = kustomization(&object) {
        ctx.output.warn(format_args!(
            "{owner} applies it from Git: put storeReadablePlan: {} into its manifest there too",
            form.word()
        ));
    }
    let (namespace, name) = (namespace(&object), name(&object));
    ctx.output.waiting(format_args!(
        "it is planned anew; look at the plan with: nigari plan show {name} -n {namespace}"
    ));
    Ok(())
}

fn subject(object: &DynamicObject) -> String {
    format!("Terraform {}/{}", namespace(object), name(object))
}

fn is_set(object: &DynamicObject, form: ReadableForm) -> bool {
    text(object, "/spec/storeReadablePlan") == Some(form.word())
}

fn refuse(object: &DynamicObject, form: ReadableForm) -> Result<()> {
    if is_set(object, form) {
        return Ok(());
    }
    let subject = subject(object);
    if let Some(id) = PlanState::of(object).approval.armed() {
        return Err(anyhow!(
            "{subject} approves {id}: what is planned anew would be applied unseen, so nothing was changed"
        )
        .class(Class::Conflict));
    }
    match field_controller(object, &["spec", "storeReadablePlan"]) {
        Some(manager) => Err(anyhow!(
            "{manager} writes spec.storeReadablePlan of {subject} from Git, and would undo the change"
        )
        .class(Class::Conflict)
        .hint(format!("set storeReadablePlan: {} in its manifest in Git", form.word()))),
        None => Ok(()),
    }
}
