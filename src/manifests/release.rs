//! A Flux release as it is published: its files, before any option is applied.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, anyhow};
use serde_json::{Value, json};

use super::components::{Bundle, COMPONENTS, Component, FLUX_VERSION, Maker};
use super::options::{self, Options};
use super::{rendered, templates, version, yaml};
use crate::error::{Class, Explain as _, usage};
use crate::kinds;

/// Network policies, which can be left out.
pub(super) const POLICIES: &str = "policies";

/// Quota, roles and bindings.
pub(super) const RBAC: &str = "rbac";

/// The objects of a release by file: `policies`, `rbac`, and one file for each component. Their namespace
/// is not among them.
///
/// Source: `manifests.tar.gz` of a release of fluxcd/flux2; the embedded release has the same form, so
/// that the same options apply to every release.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    version: String,
    maker: Maker,
    files: Files,
}

/// Objects by file, without `.yaml`.
pub(super) type Files = BTreeMap<String, Vec<Value>>;

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
        Ok(Self { version: FLUX_VERSION.to_owned(), maker: Maker::Nigari, files })
    }

    /// Reads a release of upstream's: the texts of its files by their paths. Whatever installation was
    /// rendered of a release, `gotk-components.yaml` for one, is taken as well: the options that were
    /// applied to it give way to others.
    ///
    /// `version` is what the user or the origin says; without it, the objects tell.
    ///
    /// # Errors
    /// With file, line and column, when one is not YAML. [`Class::Usage`] when the files are not a Flux
    /// release, or one that is not known: [`version::flux_release`].
    pub fn from_files<'a>(
        version: Option<&str>,
        texts: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self> {
        let mut files = Files::new();
        for (path, text) in texts {
            let objects = yaml::documents(text).with_context(|| format!("cannot read {path}"))?;
            let name = path.rsplit('/').next().unwrap_or(path);
            let name = name.trim_end_matches(".yml").trim_end_matches(".yaml");
            files.entry(name.to_owned()).or_default().extend(objects);
        }
        let is_published = [POLICIES, RBAC].iter().all(|name| files.contains_key(*name));
        let told = rendered::version(files.values().flatten());
        if !is_published {
            files = rendered::files(files.into_values().flatten().collect())?;
        }
        let version = match version.map(str::to_owned).or(told) {
            Some(version) => version::flux_release(&version)?,
            None => version_by_images(&files)?,
        };
        check_kinds(&version, &files)?;
        Ok(Self { version, maker: Maker::Flux, files })
    }

    /// The version, as `v2.9.4`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Applies the install options.
    ///
    /// # Errors
    /// Usage, when an option cannot be part of a manifest, and when the release lacks a component. When
    /// a file has not the form that the options count on.
    pub fn bundle(&self, options: &Options) -> Result<Bundle> {
        let mut objects = yaml::documents(&templates::render("namespace.yaml", json!({}))?)?;
        if options.network_policy {
            objects.extend_from_slice(self.file(POLICIES)?);
        }
        objects.extend_from_slice(self.file(RBAC)?);
        for component in &options.components {
            let file = self.file(component.name).class(Class::Usage);
            objects.extend_from_slice(
                file.hint("leave it out with --components or --components-extra")?,
            );
        }
        options::apply(options, &self.version, &mut objects)
            .with_context(|| format!("cannot prepare Flux {}", self.version))?;
        let components =
            options.components.iter().map(|component| component.name.to_owned()).collect();
        Ok(Bundle { version: self.version.clone(), maker: self.maker, components, objects })
    }

    fn file(&self, name: &str) -> Result<&[Value]> {
        let file = self.files.get(name);
        file.map(Vec::as_slice).ok_or_else(|| anyhow!("Flux {} has no {name}", self.version))
    }
}

/// A release whose images are those of the embedded one is that one; others must be told apart.
fn version_by_images(files: &Files) -> Result<String> {
    let is_embedded = |component: &Component| {
        let image = json!(format!("fluxcd/{}:{}", component.name, component.version));
        let mut images = files[component.name]
            .iter()
            .filter_map(|object| object.pointer("/spec/template/spec/containers/0/image"));
        images.any(|found| *found == image)
    };
    let mut present = COMPONENTS.iter().filter(|component| files.contains_key(component.name));
    if present.clone().next().is_some() && present.all(is_embedded) {
        return Ok(FLUX_VERSION.to_owned());
    }
    Err(usage("nothing in the manifests tells which Flux release they are")
        .hint("name it with --version, as in --version=v2.9.4"))
}

/// Refuses a release whose kinds have no version that the commands understand.
fn check_kinds(version: &str, files: &Files) -> Result<()> {
    let definitions = files.values().flatten();
    for definition in definitions.filter(|it| it["kind"] == "CustomResourceDefinition") {
        let spec = &definition["spec"];
        let known = kinds::ALL
            .iter()
            .find(|kind| spec["group"] == kind.group && spec["names"]["plural"] == kind.plural);
        let Some(kind) = known else { continue };
        let served = spec["versions"].as_array().into_iter().flatten();
        let mut served = served.filter(|version| version["served"] == true);
        if !served.any(|found| kind.versions.iter().any(|known| found["name"] == *known)) {
            return Err(usage(format!(
                "Flux {version} serves no version of {} that this nigari knows: {}",
                kind.kind,
                kind.versions.join(", ")
            ))
            .hint("use a newer nigari"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::components::select;
    use super::*;
    use crate::error::class_of;

    /// All files of the embedded release, as upstream would publish them.
    fn texts() -> Vec<(String, String)> {
        let components: Vec<&Component> = COMPONENTS.iter().collect();
        let embedded = Release::embedded(&components).unwrap();
        let text = |objects: &Vec<Value>| yaml::write_objects(objects).unwrap();
        embedded.files.iter().map(|(name, it)| (format!("{name}.yaml"), text(it))).collect()
    }

    fn read(version: Option<&str>, texts: &[(String, String)]) -> Result<Release> {
        let texts = texts.iter().map(|(name, text)| (name.as_str(), text.as_str()));
        Release::from_files(version, texts)
    }

    #[test]
    fn what_is_published_is_what_is_embedded() {
        let components: Vec<&Component> = COMPONENTS.iter().collect();
        let embedded = Release::embedded(&components).unwrap();
        let published = read(None, &texts()).unwrap();
        assert_eq!(published, Release { maker: Maker::Flux, ..embedded });
        let in_a_folder: Vec<_> =
            texts().into_iter().map(|(name, text)| (format!("manifests/{name}"), text)).collect();
        assert_eq!(read(Some("2.9.4"), &in_a_folder).unwrap(), published);
    }

    #[test]
    fn what_was_rendered_is_a_release_again() {
        let components: Vec<&Component> = COMPONENTS.iter().collect();
        let release = Release::embedded(&components).unwrap();
        let rendered = Options {
            namespace: "gitops".to_owned(),
            components: select(&["source-watcher", "kustomize-controller"]).unwrap(),
            registry: "registry.example:5000/flux".to_owned(),
            image_pull_secret: Some("pull".to_owned()),
            toleration_keys: vec!["a".to_owned()],
            ..Options::default()
        };
        let text = release.bundle(&rendered).unwrap().manifest().unwrap().text;
        let again = Release::from_files(None, [("gotk-components.yaml", &*text)]).unwrap();
        let wanted = Options {
            components: select(&["kustomize-controller"]).unwrap(),
            ..Options::default()
        };
        let (ours, expected) = (again.bundle(&wanted).unwrap(), release.bundle(&wanted).unwrap());
        assert_eq!(ours.objects, expected.objects);
        assert_eq!(ours.version, FLUX_VERSION);
    }

    #[test]
    fn what_a_release_lacks_is_named() {
        let release =
            Release::from_files(Some("v2.6.0"), [("policies.yaml", ""), ("rbac.yaml", "")]);
        let error = release.unwrap().bundle(&Options::default()).unwrap_err();
        assert_eq!(error.to_string(), "Flux v2.6.0 has no source-controller");
        assert_eq!(class_of(&error), Class::Usage);
        let error = Release::from_files(Some("v2.6.0"), [("rbac.yaml", "a: [")]).unwrap_err();
        assert_eq!(error.to_string(), "cannot read rbac.yaml");
    }

    #[test]
    fn a_release_that_cannot_be_told_is_refused() {
        let mut texts = texts();
        for (_, text) in &mut texts {
            *text = text.replace(":v1.9.4", ":v1.9.5");
        }
        let error = read(None, &texts).unwrap_err();
        assert_eq!(class_of(&error), Class::Usage);
        assert_eq!(read(Some("v2.9.5"), &texts).unwrap().version(), "v2.9.5");
        assert_eq!(class_of(&read(Some("v2.5.0"), &texts).unwrap_err()), Class::Usage);
    }

    #[test]
    fn kinds_that_nobody_understands_are_refused() {
        let mut texts = texts();
        for (_, text) in &mut texts {
            *text = text
                .replace("  - name: v1\n", "  - name: v9\n")
                .replace("    name: v1\n", "    name: v9\n");
        }
        let error = read(None, &texts).unwrap_err();
        assert!(error.to_string().contains("that this nigari knows: v1"), "{error}");
        assert_eq!(class_of(&error), Class::Usage);
    }
}
