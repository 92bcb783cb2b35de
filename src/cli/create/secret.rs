//! Arguments of `create secret`: credentials in the shapes that Flux reads.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::receiver::ReceiverType;
use crate::cli::global::SecretArg;
use crate::cli::ssh_key::SshKeyArgs;
use crate::manifests::name::dns_subdomain;
use crate::manifests::value::address;

/// `create secret`: one subcommand per shape.
#[derive(Args, Debug)]
pub struct SecretArgs {
    /// The shape.
    #[command(subcommand)]
    pub secret: CreateSecret,
}

/// The shapes of Secrets.
#[derive(Debug, Subcommand)]
pub enum CreateSecret {
    /// Create or update a Secret for a Git repository
    ///
    /// For an ssh:// address a key pair is made, unless a private key is given or the Secret has one; its public
    /// half is shown.
    Git(Box<GitSecretArgs>),
    /// Create or update a Secret with a GitHub App
    #[command(name = "githubapp")]
    GitHubApp(GitHubAppArgs),
    /// Create or update a Secret for a Helm repository
    Helm(HelmSecretArgs),
    /// Create or update a Secret for notation: certificates and a trust policy
    Notation(NotationArgs),
    /// Create or update a Secret for a container registry
    Oci(OciSecretArgs),
    /// Create or update a Secret with the address of a proxy
    Proxy(ProxyArgs),
    /// Create or update a Secret with the token of a Receiver
    Receiver(ReceiverSecretArgs),
    /// Create or update a Secret with TLS certificates
    Tls(TlsSecretArgs),
}

/// A user and a password.
#[derive(Args, Debug)]
pub struct BasicAuthArgs {
    /// User
    #[arg(long, short, value_name = "USER")]
    pub username: Option<String>,

    /// Password; other processes can read it
    #[arg(long, short, value_name = "PASSWORD")]
    pub password: Option<SecretArg>,

    /// File with the password, - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "password")]
    pub password_file: Option<PathBuf>,
}

/// Certificates.
#[derive(Args, Debug)]
pub struct TlsArgs {
    /// PEM file of the client's certificate
    #[arg(long, value_name = "FILE", requires = "tls_key_file")]
    pub tls_crt_file: Option<PathBuf>,

    /// PEM file of the key of the client's certificate
    #[arg(long, value_name = "FILE", requires = "tls_crt_file")]
    pub tls_key_file: Option<PathBuf>,

    /// PEM file of a certificate authority
    #[arg(long, value_name = "FILE")]
    pub ca_crt_file: Option<PathBuf>,
}

/// Arguments of `create secret git`.
#[derive(Args, Debug)]
pub struct GitSecretArgs {
    /// Name of the Secret
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Address of the repository: https://, http:// or ssh://
    #[arg(long, value_name = "URL", value_parser = address::git)]
    pub url: String,

    /// User and password, or the passphrase of the private key.
    #[command(flatten)]
    pub auth: BasicAuthArgs,

    /// Token that is sent instead of user and password; other processes can read it
    #[arg(long, value_name = "TOKEN")]
    pub bearer_token: Option<SecretArg>,

    /// File with that token, - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "bearer_token")]
    pub bearer_token_file: Option<PathBuf>,

    /// The key for SSH, and the host's keys.
    #[command(flatten)]
    pub key: SshKeyArgs,

    /// PEM file of the certificate authority of the Git host
    #[arg(long, value_name = "FILE")]
    pub ca_crt_file: Option<PathBuf>,
}

/// Arguments of `create secret githubapp`.
#[derive(Args, Debug)]
pub struct GitHubAppArgs {
    /// Name of the Secret
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Id of the app
    #[arg(long, value_name = "ID")]
    pub app_id: String,

    /// PEM file with the private key of the app
    #[arg(long, value_name = "FILE")]
    pub app_private_key: PathBuf,

    /// Which installation of the app.
    #[command(flatten)]
    pub installation: InstallationArgs,

    /// Address of the API of a GitHub Enterprise Server
    #[arg(long, value_name = "URL", value_parser = address::http)]
    pub app_base_url: Option<String>,
}

/// Which installation of a GitHub App: exactly one of these.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub struct InstallationArgs {
    /// Organisation or user that installed the app
    #[arg(long, value_name = "OWNER")]
    pub app_installation_owner: Option<String>,

    /// Id of the installation
    #[arg(long, value_name = "ID")]
    pub app_installation_id: Option<String>,
}

/// Arguments of `create secret helm`.
#[derive(Args, Debug)]
pub struct HelmSecretArgs {
    /// Name of the Secret
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// User and password.
    #[command(flatten)]
    pub auth: BasicAuthArgs,

    /// Certificates; with one of a client, user and password are not used.
    #[command(flatten)]
    pub tls: TlsArgs,
}

/// Arguments of `create secret tls`.
#[derive(Args, Debug)]
pub struct TlsSecretArgs {
    /// Name of the Secret
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Certificates.
    #[command(flatten)]
    pub tls: TlsArgs,
}

/// Arguments of `create secret oci`.
#[derive(Args, Debug)]
pub struct OciSecretArgs {
    /// Name of the Secret
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Registry, or a repository in it, without a scheme
    #[arg(long, value_name = "REGISTRY", value_parser = address::image_repository)]
    pub url: String,

    /// User and password.
    #[command(flatten)]
    pub auth: BasicAuthArgs,
}

/// Arguments of `create secret proxy`.
#[derive(Args, Debug)]
pub struct ProxyArgs {
    /// Name of the Secret
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Address of the proxy
    #[arg(long, value_name = "URL", value_parser = address::proxy)]
    pub address: String,

    /// User and password.
    #[command(flatten)]
    pub auth: BasicAuthArgs,
}

/// Arguments of `create secret notation`.
#[derive(Args, Debug)]
pub struct NotationArgs {
    /// Name of the Secret
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// JSON file with the trust policy
    #[arg(long, value_name = "FILE")]
    pub trust_policy_file: PathBuf,

    /// Files with certificates of trusted authorities, named .crt or .pem, separated by commas
    #[arg(long = "ca-cert-file", value_name = "FILES", required = true, value_delimiter = ',')]
    pub ca_cert_files: Vec<PathBuf>,
}

/// Arguments of `create secret receiver`.
#[derive(Args, Debug)]
pub struct ReceiverSecretArgs {
    /// Name of the Secret, and of its Receiver
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Who calls
    #[arg(long = "type", value_name = "TYPE")]
    pub type_: ReceiverType,

    /// Host under which callers reach notification-controller
    #[arg(long, value_name = "HOST", value_parser = address::endpoint)]
    pub hostname: String,

    /// Token that callers prove to know; other processes can read it [default: 32 random bytes]
    #[arg(long, value_name = "TOKEN")]
    pub token: Option<SecretArg>,

    /// File with the token, - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "token")]
    pub token_file: Option<PathBuf>,

    /// E-mail of the account that signs calls of type gcr
    #[arg(long, value_name = "EMAIL", required_if_eq("type_", "gcr"))]
    pub email_claim: Option<String>,

    /// Audience of calls of type gcr [default: the address that is called]
    #[arg(long, value_name = "AUDIENCE")]
    pub audience_claim: Option<String>,
}
