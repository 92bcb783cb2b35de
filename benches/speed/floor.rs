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

/// How much of either end of a page is kept: enough for its metadata.
const KEPT: usize = 8 * 1024;

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
        let ends = Ends::of(answer.into_body()).await.with_context(|| uri.clone())?;
        next = ends.next()?;
        if next.is_empty() {
            return Ok(());
        }
    }
}

/// The beginning and the end of a body, of which the rest is dropped.
#[derive(Default)]
struct Ends {
    head: Vec<u8>,
    tail: Vec<u8>,
}

impl Ends {
    async fn of(mut body: Body) -> Result<Self> {
        let mut ends = Self::default();
        while let Some(frame) = body.frame().await {
            if let Some(data) = frame?.data_ref() {
                ends.take(data);
            }
        }
        Ok(ends)
    }

    fn take(&mut self, data: &[u8]) {
        let room = KEPT.saturating_sub(self.head.len()).min(data.len());
        self.head.extend_from_slice(&data[..room]);
        self.tail.extend_from_slice(&data[data.len().saturating_sub(KEPT)..]);
        self.tail.drain(..self.tail.len().saturating_sub(KEPT));
    }

    /// The token of the next page. A real API server writes the metadata of a list of custom objects behind
    /// its items, and that of other lists before them.
    fn next(&self) -> Result<String> {
        let (head, tail) =
            (String::from_utf8_lossy(&self.head), String::from_utf8_lossy(&self.tail));
        if let Some((_, rest)) = tail.rsplit_once("\"metadata\":")
            && let Some((metadata, "")) = rest.trim_end().rsplit_once('}')
            && let Ok(metadata) = serde_json::from_str::<Metadata>(metadata)
        {
            return Ok(metadata.next);
        }
        let (_, rest) = head.split_once("\"metadata\":").context("a list without metadata")?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Metadata>();
        Ok(values.next().context("a list whose metadata is empty")??.next)
    }
}
