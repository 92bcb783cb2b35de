//! How the cluster fetches over SSH: with a key of its own for the repository.

use anyhow::{Result, anyhow};
use k8s_openapi::api::core::v1::Secret;
use secrecy::{ExposeSecret as _, SecretString};

use super::contents::{Data, bytes, knows, pair, usable_key};
use super::secret::{change, read_secret, tell_up_to_date, write_secret};
use super::title;
use crate::commands::bootstrap::former_keys::{FormerKeys, KnownKeys, noted};
use crate::commands::bootstrap::plan::Plan;
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::git_host::ssh_key::{Algorithm, KeyPair, PublicKey};
use crate::git_host::{EnsuredKey, GitHost, KeyOutcome, Repository, is_key_in_use};

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

/// A key pair for the cluster.
struct Pair {
    public: PublicKey,
    /// What the Secret is to hold of it; nothing for the pair that it has.
    new: Option<Data>,
}

impl Pair {
    fn generate(algorithm: Algorithm) -> Result<Self> {
        let made = KeyPair::generate(algorithm)?;
        let data = pair(&made.private_pem, &made.public);
        Ok(Self { public: made.public, new: Some(data) })
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
    pub(in crate::commands::bootstrap) async fn ensure(
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
        data.insert("known_hosts".to_owned(), bytes(&self.host_keys.join("\n")));
        write_secret(ctx, plan, seen, data, note).await?;
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
        let (title, pair) = (title(plan), self.pair(present, plan.key_algorithm)?);
        match host.ensure_deploy_key(repository, &title, &pair.public, self.read_only).await {
            // The cluster has fetched another repository with it.
            Err(error) if pair.new.is_none() && self.given.is_none() && is_key_in_use(&error) => {
                let (namespace, name) = (&plan.namespace, &plan.secret_name);
                ctx.output.warn(format_args!(
                    "another repository or user has the deploy key of Secret {namespace}/{name}: making a new one"
                ));
                let pair = Pair::generate(plan.key_algorithm)?;
                let (key, read_only) = (&pair.public, self.read_only);
                let ensured = host.ensure_deploy_key(repository, &title, key, read_only).await?;
                Ok((pair, ensured))
            }
            ensured => Ok((pair, ensured?)),
        }
    }

    /// The pair that the Secret has, if that is wanted, or another one.
    fn pair(&self, present: &Present, algorithm: Algorithm) -> Result<Pair> {
        match (self.kept(present), self.given) {
            (Some(public), _) => Ok(Pair { public: public.clone(), new: None }),
            (None, Some(given)) => {
                Ok(Pair { public: given.public.clone(), new: Some(given.data()) })
            }
            (None, None) => Pair::generate(algorithm),
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

    pub(super) async fn preview(
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
        Ok(text + &change(ctx, plan, present.secret.is_some(), keys))
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
        let given = self.given.map(|given| &given.public);
        Ok(Present::of(read_secret(ctx, plan).await?, given, &self.host_keys))
    }
}

/// The key that the cluster fetches with, and those beside it.
pub(in crate::commands::bootstrap) struct ClusterKey {
    public: PublicKey,
    pub(in crate::commands::bootstrap) former: FormerKeys,
}

impl ClusterKey {
    /// Refuses to go on where somebody else has given the cluster another key meanwhile.
    ///
    /// # Errors
    /// [`Class::Conflict`] when the Secret holds another key.
    pub(in crate::commands::bootstrap) async fn check_is_held(
        &self,
        ctx: &Context,
        plan: &Plan,
    ) -> Result<()> {
        let secret = read_secret(ctx, plan).await?;
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
            host_keys: Vec::new(),
            given: Some(&given),
            read_only: true,
            rotates: false,
            is_of_token: false,
        };
        let nothing = Present::of(None, None, &[]);
        let taken = wanted.pair(&nothing, Algorithm::Ed25519).unwrap();
        assert_eq!(taken.public, public);
        let data = taken.new.unwrap();
        let keys: Vec<_> = data.keys().map(String::as_str).collect();
        assert_eq!(keys, ["identity", "identity.pub", "password"]);
        wanted.given = None;
        let made = wanted.pair(&nothing, Algorithm::Ed25519).unwrap();
        assert_eq!(usable_key(&made.new.unwrap()), Some(made.public));
    }
}
