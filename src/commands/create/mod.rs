//! `create`: arguments become a typed object, its template a manifest, and the manifest goes somewhere.

mod alert;
mod alert_provider;
mod destination;
mod helmrelease;
mod kustomization;
mod new;
mod runner;
mod source_git;
mod source_helm;
mod source_oci;
mod terraform;
mod tofu_runner;
mod verification;

use anyhow::Result;

use self::destination::Destination;
use self::new::{Created, New};
use crate::cli::create::{CreateArgs, CreateObject, CreateSource, SourceArgs};
use crate::context::Context;

/// Makes the objects that were asked for, checked, and takes them where they shall go.
///
/// # Errors
/// With nothing written: what is wrong with the arguments. Later: those of the destination.
pub async fn run(ctx: &Context, args: &CreateArgs) -> Result<()> {
    if let CreateObject::TofuRunner(runner) = &args.object
        && runner.print_trust_policy
    {
        return tofu_runner::print_trust_policy(ctx, runner);
    }
    let destination = Destination::of(&args.delivery);
    let new = New { namespace: ctx.namespace(), common: &args.common };
    let created = make(ctx, &new, &args.object)?;
    destination.deliver(ctx, &created).await
}

/// The objects in the order in which they are applied.
fn make(ctx: &Context, new: &New<'_>, object: &CreateObject) -> Result<Vec<Created>> {
    match object {
        CreateObject::Alert(args) => alert::make(new, args),
        CreateObject::AlertProvider(args) => alert_provider::make(new, args),
        CreateObject::HelmRelease(args) => helmrelease::make(new, args),
        CreateObject::Kustomization(args) => kustomization::make(new, args),
        CreateObject::Source(args) => make_source(ctx, new, args),
        CreateObject::Terraform(args) => terraform::make(new, args),
        CreateObject::TofuRunner(args) => tofu_runner::make(new, args),
    }
}

fn make_source(_ctx: &Context, new: &New<'_>, args: &SourceArgs) -> Result<Vec<Created>> {
    let limit = args.fetch_timeout.flatten();
    match &args.source {
        CreateSource::Git(args) => source_git::make(new, args, limit),
        CreateSource::Helm(args) => source_helm::make(new, args, limit),
        CreateSource::Oci(args) => source_oci::make(new, args, limit),
    }
}
