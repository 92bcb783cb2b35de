//! The files of a repository that several clusters are synced from: one folder for each cluster, and what
//! they share with what differs.
//!
//! ```text
//! clusters/production/infrastructure.yaml   a Flux Kustomization, applies infrastructure/overlays/production
//! clusters/production/apps.yaml             the same for apps, after infrastructure is ready
//! clusters/staging/…
//! infrastructure/base/                      what all clusters have
//! infrastructure/overlays/production/       what differs
//! apps/base/, apps/overlays/…
//! ```
//!
//! A Flux Kustomization is never called `kustomization.yaml`: kustomize takes a file of that name for its own.

use anyhow::Result;
use nigari_api::appliers::DependencyReference;
use nigari_api::kustomize::{Kustomization, KustomizationSpec, SourceKind, SourceReference};
use nigari_api::meta::Object;
use serde::Serialize;
use serde_json::json;

use super::kustomization::{FILE_NAME, new_kustomization};
use super::object::Templates;
use super::place::NewFile;
use crate::duration::GoDuration;
use crate::error::{Explain as _, usage};

/// Time between two applications of an unchanged revision.
const INTERVAL: GoDuration = GoDuration::from_minutes(10);
/// Time until a failed application is tried again.
const RETRY_INTERVAL: GoDuration = GoDuration::from_minutes(1);
/// How long everything that was applied may take to become ready.
const TIMEOUT: GoDuration = GoDuration::from_minutes(5);

/// What a template of the user's own may say otherwise: nobody asked for it.
const FREE: [&str; 3] = ["/spec/interval", "/spec/retryInterval", "/spec/timeout"];

/// The names in a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The clusters, by the folder that each is synced from: `clusters/production`.
    pub clusters: Vec<Cluster>,
    /// What is applied, in this order: each part waits for the one before.
    pub parts: Vec<String>,
    /// The GitRepository that the clusters are synced from.
    pub source: String,
    /// Its namespace, and that of the Kustomizations.
    pub namespace: String,
}

/// One cluster of a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cluster {
    /// The name of its overlays: `production`.
    pub environment: String,
    /// The folder that it is synced from.
    pub folder: String,
}

impl Layout {
    /// All files, the shared ones first; the objects in them are laid out with `templates`.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] when a name is there twice; those of [`Templates::lay_out`].
    pub fn files(&self, templates: &Templates) -> Result<Vec<NewFile>> {
        self.check_names()?;
        let mut files = Vec::new();
        for part in &self.parts {
            files.extend(self.shared(templates, part)?);
        }
        for cluster in &self.clusters {
            let mut before = None;
            for part in &self.parts {
                files.push(self.kustomization(templates, cluster, part, before)?);
                before = Some(part.as_str());
            }
        }
        Ok(files)
    }

    fn check_names(&self) -> Result<()> {
        let environments = self.clusters.iter().map(|cluster| &cluster.environment);
        for names in [environments.collect::<Vec<_>>(), self.parts.iter().collect()] {
            if let Some((_, twice)) =
                names.iter().enumerate().find(|(at, name)| names[..*at].contains(name))
            {
                return Err(usage(format!("{twice:?} is named twice")).hint("name each once"));
            }
        }
        Ok(())
    }

    /// What all environments have of one part, and what each has on top.
    fn shared(&self, templates: &Templates, part: &str) -> Result<Vec<NewFile>> {
        let base = format!("{part}/base");
        let namespace = json!({
            "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": part },
        });
        let namespace = laid_out(templates, &namespace, &[])?;
        let mut files = vec![
            listed(&base, "What every environment has.", &["namespace.yaml"])?,
            file(format!("{base}/namespace.yaml"), namespace),
        ];
        for Cluster { environment, .. } in &self.clusters {
            let overlay = format!("{part}/overlays/{environment}");
            let about = format!("What {environment} has, and where it differs.");
            files.push(listed(&overlay, &about, &["../../base"])?);
        }
        Ok(files)
    }

    /// The Flux Kustomization with which a cluster applies a part, after the one `before`.
    fn kustomization(
        &self,
        templates: &Templates,
        cluster: &Cluster,
        part: &str,
        before: Option<&str>,
    ) -> Result<NewFile> {
        let after =
            |name: &str| DependencyReference { name: name.to_owned(), ..Default::default() };
        let spec = KustomizationSpec {
            depends_on: before.map(after).into_iter().collect(),
            interval: INTERVAL.to_string(),
            path: Some(format!("./{part}/overlays/{}", cluster.environment)),
            prune: true,
            retry_interval: Some(RETRY_INTERVAL.to_string()),
            source_ref: SourceReference::new(SourceKind::GitRepository, &self.source),
            timeout: Some(TIMEOUT.to_string()),
            wait: Some(true),
            ..KustomizationSpec::default()
        };
        let kustomization: Kustomization = Object::new(&self.namespace, part, spec);
        let path = format!("{}/{part}.yaml", cluster.folder);
        let text = laid_out(templates, &kustomization, &FREE)?;
        Ok(NewFile { root: Some(cluster.folder.clone()), ..file(path, text) })
    }
}

/// The text of an object, checked as far as that is possible without a cluster.
fn laid_out(templates: &Templates, object: &impl Serialize, free: &[&str]) -> Result<String> {
    let laid_out = templates.lay_out(object, free)?;
    laid_out.check_against_bundle()?;
    Ok(laid_out.text)
}

/// A folder's own list of what is built.
fn listed(folder: &str, about: &str, resources: &[&str]) -> Result<NewFile> {
    let list = new_kustomization(resources)?.text;
    Ok(file(format!("{folder}/{FILE_NAME}"), format!("# {about}\n{list}")))
}

fn file(path: String, text: String) -> NewFile {
    NewFile { path, text, root: None }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn layout() -> Layout {
        let cluster = |environment: &str| Cluster {
            environment: environment.to_owned(),
            folder: format!("clusters/{environment}"),
        };
        Layout {
            clusters: ["production", "staging"].map(cluster).to_vec(),
            parts: ["infrastructure", "apps"].map(str::to_owned).to_vec(),
            source: "flux-system".to_owned(),
            namespace: "flux-system".to_owned(),
        }
    }

    #[test]
    fn two_environments_share_a_base() {
        let files = layout().files(&Templates::default()).unwrap();
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "infrastructure/base/kustomization.yaml",
                "infrastructure/base/namespace.yaml",
                "infrastructure/overlays/production/kustomization.yaml",
                "infrastructure/overlays/staging/kustomization.yaml",
                "apps/base/kustomization.yaml",
                "apps/base/namespace.yaml",
                "apps/overlays/production/kustomization.yaml",
                "apps/overlays/staging/kustomization.yaml",
                "clusters/production/infrastructure.yaml",
                "clusters/production/apps.yaml",
                "clusters/staging/infrastructure.yaml",
                "clusters/staging/apps.yaml",
            ]
        );
    }

    #[test]
    fn apps_wait_for_the_infrastructure() {
        let files = layout().files(&Templates::default()).unwrap();
        let apps = files.iter().find(|file| file.path == "clusters/production/apps.yaml").unwrap();
        assert_eq!(apps.root.as_deref(), Some("clusters/production"));
        assert_eq!(
            apps.text,
            "apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: apps
  namespace: flux-system
spec:
  dependsOn:
  - name: infrastructure
  interval: 10m0s
  path: ./apps/overlays/production
  prune: true
  retryInterval: 1m0s
  sourceRef:
    kind: GitRepository
    name: flux-system
  timeout: 5m0s
  wait: true
"
        );
    }

    #[test]
    fn an_environment_cannot_be_there_twice() {
        let mut layout = layout();
        layout.clusters.push(layout.clusters[0].clone());
        assert_eq!(
            layout.files(&Templates::default()).unwrap_err().to_string(),
            "\"production\" is named twice"
        );
    }

    proptest! {
        #[test]
        fn any_name_stays_a_name(source: String, namespace: String) {
            // Rendering compares what was given with what can be read again.
            let layout = Layout { source, namespace, ..layout() };
            prop_assert_eq!(layout.files(&Templates::default()).unwrap().len(), 12);
        }
    }
}
