//! Arguments of `create source oci`.

use std::str::FromStr;

use anyhow::{Result, anyhow};
use clap::{Args, ValueEnum};

use super::verification::VerificationArgs;
use crate::manifests::name::dns_subdomain;
use crate::manifests::value::address;
use crate::manifests::value::range::semver_range;

pub(super) const EXAMPLES: &str = "\
Examples:
  # Manifests in a registry
  nigari create source oci podinfo --url=oci://ghcr.io/stefanprodan/manifests/podinfo --tag-semver='6.x'

  # The same, only if cosign signed them in a workflow of that repository
  nigari create source oci podinfo --url=oci://ghcr.io/stefanprodan/manifests/podinfo --tag=6.9.0 \\
    --verify-provider=cosign --verify-issuer='^https://token.actions.githubusercontent.com$' \\
    --verify-subject='^https://github.com/stefanprodan/podinfo.*$'";

/// Arguments of `create source oci`.
#[derive(Args, Debug)]
pub struct SourceOciArgs {
    /// Name of the OCIRepository
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Address of the artifact, without a tag: oci://
    #[arg(long, value_name = "URL", value_parser = address::oci)]
    pub url: String,

    /// Secret with the credentials, in the same namespace
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub secret_ref: Option<String>,

    /// ServiceAccount whose pull secrets or identity authenticate
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub service_account: Option<String>,

    /// Secret with TLS certificates: ca.crt, tls.crt and tls.key
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub cert_ref: Option<String>,

    /// Secret with the address and the credentials of a proxy
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub proxy_secret_ref: Option<String>,

    /// Whose identity authenticates [default: generic]
    #[arg(long, value_name = "PROVIDER")]
    pub provider: Option<CloudProvider>,

    /// Let the registry answer without TLS
    #[arg(long)]
    pub insecure: bool,

    /// Paths kept out of the artifact, in the format of .gitignore, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub ignore_paths: Vec<String>,

    /// Which layer is taken, by its media type, and what is done with it: extract or copy
    #[arg(long, value_name = "TYPE:OPERATION")]
    pub layer_selector: Option<LayerSelector>,

    /// What is pulled.
    #[command(flatten)]
    pub reference: OciReferenceArgs,

    /// Which signatures are checked.
    #[command(flatten)]
    pub verification: VerificationArgs,
}

/// What is pulled; a digest wins over a range, and that over a tag.
#[derive(Args, Debug)]
#[command(next_help_heading = "Reference")]
#[group(required = true, multiple = true)]
pub struct OciReferenceArgs {
    /// Tag to pull
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,

    /// Range of versions; the highest tag in it is pulled
    #[arg(long, value_name = "RANGE", value_parser = semver_range)]
    pub tag_semver: Option<String>,

    /// Digest to pull, like sha256:…
    #[arg(long, value_name = "DIGEST")]
    pub digest: Option<String>,
}

/// A media type, and what is done with its layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerSelector {
    /// The media type of the layer.
    pub media_type: String,
    /// Whether the archive stays as it is.
    pub is_copied: bool,
}

impl FromStr for LayerSelector {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (media_type, is_copied) = match text.rsplit_once(':') {
            Some((media_type, "extract")) if !media_type.is_empty() => (media_type, false),
            Some((media_type, "copy")) if !media_type.is_empty() => (media_type, true),
            _ => {
                return Err(anyhow!(
                    "{text:?} is not MEDIA-TYPE:OPERATION with extract or copy, like \
                     application/vnd.cncf.helm.chart.content.v1.tar+gzip:copy"
                ));
            }
        };
        Ok(Self { media_type: media_type.to_owned(), is_copied })
    }
}

/// Whose identity authenticates to a registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CloudProvider {
    /// The credentials of the Secret or the ServiceAccount, or none
    Generic,
    /// Amazon ECR, with the identity of the workload
    Aws,
    /// Azure Container Registry, with the identity of the workload
    Azure,
    /// Google Artifact Registry, with the identity of the workload
    Gcp,
}
