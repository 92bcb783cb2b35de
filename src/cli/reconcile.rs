//! Arguments of `reconcile`.

use clap::{Args, ValueEnum};

use super::revision::RevisionArg;
use super::selection::{SelectArgs, StateArgs};
use super::target::{GenericCommand, Target};
use crate::duration::GoDuration;
use crate::kinds::{Kind, Verb};

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # One object, with what it comes from
  nigari reconcile kustomization apps --with-source

  # A commit, from the source to everything that is made from it; right after the push
  nigari reconcile source git fleet --with-dependents --to HEAD

  # Everything that is not ready, in every namespace
  nigari reconcile kustomization --not-ready -A
  nigari reconcile helmrelease --not-ready -A

  # Objects of several kinds, with a table of the results at the end
  nigari reconcile kustomization/apps helmrelease/podinfo

  # A release that has used up its retries
  nigari reconcile helmrelease podinfo --reset --force";

/// Arguments of `reconcile`.
#[derive(Debug, Args)]
pub struct ReconcileArgs {
    /// What to reconcile.
    #[command(flatten)]
    pub target: Target<Reconcile>,

    /// Which objects of the kind, when they are not named.
    #[command(flatten)]
    pub select: SelectArgs,

    /// Which of them, by their state.
    #[command(flatten)]
    pub state: StateArgs,

    /// Look in every namespace
    #[arg(short = 'A', long, global = true)]
    pub all_namespaces: bool,

    /// Reconcile the sources first, each once, and wait until their revisions were attempted
    #[arg(long, global = true)]
    pub with_source: bool,

    /// Reconcile first what it depends on, and what that depends on
    #[arg(long, global = true)]
    pub with_dependencies: bool,

    /// Reconcile afterwards what depends on it or is made from it, each as soon as all that it waits for is ready
    #[arg(long, global = true)]
    pub with_dependents: bool,

    /// Until all of it is ready at this revision, or at one that was built on it: a commit of 7 digits or more,
    /// NAME@sha1:COMMIT, a digest, a chart's version, or HEAD of the local repository
    #[arg(long, global = true, value_name = "REVISION")]
    pub to: Option<RevisionArg>,

    /// Install or upgrade although nothing has changed: for helmreleases
    #[arg(long, global = true)]
    pub force: bool,

    /// Count failures anew, so that what has used up its retries is tried again: for helmreleases
    #[arg(long, global = true)]
    pub reset: bool,

    /// Resume what is suspended before it is reconciled
    #[arg(long, global = true)]
    pub resume: bool,

    /// Ask for the reconciliation, and do not wait for it
    #[arg(long, global = true)]
    pub no_wait: bool,

    /// How long a failure that is retried may last
    #[arg(long, global = true, value_name = "DURATION", default_value = "30s")]
    pub error_budget: GoDuration,

    /// Form of the output: a table of the results where there are several, or the objects
    #[arg(short, long, global = true, value_name = "FORMAT", default_value = "table")]
    pub output: ReconcileFormat,
}

/// Forms of `reconcile`'s output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReconcileFormat {
    /// A row for each object, where there are several
    Table,
    /// The whole objects in one list
    Json,
    /// The whole objects in one list
    Yaml,
}

/// Marks `reconcile` as a generic command.
#[derive(Clone, Copy, Debug)]
pub struct Reconcile;

impl GenericCommand for Reconcile {
    const VERB: Verb = Verb::Reconcile;
    const HAS_ALL: bool = false;
    const NEEDS_NAME: bool = false;
    const MIXES_KINDS: bool = true;

    fn about(kind: &Kind) -> String {
        format!("Reconcile {kind} objects now")
    }
}
