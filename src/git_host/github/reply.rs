//! An answer of GitHub, and what its headers tell.

use std::time::Duration;

use anyhow::{Result, anyhow};
use http::{HeaderMap, StatusCode};
use k8s_openapi::jiff::Timestamp;
use k8s_openapi::jiff::fmt::rfc2822;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::refusal;
use super::retry::Limit;
use crate::error::{Class, Explain as _};

/// An answer, of any status.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

/// The body of a refusal. Every field may be missing: proxies answer as well.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Complaint {
    message: String,
    errors: Vec<Detail>,
    documentation_url: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Detail {
    Text(String),
    Fields {
        #[serde(default, rename = "type")]
        kind: String,
        #[serde(default)]
        field: String,
        #[serde(default)]
        code: String,
        #[serde(default)]
        message: String,
    },
}

impl Complaint {
    fn speaks_of_limit(&self) -> bool {
        speaks_of_limit(&self.message) || speaks_of_limit(&self.documentation_url)
    }
}

impl Detail {
    /// Whether an error of GraphQL is about a limit: primary ones have a type, secondary ones words alone.
    fn speaks_of_limit(&self) -> bool {
        match self {
            Self::Text(_) => false,
            Self::Fields { kind, message, .. } => {
                kind.starts_with("RATE_LIMIT") || speaks_of_limit(message)
            }
        }
    }
}

impl Reply {
    /// A header as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Takes an answer of success, or makes an error of it: `cannot DOING: …`.
    pub(super) fn accept(self, doing: &str) -> Result<Self> {
        if self.status.is_success() {
            return Ok(self);
        }
        Err(refusal::of(&self).context(format!("cannot {doing}")))
    }

    /// Reads the JSON of an answer of success; see [`Self::accept`].
    pub(super) fn json<T: DeserializeOwned>(self, doing: &str) -> Result<T> {
        let reply = self.accept(doing)?;
        serde_json::from_str(&reply.body).map_err(|error| {
            let is_page = reply.body.trim_start().starts_with('<');
            let cause =
                if is_page { "the answer is a web page".to_owned() } else { error.to_string() };
            anyhow!(cause)
                .context(format!("cannot {doing}: the answer is not what GitHub sends"))
                .class(Class::Unreachable)
                .hint("check --hostname, and whether a proxy stands in between")
        })
    }

    /// What GitHub says in a refusal, in one line of bearable length; empty when it says nothing.
    pub(super) fn complaint(&self) -> String {
        let Ok(complaint) = serde_json::from_str::<Complaint>(&self.body) else {
            return String::new();
        };
        let details = complaint.errors.iter().map(|detail| match detail {
            Detail::Text(text) => text.clone(),
            Detail::Fields { message, .. } if !message.is_empty() => message.clone(),
            Detail::Fields { field, code, .. } => format!("{field} is {code}"),
        });
        let mut parts = vec![complaint.message.clone()];
        parts.extend(details.filter(|detail| !complaint.message.contains(detail)));
        parts.retain(|part| !part.trim().is_empty());
        shortened(&parts.join(": "))
    }

    /// The limit for which it was refused.
    ///
    /// The headers of an answer of success may tell that the quota is used up now, which refuses nothing. GraphQL
    /// refuses with such a status all the same, and says in its errors what for.
    ///
    /// Source: GitHub's documentation of the limits for the REST API, and for the GraphQL API.
    pub(super) fn limit(&self) -> Limit {
        let complaint = serde_json::from_str::<Complaint>(&self.body).unwrap_or_default();
        let is_told = match self.status {
            StatusCode::OK => complaint.errors.iter().any(Detail::speaks_of_limit),
            StatusCode::FORBIDDEN => complaint.speaks_of_limit(),
            StatusCode::TOO_MANY_REQUESTS => true,
            _ => return Limit::None,
        };
        if self.status == StatusCode::OK && !is_told {
            return Limit::None;
        }
        if let Some(seconds) = self.header("retry-after").and_then(|text| text.parse().ok()) {
            return Limit::RetryAfter(Duration::from_secs(seconds));
        }
        if self.header("x-ratelimit-remaining") == Some("0") {
            return Limit::UntilReset(self.time_to_reset().unwrap_or(Duration::from_secs(60)));
        }
        if is_told { Limit::Unspecified } else { Limit::None }
    }

    /// Time until the quota is renewed, by the server's own clock: ours may be wrong.
    fn time_to_reset(&self) -> Option<Duration> {
        let reset: i64 = self.header("x-ratelimit-reset")?.parse().ok()?;
        Some(Duration::from_secs(u64::try_from(reset - self.time().as_second()).unwrap_or(0)))
    }

    /// When it was sent, by the server's own clock as far as it tells.
    pub(super) fn time(&self) -> Timestamp {
        self.date().unwrap_or_else(Timestamp::now)
    }

    /// When it was answered, by the server's clock.
    pub(super) fn date(&self) -> Option<Timestamp> {
        rfc2822::parse(self.header("date")?).ok().map(|date| date.timestamp())
    }

    /// The address of the next page, from the `Link` header.
    pub(super) fn next_page(&self) -> Option<&str> {
        let next = self.header("link")?.split(',').find(|link| link.contains("rel=\"next\""))?;
        let (_, rest) = next.split_once('<')?;
        Some(rest.split_once('>')?.0)
    }

    /// Where a redirect leads to, if this is one.
    pub(super) fn redirected_to(&self) -> Option<&str> {
        matches!(self.status.as_u16(), 301 | 302 | 307 | 308).then(|| self.header("location"))?
    }

    /// Whether items of organisations were left out whose single sign-on the token is not authorised for.
    pub(super) fn is_partial(&self) -> bool {
        self.header("x-github-sso").is_some_and(|sso| sso.starts_with("partial-results"))
    }

    /// The number under which GitHub's support finds this request.
    pub(super) fn request_id(&self) -> Option<&str> {
        self.header("x-github-request-id")
    }
}

fn speaks_of_limit(words: &str) -> bool {
    const WORDS: [&str; 5] = [
        "secondary rate limit",
        "secondary-rate-limit",
        "abuse",
        "rate limit exceeded",
        "rate limit already exceeded",
    ];
    let words = words.to_ascii_lowercase();
    WORDS.iter().any(|known| words.contains(known))
}

/// A text in one line, cut after a few lines' worth; a proxy's page can be long.
pub(super) fn shortened(text: &str) -> String {
    const LIMIT: usize = 400;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A reply with headers, as tests of this folder need it.
    pub(in crate::git_host::github) fn reply(
        status: u16,
        headers: &[(&'static str, &str)],
        body: &str,
    ) -> Reply {
        let headers = headers.iter().map(|(name, value)| {
            let name = http::HeaderName::from_static(name);
            (name, http::HeaderValue::from_str(value).expect("header"))
        });
        Reply {
            status: StatusCode::from_u16(status).expect("status"),
            headers: headers.collect(),
            body: body.to_owned(),
        }
    }

    #[test]
    fn details_are_added_to_the_message() {
        let body = r#"{"message":"Validation Failed","errors":[
            {"resource":"PublicKey","code":"custom","field":"key","message":"key is already in use"},
            {"field":"name","code":"missing"}, "plain"]}"#;
        assert_eq!(
            reply(422, &[], body).complaint(),
            "Validation Failed: key is already in use: name is missing: plain"
        );
    }

    #[test]
    fn a_page_is_no_complaint_and_a_long_one_is_cut() {
        assert_eq!(reply(502, &[], "<html>Bad Gateway</html>").complaint(), "");
        let long = format!(r#"{{"message":"{}"}}"#, "é ".repeat(1000));
        assert_eq!(reply(422, &[], &long).complaint().chars().count(), 401);
    }

    #[test]
    fn limits_are_read_from_headers_first_and_from_words_last() {
        let seconds = Duration::from_secs;
        let secondary = r#"{"message":"You have exceeded a secondary rate limit"}"#;
        let reset = [
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", "1800000090"),
            ("date", "Fri, 15 Jan 2027 08:00:00 GMT"),
        ];
        for (headers, body, expected) in [
            (&[("retry-after", "7")][..], secondary, Limit::RetryAfter(seconds(7))),
            (&reset, "{}", Limit::UntilReset(seconds(90))),
            (&[("x-ratelimit-remaining", "4000")], secondary, Limit::Unspecified),
            (&[], r#"{"message":"Resource not accessible by integration"}"#, Limit::None),
            (&[], "<html>", Limit::None),
        ] {
            assert_eq!(reply(403, headers, body).limit(), expected, "{headers:?} {body}");
        }
        assert_eq!(reply(429, &[], "<html>").limit(), Limit::Unspecified);
        assert_eq!(reply(429, &reset, "{}").limit(), Limit::UntilReset(seconds(90)));
    }

    #[test]
    fn graphql_tells_of_limits_in_its_errors_and_a_success_of_none() {
        let seconds = Duration::from_secs;
        let remaining = [("x-ratelimit-remaining", "0")];
        let errors = |errors: &str| format!(r#"{{"data":null,"errors":[{errors}]}}"#);
        let moved = errors(r#"{"type":"STALE_DATA","message":"moved","locations":[{"line":1}]}"#);
        let primary =
            errors(r#"{"type":"RATE_LIMITED","message":"used up","path":["updateRefs"]}"#);
        let secondary = errors(r#"{"message":"You have exceeded a secondary rate limit."}"#);
        let already = errors(r#"{"message":"API rate limit already exceeded for user ID 7."}"#);
        for (headers, body, expected) in [
            (&remaining[..], primary.as_str(), Limit::UntilReset(seconds(60))),
            (&[("retry-after", "7")], &secondary, Limit::RetryAfter(seconds(7))),
            (&[], &secondary, Limit::Unspecified),
            (&[], &already, Limit::Unspecified),
            // The last request of the quota was answered.
            (&remaining, &moved, Limit::None),
            (&remaining, "{}", Limit::None),
            // A commit has a message too.
            (&remaining, r#"{"message":"Wait when the rate limit exceeded"}"#, Limit::None),
        ] {
            assert_eq!(reply(200, headers, body).limit(), expected, "{headers:?} {body}");
        }
    }

    #[test]
    fn the_next_page_is_the_one_the_server_names() {
        let link = "<https://h/x?page=1>; rel=\"prev\", <https://h/x?page=3>; rel=\"next\"";
        assert_eq!(reply(200, &[("link", link)], "").next_page(), Some("https://h/x?page=3"));
        assert_eq!(reply(200, &[], "").next_page(), None);
    }

    #[test]
    fn only_redirects_lead_elsewhere() {
        let location = [("location", "/repositories/7")];
        for (status, expected) in
            [(301, true), (307, true), (308, true), (201, false), (304, false)]
        {
            let led = reply(status, &location, "").redirected_to().is_some();
            assert_eq!(led, expected, "{status}");
        }
    }

    #[test]
    fn a_captive_portal_is_told_from_github() {
        let error = reply(200, &[], "<html>log in</html>")
            .json::<serde_json::Value>("read acme/fleet")
            .expect_err("no JSON");
        assert_eq!(crate::error::class_of(&error), Class::Unreachable);
    }
}
