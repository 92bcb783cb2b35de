//! Arguments of `plan`: the plans of OpenTofu, reviewed.

pub mod approve;
pub mod break_glass;
pub mod destroy;
pub mod disarm;
pub mod history;
pub mod list;
pub mod new;
pub mod reject;
pub mod show;
pub mod unlock;
pub mod watch;

use anyhow::{Result, bail};
use clap::{Args, Subcommand};

use crate::kinds;
use crate::kinds::terraform::TERRAFORM;

pub(super) const EXAMPLES: &str = "\
Examples:
  # Which plans wait, in every namespace?
  nigari plan list

  # What would this one do? What destroys comes first
  nigari plan show vpc

  # Approve it, wait until it is applied, and take the approval back
  nigari plan approve vpc

  # In a pipeline: exit code 9 as long as a plan waits for somebody
  nigari plan list --exit-status";

/// Arguments of `plan`.
#[derive(Args, Debug)]
pub struct PlanArgs {
    /// What to do with plans.
    #[command(subcommand)]
    pub command: PlanCommand,
}

/// What can be done with plans.
#[derive(Debug, Subcommand)]
pub enum PlanCommand {
    /// Approve exactly the plans that are shown, wait until they are applied, and take the approval back
    ///
    /// The id of a plan only tells the revision of its source, and an approval by hand stands until somebody
    /// takes it back: it also lets through what is planned later. Here the object is suspended until no work
    /// is in flight; if it is still what was reviewed, one write resumes it and approves the plan; what is
    /// applied is compared with what was reviewed; and the approval is taken back in the end, also after
    /// Ctrl-C and when the time is over.
    #[command(after_help = approve::PROMISE)]
    Approve(approve::ApproveArgs),
    /// Work in the runner of an object while tofu-controller waits: a shell, or one command
    ///
    /// The runner is asked for, the session begins in the folder of the module, and ends with the shell, also
    /// after Ctrl-C; a session that was left behind is taken over. tofu-controller has to allow it
    /// (allowBreakTheGlass among the values of its chart), and you need the right to create pods/exec. --timeout
    /// is for the runner to start. Refuses objects with an approval that stands.
    #[command(visible_aliases = ["break-the-glass", "bg", "btg"], after_help = break_glass::EXAMPLES)]
    BreakGlass(break_glass::BreakGlassArgs),
    /// Ask for a plan that destroys everything, or take that back
    ///
    /// Nothing is destroyed before somebody approves the plan, unless the object applies every plan by itself.
    #[command(after_help = destroy::EXAMPLES)]
    Destroy(destroy::DestroyArgs),
    /// Take back approvals that stand, and what a killed approval has left behind
    ///
    /// What has no approval is left alone. An object that applies everything by itself (auto) stays so.
    #[command(after_help = disarm::EXAMPLES)]
    Disarm(disarm::DisarmArgs),
    /// Plan again, and wait for the plan; that there are no changes is a success too
    ///
    /// Refuses objects with an approval that stands: the new plan would be applied at once.
    #[command(visible_alias = "replan", after_help = new::EXAMPLES)]
    New(new::NewArgs),
    /// Reject the plans that wait: take an approval back, and note who said no, and why
    ///
    /// tofu-controller knows no rejection: the plan goes on waiting, and the note is for people. With
    /// --suspend nothing is planned or applied until somebody resumes the object.
    #[command(after_help = reject::EXAMPLES)]
    Reject(reject::RejectArgs),
    /// Show which plans wait, in every namespace unless one is given
    ///
    /// Objects whose plan waits for a person, is being made or applied, is locked out, failed, or whose infrastructure
    /// has drifted; and those with an approval that was left behind, which would let a later plan through
    /// that nobody has seen.
    #[command(visible_alias = "ls", after_help = list::EXAMPLES)]
    List(list::ListArgs),
    /// Show what a plan would do: counts, then what destroys, then the rest
    ///
    /// Reads the plan that tofu-controller has stored, and says its id and the digest of the plan file. Sensitive
    /// values are masked.
    #[command(after_help = show::EXAMPLES)]
    Show(show::ShowArgs),
    /// Break a lock on the state that a runner has left behind
    ///
    /// Names who holds the lock, since when, and whether they are gone. The manifest is restored afterwards, so that no
    /// later lock is broken.
    #[command(after_help = unlock::EXAMPLES)]
    Unlock(unlock::UnlockArgs),
    /// Follow which plans wait: a table in place on a terminal, a row for each change in a pipe
    ///
    /// Ends with --timeout if that is given.
    #[command(after_help = watch::EXAMPLES)]
    Watch(watch::WatchArgs),
    /// Show what the cluster remembers about the plans of an object
    ///
    /// Nobody keeps a record. This is made of the object's status, which has the last step of each sort, of its
    /// managed fields, which tell who wrote the approval last, and of events, which are forgotten after about
    /// an hour.
    #[command(after_help = history::EXAMPLES)]
    History(history::HistoryArgs),
}

/// A name of a Terraform object, also as `terraform/NAME`.
fn terraform_name(text: &str) -> Result<String> {
    let name = match text.split_once('/') {
        None => text,
        Some((word, name)) if kinds::of_word(word) == Some(&TERRAFORM) => name,
        Some((word, _)) => bail!("{word:?} is not terraform: only Terraform objects have plans"),
    };
    if name.is_empty() {
        bail!("a name is needed");
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_say_its_kind() {
        for text in ["vpc", "terraform/vpc", "tf/vpc", "terraforms.infra.contrib.fluxcd.io/vpc"] {
            assert_eq!(terraform_name(text).unwrap(), "vpc", "{text}");
        }
        for text in ["ks/apps", "terraform/", ""] {
            assert!(terraform_name(text).is_err(), "{text}");
        }
    }
}
