//! Sends requests to GitHub: repeats, waits and follows renames as `retry` decides.
//!
//! octocrab carries the requests; its own retries stay off, because only the callers know what may be
//! sent twice.

mod attempt;
mod call;
mod download;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use http::{HeaderValue, header};
use octocrab::service::middleware::base_uri::BaseUriLayer;
use octocrab::service::middleware::reqwest_connector::ReqwestConnector;
use octocrab::{AuthState, Octocrab, OctocrabBuilder};
use secrecy::{ExposeSecret as _, SecretString};
use serde::de::DeserializeOwned;
use tokio::time::Instant;
use tower_http::follow_redirect::FollowRedirectLayer;
use url::Url;
use zeroize::Zeroizing;

use attempt::Attempt;
pub(super) use attempt::Sent;
use call::Bearer;
pub(super) use call::{Call, encoded};

use super::app::{App, Credential};
use super::refusal;
use super::reply::Reply;
use super::retry::{self, Decision, Repeat, Repeats};
use crate::deadline::Deadline;
use crate::duration::GoDuration;
use crate::error::{Class, Explain as _};
use crate::git_host::endpoints::Endpoints;
use crate::http_client::{self as client, Hints};

/// A wait that is worth telling the user about.
const NOTICEABLE: Duration = Duration::from_secs(5);
const MAX_REDIRECTS: usize = 3;
/// The header that names the version of the API, and the version that answers are read as: every server has it,
/// and a later one may shape them differently.
const API_VERSION: (&str, &str) = ("x-github-api-version", "2022-11-28");

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
        let is_usual = matches!(call.bearer, Bearer::Usual);
        match self.app().filter(|_| is_usual && attempt.is_unknown()) {
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
            .header(header::ACCEPT, call.accept)
            .header(API_VERSION.0, API_VERSION.1);
        let request = match &call.known {
            Some(etag) => request.header(header::IF_NONE_MATCH, etag),
            None => request,
        };
        let request = match &call.bearer {
            Bearer::Usual => self.authorized(request).await?,
            Bearer::Token(token) => request.header(header::AUTHORIZATION, bearer(token)?),
            Bearer::Assertion => {
                let app = self.app().expect("nobody but an App asserts anything");
                request.header(header::AUTHORIZATION, bearer(&app.assertion()?)?)
            }
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
            return Err(refusal::used_up(reply, time, self.is_anonymous()));
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

#[cfg(test)]
mod tests {
    use super::*;

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
