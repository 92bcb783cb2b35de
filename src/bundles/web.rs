//! Requests over HTTPS that anybody may repeat: bounded in size, followed to other hosts without their
//! credentials.

use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use http::header::{ACCEPT, LOCATION};
use http::{HeaderMap, StatusCode};
use reqwest::{Client, Response};
use url::Url;

use crate::deadline::Deadline;
use crate::error::{Class, Explain as _};
use crate::http_client::{self, Failure, Hints};

const MAX_REDIRECTS: usize = 5;

/// The pauses before the second and the third attempt.
const PAUSES: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// A way to the web.
pub struct Web {
    client: Client,
    deadline: Deadline,
}

/// One request.
#[derive(Clone, Copy)]
pub(super) struct Get<'a> {
    pub(super) url: &'a Url,
    pub(super) accept: &'a str,
    /// Goes to the origin of `url` only.
    pub(super) bearer: Option<&'a str>,
    /// How long the body may be, in bytes.
    pub(super) limit: usize,
}

/// An answer of any status but a redirect.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Vec<u8>,
}

impl Web {
    /// Prepares requests; nothing is sent yet.
    ///
    /// # Errors
    /// Only when the system's certificates cannot be used.
    pub fn new(user_agent: &str, deadline: Deadline) -> Result<Self> {
        let client = http_client::client(user_agent, None)?;
        let client = client.build().context("cannot make an HTTP client")?;
        Ok(Self { client, deadline })
    }

    /// Downloads a file of at most `limit` bytes.
    ///
    /// # Errors
    /// For every answer but success: its class says what it means. [`Class::Unreachable`] when no answer
    /// comes, or not all of it; [`Class::TimedOut`].
    pub async fn download(&self, url: &Url, limit: usize) -> Result<Vec<u8>> {
        let host = host_of(url);
        let answer = self.get(Get { url, accept: "*/*", bearer: None, limit }).await?;
        if answer.status.is_success() {
            return Ok(answer.body);
        }
        Err(answer.refusal(&host))
    }

    /// Sends a request, up to three times when the server is in trouble.
    pub(super) async fn get(&self, request: Get<'_>) -> Result<Answer> {
        let mut pauses = PAUSES.into_iter();
        loop {
            let what = format!("an answer from {}", host_of(request.url));
            let attempt = self.deadline.within(&what, self.attempt(request)).await?;
            let is_troubled = match &attempt {
                Ok(answer) => answer.status.is_server_error(),
                Err((failure, _)) => *failure != Failure::Untrusted,
            };
            match pauses.next() {
                Some(pause) if is_troubled => {
                    let pause = async {
                        tokio::time::sleep(pause).await;
                        Ok(())
                    };
                    self.deadline.within(&what, pause).await?;
                }
                _ => return attempt.map_err(|(_, error)| error),
            }
        }
    }

    /// Sends a request once and follows where the answer leads.
    async fn attempt(&self, request: Get<'_>) -> Result<Result<Answer, (Failure, anyhow::Error)>> {
        let mut url = request.url.clone();
        for _ in 0..=MAX_REDIRECTS {
            let mut call = self.client.get(url.clone()).header(ACCEPT, request.accept);
            let is_at_home = url.origin() == request.url.origin();
            if let Some(bearer) = request.bearer.filter(|_| is_at_home) {
                call = call.bearer_auth(bearer);
            }
            let host = host_of(&url);
            let response = match call.send().await {
                Ok(response) => response,
                Err(error) => return Ok(Err(unreachable(&host, &error))),
            };
            match redirected(&url, &response) {
                Some(to) => url = to?,
                None => return read(response, &host, request.limit).await,
            }
        }
        Err(anyhow!("{} redirects in circles", host_of(request.url)).class(Class::Unreachable))
    }
}

/// Where a redirect leads to, if the answer is one.
fn redirected(from: &Url, response: &Response) -> Option<Result<Url>> {
    if !response.status().is_redirection() {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let to = from.join(location).ok()?;
    Some(match to.scheme() {
        "https" => Ok(to),
        _ => Err(anyhow!("{} redirects to an address without TLS", host_of(from))
            .class(Class::Unreachable)),
    })
}

async fn read(
    mut response: Response,
    host: &str,
    limit: usize,
) -> Result<Result<Answer, (Failure, anyhow::Error)>> {
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(None) => return Ok(Ok(Answer { status, headers, body })),
            Ok(Some(chunk)) if body.len() + chunk.len() <= limit => body.extend_from_slice(&chunk),
            Ok(Some(_)) => return Err(anyhow!("what {host} sends is larger than {limit} bytes")),
            Err(error) => return Ok(Err(unreachable(host, &error))),
        }
    }
}

fn unreachable(host: &str, error: &reqwest::Error) -> (Failure, anyhow::Error) {
    http_client::unreachable(host, error, Hints::BUNDLES)
}

/// Host and port of an address.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

impl Answer {
    /// The error for an answer that is no success.
    pub(super) fn refusal(&self, host: &str) -> anyhow::Error {
        let status = self.status.as_u16();
        anyhow!("{host} answered {status}").class(match status {
            401 | 403 => Class::Denied,
            404 | 410 => Class::NotFound,
            429 => Class::TimedOut,
            500.. => Class::Unreachable,
            _ => Class::Failed,
        })
    }
}
