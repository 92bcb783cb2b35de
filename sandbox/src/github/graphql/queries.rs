//! `viewer` and `repository`.

use git2::{Object, ObjectType};
use serde_json::{Map, Value};

use super::super::access::Caller;
use super::super::state::Repository;
use super::super::{GitHub, store, views};
use super::parse::Field;
use super::{Failure, find, unplayed};

pub(super) fn execute(github: &GitHub, caller: &Caller, field: &Field) -> Result<Value, Failure> {
    match field.name.as_str() {
        "viewer" => object(field, |child| match child.name.as_str() {
            "login" => Ok(caller.login().into()),
            _ => Err(unplayed(child, "User")),
        }),
        "repository" => {
            let argument = |name| argument(field, name);
            let full = format!("{}/{}", argument("owner"), argument("name"));
            let is_wanted = |found: &Repository| found.full_name().eq_ignore_ascii_case(&full);
            let words = format!("Repository with the name '{full}'");
            repository(&find(github, caller, false, is_wanted, &words)?, field)
        }
        _ => Err(unplayed(field, "Query")),
    }
}

fn repository(shown: &Repository, field: &Field) -> Result<Value, Failure> {
    let git = git2::Repository::open_bare(&shown.path)?;
    object(field, |child| match child.name.as_str() {
        "id" => Ok(views::node_id(shown).into()),
        "name" => Ok(shown.name.as_str().into()),
        "nameWithOwner" => Ok(shown.full_name().into()),
        "isEmpty" => Ok(store::is_empty(&git)?.into()),
        "isPrivate" => Ok(shown.is_private().into()),
        "isArchived" => Ok(shown.archived.into()),
        "defaultBranchRef" => {
            reference(&git, &format!("refs/heads/{}", shown.default_branch), child)
        }
        "ref" => {
            let name = argument(child, "qualifiedName");
            let qualified = match name.strip_prefix("refs/") {
                Some(_) => name.to_owned(),
                None => format!("refs/heads/{name}"),
            };
            reference(&git, &qualified, child)
        }
        "object" => match git.revparse_single(argument(child, "expression")) {
            Ok(found) => git_object(&found, child),
            Err(_) => Ok(Value::Null),
        },
        _ => Err(unplayed(child, "Repository")),
    })
}

fn reference(git: &git2::Repository, name: &str, field: &Field) -> Result<Value, Failure> {
    let Some(target) = store::target(git, name)? else { return Ok(Value::Null) };
    object(field, |child| match child.name.as_str() {
        "name" => {
            let short = name.splitn(3, '/').nth(2).unwrap_or(name);
            Ok(short.into())
        }
        "prefix" => Ok(name.splitn(3, '/').take(2).map(|part| format!("{part}/")).collect()),
        "target" => git_object(&git.find_object(target, None)?, child),
        _ => Err(unplayed(child, "Ref")),
    })
}

fn git_object(found: &Object<'_>, field: &Field) -> Result<Value, Failure> {
    let blob = found.as_blob();
    object(field, |child| match child.name.as_str() {
        "oid" => Ok(found.id().to_string().into()),
        "__typename" => Ok(typename(found.kind()).into()),
        "byteSize" => Ok(blob.map(|blob| blob.size()).into()),
        "isBinary" => Ok(blob.map(|blob| blob.is_binary()).into()),
        "text" => Ok(blob.and_then(|blob| std::str::from_utf8(blob.content()).ok()).into()),
        "tree" => match found.peel_to_tree() {
            Ok(tree) => git_object(tree.as_object(), child),
            Err(_) => Ok(Value::Null),
        },
        _ => Err(unplayed(child, "GitObject")),
    })
}

fn typename(kind: Option<ObjectType>) -> &'static str {
    match kind {
        Some(ObjectType::Blob) => "Blob",
        Some(ObjectType::Tree) => "Tree",
        Some(ObjectType::Tag) => "Tag",
        _ => "Commit",
    }
}

fn argument<'a>(field: &'a Field, name: &str) -> &'a str {
    field.arguments.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn object(
    field: &Field,
    value: impl Fn(&Field) -> Result<Value, Failure>,
) -> Result<Value, Failure> {
    let mut shown = Map::new();
    for child in &field.fields {
        shown.insert(child.alias.clone(), value(child)?);
    }
    Ok(Value::Object(shown))
}
