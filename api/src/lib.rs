//! Typed Flux and Terraform APIs.
//!
//! The types are for manifests that we write: arguments fill them in, a template lays them out, and the
//! rendered text is read back through them. Unknown fields are therefore refused everywhere; live
//! objects carry more (`managedFields`, defaults of newer versions) and are read as dynamic objects.
//!
//! | module | API group |
//! |---|---|
//! | [`meta`] | what all objects share |
//! | [`source`] | `source.toolkit.fluxcd.io` |
//! | [`kustomize`] | `kustomize.toolkit.fluxcd.io` |

pub mod kustomize;
pub mod meta;
pub mod source;
