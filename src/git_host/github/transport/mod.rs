//! Sends requests to GitHub: repeats, waits and follows renames as `retry` decides.
//!
//! octocrab carries the requests; its own retries stay off, because only the callers know what may be
//! sent twice.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use http::{HeaderValue, Method, StatusCode, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use octocrab::service::middleware::base_uri::BaseUriLayer;
use octocrab::service::middleware::reqwest_connector::ReqwestConnector;
use octocrab::{AuthState, Octocrab, OctocrabBuilder};
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::Instant;
use tower_http::follow_redirect::FollowRedirectLayer;
use url::Url;
use zeroize::Zeroizing;

use super::app::{App, Credential};
use super::refusal;
use super::reply::Reply;
use super::retry::{self, Decision, Observation, Repeat, Repeats};
use crate::deadline::Deadline;
use crate::duration::GoDuration;
use crate::error::{Class, Explain as _};
use crate::git_host::endpoints::Endpoints;
use crate::http_client::{self as client, Failure, Hints};

/// A wait that is worth telling the user about.
const NOTICEABLE: Duration = Duration::from_secs(5);
const MAX_REDIRECTS: usize = 3;
/// The usual form of answers.
const JSON: &str = "application/vnd.github+json";

/// Tells the user about something that is no failure.
pub(super) type Notify = Arc<dyn Fn(&str) + Send + Sync>;

/// The way to one GitHub.
pub(super) struct Transport {
    rest: Octocrab,
    graphql: Octocrab,
    endpoints: Endpoints,
    hints: Hints,
    credential: Option<Credential>,
    /// The proxy that stands in between, if one does.
    pub(super) proxy: Option<String>,
    repeats: Mutex<Repeats>,
    pub(super) deadline: Deadline,
    pub(super) notify: Notify,
}

/// One request.
pub(super) struct Call {
    method: Method,
    /// Below the API's base, percent-encoded.
    path: String,
    body: Option<Value>,
    repeat: Repeat,
    is_graphql: bool,
    accept: &'static str,
    /// What is shown instead of the usual token: an App's assertion, or a token that is asked about.
    bearer: Option<SecretString>,
    /// The version of the answer that is known already.
    known: Option<String>,
}

impl Call {
    pub(super) fn get(path: impl Into<String>) -> Self {
        let (method, repeat) = (Method::GET, Repeat::Freely);
        let (body, is_graphql, accept, bearer, known) = (None, false, JSON, None, None);
        Self { method, path: path.into(), body, repeat, is_graphql, accept, bearer, known }
    }

    /// Asks only for what differs from the answer that had this `ETag`; status 304 says that nothing does, and
    /// costs nothing of the quota.
    pub(super) fn unless_known(self, etag: Option<&str>) -> Self {
        Self { known: etag.map(str::to_owned), ..self }
    }

    pub(super) fn delete(path: impl Into<String>) -> Self {
        Self { method: Method::DELETE, ..Self::get(path) }
    }

    /// Makes a Git object, which is named by its content: making it twice makes one.
    pub(super) fn make_object(path: impl Into<String>, body: Value) -> Self {
        Self { method: Method::POST, body: Some(body), ..Self::get(path) }
    }

    /// Makes something that there could be two of.
    pub(super) fn create(path: impl Into<String>, body: Value) -> Self {
        Self { repeat: Repeat::AfterProbing, ..Self::make_object(path, body) }
    }

    /// Changes something that others change as well.
    pub(super) fn update(path: impl Into<String>, body: Value) -> Self {
        Self { method: Method::PATCH, ..Self::create(path, body) }
    }

    /// Shows this instead of the usual token.
    pub(super) fn showing(self, bearer: SecretString) -> Self {
        Self { bearer: Some(bearer), ..self }
    }

    /// Asks for another form of the answer.
    pub(super) fn accepting(self, accept: &'static str) -> Self {
        Self { accept, ..self }
    }

    pub(super) fn with_method(self, method: Method) -> Self {
        Self { method, ..self }
    }

    /// A GraphQL mutation.
    pub(super) fn mutation(body: Value) -> Self {
        Self { is_graphql: true, ..Self::create(String::new(), body) }
    }
}

/// What became of a request that cannot be repeated without looking.
pub(super) enum Sent {
    /// GitHub answered.
    Answered(Reply),
    /// It may or may not have taken effect; the error says why nobody knows.
    Unknown(anyhow::Error),
}

enum Attempt {
    Answered(Reply),
    Failed(Failure, anyhow::Error),
}

impl Attempt {
    fn observation(&self) -> Observation {
        match self {
            Self::Failed(Failure::Untrusted, _) => Observation::Untrusted,
            Self::Failed(Failure::Unsent, _) => Observation::Unsent,
            Self::Failed(Failure::Lost, _) => Observation::Lost,
            Self::Answered(reply) => {
                Observation::Answered { status: reply.status, limit: reply.limit() }
            }
        }
    }

    /// Whether GitHub does not know who asks.
    fn is_unknown(&self) -> bool {
        matches!(self, Self::Answered(reply) if reply.status == StatusCode::UNAUTHORIZED)
    }

    fn into_error(self) -> anyhow::Error {
        match self {
            Self::Answered(reply) => refusal::of(&reply),
            Self::Failed(_, error) => error,
        }
    }

    fn into_sent(self) -> Result<Sent> {
        match self {
            Self::Answered(reply) => Ok(Sent::Answered(reply)),
            Self::Failed(_, error) => Err(error),
        }
    }

    fn into_unknown(self) -> Sent {
        Sent::Unknown(self.into_error())
    }
}

impl Transport {
    pub(super) fn new(
        endpoints: Endpoints,
        credential: Option<Credential>,
        http: &reqwest::Client,
        hints: Hints,
    ) -> Result<Self> {
        // Octocrab joins every path to the base's: GraphQL, which on an Enterprise Server is beside
        // the API and not below it, needs a client of its own.
        let mut graphql_base = endpoints.graphql().clone();
        graphql_base.set_path("");
        Ok(Self {
            rest: octocrab(endpoints.api(), http)?,
            graphql: octocrab(&graphql_base, http)?,
            endpoints,
            hints,
            credential,
            proxy: None,
            repeats: Mutex::default(),
            deadline: Deadline::never(),
            notify: Arc::new(|_| {}),
        })
    }

    pub(super) fn is_anonymous(&self) -> bool {
        self.credential.is_none()
    }

    /// The App that asks, if one does.
    pub(super) fn app(&self) -> Option<&App> {
        match &self.credential {
            Some(Credential::App(app)) => Some(app),
            Some(Credential::Token(_)) | None => None,
        }
    }

    /// Whether an App asks: one that we are, or one whose token we were given.
    ///
    /// Source: the prefixes of GitHub's tokens; `ghs_` is that of an installation.
    pub(super) fn is_of_app(&self) -> bool {
        match &self.credential {
            Some(Credential::App(_)) => true,
            Some(Credential::Token(token)) => token.expose_secret().starts_with("ghs_"),
            None => false,
        }
    }

    /// The token that requests are sent with now; nothing for strangers.
    pub(super) async fn token(&self) -> Result<Option<SecretString>> {
        match &self.credential {
            None => Ok(None),
            Some(Credential::Token(token)) => Ok(Some(token.clone())),
            // It asks for its token with this transport, so that its type would contain itself.
            Some(Credential::App(app)) => Box::pin(app.token(self)).await.map(Some),
        }
    }

    pub(super) fn endpoints(&self) -> &Endpoints {
        &self.endpoints
    }

    /// Sends a request that may be repeated freely and returns the final answer, of any status.
    ///
    /// # Errors
    /// [`Class::Unreachable`] when there is none; [`Class::TimedOut`].
    pub(super) async fn ask(&self, call: Call) -> Result<Reply> {
        debug_assert!(call.repeat == Repeat::Freely, "{} must be probed", call.path);
        match self.send(&call).await? {
            Sent::Answered(reply) => Ok(reply),
            Sent::Unknown(error) => Err(error),
        }
    }

    /// Sends a request. One that must not be repeated comes back [`Sent::Unknown`] when its answer is
    /// lost.
    ///
    /// # Errors
    /// [`Class::Unreachable`] when it certainly was not sent; [`Class::TimedOut`].
    pub(super) async fn send(&self, call: &Call) -> Result<Sent> {
        for number in 0.. {
            let attempt = self.attempt(call).await?;
            match retry::decide(attempt.observation(), number, call.repeat) {
                Decision::Take => return attempt.into_sent(),
                Decision::Probe => return Ok(attempt.into_unknown()),
                Decision::BackOffAndRepeat(at_most) => {
                    self.counted(self.back_off(at_most)).await?;
                }
                Decision::WaitAndRepeat(time) => {
                    self.counted(self.wait_for_quota(time, &attempt)).await?;
                }
            }
        }
        unreachable!("the policy ends every request after a few attempts")
    }

    /// Reads a list with all its pages.
    ///
    /// # Errors
    /// As [`Self::ask`], and for every refusal.
    pub(super) async fn list<T: DeserializeOwned>(
        &self,
        path: &str,
        doing: &str,
    ) -> Result<Vec<T>> {
        let first = self.ask(Call::get(format!("{path}?per_page=100"))).await?;
        self.pages(first, doing).await
    }

    /// Reads a list whose first page is there already.
    ///
    /// # Errors
    /// As [`Self::list`].
    pub(super) async fn pages<T: DeserializeOwned>(
        &self,
        first: Reply,
        doing: &str,
    ) -> Result<Vec<T>> {
        let (mut items, mut reply) = (Vec::new(), first);
        loop {
            if reply.is_partial() {
                (self.notify)(&format!(
                    "cannot {doing} completely: the token is not authorised for an organisation's single \
                     sign-on"
                ));
            }
            let next = reply.next_page().and_then(|url| self.own_path(url));
            items.append(&mut reply.json::<Vec<T>>(doing)?);
            let Some(path) = next else { return Ok(items) };
            reply = self.ask(Call::get(path)).await?;
        }
    }

    /// Sends the request once; with another token if that of an App has expired under way. To be unknown has
    /// no effect, so that everything may be repeated then.
    async fn attempt(&self, call: &Call) -> Result<Attempt> {
        let attempt = self.follow(call).await?;
        match self.app().filter(|_| call.bearer.is_none() && attempt.is_unknown()) {
            None => Ok(attempt),
            Some(app) => {
                app.forget().await;
                (self.notify)("GitHub knows the App's token no more: another one is made");
                self.follow(call).await
            }
        }
    }

    /// Sends the request, following renames: those keep method and body (status 307, 308).
    async fn follow(&self, call: &Call) -> Result<Attempt> {
        let mut path = match call.is_graphql {
            true => self.endpoints.graphql().path().to_owned(),
            false => call.path.clone(),
        };
        for _ in 0..MAX_REDIRECTS {
            let attempt = self.exchange(call, &path).await?;
            let Attempt::Answered(reply) = &attempt else { return Ok(attempt) };
            match reply.redirected_to().and_then(|url| self.own_path(url)) {
                Some(moved) => path = moved,
                None => return Ok(attempt),
            }
        }
        Err(anyhow!("{} redirects in circles", self.endpoints.host()).class(Class::Unreachable))
    }

    /// The path of an address on this API; nothing for another host, which must not see the token.
    pub(super) fn own_path(&self, url: &str) -> Option<String> {
        let url = self.endpoints.api().join(url).ok()?;
        (url.origin() == self.endpoints.api().origin())
            .then(|| url[url::Position::BeforePath..].to_owned())
    }

    async fn exchange(&self, call: &Call, path: &str) -> Result<Attempt> {
        let octocrab = if call.is_graphql { &self.graphql } else { &self.rest };
        let request = http::Request::builder()
            .method(call.method.clone())
            .uri(path)
            .header(header::ACCEPT, call.accept);
        let request = match &call.known {
            Some(etag) => request.header(header::IF_NONE_MATCH, etag),
            None => request,
        };
        let request = match &call.bearer {
            Some(token) => request.header(header::AUTHORIZATION, bearer(token)?),
            None => self.authorized(request).await?,
        };
        let request =
            octocrab.build_request(request, call.body.as_ref()).context("cannot make a request")?;
        let host = self.endpoints.host();
        let work = async {
            let response = match octocrab.execute(request).await {
                Ok(response) => response,
                Err(error) => return Ok(self.failed(&host, &error)),
            };
            let (status, headers) = (response.status(), response.headers().clone());
            match octocrab.body_to_string(response).await {
                Ok(body) => Ok(Attempt::Answered(Reply { status, headers, body })),
                Err(error) if status.is_success() => Ok(self.failed(&host, &error)),
                // A refusal without its text is still a refusal.
                Err(_) => Ok(Attempt::Answered(Reply { status, headers, body: String::new() })),
            }
        };
        self.deadline.within(&format!("an answer from {host}"), work).await
    }

    fn failed(&self, host: &str, error: &(dyn std::error::Error + 'static)) -> Attempt {
        let destination = match &self.proxy {
            Some(proxy) => format!("{host} through the proxy {proxy}"),
            None => host.to_owned(),
        };
        let (failure, error) = client::unreachable(&destination, error, self.hints);
        Attempt::Failed(failure, error)
    }

    async fn authorized(&self, request: http::request::Builder) -> Result<http::request::Builder> {
        Ok(match self.token().await? {
            Some(token) => request.header(header::AUTHORIZATION, bearer(&token)?),
            None => request,
        })
    }

    /// Downloads a file, at most `limit` bytes of it, from where GitHub's answer leads; the token goes to
    /// GitHub only.
    ///
    /// # Errors
    /// Every refusal; [`Class::Unreachable`] when the file does not come completely;
    /// [`Class::TimedOut`].
    pub(super) async fn download(&self, path: &str, limit: usize) -> Result<Vec<u8>> {
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
        let request = http::Request::get(path).header(header::ACCEPT, "application/octet-stream");
        let request = self.authorized(request).await?;
        let request =
            self.rest.build_request(request, None::<&Value>).context("cannot make a request")?;
        let failed = |error: &(dyn std::error::Error + 'static)| {
            let host = client::host_of(error).unwrap_or_else(|| self.endpoints.host());
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

    /// Waits before a request is repeated, and remembers what that has cost.
    async fn counted(&self, wait: impl Future<Output = Result<()>>) -> Result<()> {
        let start = Instant::now();
        wait.await?;
        self.repeats.lock().unwrap_or_else(PoisonError::into_inner).add(start.elapsed());
        Ok(())
    }

    /// Sleeps up to `at_most`, at random so that many clients do not come back together.
    pub(super) async fn back_off(&self, at_most: Duration) -> Result<()> {
        self.sleep(at_most.mul_f64(random_share().max(0.1)), "another attempt").await
    }

    async fn wait_for_quota(&self, time: Duration, attempt: &Attempt) -> Result<()> {
        if self.deadline.remaining().is_some_and(|remaining| remaining < time) {
            let Attempt::Answered(reply) = attempt else { unreachable!("limits come in answers") };
            let wait = GoDuration::from(Duration::from_secs(time.as_secs()));
            let error = refusal::of(reply)
                .context(format!("GitHub's limit of requests is used up for another {wait}"))
                .class(Class::TimedOut)
                .hint("run the command again then, or give it longer with --timeout");
            // Strangers share few requests with everybody behind the same address.
            return Err(match self.is_anonymous() {
                true => error.hint("set GITHUB_TOKEN: GitHub grants more to those it knows"),
                false => error,
            });
        }
        if time >= NOTICEABLE {
            let wait = GoDuration::from(Duration::from_secs(time.as_secs()));
            (self.notify)(&format!("waiting {wait} because GitHub's limit of requests is used up"));
        }
        // Those who were all told the same time do not come back together.
        self.sleep(time.mul_f64(1.0 + random_share() / 10.0), "GitHub's limit of requests").await
    }

    /// The one place that sleeps; dropping the future ends it, and so does the command's clock.
    pub(super) async fn sleep(&self, time: Duration, what: &str) -> Result<()> {
        let sleep = async {
            tokio::time::sleep(time).await;
            Ok(())
        };
        self.deadline.within(what, sleep).await
    }
}

/// Whoever has waited for GitHub is told so in the end, however the command ends.
impl Drop for Transport {
    fn drop(&mut self) {
        let repeats = self.repeats.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(told) = repeats.told() {
            (self.notify)(&told);
        }
    }
}

/// Octocrab on top of `http`. Put together here, because its usual stack gives every request the name of
/// octocrab, beside the one that `http` gives.
fn octocrab(base: &Url, http: &reqwest::Client) -> Result<Octocrab> {
    let base = base.as_str().parse().context("cannot make an API client")?;
    let Ok(octocrab) = OctocrabBuilder::new_empty()
        .with_service(ReqwestConnector::new(http.clone()))
        .with_layer(&FollowRedirectLayer::new())
        .with_layer(&BaseUriLayer::new(base))
        .with_auth(AuthState::None)
        .build();
    Ok(octocrab)
}

fn bearer(token: &SecretString) -> Result<HeaderValue> {
    let text = Zeroizing::new(format!("Bearer {}", token.expose_secret()));
    // The library's error would repeat what it refuses.
    let value = HeaderValue::from_str(&text);
    let mut value = value.map_err(|_| anyhow!("the token cannot be sent"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// A number between 0 and 1. Without randomness it is 1: the pause is the longest one, which is merely slower.
fn random_share() -> f64 {
    let mut random = [0; 2];
    match aws_lc_rs::rand::fill(&mut random) {
        Ok(()) => f64::from(u16::from_le_bytes(random)) / f64::from(u16::MAX),
        Err(_) => 1.0,
    }
}

/// Percent-encodes a part of a path; slashes stay, as GitHub wants them in the names of refs.
pub(super) fn encoded(part: &str) -> String {
    let mut encoded = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_refs_keep_their_slashes_only() {
        assert_eq!(encoded("feature/a#b c%?é"), "feature/a%23b%20c%25%3F%C3%A9");
    }

    #[tokio::test]
    async fn the_token_goes_to_no_other_host() {
        let env = |name: &str| {
            (name == "GITHUB_API_URL").then(|| "https://ghe.acme.io/api/v3".to_owned())
        };
        let endpoints = Endpoints::resolve(None, env).expect("endpoints");
        let http = reqwest::Client::new();
        let transport =
            Transport::new(endpoints, Some(SecretString::from("x").into()), &http, Hints::GIT_HOST);
        let transport = transport.expect("transport");
        for (url, expected) in [
            ("https://ghe.acme.io/api/v3/repositories/7", Some("/api/v3/repositories/7")),
            ("https://ghe.acme.io/api/v3/x?page=2", Some("/api/v3/x?page=2")),
            ("/api/v3/repositories/7", Some("/api/v3/repositories/7")),
            ("https://evil.example/api/v3/repositories/7", None),
            ("http://ghe.acme.io/api/v3/repositories/7", None),
            ("//evil.example/x", None),
        ] {
            assert_eq!(transport.own_path(url).as_deref(), expected, "{url}");
        }
    }
}
