//! Versions of Flux and of Kubernetes, compared.

use semver::Version;

/// The oldest Kubernetes that the embedded Flux release works with, as `check` shows it.
///
/// Source: fluxcd/flux2 v2.9, `cmd/flux/check.go`.
pub const KUBERNETES_RANGE: &str = ">=1.33.0-0";

/// Reads a version with or without `v`: `v2.9.4`, `v1.33.4-gke.1000`; nothing where it is none.
#[must_use]
pub fn parse(text: &str) -> Option<Version> {
    Version::parse(text.strip_prefix('v').unwrap_or(text)).ok()
}

/// Whether a version of Kubernetes is in [`KUBERNETES_RANGE`]; one that cannot be read is.
///
/// A provider's suffix after a hyphen counts as more than the plain version that the range begins with.
#[must_use]
pub fn is_kubernetes_supported(version: &str) -> bool {
    let oldest = parse(KUBERNETES_RANGE.trim_start_matches(">="));
    parse(version).is_none_or(|version| oldest.is_some_and(|oldest| version >= oldest))
}

#[cfg(test)]
mod tests {
    use super::*;

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
            assert_eq!(is_kubernetes_supported(version), is_supported, "{version}");
        }
    }

    #[test]
    fn a_tenth_minor_is_newer_than_the_ninth() {
        assert!(parse("v2.10.0") > parse("v2.9.4"));
        assert!(parse("v2.9.0-rc.1") < parse("v2.9.0"));
        assert_eq!(parse("main"), None);
    }
}
