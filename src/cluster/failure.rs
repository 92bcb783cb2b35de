//! What a refusal or a broken connection means to the user.

use std::error::Error as StdError;
use std::io;

use anyhow::anyhow;
use kube::client::{AuthError, RustlsTlsError};
use kube::core::Status;

use crate::error::{Class, Explain as _};

/// Turns an error of the client into one of ours: what was wanted, the server's own words, a class.
///
/// `act` completes "cannot …". The client's `Display` is not used: for refusals it ends in a dump of the
/// whole answer, for broken connections it hides the cause behind four layers.
pub(super) fn explain(error: kube::Error, act: &str, server: &str) -> anyhow::Error {
    if let kube::Error::Api(status) = &error {
        return refusal(status, act, server);
    }
    if let Some(cause) = credentials_cause(&error) {
        return anyhow!("cannot {act}: no credentials for {server}: {cause}")
            .class(Class::Denied)
            .hint("check the user of the kubeconfig context: kubectl config view --minify");
    }
    // The parser repeats what it cannot read, which may be the key.
    if let kube::Error::RustlsTls(RustlsTlsError::InvalidIdentityPem(_)) = &error {
        return anyhow!("cannot {act}: the client certificate or its key is not PEM")
            .class(Class::Usage)
            .hint("check the user of the kubeconfig context: kubectl config view --minify");
    }
    let cause = deepest(&error);
    match error {
        kube::Error::SerdeError(_) | kube::Error::FromUtf8(_) => {
            anyhow!("cannot {act}: the answer of {server} was not understood: {cause}")
        }
        kube::Error::Service(_) | kube::Error::HyperError(_) | kube::Error::ReadEvents(_) => {
            anyhow!("cannot reach the cluster at {server}: {cause}").class(Class::Unreachable)
        }
        _ => anyhow!("cannot {act}: {cause}").class(Class::Usage),
    }
}

/// The server answered, and said no.
fn refusal(status: &Status, act: &str, server: &str) -> anyhow::Error {
    if is_a_page(status) {
        let code = status.code;
        return anyhow!(
            "what answers at {server} is no Kubernetes API: HTTP status {code}, and a page"
        )
        .class(Class::Unreachable)
        .hint("check the server of the kubeconfig context, and the proxy");
    }
    let message = words_of(status);
    match status.code {
        401 => anyhow!("cannot {act}: {server} does not accept the credentials: {message}")
            .class(Class::Denied)
            .hint("log in again, or choose another user with --context or --user"),
        403 => anyhow!("cannot {act}: {message}").class(Class::Denied),
        404 => anyhow!("cannot {act}: {message}").class(Class::NotFound),
        409 => anyhow!("cannot {act}: {message}").class(Class::Conflict),
        429 | 502..=504 => {
            anyhow!("cannot {act}: {server} is not available: {message}").class(Class::Unreachable)
        }
        400 | 422 => anyhow!("cannot {act}: {message}").class(Class::Usage),
        // Server-side apply finds unknown fields before validation does, and calls it an internal error.
        500 if message.contains("field not declared in schema") => {
            anyhow!("cannot {act}: {message}").class(Class::Usage)
        }
        _ => anyhow!("cannot {act}: {message}"),
    }
}

/// Whether a web page came instead of a Status: a proxy's, or another server's. The API server itself
/// answers in plain text now and then, such as `Too many requests, please try again later.`
fn is_a_page(status: &Status) -> bool {
    status.message.trim_start().starts_with('<')
}

/// The server's own words, or the code when it has none.
fn words_of(status: &Status) -> String {
    let words = status.message.trim();
    if words.is_empty() { format!("HTTP status {}", status.code) } else { words.to_owned() }
}

/// The innermost cause: `Connection refused (os error 111)`, `invalid peer certificate: UnknownIssuer`.
pub(super) fn deepest(error: &(dyn StdError + 'static)) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    match cause.downcast_ref::<io::Error>().map(io::Error::kind) {
        // TLS libraries say at length which rule of theirs was broken.
        Some(io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset) => {
            "the connection was closed before there was an answer".to_owned()
        }
        _ => cause.to_string(),
    }
}

/// Why getting credentials failed, on our side of the connection; nothing for other failures.
fn credentials_cause(error: &kube::Error) -> Option<String> {
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(error) = cause {
        if let Some(failure) = error.downcast_ref::<AuthError>() {
            return Some(words_of_plugin(failure));
        }
        cause = error.source();
    }
    None
}

/// Whether the credential plugin is not installed.
pub(super) fn is_missing_plugin(error: &kube::Error) -> bool {
    let kube::Error::Auth(AuthError::AuthExecStart(error)) = error else { return false };
    error.kind() == io::ErrorKind::NotFound
}

/// A plugin's arguments and standard output may hold a credential: only its standard error is repeated.
fn words_of_plugin(failure: &AuthError) -> String {
    let out = match failure {
        AuthError::AuthExecStart(error) => {
            return format!("the credential plugin cannot be started: {error}");
        }
        AuthError::AuthExecRun { out, .. } => out,
        // That the token has expired is said further out than why there is no other.
        AuthError::Oidc(error) => {
            let (words, cause) = (error.to_string(), deepest(error));
            return if words.ends_with(&cause) { words } else { format!("{words}: {cause}") };
        }
        other => return deepest(other),
    };
    let complaint = String::from_utf8_lossy(&out.stderr);
    let last_line = complaint.lines().rev().map(str::trim).find(|line| !line.is_empty());
    let colon = if last_line.is_some() { ": " } else { "" };
    format!(
        "the credential plugin ended with {}{colon}{}",
        out.status,
        last_line.unwrap_or_default()
    )
}

/// Whether an error says that nobody was there to answer.
pub(super) fn is_unanswered(error: &kube::Error) -> bool {
    !matches!(error, kube::Error::Api(_) | kube::Error::SerdeError(_))
        && remedy_for(error) == Remedy::TryAgain
}

/// The error of a server that does not say anything any more.
pub(super) fn silent(server: &str) -> anyhow::Error {
    anyhow!("cannot reach the cluster at {server}: {SILENT}").class(Class::Unreachable)
}

/// What is wrong with a server that does not say anything any more.
pub(super) const SILENT: &str = "the server does not answer";

/// What a watch does about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    /// The version is too old: list again.
    ListAgain,
    /// The resource is not served (any more): ask discovery.
    Rediscover,
    /// Not permitted.
    Forbidden,
    /// It may pass: try again.
    TryAgain,
    /// It will not pass.
    GiveUp,
}

/// What can be done about `error`.
pub(super) fn remedy_for(error: &kube::Error) -> Remedy {
    match error {
        kube::Error::Api(status) => remedy_for_status(status),
        error if credentials_cause(error).is_some() => Remedy::GiveUp,
        kube::Error::Service(_)
        | kube::Error::HyperError(_)
        | kube::Error::ReadEvents(_)
        // A line that a dying server cut in the middle.
        | kube::Error::SerdeError(_) => Remedy::TryAgain,
        _ => Remedy::GiveUp,
    }
}

/// What can be done about a refusal.
pub(super) fn remedy_for_status(status: &Status) -> Remedy {
    match status.code {
        403 => Remedy::Forbidden,
        404 => Remedy::Rediscover,
        410 => Remedy::ListAgain,
        408 | 429 => Remedy::TryAgain,
        code if code >= 500 => Remedy::TryAgain,
        _ => Remedy::GiveUp,
    }
}

/// Why an attempt failed, in a few words; for the story, not for an error.
pub(super) fn words_for(error: &kube::Error) -> String {
    match error {
        kube::Error::Api(status) => words_of(status),
        error => deepest(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{class_of, report};

    fn explained(code: u16, message: &str) -> anyhow::Error {
        let status = Status::failure(message, "").with_code(code).boxed();
        explain(kube::Error::Api(status), "list Buckets", "https://api:6443")
    }

    #[test]
    fn each_refusal_has_its_class_and_keeps_the_servers_words() {
        for (code, class) in [
            (400, Class::Usage),
            (401, Class::Denied),
            (403, Class::Denied),
            (404, Class::NotFound),
            (409, Class::Conflict),
            (422, Class::Usage),
            (429, Class::Unreachable),
            (500, Class::Failed),
            (503, Class::Unreachable),
        ] {
            let error = explained(code, "the server's words");
            assert_eq!(class_of(&error), class, "{code}");
            assert!(error.to_string().contains("the server's words"), "{error}");
        }
    }

    #[test]
    fn a_web_page_is_not_repeated() {
        let error = explained(404, "<!DOCTYPE HTML>\n<html>Not here</html>");
        assert_eq!(class_of(&error), Class::Unreachable);
        assert_eq!(
            error.to_string(),
            "what answers at https://api:6443 is no Kubernetes API: HTTP status 404, and a page"
        );
    }

    #[test]
    fn a_plugin_is_told_by_its_last_complaint_and_never_by_its_output() {
        let out = std::process::Output {
            status: std::process::ExitStatus::default(),
            stdout: b"token=hunter2".to_vec(),
            stderr: b"warming up\nplease log in\n".to_vec(),
        };
        let failure =
            AuthError::AuthExecRun { cmd: "login --password=hunter2".into(), out: Box::new(out) };
        let error = explain(kube::Error::Auth(failure), "connect", "https://api:6443");
        assert_eq!(class_of(&error), Class::Denied);
        let text = format!("{error:#}");
        assert!(text.ends_with("exit status: 0: please log in"), "{text}");
        assert!(!text.contains("hunter2"), "{text}");
    }

    #[test]
    fn an_unknown_field_in_an_apply_is_no_fault_of_the_server() {
        let words =
            "failed to create typed patch object: .spec.pathh: field not declared in schema";
        assert_eq!(class_of(&explained(500, words)), Class::Usage);
    }

    #[test]
    fn an_empty_answer_is_named_by_its_code() {
        assert_eq!(explained(418, " ").to_string(), "cannot list Buckets: HTTP status 418");
    }

    #[test]
    fn a_broken_connection_is_one_line_with_server_and_cause() {
        let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
        let error = kube::Error::Service(Box::new(io::Error::other(refused)));
        let error = explain(error, "list Buckets", "https://api:6443");
        assert_eq!(class_of(&error), Class::Unreachable);
        assert_eq!(
            report(&error),
            "error: cannot reach the cluster at https://api:6443: connection refused\n"
        );
    }

    #[test]
    fn a_watch_gives_up_only_on_what_will_not_pass() {
        for (code, remedy) in [
            (401, Remedy::GiveUp),
            (403, Remedy::Forbidden),
            (404, Remedy::Rediscover),
            (410, Remedy::ListAgain),
            (429, Remedy::TryAgain),
            (500, Remedy::TryAgain),
            (503, Remedy::TryAgain),
        ] {
            assert_eq!(
                remedy_for_status(&Status::failure("", "").with_code(code)),
                remedy,
                "{code}"
            );
        }
    }
}
