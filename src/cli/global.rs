//! Arguments that every command takes.

use std::path::PathBuf;

use clap::Args;

use super::completion::Completes;
use crate::duration::GoDuration;
use crate::manifests::name::dns_label;

/// Arguments that every command takes: those of `flux`, with the same names and defaults.
///
/// `KUBECONFIG` is not bound to `--kubeconfig` here: the variable is a list, the flag is one file.
#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Namespace of the objects; also FLUX_SYSTEM_NAMESPACE [default: flux-system]
    #[arg(short, long, global = true, value_name = "NAMESPACE", value_parser = dns_label, add = Completes::Namespaces)]
    pub namespace: Option<String>,

    /// Take the namespace of the kubeconfig context when --namespace is not given
    #[arg(long, global = true)]
    pub ns_follows_kube_context: bool,

    /// Longest time for the whole command, 0 for no limit [default: 5m0s; none for --watch]
    #[arg(long, global = true, value_name = "DURATION")]
    pub timeout: Option<GoDuration>,

    /// Tell more
    #[arg(long, short = 'v', global = true)]
    pub verbose: bool,

    /// Path of a kubeconfig file
    #[arg(long, global = true, value_name = "FILE")]
    pub kubeconfig: Option<PathBuf>,

    /// Context of the kubeconfig to use
    #[arg(long, global = true, value_name = "NAME", add = Completes::Contexts)]
    pub context: Option<String>,

    /// Cluster of the kubeconfig to use
    #[arg(long, global = true, value_name = "NAME", add = Completes::Clusters)]
    pub cluster: Option<String>,

    /// User of the kubeconfig to use
    #[arg(long, global = true, value_name = "NAME", add = Completes::Users)]
    pub user: Option<String>,

    /// Address of the Kubernetes API server
    #[arg(long, global = true, value_name = "URL")]
    pub server: Option<String>,

    /// Bearer token for the Kubernetes API server; prefer a kubeconfig, arguments are visible to others
    #[arg(long, global = true, value_name = "TOKEN")]
    pub token: Option<SecretArg>,

    /// User to impersonate
    #[arg(long = "as", global = true, value_name = "USER")]
    pub as_user: Option<String>,

    /// Group to impersonate; may be repeated
    #[arg(long, global = true, value_name = "GROUP")]
    pub as_group: Vec<String>,

    /// UID to impersonate
    #[arg(long, global = true, value_name = "UID")]
    pub as_uid: Option<String>,

    /// Extra to impersonate, KEY=VALUE; may be repeated
    #[arg(long, global = true, value_name = "KEY=VALUE")]
    pub as_user_extra: Vec<String>,

    /// Client certificate file for TLS
    #[arg(long, global = true, value_name = "FILE")]
    pub client_certificate: Option<PathBuf>,

    /// Client key file for TLS
    #[arg(long, global = true, value_name = "FILE")]
    pub client_key: Option<PathBuf>,

    /// Certificate file of the authority that signed the server's certificate
    #[arg(long, global = true, value_name = "FILE")]
    pub certificate_authority: Option<PathBuf>,

    /// Name to expect in the server's certificate
    #[arg(long, global = true, value_name = "NAME")]
    pub tls_server_name: Option<String>,

    /// Do not check the server's certificate; the connection is then insecure
    #[arg(long, global = true)]
    pub insecure_skip_tls_verify: bool,

    /// Ask for uncompressed answers
    #[arg(long, global = true)]
    pub disable_compression: bool,

    /// Accepted for compatibility; discovery is kept in memory only
    #[arg(long, global = true, value_name = "DIR", hide = true)]
    pub cache_dir: Option<PathBuf>,

    /// Accepted for compatibility; the server's own fairness is relied on
    #[arg(long, global = true, value_name = "QPS", hide = true)]
    pub kube_api_qps: Option<f32>,

    /// Accepted for compatibility; the server's own fairness is relied on
    #[arg(long, global = true, value_name = "N", hide = true)]
    pub kube_api_burst: Option<u32>,
}

/// A secret given as an argument: redacted in `Debug`, without `Display`, zeroed when dropped.
pub type SecretArg = secrecy::SecretString;
