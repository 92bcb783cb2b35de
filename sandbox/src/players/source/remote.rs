//! What a controller meets when it connects to the sandbox's HTTPS services for charts and images.

use std::cmp::Reverse;

use anyhow::Result;
use kube::Client;
use semver::{Version, VersionReq};

use super::Failure;
use crate::players::Stage;
use crate::players::object::Tracked;

/// Where the sandbox serves its Helm repository.
const CHARTS: &str = "/charts";

/// The Helm repository of tofu-controller, as everybody knows it. In the sandbox it lists what the
/// sandbox's own one does: what installs itself from there finds its chart.
const PUBLIC_CHARTS: (&str, &str) = ("flux-iac.github.io", "/tofu-controller");

/// The registry with tofu-controller's chart, which everybody knows as well.
const PUBLIC_REGISTRY: &str = "ghcr.io";

/// Whether a Helm repository is at an address that was reached.
pub(super) fn has_charts(address: &Address<'_>) -> bool {
    address.path == CHARTS || (address.authority, address.path) == PUBLIC_CHARTS
}

/// Whether a host has a certificate that everybody trusts.
fn is_public(address: &Address<'_>) -> bool {
    [PUBLIC_CHARTS.0, PUBLIC_REGISTRY].contains(&address.authority)
}

/// What Go's resolver says in a cluster about a name that nobody knows.
pub(super) fn unknown_host(host: &str) -> String {
    format!("lookup {host} on 10.96.0.10:53: no such host")
}

/// An address, taken apart.
pub(super) struct Address<'a> {
    pub(super) scheme: &'a str,
    pub(super) authority: &'a str,
    /// Without a slash at the end.
    pub(super) path: &'a str,
}

impl<'a> Address<'a> {
    pub(super) fn parse(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let at = rest.find('/').unwrap_or(rest.len());
        let (authority, path) = rest.split_at(at);
        Some(Self { scheme, authority, path: path.trim_end_matches('/') })
    }
}

/// Whether a GET of `url` reaches the sandbox, trusted by `certificates`; else Go's message.
pub(in crate::players) fn connect(
    stage: &Stage,
    url: &str,
    certificates: &str,
) -> Result<(), String> {
    let get = |problem: &str| format!("Get \"{url}\": {problem}");
    let address = Address::parse(url).ok_or_else(|| get("unsupported protocol scheme \"\""))?;
    let host = address.authority.split(':').next().unwrap_or_default();
    let server = &stage.git_server;
    let is_unresolved = stage.faults.fire_if("source.dns", |name| name == host);
    if is_public(&address) && !is_unresolved {
        return Ok(());
    }
    if is_unresolved || !server.is_at(address.authority) {
        return Err(get(&format!("dial tcp: {}", unknown_host(host))));
    }
    if !server.is_trusted_by(certificates) {
        let problem =
            "tls: failed to verify certificate: x509: certificate signed by unknown authority";
        return Err(get(problem));
    }
    Ok(())
}

/// The certificates in the Secret that `spec.FIELD` names; empty without one. The inner error is
/// the name and the API server's message when the Secret is missing.
pub(in crate::players) async fn certificates(
    client: &Client,
    object: &Tracked,
    field: &str,
) -> Result<Result<String, String>> {
    let Some(name) = object.str(&format!("/spec/{field}/name")) else {
        return Ok(Ok(String::new()));
    };
    let Some(secret) = super::secret(client, object.namespace(), name).await? else {
        let path = format!("{}/{name}", object.namespace());
        return Ok(Err(format!("'{path}': secrets \"{name}\" not found")));
    };
    let data = secret.data.unwrap_or_default();
    let found = ["ca.crt", "caFile"].iter().find_map(|key| data.get(*key));
    let text = found.map(|text| String::from_utf8_lossy(&text.0).into_owned());
    Ok(Ok(text.unwrap_or_default()))
}

/// The newest of `versions` that `wanted` (a version, a range, or nothing) allows.
///
/// # Errors
/// With Masterminds' message when `wanted` is no constraint.
pub(in crate::players) fn newest<'a>(
    versions: &[&'a str],
    wanted: &str,
) -> Result<Option<&'a str>, String> {
    if let Some(exact) = versions.iter().find(|version| **version == wanted) {
        return Ok(Some(exact));
    }
    let range = range(wanted).ok_or_else(|| format!("improper constraint: {wanted}"))?;
    let parsed = versions.iter().filter_map(|text| Some((Version::parse(text).ok()?, *text)));
    let matching = parsed.filter(|(version, _)| range.matches(version));
    Ok(matching.min_by_key(|(version, _)| Reverse(version.clone())).map(|(_, text)| text))
}

/// Masterminds separates by spaces as well, and takes a version without an operator literally.
fn range(wanted: &str) -> Option<VersionReq> {
    if wanted.is_empty() {
        return Some(VersionReq::STAR);
    }
    if let Ok(version) = Version::parse(wanted) {
        return VersionReq::parse(&format!("={version}")).ok();
    }
    let spaced = ["<=", ">=", "<", ">", "=", "~", "^"]
        .iter()
        .fold(wanted.to_owned(), |text, operator| text.replace(&format!("{operator} "), operator));
    VersionReq::parse(&spaced.split_whitespace().collect::<Vec<_>>().join(",").replace(",,", ","))
        .ok()
}

/// A failure to reach a registry or a repository.
pub(super) fn unreachable(reason: &'static str, context: &str, problem: &str) -> Failure {
    Failure::new(reason, format!("{context}: {problem}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_in_a_range_is_taken() {
        let versions = ["1.0.0", "1.10.0", "1.9.0", "2.0.0-rc.1", "latest"];
        for (wanted, found) in [
            ("", Some("1.10.0")),
            ("*", Some("1.10.0")),
            ("1.x", Some("1.10.0")),
            ("<1.10.0", Some("1.9.0")),
            (">= 1.0.0 < 1.10.0", Some("1.9.0")),
            ("1.0.0", Some("1.0.0")),
            ("9.9.9", None),
        ] {
            assert_eq!(newest(&versions, wanted), Ok(found), "{wanted:?}");
        }
        assert_eq!(newest(&versions, "nonsense"), Err("improper constraint: nonsense".to_owned()));
    }

    #[test]
    fn addresses_are_taken_apart() {
        let address = Address::parse("oci://localhost:1/manifests/podinfo").unwrap();
        assert_eq!((address.scheme, address.authority), ("oci", "localhost:1"));
        assert_eq!(address.path, "/manifests/podinfo");
        assert!(Address::parse("podinfo").is_none());
    }
}
