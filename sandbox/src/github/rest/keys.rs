//! Deploy keys.

use k8s_openapi::jiff::Timestamp;
use serde_json::Value;

use super::super::answer::{Answer, Reply};
use super::super::ssh_key::PublicKey;
use super::super::state::{DeployKey, MadeWith, TokenKind};
use super::super::views;
use super::Call;

pub(in crate::github) fn list(call: &Call<'_>) -> Reply {
    let repository = call.repository()?;
    let enabled = !call.github.deploy_keys_disabled(&repository.owner);
    let links = call.links()?;
    let keys: Vec<Value> =
        repository.keys.iter().map(|key| views::deploy_key(&links, key, enabled)).collect();
    Ok(call.page(keys))
}

pub(in crate::github) fn get(call: &Call<'_>) -> Reply {
    let repository = call.repository()?;
    let enabled = !call.github.deploy_keys_disabled(&repository.owner);
    let key = find(call, &repository.keys)?;
    Ok(Answer::ok(views::deploy_key(&call.links()?, key, enabled)))
}

pub(in crate::github) fn create(call: &Call<'_>) -> Reply {
    let repository = call.repository()?;
    if call.github.deploy_keys_disabled(&repository.owner) {
        return Err(Answer::unprocessable("Deploy keys are disabled for this repository"));
    }
    let line = call.required("key")?;
    let refused = |message| Answer::invalid("PublicKey", "key", "custom", message);
    let key = PublicKey::parse(line).ok_or_else(|| {
        refused("key is invalid. You must supply a key in OpenSSH public key format")
    })?;
    let reset = call.github.0.faults.fire("github.create_key");
    if reset.as_deref() == Some("reset_before_effect") {
        return Err(Answer::hang_up());
    }
    let links = call.links()?;
    let created = {
        let mut state = call.github.state();
        // Key material is unique across all repositories, not only this one.
        if state.repositories.iter().flat_map(|other| &other.keys).any(|other| other.holds(&key)) {
            return Err(refused("key is already in use"));
        }
        let created = DeployKey {
            id: state.next_id(),
            key: key.to_string(),
            title: call.text("title").unwrap_or_default().to_owned(),
            read_only: call.body["read_only"].as_bool().unwrap_or_default(),
            created_at: Timestamp::now(),
            added_by: call.caller.login().unwrap_or_default().to_owned(),
            last_used: None,
            made_with: classic_token(call),
        };
        let repository = state.by_id_mut(repository.id).ok_or_else(Answer::not_found)?;
        repository.keys.push(created.clone());
        created
    };
    if reset.is_some() {
        return Err(Answer::hang_up());
    }
    Ok(Answer::created(views::deploy_key(&links, &created, true)))
}

/// A key dies with the classic token that made it.
fn classic_token(call: &Call<'_>) -> Option<MadeWith> {
    let token = call.caller.0.as_ref()?;
    matches!(token.kind, TokenKind::Classic { .. }).then(|| MadeWith(token.value.clone()))
}

pub(in crate::github) fn delete(call: &Call<'_>) -> Reply {
    let repository = call.repository()?;
    let id = find(call, &repository.keys)?.id;
    call.github.delete_deploy_key(&repository.owner, &repository.name, id);
    Ok(Answer::no_content())
}

fn find<'a>(call: &Call<'_>, keys: &'a [DeployKey]) -> Result<&'a DeployKey, Answer> {
    let id = call.parameter("key_id").parse::<u64>().map_err(|_| Answer::not_found())?;
    keys.iter().find(|key| key.id == id).ok_or_else(Answer::not_found)
}
