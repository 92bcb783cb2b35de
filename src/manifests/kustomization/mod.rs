//! A folder's `kustomization.yaml`: made anew, judged, or edited.
//!
//! | module | what it is |
//! |---|---|
//! | [`edit`] | adds an entry and leaves everything else as it is |
//! | [`listing`] | where a file has to be listed so that it is built |

pub mod edit;
pub mod listing;

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::{Manifest, templates, yaml};

/// The name under which the folder's file is written.
pub const FILE_NAME: &str = "kustomization.yaml";

/// The names under which kustomize looks for a folder's file, in its order.
pub const FILE_NAMES: [&str; 3] = [FILE_NAME, "kustomization.yml", "Kustomization"];

/// Renders a `kustomization.yaml` that lists `resources`, and nothing else.
///
/// # Errors
/// When the template does not say what it was given; a defect of the template, never of the values.
pub fn new_kustomization(resources: &[&str]) -> Result<Manifest> {
    let text = templates::render("kustomization.yaml", json!({ "resources": resources }))?;
    let read = FolderKustomization::parse(&text)?;
    ensure!(
        read.resources == resources && read.is_resources_only(),
        "kustomization.yaml does not say what it was given"
    );
    Ok(Manifest { path: FILE_NAME, text })
}

/// What a folder's `kustomization.yaml` asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderKustomization {
    /// The files, folders and addresses that it lists, in order.
    pub resources: Vec<String>,
    /// What else it asks for, in the file's order: `patches`, `images`, … Only `kustomize` can build it
    /// when there is any.
    pub others: Vec<String>,
    /// The folders and addresses whose content is made part of the build in other ways.
    components: Vec<String>,
}

impl FolderKustomization {
    /// Reads the text of a `kustomization.yaml`. Fields without content ask for nothing.
    ///
    /// # Errors
    /// With line and column when it is not YAML; when it is not one mapping, or `resources` is not a list
    /// of strings.
    pub fn parse(text: &str) -> Result<Self> {
        let mut documents = yaml::documents(text).context("cannot read kustomization.yaml")?;
        ensure!(documents.len() <= 1, "kustomization.yaml has {} documents", documents.len());
        let fields = match documents.pop() {
            None => return Ok(Self::default()),
            Some(Value::Object(fields)) => fields,
            Some(_) => anyhow::bail!("kustomization.yaml is not a mapping"),
        };
        let mut kustomization = Self::default();
        for (field, value) in fields {
            match field.as_str() {
                _ if is_empty(&value) => {}
                "resources" => {
                    let list = serde_json::from_value(value);
                    kustomization.resources =
                        list.context("resources of kustomization.yaml is not a list of strings")?;
                }
                "apiVersion" | "metadata" => {}
                "kind" if value == "Kustomization" => {}
                "components" | "bases" => {
                    // What is not a list of strings is refused by who builds it.
                    kustomization.components.extend(strings(&value));
                    kustomization.others.push(field);
                }
                // A Component is built differently although it may hold nothing but resources.
                _ => kustomization.others.push(field),
            }
        }
        Ok(kustomization)
    }

    /// The folders outside `folder` that it takes in, from the root of the repository; `folder` is its own.
    ///
    /// What leads out of the repository is left out, and so are files: kustomize refuses both.
    #[must_use]
    pub fn folders_outside(&self, folder: &str) -> Vec<String> {
        let references = self.resources.iter().chain(&self.components);
        let local = references.filter(|reference| reference.starts_with("../"));
        let folders = local.filter(|reference| {
            let extension = Path::new(reference).extension();
            extension.is_none_or(|extension| extension != "yaml" && extension != "yml")
        });
        folders.filter_map(|reference| joined(folder, reference)).collect()
    }

    /// Whether applying the listed files as they are is all that it asks for.
    #[must_use]
    pub fn is_resources_only(&self) -> bool {
        self.others.is_empty()
    }
}

fn strings(value: &Value) -> impl Iterator<Item = String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned)
}

/// Where `reference` leads from `folder`; nowhere when it leaves the root.
fn joined(folder: &str, reference: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(reference.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_new_file_is_the_one_that_flux_writes() {
        let manifest = new_kustomization(&["gotk-components.yaml", "gotk-sync.yaml"]).unwrap();
        assert_eq!(
            manifest.text,
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n\
             - gotk-components.yaml\n- gotk-sync.yaml\n"
        );
    }

    #[test]
    fn resources_alone_need_no_kustomize() {
        let text =
            "# ours\nmetadata:\n  name: x\nresources: [a.yaml, ../b]\npatches: []\nimages:\n";
        let read = FolderKustomization::parse(text).unwrap();
        assert!(read.is_resources_only());
        assert_eq!(read.resources, ["a.yaml", "../b"]);
        assert!(FolderKustomization::parse("# nothing\n").unwrap().is_resources_only());
    }

    #[test]
    fn everything_else_is_listed() {
        let text =
            "kind: Component\nresources:\n- a.yaml\nnamePrefix: x-\npatches:\n- path: p.yaml\n";
        let read = FolderKustomization::parse(text).unwrap();
        assert_eq!(read.others, ["kind", "namePrefix", "patches"]);
        assert!(!read.is_resources_only());
    }

    #[test]
    fn folders_outside_are_named_from_the_root() {
        let text = "resources: [a.yaml, ./own, ../sibling, ../../shared/, ../file.yaml, ../../../..]\n\
                    components: [../parts/x]\nbases: [https://example.com/../y]\n";
        let read = FolderKustomization::parse(text).unwrap();
        assert_eq!(
            read.folders_outside("clusters/production/flux-system"),
            ["clusters/production/sibling", "clusters/shared", "clusters/production/parts/x"]
        );
    }

    #[test]
    fn what_is_not_a_kustomization_is_an_error() {
        for text in
            ["a\n", "- a\n", "resources: a\n", "resources: [{}]\n", "a: 1\n---\nb: 1\n", "a: [\n"]
        {
            assert!(FolderKustomization::parse(text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_resource_stays_a_resource(names: Vec<String>) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let read = FolderKustomization::parse(&new_kustomization(&names).unwrap().text).unwrap();
            prop_assert_eq!(read.resources, names);
            prop_assert!(read.others.is_empty());
        }
    }
}
