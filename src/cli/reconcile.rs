//! Arguments of `reconcile`.

use clap::Args;

use super::target::{GenericCommand, Target};
use crate::duration::GoDuration;
use crate::kinds::{Kind, Verb};

/// Arguments of `reconcile`.
#[derive(Debug, Args)]
pub struct ReconcileArgs {
    /// What to reconcile.
    #[command(flatten)]
    pub target: Target<Reconcile>,

    /// Reconcile the source first, and wait until its revision was attempted
    #[arg(long, global = true)]
    pub with_source: bool,

    /// How long a failure that is retried may last
    #[arg(long, global = true, value_name = "DURATION", default_value = "30s")]
    pub error_budget: GoDuration,
}

/// Marks `reconcile` as a generic command.
#[derive(Clone, Copy, Debug)]
pub struct Reconcile;

impl GenericCommand for Reconcile {
    const VERB: Verb = Verb::Reconcile;
    const HAS_ALL: bool = false;
    const NEEDS_NAME: bool = true;

    fn about(kind: &Kind) -> String {
        format!("Reconcile {kind} objects now")
    }
}
