//! Which proxy, if any, stands between us and the API server.
//!
//! kube 5.0 compares `NO_PROXY` with the proxy's own host instead of the API server's, and refuses to
//! load a configuration when the variable has an empty element or blanks. Its loader is therefore not
//! used; the rules here are those of Go's `net/http`, which `kubectl` and `flux` follow.

use std::net::IpAddr;

use anyhow::{Context as _, Result};
use http::Uri;

use crate::error::{Class, Explain as _};

/// The proxy variables of the environment, as they were when the process started.
#[derive(Clone, Debug, Default)]
pub struct ProxyVariables {
    /// `HTTPS_PROXY` or `https_proxy`: for servers reached by https.
    pub https: Option<String>,
    /// `HTTP_PROXY` or `http_proxy`: for servers reached by http.
    pub http: Option<String>,
    /// `NO_PROXY` or `no_proxy`: servers that are reached directly.
    pub exceptions: Option<String>,
}

impl ProxyVariables {
    /// The proxy for `server`: the kubeconfig's own without exception, else the environment's unless
    /// `NO_PROXY` names the server.
    ///
    /// # Errors
    /// [`Class::Usage`] when the address of the proxy cannot be understood.
    ///
    /// Source: client-go `tools/clientcmd` (`proxy-url` becomes `http.ProxyURL`), Go's
    /// `golang.org/x/net/http/httpproxy`.
    pub fn proxy_for(&self, server: &Uri, kubeconfig: Option<&str>) -> Result<Option<Uri>> {
        if let Some(own) = kubeconfig.filter(|own| !own.is_empty()) {
            return parse_proxy(own).map(Some);
        }
        let is_plain = server.scheme_str() == Some("http");
        let proxy = if is_plain { &self.http } else { &self.https };
        let Some(proxy) = proxy.as_deref().filter(|proxy| !proxy.is_empty()) else {
            return Ok(None);
        };
        let host = server.host().unwrap_or_default();
        let port = server.port_u16().unwrap_or(if is_plain { 80 } else { 443 });
        if is_direct(host, port, self.exceptions.as_deref().unwrap_or_default()) {
            return Ok(None);
        }
        parse_proxy(proxy).map(Some)
    }
}

/// Where a proxy is, without the password that its address may hold.
pub(super) fn in_messages(proxy: &Uri) -> Option<String> {
    let port = proxy.port_u16().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{}://{}{port}", proxy.scheme_str()?, proxy.host()?))
}

/// A proxy's address; without a scheme it is an http proxy.
fn parse_proxy(text: &str) -> Result<Uri> {
    let text = match text.strip_prefix("socks5h://") {
        // The tunnel always lets the proxy resolve names, which is what the `h` asks for.
        Some(rest) => format!("socks5://{rest}"),
        None if text.contains("://") => text.to_owned(),
        None => format!("http://{text}"),
    };
    // The address may hold a password, so it is not repeated here.
    text.parse().context("the address of the proxy is not a URL").class(Class::Usage)
}

/// Whether `host:port` is reached without the environment's proxy.
fn is_direct(host: &str, port: u16, exceptions: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let address: Option<IpAddr> = host.parse().ok();
    let is_local = host == "localhost" || address.is_some_and(|address| address.is_loopback());
    let mut entries = exceptions.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    is_local || entries.any(|entry| matches(&entry.to_ascii_lowercase(), &host, address, port))
}

/// Whether one element of `NO_PROXY` covers the server.
fn matches(entry: &str, host: &str, address: Option<IpAddr>, port: u16) -> bool {
    if entry == "*" {
        return true;
    }
    if let Some((network, bits)) = network(entry) {
        return address.is_some_and(|address| contains(network, bits, address));
    }
    let (name, wanted_port) = split_port(entry);
    if wanted_port.is_some_and(|wanted| wanted != port.to_string()) {
        return false;
    }
    if let Ok(wanted) = name.parse::<IpAddr>() {
        return address == Some(wanted);
    }
    match name.strip_prefix("*.").or_else(|| name.strip_prefix('.')) {
        Some(parent) => is_below(host, parent),
        None => host == name || is_below(host, name),
    }
}

/// `host` is a proper subdomain of `parent`.
fn is_below(host: &str, parent: &str) -> bool {
    !parent.is_empty()
        && host.strip_suffix(parent).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
}

/// The port of `host:port` and `[v6]:port`; a bare IPv6 address has none.
fn split_port(entry: &str) -> (&str, Option<&str>) {
    if let Some(rest) = entry.strip_prefix('[') {
        let (address, after) = rest.split_once(']').unwrap_or((rest, ""));
        return (address, after.strip_prefix(':'));
    }
    match entry.split_once(':') {
        Some((name, port)) if !port.contains(':') => (name, Some(port)),
        _ => (entry, None),
    }
}

fn network(entry: &str) -> Option<(IpAddr, u8)> {
    let (address, bits) = entry.split_once('/')?;
    let (address, bits) = (address.parse::<IpAddr>().ok()?, bits.parse().ok()?);
    (bits <= if address.is_ipv4() { 32 } else { 128 }).then_some((address, bits))
}

fn contains(network: IpAddr, bits: u8, address: IpAddr) -> bool {
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            network.to_bits() & mask == address.to_bits() & mask
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            network.to_bits() & mask == address.to_bits() & mask
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_name_the_proxy_without_its_password() {
        for (proxy, told) in [
            ("http://ann:hunter2@proxy:3128/", "http://proxy:3128"),
            ("socks5://proxy", "socks5://proxy"),
        ] {
            let proxy: Uri = proxy.parse().expect("an address");
            assert_eq!(in_messages(&proxy).as_deref(), Some(told));
        }
    }

    #[test]
    fn no_proxy_follows_gos_rules() {
        for (host, exceptions, direct) in [
            ("10.1.2.3", "10.0.0.0/8", true),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.3:6443", true),
            ("10.1.2.3", "10.1.2.3:443", false),
            ("10.1.2.3", "192.168.0.0/16", false),
            ("10.1.2.3", "0.0.0.0/0", true),
            ("10.1.2.3", "10.1.2.3/33", false),
            ("[fd00::1]", "fd00::/8", true),
            ("[fd00::1]", "[fd00::1]:6443", true),
            ("[fd00::1]", "fd00::1", true),
            ("api.example.com", "example.com", true),
            ("example.com", "example.com", true),
            ("badexample.com", "example.com", false),
            ("api.example.com", ".example.com", true),
            ("example.com", ".example.com", false),
            ("api.example.com", "*.example.com", true),
            ("API.example.com", "api.EXAMPLE.com", true),
            ("api.example.com", "example.com:6443", true),
            ("api.example.com", "example.com:443", false),
            ("api.example.com", "*", true),
            ("api.example.com", "localhost,,  ,.svc , example.com", true),
            ("api.example.com", "", false),
            ("localhost", "", true),
            ("127.0.0.1", "", true),
            ("[::1]", "", true),
        ] {
            assert_eq!(is_direct(host, 6443, exceptions), direct, "{host} with {exceptions:?}");
        }
    }

    fn chosen(
        server: &str,
        kubeconfig: Option<&str>,
        variables: &ProxyVariables,
    ) -> Option<String> {
        let server = server.parse().expect("the test's address is a URI");
        let proxy = variables.proxy_for(&server, kubeconfig).expect("the proxy is understood");
        proxy.map(|proxy| proxy.to_string())
    }

    #[test]
    fn the_kubeconfigs_proxy_wins_and_knows_no_exceptions() {
        let variables = ProxyVariables {
            https: Some("http://env:3128".into()),
            http: None,
            exceptions: Some("*".into()),
        };
        let proxy = chosen("https://api:6443", Some("socks5h://own:1080"), &variables);
        assert_eq!(proxy.as_deref(), Some("socks5://own:1080/"));
        assert_eq!(chosen("https://api:6443", None, &variables), None);
    }

    #[test]
    fn the_servers_scheme_chooses_the_variable() {
        let variables = ProxyVariables {
            https: Some("secure:3128".into()),
            http: Some("http://plain:3128".into()),
            exceptions: None,
        };
        let secure = chosen("https://api:6443", None, &variables);
        assert_eq!(secure.as_deref(), Some("http://secure:3128/"));
        let plain = chosen("http://api:8080", None, &variables);
        assert_eq!(plain.as_deref(), Some("http://plain:3128/"));
    }

    #[test]
    fn a_broken_address_is_refused_without_repeating_it() {
        let variables =
            ProxyVariables { https: Some("http://me:pass word@x".into()), ..Default::default() };
        let server = "https://api:6443".parse().expect("a URI");
        let error = variables.proxy_for(&server, None).expect_err("a blank is no part of a URL");
        assert!(!format!("{error:#}").contains("pass"));
    }
}
