//! Arguments of `export`.

use clap::Args;

use super::selection::SelectArgs;
use super::target::{GenericCommand, Target};
use crate::kinds::{Kind, Verb};

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # Every Git source of a namespace, to be kept
  nigari export source git --all > sources.yaml

  # One with its SSH key or password, which is then in the file
  nigari export source git fleet-infra --with-credentials > source.yaml";

/// Arguments of `export`.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// What to export.
    #[command(flatten)]
    pub target: Target<Export>,

    /// Which objects of the kind, when they are not named.
    #[command(flatten)]
    pub select: SelectArgs,

    /// Also print the Secrets that the objects refer to for credentials, as they are
    #[arg(long, global = true)]
    pub with_credentials: bool,
}

/// Marks `export` as a generic command.
#[derive(Clone, Copy, Debug)]
pub struct Export;

impl GenericCommand for Export {
    const VERB: Verb = Verb::Export;
    const HAS_ALL: bool = false;
    const NEEDS_NAME: bool = false;

    fn about(kind: &Kind) -> String {
        format!("Export {kind} objects as YAML")
    }
}
