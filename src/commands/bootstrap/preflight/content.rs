//! What a repository holds where Flux's own files are to be.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};

use crate::commands::bootstrap::overlay::Overlay;
use crate::commands::bootstrap::plan::Plan;
use crate::error::{Class, Explain as _, usage};
use crate::git_host::{Blob, GitHost, Head, Repository};
use crate::manifests::kustomization::{FILE_NAMES, FolderKustomization};

/// What the repository held when it was looked at.
pub(in crate::commands::bootstrap) struct Found {
    /// Where the branch was.
    pub(in crate::commands::bootstrap) head: Head,
    /// The files of Flux's folder.
    pub(in crate::commands::bootstrap) files: BTreeMap<String, Blob>,
    /// Whether Flux's folder has a kustomization file of its own, which is kept.
    pub(in crate::commands::bootstrap) has_kustomization: bool,
    /// What kustomize has to build, if that file holds more than resources.
    pub(in crate::commands::bootstrap) overlay: Option<Overlay>,
    /// Whether the components were committed before.
    pub(in crate::commands::bootstrap) is_update: bool,
}

impl Found {
    /// What there is in a repository that was not created yet.
    pub(in crate::commands::bootstrap) fn nothing() -> Self {
        Self {
            head: Head::EmptyRepository,
            files: BTreeMap::new(),
            has_kustomization: false,
            overlay: None,
            is_update: false,
        }
    }

    /// Whether `folder` has a kustomization file under another name than the one that we would write.
    pub(in crate::commands::bootstrap) fn is_renamed(&self, folder: &str) -> bool {
        self.has_kustomization && !self.files.contains_key(&format!("{folder}/kustomization.yaml"))
    }
}

/// Looks at Flux's folder on the plan's branch, or where that branch would begin.
///
/// # Errors
/// When a kustomization file there cannot be read, or leaves Flux's own files out.
pub(in crate::commands::bootstrap) async fn content(
    host: &impl GitHost,
    repository: &Repository,
    plan: &Plan,
) -> Result<Found> {
    let head = host.head(repository, &plan.branch).await?;
    match head {
        // The commit will be made on the default branch, with what is there.
        Head::NoSuchBranch => {
            let base = host.head(repository, &repository.default_branch).await?;
            Ok(Found { head, ..content_at(host, repository, base, plan).await? })
        }
        _ => content_at(host, repository, head, plan).await,
    }
}

/// Looks at Flux's folder as it is at `head`.
///
/// # Errors
/// Those of [`content`].
pub(in crate::commands::bootstrap) async fn content_at(
    host: &impl GitHost,
    repository: &Repository,
    head: Head,
    plan: &Plan,
) -> Result<Found> {
    let folder = plan.folder();
    let files = host.files_under(repository, &head, &folder).await?;
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
        false => Some(Overlay::read(host, repository, &head, &folder, needs_kustomize).await?),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

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
