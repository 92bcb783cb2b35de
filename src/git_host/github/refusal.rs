//! What a refusal of GitHub means: its class, in plain words, with what to do next.
//!
//! Decided on status, headers and message alone, because GitHub uses one status for many reasons.

use std::time::Duration;

use anyhow::anyhow;

use super::reply::{Reply, shortened};
use super::retry::Limit;
use crate::duration::GoDuration;
use crate::error::{Class, Explain as _};
use crate::git_host::BranchRule;

/// A reason that was recognised.
#[derive(Debug, PartialEq, Eq)]
struct Reason {
    class: Class,
    text: String,
    hint: Option<String>,
    /// The rule of the branch that speaks, which callers have an answer to.
    rule: Option<BranchRule>,
}

impl Reason {
    fn new(class: Class, text: impl Into<String>) -> Self {
        Self { class, text: text.into(), hint: None, rule: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The error that says what GitHub answered, with this reason as its cause.
    fn explain(self, answer: String) -> anyhow::Error {
        let error = match (self.rule, self.text.is_empty()) {
            (Some(rule), _) => anyhow!(rule).context(answer),
            (None, true) => anyhow!(answer),
            (None, false) => anyhow!(self.text).context(answer),
        };
        let error = error.class(self.class);
        match self.hint {
            Some(hint) => error.hint(hint),
            None => error,
        }
    }
}

/// The error for an answer that is no success: `GitHub answered 403: …`, the reason as its cause.
pub(super) fn of(reply: &Reply) -> anyhow::Error {
    let reason = reason(reply);
    let complaint = reply.complaint();
    let mut answer = format!("GitHub answered {}", reply.status.as_u16());
    if !complaint.is_empty() {
        answer.push_str(&format!(": {complaint}"));
    }
    // What was not understood is a matter for GitHub's support, who ask for this number.
    let is_understood = !matches!(reason.class, Class::Failed | Class::Unreachable);
    if let (false, Some(id)) = (is_understood, reply.request_id()) {
        answer.push_str(&format!(" (request {id})"));
    }
    reason.explain(answer)
}

/// The error where the limit of requests is used up for longer than the command has.
pub(super) fn used_up(reply: &Reply, time: Duration, is_anonymous: bool) -> anyhow::Error {
    let wait = GoDuration::from(Duration::from_secs(time.as_secs()));
    let error = of(reply)
        .context(format!("GitHub's limit of requests is used up for another {wait}"))
        .class(Class::TimedOut)
        .hint("run the command again then, or give it longer with --timeout");
    // Strangers share few requests with everybody behind the same address.
    match is_anonymous {
        true => error.hint("set GITHUB_TOKEN: GitHub grants more to those it knows"),
        false => error,
    }
}

fn reason(reply: &Reply) -> Reason {
    let limit = reply.limit();
    match reply.status.as_u16() {
        _ if limit != Limit::None => limited(limit),
        401 => Reason::new(Class::Denied, "the token is expired, revoked or mistyped")
            .hint("make a new token and set it as GITHUB_TOKEN"),
        403 => forbidden(reply),
        404 => missing(reply),
        407 => Reason::new(Class::Unreachable, "the proxy wants a user and a password")
            .hint("put them into HTTPS_PROXY"),
        409 => Reason::new(Class::Conflict, ""),
        422 => unprocessable(reply),
        451 => Reason::new(Class::Denied, "the repository is blocked for legal reasons"),
        500.. => Reason::new(Class::Unreachable, ""),
        _ => Reason::new(Class::Failed, ""),
    }
}

fn limited(limit: Limit) -> Reason {
    let time = match limit {
        Limit::RetryAfter(time) | Limit::UntilReset(time) => GoDuration::from(time).to_string(),
        Limit::Unspecified | Limit::None => "some minutes".to_owned(),
    };
    Reason::new(Class::TimedOut, "GitHub's limit of requests is used up")
        .hint(format!("wait {time} and run the command again"))
}

fn forbidden(reply: &Reply) -> Reason {
    if let Some(sso) = reply.header("x-github-sso") {
        let reason = Reason::new(
            Class::Denied,
            "the token is not authorised for the organisation's single sign-on",
        );
        return match sso.split("url=").nth(1) {
            Some(url) => reason.hint(format!("authorise it within the hour at {url}")),
            None => reason.hint("authorise it in the settings of your tokens"),
        };
    }
    let complaint = reply.complaint().to_ascii_lowercase();
    if complaint.contains("archived") {
        return Reason::new(Class::Denied, "an archived repository cannot be written to");
    }
    if let Some(reason) = by_branch(&complaint) {
        return reason;
    }
    lacking(reply).unwrap_or_else(|| Reason::new(Class::Denied, ""))
}

/// Whether the token only has to be authorised for an organisation's single sign-on.
pub(super) fn demands_single_sign_on(reply: &Reply) -> bool {
    reply.status.as_u16() == 403 && reply.header("x-github-sso").is_some()
}

fn missing(reply: &Reply) -> Reason {
    // GitHub hides what a token may not see; only a missing scope gives the real reason away.
    match lacking(reply) {
        Some(reason) => Reason { class: Class::NotFound, ..reason },
        None => Reason::new(Class::NotFound, ""),
    }
}

/// What the token lacks, as far as GitHub tells it: permissions of a fine-grained token or an App,
/// scopes of a classic token.
fn lacking(reply: &Reply) -> Option<Reason> {
    if let (Some(wanted), 403) =
        (reply.header("x-accepted-github-permissions"), reply.status.as_u16())
    {
        let wanted = wanted.replace(';', " or ").replace(',', " and ");
        let reason = Reason::new(Class::Denied, "the token lacks a permission");
        return Some(reason.hint(format!("give the token the permission {wanted}")));
    }
    let granted = scopes(reply.header("x-oauth-scopes")?);
    let accepted = scopes(reply.header("x-accepted-oauth-scopes")?);
    if accepted.is_empty() || accepted.iter().any(|scope| granted.contains(scope)) {
        return None;
    }
    // `repo` includes what these stand for; it is the one that a bootstrap needs anyway.
    if granted.contains(&"repo") && accepted.iter().all(|scope| scope.starts_with("public_repo")) {
        return None;
    }
    let has = if granted.is_empty() { "no scope".to_owned() } else { granted.join(", ") };
    let wants = if accepted.contains(&"repo") { "repo".to_owned() } else { accepted.join(" or ") };
    let reason = Reason::new(Class::Denied, format!("the token has {has}"));
    Some(reason.hint(format!("give the token the scope {wants}")))
}

fn scopes(header: &str) -> Vec<&str> {
    header.split(',').map(str::trim).filter(|scope| !scope.is_empty()).collect()
}

fn unprocessable(reply: &Reply) -> Reason {
    let complaint = reply.complaint().to_ascii_lowercase();
    if let Some(reason) = by_branch(&complaint) {
        return reason;
    }
    if complaint.contains("deploy keys are disabled") {
        return Reason::new(Class::Denied, "the owner's policy disables deploy keys")
            .hint("use --token-auth, or ask an owner to enable deploy keys");
    }
    if complaint.contains("key is already in use") {
        return Reason::new(Class::Conflict, "another repository or user has this SSH key");
    }
    if complaint.contains("reference already exists")
        || complaint.contains("not a fast forward")
        || complaint.contains("reference does not exist")
    {
        return Reason::new(Class::Conflict, "");
    }
    Reason::new(Class::Failed, "")
}

/// Whether a branch's protection or a ruleset speaks, in any of GitHub's generations of wording.
pub(super) fn is_rule(complaint: &str) -> bool {
    const WORDS: [&str; 15] = [
        "rule violation",
        "protected branch",
        "protected ref",
        "gh006",
        "gh013",
        "reference update failed",
        "approving review",
        "through a pull request",
        "required status check",
        "verified signature",
        "not authorized to push",
        "cannot force-push",
        "locked branch",
        "merge queue",
        "queued for merging",
    ];
    let complaint = complaint.to_ascii_lowercase();
    WORDS.iter().any(|words| complaint.contains(words))
}

/// The reason, where it is one of the branch: a rule, or the queue that its pull request waits in.
fn by_branch(complaint: &str) -> Option<Reason> {
    let complaint = complaint.to_ascii_lowercase();
    if complaint.contains("queued for merging") {
        return Some(
            Reason::new(Class::Waiting, "its pull request waits in the merge queue")
                .hint("run the command again when the queue has merged it, or take it out there"),
        );
    }
    is_rule(&complaint).then(|| {
        let rule = BranchRule::of(&complaint);
        Reason { rule: Some(rule), ..Reason::new(Class::Denied, rule.to_string()) }
    })
}

/// The error for a GraphQL error: the same classes, decided on GitHub's `type` and message.
pub(super) fn of_graphql(kind: &str, message: &str) -> anyhow::Error {
    let answer = format!("GitHub refused: {}", shortened(message));
    if let Some(reason) = by_branch(message) {
        return reason.explain(answer);
    }
    anyhow!(answer).class(match kind {
        "FORBIDDEN" | "INSUFFICIENT_SCOPES" => Class::Denied,
        "NOT_FOUND" => Class::NotFound,
        "STALE_DATA" => Class::Conflict,
        _ => Class::Failed,
    })
}

#[cfg(test)]
mod tests {
    use super::super::reply::tests::reply;
    use super::*;
    use crate::error::{class_of, report};
    use crate::git_host::{is_refused_by_rule, is_refused_without_signature};

    fn message(text: &str) -> String {
        format!(r#"{{"message":{text:?}}}"#)
    }

    #[test]
    fn every_refusal_has_its_class() {
        for (status, text, class) in [
            (401, "Bad credentials", Class::Denied),
            (403, "Must have admin rights to Repository.", Class::Denied),
            (403, "Repository was archived so is read-only.", Class::Denied),
            (403, "You have exceeded a secondary rate limit", Class::TimedOut),
            (404, "Not Found", Class::NotFound),
            (409, "Git Repository is empty.", Class::Conflict),
            (422, "Update is not a fast forward", Class::Conflict),
            (422, "Reference already exists", Class::Conflict),
            (422, "Repository rule violations found", Class::Denied),
            (422, "Reference update failed", Class::Denied),
            (422, "Deploy keys are disabled for this repository", Class::Denied),
            (422, "key is already in use", Class::Conflict),
            (422, "Validation Failed", Class::Failed),
            (451, "Repository access blocked", Class::Denied),
            (502, "Server Error", Class::Unreachable),
        ] {
            let error = of(&reply(status, &[], &message(text)));
            assert_eq!(class_of(&error), class, "{status} {text}");
            assert!(error.to_string().contains(text), "GitHub's words are kept: {error}");
        }
    }

    #[test]
    fn a_rule_is_told_from_other_refusals_below_any_context() {
        let rule = message("Changes must be made through a pull request.");
        let error = of(&reply(422, &[], &rule)).context("cannot update main");
        assert!(is_refused_by_rule(&error), "{error:?}");
        for words in [
            "You're not authorized to push to this branch. Visit https://docs.github.com for more.",
            "Cannot force-push to this branch",
            "Cannot change this locked branch",
            "Changes must be made through the merge queue",
        ] {
            let error = of(&reply(422, &[], &message(words)));
            assert_eq!(class_of(&error), Class::Denied, "{words}");
            assert!(is_refused_by_rule(&error), "{words}");
            assert!(is_refused_by_rule(&of_graphql("UNPROCESSABLE", words)), "{words}");
        }
        let other = of(&reply(403, &[], &message("Must have admin rights to Repository.")));
        assert!(!is_refused_by_rule(&other), "{other:?}");
    }

    #[test]
    fn a_branch_that_is_queued_waits_for_the_queue() {
        let words = "This branch has been added to a merge queue. Branches that are queued for \
                     merging cannot be updated.";
        for error in [of(&reply(422, &[], &message(words))), of_graphql("UNPROCESSABLE", words)] {
            assert_eq!(class_of(&error), Class::Waiting, "{error:?}");
            assert!(!is_refused_by_rule(&error), "no other branch would do: {error:?}");
        }
    }

    #[test]
    fn a_missing_signature_is_told_from_what_a_pull_request_brings() {
        for (words, is_signature) in [
            ("Commits must have verified signatures.", true),
            ("Changes must be made through a pull request.", false),
            (
                "Changes must be made through a pull request. Commits must have verified signatures.",
                false,
            ),
        ] {
            let text = format!("Repository rule violations found {words}");
            let error = of(&reply(422, &[], &message(&text)));
            assert_eq!(is_refused_without_signature(&error), is_signature, "{words}");
            assert!(is_refused_by_rule(&error), "{words}");
        }
    }

    #[test]
    fn single_sign_on_gives_the_address() {
        let sso = [("x-github-sso", "required; url=https://github.com/orgs/acme/sso?x=1")];
        let error = of(&reply(403, &sso, &message("Resource protected by SAML enforcement")));
        assert!(report(&error).contains("at https://github.com/orgs/acme/sso?x=1"), "{error:?}");
    }

    #[test]
    fn a_missing_permission_is_named() {
        let headers = [("x-accepted-github-permissions", "administration=write")];
        let body = message("Resource not accessible by personal access token");
        let told = report(&of(&reply(403, &headers, &body)));
        assert!(
            told.contains("hint: give the token the permission administration=write"),
            "{told}"
        );
    }

    #[test]
    fn a_missing_scope_is_named_and_a_sufficient_one_is_not() {
        let headers =
            |has| [("x-oauth-scopes", has), ("x-accepted-oauth-scopes", "admin:public_key, repo")];
        let told = report(&of(&reply(404, &headers("gist"), &message("Not Found"))));
        assert!(told.contains("the token has gist") && told.contains("scope repo"), "{told}");
        let told = report(&of(&reply(404, &headers("repo, gist"), &message("Not Found"))));
        assert!(!told.contains("hint"), "{told}");
    }

    #[test]
    fn a_page_without_a_message_keeps_the_request_number() {
        let told = of(&reply(502, &[("x-github-request-id", "AB:12")], "<html>")).to_string();
        assert_eq!(told, "GitHub answered 502 (request AB:12)");
    }

    #[test]
    fn a_limit_tells_its_time_whatever_the_status() {
        let body = r#"{"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}"#;
        let told = of(&reply(200, &[("retry-after", "90")], body));
        assert_eq!(class_of(&told), Class::TimedOut);
        assert!(report(&told).contains("hint: wait 1m30s and run the command again"), "{told:?}");
        let told = report(&of(&reply(429, &[], "<html>")));
        assert!(told.contains("hint: wait some minutes"), "{told}");
    }

    #[test]
    fn a_limit_that_outlasts_the_command_is_told_and_strangers_get_advice() {
        let limited = reply(403, &[], &message("API rate limit exceeded"));
        for is_anonymous in [true, false] {
            let error = used_up(&limited, Duration::from_millis(90_500), is_anonymous);
            assert_eq!(class_of(&error), Class::TimedOut);
            let told = report(&error);
            assert!(told.contains("used up for another 1m30s"), "{told}");
            assert_eq!(told.contains("hint: set GITHUB_TOKEN"), is_anonymous, "{told}");
        }
    }

    #[test]
    fn graphql_errors_have_the_same_classes() {
        for (kind, text, class) in [
            ("FORBIDDEN", "Resource not accessible by integration", Class::Denied),
            ("STALE_DATA", "expected to point to", Class::Conflict),
            ("UNPROCESSABLE", "Repository rule violations found", Class::Denied),
            ("", "something else", Class::Failed),
        ] {
            assert_eq!(class_of(&of_graphql(kind, text)), class, "{kind} {text}");
        }
    }
}
