//! Where bundles of manifests come from, other than from the program and from GitHub: the user's cache,
//! files, the web, registries.
//!
//! | module | what it is |
//! |---|---|
//! | [`origin`] | what `--manifests` names; pure |
//! | [`cache`] | release bundles that were downloaded before |
//! | [`web`] | requests over HTTPS, repeated and bounded |
//! | [`registry`] | artifacts of OCI registries |
//! | [`folder`] | a folder with manifests |

pub mod cache;
pub mod folder;
pub mod origin;
pub mod registry;
pub mod web;
