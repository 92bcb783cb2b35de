//! Arguments of `create alert-provider`.

use anyhow::{Result, anyhow};
use clap::Args;
use nigari_api::notification::ProviderType;
use serde::Deserialize as _;

use crate::manifests::name::dns_subdomain;

pub(super) const EXAMPLES: &str = "\
Examples:
  # A channel of Slack, whose address is in a Secret
  nigari create alert-provider slack --type=slack --channel='#deployments' --secret-ref=slack-webhook-url

  # The status of commits on GitHub
  nigari create alert-provider github --type=github --address=https://github.com/acme/fleet --secret-ref=github-token";

/// Arguments of `create alert-provider`.
#[derive(Args, Debug)]
pub struct AlertProviderArgs {
    /// Name of the Provider
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Service that events are sent to: slack, msteams, github, generic, …
    #[arg(long = "type", value_name = "TYPE", value_parser = provider_type)]
    pub type_: ProviderType,

    /// Channel that events are sent to
    #[arg(long, value_name = "CHANNEL")]
    pub channel: Option<String>,

    /// Name under which events are sent
    #[arg(long, value_name = "USER")]
    pub username: Option<String>,

    /// Address of the service or of the repository; one with a token in it belongs into a Secret
    #[arg(long, value_name = "ADDRESS")]
    pub address: Option<String>,

    /// Secret with the address, or with the token
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub secret_ref: Option<String>,
}

fn provider_type(text: &str) -> Result<ProviderType> {
    let read: Result<_, serde_json::Error> =
        ProviderType::deserialize(serde_json::Value::from(text));
    // The library lists the types that there are.
    read.map_err(|error| anyhow!("{error}"))
}
