//! Addresses, by what is fetched from them.

use anyhow::{Result, anyhow};
use url::Url;

/// The address of a Git repository.
///
/// # Errors
/// With the schemes that there are; `user@host:path` is none.
pub fn git(text: &str) -> Result<String> {
    with_scheme(text, &["ssh", "http", "https"], "ssh://git@github.com/acme/fleet")
}

/// The address of a Helm repository.
///
/// # Errors
/// With the schemes that there are.
pub fn helm(text: &str) -> Result<String> {
    with_scheme(text, &["http", "https", "oci"], "https://charts.example.com")
}

/// The address of an artifact in a registry, without a tag.
///
/// # Errors
/// With the scheme.
pub fn oci(text: &str) -> Result<String> {
    with_scheme(text, &["oci"], "oci://ghcr.io/acme/manifests")
}

/// The address of a service that is spoken to by HTTP.
///
/// # Errors
/// With the schemes that there are.
pub fn http(text: &str) -> Result<String> {
    with_scheme(text, &["http", "https"], "https://hooks.example.com/a")
}

/// The address of an issuer of tokens.
///
/// # Errors
/// With the scheme that there is.
pub fn issuer(text: &str) -> Result<String> {
    with_scheme(text, &["https"], "https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE")
}

/// The address of a proxy.
///
/// # Errors
/// With the schemes that there are.
pub fn proxy(text: &str) -> Result<String> {
    with_scheme(text, &["http", "https", "socks5"], "http://proxy.example.com:3128")
}

/// The endpoint of an object store: host and port alone, as upstream takes them.
///
/// # Errors
/// With what it should look like.
pub fn endpoint(text: &str) -> Result<String> {
    let is_right = Url::parse(&format!("https://{text}"))
        .is_ok_and(|url| url.path() == "/" && !text.ends_with('/') && url.username().is_empty());
    if is_right {
        return Ok(text.to_owned());
    }
    Err(anyhow!("{text:?} is not HOST[:PORT], like minio.example.com:9000"))
}

/// The name of a repository of images, without scheme, tag and digest.
///
/// # Errors
/// With what is wrong.
pub fn image_repository(text: &str) -> Result<String> {
    let refused = |what: &str| {
        anyhow!("{text:?} is not a repository of images: {what}; a right one is ghcr.io/acme/app")
    };
    if text.contains("://") {
        return Err(refused("it has no scheme"));
    }
    if text.contains('@') {
        return Err(refused("it has no digest"));
    }
    let (host, path) = match text.split_once('/') {
        Some((host, path)) if host.contains(['.', ':']) || host == "localhost" => (host, path),
        _ => ("", text),
    };
    if path.contains(':') {
        return Err(refused("it has no tag"));
    }
    let is_host = host.is_empty() || endpoint(host).is_ok();
    if is_host && path.split('/').all(is_path_part) {
        return Ok(text.to_owned());
    }
    Err(refused("its parts are lower-case letters and digits, with '.', '_' and '-' between them"))
}

fn is_path_part(part: &str) -> bool {
    let is_inner =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte);
    let is_outer = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = part.as_bytes();
    part.bytes().all(is_inner) && is_outer(bytes.first()) && is_outer(bytes.last())
}

fn with_scheme(text: &str, schemes: &[&str], example: &str) -> Result<String> {
    let is_right = Url::parse(text).is_ok_and(|url| {
        schemes.contains(&url.scheme()) && url.host_str().is_some_and(|host| !host.is_empty())
    });
    if is_right {
        return Ok(text.to_owned());
    }
    let schemes: Vec<String> = schemes.iter().map(|scheme| format!("{scheme}://")).collect();
    Err(anyhow!(
        "{text:?} is not an address with {} and a host, like {example}",
        schemes.join(" or ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    type Check = fn(&str) -> Result<String>;

    #[test]
    fn each_kind_of_source_has_its_schemes() {
        let checks: [(Check, &[&str], &[&str]); 4] = [
            (
                git,
                &["https://github.com/a/b", "http://a/b", "ssh://git@github.com:22/a/b"],
                &["git@github.com:a/b", "git://a/b", "https://", "a/b", "", "oci://a/b"],
            ),
            (
                helm,
                &["https://charts.example.com/", "oci://ghcr.io/a", "http://a"],
                &["ssh://a/b", "charts.example.com", "oci://"],
            ),
            (oci, &["oci://ghcr.io/a/b"], &["ghcr.io/a/b", "https://ghcr.io/a/b", "oci:///a"]),
            (http, &["https://hooks.example.com/x?y=z"], &["nats://a", "slack", ""]),
        ];
        for (check, good, bad) in checks {
            for good in good {
                assert_eq!(check(good).unwrap(), *good);
            }
            for bad in bad {
                assert!(check(bad).is_err(), "{bad}");
            }
        }
    }

    #[test]
    fn endpoints_are_hosts_with_ports() {
        for good in ["s3.amazonaws.com", "minio:9000", "10.0.0.1:80", "[::1]:9000"] {
            assert!(endpoint(good).is_ok(), "{good}");
        }
        for bad in ["", "https://minio", "minio/bucket", "minio:x", "a@minio", "minio/"] {
            assert!(endpoint(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn images_are_named_without_tag_and_digest() {
        for good in ["ghcr.io/acme/app", "alpine", "localhost:5000/a/b_c", "library/nginx"] {
            assert!(image_repository(good).is_ok(), "{good}");
        }
        for bad in ["", "oci://a/b", "a/b:1.0", "a@sha256:1", "A/b", "ghcr.io/", "a//b", "a/-b"] {
            assert!(image_repository(bad).is_err(), "{bad}");
        }
    }
}
