//! Finding, creating and changing repositories.

use super::super::access::{self, Denied, Permission};
use super::super::answer::{Answer, Reply};
use super::super::state::{Repository, RepositoryOptions, Role, State, TokenKind, Visibility};
use super::super::{seed, store, views};
use super::{Call, deny};

pub(in crate::github) fn get(call: &Call<'_>) -> Reply {
    let state = call.github.state();
    let repository = call.repository()?;
    if call.github.0.faults.fire("github.read_repository").is_some() {
        return Err(Answer::not_found());
    }
    // It shows the rights of users, and an installation is none.
    let role = if call.caller.is_installation() { Role::None } else { call.role(&state) };
    Ok(Answer::ok(views::full_repository(&state, repository, role)))
}

pub(in crate::github) fn create_for_user(call: &Call<'_>) -> Reply {
    if call.caller.is_installation() {
        return Err(Answer::forbidden("Resource not accessible by integration"));
    }
    let owner = call.caller.login().unwrap_or_default();
    let visibility = match call.body["private"].as_bool() {
        Some(true) => Visibility::Private,
        _ => Visibility::Public,
    };
    create(call, owner, visibility)
}

pub(in crate::github) fn create_for_organization(call: &Call<'_>) -> Reply {
    let (org, login) = (call.parameter("org"), call.caller.login().unwrap_or_default());
    let may_create = {
        let state = call.github.state();
        let account = state.account(org).and_then(|account| account.organization.as_ref());
        let organization = account.ok_or_else(Answer::not_found)?;
        organization.is_owner(login)
            || (organization.is_member(login) && organization.others_create)
    };
    if !may_create && !call.caller.is_installation() {
        return Err(Answer::forbidden(
            "You need admin access to the organization before adding a repository to it.",
        ));
    }
    let visibility = match (call.text("visibility"), call.body["private"].as_bool()) {
        (Some(name), _) => Visibility::parse(name)
            .ok_or_else(|| Answer::invalid("Repository", "visibility", "invalid", ""))?,
        (None, Some(true)) => Visibility::Private,
        (None, _) => Visibility::Public,
    };
    create(call, org, visibility)
}

fn create(call: &Call<'_>, owner: &str, visibility: Visibility) -> Reply {
    may_create(call, visibility)?;
    let name = call.required("name")?;
    if !seed::is_repository_name(name) {
        return Err(Answer::invalid("Repository", "name", "invalid", "name is invalid"));
    }
    if call.github.repository_path(owner, name).is_some() {
        let message = "name already exists on this account";
        return Err(Answer::invalid("Repository", "name", "custom", message));
    }
    let options = RepositoryOptions {
        visibility,
        auto_init: call.body["auto_init"].as_bool().unwrap_or_default(),
        description: call.text("description").map(str::to_owned),
        default_branch: None,
    };
    call.github
        .create_repository(owner, name, &options)
        .map_err(|error| Answer::unprocessable(format!("{error:#}")))?;
    if call.github.0.faults.fire("github.create_repository").is_some() {
        return Err(Answer::hang_up());
    }
    let state = call.github.state();
    let created = state.repository(owner, name).ok_or_else(Answer::not_found)?;
    Ok(Answer::created(views::full_repository(&state, created, Role::Admin)))
}

fn may_create(call: &Call<'_>, visibility: Visibility) -> Result<(), Answer> {
    let wanted = Permission { name: "administration", write: true };
    let checked = match call.caller.0.as_ref().map(|token| &token.kind) {
        Some(TokenKind::FineGrained { permissions, .. }) => {
            access::granted(permissions, wanted, "personal access token")
        }
        Some(TokenKind::App { .. }) => Err(Denied::Permission("integration")),
        Some(TokenKind::Installation { permissions, .. }) => {
            access::granted(permissions, wanted, "integration")
        }
        _ => {
            let is_enough = call.caller.has_scope("repo")
                || (visibility == Visibility::Public && call.caller.has_scope("public_repo"));
            if is_enough { Ok(()) } else { Err(Denied::Hidden) }
        }
    };
    checked.map_err(|denied| {
        let refused = deny(denied);
        match denied {
            Denied::Permission(_) => {
                refused.with("x-accepted-github-permissions", wanted.to_string())
            }
            Denied::Hidden => refused,
        }
    })
}

pub(in crate::github) fn update(call: &Call<'_>) -> Reply {
    let repository = call.repository()?;
    let default_branch = call.text("default_branch");
    if let Some(branch) = default_branch {
        point_head(call, branch)?;
    }
    let mut state = call.github.state();
    let role = call.role(&state);
    if let Some(name) = call.text("name").filter(|name| *name != repository.name) {
        rename(&mut state, repository, name)?;
    }
    let changed = state.by_id_mut(repository.id).ok_or_else(Answer::not_found)?;
    if let Some(branch) = default_branch {
        changed.default_branch = branch.to_owned();
    }
    change_settings(call, changed);
    let changed = changed.clone();
    Ok(Answer::ok(views::full_repository(&state, &changed, role)))
}

/// The default branch is what a clone checks out, so the bare repository's `HEAD` follows it.
fn point_head(call: &Call<'_>, branch: &str) -> Result<(), Answer> {
    let git = call.git()?;
    let reference = format!("refs/heads/{branch}");
    if store::target(&git, &reference)?.is_none() {
        let message = format!("The branch {branch} was not found. Please push that ref first.");
        return Err(Answer::invalid("Repository", "default_branch", "invalid", &message));
    }
    Ok(git.set_head(&reference)?)
}

fn rename(state: &mut State, repository: &Repository, name: &str) -> Result<(), Answer> {
    if !seed::is_repository_name(name) {
        return Err(Answer::invalid("Repository", "name", "invalid", "name is invalid"));
    }
    let taken = state.repository(&repository.owner, name);
    if taken.is_some_and(|taken| taken.id != repository.id) {
        let message = "name already exists on this account";
        return Err(Answer::invalid("Repository", "name", "custom", message));
    }
    state.rename(repository.id, name);
    Ok(())
}

fn change_settings(call: &Call<'_>, changed: &mut Repository) {
    if let Some(description) = call.body.get("description") {
        changed.description = description.as_str().map(str::to_owned);
    }
    if let Some(homepage) = call.body.get("homepage") {
        changed.homepage = homepage.as_str().map(str::to_owned);
    }
    if let Some(private) = call.body["private"].as_bool() {
        changed.visibility = if private { Visibility::Private } else { Visibility::Public };
    }
    if let Some(visibility) = call.text("visibility").and_then(Visibility::parse) {
        changed.visibility = visibility;
    }
    if let Some(archived) = call.body["archived"].as_bool() {
        changed.archived = archived;
    }
}
