//! Arguments of `create image update`.

use clap::{Args, ValueEnum};

use crate::cli::completion::Completes;
use crate::kinds::source::GIT_REPOSITORY;
use crate::manifests::name::{dns_label, dns_subdomain};

pub(super) const EXAMPLES: &str = "\
Examples:
  # Elected tags are written into a folder, and pushed to a branch for a pull request
  nigari create image update fleet --git-repo-ref=fleet --git-repo-path=./clusters/production \\
    --checkout-branch=main --push-branch=image-updates --author-name=flux --author-email=flux@example.com";

/// Arguments of `create image update`.
#[derive(Args, Debug)]
pub struct ImageUpdateArgs {
    /// Name of the ImageUpdateAutomation
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// GitRepository that is written to
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain, add = Completes::Names(&GIT_REPOSITORY))]
    pub git_repo_ref: String,

    /// Namespace of the GitRepository, if it is another one
    #[arg(long, value_name = "NAMESPACE", value_parser = dns_label, add = Completes::Namespaces)]
    pub git_repo_namespace: Option<String>,

    /// Folder whose files are edited [default: the repository's root]
    #[arg(long, value_name = "PATH")]
    pub git_repo_path: Option<String>,

    /// Branch to check out
    #[arg(long, value_name = "BRANCH")]
    pub checkout_branch: String,

    /// Branch to push to [default: the one that was checked out]
    #[arg(long, value_name = "BRANCH")]
    pub push_branch: Option<String>,

    /// Message of the commits, a Go template over what changed
    #[arg(long, value_name = "TEMPLATE")]
    pub commit_template: Option<String>,

    /// Name of the commits' author
    #[arg(long, value_name = "NAME")]
    pub author_name: String,

    /// E-mail of the commits' author
    #[arg(long, value_name = "EMAIL")]
    pub author_email: String,

    /// Secret with the key that commits are signed with
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub signing_key_secret: Option<String>,

    /// Kind of that key [default: gpg]
    #[arg(long, value_name = "TYPE", requires = "signing_key_secret")]
    pub signing_key_type: Option<SigningKeyType>,
}

/// Kinds of keys that sign commits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SigningKeyType {
    /// OpenPGP
    Gpg,
    /// SSH
    Ssh,
}
