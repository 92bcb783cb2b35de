//! Waits until a Deployment is available.

use std::time::Duration;

use anyhow::{Result, anyhow};
use k8s_openapi::api::apps::v1::Deployment;
use kube::api::DynamicObject;
use kube::core::ApiResource;
use tokio::time::Instant;

use super::Cluster;
use super::list::Scope;
use super::wait::{News, Patience, Step};
use super::watch::Subject;
use super::why::is_available;
use super::why::report::{Cause, Report};
use crate::error::{Class, Explain as _, class_of};

/// How long a Deployment may be unavailable before its Pods are looked at, and between two looks.
const LOOK_EVERY: Duration = Duration::from_secs(5);

impl Cluster {
    /// Waits until the Deployment runs its present template and all its Pods are available. Meanwhile
    /// the user is told what holds it up.
    ///
    /// An image that cannot be pulled or a Pod that cannot be placed may still heal (a registry's rate
    /// limit, a node that is being added), so such a cause ends the wait only after the error budget.
    ///
    /// # Errors
    /// [`Class::Failed`] with a cause that outlasted the budget; [`Class::TimedOut`] with the deepest
    /// cause that was seen; those of [`super::failure`].
    pub async fn await_available(
        &self,
        namespace: &str,
        name: &str,
        patience: &Patience<'_>,
    ) -> Result<()> {
        let subject = Subject::Resource(ApiResource::erase::<Deployment>(&()));
        let what = format!("Deployment {namespace}/{name}");
        let mut look_at = Instant::now() + LOOK_EVERY.min(patience.error_budget);
        let mut last: Option<Report> = None;
        let mut broken_since = None;
        let mut wait = self.begin_wait(subject, Scope::namespace(namespace).named(name), &what);
        loop {
            match wait.until(patience, |object, now| judge(object, now, look_at)).await {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(error) if class_of(&error) == Class::TimedOut => {
                    return Err(blame(error, last.as_ref()));
                }
                Err(error) => return Err(error),
            }
            look_at = Instant::now() + LOOK_EVERY;
            let report = self.why_unavailable(namespace, name).await;
            let Some(cause) = &report.cause else {
                broken_since = None;
                continue;
            };
            if cause.is_plain() {
                let since = *broken_since.get_or_insert_with(Instant::now);
                if since.elapsed() >= patience.error_budget {
                    return Err(broken(&report, cause));
                }
            } else {
                broken_since = None;
            }
            if last.as_ref().and_then(|last| last.cause.as_ref()) != Some(cause) {
                let words = cause.told_of(&report.subject);
                (patience.news)(News::HeldUp(&format!("{what}: {words}")));
            }
            last = Some(report);
        }
    }
}

/// The error of an expired clock begins with the cause, where one was seen.
fn blame(error: anyhow::Error, report: Option<&Report>) -> anyhow::Error {
    let seen = report.and_then(|report| Some((report, report.cause.as_ref()?)));
    let Some((report, cause)) = seen else { return error };
    with_next_step(error.context(words(report, cause)), report)
}

fn broken(report: &Report, cause: &Cause) -> anyhow::Error {
    with_next_step(anyhow!(words(report, cause)).class(Class::Failed), report)
}

fn words(report: &Report, cause: &Cause) -> String {
    let deployment = &report.subject;
    format!("{deployment} is not available: {}", cause.told_of(deployment))
}

fn with_next_step(error: anyhow::Error, report: &Report) -> anyhow::Error {
    match report.next_step() {
        Some(step) => error.hint(step),
        None => error,
    }
}

/// Whether the Deployment is available; decided no later than `look_at`.
fn judge(object: Option<&DynamicObject>, now: Instant, look_at: Instant) -> Step<bool> {
    let deployment = object.and_then(|object| object.clone().try_parse::<Deployment>().ok());
    if deployment.as_ref().is_some_and(is_available) {
        return Step::Done(true);
    }
    if now >= look_at {
        return Step::Done(false);
    }
    let why = if deployment.is_some() { "its Pods are not available" } else { "it does not exist" };
    Step::Wait { why: why.to_owned(), until: Some(look_at) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::why::report::{Fault, State};
    use crate::cluster::why::subject::Subject;

    fn report(of: &str, reason: &str, message: &str) -> (Report, Cause) {
        let deployment = Subject::new("apps", "Deployment", "flux-system", "web");
        let subject = Subject { kind: of.to_owned(), ..deployment.clone() };
        let cause = Cause::new(subject, Fault::Busy, reason, message);
        (Report::new(deployment, State::Progressing), cause)
    }

    #[test]
    fn a_deployment_that_is_its_own_cause_is_named_once() {
        for (of, told) in [
            ("Deployment", "Deployment flux-system/web is not available: Unavailable: no Pod"),
            (
                "Pod",
                "Deployment flux-system/web is not available: Pod flux-system/web: Unavailable: no Pod",
            ),
        ] {
            let (report, cause) = report(of, "Unavailable", "no Pod");
            assert_eq!(broken(&report, &cause).to_string(), told);
            let report = Report { cause: Some(cause), ..report };
            assert_eq!(blame(anyhow!("timed out"), Some(&report)).to_string(), told);
        }
        assert_eq!(blame(anyhow!("timed out"), None).to_string(), "timed out");
    }
}
