//! OpenSSH public keys: parsing them, and making host keys.

use std::fmt;

use anyhow::{Context as _, Result};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const KINDS: &[&str] = &[
    "ssh-ed25519",
    "ssh-rsa",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ssh-ed25519@openssh.com",
    "sk-ecdsa-sha2-nistp256@openssh.com",
];

/// A public key: its kind and its key material, without the comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PublicKey {
    kind: String,
    blob: Vec<u8>,
}

impl PublicKey {
    /// Reads `KIND BASE64 [COMMENT]`; `None` unless the material says the same kind.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let kind = words.next().filter(|kind| KINDS.contains(kind))?;
        let blob = STANDARD.decode(words.next()?).ok()?;
        let (inner, rest) = take_string(&blob)?;
        let (key, _) = take_string(rest)?;
        let is_sound = inner == kind.as_bytes()
            && !key.is_empty()
            && (kind != "ssh-ed25519" || key.len() == 32);
        is_sound.then(|| Self { kind: kind.to_owned(), blob })
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.kind, STANDARD.encode(&self.blob))
    }
}

/// Makes one host key of each kind that GitHub's SSH front end has and that is quick to make.
///
/// # Errors
/// Only when the system has no randomness to offer.
pub(super) fn new_host_keys() -> Result<Vec<PublicKey>> {
    let ed25519 = Ed25519KeyPair::generate().context("cannot generate a host key")?;
    let ecdsa = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING)
        .context("cannot generate a host key")?;
    Ok(vec![
        encode("ssh-ed25519", &[ed25519.public_key().as_ref()]),
        encode("ecdsa-sha2-nistp256", &[b"nistp256", ecdsa.public_key().as_ref()]),
    ])
}

fn encode(kind: &str, parts: &[&[u8]]) -> PublicKey {
    let mut blob = Vec::new();
    for part in std::iter::once(kind.as_bytes()).chain(parts.iter().copied()) {
        let length = u32::try_from(part.len()).expect("key material is short");
        blob.extend(length.to_be_bytes());
        blob.extend(part);
    }
    PublicKey { kind: kind.to_owned(), blob }
}

/// Splits a length-prefixed string off `bytes` (RFC 4251, section 5).
fn take_string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_be_bytes(*length) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn host_keys_survive_a_round_trip_through_text() {
        for key in new_host_keys().unwrap() {
            assert_eq!(PublicKey::parse(&format!("{key} comment")).as_ref(), Some(&key));
        }
    }

    #[test]
    fn a_key_whose_material_is_of_another_kind_is_refused() {
        let line = encode("ssh-rsa", &[b"x"]).to_string().replace("ssh-rsa ", "ssh-ed25519 ");
        assert_eq!(PublicKey::parse(&line), None);
    }

    #[test]
    fn truncated_material_is_refused() {
        assert_eq!(PublicKey::parse("ssh-ed25519 AAAA"), None);
        assert_eq!(PublicKey::parse("ssh-ed25519"), None);
    }
}
