//! Makes a commit from objects. Nobody sees them until a branch points to the commit.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use serde::Deserialize;
use serde_json::json;

use super::reply::Reply;
use super::transport::{Call, Transport};
use super::{refusal, tree};
use crate::error::{Class, Explain as _};
use crate::git_host::change::{Change, File};
use crate::git_host::{Blob, Repository, Tip};

#[derive(Deserialize)]
struct Made {
    sha: String,
}

/// Commits `files` of `change` on `tip`, whose files at their paths are `present`. What is `stored` is told by
/// its name: an earlier commit has sent it, even if no branch points to that.
pub(super) async fn make(
    transport: &Transport,
    repository: &Repository,
    tip: &Tip,
    change: &Change,
    files: &[&File],
    present: &BTreeMap<String, Blob>,
    stored: &BTreeSet<String>,
) -> Result<String> {
    let name = &repository.name;
    let tree = tree::write(transport, repository, &tip.tree, files, present, stored).await?;
    let mut body = json!({ "message": change.message(), "tree": tree, "parents": [tip.commit] });
    if let Some(author) = change.author() {
        body["author"] = json!({ "name": author.name, "email": author.email });
    }
    let call = Call::make_object(format!("/repos/{name}/git/commits"), body);
    made(transport.ask(call).await?, &format!("commit to {name}"))
}

pub(super) fn made(reply: Reply, doing: &str) -> Result<String> {
    if reply.status.as_u16() == 404 {
        // The repository was read a moment ago: GitHub hides what the token may not do.
        return Err(refusal::of(&reply)
            .context(format!("cannot {doing}: the token can read but not write"))
            .class(Class::Denied)
            .hint("ask an owner for write access, or use a token that has it"));
    }
    Ok(reply.json::<Made>(doing)?.sha)
}
