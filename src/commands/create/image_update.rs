//! `create image update`.

use anyhow::Result;
use nigari_api::image::{
    AutomationSourceKind, AutomationSourceReference, CommitSpec, CommitUser, GitCheckoutSpec,
    GitSpec, ImageUpdateAutomationSpec, PushSpec, SigningKey, UpdateStrategy, UpdateStrategyName,
};
use nigari_api::source::GitReference;

use super::new::{Created, New, given, reference, same_word};
use crate::cli::create::image_update::ImageUpdateArgs;

/// An ImageUpdateAutomation.
pub(super) fn make(new: &New<'_>, args: &ImageUpdateArgs) -> Result<Vec<Created>> {
    let branch = Some(args.checkout_branch.clone());
    let checkout =
        GitCheckoutSpec { reference: GitReference { branch, ..GitReference::default() } };
    let push = given(&args.push_branch)
        .map(|branch| PushSpec { branch: Some(branch), ..PushSpec::default() });
    let update = given(&args.git_repo_path).map(|path| UpdateStrategy {
        path: Some(path),
        strategy: Some(UpdateStrategyName::Setters),
    });
    let spec = ImageUpdateAutomationSpec {
        git: Some(GitSpec { checkout: Some(checkout), commit: commit(args)?, push }),
        interval: new.interval(),
        source_ref: AutomationSourceReference {
            api_version: None,
            kind: AutomationSourceKind::GitRepository,
            name: args.git_repo_ref.clone(),
            namespace: given(&args.git_repo_namespace),
        },
        update,
        ..ImageUpdateAutomationSpec::default()
    };
    new.only(&args.name, spec)
}

fn commit(args: &ImageUpdateArgs) -> Result<CommitSpec> {
    let author =
        CommitUser { email: args.author_email.clone(), name: Some(args.author_name.clone()) };
    let type_ = args.signing_key_type.map(same_word).transpose()?;
    let signing_key = reference(&args.signing_key_secret);
    Ok(CommitSpec {
        author,
        message_template: given(&args.commit_template),
        signing_key: signing_key.map(|secret_ref| SigningKey { secret_ref, type_ }),
        ..CommitSpec::default()
    })
}
