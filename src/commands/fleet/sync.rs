//! What the cluster is synced from, told by its own objects.

use anyhow::{Context as _, Result, anyhow};
use futures::TryStreamExt as _;
use kube::api::DynamicObject;
use url::Url;

use crate::cluster::reconcile::refuse_suspended;
use crate::cluster::{Cluster, Scope};
use crate::context::Context;
use crate::error::{Class, Explain as _, class_of, usage};
use crate::git_host::RepositoryName;
use crate::git_host::change::normalized_path;
use crate::kinds::ObjectRef;
use crate::kinds::kustomize::KUSTOMIZATION;
use crate::kinds::source::GIT_REPOSITORY;
use crate::kinds::view::{name, namespace, object_ref, text};
use crate::manifests::place::NewFile;

/// The branch that source-controller follows when none is named (`GitRepositoryRef` in its `api/v1`).
const DEFAULT_BRANCH: &str = "master";

/// The repository that a cluster is synced from, and what of it is applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fleet {
    /// The host in the source's address.
    pub(crate) host: String,
    /// The repository, by the source's address.
    pub(crate) repository: RepositoryName,
    /// The branch that is followed.
    pub(crate) branch: String,
    /// The GitRepository.
    pub(crate) source: ObjectRef,
    /// The folders that are applied from it; never empty, the one that Flux itself is in first.
    pub(crate) synced: Vec<Synced>,
}

/// A folder, and the Kustomization that applies it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Synced {
    /// The Kustomization's namespace.
    pub(crate) namespace: String,
    /// The Kustomization's name.
    pub(crate) name: String,
    /// The folder from the repository's root, which is empty.
    pub(crate) folder: String,
}

impl Fleet {
    /// Finds the repository by the Kustomization that was `named`, `[NAMESPACE/]NAME`, else by the one with
    /// which Flux syncs itself. `instead` is what can be done without one.
    ///
    /// # Errors
    /// [`Class::NotFound`] when nothing is synced from a Git repository; [`Class::Usage`] when it is not clear
    /// which is meant, or it follows something that nobody can commit to; [`Class::Failed`] when it is
    /// suspended, so that nothing would be applied.
    pub(crate) async fn find(ctx: &Context, named: Option<&str>, instead: &str) -> Result<Self> {
        let cluster = ctx.cluster().await?;
        let main = match named {
            Some(named) => {
                let (namespace, name) = named.split_once('/').unwrap_or((ctx.namespace(), named));
                cluster.find(&KUSTOMIZATION, namespace, name).await?
            }
            None => main_kustomization(ctx, cluster, instead).await?,
        };
        refuse_suspended(&KUSTOMIZATION, &main)?;
        let source = object_ref(&main, "/spec/sourceRef").context("it names no source")?;
        if source.kind != GIT_REPOSITORY.kind {
            let (namespace, name) = (namespace(&main), name(&main));
            return Err(usage(format!(
                "Kustomization {namespace}/{name} applies {source}, which nobody can commit to"
            ))
            .hint(instead));
        }
        let repository = cluster.find(&GIT_REPOSITORY, &source.namespace, &source.name).await?;
        refuse_suspended(&GIT_REPOSITORY, &repository)?;
        let beside = kustomizations(cluster, namespace(&main)).await?;
        let fleet = Self::of(&main, &source, &repository, &beside)
            .with_context(|| format!("{source} cannot be committed to"));
        fleet.hint(instead)
    }

    fn of(
        main: &DynamicObject,
        source: &ObjectRef,
        repository: &DynamicObject,
        beside: &[DynamicObject],
    ) -> Result<Self> {
        let address = text(repository, "/spec/url").unwrap_or_default();
        let (host, name) = repository_at(address)?;
        let is_main = |object: &&DynamicObject| object.metadata.name == main.metadata.name;
        let others = beside.iter().filter(|object| {
            !is_main(object) && object_ref(object, "/spec/sourceRef").as_ref() == Some(source)
        });
        let synced = std::iter::once(main).chain(others).map(Synced::of);
        Ok(Self {
            host,
            repository: name,
            branch: branch(repository)?,
            source: source.clone(),
            synced: synced.collect::<Result<_>>()?,
        })
    }

    /// The folder that Flux itself is in.
    pub(crate) fn main(&self) -> &Synced {
        &self.synced[0]
    }

    /// The Kustomization that applies a file of this path: the one of the nearest folder.
    pub(crate) fn covering(&self, path: &str) -> Option<&Synced> {
        let covers = |synced: &&Synced| {
            let rest = path.strip_prefix(&synced.folder);
            rest.is_some_and(|rest| synced.folder.is_empty() || rest.starts_with('/'))
        };
        self.synced.iter().filter(covers).max_by_key(|synced| synced.folder.len())
    }

    /// Whether a commit to the branch is a new revision of this GitRepository too.
    pub(crate) fn moves(&self, repository: &DynamicObject) -> bool {
        let bare = |host: &str| host.strip_prefix("ssh.").unwrap_or(host).to_owned();
        let address = text(repository, "/spec/url").unwrap_or_default();
        let is_same = repository_at(address).is_ok_and(|(host, name)| {
            bare(&host) == bare(&self.host) && name.is_same(&self.repository)
        });
        is_same && branch(repository).is_ok_and(|branch| branch == self.branch)
    }

    /// The Kustomization that applies a new file, if it is to be applied by this cluster.
    pub(crate) fn applies(&self, file: &NewFile) -> Option<&Synced> {
        file.root.as_ref().and_then(|_| self.covering(&file.path))
    }
}

impl Synced {
    fn of(kustomization: &DynamicObject) -> Result<Self> {
        let (namespace, name) = (namespace(kustomization), name(kustomization));
        let path = text(kustomization, "/spec/path").unwrap_or_default().trim_start_matches('/');
        let folder = normalized_path(path)
            .with_context(|| format!("the path of Kustomization {namespace}/{name}"))?;
        Ok(Self { namespace: namespace.to_owned(), name: name.to_owned(), folder })
    }
}

/// The Kustomization with which Flux syncs itself: its CRDs say which, as long as we may see them; else the
/// only one in its namespace that applies a GitRepository, or the one that has the namespace's name.
async fn main_kustomization(
    ctx: &Context,
    cluster: &Cluster,
    instead: &str,
) -> Result<DynamicObject> {
    let synced_by = match cluster.installation().await {
        Ok(installation) => installation.and_then(|installation| installation.synced_by),
        Err(error) if class_of(&error) == Class::Denied => None,
        Err(error) => return Err(error),
    };
    if let Some((namespace, name)) = synced_by.as_deref().and_then(|it| it.split_once('/')) {
        return cluster.find(&KUSTOMIZATION, namespace, name).await;
    }
    let place = ctx.namespace();
    let found = kustomizations(cluster, place).await?;
    let candidates = candidates(&found);
    match candidates.as_slice() {
        [] => Err(anyhow!("nothing in namespace {place} is synced from a Git repository")
            .class(Class::NotFound)
            .hint("install Flux from a repository: nigari bootstrap github")
            .hint(instead)),
        [only] => Ok((*only).clone()),
        several => match several.iter().find(|object| name(object) == place) {
            Some(own) => Ok((*own).clone()),
            None => Err(ambiguous(place, several)),
        },
    }
}

fn candidates(found: &[DynamicObject]) -> Vec<&DynamicObject> {
    let is_from_git = |object: &&DynamicObject| {
        text(object, "/spec/sourceRef/kind").is_some_and(|kind| kind == GIT_REPOSITORY.kind)
    };
    found.iter().filter(is_from_git).collect()
}

fn ambiguous(place: &str, several: &[&DynamicObject]) -> anyhow::Error {
    let names: Vec<&str> = several.iter().map(|object| name(object)).collect();
    usage(format!("several Kustomizations in namespace {place} are synced: {}", names.join(", ")))
        .hint(format!("name the one to write for: --fleet {place}/{}", names[0]))
}

async fn kustomizations(cluster: &Cluster, namespace: &str) -> Result<Vec<DynamicObject>> {
    let scope = Scope::namespace(namespace);
    cluster.list(&KUSTOMIZATION, &scope).await?.try_collect().await
}

/// Host and name of the repository that an address leads to.
fn repository_at(address: &str) -> Result<(String, RepositoryName)> {
    let url = Url::parse(address).map_err(|_| usage(format!("{address:?} is no address")))?;
    let host = url.host_str().unwrap_or_default();
    let path = url.path().trim_matches('/');
    let name = path.strip_suffix(".git").unwrap_or(path).parse();
    let name = name.with_context(|| format!("{address} is no repository of GitHub"))?;
    Ok((host.to_owned(), name))
}

/// The branch that a GitRepository follows.
///
/// Source: the precedence of `GitRepositoryRef` in source-controller's `api/v1`.
fn branch(repository: &DynamicObject) -> Result<String> {
    let field = |name: &str| text(repository, &format!("/spec/ref/{name}"));
    for pinned in ["commit", "semver", "tag"] {
        if let Some(value) = field(pinned) {
            return Err(usage(format!("it follows the {pinned} {value} and no branch")));
        }
    }
    match field("name") {
        Some(name) => match name.strip_prefix("refs/heads/") {
            Some(branch) => Ok(branch.to_owned()),
            None => Err(usage(format!("it follows {name} and no branch"))),
        },
        None => Ok(field("branch").unwrap_or(DEFAULT_BRANCH).to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    fn kustomization(name: &str, path: &str) -> DynamicObject {
        object(json!({
            "metadata": {"name": name, "namespace": "flux-system"},
            "spec": {"path": path, "sourceRef": {"kind": "GitRepository", "name": "flux-system"}},
        }))
    }

    fn repository(url: &str, reference: serde_json::Value) -> DynamicObject {
        object(json!({"spec": {"url": url, "ref": reference}}))
    }

    fn fleet(beside: &[DynamicObject]) -> Fleet {
        let main = kustomization("flux-system", "./clusters/a");
        let source = object_ref(&main, "/spec/sourceRef").unwrap();
        let repository = repository("ssh://git@github.com/acme/fleet", json!({"branch": "main"}));
        Fleet::of(&main, &source, &repository, beside).unwrap()
    }

    #[test]
    fn an_address_names_host_and_repository() {
        for address in [
            "ssh://git@github.com/acme/fleet",
            "https://github.com/acme/fleet.git",
            "ssh://git@github.com:443/acme/fleet/",
            "https://github.com/acme/fleet",
        ] {
            let (host, name) = repository_at(address).unwrap();
            assert_eq!((host.as_str(), name.to_string().as_str()), ("github.com", "acme/fleet"));
        }
        for address in ["", "acme/fleet", "https://gitlab.com/a/b/c", "https://github.com/"] {
            assert_eq!(class_of(&repository_at(address).unwrap_err()), Class::Usage, "{address}");
        }
    }

    #[test]
    fn only_a_branch_can_be_committed_to() {
        for (reference, expected) in [
            (json!({"branch": "main"}), Some("main")),
            (json!({"name": "refs/heads/x/y"}), Some("x/y")),
            (json!({}), Some("master")),
            (json!(null), Some("master")),
            (json!({"branch": "main", "commit": "abc"}), None),
            (json!({"tag": "v1"}), None),
            (json!({"semver": "1.x"}), None),
            (json!({"name": "refs/pull/1/head", "branch": "main"}), None),
        ] {
            let branch = branch(&repository("", reference.clone()));
            assert_eq!(branch.ok().as_deref(), expected, "{reference}");
        }
    }

    #[test]
    fn the_nearest_folder_decides_who_applies_a_file() {
        let fleet = fleet(&[
            kustomization("flux-system", "./clusters/a"),
            kustomization("apps", "apps/overlays/a/"),
            kustomization("deep", "./clusters/a/deep"),
        ]);
        let covering = |path| fleet.covering(path).map(|synced| synced.name.as_str());
        for (path, expected) in [
            ("clusters/a/x.yaml", Some("flux-system")),
            ("clusters/a/deep/x.yaml", Some("deep")),
            ("clusters/a/deeper/x.yaml", Some("flux-system")),
            ("apps/overlays/a/x.yaml", Some("apps")),
            ("clusters/b/x.yaml", None),
            ("clusters/ab/x.yaml", None),
        ] {
            assert_eq!(covering(path), expected, "{path}");
        }
        assert_eq!(fleet.main().folder, "clusters/a");
        assert_eq!(fleet.synced.len(), 3);
    }

    #[test]
    fn only_its_own_branch_is_moved_by_a_commit() {
        let fleet = fleet(&[]);
        for (url, reference, expected) in [
            ("ssh://git@github.com/acme/fleet", json!({"branch": "main"}), true),
            ("https://github.com/Acme/Fleet.git", json!({"branch": "main"}), true),
            ("ssh://git@ssh.github.com:443/acme/fleet", json!({"branch": "main"}), true),
            ("https://github.com/acme/fleet", json!({"branch": "release"}), false),
            ("https://github.com/acme/fleet", json!({"tag": "v1"}), false),
            ("https://github.com/acme/modules", json!({"branch": "main"}), false),
            ("https://example.com/acme/fleet", json!({"branch": "main"}), false),
        ] {
            assert_eq!(fleet.moves(&repository(url, reference.clone())), expected, "{url}");
        }
    }

    #[test]
    fn other_sources_are_not_part_of_the_fleet() {
        let mut other = kustomization("other", "./elsewhere");
        other.data["spec"]["sourceRef"]["name"] = json!("other");
        assert_eq!(fleet(&[other]).synced.len(), 1);
    }
}
