//! The bundle of Flux components.

use anyhow::Result;
use serde_json::{Value, json};

use super::options::Options;
use super::release::Release;
use super::{Manifest, go_yaml, templates, yaml};
use crate::error::{self, Explain as _};

/// The Flux release that is embedded: its components' versions are those of [`COMPONENTS`].
pub const FLUX_VERSION: &str = "v2.9.4";

/// One controller: its Deployment, what belongs to it, and its custom kinds.
#[derive(Debug)]
pub struct Component {
    /// The name of its Deployment, image and ServiceAccount.
    pub name: &'static str,
    /// The tag of its image.
    pub version: &'static str,
    /// Whether it is part of an installation unless something else is chosen.
    pub is_default: bool,
    definitions: &'static [&'static str],
    template: &'static str,
}

/// The text of the custom resource definition of this name, as it was generated from its types.
macro_rules! definition {
    ($name:literal) => {
        include_str!(concat!("../../templates/crds/", $name, ".yaml"))
    };
}

/// The components that can be installed, in the order of an installation with all of them.
pub static COMPONENTS: [Component; 7] = [
    Component {
        name: "source-controller",
        version: "v1.9.4",
        is_default: true,
        definitions: &[
            definition!("buckets.source.toolkit.fluxcd.io"),
            definition!("externalartifacts.source.toolkit.fluxcd.io"),
            definition!("gitrepositories.source.toolkit.fluxcd.io"),
            definition!("helmcharts.source.toolkit.fluxcd.io"),
            definition!("helmrepositories.source.toolkit.fluxcd.io"),
            definition!("ocirepositories.source.toolkit.fluxcd.io"),
        ],
        template: "source-controller.yaml",
    },
    Component {
        name: "kustomize-controller",
        version: "v1.9.4",
        is_default: true,
        definitions: &[definition!("kustomizations.kustomize.toolkit.fluxcd.io")],
        template: "kustomize-controller.yaml",
    },
    Component {
        name: "helm-controller",
        version: "v1.6.3",
        is_default: true,
        definitions: &[definition!("helmreleases.helm.toolkit.fluxcd.io")],
        template: "helm-controller.yaml",
    },
    Component {
        name: "notification-controller",
        version: "v1.9.3",
        is_default: true,
        definitions: &[
            definition!("alerts.notification.toolkit.fluxcd.io"),
            definition!("providers.notification.toolkit.fluxcd.io"),
            definition!("receivers.notification.toolkit.fluxcd.io"),
        ],
        template: "notification-controller.yaml",
    },
    Component {
        name: "image-reflector-controller",
        version: "v1.2.4",
        is_default: false,
        definitions: &[
            definition!("imagepolicies.image.toolkit.fluxcd.io"),
            definition!("imagerepositories.image.toolkit.fluxcd.io"),
        ],
        template: "image-reflector-controller.yaml",
    },
    Component {
        name: "image-automation-controller",
        version: "v1.2.4",
        is_default: false,
        definitions: &[definition!("imageupdateautomations.image.toolkit.fluxcd.io")],
        template: "image-automation-controller.yaml",
    },
    Component {
        name: "source-watcher",
        version: "v2.2.3",
        is_default: false,
        definitions: &[definition!("artifactgenerators.source.extensions.fluxcd.io")],
        template: "source-watcher.yaml",
    },
];

/// The components without which a repository cannot be synced.
const NEEDED_TO_SYNC: [&str; 2] = ["source-controller", "kustomize-controller"];

impl Component {
    /// Its objects as a release publishes them: the image names no registry.
    pub(super) fn objects(&self) -> Result<Vec<Value>> {
        let mut objects = Vec::new();
        for definition in self.definitions {
            objects.extend(yaml::documents(definition)?);
        }
        let context = json!({ "image": format!("fluxcd/{}:{}", self.name, self.version) });
        objects.extend(yaml::documents(&templates::render(self.template, context)?)?);
        Ok(objects)
    }
}

/// The custom resource definition of a kind of Flux's, as the embedded release has it.
///
/// # Errors
/// When a definition is no YAML, which a test excludes.
pub(super) fn definition(group: &str, kind: &str) -> Result<Option<Value>> {
    let texts = COMPONENTS.iter().flat_map(|component| component.definitions);
    for text in texts.filter(|text| text.contains(&format!("kind: {kind}\n"))) {
        for definition in yaml::documents(text)? {
            let spec = &definition["spec"];
            if spec["group"] == group && spec["names"]["kind"] == kind {
                return Ok(Some(definition));
            }
        }
    }
    Ok(None)
}

/// The components of an installation in which nothing was chosen.
#[must_use]
pub fn default_components() -> Vec<&'static Component> {
    COMPONENTS.iter().filter(|component| component.is_default).collect()
}

/// Finds the components called `names`, in that order.
///
/// # Errors
/// Usage, for a name that is unknown or given twice.
pub fn select(names: &[impl AsRef<str>]) -> Result<Vec<&'static Component>> {
    let mut selected: Vec<&'static Component> = Vec::new();
    for name in names.iter().map(AsRef::as_ref) {
        let Some(component) = COMPONENTS.iter().find(|component| component.name == name) else {
            let known: Vec<_> = COMPONENTS.iter().map(|component| component.name).collect();
            return Err(error::usage(format!("there is no component {name:?}")))
                .hint(format!("choose from {}", known.join(", ")));
        };
        if selected.iter().any(|other| other.name == name) {
            return Err(error::usage(format!("the component {name} is given twice")));
        }
        selected.push(component);
    }
    Ok(selected)
}

/// Refuses a choice of components that cannot sync a repository.
///
/// # Errors
/// Usage, naming what is missing.
pub fn require_sync(components: &[&Component]) -> Result<()> {
    for needed in NEEDED_TO_SYNC {
        if !components.iter().any(|component| component.name == needed) {
            return Err(error::usage(format!("bootstrap needs the component {needed}")));
        }
    }
    Ok(())
}

/// Who made a release, and so what the file of its bundle looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// We did: the release is part of the program.
    Nigari,
    /// Upstream: the file is the one that `flux` writes, byte for byte.
    Flux,
}

/// A complete installation, as objects.
#[derive(Clone, Debug, PartialEq)]
pub struct Bundle {
    /// The Flux release.
    pub version: String,
    /// Who made that release.
    pub maker: Maker,
    /// The names of its components, in order.
    pub components: Vec<String>,
    /// Its objects, in the order of the file.
    pub objects: Vec<Value>,
}

/// The line by which upstream's files are known as generated; part of their bytes.
const FLUX_NOTICE: &str = "# This manifest was generated by flux. DO NOT EDIT.";

/// Renders the embedded release and applies the install options.
///
/// # Errors
/// Usage, when an option cannot be part of a manifest.
pub fn components(options: &Options) -> Result<Bundle> {
    Release::embedded(&options.components)?.bundle(options)
}

impl Bundle {
    /// The bundle as the file `gotk-components.yaml`.
    ///
    /// Dependency bots recognise the file by its name and by the lines with version and components.
    ///
    /// # Errors
    /// Only when an object has no form in YAML, which no JSON value lacks.
    pub fn manifest(&self) -> Result<Manifest> {
        let (notice, objects) = match self.maker {
            Maker::Nigari => (
                "# Generated by nigari. Do not edit: the next bootstrap writes this file anew.",
                yaml::write_objects(&self.objects)?,
            ),
            Maker::Flux => {
                let documents: Vec<String> = self.objects.iter().map(go_yaml::write).collect();
                (FLUX_NOTICE, documents.join("---\n"))
            }
        };
        let (version, components) = (&self.version, self.components.join(","));
        let text = format!(
            "---\n{notice}\n# Flux Version: {version}\n# Components: {components}\n{objects}"
        );
        Ok(Manifest { path: "gotk-components.yaml", text })
    }
}

#[cfg(test)]
mod tests {
    use nigari_api::crd::CONTROLLERS;

    use super::*;
    use crate::error::{Class, class_of};

    #[test]
    fn a_component_brings_the_definitions_of_its_kinds() {
        for controller in CONTROLLERS.iter().filter(|controller| controller.is_part_of_flux()) {
            let component = select(&[controller.name]).unwrap().remove(0);
            let embedded: Vec<Value> = component
                .definitions
                .iter()
                .flat_map(|definition| yaml::documents(definition).unwrap())
                .collect();
            let generated: Vec<Value> =
                controller.kinds.iter().map(|kind| controller.definition(kind)).collect();
            assert_eq!(embedded, generated, "{}", component.name);
        }
    }

    #[test]
    fn unknown_and_repeated_components_are_refused() {
        for names in [["source-controller", "webhook-controller"], ["source-controller"; 2]] {
            let error = select(&names).map(drop).unwrap_err();
            assert_eq!(class_of(&error), Class::Usage);
        }
    }

    #[test]
    fn a_sync_needs_two_components() {
        let only_source = select(&["source-controller", "helm-controller"]).unwrap();
        let error = require_sync(&only_source).unwrap_err();
        assert_eq!(error.to_string(), "bootstrap needs the component kustomize-controller");
        assert!(require_sync(&select(&NEEDED_TO_SYNC).unwrap()).is_ok());
    }

    #[test]
    fn the_file_begins_with_the_lines_that_bots_read() {
        let components = select(&["source-controller", "kustomize-controller"]).unwrap();
        let bundle = self::components(&Options { components, ..Options::default() }).unwrap();
        let manifest = bundle.manifest().unwrap();
        let lines: Vec<_> = manifest.text.lines().collect();
        assert_eq!(manifest.path, "gotk-components.yaml");
        assert_eq!(lines[0], "---");
        assert_eq!(lines[2], "# Flux Version: v2.9.4");
        assert_eq!(lines[3], "# Components: source-controller,kustomize-controller");
        assert_eq!(lines[4], "apiVersion: v1");
        assert!(manifest.text.ends_with("name: temp\n"));
    }

    #[test]
    fn the_file_reads_back_as_the_bundle() {
        let bundle = components(&Options::default()).unwrap();
        let text = bundle.manifest().unwrap().text;
        assert_eq!(yaml::documents(&text).unwrap(), bundle.objects);
        assert_eq!(yaml::objects_of(&text).unwrap().len(), 32);
        assert_eq!(text, components(&Options::default()).unwrap().manifest().unwrap().text);
    }
}
