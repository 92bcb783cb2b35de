//! A Flux release as it is published: its files, before any option is applied.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, anyhow};
use serde_json::{Value, json};

use super::components::{Bundle, Component, FLUX_VERSION};
use super::options::{self, Options};
use super::{templates, yaml};

/// Network policies, which can be left out.
const POLICIES: &str = "policies";

/// Quota, roles and bindings.
const RBAC: &str = "rbac";

/// The objects of a release by file: `policies`, `rbac`, and one file for each component. Their namespace
/// is not among them.
///
/// Source: `manifests.tar.gz` of a release of fluxcd/flux2; the embedded release has the same form, so
/// that the same options apply to every release.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    version: String,
    files: BTreeMap<String, Vec<Value>>,
}

impl Release {
    /// The release that is part of the program, with the files of `components` only.
    ///
    /// # Errors
    /// When a template is broken; a defect of the program.
    pub fn embedded(components: &[&Component]) -> Result<Self> {
        let rendered = |names: &[&str]| -> Result<Vec<Value>> {
            let mut objects = Vec::new();
            for name in names {
                objects.extend(yaml::documents(&templates::render(name, json!({}))?)?);
            }
            Ok(objects)
        };
        let mut files = BTreeMap::from([
            (POLICIES.to_owned(), rendered(&["network-policies.yaml"])?),
            (RBAC.to_owned(), rendered(&["quota.yaml", "rbac.yaml"])?),
        ]);
        for component in components {
            files.insert(component.name.to_owned(), component.objects()?);
        }
        Ok(Self { version: FLUX_VERSION.to_owned(), files })
    }

    /// Reads a published release: the texts of its files by their names, with or without `.yaml`.
    ///
    /// # Errors
    /// With file, line and column, when one is not YAML.
    pub fn from_files<'a>(
        version: &str,
        texts: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self> {
        let mut files = BTreeMap::new();
        for (name, text) in texts {
            let objects = yaml::documents(text).with_context(|| format!("cannot read {name}"))?;
            files.insert(name.trim_end_matches(".yaml").to_owned(), objects);
        }
        Ok(Self { version: version.to_owned(), files })
    }

    /// Applies the install options.
    ///
    /// # Errors
    /// Usage, when an option cannot be part of a manifest. When the release lacks a file, or a file has
    /// not the form that the options count on.
    pub fn bundle(&self, options: &Options) -> Result<Bundle> {
        let mut objects = yaml::documents(&templates::render("namespace.yaml", json!({}))?)?;
        if options.network_policy {
            objects.extend_from_slice(self.file(POLICIES)?);
        }
        objects.extend_from_slice(self.file(RBAC)?);
        for component in &options.components {
            objects.extend_from_slice(self.file(component.name)?);
        }
        options::apply(options, &self.version, &mut objects)
            .with_context(|| format!("cannot prepare Flux {}", self.version))?;
        let components =
            options.components.iter().map(|component| component.name.to_owned()).collect();
        Ok(Bundle { version: self.version.clone(), components, objects })
    }

    fn file(&self, name: &str) -> Result<&[Value]> {
        let file = self.files.get(name);
        file.map(Vec::as_slice).ok_or_else(|| anyhow!("Flux {} has no {name}", self.version))
    }
}

#[cfg(test)]
mod tests {
    use super::super::components::COMPONENTS;
    use super::*;

    #[test]
    fn what_is_published_is_what_is_embedded() {
        let components: Vec<&Component> = COMPONENTS.iter().collect();
        let embedded = Release::embedded(&components).unwrap();
        let texts: Vec<(String, String)> = embedded
            .files
            .iter()
            .map(|(name, objects)| (format!("{name}.yaml"), yaml::write_objects(objects).unwrap()))
            .collect();
        let texts = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        assert_eq!(Release::from_files(FLUX_VERSION, texts).unwrap(), embedded);
    }

    #[test]
    fn what_a_release_lacks_is_named() {
        let release = Release::from_files("v2.6.0", [("policies.yaml", ""), ("rbac.yaml", "")]);
        let error = release.unwrap().bundle(&Options::default()).unwrap_err();
        assert_eq!(error.to_string(), "Flux v2.6.0 has no source-controller");
        let error = Release::from_files("v2.6.0", [("rbac.yaml", "a: [")]).unwrap_err();
        assert_eq!(error.to_string(), "cannot read rbac.yaml");
    }
}
