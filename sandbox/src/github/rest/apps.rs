//! What an App may ask about itself: its installations, and tokens of them.

use std::collections::BTreeMap;

use http::StatusCode;
use serde_json::{Value, json};

use super::super::answer::{Answer, Reply};
use super::super::apps::{self, App, Installation, NotMinted};
use super::super::state::State;
use super::super::views;
use super::Call;

pub(in crate::github) fn installations(call: &Call<'_>) -> Reply {
    let state = call.github.state();
    let app = app(call, &state)?;
    let shown = app.installations.iter().map(|installation| shown(&state, app, installation));
    Ok(call.page(shown.collect()))
}

pub(in crate::github) fn mint(call: &Call<'_>) -> Reply {
    let mut state = call.github.state();
    let app = app(call, &state)?.id;
    let installation = call.parameter("installation_id").parse();
    let installation = installation.map_err(|_| Answer::not_found())?;
    let permissions = serde_json::from_value::<BTreeMap<_, _>>(call.body["permissions"].clone());
    let repositories = serde_json::from_value::<Vec<_>>(call.body["repositories"].clone());
    let minted = apps::mint(&mut state, app, installation, permissions.ok(), repositories.ok());
    let minted = minted.map_err(refused)?;
    if let Some(uses) = call.github.0.faults.fire("github.installation_token") {
        let uses = uses.parse().map_err(|_| {
            let message = format!("github.installation_token={uses} is not a number of requests");
            Answer::error(StatusCode::INTERNAL_SERVER_ERROR, message)
        })?;
        state.uses.insert(minted.value.clone(), uses);
    }
    let mut answer = Answer::ok(json!({
        "token": minted.value,
        "expires_at": views::time(minted.expires_at),
        "permissions": minted.permissions,
        "repository_selection": "all",
    }));
    answer.status = StatusCode::CREATED;
    Ok(answer)
}

fn refused(why: NotMinted) -> Answer {
    match why {
        NotMinted::Unknown => Answer::not_found(),
        NotMinted::Suspended => Answer::forbidden(apps::SUSPENDED),
        NotMinted::NotGranted => {
            Answer::unprocessable("The permissions requested are not granted to this installation.")
        }
        NotMinted::NoRepository => Answer::unprocessable(
            "There is at least one repository that does not exist or is not accessible to the \
             parent installation.",
        ),
    }
}

fn app<'a>(call: &Call<'_>, state: &'a State) -> Result<&'a App, Answer> {
    let id = call.caller.app();
    let found = id.and_then(|id| state.apps.iter().find(|app| app.id == id));
    found.ok_or_else(|| {
        Answer::error(StatusCode::UNAUTHORIZED, "A JSON web token could not be decoded")
    })
}

fn shown(state: &State, app: &App, installation: &Installation) -> Value {
    let Installation { id, account, .. } = installation;
    let (origin, created) = (&state.origin, views::time(installation.created_at));
    let kind = match state.account(account).is_some_and(|found| found.organization.is_some()) {
        true => "Organization",
        false => "User",
    };
    // GitHub's description wants a user and an enterprise in one.
    let mut shown = views::simple_user(state, account);
    let enterprise =
        json!({ "name": account, "slug": account, "created_at": created, "updated_at": created });
    views::extend(&mut shown, enterprise);
    let target = state.account(account).map_or(0, |account| account.id);
    json!({
        "id": id,
        "app_id": app.id,
        "app_slug": app.slug,
        "target_id": target,
        "target_type": kind,
        "account": shown,
        "permissions": installation.permissions,
        "events": [],
        "single_file_name": null,
        "repository_selection": if installation.repositories.is_some() { "selected" } else { "all" },
        "access_tokens_url": format!("{origin}/api/v3/app/installations/{id}/access_tokens"),
        "repositories_url": format!("{origin}/api/v3/installation/repositories"),
        "html_url": format!("{origin}/settings/installations/{id}"),
        "created_at": created,
        "updated_at": created,
        "suspended_at": installation.is_suspended.then_some(created),
        // Nobody has done it, mostly, and the description wants somebody all the same.
        "suspended_by": views::simple_user(state, account),
    })
}
