//! Values in, YAML text out; pure.
//!
//! | module | what it is |
//! |---|---|
//! | [`components`] | the bundle of Flux components: one table of versions, rendered to objects |
//! | [`release`] | a release as it is published, before any option |
//! | [`archive`] | `.tar.gz` archives of manifests |
//! | [`options`] | install options: functions over a bundle's objects |
//! | [`pull_secret`] | the Secret with which nodes pull the components' images |
//! | [`sync`] | the GitRepository and Kustomization that sync a repository |
//! | [`kustomization`] | a folder's `kustomization.yaml`: made anew, judged, or edited |
//! | [`place`] | new files for a repository: written, kept, listed |
//! | [`layout`] | the files of a repository that several clusters are synced from |
//! | [`object`] | one object as a manifest, for what `create` makes |
//! | [`tofu_controller`] | the two objects that install tofu-controller's chart |
//! | [`value`] | rules for the values of manifests |
//! | [`path`] | the synced folder, normalised |
//! | [`name`] | Kubernetes' rules for names |
//! | [`version`] | versions of Flux and Kubernetes, compared |
//! | [`yaml`] | reading and writing of documents as `kubectl` understands them |
//! | [`go_yaml`] | writing of documents as upstream writes them, byte for byte |
//! | `own_template` | a template of the user's own, and how values enter it |
//! | `schema` | what is known about a kind without asking a cluster |
//! | `rendered` | a release made again of an installation that was rendered |

pub mod approval;
pub mod archive;
pub mod components;
pub mod go_yaml;
pub mod kustomization;
pub mod layout;
pub mod name;
pub mod object;
pub mod options;
mod own_template;
pub mod path;
pub mod place;
pub mod pull_secret;
pub mod release;
mod rendered;
mod schema;
pub mod sync;
mod templates;
pub mod tofu_controller;
pub mod value;
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
