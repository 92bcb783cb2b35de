//! What `--manifests` names.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use anyhow::{Context as _, Result};
use url::Url;

use crate::digest::Digest;
use crate::error::{Explain as _, usage};

/// Where manifests are to be taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A folder, or a file: `.tar.gz` or YAML.
    Path(PathBuf),
    /// A file of the web.
    Url(Url),
    /// An artifact of a registry.
    Registry(Reference),
}

/// An artifact of an OCI registry: `oci://ghcr.io/fluxcd/flux-manifests:v2.9.4`.
///
/// Source: OCI distribution specification, "Pulling manifests".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Host and port.
    pub registry: String,
    /// The name below it.
    pub repository: String,
    /// The tag; `latest` unless tag or digest are given.
    pub tag: Option<String>,
    /// The digest that the artifact's manifest must have.
    pub digest: Option<Digest>,
}

impl FromStr for Origin {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        match text.split_once("://") {
            Some(("oci", rest)) => rest
                .parse()
                .map(Self::Registry)
                .with_context(|| format!("{text:?} is not the address of an artifact"))
                .hint("write it like oci://ghcr.io/fluxcd/flux-manifests:v2.9.4"),
            Some(("https", _)) => url(text).map(Self::Url),
            Some((scheme, _)) => Err(usage(format!("manifests cannot be taken from {scheme}://"))
                .hint("give a path, or an address with https:// or oci://")),
            None if text.is_empty() => Err(usage("no path and no address is given")),
            None => Ok(Self::Path(text.into())),
        }
    }
}

fn url(text: &str) -> Result<Url> {
    let url = Url::parse(text).map_err(|error| usage(format!("{text:?}: {error}")))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(usage("an address must not hold a user or a password"));
    }
    Ok(url)
}

impl FromStr for Reference {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (name, digest) = match text.split_once('@') {
            Some((name, digest)) => (name, Some(digest.parse()?)),
            None => (text, None),
        };
        let (registry, path) = name.split_once('/').unwrap_or((name, ""));
        let (repository, tag) = match path.split_once(':') {
            Some((repository, tag)) => (repository, Some(tag.to_owned())),
            None => (path, None),
        };
        let has_host = Url::parse(&format!("https://{registry}/")).is_ok_and(|url| {
            url.path() == "/" && url.username().is_empty() && url.password().is_none()
        });
        let is_repository = !repository.is_empty() && repository.split('/').all(is_path_component);
        if !has_host || !is_repository || !tag.as_deref().is_none_or(is_tag) {
            return Err(usage("a registry, a name and perhaps a tag or a digest are expected"));
        }
        let tag = tag.or_else(|| digest.is_none().then(|| "latest".to_owned()));
        let (registry, repository) = (registry.to_owned(), repository.to_owned());
        Ok(Self { registry, repository, tag, digest })
    }
}

fn is_path_component(text: &str) -> bool {
    let is_edge = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.starts_with(is_edge)
        && text.ends_with(is_edge)
        && text.chars().all(|c| is_edge(c) || "._-".contains(c))
}

fn is_tag(text: &str) -> bool {
    (1..=128).contains(&text.len())
        && !text.starts_with(['.', '-'])
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c))
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "oci://{}/{}", self.registry, self.repository)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        match self.digest {
            Some(digest) => write!(f, "@{digest}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.display().fmt(f),
            Self::Url(url) => {
                // What follows the path of a signed address opens the file to whoever reads it.
                let mut shown = url.clone();
                shown.set_query(None);
                shown.set_fragment(None);
                shown.fmt(f)
            }
            Self::Registry(reference) => reference.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Class, class_of};

    #[test]
    fn every_origin_is_told_by_its_form() {
        let digest = Digest::of(b"");
        for (text, shown) in [
            ("manifests", "manifests"),
            ("../a/b.tar.gz", "../a/b.tar.gz"),
            ("https://h.example/m.tar.gz?sig=secret", "https://h.example/m.tar.gz"),
            ("oci://ghcr.io/fluxcd/m", "oci://ghcr.io/fluxcd/m:latest"),
            ("oci://localhost:5000/a/b/m:v2.9.4", "oci://localhost:5000/a/b/m:v2.9.4"),
            (&format!("oci://r.io/m@{digest}"), &format!("oci://r.io/m@{digest}")),
            (&format!("oci://r.io/m:v1@{digest}"), &format!("oci://r.io/m:v1@{digest}")),
        ] {
            assert_eq!(text.parse::<Origin>().unwrap().to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for text in [
            "",
            "http://h.example/m.tar.gz",
            "file:///m.tar.gz",
            "https://u:p@h.example/m",
            "https://",
            "oci://",
            "oci://ghcr.io",
            "oci://ghcr.io/",
            "oci://ghcr.io/UPPER/m",
            "oci://ghcr.io/a/../b:v1",
            "oci://ghcr.io/m:",
            "oci://ghcr.io/m:a/b",
            "oci://u@ghcr.io/m",
            "oci://ghcr.io/m@sha256:12",
        ] {
            let error = text.parse::<Origin>().unwrap_err();
            assert_eq!(class_of(&error), Class::Usage, "{text}");
        }
    }
}
