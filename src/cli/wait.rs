//! Arguments of `wait`.

use clap::{Args, ValueEnum};

use super::revision::RevisionArg;
use super::selection::SelectArgs;
use super::target::{GenericCommand, Target};
use crate::duration::GoDuration;
use crate::kinds::{Kind, Verb};

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # After a push: until the cluster has applied what is checked out here, or something newer
  git push && nigari wait kustomization apps --revision HEAD

  # Everything of a namespace
  nigari wait helmrelease --all -n apps --timeout 10m

  # Then go on with what is there
  nigari wait kustomization --all -o json | jq -r '.items[].status.lastAppliedRevision'

  # Until an object and all that its finalizers do is gone
  nigari wait kustomization apps --for deleted";

/// Arguments of `wait`.
#[derive(Debug, Args)]
pub struct WaitArgs {
    /// What to wait for.
    #[command(flatten)]
    pub target: Target<Wait>,

    /// Which objects of the kind, when they are not named.
    #[command(flatten)]
    pub select: SelectArgs,

    /// Look in every namespace, with --all or --label-selector
    #[arg(short = 'A', long, global = true)]
    pub all_namespaces: bool,

    /// State to wait for
    #[arg(long = "for", global = true, value_name = "STATE", default_value = "ready")]
    pub state: WaitState,

    /// Ready at this revision, or at one that was built on it: a commit of 7 digits or more, NAME@sha1:COMMIT,
    /// a digest, a chart's version, or HEAD of the local repository
    #[arg(long, global = true, value_name = "REVISION")]
    pub revision: Option<RevisionArg>,

    /// How long a failure that is retried may last
    #[arg(long, global = true, value_name = "DURATION", default_value = "30s")]
    pub error_budget: GoDuration,

    /// Print the objects too, as they were seen last; what is gone is left out
    #[arg(short, long, global = true, value_name = "FORMAT")]
    pub output: Option<WaitFormat>,
}

/// Forms in which `wait` prints objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WaitFormat {
    /// The whole objects in one list
    Json,
    /// The whole objects in one list
    Yaml,
    /// KIND.GROUP/NAME, one a line
    Name,
}

/// States that can be waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum WaitState {
    /// Reconciled, and ready
    Ready,
    /// Gone; what is not there is gone
    Deleted,
    /// Suspended
    Suspended,
    /// Not suspended
    Resumed,
}

/// Marks `wait` as a generic command.
#[derive(Clone, Copy, Debug)]
pub struct Wait;

impl GenericCommand for Wait {
    const VERB: Verb = Verb::Get;
    const HAS_ALL: bool = false;
    const NEEDS_NAME: bool = false;
    const MIXES_KINDS: bool = true;

    fn about(kind: &Kind) -> String {
        format!("Wait for {kind} objects")
    }
}
