//! Says why objects are not ready: the deepest cause, the way to it, and whom it holds up.

mod document;
mod text;

use anyhow::{Result, anyhow};
use tokio::time::Instant;

use super::selection::named;
use super::several::{each, failures, refuse_failures};
use crate::cli::why::{WhyArgs, WhyFormat};
use crate::cluster::Cluster;
use crate::cluster::why::report::{Fault, Report, State};
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::kinds::Kind;
use crate::output::document::Document;

/// Prints a diagnosis of each object that was named.
///
/// # Errors
/// [`Class::Failed`] when one is not ready, [`Class::Waiting`] when a person has to decide, [`Class::Conflict`]
/// when somebody holds the lock of its state; those of the
/// one object that cannot be read; of several, their common class.
pub async fn run(ctx: &Context, args: &WhyArgs) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let targets = named(&args.target);
    let targets = targets.iter().map(|(kind, name)| Ok((*kind, name.as_str())));
    let results = each(targets, |(kind, name)| look(ctx, cluster, kind, name), |_| ()).await;
    let count = results.len();
    let reports = results.iter().filter_map(|result| result.as_ref().ok());
    ctx.output.data(&printed(args.output, reports)?)?;
    let outcomes =
        results.into_iter().map(|result| result.and_then(|report| conclude(ctx, report)));
    refuse_failures(&ctx.output, failures(outcomes.collect()), count, "are not ready")
}

async fn look(ctx: &Context, cluster: &Cluster, kind: &'static Kind, name: &str) -> Result<Report> {
    let until = ctx.deadline.remaining().map(|left| Instant::now() + left);
    let report = cluster.why(kind, ctx.namespace(), name, until);
    ctx.deadline.within("the cluster", report).await
}

fn printed<'a>(format: WhyFormat, reports: impl Iterator<Item = &'a Report>) -> Result<String> {
    let document = match format {
        WhyFormat::Text => {
            return Ok(reports.map(text::of).collect::<Vec<_>>().join("\n"));
        }
        WhyFormat::Json => Document::Json,
        WhyFormat::Yaml => Document::Yaml,
    };
    document.text(&document::list(reports))
}

/// What a report means to whoever called: nothing more when the object is ready.
fn conclude(ctx: &Context, report: Report) -> Result<()> {
    let subject = &report.subject;
    let class = match report.state {
        State::Ready => {
            if let Some(ahead) = &report.ahead {
                ctx.output.warn(format_args!("its next revision is held up: {ahead}"));
            }
            return Ok(());
        }
        State::Waiting => Class::Waiting,
        State::Failed if is_locked(&report) => Class::Conflict,
        State::Progressing | State::Failed | State::Suspended => Class::Failed,
    };
    let error = anyhow!("{subject} is not ready").class(class);
    Err(match report.next_step() {
        Some(step) => error.hint(step),
        None => error,
    })
}

/// Whether its own state is locked, which ends every other command with a conflict too.
fn is_locked(report: &Report) -> bool {
    let own = report.cause.as_ref().filter(|cause| cause.subject == report.subject);
    own.is_some_and(|cause| cause.fault == Fault::Locked)
}
