//! Arguments of `plan`: the plans of OpenTofu, reviewed.

pub mod list;
pub mod show;

use clap::{Args, Subcommand};

pub(super) const EXAMPLES: &str = "\
Examples:
  # Which plans wait, in every namespace?
  nigari plan list

  # What would this one do? What destroys comes first
  nigari plan show vpc

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
}
