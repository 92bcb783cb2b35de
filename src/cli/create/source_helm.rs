//! Arguments of `create source helm`.

use std::path::PathBuf;

use clap::Args;

use super::source_oci::CloudProvider;
use crate::cli::global::SecretArg;
use crate::manifests::name::dns_subdomain;
use crate::manifests::value::address;

pub(super) const EXAMPLES: &str = "\
Examples:
  # A public repository of charts
  nigari create source helm podinfo --url=https://stefanprodan.github.io/podinfo --interval=12h

  # Charts in a registry
  nigari create source helm podinfo --url=oci://ghcr.io/stefanprodan/charts";

/// Arguments of `create source helm`.
#[derive(Args, Debug)]
pub struct SourceHelmArgs {
    /// Name of the HelmRepository
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Address of the repository: https://, http:// or oci://
    #[arg(long, value_name = "URL", value_parser = address::helm)]
    pub url: String,

    /// Secret with the credentials, in the same namespace
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub secret_ref: Option<String>,

    /// Whose identity authenticates to the registry of an oci:// address
    #[arg(long, value_name = "PROVIDER")]
    pub oci_provider: Option<CloudProvider>,

    /// Send the credentials to every host that the index names
    #[arg(long)]
    pub pass_credentials: bool,

    /// Credentials that become a Secret.
    #[command(flatten)]
    pub credentials: HelmCredentialArgs,
}

/// Credentials that become the Secret helm-NAME, unless --secret-ref names one.
#[derive(Args, Debug)]
#[command(next_help_heading = "Credentials")]
pub struct HelmCredentialArgs {
    /// User
    #[arg(long, short, value_name = "USER")]
    pub username: Option<String>,

    /// Password; other processes can read it
    #[arg(long, short, value_name = "PASSWORD", requires = "username")]
    pub password: Option<SecretArg>,

    /// File with the password, - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "password", requires = "username")]
    pub password_file: Option<PathBuf>,

    /// PEM file of the client's certificate
    #[arg(long, value_name = "FILE", requires = "key_file")]
    pub cert_file: Option<PathBuf>,

    /// PEM file of the key of the client's certificate
    #[arg(long, value_name = "FILE", requires = "cert_file")]
    pub key_file: Option<PathBuf>,

    /// PEM file of the certificate authority of the repository
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
}
