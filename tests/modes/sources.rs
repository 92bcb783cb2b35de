//! What objects come from: R10 and R11.

use std::time::Duration;

use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::{
    BUCKET, EXTERNAL_ARTIFACT, GIT_REPOSITORY, HELM_CHART, HELM_REPOSITORY, OCI_REPOSITORY,
};
use nigari_test_support::cluster::{kustomization, object};
use nigari_test_support::script::{Look, applies, artifact, fetched, fetches, part};
use serde_json::{Value, json};

use crate::mode::compare;
use crate::world::World;

/// Handles a chart, whose status says which revision of its source it was built from.
fn builds(look: &Look<'_>) -> Option<Value> {
    let mut status = fetched(look, "6.5.0", "True", "ChartPullSucceeded");
    status["observedSourceArtifactRevision"] = json!("main@sha1:aaaa");
    Some(status)
}

fn releases(look: &Look<'_>) -> Option<Value> {
    Some(nigari_test_support::script::attempted(look, "6.5.0", "True", "UpgradeSucceeded"))
}

/// Installs what has no version of its own: the status tells the digest.
fn releases_a_digest(look: &Look<'_>) -> Option<Value> {
    let mut status = releases(look)?;
    status["lastAttemptedRevisionDigest"] = json!("sha1:aaaa");
    Some(status)
}

#[test]
fn r10_an_absent_source_is_named_with_who_refers_to_it() {
    let claim = "an absent source is named with who refers to it";
    let (with, without) = compare("R10", claim, |world, fault| {
        world.put(kustomization("apps", json!({})));
        if !fault {
            let spec = json!({"interval": "1m", "url": "https://example.com/fleet"});
            world.put(object(&GIT_REPOSITORY, "fleet", json!({"spec": spec})));
        }
        let _script = world.play(vec![
            part(&KUSTOMIZATION, "apps", applies),
            part(&GIT_REPOSITORY, "fleet", fetches),
        ]);
        world.nigari("reconcile ks apps --with-source")
    });
    with.expect(
        3,
        "cannot reconcile the source of Kustomization flux-system/apps | cause: GitRepository flux-system/fleet not found",
    );
    with.expect_writes("");
    without.expect_success();
}

#[test]
fn r10_a_source_in_another_namespace_is_reconciled_there() {
    let claim = "a source in another namespace is reconciled there";
    let (with, without) = compare("R10", claim, |world, fault| {
        let namespace = if fault { "apps" } else { "flux-system" };
        let source = json!({"kind": "Bucket", "name": "store", "namespace": namespace});
        world.put(kustomization("apps", json!({"sourceRef": source})));
        let spec = json!({"interval": "1m", "endpoint": "example.com", "bucketName": "store"});
        let mut bucket = object(&BUCKET, "store", json!({"spec": spec}));
        bucket["metadata"]["namespace"] = json!(namespace);
        world.put(bucket);
        let bucket = part(&BUCKET, "store", fetches).in_namespace(namespace);
        let _script = world.play(vec![part(&KUSTOMIZATION, "apps", applies), bucket]);
        world.nigari("reconcile ks apps --with-source")
    });
    with.expect_success();
    without.expect_success();
    with.expect_written(&["apps/buckets/store", "flux-system/kustomizations/apps"]);
    without.expect_written(&["flux-system/buckets/store", "flux-system/kustomizations/apps"]);
}

/// A HelmRelease of a chart from the Helm repository `charts`, which is static or not.
fn put_charted(world: &World, is_static: bool) {
    let repository = match is_static {
        true => json!({"url": "oci://example.com/charts", "type": "oci"}),
        false => json!({"url": "https://example.com/charts"}),
    };
    world.put(object(&HELM_REPOSITORY, "charts", json!({"spec": repository})));
    let source = json!({"kind": "HelmRepository", "name": "charts"});
    let chart = json!({"interval": "1m", "chart": "podinfo", "sourceRef": source});
    world.put(object(&HELM_CHART, "flux-system-podinfo", json!({"spec": chart})));
    let template = json!({"spec": {"chart": "podinfo", "sourceRef": source}});
    let release = json!({"interval": "1m", "chart": template});
    world.put(object(&HELM_RELEASE, "podinfo", json!({"spec": release})));
}

#[test]
fn r10_a_static_repository_is_passed_over() {
    let claim = "a Helm repository in an OCI registry is passed over, its chart is not";
    let (with, without) = compare("R10", claim, |world, fault| {
        put_charted(world, fault);
        let _script = world.play(vec![
            part(&HELM_RELEASE, "podinfo", releases),
            part(&HELM_CHART, "flux-system-podinfo", builds),
            part(&HELM_REPOSITORY, "charts", fetches),
        ]);
        world.nigari("reconcile hr podinfo --with-source")
    });
    with.expect_success();
    without.expect_success();
    let (chart, release) =
        ("flux-system/helmcharts/flux-system-podinfo", "flux-system/helmreleases/podinfo");
    with.expect_written(&[chart, release]);
    without.expect_written(&[chart, release, "flux-system/helmrepositories/charts"]);
}

#[test]
fn r10_a_chart_reference_is_followed() {
    let claim = "a chart reference is followed, and nothing else is asked";
    let (with, without) = compare("R10", claim, |world, fault| {
        let spec = json!({"interval": "1m", "url": "oci://example.com/podinfo"});
        world.put(object(&OCI_REPOSITORY, "podinfo", json!({"spec": spec})));
        let chart = json!({"kind": "OCIRepository", "name": "podinfo"});
        let spec = json!({"interval": "1m", "chartRef": chart});
        world.put(object(&HELM_RELEASE, "podinfo", json!({"spec": spec})));
        let _script = world.play(vec![
            part(&HELM_RELEASE, "podinfo", releases_a_digest),
            part(&OCI_REPOSITORY, "podinfo", fetches),
        ]);
        world.nigari(match fault {
            true => "reconcile hr podinfo --with-source",
            false => "reconcile hr podinfo",
        })
    });
    with.expect_success();
    without.expect_success();
    let (release, source) =
        ("flux-system/helmreleases/podinfo", "flux-system/ocirepositories/podinfo");
    with.expect_written(&[release, source]);
    without.expect_written(&[release]);
}

#[test]
fn r10_an_external_artifact_is_taken_as_it_is() {
    let claim = "an ExternalArtifact cannot be asked: said, and its revision is gone on with";
    let (with, without) = compare("R10", claim, |world, fault| {
        let artifact = json!({"artifact": artifact("main@sha1:aaaa")});
        let kind = if fault { "ExternalArtifact" } else { "GitRepository" };
        for kind in [&EXTERNAL_ARTIFACT, &GIT_REPOSITORY] {
            let url = json!({"interval": "1m", "url": "https://example.com/made"});
            world.put(object(kind, "made", json!({"spec": url, "status": artifact})));
        }
        let source = json!({"kind": kind, "name": "made"});
        world.put(kustomization("apps", json!({"sourceRef": source})));
        let _script = world.play(vec![
            part(&KUSTOMIZATION, "apps", applies),
            part(&GIT_REPOSITORY, "made", fetches),
        ]);
        world.nigari("reconcile ks apps --with-source")
    });
    with.expect(
        0,
        "⚠️ ExternalArtifact flux-system/made cannot be asked to reconcile: going on with it as it is, fetched revision main@sha1:aaaa",
    );
    with.expect_written(&["flux-system/kustomizations/apps"]);
    without.expect_success();
}

#[test]
fn r11_who_used_up_the_time_is_told() {
    let claim = "of one clock for source and object it is told who used it up";
    let (with, without) = compare("R11", claim, |world, fault| {
        world.put(kustomization("apps", json!({})));
        let spec = json!({"interval": "1m", "url": "https://example.com/fleet"});
        world.put(object(&GIT_REPOSITORY, "fleet", json!({"spec": spec})));
        let slow = move |look: &Look<'_>| match fault && look.age < Duration::from_secs(4) {
            true => None,
            false => fetches(look),
        };
        world.put_controller("source-controller", 1, 1);
        world.put_controller("kustomize-controller", 1, 1);
        let busy = move |look: &Look<'_>| if fault { None } else { applies(look) };
        let _script = world
            .play(vec![part(&KUSTOMIZATION, "apps", busy), part(&GIT_REPOSITORY, "fleet", slow)]);
        world.nigari("reconcile ks apps --with-source --timeout=6s")
    });
    with.expect(
        5,
        "error: timed out after 6s waiting for Kustomization flux-system/apps | cause: ",
    );
    with.expect(5, "GitRepository flux-system/fleet took 4s before");
    // Both controllers run: nobody is blamed.
    with.expect_not_blamed("held up");
    with.expect_not_blamed("Deployment");
    without.expect_success();
}
