//! Where manifests go.

use anyhow::Result;
use kube::api::DynamicObject;

use super::new::{Created, New};
use super::repository;
use crate::cli::create::{CreateArgs, DeliveryArgs};
use crate::cluster::Cluster;
use crate::cluster::apply::Applied;
use crate::cluster::preview::Preview;
use crate::cluster::reconcile::Request;
use crate::cluster::takeover::Desired;
use crate::context::Context;
use crate::error::{Class, Explain as _, class_of, usage};
use crate::kinds::Kind;
use crate::kinds::view::name;
use crate::manifests::object::LaidOut;
use crate::output::diff;

/// Where manifests go; decided from the arguments alone.
#[derive(Clone, Copy, Debug)]
pub(super) enum Destination<'a> {
    /// To the cluster; then their controllers are waited for.
    Cluster {
        /// Whether fields of controllers are taken over.
        is_forced: bool,
    },
    /// Nowhere: the cluster says what would change.
    Preview {
        /// Whether fields of controllers would be taken over.
        is_forced: bool,
    },
    /// To standard output; no cluster is contacted.
    Export,
    /// Into the repository that the cluster is synced from, and never also to the cluster.
    Repository(&'a CreateArgs),
}

impl<'a> Destination<'a> {
    /// What was asked for.
    ///
    /// # Errors
    /// [`Class::Usage`] when that contradicts itself.
    pub(super) fn of(args: &'a CreateArgs) -> Result<Self> {
        let DeliveryArgs { export, dry_run, force: is_forced, .. } = args.delivery;
        if args.fleet.is_chosen()? {
            let idle = [("--export", export), ("--force", is_forced)];
            return match idle.into_iter().find(|(_, is_idle)| *is_idle) {
                Some((flag, _)) => {
                    Err(usage(format!("{flag} has no effect where nothing is applied"))
                        .hint("leave it out, or --commit and --pull-request"))
                }
                None => Ok(Self::Repository(args)),
            };
        }
        if args.file.is_some() {
            return Err(usage("--file has no effect here").hint("add --commit or --pull-request"));
        }
        Ok(match (export, dry_run) {
            (true, _) => Self::Export,
            (false, true) => Self::Preview { is_forced },
            (false, false) => Self::Cluster { is_forced },
        })
    }

    /// Takes the objects there, in their order.
    ///
    /// # Errors
    /// Those of the destination.
    pub(super) async fn deliver(
        self,
        ctx: &Context,
        new: &New<'_>,
        created: Vec<Created>,
    ) -> Result<()> {
        match self {
            Self::Cluster { is_forced } => apply(ctx, &created, is_forced).await,
            Self::Preview { is_forced } => preview(ctx, &created, is_forced).await,
            Self::Export => export(ctx, &created),
            Self::Repository(args) => repository::deliver(ctx, new, args, created).await,
        }
    }
}

/// Prints the manifests, each behind a line that begins a document.
fn export(ctx: &Context, created: &[Created]) -> Result<()> {
    created.iter().try_for_each(|created| created.laid_out.check_against_bundle())?;
    if created.iter().any(Created::is_secret) && ctx.output.stderr_is_terminal {
        ctx.output
            .warn("what is printed holds credentials: keep it out of Git, or encrypt it first");
    }
    let text: String = created.iter().map(|created| format!("---\n{}", created.text())).collect();
    ctx.output.data(&text)
}

/// Prints what would change, as a diff.
async fn preview(ctx: &Context, created: &[Created], is_forced: bool) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let previews = try_out(ctx, cluster, created, is_forced).await?;
    let mut text = String::new();
    for preview in &previews {
        let before = preview.live.clone().unwrap_or_default();
        text += &diff::unified(&preview.object, &before, &preview.wanted, ctx.output.paper())?;
    }
    ctx.output.data(&text)?;
    for preview in &previews {
        let would = match preview.applied {
            Applied::Created => "would be created",
            Applied::Configured => "would be configured",
            Applied::Unchanged => "is as wanted",
        };
        ctx.output.done(format_args!("{} {would} (dry run)", preview.object));
    }
    Ok(())
}

/// Asks the server what would become of the objects.
async fn try_out(
    ctx: &Context,
    cluster: &Cluster,
    created: &[Created],
    is_forced: bool,
) -> Result<Vec<Preview>> {
    // The server says nothing about what is in a namespace that is only to be.
    let builtin = created.iter().filter(|created| created.kind.is_none());
    builtin.map(|created| &created.laid_out).try_for_each(LaidOut::check_against_bundle)?;
    let objects: Vec<Desired<'_>> = created.iter().map(Created::desired).collect();
    let progress = ctx.output.progress("asking what would change");
    let news = ctx.news(&progress);
    let previews = cluster.preview_creation(&objects, is_forced, &ctx.patience(&news)).await;
    previews.map_err(|error| created.iter().fold(error, hinted))
}

/// Applies the objects, then waits until their controllers have taken them in.
pub(in crate::commands) async fn apply(
    ctx: &Context,
    created: &[Created],
    is_forced: bool,
) -> Result<()> {
    let cluster = ctx.cluster().await?;
    if created.iter().any(|created| created.laid_out.template.is_some()) {
        // What a template of the user's own says is nothing that was tested: all of it is right, or none is
        // written.
        try_out(ctx, cluster, created, is_forced).await?;
    }
    let mut reconciled = Vec::new();
    for created in created {
        let title = created.title();
        ctx.output.action(format_args!("applying {title}"));
        let write = cluster.create_or_configure(created.desired(), is_forced);
        let written = ctx.deadline.within("the server to apply", write).await;
        let written = written.map_err(|error| hinted(error, created))?;
        ctx.output.done(format_args!("{title} {}", written.applied));
        reconciled.extend(created.kind.map(|kind| (kind, written.object)));
    }
    for (kind, object) in &reconciled {
        await_ready(ctx, cluster, kind, object).await?;
    }
    Ok(())
}

/// Adds what is known about a refusal of what is in an object: what its own file knows, and which template of
/// the user's own laid it out.
pub(super) fn hinted(error: anyhow::Error, created: &Created) -> anyhow::Error {
    if class_of(&error) != Class::Usage {
        return error;
    }
    let refusal = format!("{error:#}");
    let own = created.hint.as_ref().filter(|own| refusal.contains(own.field));
    let template = created.laid_out.template.as_ref();
    let template = template.map(|path| format!("the manifest is laid out by {path}: correct it"));
    let hints = own.map(|own| &own.hints).into_iter().flatten().chain(&template);
    hints.fold(error, |error, hint| error.hint(hint))
}

async fn await_ready(
    ctx: &Context,
    cluster: &Cluster,
    kind: &'static Kind,
    object: &DynamicObject,
) -> Result<()> {
    if kind.is_static(object) {
        ctx.output.done(format_args!("{kind} {} is ready", name(object)));
        return Ok(());
    }
    ctx.output.waiting(format_args!("waiting for {kind} reconciliation"));
    let ready = {
        let progress = ctx.output.progress("applied");
        let news = ctx.news(&progress);
        let request = Request::of_present(kind, object);
        cluster.await_reconciled(&request, None, &ctx.patience(&news)).await?
    };
    ctx.output.done(format_args!("{kind} {} is ready", name(object)));
    ctx.output.done((kind.outcome)(&ready));
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::ffi::OsString;

    use super::*;
    use crate::cli::{Cli, Command};

    fn args(words: &str) -> CreateArgs {
        let words = format!("nigari create kustomization x --source=fleet {words}");
        let cli = Cli::parse_words(words.split_whitespace().map(OsString::from)).unwrap();
        match cli.command {
            Command::Create(args) => *args,
            _ => unreachable!("the second word is create"),
        }
    }

    #[test]
    fn the_arguments_decide() {
        let decided = |words: &str| format!("{:?}", Destination::of(&args(words)).unwrap());
        for (words, destination) in [
            ("", "Cluster { is_forced: false }"),
            ("--force", "Cluster { is_forced: true }"),
            ("--dry-run --force", "Preview { is_forced: true }"),
            ("--export", "Export"),
        ] {
            assert_eq!(decided(words), destination);
        }
        for words in ["--commit", "--pull-request --wait-merge", "--commit --file=x/ --dry-run"] {
            assert!(decided(words).starts_with("Repository("), "{words}");
        }
    }

    #[test]
    fn what_would_have_no_effect_is_refused() {
        for words in
            ["--file=x", "--commit --force", "--commit --export", "--wait-merge", "--fleet=x"]
        {
            let error = Destination::of(&args(words)).unwrap_err();
            assert_eq!(class_of(&error), Class::Usage, "{words}");
        }
    }
}
