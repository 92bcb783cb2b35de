//! Installs Flux from a GitHub repository.

use std::sync::Arc;

use anyhow::Result;
use kube::api::DynamicObject;
use secrecy::SecretString;

use super::access::{self, Access, sync_url};
use super::credentials::Credentials;
use super::dry_run::DryRun;
use super::objects::Objects;
use super::plan::Plan;
use super::preflight::{Existing, Found, Passed, Preflight, content, new_repository};
use super::proposal::{Delivery, Wanted as Proposed, Way};
use super::signing::{self, Signer};
use super::{prove, rotation, teams};
use crate::cli::bootstrap::GitHubArgs;
use crate::commands::bundles::{self, Host};
use crate::commands::check::telling;
use crate::commands::components as install;
use crate::commands::fleet::host as fleet_host;
use crate::commands::installation;
use crate::context::Context;
use crate::error::{Class, Explain as _, class_of};
use crate::git_host::change::{Change, File};
use crate::git_host::github::GitHub;
use crate::git_host::github::rules::BranchRules;
use crate::git_host::signing_key::SigningKey;
use crate::git_host::{GitHost as _, is_refused_by_rule};
use crate::manifests::components::Bundle;
use crate::manifests::pull_secret::PullSecret;

/// Plans, checks everything that can be checked without a write, commits, installs, and waits until the
/// cluster has applied the commit. Each step looks first and writes only what is missing, so a run that
/// was stopped anywhere is finished by running again.
///
/// # Errors
/// With nothing written: what is wrong with the arguments, the token, the repository or the cluster.
/// Later: what the step that failed says.
pub async fn run(ctx: &Context, args: &GitHubArgs) -> Result<()> {
    let plan = Plan::new(ctx.namespace(), args)?;
    let proposed = Proposed::new(&plan, &args.proposal)?;
    let pull_secret = install::pull_secret(ctx, &args.components)?;
    if args.export {
        return export(ctx, args, &plan).await;
    }
    let key = signing::key(ctx, &args.signing).await?;
    let (access, credential) = Access::prepare(ctx, args).await?;
    let github =
        fleet_host::client(ctx, access.endpoints.clone(), credential, access.ca_pem.as_deref())?;
    let bootstrap = Bootstrap { ctx, args, plan, proposed, key, pull_secret, access, github };
    if args.check {
        return bootstrap.preflight().report(telling(args.output)).await;
    }
    let (existing, checked) = bootstrap.check().await?;
    let credentials = bootstrap.credentials().await?;
    if args.dry_run {
        return bootstrap.tell(existing, checked, credentials).await;
    }
    bootstrap.perform(existing, checked, credentials).await.map_err(hint_to_go_on)
}

/// What was done before a token was refused stays, and is found by the next run.
fn hint_to_go_on(error: anyhow::Error) -> anyhow::Error {
    if class_of(&error) != Class::Denied || is_refused_by_rule(&error) {
        return error;
    }
    error.hint("once that is solved, the same command goes on where it stopped")
}

/// Prints the files of the commit. Only where they come from elsewhere is anybody asked for anything.
async fn export(ctx: &Context, args: &GitHubArgs, plan: &Plan) -> Result<()> {
    let (endpoints, ca_pem) = (access::endpoints(ctx, args)?, access::ca_pem(args)?);
    let host = Host {
        hostname: args.hostname.as_deref(),
        token: ctx.environment.get("GITHUB_TOKEN").map(|token| SecretString::from(token.trim())),
        ca_pem: ca_pem.as_deref(),
    };
    let release = bundles::release(ctx, &args.components, &plan.components, &host).await?;
    let bundle = release.bundle(&plan.components)?;
    let manifests = plan.manifests(&bundle, sync_url(&endpoints, &plan.repository, plan, args))?;
    let change = plan.change(&manifests, false, false, None)?;
    let file = |file: &File| {
        let text = file.content();
        format!("---\n# Source: {}\n{}", file.path(), text.strip_prefix("---\n").unwrap_or(text))
    };
    ctx.output.data(&change.files().iter().map(file).collect::<String>())
}

/// A bootstrap whose arguments make sense.
struct Bootstrap<'a> {
    ctx: &'a Context,
    args: &'a GitHubArgs,
    plan: Plan,
    proposed: Proposed,
    key: Option<Arc<SigningKey>>,
    pull_secret: Option<PullSecret>,
    access: Access,
    github: GitHub,
}

/// What the checks have found out.
struct Checked {
    signer: Signer,
    bundle: Bundle,
    components: Vec<DynamicObject>,
}

/// What is committed and applied.
struct Work {
    version: String,
    signer: Signer,
    change: Change,
    objects: Objects,
}

impl Checked {
    /// Decides what has to be in a repository that the cluster reaches at `url`, and on the cluster. What was
    /// `found` on the branch does not tell what others have made of the pull request.
    async fn work(
        self,
        ctx: &Context,
        plan: &Plan,
        url: &str,
        found: &Found,
        proposed: Option<&Found>,
    ) -> Result<Work> {
        let manifests = plan.manifests(&self.bundle, url.to_owned())?;
        let built = proposed.unwrap_or(found).overlay.as_ref();
        let objects = Objects::of(ctx, plan, &manifests, self.components, built).await?;
        let folder = plan.folder();
        let has_kustomization =
            found.has_kustomization || proposed.is_some_and(|it| it.is_renamed(&folder));
        let author = self.signer.author.clone();
        let change = plan.change(&manifests, has_kustomization, found.is_update, author)?;
        let change = change.signed(self.signer.signing.clone());
        Ok(Work { version: self.bundle.version, signer: self.signer, change, objects })
    }
}

impl Bootstrap<'_> {
    /// Checks token, repository and cluster, and gets the components.
    async fn check(&self) -> Result<(Option<Existing>, Checked)> {
        let Passed { login, existing, bundle, components, .. } = self.preflight().pass().await?;
        let commit = &self.args.commit;
        let signer = signing::signer(&self.github, commit, login.as_ref(), self.key.as_ref());
        Ok((existing, Checked { signer, bundle, components }))
    }

    fn preflight(&self) -> Preflight<'_> {
        let Self { ctx, args, plan, proposed, key, access, github, .. } = self;
        Preflight { ctx, args, plan, github, access, proposed, key: key.as_ref() }
    }

    /// How the cluster will authenticate.
    async fn credentials(&self) -> Result<Credentials<'_>> {
        let Self { ctx, args, plan, github, access, .. } = self;
        access.credentials(ctx, github, plan, args).await
    }

    /// Tells what [`Self::perform`] would do.
    async fn tell(
        &self,
        existing: Option<Existing>,
        checked: Checked,
        credentials: Credentials<'_>,
    ) -> Result<()> {
        let Self { ctx, args, plan, github, .. } = self;
        let (repository, found, proposed, rules) = match existing {
            Some(Existing { repository, found, proposed, rules }) => {
                (Some(repository), found, proposed, rules)
            }
            None => (None, Found::nothing(), None, BranchRules::default()),
        };
        let name = repository.as_ref().map_or(&plan.repository, |found| &found.name);
        let url = sync_url(github.endpoints(), name, plan, args);
        let work = checked.work(ctx, plan, &url, &found, proposed.as_ref()).await?;
        let is_proposed = self.proposed.way(&found.head, &rules) != Way::Commit;
        let work_branch = self.proposed.branch(plan, name);
        let dry_run = DryRun {
            host: github,
            plan,
            repository: repository.as_ref(),
            is_private: args.private,
            found: &found,
            change: &work.change,
            proposed_on: is_proposed.then_some(work_branch.as_str()),
            objects: &work.objects,
            pull_secret: self.pull_secret.as_ref(),
            credentials,
        };
        dry_run.tell(ctx).await
    }

    /// Commits, installs and waits.
    async fn perform(
        &self,
        existing: Option<Existing>,
        checked: Checked,
        credentials: Credentials<'_>,
    ) -> Result<()> {
        let Self { ctx, args, plan, github, .. } = self;
        let Existing { repository, found, proposed, rules } = match existing {
            Some(existing) => existing,
            None => self.create().await?,
        };
        let teams = teams::grant(ctx, github, &repository, args).await;
        let url = sync_url(github.endpoints(), &repository.name, plan, args);
        let work = checked.work(ctx, plan, &url, &found, proposed.as_ref()).await?;
        let delivery = Delivery {
            ctx,
            github,
            repository: &repository,
            plan,
            wanted: &self.proposed,
            found: &found,
            proposed: proposed.as_ref(),
            rules: &rules,
            change: &work.change,
            signer: &work.signer,
        };
        let commit = delivery.run().await?;

        let (components, pull_secret) = (&work.objects.components, self.pull_secret.as_ref());
        installation::apply_components(ctx, &plan.namespace, components, pull_secret).await?;
        let rotates = args.auth.rotate;
        let given = rotation::give(ctx, github, &repository, plan, &credentials, rotates).await?;
        installation::apply(ctx, "sync objects", &work.objects.sync).await?;

        let deployments = work.objects.deployments(plan);
        prove::applied(ctx, github, &repository, plan, &deployments, &commit).await?;
        given.end(ctx, github, &repository, plan).await?;
        ctx.output.done(format_args!("Flux {} is installed and in sync", work.version));
        teams
    }

    async fn create(&self) -> Result<Existing> {
        let Self { ctx, args, plan, github, .. } = self;
        ctx.output.action(format_args!("creating repository {}", plan.repository));
        let new = new_repository(args);
        let repository = github.create_repository(&plan.repository, &new).await?;
        ctx.output.done(format_args!("repository {} created", repository.web_url));
        let found = content(github, &repository, plan).await?;
        Existing::new(github, repository, found, &plan.branch).await
    }
}
