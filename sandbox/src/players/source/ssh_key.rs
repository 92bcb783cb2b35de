//! The public half of a private SSH key.

use aws_lc_rs::rsa::KeyPair as RsaKeyPair;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, ECDSA_P521_SHA512_ASN1_SIGNING,
    EcdsaKeyPair, Ed25519KeyPair, KeyPair as _,
};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;

/// What golang.org/x/crypto/ssh says of text that is no private key.
const NO_KEY: &str = "ssh: no key found";

/// Derives the authorized-keys line, without a comment, from a private key: PKCS#8, PKCS#1 or SEC1 PEM, or
/// OpenSSH's own format; Ed25519, ECDSA or RSA. Only the last one can be encrypted, and needs a `password`
/// then, which is taken for the right one.
///
/// # Errors
/// With golang.org/x/crypto/ssh's message.
pub(super) fn public_key(pem: &str, password: &str) -> Result<String, &'static str> {
    let blob = if pem.contains("BEGIN OPENSSH PRIVATE KEY") {
        openssh(pem, password)?
    } else {
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| NO_KEY)?;
        from_der(&key).ok_or(NO_KEY)?
    };
    let (kind, _) = take_string(&blob).ok_or(NO_KEY)?;
    let kind = std::str::from_utf8(kind).map_err(|_| NO_KEY)?;
    Ok(format!("{kind} {}", STANDARD.encode(&blob)))
}

fn from_der(key: &PrivateKeyDer<'_>) -> Option<Vec<u8>> {
    let der = key.secret_der();
    if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
        return Some(encode(&[b"ssh-ed25519", key.public_key().as_ref()]));
    }
    for (curve, algorithm) in [
        ("nistp256", &ECDSA_P256_SHA256_ASN1_SIGNING),
        ("nistp384", &ECDSA_P384_SHA384_ASN1_SIGNING),
        ("nistp521", &ECDSA_P521_SHA512_ASN1_SIGNING),
    ] {
        let key = EcdsaKeyPair::from_pkcs8(algorithm, der)
            .or_else(|_| EcdsaKeyPair::from_private_key_der(algorithm, der));
        if let Ok(key) = key {
            let kind = format!("ecdsa-sha2-{curve}");
            return Some(encode(&[kind.as_bytes(), curve.as_bytes(), key.public_key().as_ref()]));
        }
    }
    let key = RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der)).ok()?;
    let (modulus, exponent) = rsa_integers(key.public_key().as_ref())?;
    Some(encode(&[b"ssh-rsa", exponent, modulus]))
}

/// Modulus and exponent of a DER `RSAPublicKey`, each as the two's complement that SSH wants too.
fn rsa_integers(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let (sequence, _) = take_der(der, 0x30)?;
    let (modulus, rest) = take_der(sequence, 0x02)?;
    let (exponent, _) = take_der(rest, 0x02)?;
    Some((modulus, exponent))
}

/// Splits a DER value with `tag` off `bytes`.
fn take_der(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let rest = bytes.strip_prefix(&[tag])?;
    let (&first, rest) = rest.split_first()?;
    if first < 0x80 {
        return rest.split_at_checked(usize::from(first));
    }
    let (length, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
    let length = length.iter().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
    rest.split_at_checked(length)
}

/// The public key in OpenSSH's container, which holds it in the clear (`PROTOCOL.key`).
fn openssh(pem: &str, password: &str) -> Result<Vec<u8>, &'static str> {
    let body: String =
        pem.lines().map(str::trim).filter(|line| !line.starts_with("-----")).collect();
    let bytes = STANDARD.decode(body).map_err(|_| NO_KEY)?;
    let rest = bytes.strip_prefix(b"openssh-key-v1\0").ok_or(NO_KEY)?;
    let (cipher, rest) = take_string(rest).ok_or(NO_KEY)?;
    if cipher != b"none" && password.is_empty() {
        return Err("ssh: this private key is passphrase protected");
    }
    let (_, rest) = take_string(rest).ok_or(NO_KEY)?;
    let (_, rest) = take_string(rest).ok_or(NO_KEY)?;
    let (_, rest) = rest.split_at_checked(4).ok_or(NO_KEY)?;
    take_string(rest).map(|(blob, _)| blob.to_vec()).ok_or(NO_KEY)
}

fn encode(parts: &[&[u8]]) -> Vec<u8> {
    let mut blob = Vec::new();
    for part in parts {
        let length = u32::try_from(part.len()).expect("key material is short");
        blob.extend(length.to_be_bytes());
        blob.extend(*part);
    }
    blob
}

/// Splits a length-prefixed string off `bytes` (RFC 4251, section 5).
fn take_string(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    rest.split_at_checked(u32::from_be_bytes(*length) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    /// Makes a key pair with the system's `ssh-keygen`; `None` where there is none.
    fn generate(password: &str, options: &[&str]) -> Option<(String, String)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        let mut keygen = Command::new("ssh-keygen");
        let made = keygen.args(["-q", "-N", password, "-C", "c"]).args(options);
        let made = made.arg("-f").arg(&path).status().ok()?;
        assert!(made.success());
        let public = std::fs::read_to_string(path.with_extension("pub")).unwrap();
        let public = public.trim().trim_end_matches(" c").to_owned();
        Some((std::fs::read_to_string(path).unwrap(), public))
    }

    #[test]
    fn derives_what_ssh_keygen_wrote() {
        for options in [
            &["-t", "ed25519"][..],
            &["-t", "ecdsa", "-b", "384"],
            &["-t", "ecdsa", "-b", "256", "-m", "PEM"],
            &["-t", "ecdsa", "-b", "521", "-m", "PKCS8"],
            &["-t", "rsa", "-b", "2048", "-m", "PEM"],
            &["-t", "rsa", "-b", "2048", "-m", "PKCS8"],
        ] {
            let Some((private, public)) = generate("", options) else {
                eprintln!("skipped: there is no ssh-keygen");
                return;
            };
            assert_eq!(public_key(&private, ""), Ok(public), "{options:?}");
        }
    }

    #[test]
    fn an_encrypted_key_needs_a_password() {
        let Some((private, public)) = generate("secret", &["-t", "ed25519"]) else {
            eprintln!("skipped: there is no ssh-keygen");
            return;
        };
        let refused = Err("ssh: this private key is passphrase protected");
        assert_eq!(public_key(&private, ""), refused);
        assert_eq!(public_key(&private, "secret"), Ok(public));
    }

    #[test]
    fn what_is_no_key_is_refused() {
        assert_eq!(public_key("nonsense", ""), Err(NO_KEY));
        let spoiled = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        assert_eq!(public_key(spoiled, ""), Err(NO_KEY));
    }
}
