//! Versions of Flux and of Kubernetes, compared.

use anyhow::{Result, anyhow};
use semver::Version;

use super::components::FLUX_VERSION;
use crate::error::{Class, Explain as _, usage};

/// The oldest Kubernetes that the embedded Flux release works with, as `check` shows it.
pub const KUBERNETES_RANGE: &str = kubernetes_range(9);

/// The minors of Flux 2 whose APIs the kinds and the install options know.
const OLDEST_MINOR: u64 = 6;
const NEWEST_MINOR: u64 = 9;

/// The range for a minor of Flux 2 that is supported.
///
/// Source: fluxcd/flux2, `cmd/flux/check.go` of each minor's last release.
const fn kubernetes_range(minor: u64) -> &'static str {
    match minor {
        ..=6 => ">=1.31.0-0",
        7 => ">=1.32.0-0",
        _ => ">=1.33.0-0",
    }
}

/// The range of Kubernetes for the Flux release `flux`; that of the embedded one when it cannot be read.
#[must_use]
pub fn kubernetes_range_of(flux: &str) -> &'static str {
    parse(flux).map_or(KUBERNETES_RANGE, |flux| kubernetes_range(flux.minor))
}

/// Reads the name of a Flux release that can be installed, with or without `v`, and returns it with `v`.
///
/// # Errors
/// [`Class::Usage`] for what is no version, and for a release that is too old or too new.
pub fn flux_release(text: &str) -> Result<String> {
    let Some(version) = parse(text) else {
        return Err(usage(format!("{text:?} is not the version of a Flux release"))
            .hint("write it like v2.9.4"));
    };
    if version.major == 2 && (OLDEST_MINOR..=NEWEST_MINOR).contains(&version.minor) {
        return Ok(format!("v{version}"));
    }
    let is_newer = (version.major, version.minor) > (2, NEWEST_MINOR);
    let hint = match is_newer {
        true => "use a newer nigari".to_owned(),
        false => format!("choose v2.{OLDEST_MINOR}.0 or newer; this nigari brings {FLUX_VERSION}"),
    };
    Err(anyhow!(
        "Flux v{version} cannot be installed by this nigari, which knows Flux 2.{OLDEST_MINOR} to \
         2.{NEWEST_MINOR}"
    )
    .class(Class::Usage)
    .hint(hint))
}

/// Reads a version with or without `v`: `v2.9.4`, `v1.33.4-gke.1000`; nothing where it is none.
#[must_use]
pub fn parse(text: &str) -> Option<Version> {
    Version::parse(text.strip_prefix('v').unwrap_or(text)).ok()
}

/// Whether a version of Kubernetes is in `range`; one that cannot be read is.
///
/// A provider's suffix after a hyphen counts as more than the plain version that the range begins with.
#[must_use]
pub fn is_kubernetes_supported(version: &str, range: &str) -> bool {
    let oldest = parse(range.trim_start_matches(">="));
    parse(version).is_none_or(|version| oldest.is_some_and(|oldest| version >= oldest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    #[test]
    fn the_range_begins_with_its_first_preview() {
        for (version, is_supported) in [
            ("v1.33.0", true),
            ("v1.33.0-alpha.1", true),
            ("v1.33.4-gke.1172000", true),
            ("v1.34.1+k3s1", true),
            ("v1.32.9", false),
            ("v1.32.9-eks-113cf36", false),
            ("v2.0.0", true),
            ("custom", true),
        ] {
            let found = is_kubernetes_supported(version, KUBERNETES_RANGE);
            assert_eq!(found, is_supported, "{version}");
        }
    }

    #[test]
    fn the_embedded_release_is_the_newest_that_is_known() {
        assert_eq!(parse(FLUX_VERSION).unwrap().minor, NEWEST_MINOR);
        assert_eq!(kubernetes_range_of(FLUX_VERSION), KUBERNETES_RANGE);
        assert_eq!(kubernetes_range_of("v2.6.4"), ">=1.31.0-0");
    }

    #[test]
    fn only_releases_that_are_known_can_be_installed() {
        for (text, expected) in
            [("v2.9.4", "v2.9.4"), ("2.6.0", "v2.6.0"), ("v2.9.0-rc.1", "v2.9.0-rc.1")]
        {
            assert_eq!(flux_release(text).unwrap(), expected);
        }
        for text in ["v2.5.1", "v2.10.0", "v3.0.0", "v1.9.4", "2.9", "main", "", "../v2.9.4"] {
            assert_eq!(class_of(&flux_release(text).unwrap_err()), Class::Usage, "{text}");
        }
    }

    #[test]
    fn a_tenth_minor_is_newer_than_the_ninth() {
        assert!(parse("v2.10.0") > parse("v2.9.4"));
        assert!(parse("v2.9.0-rc.1") < parse("v2.9.0"));
        assert_eq!(parse("main"), None);
    }
}
