//! Arguments of `create receiver`.

use clap::{Args, ValueEnum};
use nigari_api::notification::ReceiverResource;

use crate::manifests::name::dns_subdomain;
use crate::manifests::value::reference::receiver_resource;

pub(super) const EXAMPLES: &str = "\
Examples:
  # A push on GitHub has a repository fetched at once
  nigari create receiver fleet --type=github --secret-ref=webhook-token --event=ping,push \\
    --resource=GitRepository/fleet";

/// Arguments of `create receiver`.
#[derive(Args, Debug)]
pub struct ReceiverArgs {
    /// Name of the Receiver
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Who calls
    #[arg(long = "type", value_name = "TYPE")]
    pub type_: ReceiverType,

    /// Secret with the token that callers prove to know
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub secret_ref: String,

    /// Events that count, in the caller's words, separated by commas [default: all]
    #[arg(long = "event", value_name = "LIST", value_delimiter = ',')]
    pub events: Vec<String>,

    /// Objects that a call has reconciled, separated by commas; the name * stands for all of the kind
    #[arg(long = "resource", value_name = "KIND/NAME", required = true, value_delimiter = ',', value_parser = receiver_resource)]
    pub resources: Vec<ReceiverResource>,
}

/// Senders of webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReceiverType {
    /// Anyone who knows the address
    Generic,
    /// Anyone who signs the body with the token
    GenericHmac,
    /// GitHub
    #[value(name = "github")]
    GitHub,
    /// GitLab
    #[value(name = "gitlab")]
    GitLab,
    /// Bitbucket Server
    Bitbucket,
    /// Harbor
    Harbor,
    /// Docker Hub
    #[value(name = "dockerhub")]
    DockerHub,
    /// Quay
    Quay,
    /// Google Container Registry, through Pub/Sub
    Gcr,
    /// Nexus
    Nexus,
    /// Azure Container Registry
    Acr,
    /// Any sender of CDEvents
    #[value(name = "cdevents")]
    CdEvents,
}
