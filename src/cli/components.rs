//! Which components are installed, and how: arguments of every command that installs.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};
use secrecy::SecretString;

/// Which components are installed, and how.
#[derive(Args, Debug)]
#[command(next_help_heading = "Component options")]
pub struct ComponentArgs {
    /// Flux release to install, as upstream publishes it: vX.Y.Z or latest [default: the one that is part
    /// of nigari]
    ///
    /// It is downloaded from the releases of fluxcd/flux2, checked, and kept in the cache folder.
    #[arg(long, value_name = "VERSION")]
    pub version: Option<String>,

    /// Manifests to install instead: a folder, a file (.tar.gz or YAML), or an address with https:// or
    /// oci://
    ///
    /// They are the files of a Flux release, or an installation that was rendered of one. --version names
    /// the release where they do not tell it themselves.
    #[arg(long, value_name = "PATH|ADDRESS")]
    pub manifests: Option<String>,

    /// Digest that the downloaded or given file must have; artifacts of registries are pinned by their
    /// address
    #[arg(long, value_name = "sha256:HEX")]
    pub manifests_digest: Option<String>,

    /// Components to install, separated by commas
    #[arg(
        long,
        value_name = "LIST",
        value_delimiter = ',',
        default_value = "source-controller,kustomize-controller,helm-controller,notification-controller"
    )]
    pub components: Vec<String>,

    /// Components to install in addition, separated by commas: image-reflector-controller,
    /// image-automation-controller, source-watcher
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub components_extra: Vec<String>,

    /// Registry from which the components' images are pulled; empty for the one that the nodes assume
    #[arg(long, value_name = "REGISTRY", default_value = "ghcr.io/fluxcd")]
    pub registry: String,

    /// Secret of Flux's namespace with which the components' images are pulled
    #[arg(long, value_name = "NAME")]
    pub image_pull_secret: Option<String>,

    /// Credentials for the registry, from which --image-pull-secret is made on the cluster
    ///
    /// They appear in the list of processes and in the shell's history: prefer --registry-creds-file.
    #[arg(long, value_name = "USER:PASSWORD", requires = "image_pull_secret")]
    pub registry_creds: Option<SecretString>,

    /// File with the credentials for the registry, as USER:PASSWORD
    #[arg(
        long,
        value_name = "FILE",
        requires = "image_pull_secret",
        conflicts_with = "registry_creds"
    )]
    pub registry_creds_file: Option<PathBuf>,

    /// Restrict the traffic of the components with network policies
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "true")]
    pub network_policy: bool,

    /// Reconcile objects of all namespaces and not only those of Flux's own
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "true")]
    pub watch_all_namespaces: bool,

    /// Taints that the components tolerate, by their keys, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub toleration_keys: Vec<String>,

    /// Log level of the components
    #[arg(long, value_name = "LEVEL", default_value = "info")]
    pub log_level: LogLevel,

    /// DNS domain of the cluster
    #[arg(long, value_name = "DOMAIN", default_value = "cluster.local")]
    pub cluster_domain: String,
}

/// Log levels of the components.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Everything
    Debug,
    /// What happens
    Info,
    /// What fails
    Error,
}
