//! Approvals through Git: the id is committed to the manifest of the object, followed until its plan is
//! applied, and taken out of the manifest again.

use std::cell::Cell;
use std::time::Duration;

use anyhow::{Context as _, Error, Result, anyhow};
use kube::api::DynamicObject;

use super::approve::{Story, interrupted, judge};
use super::reviewed::{Reviewed, plan_of};
use crate::cli::fleet::FleetArgs;
use crate::cluster::Cluster;
use crate::cluster::approval::{Adopted, Turn};
use crate::commands::fleet::edit::{Edit, Site};
use crate::commands::fleet::sync::Fleet;
use crate::context::Context;
use crate::deadline::Deadline;
use crate::error::{Class, Explain as _, usage};
use crate::kinds::ObjectRef;
use crate::kinds::deletion::applied_by;
use crate::kinds::kustomize::KUSTOMIZATION;
use crate::kinds::source::GIT_REPOSITORY;
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::object_ref;
use crate::manifests::approval::{approval_in, holds, with_approval, without_approval};
use crate::plans::approval::Outcome;

/// What can be done where an approval cannot go through Git.
const INSTEAD: &str = "approve it in the cluster, without --commit and --pull-request";

/// How long the approval may take to be taken out of Git, and that to arrive in the cluster.
const GRACE: Duration = Duration::from_secs(120);

/// Where the manifest of an object is in Git.
pub(super) struct Manifest<'a> {
    site: Site<'a>,
    path: String,
    target: ObjectRef,
}

impl<'a> Manifest<'a> {
    /// Finds the manifest by the Kustomization that applies the object, and the file in its folder.
    ///
    /// # Errors
    /// [`Class::Conflict`] when no Kustomization applies it, and when a commit there would be another plan;
    /// [`Class::NotFound`] and [`Class::Usage`] when it is not one file; those of the host.
    pub(super) async fn find(
        ctx: &'a Context,
        args: &'a FleetArgs,
        file: Option<&str>,
        object: &DynamicObject,
    ) -> Result<Self> {
        let target = ObjectRef::of(&TERRAFORM, object);
        let owner = applied_by(object).filter(|owner| owner.kind == KUSTOMIZATION.kind);
        let owner = owner.map(|owner| format!("{}/{}", owner.namespace, owner.name));
        let Some(named) = args.fleet.clone().or(owner) else {
            return Err(anyhow!(
                "no Kustomization applies {target}: its manifest is nowhere in Git"
            )
            .class(Class::Conflict)
            .hint(INSTEAD));
        };
        let fleet = Fleet::find(ctx, Some(&named), INSTEAD).await?;
        let site = Site::open(ctx, args, fleet).await?;
        refuse_own_source(ctx.cluster().await?, &site, object).await?;
        let path = match file {
            Some(file) => file.to_owned(),
            None => only(&site, &target).await?,
        };
        Ok(Self { site, path, target })
    }

    /// Commits or proposes the approval of `plan`; before each attempt, `note` learns whether the manifest says
    /// something else about approvals.
    async fn approve(&self, plan: &str, note: impl Fn(bool)) -> Result<String> {
        let change = |text: &str| {
            note(approval_in(text, &self.target)?.is_some_and(|before| before != plan));
            with_approval(text, &self.target, plan)
        };
        let title = format!("Approve {plan} of {}", self.target);
        self.site.publish(&Edit { path: &self.path, title: &title, change: &change }).await
    }

    /// Takes the approval of `plan` out of the manifest, if it is still there: always as a commit unless
    /// `proposes`.
    async fn take_out(&self, plan: &str, keeps_line: bool, proposes: bool) -> Result<String> {
        let change = |text: &str| without_approval(text, &self.target, plan, keeps_line);
        let title = format!("Take back the approval of {plan} of {}", self.target);
        let edit = Edit { path: &self.path, title: &title, change: &change };
        if proposes { self.site.publish(&edit).await } else { self.site.commit(&edit).await }
    }

    /// `PATH of OWNER/NAME`
    fn place(&self) -> String {
        self.site.place(&self.path)
    }

    /// What takes an approval out of it later.
    fn disarming(&self, flag: &str) -> String {
        format!("nigari plan disarm {} -n {} {flag}", self.target.name, self.target.namespace)
    }
}

/// Refuses where manifest and code come from one branch: each commit there is another plan, the one that
/// approves too.
async fn refuse_own_source(
    cluster: &Cluster,
    site: &Site<'_>,
    object: &DynamicObject,
) -> Result<()> {
    let source = object_ref(object, "/spec/sourceRef");
    let Some(source) = source.filter(|source| source.kind == GIT_REPOSITORY.kind) else {
        return Ok(());
    };
    let repository = cluster.find(&GIT_REPOSITORY, &source.namespace, &source.name).await?;
    if !site.moves(&repository) {
        return Ok(());
    }
    let fleet = site.fleet();
    let (branch, name) = (&fleet.branch, &fleet.repository);
    Err(anyhow!(
        "its code and its manifest are both on {branch} of {name}: an approval there would be a new revision, \
         and so another plan"
    )
    .class(Class::Conflict)
    .hint(INSTEAD)
    .hint("or keep the code in a repository or OCI artifact of its own"))
}

/// The only manifest of the object below the folder that is applied.
async fn only(site: &Site<'_>, target: &ObjectRef) -> Result<String> {
    let folder = &site.fleet().main().folder;
    let mut found = site.find(|text| holds(text, target)).await?;
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => Err(anyhow!("no manifest below {folder}/ is of {target}")
            .class(Class::NotFound)
            .hint("name it with --file, where it is in another folder or made by a generator")),
        _ => Err(usage(format!("several manifests are of {target}: {}", found.join(", ")))
            .hint(format!("name the one that decides: --file={}", found[0]))),
    }
}

/// Approves a plan in its manifest, follows what becomes of it, and takes the approval out again. One that
/// goes through a pull request stays until another one takes it out.
///
/// # Errors
/// [`Class::Waiting`] while a pull request is open; those of an approval in the cluster; those of the host.
pub(super) async fn approve(story: &Story<'_>, reviewed: &Reviewed<'_>) -> Result<String> {
    let ctx = story.ctx.under(story.ctx.deadline.restarted());
    let args = story.args;
    let find = Manifest::find(&ctx, &args.fleet, args.file.as_deref(), &reviewed.review.object);
    let manifest = story.unless_interrupted(find).await?;
    let written = Cell::new(None);
    let result = tokio::select! {
        biased;
        () = story.interruption.clone() => Err(interrupted()),
        result = carry_out(story, &ctx, &manifest, reviewed, &written) => result,
        () = ctx.deadline.passed() => {
            Err(ctx.deadline.expired(&format!("the plan of {} to be applied", manifest.target)))
        }
    };
    let Some(keeps_line) = written.get() else { return result };
    match take_back(story, &manifest, &plan_of(&reviewed.review), keeps_line).await {
        Ok(()) => result,
        Err(error) => Err(left_behind(story, &manifest, result, error)),
    }
}

async fn carry_out(
    story: &Story<'_>,
    ctx: &Context,
    manifest: &Manifest<'_>,
    reviewed: &Reviewed<'_>,
    written: &Cell<Option<bool>>,
) -> Result<String> {
    let (desk, seen, plan) = (&reviewed.desk, &reviewed.review.snapshot, plan_of(&reviewed.review));
    let is_proposed = story.args.fleet.pull_request;
    if is_proposed {
        ctx.output.warn(format_args!(
            "once it is merged, the approval stands in {} until it is taken out with: {}",
            manifest.place(),
            manifest.disarming("--pull-request")
        ));
    }
    // From the first attempt on there may be a commit, also where its answer is lost.
    let note = |had_line| {
        if !is_proposed && written.get().is_none() {
            written.set(Some(had_line));
        }
    };
    let commit = manifest.approve(&plan, note).await?;
    manifest.site.follow(&commit).await?;
    ctx.output.waiting(format_args!(
        "{plan} is approved: waiting until {} has applied it",
        manifest.target
    ));
    let token = ctx.clock.now().to_string();
    let armed = match desk.adopt(seen, &plan, &token).await? {
        Adopted::Applied => {
            let compared = Some(story.compare(reviewed).await);
            return judge(reviewed, &Outcome::Applied, compared);
        }
        Adopted::Armed(armed) => armed,
        Adopted::Not(why) => {
            return Err(anyhow!("{} says that {plan} is approved, and {why}", manifest.place())
                .class(Class::Conflict));
        }
    };
    let progress = ctx.output.progress(&format!("{}: {plan}", manifest.target));
    let news = ctx.news(&progress);
    let patience = ctx.patience(&news);
    let mut following = desk.follow(armed);
    let mut compared = None;
    loop {
        let turn = following.next(&patience).await?;
        if compared.is_none() && turn.has_planned() {
            compared = Some(story.compare(reviewed).await);
        }
        if let Turn::Ended(outcome) = turn {
            return judge(reviewed, &outcome, compared);
        }
    }
}

/// Takes the approval out of the manifest, and waits until it is gone from the cluster.
async fn take_back(
    story: &Story<'_>,
    manifest: &Manifest<'_>,
    plan: &str,
    keeps_line: bool,
) -> Result<()> {
    let ctx = story.ctx.under(Deadline::after(GRACE));
    let site = manifest.site.under(&ctx)?;
    let (path, target) = (manifest.path.clone(), manifest.target.clone());
    let manifest = Manifest { site, path, target };
    ctx.output.action(format_args!("taking the approval out of {}", manifest.place()));
    let commit = manifest.take_out(plan, keeps_line, false).await?;
    manifest.site.follow(&commit).await
}

/// The error that says what is still there.
fn left_behind(
    story: &Story<'_>,
    manifest: &Manifest<'_>,
    result: Result<String>,
    error: Error,
) -> Error {
    story.ctx.output.warn(result.unwrap_or_else(|error| format!("{error:#}")));
    let place = manifest.place();
    error
        .context(format!("the approval in {place} could not be taken back, and may stand"))
        .hint(manifest.disarming("--commit"))
}

/// Takes the approval out of the manifest of an object, whatever the cluster says about it, and follows that.
///
/// # Errors
/// [`Class::Waiting`] while a pull request is open; those of the host and of who applies the manifest.
pub(super) async fn disarm(
    ctx: &Context,
    args: &FleetArgs,
    file: Option<&str>,
    object: &DynamicObject,
) -> Result<String> {
    let manifest = Manifest::find(ctx, args, file, object).await?;
    let (place, target) = (manifest.place(), &manifest.target);
    let text = manifest.site.text(&manifest.path).await?;
    let found = approval_in(&text, target).with_context(|| place.clone())?;
    let is_approval = |found: &String| !matches!(found.as_str(), "" | "auto" | "disable");
    let Some(plan) = found.filter(is_approval) else {
        return Ok(format!("{target}: no approval stands in {place}"));
    };
    let commit = manifest.take_out(&plan, false, true).await?;
    manifest.site.follow(&commit).await?;
    Ok(format!("{target}: the approval of {plan} is taken out of {place}"))
}
