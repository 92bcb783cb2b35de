//! Arguments of `create source git`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::fleet::COMMIT_ALONE;
use crate::cli::global::SecretArg;
use crate::cli::ssh_key::SshKeyArgs;
use crate::manifests::name::dns_subdomain;
use crate::manifests::value::address;
use crate::manifests::value::range::semver_range;

pub(super) const EXAMPLES: &str = "\
Examples:
  # A branch of a public repository
  nigari create source git podinfo --url=https://github.com/stefanprodan/podinfo --branch=master

  # The highest 6.x release
  nigari create source git podinfo --url=https://github.com/stefanprodan/podinfo --tag-semver='>=6.0.0 <7.0.0'

  # A private repository, with credentials that are in the cluster already
  nigari create source git fleet --url=https://github.com/acme/fleet --branch=main --secret-ref=github-token

  # A private repository, with a token that no other process can read
  nigari create source git fleet --url=https://github.com/acme/fleet --branch=main --username=git --password-file=token";

/// Arguments of `create source git`.
#[derive(Args, Debug)]
pub struct SourceGitArgs {
    /// Name of the GitRepository
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// Address of the repository: https://, http:// or ssh://
    #[arg(long, value_name = "URL", value_parser = address::git)]
    pub url: String,

    /// Secret with the credentials, in the same namespace
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub secret_ref: Option<String>,

    /// Secret with the address and the credentials of a proxy
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub proxy_secret_ref: Option<String>,

    /// Who authenticates
    #[arg(long, value_name = "PROVIDER")]
    pub provider: Option<GitProvider>,

    /// Check out submodules too, with the same credentials
    #[arg(long)]
    pub recurse_submodules: bool,

    /// Paths kept out of the artifact, in the format of .gitignore, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub ignore_paths: Vec<String>,

    /// Only folders that are checked out, separated by commas
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub sparse_checkout_paths: Vec<String>,

    /// Do not ask whether the deploy key was added to the repository
    #[arg(long, short)]
    pub silent: bool,

    /// What is checked out.
    #[command(flatten)]
    pub reference: GitReferenceArgs,

    /// Credentials that become a Secret.
    #[command(flatten)]
    pub credentials: GitCredentialArgs,
}

/// What is checked out; a commit wins over a reference, that over a range, a tag and a branch.
#[derive(Args, Debug)]
#[command(next_help_heading = "Reference")]
#[group(required = true, multiple = true)]
pub struct GitReferenceArgs {
    /// Branch to check out
    #[arg(long, value_name = "BRANCH")]
    pub branch: Option<String>,

    /// Tag to check out
    #[arg(long, value_name = "TAG")]
    pub tag: Option<String>,

    /// Range of versions; the highest tag in it is checked out
    #[arg(long, value_name = "RANGE", value_parser = semver_range)]
    pub tag_semver: Option<String>,

    /// Full name of the reference to check out, like refs/pull/420/head
    #[arg(long, value_name = "REF")]
    pub ref_name: Option<String>,

    /// Commit to check out; looked for on --branch, if that is given. Without a value, the manifest is
    /// committed to the repository that the cluster is synced from
    #[arg(long, value_name = "SHA", num_args = 0..=1, default_missing_value = COMMIT_ALONE)]
    pub commit: Option<String>,
}

/// Credentials that become a Secret of the source's name, unless --secret-ref names one.
#[derive(Args, Debug)]
#[command(next_help_heading = "Credentials")]
pub struct GitCredentialArgs {
    /// User for HTTPS
    #[arg(long, short, value_name = "USER")]
    pub username: Option<String>,

    /// Password or token for HTTPS, or the passphrase of --private-key-file; other processes can read it
    #[arg(long, short, value_name = "PASSWORD")]
    pub password: Option<SecretArg>,

    /// File with the password, - for standard input
    #[arg(long, value_name = "FILE", conflicts_with = "password")]
    pub password_file: Option<PathBuf>,

    /// The key for SSH, and the host's keys.
    #[command(flatten)]
    pub key: SshKeyArgs,

    /// PEM file of the certificate authority of the Git host
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
}

/// Who authenticates to a Git repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GitProvider {
    /// The credentials of the Secret, or none
    Generic,
    /// AWS CodeCommit, with the identity of the workload
    Aws,
    /// Azure DevOps, with the identity of the workload
    Azure,
    /// A GitHub App, whose key is in the Secret
    #[value(name = "github")]
    GitHub,
}
