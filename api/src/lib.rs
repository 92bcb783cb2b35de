//! Typed Flux and Terraform APIs.
//!
//! The types are for manifests that we write: arguments fill them in, a template lays them out, and the
//! rendered text is read back through them. Unknown fields are therefore refused everywhere; live
//! objects carry more (`managedFields`, defaults of newer versions) and are read as dynamic objects.
//!
//! The types are also the source of the custom resource definitions that are installed: the module
//! `crd`, which exists with the feature `schema`, makes them. Comments on types and fields are what
//! `kubectl explain` shows, except for the paragraph that begins with `Source:`.
//!
//! | module | API group |
//! |---|---|
//! | [`meta`] | what all objects share |
//! | [`appliers`] | what Kustomizations and HelmReleases share |
//! | [`source`] | `source.toolkit.fluxcd.io` |
//! | [`kustomize`] | `kustomize.toolkit.fluxcd.io` |
//! | [`helm`] | `helm.toolkit.fluxcd.io` |
//! | [`notification`] | `notification.toolkit.fluxcd.io` |
//! | [`image`] | `image.toolkit.fluxcd.io` |
//! | [`extensions`] | `source.extensions.fluxcd.io` |
//! | [`terraform`] | `infra.contrib.fluxcd.io` |

pub mod appliers;
#[cfg(feature = "schema")]
pub mod crd;
pub mod extensions;
pub mod helm;
pub mod image;
pub mod kustomize;
pub mod meta;
pub mod notification;
pub mod source;
pub mod terraform;
