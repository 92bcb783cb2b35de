//! What a bootstrap will do, decided from its arguments alone.

use anyhow::{Context as _, Result};

use crate::cli::bootstrap as cli;
use crate::commands::components as install;
use crate::duration::GoDuration;
use crate::error::{Explain as _, usage};
use crate::git_host::RepositoryName;
use crate::git_host::change::{Author, Change, File};
use crate::git_host::ssh_key::{Algorithm, Curve};
use crate::manifests::components::{self, Bundle};
use crate::manifests::kustomization::new_kustomization;
use crate::manifests::options::Options;
use crate::manifests::path::SyncPath;
use crate::manifests::sync::{SyncOptions, sync};
use crate::manifests::{Manifest, name};

/// The arguments, checked and in the types of the domain. Nothing was contacted to make it.
pub(super) struct Plan {
    pub(super) repository: RepositoryName,
    pub(super) branch: String,
    pub(super) path: SyncPath,
    pub(super) namespace: String,
    pub(super) secret_name: String,
    pub(super) key_algorithm: Algorithm,
    pub(super) components: Options,
    interval: GoDuration,
    appendix: Option<String>,
}

/// What the plan comes to for one address of the repository.
pub(super) struct Manifests {
    /// `gotk-components.yaml`.
    pub(super) components: Manifest,
    /// `gotk-sync.yaml`.
    pub(super) sync: Manifest,
    /// The Flux release.
    version: String,
}

impl Manifests {
    /// Both.
    pub(super) fn files(&self) -> [&Manifest; 2] {
        [&self.components, &self.sync]
    }
}

impl Plan {
    pub(super) fn new(namespace: &str, args: &cli::GitHubArgs) -> Result<Self> {
        let interval = args.sync.interval;
        if interval.get().is_zero() {
            return Err(
                usage("--interval is 0").hint("give a time like 1m, or 10m for a quiet repository")
            );
        }
        let components = install::options(namespace, &args.components)?;
        components::require_sync(&components.components)
            .context("--components cannot be used")
            .hint("add it to the list")?;
        Ok(Self {
            repository: RepositoryName::new(&args.owner, &args.repository)?,
            branch: branch_name(&args.sync.branch)?,
            path: args.sync.path.parse().context("--path cannot be used")?,
            namespace: namespace.to_owned(),
            secret_name: name::dns_subdomain(&args.auth.secret_name)
                .context("--secret-name cannot be used")?,
            key_algorithm: key_algorithm(&args.auth).checked()?,
            interval,
            components,
            appendix: args.commit.commit_message_appendix.clone(),
        })
    }

    /// The folder of Flux's own files: `clusters/production/flux-system`.
    pub(super) fn folder(&self) -> String {
        self.path.folder(&self.namespace)
    }

    /// Renders everything for a repository that the cluster reaches at `url`.
    pub(super) fn manifests(&self, bundle: &Bundle, url: String) -> Result<Manifests> {
        let sync = sync(&SyncOptions {
            namespace: self.namespace.clone(),
            url,
            branch: self.branch.clone(),
            secret_name: self.secret_name.clone(),
            interval: self.interval,
            path: self.path.clone(),
            recurse_submodules: false,
            sparse_checkout: Vec::new(),
        })?;
        Ok(Manifests { components: bundle.manifest()?, sync, version: bundle.version.clone() })
    }

    /// The names of the Deployments that must become available.
    pub(super) fn deployments(&self) -> impl Iterator<Item = &'static str> {
        self.components.components.iter().map(|component| component.name)
    }

    /// The commit: Flux's files, and a `kustomization.yaml` unless the folder has one already.
    pub(super) fn change(
        &self,
        manifests: &Manifests,
        has_kustomization: bool,
        is_update: bool,
        author: Option<Author>,
    ) -> Result<Change> {
        let folder = self.folder();
        let file = |manifest: &Manifest| {
            File::new(&format!("{folder}/{}", manifest.path), manifest.text.as_str())
        };
        let ours = manifests.files();
        let mut files = ours.into_iter().map(file).collect::<Result<Vec<_>>>()?;
        if !has_kustomization {
            let resources = ours.map(|manifest| manifest.path);
            files.push(file(&new_kustomization(&resources)?)?);
        }
        Change::new(files, &self.message(&manifests.version, is_update), author)
    }

    fn message(&self, version: &str, is_update: bool) -> String {
        let verb = if is_update { "Update" } else { "Add" };
        let mut message = format!("{verb} Flux {version} component and sync manifests");
        if let Some(appendix) = &self.appendix {
            message.push_str("\n\n");
            message.push_str(appendix);
        }
        message
    }
}

fn key_algorithm(args: &cli::SourceAuthArgs) -> Algorithm {
    match args.ssh_key_algorithm {
        cli::KeyAlgorithm::Ed25519 => Algorithm::Ed25519,
        cli::KeyAlgorithm::Rsa => Algorithm::Rsa { bits: args.ssh_rsa_bits },
        cli::KeyAlgorithm::Ecdsa => Algorithm::Ecdsa(match args.ssh_ecdsa_curve {
            cli::Curve::P256 => Curve::P256,
            cli::Curve::P384 => Curve::P384,
            cli::Curve::P521 => Curve::P521,
        }),
    }
}

fn branch_name(name: &str) -> Result<String> {
    if git2::Branch::name_is_valid(name).unwrap_or(false) {
        return Ok(name.to_owned());
    }
    Err(usage(format!("{name:?} is not a name that Git accepts for a branch"))
        .hint("name it with --branch, without refs/heads/"))
}
