//! Arguments of `why`.

use clap::{Args, ValueEnum};

use super::target::{GenericCommand, Target};
use crate::kinds::{Kind, Verb};

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # What is wrong with it?
  nigari why kustomization apps

  # Several at once, for a program: a list of diagnoses
  nigari why helmrelease podinfo redis -n apps -o json

  # Objects of several kinds
  nigari why kustomization/apps helmrelease/podinfo";

/// Arguments of `why`.
#[derive(Debug, Args)]
pub struct WhyArgs {
    /// What to explain.
    #[command(flatten)]
    pub target: Target<Why>,

    /// Form of the output
    #[arg(short, long, global = true, value_name = "FORMAT", default_value = "text")]
    pub output: WhyFormat,
}

/// Forms of `why`'s output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WhyFormat {
    /// The cause in one line, then the way to it
    Text,
    /// A list of diagnoses: object, state, cause, chain, blocked, others, ahead, unseen
    Json,
    /// A list of diagnoses
    Yaml,
}

/// Marks `why` as a generic command.
#[derive(Clone, Copy, Debug)]
pub struct Why;

impl GenericCommand for Why {
    const VERB: Verb = Verb::Get;
    const HAS_ALL: bool = false;
    const NEEDS_NAME: bool = true;
    const MIXES_KINDS: bool = true;

    fn about(kind: &Kind) -> String {
        format!("Say why {kind} objects are not ready")
    }
}
