//! How the cluster fetches over SSH: with a key of its own for the repository.

use anyhow::Result;
use k8s_openapi::api::core::v1::Secret;
use secrecy::{ExposeSecret as _, SecretString};

use super::contents::{Data, bytes, knows, pair, usable_key};
use super::secret::{change, read_secret, tell_up_to_date, write_secret};
use super::title;
use crate::commands::bootstrap::plan::Plan;
use crate::context::Context;
use crate::git_host::ssh_key::{Algorithm, KeyPair, PublicKey};
use crate::git_host::{GitHost, KeyOutcome, Repository};

/// How the cluster fetches over SSH.
pub(in crate::commands::bootstrap) struct DeployKey<'a> {
    /// The lines of `known_hosts` for the host.
    pub(in crate::commands::bootstrap) host_keys: Vec<String>,
    /// A key that the user has already.
    pub(in crate::commands::bootstrap) given: Option<&'a GivenKey>,
    /// Whether the key may only read.
    pub(in crate::commands::bootstrap) read_only: bool,
    /// Whether another key takes the place of one that is there.
    pub(in crate::commands::bootstrap) rotates: bool,
    /// Whether a person's token makes the key.
    pub(in crate::commands::bootstrap) is_of_token: bool,
}

/// A private key from a file.
pub(in crate::commands::bootstrap) struct GivenKey {
    /// The file's text.
    pub(in crate::commands::bootstrap) private_pem: SecretString,
    /// Its public half.
    pub(in crate::commands::bootstrap) public: PublicKey,
    /// What opens it.
    pub(in crate::commands::bootstrap) passphrase: Option<SecretString>,
}

impl GivenKey {
    /// What the Secret holds of it.
    fn data(&self) -> Data {
        let mut data = pair(&self.private_pem, &self.public);
        let passphrase = self.passphrase.as_ref();
        data.extend(passphrase.map(|it| ("password".to_owned(), bytes(it.expose_secret()))));
        data
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
    /// knows the host.
    pub(super) async fn ensure(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: &Repository,
        plan: &Plan,
    ) -> Result<()> {
        let present = self.present(ctx, plan).await?;
        let (public, new_data) = match &present.public {
            Some(public) => (public.clone(), None),
            None => {
                let (public, data) = self.new_key(plan.key_algorithm)?;
                (public, Some(data))
            }
        };
        let title = title(plan);
        let outcome = host.ensure_deploy_key(repository, &title, &public, self.read_only).await?;
        self.tell(ctx, repository, plan, &present, outcome);

        if new_data.is_none() && present.knows_host {
            tell_up_to_date(ctx, plan);
            return Ok(());
        }
        // Server-side apply would drop what we wrote earlier and leave out now.
        let kept = || present.secret.and_then(|secret| secret.data).unwrap_or_default();
        write_secret(ctx, plan, self.with_host_keys(new_data.unwrap_or_else(kept))).await
    }

    /// The key that takes the place of all others, given or made, and what the Secret holds of it.
    pub(in crate::commands::bootstrap) fn new_key(
        &self,
        algorithm: Algorithm,
    ) -> Result<(PublicKey, Data)> {
        if let Some(given) = self.given {
            return Ok((given.public.clone(), given.data()));
        }
        let made = KeyPair::generate(algorithm)?;
        let data = pair(&made.private_pem, &made.public);
        Ok((made.public, data))
    }

    /// What the Secret holds, with the host that the key is for.
    pub(in crate::commands::bootstrap) fn with_host_keys(&self, mut data: Data) -> Data {
        data.insert("known_hosts".to_owned(), bytes(&self.host_keys.join("\n")));
        data
    }

    /// Says what became of the key, and where cluster and host did not fit together.
    fn tell(
        &self,
        ctx: &Context,
        repository: &Repository,
        plan: &Plan,
        present: &Present,
        outcome: KeyOutcome,
    ) {
        let (namespace, name) = (&plan.namespace, &plan.secret_name);
        let (title, secret) = (title(plan), format!("Secret {namespace}/{name}"));
        let repository = &repository.name;
        match (outcome, &present.public, &present.secret) {
            (KeyOutcome::Added | KeyOutcome::Replaced, Some(_), _) => ctx.output.warn(
                format_args!("{repository} does not have the deploy key of {secret} any more"),
            ),
            (KeyOutcome::Recreated, ..) => {
                let rights = if self.read_only { "may write" } else { "may only read" };
                ctx.output.warn(format_args!("the deploy key {title} of {repository} {rights}"));
            }
            (_, None, Some(_)) => {
                ctx.output.warn(format_args!("{secret} has no key pair that can be used"));
            }
            _ => {}
        }
        let what = match outcome {
            KeyOutcome::Kept => "is in place on",
            KeyOutcome::Added => "added to",
            KeyOutcome::Replaced | KeyOutcome::Recreated => "replaced on",
        };
        ctx.output.done(format_args!("deploy key {title} {what} {repository}"));
        if outcome != KeyOutcome::Kept {
            self.tell_lifetime(ctx);
        }
    }

    /// Warns of GitHub's habit to delete the keys that a token has made together with it.
    pub(in crate::commands::bootstrap) fn tell_lifetime(&self, ctx: &Context) {
        if self.is_of_token {
            ctx.output.action(
                "the deploy key lives as long as the token that made it: regenerate that token, do not delete it",
            );
        }
    }

    pub(super) async fn preview(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: Option<&Repository>,
        plan: &Plan,
    ) -> Result<String> {
        let present = self.present(ctx, plan).await?;
        let title = title(plan);
        let given = self.given.map(|given| &given.public);
        let kept = present.public.as_ref().filter(|_| !self.rotates);
        let outcome = match repository {
            None => KeyOutcome::Added,
            Some(repository) => {
                let (key, read_only) = (kept.or(given), self.read_only);
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
            KeyOutcome::Replaced | KeyOutcome::Recreated => {
                format!("deploy key {title} replaced ({rights})\n")
            }
        };
        let keys: &[&str] = match (kept, present.knows_host) {
            (Some(_), true) => &[],
            (Some(_), false) => &["known_hosts"],
            (None, _) => &["identity", "identity.pub", "known_hosts"],
        };
        Ok(text + &change(ctx, plan, present.secret.is_some(), keys))
    }

    async fn present(&self, ctx: &Context, plan: &Plan) -> Result<Present> {
        let given = self.given.map(|given| &given.public);
        Ok(Present::of(read_secret(ctx, plan).await?, given, &self.host_keys))
    }
}

impl Present {
    /// What a Secret is worth to somebody who wants the `given` key, or any.
    fn of(secret: Option<Secret>, given: Option<&PublicKey>, host_keys: &[String]) -> Self {
        let data = secret.as_ref().and_then(|secret| secret.data.as_ref());
        let is_wanted = |public: &PublicKey| given.is_none_or(|given| given == public);
        let public = data.and_then(usable_key).filter(is_wanted);
        // Of another way to authenticate, which source-controller would not accept beside this one.
        let is_clean = data.is_none_or(|data| !data.contains_key("githubAppID"));
        let knows_host = knows(data, host_keys);
        Self { public: public.filter(|_| is_clean), knows_host, secret }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> (PublicKey, Data) {
        let made = KeyPair::generate(Algorithm::Ed25519).unwrap();
        (made.public.clone(), pair(&made.private_pem, &made.public))
    }

    #[test]
    fn a_pair_is_kept_unless_another_one_or_another_way_is_wanted() {
        let (public, data) = key();
        let (other, _) = key();
        let kept = |data: &Data, given: Option<&PublicKey>| {
            let secret = Secret { data: Some(data.clone()), ..Secret::default() };
            Present::of(Some(secret), given, &[]).public
        };
        assert_eq!(kept(&data, None), Some(public.clone()));
        assert_eq!(kept(&data, Some(&public)), Some(public.clone()));
        assert_eq!(kept(&data, Some(&other)), None);
        let mut of_app = data.clone();
        of_app.insert("githubAppID".to_owned(), bytes("1"));
        assert_eq!(kept(&of_app, None), None);
    }

    #[test]
    fn a_given_key_is_taken_and_else_one_is_made() {
        let (public, _) = key();
        let (pem, opens) = ("private".to_owned(), "opens".to_owned());
        let given = GivenKey {
            private_pem: pem.into(),
            public: public.clone(),
            passphrase: Some(opens.into()),
        };
        let mut wanted = DeployKey {
            host_keys: vec!["host a".to_owned(), "host b".to_owned()],
            given: Some(&given),
            read_only: true,
            rotates: false,
            is_of_token: false,
        };
        let (taken, data) = wanted.new_key(Algorithm::Ed25519).unwrap();
        assert_eq!(taken, public);
        let keys: Vec<_> = data.keys().map(String::as_str).collect();
        assert_eq!(keys, ["identity", "identity.pub", "password"]);
        assert_eq!(wanted.with_host_keys(data)["known_hosts"], bytes("host a\nhost b"));
        wanted.given = None;
        let (made, data) = wanted.new_key(Algorithm::Ed25519).unwrap();
        assert_eq!(usable_key(&data), Some(made));
    }
}
