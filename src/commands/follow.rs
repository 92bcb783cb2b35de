//! Follows a commit until the cluster has applied it, or one that was built on it.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;

use crate::cluster::Cluster;
use crate::cluster::reconcile::Request;
use crate::cluster::wait::{Patience, Step};
use crate::context::Context;
use crate::error::{Class, Explain as _, class_of};
use crate::git_host::{GitHost, Repository};
use crate::kinds::kustomize::KUSTOMIZATION;
use crate::kinds::readiness::State;
use crate::kinds::revision::Revision;
use crate::kinds::source::GIT_REPOSITORY;
use crate::kinds::view::text;
use crate::kinds::{self, Kind, ObjectRef};

/// A commit on a host that knows which commits were built on it.
pub(super) struct Commit<'a, H> {
    pub(super) host: &'a H,
    pub(super) repository: &'a Repository,
    pub(super) sha: &'a str,
}

/// An object that a commit passes through on its way into the cluster.
pub(super) struct Stage {
    kind: &'static Kind,
    namespace: String,
    name: String,
    /// Where the object tells its revision.
    revision: &'static str,
}

impl Stage {
    /// A GitRepository, which fetches the commit.
    pub(super) fn source(namespace: &str, name: &str) -> Self {
        Self::new(&GIT_REPOSITORY, namespace, name, "/status/artifact/revision")
    }

    /// A Kustomization, which applies it.
    pub(super) fn kustomization(namespace: &str, name: &str) -> Self {
        Self::new(&KUSTOMIZATION, namespace, name, "/status/lastAppliedRevision")
    }

    fn new(kind: &'static Kind, namespace: &str, name: &str, revision: &'static str) -> Self {
        Self { kind, namespace: namespace.to_owned(), name: name.to_owned(), revision }
    }

    fn object(&self) -> ObjectRef {
        let kind = self.kind.kind.to_owned();
        ObjectRef { kind, namespace: self.namespace.clone(), name: self.name.clone() }
    }
}

/// Waits until the commit has passed each of `stages`, in their order. One that looks only at its interval
/// is asked to look now, if we may.
pub(super) async fn follow(
    ctx: &Context,
    commit: &Commit<'_, impl GitHost>,
    stages: &[Stage],
) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let mut history = History { commit, known: BTreeMap::new() };
    for stage in stages {
        let object = stage.object();
        ctx.output.waiting(format_args!("waiting for {object}"));
        let reached = reach(ctx, cluster, stage, &mut history).await?;
        ctx.output.done(format_args!("{object} is at {}", reached.shorten()));
    }
    Ok(())
}

/// Waits until every object of a Flux kind is there and ready; what else is applied is not asked about,
/// for the Kustomization has said that it is.
pub(super) async fn ready(ctx: &Context, objects: &[ObjectRef]) -> Result<()> {
    let cluster = ctx.cluster().await?;
    for object in objects {
        let Some(kind) = kinds::of_api_kind(&object.kind) else { continue };
        ctx.output.waiting(format_args!("waiting for {object}"));
        let progress = ctx.output.progress(&object.to_string());
        let news = ctx.news(&progress);
        let patience = ctx.patience(&news);
        let found =
            cluster.wait_for(kind, &object.namespace, &object.name, &patience, |found, _| {
                found.map_or_else(
                    || Step::wait("it does not exist yet"),
                    |found| Step::Done(found.clone()),
                )
            });
        let found = found.await?;
        if kind.is_static(&found) {
            ctx.output.done(format_args!("{object} is there"));
            continue;
        }
        let request = Request::of_present(kind, &found);
        let settled = cluster.await_reconciled(&request, None, &patience).await?;
        ctx.output.done(format_args!("{object} is ready: {}", (kind.outcome)(&settled)));
    }
    Ok(())
}

/// What is known of the commits that were seen: whether they hold ours.
struct History<'a, H> {
    commit: &'a Commit<'a, H>,
    known: BTreeMap<String, bool>,
}

impl<H: GitHost> History<'_, H> {
    /// Whether `revision` holds our commit, as far as we know without asking.
    fn knows(&self, revision: &Revision) -> Option<bool> {
        let tip = revision.commit()?;
        if tip == self.commit.sha {
            return Some(true);
        }
        self.known.get(tip).copied()
    }

    async fn learn(&mut self, revision: &Revision) -> Result<()> {
        let Some(tip) = revision.commit() else { return Ok(()) };
        let Commit { host, repository, sha } = self.commit;
        let holds = host.is_descendant(repository, sha, tip).await?;
        self.known.insert(tip.to_owned(), holds);
        Ok(())
    }
}

/// Where a look at the object led.
enum Look {
    /// It is ready and holds our commit.
    Reached(Revision),
    /// It is ready at a commit that we have not asked the host about.
    Ask(Revision),
    /// It is ready at an older commit, or it failed, perhaps before it could know what we did. It looks
    /// again only at its interval or after a growing delay.
    Behind,
}

async fn reach<H: GitHost>(
    ctx: &Context,
    cluster: &Cluster,
    stage: &Stage,
    history: &mut History<'_, H>,
) -> Result<Revision> {
    let progress = ctx.output.progress(&stage.object().to_string());
    let news = ctx.news(&progress);
    let patience = ctx.patience(&news);
    let mut judge = Judge { stage, asked: Asked::NotYet };
    loop {
        let Stage { kind, namespace, name, .. } = stage;
        let look = cluster
            .wait_for(kind, namespace, name, &patience, |object, _| judge.look(object, history));
        let look = match look.await {
            Ok(look) => look,
            Err(error) => return Err(cluster.explain(kind, &stage.object(), error).await),
        };
        match look {
            Look::Reached(revision) => return Ok(revision),
            Look::Ask(revision) => history.learn(&revision).await?,
            Look::Behind => judge.asked = ask(ctx, cluster, stage, &patience).await?,
        }
    }
}

/// Whether the controller was asked to reconcile now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    NotYet,
    /// It was, and it has succeeded.
    Yes,
    /// We may not ask: it looks when it looks.
    Denied,
}

async fn ask(
    ctx: &Context,
    cluster: &Cluster,
    stage: &Stage,
    patience: &Patience<'_>,
) -> Result<Asked> {
    let Stage { kind, namespace, name, .. } = stage;
    let object = cluster.find(kind, namespace, name).await?;
    let request = match cluster.request_reconcile(kind, &object, ctx.clock, &[]).await {
        Ok(request) => request,
        Err(error) if class_of(&error) == Class::Denied => {
            let interval = text(&object, "/spec/interval").unwrap_or("its interval");
            ctx.output.warn(format_args!(
                "you may not ask {} to reconcile now: it does so every {interval}",
                stage.object()
            ));
            return Ok(Asked::Denied);
        }
        Err(error) => return Err(error),
    };
    cluster.await_reconciled(&request, None, patience).await?;
    Ok(Asked::Yes)
}

/// Decides over one object, with what was seen of it before.
struct Judge<'a> {
    stage: &'a Stage,
    asked: Asked,
}

impl Judge<'_> {
    fn look<H: GitHost>(
        &self,
        object: Option<&DynamicObject>,
        history: &History<'_, H>,
    ) -> Step<Look> {
        let Some(object) = object else {
            return Step::wait("it does not exist yet");
        };
        let verdict = self.stage.kind.verdict(object);
        let words = format!("{}: {}", verdict.reason, verdict.message);
        match verdict.state {
            State::Ready => self.look_at_revision(object, history),
            State::Progressing | State::Unknown | State::Waiting => Step::wait(words),
            State::Suspended => Step::Failed(self.failure("it is suspended").self_evident()),
            State::Failed | State::Stalled | State::Retrying | State::Locked => match self.asked {
                Asked::NotYet => Step::Done(Look::Behind),
                Asked::Yes => Step::Failed(self.failure(&words)),
                Asked::Denied => Step::wait(words),
            },
        }
    }

    fn look_at_revision<H: GitHost>(
        &self,
        object: &DynamicObject,
        history: &History<'_, H>,
    ) -> Step<Look> {
        let Some(revision) = text(object, self.stage.revision).map(Revision::parse) else {
            return Step::wait("it has no revision yet");
        };
        match history.knows(&revision) {
            Some(true) => Step::Done(Look::Reached(revision)),
            Some(false) if self.asked == Asked::NotYet => Step::Done(Look::Behind),
            Some(false) => Step::wait(format!("it is still at {}", revision.shorten())),
            None => Step::Done(Look::Ask(revision)),
        }
    }

    fn failure(&self, words: &str) -> anyhow::Error {
        anyhow!("{} is not ready: {words}", self.stage.object()).class(Class::Failed)
    }
}
