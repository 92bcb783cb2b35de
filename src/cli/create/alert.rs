//! Arguments of `create alert`.

use clap::{Args, ValueEnum};

use crate::cli::completion::Completes;
use crate::kinds::notification::PROVIDER;
use crate::manifests::name::dns_subdomain;
use crate::manifests::value::reference::EventSource;

pub(super) const EXAMPLES: &str = "\
Examples:
  # Every failure of Kustomizations and HelmReleases
  nigari create alert on-call --provider-ref=slack --event-severity=error \\
    --event-source='Kustomization/*,HelmRelease/*' --summary='production'";

/// Arguments of `create alert`.
#[derive(Args, Debug)]
pub struct AlertArgs {
    /// Name of the Alert
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Provider that events are sent to
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain, add = Completes::Names(&PROVIDER))]
    pub provider_ref: String,

    /// Objects whose events are sent, separated by commas; the name * stands for all of the kind
    #[arg(
        long = "event-source",
        value_name = "KIND/NAME[.NAMESPACE]",
        required = true,
        value_delimiter = ','
    )]
    pub event_sources: Vec<EventSource>,

    /// Least severity of events that are sent [default: info]
    #[arg(long, value_name = "SEVERITY")]
    pub event_severity: Option<Severity>,

    /// What is said with each event, such as the name of the cluster
    #[arg(long, value_name = "TEXT")]
    pub summary: Option<String>,
}

/// Severities of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Severity {
    /// What happens
    Info,
    /// What fails
    Error,
}
