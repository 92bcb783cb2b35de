//! Encrypted Secrets: the sandbox decrypts none, but fails as the controller does for want of a key.
//!
//! Source: kustomize-controller, `internal/decryptor/decryptor.go`; getsops/sops for the group's text.

use anyhow::Result;
use kube::Client;
use serde_json::Value;

use super::super::object::Tracked;
use super::super::source;
use super::GROUP;

/// Checks what `spec.decryption` refers to, and that nothing has to be decrypted with it.
///
/// # Errors
/// The inner error is the controller's message.
pub(super) async fn check(
    client: &Client,
    object: &Tracked,
    objects: &[Value],
) -> Result<Result<(), String>> {
    if object.at("/spec/decryption").is_none() {
        return Ok(Ok(()));
    }
    let mut has_key = false;
    if let Some(name) = object.str("/spec/decryption/secretRef/name") {
        let Some(secret) = source::secret(client, object.namespace(), name).await? else {
            return Ok(Err(format!("secrets \"{name}\" not found")));
        };
        has_key = secret.data.unwrap_or_default().keys().any(|key| key.ends_with(".agekey"));
    }
    Ok(match objects.iter().find(|object| is_encrypted(object)) {
        None => Ok(()),
        Some(_) if has_key => Err("the sandbox decrypts nothing".to_owned()),
        Some(encrypted) => Err(undecryptable(encrypted)),
    })
}

/// An encrypted Secret that nobody was asked to decrypt.
pub(super) fn left_encrypted(objects: &[Value]) -> Option<String> {
    let encrypted =
        objects.iter().find(|object| object["kind"] == "Secret" && is_encrypted(object))?;
    let subject = super::super::inventory::Entry::of(encrypted).subject();
    Some(format!(
        "{subject} is SOPS encrypted, configuring decryption is required for this secret to be reconciled"
    ))
}

fn is_encrypted(object: &Value) -> bool {
    let annotations = &object["metadata"]["annotations"];
    object["sops"].is_object() && annotations[format!("{GROUP}/decrypt")] != "disabled"
}

fn undecryptable(object: &Value) -> String {
    let text = |pointer: &str| object.pointer(pointer).and_then(Value::as_str).unwrap_or_default();
    let (kind, name, namespace) =
        (text("/kind"), text("/metadata/name"), text("/metadata/namespace"));
    let recipient = object.pointer("/sops/age/0/recipient").and_then(Value::as_str);
    let recipient = recipient.unwrap_or("age");
    format!(
        "decryption failed for '{kind}.{}.[noGrp]/{name}': failed to decrypt and format \
         '{namespace}/{name}' {kind} data: cannot get sops data key: Failed to get the data key required \
         to decrypt the SOPS file.\n\nGroup 0: FAILED\n  {recipient}: FAILED",
        text("/apiVersion")
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn secret(annotations: &Value) -> Value {
        json!({
            "apiVersion": "v1", "kind": "Secret",
            "metadata": {"name": "token", "namespace": "apps", "annotations": annotations},
            "sops": {"age": [{"recipient": "age1x"}], "mac": "ENC[]"},
        })
    }

    #[test]
    fn an_encrypted_secret_is_not_applied_as_it_is() {
        let told = left_encrypted(&[secret(&json!({}))]).unwrap();
        assert!(told.starts_with("Secret/apps/token is SOPS encrypted"), "{told}");
        let disabled = json!({"kustomize.toolkit.fluxcd.io/decrypt": "disabled"});
        assert_eq!(left_encrypted(&[secret(&disabled)]), None);
    }

    #[test]
    fn the_key_that_is_missing_is_named() {
        let told = undecryptable(&secret(&json!({})));
        assert!(told.starts_with("decryption failed for 'Secret.v1.[noGrp]/token'"), "{told}");
        assert!(told.ends_with("  age1x: FAILED"), "{told}");
    }
}
