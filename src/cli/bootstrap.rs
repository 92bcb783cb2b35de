//! Arguments of `bootstrap`.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueEnum};

use super::check::CheckFormat;
use super::components::ComponentArgs;
use super::login::LoginArgs;
use super::proposal::ProposalArgs;
use super::signing::SigningArgs;
use super::ssh_key::KeyAlgorithmArgs;
use crate::duration::GoDuration;
use crate::git_host::github::Team;

/// `bootstrap`: one subcommand per Git host.
#[derive(Args, Debug)]
pub struct BootstrapArgs {
    /// The Git host.
    #[command(subcommand)]
    pub host: BootstrapHost,
}

/// The Git hosts that a cluster can be bootstrapped from.
#[derive(Debug, Subcommand)]
pub enum BootstrapHost {
    /// Install Flux from a GitHub repository, and let it keep itself and the cluster in sync with it
    ///
    /// Creates the repository if it is missing, commits Flux's manifests and sync objects in one commit,
    /// applies them, and waits until the cluster has applied that commit or a later one. Running it again
    /// changes nothing that is right already.
    ///
    /// The token is read from GITHUB_TOKEN, else from standard input, else asked for.
    // `--version` names a release here.
    #[command(name = "github", after_help = GITHUB_EXAMPLES, disable_version_flag = true)]
    GitHub(Box<GitHubArgs>),
}

const GITHUB_EXAMPLES: &str = "\
Examples:
  # A repository of an organisation, with a read-only deploy key for the cluster
  nigari bootstrap github --owner=acme --repository=fleet-infra --path=clusters/production

  # What would be committed and what would change on the cluster, as diffs; nothing is written
  nigari bootstrap github --owner=acme --repository=fleet-infra --path=clusters/production --dry-run

  # Whether it could be done: the token, the repository and its rules, the cluster; nothing is written
  nigari bootstrap github --owner=acme --repository=fleet-infra --path=clusters/production --check

  # A repository of your own account; the cluster reads it with the token
  nigari bootstrap github --owner=ann --personal --repository=fleet-infra --token-auth

  # A protected branch: the commit is proposed, and the cluster installed when somebody has merged it
  nigari bootstrap github --owner=acme --repository=fleet-infra --path=clusters/production --wait-merge

  # As a GitHub App, with no personal token anywhere
  nigari bootstrap github --owner=acme --repository=fleet-infra --app-id=12345 --app-private-key-file=app.pem

  # A GitHub Enterprise Server with a private certificate authority
  nigari bootstrap github --hostname=git.acme.example --ca-file=ca.pem --owner=acme --repository=fleet-infra";

/// Arguments of `bootstrap github`.
#[derive(Args, Debug)]
pub struct GitHubArgs {
    /// Organisation or user that the repository belongs to
    #[arg(long, value_name = "OWNER")]
    pub owner: String,

    /// Name of the repository; it is created if it does not exist
    #[arg(long, value_name = "NAME")]
    pub repository: String,

    /// The owner is a user and not an organisation
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "false", hide_default_value = true)]
    pub personal: bool,

    /// A repository that is created is private
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "true")]
    pub private: bool,

    /// Host of GitHub; beats GITHUB_API_URL, GITHUB_GRAPHQL_URL and GITHUB_SERVER_URL [default: github.com]
    #[arg(long, value_name = "HOST")]
    pub hostname: Option<String>,

    /// Team of the organisation that gets rights, SLUG or SLUG:PERMISSION; separated by commas, or given again
    ///
    /// The permission is pull, triage, push, maintain (the default) or admin. A team that has rights already keeps
    /// them, unless --reconcile is given.
    #[arg(long = "team", value_name = "TEAM", value_delimiter = ',')]
    pub teams: Vec<Team>,

    /// Correct what differs of a repository that exists: rights of teams
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "false", hide_default_value = true)]
    pub reconcile: bool,

    /// The deploy key may also write
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "false", hide_default_value = true)]
    pub read_write_key: bool,

    /// Print the files that would be committed to an empty folder, and do nothing; nobody is contacted
    #[arg(long, conflicts_with = "dry_run", action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "false", hide_default_value = true)]
    pub export: bool,

    /// Check that everything is as the bootstrap needs it, say which rights would do, and write nothing
    ///
    /// The same checks are made at the beginning of every bootstrap.
    #[arg(long, conflicts_with_all = ["export", "dry_run"])]
    pub check: bool,

    /// Form of what --check prints
    #[arg(short, long, value_name = "FORMAT", default_value = "table", requires = "check")]
    pub output: CheckFormat,

    /// Check everything, print the commit as a diff and what the cluster would make of it, and write nothing
    #[arg(long)]
    pub dry_run: bool,

    /// Who talks to GitHub.
    #[command(flatten)]
    pub login: LoginArgs,

    /// What is committed and synced.
    #[command(flatten)]
    pub sync: SyncArgs,

    /// Which components are installed, and how.
    #[command(flatten)]
    pub components: ComponentArgs,

    /// How the cluster authenticates.
    #[command(flatten)]
    pub auth: SourceAuthArgs,

    /// Who commits.
    #[command(flatten)]
    pub commit: CommitArgs,

    /// Who signs the commit.
    #[command(flatten)]
    pub signing: SigningArgs,

    /// Whether the commit is proposed as a pull request.
    #[command(flatten)]
    pub proposal: ProposalArgs,

    /// Take over an installation that another tool manages, or move the cluster to another repository, branch or
    /// path
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "false", hide_default_value = true)]
    pub force: bool,
}

/// What is committed and synced.
#[derive(Args, Debug)]
#[command(next_help_heading = "Sync options")]
pub struct SyncArgs {
    /// Branch to commit to and to sync from
    #[arg(long, value_name = "BRANCH", default_value = "main")]
    pub branch: String,

    /// Folder of the repository that the cluster is synced with; the root if it is not given
    #[arg(long, value_name = "PATH", default_value = "", hide_default_value = true)]
    pub path: String,

    /// How often the repository is fetched
    #[arg(long, value_name = "DURATION", default_value = "1m")]
    pub interval: GoDuration,

    /// Check out submodules too, with the same credentials
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "false", hide_default_value = true)]
    pub recurse_submodules: bool,

    /// Check out these folders only, separated by commas; --path must be in one of them
    #[arg(long, value_name = "PATHS", value_delimiter = ',')]
    pub sparse_checkout: Vec<String>,
}

/// How the cluster authenticates to the Git host.
#[derive(Args, Debug)]
#[command(next_help_heading = "Authentication of the cluster")]
pub struct SourceAuthArgs {
    /// The cluster fetches over HTTPS with the token and not over SSH with a deploy key
    #[arg(long, action = ArgAction::Set, num_args = 0..=1, require_equals = true, default_missing_value = "true", hide_possible_values = true, value_name = "BOOL", default_value = "false", hide_default_value = true)]
    pub token_auth: bool,

    /// How the cluster authenticates [default: deploy-key; token with --token-auth, app with --app-id]
    #[arg(long, value_name = "KIND")]
    pub cluster_auth: Option<ClusterAuth>,

    /// Secret that holds the cluster's credentials
    #[arg(long, value_name = "NAME", default_value = "flux-system")]
    pub secret_name: String,

    /// Host to use in the SSH address, when it differs from that of the API
    #[arg(long, value_name = "HOST[:PORT]")]
    pub ssh_hostname: Option<String>,

    /// The deploy key that is made.
    #[command(flatten)]
    pub key: KeyAlgorithmArgs,

    /// File with the private key that the cluster gets, instead of one that is made
    #[arg(long, value_name = "FILE")]
    pub private_key_file: Option<PathBuf>,

    /// File with the passphrase of that key, - for standard input
    #[arg(long, value_name = "FILE", requires = "private_key_file")]
    pub private_key_passphrase_file: Option<PathBuf>,

    /// Replace the deploy key, or what the Secret holds by what is given now; the old key goes when the cluster
    /// has fetched with the new one
    #[arg(long)]
    pub rotate: bool,

    /// File with the SSH host keys of the Git host, in known_hosts form, where its API does not tell them
    #[arg(long, value_name = "FILE")]
    pub known_hosts: Option<PathBuf>,

    /// Fingerprint of a host key that is right, where the host itself has to be asked for its keys
    #[arg(long, value_name = "SHA256:…", conflicts_with = "known_hosts")]
    pub accept_host_key: Option<String>,

    /// PEM file of the certificate authority of the Git host
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<PathBuf>,
}

/// How a cluster authenticates to the Git host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ClusterAuth {
    /// Over SSH, with a key of its own for this repository
    DeployKey,
    /// Over HTTPS, with the token of whoever bootstraps
    Token,
    /// Over HTTPS, as the GitHub App that bootstraps
    App,
    /// Not at all: everybody may read the repository
    None,
}

/// Who commits, and with which words.
#[derive(Args, Debug)]
#[command(next_help_heading = "Commit options")]
pub struct CommitArgs {
    /// Name of the commit's author; with another name than Flux, GitHub does not sign the commit
    #[arg(long, value_name = "NAME", default_value = "Flux")]
    pub author_name: String,

    /// E-mail of the commit's author; with one, GitHub does not sign the commit
    #[arg(long, value_name = "EMAIL")]
    pub author_email: Option<String>,

    /// Text added to the commit message after a blank line
    #[arg(long, value_name = "TEXT")]
    pub commit_message_appendix: Option<String>,
}
