//! Whether the cluster can have what is wanted: its version, whose Flux it has, what that syncs, our rights.

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;

use super::Preflight;
use super::host::Seen;
use crate::cluster::Cluster;
use crate::cluster::access::Right;
use crate::commands::bootstrap::access::sync_url;
use crate::commands::findings::{Finding, Findings};
use crate::commands::installation::{self, Wanted};
use crate::error::{Class, Explain as _, class_of};
use crate::git_host::GitHost as _;
use crate::git_host::endpoints::is_same_repository;
use crate::kinds::Kind;
use crate::kinds::kustomize::KUSTOMIZATION;
use crate::kinds::source::GIT_REPOSITORY;
use crate::kinds::view::text;
use crate::manifests::components::Bundle;

/// What is to be installed.
pub(super) struct Components {
    pub(super) bundle: Bundle,
    pub(super) objects: Vec<DynamicObject>,
}

/// The place that the cluster syncs.
struct LiveSync {
    path: String,
    source: Option<LiveSource>,
}

/// Where its source is.
struct LiveSource {
    url: String,
    /// None for one that follows something else than a branch.
    branch: Option<String>,
}

impl Preflight<'_> {
    /// Looks at the cluster; without components or host, which could not be had, only at what does not depend on
    /// them.
    pub(super) async fn look_at_cluster(
        &self,
        host: Option<&Seen>,
        components: Option<&Components>,
        findings: &mut Findings<'_>,
    ) {
        let failed_before = findings.failures();
        let Some(cluster) = findings.take("cluster", "", self.ctx.cluster().await) else { return };
        findings.begin(format_args!("checking the cluster at {}", cluster.server()));
        let version = components.map(|components| components.bundle.version.as_str());
        if !self.check_version(cluster, version, findings).await {
            return;
        }
        if let Some(components) = components {
            self.check_installation(cluster, components, findings).await;
        }
        self.check_live_sync(cluster, host, findings).await;
        self.check_rights(cluster, findings).await;
        if findings.failures() == failed_before && !findings.is_report() {
            let message = format!("checked access to the cluster at {}", cluster.server());
            findings.milestone("cluster", cluster.server(), message);
        }
    }

    /// Whether the cluster answers at all; one that is too old can still be asked about the rest.
    async fn check_version(
        &self,
        cluster: &Cluster,
        flux: Option<&str>,
        findings: &mut Findings<'_>,
    ) -> bool {
        let asked = installation::check_version(cluster, flux);
        match self.within(asked).await {
            Ok(found) => {
                findings.add(Finding::passed("kubernetes", &found, format!("Kubernetes {found}")));
                true
            }
            Err(error) => {
                let is_too_old = class_of(&error) == Class::Usage;
                findings.add(Finding::failed("kubernetes", "", error));
                is_too_old
            }
        }
    }

    async fn check_installation(
        &self,
        cluster: &Cluster,
        components: &Components,
        findings: &mut Findings<'_>,
    ) {
        let Components { bundle, objects } = components;
        let wanted = Wanted { version: &bundle.version, objects, is_forced: self.args.force };
        let asked = self.within(installation::check_installation(cluster, &wanted)).await;
        let Some(found) = findings.take("installation", "flux", asked) else { return };
        let message = match found {
            None => "Flux is not installed yet".to_owned(),
            Some(found) => match found.title() {
                Some(title) => format!("{title} is installed already"),
                None => "Flux is installed already".to_owned(),
            },
        };
        findings.add(Finding::passed("installation", "flux", message));
    }

    /// A cluster that syncs one place is not silently moved to another: its Kustomization prunes what is not
    /// there.
    async fn check_live_sync(
        &self,
        cluster: &Cluster,
        host: Option<&Seen>,
        findings: &mut Findings<'_>,
    ) {
        let name = &self.plan.namespace;
        let asked = self.within(LiveSync::read(cluster, name)).await;
        let Some(Some(live)) = findings.take("sync", name, asked) else { return };
        let source = match (&live.source, host) {
            (Some(source), Some(host)) => self.check_source(source, host).await,
            _ => Ok(()),
        };
        let checks = [self.check_path(&live.path), source];
        if checks.iter().all(Result::is_ok) {
            let message = format!("Kustomization {name}/{name} syncs {} already", live.path);
            findings.add(Finding::passed("sync", name, message));
        }
        for error in checks.into_iter().filter_map(Result::err) {
            findings.add(match self.args.force && class_of(&error) == Class::Conflict {
                true => Finding::warning("sync", name, format!("{error}; --force moves it there")),
                false => Finding::failed("sync", name, error),
            });
        }
    }

    fn check_path(&self, live: &str) -> Result<()> {
        let (name, wanted) = (&self.plan.namespace, &self.plan.path);
        if wanted.is(live) {
            return Ok(());
        }
        let error = anyhow!("Kustomization {name}/{name} syncs {live}, and --path says {wanted}");
        Err(hint_to_move(error, &format!("use --path={live}")))
    }

    /// Whether the cluster syncs what it shall: an address may be spelled in several ways, name a repository by the
    /// name that it had once, and be patched by the folder's own kustomization.
    async fn check_source(&self, live: &LiveSource, host: &Seen) -> Result<()> {
        let Self { args, plan, github, .. } = self;
        let existing = host.existing.as_ref();
        let name = existing.map_or(&plan.repository, |existing| &existing.repository.name);
        let overlay = existing.and_then(|existing| existing.found.overlay.as_ref());
        let wanted = sync_url(github.endpoints(), name, plan, args);
        let is_on_branch = live.branch.as_ref().is_none_or(|branch| *branch == plan.branch);
        let mut is_there = is_same_repository(&live.url, &wanted)
            || overlay.is_some_and(|overlay| overlay.says(&live.url));
        if let (false, Some(former)) = (is_there, github.endpoints().repository_at(&live.url)) {
            let found = github.find_repository(&former).await?;
            is_there = found.is_some_and(|found| found.name.is_same(name));
        }
        if is_there && is_on_branch {
            return Ok(());
        }
        let (source, url) = (&plan.namespace, &live.url);
        let branch = live.branch.as_ref().unwrap_or(&plan.branch);
        let error = anyhow!(
            "GitRepository {source}/{source} syncs {branch} of {url}, and the arguments say {} of {wanted}",
            plan.branch
        );
        Err(hint_to_move(error, "correct --owner, --repository and --branch"))
    }

    async fn check_rights(&self, cluster: &Cluster, findings: &mut Findings<'_>) {
        let needed = needed_rights(&self.plan.namespace);
        let asked = self.within(installation::check_rights(cluster, &needed)).await;
        if findings.take("rights", &self.plan.namespace, asked).is_some() {
            let message = "you may install and upgrade Flux";
            findings.add(Finding::passed("rights", &self.plan.namespace, message));
        }
    }

    async fn within<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        self.ctx.deadline.within("the cluster", work).await
    }
}

impl LiveSync {
    /// Reads the sync objects of `name`; nothing when the cluster syncs nothing.
    async fn read(cluster: &Cluster, name: &str) -> Result<Option<Self>> {
        let Some(kustomization) = found(cluster, &KUSTOMIZATION, name).await? else {
            return Ok(None);
        };
        let path = text(&kustomization, "/spec/path").unwrap_or_default().to_owned();
        let source = found(cluster, &GIT_REPOSITORY, name).await?;
        Ok(Some(Self { path, source: source.as_ref().and_then(LiveSource::of) }))
    }
}

impl LiveSource {
    fn of(source: &DynamicObject) -> Option<Self> {
        let owned = |pointer| text(source, pointer).map(str::to_owned);
        Some(Self { url: owned("/spec/url")?, branch: owned("/spec/ref/branch") })
    }
}

/// The sync object of this kind, if there is one.
async fn found(
    cluster: &Cluster,
    kind: &'static Kind,
    name: &str,
) -> Result<Option<DynamicObject>> {
    match cluster.find(kind, name, name).await {
        Ok(live) => Ok(Some(live)),
        Err(error) if matches!(class_of(&error), Class::NotFound | Class::NotInstalled) => Ok(None),
        Err(error) => Err(error),
    }
}

fn hint_to_move(error: anyhow::Error, instead: &str) -> anyhow::Error {
    error.class(Class::Conflict).hint(format!(
        "{instead}; or move the cluster there with --force, which deletes from it what is not there"
    ))
}

/// What server-side apply of the components and of the sync objects asks for.
fn needed_rights(namespace: &str) -> Vec<Right> {
    const SYNC: [(&str, &str); 3] = [
        ("", "secrets"),
        ("source.toolkit.fluxcd.io", "gitrepositories"),
        ("kustomize.toolkit.fluxcd.io", "kustomizations"),
    ];
    let mut rights = installation::needed_rights(namespace);
    for verb in ["get", "create", "patch"] {
        rights.extend(SYNC.map(|(group, it)| Right::within(namespace, verb, group, it)));
    }
    rights
}
