//! Arguments of `init`.

use std::path::PathBuf;

use clap::{ArgGroup, Args};

use super::completion::Completes;
use super::fleet::FleetArgs;
use crate::kinds::source::GIT_REPOSITORY;
use crate::manifests::name::{dns_label, dns_subdomain};

pub(super) const EXAMPLES: &str = "\
Examples:
  # Production and staging, in a clone of the repository
  nigari init .

  # Other environments, as a pull request for the repository that this cluster is synced from
  nigari init --environments=dev,test,live --pull-request

  # One commit, followed until this cluster has applied it
  nigari init --commit";

/// Arguments of `init`.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("destination").required(true).args(["path", "commit", "pull_request"]))]
pub struct InitArgs {
    /// Folder to write to: a clone of the repository; made if it does not exist
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,

    /// Names of the environments, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "production,staging", value_parser = dns_label)]
    pub environments: Vec<String>,

    /// Folder with a folder for each cluster
    #[arg(long, value_name = "PATH", default_value = "clusters")]
    pub clusters: String,

    /// Name of what the apps wait for: its folder, Kustomization and Namespace
    #[arg(long, value_name = "NAME", default_value = "infrastructure", value_parser = dns_label)]
    pub infrastructure: String,

    /// Name of the apps: their folder, Kustomization and Namespace
    #[arg(long, value_name = "NAME", default_value = "apps", value_parser = dns_label)]
    pub apps: String,

    /// GitRepository that the clusters are synced from [default: flux-system; with --commit and --pull-request
    /// this cluster's]
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain, add = Completes::Names(&GIT_REPOSITORY))]
    pub source: Option<String>,

    /// Folder with templates that replace those of the same name: kustomization.yaml, namespace.yaml
    #[arg(long, value_name = "DIR")]
    pub templates: Option<PathBuf>,

    /// Show what would be written, as a diff, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Whether it goes into the cluster's own repository.
    #[command(flatten)]
    pub fleet: FleetArgs,
}
