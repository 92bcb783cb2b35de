//! Downloads files, which may be large and come from another host.

use anyhow::{Context as _, Result, anyhow};
use http::header;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use serde_json::Value;

use super::attempt::Attempt;
use super::{API_VERSION, Transport};
use crate::git_host::github::reply::Reply;
use crate::git_host::github::retry::{self, Decision, Repeat};
use crate::http_client;

impl Transport {
    /// Downloads a file, at most `limit` bytes of it, from where GitHub's answer leads; the token goes to
    /// GitHub only.
    ///
    /// # Errors
    /// Every refusal; [`crate::error::Class::Unreachable`] when the file does not come completely;
    /// [`crate::error::Class::TimedOut`].
    pub(in crate::git_host::github) async fn download(
        &self,
        path: &str,
        limit: usize,
    ) -> Result<Vec<u8>> {
        for number in 0.. {
            let host = self.endpoints.host();
            let work = self.download_once(path, limit);
            let attempt = match self.deadline.within(&format!("a file from {host}"), work).await? {
                Ok(bytes) => return Ok(bytes),
                Err(attempt) => attempt,
            };
            match retry::decide(attempt.observation(), number, Repeat::Freely) {
                Decision::Take | Decision::Probe => return Err(attempt.into_error()),
                Decision::BackOffAndRepeat(at_most) => self.back_off(at_most).await?,
                Decision::WaitAndRepeat(time) => self.wait_for_quota(time, &attempt).await?,
            }
        }
        unreachable!("the policy ends every request after a few attempts")
    }

    /// The file, or why it did not come. Octocrab follows redirects, and leaves its token behind where
    /// they lead to another host.
    async fn download_once(&self, path: &str, limit: usize) -> Result<Result<Vec<u8>, Attempt>> {
        let request = http::Request::get(path)
            .header(header::ACCEPT, "application/octet-stream")
            .header(API_VERSION.0, API_VERSION.1);
        let request = self.authorized(request).await?;
        let request =
            self.rest.build_request(request, None::<&Value>).context("cannot make a request")?;
        let failed = |error: &(dyn std::error::Error + 'static)| {
            let host = http_client::host_of(error).unwrap_or_else(|| self.endpoints.host());
            Ok(Err(self.failed(&host, error)))
        };
        let response = match self.rest.execute(request).await {
            Ok(response) => response,
            Err(error) => return failed(&error),
        };
        let (status, headers) = (response.status(), response.headers().clone());
        match Limited::new(response.into_body(), limit).collect().await {
            Ok(body) if status.is_success() => Ok(Ok(body.to_bytes().to_vec())),
            Ok(body) => {
                let body = String::from_utf8_lossy(&body.to_bytes()).into_owned();
                Ok(Err(Attempt::Answered(Reply { status, headers, body })))
            }
            Err(error) if error.is::<LengthLimitError>() => {
                Err(anyhow!("it is larger than {} MiB", limit >> 20))
            }
            Err(error) => failed(error.as_ref()),
        }
    }
}
