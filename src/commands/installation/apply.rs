//! What is installed, applied or only asked about; told in a line.

use anyhow::{Context as _, Error, Result};
use kube::api::DynamicObject;
use serde_json::Value;

use crate::cluster::apply::{Applied, ApplyOptions};
use crate::cluster::preview::Preview;
use crate::commands::components;
use crate::context::Context;
use crate::error::{Class, Explain as _, class_of};
use crate::kinds::view::{kind, name};
use crate::manifests::pull_secret::PullSecret;
use crate::output::diff;

/// How components are applied: fields are owned by upstream's manager, so that ownership carries over,
/// and taken from whoever else has them, as upstream does.
fn apply_options() -> ApplyOptions {
    ApplyOptions { field_manager: "flux".to_owned(), force: true }
}

/// Applies the components. Their pull secret comes before them, or their first pulls would fail.
pub(in crate::commands) async fn apply_components(
    ctx: &Context,
    namespace: &str,
    objects: &[DynamicObject],
    pull_secret: Option<&PullSecret>,
) -> Result<()> {
    if let Some(pull_secret) = pull_secret {
        let is_namespace = |object: &&DynamicObject| kind(object) == "Namespace";
        let first: Vec<DynamicObject> = objects.iter().filter(is_namespace).cloned().collect();
        apply(ctx, "namespace", &first).await?;
        components::ensure_pull_secret(ctx, namespace, pull_secret).await?;
    }
    apply(ctx, "components", objects).await
}

/// Applies objects and says what came of it in one line.
pub(in crate::commands) async fn apply(
    ctx: &Context,
    what: &str,
    objects: &[DynamicObject],
) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let outcomes = {
        let progress = ctx.output.progress(&format!("applying the {what}"));
        let news = ctx.news(&progress);
        let applied = cluster.apply(objects, &apply_options(), &ctx.patience(&news)).await;
        applied.with_context(|| format!("cannot apply the {what}")).map_err(hint_to_run_again)?
    };
    if ctx.global.verbose {
        for (object, outcome) in objects.iter().zip(&outcomes) {
            ctx.output.action(format_args!("{} {} {outcome}", kind(object), name(object)));
        }
    }
    let Counts { created, configured, unchanged } = count(outcomes);
    if created + configured == 0 {
        ctx.output.done(format_args!("the {what} are up to date"));
    } else {
        ctx.output.done(format_args!(
            "applied the {what}: {created} created, {configured} configured, {unchanged} unchanged"
        ));
    }
    Ok(())
}

/// Asks the server what [`apply`] would do.
pub(in crate::commands) async fn preview(
    ctx: &Context,
    objects: &[DynamicObject],
) -> Result<Vec<Preview>> {
    let cluster = ctx.cluster().await?;
    let progress = ctx.output.progress("asking what would change");
    let news = ctx.news(&progress);
    let previews = cluster.preview(objects, &apply_options(), &ctx.patience(&news)).await;
    previews.context("cannot tell what would change")
}

/// What [`preview`] found, as it is printed: a line for each object that is not as it should be, and what
/// would change in it.
pub(in crate::commands) fn changes(ctx: &Context, previews: &[Preview]) -> Result<String> {
    let mut text = String::new();
    for preview in previews {
        if preview.applied != Applied::Unchanged || ctx.global.verbose {
            text += &format!("{} {}\n", preview.object, preview.applied);
        }
        // A new object is as `--export` prints it; its CRDs alone are thousands of lines.
        let before = preview.live.as_ref().or(ctx.global.verbose.then_some(&Value::Null));
        if let Some(before) = before {
            text += &diff::unified(&preview.object, before, &preview.wanted, ctx.output.paper())?;
        }
    }
    Ok(text)
}

/// How many objects an apply has, or would have.
#[derive(Default)]
pub(in crate::commands) struct Counts {
    pub(in crate::commands) created: usize,
    pub(in crate::commands) configured: usize,
    pub(in crate::commands) unchanged: usize,
}

/// How many outcomes there are of each kind.
pub(in crate::commands) fn count(outcomes: impl IntoIterator<Item = Applied>) -> Counts {
    let mut counts = Counts::default();
    for outcome in outcomes {
        *match outcome {
            Applied::Created => &mut counts.created,
            Applied::Configured => &mut counts.configured,
            Applied::Unchanged => &mut counts.unchanged,
        } += 1;
    }
    counts
}

/// What was applied when the server went away stays, and is found by the next run.
fn hint_to_run_again(error: Error) -> Error {
    match class_of(&error) {
        Class::Unreachable => error.hint("run the same command again: it goes on where it stopped"),
        _ => error,
    }
}
