//! Waits until the cluster has applied the commit, or one that was built on it.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;

use super::plan::Plan;
use crate::cluster::Cluster;
use crate::cluster::wait::Step;
use crate::commands::installation;
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::git_host::{GitHost, Repository};
use crate::kinds::kustomize::KUSTOMIZATION;
use crate::kinds::readiness::State;
use crate::kinds::revision::Revision;
use crate::kinds::source::GIT_REPOSITORY;
use crate::kinds::view::text;
use crate::kinds::{Kind, ObjectRef};

/// Waits for the components, then for the source and the Kustomization to be at `commit` or later.
pub(super) async fn applied(
    ctx: &Context,
    host: &impl GitHost,
    repository: &Repository,
    plan: &Plan,
    deployments: &[&str],
    commit: &str,
) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let components = deployments.iter().copied();
    installation::await_available(ctx, &plan.namespace, components).await?;
    let mut history = History { host, repository, commit, known: BTreeMap::new() };
    for (kind, revision) in [
        (&GIT_REPOSITORY, "/status/artifact/revision"),
        (&KUSTOMIZATION, "/status/lastAppliedRevision"),
    ] {
        let name = &plan.namespace;
        ctx.output.waiting(format_args!("waiting for {} {name}/{name}", kind.kind));
        let reached = reach(ctx, cluster, kind, revision, name, &mut history).await?;
        ctx.output.done(format_args!("{} {name}/{name} is at {}", kind.kind, reached.shorten()));
    }
    Ok(())
}

/// What is known of the commits that were seen: whether they hold ours.
struct History<'a, H> {
    host: &'a H,
    repository: &'a Repository,
    commit: &'a str,
    known: BTreeMap<String, bool>,
}

impl<H: GitHost> History<'_, H> {
    /// Whether `revision` holds our commit, as far as we know without asking.
    fn knows(&self, revision: &Revision) -> Option<bool> {
        let tip = revision.commit()?;
        if tip == self.commit {
            return Some(true);
        }
        self.known.get(tip).copied()
    }

    async fn learn(&mut self, revision: &Revision) -> Result<()> {
        let Some(tip) = revision.commit() else { return Ok(()) };
        let holds = self.host.is_descendant(self.repository, self.commit, tip).await?;
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
    kind: &'static Kind,
    revision: &str,
    name: &str,
    history: &mut History<'_, H>,
) -> Result<Revision> {
    let progress = ctx.output.progress(&format!("{} {name}", kind.kind));
    let news = ctx.news(&progress);
    let patience = ctx.patience(&news);
    let mut judge = Judge { kind, revision, name, was_asked: false };
    loop {
        let look =
            cluster.wait_for(kind, name, name, &patience, |object, _| judge.look(object, history));
        let look = match look.await {
            Ok(look) => look,
            Err(error) => return Err(cluster.explain(kind, &own_object(kind, name), error).await),
        };
        match look {
            Look::Reached(revision) => return Ok(revision),
            Look::Ask(revision) => history.learn(&revision).await?,
            Look::Behind => {
                judge.was_asked = true;
                let object = cluster.find(kind, name, name).await?;
                let request = cluster.request_reconcile(kind, &object, ctx.clock, &[]).await?;
                cluster.await_reconciled(&request, None, &patience).await?;
            }
        }
    }
}

/// Decides over one object, with what was seen of it before.
struct Judge<'a> {
    kind: &'static Kind,
    /// Where the object tells its revision.
    revision: &'a str,
    name: &'a str,
    /// Whether a reconciliation was requested already, and has succeeded.
    was_asked: bool,
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
        let verdict = self.kind.verdict(object);
        let words = format!("{}: {}", verdict.reason, verdict.message);
        match verdict.state {
            State::Ready => self.look_at_revision(object, history),
            State::Progressing | State::Unknown | State::Waiting => Step::wait(words),
            State::Suspended => Step::Failed(self.failure("it is suspended")),
            State::Failed | State::Stalled | State::Retrying if self.was_asked => {
                Step::Failed(self.failure(&words))
            }
            State::Failed | State::Stalled | State::Retrying => Step::Done(Look::Behind),
        }
    }

    fn look_at_revision<H: GitHost>(
        &self,
        object: &DynamicObject,
        history: &History<'_, H>,
    ) -> Step<Look> {
        let Some(revision) = text(object, self.revision).map(Revision::parse) else {
            return Step::wait("it has no revision yet");
        };
        match history.knows(&revision) {
            Some(true) => Step::Done(Look::Reached(revision)),
            Some(false) if self.was_asked => {
                Step::wait(format!("it is still at {}", revision.shorten()))
            }
            Some(false) => Step::Done(Look::Behind),
            None => Step::Done(Look::Ask(revision)),
        }
    }

    fn failure(&self, words: &str) -> anyhow::Error {
        let object = own_object(self.kind, self.name);
        anyhow!("{object} is not ready: {words}").class(Class::Failed)
    }
}

/// The sync object of a kind: Flux's own are called like their namespace.
fn own_object(kind: &Kind, name: &str) -> ObjectRef {
    ObjectRef { kind: kind.kind.to_owned(), namespace: name.to_owned(), name: name.to_owned() }
}
