//! The HTTP client that the API and Git's smart protocol share: one rule for certificates, proxies and
//! time limits.

use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use reqwest::{Certificate, ClientBuilder, redirect};

use crate::error::{Class, Explain as _, usage};

/// Begins a client that trusts the system's certificates, those of `SSL_CERT_FILE`, and `ca_pem`.
///
/// `HTTPS_PROXY` and `NO_PROXY` apply. It repeats nothing and follows no redirect: which request may be
/// sent twice is for the callers to know.
///
/// # Errors
/// [`Class::Usage`] when `ca_pem` holds no certificate.
pub(super) fn client(user_agent: &str, ca_pem: Option<&[u8]>) -> Result<ClientBuilder> {
    let builder = reqwest::Client::builder()
        .user_agent(user_agent)
        .connect_timeout(Duration::from_secs(30))
        .read_timeout(Duration::from_secs(60))
        .retry(reqwest::retry::never())
        .redirect(redirect::Policy::none());
    let Some(pem) = ca_pem else { return Ok(builder) };
    let certificates = Certificate::from_pem_bundle(pem)
        .map_err(|error| usage(chain(&error)))
        .context("the CA file cannot be read")?;
    if certificates.is_empty() {
        return Err(usage("the CA file holds no PEM certificate").hint("name it with --ca-file"));
    }
    Ok(builder.tls_certs_merge(certificates))
}

/// What a failure without an answer means: who could not be reached, and why.
pub(super) fn unreachable(host: &str, error: &(dyn std::error::Error + 'static)) -> anyhow::Error {
    let cause = chain(error);
    let failure =
        anyhow!(cause.clone()).context(format!("cannot reach {host}")).class(Class::Unreachable);
    if cause.contains("UnknownIssuer") || cause.contains("invalid peer certificate") {
        return failure.hint("name the certificate authority that signed it with --ca-file");
    }
    if cause.contains("dns error") {
        return failure.hint("check the host's name, or name another with --hostname");
    }
    failure
}

/// An error's own words, from the HTTP client's downwards: what wraps them says nothing more.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = || std::iter::successors(Some(error), |error| error.source());
    let client_error = causes().position(|error| error.is::<reqwest::Error>()).unwrap_or(0);
    let mut texts: Vec<String> = Vec::new();
    for error in causes().skip(client_error) {
        // reqwest appends the address, which the sentence around this names already.
        let text = error.to_string();
        let text = text.split(" for url (").next().unwrap_or_default();
        if !texts.iter().any(|earlier| earlier.contains(text)) {
            texts.push(text.to_owned());
        }
    }
    texts.join(": ")
}

/// Whether the request certainly never reached the server: the connection was not made.
pub(super) fn is_unsent(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source())
        .find_map(|error| error.downcast_ref::<reqwest::Error>())
        .is_some_and(|error| error.is_connect() || error.is_builder())
}
