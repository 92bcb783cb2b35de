//! Values in, YAML text out; pure.
//!
//! | module | what it is |
//! |---|---|
//! | [`components`] | the bundle of Flux components: one table of versions, rendered to objects |
//! | [`options`] | install options: functions over a bundle's objects |
//! | [`sync`] | the GitRepository and Kustomization that sync a repository |
//! | [`kustomization`] | a folder's `kustomization.yaml`: made anew, or judged |
//! | [`path`] | the synced folder, normalised |
//! | [`name`] | Kubernetes' rules for names |
//! | [`version`] | versions of Flux and Kubernetes, compared |
//! | [`yaml`] | reading and writing of documents as `kubectl` understands them |

pub mod components;
mod crds;
pub mod kustomization;
pub mod name;
pub mod options;
pub mod path;
pub mod sync;
mod templates;
pub mod version;
pub mod yaml;

/// One file of the folder that Flux applies to manage itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The file's name in that folder.
    pub path: &'static str,
    /// The whole content, ending with a newline.
    pub text: String,
}
