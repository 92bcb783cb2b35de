//! Who asks GitHub: the owner of a token, or an App, which gets a token that lasts an hour.
//!
//! An App shows an assertion that its private key has signed (RFC 7519, RS256) and gets a token of one of
//! its installations. Source: GitHub's documentation of authenticating as an App.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Result, anyhow};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use k8s_openapi::jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::json;
use tokio::sync::Mutex;
use tokio::time::Instant;
use zeroize::Zeroizing;

use super::reply::Reply;
use super::transport::{Call, Transport};
use crate::error::{Class, Explain as _, usage};

/// Our clock may be this much ahead of GitHub's, in seconds.
const ASSERTED_BEFORE: i64 = 60;
/// How long an assertion is good, in seconds from now; GitHub accepts ten minutes.
const ASSERTED_FOR: i64 = 9 * 60;
/// A token that lasts no longer than this is not begun with any more.
const LAST_MINUTES: Duration = Duration::from_secs(5 * 60);
/// Clocks that differ by more than this are told about, in seconds.
const NOTICEABLE_SKEW: i64 = 30;

/// The rights that a bootstrap may need of an App; asked for as far as they were granted.
const USED_PERMISSIONS: [&str; 4] = ["administration", "contents", "members", "pull_requests"];

/// Who asks.
#[derive(Debug)]
pub enum Credential {
    /// Whoever a token belongs to.
    Token(SecretString),
    /// An App.
    App(Box<App>),
}

impl From<SecretString> for Credential {
    fn from(token: SecretString) -> Self {
        Self::Token(token)
    }
}

impl From<App> for Credential {
    fn from(app: App) -> Self {
        Self::App(Box::new(app))
    }
}

/// A GitHub App with its private key, working as one of its installations.
pub struct App {
    id: String,
    wanted: Installation,
    key: KeyPair,
    private_key_pem: SecretString,
    session: Mutex<Session>,
}

/// Names an installation of an App.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Installation {
    /// By its number.
    Id(u64),
    /// By the organisation or user that installed the App.
    Owner(String),
}

impl fmt::Display for Installation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(f, "{id}"),
            Self::Owner(owner) => write!(f, "of {owner}"),
        }
    }
}

/// What GitHub tells about the installation that an App works as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installed {
    /// Its number.
    pub id: u64,
    /// The App's name in addresses.
    pub app: String,
    /// Who installed it.
    pub account: String,
    /// What it was granted: `contents` to `write`.
    pub permissions: BTreeMap<String, String>,
}

impl Installed {
    /// Checks before anything is written that the App has the permissions `needed`, each with `read` or `write`.
    ///
    /// # Errors
    /// [`Class::Denied`] naming what is missing.
    pub fn check_permissions(&self, needed: &[(&str, &str)]) -> Result<()> {
        let is_granted = |name: &str, level: &str| {
            let granted = self.permissions.get(name).map(String::as_str);
            matches!((granted, level), (Some("write" | "admin"), _) | (Some("read"), "read"))
        };
        let missing = needed.iter().filter(|(name, level)| !is_granted(name, level));
        let missing: Vec<String> = missing.map(|(name, level)| format!("{name}={level}")).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let missing = missing.join(" and ");
        Err(anyhow!("the App {} may not do this for {}", self.app, self.account)
            .class(Class::Denied)
            .hint(format!(
                "give the App the permission {missing}, and accept it for {}",
                self.account
            )))
    }
}

/// An installation as GitHub lists it.
#[derive(Deserialize)]
struct Listed {
    id: u64,
    app_slug: String,
    account: Option<Account>,
    #[serde(default)]
    permissions: BTreeMap<String, String>,
    suspended_at: Option<String>,
}

/// A user or an organisation; an enterprise has another name.
#[derive(Deserialize)]
struct Account {
    #[serde(default)]
    login: String,
}

impl Listed {
    fn is(&self, wanted: &Installation) -> bool {
        match wanted {
            Installation::Id(id) => self.id == *id,
            Installation::Owner(owner) => {
                self.account.as_ref().is_some_and(|it| it.login.eq_ignore_ascii_case(owner))
            }
        }
    }

    fn installed(self) -> Result<Installed> {
        let Self { id, app_slug: app, account, permissions, suspended_at } = self;
        let account = account.map(|account| account.login).unwrap_or_default();
        if suspended_at.is_none() {
            return Ok(Installed { id, app, account, permissions });
        }
        Err(anyhow!("the installation of the App {app} for {account} is suspended")
            .class(Class::Denied)
            .hint(format!("ask an owner of {account} to unsuspend it")))
    }
}

/// What was learnt from GitHub so far.
#[derive(Default)]
struct Session {
    installed: Option<Installed>,
    minted: Option<Minted>,
}

struct Minted {
    token: SecretString,
    /// When another one is needed.
    until: Instant,
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App")
            .field("id", &self.id)
            .field("wanted", &self.wanted)
            .finish_non_exhaustive()
    }
}

impl App {
    /// Takes an App's number, its installation, and a PEM file with a private key of it.
    ///
    /// # Errors
    /// [`Class::Usage`] when there is no RSA key in the file, or the id cannot be one.
    pub fn new(id: &str, wanted: Installation, private_key_pem: SecretString) -> Result<Self> {
        // A client id would do here, and not in the cluster.
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(usage(format!("{id:?} is not the number of an App"))
                .hint("take the number that the App's settings show as its App ID"));
        }
        let key = rsa_key(private_key_pem.expose_secret())?;
        Ok(Self { id: id.to_owned(), wanted, key, private_key_pem, session: Mutex::default() })
    }

    /// The App's number.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The installation, as it was named.
    #[must_use]
    pub fn wanted(&self) -> &Installation {
        &self.wanted
    }

    /// The file with the private key.
    #[must_use]
    pub fn private_key_pem(&self) -> &SecretString {
        &self.private_key_pem
    }

    /// The installation; asked for once.
    pub(super) async fn installed(&self, transport: &Transport) -> Result<Installed> {
        let mut session = self.session.lock().await;
        self.known(&mut session, transport).await
    }

    /// A token that lasts for some minutes at least.
    pub(super) async fn token(&self, transport: &Transport) -> Result<SecretString> {
        let mut session = self.session.lock().await;
        if let Some(minted) = session.minted.as_ref().filter(|it| Instant::now() < it.until) {
            return Ok(minted.token.clone());
        }
        let installed = self.known(&mut session, transport).await?;
        let minted = self.mint(transport, &installed).await?;
        let token = minted.token.clone();
        session.minted = Some(minted);
        Ok(token)
    }

    /// Forgets a token that GitHub does not recognise any more; the next request gets another one.
    pub(super) async fn forget(&self) {
        self.session.lock().await.minted = None;
    }

    async fn known(&self, session: &mut Session, transport: &Transport) -> Result<Installed> {
        if let Some(known) = &session.installed {
            return Ok(known.clone());
        }
        let found = self.find(transport).await?;
        session.installed = Some(found.clone());
        Ok(found)
    }

    async fn find(&self, transport: &Transport) -> Result<Installed> {
        const DOING: &str = "find the installation of the App";
        let mut next = Some("/app/installations?per_page=100".to_owned());
        while let Some(path) = next {
            let reply = transport.ask(Call::get(path).asserting()).await?;
            let reply = self.accept(reply, DOING)?;
            next = reply.next_page().and_then(|url| transport.own_path(url));
            let mut listed = reply.json::<Vec<Listed>>(DOING)?.into_iter();
            if let Some(found) = listed.find(|listed| listed.is(&self.wanted)) {
                return found.installed();
            }
        }
        Err(self.not_installed())
    }

    fn not_installed(&self) -> anyhow::Error {
        let (id, wanted) = (&self.id, &self.wanted);
        anyhow!("the App {id} has no installation {wanted}").class(Class::Denied).hint(match wanted
        {
            Installation::Id(_) => "take the number at the end of the address of its settings page",
            Installation::Owner(_) => {
                "install it for the owner, or name another with --app-installation-owner"
            }
        })
    }

    async fn mint(&self, transport: &Transport, installed: &Installed) -> Result<Minted> {
        #[derive(Deserialize)]
        struct Created {
            token: String,
            expires_at: Timestamp,
        }
        let is_used = |(name, _): &(&String, &String)| USED_PERMISSIONS.contains(&name.as_str());
        let permissions: BTreeMap<_, _> = installed.permissions.iter().filter(is_used).collect();
        let path = format!("/app/installations/{}/access_tokens", installed.id);
        let body = match permissions.is_empty() {
            true => json!({}),
            false => json!({ "permissions": permissions }),
        };
        // Tokens that nobody knows of do no harm, so that it may be repeated.
        let call = Call::make_object(path, body).asserting();
        let reply = self.accept(transport.ask(call).await?, "get a token for the App")?;
        let now = reply.date().unwrap_or_else(Timestamp::now);
        let created: Created = reply.json("get a token for the App")?;
        let lifetime = created.expires_at.as_second() - now.as_second();
        let lifetime = Duration::from_secs(u64::try_from(lifetime).unwrap_or(0));
        let until = Instant::now() + lifetime.saturating_sub(LAST_MINUTES);
        Ok(Minted { token: created.token.into(), until })
    }

    /// Says in the words of the App's flags what a refusal of its assertion means.
    fn accept(&self, reply: Reply, doing: &str) -> Result<Reply> {
        if reply.status.as_u16() != 401 {
            return reply.accept(doing);
        }
        let answer = format!("cannot {doing}: GitHub answered 401: {}", reply.complaint());
        let (cause, hint) = match skew(&reply, Timestamp::now()) {
            Some(skew) => (skew, "set the clock of this machine".to_owned()),
            None => (
                format!("GitHub does not recognise the App {}", self.id),
                "check that --app-private-key-file is a key of the App that --app-id names"
                    .to_owned(),
            ),
        };
        Err(anyhow!(cause).context(answer).class(Class::Denied).hint(hint))
    }

    /// Says that we are the App, for some minutes.
    pub(super) fn assertion(&self) -> Result<SecretString> {
        let now = Timestamp::now().as_second();
        let claims =
            json!({ "iat": now - ASSERTED_BEFORE, "exp": now + ASSERTED_FOR, "iss": self.id });
        let header = json!({ "alg": "RS256", "typ": "JWT" });
        let encoded = |text: String| BASE64_URL_SAFE_NO_PAD.encode(text);
        let signed = format!("{}.{}", encoded(header.to_string()), encoded(claims.to_string()));
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
            .map_err(|_| anyhow!("the private key of the App cannot sign"))?;
        Ok(format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature)).into())
    }
}

/// By how much the clocks differ, if that can be the reason of a refusal.
fn skew(reply: &Reply, now: Timestamp) -> Option<String> {
    let seconds = now.as_second() - reply.date()?.as_second();
    if seconds.abs() < NOTICEABLE_SKEW {
        return None;
    }
    let direction = if seconds > 0 { "ahead of" } else { "behind" };
    let amount = Duration::from_secs(seconds.unsigned_abs());
    let amount = crate::duration::GoDuration::from(amount);
    Some(format!("the clock of this machine is {amount} {direction} GitHub's"))
}

/// The key of a PEM file: as GitHub gives it out (PKCS#1), or PKCS#8.
fn rsa_key(text: &str) -> Result<KeyPair> {
    let hint = "take the file that GitHub gives out for the App";
    let file = pem::parse(text)
        .map_err(|_| usage("--app-private-key-file is not a PEM file").hint(hint))?;
    let der = Zeroizing::new(file.into_contents());
    let key = KeyPair::from_der(&der).or_else(|_| KeyPair::from_pkcs8(&der));
    key.map_err(|_| usage("--app-private-key-file holds no RSA private key").hint(hint))
}

impl FromStr for Installation {
    type Err = anyhow::Error;

    /// Reads the number of an installation.
    fn from_str(text: &str) -> Result<Self> {
        let id = text.parse::<u64>().ok().filter(|id| *id > 0);
        id.map(Self::Id).ok_or_else(|| {
            usage(format!("{text:?} is not the number of an installation"))
                .hint("take the number at the end of the address of its settings page")
        })
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::encoding::{AsDer as _, Pkcs8V1Der};
    use aws_lc_rs::rsa::KeySize;
    use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
    use serde_json::Value;

    use super::super::reply::tests::reply;
    use super::*;
    use crate::error::{class_of, report};

    fn pem() -> SecretString {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        pem::encode(&pem::Pem::new("PRIVATE KEY", der.as_ref())).into()
    }

    fn app() -> App {
        App::new("7", Installation::Owner("acme".to_owned()), pem()).unwrap()
    }

    #[test]
    fn an_assertion_is_signed_and_good_for_less_than_ten_minutes() {
        let app = app();
        let assertion = app.assertion().unwrap();
        let (signed, signature) = assertion.expose_secret().rsplit_once('.').unwrap();
        let key = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, app.key.public_key());
        key.verify(signed.as_bytes(), &BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
        let claims = BASE64_URL_SAFE_NO_PAD.decode(signed.split_once('.').unwrap().1).unwrap();
        let claims: Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["iss"], "7");
        let now = Timestamp::now().as_second();
        let before = now - claims["iat"].as_i64().unwrap();
        let after = claims["exp"].as_i64().unwrap() - now;
        assert!((60..70).contains(&before), "issued {before}s ago");
        assert!((530..=540).contains(&after), "good for {after}s");
    }

    #[test]
    fn what_cannot_be_an_app_is_refused_and_not_repeated() {
        let owner = || Installation::Owner("acme".to_owned());
        for (id, key) in [("", pem()), ("Iv1.8a61f9b3a7aba766", pem()), ("7", "s3cret".into())] {
            let error = App::new(id, owner(), key).unwrap_err();
            assert_eq!(class_of(&error), Class::Usage, "{id:?}");
            assert!(!report(&error).contains("s3cret"), "{error:?}");
        }
        assert!(!format!("{:?}", app()).contains("PRIVATE KEY"));
        assert_eq!("12".parse::<Installation>().unwrap(), Installation::Id(12));
        for wrong in ["", "0", "acme", "-1"] {
            assert!(wrong.parse::<Installation>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_clock_that_is_wrong_is_told() {
        let date = [("date", "Fri, 15 Jan 2027 08:00:00 GMT")];
        let answer = reply(401, &date, r#"{"message":"'exp' is too far in the future"}"#);
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        assert_eq!(skew(&answer, at("2027-01-15T08:00:10Z")), None);
        assert_eq!(
            skew(&answer, at("2027-01-15T08:07:00Z")).as_deref(),
            Some("the clock of this machine is 7m0s ahead of GitHub's")
        );
        let behind = skew(&answer, at("2027-01-15T07:00:00Z")).unwrap();
        assert!(behind.contains("1h0m0s behind"), "{behind}");
    }

    #[test]
    fn missing_permissions_are_named() {
        let installed = |permissions: &[(&str, &str)]| Installed {
            id: 1,
            app: "fleet".to_owned(),
            account: "acme".to_owned(),
            permissions: permissions.iter().map(|&(n, l)| (n.to_owned(), l.to_owned())).collect(),
        };
        let contents = installed(&[("contents", "write"), ("administration", "read")]);
        assert!(contents.check_permissions(&[("contents", "write")]).is_ok());
        assert!(contents.check_permissions(&[("administration", "read")]).is_ok());
        let needed = [("contents", "write"), ("administration", "write")];
        let error = contents.check_permissions(&needed).unwrap_err();
        assert_eq!(class_of(&error), Class::Denied);
        assert!(report(&error).contains("the permission administration=write"), "{error:?}");
        let error = installed(&[]).check_permissions(&needed).unwrap_err();
        let both = "contents=write and administration=write";
        assert!(report(&error).contains(both), "{error:?}");
    }
}
