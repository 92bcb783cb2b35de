//! The deploy keys of our title beside the one that the cluster uses. Those that it had before go, once the
//! one that it has now is proven. Another may be that of another cluster, with the same repository, branch
//! and path: it stays, and is told.

use std::collections::BTreeSet;

use anyhow::Result;
use k8s_openapi::api::core::v1::Secret;
use k8s_openapi::jiff::{SignedDuration, Timestamp};

use super::credentials::usable_key;
use crate::context::Context;
use crate::git_host::ssh_key::PublicKey;
use crate::git_host::{DeployKey, GitHost, LastUse, Repository};
use crate::output::age::age;

/// Names on the source Secret the keys that its key takes the place of, by their fingerprints: a run that
/// finds it after another one was killed knows that they are no other cluster's.
pub(super) const FORMER_KEYS: &str = "nigari-cli.github.io/former-deploy-keys";

/// Whoever has fetched with a key within this time may do so again. A source fetches at least every few
/// hours, but hosts do not write down every use.
const IN_USE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The keys that a cluster has or had, by their fingerprints.
pub(super) struct KnownKeys(BTreeSet<String>);

impl KnownKeys {
    /// What its Secret tells.
    pub(super) fn of(secret: Option<&Secret>) -> Self {
        let noted = secret.and_then(noted).unwrap_or_default();
        let noted = noted.split_whitespace().map(str::to_owned);
        let data = secret.and_then(|secret| secret.data.as_ref());
        let text = |key: &str| std::str::from_utf8(&data?.get(key)?.0).ok();
        // Each half tells, where the other one is spoiled.
        let halves = [
            text("identity.pub").and_then(|line| line.parse().ok()),
            text("identity").and_then(PublicKey::of_private),
        ];
        let halves = halves.into_iter().flatten().map(|key: PublicKey| key.fingerprint());
        Self(noted.chain(halves).collect())
    }

    fn has(&self, key: &DeployKey) -> bool {
        key.public().is_some_and(|key| self.0.contains(&key.fingerprint()))
    }
}

/// The keys that a Secret says its key takes the place of.
pub(super) fn noted(secret: &Secret) -> Option<&str> {
    secret.metadata.annotations.as_ref()?.get(FORMER_KEYS).map(String::as_str)
}

/// What becomes of the keys beside the cluster's own.
pub(super) struct FormerKeys {
    /// They are the cluster's from before, or nobody's.
    pub(super) go: Vec<DeployKey>,
    /// They may be another cluster's.
    pub(super) stay: Vec<DeployKey>,
}

impl FormerKeys {
    /// Beside a key that the cluster gets now: what nobody uses is of a run that did not come to its end.
    pub(super) fn beside_new(others: Vec<DeployKey>, known: &KnownKeys, now: Timestamp) -> Self {
        Self::part(others, |key| known.has(key) || !is_in_use(key, now))
    }

    /// Beside the key that the cluster has: what was just added may be of a run that is still going on.
    pub(super) fn beside_present(others: Vec<DeployKey>, known: &KnownKeys) -> Self {
        Self::part(others, |key| known.has(key))
    }

    /// What becomes of all keys of our title, where the cluster has this Secret.
    pub(super) fn foreseen(
        mut keys: Vec<DeployKey>,
        secret: Option<&Secret>,
        rotates: bool,
        now: Timestamp,
    ) -> Self {
        let known = KnownKeys::of(secret);
        let data = secret.and_then(|secret| secret.data.as_ref());
        match data.and_then(usable_key).filter(|_| !rotates) {
            None => Self::beside_new(keys, &known, now),
            held => {
                keys.retain(|key| key.public() != held);
                Self::beside_present(keys, &known)
            }
        }
    }

    fn part(others: Vec<DeployKey>, goes: impl Fn(&DeployKey) -> bool) -> Self {
        let (go, stay) = others.into_iter().partition(goes);
        Self { go, stay }
    }

    /// What [`FORMER_KEYS`] says of them.
    pub(super) fn note(&self) -> Option<String> {
        let keys = self.go.iter().filter_map(DeployKey::public);
        let fingerprints: Vec<String> = keys.map(|key| key.fingerprint()).collect();
        (!fingerprints.is_empty()).then(|| fingerprints.join(" "))
    }

    /// What there is to know about each key that stays, and how to remove it.
    pub(super) fn warnings(
        &self,
        repository: &Repository,
        now: Timestamp,
    ) -> impl Iterator<Item = String> {
        let Repository { name, web_url, .. } = repository;
        self.stay.iter().map(move |key| {
            let fingerprint = key.public().map(|key| format!(" {}", key.fingerprint()));
            format!(
                "{name} has another deploy key {}{}, {}: another cluster may need it, so that it stays; if \
                 none does, delete it at {web_url}/settings/keys",
                key.title,
                fingerprint.unwrap_or_default(),
                last_use(key.last_use, now),
            )
        })
    }

    /// Deletes those that go.
    pub(super) async fn retire(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        repository: &Repository,
    ) -> Result<()> {
        let name = &repository.name;
        for key in &self.go {
            host.delete_deploy_key(repository, key.id).await?;
        }
        match self.go.len() {
            0 => ctx.output.done(format_args!("{name} had no older deploy key")),
            1 => ctx.output.done(format_args!("the old deploy key of {name} is deleted")),
            more => ctx.output.done(format_args!("{more} old deploy keys of {name} are deleted")),
        }
        Ok(())
    }
}

/// Whether somebody may fetch with it. What is not known counts as use.
fn is_in_use(key: &DeployKey, now: Timestamp) -> bool {
    match key.last_use {
        LastUse::Never => false,
        LastUse::Untold => true,
        LastUse::At(time) => now.duration_since(time) < IN_USE,
    }
}

fn last_use(last_use: LastUse, now: Timestamp) -> String {
    match last_use {
        LastUse::Never => "which was never used".to_owned(),
        LastUse::Untold => "whose last use the server does not tell".to_owned(),
        LastUse::At(time) => {
            // A clock that is ahead of ours makes it now.
            let ago = now.duration_since(time).try_into().unwrap_or_default();
            format!("last used {} ago", age(ago))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use k8s_openapi::ByteString;
    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::git_host::ssh_key::{Algorithm, KeyPair};

    const NOW: &str = "2026-07-09T12:00:00Z";

    fn now() -> Timestamp {
        NOW.parse().unwrap()
    }

    fn at(time: &str) -> LastUse {
        LastUse::At(time.parse().unwrap())
    }

    fn pair() -> KeyPair {
        KeyPair::generate(Algorithm::Ed25519).unwrap()
    }

    fn deployed(id: u64, key: &PublicKey, last_use: LastUse) -> DeployKey {
        let (title, key) = ("ours".to_owned(), key.to_string());
        DeployKey { id, title, key, read_only: true, is_enabled: true, last_use }
    }

    fn secret(entries: &[(&str, &str)], note: Option<String>) -> Secret {
        let data = entries
            .iter()
            .map(|(key, value)| ((*key).to_owned(), ByteString(value.as_bytes().to_vec())));
        let annotations = note.map(|note| BTreeMap::from([(FORMER_KEYS.to_owned(), note)]));
        let mut secret = Secret { data: Some(data.collect()), ..Secret::default() };
        secret.metadata.annotations = annotations;
        secret
    }

    fn ids(keys: &[DeployKey]) -> Vec<u64> {
        keys.iter().map(|key| key.id).collect()
    }

    #[test]
    fn a_key_that_somebody_uses_stays_beside_a_new_one() {
        let keys = [
            deployed(1, &pair().public, LastUse::Never),
            deployed(2, &pair().public, at("2026-07-01T12:00:00Z")),
            deployed(3, &pair().public, at("2026-07-03T12:00:00Z")),
            deployed(4, &pair().public, LastUse::Untold),
            deployed(5, &pair().public, at("2026-07-09T12:00:05Z")),
        ];
        let former = FormerKeys::beside_new(keys.to_vec(), &KnownKeys::of(None), now());
        assert_eq!((ids(&former.go), ids(&former.stay)), (vec![1, 2], vec![3, 4, 5]));
    }

    #[test]
    fn a_key_that_the_cluster_had_goes_although_it_was_used() {
        let (held, noted) = (pair(), pair().public);
        let keys = [deployed(1, &held.public, at(NOW)), deployed(2, &noted, at(NOW))];
        let (public, pem) = (held.public.to_string(), held.private_pem.expose_secret());
        for half in [("identity.pub", public.as_str()), ("identity", pem)] {
            let known = KnownKeys::of(Some(&secret(&[half], Some(noted.fingerprint()))));
            for former in [
                FormerKeys::beside_new(keys.to_vec(), &known, now()),
                FormerKeys::beside_present(keys.to_vec(), &known),
            ] {
                assert_eq!((ids(&former.go), ids(&former.stay)), (vec![1, 2], vec![]));
            }
        }
    }

    #[test]
    fn beside_the_present_key_only_those_go_that_are_known() {
        let keys = [
            deployed(1, &pair().public, LastUse::Never),
            deployed(2, &pair().public, at("2026-01-01T12:00:00Z")),
        ];
        let former = FormerKeys::beside_present(keys.to_vec(), &KnownKeys::of(None));
        assert_eq!((ids(&former.go), ids(&former.stay)), (vec![], vec![1, 2]));
        assert_eq!(former.note(), None);
    }

    #[test]
    fn what_is_noted_is_known_to_the_next_run() {
        let keys = [(1, pair().public), (2, pair().public)];
        let listed = keys.each_ref().map(|(id, key)| deployed(*id, key, LastUse::Never));
        let former = FormerKeys::beside_new(listed.to_vec(), &KnownKeys::of(None), now());
        let known = KnownKeys::of(Some(&secret(&[], former.note())));
        assert!(listed.iter().all(|key| known.has(key)));
    }
}
