//! The steps that `install` and `bootstrap` share: checks before the first write, the apply, the wait.

use std::time::Duration;

use anyhow::{Context as _, Error, Result, anyhow};
use futures::future::join_all;
use kube::api::DynamicObject;
use serde_json::Value;

use super::components;
use crate::cluster::Cluster;
use crate::cluster::access::Right;
use crate::cluster::apply::{Applied, ApplyOptions};
use crate::cluster::installation::Installation;
use crate::cluster::preview::Preview;
use crate::context::Context;
use crate::error::{Class, Explain as _, common_class, usage};
use crate::kinds::view::name;
use crate::manifests::components::FLUX_VERSION;
use crate::manifests::pull_secret::PullSecret;
use crate::manifests::version;
use crate::output::diff;

/// How components are applied: fields are owned by upstream's manager, so that ownership carries over,
/// and taken from whoever else has them, as upstream does.
fn apply_options() -> ApplyOptions {
    ApplyOptions { field_manager: "flux".to_owned(), force: true }
}

/// What is about to be installed.
pub(super) struct Wanted<'a> {
    /// The Flux release.
    pub(super) version: &'a str,
    /// All objects.
    pub(super) objects: &'a [DynamicObject],
    /// Whether what another tool manages, and what is newer, is taken over.
    pub(super) is_forced: bool,
}

/// Checks that the cluster answers, that it is not too old, and that nobody else manages what is about to
/// be written; returns what is installed already.
pub(super) async fn check_cluster(
    cluster: &Cluster,
    wanted: &Wanted<'_>,
) -> Result<Option<Installation>> {
    check_version(cluster, Some(wanted.version)).await?;
    check_installation(cluster, wanted).await
}

/// Checks that the cluster answers, and that it is not too old for a Flux release; returns its version.
pub(super) async fn check_version(cluster: &Cluster, flux: Option<&str>) -> Result<String> {
    let found = cluster.version().await?;
    if let Some(flux) = flux {
        check_kubernetes(&found, flux)?;
    }
    Ok(found)
}

/// Checks that nobody else manages what is about to be written; returns what is installed already.
pub(super) async fn check_installation(
    cluster: &Cluster,
    wanted: &Wanted<'_>,
) -> Result<Option<Installation>> {
    for namespace in wanted.objects.iter().filter(|object| kind(object) == "Namespace") {
        cluster.refuse_leaving_namespace(name(namespace)).await?;
    }
    let installation = cluster.installation().await?;
    if let Some(installation) = installation.as_ref().filter(|_| !wanted.is_forced) {
        check_manager(installation)?;
        check_release(installation, wanted.version)?;
    }
    if !wanted.is_forced {
        check_definitions(cluster, wanted.objects).await?;
    }
    Ok(installation)
}

fn check_kubernetes(kubernetes: &str, flux: &str) -> Result<()> {
    let range = version::kubernetes_range_of(flux);
    if version::is_kubernetes_supported(kubernetes, range) {
        return Ok(());
    }
    Err(usage(format!("Kubernetes {kubernetes} is too old for Flux {flux}, which needs {range}"))
        .hint("upgrade the cluster first, or choose another one with --context"))
}

fn check_manager(installation: &Installation) -> Result<()> {
    let Some(manager) = installation.foreign_manager() else { return Ok(()) };
    Err(anyhow!("Flux on this cluster is managed by {manager}")
        .class(Class::Conflict)
        .hint(format!("uninstall it with {manager}, or take it over with --force")))
}

/// A newer release may have stored objects in versions that an older one does not have.
fn check_release(installation: &Installation, wanted: &str) -> Result<()> {
    let Some(installed) = &installation.version else { return Ok(()) };
    match (version::parse(installed), version::parse(wanted)) {
        (Some(newer), Some(older)) if newer > older => Err(anyhow!(
            "the cluster has Flux {installed}, and this would put {wanted} in its place"
        )
        .class(Class::Conflict)
        .hint(match wanted {
            FLUX_VERSION => "use a newer nigari, or go back on purpose with --force",
            _ => "choose a newer one with --version, or go back on purpose with --force",
        })),
        _ => Ok(()),
    }
}

/// The marker of an installation may be nobody's while another CRD is somebody's.
async fn check_definitions(cluster: &Cluster, objects: &[DynamicObject]) -> Result<()> {
    let is_definition = |object: &&DynamicObject| kind(object) == "CustomResourceDefinition";
    let names: Vec<String> =
        objects.iter().filter(is_definition).map(|object| name(object).to_owned()).collect();
    let foreign = cluster.foreign_definitions(&names).await?;
    let Some((definition, manager)) = foreign.first() else { return Ok(()) };
    let more = match foreign.len() {
        1 => String::new(),
        count => format!(" and {} more are", count - 1),
    };
    let is = if more.is_empty() { " is" } else { "" };
    Err(anyhow!("CustomResourceDefinition {definition}{more}{is} managed by {manager}")
        .class(Class::Conflict)
        .hint(format!("remove it from {manager}, or take it over with --force")))
}

/// Refuses when we lack a right that is `needed`; whoever may do everything is asked nothing else.
pub(super) async fn check_rights(cluster: &Cluster, needed: &[Right]) -> Result<()> {
    let missing = missing_rights(cluster, needed).await?;
    if missing.is_empty() {
        return Ok(());
    }
    Err(anyhow!("you may not install Flux on this cluster; missing: {}", missing.join("; "))
        .class(Class::Denied)
        .hint("ask for the ClusterRole cluster-admin, which Flux's own controllers get as well"))
}

/// What we lack of the rights that are `needed`, in words.
pub(super) async fn missing_rights(cluster: &Cluster, needed: &[Right]) -> Result<Vec<String>> {
    if cluster.missing_rights(&[Right::everywhere("*", "*", "*")]).await?.is_empty() {
        return Ok(Vec::new());
    }
    let missing = cluster.missing_rights(needed).await?;
    Ok(missing.iter().map(ToString::to_string).collect())
}

/// What server-side apply of the components asks for.
pub(super) fn needed_rights(namespace: &str) -> Vec<Right> {
    const EVERYWHERE: [(&str, &str); 4] = [
        ("", "namespaces"),
        ("apiextensions.k8s.io", "customresourcedefinitions"),
        ("rbac.authorization.k8s.io", "clusterroles"),
        ("rbac.authorization.k8s.io", "clusterrolebindings"),
    ];
    const WITHIN: [(&str, &str); 5] = [
        ("", "resourcequotas"),
        ("", "serviceaccounts"),
        ("", "services"),
        ("apps", "deployments"),
        ("networking.k8s.io", "networkpolicies"),
    ];
    // To see whose the CRDs are that are there already.
    let mut rights =
        vec![Right::everywhere("list", "apiextensions.k8s.io", "customresourcedefinitions")];
    for verb in ["get", "create", "patch"] {
        rights.extend(EVERYWHERE.map(|(group, resource)| Right::everywhere(verb, group, resource)));
        rights.extend(
            WITHIN.map(|(group, resource)| Right::within(namespace, verb, group, resource)),
        );
    }
    rights
}

/// Applies the components. Their pull secret comes before them, or their first pulls would fail.
pub(super) async fn apply_components(
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

fn kind(object: &DynamicObject) -> &str {
    object.types.as_ref().map_or("", |types| types.kind.as_str())
}

/// Applies objects and says what came of it in one line.
pub(super) async fn apply(ctx: &Context, what: &str, objects: &[DynamicObject]) -> Result<()> {
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
    let [created, configured, unchanged] = count(outcomes);
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
pub(super) async fn preview(ctx: &Context, objects: &[DynamicObject]) -> Result<Vec<Preview>> {
    let cluster = ctx.cluster().await?;
    let progress = ctx.output.progress("asking what would change");
    let news = ctx.news(&progress);
    let previews = cluster.preview(objects, &apply_options(), &ctx.patience(&news)).await;
    previews.context("cannot tell what would change")
}

/// What [`preview`] found, as it is printed: a line for each object that is not as it should be, and what
/// would change in it.
pub(super) fn changes(ctx: &Context, previews: &[Preview]) -> Result<String> {
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

/// How many objects were created, configured, unchanged.
pub(super) fn count(outcomes: impl IntoIterator<Item = Applied>) -> [usize; 3] {
    let mut counts = [0; 3];
    for outcome in outcomes {
        counts[match outcome {
            Applied::Created => 0,
            Applied::Configured => 1,
            Applied::Unchanged => 2,
        }] += 1;
    }
    counts
}

/// What was applied when the server went away stays, and is found by the next run.
fn hint_to_run_again(error: Error) -> Error {
    match crate::error::class_of(&error) {
        Class::Unreachable => error.hint("run the same command again: it goes on where it stopped"),
        _ => error,
    }
}

/// Waits for all Deployments at the same time; each is told when it is there. A cause that may heal is
/// shown while the clock runs, and does not end the wait.
pub(super) async fn await_available<'a>(
    ctx: &Context,
    namespace: &str,
    deployments: impl Iterator<Item = &'a str>,
) -> Result<()> {
    let cluster = ctx.cluster().await?;
    ctx.output.waiting("waiting for the components");
    let progress = ctx.output.progress("components");
    let news = ctx.news(&progress);
    let mut patience = ctx.patience(&news);
    patience.error_budget = Duration::MAX;
    let waits = deployments.map(async |name| {
        let outcome = cluster.await_available(namespace, name, &patience).await;
        if outcome.is_ok() {
            ctx.output.done(format_args!("{name}: deployment ready"));
        }
        outcome
    });
    let outcomes = join_all(waits).await;
    let of = outcomes.len();
    refuse_unavailable(ctx, outcomes.into_iter().filter_map(Result::err).collect(), of)
}

/// The failure of one component, or what several have in common; then each is told in a line.
fn refuse_unavailable(ctx: &Context, mut failures: Vec<Error>, of: usize) -> Result<()> {
    let class = common_class(&failures);
    match failures.len() {
        0 => Ok(()),
        1 => Err(failures.swap_remove(0)),
        count => {
            for failure in &failures {
                ctx.output.failed(failure);
            }
            let first = failures.swap_remove(0);
            Err(first.context(format!("{count} of {of} components are not available")).class(class))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    fn installed(version: &str, manager: Option<&str>) -> Installation {
        Installation {
            version: Some(version.to_owned()),
            manager: manager.map(str::to_owned),
            ..Installation::default()
        }
    }

    #[test]
    fn an_older_release_does_not_silently_replace_a_newer_one() {
        for (version, is_refused) in [
            ("v2.8.3", false),
            ("v2.9.4", false),
            ("v2.9.5", true),
            ("v2.10.0", true),
            ("main", false),
        ] {
            let checked = check_release(&installed(version, None), "v2.9.4");
            assert_eq!(checked.is_err(), is_refused, "{version}");
            assert!(checked.is_ok_and(|()| true) || is_refused);
        }
        let error = check_release(&installed("v2.10.0", None), "v2.9.4").unwrap_err();
        assert_eq!(class_of(&error), Class::Conflict);
    }

    #[test]
    fn only_another_tools_installation_is_refused() {
        for (manager, is_refused) in [(None, false), (Some("flux"), false), (Some("Helm"), true)] {
            let checked = check_manager(&installed("v2.9.4", manager));
            assert_eq!(checked.is_err(), is_refused, "{manager:?}");
        }
    }

    #[test]
    fn whose_the_definitions_are_can_only_be_seen_by_who_may_list_them() {
        let list = Right::everywhere("list", "apiextensions.k8s.io", "customresourcedefinitions");
        assert!(needed_rights("flux-system").contains(&list));
    }

    #[test]
    fn an_old_kubernetes_is_refused_before_anything_happens() {
        assert!(check_kubernetes("v1.33.0", "v2.9.4").is_ok());
        let error = check_kubernetes("v1.31.2", "v2.9.4").unwrap_err();
        assert_eq!(class_of(&error), Class::Usage);
    }
}
