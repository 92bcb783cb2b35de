//! Waits until a Deployment is available.

use std::time::Duration;

use anyhow::Result;
use k8s_openapi::api::apps::v1::Deployment;
use kube::api::DynamicObject;
use kube::core::ApiResource;
use tokio::time::Instant;

use super::Cluster;
use super::cause::is_available;
use super::list::Scope;
use super::wait::{News, Patience, Step};
use super::watch::Subject;
use crate::error::{Class, class_of};

/// How long a Deployment may be unavailable before its Pods are looked at, and between two looks.
const LOOK_EVERY: Duration = Duration::from_secs(5);

impl Cluster {
    /// Waits until the Deployment runs its present template and all its Pods are available. Meanwhile
    /// the user is told what holds it up.
    ///
    /// An image that cannot be pulled or a Pod that cannot be placed may still heal (a registry's rate
    /// limit, a node that is being added), so only the clock ends the wait.
    ///
    /// # Errors
    /// [`Class::TimedOut`] with the deepest cause that was seen; those of [`super::failure`].
    pub async fn await_available(
        &self,
        namespace: &str,
        name: &str,
        patience: &Patience<'_>,
    ) -> Result<()> {
        let subject = Subject::Resource(ApiResource::erase::<Deployment>(&()));
        let what = format!("Deployment {namespace}/{name}");
        let mut cause = None;
        loop {
            let look_at = Instant::now() + LOOK_EVERY;
            let scope = Scope::namespace(namespace).named(name);
            let outcome = self
                .wait_for_subject(subject.clone(), scope, &what, patience, |object, now| {
                    judge(object, now, look_at)
                })
                .await;
            match outcome {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(error) => return Err(blame(error, &what, cause)),
            }
            let found = self.deployment_cause(namespace, name).await?;
            if let Some(found) = found.as_deref().filter(|_| found != cause) {
                (patience.news)(News::HeldUp(&format!("{what}: {found}")));
            }
            cause = found.or(cause);
        }
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

/// The error of an expired clock begins with the cause, where one was seen.
fn blame(error: anyhow::Error, what: &str, cause: Option<String>) -> anyhow::Error {
    match cause {
        Some(cause) if class_of(&error) == Class::TimedOut => {
            error.context(format!("{what} is not available: {cause}"))
        }
        _ => error,
    }
}
