//! References of the Git Data API.

use git2::Oid;
use serde_json::Value;

use super::super::answer::{Answer, Reply};
use super::super::store::{self, Expected, Move};
use super::super::views;
use super::{Call, refuse_update};

pub(in crate::github) fn get(call: &Call<'_>) -> Reply {
    let git = call.git()?;
    let name = full_name(call);
    let mut target = store::target(&git, &name)?.ok_or_else(Answer::not_found)?;
    if call.github.0.faults.fire("github.read_ref").is_some() {
        // A replica that lags still shows the commit before.
        target = git.find_commit(target)?.parent_id(0).unwrap_or(target);
    }
    Ok(Answer::ok(show(call, &git, &name, target)?))
}

pub(in crate::github) fn matching(call: &Call<'_>) -> Reply {
    let git = call.git()?;
    let prefix = full_name(call);
    let shown = store::references(&git)?
        .into_iter()
        .filter(|(name, _)| name.starts_with(&prefix))
        .map(|(name, target)| show(call, &git, &name, target))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(call.page(shown))
}

pub(in crate::github) fn create(call: &Call<'_>) -> Reply {
    let name = call.required("ref")?;
    let to = call.required_oid("sha")?;
    if !name.starts_with("refs/") || name.matches('/').count() < 2 {
        return Err(Answer::unprocessable("Reference name is invalid"));
    }
    let step =
        Move { reference: name.to_owned(), expected: Expected::Absent, to: Some(to), force: false };
    call.github
        .publish(call.caller, call.repository()?, &[step])
        .map_err(|rejected| refuse_update(rejected.into()))?;
    Ok(Answer::created(show(call, &call.git()?, name, to)?))
}

/// Without `force` this is a fast-forward test and not a compare-and-swap, as on GitHub.
pub(in crate::github) fn update(call: &Call<'_>) -> Reply {
    let name = full_name(call);
    let to = call.required_oid("sha")?;
    let step = Move {
        reference: name.clone(),
        expected: Expected::Exists,
        to: Some(to),
        force: call.body["force"].as_bool().unwrap_or_default(),
    };
    call.github
        .publish_with_faults(call.caller, call.repository()?, &[step])
        .map_err(refuse_update)?;
    Ok(Answer::ok(show(call, &call.git()?, &name, to)?))
}

pub(in crate::github) fn delete(call: &Call<'_>) -> Reply {
    let name = full_name(call);
    let repository = call.repository()?;
    if name == format!("refs/heads/{}", repository.default_branch) {
        return Err(Answer::unprocessable("Cannot delete the default branch"));
    }
    let step = Move { reference: name, expected: Expected::Exists, to: None, force: true };
    call.github
        .publish(call.caller, repository, &[step])
        .map_err(|rejected| refuse_update(rejected.into()))?;
    Ok(Answer::no_content())
}

fn full_name(call: &Call<'_>) -> String {
    format!("refs/{}", call.parameter("ref"))
}

fn show(call: &Call<'_>, git: &git2::Repository, name: &str, target: Oid) -> Result<Value, Answer> {
    let kind = git.find_object(target, None)?.kind().map_or("commit", |kind| kind.str());
    Ok(views::git_ref(&call.links()?, name, kind, target))
}
