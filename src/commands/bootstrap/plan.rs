//! What a bootstrap will do, decided from its arguments alone.

use anyhow::{Context as _, Result};
use nigari_api::source::GitProvider;

use crate::cli::bootstrap::{self as cli, ClusterAuth};
use crate::commands::{components as install, ssh_key};
use crate::duration::GoDuration;
use crate::error::{Explain as _, usage};
use crate::git_host::RepositoryName;
use crate::git_host::change::{Author, Change, File};
use crate::git_host::ssh_key::Algorithm;
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
    pub(super) auth: ClusterAuth,
    pub(super) secret_name: String,
    has_secret: bool,
    pub(super) key_algorithm: Algorithm,
    pub(super) components: Options,
    interval: GoDuration,
    recurse_submodules: bool,
    sparse_checkout: Vec<String>,
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
        if args.personal && !args.teams.is_empty() {
            return Err(usage("--team is for repositories of organisations")
                .hint("leave out --team or --personal"));
        }
        let auth = cluster_auth(args)?;
        let components = install::options(namespace, &args.components)?;
        components::require_sync(&components.components)
            .context("--components cannot be used")
            .hint("add it to the list")?;
        let path: SyncPath = args.sync.path.parse().context("--path cannot be used")?;
        check_sparse(&args.sync.sparse_checkout, &path.folder(namespace))?;
        Ok(Self {
            repository: RepositoryName::new(&args.owner, &args.repository)?,
            branch: branch_name(&args.sync.branch, "--branch")?,
            path,
            namespace: namespace.to_owned(),
            secret_name: name::dns_subdomain(&args.auth.secret_name)
                .context("--secret-name cannot be used")?,
            has_secret: auth != ClusterAuth::None || args.auth.ca_file.is_some(),
            auth,
            key_algorithm: ssh_key::algorithm(&args.auth.key)?,
            interval,
            recurse_submodules: args.sync.recurse_submodules,
            sparse_checkout: args.sync.sparse_checkout.clone(),
            components,
            appendix: args.commit.commit_message_appendix.clone(),
        })
    }

    /// Whether the cluster reads with a deploy key.
    pub(super) fn needs_deploy_key(&self) -> bool {
        self.auth == ClusterAuth::DeployKey
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
            provider: (self.auth == ClusterAuth::App).then_some(GitProvider::Github),
            secret_name: self.has_secret.then(|| self.secret_name.clone()),
            interval: self.interval,
            path: self.path.clone(),
            recurse_submodules: self.recurse_submodules,
            sparse_checkout: self.sparse_checkout.clone(),
        })?;
        Ok(Manifests { components: bundle.manifest()?, sync, version: bundle.version.clone() })
    }

    /// The names of the Deployments that must become available.
    pub(super) fn deployments(&self) -> impl Iterator<Item = &'static str> {
        self.components.components.iter().map(|component| component.name)
    }

    /// The commit: Flux's files, and a `kustomization.yaml` unless the folder has one already, there or on the
    /// branch of a pull request.
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
            files.push(file(&new_kustomization(&resources)?)?.where_missing());
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

/// Refuses a sparse checkout without Flux's own folder, which could not be applied.
fn check_sparse(folders: &[String], own: &str) -> Result<()> {
    let plain = |folder: &str| folder.trim_start_matches("./").trim_matches('/').to_owned();
    let own = plain(own);
    let holds = |folder: &String| {
        let folder = plain(folder);
        folder.is_empty() || own == folder || own.starts_with(&format!("{folder}/"))
    };
    if folders.is_empty() || folders.iter().any(holds) {
        return Ok(());
    }
    Err(usage(format!("--sparse-checkout leaves out {own}, where Flux's own files are"))
        .hint("add it, or the folder of --path"))
}

/// How the cluster authenticates, as the flags together say.
fn cluster_auth(args: &cli::GitHubArgs) -> Result<ClusterAuth> {
    let is_app = args.login.app_id.is_some();
    let auth = match (args.auth.cluster_auth, args.auth.token_auth) {
        (Some(ClusterAuth::Token) | None, true) => ClusterAuth::Token,
        (Some(_), true) => {
            return Err(usage("--token-auth and --cluster-auth contradict each other"));
        }
        (Some(given), false) => given,
        (None, false) if is_app => ClusterAuth::App,
        (None, false) => ClusterAuth::DeployKey,
    };
    match auth {
        ClusterAuth::App if !is_app => Err(usage("--cluster-auth=app needs an App")
            .hint("name it with --app-id and --app-private-key-file")),
        ClusterAuth::Token if is_app => {
            Err(usage("a token that an App gets lasts an hour, which is no use to the cluster")
                .hint("leave out --token-auth: the cluster works as the App too"))
        }
        auth => Ok(auth),
    }
}

/// The name of a branch, which `flag` gives.
pub(super) fn branch_name(name: &str, flag: &str) -> Result<String> {
    if git2::Branch::name_is_valid(name).unwrap_or(false) {
        return Ok(name.to_owned());
    }
    Err(usage(format!("{name:?} is not a name that Git accepts for a branch"))
        .hint(format!("name it with {flag}, without refs/heads/")))
}
