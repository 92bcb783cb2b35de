//! Arguments of `create kustomization`.

use clap::{Args, ValueEnum};
use nigari_api::kustomize::SourceReference;
use nigari_api::meta::NamespacedObjectKindReference;

use crate::cli::completion::Completes;
use crate::kinds::kustomize::KUSTOMIZATION;
use crate::manifests::name::{dns_label, dns_subdomain};
use crate::manifests::value::reference::{Dependencies, health_check, kustomization_source};
use crate::manifests::value::time::Interval;

pub(super) const EXAMPLES: &str = "\
Examples:
  # A folder of a repository; what leaves the repository leaves the cluster
  nigari create kustomization apps --source=fleet --path=./apps/production --prune --interval=10m

  # After another one, and ready only when everything is, the Deployment web among it
  nigari create kustomization apps --source=fleet --path=./apps --prune --depends-on=infrastructure \\
    --wait --health-check=Deployment/web.apps --health-check-timeout=5m";

/// Arguments of `create kustomization`.
#[derive(Args, Debug)]
pub struct KustomizationArgs {
    /// Name of the Kustomization
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Source with the manifests; a GitRepository unless it says OCIRepository, Bucket or ExternalArtifact
    #[arg(long, value_name = "[KIND/]NAME[.NAMESPACE]", value_parser = kustomization_source)]
    pub source: SourceReference,

    /// Folder of the source
    #[arg(long, value_name = "PATH", default_value = "./")]
    pub path: String,

    /// Delete from the cluster what left the source
    #[arg(long)]
    pub prune: bool,

    /// Be ready only when everything that was applied is healthy
    #[arg(long)]
    pub wait: bool,

    /// Objects that have to be healthy, separated by commas
    #[arg(long = "health-check", value_name = "KIND/NAME.NAMESPACE", value_delimiter = ',', value_parser = health_check)]
    pub health_checks: Vec<NamespacedObjectKindReference>,

    /// Limit of applying and of becoming healthy; only with --wait or --health-check [default: 2m0s]
    #[arg(long, value_name = "DURATION")]
    pub health_check_timeout: Option<Interval>,

    /// Kustomizations that must be ready first, separated by commas; behind @, a CEL expression over self and
    /// dep that decides it for the last of them
    #[arg(long, value_name = "[NAMESPACE/]NAME[@CEL]", add = Completes::Names(&KUSTOMIZATION))]
    pub depends_on: Vec<Dependencies>,

    /// ServiceAccount that is impersonated to apply
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub service_account: Option<String>,

    /// What decrypts encrypted files of the source
    #[arg(long, value_name = "PROVIDER")]
    pub decryption_provider: Option<DecryptionProvider>,

    /// Secret with the private keys for decryption
    #[arg(long, value_name = "NAME", requires = "decryption_provider", value_parser = dns_subdomain)]
    pub decryption_secret: Option<String>,

    /// Namespace that everything is put into
    #[arg(long, value_name = "NAMESPACE", value_parser = dns_label, add = Completes::Namespaces)]
    pub target_namespace: Option<String>,

    /// Secret with the kubeconfig of another cluster to apply to
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub kubeconfig_secret_ref: Option<String>,

    /// Time after a failure before it is tried again [default: that of --interval]
    #[arg(long, value_name = "DURATION")]
    pub retry_interval: Option<Interval>,

    /// Accepted for compatibility; the API server validates
    #[arg(long, value_name = "MODE", hide = true)]
    pub validation: Option<String>,
}

/// What decrypts files of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DecryptionProvider {
    /// SOPS
    Sops,
}
