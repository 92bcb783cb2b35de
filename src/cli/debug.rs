//! Arguments of `debug`.

use clap::{ArgGroup, Args, Subcommand};

use super::completion::Completes;
use crate::kinds::helm::HELM_RELEASE;
use crate::kinds::kustomize::KUSTOMIZATION;

pub(super) const EXAMPLES: &str = "\
Examples:
  # The values with which a chart is installed, in the order in which the controller merges them
  nigari debug helmrelease podinfo -n apps --show-values

  # What is put in the place of the variables of manifests
  nigari debug kustomization apps --show-vars";

/// Arguments of `debug`.
#[derive(Args, Debug)]
pub struct DebugArgs {
    /// What to look into.
    #[command(subcommand)]
    pub subject: DebugSubject,
}

/// What can be looked into.
#[derive(Debug, Subcommand)]
pub enum DebugSubject {
    /// Show the status, the history or the final values of a HelmRelease
    #[command(visible_alias = "hr")]
    Helmrelease(HelmReleaseArgs),
    /// Show the status, the history or the final variables of a Kustomization
    #[command(visible_alias = "ks")]
    Kustomization(KustomizationArgs),
}

/// Arguments of `debug helmrelease`.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("shown").required(true))]
pub struct HelmReleaseArgs {
    /// Name of the HelmRelease
    #[arg(value_name = "NAME", add = Completes::Names(&HELM_RELEASE))]
    pub name: String,

    /// Print the status
    #[arg(long, group = "shown")]
    pub show_status: bool,

    /// Print the values that the chart gets. They may hold what is secret
    #[arg(long, group = "shown")]
    pub show_values: bool,

    /// Print what was released before, the newest first
    #[arg(long, group = "shown")]
    pub show_history: bool,
}

/// Arguments of `debug kustomization`.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("shown").required(true))]
pub struct KustomizationArgs {
    /// Name of the Kustomization
    #[arg(value_name = "NAME", add = Completes::Names(&KUSTOMIZATION))]
    pub name: String,

    /// Print the status
    #[arg(long, group = "shown")]
    pub show_status: bool,

    /// Print the variables of the build, NAME=VALUE. They may hold what is secret
    #[arg(long, group = "shown")]
    pub show_vars: bool,

    /// Print what was reconciled before, the newest first
    #[arg(long, group = "shown")]
    pub show_history: bool,
}
