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
        #[serde(default)]
        field: String,
        #[serde(default)]
        code: String,
        #[serde(default)]
        message: String,
    },
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

    /// What the answer says about limits; meaningful for a refusal only.
    pub(super) fn limit(&self) -> Limit {
        if let Some(seconds) = self.header("retry-after").and_then(|text| text.parse().ok()) {
            return Limit::RetryAfter(Duration::from_secs(seconds));
        }
        if self.header("x-ratelimit-remaining") == Some("0") {
            return Limit::UntilReset(self.time_to_reset().unwrap_or(Duration::from_secs(60)));
        }
        let complaint = serde_json::from_str::<Complaint>(&self.body).unwrap_or_default();
        let told = format!("{} {}", complaint.message, complaint.documentation_url);
        let told = told.to_ascii_lowercase();
        let speaks =
            ["secondary rate limit", "secondary-rate-limit", "abuse", "rate limit exceeded"];
        if speaks.iter().any(|words| told.contains(words)) {
            Limit::Unspecified
        } else {
            Limit::None
        }
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
