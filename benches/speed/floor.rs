//! The least that a list can take: the same pages with the same concurrency, read and dropped.

use anyhow::{Context as _, Result};
use futures::future::try_join_all;
use kube::Client;
use serde::Deserialize;
use tokio::runtime;

/// The first argument of the process that does it; the paths follow.
pub(crate) const WORD: &str = "floor";

/// What a list says of its next page.
#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "continue", default)]
    next: String,
}

/// Fetches every page of each of `paths`, the paths at the same time and the pages of one in turn.
///
/// # Errors
/// When the cluster cannot be reached, or refuses a list.
pub(crate) fn run(paths: &[String]) -> Result<()> {
    // An error only says that the process has a provider already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let client = Client::try_default().await?;
        try_join_all(paths.iter().map(|path| fetch(&client, path))).await?;
        Ok(())
    })
}

async fn fetch(client: &Client, path: &str) -> Result<()> {
    let mut next = String::new();
    loop {
        let uri = format!("{path}&continue={next}");
        let request = http::Request::get(&uri).body(Vec::new())?;
        let page = client.request_text(request).await.with_context(|| uri.clone())?;
        next = next_of(&page)?;
        if next.is_empty() {
            return Ok(());
        }
    }
}

/// The token of the next page. A real API server writes the list's metadata before its items, so the rest
/// need not be parsed.
fn next_of(page: &str) -> Result<String> {
    let (_, rest) = page.split_once("\"metadata\":").context("a list without metadata")?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Metadata>();
    Ok(values.next().context("a list whose metadata is empty")??.next)
}
