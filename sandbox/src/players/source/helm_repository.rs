//! HelmRepository objects of the default type: the index of a repository.

use std::sync::Arc;

use anyhow::Result;
use serde_json::Value;

use super::remote::{self, Address, has_charts, unreachable};
use super::{Failure, Fetched, Origin, Played, SUCCEEDED, Tools, helm_repositories};
use crate::players::files::Files;
use crate::players::object::Tracked;
use crate::players::storage::Content;

pub(super) struct Helm;

const AUTHENTICATION: &str = "AuthenticationFailed";

impl Origin for Helm {
    fn played() -> Played {
        helm_repositories()
    }

    fn is_static(object: &Tracked) -> bool {
        object.str("/spec/type") == Some("oci")
    }

    async fn fetch(&self, tools: &Tools, object: &mut Tracked) -> Result<Result<Fetched, Failure>> {
        let certificates = match certificates(tools, object).await? {
            Ok(certificates) => certificates,
            Err(failure) => return Ok(Err(failure)),
        };
        let url = object.str("/spec/url").unwrap_or_default();
        Ok(download(tools, url, &certificates).map(|index| fetched(object, index)))
    }
}

/// What `certSecretRef` and `secretRef` hold; the sandbox's repository wants no password.
pub(super) async fn certificates(
    tools: &Tools,
    object: &Tracked,
) -> Result<Result<String, Failure>> {
    let mut found = String::new();
    for (field, what) in
        [("certSecretRef", "TLS authentication secret"), ("secretRef", "authentication secret")]
    {
        match remote::certificates(&tools.client, object, field).await? {
            Ok(certificates) => found.push_str(&certificates),
            Err(problem) => {
                let message = format!("failed to get {what} {problem}");
                return Ok(Err(Failure::new(AUTHENTICATION, message)));
            }
        }
    }
    Ok(Ok(found))
}

fn download(tools: &Tools, url: &str, certificates: &str) -> Result<Value, Failure> {
    let invalid = |problem: &str| {
        let message = format!("invalid Helm repository URL: {problem}");
        Failure::new("URLInvalid", message).stalling()
    };
    let Some(address) = Address::parse(url) else {
        return Err(invalid("it has no scheme"));
    };
    if address.scheme == "oci" {
        return Err(invalid("'oci' URL scheme cannot be used with 'default' HelmRepository type"));
    }
    let index = format!("{}/index.yaml", url.trim_end_matches('/'));
    let context = "failed to fetch Helm repository index: failed to cache index to temporary file";
    remote::connect(&tools.stage, &index, certificates)
        .map_err(|problem| unreachable("Failed", context, &problem))?;
    if !has_charts(&address) {
        let problem = format!("failed to fetch {index} : 404 Not Found");
        return Err(unreachable("Failed", context, &problem));
    }
    Ok(tools.stage.charts.index())
}

fn fetched(object: &Tracked, index: Value) -> Fetched {
    let url = object.str("/spec/url").unwrap_or_default();
    let text = index.to_string();
    let files = Files([("index.yaml".to_owned(), text.into_bytes())].into());
    let (revision, size_bytes) = (files.digest(), files.size_bytes());
    let is_unchanged = object.str("/status/artifact/revision") == Some(&revision);
    let hex = revision.trim_start_matches("sha256:");
    Fetched {
        file: format!("index-{hex}.yaml"),
        digest: revision.clone(),
        size_bytes,
        content: (!is_unchanged).then(|| Content::Files(Arc::new(files))),
        metadata: Value::Null,
        outdated: ("NewRevision", format!("new index revision '{revision}'")),
        stored: (SUCCEEDED, format!("stored artifact: revision '{revision}'")),
        news: (
            "NewArtifact",
            SUCCEEDED,
            format!("stored fetched index of size {} from '{url}'", human_size(size_bytes)),
        ),
        no_news: None,
        status: Vec::new(),
        revision,
    }
}

/// Four digits and a unit of thousands, as Docker's units package prints sizes.
fn human_size(bytes: usize) -> String {
    let units = ["B", "kB", "MB", "GB"];
    let mut size = bytes as f64;
    let mut unit = 0;
    while size >= 1000.0 && unit + 1 < units.len() {
        size /= 1000.0;
        unit += 1;
    }
    let whole = format!("{size:.0}").len();
    let text = format!("{size:.*}", 4_usize.saturating_sub(whole));
    let text =
        if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format!("{text}{}", units[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_four_digits() {
        for (bytes, text) in [(0, "0B"), (999, "999B"), (1500, "1.5kB"), (41_180, "41.18kB")] {
            assert_eq!(human_size(bytes), text);
        }
    }
}
