//! Credentials of a Git repository: `create secret git`, and those of `create source git`.

use std::path::Path;

use anyhow::{Context as _, Result};
use k8s_openapi::api::core::v1::Secret;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::{Entries, Wanted, basic_auth, sensitive, whole};
use crate::cli::create::secret::GitSecretArgs;
use crate::cli::ssh_key::SshKeyArgs;
use crate::commands::create::new::New;
use crate::commands::{files, ssh_key};
use crate::context::Context;
use crate::error::usage;
use crate::git_host::host_keys;
use crate::git_host::ssh_key::{Algorithm, KeyPair, PublicKey};

/// The port of SSH when an address names none.
const SSH_PORT: u16 = 22;

/// What was given for a repository.
pub(in crate::commands::create) struct GitCredentials<'a> {
    /// The repository's address.
    pub(in crate::commands::create) url: &'a str,
    /// The user for HTTPS.
    pub(in crate::commands::create) username: Option<String>,
    /// The password for HTTPS, or the passphrase of the private key.
    pub(in crate::commands::create) password: Option<SecretString>,
    /// A token that takes the place of both.
    pub(in crate::commands::create) bearer_token: Option<SecretString>,
    /// The certificate authority of the host, and the flag that names its file.
    pub(in crate::commands::create) authority: Option<(&'static str, &'a Path)>,
    /// The key for SSH.
    pub(in crate::commands::create) key: SshKey<'a>,
}

/// The key for SSH: one of a file, or one that is made.
pub(in crate::commands::create) struct SshKey<'a> {
    /// The file with the private key.
    pub(in crate::commands::create) file: Option<&'a Path>,
    /// The kind of key that is made.
    pub(in crate::commands::create) algorithm: Algorithm,
    /// The file with the host's keys.
    pub(in crate::commands::create) known_hosts: Option<&'a Path>,
}

/// The keys of a Secret, and the public key that the repository has to know.
pub(in crate::commands::create) struct GitEntries {
    /// Keys and values.
    pub(in crate::commands::create) entries: Entries,
    /// A public key that was made just now.
    pub(in crate::commands::create) deploy_key: Option<PublicKey>,
}

impl<'a> SshKey<'a> {
    /// Takes the arguments, and refuses a size that is not offered.
    pub(in crate::commands::create) fn new(args: &'a SshKeyArgs) -> Result<Self> {
        Ok(Self {
            file: args.private_key_file.as_deref(),
            algorithm: ssh_key::algorithm(&args.algorithm)?,
            known_hosts: args.known_hosts.as_deref(),
        })
    }
}

impl GitCredentials<'_> {
    /// Whether the repository is reached by SSH.
    pub(in crate::commands::create) fn is_ssh(&self) -> bool {
        self.url.starts_with("ssh://")
    }

    /// What their Secret holds; `present` is the one that the cluster has, whose key is kept.
    ///
    /// # Errors
    /// What is wrong with the arguments; when the host's keys cannot be had.
    pub(in crate::commands::create) async fn entries(
        self,
        ctx: &Context,
        present: Option<&Secret>,
    ) -> Result<GitEntries> {
        if self.is_ssh() {
            return self.for_ssh(ctx, present).await;
        }
        let authority =
            self.authority.map(|(flag, path)| files::verbatim(path, flag)).transpose()?;
        let mut entries: Entries =
            authority.into_iter().map(|pem| ("ca.crt".to_owned(), pem)).collect();
        let basic_auth = whole((self.username, self.password))?;
        if basic_auth.is_some() && self.bearer_token.is_some() {
            return Err(usage("--bearer-token and --username exclude each other"));
        }
        entries.extend(self.bearer_token.map(|token| ("bearerToken".to_owned(), token)));
        if let Some((username, password)) = basic_auth {
            entries.push(("username".to_owned(), username.into()));
            entries.push(("password".to_owned(), password));
        }
        if self.url.starts_with("http://") && !entries.is_empty() {
            ctx.output
                .warn("the credentials are sent without encryption: prefer https:// or ssh://");
        }
        Ok(GitEntries { entries, deploy_key: None })
    }

    async fn for_ssh(self, ctx: &Context, present: Option<&Secret>) -> Result<GitEntries> {
        if let Some((flag, _)) = self.authority {
            return Err(usage(format!("{flag} means nothing for an ssh:// address")));
        }
        let kept = present.filter(|_| self.key.file.is_none()).and_then(pair_in);
        let mut deploy_key = None;
        let mut entries = match (self.key.file, kept) {
            (Some(path), _) => of_file(files::verbatim(path, "--private-key-file")?),
            (None, Some(kept)) => kept,
            (None, None) => {
                let pair = KeyPair::generate(self.key.algorithm)?;
                deploy_key = Some(pair.public.clone());
                let public = format!("{}\n", pair.public);
                vec![("identity".into(), pair.private_pem), ("identity.pub".into(), public.into())]
            }
        };
        if let Some(path) = self.key.known_hosts {
            entries.retain(|(key, _)| key != "known_hosts");
            entries.push(("known_hosts".to_owned(), files::secret(path, "--known-hosts")?));
        } else if !entries.iter().any(|(key, _)| key == "known_hosts") {
            entries.push(("known_hosts".to_owned(), scanned(ctx, self.url).await?.into()));
        }
        let passphrase = self.password.filter(|_| self.key.file.is_some());
        entries.extend(passphrase.map(|password| ("password".to_owned(), password)));
        Ok(GitEntries { entries, deploy_key })
    }
}

/// The private key of a file, with its public half where no passphrase hides it.
fn of_file(private: SecretString) -> Entries {
    let public = PublicKey::of_private(private.expose_secret());
    let public = public.map(|public| ("identity.pub".to_owned(), format!("{public}\n").into()));
    [("identity".to_owned(), private)].into_iter().chain(public).collect()
}

/// The entries of a Secret that holds a private key and the host's keys already.
fn pair_in(secret: &Secret) -> Option<Entries> {
    let data = secret.data.as_ref()?;
    let text = |key: &str| String::from_utf8(data.get(key)?.0.clone()).ok();
    PublicKey::of_private(&text("identity")?)?;
    let keys = ["identity", "identity.pub", "known_hosts", "password"];
    let entries = keys.into_iter().filter_map(|key| Some((key.to_owned(), text(key)?.into())));
    Some(entries.collect())
}

/// The host's keys, as the host tells them.
async fn scanned(ctx: &Context, url: &str) -> Result<String> {
    let url = Url::parse(url).context("the address was checked")?;
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let scan = host_keys::scan(host, url.port().unwrap_or(SSH_PORT));
    let keys = ctx.deadline.within("the host's SSH keys", scan).await?;
    ctx.output.done(format_args!("collected public keys from SSH server:\n{keys}"));
    Ok(keys)
}

pub(super) async fn wanted(
    ctx: &Context,
    new: &New<'_>,
    args: &GitSecretArgs,
    is_export: bool,
) -> Result<Wanted> {
    let (username, password) = basic_auth(ctx, &args.auth)?;
    let token = (args.bearer_token.as_ref(), args.bearer_token_file.as_deref());
    let credentials = GitCredentials {
        url: &args.url,
        username,
        password,
        bearer_token: sensitive(ctx, "--bearer-token", token.0, token.1)?,
        authority: args.ca_crt_file.as_deref().map(|path| ("--ca-crt-file", path)),
        key: SshKey::new(&args.key)?,
    };
    let is_ssh = credentials.is_ssh();
    let present = match is_ssh && !is_export {
        true => present(ctx, new.namespace, &args.name).await?,
        false => None,
    };
    let GitEntries { entries, deploy_key } = credentials.entries(ctx, present.as_ref()).await?;
    if !is_ssh && !entries.iter().any(|(key, _)| key != "ca.crt") {
        return Err(usage("--username with --password-file is needed, or --bearer-token-file"));
    }
    if let Some(public) = deploy_key {
        ctx.output.generating(format_args!("deploy key: {public}"));
    }
    Ok(Wanted::opaque(&args.name, entries))
}

/// The Secret as the cluster has it.
pub(in crate::commands::create) async fn present(
    ctx: &Context,
    namespace: &str,
    name: &str,
) -> Result<Option<Secret>> {
    let cluster = ctx.cluster().await?;
    ctx.deadline.within("the cluster", cluster.secret(namespace, name)).await
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use k8s_openapi::ByteString;

    use super::*;

    fn secret(entries: &[(&str, &str)]) -> Secret {
        let bytes = |(key, value): &(&str, &str)| {
            ((*key).to_owned(), ByteString(value.as_bytes().to_vec()))
        };
        let data: BTreeMap<_, _> = entries.iter().map(bytes).collect();
        Secret { data: Some(data), ..Secret::default() }
    }

    #[test]
    fn a_key_that_is_there_is_kept() {
        let pair = KeyPair::generate(Algorithm::Ed25519).unwrap();
        let pem = pair.private_pem.expose_secret();
        let kept = pair_in(&secret(&[("identity", pem), ("known_hosts", "h k x"), ("other", "y")]));
        let keys: Vec<_> = kept.unwrap().into_iter().map(|(key, _)| key).collect();
        assert_eq!(keys, ["identity", "known_hosts"]);
        assert!(pair_in(&secret(&[("identity", "no key")])).is_none());
        assert!(pair_in(&secret(&[("username", "git")])).is_none());
    }

    #[test]
    fn the_public_half_of_a_file_is_told_too() {
        let pair = KeyPair::generate(Algorithm::Ed25519).unwrap();
        let keys = |pem: &str| -> Vec<String> {
            of_file(pem.to_owned().into()).into_iter().map(|(key, _)| key).collect()
        };
        assert_eq!(keys(pair.private_pem.expose_secret()), ["identity", "identity.pub"]);
        assert_eq!(keys("-----BEGIN ENCRYPTED PRIVATE KEY-----"), ["identity"]);
    }
}
