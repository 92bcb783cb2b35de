//! Arguments of `create image repository`.

use clap::Args;

use crate::manifests::name::dns_subdomain;
use crate::manifests::value::address;
use crate::manifests::value::time::Limit;

pub(super) const EXAMPLES: &str = "\
Examples:
  # A public image
  nigari create image repository podinfo --image=ghcr.io/stefanprodan/podinfo --interval=5m";

/// Arguments of `create image repository`.
#[derive(Args, Debug)]
pub struct ImageRepositoryArgs {
    /// Name of the ImageRepository
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Repository of images, without a tag
    #[arg(long, value_name = "IMAGE", value_parser = address::image_repository)]
    pub image: String,

    /// Secret with the credentials, of type kubernetes.io/dockerconfigjson
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub secret_ref: Option<String>,

    /// Secret with TLS certificates: ca.crt, tls.crt and tls.key
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub cert_ref: Option<String>,

    /// Limit of one scan [default: that of --interval]
    #[arg(long, value_name = "DURATION")]
    pub scan_timeout: Option<Limit>,
}
