//! Arguments of `delete`.

use clap::Args;

use super::selection::SelectArgs;
use super::target::{GenericCommand, Target};
use crate::kinds::{Kind, Verb};

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # What would go with it?
  nigari delete kustomization apps --dry-run

  # In a script: without asking, and done when everything is gone
  nigari delete kustomization apps --silent --wait";

/// Arguments of `delete`.
#[derive(Debug, Args)]
pub struct DeleteArgs {
    /// What to delete.
    #[command(flatten)]
    pub target: Target<Delete>,

    /// Which objects of the kind, when they are not named.
    #[command(flatten)]
    pub select: SelectArgs,

    /// Delete without asking
    #[arg(short, long, global = true)]
    pub silent: bool,

    /// Wait until the objects are gone, with all that their finalizers do
    #[arg(long, global = true)]
    pub wait: bool,

    /// Show what would be deleted, ask the server whether it would, and delete nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
}

/// Marks `delete` as a generic command.
#[derive(Clone, Copy, Debug)]
pub struct Delete;

impl GenericCommand for Delete {
    const VERB: Verb = Verb::Delete;
    const HAS_ALL: bool = false;
    const NEEDS_NAME: bool = false;

    fn about(kind: &Kind) -> String {
        format!("Delete {kind} objects")
    }
}
