//! GitRepository objects.

use anyhow::Result;

use super::fetch::{self, Checkout, Request};
use super::{
    ARTIFACT_IN_STORAGE, Failure, Fetched, Origin, Played, SUCCEEDED, Tools, git_repositories,
    secret,
};
use crate::players::object::Tracked;
use crate::players::storage::Content;

pub(super) struct Git;

impl Origin for Git {
    fn played() -> Played {
        git_repositories()
    }

    async fn fetch(&self, tools: &Tools, object: &mut Tracked) -> Result<Result<Fetched, Failure>> {
        let secret = match object.str("/spec/secretRef/name") {
            None => None,
            Some(name) => match secret(&tools.client, object.namespace(), name).await? {
                Some(secret) => Some(secret),
                None => return Ok(Err(fetch::no_secret(object.namespace(), name))),
            },
        };
        let last = object
            .str("/status/artifact/revision")
            .filter(|_| object.conditions.is(ARTIFACT_IN_STORAGE, "True"));
        let request = Request {
            spec: object.at("/spec").cloned().unwrap_or_default(),
            secret: secret.map(|secret| secret.data.unwrap_or_default()),
            namespace: object.namespace().to_owned(),
            last_revision: last.map(ToOwned::to_owned),
            faults: tools.stage.faults.clone(),
        };
        let server = tools.stage.git_server.clone();
        let checkout = tokio::task::spawn_blocking(move || fetch::fetch(&server, &request)).await?;
        Ok(checkout.map(fetched))
    }
}

fn fetched(checkout: Checkout) -> Fetched {
    let revision = checkout.revision;
    let no_news = format!("no changes since last reconciliation: observed revision '{revision}'");
    let content =
        Content::Commit { repository: checkout.repository, commit: checkout.commit.clone() };
    Fetched {
        file: format!("{}.tar.gz", checkout.commit),
        digest: checkout.digest,
        size_bytes: checkout.size_bytes,
        content: (!checkout.is_unchanged).then_some(content),
        metadata: serde_json::Value::Null,
        outdated: ("NewRevision", format!("new upstream revision '{revision}'")),
        stored: (SUCCEEDED, format!("stored artifact for revision '{revision}'")),
        news: (
            "NewArtifact",
            SUCCEEDED,
            format!("stored artifact for commit '{}'", checkout.subject),
        ),
        no_news: Some(("GitOperationSucceeded", no_news)),
        status: Vec::new(),
        revision,
    }
}
