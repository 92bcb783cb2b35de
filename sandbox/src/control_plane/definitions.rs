//! Kinds that a cluster is given before its controllers start.
//!
//! The garbage collector looks for new kinds only every 30 s (kubernetes,
//! `cmd/kube-controller-manager/app/core.go`); those that are there when it starts it knows at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use futures::future::try_join_all;
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{Api, Patch, PatchParams};
use kube::runtime::wait::{await_condition, conditions};
use kube::{Client, ResourceExt as _};
use serde_json::Value;
use tokio::time::timeout;

/// Who applies them.
const MANAGER: &str = "testcluster";
/// How long the API server may take to serve them; it does so within a second.
const PATIENCE: Duration = Duration::from_secs(60);

/// CustomResourceDefinitions, each once.
#[derive(Default)]
pub(super) struct Definitions(Vec<Value>);

impl Definitions {
    /// Reads those in the YAML and JSON files of `folders`, without the folders below them.
    ///
    /// Of two with the same name the first counts: tofu-controller's folder also holds a copy of one
    /// of source-controller's.
    ///
    /// # Errors
    /// When a folder or file cannot be read, or a folder holds no definition.
    pub(super) fn read(folders: &[PathBuf]) -> Result<Self> {
        let mut definitions = Self::default();
        for folder in folders {
            let mut is_empty = true;
            for document in documents(folder)? {
                if document["kind"] == "CustomResourceDefinition" {
                    is_empty = false;
                    definitions.add(document);
                }
            }
            if is_empty {
                return Err(anyhow!("{} holds no CustomResourceDefinition", folder.display()));
            }
        }
        Ok(definitions)
    }

    fn add(&mut self, definition: Value) {
        let name = &definition["metadata"]["name"];
        if self.0.iter().all(|other| other["metadata"]["name"] != *name) {
            self.0.push(definition);
        }
    }

    /// Applies all of them and waits until they are served.
    ///
    /// # Errors
    /// When the API server refuses one, or does not serve it in time.
    pub(super) async fn apply(&self, client: &Client) -> Result<()> {
        let api: Api<CustomResourceDefinition> = Api::all(client.clone());
        try_join_all(self.0.iter().map(|definition| apply(&api, definition))).await?;
        Ok(())
    }
}

async fn apply(api: &Api<CustomResourceDefinition>, definition: &Value) -> Result<()> {
    let name = definition["metadata"]["name"].as_str().unwrap_or_default();
    let about = || format!("CustomResourceDefinition {name}");
    // As it was read: the type would drop what it does not know.
    let applied = api.patch(name, &PatchParams::apply(MANAGER), &Patch::Apply(definition)).await;
    let name = applied.with_context(about)?.name_any();
    let established = await_condition(api.clone(), &name, conditions::is_crd_established());
    let in_time = timeout(PATIENCE, established).await;
    in_time
        .with_context(|| format!("{} is not Established after {PATIENCE:?}", about()))?
        .with_context(about)?;
    Ok(())
}

/// The documents in a folder's files, in the order of their names.
fn documents(folder: &Path) -> Result<Vec<Value>> {
    let about = || format!("cannot read {}", folder.display());
    let entries = fs::read_dir(folder).with_context(about)?;
    let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>();
    let mut paths = paths.with_context(about)?;
    paths.retain(|path| {
        let extension = path.extension().and_then(|extension| extension.to_str());
        matches!(extension, Some("yaml" | "yml" | "json"))
    });
    paths.sort();
    let mut documents = Vec::new();
    for path in paths {
        let about = || format!("cannot read {}", path.display());
        let text = fs::read_to_string(&path).with_context(about)?;
        documents.extend(serde_yaml::from_multiple::<Value>(&text).with_context(about)?);
    }
    Ok(documents)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_are_found_among_other_things_and_the_first_counts() {
        let definition = |name: &str, from: &str| {
            format!(
                "---\nkind: CustomResourceDefinition\nmetadata: {{name: {name}, from: {from}}}\n"
            )
        };
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(one.path().join("a.yaml"), definition("a", "one") + &definition("b", "one"))
            .unwrap();
        fs::write(one.path().join("kustomization.yaml"), "kind: Kustomization\n").unwrap();
        fs::write(one.path().join("README.md"), "a: b: c").unwrap();
        fs::write(two.path().join("b.yml"), definition("b", "two") + &definition("c", "two"))
            .unwrap();
        let folders = [one.path().to_owned(), two.path().to_owned()];
        let found = Definitions::read(&folders).unwrap().0;
        let found = found.iter().map(|found| {
            let metadata = &found["metadata"];
            format!("{} {}", metadata["name"], metadata["from"]).replace('"', "")
        });
        assert_eq!(found.collect::<Vec<_>>(), ["a one", "b one", "c two"]);
    }

    #[test]
    fn a_folder_without_definitions_is_a_mistake() {
        let folder = tempfile::tempdir().unwrap();
        let error = Definitions::read(&[folder.path().to_owned()]).err().unwrap().to_string();
        assert!(error.ends_with("holds no CustomResourceDefinition"), "{error}");
    }
}
