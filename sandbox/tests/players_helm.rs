//! The helm player, and the sources of charts: no nigari is involved.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is skipped is told")]

mod support;

use kube::core::ApiResource;
use nigari_sandbox::charts::Chart;
use nigari_sandbox::control_plane;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::{Value, json};
use support::*;

const CHART_LAYER: &str = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

fn helm_releases() -> ApiResource {
    let gvk = kube::core::GroupVersionKind::gvk("helm.toolkit.fluxcd.io", "v2", "HelmRelease");
    ApiResource::from_gvk_with_plural(&gvk, "helmreleases")
}

fn helm_charts() -> ApiResource {
    resource("source.toolkit.fluxcd.io", "HelmChart", "helmcharts")
}

fn helm_repositories() -> ApiResource {
    resource("source.toolkit.fluxcd.io", "HelmRepository", "helmrepositories")
}

/// An installation with the HelmRepository `charts`, which lists podinfo 1.0.0.
fn fleet() -> Sandbox {
    prepared(Sandbox::start().unwrap())
}

fn prepared(sandbox: Sandbox) -> Sandbox {
    namespace(&sandbox);
    crds(&sandbox);
    for kind in ["helmrepositories", "helmcharts", "ocirepositories"] {
        define(&sandbox, &format!("{kind}.source.toolkit.fluxcd.io"));
    }
    define(&sandbox, "helmreleases.helm.toolkit.fluxcd.io");
    for name in ["source-controller", "helm-controller"] {
        controller(&sandbox, name);
    }
    sandbox.charts().publish(&Chart::deployment("podinfo", "1.0.0")).unwrap();
    let ca = std::fs::read_to_string(sandbox.certificate_file()).unwrap();
    secret(&sandbox, json!({"ca.crt": ca}));
    let url = format!("{}/charts", sandbox.github_origin());
    let spec = json!({"interval": "1h", "url": url, "certSecretRef": {"name": NAMESPACE}});
    object(&sandbox, "source.toolkit.fluxcd.io/v1", "HelmRepository", "charts", &spec);
    sandbox
}

fn object(sandbox: &Sandbox, api_version: &str, kind: &str, name: &str, spec: &Value) {
    let plural = match kind {
        kind if kind.ends_with('y') => format!("{}ies", kind.trim_end_matches('y')),
        kind => format!("{kind}s"),
    };
    let object = json!({
        "apiVersion": api_version, "kind": kind,
        "metadata": {"name": name, "namespace": NAMESPACE}, "spec": spec,
    });
    create(sandbox, &plural.to_lowercase(), object);
}

/// A HelmRelease of podinfo, with `more` in its spec.
fn helm_release(sandbox: &Sandbox, name: &str, more: &Value) {
    let source = json!({"kind": "HelmRepository", "name": "charts"});
    let mut spec = json!({
        "interval": "1h",
        "chart": {"spec": {"chart": "podinfo", "version": "1.x", "sourceRef": source}},
    });
    for (key, value) in more.as_object().into_iter().flatten() {
        spec[key] = value.clone();
    }
    object(sandbox, "helm.toolkit.fluxcd.io/v2", "HelmRelease", name, &spec);
}

fn ready(sandbox: &Sandbox, name: &str) -> Value {
    wait(sandbox, &helm_releases(), name, "Ready=True of its generation", |object| {
        is(object, "Ready", "True")
            && object["status"]["observedGeneration"] == object["metadata"]["generation"]
    })
}

fn stalled(sandbox: &Sandbox, name: &str, reason: &str) -> Value {
    wait(sandbox, &helm_releases(), name, reason, |object| {
        condition(object, "Stalled")["reason"] == reason
            && object["status"]["observedGeneration"] == object["metadata"]["generation"]
    })
}

/// Publishes another version of podinfo and has the repository look.
fn publish(sandbox: &Sandbox, chart: &Chart, token: &str) {
    sandbox.charts().publish(chart).unwrap();
    request(sandbox, &helm_repositories(), "charts", token);
}

#[test]
fn a_chart_is_installed_upgraded_and_uninstalled() {
    let sandbox = fleet();
    helm_release(&sandbox, "web", &json!({"values": {"message": "first"}}));
    let installed = ready(&sandbox, "web");
    assert_reason(&installed, "Ready", "True", "InstallSucceeded");
    let message = "Helm install succeeded for release flux-system/web.v1 with chart podinfo@1.0.0";
    assert_eq!(condition(&installed, "Released")["message"], message);
    assert_eq!(installed["status"]["helmChart"], "flux-system/flux-system-web");
    assert_eq!(installed["status"]["lastAttemptedRevision"], "1.0.0");
    assert_eq!(installed["status"]["history"][0]["status"], "deployed");
    let deployment = get(&sandbox, &deployments(), "web").unwrap();
    assert_eq!(deployment["status"]["availableReplicas"], 1, "the release waited for it");
    assert_eq!(deployment["metadata"]["labels"]["helm.toolkit.fluxcd.io/name"], "web");
    assert!(get(&sandbox, &secrets(), "sh.helm.release.v1.web.v1").is_some());
    assert!(
        events(&sandbox, "HelmRelease").contains(&("InstallSucceeded".into(), message.into())),
        "{:?}",
        events(&sandbox, "HelmRelease")
    );

    publish(&sandbox, &Chart::deployment("podinfo", "1.1.0"), "next");
    let upgraded = wait(&sandbox, &helm_releases(), "web", "an upgrade", |object| {
        condition(object, "Ready")["reason"] == "UpgradeSucceeded"
            && object["status"]["history"][0]["version"] == 2
    });
    let versions: Vec<_> = upgraded["status"]["history"].as_array().unwrap().iter().collect();
    assert_eq!(
        (&versions[0]["version"], &versions[0]["chartVersion"]),
        (&json!(2), &json!("1.1.0"))
    );
    assert_eq!(versions[1]["status"], "superseded");
    let chart = get(&sandbox, &helm_charts(), "flux-system-web").unwrap();
    let pulled = "pulled 'podinfo' chart with version '1.1.0'";
    assert_eq!(condition(&chart, "Ready")["message"], pulled);
    assert_reason(&chart, "Ready", "True", "ChartPullSucceeded");

    let api = api(&sandbox, &helm_releases());
    sandbox.block_on(api.delete("web", &Default::default())).unwrap();
    wait_gone(&sandbox, &helm_releases(), "web");
    assert!(get(&sandbox, &deployments(), "web").is_none());
    assert!(get(&sandbox, &secrets(), "sh.helm.release.v1.web.v2").is_none());
    wait_gone(&sandbox, &helm_charts(), "flux-system-web");
    assert_eq!(sandbox.troubles(), [""; 0]);
}

#[test]
fn the_helm_player_works_on_a_real_control_plane() {
    if let Some(reason) = control_plane::missing().unwrap() {
        println!("skipped: {reason}");
        return;
    }
    let sandbox = prepared(Sandbox::builder().real().cleared().start().unwrap());
    helm_release(&sandbox, "web", &json!({}));
    let installed = ready(&sandbox, "web");
    assert_reason(&installed, "Ready", "True", "InstallSucceeded");
    let api = api(&sandbox, &helm_releases());
    sandbox.block_on(api.delete("web", &Default::default())).unwrap();
    wait_gone(&sandbox, &helm_releases(), "web");
    assert_eq!(sandbox.troubles(), [""; 0]);
}

#[test]
fn what_a_release_lacks_is_named() {
    let sandbox = fleet();
    let chart = json!({"spec": {
        "chart": "podinfo", "version": "9.9.9",
        "sourceRef": {"kind": "HelmRepository", "name": "charts"},
    }});
    helm_release(&sandbox, "version", &json!({"chart": chart}));
    let reference = json!([{"kind": "Secret", "name": NAMESPACE, "valuesKey": "token"}]);
    helm_release(&sandbox, "values", &json!({"valuesFrom": reference}));
    helm_release(&sandbox, "dependent", &json!({"dependsOn": [{"name": "values"}]}));

    let unready = |name: &str, reason: &str| {
        wait(&sandbox, &helm_releases(), name, reason, |object| {
            condition(object, "Ready")["reason"] == reason
                && is(object, "Ready", "False")
                // Once the chart is there, or known not to be.
                && !condition(object, "Ready")["message"].to_string().contains("latest generation")
        })
    };
    let version = unready("version", "SourceNotReady");
    assert_eq!(
        condition(&version, "Ready")["message"],
        "HelmChart 'flux-system/flux-system-version' is not ready: invalid chart reference: failed \
         to get chart version for remote reference: no 'podinfo' chart with version matching \
         '9.9.9' found"
    );
    assert_eq!(version["status"]["observedGeneration"], -1, "it is not done with");
    let values = unready("values", "ValuesError");
    assert_eq!(
        condition(&values, "Ready")["message"],
        "could not resolve Secret chart values reference 'flux-system/flux-system' with key \
         'token': key not found"
    );
    let dependent = unready("dependent", "DependencyNotReady");
    let message = "dependency 'flux-system/values' is not ready";
    assert_eq!(condition(&dependent, "Ready")["message"], message);

    let token = json!({"stringData": {"token": "message: secret"}});
    merge(&sandbox, &secrets(), NAMESPACE, token);
    request(&sandbox, &helm_releases(), "values", "again");
    ready(&sandbox, "values");
    ready(&sandbox, "dependent");
    publish(&sandbox, &Chart::deployment("podinfo", "9.9.9"), "next");
    ready(&sandbox, "version");
}

#[test]
fn an_upgrade_that_fails_leaves_the_old_release_running() {
    let sandbox = fleet();
    helm_release(&sandbox, "web", &json!({}));
    ready(&sandbox, "web");
    sandbox.faults().arm("helm.upgrade=web").unwrap();
    publish(&sandbox, &Chart::deployment("podinfo", "1.1.0"), "next");
    let failed = stalled(&sandbox, "web", "RetriesExceeded");
    let message = "Failed to upgrade after 1 attempt(s)";
    assert_eq!(condition(&failed, "Stalled")["message"], message);
    assert_reason(&failed, "Ready", "False", "UpgradeFailed");
    assert_eq!(
        condition(&failed, "Released")["message"],
        "Helm upgrade failed for release flux-system/web with chart podinfo@1.1.0: the sandbox lets \
         this upgrade fail"
    );
    assert_eq!(failed["status"]["upgradeFailures"], 1);
    assert_eq!(failed["status"]["history"][0]["status"], "failed");
    assert_eq!(failed["status"]["history"][1]["status"], "deployed");

    // Nothing more happens by itself; a reset counts anew, and without the fault all is well.
    sandbox.faults().clear("helm.upgrade");
    request(&sandbox, &helm_releases(), "web", "plain");
    let plain = wait(&sandbox, &helm_releases(), "web", "its request handled", handled("plain"));
    assert!(is(&plain, "Stalled", "True"), "{plain:#}");
    let annotations = json!({
        "reconcile.fluxcd.io/requestedAt": "reset", "reconcile.fluxcd.io/resetAt": "reset",
    });
    merge(&sandbox, &helm_releases(), "web", json!({"metadata": {"annotations": annotations}}));
    let healed = wait(&sandbox, &helm_releases(), "web", "the reset", |object| {
        is(object, "Ready", "True") && handled("reset")(object)
    });
    assert_eq!(healed["status"]["lastHandledResetAt"], "reset");
    assert_eq!(healed["status"]["failures"], Value::Null);

    let annotations = json!({
        "reconcile.fluxcd.io/requestedAt": "force", "reconcile.fluxcd.io/forceAt": "force",
    });
    merge(&sandbox, &helm_releases(), "web", json!({"metadata": {"annotations": annotations}}));
    let forced = wait(&sandbox, &helm_releases(), "web", "the forced upgrade", |object| {
        object["status"]["history"][0]["version"] == 4 && handled("force")(object)
    });
    assert_eq!(forced["status"]["lastHandledForceAt"], "force");
}

#[test]
fn failures_are_remedied_as_often_as_asked() {
    let sandbox = fleet();
    sandbox.faults().arm("helm.install=web*2").unwrap();
    let remedies = json!({
        "install": {"remediation": {"retries": 3}},
        "upgrade": {"remediation": {"retries": 1}},
    });
    helm_release(&sandbox, "web", &remedies);
    let installed = ready(&sandbox, "web");
    assert_eq!(installed["status"]["installFailures"], 2);
    assert_eq!(installed["status"]["history"][0]["version"], 1, "each remedy uninstalled");
    let reasons: Vec<_> =
        events(&sandbox, "HelmRelease").into_iter().map(|(reason, _)| reason).collect();
    assert!(reasons.contains(&"UninstallSucceeded".to_owned()), "{reasons:?}");

    sandbox.faults().arm("helm.upgrade=web").unwrap();
    publish(&sandbox, &Chart::deployment("podinfo", "1.1.0"), "next");
    let failed = stalled(&sandbox, "web", "RetriesExceeded");
    assert_reason(&failed, "Ready", "False", "RollbackSucceeded");
    assert_reason(&failed, "Remediated", "True", "RollbackSucceeded");
    assert_eq!(
        condition(&failed, "Remediated")["message"],
        "Helm rollback to previous release flux-system/web.v3 with chart podinfo@1.0.0 succeeded",
        "the second of the two rollbacks went back to the first"
    );
    let deployment = get(&sandbox, &deployments(), "web").unwrap();
    let image = &deployment["spec"]["template"]["spec"]["containers"][0]["image"];
    assert_eq!(image, "ghcr.io/stefanprodan/podinfo:1.0.0");
}

#[test]
fn a_release_waits_for_its_workloads() {
    let sandbox = fleet();
    sandbox.faults().arm("workload.pull=podinfo").unwrap();
    helm_release(&sandbox, "web", &json!({"timeout": "1s"}));
    let failed = stalled(&sandbox, "web", "RetriesExceeded");
    assert_eq!(
        condition(&failed, "Ready")["message"],
        "Helm install failed for release flux-system/web with chart podinfo@1.0.0: timeout waiting \
         for: [Deployment/flux-system/web status: 'InProgress']"
    );
}

#[test]
fn what_the_chart_cannot_do_is_not_stored() {
    let sandbox = fleet();
    let widget = "apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: w\n";
    let chart = Chart::new("podinfo", "1.2.0").file("templates/widget.yaml", widget);
    publish(&sandbox, &chart, "next");
    helm_release(&sandbox, "web", &json!({}));
    let failed = wait(&sandbox, &helm_releases(), "web", "a failure", |object| {
        condition(object, "Ready")["reason"] == "InstallFailed"
    });
    assert_contains(
        &condition(&failed, "Ready")["message"],
        "unable to build kubernetes objects from release manifest: resource mapping not found for \
         name: \"w\" namespace: \"\" from \"\": no matches for kind \"Widget\" in version \
         \"example.com/v1\"\nensure CRDs are installed first",
    );
    assert_eq!(failed["status"]["history"], Value::Null);
    publish(&sandbox, &Chart::deployment("podinfo", "1.3.0"), "later");
    ready(&sandbox, "web");
}

#[test]
fn charts_come_from_git_and_from_a_registry() {
    let sandbox = fleet();
    repository(&sandbox);
    for (path, content) in Chart::deployment("podinfo", "2.0.0").files() {
        commit(&sandbox, &format!("charts/podinfo/{path}"), content);
    }
    let public = nigari_sandbox::github::Visibility::Public;
    let options =
        nigari_sandbox::github::RepositoryOptions { visibility: public, ..Default::default() };
    sandbox.github().create_repository(sandbox.owner(), "charts", &options).unwrap();
    for (path, content) in Chart::deployment("podinfo", "2.0.0").files() {
        let github = sandbox.github();
        let path = format!("podinfo/{path}");
        github.commit_file(sandbox.owner(), "charts", "main", &path, content, "Add").unwrap();
    }
    let url = format!("{}/{}/charts", sandbox.github_origin(), sandbox.owner());
    let spec = json!({
        "interval": "1h", "url": url, "ref": {"branch": "main"}, "secretRef": {"name": NAMESPACE},
    });
    object(&sandbox, "source.toolkit.fluxcd.io/v1", "GitRepository", "git", &spec);
    let source = json!({"kind": "GitRepository", "name": "git"});
    let chart = json!({"spec": {"chart": "./podinfo", "sourceRef": source}});
    helm_release(&sandbox, "from-git", &json!({"chart": chart}));
    ready(&sandbox, "from-git");
    let chart = get(&sandbox, &helm_charts(), "flux-system-from-git").unwrap();
    assert_reason(&chart, "Ready", "True", "ChartPackageSucceeded");

    let package = Chart::deployment("podinfo", "3.0.0").package();
    let digest = sandbox.registry().push_as("oci/podinfo", "3.0.0", CHART_LAYER, &package, "v3");
    let host = sandbox.github_origin().trim_start_matches("https://");
    let spec = json!({
        "interval": "1h", "url": format!("oci://{host}/oci/podinfo"), "ref": {"semver": "3.x"},
        "layerSelector": {"mediaType": CHART_LAYER, "operation": "copy"},
        "certSecretRef": {"name": NAMESPACE},
    });
    object(&sandbox, "source.toolkit.fluxcd.io/v1", "OCIRepository", "oci", &spec);
    let reference = json!({"kind": "OCIRepository", "name": "oci"});
    helm_release(&sandbox, "from-registry", &json!({"chart": null, "chartRef": reference}));
    let released = ready(&sandbox, "from-registry");
    let short = &digest.trim_start_matches("sha256:")[..12];
    assert_eq!(released["status"]["lastAttemptedRevision"], format!("3.0.0+{short}"));
    assert_eq!(released["status"]["lastAttemptedRevisionDigest"], digest);
}
