//! The REST endpoints, one file per family.

pub(super) mod accounts;
pub(super) mod apps;
pub(super) mod branches;
pub(super) mod compare;
pub(super) mod contents;
pub(super) mod keys;
pub(super) mod objects;
pub(super) mod pulls;
pub(super) mod refs;
pub(super) mod releases;
pub(super) mod repositories;
pub(super) mod teams;

use std::collections::BTreeMap;

use axum::extract::Query;
use git2::{Oid, Signature, Time};
use http::StatusCode;
use k8s_openapi::jiff::Timestamp;
use k8s_openapi::jiff::fmt::temporal::Pieces;
use serde_json::Value;

use super::GitHub;
use super::access::{Caller, Denied};
use super::answer::{Answer, Reply};
use super::front::Exchange;
use super::publish::NotPublished;
use super::routes::{Needs, Parameters, Route};
use super::state::{Repository, Role, State};
use super::store::{self, Rejected};
use super::views::Links;

/// One request to an endpoint.
pub(super) struct Call<'a> {
    pub(super) github: &'a GitHub,
    pub(super) caller: &'a Caller,
    pub(super) accept: String,
    pub(super) parameters: Parameters,
    pub(super) query: BTreeMap<String, String>,
    pub(super) body: Value,
    path: String,
    is_read: bool,
    /// The repository that the path names, as it was when the request came.
    repository: Option<Repository>,
}

impl<'a> Call<'a> {
    pub(super) fn new(
        github: &'a GitHub,
        caller: &'a Caller,
        exchange: &Exchange,
        parameters: Parameters,
        body: Value,
    ) -> Result<Self, Answer> {
        let Query(query) = Query::try_from_uri(&exchange.parts.uri).map_err(|_| {
            Answer::error(StatusCode::BAD_REQUEST, "the query string is not well-formed")
        })?;
        let repository = match (parameters.get("owner"), parameters.get("repo")) {
            (Some(owner), Some(name)) => github.state().repository(owner, name).cloned(),
            _ => None,
        };
        let (accept, path) = (exchange.header("accept").to_owned(), exchange.path().to_owned());
        let is_read = exchange.is_read();
        Ok(Self { github, caller, accept, parameters, query, body, path, is_read, repository })
    }

    /// The value of a placeholder; every handler asks only for those of its own template.
    fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The repository that the path names.
    fn repository(&self) -> Result<&Repository, Answer> {
        self.repository.as_ref().ok_or_else(Answer::not_found)
    }

    /// The bare Git repository.
    fn git(&self) -> Result<git2::Repository, Answer> {
        Ok(git2::Repository::open_bare(&self.repository()?.path)?)
    }

    fn links(&self) -> Result<Links, Answer> {
        Ok(Links::of(&self.github.state(), self.repository()?))
    }

    fn role(&self, state: &State) -> Role {
        self.repository.as_ref().map_or(Role::None, |found| self.caller.role(state, found))
    }

    /// A string member of the body.
    fn text(&self, name: &str) -> Option<&str> {
        self.body[name].as_str()
    }

    /// A string member of the body that must be there.
    fn required(&self, name: &str) -> Result<&str, Answer> {
        self.text(name).ok_or_else(|| {
            Answer::unprocessable(format!("Invalid request.\n\n\"{name}\" wasn't supplied."))
        })
    }

    /// A member of the body that names an object by its full name.
    fn required_oid(&self, name: &str) -> Result<Oid, Answer> {
        let text = self.required(name)?;
        store::parse_oid(text).ok_or_else(|| {
            Answer::unprocessable(
                "The sha parameter must be exactly 40 characters and contain only [0-9a-f].",
            )
        })
    }

    /// Who a commit is by: the body's `field`, or the token's owner now.
    fn signature(&self, field: &str) -> Result<Signature<'static>, Answer> {
        let login = self.caller.login().unwrap_or("ghost");
        let given = &self.body[field];
        if given.is_null() {
            return Ok(Signature::now(login, &format!("{login}@users.noreply.localhost"))?);
        }
        let invalid = |member: &str| {
            Answer::invalid("Commit", &format!("{field}.{member}"), "missing_field", "")
        };
        let name = given["name"].as_str().filter(|name| !name.trim().is_empty());
        let email = given["email"].as_str().filter(|email| !email.trim().is_empty());
        let (name, email) =
            (name.ok_or_else(|| invalid("name"))?, email.ok_or_else(|| invalid("email"))?);
        let when = match given["date"].as_str() {
            Some(date) => parse_time(date).ok_or_else(|| invalid("date"))?,
            None => Time::new(Timestamp::now().as_second(), 0),
        };
        Ok(Signature::new(name, email, &when)?)
    }

    /// A positive number in the query.
    fn number(&self, name: &str, default: usize) -> usize {
        let given = self.query.get(name).and_then(|text| text.parse().ok());
        given.filter(|&number| number > 0).unwrap_or(default)
    }

    /// A page of `items`, with a `Link` to the pages around it.
    fn page(&self, items: Vec<Value>) -> Answer {
        let (size, page) = (self.number("per_page", 30).min(100), self.number("page", 1));
        let last = items.len().div_ceil(size).max(1);
        let items: Vec<Value> = items.into_iter().skip((page - 1) * size).take(size).collect();
        let answer = Answer::ok(Value::Array(items));
        let mut links = Vec::new();
        if page > 1 {
            links.push((page - 1, "prev"));
        }
        if page < last {
            links.extend([(page + 1, "next"), (last, "last")]);
        }
        if page > 1 {
            links.push((1, "first"));
        }
        if links.is_empty() {
            return answer;
        }
        let links: Vec<String> = links
            .into_iter()
            .map(|(page, name)| format!("<{}>; rel=\"{name}\"", self.page_address(page, size)))
            .collect();
        answer.with("link", links.join(", "))
    }

    fn page_address(&self, page: usize, size: usize) -> String {
        let origin = self.github.state().origin.clone();
        let mut address = format!("{origin}{}?page={page}&per_page={size}", self.path);
        for (name, value) in &self.query {
            if !matches!(name.as_str(), "page" | "per_page") {
                address.push_str(&format!("&{name}={}", encode(value)));
            }
        }
        address
    }
}

/// Percent-encodes everything that could mean something in a query.
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(byte.into());
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Checks what a route needs of the caller, then answers.
pub(super) fn answer(call: &Call<'_>, route: &Route) -> Reply {
    match route.needs {
        Needs::Nothing => {}
        Needs::Token if call.caller.0.is_none() => {
            return Err(Answer::error(StatusCode::UNAUTHORIZED, "Requires authentication"));
        }
        Needs::Token => {}
        Needs::Repository(permission, role) => {
            let repository =
                call.repository().map_err(|missing| redirect(call).unwrap_or(missing))?;
            call.caller.check(&call.github.state(), repository, permission, role).map_err(deny)?;
            let unarchives = call.body["archived"] == Value::Bool(false);
            if repository.archived && route.method != "GET" && !unarchives {
                return Err(Answer::forbidden("Repository was archived so is read-only."));
            }
            if route.template.contains("/git/") {
                let is_late = call.github.0.faults.fire("github.git_data").is_some();
                if is_late || store::is_empty(&call.git()?)? {
                    return Err(Answer::conflict("Git Repository is empty."));
                }
            }
        }
    }
    (route.handler)(call)
}

/// Where a renamed repository is now, for those who may see it.
fn redirect(call: &Call<'_>) -> Option<Answer> {
    let state = call.github.state();
    let moved = state.moved(call.parameter("owner"), call.parameter("repo"))?;
    if call.caller.role(&state, moved) < Role::Pull || !call.path.starts_with("/api/v3/repos/") {
        return None;
    }
    // Behind `/api/v3/repos/{owner}/{repo}`.
    let rest: String = call.path.split('/').skip(6).map(|segment| format!("/{segment}")).collect();
    let location = format!("{}/api/v3/repositories/{}{rest}", state.origin, moved.id);
    let (status, message) = if call.is_read {
        (StatusCode::MOVED_PERMANENTLY, "Moved Permanently")
    } else {
        (StatusCode::TEMPORARY_REDIRECT, "Temporary Redirect")
    };
    Some(Answer::error(status, message).with("location", location))
}

fn deny(denied: Denied) -> Answer {
    match denied {
        Denied::Hidden => Answer::not_found(),
        Denied::Permission(bearer) => {
            Answer::forbidden(format!("Resource not accessible by {bearer}"))
        }
    }
}

/// How the Git Data API words a refused reference update.
fn refuse_update(refused: NotPublished) -> Answer {
    let rejected = match refused {
        NotPublished::HangUp => return Answer::hang_up(),
        NotPublished::Rejected(rejected) => rejected,
    };
    match rejected {
        Rejected::NotFastForward | Rejected::Moved { .. } => {
            Answer::unprocessable("Update is not a fast forward")
        }
        Rejected::DoesNotExist => Answer::unprocessable("Reference does not exist"),
        Rejected::AlreadyExists => Answer::unprocessable("Reference already exists"),
        Rejected::UnknownObject => Answer::unprocessable("Object does not exist"),
        Rejected::InvalidName => Answer::unprocessable("Reference name is invalid"),
        Rejected::Rule(message) => Answer::unprocessable(message),
        Rejected::Git(error) => Answer::from(error),
    }
}

/// Reads an ISO 8601 time, keeping its offset from UTC.
fn parse_time(text: &str) -> Option<Time> {
    let at: Timestamp = text.parse().ok()?;
    let offset = Pieces::parse(text).ok()?.to_numeric_offset()?;
    Some(Time::new(at.as_second(), offset.seconds() / 60))
}
