//! The environment variables through which programs find the sandbox.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Prefixes of variables that could lead a program past the sandbox.
const FOREIGN: &[&str] =
    &["FLUX_", "GH_", "GIT_", "GITHUB_", "KUBE", "SSH_", "SSL_CERT_", "XDG_CONFIG"];
/// Names, in whatever case, that would send loopback requests elsewhere.
const PROXIES: &[&str] = &["all_proxy", "http_proxy", "https_proxy", "no_proxy"];

/// Git's credential helper for the sandbox: the token stays in the environment, where it is.
const CREDENTIAL_HELPER: &str =
    r#"!f() { test "$1" = get && printf 'username=git\npassword=%s\n' "$GITHUB_TOKEN"; }; f"#;

/// What the variables point at.
pub(crate) struct Endpoints<'a> {
    pub(crate) kubeconfig: &'a Path,
    /// `https://localhost:PORT` of the GitHub.
    pub(crate) github_origin: &'a str,
    pub(crate) github_token: &'a str,
    pub(crate) github_owner: &'a str,
    /// The system's certificates and the sandbox's.
    pub(crate) certificates: &'a Path,
}

/// The sandbox's variables, in the order in which they are told to people.
pub(crate) fn variables(endpoints: &Endpoints<'_>) -> Vec<(String, String)> {
    let origin = endpoints.github_origin;
    let certificates = endpoints.certificates.display().to_string();
    let mut variables: Vec<(String, String)> = [
        ("KUBECONFIG", endpoints.kubeconfig.display().to_string()),
        ("GITHUB_TOKEN", endpoints.github_token.to_owned()),
        ("GITHUB_OWNER", endpoints.github_owner.to_owned()),
        ("GITHUB_SERVER_URL", origin.to_owned()),
        ("GITHUB_API_URL", format!("{origin}/api/v3")),
        ("GITHUB_GRAPHQL_URL", format!("{origin}/api/graphql")),
        ("SSL_CERT_FILE", certificates.clone()),
        ("GIT_SSL_CAINFO", certificates),
        ("GIT_TERMINAL_PROMPT", "0".to_owned()),
        ("GIT_CONFIG_NOSYSTEM", "1".to_owned()),
        ("GIT_AUTHOR_NAME", "Sandbox".to_owned()),
        ("GIT_AUTHOR_EMAIL", "sandbox@example.com".to_owned()),
        ("GIT_COMMITTER_NAME", "Sandbox".to_owned()),
        ("GIT_COMMITTER_EMAIL", "sandbox@example.com".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let helper = format!("credential.{origin}.helper");
    variables.extend(git_config(&[
        ("init.defaultBranch", "main"),
        // An empty helper forgets those of other configuration files.
        (&helper, ""),
        (&helper, CREDENTIAL_HELPER),
    ]));
    variables
}

/// Git configuration in variables (`git help config`, `GIT_CONFIG_COUNT`).
fn git_config(settings: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut variables = vec![("GIT_CONFIG_COUNT".to_owned(), settings.len().to_string())];
    for (index, (key, value)) in settings.iter().enumerate() {
        variables.push((format!("GIT_CONFIG_KEY_{index}"), (*key).to_owned()));
        variables.push((format!("GIT_CONFIG_VALUE_{index}"), (*value).to_owned()));
    }
    variables
}

/// Whether a variable of the caller could lead a program past the sandbox.
#[must_use]
pub fn is_foreign(name: &str) -> bool {
    FOREIGN.iter().any(|prefix| name.starts_with(prefix))
        || PROXIES.contains(&name.to_lowercase().as_str())
}

/// One line per variable that a POSIX shell can evaluate.
#[must_use]
pub fn exports(variables: &[(String, String)]) -> String {
    let mut lines = String::new();
    for (name, value) in variables {
        let value = value.replace('\'', r"'\''");
        writeln!(lines, "export {name}='{value}'").expect("writing to a string cannot fail");
    }
    lines
}

/// A variable of the caller; none when it is empty.
#[expect(clippy::disallowed_methods, reason = "the sandbox reads the environment only here")]
pub(crate) fn variable(name: &str) -> Option<OsString> {
    std::env::var_os(name).filter(|value| !value.is_empty())
}

/// The caller's search path; empty when there is none.
pub(crate) fn search_path() -> OsString {
    variable("PATH").unwrap_or_default()
}

/// `folder` before the caller's search path.
///
/// # Errors
/// When `folder` cannot be part of a search path.
pub fn search_path_from(folder: &Path) -> Result<OsString> {
    let path = search_path();
    let folders = std::iter::once(PathBuf::from(folder)).chain(std::env::split_paths(&path));
    std::env::join_paths(folders)
        .with_context(|| format!("{} cannot be part of PATH", folder.display()))
}

/// The certificates that the system trusts, and the sandbox's, as one PEM bundle.
pub(crate) fn bundle(certificate_pem: &str) -> String {
    let mut bundle = certificate_pem.trim_end().to_owned();
    bundle.push('\n');
    // Without readable system certificates, the sandbox itself still works.
    for certificate in rustls_native_certs::load_native_certs().certs {
        let body = STANDARD.encode(&certificate);
        bundle.push_str("-----BEGIN CERTIFICATE-----\n");
        for line in body.as_bytes().chunks(64) {
            bundle.push_str(std::str::from_utf8(line).expect("base64 is ASCII"));
            bundle.push('\n');
        }
        bundle.push_str("-----END CERTIFICATE-----\n");
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_survive_a_shell() {
        let variables = vec![("A".to_owned(), "it's $HOME".to_owned())];
        assert_eq!(exports(&variables), "export A='it'\\''s $HOME'\n");
    }

    #[test]
    fn variables_that_lead_elsewhere_are_foreign() {
        for name in ["KUBECONFIG", "GITHUB_TOKEN", "GH_TOKEN", "HTTPS_PROXY", "no_proxy"] {
            assert!(is_foreign(name), "{name}");
        }
        for name in ["PATH", "TERM", "LANG", "HOME"] {
            assert!(!is_foreign(name), "{name}");
        }
    }

    #[test]
    fn the_token_is_in_one_variable_only() {
        let variables = variables(&Endpoints {
            kubeconfig: Path::new("/k"),
            github_origin: "https://localhost:1",
            github_token: "s3cret",
            github_owner: "acme",
            certificates: Path::new("/c"),
        });
        let holders = variables.iter().filter(|(_, value)| value.contains("s3cret"));
        let names: Vec<_> = holders.map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["GITHUB_TOKEN"]);
    }
}
