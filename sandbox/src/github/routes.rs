//! Which REST endpoint a path names, and what each needs of the caller.

use std::collections::BTreeMap;

use super::access::Permission;
use super::answer::Reply;
use super::rest::{
    Call, accounts, apps, branches, compare, contents, keys, objects, pulls, refs, releases,
    repositories, teams,
};
use super::state::Role;

/// One endpoint that the double plays.
pub(super) struct Route {
    pub(super) method: &'static str,
    pub(super) template: &'static str,
    pub(super) needs: Needs,
    pub(super) handler: fn(&Call<'_>) -> Reply,
}

/// What a caller must be for an endpoint.
#[derive(Clone, Copy)]
pub(super) enum Needs {
    /// Anybody, with or without a token.
    Nothing,
    /// A token.
    Token,
    /// A role in the repository that the path names, and a permission of the token.
    Repository(Permission, Role),
}

const fn reads(name: &'static str) -> Needs {
    Needs::Repository(Permission { name, write: false }, Role::Pull)
}

const fn writes(name: &'static str) -> Needs {
    Needs::Repository(Permission { name, write: true }, Role::Push)
}

const fn administers(write: bool) -> Needs {
    Needs::Repository(Permission { name: "administration", write }, Role::Admin)
}

const fn route(
    method: &'static str,
    template: &'static str,
    needs: Needs,
    handler: fn(&Call<'_>) -> Reply,
) -> Route {
    Route { method, template, needs, handler }
}

/// The endpoints that are played; the first that fits a path wins.
pub(super) const PLAYED: &[Route] = &[
    route("GET", "/meta", Needs::Nothing, accounts::meta),
    route("GET", "/rate_limit", Needs::Nothing, accounts::rate_limit),
    route("GET", "/app/installations", Needs::Token, apps::installations),
    route("POST", "/app/installations/{installation_id}/access_tokens", Needs::Token, apps::mint),
    route("GET", "/user", Needs::Token, accounts::user),
    route("POST", "/user/repos", Needs::Token, repositories::create_for_user),
    route("GET", "/users/{username}", Needs::Nothing, accounts::by_login),
    route("GET", "/orgs/{org}", Needs::Nothing, accounts::organization),
    route("POST", "/orgs/{org}/repos", Needs::Token, repositories::create_for_organization),
    route(
        "GET",
        "/orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}",
        administers(false),
        teams::permission,
    ),
    route(
        "PUT",
        "/orgs/{org}/teams/{team_slug}/repos/{owner}/{repo}",
        administers(true),
        teams::grant,
    ),
    route("GET", "/repos/{owner}/{repo}", reads("metadata"), repositories::get),
    route("PATCH", "/repos/{owner}/{repo}", administers(true), repositories::update),
    route(
        "GET",
        "/repos/{owner}/{repo}/branches/{branch}/protection",
        administers(false),
        branches::protection,
    ),
    route("GET", "/repos/{owner}/{repo}/branches/{branch}", reads("contents"), branches::get),
    route(
        "GET",
        "/repos/{owner}/{repo}/rules/branches/{branch}",
        reads("metadata"),
        branches::rules,
    ),
    route(
        "GET",
        "/repos/{owner}/{repo}/rulesets/{ruleset_id}",
        reads("metadata"),
        branches::ruleset,
    ),
    route("GET", "/repos/{owner}/{repo}/compare/{basehead}", reads("contents"), compare::get),
    route("GET", "/repos/{owner}/{repo}/contents/{path}", reads("contents"), contents::get),
    route("GET", "/repos/{owner}/{repo}/contents", reads("contents"), contents::get),
    route("PUT", "/repos/{owner}/{repo}/contents/{path}", writes("contents"), contents::put),
    route("POST", "/repos/{owner}/{repo}/git/blobs", writes("contents"), objects::create_blob),
    route("GET", "/repos/{owner}/{repo}/git/blobs/{file_sha}", reads("contents"), objects::blob),
    route("POST", "/repos/{owner}/{repo}/git/commits", writes("contents"), objects::create_commit),
    route(
        "GET",
        "/repos/{owner}/{repo}/git/commits/{commit_sha}",
        reads("contents"),
        objects::commit,
    ),
    route("POST", "/repos/{owner}/{repo}/git/trees", writes("contents"), objects::create_tree),
    route("GET", "/repos/{owner}/{repo}/git/trees/{tree_sha}", reads("contents"), objects::tree),
    route(
        "GET",
        "/repos/{owner}/{repo}/git/matching-refs/{ref}",
        reads("contents"),
        refs::matching,
    ),
    route("GET", "/repos/{owner}/{repo}/git/ref/{ref}", reads("contents"), refs::get),
    route("POST", "/repos/{owner}/{repo}/git/refs", writes("contents"), refs::create),
    route("PATCH", "/repos/{owner}/{repo}/git/refs/{ref}", writes("contents"), refs::update),
    route("DELETE", "/repos/{owner}/{repo}/git/refs/{ref}", writes("contents"), refs::delete),
    route("GET", "/repos/{owner}/{repo}/keys", administers(false), keys::list),
    route("POST", "/repos/{owner}/{repo}/keys", administers(true), keys::create),
    route("GET", "/repos/{owner}/{repo}/keys/{key_id}", administers(false), keys::get),
    route("DELETE", "/repos/{owner}/{repo}/keys/{key_id}", administers(true), keys::delete),
    route("GET", "/repos/{owner}/{repo}/releases/latest", reads("contents"), releases::latest),
    route("GET", "/repos/{owner}/{repo}/releases/tags/{tag}", reads("contents"), releases::by_tag),
    route(
        "GET",
        "/repos/{owner}/{repo}/releases/assets/{asset_id}",
        reads("contents"),
        releases::asset,
    ),
    route("GET", "/repos/{owner}/{repo}/pulls", reads("pull_requests"), pulls::list),
    route("POST", "/repos/{owner}/{repo}/pulls", writes("pull_requests"), pulls::create),
    route("GET", "/repos/{owner}/{repo}/pulls/{pull_number}", reads("pull_requests"), pulls::get),
    route(
        "PUT",
        "/repos/{owner}/{repo}/pulls/{pull_number}/merge",
        writes("pull_requests"),
        pulls::merge,
    ),
];

/// Endpoints that GitHub has and the double does not play: 501, so that nobody trusts a 404.
pub(super) const NOT_PLAYED: &[(&str, &str)] = &[
    ("GET", "/app"),
    ("GET", "/orgs/{org}/installation"),
    ("GET", "/orgs/{org}/teams"),
    ("PUT", "/repos/{owner}/{repo}/collaborators/{username}"),
    ("GET", "/repos/{owner}/{repo}/collaborators/{username}/permission"),
    ("DELETE", "/repos/{owner}/{repo}"),
    ("DELETE", "/repos/{owner}/{repo}/contents/{path}"),
    ("POST", "/repos/{owner}/{repo}/hooks"),
    ("GET", "/repos/{owner}/{repo}/installation"),
    ("POST", "/repos/{owner}/{repo}/merges"),
    ("GET", "/repos/{owner}/{repo}/tarball/{ref}"),
    ("GET", "/repos/{owner}/{repo}/teams"),
    ("GET", "/repos/{owner}/{repo}/branches"),
    ("GET", "/repos/{owner}/{repo}/commits"),
    ("GET", "/user/repos"),
    ("GET", "/versions"),
];

/// The values of a template's placeholders.
pub(super) type Parameters = BTreeMap<&'static str, String>;

/// Placeholders that may hold slashes.
const TAILS: &[&str] = &["{path}", "{ref}", "{branch}", "{basehead}", "{tree_sha}"];

/// The endpoint that `method` and `path` name, with the placeholders filled in.
pub(super) fn find(method: &str, path: &str) -> Option<(&'static Route, Parameters)> {
    PLAYED
        .iter()
        .filter(|route| route.method == method)
        .find_map(|route| Some((route, fill(route.template, path)?)))
}

/// Whether GitHub has this endpoint although the double does not play it.
pub(super) fn is_known(method: &str, path: &str) -> bool {
    NOT_PLAYED.iter().any(|(known, template)| *known == method && fill(template, path).is_some())
}

fn fill(template: &'static str, path: &str) -> Option<Parameters> {
    let template: Vec<&'static str> = template.split('/').collect();
    let path: Vec<&str> = path.split('/').collect();
    let mut parameters = Parameters::new();
    fits(&template, &path, &mut parameters).then_some(parameters)
}

fn fits(template: &[&'static str], path: &[&str], parameters: &mut Parameters) -> bool {
    let Some((&first, template)) = template.split_first() else { return path.is_empty() };
    let Some(name) = first.strip_prefix('{').and_then(|first| first.strip_suffix('}')) else {
        return path.first() == Some(&first) && fits(template, &path[1..], parameters);
    };
    let longest = if TAILS.contains(&first) { path.len() } else { path.len().min(1) };
    (1..=longest).rev().any(|length| {
        let (value, rest) = path.split_at(length);
        // A trailing slash makes an empty last segment, which GitHub does not forgive.
        if value.iter().any(|segment| segment.is_empty()) || !fits(template, rest, parameters) {
            return false;
        }
        parameters.insert(name, decode(&value.join("/")));
        true
    })
}

/// Undoes percent-encoding; what is not valid stays as it is.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let escaped = (first == b'%')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(escaped.unwrap_or(first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(method: &str, path: &str) -> Option<&'static str> {
        find(method, path).map(|(route, _)| route.template)
    }

    #[test]
    fn a_reference_may_hold_slashes() {
        let (route, parameters) = find("GET", "/repos/a/b/git/ref/heads/feature/x%20y").unwrap();
        assert_eq!(route.template, "/repos/{owner}/{repo}/git/ref/{ref}");
        assert_eq!(parameters["ref"], "heads/feature/x y");
    }

    #[test]
    fn updating_under_the_singular_name_is_unknown() {
        assert_eq!(template("PATCH", "/repos/a/b/git/ref/heads/main"), None);
        assert!(!is_known("PATCH", "/repos/a/b/git/ref/heads/main"));
    }

    #[test]
    fn protection_is_not_taken_for_a_branch_name() {
        let template = template("GET", "/repos/a/b/branches/feature/x/protection");
        assert_eq!(template, Some("/repos/{owner}/{repo}/branches/{branch}/protection"));
    }

    #[test]
    fn a_trailing_slash_is_not_forgiven() {
        assert_eq!(template("GET", "/repos/a/b/"), None);
    }
}
