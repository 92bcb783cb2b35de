//! Read-only checks of the host and the cluster. Nothing has been written when one of them fails.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, anyhow};

use super::overlay::Overlay;
use super::plan::Plan;
use crate::cluster::Cluster;
use crate::cluster::access::Right;
use crate::commands::installation::{self, Wanted};
use crate::error::{Class, Explain as _, class_of, usage};
use crate::git_host::{Blob, GitHost, Head, Repository};
use crate::kinds;
use crate::kinds::view::text;
use crate::manifests::kustomization::{FILE_NAMES, FolderKustomization};

/// What the repository held when it was looked at.
pub(super) struct Found {
    /// Where the branch was.
    pub(super) head: Head,
    /// The files of Flux's folder.
    pub(super) files: BTreeMap<String, Blob>,
    /// Whether Flux's folder has a kustomization file of its own, which is kept.
    pub(super) has_kustomization: bool,
    /// What kustomize has to build, if that file holds more than resources.
    pub(super) overlay: Option<Overlay>,
    /// Whether the components were committed before.
    pub(super) is_update: bool,
}

impl Found {
    /// What there is in a repository that was not created yet.
    pub(super) fn nothing() -> Self {
        Self {
            head: Head::EmptyRepository,
            files: BTreeMap::new(),
            has_kustomization: false,
            overlay: None,
            is_update: false,
        }
    }
}

/// Checks that the repository can be written to, and looks at Flux's folder.
pub(super) async fn repository(
    host: &impl GitHost,
    repository: &Repository,
    plan: &Plan,
    needs_deploy_key: bool,
) -> Result<Found> {
    repository.check_rights(needs_deploy_key)?;
    if needs_deploy_key {
        // Fine-grained tokens show their user's role above; only a request tells what they may do.
        host.deploy_keys(repository).await?;
    }
    let head = host.head(repository, &plan.branch).await?;
    let base = match head {
        // The commit will be made on the default branch, with what is there.
        Head::NoSuchBranch => host.head(repository, &repository.default_branch).await?,
        _ => head.clone(),
    };
    let folder = plan.folder();
    let files = host.files_under(repository, &base, &folder).await?;
    let (mut has_kustomization, mut needs_kustomize) = (false, Vec::new());
    for name in FILE_NAMES {
        let path = format!("{folder}/{name}");
        let Some(blob) = files.get(&path) else { continue };
        let content = host.read_file(repository, &blob.sha).await?;
        needs_kustomize.extend(check_kustomization(&path, &content)?.others);
        has_kustomization = true;
    }
    let overlay = match needs_kustomize.is_empty() {
        true => None,
        false => Some(Overlay::read(host, repository, &base, &folder, needs_kustomize).await?),
    };
    let is_update = files.contains_key(&format!("{folder}/gotk-components.yaml"));
    Ok(Found { head, files, has_kustomization, overlay, is_update })
}

/// Refuses a kustomization file that cannot be read, or that would leave Flux's own files out.
fn check_kustomization(path: &str, content: &[u8]) -> Result<FolderKustomization> {
    let text = std::str::from_utf8(content)
        .map_err(|_| usage(format!("{path} in the repository is not UTF-8")))?;
    let kustomization = FolderKustomization::parse(text)
        .with_context(|| format!("{path} in the repository cannot be read"))
        .class(Class::Usage)?;
    for ours in ["gotk-components.yaml", "gotk-sync.yaml"] {
        let is_listed = |resource: &String| resource.trim_start_matches("./") == ours;
        if !kustomization.resources.iter().any(is_listed) {
            return Err(usage(format!("{path} in the repository does not list {ours}"))
                .hint(format!("add {ours} to its resources, or Flux would not manage itself")));
        }
    }
    Ok(kustomization)
}

/// Checks that the cluster can have what is `wanted`, that it does not sync another folder, and that we
/// have the rights to install.
pub(super) async fn cluster(cluster: &Cluster, plan: &Plan, wanted: &Wanted<'_>) -> Result<()> {
    if installation::check_cluster(cluster, wanted).await?.is_some() {
        check_live_path(cluster, plan).await?;
    }
    installation::check_rights(cluster, &needed_rights(&plan.namespace)).await
}

/// A cluster that syncs one folder is not silently moved to another.
async fn check_live_path(cluster: &Cluster, plan: &Plan) -> Result<()> {
    let namespace = &plan.namespace;
    let live = match cluster.find(&kinds::kustomize::KUSTOMIZATION, namespace, namespace).await {
        Ok(live) => live,
        Err(error) if matches!(class_of(&error), Class::NotFound | Class::NotInstalled) => {
            return Ok(());
        }
        Err(error) => return Err(error),
    };
    let path = text(&live, "/spec/path").unwrap_or_default();
    if plan.path.is(path) {
        return Ok(());
    }
    let (path, wanted) = (path.to_owned(), &plan.path);
    Err(anyhow!("Kustomization {namespace}/{namespace} syncs {path}, and --path says {wanted}")
        .class(Class::Conflict)
        .hint(format!("use --path={path}, or delete that Kustomization first")))
}

/// What server-side apply of the components and of the sync objects asks for.
fn needed_rights(namespace: &str) -> Vec<Right> {
    const SYNC: [(&str, &str); 3] = [
        ("", "secrets"),
        ("source.toolkit.fluxcd.io", "gitrepositories"),
        ("kustomize.toolkit.fluxcd.io", "kustomizations"),
    ];
    let mut rights = installation::needed_rights(namespace);
    for verb in ["get", "create", "patch"] {
        rights.extend(SYNC.map(|(group, it)| Right::within(namespace, verb, group, it)));
    }
    rights
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: &str = "clusters/a/flux-system/kustomization.yaml";

    #[test]
    fn a_kustomization_of_resources_is_kept() {
        let text = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n\
                    - gotk-components.yaml\n- ./gotk-sync.yaml\n- extra.yaml\n";
        assert!(check_kustomization(PATH, text.as_bytes()).is_ok());
    }

    #[test]
    fn patches_are_for_kustomize() {
        let text = "resources: [gotk-components.yaml, gotk-sync.yaml]\npatches:\n- path: x.yaml\n";
        assert!(!check_kustomization(PATH, text.as_bytes()).unwrap().is_resources_only());
    }

    #[test]
    fn one_that_leaves_flux_out_is_refused() {
        let error = check_kustomization(PATH, b"resources: [gotk-components.yaml]\n").unwrap_err();
        assert!(error.to_string().contains("gotk-sync.yaml"), "{error}");
        assert_eq!(class_of(&error), Class::Usage);
    }

    #[test]
    fn one_that_cannot_be_read_is_refused() {
        for broken in [&b"resources: ["[..], b"\xff"] {
            let error = check_kustomization(PATH, broken).unwrap_err();
            assert_eq!(class_of(&error), Class::Usage);
        }
    }
}
