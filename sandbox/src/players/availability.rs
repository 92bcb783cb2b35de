//! When a controller's process runs: while a Deployment with its name is available.

use std::collections::BTreeSet;

use futures::StreamExt as _;
use futures::future::BoxFuture;
use k8s_openapi::api::apps::v1::Deployment;
use kube::runtime::watcher::{self, Event};
use kube::{Api, Client};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::Pace;
use super::controller::Key;

/// Runs what `start` makes while some Deployment `name`, in whatever namespace, is available.
///
/// The process ends when the last such Deployment goes, is scaled to zero or loses its last
/// available replica, and begins anew, with nothing remembered, when one is available again.
pub(super) async fn while_available(
    client: &Client,
    name: &str,
    pace: Pace,
    start: impl Fn() -> BoxFuture<'static, ()>,
) {
    let deployments: Api<Deployment> = Api::all(client.clone());
    let by_name = watcher::Config::default().fields(&format!("metadata.name={name}"));
    let mut changes = watcher::watcher(deployments, by_name).boxed();
    let mut available = BTreeSet::new();
    let mut process = JoinSet::new();
    loop {
        match changes.next().await {
            Some(Ok(Event::Init)) => available.clear(),
            Some(Ok(Event::InitApply(deployment))) => note(&mut available, &deployment),
            Some(Ok(Event::Apply(deployment))) => {
                note(&mut available, &deployment);
                switch(&mut process, !available.is_empty(), &start);
            }
            Some(Ok(Event::Delete(deployment))) => {
                available.remove(&Key::of(&deployment));
                switch(&mut process, !available.is_empty(), &start);
            }
            // Not before the list is complete: a dropped watch does not restart a controller.
            Some(Ok(Event::InitDone)) => switch(&mut process, !available.is_empty(), &start),
            Some(Err(_)) | None => sleep(pace.retry).await,
        }
    }
}

fn note(available: &mut BTreeSet<Key>, deployment: &Deployment) {
    if is_available(deployment) {
        available.insert(Key::of(deployment));
    } else {
        available.remove(&Key::of(deployment));
    }
}

fn switch(process: &mut JoinSet<()>, on: bool, start: &impl Fn() -> BoxFuture<'static, ()>) {
    match (on, process.is_empty()) {
        (true, true) => {
            process.spawn(start());
        }
        // A new set, so that a process that is still being aborted does not count as running.
        (false, false) => *process = JoinSet::new(),
        _ => {}
    }
}

/// Whether at least one replica is wanted and available.
fn is_available(deployment: &Deployment) -> bool {
    let wanted = deployment.spec.as_ref().and_then(|spec| spec.replicas).unwrap_or(1);
    let status = deployment.status.as_ref();
    let available = status.and_then(|status| status.available_replicas).unwrap_or(0);
    deployment.metadata.deletion_timestamp.is_none() && wanted > 0 && available > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deployment(replicas: i32, available: i32) -> Deployment {
        serde_json::from_value(serde_json::json!({
            "metadata": {"name": "source-controller", "namespace": "flux-system"},
            "spec": {"replicas": replicas, "selector": {}, "template": {}},
            "status": {"availableReplicas": available},
        }))
        .expect("a Deployment")
    }

    #[test]
    fn a_controller_is_down_when_scaled_to_zero_or_unavailable() {
        assert!(is_available(&deployment(1, 1)));
        assert!(!is_available(&deployment(0, 1)), "its Pods are about to go");
        assert!(!is_available(&deployment(1, 0)));
    }
}
