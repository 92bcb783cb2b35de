//! `create`: arguments become a typed object, its template a manifest, and the manifest goes somewhere.

mod alert;
mod alert_provider;
mod builtin;
pub(super) mod destination;
mod helmrelease;
mod image_policy;
mod image_repository;
mod image_update;
mod kustomization;
pub(super) mod new;
mod receiver;
mod references;
mod repository;
mod runner;
pub(super) mod secret;
mod source_bucket;
mod source_chart;
mod source_git;
mod source_helm;
mod source_oci;
mod sources;
mod tenant;
mod terraform;
mod tofu_runner;
mod verification;

use anyhow::Result;

use self::destination::Destination;
use self::new::{Created, New};
use self::sources::Sources;
use super::templates;
use crate::cli::create::{CreateArgs, CreateImage, CreateObject, CreateSource, SourceArgs};
use crate::context::Context;

/// Makes the objects that were asked for, checked, and takes them where they shall go.
///
/// # Errors
/// With nothing written: what is wrong with the arguments. Later: those of the destination.
pub async fn run(ctx: &Context, args: &CreateArgs) -> Result<()> {
    if let CreateObject::TofuRunner(runner) = &args.object
        && runner.print_trust_policy
    {
        return tofu_runner::print_trust_policy(ctx, runner).await;
    }
    let destination = Destination::of(args)?;
    let templates = templates::read(args.common.templates.as_deref())?;
    let new = New { namespace: ctx.namespace(), common: &args.common, templates: &templates };
    let created = make(ctx, &new, args).await?;
    if args.delivery.check_references {
        references::check(ctx, &created).await?;
    }
    destination.deliver(ctx, &new, created).await
}

/// The objects in the order in which they are applied.
async fn make(ctx: &Context, new: &New<'_>, args: &CreateArgs) -> Result<Vec<Created>> {
    let is_export = args.delivery.export;
    match &args.object {
        CreateObject::Alert(args) => alert::make(new, args, is_export),
        CreateObject::AlertProvider(args) => alert_provider::make(new, args),
        CreateObject::HelmRelease(args) => helmrelease::make(new, args),
        CreateObject::Image(args) => match &args.image {
            CreateImage::Policy(args) => image_policy::make(new, args),
            CreateImage::Repository(args) => image_repository::make(new, args),
            CreateImage::Update(args) => image_update::make(new, args),
        },
        CreateObject::Kustomization(args) => kustomization::make(new, args),
        CreateObject::Receiver(args) => receiver::make(new, args),
        CreateObject::Secret(args) => secret::make(ctx, new, &args.secret, is_export).await,
        CreateObject::Source(args) => make_source(ctx, new, args, is_export).await,
        CreateObject::Tenant(args) => tenant::make(new, args),
        CreateObject::Terraform(args) => terraform::make(new, args),
        CreateObject::TofuRunner(args) => tofu_runner::make(new, args),
    }
}

async fn make_source(
    ctx: &Context,
    new: &New<'_>,
    args: &SourceArgs,
    is_export: bool,
) -> Result<Vec<Created>> {
    let sources = Sources { limit: args.fetch_timeout.flatten(), is_export };
    match &args.source {
        CreateSource::Bucket(args) => source_bucket::make(ctx, new, args, &sources),
        CreateSource::Chart(args) => source_chart::make(new, args),
        CreateSource::Git(args) => source_git::make(ctx, new, args, &sources).await,
        CreateSource::Helm(args) => source_helm::make(ctx, new, args, &sources),
        CreateSource::Oci(args) => source_oci::make(new, args, &sources),
    }
}
