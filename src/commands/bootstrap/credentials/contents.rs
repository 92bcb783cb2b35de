//! What a Secret holds, has to hold and must not hold. Pure.

use std::collections::BTreeMap;

use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use secrecy::{ExposeSecret as _, SecretString};

use crate::git_host::ssh_key::PublicKey;

/// The keys and values of a Secret.
pub(in crate::commands::bootstrap) type Data = BTreeMap<String, ByteString>;

/// The keys of a Secret that authenticate. Those of another way than the wanted one do not stay: they are
/// secrets that nobody needs any more, and source-controller refuses some of them beside others.
const AUTHENTICATING: [&str; 11] = [
    "bearerToken",
    "githubAppBaseURL",
    "githubAppID",
    "githubAppInstallationID",
    "githubAppInstallationOwner",
    "githubAppPrivateKey",
    "identity",
    "identity.pub",
    "known_hosts",
    "password",
    "username",
];

/// A private key and its public half.
pub(super) fn pair(private_pem: &SecretString, public: &PublicKey) -> Data {
    Data::from([
        ("identity".to_owned(), bytes(private_pem.expose_secret())),
        ("identity.pub".to_owned(), bytes(&format!("{public}\n"))),
    ])
}

/// The keys of `wanted` that the Secret does not have with these values.
pub(super) fn missing<'a>(wanted: &'a Data, present: Option<&Secret>) -> Vec<&'a str> {
    let present = present.and_then(|secret| secret.data.as_ref());
    let of_present = |key: &String| present.and_then(|data| data.get(key));
    let missing = wanted.iter().filter(|(key, value)| of_present(key) != Some(*value));
    missing.map(|(key, _)| key.as_str()).collect()
}

/// The keys of the Secret that authenticate in another way than `wanted`.
pub(super) fn stale(wanted: &Data, present: Option<&Secret>) -> Vec<String> {
    let present = present.and_then(|secret| secret.data.as_ref()).into_iter().flatten();
    let is_stale = |key: &&String| {
        AUTHENTICATING.contains(&key.as_str()) && !wanted.contains_key(key.as_str())
    };
    present.map(|(key, _)| key).filter(is_stale).cloned().collect()
}

/// The public key of a Secret that holds a whole pair.
pub(super) fn usable_key(data: &Data) -> Option<PublicKey> {
    let text = |key: &str| std::str::from_utf8(&data.get(key)?.0).ok();
    let (identity, public) = (text("identity")?, text("identity.pub")?.parse().ok()?);
    let is_pair = match PublicKey::of_private(identity) {
        Some(half) => half == public,
        // Somebody's own key with a passphrase, which the Secret holds as well.
        None => identity.contains("ENCRYPTED") && data.contains_key("password"),
    };
    is_pair.then_some(public)
}

/// Whether the Secret's `known_hosts` has one of the host's present keys.
pub(super) fn knows(data: Option<&Data>, host_keys: &[String]) -> bool {
    let Some(known) = data.and_then(|data| data.get("known_hosts")) else { return false };
    let known = String::from_utf8_lossy(&known.0);
    known.lines().any(|line| host_keys.iter().any(|key| key == line.trim()))
}

pub(super) fn bytes(text: &str) -> ByteString {
    ByteString(text.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git_host::ssh_key::{Algorithm, KeyPair};

    fn data(entries: &[(&str, &str)]) -> Data {
        entries.iter().map(|(key, value)| ((*key).to_owned(), bytes(value))).collect()
    }

    #[test]
    fn a_whole_pair_is_kept_and_half_of_one_is_not() {
        let [pair, other] = [(); 2].map(|()| KeyPair::generate(Algorithm::Ed25519).unwrap());
        let line = format!("{} flux\n", pair.public);
        let pem = pair.private_pem.expose_secret();
        let whole = [("identity", pem), ("identity.pub", &line)];
        assert_eq!(usable_key(&data(&whole)), Some(pair.public.clone()));
        let spoiled = "-----BEGIN PRIVATE KEY-----\nc3BvaWxlZA==\n-----END PRIVATE KEY-----\n";
        for broken in [
            data(&[("identity.pub", &line)]),
            data(&[("identity", pem)]),
            data(&[("identity", spoiled), ("identity.pub", &line)]),
            data(&[("identity", other.private_pem.expose_secret()), ("identity.pub", &line)]),
            data(&[("identity", pem), ("identity.pub", "ssh-rsa ???")]),
        ] {
            assert_eq!(usable_key(&broken), None);
        }
    }

    #[test]
    fn a_key_with_a_passphrase_is_kept_as_long_as_the_passphrase_is_there() {
        let public = KeyPair::generate(Algorithm::Ed25519).unwrap().public;
        let (line, pem) = (public.to_string(), "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
        let locked = [("identity", pem), ("identity.pub", line.as_str())];
        assert_eq!(usable_key(&data(&locked)), None);
        let opened = [&locked[..], &[("password", "secret")]].concat();
        assert_eq!(usable_key(&data(&opened)), Some(public));
    }

    #[test]
    fn only_what_the_secret_does_not_have_is_written() {
        let wanted = data(&[("username", "git"), ("password", "token"), ("ca.crt", "pem")]);
        assert_eq!(missing(&wanted, None), ["ca.crt", "password", "username"]);
        let mut present = wanted.clone();
        present.insert("password".into(), bytes("old"));
        let secret = Secret { data: Some(present), ..Secret::default() };
        assert_eq!(missing(&wanted, Some(&secret)), ["password"]);
        let secret = Secret { data: Some(wanted.clone()), ..Secret::default() };
        assert!(missing(&wanted, Some(&secret)).is_empty());
    }

    #[test]
    fn what_authenticates_in_another_way_does_not_stay() {
        let wanted = data(&[("username", "git"), ("password", "token")]);
        let present =
            data(&[("identity", "x"), ("ca.crt", "x"), ("password", "x"), ("notes", "x")]);
        let secret = Secret { data: Some(present), ..Secret::default() };
        assert_eq!(stale(&wanted, Some(&secret)), ["identity"]);
        assert_eq!(stale(&Data::new(), Some(&secret)), ["identity", "password"]);
        assert!(stale(&wanted, None).is_empty());
    }

    #[test]
    fn one_present_host_key_is_enough() {
        let present =
            data(&[("known_hosts", "github.com ssh-rsa AAAA\ngithub.com ssh-ed25519 BBBB")]);
        assert!(knows(Some(&present), &["github.com ssh-ed25519 BBBB".to_owned()]));
        assert!(!knows(Some(&present), &["github.com ssh-ed25519 CCCC".to_owned()]));
        assert!(!knows(None, &["github.com ssh-ed25519 CCCC".to_owned()]));
    }
}
