//! The Secret of the cluster: read, written, told of.

use anyhow::Result;
use k8s_openapi::api::core::v1::Secret;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::contents::{Data, stale};
use crate::cluster::apply::Applied;
use crate::commands::bootstrap::plan::Plan;
use crate::context::Context;

/// The Secret as the cluster has it.
pub(in crate::commands::bootstrap) async fn read_secret(
    ctx: &Context,
    plan: &Plan,
) -> Result<Option<Secret>> {
    let cluster = ctx.cluster().await?;
    let look = cluster.secret(&plan.namespace, &plan.secret_name);
    ctx.deadline.within("the cluster", look).await
}

/// Writes the Secret, and removes what authenticates in another way, whoever wrote it.
pub(in crate::commands::bootstrap) async fn write_secret(
    ctx: &Context,
    plan: &Plan,
    data: Data,
) -> Result<()> {
    let (namespace, name) = (&plan.namespace, &plan.secret_name);
    let wanted = Secret {
        metadata: ObjectMeta {
            name: Some(name.clone()),
            namespace: Some(namespace.clone()),
            ..ObjectMeta::default()
        },
        data: Some(data),
        ..Secret::default()
    };
    let cluster = ctx.cluster().await?;
    let written = cluster.apply_secret(&wanted).await?;
    let data = wanted.data.unwrap_or_default();
    let stale = stale(&data, Some(&written));
    if !stale.is_empty() {
        cluster.remove_from_secret(namespace, name, &stale).await?;
    }
    ctx.output.done(format_args!("Secret {namespace}/{name} written"));
    Ok(())
}

/// What would be done to the Secret: which keys would be written, and no value.
pub(super) fn change(ctx: &Context, plan: &Plan, is_there: bool, keys: &[&str]) -> String {
    let (namespace, name) = (&plan.namespace, &plan.secret_name);
    if keys.is_empty() {
        tell_up_to_date(ctx, plan);
        return String::new();
    }
    let applied = if is_there { Applied::Configured } else { Applied::Created };
    format!("Secret {namespace}/{name} {applied}: {}\n", keys.join(", "))
}

/// Says that nothing is to be done to the Secret.
pub(super) fn tell_up_to_date(ctx: &Context, plan: &Plan) {
    let (namespace, name) = (&plan.namespace, &plan.secret_name);
    ctx.output.done(format_args!("Secret {namespace}/{name} is up to date"));
}
