//! `create source git`.

use anyhow::Result;
use nigari_api::source::{GitReference, GitRepositorySpec};

use super::new::{Created, New, given, listed, only_if, reference, same_word};
use crate::cli::create::source_git::{GitReferenceArgs, SourceGitArgs};
use crate::manifests::value::time::Limit;

/// A GitRepository.
pub(super) fn make(
    new: &New<'_>,
    args: &SourceGitArgs,
    limit: Option<Limit>,
) -> Result<Vec<Created>> {
    let spec = GitRepositorySpec {
        ignore: ignore(&args.ignore_paths),
        interval: new.interval(),
        provider: args.provider.map(same_word).transpose()?,
        proxy_secret_ref: reference(&args.proxy_secret_ref),
        recurse_submodules: only_if(args.recurse_submodules),
        reference: Some(git_reference(&args.reference)),
        secret_ref: reference(&args.secret_ref),
        sparse_checkout: listed(&args.sparse_checkout_paths),
        timeout: limit.map(|limit| limit.to_string()),
        url: args.url.clone(),
        ..GitRepositorySpec::default()
    };
    new.only(&args.name, spec)
}

/// What wins over the others, as upstream chooses it; a commit is looked for on its branch.
fn git_reference(args: &GitReferenceArgs) -> GitReference {
    let mut reference = GitReference::default();
    if let Some(commit) = given(&args.commit) {
        reference.commit = Some(commit);
        reference.branch = given(&args.branch);
    } else if let Some(name) = given(&args.ref_name) {
        reference.name = Some(name);
    } else if let Some(range) = given(&args.tag_semver) {
        reference.semver = Some(range);
    } else if let Some(tag) = given(&args.tag) {
        reference.tag = Some(tag);
    } else {
        reference.branch = given(&args.branch);
    }
    reference
}

/// Paths as lines of `.gitignore`.
pub(super) fn ignore(paths: &[String]) -> Option<String> {
    let paths = listed(paths);
    (!paths.is_empty()).then(|| paths.join("\n"))
}
