//! The HTTP client of everything that is not Kubernetes: one rule for certificates, proxies and time limits.

use std::error::Error;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use reqwest::{Certificate, ClientBuilder, redirect};
use url::Url;

use crate::error::{Class, Explain as _, usage};

/// What servers are told about who asks.
pub(crate) const USER_AGENT: &str = concat!("nigari/", env!("CARGO_PKG_VERSION"));

/// Begins a client that trusts the system's certificates, those of `SSL_CERT_FILE`, and `ca_pem`.
///
/// `HTTPS_PROXY` and `NO_PROXY` apply. It repeats nothing and follows no redirect: which request may be
/// sent twice is for the callers to know.
///
/// # Errors
/// [`Class::Usage`] when `ca_pem` holds no certificate.
pub(crate) fn client(user_agent: &str, ca_pem: Option<&[u8]>) -> Result<ClientBuilder> {
    let builder = reqwest::Client::builder()
        .user_agent(user_agent)
        .connect_timeout(Duration::from_secs(30))
        .read_timeout(Duration::from_secs(60))
        .retry(reqwest::retry::never())
        .redirect(redirect::Policy::none());
    let Some(pem) = ca_pem else { return Ok(builder) };
    let certificates = Certificate::from_pem_bundle(pem)
        .map_err(|error| usage(text(&error)))
        .context("the CA file cannot be read")?;
    if certificates.is_empty() {
        return Err(usage("the CA file holds no PEM certificate").hint("name it with --ca-file"));
    }
    Ok(builder.tls_certs_merge(certificates))
}

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server's certificate is not trusted, or the proxy does not trust us, which another attempt will not
    /// change.
    Untrusted,
    /// The connection was not made: the request certainly did not reach the server.
    Unsent,
    /// The request went out: nobody knows whether it arrived.
    Lost,
}

/// What the user can do about a host that is not reached, in the words of the command's own flags.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hints {
    /// When its certificate is not trusted.
    pub(crate) untrusted: &'static str,
    /// When its name is not known.
    pub(crate) unknown: &'static str,
}

impl Hints {
    /// For a Git host, which the user names.
    pub(crate) const GIT_HOST: Self = Self {
        untrusted: "name the authority that signed the certificate with --ca-file",
        unknown: "check the host's name, or name another with --hostname",
    };

    /// For hosts from which bundles come, of which no flag says more.
    pub(crate) const BUNDLES: Self = Self {
        untrusted: "name a file with the authorities to trust in SSL_CERT_FILE",
        unknown: "without a network, take a file with --manifests, or leave out --version for the \
                  release that is part of nigari",
    };
}

/// The proxy that requests to `host` go through, without what it is told about who asks; `environment` has the
/// variables.
pub(crate) fn proxy_to<'a>(
    host: &str,
    environment: impl Fn(&str) -> Option<&'a str>,
) -> Option<String> {
    let first = |names: [&str; 2]| names.into_iter().find_map(&environment);
    let proxy =
        first(["HTTPS_PROXY", "https_proxy"]).or_else(|| first(["ALL_PROXY", "all_proxy"]))?;
    let is_excepted = first(["NO_PROXY", "no_proxy"])
        .is_some_and(|list| list.split(',').any(|entry| is_for(entry.trim(), host)));
    let address = match proxy.contains("://") {
        true => proxy.to_owned(),
        false => format!("http://{proxy}"),
    };
    let url = Url::parse(&address).ok().filter(|_| !is_excepted)?;
    let (host, port) = (url.host_str()?, url.port_or_known_default());
    Some(port.map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

/// Whether an entry of `NO_PROXY` is for a host.
fn is_for(entry: &str, host: &str) -> bool {
    let host = host.split(':').next().unwrap_or_default();
    let entry = entry.strip_prefix('.').unwrap_or(entry);
    entry == "*"
        || host.eq_ignore_ascii_case(entry)
        || (!entry.is_empty()
            && host.to_ascii_lowercase().ends_with(&format!(".{}", entry.to_ascii_lowercase())))
}

/// What a failure without an answer means: who could not be reached, and why.
pub(crate) fn unreachable(
    host: &str,
    error: &(dyn Error + 'static),
    hints: Hints,
) -> (Failure, anyhow::Error) {
    let text = text(error);
    let explained =
        anyhow!(text.clone()).context(format!("cannot reach {host}")).class(Class::Unreachable);
    if text.contains("invalid peer certificate") {
        return (Failure::Untrusted, explained.hint(hints.untrusted));
    }
    if text.contains("proxy authorization required") {
        let hint = "give HTTPS_PROXY the user and the password that the proxy wants";
        return (Failure::Untrusted, explained.hint(hint));
    }
    let explained = match text.contains("tunnel error") {
        true => explained
            .hint("except the host from the proxy with NO_PROXY, or ask who runs the proxy"),
        false => explained,
    };
    let explained =
        if text.contains("dns error") { explained.hint(hints.unknown) } else { explained };
    (if is_unsent(error) { Failure::Unsent } else { Failure::Lost }, explained)
}

/// The host that a failed request went to, which redirects may have chosen.
pub(crate) fn host_of(error: &(dyn Error + 'static)) -> Option<String> {
    let url = causes(error).find_map(|error| error.downcast_ref::<reqwest::Error>()?.url())?;
    url.host_str().map(str::to_owned)
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// An error's own words, without those of the layers that only say that something failed below.
fn text(error: &(dyn Error + 'static)) -> String {
    let client_error = causes(error).position(|error| error.is::<reqwest::Error>()).unwrap_or(0);
    let mut texts: Vec<String> = Vec::new();
    for error in causes(error).skip(client_error) {
        // reqwest appends the address, which the sentence around this names already.
        let text = error.to_string();
        let text = text.split(" for url (").next().unwrap_or_default();
        // rustls explains to programmers how a connection can end in the middle.
        let text = text.split(": https://docs.rs/").next().unwrap_or_default();
        let is_hollow = text == "error sending request" || text.starts_with("client error (");
        let says_more = !texts.iter().any(|earlier| earlier.contains(text));
        if says_more && !(is_hollow && error.source().is_some()) {
            texts.push(text.to_owned());
        }
    }
    texts.join(": ")
}

fn is_unsent(error: &(dyn Error + 'static)) -> bool {
    causes(error)
        .find_map(|error| error.downcast_ref::<reqwest::Error>())
        .is_some_and(|error| error.is_connect() || error.is_builder())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proxy_is_named_without_its_password() {
        let proxy = |host: &str, variables: &[(&str, &'static str)]| {
            let variables: Vec<(String, &'static str)> =
                variables.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect();
            proxy_to(host, |name| {
                variables.iter().find(|(it, _)| it == name).map(|(_, value)| *value)
            })
        };
        let https = ("HTTPS_PROXY", "http://ann:s3cret@proxy.acme.io:3128");
        for (host, variables, expected) in [
            ("github.com", &[][..], None),
            ("github.com", &[("HTTP_PROXY", "proxy:1")], None),
            ("github.com", &[https], Some("proxy.acme.io:3128")),
            ("github.com", &[("https_proxy", "proxy:1")], Some("proxy:1")),
            ("github.com", &[("ALL_PROXY", "socks5://proxy:1080")], Some("proxy:1080")),
            ("github.com:443", &[https, ("NO_PROXY", "a.io, github.com")], None),
            ("api.github.com", &[https, ("no_proxy", ".GitHub.com")], None),
            ("api.github.com", &[https, ("NO_PROXY", "*")], None),
            ("notgithub.com", &[https, ("NO_PROXY", "github.com,")], Some("proxy.acme.io:3128")),
        ] {
            assert_eq!(proxy(host, variables).as_deref(), expected, "{host} {variables:?}");
        }
    }
}
