//! Arguments of `create source bucket`.

use std::path::PathBuf;

use clap::Args;

use super::source_oci::CloudProvider;
use crate::cli::global::SecretArg;
use crate::manifests::name::dns_subdomain;
use crate::manifests::value::address;

pub(super) const EXAMPLES: &str = "\
Examples:
  # A bucket of MinIO, with credentials that no other process can read
  nigari create source bucket podinfo --bucket-name=podinfo --endpoint=minio.example.com:9000 \\
    --access-key=podinfo --secret-key-file=secret-key

  # A bucket of AWS, with the identity of source-controller
  nigari create source bucket podinfo --bucket-name=podinfo --endpoint=s3.amazonaws.com --provider=aws --region=us-east-1";

/// Arguments of `create source bucket`.
#[derive(Args, Debug)]
pub struct SourceBucketArgs {
    /// Name of the Bucket
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Name of the bucket at its provider
    #[arg(long, value_name = "NAME")]
    pub bucket_name: String,

    /// Host of the storage, and its port
    #[arg(long, value_name = "HOST[:PORT]", value_parser = address::endpoint)]
    pub endpoint: String,

    /// Whose storage it is [default: generic]
    #[arg(long, value_name = "PROVIDER")]
    pub provider: Option<CloudProvider>,

    /// Region of the bucket
    #[arg(long, value_name = "REGION")]
    pub region: Option<String>,

    /// Let the storage answer without TLS
    #[arg(long)]
    pub insecure: bool,

    /// Secret with the credentials, in the same namespace
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub secret_ref: Option<String>,

    /// Secret with the address and the credentials of a proxy
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub proxy_secret_ref: Option<String>,

    /// Paths kept out of the artifact, in the format of .gitignore, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub ignore_paths: Vec<String>,

    /// Credentials that become a Secret.
    #[command(flatten)]
    pub credentials: BucketCredentialArgs,
}

/// Credentials that become the Secret bucket-NAME, unless --secret-ref names one.
#[derive(Args, Debug)]
#[command(next_help_heading = "Credentials")]
pub struct BucketCredentialArgs {
    /// Access key
    #[arg(long, value_name = "KEY")]
    pub access_key: Option<String>,

    /// Secret key; other processes can read it
    #[arg(long, value_name = "KEY", requires = "access_key")]
    pub secret_key: Option<SecretArg>,

    /// File with the secret key, - for standard input
    #[arg(long, value_name = "FILE", requires = "access_key", conflicts_with = "secret_key")]
    pub secret_key_file: Option<PathBuf>,
}
