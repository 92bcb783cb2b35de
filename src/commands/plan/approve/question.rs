//! What is refused, shown and asked before an approval is written.

use anyhow::{Result, anyhow};

use super::{Place, Story};
use crate::commands::plan::reviewed::{Reviewed, described};
use crate::error::{Class, Explain as _};
use crate::kinds::deletion::applied_by;
use crate::kinds::kustomize::KUSTOMIZATION;
use crate::kinds::view::object_ref;
use crate::plans::approval::record::Rejection;
use crate::plans::approval::refusal::doubts;
use crate::plans::approval::{Snapshot, refusal};
use crate::plans::storage::Flaw;

impl Story<'_> {
    /// Refuses what cannot be approved, what is not what was reviewed, and what destroys too much.
    pub(super) fn refuse(&self, reviewed: &Reviewed<'_>) -> Result<()> {
        let (seen, target) = (&reviewed.review.snapshot, reviewed.desk.target());
        let (wanted, digest) = (self.args.plan_id.as_deref(), self.args.digest);
        if let Some(wanted) = wanted.filter(|wanted| seen.pending.as_deref() != Some(*wanted)) {
            let now = seen.pending.as_deref().unwrap_or("none");
            let message = format!("the plan that waits at {target} is {now}, and not {wanted}");
            return Err(reviewed.again(anyhow!(message)));
        }
        if let Err(Flaw::Unread { why }) = &reviewed.review.stored.plan {
            return Err(anyhow!("cannot approve a plan of {target}: {why}").class(Class::Denied));
        }
        if let Some(refusal) = refusal(seen, self.args.unverified) {
            let message = format!("cannot approve a plan of {target}: {refusal}");
            let error = anyhow!(message).class(refusal.class());
            return Err(match refusal.hint(&target.namespace, &target.name) {
                Some(hint) => error.hint(hint),
                None => error,
            });
        }
        let plan = seen.plan.as_ref().map_err(|flaw| anyhow!("{target}: {flaw}"))?;
        if let Some(digest) = digest.filter(|digest| *digest != plan.digest) {
            let now = plan.digest;
            let message =
                format!("the plan that waits at {target} has the digest {now}, and not {digest}");
            return Err(reviewed.again(anyhow!(message)));
        }
        let Some(limit) = self.args.max_destroy else { return Ok(()) };
        match &seen.summary {
            Ok(summary) if summary.destroyed() <= limit => Ok(()),
            Ok(summary) => Err(anyhow!(
                "the plan of {target} destroys {}, and --max-destroy is {limit}",
                summary.destroyed()
            )),
            Err(why) => Err(anyhow!("how much the plan of {target} destroys is not known: {why}")),
        }
    }

    pub(super) fn show(&self, reviewed: &Reviewed<'_>) {
        let output = &self.ctx.output;
        output.action(described(&reviewed.review));
        for doubt in doubts(&reviewed.review.snapshot) {
            output.warn(doubt);
        }
        let rejected = Rejection::of(&reviewed.review.object);
        if let Some(rejected) = rejected.filter(|rejected| rejected.plan == reviewed.plan()) {
            let reason = rejected.reason.map(|reason| format!(": {reason}")).unwrap_or_default();
            output.warn(format_args!("{} has rejected it at {}{reason}", rejected.by, rejected.at));
        }
    }

    /// Refuses an approval in a file where manifest and code come from one source: it can never succeed,
    /// because its own commit makes another plan of it. Of one in the cluster it says so.
    pub(super) async fn refuse_shared_source(&self, reviewed: &Reviewed<'_>) -> Result<()> {
        let object = &reviewed.review.object;
        let Some(owner) = applied_by(object).filter(|owner| owner.kind == KUSTOMIZATION.kind)
        else {
            return Ok(());
        };
        let found = self.cluster.find(&KUSTOMIZATION, &owner.namespace, &owner.name).await;
        let own = object_ref(object, "/spec/sourceRef");
        // What cannot be seen is not told: it changes nothing about this approval.
        let source = found.ok().and_then(|found| object_ref(&found, "/spec/sourceRef"));
        let Some(source) = source.filter(|source| own.as_ref() == Some(source)) else {
            self.suggest_git(&reviewed.review.snapshot);
            return Ok(());
        };
        let both = format!(
            "its manifest and its code both come from {source}: an approval in Git would be a new revision, \
             and so another plan"
        );
        let flag = match self.place {
            Place::Cluster => {
                self.ctx.output.warn(format_args!("{both}; this one is written to the cluster"));
                return Ok(());
            }
            Place::Git => "--commit and --pull-request",
            Place::File(_) => "--filename",
        };
        Err(anyhow!(both)
            .class(Class::Conflict)
            .hint(format!("approve it in the cluster, without {flag}"))
            .hint("or keep the code in a repository or OCI artifact of its own"))
    }

    /// Says that Git is the way where it decides about approvals and could.
    fn suggest_git(&self, seen: &Snapshot) {
        let owner = seen.approval_owner.as_ref();
        if let Some(owner) = owner.filter(|_| self.place == Place::Cluster) {
            self.ctx.output.warn(format_args!(
                "{owner} applies spec.approvePlan from its own source, and may take this approval away: with \
                 --commit or --pull-request it goes through Git"
            ));
        }
    }

    /// Has it approved by a person: what destroys something, or is not known, with a word that nobody types
    /// by habit.
    pub(super) async fn ask(&self, reviewed: &Reviewed<'_>) -> Result<()> {
        let (seen, target) = (&reviewed.review.snapshot, reviewed.desk.target());
        let harm = match &seen.summary {
            _ if seen.is_destroy => Some("it destroys everything".to_owned()),
            Ok(summary) if summary.destroyed() == 0 => None,
            Ok(summary) => Some(format!("it destroys {}", summary.destroyed())),
            Err(_) => Some("nobody can tell what it destroys".to_owned()),
        };
        let name = target.name.as_str();
        let (word, question) = match harm {
            None => ("yes", format!("type \"yes\" to approve it for {target}: ")),
            Some(harm) => (name, format!("{harm}: type {name:?} to approve it for {target}: ")),
        };
        match self.ctx.output.typed(&question).await? == word {
            true => Ok(()),
            false => Err(anyhow!("the plan of {target} was not approved; nothing was written")),
        }
    }
}
