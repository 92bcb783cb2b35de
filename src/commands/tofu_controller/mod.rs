//! tofu-controller beside Flux: the source of its chart and its HelmRelease, made as `create` makes them.

mod checks;

use anyhow::Result;
use kube::api::DynamicObject;
use semver::Version;
use serde_json::Value;

use self::checks::{installed_version, precedence};
use crate::cli::install::TofuArgs;
use crate::cluster::Cluster;
use crate::cluster::access::Right;
use crate::cluster::preview::Preview;
use crate::cluster::takeover::Desired;
use crate::commands::create::destination;
use crate::commands::create::new::Created;
use crate::context::Context;
use crate::error::{Explain as _, usage};
use crate::kinds::terraform::TERRAFORM;
use crate::manifests::object::Templates;
use crate::manifests::options::Options;
use crate::manifests::tofu_controller::{Chart, NAME, NEEDED, objects};

/// What is to be installed, as its manifests say it.
pub(super) struct Wanted {
    version: Version,
    created: Vec<Created>,
}

impl Wanted {
    /// What was asked for; nothing where it was not.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] when the components do not include those that install a chart.
    pub(super) fn of(args: &TofuArgs, options: &Options) -> Result<Option<Self>> {
        if !args.with_tofu_controller {
            return Ok(None);
        }
        let is_chosen = |name: &&&str| options.components.iter().any(|it| it.name == **name);
        if let Some(missing) = NEEDED.iter().find(|name| !is_chosen(name)) {
            return Err(usage(format!(
                "--with-tofu-controller needs {missing}, which is not among the components"
            ))
            .hint(format!(
                "add it to --components, or leave out --with-tofu-controller: {NAME} is a chart"
            )));
        }
        let version = args.tofu_controller_version.clone();
        let chart = Chart { version, url: args.tofu_controller_url.clone() };
        let templates = Templates::default();
        let created = |object: &Value| Created::of(templates.lay_out(object, &[])?);
        let created = objects(&chart, options)?.iter().map(created).collect::<Result<_>>()?;
        Ok(Some(Self { version: chart.version, created }))
    }

    /// The manifests, each behind a line that begins a document.
    pub(super) fn text(&self) -> String {
        self.created.iter().map(|created| format!("---\n{}", created.text())).collect()
    }

    /// What the two objects and the checks before them ask for, beside what Flux's components do.
    pub(super) fn needed_rights(namespace: &str) -> Vec<Right> {
        const KINDS: [(&str, &str); 3] = [
            ("helm.toolkit.fluxcd.io", "helmreleases"),
            ("source.toolkit.fluxcd.io", "helmrepositories"),
            ("source.toolkit.fluxcd.io", "ocirepositories"),
        ];
        let mut rights = vec![Right::everywhere("list", "apps", "deployments")];
        for verb in ["get", "create", "patch", "list", "watch"] {
            rights.extend(KINDS.map(|(group, kind)| Right::within(namespace, verb, group, kind)));
        }
        rights
    }

    /// The source as it was before, when it may not have seen the chart that is wanted.
    async fn look(
        &self,
        cluster: &Cluster,
        source: &Created,
        release: &Created,
    ) -> Result<Option<DynamicObject>> {
        let installed = cluster.present(&release.object).await?;
        let installed = installed.as_ref().and_then(installed_version);
        if installed.is_some_and(|installed| precedence(&installed) == precedence(&self.version)) {
            return Ok(None);
        }
        cluster.present(&source.object).await
    }

    /// Asks the server what [`Self::install`] would do once `components` are there.
    pub(super) async fn preview(
        &self,
        ctx: &Context,
        components: &[DynamicObject],
        is_forced: bool,
    ) -> Result<Vec<Preview>> {
        let cluster = ctx.cluster().await?;
        let objects: Vec<Desired<'_>> = self.created.iter().map(Created::desired).collect();
        let progress = ctx.output.progress("asking what would change");
        let news = ctx.news(&progress);
        let patience = ctx.patience(&news);
        cluster.preview_creation_after(components, &objects, is_forced, &patience).await
    }

    /// Applies the objects, and waits until the chart is installed and its CRD is served.
    pub(super) async fn install(&self, ctx: &Context, is_forced: bool) -> Result<()> {
        let cluster = ctx.cluster().await?;
        let [source, release] = &self.created[..] else { unreachable!("they are two") };
        let known = ctx.deadline.within("the cluster", self.look(cluster, source, release)).await?;
        destination::apply(ctx, std::slice::from_ref(source), is_forced).await?;
        if let Some(old) = known {
            renew(ctx, cluster, source, &old).await?;
        }
        destination::apply(ctx, std::slice::from_ref(release), is_forced).await?;
        {
            let progress = ctx.output.progress("the CRD of Terraform");
            let news = ctx.news(&progress);
            cluster.await_served(&TERRAFORM, &ctx.patience(&news)).await?;
        }
        let (version, namespace) = (&self.version, ctx.namespace());
        ctx.output.done(format_args!("{NAME} {version} is installed in namespace {namespace}"));
        Ok(())
    }
}

/// Has a source look for what it has not seen yet: what it knows may be as old as its interval.
async fn renew(
    ctx: &Context,
    cluster: &Cluster,
    source: &Created,
    old: &DynamicObject,
) -> Result<()> {
    let Some(kind) = source.kind.filter(|kind| !kind.is_static(old)) else { return Ok(()) };
    ctx.output.waiting(format_args!("waiting for {} to look for the chart", source.title()));
    let request = cluster.request_reconcile(kind, old, ctx.clock, &[]);
    let request = ctx.deadline.within("the cluster", request).await?;
    let progress = ctx.output.progress("the chart's source");
    let news = ctx.news(&progress);
    cluster.await_reconciled(&request, None, &ctx.patience(&news)).await.map(drop)
}
