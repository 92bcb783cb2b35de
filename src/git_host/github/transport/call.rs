//! A request, and how often it may be sent.

use http::Method;
use secrecy::SecretString;
use serde_json::Value;

use crate::git_host::github::retry::Repeat;

/// The usual form of answers.
const JSON: &str = "application/vnd.github+json";

/// One request.
pub(in crate::git_host::github) struct Call {
    pub(super) method: Method,
    /// Below the API's base, percent-encoded.
    pub(super) path: String,
    pub(super) body: Option<Value>,
    pub(super) repeat: Repeat,
    pub(super) is_graphql: bool,
    pub(super) accept: &'static str,
    pub(super) bearer: Bearer,
    /// The version of the answer that is known already.
    pub(super) known: Option<String>,
}

/// What a request shows of who asks.
pub(super) enum Bearer {
    /// The token that everything is asked with, if there is one.
    Usual,
    /// A token that is asked about.
    Token(SecretString),
    /// The App's assertion.
    Assertion,
}

impl Call {
    pub(in crate::git_host::github) fn get(path: impl Into<String>) -> Self {
        let (method, repeat) = (Method::GET, Repeat::Freely);
        let (body, is_graphql, accept, bearer, known) = (None, false, JSON, Bearer::Usual, None);
        Self { method, path: path.into(), body, repeat, is_graphql, accept, bearer, known }
    }

    /// Asks only for what differs from the answer that had this `ETag`; status 304 says that nothing does, and
    /// costs nothing of the quota.
    pub(in crate::git_host::github) fn unless_known(self, etag: Option<&str>) -> Self {
        Self { known: etag.map(str::to_owned), ..self }
    }

    pub(in crate::git_host::github) fn delete(path: impl Into<String>) -> Self {
        Self { method: Method::DELETE, ..Self::get(path) }
    }

    /// Makes a Git object, which is named by its content: making it twice makes one.
    pub(in crate::git_host::github) fn make_object(path: impl Into<String>, body: Value) -> Self {
        Self { method: Method::POST, body: Some(body), ..Self::get(path) }
    }

    /// Makes something that there could be two of.
    pub(in crate::git_host::github) fn create(path: impl Into<String>, body: Value) -> Self {
        Self { repeat: Repeat::AfterProbing, ..Self::make_object(path, body) }
    }

    /// Changes something that others change as well.
    pub(in crate::git_host::github) fn update(path: impl Into<String>, body: Value) -> Self {
        Self { method: Method::PATCH, ..Self::create(path, body) }
    }

    /// Shows this instead of the usual token.
    pub(in crate::git_host::github) fn showing(self, token: SecretString) -> Self {
        Self { bearer: Bearer::Token(token), ..self }
    }

    /// Shows an assertion of the App that asks, which is made for each attempt: it may have expired while a limit
    /// was waited for.
    pub(in crate::git_host::github) fn asserting(self) -> Self {
        Self { bearer: Bearer::Assertion, ..self }
    }

    /// Asks for another form of the answer.
    pub(in crate::git_host::github) fn accepting(self, accept: &'static str) -> Self {
        Self { accept, ..self }
    }

    pub(in crate::git_host::github) fn with_method(self, method: Method) -> Self {
        Self { method, ..self }
    }

    /// A GraphQL mutation.
    pub(in crate::git_host::github) fn mutation(body: Value) -> Self {
        Self { is_graphql: true, ..Self::create(String::new(), body) }
    }
}

/// Percent-encodes a part of a path; slashes stay, as GitHub wants them in the names of refs.
pub(in crate::git_host::github) fn encoded(part: &str) -> String {
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
}
