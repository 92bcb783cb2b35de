//! What the component arguments come to, for every command that installs.

use anyhow::{Context as _, Result};

use crate::cli::components::{ComponentArgs, LogLevel};
use crate::manifests::options::{self, Options};
use crate::manifests::{components, name};

/// The install options that the arguments ask for, checked. Nothing is contacted.
pub(super) fn options(namespace: &str, args: &ComponentArgs) -> Result<Options> {
    Ok(Options {
        namespace: namespace.to_owned(),
        components: components::select(&args.components).context("--components cannot be used")?,
        network_policy: args.network_policy,
        log_level: match args.log_level {
            LogLevel::Debug => options::LogLevel::Debug,
            LogLevel::Info => options::LogLevel::Info,
            LogLevel::Error => options::LogLevel::Error,
        },
        watch_all_namespaces: args.watch_all_namespaces,
        cluster_domain: name::dns_subdomain(&args.cluster_domain)
            .context("--cluster-domain cannot be used")?,
    })
}
