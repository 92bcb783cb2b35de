//! What a team may do with a repository.

use super::super::answer::{Answer, Reply};
use super::super::state::Role;
use super::super::views;
use super::{Call, deny};

pub(in crate::github) fn permission(call: &Call<'_>) -> Reply {
    check_team(call)?;
    let repository = call.repository()?;
    let role = repository.teams.get(call.parameter("team_slug")).copied();
    let role = role.ok_or_else(Answer::not_found)?;
    if !call.accept.contains("repository") {
        return Ok(Answer::no_content());
    }
    let state = call.github.state();
    let mut shown = views::repository(&state, repository, role);
    shown["role_name"] = role.name().into();
    Ok(Answer::ok(shown))
}

pub(in crate::github) fn grant(call: &Call<'_>) -> Reply {
    check_team(call)?;
    let repository = call.repository()?;
    if !repository.owner.eq_ignore_ascii_case(call.parameter("org")) {
        return Err(Answer::unprocessable("The team does not belong to the repository's owner"));
    }
    let role = match call.text("permission") {
        None => Role::Pull,
        Some(name) => Role::parse(name)
            .ok_or_else(|| Answer::invalid("Repository", "permission", "invalid", ""))?,
    };
    let mut state = call.github.state();
    let repository = state.by_id_mut(repository.id).ok_or_else(Answer::not_found)?;
    repository.teams.insert(call.parameter("team_slug").to_owned(), role);
    Ok(Answer::no_content())
}

fn check_team(call: &Call<'_>) -> Result<(), Answer> {
    call.caller.check_sees_teams().map_err(deny)?;
    let state = call.github.state();
    let organization =
        state.account(call.parameter("org")).and_then(|account| account.organization.as_ref());
    let exists =
        organization.is_some_and(|found| found.teams.contains_key(call.parameter("team_slug")));
    if exists { Ok(()) } else { Err(Answer::not_found()) }
}
