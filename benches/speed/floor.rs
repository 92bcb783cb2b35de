//! The least that a list can take: the same pages with the same concurrency, read and dropped.

use anyhow::{Context as _, Result, ensure};
use futures::future::try_join_all;
use http_body_util::BodyExt as _;
use kube::client::Body;
use kube::{Client, Config};
use serde::Deserialize;
use tokio::runtime;

/// The first argument of the process that does it; the paths follow.
pub(crate) const WORD: &str = "floor";

/// How much of a page is kept: enough for its metadata.
const HEAD: usize = 8 * 1024;

/// What a list says of its next page.
#[derive(Deserialize)]
struct Metadata {
    #[serde(rename = "continue", default)]
    next: String,
}

/// Fetches every page of each path, the paths at the same time and the pages of one in turn; behind
/// `--server` stands another address of the cluster.
///
/// # Errors
/// When the cluster cannot be reached, or refuses a list.
pub(crate) fn run(words: &[String]) -> Result<()> {
    // An error only says that the process has a provider already.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let mut config = Config::infer().await?;
        let mut parts = words.split(|word| word == "--server");
        let paths = parts.next().unwrap_or_default();
        if let Some([server]) = parts.next() {
            config.cluster_url = server.parse()?;
        }
        let client = Client::try_from(config)?;
        try_join_all(paths.iter().map(|path| fetch(&client, path))).await?;
        Ok(())
    })
}

async fn fetch(client: &Client, path: &str) -> Result<()> {
    let mut next = String::new();
    loop {
        let uri = match next.as_str() {
            "" => path.to_owned(),
            token => format!("{path}&continue={token}"),
        };
        let request = http::Request::get(&uri).body(Body::empty())?;
        let answer = client.send(request).await.with_context(|| uri.clone())?;
        ensure!(answer.status().is_success(), "{uri}: {}", answer.status());
        let head = head_of(answer.into_body()).await.with_context(|| uri.clone())?;
        next = next_of(&head)?;
        if next.is_empty() {
            return Ok(());
        }
    }
}

/// The beginning of a body; the rest is read and dropped.
async fn head_of(mut body: Body) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    while let Some(frame) = body.frame().await {
        if let Some(data) = frame?.data_ref().filter(|_| head.len() < HEAD) {
            head.extend_from_slice(data);
        }
    }
    Ok(head)
}

/// The token of the next page. A real API server writes the list's metadata before its items, so the rest
/// need not be kept.
fn next_of(head: &[u8]) -> Result<String> {
    let head = String::from_utf8_lossy(head);
    let (_, rest) = head.split_once("\"metadata\":").context("a list without metadata")?;
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Metadata>();
    Ok(values.next().context("a list whose metadata is empty")??.next)
}
