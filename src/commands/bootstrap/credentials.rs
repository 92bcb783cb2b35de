//! The source Secret and the deploy key: what lets the cluster fetch the repository.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use secrecy::{ExposeSecret as _, SecretString};

use super::former_keys::{FORMER_KEYS, FormerKeys, KnownKeys, noted};
use super::plan::Plan;
use crate::cluster::apply::Applied;
use crate::context::Context;
use crate::error::{Class, Explain as _, class_of};
use crate::git_host::endpoints::Endpoints;
use crate::git_host::github::{App, Installed, deploy_key_title};
use crate::git_host::ssh_key::{KeyPair, PublicKey};
use crate::git_host::{EnsuredKey, GitHost, KeyOutcome, Repository, is_key_in_use};
use crate::kinds::source::GIT_REPOSITORY;
use crate::kinds::view::text;

pub(super) type Data = BTreeMap<String, ByteString>;

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

/// How the cluster fetches the repository.
pub(super) enum Credentials<'a> {
    /// Over SSH, with a key of its own.
    DeployKey(DeployKey<'a>),
    /// Over HTTPS, with what the Secret holds.
    Held(Held),
}

impl Credentials<'_> {
    /// What would be done, as it is printed; no repository is one that would be created.
    pub(super) async fn preview(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: Option<&Repository>,
        plan: &Plan,
    ) -> Result<String> {
        match self {
            Self::DeployKey(wanted) => wanted.preview(ctx, host, repository, plan).await,
            Self::Held(wanted) => wanted.preview(ctx, plan).await,
        }
    }
}

/// How the cluster fetches over SSH.
pub(super) struct DeployKey<'a> {
    /// The lines of `known_hosts` for the host.
    pub(super) host_keys: Vec<String>,
    /// A key that the user has already.
    pub(super) given: Option<&'a GivenKey>,
    /// Whether the key may only read.
    pub(super) read_only: bool,
    /// Whether another key takes the place of one that is there.
    pub(super) rotates: bool,
    /// Whether a person's token makes the key.
    pub(super) is_of_token: bool,
}

/// A private key from a file.
pub(super) struct GivenKey {
    /// The file's text.
    pub(super) private_pem: SecretString,
    /// Its public half.
    pub(super) public: PublicKey,
    /// What opens it.
    pub(super) passphrase: Option<SecretString>,
}

impl GivenKey {
    /// What the Secret holds of it.
    fn data(&self) -> Data {
        let mut data = Data::from([
            ("identity".to_owned(), bytes(self.private_pem.expose_secret())),
            ("identity.pub".to_owned(), bytes(&format!("{}\n", self.public))),
        ]);
        let passphrase = self.passphrase.as_ref();
        data.extend(passphrase.map(|it| ("password".to_owned(), bytes(it.expose_secret()))));
        data
    }
}

/// A key pair for the cluster.
struct Pair {
    public: PublicKey,
    /// What the Secret is to hold of it; nothing for the pair that it has.
    new: Option<Data>,
}

impl Pair {
    fn generate(plan: &Plan) -> Result<Self> {
        let pair = KeyPair::generate(plan.key_algorithm)?;
        let identity = bytes(pair.private_pem.expose_secret());
        let public = bytes(&format!("{}\n", pair.public));
        let data = [("identity".to_owned(), identity), ("identity.pub".to_owned(), public)];
        Ok(Self { public: pair.public, new: Some(Data::from(data)) })
    }
}

/// What there is of a deploy key in the cluster.
struct Present {
    secret: Option<Secret>,
    /// The public half of the pair that the Secret holds, if that can be used.
    public: Option<PublicKey>,
    /// Whether the Secret knows the host.
    knows_host: bool,
}

impl DeployKey<'_> {
    /// Makes sure that the cluster has a key pair whose public half can read the repository, and that it
    /// knows the host. A new pair is on the host before it is in the cluster: at no time is there none that
    /// works.
    pub(super) async fn ensure(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: &Repository,
        plan: &Plan,
    ) -> Result<ClusterKey> {
        let present = self.present(ctx, plan).await?;
        let (pair, ensured) = self.place(ctx, host, repository, plan, &present).await?;
        self.tell(ctx, repository, plan, &present, (&pair, ensured.outcome));

        let (seen, now) = (present.secret.as_ref(), ctx.clock.now());
        let known = KnownKeys::of(seen);
        let former = match pair.new {
            Some(_) => FormerKeys::beside_new(ensured.others, &known, now),
            None => FormerKeys::beside_present(ensured.others, &known),
        };
        former.warnings(repository, now).for_each(|warning| ctx.output.warn(warning));
        let key = ClusterKey { public: pair.public, former };
        if pair.new.is_none() && present.knows_host {
            tell_up_to_date(ctx, plan);
            return Ok(key);
        }
        // Server-side apply would drop what we wrote earlier and leave out now.
        let (mut data, note) = match pair.new {
            Some(data) => (data, key.former.note()),
            None => (
                seen.and_then(|secret| secret.data.clone()).unwrap_or_default(),
                seen.and_then(noted).map(str::to_owned),
            ),
        };
        data.insert("known_hosts".into(), bytes(&self.host_keys.join("\n")));
        write(ctx, plan, seen, data, note).await?;
        Ok(key)
    }

    /// Makes sure that the host has the public half of a pair that it takes.
    async fn place(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: &Repository,
        plan: &Plan,
        present: &Present,
    ) -> Result<(Pair, EnsuredKey)> {
        let (title, pair) = (title(plan), self.pair(present, plan)?);
        match host.ensure_deploy_key(repository, &title, &pair.public, self.read_only).await {
            // The cluster has fetched another repository with it.
            Err(error) if pair.new.is_none() && self.given.is_none() && is_key_in_use(&error) => {
                let (namespace, name) = (&plan.namespace, &plan.secret_name);
                ctx.output.warn(format_args!(
                    "another repository or user has the deploy key of Secret {namespace}/{name}: making a new one"
                ));
                let pair = Pair::generate(plan)?;
                let (key, read_only) = (&pair.public, self.read_only);
                let ensured = host.ensure_deploy_key(repository, &title, key, read_only).await?;
                Ok((pair, ensured))
            }
            ensured => Ok((pair, ensured?)),
        }
    }

    /// The pair that the Secret has, if that is wanted, or another one.
    fn pair(&self, present: &Present, plan: &Plan) -> Result<Pair> {
        match (self.kept(present), self.given) {
            (Some(public), _) => Ok(Pair { public: public.clone(), new: None }),
            (None, Some(given)) => {
                Ok(Pair { public: given.public.clone(), new: Some(given.data()) })
            }
            (None, None) => Pair::generate(plan),
        }
    }

    /// The key that the cluster has and goes on with.
    fn kept<'a>(&self, present: &'a Present) -> Option<&'a PublicKey> {
        present.public.as_ref().filter(|_| !self.rotates)
    }

    /// Says what became of the key, and where cluster and host did not fit together.
    fn tell(
        &self,
        ctx: &Context,
        repository: &Repository,
        plan: &Plan,
        present: &Present,
        (pair, outcome): (&Pair, KeyOutcome),
    ) {
        let (namespace, name) = (&plan.namespace, &plan.secret_name);
        let (title, secret) = (title(plan), format!("Secret {namespace}/{name}"));
        let repository = &repository.name;
        match (outcome, &pair.new) {
            (KeyOutcome::Added, None) => ctx.output.warn(format_args!(
                "{repository} does not have the deploy key of {secret} any more"
            )),
            (KeyOutcome::Recreated, _) => {
                let rights = if self.read_only { "may write" } else { "may only read" };
                ctx.output.warn(format_args!("the deploy key {title} of {repository} {rights}"));
            }
            (_, Some(_)) if present.public.is_none() && present.secret.is_some() => {
                ctx.output.warn(format_args!("{secret} has no key pair that can be used"));
            }
            _ => {}
        }
        let what = match outcome {
            KeyOutcome::Kept => "is in place on",
            KeyOutcome::Added => "added to",
            KeyOutcome::Recreated => "replaced on",
        };
        let new = if self.rotates { "new " } else { "" };
        ctx.output.done(format_args!("{new}deploy key {title} {what} {repository}"));
        if outcome != KeyOutcome::Kept {
            self.tell_lifetime(ctx);
        }
    }

    /// Warns of GitHub's habit to delete the keys that a token has made together with it.
    fn tell_lifetime(&self, ctx: &Context) {
        if self.is_of_token {
            ctx.output.action(
                "the deploy key lives as long as the token that made it: regenerate that token, do not delete it",
            );
        }
    }

    async fn preview(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: Option<&Repository>,
        plan: &Plan,
    ) -> Result<String> {
        let present = self.present(ctx, plan).await?;
        let kept = self.kept(&present);
        let mut text = String::new();
        match repository {
            None => text += &format!("deploy key {} added ({})\n", title(plan), self.rights()),
            Some(repository) => {
                text += &self.preview_on(ctx, host, repository, plan, &present).await?;
            }
        }
        let keys: &[&str] = match (kept, present.knows_host) {
            (Some(_), true) => &[],
            (Some(_), false) => &["known_hosts"],
            (None, _) => &["identity", "identity.pub", "known_hosts"],
        };
        Ok(text + &change_of_secret(ctx, plan, present.secret.is_some(), keys))
    }

    /// What would be done on the host.
    async fn preview_on(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: &Repository,
        plan: &Plan,
        present: &Present,
    ) -> Result<String> {
        let (title, rights) = (title(plan), self.rights());
        let kept = self.kept(present);
        let key = kept.or(self.given.map(|given| &given.public));
        let EnsuredKey { outcome, others } =
            host.preview_deploy_key(repository, &title, key, self.read_only).await?;
        let (known, now) = (KnownKeys::of(present.secret.as_ref()), ctx.clock.now());
        let former = match kept {
            Some(_) => FormerKeys::beside_present(others, &known),
            None => FormerKeys::beside_new(others, &known, now),
        };
        former.warnings(repository, now).for_each(|warning| ctx.output.warn(warning));
        Ok(match outcome {
            KeyOutcome::Kept if former.go.is_empty() => {
                ctx.output.done(format_args!("deploy key {title} is in place"));
                String::new()
            }
            KeyOutcome::Kept => format!("old deploy key {title} deleted\n"),
            KeyOutcome::Added if former.go.is_empty() => {
                format!("deploy key {title} added ({rights})\n")
            }
            KeyOutcome::Added | KeyOutcome::Recreated => {
                format!("deploy key {title} replaced ({rights})\n")
            }
        })
    }

    const fn rights(&self) -> &'static str {
        if self.read_only { "read-only" } else { "may write" }
    }

    async fn present(&self, ctx: &Context, plan: &Plan) -> Result<Present> {
        let secret = secret(ctx, plan).await?;
        let data = secret.as_ref().and_then(|secret| secret.data.as_ref());
        let is_wanted = |public: &PublicKey| self.given.is_none_or(|given| given.public == *public);
        let public = data.and_then(usable_key).filter(is_wanted);
        // Of another way to authenticate, which source-controller would not accept beside this one.
        let is_clean = data.is_none_or(|data| !data.contains_key("githubAppID"));
        let knows_host = knows(data, &self.host_keys);
        Ok(Present { secret, public: public.filter(|_| is_clean), knows_host })
    }
}

/// The key that the cluster fetches with, and those beside it.
pub(super) struct ClusterKey {
    public: PublicKey,
    pub(super) former: FormerKeys,
}

impl ClusterKey {
    /// Refuses to go on where somebody else has given the cluster another key meanwhile.
    ///
    /// # Errors
    /// [`Class::Conflict`] when the Secret holds another key.
    pub(super) async fn check_is_held(&self, ctx: &Context, plan: &Plan) -> Result<()> {
        let secret = secret(ctx, plan).await?;
        let held = secret.as_ref().and_then(|secret| secret.data.as_ref()).and_then(usable_key);
        if held.as_ref() == Some(&self.public) {
            return Ok(());
        }
        let (namespace, name) = (&plan.namespace, &plan.secret_name);
        Err(anyhow!(
            "somebody else wrote Secret {namespace}/{name} while this command was running: no deploy key was \
             deleted"
        )
        .class(Class::Conflict)
        .hint("make sure that no other run is going on, then run the command again"))
    }
}

/// The Secret as the cluster has it.
pub(super) async fn secret(ctx: &Context, plan: &Plan) -> Result<Option<Secret>> {
    let cluster = ctx.cluster().await?;
    let look = cluster.secret(&plan.namespace, &plan.secret_name);
    ctx.deadline.within("the cluster", look).await
}

/// The title under which the deploy key is registered.
pub(super) fn title(plan: &Plan) -> String {
    let path = plan.path.to_string();
    deploy_key_title(&plan.namespace, &plan.branch, &plan.secret_name, &path)
}

/// What a Secret holds for a source that fetches over HTTPS.
pub(super) struct Held {
    data: Data,
    /// What of it somebody may not want in a cluster.
    secret: Option<&'static str>,
}

impl Held {
    /// A token.
    pub(super) fn token(token: &SecretString, ca_pem: Option<&[u8]>) -> Self {
        let data = Data::from([
            ("username".to_owned(), bytes("git")),
            ("password".to_owned(), bytes(token.expose_secret())),
        ]);
        Self { data, secret: Some("the token") }.trusting(ca_pem)
    }

    /// An App, whose private key gets a token for each fetch.
    ///
    /// The installation goes by its number, which every release of Flux with Apps understands.
    pub(super) fn app(
        app: &App,
        installed: &Installed,
        endpoints: &Endpoints,
        ca_pem: Option<&[u8]>,
    ) -> Self {
        let mut data = Data::from([
            ("githubAppID".to_owned(), bytes(app.id())),
            ("githubAppInstallationID".to_owned(), bytes(&installed.id.to_string())),
            ("githubAppPrivateKey".to_owned(), bytes(app.private_key_pem().expose_secret())),
        ]);
        if !endpoints.is_public() {
            data.insert("githubAppBaseURL".to_owned(), bytes(endpoints.api().as_str()));
        }
        Self { data, secret: Some("the private key of the App") }.trusting(ca_pem)
    }

    /// Nothing, for what everybody may read.
    pub(super) fn nothing(ca_pem: Option<&[u8]>) -> Self {
        Self { data: Data::new(), secret: None }.trusting(ca_pem)
    }

    fn trusting(mut self, ca_pem: Option<&[u8]>) -> Self {
        let ca = ca_pem.map(|pem| ("ca.crt".to_owned(), ByteString(pem.to_vec())));
        self.data.extend(ca);
        self
    }

    /// Whether the Secret holds exactly this.
    pub(super) fn is_what(&self, present: Option<&Secret>) -> bool {
        missing(&self.data, present).is_empty() && stale(&self.data, present).is_empty()
    }

    /// Makes sure that the Secret holds this, and says what was wrong with what it held.
    pub(super) async fn ensure(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        plan: &Plan,
    ) -> Result<()> {
        let present = secret(ctx, plan).await?;
        // Somebody's own Secret is theirs, if nothing is to be in ours.
        if self.data.is_empty() && present.is_none() {
            return Ok(());
        }
        if self.is_what(present.as_ref()) {
            tell_up_to_date(ctx, plan);
            return Ok(());
        }
        let (namespace, name) = (&plan.namespace, &plan.secret_name);
        let data = present.as_ref().and_then(|secret| secret.data.as_ref());
        let former = data.and_then(former_token).zip(self.data.get("password"));
        if let Some((former, _)) = former.filter(|(former, wanted)| former != wanted) {
            // It is shown to nobody but the host that it is for.
            let is_valid = match is_read_from(ctx, host, plan).await? {
                true => {
                    host.recognises(&String::from_utf8_lossy(&former.0).into_owned().into()).await?
                }
                false => true,
            };
            let told = if is_valid { "is another one" } else { "is not valid any more" };
            ctx.output.warn(format_args!("the token in Secret {namespace}/{name} {told}"));
        }
        if let Some(what) = self.secret {
            ctx.output.warn(format_args!(
                "{what} is stored in the cluster, in Secret {namespace}/{name}"
            ));
        }
        write(ctx, plan, present.as_ref(), self.data.clone(), None).await
    }

    async fn preview(&self, ctx: &Context, plan: &Plan) -> Result<String> {
        let present = secret(ctx, plan).await?;
        if self.data.is_empty() && present.is_none() {
            return Ok(String::new());
        }
        let mut keys: Vec<String> =
            missing(&self.data, present.as_ref()).into_iter().map(str::to_owned).collect();
        let stale = stale(&self.data, present.as_ref());
        keys.extend(stale.into_iter().map(|key| format!("{key} removed")));
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        Ok(change_of_secret(ctx, plan, present.is_some(), &keys))
    }
}

/// The token that a Secret holds. Beside a key pair, its password is the passphrase of that.
fn former_token(data: &Data) -> Option<&ByteString> {
    data.get("password").filter(|_| !data.contains_key("identity"))
}

/// Whether the cluster's source reads from the host with a token.
async fn is_read_from(ctx: &Context, host: &impl GitHost, plan: &Plan) -> Result<bool> {
    let (cluster, name) = (ctx.cluster().await?, &plan.namespace);
    let look = cluster.find(&GIT_REPOSITORY, name, name);
    match ctx.deadline.within("the cluster", look).await {
        Ok(source) => {
            let url = text(&source, "/spec/url").unwrap_or_default();
            Ok(url.starts_with("https://") && host.repository_at(url).is_some())
        }
        Err(error) if matches!(class_of(&error), Class::NotFound | Class::NotInstalled) => {
            Ok(false)
        }
        Err(error) => Err(error),
    }
}

/// The keys of `wanted` that the Secret does not have with these values.
fn missing<'a>(wanted: &'a Data, present: Option<&Secret>) -> Vec<&'a str> {
    let present = present.and_then(|secret| secret.data.as_ref());
    let of_present = |key: &String| present.and_then(|data| data.get(key));
    let missing = wanted.iter().filter(|(key, value)| of_present(key) != Some(*value));
    missing.map(|(key, _)| key.as_str()).collect()
}

/// The keys of the Secret that authenticate in another way than `wanted`.
fn stale(wanted: &Data, present: Option<&Secret>) -> Vec<String> {
    let present = present.and_then(|secret| secret.data.as_ref()).into_iter().flatten();
    let is_stale = |key: &&String| {
        AUTHENTICATING.contains(&key.as_str()) && !wanted.contains_key(key.as_str())
    };
    present.map(|(key, _)| key).filter(is_stale).cloned().collect()
}

/// What would be done to the Secret: which keys would be written, and no value.
fn change_of_secret(ctx: &Context, plan: &Plan, is_there: bool, keys: &[&str]) -> String {
    let (namespace, name) = (&plan.namespace, &plan.secret_name);
    if keys.is_empty() {
        tell_up_to_date(ctx, plan);
        return String::new();
    }
    let applied = if is_there { Applied::Configured } else { Applied::Created };
    format!("Secret {namespace}/{name} {applied}: {}\n", keys.join(", "))
}

fn tell_up_to_date(ctx: &Context, plan: &Plan) {
    let (namespace, name) = (&plan.namespace, &plan.secret_name);
    ctx.output.done(format_args!("Secret {namespace}/{name} is up to date"));
}

/// Writes the Secret if it still is what was `seen`, with a note about the keys that go; and removes what
/// authenticates in another way, whoever wrote it.
async fn write(
    ctx: &Context,
    plan: &Plan,
    seen: Option<&Secret>,
    data: Data,
    note: Option<String>,
) -> Result<()> {
    let (namespace, name) = (&plan.namespace, &plan.secret_name);
    let wanted = Secret {
        metadata: ObjectMeta {
            name: Some(name.clone()),
            namespace: Some(namespace.clone()),
            annotations: note.map(|note| BTreeMap::from([(FORMER_KEYS.to_owned(), note)])),
            ..ObjectMeta::default()
        },
        data: Some(data),
        ..Secret::default()
    };
    let cluster = ctx.cluster().await?;
    let written = cluster.apply_secret_as_seen(seen, &wanted).await?;
    let data = wanted.data.unwrap_or_default();
    let stale = stale(&data, Some(&written));
    if !stale.is_empty() {
        cluster.remove_from_secret(namespace, name, &stale).await?;
    }
    ctx.output.done(format_args!("Secret {namespace}/{name} written"));
    Ok(())
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
fn knows(data: Option<&Data>, host_keys: &[String]) -> bool {
    let Some(known) = data.and_then(|data| data.get("known_hosts")) else { return false };
    let known = String::from_utf8_lossy(&known.0);
    known.lines().any(|line| host_keys.iter().any(|key| key == line.trim()))
}

fn bytes(text: &str) -> ByteString {
    ByteString(text.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git_host::ssh_key::Algorithm;

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
        let wanted = Held::token(&"token".into(), Some(b"pem")).data;
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
        let wanted = Held::token(&"token".into(), None).data;
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
