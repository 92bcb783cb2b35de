//! GitHub's objects as its REST API shows them.

use git2::{Commit, Oid, Repository as Git, Signature};
use k8s_openapi::jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::access::Caller;
use super::state::{Account, DeployKey, PullRequest, Repository, Role, State};
use super::store;

/// Addresses of one repository.
#[derive(Clone, Debug)]
pub(super) struct Links {
    /// `https://HOST/api/v3/repos/OWNER/NAME`
    pub(super) api: String,
    /// `https://HOST/OWNER/NAME`
    pub(super) web: String,
}

impl Links {
    pub(super) fn of(state: &State, repository: &Repository) -> Self {
        let (origin, name) = (&state.origin, repository.full_name());
        Self { api: format!("{origin}/api/v3/repos/{name}"), web: format!("{origin}/{name}") }
    }
}

/// Seconds are the finest that GitHub shows.
pub(super) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// An account as it appears inside other objects; logins without an account are bots.
pub(super) fn simple_user(state: &State, login: &str) -> Value {
    let account = state.account(login);
    let login = account.map_or(login, |account| &account.login);
    let id = account.map_or(0, |account| account.id);
    let kind = match account {
        None => "Bot",
        Some(Account { organization: Some(_), .. }) => "Organization",
        Some(_) => "User",
    };
    let (web, api) = (&state.origin, format!("{}/api/v3/users/{login}", state.origin));
    json!({
        "login": login,
        "id": id,
        "node_id": format!("U_{id}"),
        "avatar_url": format!("{web}/avatars/u/{id}"),
        "gravatar_id": "",
        "url": api,
        "html_url": format!("{web}/{login}"),
        "followers_url": format!("{api}/followers"),
        "following_url": format!("{api}/following{{/other_user}}"),
        "gists_url": format!("{api}/gists{{/gist_id}}"),
        "starred_url": format!("{api}/starred{{/owner}}{{/repo}}"),
        "subscriptions_url": format!("{api}/subscriptions"),
        "organizations_url": format!("{api}/orgs"),
        "repos_url": format!("{api}/repos"),
        "events_url": format!("{api}/events{{/privacy}}"),
        "received_events_url": format!("{api}/received_events"),
        "type": kind,
        "site_admin": false,
    })
}

/// A user as `GET /users/{username}` shows it.
pub(super) fn user(state: &State, account: &Account) -> Value {
    let created = time(account.created_at);
    let mut user = simple_user(state, &account.login);
    let more = json!({
        "name": account.login, "company": null, "blog": "", "location": null, "email": null,
        "hireable": null, "bio": null, "public_repos": 0, "public_gists": 0, "followers": 0,
        "following": 0, "created_at": created, "updated_at": created,
    });
    extend(&mut user, more);
    user
}

/// The token's own user, as `GET /user` shows it.
pub(super) fn own_user(state: &State, account: &Account) -> Value {
    let mut own = user(state, account);
    let more = json!({
        "private_gists": 0, "total_private_repos": 0, "owned_private_repos": 0, "disk_usage": 0,
        "collaborators": 0, "two_factor_authentication": true,
    });
    extend(&mut own, more);
    own
}

/// An organisation; its settings are shown to its members only.
pub(super) fn organization(state: &State, account: &Account, caller: &Caller) -> Value {
    let login = &account.login;
    let api = format!("{}/api/v3/orgs/{login}", state.origin);
    let created = time(account.created_at);
    let mut shown = json!({
        "login": login,
        "id": account.id,
        "node_id": format!("O_{}", account.id),
        "url": api,
        "repos_url": format!("{api}/repos"),
        "events_url": format!("{api}/events"),
        "hooks_url": format!("{api}/hooks"),
        "issues_url": format!("{api}/issues"),
        "members_url": format!("{api}/members{{/member}}"),
        "public_members_url": format!("{api}/public_members{{/member}}"),
        "avatar_url": format!("{}/avatars/u/{}", state.origin, account.id),
        "description": null,
        "has_organization_projects": true,
        "has_repository_projects": true,
        "public_repos": 0,
        "public_gists": 0,
        "followers": 0,
        "following": 0,
        "html_url": format!("{}/{login}", state.origin),
        "created_at": created,
        "updated_at": created,
        "archived_at": null,
        "type": "Organization",
    });
    let Some(organization) = &account.organization else { return shown };
    if caller.login().is_some_and(|login| organization.is_member(login)) {
        let others_create = organization.others_create;
        let more = json!({
            "default_repository_branch": account.default_branch,
            "default_repository_permission": "read",
            "members_can_create_repositories": others_create,
            "members_can_create_public_repositories": others_create,
            "members_can_create_private_repositories": others_create,
            "members_can_create_internal_repositories": others_create,
            "web_commit_signoff_required": false,
            "deploy_keys_enabled_for_repositories": organization.deploy_keys_enabled,
        });
        extend(&mut shown, more);
    }
    shown
}

/// A repository as other objects embed it.
pub(super) fn repository(state: &State, shown: &Repository, role: Role) -> Value {
    let links = Links::of(state, shown);
    let mut body = json!({
        "id": shown.id,
        "node_id": node_id(shown),
        "name": shown.name,
        "full_name": shown.full_name(),
        "owner": simple_user(state, &shown.owner),
        "private": shown.is_private(),
        "html_url": links.web,
        "description": shown.description,
        "fork": false,
        "url": links.api,
        "clone_url": format!("{}.git", links.web),
        "git_url": format!("{}.git", links.web.replacen("https://", "git://", 1)),
        "ssh_url": ssh_url(state, shown),
        "svn_url": links.web,
        "mirror_url": null,
        "homepage": shown.homepage,
        "language": null,
        "license": null,
        "default_branch": shown.default_branch,
        "archived": shown.archived,
        "disabled": false,
        "visibility": shown.visibility.name(),
        "topics": [],
        "is_template": false,
        "has_issues": true, "has_projects": true, "has_wiki": true, "has_pages": false,
        "has_downloads": true,
        "forks": 0, "forks_count": 0, "open_issues": 0, "open_issues_count": 0, "size": 0,
        "stargazers_count": 0, "watchers": 0, "watchers_count": 0,
        "created_at": time(shown.created_at),
        "updated_at": time(shown.pushed_at),
        "pushed_at": time(shown.pushed_at),
        "permissions": permissions(role),
    });
    extend(&mut body, sub_addresses(&links.api));
    body
}

/// A repository as `GET /repos/{owner}/{repo}` shows it.
pub(super) fn full_repository(state: &State, shown: &Repository, role: Role) -> Value {
    let mut body = repository(state, shown, role);
    let more = json!({
        "has_discussions": false, "network_count": 0, "subscribers_count": 0,
        "allow_merge_commit": true, "allow_squash_merge": true, "allow_rebase_merge": true,
        "delete_branch_on_merge": false, "web_commit_signoff_required": false,
    });
    extend(&mut body, more);
    let owner = state.account(&shown.owner);
    if owner.is_some_and(|owner| owner.organization.is_some()) {
        body["organization"] = simple_user(state, &shown.owner);
    }
    body
}

// The short form of an SSH address has no place for a port, so the origin's is left out.
fn ssh_url(state: &State, shown: &Repository) -> String {
    let host = state.origin.trim_start_matches("https://").split(':').next().unwrap_or_default();
    format!("git@{host}:{}.git", shown.full_name())
}

fn sub_addresses(api: &str) -> Value {
    const SUFFIXES: &[(&str, &str)] = &[
        ("archive_url", "{archive_format}{/ref}"),
        ("assignees_url", "assignees{/user}"),
        ("blobs_url", "git/blobs{/sha}"),
        ("branches_url", "branches{/branch}"),
        ("collaborators_url", "collaborators{/collaborator}"),
        ("comments_url", "comments{/number}"),
        ("commits_url", "commits{/sha}"),
        ("compare_url", "compare/{base}...{head}"),
        ("contents_url", "contents/{+path}"),
        ("contributors_url", "contributors"),
        ("deployments_url", "deployments"),
        ("downloads_url", "downloads"),
        ("events_url", "events"),
        ("forks_url", "forks"),
        ("git_commits_url", "git/commits{/sha}"),
        ("git_refs_url", "git/refs{/sha}"),
        ("git_tags_url", "git/tags{/sha}"),
        ("hooks_url", "hooks"),
        ("issue_comment_url", "issues/comments{/number}"),
        ("issue_events_url", "issues/events{/number}"),
        ("issues_url", "issues{/number}"),
        ("keys_url", "keys{/key_id}"),
        ("labels_url", "labels{/name}"),
        ("languages_url", "languages"),
        ("merges_url", "merges"),
        ("milestones_url", "milestones{/number}"),
        ("notifications_url", "notifications{?since,all,participating}"),
        ("pulls_url", "pulls{/number}"),
        ("releases_url", "releases{/id}"),
        ("stargazers_url", "stargazers"),
        ("statuses_url", "statuses/{sha}"),
        ("subscribers_url", "subscribers"),
        ("subscription_url", "subscription"),
        ("tags_url", "tags"),
        ("teams_url", "teams"),
        ("trees_url", "git/trees{/sha}"),
    ];
    let all = SUFFIXES
        .iter()
        .map(|(name, suffix)| ((*name).to_owned(), Value::String(format!("{api}/{suffix}"))));
    Value::Object(all.collect::<Map<_, _>>())
}

/// The GraphQL name of a repository, which REST shows as `node_id`.
pub(super) fn node_id(repository: &Repository) -> String {
    format!("R_{}", repository.id)
}

pub(super) fn permissions(role: Role) -> Value {
    json!({
        "admin": role >= Role::Admin,
        "maintain": role >= Role::Maintain,
        "push": role >= Role::Push,
        "triage": role >= Role::Triage,
        "pull": role >= Role::Pull,
    })
}

pub(super) fn deploy_key(links: &Links, key: &DeployKey, enabled: bool) -> Value {
    json!({
        "id": key.id,
        "key": key.key,
        "url": format!("{}/keys/{}", links.api, key.id),
        "title": key.title,
        "verified": true,
        "created_at": time(key.created_at),
        "read_only": key.read_only,
        "added_by": key.added_by,
        "last_used": key.last_used.map(time),
        "enabled": enabled,
    })
}

pub(super) fn git_ref(links: &Links, name: &str, kind: &str, target: Oid) -> Value {
    json!({
        "ref": name,
        "node_id": format!("REF_{name}"),
        "url": format!("{}/git/{name}", links.api),
        "object": {
            "sha": target.to_string(),
            "type": kind,
            "url": format!("{}/git/{kind}s/{target}", links.api),
        },
    })
}

/// A commit as the Git Data API shows it.
pub(super) fn git_commit(
    git: &Git,
    links: &Links,
    shown: &Repository,
    commit: &Commit<'_>,
) -> Value {
    let sha = commit.id().to_string();
    let parents: Vec<Value> =
        commit.parent_ids().map(|parent| commit_link(links, parent, "git/commits")).collect();
    json!({
        "sha": sha,
        "node_id": format!("C_{sha}"),
        "url": format!("{}/git/commits/{sha}", links.api),
        "html_url": format!("{}/commit/{sha}", links.web),
        "author": git_user(&commit.author()),
        "committer": git_user(&commit.committer()),
        "tree": tree_link(links, commit.tree_id()),
        "message": message(commit),
        "parents": parents,
        "verification": verification(git, shown, commit),
    })
}

/// A commit as `branches`, `compare` and `commits` show it.
pub(super) fn commit(state: &State, git: &Git, shown: &Repository, commit: &Commit<'_>) -> Value {
    let links = Links::of(state, shown);
    let sha = commit.id().to_string();
    let parents: Vec<Value> =
        commit.parent_ids().map(|parent| commit_link(&links, parent, "commits")).collect();
    json!({
        "sha": sha,
        "node_id": format!("C_{sha}"),
        "url": format!("{}/commits/{sha}", links.api),
        "html_url": format!("{}/commit/{sha}", links.web),
        "comments_url": format!("{}/commits/{sha}/comments", links.api),
        "commit": {
            "url": format!("{}/git/commits/{sha}", links.api),
            "author": git_user(&commit.author()),
            "committer": git_user(&commit.committer()),
            "message": message(commit),
            "tree": tree_link(&links, commit.tree_id()),
            "comment_count": 0,
            "verification": verification(git, shown, commit),
        },
        "author": known_author(state, &commit.author()),
        "committer": known_author(state, &commit.committer()),
        "parents": parents,
    })
}

fn commit_link(links: &Links, commit: Oid, collection: &str) -> Value {
    json!({
        "sha": commit.to_string(),
        "url": format!("{}/{collection}/{commit}", links.api),
        "html_url": format!("{}/commit/{commit}", links.web),
    })
}

fn tree_link(links: &Links, tree: Oid) -> Value {
    json!({ "sha": tree.to_string(), "url": format!("{}/git/trees/{tree}", links.api) })
}

fn message(commit: &Commit<'_>) -> String {
    String::from_utf8_lossy(commit.message_raw_bytes()).into_owned()
}

fn git_user(who: &Signature<'_>) -> Value {
    let at = Timestamp::from_second(who.when().seconds()).unwrap_or_default();
    json!({
        "name": String::from_utf8_lossy(who.name_bytes()),
        "email": String::from_utf8_lossy(who.email_bytes()),
        "date": time(at),
    })
}

/// The account whose address GitHub gave out; `null` for an address it does not know.
fn known_author(state: &State, who: &Signature<'_>) -> Value {
    let email = String::from_utf8_lossy(who.email_bytes());
    let login = email.strip_suffix("@users.noreply.localhost");
    login
        .filter(|login| state.account(login).is_some())
        .map_or(Value::Null, |login| simple_user(state, login))
}

fn verification(git: &Git, shown: &Repository, commit: &Commit<'_>) -> Value {
    let (verified, reason) = if shown.signed.contains(&commit.id()) {
        (true, "valid")
    } else if store::is_signed(git, commit.id()) {
        (false, "unknown_key")
    } else {
        (false, "unsigned")
    };
    json!({
        "verified": verified, "reason": reason, "signature": null, "payload": null,
        "verified_at": null,
    })
}

/// What a pull request's branches are now, or were when it was merged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ends {
    pub(super) head: Oid,
    pub(super) base: Oid,
}

/// A pull request as lists show it.
pub(super) fn simple_pull(
    state: &State,
    shown: &Repository,
    pull: &PullRequest,
    ends: Ends,
) -> Value {
    let links = Links::of(state, shown);
    let api = format!("{}/pulls/{}", links.api, pull.number);
    let issue = format!("{}/issues/{}", links.api, pull.number);
    let web = format!("{}/pull/{}", links.web, pull.number);
    let closed_at = pull.ended.as_ref().map(|ended| time(ended.at));
    let merged = pull.ended.as_ref().and_then(|ended| ended.merged);
    let statuses = format!("{}/statuses/{}", links.api, ends.head);
    let end = |branch: &str, sha: Oid| {
        json!({
            "label": format!("{}:{branch}", shown.owner),
            "ref": branch,
            "sha": sha.to_string(),
            "user": simple_user(state, &shown.owner),
            "repo": repository(state, shown, Role::None),
        })
    };
    json!({
        "id": pull.id,
        "node_id": format!("PR_{}", pull.id),
        "number": pull.number,
        "url": api,
        "html_url": web,
        "diff_url": format!("{web}.diff"),
        "patch_url": format!("{web}.patch"),
        "issue_url": issue,
        "commits_url": format!("{api}/commits"),
        "review_comments_url": format!("{api}/comments"),
        "review_comment_url": format!("{}/pulls/comments{{/number}}", links.api),
        "comments_url": format!("{issue}/comments"),
        "statuses_url": statuses,
        "state": if pull.ended.is_some() { "closed" } else { "open" },
        "locked": false,
        "title": pull.title,
        "user": simple_user(state, &pull.author),
        "body": pull.body,
        "created_at": time(pull.created_at),
        "updated_at": time(pull.created_at),
        "closed_at": closed_at,
        "merged_at": merged.and(closed_at),
        "merge_commit_sha": merged.map(|commit| commit.to_string()),
        "assignee": null,
        "labels": [],
        "milestone": null,
        "draft": pull.draft,
        "head": end(&pull.head, ends.head),
        "base": end(&pull.base, ends.base),
        "_links": {
            "self": { "href": api },
            "html": { "href": web },
            "issue": { "href": issue },
            "comments": { "href": format!("{issue}/comments") },
            "review_comments": { "href": format!("{api}/comments") },
            "review_comment": { "href": format!("{}/pulls/comments{{/number}}", links.api) },
            "commits": { "href": format!("{api}/commits") },
            "statuses": { "href": statuses },
        },
        "author_association": "MEMBER",
        "auto_merge": null,
    })
}

/// Adds the members of one JSON object to another.
pub(super) fn extend(object: &mut Value, more: Value) {
    if let (Value::Object(object), Value::Object(more)) = (object, more) {
        object.extend(more);
    }
}
