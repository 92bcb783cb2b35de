//! Releases and their files.

use serde_json::{Value, json};

use super::super::answer::{Answer, Body, Reply};
use super::super::state::{Release, ReleaseAsset, Repository, State};
use super::super::views;
use super::Call;

pub(in crate::github) fn latest(call: &Call<'_>) -> Reply {
    let found = call.repository()?.releases.last().ok_or_else(Answer::not_found)?;
    Ok(Answer::ok(view(call, found)?))
}

pub(in crate::github) fn by_tag(call: &Call<'_>) -> Reply {
    let tag = call.parameter("tag");
    let mut releases = call.repository()?.releases.iter();
    let found = releases.find(|release| release.tag == tag).ok_or_else(Answer::not_found)?;
    Ok(Answer::ok(view(call, found)?))
}

/// The file's description, or to whoever asks for its content, where that is: on another host.
pub(in crate::github) fn asset(call: &Call<'_>) -> Reply {
    let id = call.parameter("asset_id").parse().ok();
    let found =
        id.and_then(|id| find(call.repository().ok()?, id)).ok_or_else(Answer::not_found)?;
    if !call.accept.contains("application/octet-stream") {
        return Ok(Answer::ok(asset_view(call, found)?));
    }
    let storage = storage_origin(&call.github.state());
    let location = format!("{storage}/release-assets/{}", found.id);
    Ok(Answer::new(http::StatusCode::FOUND, Body::Empty).with("location", location))
}

fn find(repository: &Repository, id: u64) -> Option<&ReleaseAsset> {
    repository.releases.iter().flat_map(|release| &release.assets).find(|asset| asset.id == id)
}

/// The same server under another name, which is another host to every client.
fn storage_origin(state: &State) -> String {
    state.origin.replacen("localhost", "127.0.0.1", 1)
}

fn view(call: &Call<'_>, release: &Release) -> Result<Value, Answer> {
    let api = call.links()?.api;
    let assets: Vec<Value> =
        release.assets.iter().map(|asset| asset_view(call, asset)).collect::<Result<_, _>>()?;
    Ok(json!({
        "id": release.id,
        "url": format!("{api}/releases/{}", release.id),
        "assets_url": format!("{api}/releases/{}/assets", release.id),
        "html_url": format!("{}/releases/tag/{}", call.links()?.web, release.tag),
        "tag_name": release.tag,
        "target_commitish": call.repository()?.default_branch,
        "name": release.tag,
        "body": "",
        "draft": false,
        "prerelease": false,
        "immutable": false,
        "created_at": views::time(release.created_at),
        "published_at": views::time(release.created_at),
        "assets": assets,
    }))
}

fn asset_view(call: &Call<'_>, asset: &ReleaseAsset) -> Result<Value, Answer> {
    let api = call.links()?.api;
    Ok(json!({
        "id": asset.id,
        "url": format!("{api}/releases/assets/{}", asset.id),
        "name": asset.name,
        "content_type": "application/octet-stream",
        "state": "uploaded",
        "size": asset.content.len(),
        "digest": asset.digest,
        "download_count": 0,
    }))
}

/// Where browsers are sent for a file, by a path like `/owner/name/releases/download/tag/file`; nothing
/// for other paths.
pub(in crate::github) fn download(state: &State, path: &str) -> Option<Answer> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let [owner, name, "releases", "download", tag, file] = parts[..] else { return None };
    let repository = state.repository(owner, name).filter(|found| !found.is_private());
    let mut assets = repository.into_iter().flat_map(|found| &found.releases);
    let release = assets.find(|release| release.tag == tag);
    let asset = release.and_then(|found| found.assets.iter().find(|asset| asset.name == file));
    let Some(asset) = asset else { return Some(Answer::not_found()) };
    let location = format!("{}/release-assets/{}", storage_origin(state), asset.id);
    Some(Answer::new(http::StatusCode::FOUND, Body::Empty).with("location", location))
}

/// What the storage host answers.
pub(in crate::github) fn stored(state: &State, id: &str, has_authorization: bool) -> Answer {
    // Signed addresses and credentials exclude each other there.
    if has_authorization {
        return Answer::error(http::StatusCode::BAD_REQUEST, "Only one auth mechanism allowed");
    }
    let found = id
        .parse()
        .ok()
        .and_then(|id| state.repositories.iter().find_map(|repository| find(repository, id)));
    match found {
        Some(asset) => Answer::raw("application/octet-stream", asset.content.clone()),
        None => Answer::not_found(),
    }
}
