//! Deploy keys.

use anyhow::{Result, anyhow};
use k8s_openapi::jiff::Timestamp;
use serde::{Deserialize, Deserializer};
use serde_json::json;

use super::refusal;
use super::transport::{Call, Sent, Transport};
use crate::error::{Class, Explain as _};
use crate::git_host::ssh_key::PublicKey;
use crate::git_host::{DeployKey, EnsuredKey, KeyOutcome, LastUse, Repository};

/// How often a key is sent at most.
const ATTEMPTS: usize = 3;

/// The title under which Flux registers the key of a source, so that each tool finds the other's.
///
/// The parts that are not empty, joined with `-`; `path` as Flux writes it, such as `./clusters/prod`.
#[must_use]
pub fn deploy_key_title(namespace: &str, branch: &str, secret: &str, path: &str) -> String {
    let parts = [namespace, branch, secret, path];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

/// What GitHub sends; the fields with defaults are absent on older Enterprise Servers.
#[derive(Deserialize)]
struct Listed {
    id: u64,
    title: String,
    key: String,
    read_only: bool,
    #[serde(default = "yes")]
    enabled: bool,
    #[serde(default = "untold", deserialize_with = "last_use")]
    last_used: LastUse,
}

const fn yes() -> bool {
    true
}

const fn untold() -> LastUse {
    LastUse::Untold
}

/// `null` is a key that was never used.
fn last_use<'de, D: Deserializer<'de>>(deserializer: D) -> Result<LastUse, D::Error> {
    let time = Option::<Timestamp>::deserialize(deserializer)?;
    Ok(time.map_or(LastUse::Never, LastUse::At))
}

pub(super) async fn list(transport: &Transport, repository: &Repository) -> Result<Vec<DeployKey>> {
    let name = &repository.name;
    let listed: Vec<Listed> = transport
        .list(&format!("/repos/{name}/keys"), &format!("list the deploy keys of {name}"))
        .await
        .map_err(|error| not_admin(error, repository))?;
    let key = |Listed { id, title, key, read_only, enabled, last_used }| DeployKey {
        id,
        title,
        key,
        read_only,
        is_enabled: enabled,
        last_use: last_used,
    };
    Ok(listed.into_iter().map(key).collect())
}

pub(super) async fn preview(
    transport: &Transport,
    repository: &Repository,
    title: &str,
    key: Option<&PublicKey>,
    read_only: bool,
) -> Result<EnsuredKey> {
    let present = list(transport, repository).await?;
    let plan = plan(&present, title, key, read_only);
    let outcome = plan.map_err(|reason| refused(repository, reason))?.outcome();
    Ok(EnsuredKey { outcome, others: others(present, title, key) })
}

pub(super) async fn ensure(
    transport: &Transport,
    repository: &Repository,
    title: &str,
    key: &PublicKey,
    read_only: bool,
) -> Result<EnsuredKey> {
    let present = list(transport, repository).await?;
    let plan = plan(&present, title, Some(key), read_only);
    let plan = plan.map_err(|reason| refused(repository, reason))?;
    // The same key cannot be registered twice, so there is no order without a gap.
    if let Plan::Recreate { id } = plan {
        delete(transport, repository, id).await?;
    }
    if plan != Plan::Keep {
        add(transport, repository, title, key, read_only).await?;
    }
    Ok(EnsuredKey { outcome: plan.outcome(), others: others(present, title, Some(key)) })
}

/// The keys of a title but one.
fn others(present: Vec<DeployKey>, title: &str, key: Option<&PublicKey>) -> Vec<DeployKey> {
    let is_other = |it: &DeployKey| it.title == title && !key.is_some_and(|key| is(it, key));
    present.into_iter().filter(is_other).collect()
}

/// What to do about the keys that a repository has.
#[derive(Debug, PartialEq, Eq)]
enum Plan {
    Keep,
    Add,
    /// Add it anew in place of this one, which has other rights.
    Recreate {
        id: u64,
    },
}

impl Plan {
    const fn outcome(&self) -> KeyOutcome {
        match self {
            Self::Keep => KeyOutcome::Kept,
            Self::Add => KeyOutcome::Added,
            Self::Recreate { .. } => KeyOutcome::Recreated,
        }
    }
}

/// Why a key that is there cannot be used.
#[derive(Debug, PartialEq, Eq)]
enum Unusable {
    Disabled,
    /// Somebody gave it this title and other rights.
    Foreign(String),
}

/// Decides about `key`; none is one that will be made, and that nobody has yet.
fn plan(
    present: &[DeployKey],
    title: &str,
    key: Option<&PublicKey>,
    read_only: bool,
) -> Result<Plan, Unusable> {
    let is_it = |present: &&DeployKey| key.is_some_and(|key| is(present, key));
    match present.iter().find(is_it) {
        None => Ok(Plan::Add),
        Some(found) if !found.is_enabled => Err(Unusable::Disabled),
        // A key that may write can read as well, but was not asked for.
        Some(found) if found.read_only == read_only => Ok(Plan::Keep),
        Some(found) if found.title == title => Ok(Plan::Recreate { id: found.id }),
        Some(found) => Err(Unusable::Foreign(found.title.clone())),
    }
}

/// Whether both are the same key, whatever the comment says.
fn is(present: &DeployKey, key: &PublicKey) -> bool {
    present.public().is_some_and(|present| present == *key)
}

fn refused(repository: &Repository, reason: Unusable) -> anyhow::Error {
    let name = &repository.name;
    match reason {
        Unusable::Disabled => anyhow!("the owner's policy disables the deploy keys of {name}")
            .class(Class::Denied)
            .hint("use --token-auth, or ask an owner to enable deploy keys"),
        Unusable::Foreign(title) => {
            anyhow!("{name} has this SSH key with other rights under the title {title:?}")
                .class(Class::Conflict)
                .hint(format!("delete that deploy key at {}/settings/keys", repository.web_url))
        }
    }
}

async fn add(
    transport: &Transport,
    repository: &Repository,
    title: &str,
    key: &PublicKey,
    read_only: bool,
) -> Result<()> {
    let name = &repository.name;
    let doing = format!("add a deploy key to {name}");
    let body = json!({ "title": title, "key": key.to_string(), "read_only": read_only });
    let call = Call::create(format!("/repos/{name}/keys"), body);
    let mut lost = None;
    for _ in 0..ATTEMPTS {
        match transport.send(&call).await? {
            Sent::Answered(reply) => return accepted(reply, repository, &doing),
            Sent::Unknown(error) => lost = Some(error),
        }
        // The answer was lost. If the key is there, the request arrived; if not, it is sent again.
        if list(transport, repository).await?.iter().any(|present| is(present, key)) {
            return Ok(());
        }
    }
    let lost = lost.expect("an answer was lost, or the loop had been left");
    Err(lost.context(format!("cannot {doing}")))
}

fn accepted(reply: super::reply::Reply, repository: &Repository, doing: &str) -> Result<()> {
    let is_hidden = reply.status.as_u16() == 404;
    match reply.accept(doing) {
        Ok(_) => Ok(()),
        Err(error) if is_hidden => Err(not_admin(error, repository)),
        Err(error) => Err(error),
    }
}

pub(super) async fn delete(transport: &Transport, repository: &Repository, id: u64) -> Result<()> {
    let name = &repository.name;
    let reply = transport.ask(Call::delete(format!("/repos/{name}/keys/{id}"))).await?;
    // Gone already, or deleted by a request whose answer was lost.
    if reply.status.is_success() || reply.status.as_u16() == 404 {
        return Ok(());
    }
    Err(refusal::of(&reply).context(format!("cannot delete an old deploy key of {name}")))
}

/// GitHub hides deploy keys from who does not administer the repository.
fn not_admin(error: anyhow::Error, repository: &Repository) -> anyhow::Error {
    if crate::error::class_of(&error) != Class::NotFound {
        return error;
    }
    anyhow!("the token does not administer {}", repository.name)
        .context(error.to_string())
        .class(Class::Denied)
        .hint("ask an owner for admin rights, or use --token-auth")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::git_host::ssh_key::{Algorithm, KeyPair};

    fn key() -> PublicKey {
        KeyPair::generate(Algorithm::Ed25519).expect("key").public
    }

    fn deployed(id: u64, title: &str, key: &PublicKey) -> DeployKey {
        let (title, key) = (title.to_owned(), key.to_string());
        DeployKey { id, title, key, read_only: true, is_enabled: true, last_use: LastUse::Never }
    }

    #[test]
    fn titles_are_those_of_flux() {
        let title = deploy_key_title("flux-system", "main", "flux-system", "./clusters/prod");
        assert_eq!(title, "flux-system-main-flux-system-./clusters/prod");
        assert_eq!(deploy_key_title("flux-system", "main", "", ""), "flux-system-main");
    }

    #[test]
    fn the_same_key_is_kept_whatever_its_title() {
        let key = key();
        let mut present = deployed(1, "somebody's", &key);
        present.key.push_str(" comment");
        assert_eq!(plan(&[present], "ours", Some(&key), true), Ok(Plan::Keep));
    }

    #[test]
    fn other_rights_are_changed_only_under_our_title() {
        let key = key();
        let recreated = plan(&[deployed(7, "ours", &key)], "ours", Some(&key), false).unwrap();
        assert_eq!(recreated, Plan::Recreate { id: 7 });
        assert_eq!(recreated.outcome(), KeyOutcome::Recreated);
        let foreign = plan(&[deployed(7, "theirs", &key)], "ours", Some(&key), false);
        assert_eq!(foreign, Err(Unusable::Foreign("theirs".to_owned())));
    }

    #[test]
    fn a_disabled_key_is_no_key() {
        let key = key();
        let present = DeployKey { is_enabled: false, ..deployed(1, "ours", &key) };
        let refused = plan(&[present], "ours", Some(&key), true);
        assert_eq!(refused, Err(Unusable::Disabled));
    }

    #[test]
    fn a_new_key_is_added_beside_those_that_are_there() {
        let present = [deployed(1, "ours", &key()), deployed(2, "theirs", &key())];
        for new in [Some(&key()), None] {
            assert_eq!(plan(&present, "ours", new, true), Ok(Plan::Add));
            assert_eq!(others(present.to_vec(), "ours", new), present[..1]);
        }
        let first = present[0].public();
        assert_eq!(others(present.to_vec(), "ours", first.as_ref()), []);
    }

    #[test]
    fn when_a_key_was_used_is_told_unless_the_server_is_too_old() {
        let of = |last_used: &str| {
            let key = format!(r#"{{"id":1,"title":"a","key":"b","read_only":true{last_used}}}"#);
            serde_json::from_str::<Listed>(&key).unwrap().last_used
        };
        assert_eq!(of(""), LastUse::Untold);
        assert_eq!(of(r#","last_used":null"#), LastUse::Never);
        let time = "2026-07-01T12:00:00Z";
        assert_eq!(of(&format!(r#","last_used":"{time}""#)), LastUse::At(time.parse().unwrap()));
    }
}
