//! `nigari install --with-tofu-controller`, and what `check` and `uninstall` make of it.

use nigari_sandbox::charts::Chart;
use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::Fleet;
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::install::{change, installed};

const INSTALL: &str = "install --with-tofu-controller";
const RELEASE: [&str; 3] = ["helm.toolkit.fluxcd.io/v2", "HelmRelease", "tofu-controller"];
const DEFINITION: [&str; 3] =
    ["apiextensions.k8s.io/v1", "CustomResourceDefinition", "terraforms.infra.contrib.fluxcd.io"];

/// A cluster that can reach upstream's Helm repository, where the chart is.
fn fleet() -> Fleet {
    let fleet = Fleet::new();
    publish(&fleet, "0.16.5");
    fleet
}

fn publish(fleet: &Fleet, version: &str) {
    fleet.sandbox.charts().publish(&Chart::tofu_controller(version)).unwrap();
}

/// A fleet with Flux and tofu-controller, and an empty recorder.
fn equipped() -> Fleet {
    let fleet = fleet();
    let run = fleet.nigari(INSTALL);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    fleet.sandbox.recorder().clear();
    fleet
}

/// A Deployment of tofu-controller that somebody else made.
fn deployment(namespace: &str, labels: &Value) -> Value {
    let template = json!({"metadata": {"labels": {"app": "tofu"}}, "spec": {"containers": [
        {"name": "manager", "image": "ghcr.io/flux-iac/tofu-controller:v0.16.4"}]}});
    json!({
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": {"name": "tofu-controller", "namespace": namespace, "labels": labels},
        "spec": {"selector": {"matchLabels": {"app": "tofu"}}, "template": template},
    })
}

fn terraform(namespace: &str, name: &str) -> Value {
    json!({
        "apiVersion": "infra.contrib.fluxcd.io/v1alpha2", "kind": "Terraform",
        "metadata": {"name": name, "namespace": namespace},
        "spec": {"interval": "1h", "suspend": true, "path": "./infra",
            "sourceRef": {"kind": "GitRepository", "name": "code"}},
    })
}

/// What a run told after Flux itself was installed, which other transcripts are about.
#[track_caller]
fn of_tofu(run: &Run) -> String {
    let told = run.to_string();
    let (_, tofu) = told.split_once(" is installed in namespace flux-system").expect("Flux is");
    tofu.to_owned()
}

/// What a run printed behind a line.
#[track_caller]
fn after(run: &Run, line: &str) -> String {
    run.stdout().split_once(&format!("\n{line}")).expect("the line").1.to_owned()
}

#[test]
fn the_chart_is_installed_with_its_definition_and_the_second_time_nothing_is_written() {
    let fleet = fleet();
    assert_data_eq!(
        of_tofu(&fleet.nigari(INSTALL)),
        str![[r#"

► applying HelmRepository flux-system/tofu-controller
✔ HelmRepository flux-system/tofu-controller created
◎ waiting for HelmRepository reconciliation
✔ HelmRepository tofu-controller is ready
✔ fetched revision sha256:[DIGEST]
► applying HelmRelease flux-system/tofu-controller
✔ HelmRelease flux-system/tofu-controller created
◎ waiting for HelmRelease reconciliation
✔ HelmRelease tofu-controller is ready
✔ applied revision 0.16.5
✔ tofu-controller 0.16.5 is installed in namespace flux-system

"#]]
    );
    let release = fleet.object(RELEASE[0], RELEASE[1], RELEASE[2]).unwrap();
    assert_eq!(release["spec"]["install"]["crds"], "Create");
    assert_eq!(release["spec"]["upgrade"]["crds"], "CreateReplace");
    assert_eq!(release["status"]["history"][0]["chartVersion"], "0.16.5");
    // What the controller and its CRD are for.
    let code = fleet.nigari("get terraform -A");
    assert_eq!(code.exit_code(), Some(3), "served, and there is none: {code}");
    fleet.sandbox.recorder().clear();
    let second = fleet.nigari(INSTALL);
    assert_data_eq!(
        of_tofu(&second),
        str![[r#"

► applying HelmRepository flux-system/tofu-controller
✔ HelmRepository flux-system/tofu-controller unchanged
◎ waiting for HelmRepository reconciliation
✔ HelmRepository tofu-controller is ready
✔ fetched revision sha256:[DIGEST]
► applying HelmRelease flux-system/tofu-controller
✔ HelmRelease flux-system/tofu-controller unchanged
◎ waiting for HelmRelease reconciliation
✔ HelmRelease tofu-controller is ready
✔ applied revision 0.16.5
✔ tofu-controller 0.16.5 is installed in namespace flux-system

"#]]
    );
    fleet.assert_untouched(&second);
    fleet.finish();
}

#[test]
fn a_dry_run_tells_what_would_be_made_and_what_would_change() {
    let fleet = fleet();
    let empty = fleet.nigari(&format!(
        "{INSTALL} --dry-run --components=source-controller,helm-controller --network-policy=false"
    ));
    assert_data_eq!(
        empty.to_string(),
        str![[r#"
Namespace flux-system created
ResourceQuota flux-system/critical-pods-flux-system created
ClusterRole crd-controller-flux-system created
ClusterRole flux-edit-flux-system created
ClusterRole flux-view-flux-system created
ClusterRoleBinding cluster-reconciler-flux-system created
ClusterRoleBinding crd-controller-flux-system created
CustomResourceDefinition buckets.source.toolkit.fluxcd.io created
CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io created
CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io created
CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io created
CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io created
CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io created
ServiceAccount flux-system/source-controller created
Service flux-system/source-controller created
Deployment flux-system/source-controller created
CustomResourceDefinition helmreleases.helm.toolkit.fluxcd.io created
ServiceAccount flux-system/helm-controller created
Deployment flux-system/helm-controller created
HelmRepository flux-system/tofu-controller created
HelmRelease flux-system/tofu-controller created
------- stderr -------
✔ checked access to the cluster at https://localhost:[PORT]
✔ dry run, nothing was written: 21 to be created, 0 to be configured, 0 unchanged

"#]]
    );
    fleet.assert_untouched(&empty);
    let equipped = equipped();
    let changed = equipped.nigari(&format!("{INSTALL} --dry-run --tofu-controller-version=0.16.6"));
    assert_data_eq!(
        changed.to_string(),
        str![[r#"
HelmRelease flux-system/tofu-controller configured
--- HelmRelease flux-system/tofu-controller (live)
+++ HelmRelease flux-system/tofu-controller (wanted)
@@ -13,7 +13,7 @@
       sourceRef:
         kind: HelmRepository
         name: tofu-controller
-      version: "0.16.5"
+      version: "0.16.6"
   install:
     crds: Create
     remediation:
------- stderr -------
✔ checked access to the cluster at https://localhost:[PORT]
✔ dry run, nothing was written: 0 to be created, 1 to be configured, 33 unchanged

"#]]
    );
    equipped.assert_untouched(&changed);
    equipped.finish();
    fleet.finish();
}

#[test]
fn an_export_ends_with_the_two_objects_and_contacts_nobody() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let unreachable = "--server=https://127.0.0.1:1";
    let plain = fleet.nigari(&format!("install --export {unreachable}"));
    let run = fleet.nigari(&format!("{INSTALL} --export -n gitops {unreachable}"));
    assert_data_eq!(
        after(&run, "kind: HelmRepository\n"),
        str![[r#"
metadata:
  name: tofu-controller
  namespace: gitops
spec:
  interval: 1h0m0s
  url: https://flux-iac.github.io/tofu-controller
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: tofu-controller
  namespace: gitops
spec:
  chart:
    spec:
      chart: tofu-controller
      sourceRef:
        kind: HelmRepository
        name: tofu-controller
      version: 0.16.5
  install:
    crds: Create
    remediation:
      retries: 3
  interval: 1h0m0s
  upgrade:
    crds: CreateReplace
    remediation:
      retries: 3
  values:
    eventsAddress: http://notification-controller.gitops.svc.cluster.local./

"#]]
    );
    let same = fleet.nigari(&format!("{INSTALL} --export {unreachable}"));
    assert!(same.stdout().starts_with(plain.stdout()), "the components are the same");
    let registry = "--tofu-controller-url=oci://ghcr.io/flux-iac/charts/tofu-controller";
    let run = fleet.nigari(&format!("{INSTALL} --export {registry} {unreachable}"));
    assert_data_eq!(
        after(&run, "kind: OCIRepository\n"),
        str![[r#"
metadata:
  name: tofu-controller
  namespace: flux-system
spec:
  interval: 1h0m0s
  layerSelector:
    mediaType: application/vnd.cncf.helm.chart.content.v1.tar+gzip
    operation: copy
  ref:
    tag: 0.16.5
  url: oci://ghcr.io/flux-iac/charts/tofu-controller
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: tofu-controller
  namespace: flux-system
spec:
  chartRef:
    kind: OCIRepository
    name: tofu-controller
  install:
    crds: Create
    remediation:
      retries: 3
  interval: 1h0m0s
  upgrade:
    crds: CreateReplace
    remediation:
      retries: 3

"#]]
    );
    assert_eq!(fleet.sandbox.recorder().all(), []);
    fleet.finish();
}

#[test]
fn what_cannot_be_is_refused_before_anything_is_contacted() {
    let fleet = fleet();
    for (arguments, words) in [
        (
            "--with-tofu-controller --components=source-controller,kustomize-controller",
            "needs helm-controller",
        ),
        ("--with-tofu-controller --tofu-controller-version=>=0.16.0", "is not one version"),
        ("--with-tofu-controller --tofu-controller-version=0.15.1", "there is no chart"),
        ("--with-tofu-controller --tofu-controller-url=ghcr.io/x", "oci://"),
        ("--tofu-controller-version=0.16.4", "--with-tofu-controller"),
    ] {
        let run = fleet.nigari(&format!("install {arguments}"));
        assert_eq!(run.exit_code(), Some(2), "{run}");
        assert!(run.stderr().contains(words), "{run}");
    }
    assert_data_eq!(
        fleet.nigari(&format!("{INSTALL} --components=source-controller")).to_string(),
        str![[r#"
------- stderr -------
error: --with-tofu-controller needs helm-controller, which is not among the components
  hint: add it to --components, or leave out --with-tofu-controller: tofu-controller is a chart
[exit status: 2]

"#]]
    );
    assert_eq!(fleet.sandbox.recorder().writes(), []);
    fleet.finish();
}

#[test]
fn an_upgrade_replaces_the_definition_and_a_way_back_is_refused() {
    let fleet = equipped();
    publish(&fleet, "0.16.6");
    change(&fleet, DEFINITION, |definition| {
        definition["spec"]["names"]["shortNames"] = json!(["old"]);
    });
    assert_data_eq!(
        of_tofu(&fleet.nigari(&format!("{INSTALL} --tofu-controller-version=v0.16.6"))),
        str![[r#"

► applying HelmRepository flux-system/tofu-controller
✔ HelmRepository flux-system/tofu-controller unchanged
◎ waiting for HelmRepository reconciliation
✔ HelmRepository tofu-controller is ready
✔ fetched revision sha256:[DIGEST]
◎ waiting for HelmRepository flux-system/tofu-controller to look for the chart
► applying HelmRelease flux-system/tofu-controller
✔ HelmRelease flux-system/tofu-controller configured
◎ waiting for HelmRelease reconciliation
✔ HelmRelease tofu-controller is ready
✔ applied revision 0.16.6
✔ tofu-controller 0.16.6 is installed in namespace flux-system

"#]]
    );
    let definition = fleet.kube().get(DEFINITION[0], DEFINITION[1], None, DEFINITION[2]).unwrap();
    assert_eq!(definition["spec"]["names"]["shortNames"], json!(["tf"]));
    fleet.sandbox.recorder().clear();
    let back = fleet.nigari(INSTALL);
    assert_data_eq!(
        back.to_string(),
        str![[r#"
------- stderr -------
error: the cluster has tofu-controller 0.16.6, and this would put 0.16.5 in its place
  hint: choose it with --tofu-controller-version, or go back on purpose with --force
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&back);
    let forced = fleet.nigari(&format!("{INSTALL} --force"));
    assert_eq!(forced.exit_code(), Some(0), "{forced}");
    let release = fleet.object(RELEASE[0], RELEASE[1], RELEASE[2]).unwrap();
    assert_eq!(release["status"]["history"][0]["chartVersion"], "0.16.5");
    fleet.finish();
}

#[test]
fn the_articles_own_two_commands_are_taken_over() {
    let fleet = fleet();
    assert_eq!(fleet.nigari("install").exit_code(), Some(0));
    for words in [
        "create source helm tofu-controller --url=https://flux-iac.github.io/tofu-controller/",
        "create helmrelease tofu-controller --chart=tofu-controller \
         --source=HelmRepository/tofu-controller --chart-version=>=0.16.0",
    ] {
        let run = fleet.nigari(words);
        assert_eq!(run.exit_code(), Some(0), "{run}");
    }
    assert_data_eq!(
        of_tofu(&fleet.nigari(INSTALL)),
        str![[r#"

► applying HelmRepository flux-system/tofu-controller
✔ HelmRepository flux-system/tofu-controller configured
◎ waiting for HelmRepository reconciliation
✔ HelmRepository tofu-controller is ready
✔ fetched revision sha256:[DIGEST]
► applying HelmRelease flux-system/tofu-controller
✔ HelmRelease flux-system/tofu-controller configured
◎ waiting for HelmRelease reconciliation
✔ HelmRelease tofu-controller is ready
✔ applied revision 0.16.5
✔ tofu-controller 0.16.5 is installed in namespace flux-system

"#]]
    );
    let release = fleet.object(RELEASE[0], RELEASE[1], RELEASE[2]).unwrap();
    assert_eq!(release["spec"]["chart"]["spec"]["version"], "0.16.5");
    fleet.finish();
}

#[test]
fn somebody_elses_is_left_alone_whatever_installed_it() {
    let helm = json!({"app.kubernetes.io/name": "tofu-controller",
        "app.kubernetes.io/managed-by": "Helm", "app.kubernetes.io/version": "v0.16.4"});
    let release = json!({"app.kubernetes.io/name": "tf-controller",
        "helm.toolkit.fluxcd.io/name": "tofu", "helm.toolkit.fluxcd.io/namespace": "default"});
    let by_hand = json!({"control-plane": "tofu-controller"});
    let fleet = installed();
    for (labels, expected) in [
        (
            helm,
            str![[r#"
------- stderr -------
error: tofu-controller is on the cluster already: Deployment default/tofu-controller, managed by Helm
  hint: uninstall it with Helm first; the CRD has to stay
[exit status: 7]

"#]],
        ),
        (
            release,
            str![[r#"
------- stderr -------
error: tofu-controller is on the cluster already: Deployment default/tofu-controller, managed by HelmRelease default/tofu
  hint: change that one, or delete it first: nigari delete helmrelease tofu -n default
[exit status: 7]

"#]],
        ),
        (
            by_hand,
            str![[r#"
------- stderr -------
error: tofu-controller is on the cluster already: Deployment default/tofu-controller, managed by nobody
  hint: delete Deployment default/tofu-controller first; the CRD has to stay
[exit status: 7]

"#]],
        ),
    ] {
        fleet.kube().put(deployment("default", &labels)).unwrap();
        fleet.sandbox.recorder().clear();
        let run = fleet.nigari(&format!("{INSTALL} --force"));
        assert_data_eq!(run.to_string(), expected);
        assert_eq!(run.exit_code(), Some(7), "{run}");
        assert!(!run.to_string().contains("applied"), "{run}");
    }
    fleet.finish();
}

#[test]
fn what_a_repository_manages_is_changed_there() {
    let fleet = equipped();
    change(&fleet, RELEASE, |release| {
        release["metadata"]["labels"] = json!({
            "kustomize.toolkit.fluxcd.io/name": "infra",
            "kustomize.toolkit.fluxcd.io/namespace": "flux-system",
        });
    });
    fleet.sandbox.recorder().clear();
    let run = fleet.nigari(INSTALL);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: HelmRelease flux-system/tofu-controller comes from a repository, by Kustomization flux-system/infra
  hint: change its version there, or install over it with --force
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&run);
    let forced = fleet.nigari(&format!("{INSTALL} --force"));
    assert_eq!(forced.exit_code(), Some(0), "{forced}");
    assert!(forced.stderr().contains("will put back"), "{forced}");
    fleet.finish();
}

#[test]
fn a_chart_that_is_not_there_is_named_and_the_next_run_goes_on() {
    let fleet = Fleet::new();
    let run = fleet.nigari(INSTALL);
    assert_data_eq!(
        of_tofu(&run),
        str![[r#"

► applying HelmRepository flux-system/tofu-controller
✔ HelmRepository flux-system/tofu-controller created
◎ waiting for HelmRepository reconciliation
✔ HelmRepository tofu-controller is ready
✔ fetched revision sha256:[DIGEST]
► applying HelmRelease flux-system/tofu-controller
✔ HelmRelease flux-system/tofu-controller created
◎ waiting for HelmRelease reconciliation
⚠️ HelmRelease flux-system/tofu-controller fails and is retried: HelmChart flux-system/flux-system-tofu-controller: InvalidChartReference: invalid chart reference: failed to get chart version for remote reference: no chart name found
error: HelmRelease flux-system/tofu-controller is held up: HelmChart flux-system/flux-system-tofu-controller: InvalidChartReference: invalid chart reference: failed to get chart version for remote reference: no chart name found
  cause: HelmRelease flux-system/tofu-controller: reconciliation failed: SourceNotReady: HelmChart 'flux-system/flux-system-tofu-controller' is not ready: invalid chart reference: failed to get chart version for remote reference: no chart name found
  hint: see how it hangs together with: nigari why helmrelease tofu-controller -n flux-system
[exit status: 1]

"#]]
    );
    publish(&fleet, "0.16.5");
    let again = fleet.nigari(INSTALL);
    assert_eq!(again.exit_code(), Some(0), "{again}");
    fleet.finish();
}

#[test]
fn a_chart_in_a_registry_is_pulled_by_its_version() {
    let fleet = Fleet::new();
    let package = Chart::tofu_controller("0.16.5").package();
    let layer = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    let name = "flux-iac/charts/tofu-controller";
    fleet.sandbox.registry().push_as(name, "0.16.5", layer, &package, "v0.16.5");
    let run = fleet.nigari(&format!("{INSTALL} --tofu-controller-url=oci://ghcr.io/{name}"));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(
        run.stderr().contains("✔ OCIRepository flux-system/tofu-controller created\n"),
        "{run}"
    );
    assert!(run.stderr().contains("✔ applied revision 0.16.5+"), "{run}");
    let release = fleet.object(RELEASE[0], RELEASE[1], RELEASE[2]).unwrap();
    assert_eq!(release["spec"]["chartRef"]["kind"], "OCIRepository");
    fleet.finish();
}

#[test]
fn whoever_may_not_make_releases_is_told_before_anything_is_written() {
    let fleet = fleet();
    fleet.kube().deny(Deny::new("*", "apps", "deployments").to("admin"));
    fleet.kube().deny(Deny::new("create", "helm.toolkit.fluxcd.io", "helmreleases").to("admin"));
    let run = fleet.nigari(INSTALL);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: you may not install Flux on this cluster; missing: get deployments.apps in namespace flux-system; create deployments.apps in namespace flux-system; patch deployments.apps in namespace flux-system; list deployments.apps; create helmreleases.helm.toolkit.fluxcd.io in namespace flux-system
  hint: ask for the ClusterRole cluster-admin, which Flux's own controllers get as well
[exit status: 6]

"#]]
    );
    fleet.assert_untouched(&run);
    fleet.finish();
}

#[test]
fn check_names_it_and_what_is_not_well_with_it() {
    let fleet = equipped();
    let well = fleet.nigari("check");
    let (_, tofu) = well.stderr().split_once("► checking tofu-controller").unwrap();
    assert_data_eq!(
        tofu.to_owned(),
        str![[r#"

✔ tofu-controller: deployment ready, managed by HelmRelease flux-system/tofu-controller
► ghcr.io/flux-iac/tofu-controller:v0.16.5
✔ terraforms.infra.contrib.fluxcd.io/v1alpha2
✔ all checks passed

"#]]
    );
    fleet.kube().put(deployment("default", &json!({"control-plane": "tofu-controller"}))).unwrap();
    let two = fleet.nigari("check");
    let (_, tofu) = two.stderr().split_once("► checking tofu-controller").unwrap();
    assert_data_eq!(
        tofu.to_owned(),
        str![[r#"

⚠️ 2 tofu-controllers run: each plans and applies the same objects
✔ tofu-controller: deployment ready, managed by nobody
► ghcr.io/flux-iac/tofu-controller:v0.16.4
⚠️ the cluster has tofu-controller v0.16.4, and this nigari installs v0.16.5
✔ tofu-controller: deployment ready, managed by HelmRelease flux-system/tofu-controller
► ghcr.io/flux-iac/tofu-controller:v0.16.5
✔ terraforms.infra.contrib.fluxcd.io/v1alpha2
✔ all checks passed

"#]]
    );
    fleet.finish();
}

#[test]
fn an_uninstallation_says_what_becomes_of_it_and_destroys_nothing() {
    let fleet = equipped();
    let release = fleet.nigari("uninstall --silent");
    assert_data_eq!(
        release.to_string(),
        str![[r#"
------- stderr -------
error: Deployment flux-system/tofu-controller is managed by HelmRelease flux-system/tofu-controller, and would go with namespace flux-system
  hint: delete the release first: nigari delete helmrelease tofu-controller -n flux-system
  hint: or leave the namespace with --keep-namespace
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&release);
    fleet.kube().put(terraform("flux-system", "vpc")).unwrap();
    fleet.kube().put(terraform("flux-system", "dns")).unwrap();
    fleet.kube().put(terraform("default", "bucket")).unwrap();
    fleet.sandbox.recorder().clear();
    let within = fleet.nigari("uninstall --silent");
    assert_data_eq!(
        within.to_string(),
        str![[r#"
------- stderr -------
error: Terraform flux-system/dns and 1 more would go with namespace flux-system, and with it the state of what was made, or that itself
  hint: leave the namespace with --keep-namespace
  hint: or delete it first, which says what becomes of it: nigari delete terraform dns -n flux-system
[exit status: 7]

"#]]
    );
    fleet.assert_untouched(&within);
    let kept = fleet.nigari("uninstall --silent --keep-namespace");
    assert_data_eq!(
        kept.to_string(),
        str![[r#"
------- stderr -------
► uninstalling Flux in namespace flux-system of the cluster at https://localhost:[PORT]
► these are deleted:
    Deployment flux-system/helm-controller
    Deployment flux-system/kustomize-controller
    Deployment flux-system/notification-controller
    Deployment flux-system/source-controller
    ResourceQuota flux-system/critical-pods-flux-system
    Service flux-system/notification-controller
    Service flux-system/source-controller
    Service flux-system/webhook-receiver
    ServiceAccount flux-system/helm-controller
    ServiceAccount flux-system/kustomize-controller
    ServiceAccount flux-system/notification-controller
    ServiceAccount flux-system/source-controller
    NetworkPolicy flux-system/allow-egress
    NetworkPolicy flux-system/allow-scraping
    NetworkPolicy flux-system/allow-webhooks
    CustomResourceDefinition alerts.notification.toolkit.fluxcd.io
    CustomResourceDefinition buckets.source.toolkit.fluxcd.io
    CustomResourceDefinition externalartifacts.source.toolkit.fluxcd.io
    CustomResourceDefinition gitrepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition helmcharts.source.toolkit.fluxcd.io, with its 1 object
    CustomResourceDefinition helmreleases.helm.toolkit.fluxcd.io, with its 1 object
    CustomResourceDefinition helmrepositories.source.toolkit.fluxcd.io, with its 1 object
    CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io
    CustomResourceDefinition ocirepositories.source.toolkit.fluxcd.io
    CustomResourceDefinition providers.notification.toolkit.fluxcd.io
    CustomResourceDefinition receivers.notification.toolkit.fluxcd.io
    ClusterRole crd-controller-flux-system
    ClusterRole flux-edit-flux-system
    ClusterRole flux-view-flux-system
    ClusterRoleBinding cluster-reconciler-flux-system
    ClusterRoleBinding crd-controller-flux-system
► these lose their finalizers first, so that nothing that they applied goes with them:
    HelmChart flux-system/flux-system-tofu-controller
    HelmRelease flux-system/tofu-controller
    HelmRepository flux-system/tofu-controller
► these stay:
    what Flux has applied, which nothing reconciles any more
    Namespace flux-system: as asked for
    3 Terraform objects and what they have made: with their sources gone, nothing is planned or applied any more
✔ deleted the controllers: 4
✔ deleted the other objects of the namespace: 11
✔ removed the finalizers of 3 objects
✔ deleted the CRDs: 11
✔ deleted the cluster roles and bindings: 5
✔ Flux is uninstalled from namespace flux-system

"#]]
    );
    for (namespace, name) in [("flux-system", "vpc"), ("flux-system", "dns"), ("default", "bucket")]
    {
        let version = "infra.contrib.fluxcd.io/v1alpha2";
        let left = fleet.kube().get(version, "Terraform", Some(namespace), name).unwrap();
        assert!(left["metadata"]["deletionTimestamp"].is_null(), "{left}");
    }
    fleet.finish();
}
