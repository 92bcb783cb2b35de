//! Whether the cluster can have what is wanted: its version, whose Flux it has, what that syncs, our rights.

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;

use super::Preflight;
use crate::cluster::Cluster;
use crate::cluster::access::Right;
use crate::commands::bootstrap::plan::Plan;
use crate::commands::findings::{Finding, Findings};
use crate::commands::installation::{self, Wanted};
use crate::error::{Class, Explain as _, class_of};
use crate::kinds;
use crate::kinds::view::text;
use crate::manifests::components::Bundle;

/// What is to be installed.
pub(super) struct Components {
    pub(super) bundle: Bundle,
    pub(super) objects: Vec<DynamicObject>,
}

impl Preflight<'_> {
    /// Looks at the cluster; without components, which could not be had, only at what does not depend on them.
    pub(super) async fn look_at_cluster(
        &self,
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
        self.check_live_path(cluster, findings).await;
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

    /// A cluster that syncs one folder is not silently moved to another.
    async fn check_live_path(&self, cluster: &Cluster, findings: &mut Findings<'_>) {
        let asked = self.within(live_path(cluster, self.plan)).await;
        let name = &self.plan.namespace;
        let Some(Some(path)) = findings.take("sync", name, asked) else { return };
        let message = format!("Kustomization {name}/{name} syncs {path} already");
        findings.add(Finding::passed("sync", name, message));
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

/// The path that the cluster syncs, which is the plan's; nothing when it syncs none.
async fn live_path(cluster: &Cluster, plan: &Plan) -> Result<Option<String>> {
    let namespace = &plan.namespace;
    let live = match cluster.find(&kinds::kustomize::KUSTOMIZATION, namespace, namespace).await {
        Ok(live) => live,
        Err(error) if matches!(class_of(&error), Class::NotFound | Class::NotInstalled) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let path = text(&live, "/spec/path").unwrap_or_default().to_owned();
    if plan.path.is(&path) {
        return Ok(Some(path));
    }
    let wanted = &plan.path;
    Err(anyhow!("Kustomization {namespace}/{namespace} syncs {path}, and --path says {wanted}")
        .class(Class::Conflict)
        .hint(format!("use --path={path}, or delete that Kustomization first")))
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
