//! Installs or upgrades Flux on a cluster, without a repository.

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;

use super::bundles::{self, Host};
use super::{components, installation, tofu_controller};
use crate::cli::install::InstallArgs;
use crate::cluster::installation::Installation;
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::manifests::pull_secret::PullSecret;
use crate::manifests::yaml;

/// Renders the components, checks what can be checked without a write, applies them, and waits until they
/// are available.
///
/// # Errors
/// With nothing written: what is wrong with the arguments or the cluster; [`Class::Conflict`] for an
/// installation that is another tool's, a repository's, or newer. Later: what the step that failed says.
pub async fn run(ctx: &Context, args: &InstallArgs) -> Result<()> {
    let options = components::options(ctx.namespace(), &args.components)?;
    let tofu = tofu_controller::Wanted::of(&args.tofu, &options)?;
    let pull_secret = components::pull_secret(ctx, &args.components)?;
    let release =
        bundles::release(ctx, &args.components, &options, &Host::of_environment(ctx)).await?;
    let bundle = release.bundle(&options)?;
    let manifest = bundle.manifest()?;
    if args.export {
        let tofu = tofu.as_ref().map(tofu_controller::Wanted::text).unwrap_or_default();
        return ctx.output.data(&(manifest.text + &tofu));
    }
    let objects = yaml::objects_of(&manifest.text)?;
    let wanted =
        installation::Wanted { version: &bundle.version, objects: &objects, is_forced: args.force };
    ctx.deadline.within("the cluster", check(ctx, &wanted, tofu.as_ref())).await?;
    if args.dry_run {
        return show_changes(ctx, &wanted, tofu.as_ref(), pull_secret.as_ref()).await;
    }
    let namespace = ctx.namespace();
    installation::apply_components(ctx, namespace, &objects, pull_secret.as_ref()).await?;
    tell_leftovers(ctx, &objects).await;
    let deployments = bundle.components.iter().map(String::as_str);
    installation::await_available(ctx, namespace, deployments).await?;
    let version = &bundle.version;
    ctx.output.done(format_args!("Flux {version} is installed in namespace {namespace}"));
    match tofu {
        Some(tofu) => tofu.install(ctx, args.force).await,
        None => Ok(()),
    }
}

/// Checks the cluster, and says what is there already.
async fn check(
    ctx: &Context,
    wanted: &installation::Wanted<'_>,
    tofu: Option<&tofu_controller::Wanted>,
) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let found = installation::check_cluster(cluster, wanted).await?;
    if let Some(found) = &found {
        check_sync(ctx, found, wanted.is_forced)?;
    }
    let mut needed = installation::needed_rights(ctx.namespace());
    if tofu.is_some() {
        needed.extend(tofu_controller::Wanted::needed_rights(ctx.namespace()));
    }
    installation::check_rights(cluster, &needed).await?;
    if let Some(tofu) = tofu {
        tofu.check(ctx, wanted.is_forced).await?;
    }
    ctx.output.done(format_args!("checked access to the cluster at {}", cluster.server()));
    let Some(found) = found else { return Ok(()) };
    let elsewhere = found.namespace.as_deref().filter(|namespace| *namespace != ctx.namespace());
    if let Some(namespace) = elsewhere {
        ctx.output.warn(format_args!(
            "Flux is installed in namespace {namespace} too: both will share the CRDs, and reconcile \
             the same objects unless each watches its own namespace only"
        ));
    }
    if let Some(installed) = found.version.filter(|installed| installed != wanted.version) {
        ctx.output.action(format_args!("changing Flux {installed} to {}", wanted.version));
    }
    Ok(())
}

/// What a repository manages goes back to what the repository says.
fn check_sync(ctx: &Context, found: &Installation, is_forced: bool) -> Result<()> {
    let Some(kustomization) = &found.synced_by else { return Ok(()) };
    if is_forced {
        ctx.output.warn(format_args!(
            "Kustomization {kustomization} will put back what its repository says"
        ));
        return Ok(());
    }
    Err(anyhow!(
        "Flux on this cluster is managed from a repository, by Kustomization {kustomization}"
    )
    .class(Class::Conflict)
    .hint("upgrade it with nigari bootstrap, or install over it with --force"))
}

/// Prints what would be done to each object that is not as it should be, and how many there are.
async fn show_changes(
    ctx: &Context,
    wanted: &installation::Wanted<'_>,
    tofu: Option<&tofu_controller::Wanted>,
    pull_secret: Option<&PullSecret>,
) -> Result<()> {
    let objects = wanted.objects;
    let mut previews = installation::preview(ctx, objects).await?;
    if let Some(tofu) = tofu {
        previews.extend(tofu.preview(ctx, objects, wanted.is_forced).await?);
    }
    let mut text = match pull_secret {
        Some(wanted) => components::preview_pull_secret(ctx, ctx.namespace(), wanted).await?,
        None => String::new(),
    };
    text += &installation::changes(ctx, &previews)?;
    ctx.output.data(&text)?;
    tell_leftovers(ctx, objects).await;
    let installation::Counts { created, configured, unchanged } =
        installation::count(previews.iter().map(|preview| preview.applied));
    ctx.output.done(format_args!(
        "dry run, nothing was written: {created} to be created, {configured} to be configured, \
         {unchanged} unchanged"
    ));
    Ok(())
}

/// Says which objects of an earlier installation are not part of this one. Nothing is deleted: a
/// component that is not chosen this time may still have work.
///
/// Who may install may not be allowed to look; that is told and is no failure.
async fn tell_leftovers(ctx: &Context, objects: &[DynamicObject]) {
    let look = async { ctx.cluster().await?.leftovers(ctx.namespace(), objects).await };
    match ctx.deadline.within("the cluster's lists", look).await {
        Ok(left) if left.is_empty() => {}
        Ok(left) => {
            ctx.output.warn("of an earlier installation these are left, and not part of this one:");
            left.iter().for_each(|object| ctx.output.action(object));
        }
        Err(error) => ctx
            .output
            .warn(format_args!("cannot see what is left of an earlier installation: {error:#}")),
    }
}
