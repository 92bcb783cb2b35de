//! `create secret notation`: certificates and a trust policy.

use std::path::Path;

use anyhow::{Context as _, Result};
use secrecy::ExposeSecret as _;
use serde_json::Value;

use super::Wanted;
use crate::cli::create::secret::NotationArgs;
use crate::commands::files;
use crate::error::{Class, Explain as _, usage};

pub(super) fn wanted(args: &NotationArgs) -> Result<Wanted> {
    let mut entries = Vec::new();
    for path in &args.ca_cert_files {
        entries.push((key(path)?, files::verbatim(path, "--ca-cert-file")?));
    }
    let policy = files::verbatim(&args.trust_policy_file, "--trust-policy-file")?;
    check(policy.expose_secret())
        .context("--trust-policy-file cannot be used")
        .class(Class::Usage)?;
    entries.push(("trustpolicy.json".to_owned(), policy));
    Ok(Wanted::opaque(&args.name, entries))
}

/// The key of a certificate: its file's name.
fn key(path: &Path) -> Result<String> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if name.ends_with(".crt") || name.ends_with(".pem") {
        return Ok(name.to_owned());
    }
    Err(usage(format!(
        "--ca-cert-file: the name of {} ends in neither .crt nor .pem, like ca.crt",
        path.display()
    )))
}

/// Checks what every trust policy has.
///
/// Source: the Notary Project's specification, "Trust policy".
fn check(policy: &str) -> Result<()> {
    let policy: Value = serde_json::from_str(policy).context("it is not JSON")?;
    anyhow::ensure!(policy["version"] == "1.0", "its version is not \"1.0\"");
    let policies = policy["trustPolicies"].as_array().filter(|policies| !policies.is_empty());
    let policies = policies.context("it has no trustPolicies")?;
    for (index, policy) in policies.iter().enumerate() {
        for field in ["name", "registryScopes", "signatureVerification"] {
            anyhow::ensure!(!policy[field].is_null(), "its policy {} has no {field}", index + 1);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trust_policy_has_what_every_one_has() {
        let right = r#"{"version": "1.0", "trustPolicies": [{"name": "a", "registryScopes": ["*"],
            "signatureVerification": {"level": "strict"}}]}"#;
        assert!(check(right).is_ok());
        for wrong in [
            "",
            "{}",
            r#"{"version": "1.0", "trustPolicies": []}"#,
            r#"{"version": "2.0", "trustPolicies": [{}]}"#,
            r#"{"version": "1.0", "trustPolicies": [{"name": "a"}]}"#,
        ] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }
}
