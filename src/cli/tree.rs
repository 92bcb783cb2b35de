//! Arguments of `tree`.

use clap::{Args, ValueEnum};

use super::target::{GenericCommand, Target};
use crate::kinds::{Kind, Verb};

pub(super) const EXAMPLES: &str = "\
Examples:
  # Everything that a Kustomization has applied, and what that has applied
  nigari tree kustomization flux-system

  # The Flux objects alone, as a picture
  nigari tree kustomization flux-system --compact -o dot | dot -Tsvg > fleet.svg";

/// Arguments of `tree`.
#[derive(Args, Debug)]
pub struct TreeArgs {
    /// Whose tree.
    #[command(flatten)]
    pub target: Target<Tree>,

    /// Leave out what is no Flux object
    #[arg(long, global = true)]
    pub compact: bool,

    /// Form of the output
    #[arg(short, long, global = true, value_name = "FORMAT", default_value = "text")]
    pub output: TreeFormat,
}

/// Forms of `tree`'s output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TreeFormat {
    /// Lines and branches
    Text,
    /// Nested objects: resource, resources, note
    Json,
    /// The same as YAML
    Yaml,
    /// A flowchart for Mermaid, which Markdown pages show
    Mermaid,
    /// A graph for Graphviz
    Dot,
}

/// Marks `tree` as a generic command.
#[derive(Clone, Copy, Debug)]
pub struct Tree;

impl GenericCommand for Tree {
    const VERB: Verb = Verb::Tree;
    const HAS_ALL: bool = false;
    const NEEDS_NAME: bool = true;

    fn about(kind: &Kind) -> String {
        format!("Show what a {kind} has made")
    }
}
