//! GitHub Apps: who owns a key, where the App is installed, and the tokens of its installations.
//!
//! An App shows an assertion that its private key has signed (RFC 7519, RS256), and gets a token for one
//! installation. Source: GitHub's documentation of authenticating as an App.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use k8s_openapi::jiff::Timestamp;
use serde_json::{Value, json};

use super::GitHub;
use super::access::Caller;
use super::state::{State, Token, TokenKind};

/// How long GitHub accepts an assertion at most, in seconds.
const LONGEST_ASSERTION: i64 = 600;
/// By how many seconds clocks may differ.
const TOLERANCE: i64 = 5;
/// How long a token of an installation lasts, in seconds.
const TOKEN_LIFETIME: i64 = 3600;

/// A GitHub App.
#[derive(Clone, Debug)]
pub(super) struct App {
    pub(super) id: u64,
    pub(super) slug: String,
    /// Public halves of its private keys, as `RSAPublicKey`.
    keys: Vec<Vec<u8>>,
    pub(super) installations: Vec<Installation>,
}

/// Where an App is installed, and with which rights.
#[derive(Clone, Debug)]
pub(super) struct Installation {
    pub(super) id: u64,
    pub(super) account: String,
    pub(super) permissions: BTreeMap<String, String>,
    /// `OWNER/NAME` of each repository it covers; `None` covers all of the account's.
    pub(super) repositories: Option<Vec<String>>,
    pub(super) is_suspended: bool,
    pub(super) created_at: Timestamp,
}

/// A token of an installation, and until when it is good.
pub(super) struct Minted {
    pub(super) value: String,
    pub(super) expires_at: Timestamp,
    pub(super) permissions: BTreeMap<String, String>,
}

/// Why no token is minted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotMinted {
    /// The App has no such installation.
    Unknown,
    Suspended,
    /// More was asked for than was granted.
    NotGranted,
    /// Another repository than the installation's.
    NoRepository,
}

impl GitHub {
    /// Registers an App; returns its id and its private key, a PEM file as GitHub gives them out.
    ///
    /// # Errors
    /// Only when the system has no randomness to offer.
    pub fn add_app(&self, slug: &str) -> Result<(u64, String)> {
        let (key, pem) = new_key()?;
        let mut state = self.state();
        let id = state.next_id();
        let (slug, keys) = (slug.to_owned(), vec![key]);
        state.apps.push(App { id, slug, keys, installations: Vec::new() });
        Ok((id, pem))
    }

    /// Gives an App another private key; the ones before it are not accepted any more.
    ///
    /// # Errors
    /// When there is no such App.
    pub fn renew_app_key(&self, id: u64) -> Result<String> {
        let (key, pem) = new_key()?;
        let mut state = self.state();
        let app = state.apps.iter_mut().find(|app| app.id == id);
        app.with_context(|| format!("there is no App {id}"))?.keys = vec![key];
        Ok(pem)
    }

    /// Installs an App for all repositories of an account, with permissions such as `contents` to `write`;
    /// returns the installation's id.
    ///
    /// # Errors
    /// When there is no such App.
    pub fn install_app(&self, id: u64, account: &str, permissions: &[(&str, &str)]) -> Result<u64> {
        let mut state = self.state();
        let installation = state.next_id();
        let app = state.apps.iter_mut().find(|app| app.id == id);
        app.with_context(|| format!("there is no App {id}"))?.installations.push(Installation {
            id: installation,
            account: account.to_owned(),
            permissions: permissions
                .iter()
                .map(|&(name, level)| (name.to_owned(), level.to_owned()))
                .collect(),
            repositories: None,
            is_suspended: false,
            created_at: Timestamp::now(),
        });
        Ok(installation)
    }

    /// The tokens that were minted for installations of Apps and have not expired.
    #[must_use]
    pub fn minted_tokens(&self) -> Vec<String> {
        let state = self.state();
        let is_minted =
            |token: &&Token| matches!(token.kind, TokenKind::Installation { account: Some(_), .. });
        state.tokens.iter().filter(is_minted).map(|token| token.value.clone()).collect()
    }

    /// Suspends an installation: no token is minted for it any more, and those that were are dead.
    pub fn suspend_app(&self, installation: u64) {
        let mut state = self.state();
        let mut installations = state.apps.iter_mut().flat_map(|app| &mut app.installations);
        if let Some(found) = installations.find(|found| found.id == installation) {
            found.is_suspended = true;
        }
        state.uses.clear();
        state.tokens.retain(|token| !matches!(token.kind, TokenKind::Installation { .. }));
    }

    /// What a controller does that holds an App's key: signs an assertion and gets a token of the installation
    /// that is named by its id or by its account.
    ///
    /// # Errors
    /// What GitHub answers, as a status and its message.
    pub(crate) fn token_of_app(
        &self,
        id: &str,
        private_key: &KeyPair,
        installation: Named<'_>,
    ) -> Result<String, (u16, String)> {
        let now = Timestamp::now().as_second();
        let claims = json!({ "iat": now - 30, "exp": now + 90, "iss": id });
        let caller = self.assert(&sign(private_key, &claims)).map_err(|message| (401, message))?;
        let app = caller.app().expect("an assertion makes its caller an App");
        let mut state = self.state();
        let found = state.apps.iter().find(|known| known.id == app).and_then(|app| {
            app.installations.iter().find(|found| match installation {
                Named::Id(id) => found.id.to_string() == id,
                Named::Owner(owner) => found.account.eq_ignore_ascii_case(owner),
            })
        });
        let found = found.map(|found| found.id).ok_or((404, "Not Found".to_owned()))?;
        let minted = mint(&mut state, app, found, None, None);
        minted.map(|minted| minted.value).map_err(|_| (403, SUSPENDED.to_owned()))
    }

    /// Whoever shows an assertion.
    ///
    /// # Errors
    /// GitHub's message.
    pub(super) fn assert(&self, assertion: &str) -> Result<Caller, String> {
        const UNREADABLE: &str = "A JSON web token could not be decoded";
        let (signed, signature) = assertion.rsplit_once('.').ok_or(UNREADABLE)?;
        let (header, claims) = signed.split_once('.').ok_or(UNREADABLE)?;
        let [header, claims] = [header, claims].map(decoded);
        let (header, claims) = (header.ok_or(UNREADABLE)?, claims.ok_or(UNREADABLE)?);
        let state = self.state();
        let issuer = &claims["iss"];
        let id = issuer.as_u64().or_else(|| issuer.as_str()?.parse().ok());
        let app = state.apps.iter().find(|app| Some(app.id) == id);
        let app = app.ok_or("Integration must generate a public key")?;
        let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| UNREADABLE)?;
        let is_signed = header["alg"] == "RS256"
            && app.keys.iter().any(|key| {
                let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, key);
                key.verify(signed.as_bytes(), &signature).is_ok()
            });
        if !is_signed {
            return Err(UNREADABLE.to_owned());
        }
        let ahead = self.0.faults.fire("github.clock").and_then(|seconds| seconds.parse().ok());
        check_times(&claims, Timestamp::now().as_second() + ahead.unwrap_or(0))?;
        let kind = TokenKind::App { id: app.id };
        let login = format!("{}[bot]", app.slug);
        Ok(Caller(Some(Token { value: assertion.to_owned(), login, kind })))
    }
}

/// What GitHub says about an installation that was suspended.
pub(super) const SUSPENDED: &str = "This installation has been suspended";

/// How a Secret names an installation.
#[derive(Clone, Copy)]
pub(crate) enum Named<'a> {
    Id(&'a str),
    Owner(&'a str),
}

/// Whether a credential is an assertion and no token: they begin with an encoded `{"`.
pub(super) fn is_assertion(value: &str) -> bool {
    value.starts_with("eyJ")
}

fn check_times(claims: &Value, now: i64) -> Result<(), String> {
    let time = |name: &str| claims[name].as_i64();
    let Some(expires) = time("exp").filter(|expires| *expires > now - TOLERANCE) else {
        return Err("'Expiration time' claim ('exp') must be a numeric value representing the \
                    future time at which the assertion expires"
            .to_owned());
    };
    if expires > now + LONGEST_ASSERTION + TOLERANCE {
        return Err("'Expiration time' claim ('exp') is too far in the future".to_owned());
    }
    time("iat").filter(|issued| *issued <= now + TOLERANCE).map(drop).ok_or_else(|| {
        "'Issued at' claim ('iat') must be an Integer representing the time that the assertion \
         was issued"
            .to_owned()
    })
}

/// Makes a token of an installation, with all its rights or with those that are asked for.
pub(super) fn mint(
    state: &mut State,
    app: u64,
    installation: u64,
    permissions: Option<BTreeMap<String, String>>,
    repositories: Option<Vec<String>>,
) -> Result<Minted, NotMinted> {
    let (id, serial) = (app, state.next_id());
    let app = state.apps.iter().find(|app| app.id == id).ok_or(NotMinted::Unknown)?;
    let found = app.installations.iter().find(|found| found.id == installation);
    let found = found.ok_or(NotMinted::Unknown)?;
    if found.is_suspended {
        return Err(NotMinted::Suspended);
    }
    let permissions = permissions.unwrap_or_else(|| found.permissions.clone());
    let is_granted = |(name, level): (&String, &String)| {
        let granted = found.permissions.get(name).map(String::as_str);
        granted == Some("write") || granted == Some(level)
    };
    if !permissions.iter().all(is_granted) {
        return Err(NotMinted::NotGranted);
    }
    let repositories = match repositories {
        None => found.repositories.clone(),
        Some(names) => {
            let full = |name: &String| format!("{}/{name}", found.account);
            let wanted: Vec<String> = names.iter().map(full).collect();
            let is_there = |name: &String| state.repository(&found.account, name).is_some();
            let covers =
                |full: &String| found.repositories.as_ref().is_none_or(|c| c.contains(full));
            if !names.iter().all(is_there) || !wanted.iter().all(covers) {
                return Err(NotMinted::NoRepository);
            }
            Some(wanted)
        }
    };
    // The form that GitHub introduces in 2026: longer than the former 40 characters, with dots.
    let value = format!("ghs_{id}_eyJ{serial:08}.{}", random_text());
    let (account, login) = (Some(found.account.clone()), format!("{}[bot]", app.slug));
    let kind = TokenKind::Installation { permissions: permissions.clone(), repositories, account };
    state.tokens.push(Token { value: value.clone(), login, kind });
    let expires_at = Timestamp::from_second(Timestamp::now().as_second() + TOKEN_LIFETIME);
    let expires_at = expires_at.expect("an hour from now is a time");
    Ok(Minted { value, expires_at, permissions })
}

/// A signed assertion with these claims.
fn sign(key: &KeyPair, claims: &Value) -> String {
    let header = json!({ "alg": "RS256", "typ": "JWT" });
    let encoded = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encoded(&header), encoded(claims));
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
        .expect("a valid key can sign");
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn decoded(part: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

/// The private key in a PEM file, PKCS#1 or PKCS#8.
pub(crate) fn private_key(pem: &str) -> Option<KeyPair> {
    let lines = pem.lines().map(str::trim).filter(|line| !line.starts_with("-----"));
    let der = STANDARD.decode(lines.collect::<String>()).ok()?;
    KeyPair::from_der(&der).or_else(|_| KeyPair::from_pkcs8(&der)).ok()
}

/// A new key: its public half, and the private one as a PEM file.
fn new_key() -> Result<(Vec<u8>, String)> {
    let key = KeyPair::generate(KeySize::Rsa2048).context("cannot generate a key")?;
    let der: Pkcs8V1Der<'_> = key.as_der().context("cannot write a key")?;
    let der = pkcs1(der.as_ref()).context("a PKCS#8 file holds the key itself")?;
    let mut pem = "-----BEGIN RSA PRIVATE KEY-----\n".to_owned();
    for line in STANDARD.encode(der).as_bytes().chunks(64) {
        pem.push_str(std::str::from_utf8(line).expect("base64 is ASCII"));
        pem.push('\n');
    }
    pem.push_str("-----END RSA PRIVATE KEY-----\n");
    Ok((key.public_key().as_ref().to_vec(), pem))
}

/// GitHub gives out the key itself (RFC 8017), which is the last value of PKCS#8 (RFC 5208).
fn pkcs1(pkcs8: &[u8]) -> Option<&[u8]> {
    let mut rest = der_value(pkcs8, 0x30)?.0;
    for tag in [0x02, 0x30] {
        rest = der_value(rest, tag)?.1;
    }
    Some(der_value(rest, 0x04)?.0)
}

/// Splits DER into the content of its first value, which must have `tag`, and what follows.
fn der_value(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&[found, length], rest) = bytes.split_first_chunk::<2>()?;
    let (length, rest) = match length {
        short @ ..0x80 => (usize::from(short), rest),
        long => {
            let (digits, rest) = rest.split_at_checked(usize::from(long & 0x7f))?;
            (digits.iter().fold(0, |sum: usize, digit| sum << 8 | usize::from(*digit)), rest)
        }
    };
    (found == tag).then(|| rest.split_at_checked(length)).flatten()
}

fn random_text() -> String {
    let mut bytes = [0; 30];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system has randomness to offer");
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_from_its_file() {
        let (public, pem) = new_key().unwrap();
        assert!(pem.starts_with("-----BEGIN RSA PRIVATE KEY-----\n"));
        let key = private_key(&pem).expect("a key");
        assert_eq!(key.public_key().as_ref(), public);
        assert!(private_key("nonsense").is_none());
    }

    #[test]
    fn times_are_checked_as_github_does() {
        let now = 1_800_000_000;
        let check =
            |issued: i64, expires: i64| check_times(&json!({ "iat": issued, "exp": expires }), now);
        assert_eq!(check(now - 60, now + 540), Ok(()));
        for (issued, expires, words) in [
            (now - 700, now - 100, "must be a numeric value"),
            (now - 60, now + 700, "too far in the future"),
            (now + 300, now + 500, "'Issued at' claim"),
        ] {
            let refused = check(issued, expires).expect_err(words);
            assert!(refused.contains(words), "{refused}");
        }
    }
}
