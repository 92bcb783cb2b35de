//! `updateRefs` and `createCommitOnBranch`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use git2::{FileMode, Oid, Signature, Tree};
use serde_json::{Map, Value, json};

use super::super::access::Caller;
use super::super::publish::NotPublished;
use super::super::state::Repository;
use super::super::store::{self, Expected, Move, NewCommit, Rejected, TreeChange};
use super::super::{GitHub, views};
use super::parse::Field;
use super::{Failure, STALE, find, unplayed};

pub(super) fn execute(github: &GitHub, caller: &Caller, field: &Field) -> Result<Value, Failure> {
    let input = field.arguments.get("input").cloned().unwrap_or_default();
    let payload = match field.name.as_str() {
        "updateRefs" => update_refs(github, caller, &input)?,
        "createCommitOnBranch" => create_commit(github, caller, &input)?,
        _ => return Err(unplayed(field, "Mutation")),
    };
    select(field, payload, &input)
}

/// Leaves of the payload that the client asked for.
fn select(field: &Field, payload: Value, input: &Value) -> Result<Value, Failure> {
    let mut shown = Map::new();
    for child in &field.fields {
        let value = match (child.name.as_str(), payload.get(&child.name)) {
            ("clientMutationId", _) => input["clientMutationId"].clone(),
            (_, Some(object @ Value::Object(_))) => select(child, object.clone(), input)?,
            (_, Some(value)) => value.clone(),
            (_, None) => return Err(unplayed(child, &field.name)),
        };
        shown.insert(child.alias.clone(), value);
    }
    Ok(Value::Object(shown))
}

fn update_refs(github: &GitHub, caller: &Caller, input: &Value) -> Result<Value, Failure> {
    let id = input["repositoryId"].as_str().unwrap_or_default();
    let words = format!("node with the global id of '{id}'");
    let repository = find(github, caller, true, |found| views::node_id(found) == id, &words)?;
    let updates = input["refUpdates"].as_array().map(Vec::as_slice).unwrap_or_default();
    if updates.is_empty() {
        return Err(Failure::unprocessable("refUpdates must not be empty"));
    }
    let moves = updates.iter().map(parse_move).collect::<Result<Vec<_>, _>>()?;
    github.publish_with_faults(caller, &repository, &moves)?;
    Ok(json!({}))
}

/// Zeros assert absence in `beforeOid` and delete in `afterOid`; without `beforeOid` there is no
/// compare-and-swap.
fn parse_move(update: &Value) -> Result<Move, Failure> {
    let oid = |name: &str| -> Result<Option<Oid>, Failure> {
        match update[name].as_str() {
            None => Ok(None),
            Some(text) => store::parse_oid(text).map(Some).ok_or_else(|| {
                Failure::unprocessable(format!("{name} {text:?} is not a Git object ID"))
            }),
        }
    };
    let reference = update["name"].as_str().unwrap_or_default();
    if !reference.starts_with("refs/") {
        return Err(Failure::unprocessable(format!("{reference:?} is not a qualified ref name")));
    }
    let to = oid("afterOid")?.ok_or_else(|| Failure::unprocessable("afterOid is missing"))?;
    let expected = match oid("beforeOid")? {
        None => Expected::Anything,
        Some(before) if before.is_zero() => Expected::Absent,
        Some(before) => Expected::At(before),
    };
    Ok(Move {
        reference: reference.to_owned(),
        expected,
        to: (!to.is_zero()).then_some(to),
        force: update["force"].as_bool().unwrap_or_default(),
    })
}

fn create_commit(github: &GitHub, caller: &Caller, input: &Value) -> Result<Value, Failure> {
    let (repository, branch) = find_branch(github, caller, &input["branch"])?;
    let git = git2::Repository::open_bare(&repository.path)?;
    let reference = format!("refs/heads/{branch}");
    if store::target(&git, &reference)?.is_none() {
        let message = format!("Branch {branch:?} does not exist");
        return Err(Failure::new("NOT_FOUND", message));
    }
    let slow = || {
        let message = "Something went wrong while executing your query. This may be the result of a \
                       timeout, or it could be a GitHub bug.";
        Failure::new("", message)
    };
    let fault = github.0.faults.fire("github.create_commit");
    if fault.as_deref() == Some("timeout") {
        return Err(slow());
    }
    let expected = input["expectedHeadOid"].as_str().unwrap_or_default();
    let stale = || {
        let message = format!(
            "Expected branch to point to \"{expected}\" but it did not. Pull and try again."
        );
        Failure::new(STALE, message)
    };
    let head = store::parse_oid(expected).ok_or_else(stale)?;
    let base = git.find_commit(head).map_err(|_| stale())?.tree()?;
    let tree = change_tree(&git, &base, &input["fileChanges"])?;
    let commit = write_commit(&git, caller, tree, head, &input["message"])?;
    // GitHub signs these commits itself, before any rule looks at them.
    let repository = {
        let mut state = github.state();
        let found = state.by_id_mut(repository.id).ok_or_else(stale)?;
        found.signed.insert(commit);
        found.clone()
    };
    let step = Move { reference, expected: Expected::At(head), to: Some(commit), force: false };
    github.publish_with_faults(caller, &repository, &[step]).map_err(|refused| match refused {
        NotPublished::Rejected(Rejected::Moved { .. }) => stale(),
        other => other.into(),
    })?;
    if fault.is_some() {
        return Err(slow());
    }
    let links = views::Links::of(&github.state(), &repository);
    Ok(json!({
        "commit": {
            "oid": commit.to_string(),
            "url": format!("{}/commit/{commit}", links.web),
            "signature": { "isValid": true, "state": "VALID" },
        },
        "ref": { "name": branch, "target": { "oid": commit.to_string() } },
    }))
}

fn find_branch(
    github: &GitHub,
    caller: &Caller,
    branch: &Value,
) -> Result<(Repository, String), Failure> {
    let name = branch["branchName"].as_str().unwrap_or_default();
    let name = name.strip_prefix("refs/heads/").unwrap_or(name);
    let full = branch["repositoryNameWithOwner"].as_str().unwrap_or_default();
    if full.is_empty() || name.is_empty() {
        let message = "the sandbox takes a branch by repositoryNameWithOwner and branchName";
        return Err(Failure::unprocessable(message));
    }
    let is_wanted = |found: &Repository| found.full_name().eq_ignore_ascii_case(full);
    let words = format!("Repository with the name '{full}'");
    Ok((find(github, caller, true, is_wanted, &words)?, name.to_owned()))
}

fn change_tree(git: &git2::Repository, base: &Tree<'_>, changes: &Value) -> Result<Oid, Failure> {
    let list = |name: &str| changes[name].as_array().cloned().unwrap_or_default();
    let path = |change: &Value| change["path"].as_str().unwrap_or_default().to_owned();
    let mut all = Vec::new();
    for addition in list("additions") {
        let contents = addition["contents"].as_str().unwrap_or_default();
        let bytes = STANDARD
            .decode(contents)
            .map_err(|_| Failure::unprocessable("contents is not valid Base64"))?;
        let path = path(&addition);
        // New files are never executable; that an old one stays so is not documented.
        let mode = match base.get_path(path.as_ref()).map(|entry| entry.filemode()) {
            Ok(0o100755) => FileMode::BlobExecutable,
            _ => FileMode::Blob,
        };
        all.push(TreeChange::Put { oid: git.blob(&bytes)?, path, mode });
    }
    for deletion in list("deletions") {
        all.push(TreeChange::Remove { path: path(&deletion) });
    }
    store::change_tree(git, Some(base.id()), &all).map_err(|_| {
        Failure::unprocessable("A path was requested that cannot be changed or does not exist")
    })
}

/// The author is the token's owner and the committer is GitHub; neither can be chosen.
fn write_commit(
    git: &git2::Repository,
    caller: &Caller,
    tree: Oid,
    head: Oid,
    message: &Value,
) -> Result<Oid, Failure> {
    let login = caller.login().unwrap_or("ghost");
    let headline = message["headline"].as_str().unwrap_or_default();
    let message = match message["body"].as_str().filter(|body| !body.is_empty()) {
        Some(body) => format!("{headline}\n\n{body}"),
        None => headline.to_owned(),
    };
    let commit = NewCommit {
        tree,
        parents: &[head],
        message: &message,
        author: Signature::now(login, &format!("{login}@users.noreply.localhost"))?,
        committer: Signature::now("GitHub", "noreply@localhost")?,
        signature: None,
    };
    Ok(store::write_commit(git, &commit)?)
}
