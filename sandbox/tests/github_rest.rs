//! The GitHub double over HTTPS: REST and GraphQL as a client without Git sees them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod github_support;

use github_support::Hub;
use nigari_sandbox::github::{RepositoryOptions, Role, Rule, Token, TokenKind, Visibility};
use serde_json::{Value, json};

const FLEET: &str = "repos/acme/fleet";
const MAIN: &str = "repos/acme/fleet/git/refs/heads/main";
const KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f flux";

const UPDATE_REFS: &str =
    "mutation($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }";
const CREATE_COMMIT: &str = "mutation($input: CreateCommitOnBranchInput!) {
    createCommitOnBranch(input: $input) { commit { oid url } } }";

fn entry(path: &str) -> Value {
    json!({ "path": path, "mode": "100644", "type": "blob", "content": "a: 1\n" })
}

fn file() -> Value {
    json!({ "message": "Add a file", "content": "YQo=" })
}

/// Tree and commit on `parent`, not yet published.
async fn commit_on(hub: &Hub, parent: &str, path: &str) -> String {
    let base = hub.get(&format!("{FLEET}/git/commits/{parent}")).await;
    let tree = json!({ "base_tree": base.body["tree"]["sha"], "tree": [entry(path)] });
    let tree = hub.post(&format!("{FLEET}/git/trees"), &tree).await;
    assert_eq!(tree.status, 201, "{}", tree.body);
    let commit = json!({
        "message": "Add a file",
        "tree": tree.body["sha"],
        "parents": [parent],
        "author": { "name": "A", "email": "a@example.com", "date": "2026-01-02T03:04:05+02:00" },
    });
    let commit = hub.post(&format!("{FLEET}/git/commits"), &commit).await;
    assert_eq!(commit.status, 201, "{}", commit.body);
    assert_eq!(commit.body["author"]["date"], "2026-01-02T01:04:05Z");
    commit.body["sha"].as_str().unwrap().to_owned()
}

async fn update_refs(hub: &Hub, before: &str, after: &str) -> Value {
    let input = json!({
        "repositoryId": hub.get(FLEET).await.body["node_id"],
        "refUpdates": [{ "name": "refs/heads/main", "beforeOid": before, "afterOid": after }],
    });
    hub.graphql(UPDATE_REFS, &json!({ "input": input })).await
}

fn create_commit_input(head: &str, changes: &Value) -> Value {
    json!({ "input": {
        "branch": { "repositoryNameWithOwner": "acme/fleet", "branchName": "main" },
        "expectedHeadOid": head,
        "message": { "headline": "Add a", "body": "Because" },
        "fileChanges": changes,
    }})
}

#[tokio::test]
async fn many_files_become_one_commit() {
    let hub = Hub::with_commit().await;
    let head = hub.head().await;
    let commit = commit_on(&hub, &head, "clusters/production/kustomization.yaml").await;
    let updated = hub.patch(MAIN, &json!({ "sha": commit, "force": false })).await;
    assert_eq!(updated.status, 200);
    assert_eq!(hub.head().await, commit);
    let folder = hub.get(&format!("{FLEET}/contents/clusters/production")).await;
    assert_eq!(folder.body[0]["name"], "kustomization.yaml");
    let compared = hub.get(&format!("{FLEET}/compare/{head}...main")).await;
    assert_eq!(compared.body["status"], "ahead");
    hub.finish();
}

#[tokio::test]
async fn update_refs_compares_and_swaps() {
    let hub = Hub::with_commit().await;
    let head = hub.head().await;
    let (first, second) = (commit_on(&hub, &head, "a").await, commit_on(&hub, &head, "b").await);
    let done = update_refs(&hub, &head, &first).await;
    assert_eq!(done["errors"], Value::Null, "{done}");
    let refused = update_refs(&hub, &head, &second).await;
    assert_eq!(refused["errors"][0]["type"], "STALE_DATA");
    assert_eq!(refused["data"]["updateRefs"], Value::Null);
    assert_eq!(hub.head().await, first);
    hub.finish();
}

#[tokio::test]
async fn an_old_schema_complains_of_the_input_before_it_comes_to_the_mutation() {
    let hub = Hub::with_commit().await;
    let head = hub.head().await;
    let commit = commit_on(&hub, &head, "a").await;
    hub.faults.arm("github.graphql=without_update_refs").unwrap();
    let refused = update_refs(&hub, &head, &commit).await;
    let errors = refused["errors"].as_array().unwrap().iter();
    let codes: Vec<_> = errors.map(|error| error["extensions"]["code"].clone()).collect();
    assert_eq!(codes, ["variableRequiresValidType", "undefinedField", "variableNotUsed"]);
    assert_eq!(hub.head().await, head);
    let viewer = hub.graphql("query { viewer { login } }", &json!({})).await;
    assert_eq!(viewer["data"]["viewer"]["login"], "ann");
    hub.finish();
}

#[tokio::test]
async fn a_fast_forward_test_resurrects_what_a_backwards_reset_dropped() {
    let hub = Hub::with_commit().await;
    let first = hub.head().await;
    let second = hub.github.commit_file("acme", "fleet", "main", "x", "x", "Add x").unwrap();
    let third = commit_on(&hub, &second, "y").await;
    let (github, back) = (hub.github.clone(), first.clone());
    hub.github.on_ref_update(move |_| github.reset_branch("acme", "fleet", "main", &back).unwrap());
    // The comparison notices the reset, the fast-forward test does not.
    let refused = update_refs(&hub, &second, &third).await;
    assert_eq!(refused["errors"][0]["type"], "STALE_DATA");
    let updated = hub.patch(MAIN, &json!({ "sha": third, "force": false })).await;
    assert_eq!(updated.status, 200);
    assert_eq!(hub.head().await, third);
    hub.finish();
}

#[tokio::test]
async fn create_commit_on_branch_expects_a_head() {
    let hub = Hub::with_commit().await;
    let input = create_commit_input(
        &hub.head().await,
        &json!({
            "additions": [{ "path": "dir/a", "contents": "YQo=" }],
            "deletions": [{ "path": "README.md" }],
        }),
    );
    let done = hub.graphql(CREATE_COMMIT, &input).await;
    let head = hub.head().await;
    assert_eq!(done["data"]["createCommitOnBranch"]["commit"]["oid"], head, "{done}");
    let refused = hub.graphql(CREATE_COMMIT, &input).await;
    assert_eq!(refused["errors"][0]["type"], "STALE_DATA");
    assert_eq!(refused["errors"][0]["path"], json!(["createCommitOnBranch"]));
    let written = hub.get(&format!("{FLEET}/git/commits/{head}")).await;
    assert_eq!(written.body["verification"]["verified"], true);
    assert_eq!(written.body["message"], "Add a\n\nBecause");
    hub.finish();
}

#[tokio::test]
async fn a_query_reads_a_head_and_a_file() {
    let hub = Hub::with_commit().await;
    let query = "query($owner: String!) { repository(owner: $owner, name: \"fleet\") { id
        ref(qualifiedName: \"refs/heads/main\") { target { oid } }
        object(expression: \"main:README.md\") { ... on Blob { text } } } }";
    let read = hub.graphql(query, &json!({ "owner": "acme" })).await;
    let repository = &read["data"]["repository"];
    assert_eq!(repository["object"]["text"], "# fleet", "{read}");
    assert_eq!(repository["ref"]["target"]["oid"], hub.head().await);
    assert_eq!(repository["id"], hub.get(FLEET).await.body["node_id"]);
    let unknown = hub.graphql(query, &json!({ "owner": "nobody" })).await;
    assert_eq!(unknown["errors"][0]["type"], "NOT_FOUND");
    hub.finish();
}

#[tokio::test]
async fn an_empty_repository_refuses_git_data_and_takes_a_first_file() {
    let hub = Hub::new().await;
    hub.create(&RepositoryOptions::default());
    for path in ["git/ref/heads/main", "git/trees/main", "git/commits/0"] {
        let refused = hub.get(&format!("{FLEET}/{path}")).await;
        assert_eq!(refused.status, 409, "{path}");
        assert_eq!(refused.body["message"], "Git Repository is empty.");
    }
    assert_eq!(hub.get(&format!("{FLEET}/branches/main")).await.status, 404);
    let put = hub.put(&format!("{FLEET}/contents/dir/a"), &file()).await;
    assert_eq!(put.status, 201, "{}", put.body);
    assert_eq!(hub.head().await, put.body["commit"]["sha"]);
    assert_eq!(hub.get(&format!("{FLEET}/git/ref/heads/other")).await.status, 404);
    assert_eq!(hub.put(&format!("{FLEET}/contents/dir/a"), &file()).await.status, 422);
    hub.finish();
}

#[tokio::test]
async fn repositories_are_created_once_and_where_the_owner_may() {
    let hub = Hub::new().await;
    let body = json!({ "name": "fleet", "auto_init": true, "visibility": "private" });
    let created = hub.post("orgs/acme/repos", &body).await;
    assert_eq!(created.status, 201, "{}", created.body);
    assert_eq!(created.header("location"), created.body["url"].as_str().unwrap());
    assert_eq!(created.body["private"], true);
    assert_eq!(created.body["organization"]["login"], "acme");
    let again = hub.post("orgs/acme/repos", &body).await;
    assert_eq!(again.status, 422);
    assert_eq!(again.body["errors"][0]["message"], "name already exists on this account");
    let own = hub.post("user/repos", &json!({ "name": "own" })).await;
    assert_eq!((own.status, &own.body["visibility"]), (201, &json!("public")));
    let bob = hub.as_token("token-of-bob");
    assert_eq!(bob.post("orgs/acme/repos", &json!({ "name": "x" })).await.status, 403);
    hub.finish();
}

#[tokio::test]
async fn the_default_branch_is_the_owners_choice_and_changes_only_to_one_that_exists() {
    let hub = Hub::new().await;
    hub.github.set_default_branch("acme", "trunk").unwrap();
    hub.post("orgs/acme/repos", &json!({ "name": "fleet", "auto_init": true })).await;
    let found = hub.get(FLEET).await;
    assert_eq!(found.body["default_branch"], "trunk");
    let refused = hub.patch(FLEET, &json!({ "default_branch": "main" })).await;
    assert_eq!(refused.body["errors"][0]["field"], "default_branch");
    hub.github.commit_file("acme", "fleet", "main", "x", "x", "Add x").unwrap();
    let changed = hub.patch(FLEET, &json!({ "default_branch": "main", "description": "d" })).await;
    assert_eq!(changed.body["default_branch"], "main");
    assert_eq!(changed.body["description"], "d");
    hub.finish();
}

#[tokio::test]
async fn deploy_keys_are_unique_across_repositories_and_may_write_by_default() {
    let hub = Hub::with_commit().await;
    hub.github.create_repository("acme", "other", &RepositoryOptions::default()).unwrap();
    let keys = format!("{FLEET}/keys");
    let created = hub.post(&keys, &json!({ "title": "flux", "key": KEY })).await;
    assert_eq!(created.status, 201, "{}", created.body);
    assert_eq!(created.body["read_only"], false);
    assert_eq!(created.body["key"], KEY.trim_end_matches(" flux"));
    hub.github.authorize_ssh("acme", "fleet", KEY, true).unwrap();
    hub.github.authorize_ssh("acme", "other", KEY, false).unwrap_err();
    let invalid = "key is invalid. You must supply a key in OpenSSH public key format";
    for (key, message) in [(KEY, "key is already in use"), ("ssh-ed25519 AAAA", invalid)] {
        let refused = hub.post("repos/acme/other/keys", &json!({ "key": key })).await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.body["errors"][0]["message"], message);
    }
    let one = format!("{keys}/{}", created.body["id"]);
    assert_eq!(hub.get(&one).await.body["title"], "flux");
    assert_eq!(hub.delete(&one).await.status, 204);
    assert_eq!(hub.get(&one).await.status, 404);
    hub.finish();
}

#[tokio::test]
async fn a_policy_disables_old_and_new_deploy_keys() {
    let hub = Hub::with_commit().await;
    let keys = format!("{FLEET}/keys");
    hub.post(&keys, &json!({ "title": "flux", "key": KEY, "read_only": true })).await;
    hub.github.allow_deploy_keys("acme", false).unwrap();
    let refused = hub.post(&keys, &json!({ "key": KEY })).await;
    assert_eq!(refused.body["message"], "Deploy keys are disabled for this repository");
    assert_eq!(hub.get(&keys).await.body[0]["enabled"], false);
    hub.github.authorize_ssh("acme", "fleet", KEY, false).unwrap_err();
    hub.finish();
}

#[tokio::test]
async fn revoking_a_classic_token_deletes_the_keys_it_made() {
    let hub = Hub::with_commit().await;
    hub.post(&format!("{FLEET}/keys"), &json!({ "title": "flux", "key": KEY })).await;
    assert_eq!(hub.github.deploy_keys("acme", "fleet").len(), 1);
    hub.github.revoke_token("token-of-ann");
    assert!(hub.github.deploy_keys("acme", "fleet").is_empty());
    let refused = hub.get("user").await;
    assert_eq!((refused.status, &refused.body["message"]), (401, &json!("Bad credentials")));
    hub.finish();
}

#[tokio::test]
async fn a_private_repository_is_hidden_from_strangers() {
    let hub = Hub::with_commit().await;
    let stranger = hub.as_token("token-of-bob");
    assert_eq!(stranger.get(FLEET).await.status, 404);
    assert_eq!(hub.as_token("").get(FLEET).await.status, 404);
    hub.github.add_collaborator("acme", "fleet", "bob", Role::Push).unwrap();
    let seen = stranger.get(FLEET).await;
    assert_eq!(seen.body["permissions"]["push"], true);
    assert_eq!(seen.body["permissions"]["admin"], false);
    assert_eq!(stranger.get(&format!("{FLEET}/keys")).await.status, 404);
    hub.finish();
}

#[tokio::test]
async fn a_public_repository_is_readable_without_a_token() {
    let hub = Hub::new().await;
    hub.create(&RepositoryOptions {
        visibility: Visibility::Public,
        auto_init: true,
        ..RepositoryOptions::default()
    });
    let anonymous = hub.as_token("");
    assert_eq!(anonymous.get(&format!("{FLEET}/git/ref/heads/main")).await.status, 200);
    assert_eq!(anonymous.put(&format!("{FLEET}/contents/b"), &file()).await.status, 404);
    assert_eq!(anonymous.get("user").await.status, 401);
    hub.finish();
}

#[tokio::test]
async fn an_archived_repository_can_only_be_read() {
    let hub = Hub::with_commit().await;
    hub.github.archive("acme", "fleet").unwrap();
    let refused = hub.put(&format!("{FLEET}/contents/b"), &file()).await;
    assert_eq!(refused.body["message"], "Repository was archived so is read-only.");
    assert_eq!(hub.get(FLEET).await.body["archived"], true);
    hub.github.authorize_https("acme", "fleet", "x", "token-of-ann", false).unwrap();
    hub.github.authorize_https("acme", "fleet", "x", "token-of-ann", true).unwrap_err();
    hub.finish();
}

#[tokio::test]
async fn a_fine_grained_token_is_told_which_permission_it_lacks() {
    let hub = Hub::with_commit().await;
    hub.github.add_token(Token::fine_grained("fine", "ann", &[("contents", "write")]));
    let fine = hub.as_token("fine");
    assert_eq!(fine.get(&format!("{FLEET}/git/ref/heads/main")).await.status, 200);
    let refused = fine.post(&format!("{FLEET}/keys"), &json!({ "title": "x", "key": KEY })).await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.body["message"], "Resource not accessible by personal access token");
    assert_eq!(refused.header("x-accepted-github-permissions"), "administration=write");
    hub.finish();
}

#[tokio::test]
async fn trees_are_changed_as_github_changes_them() {
    let hub = Hub::with_commit().await;
    let head = hub.head().await;
    let path = format!("{FLEET}/git/trees");
    let mut both = entry("a");
    both["sha"] = json!("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    let missing = json!({ "path": "missing", "mode": "100644", "type": "blob", "sha": null });
    for refused in [both, missing] {
        let tree = json!({ "base_tree": head, "tree": [refused] });
        assert_eq!(hub.post(&path, &tree).await.status, 422);
    }
    let delete = json!({ "path": "README.md", "mode": "100644", "type": "blob", "sha": null });
    let tree = json!({ "base_tree": head, "tree": [delete, entry("x/y/z")] });
    let tree = hub.post(&path, &tree).await.body["sha"].as_str().unwrap().to_owned();
    let listed = hub.get(&format!("{path}/{tree}?recursive=0")).await;
    let paths: Vec<_> =
        listed.body["tree"].as_array().unwrap().iter().map(|entry| &entry["path"]).collect();
    assert_eq!(paths, ["x", "x/y", "x/y/z"]);
    hub.github.set_tree_limit(2);
    let cut = hub.get(&format!("{path}/{tree}?recursive=1")).await;
    assert_eq!(cut.body["truncated"], true);
    hub.finish();
}

#[tokio::test]
async fn references_are_named_in_the_singular_to_read_and_in_the_plural_to_write() {
    let hub = Hub::with_commit().await;
    let head = hub.head().await;
    let branch = json!({ "ref": "refs/heads/feature/x", "sha": head });
    let refs = format!("{FLEET}/git/refs");
    let created = hub.post(&refs, &branch).await;
    assert_eq!(created.status, 201);
    assert_eq!(created.header("location"), created.body["url"].as_str().unwrap());
    let again = hub.post(&refs, &branch).await;
    assert_eq!((again.status, &again.body["message"]), (422, &json!("Reference already exists")));
    let missing = hub.patch(&format!("{refs}/heads/none"), &json!({ "sha": head })).await;
    assert_eq!(missing.body["message"], "Reference does not exist");
    let unknown = hub.patch(MAIN, &json!({ "sha": "1".repeat(40) })).await;
    assert_eq!(unknown.body["message"], "Object does not exist");
    let matching = hub.get(&format!("{FLEET}/git/matching-refs/heads/feature")).await;
    assert_eq!(matching.body[0]["ref"], "refs/heads/feature/x");
    assert_eq!(hub.delete(&format!("{refs}/heads/feature/x")).await.status, 204);
    assert_eq!(hub.get(&format!("{FLEET}/git/ref/heads/feature/x")).await.status, 404);
    hub.finish();
}

#[tokio::test]
async fn a_wrong_address_is_reported_as_a_violation() {
    let hub = Hub::with_commit().await;
    let wrong = hub.patch(&MAIN.replace("refs", "ref"), &json!({ "sha": "x" })).await;
    assert_eq!(wrong.status, 404);
    let expected = "PATCH /repos/acme/fleet/git/ref/heads/main: GitHub has no such endpoint";
    assert_eq!(hub.github.violations(), [expected]);
    assert_eq!(hub.get("app").await.status, 501);
}

#[tokio::test]
async fn a_request_that_github_does_not_describe_is_reported_as_a_violation() {
    let hub = Hub::with_commit().await;
    hub.post(&format!("{FLEET}/git/refs"), &json!({ "ref": "refs/heads/x" })).await;
    assert_eq!(!hub.github.violations().is_empty(), hub.github.is_validated());
}

#[tokio::test]
async fn a_protected_branch_is_refused_over_rest_and_graphql() {
    let hub = Hub::with_commit().await;
    let head = hub.head().await;
    let commit = commit_on(&hub, &head, "a").await;
    hub.github.protect("acme", "fleet", "main", Rule::PullRequest).unwrap();
    let refused = hub.patch(MAIN, &json!({ "sha": commit })).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("Repository rule violations found"), "{}", refused.text);
    let refused = update_refs(&hub, &head, &commit).await;
    assert_eq!(refused["errors"][0]["type"], "UNPROCESSABLE");
    assert_eq!(hub.put(&format!("{FLEET}/contents/b"), &file()).await.status, 409);
    assert_eq!(hub.head().await, head);
    hub.finish();
}

#[tokio::test]
async fn rulesets_and_classic_protection_are_shown_apart() {
    let hub = Hub::with_commit().await;
    let protection = format!("{FLEET}/branches/main/protection");
    for rule in [Rule::PullRequest, Rule::RequiredStatusCheck("ci".into())] {
        hub.github.protect("acme", "fleet", "main", rule).unwrap();
    }
    let rules = hub.get(&format!("{FLEET}/rules/branches/main")).await;
    assert_eq!(rules.body[0]["type"], "pull_request");
    assert_eq!(rules.body[1]["type"], "required_status_checks");
    assert_eq!(hub.get(&protection).await.status, 404);
    hub.github.protect("acme", "fleet", "main", Rule::RequiredReviews).unwrap();
    assert_eq!(hub.get(&protection).await.status, 200);
    assert_eq!(hub.get(&format!("{FLEET}/branches/main")).await.body["protected"], true);
    for rule in [Rule::RestrictedPushes, Rule::Locked] {
        hub.github.protect("acme", "fleet", "main", rule).unwrap();
    }
    let shown = hub.get(&protection).await.body;
    assert_eq!(shown["restrictions"]["apps"], json!([]));
    assert_eq!(shown["lock_branch"]["enabled"], true);
    hub.finish();
}

#[tokio::test]
async fn administrators_may_be_spared_and_apps_are_none() {
    let hub = Hub::with_commit().await;
    let rule = Rule::ReviewsUnlessAdministrator;
    hub.github.protect("acme", "fleet", "main", rule).unwrap();
    let shown = hub.get(&format!("{FLEET}/branches/main/protection")).await.body;
    assert_eq!(shown["enforce_admins"]["enabled"], false);
    let permissions = [("contents", "write"), ("metadata", "read")];
    hub.github.add_token(Token {
        value: "ghs_app".to_owned(),
        login: "fleet[bot]".to_owned(),
        kind: TokenKind::Installation {
            permissions: permissions.map(|(name, level)| (name.into(), level.into())).into(),
            repositories: None,
            account: None,
        },
    });
    let (path, file) =
        (format!("{FLEET}/contents/a"), json!({ "message": "Add a", "content": "YQ==" }));
    let refused = hub.as_token("ghs_app").put(&path, &file).await;
    assert!(refused.text.contains("approving review"), "{}", refused.text);
    assert_eq!(hub.put(&path, &file).await.status, 201);
    hub.finish();
}

#[tokio::test]
async fn signatures_are_required_of_the_client_and_made_by_github() {
    let hub = Hub::with_commit().await;
    let head = hub.head().await;
    let commit = commit_on(&hub, &head, "a").await;
    hub.github.protect("acme", "fleet", "main", Rule::RequiredSignatures).unwrap();
    assert_eq!(hub.patch(MAIN, &json!({ "sha": commit })).await.status, 422);
    let changes = json!({ "additions": [{ "path": "b", "contents": "YQo=" }] });
    let done = hub.graphql(CREATE_COMMIT, &create_commit_input(&head, &changes)).await;
    assert_eq!(done["errors"], Value::Null, "{done}");
    hub.finish();
}

#[tokio::test]
async fn a_pull_request_is_opened_found_and_merged() {
    let hub = Hub::with_commit().await;
    let head = hub.head().await;
    hub.github.protect("acme", "fleet", "main", Rule::PullRequest).unwrap();
    let branch = json!({ "ref": "refs/heads/work", "sha": head });
    hub.post(&format!("{FLEET}/git/refs"), &branch).await;
    let pulls = format!("{FLEET}/pulls");
    let pull = json!({ "title": "T", "head": "work", "base": "main", "body": "B" });
    let none = hub.post(&pulls, &pull).await;
    assert_eq!(none.body["errors"][0]["message"], "No commits between main and work");
    let tip = hub.github.commit_file("acme", "fleet", "work", "w", "w", "Work").unwrap();
    let opened = hub.post(&pulls, &pull).await;
    assert_eq!((opened.status, &opened.body["number"]), (201, &json!(1)), "{}", opened.body);
    assert_eq!(opened.body["head"]["sha"], tip);
    assert_eq!(hub.post(&pulls, &pull).await.status, 422);
    let found = hub.get(&format!("{pulls}?head=acme:work&base=main&state=open")).await;
    assert_eq!(found.body[0]["number"], 1);
    let merge = format!("{pulls}/1/merge");
    assert_eq!(hub.put(&merge, &json!({ "sha": head })).await.status, 409);
    let merged = hub.put(&merge, &json!({ "sha": tip })).await;
    assert_eq!(merged.body["sha"], hub.head().await);
    assert_eq!(hub.get(&format!("{pulls}/1")).await.body["merged"], true);
    hub.finish();
}

#[tokio::test]
async fn accounts_and_teams_are_shown() {
    let hub = Hub::with_commit().await;
    assert_eq!(hub.get("user").await.body["login"], "ann");
    assert_eq!(hub.get("users/acme").await.body["type"], "Organization");
    assert_eq!(hub.get("orgs/acme").await.body["deploy_keys_enabled_for_repositories"], true);
    assert_eq!(hub.get("meta").await.body["ssh_keys"], json!(hub.github.host_keys()));
    assert!(hub.get("rate_limit").await.body["rate"]["used"].as_u64().unwrap() > 0);
    hub.github.add_team("acme", "ops", &["bob"]).unwrap();
    let path = "orgs/acme/teams/ops/repos/acme/fleet";
    // Who may not see teams is not told that there is one.
    let granting = json!({ "permission": "maintain" });
    assert_eq!(hub.put(path, &granting).await.status, 404);
    hub.github.revoke_token("token-of-ann");
    hub.github.add_token(Token::classic("token-of-ann", "ann", &["repo", "read:org"]));
    assert_eq!(hub.get(path).await.status, 404);
    assert_eq!(hub.put(path, &granting).await.status, 204);
    assert_eq!(hub.get(path).await.status, 204);
    let shown = hub.get_with(path, "accept", "application/vnd.github.v3.repository+json").await;
    assert_eq!(shown.body["role_name"], "maintain");
    let bob = hub.as_token("token-of-bob").get(FLEET).await;
    assert_eq!(bob.body["permissions"]["maintain"], true);
    hub.finish();
}

#[tokio::test]
async fn lists_come_in_pages() {
    let hub = Hub::with_commit().await;
    let head = hub.head().await;
    for number in 0..31 {
        hub.github.reset_branch("acme", "fleet", &format!("b{number}"), &head).unwrap();
    }
    let path = format!("{FLEET}/git/matching-refs/heads/b");
    let first = hub.get(&path).await;
    assert_eq!(first.body.as_array().unwrap().len(), 30);
    assert!(first.header("link").contains("?page=2&per_page=30>; rel=\"next\""));
    let second = hub.get(&format!("{path}?page=2")).await;
    assert_eq!(second.body.as_array().unwrap().len(), 1);
    assert!(!second.header("link").contains("next"));
    hub.finish();
}

#[tokio::test]
async fn answers_carry_githubs_headers_and_requests_must() {
    let hub = Hub::with_commit().await;
    let first = hub.get("user").await;
    assert_eq!(first.header("x-oauth-scopes"), "repo");
    assert!(!first.header("x-github-request-id").is_empty());
    assert!(!first.header("x-ratelimit-remaining").is_empty());
    let again = hub.get_with("user", "if-none-match", first.header("etag")).await;
    assert_eq!(again.status, 304);
    let unknown = hub.get_with("user", "x-github-api-version", "2026-03-10").await;
    assert_eq!(unknown.status, 400);
    // It is taken without one, which is remembered.
    let before = hub.github.without_version();
    assert_eq!(before, ["GET /api/v3/user", "GET /api/v3/user"]);
    let named = hub.get_with("user", "x-github-api-version", "2022-11-28").await;
    assert_eq!(named.status, 200);
    assert_eq!(hub.github.without_version(), before);
    assert_eq!(hub.get_with("user", "user-agent", "").await.status, 403);
    hub.finish();
}

#[tokio::test]
async fn a_file_is_read_in_three_forms() {
    let hub = Hub::with_commit().await;
    let path = format!("{FLEET}/contents/README.md");
    let file = hub.get(&path).await;
    assert_eq!(file.body["content"], "IyBmbGVldA==\n");
    let raw = hub.get_with(&path, "accept", "application/vnd.github.raw+json").await;
    assert_eq!(raw.text, "# fleet");
    let object = "application/vnd.github.object+json";
    let root = hub.get_with(&format!("{FLEET}/contents"), "accept", object).await;
    assert_eq!(root.body["entries"][0]["path"], "README.md");
    let blob = file.body["sha"].as_str().unwrap();
    let blob = hub.get(&format!("{FLEET}/git/blobs/{blob}")).await;
    assert_eq!(blob.body["size"], 7);
    hub.finish();
}

#[tokio::test]
async fn a_lost_answer_is_a_transport_error_and_the_effect_is_what_the_fault_says() {
    for (fault, happens) in [("reset_before_effect", false), ("reset_after_effect", true)] {
        let hub = Hub::with_commit().await;
        let commit = commit_on(&hub, &hub.head().await, "a").await;
        hub.faults.arm(&format!("github.update_ref={fault}*1")).unwrap();
        hub.try_patch(MAIN, &json!({ "sha": commit })).await.unwrap_err();
        assert_eq!(hub.recorder.writes().last().unwrap().status, 0);
        assert_eq!(hub.head().await == commit, happens, "{fault}");
        hub.finish();
    }
}

#[tokio::test]
async fn faults_answer_as_github_does_when_it_is_unwell() {
    let hub = Hub::with_commit().await;
    for (fault, status, words) in [
        ("github.request=500*1", 500, "Server Error"),
        ("github.request=502html*1", 502, "<html>"),
        ("github.request=secondary_limit*1", 403, "secondary rate limit"),
        ("github.request=primary_limit*1", 403, "API rate limit exceeded"),
        ("github.request=sso*1", 403, "SAML"),
        ("github.token=revoked*1", 401, "Bad credentials"),
    ] {
        hub.faults.arm(fault).unwrap();
        let answer = hub.get("user").await;
        assert_eq!(answer.status, status, "{fault}");
        assert!(answer.text.contains(words), "{fault}: {}", answer.text);
        assert_eq!(hub.get("user").await.status, 200, "{fault}");
    }
    for (fault, kind) in
        [("secondary_limit", Value::Null), ("primary_limit", "RATE_LIMITED".into())]
    {
        hub.faults.arm(&format!("github.request={fault}*1")).unwrap();
        let answer = hub.graphql("query { viewer { login } }", &json!({})).await;
        assert_eq!(answer["errors"][0]["type"], kind, "{answer}");
        let words = answer["errors"][0]["message"].as_str().unwrap();
        assert!(words.contains("rate limit"), "{words}");
    }
    hub.finish();
}

#[tokio::test]
async fn writes_are_recorded_without_tokens() {
    let hub = Hub::with_commit().await;
    let head = hub.head().await;
    let commit = commit_on(&hub, &head, "a").await;
    update_refs(&hub, &head, &commit).await;
    let writes = hub.recorder.writes();
    let paths: Vec<&str> = writes.iter().map(|write| write.path.as_str()).collect();
    let expected = [
        "/api/v3/repos/acme/fleet/git/trees",
        "/api/v3/repos/acme/fleet/git/commits",
        "/api/graphql updateRefs",
    ];
    assert_eq!(paths, expected);
    assert_eq!(writes[0].agent, "test/1");
    assert!(!format!("{writes:?}").contains("token-of-ann"));
    hub.finish();
}

#[tokio::test]
async fn a_renamed_repository_redirects_and_keeps_its_number() {
    let hub = Hub::with_commit().await;
    let head = hub.head().await;
    let renamed = hub.patch(FLEET, &json!({ "name": "navy" })).await;
    assert_eq!(renamed.body["full_name"], "acme/navy");
    let moved = hub.get(&format!("{FLEET}/git/ref/heads/main")).await;
    assert_eq!(moved.status, 301);
    let by_number = moved.header("location").strip_prefix(&format!("{}/api/v3/", hub.origin));
    assert_eq!(hub.get(by_number.unwrap()).await.body["object"]["sha"], head);
    assert_eq!(hub.patch(MAIN, &json!({ "sha": head })).await.status, 307);
    assert_eq!(hub.as_token("token-of-bob").get(FLEET).await.status, 404);
    hub.create(&RepositoryOptions::default());
    assert_eq!(hub.get(FLEET).await.status, 200);
    hub.finish();
}

#[tokio::test]
async fn what_the_client_has_already_is_not_counted() {
    let hub = Hub::with_commit().await;
    let first = hub.get("user").await;
    let again = hub.get_with("user", "if-none-match", first.header("etag")).await;
    assert_eq!(again.header("x-ratelimit-used"), first.header("x-ratelimit-used"));
    assert_ne!(hub.get("user").await.header("x-ratelimit-used"), first.header("x-ratelimit-used"));
    hub.finish();
}

#[tokio::test]
async fn no_commit_is_lost_when_many_publish_at_once() {
    let hub = Hub::with_commit().await;
    let writers = (0..4).map(|writer| {
        let hub = &hub;
        async move {
            let path = format!("file-{writer}");
            loop {
                let head = hub.head().await;
                let commit = commit_on(hub, &head, &path).await;
                if update_refs(hub, &head, &commit).await["errors"].is_null() {
                    return;
                }
            }
        }
    });
    futures::future::join_all(writers).await;
    let files = hub.get(&format!("{FLEET}/git/trees/main")).await;
    assert_eq!(files.body["tree"].as_array().unwrap().len(), 5);
    hub.finish();
}

#[tokio::test]
async fn a_lagging_replica_shows_the_commit_before() {
    let hub = Hub::with_commit().await;
    let before = hub.head().await;
    let after = hub.github.commit_file("acme", "fleet", "main", "x", "x", "Add x").unwrap();
    hub.faults.arm("github.read_ref=stale*1").unwrap();
    assert_eq!(hub.head().await, before);
    assert_eq!(hub.head().await, after);
    hub.finish();
}

#[test]
fn a_token_is_never_printed() {
    let token = Token::classic("token-of-ann", "ann", &["repo"]);
    assert!(!format!("{token:?}").contains("token-of-ann"));
}

#[tokio::test]
async fn an_installation_commits_as_github_and_only_where_it_is_installed() {
    let hub = Hub::with_commit().await;
    hub.github.create_repository("acme", "other", &RepositoryOptions::default()).unwrap();
    hub.github.add_token(Token {
        value: "app".into(),
        login: "app[bot]".into(),
        kind: TokenKind::Installation {
            permissions: [("contents".to_owned(), "write".to_owned())].into(),
            repositories: Some(vec!["acme/fleet".into()]),
            account: None,
        },
    });
    let app = hub.as_token("app");
    assert_eq!(app.get("user").await.status, 403);
    assert_eq!(app.get("repos/acme/other").await.status, 404);
    let keys = app.get(&format!("{FLEET}/keys")).await;
    assert_eq!(keys.body["message"], "Resource not accessible by integration");
    let head = hub.head().await;
    let tree = hub.get(&format!("{FLEET}/git/commits/{head}")).await.body["tree"]["sha"].clone();
    let commit = json!({ "message": "m", "tree": tree, "parents": [head] });
    let commit = app.post(&format!("{FLEET}/git/commits"), &commit).await;
    assert_eq!(commit.body["verification"]["verified"], true, "{}", commit.body);
    assert_eq!(commit.body["author"]["name"], "app[bot]");
    hub.finish();
}
