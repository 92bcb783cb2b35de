//! Users, organisations, and what the installation says about itself.

use http::StatusCode;
use serde_json::json;

use super::super::answer::{Answer, Reply};
use super::super::{front, views};
use super::Call;

pub(in crate::github) fn meta(call: &Call<'_>) -> Reply {
    let mut told = json!({
        "verifiable_password_authentication": false,
        "installed_version": "3.19.0",
    });
    // An Enterprise Server tells none.
    if call.github.0.faults.fire("github.host_keys").is_none() {
        told["ssh_keys"] = json!(call.github.host_keys());
    }
    Ok(Answer::ok(told))
}

pub(in crate::github) fn rate_limit(call: &Call<'_>) -> Reply {
    Ok(Answer::ok(front::rate_limit(call.github, call.caller)))
}

pub(in crate::github) fn user(call: &Call<'_>) -> Reply {
    if call.caller.is_installation() {
        return Err(Answer::forbidden("Resource not accessible by integration"));
    }
    let state = call.github.state();
    let account = call.caller.login().and_then(|login| state.account(login));
    let account = account
        .ok_or_else(|| Answer::error(StatusCode::UNAUTHORIZED, "Requires authentication"))?;
    Ok(Answer::ok(views::own_user(&state, account)))
}

pub(in crate::github) fn by_login(call: &Call<'_>) -> Reply {
    let state = call.github.state();
    let account = state.account(call.parameter("username")).ok_or_else(Answer::not_found)?;
    Ok(Answer::ok(views::user(&state, account)))
}

pub(in crate::github) fn organization(call: &Call<'_>) -> Reply {
    let state = call.github.state();
    let account = state
        .account(call.parameter("org"))
        .filter(|account| account.organization.is_some())
        .ok_or_else(Answer::not_found)?;
    Ok(Answer::ok(views::organization(&state, account, call.caller)))
}
