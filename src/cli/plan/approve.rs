//! Arguments of `plan approve`.

use std::path::PathBuf;

use clap::Args;

use super::terraform_name;
use crate::cli::completion::Completes;
use crate::cli::fleet::FleetArgs;
use crate::digest::Digest;
use crate::kinds::terraform::TERRAFORM;

/// What stands below the help: what is promised, and what is not.
pub const PROMISE: &str = "\
What is approved:
  The plan that is shown, and nothing else: when anything about it has moved by the time the
  approval is written, nothing is written. tofu-controller then plans once more and applies that
  second plan; it is compared with the one that was reviewed, and a difference is told (exit 7),
  but by then it may be applied.

Examples:
  # Look at it, and say yes
  nigari plan approve vpc

  # In a pipeline: what an earlier job has reviewed
  nigari plan approve vpc --yes --plan-id=plan-main-b8e362c206 --digest=sha256:9f86d081884c7d65...

  # Through Git, where the manifest is not beside the code: committed, followed, and taken out again
  nigari plan approve vpc --commit

  # Several, and none that destroys anything
  nigari plan approve vpc dns --max-destroy=0";

/// Arguments of `plan approve`.
#[derive(Debug, Args)]
pub struct ApproveArgs {
    /// Names of Terraform objects
    #[arg(value_name = "NAME", required = true, value_parser = terraform_name)]
    #[arg(add = Completes::Names(&TERRAFORM))]
    pub names: Vec<String>,

    /// Approve without asking the plan of this --plan-id and --digest
    #[arg(short = 'y', long, requires_all = ["plan_id", "digest"])]
    pub yes: bool,

    /// Id of the plan that was reviewed; any other one is refused
    #[arg(long, value_name = "ID")]
    pub plan_id: Option<String>,

    /// Digest of the plan that was reviewed, as `plan show` prints it; any other one is refused
    #[arg(long, value_name = "DIGEST")]
    pub digest: Option<Digest>,

    /// Refuse plans that destroy more resources than this, the replaced ones among them
    #[arg(long, value_name = "COUNT")]
    pub max_destroy: Option<usize>,

    /// Write the approval into this manifest file instead of the cluster, for a commit: refused where the code is
    /// in the same repository. It stands until it is taken out of the file again
    #[arg(short, long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub filename: Option<PathBuf>,

    /// Whether the approval goes through the repository of the manifest.
    #[command(flatten)]
    pub fleet: FleetArgs,

    /// Manifest in that repository [default: the only one in the Kustomization's folder that is of the object]
    #[arg(long, value_name = "PATH", help_heading = "Repository options")]
    pub file: Option<String>,

    /// Approve also a plan that nobody can read, and that cannot be compared with what is applied
    #[arg(long)]
    pub unverified: bool,
}
