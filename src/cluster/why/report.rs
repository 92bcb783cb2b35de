//! What a walk has found: the deepest cause, the way to it, and whom it holds up.

use std::fmt;

use super::links::blames_others;
use super::subject::Subject;
use crate::kinds::plan;

/// Why an object is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The object that was asked about.
    pub subject: Subject,
    /// How it is.
    pub state: State,
    /// The deepest cause that could be seen; nothing when it is ready.
    pub cause: Option<Cause>,
    /// The way from the object to the cause, both included.
    pub chain: Vec<Step>,
    /// Flux objects that are not ready only because of the cause, the nearest to it first.
    pub blocked: Vec<Subject>,
    /// What else fails on the way, and would hold it up next.
    pub others: Vec<Cause>,
    /// What could not be looked at, each as a sentence.
    pub unseen: Vec<String>,
    /// Of a ready object: what keeps the next revision from it.
    pub ahead: Option<Cause>,
}

/// How the object of a [`Report`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As it should be.
    Ready,
    /// On its way there.
    Progressing,
    /// It failed, or what it needs did.
    Failed,
    /// Nothing looks at it until it is resumed.
    Suspended,
    /// A person has to decide.
    Waiting,
}

impl State {
    /// Its word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Progressing => "progressing",
            Self::Failed => "failed",
            Self::Suspended => "suspended",
            Self::Waiting => "waiting",
        }
    }
}

/// One object on the way to the cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// How the object before it comes to it; nothing for the first.
    pub relation: Option<Relation>,
    /// The object.
    pub subject: Subject,
    /// Its state in a word or a few.
    pub words: String,
}

/// How one object leads to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It is built from it.
    Source,
    /// Its manifest wants the other to be ready first.
    Dependency,
    /// It has applied it.
    Applied,
    /// It runs it.
    Runs,
    /// Its manifest refers to it: a Secret, a ConfigMap.
    Reference,
    /// The controller that handles it.
    Controller,
    /// What may hold the manifest of something that is missing.
    Parent,
}

impl Relation {
    /// Its word in documents.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Dependency => "dependency",
            Self::Applied => "applied",
            Self::Runs => "runs",
            Self::Reference => "reference",
            Self::Controller => "controller",
            Self::Parent => "parent",
        }
    }

    /// What stands between the two, as a verb.
    #[must_use]
    pub const fn verb(self) -> &'static str {
        match self {
            Self::Source => "is built from",
            Self::Dependency => "depends on",
            Self::Applied => "applied",
            Self::Runs => "runs",
            Self::Reference => "refers to",
            Self::Controller => "is handled by",
            Self::Parent => "perhaps to be applied by",
        }
    }
}

/// What keeps an object from being as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The object that it is about.
    pub subject: Subject,
    /// What kind of failure it is.
    pub fault: Fault,
    /// The part of the object: `container web`.
    pub part: Option<String>,
    /// A word for programs, as the cluster says it where it does: `ImagePullBackOff`.
    pub reason: String,
    /// A sentence for people, in the cluster's own words.
    pub message: String,
    /// The objects of a cycle, in its order.
    pub cycle: Vec<Subject>,
}

/// The kinds of causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// An image cannot be pulled.
    ImagePull,
    /// A container ends again and again.
    Crash,
    /// A quota forbids new Pods.
    Quota,
    /// No node takes the Pod.
    Placement,
    /// It is not there.
    Missing,
    /// It is suspended.
    Suspended,
    /// Objects wait for one another.
    Cycle,
    /// A person has to decide.
    Decision,
    /// Somebody holds the lock of its state.
    Locked,
    /// It has not failed, or not yet.
    Busy,
    /// Anything else.
    Other,
}

impl Cause {
    pub(in crate::cluster) fn new(
        subject: Subject,
        fault: Fault,
        reason: &str,
        message: &str,
    ) -> Self {
        let (reason, message) = (reason.trim().to_owned(), message.trim().to_owned());
        Self { subject, fault, part: None, reason, message, cycle: Vec::new() }
    }

    /// Whether it is a failure for sure and not perhaps just a matter of time.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        matches!(self.fault, Fault::ImagePull | Fault::Crash | Fault::Quota | Fault::Placement)
    }

    /// Whether it says only that other Flux objects were not ready when the controller looked.
    #[must_use]
    pub fn blames_others(&self) -> bool {
        blames_others(&self.reason)
    }

    /// What it says about its object, which is not named: `container web: ImagePullBackOff: …`.
    #[must_use]
    pub fn words(&self) -> String {
        let message = one_line(&self.message);
        match self.fault {
            Fault::Missing | Fault::Suspended => return message,
            Fault::Cycle => return format!("dependency cycle: {message}"),
            _ => {}
        }
        let part = self.part.as_deref().unwrap_or_default();
        let parts = [part, &self.reason, &message].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(": ")
    }

    /// What it says where `subject` was named already: an object that is its own cause is not named twice.
    pub(in crate::cluster) fn told_of(&self, subject: &Subject) -> String {
        match self.fault {
            _ if self.subject != *subject => self.to_string(),
            Fault::Missing | Fault::Suspended => format!("it {}", self.words()),
            _ => self.words(),
        }
    }
}

/// The cause in one line: `Pod apps/web-1: container web: ImagePullBackOff: …`.
impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fault {
            Fault::Missing | Fault::Suspended => write!(f, "{} {}", self.subject, self.words()),
            _ => write!(f, "{}: {}", self.subject, self.words()),
        }
    }
}

/// The lines of a message in one: controllers add what they did apply on lines of its own.
pub(super) fn one_line(message: &str) -> String {
    let lines = message.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("; ")
}

impl Report {
    /// A report that knows nothing but how the object is.
    #[must_use]
    pub fn new(subject: Subject, state: State) -> Self {
        Self {
            subject,
            state,
            cause: None,
            chain: Vec::new(),
            blocked: Vec::new(),
            others: Vec::new(),
            unseen: Vec::new(),
            ahead: None,
        }
    }

    /// The cause in one line, with what could not be looked at.
    #[must_use]
    pub fn cause_in_words(&self) -> Option<String> {
        let cause = self.cause.as_ref()?;
        Some(match self.unseen.as_slice() {
            [] => cause.to_string(),
            unseen => format!("{cause} (not seen: {})", unseen.join("; ")),
        })
    }

    /// A command that shows more, or that helps.
    #[must_use]
    pub fn next_step(&self) -> Option<String> {
        let cause = self.cause.as_ref()?;
        let Subject { namespace, name, .. } = &cause.subject;
        Some(match cause.fault {
            Fault::ImagePull => {
                format!("see every attempt with: kubectl -n {namespace} describe pod {name}")
            }
            Fault::Crash => {
                let runs = self.chain.iter().rev().find(|step| step.subject.is_workload());
                let runs = runs.map_or_else(
                    || name.clone(),
                    |step| format!("{}/{}", step.subject.kind.to_lowercase(), step.subject.name),
                );
                format!("read its last words with: kubectl -n {namespace} logs {runs} --previous")
            }
            Fault::Quota => {
                format!("see what is used up with: kubectl -n {namespace} describe resourcequotas")
            }
            Fault::Placement => "see what the nodes offer with: kubectl describe nodes".to_owned(),
            Fault::Suspended => {
                let kind = cause.subject.flux_kind()?;
                format!("resume it with: {}", kind.resume_command(namespace, name))
            }
            Fault::Locked => {
                format!("see who holds it with: nigari plan unlock {name} -n {namespace}")
            }
            Fault::Decision => {
                format!("review it with: {}", plan::review_command(namespace, name))
            }
            Fault::Missing | Fault::Cycle | Fault::Busy | Fault::Other => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pod() -> Subject {
        Subject::new("", "Pod", "apps", "web-1")
    }

    #[test]
    fn a_cause_is_one_line() {
        let mut pull = Cause::new(pod(), Fault::ImagePull, "ErrImagePull", "not found\n");
        pull.part = Some("container web".to_owned());
        let missing = Cause::new(pod(), Fault::Missing, "NotFound", "does not exist");
        let applied = "x dry-run failed: no\n\nConfigMap/a/b created\n";
        let failed = Cause::new(pod(), Fault::Other, "ReconciliationFailed", applied);
        let bare = Cause::new(pod(), Fault::Other, "", "its words");
        for (cause, line) in [
            (pull, "Pod apps/web-1: container web: ErrImagePull: not found"),
            (missing, "Pod apps/web-1 does not exist"),
            (
                failed,
                "Pod apps/web-1: ReconciliationFailed: x dry-run failed: no; ConfigMap/a/b created",
            ),
            (bare, "Pod apps/web-1: its words"),
        ] {
            assert_eq!(cause.to_string(), line);
        }
    }

    #[test]
    fn what_was_named_already_is_not_named_again() {
        let missing = Cause::new(pod(), Fault::Missing, "NotFound", "does not exist");
        let failed = Cause::new(pod(), Fault::Other, "Evicted", "no memory");
        assert_eq!(missing.told_of(&pod()), "it does not exist");
        assert_eq!(failed.told_of(&pod()), "Evicted: no memory");
        let deployment = Subject::new("apps", "Deployment", "apps", "web");
        assert_eq!(failed.told_of(&deployment), "Pod apps/web-1: Evicted: no memory");
    }

    #[test]
    fn a_crash_leads_to_the_logs_of_what_runs_the_pod() {
        let cause = Cause::new(pod(), Fault::Crash, "CrashLoopBackOff", "exit code 1");
        let step = |subject| Step { relation: None, subject, words: String::new() };
        let deployment = Subject::new("apps", "Deployment", "apps", "web");
        let chain = vec![step(deployment), step(pod())];
        let report = Report { cause: Some(cause), chain, ..Report::new(pod(), State::Failed) };
        let told = "read its last words with: kubectl -n apps logs deployment/web --previous";
        assert_eq!(report.next_step().as_deref(), Some(told));
    }

    #[test]
    fn a_plan_that_waits_can_be_reviewed() {
        let subject = Subject::new("infra.contrib.fluxcd.io", "Terraform", "infra", "vpc");
        let cause = Cause::new(subject, Fault::Decision, "TerraformPlannedWithChanges", "waits");
        let report = Report { cause: Some(cause), ..Report::new(pod(), State::Waiting) };
        let told = "review it with: nigari plan show vpc -n infra";
        assert_eq!(report.next_step().as_deref(), Some(told));
    }

    #[test]
    fn what_is_suspended_can_be_resumed() {
        let group = "kustomize.toolkit.fluxcd.io";
        let subject = Subject::new(group, "Kustomization", "flux-system", "infra");
        let cause = Cause::new(subject, Fault::Suspended, "Suspended", "is suspended");
        let report = Report { cause: Some(cause), ..Report::new(pod(), State::Failed) };
        let told = "resume it with: nigari resume kustomization infra -n flux-system";
        assert_eq!(report.next_step().as_deref(), Some(told));
    }
}
