//! The manifest of an object in Git, and the approval that stands in it.

use anyhow::{Context as _, Result, anyhow};
use kube::api::DynamicObject;

use super::left_over::disarming;
use crate::cli::fleet::FleetArgs;
use crate::cluster::Cluster;
use crate::commands::fleet::edit::{Edit, Site};
use crate::commands::fleet::sync::Fleet;
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::kinds::ObjectRef;
use crate::kinds::deletion::applied_by;
use crate::kinds::kustomize::KUSTOMIZATION;
use crate::kinds::source::GIT_REPOSITORY;
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::object_ref;
use crate::manifests::approval::{Line, approval_in, holds, with_approval, without_approval};

/// What can be done where an approval cannot go through Git.
const INSTEAD: &str = "approve it in the cluster, without --commit and --pull-request";

/// How an approval is taken out of a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// By a commit, whatever was asked for.
    Commit,
    /// By a pull request where one was asked for.
    AsAsked,
}

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

    /// The same manifest under the clock of another context.
    ///
    /// # Errors
    /// When no client can be made.
    pub(super) fn under<'b>(&self, ctx: &'b Context) -> Result<Manifest<'b>>
    where
        'a: 'b,
    {
        let (path, target) = (self.path.clone(), self.target.clone());
        Ok(Manifest { site: self.site.under(ctx)?, path, target })
    }

    /// The object.
    pub(super) fn target(&self) -> &ObjectRef {
        &self.target
    }

    /// The plan whose approval stands in it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) async fn approval(&self) -> Result<Option<String>> {
        let text = self.site.text(&self.path).await?;
        let found = approval_in(&text, &self.target).with_context(|| self.place())?;
        Ok(found.filter(|found| !matches!(found.as_str(), "" | "auto" | "disable")))
    }

    /// Commits or proposes the approval of `plan`; before each attempt, `note` learns what is to become of its
    /// line later. The commit that it is in.
    ///
    /// # Errors
    /// As [`Self::take_out`].
    pub(super) async fn approve(&self, plan: &str, note: impl Fn(Line)) -> Result<String> {
        let change = |text: &str| {
            let is_another = approval_in(text, &self.target)?.is_some_and(|before| before != plan);
            note(if is_another { Line::Stays } else { Line::Goes });
            with_approval(text, &self.target, plan)
        };
        let title = format!("Approve {plan} of {}", self.target);
        self.site.publish(&Edit { path: &self.path, title: &title, change: &change }).await
    }

    /// Takes the approval of `plan` out of the manifest, if it is still there. The commit that it is out in.
    ///
    /// # Errors
    /// [`Class::Waiting`] while a pull request is open; those of the host.
    pub(super) async fn take_out(&self, plan: &str, line: Line, way: Way) -> Result<String> {
        let change = |text: &str| without_approval(text, &self.target, plan, line);
        let title = format!("Take back the approval of {plan} of {}", self.target);
        let edit = Edit { path: &self.path, title: &title, change: &change };
        match way {
            Way::Commit => self.site.commit(&edit).await,
            Way::AsAsked => self.site.publish(&edit).await,
        }
    }

    /// Waits until the cluster has applied a commit, or one that was built on it.
    ///
    /// # Errors
    /// What the source or the Kustomization says about it.
    pub(super) async fn follow(&self, commit: &str) -> Result<()> {
        self.site.follow(commit).await
    }

    /// `PATH of OWNER/NAME`
    pub(super) fn place(&self) -> String {
        self.site.place(&self.path)
    }

    /// What takes an approval out of it later.
    pub(super) fn disarming(&self, flag: &str) -> String {
        format!("{} {flag}", disarming(&self.target))
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
