//! Arguments of `resume`.

use clap::{ArgAction, Args};

use super::selection::SelectArgs;
use super::target::{GenericCommand, Target};
use crate::kinds::{Kind, Verb};

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # One, waiting until it has caught up
  nigari resume helmrelease podinfo -n apps

  # All of a namespace, without and with waiting
  nigari resume kustomization --all
  nigari resume kustomization --all --wait";

/// Arguments of `resume`.
#[derive(Debug, Args)]
pub struct ResumeArgs {
    /// What to resume.
    #[command(flatten)]
    pub target: Target<Resume>,

    /// Which objects of the kind, when they are not named.
    #[command(flatten)]
    pub select: SelectArgs,

    /// Wait until the objects are reconciled and ready [default: true for one name, else false]
    #[arg(long, global = true, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL")]
    pub wait: Option<bool>,

    /// Ask the server whether it would, and write nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
}

/// Marks `resume` as a generic command.
#[derive(Clone, Copy, Debug)]
pub struct Resume;

impl GenericCommand for Resume {
    const VERB: Verb = Verb::Suspend;
    const HAS_ALL: bool = false;
    const NEEDS_NAME: bool = false;

    fn about(kind: &Kind) -> String {
        format!("Resume {kind} objects")
    }
}
