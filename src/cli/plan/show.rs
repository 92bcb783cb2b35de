//! Arguments of `plan show`.

use clap::{Args, ValueEnum};

use crate::cli::completion::Completes;
use crate::kinds::terraform::TERRAFORM;

pub(super) const EXAMPLES: &str = "\
Examples:
  # What would happen?
  nigari plan show vpc -n infra

  # Only what is lost
  nigari plan show vpc --only destroy,replace

  # Every attribute
  nigari plan show vpc --full

  # For a program: counts, changes, id, digest
  nigari plan show vpc -o json

  # Nothing readable is stored? Have tofu-controller store it, which makes the plan anew
  nigari plan show vpc --enable-readable";

/// Arguments of `plan show`.
#[derive(Args, Debug)]
pub struct ShowArgs {
    /// Name of the Terraform object
    #[arg(value_name = "NAME", add = Completes::Names(&TERRAFORM))]
    pub name: String,

    /// Form of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "human")]
    pub output: ShowFormat,

    /// Only what is done in these ways
    #[arg(long, value_name = "ACTION", value_delimiter = ',')]
    pub only: Vec<Only>,

    /// Show every attribute, and long values to their end
    #[arg(long)]
    pub full: bool,

    /// Show sensitive values, after asking; elsewhere than on a terminal only with --yes
    #[arg(long)]
    pub reveal: bool,

    /// Do not ask whether sensitive values are to be shown
    #[arg(long, requires = "reveal")]
    pub yes: bool,

    /// Go on: show the plan again whenever there is another one, or its state changes. Ends with --timeout if
    /// that is given
    #[arg(short, long)]
    pub watch: bool,

    /// Have tofu-controller store plans in a readable form from now on, and show nothing. It plans anew for
    /// that, under the same id
    #[arg(
        long,
        value_name = "FORM",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "human",
        conflicts_with_all = ["only", "full", "reveal", "watch"]
    )]
    pub enable_readable: Option<ReadableForm>,
}

/// Forms of `plan show`'s output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// Counts, then what destroys, then the rest
    Human,
    /// The same as one object
    Json,
    /// What tofu-controller has stored, as it is; JSON only with --reveal
    Raw,
}

/// Ways in which resources are changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Only {
    /// Destroyed
    Destroy,
    /// Destroyed and created again
    Replace,
    /// Changed in place
    Update,
    /// Created
    Create,
    /// Taken out of the state, and left where it is
    Forget,
}

impl Only {
    /// The word by which a summary calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Destroy => "destroy",
            Self::Replace => "replace",
            Self::Update => "update",
            Self::Create => "create",
            Self::Forget => "forget",
        }
    }
}

/// Forms in which tofu-controller stores readable plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadableForm {
    /// The text, in which OpenTofu masks what is sensitive; in a ConfigMap
    Human,
    /// The document, which holds sensitive values; in a Secret
    Json,
}

impl ReadableForm {
    /// The word of `spec.storeReadablePlan` for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
        }
    }
}
