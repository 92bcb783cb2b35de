//! The source Secret and the deploy key: what lets the cluster fetch the repository.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use secrecy::{ExposeSecret as _, SecretString};

use super::plan::Plan;
use crate::cluster::apply::Applied;
use crate::context::Context;
use crate::error::Explain as _;
use crate::git_host::github::deploy_key_title;
use crate::git_host::ssh_key::{KeyPair, PublicKey};
use crate::git_host::{GitHost, KeyOutcome, Repository};

type Data = BTreeMap<String, ByteString>;

/// How the cluster fetches the repository.
pub(super) enum Credentials<'a> {
    /// Over SSH, with a key of its own.
    DeployKey(DeployKey<'a>),
    /// Over HTTPS, with the token.
    Token {
        /// The token.
        token: &'a SecretString,
        /// The host's certificate authority, if the system does not know it.
        ca_pem: Option<&'a [u8]>,
    },
}

impl Credentials<'_> {
    /// Makes sure that the cluster can fetch. What is right already is kept.
    pub(super) async fn ensure(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: &Repository,
        plan: &Plan,
    ) -> Result<()> {
        match self {
            Self::DeployKey(wanted) => wanted.ensure(ctx, host, repository, plan).await,
            Self::Token { token, ca_pem } => ensure_token(ctx, plan, token, *ca_pem).await,
        }
    }

    /// What [`Self::ensure`] would do, as it is printed; no repository is one that would be created.
    pub(super) async fn preview(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: Option<&Repository>,
        plan: &Plan,
    ) -> Result<String> {
        match self {
            Self::DeployKey(wanted) => wanted.preview(ctx, host, repository, plan).await,
            Self::Token { token, ca_pem } => preview_token(ctx, plan, token, *ca_pem).await,
        }
    }
}

/// How the cluster fetches over SSH.
pub(super) struct DeployKey<'a> {
    /// Host, and port unless it is 22, as in the repository's SSH address.
    pub(super) ssh_host: &'a str,
    /// `known_hosts` lines that the user gave, where the host's API tells no keys.
    pub(super) known_hosts: Option<&'a str>,
    /// Whether the key may only read.
    pub(super) read_only: bool,
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
    /// knows the host.
    async fn ensure(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: &Repository,
        plan: &Plan,
    ) -> Result<()> {
        let host_keys = self.host_keys(host).await?;
        let present = present(ctx, plan, &host_keys).await?;
        let (public, new_pair) = match present.public {
            Some(public) => (public, None),
            None => {
                let pair = KeyPair::generate(plan.key_algorithm)?;
                (pair.public.clone(), Some(pair))
            }
        };
        let title = title(plan);
        let outcome = host.ensure_deploy_key(repository, &title, &public, self.read_only).await?;
        let what = match outcome {
            KeyOutcome::Kept => "is in place on",
            KeyOutcome::Added => "added to",
            KeyOutcome::Replaced => "replaced on",
        };
        ctx.output.done(format_args!("deploy key {title} {what} {}", repository.name));

        if new_pair.is_none() && present.knows_host {
            tell_up_to_date(ctx, plan);
            return Ok(());
        }
        let mut data = Data::new();
        match new_pair {
            Some(pair) => {
                data.insert("identity".into(), bytes(pair.private_pem.expose_secret()));
                data.insert("identity.pub".into(), bytes(&format!("{}\n", pair.public)));
            }
            // Server-side apply would drop what we wrote earlier and leave out now.
            None => {
                data.extend(present.secret.and_then(|secret| secret.data).into_iter().flatten())
            }
        }
        data.insert("known_hosts".into(), bytes(&host_keys.join("\n")));
        write(ctx, plan, data).await
    }

    async fn preview(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: Option<&Repository>,
        plan: &Plan,
    ) -> Result<String> {
        let host_keys = self.host_keys(host).await?;
        let present = present(ctx, plan, &host_keys).await?;
        let title = title(plan);
        let outcome = match repository {
            None => KeyOutcome::Added,
            Some(repository) => {
                let (key, read_only) = (present.public.as_ref(), self.read_only);
                host.preview_deploy_key(repository, &title, key, read_only).await?
            }
        };
        let rights = if self.read_only { "read-only" } else { "may write" };
        let text = match outcome {
            KeyOutcome::Kept => {
                ctx.output.done(format_args!("deploy key {title} is in place"));
                String::new()
            }
            KeyOutcome::Added => format!("deploy key {title} added ({rights})\n"),
            KeyOutcome::Replaced => format!("deploy key {title} replaced ({rights})\n"),
        };
        let keys: &[&str] = match (&present.public, present.knows_host) {
            (Some(_), true) => &[],
            (Some(_), false) => &["known_hosts"],
            (None, _) => &["identity", "identity.pub", "known_hosts"],
        };
        Ok(text + &change_of_secret(ctx, plan, present.secret.is_some(), keys))
    }

    /// The lines for `known_hosts`: those the user gave, else what the host tells over TLS.
    async fn host_keys(&self, host: &impl GitHost) -> Result<Vec<String>> {
        if let Some(given) = self.known_hosts {
            let lines = given.lines().map(str::trim).filter(|line| !line.is_empty());
            return Ok(lines.map(str::to_owned).collect());
        }
        let keys = host.ssh_host_keys().await?;
        if keys.is_empty() {
            return Err(anyhow!("{} does not tell its SSH host keys", self.ssh_host))
                .hint("give them with --known-hosts FILE, or use --token-auth");
        }
        let name = known_hosts_name(self.ssh_host);
        Ok(keys.into_iter().map(|key| format!("{name} {key}")).collect())
    }
}

async fn present(ctx: &Context, plan: &Plan, host_keys: &[String]) -> Result<Present> {
    let secret = secret(ctx, plan).await?;
    let data = secret.as_ref().and_then(|secret| secret.data.as_ref());
    let (public, knows_host) = (data.and_then(usable_key), knows(data, host_keys));
    Ok(Present { secret, public, knows_host })
}

async fn secret(ctx: &Context, plan: &Plan) -> Result<Option<Secret>> {
    let cluster = ctx.cluster().await?;
    let look = cluster.secret(&plan.namespace, &plan.secret_name);
    ctx.deadline.within("the cluster", look).await
}

/// The title under which the deploy key is registered.
pub(super) fn title(plan: &Plan) -> String {
    let path = plan.path.to_string();
    deploy_key_title(&plan.namespace, &plan.branch, &plan.secret_name, &path)
}

/// Makes sure that the cluster has the token.
async fn ensure_token(
    ctx: &Context,
    plan: &Plan,
    token: &SecretString,
    ca_pem: Option<&[u8]>,
) -> Result<()> {
    let data = token_data(token, ca_pem);
    if missing(&data, secret(ctx, plan).await?.as_ref()).is_empty() {
        tell_up_to_date(ctx, plan);
        return Ok(());
    }
    let (namespace, name) = (&plan.namespace, &plan.secret_name);
    ctx.output
        .warn(format_args!("the token is stored in the cluster, in Secret {namespace}/{name}"));
    write(ctx, plan, data).await
}

async fn preview_token(
    ctx: &Context,
    plan: &Plan,
    token: &SecretString,
    ca_pem: Option<&[u8]>,
) -> Result<String> {
    let (data, present) = (token_data(token, ca_pem), secret(ctx, plan).await?);
    let keys = missing(&data, present.as_ref());
    Ok(change_of_secret(ctx, plan, present.is_some(), &keys))
}

fn token_data(token: &SecretString, ca_pem: Option<&[u8]>) -> Data {
    let mut data = Data::from([
        ("username".to_owned(), bytes("git")),
        ("password".to_owned(), bytes(token.expose_secret())),
    ]);
    if let Some(pem) = ca_pem {
        data.insert("ca.crt".to_owned(), ByteString(pem.to_vec()));
    }
    data
}

/// The keys of `wanted` that the Secret does not have with these values.
fn missing<'a>(wanted: &'a Data, present: Option<&Secret>) -> Vec<&'a str> {
    let present = present.and_then(|secret| secret.data.as_ref());
    let of_present = |key: &String| present.and_then(|data| data.get(key));
    let missing = wanted.iter().filter(|(key, value)| of_present(key) != Some(*value));
    missing.map(|(key, _)| key.as_str()).collect()
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

async fn write(ctx: &Context, plan: &Plan, data: Data) -> Result<()> {
    let (namespace, name) = (&plan.namespace, &plan.secret_name);
    let secret = Secret {
        metadata: ObjectMeta {
            name: Some(name.clone()),
            namespace: Some(namespace.clone()),
            ..ObjectMeta::default()
        },
        data: Some(data),
        ..Secret::default()
    };
    ctx.cluster().await?.apply_secret(&secret).await?;
    ctx.output.done(format_args!("Secret {namespace}/{name} written"));
    Ok(())
}

/// The public key of a Secret that holds a whole pair.
fn usable_key(data: &Data) -> Option<PublicKey> {
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

/// How `known_hosts` spells a host: `[host]:port` unless the port is SSH's own.
fn known_hosts_name(host: &str) -> String {
    match host.rsplit_once(':') {
        Some((host, "22")) => host.to_owned(),
        Some((host, port)) => format!("[{host}]:{port}"),
        None => host.to_owned(),
    }
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
        let wanted = token_data(&"token".into(), Some(b"pem"));
        assert_eq!(missing(&wanted, None), ["ca.crt", "password", "username"]);
        let mut present = wanted.clone();
        present.insert("password".into(), bytes("old"));
        let secret = Secret { data: Some(present), ..Secret::default() };
        assert_eq!(missing(&wanted, Some(&secret)), ["password"]);
        let secret = Secret { data: Some(wanted.clone()), ..Secret::default() };
        assert!(missing(&wanted, Some(&secret)).is_empty());
    }

    #[test]
    fn a_port_of_its_own_is_spelt_with_brackets() {
        for (host, name) in [
            ("github.com", "github.com"),
            ("github.com:22", "github.com"),
            ("ssh.github.com:443", "[ssh.github.com]:443"),
        ] {
            assert_eq!(known_hosts_name(host), name);
        }
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
