//! Approves exactly the plan that was reviewed, follows what becomes of it, and takes the approval back.
//!
//! | module | what it is about |
//! |---|---|
//! | `question` | before anything is written: what is refused, shown and asked |
//! | `in_cluster`, `in_git` | the two ways of an approval: written, followed, taken back |
//! | `outcome` | whether what came of it is what was reviewed |

mod in_cluster;
mod in_git;
mod outcome;
mod question;

use std::path::Path;

use anyhow::{Context as _, Result};

use super::left_over;
use super::reviewed::Reviewed;
use crate::cli::plan::approve::ApproveArgs;
use crate::cluster::Cluster;
use crate::commands::files;
use crate::commands::several::{each, failures, refuse_failures};
use crate::context::Context;
use crate::error::{Explain as _, usage};
use crate::interruption::Interruption;
use crate::manifests::approval::with_approval;
use crate::plans::approval::Standing;

/// Shows each plan, asks, and approves what was shown: several at the same time.
///
/// Ctrl-C and the end of the time first take back what was written.
///
/// # Errors
/// Usage, where nobody can be asked and nothing was said beforehand; those of [`in_cluster::approve`] and
/// [`in_git::approve`]; of several, their common class.
pub(super) async fn run(ctx: &Context, args: &ApproveArgs) -> Result<()> {
    let place = Place::of(args)?;
    refuse_unasked(ctx, args)?;
    let interruption = Interruption::listen()?;
    let cluster = ctx.cluster().await?;
    let story = Story { ctx, cluster, args, place, interruption };
    let reviewed = story.interruption.unless(story.review()).await?;
    let count = reviewed.len();
    let tell = |outcome: &String| ctx.output.done(outcome);
    let results = each(reviewed, |reviewed| story.approve(reviewed), tell).await;
    refuse_failures(
        &ctx.output,
        failures(results),
        count,
        "were not approved and applied as reviewed",
    )
}

/// Where an approval is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place<'a> {
    /// To the object in the cluster.
    Cluster,
    /// To its manifest in Git.
    Git,
    /// To a manifest on this machine.
    File(&'a Path),
}

impl<'a> Place<'a> {
    fn of(args: &'a ApproveArgs) -> Result<Self> {
        let is_in_git = args.fleet.is_chosen()?;
        if (args.filename.is_some() || is_in_git) && args.names.len() > 1 {
            let message = "--filename, --commit and --pull-request take the approval of one plan";
            return Err(usage(message));
        }
        if args.file.is_some() && !is_in_git {
            return Err(usage("--file has no effect here").hint("add --commit or --pull-request"));
        }
        match (args.filename.as_deref(), is_in_git) {
            (None, false) => Ok(Self::Cluster),
            (None, true) => Ok(Self::Git),
            (Some(file), false) => Ok(Self::File(file)),
            (Some(_), true) => {
                Err(usage("--filename has no effect where the manifest in Git is written"))
            }
        }
    }
}

/// Refuses to approve what nobody has reviewed.
fn refuse_unasked(ctx: &Context, args: &ApproveArgs) -> Result<()> {
    if args.yes && args.names.len() > 1 {
        return Err(usage("--yes approves one plan, of one --plan-id and --digest"));
    }
    if !args.yes && !ctx.output.can_ask() {
        let message = "there is no terminal to ask on whether this plan is approved";
        return Err(usage(message)
            .hint("--yes with --plan-id and --digest approves what was reviewed before"));
    }
    Ok(())
}

/// What all approvals of one call have in common.
struct Story<'a> {
    ctx: &'a Context,
    cluster: &'a Cluster,
    args: &'a ApproveArgs,
    place: Place<'a>,
    interruption: Interruption,
}

impl Story<'_> {
    /// Reads, shows and asks about each plan, one after the other: people read one at a time.
    async fn review(&self) -> Result<Vec<Result<Reviewed<'_>>>> {
        let mut reviewed = Vec::new();
        for name in &self.args.names {
            reviewed.push(self.review_one(name).await);
        }
        Ok(reviewed)
    }

    async fn review_one(&self, name: &str) -> Result<Reviewed<'_>> {
        let read = self.read(name);
        let reviewed = self.ctx.deadline.restarted().within("the plan to be read", read).await?;
        self.refuse(&reviewed)?;
        self.show(&reviewed);
        self.refuse_shared_source(&reviewed).await?;
        if !self.args.yes {
            self.ask(&reviewed).await?;
        }
        Ok(reviewed)
    }

    /// Reads a plan, after what was left behind at its object is taken back.
    async fn read(&self, name: &str) -> Result<Reviewed<'_>> {
        let desk = self.cluster.approvals(self.ctx.namespace(), name).await?;
        let mut review = desk.review().await?;
        if self.place == Place::Git && review.snapshot.approval_owner.is_some() {
            // The commit takes the place of what the manifest approves now; and nothing is paused.
            review.snapshot.standing = Standing::Manual;
            review.snapshot.suspension_owner = None;
        } else if left_over::release(self.ctx, &desk, &review).await? {
            review = desk.review().await?;
        }
        Ok(Reviewed { desk, review })
    }

    async fn approve(&self, reviewed: Reviewed<'_>) -> Result<String> {
        match self.place {
            Place::Cluster => in_cluster::approve(self, &reviewed).await,
            Place::Git => in_git::approve(self, &reviewed).await,
            Place::File(file) => self.write_to(file, &reviewed).await,
        }
    }

    /// Writes the approval into a manifest file.
    async fn write_to(&self, file: &Path, reviewed: &Reviewed<'_>) -> Result<String> {
        let (target, plan) = (reviewed.desk.target(), reviewed.plan());
        let text = files::text(file, "--filename")?;
        let place = file.display();
        let edited = with_approval(&text, target, &plan).with_context(|| format!("{place}"))?;
        let Some(edited) = edited else {
            return Ok(format!("{place} approves {plan} of {target} already"));
        };
        tokio::fs::write(file, edited).await.with_context(|| format!("cannot write {place}"))?;
        self.ctx.output.warn(
            "an approval in Git stands until it is taken out again, and nothing compares what is applied",
        );
        Ok(format!(
            "{place} approves {plan} of {target}: commit it, and take it out when it is applied"
        ))
    }
}
