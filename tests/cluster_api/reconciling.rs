//! Requests, and when they are over.

use std::time::Duration;

use kube::api::DynamicObject;
use nigari::cluster::reconcile::{AttemptOf, REQUESTED_AT};
use nigari::cluster::wait::{Patience, Step};
use nigari::context::Clock;
use nigari::deadline::Deadline;
use nigari::error::{Class, class_of, report};
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::world::{KUSTOMIZATION_V1, World, kustomization, patience, silent};

/// What a controller leaves after a pass that began with `token`.
fn after_pass(token: &str, ready: &str, reason: &str, revision: &str) -> Value {
    let mut object = kustomization("apps", "./");
    object["metadata"]["annotations"] = json!({REQUESTED_AT: token});
    object["status"] = json!({
        "lastHandledReconcileAt": token, "lastAttemptedRevision": revision,
        "lastAppliedRevision": revision,
        "conditions": [{"type": "Ready", "status": ready, "reason": reason, "message": "its words",
            "lastTransitionTime": "2026-01-01T00:00:00Z"}],
    });
    object
}

fn git_repository(ready: &str, revision: &str) -> Value {
    json!({"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "GitRepository",
        "metadata": {"name": "fleet", "namespace": "flux-system"},
        "status": {"artifact": {"revision": revision}, "conditions": [{"type": "Ready", "status": ready,
            "reason": "GitOperationFailed", "message": "authentication required"}]}})
}

impl World {
    /// The token of the request on `apps`, once it is there.
    async fn token(&self) -> String {
        loop {
            let object =
                self.api.get(KUSTOMIZATION_V1, "Kustomization", Some("flux-system"), "apps");
            let annotations = object.map(|object| object["metadata"]["annotations"].clone());
            if let Some(token) =
                annotations.and_then(|all| all[REQUESTED_AT].as_str().map(str::to_owned))
                && token != "before"
            {
                return token;
            }
            sleep(Duration::from_millis(5)).await;
        }
    }

    async fn reconcile(
        &self,
        source: Option<Value>,
        controller: impl AsyncFn(&Self, &str),
    ) -> anyhow::Result<DynamicObject> {
        let cluster = self.cluster().await;
        self.put(after_pass("before", "True", "ReconciliationSucceeded", "main@sha1:aa"));
        let object = cluster.find(&KUSTOMIZATION, "flux-system", "apps").await?;
        let request =
            cluster.request_reconcile(&KUSTOMIZATION, &object, Clock::system(), &[]).await?;
        let source: Option<DynamicObject> = source.map(|source| {
            self.put(source.clone());
            serde_json::from_value(source).expect("an object")
        });
        let attempt = source.as_ref().map(|source| AttemptOf { kind: &GIT_REPOSITORY, source });
        let patience = patience(&silent);
        let work = async {
            let token = self.token().await;
            controller(self, &token).await;
        };
        let (reconciled, ()) =
            tokio::join!(cluster.await_reconciled(&request, attempt, &patience), work);
        reconciled
    }
}

#[tokio::test]
async fn a_reconciliation_is_over_when_our_request_was_handled() {
    let world = World::new().await;
    let reconciled = world
        .reconcile(None, async |world, token| {
            sleep(Duration::from_millis(100)).await;
            world.put(after_pass(token, "Unknown", "Progressing", "main@sha1:bb"));
            world.api.drop_watches();
            world.put(after_pass(token, "True", "ReconciliationSucceeded", "main@sha1:bb"));
        })
        .await
        .expect("reconciled");
    assert_eq!(reconciled.data["status"]["lastAppliedRevision"], "main@sha1:bb");
    let writes = world.recorder.writes();
    assert_eq!(writes.len(), 1);
    assert!(writes[0].path.contains("fieldManager=nigari"), "{}", writes[0].path);
}

#[tokio::test]
async fn with_a_source_a_stale_ready_does_not_count_and_a_newer_one_does() {
    let world = World::new().await;
    let source = git_repository("True", "main@sha1:bb");
    let reconciled = world
        .reconcile(Some(source), async |world, token| {
            world.put(after_pass(token, "True", "ReconciliationSucceeded", "main@sha1:aa"));
            sleep(Duration::from_millis(200)).await;
            world.put(git_repository("True", "main@sha1:cc"));
            world.put(after_pass(token, "True", "ReconciliationSucceeded", "main@sha1:cc"));
        })
        .await
        .expect("reconciled");
    assert_eq!(reconciled.data["status"]["lastAttemptedRevision"], "main@sha1:cc");
}

#[tokio::test]
async fn a_failure_begins_with_the_source_that_caused_it() {
    let world = World::new().await;
    world.put(git_repository("False", "main@sha1:aa"));
    let error = world
        .reconcile(None, async |world, token| {
            world.put(after_pass(token, "False", "ArtifactFailed", "main@sha1:aa"));
        })
        .await
        .unwrap_err();
    assert_eq!(class_of(&error), Class::Failed);
    assert_eq!(
        report(&error),
        "error: Kustomization flux-system/apps is held up: \
         GitRepository flux-system/fleet: GitOperationFailed: authentication required\n  \
         cause: Kustomization flux-system/apps: reconciliation failed: ArtifactFailed: its words\n  \
         hint: see how it hangs together with: nigari why kustomization apps -n flux-system\n"
    );
}

#[tokio::test]
async fn an_expired_clock_tells_what_was_last_seen() {
    let world = World::new().await;
    world.put(after_pass("before", "True", "ReconciliationSucceeded", "main@sha1:aa"));
    let cluster = world.cluster().await;
    let patience = Patience {
        deadline: Deadline::after(Duration::from_millis(300)),
        clock: Clock::stopped("2026-01-01T00:02:00Z".parse().expect("a time")),
        ..patience(&silent)
    };
    let wait = cluster.wait_for(&KUSTOMIZATION, "flux-system", "apps", &patience, |_, _| {
        Step::<()>::wait("not yet picked up")
    });
    let error = wait.await.unwrap_err();
    assert_eq!(class_of(&error), Class::TimedOut);
    assert_eq!(
        report(&error),
        "error: timed out after 300ms waiting for Kustomization flux-system/apps\n  \
         cause: not yet picked up; last seen: Ready=True ReconciliationSucceeded: its words \
         (for 2m0s, revision main@sha1:aa)\n  hint: give it longer with --timeout\n"
    );
}
