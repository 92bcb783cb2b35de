//! The walk from an object to the deepest cause: a pure function over what was read so far.
//!
//! It goes as far as the facts reach and says what else it would read. Whoever reads it calls again, until
//! nothing more is wanted: so each object is read once, and everything that is wanted at the same depth at
//! the same time.

use std::collections::{BTreeSet, HashMap};

use kube::api::DynamicObject;

use super::facts::{Ask, Facts, Refusal};
use super::finding::{Finding, Held, Rank, Worst, cycle, in_short, missing, own_cause};
use super::health::{Health, State as Condition, is_at_work};
use super::links::{self, Applied, Link, Stage};
use super::report::{Cause, Fault, Relation, Report, State};
use super::subject::Subject;
use super::workloads::{
    Suspect, has_all_pods, maker, newest_of, own_refusal, subject_of, suspects, warned_refusal,
    warning_about,
};
use crate::kinds::Kind;
use crate::kinds::controller::Controller;
use crate::kinds::deletion::applied_by;
use crate::kinds::view::number;

/// The longest way that is followed; a chain of dependencies has no other end.
const DEEPEST: usize = 50;

/// What a walk over some facts came to.
#[derive(Debug)]
pub struct Diagnosis {
    /// What is known so far.
    pub report: Report,
    /// What would have to be read to know more; empty when all is known.
    pub wanted: BTreeSet<Ask>,
}

/// Finds the deepest cause of the state that `subject` is in, as far as `facts` go.
#[must_use]
pub fn diagnose(subject: &Subject, facts: &Facts) -> Diagnosis {
    let mut walk = Walk {
        facts,
        wanted: BTreeSet::new(),
        unseen: BTreeSet::new(),
        path: Vec::new(),
        known: HashMap::new(),
    };
    let ask = Ask::Object(subject.clone());
    let finding = walk.visit(subject, &ask);
    let state = walk.state_of(subject, &ask, &finding);
    let mut report = Report::new(subject.clone(), state);
    match finding {
        Finding::Held(held) => {
            report.blocked = walk.blocked_by(&held);
            report.chain = held.chain;
            report.others = held.others;
            report.cause = Some(held.cause);
        }
        Finding::Idle(note) => {
            let cause = Cause::new(subject.clone(), Fault::Suspended, "Suspended", &note);
            report.chain = Held::own(cause.clone(), "suspended").chain;
            report.cause = Some(cause);
        }
        Finding::Fine => report.ahead = walk.ahead_of(subject, &ask),
        Finding::Pending | Finding::Hidden => {}
    }
    report.unseen = walk.unseen.into_iter().collect();
    Diagnosis { report, wanted: walk.wanted }
}

struct Walk<'a> {
    facts: &'a Facts,
    wanted: BTreeSet<Ask>,
    unseen: BTreeSet<String>,
    /// The objects on the way to the one that is visited.
    path: Vec<Subject>,
    known: HashMap<Subject, Finding>,
}

/// What is known of something that was to be read.
enum Look<'a> {
    Seen(&'a [DynamicObject]),
    NotServed,
    Hidden,
    Pending,
}

impl<'a> Walk<'a> {
    /// Looks at what was read; where it was not, it is wanted, and where it could not be, that is noted.
    fn look(&mut self, ask: &Ask) -> Look<'a> {
        match self.facts.get(ask) {
            Some(Ok(objects)) => return Look::Seen(objects),
            Some(Err(Refusal::NotServed)) => return Look::NotServed,
            Some(Err(Refusal::Forbidden)) => self.unseen.insert(format!("cannot {ask}: forbidden")),
            Some(Err(Refusal::Failed(words))) => {
                self.unseen.insert(format!("cannot {ask}: {words}"))
            }
            Some(Err(Refusal::Late)) => self.unseen.insert(format!("no time was left to {ask}")),
            None => {
                self.wanted.insert(ask.clone());
                return Look::Pending;
            }
        };
        Look::Hidden
    }

    fn visit(&mut self, subject: &Subject, ask: &Ask) -> Finding {
        if let Some(at) = self.path.iter().position(|visited| visited == subject) {
            return Finding::Held(Held::own(cycle(&self.path[at..]), "waits for itself"));
        }
        if let Some(known) = self.known.get(subject) {
            return known.clone();
        }
        if self.path.len() == DEEPEST {
            self.unseen
                .insert(format!("{subject} is {DEEPEST} steps away, and no further one was taken"));
            return Finding::Hidden;
        }
        let finding = match self.look(ask) {
            Look::Pending => Finding::Pending,
            Look::Hidden => Finding::Hidden,
            Look::NotServed => {
                missing(subject, "NotServed", "is of a kind that the cluster does not serve")
            }
            Look::Seen(objects) => match subject.among(objects) {
                Some(object) => self.judge(subject, object),
                None => missing(subject, "NotFound", "does not exist"),
            },
        };
        self.known.insert(subject.clone(), finding.clone());
        finding
    }

    fn judge(&mut self, subject: &Subject, object: &DynamicObject) -> Finding {
        let health = Health::of(subject, object);
        match health.state {
            Condition::Fine => return Finding::Fine,
            Condition::Suspended { was_ready: true } => return Finding::Idle(health.message),
            Condition::Suspended { was_ready: false } => {
                return Finding::Held(Held::own(own_cause(subject, &health), "suspended"));
            }
            Condition::Waiting | Condition::Busy | Condition::Broken => {}
        }
        self.path.push(subject.clone());
        let finding = match subject.flux_kind() {
            Some(kind) => self.blame(subject, kind, object, &health),
            None if subject.is_workload() => self.blame_pods(subject, object, &health),
            None if subject.is("", "Pod") => self.blame_pod(subject, object, &health),
            None => self.blame_events(subject, object, &health),
        };
        self.path.pop();
        finding
    }

    /// The cause of a Flux object's state: where its condition points, else its own words.
    fn blame(
        &mut self,
        subject: &Subject,
        kind: &Kind,
        object: &DynamicObject,
        health: &Health,
    ) -> Finding {
        let found = match links::stage(object, health) {
            Stage::Applied => self.worst_applied(subject, object, health),
            Stage::Controller => self.controller(kind.controller),
            Stage::Itself => Worst::None,
            stage => {
                let links = links::links(stage, kind, object);
                let worst = self.worst_of(&links);
                self.or_its_parent(object, worst)
            }
        };
        let own = || Finding::Held(Held::own(own_cause(subject, health), &in_short(health)));
        match found {
            Worst::Held(held, relation) => {
                Finding::Held(held.below(subject, &in_short(health), relation))
            }
            Worst::Pending => Finding::Pending,
            Worst::None => own(),
        }
    }

    /// The deepest of what holds up the targets of `links`.
    fn worst_of(&mut self, links: &[Link]) -> Worst {
        let mut worst = Worst::None;
        for link in links {
            let found = match self.visit(&link.target, &link.ask) {
                Finding::Idle(note) if link.relation == Relation::Dependency => {
                    let cause =
                        Cause::new(link.target.clone(), Fault::Suspended, "Suspended", &note);
                    let held = Held { rank: Rank::Idle, ..*Held::own(cause, "suspended") };
                    Worst::Held(Box::new(held), link.relation)
                }
                Finding::Fine | Finding::Idle(_) | Finding::Hidden => Worst::None,
                Finding::Pending => Worst::Pending,
                Finding::Held(held) => Worst::Held(held, link.relation),
            };
            worst = worst.or(found);
        }
        worst
    }

    fn worst_applied(
        &mut self,
        subject: &Subject,
        object: &DynamicObject,
        health: &Health,
    ) -> Worst {
        match links::applied(object, health) {
            Applied::Objects(links, left_out) => {
                if left_out > 0 {
                    self.unseen.insert(format!(
                        "{left_out} more objects that {subject} has applied were not looked at"
                    ));
                }
                self.worst_of(&links)
            }
            Applied::Labelled(asks) => self.worst_labelled(&asks),
            Applied::Elsewhere => {
                self.unseen.insert(format!(
                    "what {subject} has applied is in the cluster of its kubeConfig"
                ));
                Worst::None
            }
        }
    }

    /// The deepest of what holds up the objects of lists.
    fn worst_labelled(&mut self, asks: &[Ask]) -> Worst {
        let mut worst = Worst::None;
        for ask in asks {
            let Ask::List { group, kind, .. } = ask else { continue };
            let found = match self.look(ask) {
                Look::Pending => Worst::Pending,
                Look::Hidden | Look::NotServed => Worst::None,
                Look::Seen(objects) => {
                    let link = |object| Link {
                        relation: Relation::Applied,
                        target: subject_of(group, kind, object),
                        ask: ask.clone(),
                    };
                    let links: Vec<_> = objects.iter().map(link).collect();
                    self.worst_of(&links)
                }
            };
            worst = worst.or(found);
        }
        worst
    }

    /// The controller of an object that nothing has looked at, if it does not run. It is looked for by its
    /// labels first: somebody may have given it another name.
    fn controller(&mut self, controller: Controller) -> Worst {
        let anywhere = Ask::list("apps", "Deployment", "");
        for ask in [anywhere.clone().labelled(controller.labels), anywhere.named(controller.name)] {
            match self.look(&ask) {
                Look::Pending => return Worst::Pending,
                Look::Hidden | Look::NotServed => return Worst::None,
                Look::Seen([]) => {}
                Look::Seen(deployments) => return self.worst_controller(&ask, deployments),
            }
        }
        let subject = Subject::new("apps", "Deployment", "", controller.name);
        let message = "does not exist in any namespace";
        let cause = Cause::new(subject, Fault::Missing, "NotFound", message);
        Worst::Held(Held::own(cause, "missing"), Relation::Controller)
    }

    /// What keeps all Deployments of a controller from working; one that works is enough, others may be
    /// shards, and one that is being rolled out works too.
    fn worst_controller(&mut self, ask: &Ask, deployments: &[DynamicObject]) -> Worst {
        let works = |deployment: &DynamicObject| {
            deployment.clone().try_parse().is_ok_and(|deployment| is_at_work(&deployment))
        };
        if deployments.iter().any(works) {
            return Worst::None;
        }
        match deployments {
            [first, ..] if deployments.iter().all(is_scaled_to_zero) => scaled_to_zero(first),
            _ => {
                let link = |object| Link {
                    relation: Relation::Controller,
                    target: subject_of("apps", "Deployment", object),
                    ask: ask.clone(),
                };
                let links: Vec<_> = deployments.iter().map(link).collect();
                self.worst_of(&links)
            }
        }
    }

    /// Where something is missing that `object` refers to, and the Kustomization that applies `object` is
    /// suspended, that is the deeper cause: what is missing is likely to be in the same place.
    fn or_its_parent(&mut self, object: &DynamicObject, worst: Worst) -> Worst {
        let Worst::Held(held, relation) = worst else { return worst };
        let Some(parent) = applied_by(object).filter(|_| held.is_missing()) else {
            return Worst::Held(held, relation);
        };
        let parent = Subject::from(&parent);
        let ask = Ask::Object(parent.clone());
        let objects = match self.look(&ask) {
            Look::Seen(objects) => objects,
            Look::Pending => return Worst::Pending,
            Look::Hidden | Look::NotServed => return Worst::Held(held, relation),
        };
        let health = parent.among(objects).map(|found| Health::of(&parent, found));
        match health.filter(|health| matches!(health.state, Condition::Suspended { .. })) {
            Some(health) => {
                let suspended = Held::own(own_cause(&parent, &health), "suspended");
                let words = held.chain[0].words.clone();
                let target = &held.cause.subject;
                Worst::Held(suspended.below(target, &words, Relation::Parent), relation)
            }
            None => Worst::Held(held, relation),
        }
    }

    /// The cause of a workload's state: its Pods, else why it lacks some, else its own words.
    fn blame_pods(
        &mut self,
        subject: &Subject,
        object: &DynamicObject,
        health: &Health,
    ) -> Finding {
        let Ok(cause) = self.cause_in_pods(subject, object) else { return Finding::Pending };
        Finding::Held(match cause {
            Some(cause) if cause.subject != *subject => {
                let words = cause.reason.clone();
                Held::own(cause, &words).below(subject, &in_short(health), Relation::Runs)
            }
            Some(cause) => Held::own(cause, &in_short(health)),
            None => Held::own(own_cause(subject, health), &in_short(health)),
        })
    }

    fn cause_in_pods(&mut self, subject: &Subject, object: &DynamicObject) -> Known<Option<Cause>> {
        let namespace = &subject.namespace;
        let is_deployment = subject.is("apps", "Deployment");
        let sets = is_deployment.then(|| self.look(&Ask::list("apps", "ReplicaSet", namespace)));
        let pods = self.look(&Ask::list("", "Pod", namespace));
        let owner = match sets {
            Some(sets) => newest_of(object, known(sets)?),
            None => Some(object),
        };
        let are_unseen = matches!(pods, Look::Hidden | Look::NotServed);
        let pods = known(pods)?;
        let Some(owner) = owner else { return Ok(None) };
        if let Some(cause) = self.cause_among(&suspects(owner, pods))? {
            return Ok(Some(cause));
        }
        let maker = maker(subject, owner);
        if let Some(refusal) = own_refusal(&maker, owner) {
            return Ok(Some(refusal));
        }
        // Where Pods cannot be seen, whether the events could be is told too.
        if has_all_pods(owner) && !are_unseen {
            return Ok(None);
        }
        let events = known(self.warnings_about(owner))?;
        Ok(warned_refusal(&maker, owner, events))
    }

    /// The cause of the first of the Pods that tells one; events are read only where they can tell more.
    fn cause_among(&mut self, suspects: &[Suspect<'_>]) -> Known<Option<Cause>> {
        // Who tells something comes first; of those who do not, anyone may have been warned of.
        let candidates = match suspects.first() {
            Some(first) if first.tells() => &suspects[..1],
            _ => suspects,
        };
        let mut seen = Vec::new();
        for suspect in candidates {
            seen.push(match suspect.needs_warnings() {
                true => self.warnings_about(suspect.object),
                false => Look::Seen(&[]),
            });
        }
        for (suspect, events) in candidates.iter().zip(seen) {
            if let Some(cause) = suspect.cause(known(events)?) {
                return Ok(Some(cause));
            }
        }
        Ok(None)
    }

    fn warnings_about(&mut self, object: &DynamicObject) -> Look<'a> {
        match Ask::warnings(object) {
            Some(ask) => self.look(&ask),
            None => Look::Seen(&[]),
        }
    }

    /// The cause of a Pod's state, for a Pod that nothing runs but a manifest.
    fn blame_pod(&mut self, subject: &Subject, object: &DynamicObject, health: &Health) -> Finding {
        let suspects: Vec<_> = Suspect::of(object).into_iter().collect();
        let Ok(cause) = self.cause_among(&suspects) else { return Finding::Pending };
        let cause = cause.unwrap_or_else(|| own_cause(subject, health));
        Finding::Held(Held::own(cause, &in_short(health)))
    }

    /// The cause of another object's state: its own words, else the latest warning about it.
    fn blame_events(
        &mut self,
        subject: &Subject,
        object: &DynamicObject,
        health: &Health,
    ) -> Finding {
        let mut cause = own_cause(subject, health);
        if health.state == Condition::Busy {
            let Ok(events) = known(self.warnings_about(object)) else { return Finding::Pending };
            if let Some(warning) = warning_about(object, events) {
                let (reason, message) = (&warning.reason, &warning.message);
                cause = Cause::new(subject.clone(), Fault::Other, reason, message);
            }
        }
        Finding::Held(Held::own(cause, &in_short(health)))
    }

    /// How the object of the report is.
    fn state_of(&mut self, subject: &Subject, ask: &Ask, finding: &Finding) -> State {
        let health = match self.facts.get(ask) {
            Some(Ok(objects)) => subject.among(objects).map(|object| Health::of(subject, object)),
            _ => None,
        };
        match (health.map(|health| health.state), finding) {
            (Some(Condition::Fine), _) => State::Ready,
            (Some(Condition::Suspended { .. }), _) => State::Suspended,
            (Some(Condition::Waiting), _) => State::Waiting,
            (Some(Condition::Broken), _) => State::Failed,
            (_, Finding::Held(held)) if held.rank > Rank::Busy => State::Failed,
            _ => State::Progressing,
        }
    }

    /// What keeps the next revision from an object that is ready.
    fn ahead_of(&mut self, subject: &Subject, ask: &Ask) -> Option<Cause> {
        let kind = subject.flux_kind()?;
        let Some(Ok(objects)) = self.facts.get(ask) else { return None };
        let links = links::links(Stage::Sources, kind, subject.among(objects)?);
        match self.worst_of(&links) {
            Worst::Held(held, _) if held.rank > Rank::Busy => Some(held.cause),
            _ => None,
        }
    }

    /// The Flux objects that were visited and that the cause of `held` holds up.
    fn blocked_by(&self, held: &Held) -> Vec<Subject> {
        let is_blocked = |subject: &Subject| {
            *subject != held.cause.subject
                && !held.cause.cycle.contains(subject)
                && subject.flux_kind().is_some()
        };
        let on_the_way = held.chain.iter().rev().map(|step| step.subject.clone());
        let mut blocked: Vec<Subject> = on_the_way.filter(is_blocked).collect();
        // Something missing is blocked by nothing; it is the cause, or what a suspended parent may hold.
        blocked.retain(|subject| !self.is_missing(subject));
        let mut beside: Vec<&Subject> = self
            .known
            .iter()
            .filter(
                |(_, finding)| matches!(finding, Finding::Held(other) if other.cause == held.cause),
            )
            .map(|(subject, _)| subject)
            .filter(|subject| is_blocked(subject) && !blocked.contains(subject))
            .collect();
        beside.sort();
        let beside: Vec<Subject> = beside.into_iter().cloned().collect();
        blocked.extend(beside);
        blocked
    }

    fn is_missing(&self, subject: &Subject) -> bool {
        matches!(self.known.get(subject), Some(Finding::Held(held)) if held.is_missing())
    }
}

/// What can be said, unless it has to be read first.
type Known<T> = Result<T, Unread>;

/// Something has to be read first.
struct Unread;

/// What was read; nothing where it could not be.
fn known<'a>(look: Look<'a>) -> Known<&'a [DynamicObject]> {
    match look {
        Look::Seen(objects) => Ok(objects),
        Look::Hidden | Look::NotServed => Ok(&[]),
        Look::Pending => Err(Unread),
    }
}

fn is_scaled_to_zero(deployment: &DynamicObject) -> bool {
    number(deployment, "/spec/replicas") == Some(0)
}

fn scaled_to_zero(deployment: &DynamicObject) -> Worst {
    let subject = subject_of("apps", "Deployment", deployment);
    let cause = Cause::new(subject, Fault::Other, "ScaledToZero", "it is scaled to 0 Pods");
    Worst::Held(Held::own(cause, "scaled to 0"), Relation::Controller)
}
