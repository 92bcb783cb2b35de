//! `nigari bootstrap github --dry-run` and `--export`: everything told, nothing written.

use std::fs;

use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{FOLDER, Fleet, REPOSITORY};
use nigari_test_support::run::Run;
use snapbox::{assert_data_eq, str};

use crate::install::{MARKER, change};

const FILES: [&str; 3] = ["gotk-components.yaml", "gotk-sync.yaml", "kustomization.yaml"];

/// What was printed, without the thousands of lines of new files.
fn outline(run: &Run) -> String {
    let text = run.to_string();
    let is_line = |line: &&str| !line.starts_with('+') || line.starts_with("+++ ");
    text.split_inclusive('\n').filter(is_line).collect()
}

/// Nobody was written to, and nobody would notice.
fn assert_nothing_happened(fleet: &Fleet, run: &Run) {
    fleet.assert_untouched(run);
    assert_eq!(fleet.sandbox.recorder().writes(), [], "{}", run.stderr());
}

#[test]
fn everything_that_a_first_bootstrap_would_do_is_told() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let run = fleet.bootstrap("--dry-run --components=source-controller,kustomize-controller");
    assert_data_eq!(
        outline(&run),
        str![[r#"
repository acme/fleet-infra created (private)
commit to main of acme/fleet-infra
Author: the token's owner, signed by GitHub

    Add Flux v2.9.4 component and sync manifests

diff --git a/clusters/production/flux-system/gotk-components.yaml b/clusters/production/flux-system/gotk-components.yaml
new file mode 100644
--- /dev/null
+++ b/clusters/production/flux-system/gotk-components.yaml
@@ -0,0 +1,2733 @@
diff --git a/clusters/production/flux-system/gotk-sync.yaml b/clusters/production/flux-system/gotk-sync.yaml
new file mode 100644
--- /dev/null
+++ b/clusters/production/flux-system/gotk-sync.yaml
@@ -0,0 +1,27 @@
diff --git a/clusters/production/flux-system/kustomization.yaml b/clusters/production/flux-system/kustomization.yaml
new file mode 100644
--- /dev/null
+++ b/clusters/production/flux-system/kustomization.yaml
@@ -0,0 +1,5 @@
Namespace flux-system created
NetworkPolicy flux-system/allow-egress created
NetworkPolicy flux-system/allow-scraping created
NetworkPolicy flux-system/allow-webhooks created
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
CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io created
ServiceAccount flux-system/kustomize-controller created
Deployment flux-system/kustomize-controller created
deploy key flux-system-main-flux-system-./clusters/production added (read-only)
Secret flux-system/flux-system created: identity, identity.pub, known_hosts
GitRepository flux-system/flux-system created
Kustomization flux-system/flux-system created
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ dry run, nothing was written: 3 files to be committed; 24 objects to be created, 0 to be configured, 0 unchanged

"#]]
    );
    assert_nothing_happened(&fleet, &run);
    assert!(fleet.github().repository_path("acme", REPOSITORY).is_none());
    assert_eq!(fleet.object("v1", "Secret", "flux-system"), None);
    fleet.finish();
}

#[test]
fn the_diff_can_be_applied_and_is_what_is_committed() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    let output = fleet.command(&fleet.bootstrap_arguments("--dry-run")).output().unwrap();
    fs::write(fleet.sandbox.home().join("patch"), output.stdout).unwrap();
    let origin = format!("{}/acme/{REPOSITORY}.git", fleet.sandbox.github_origin());
    fleet.shell(&format!(
        "git clone -q {origin} clone; cd clone; git apply --include='clusters/*' ../patch"
    ));
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    for file in FILES {
        let path = format!("{FOLDER}/{file}");
        let applied = fs::read_to_string(fleet.sandbox.home().join("clone").join(&path)).unwrap();
        assert!(fleet.file(&path) == Some(applied), "{path} differs");
    }
    fleet.finish();
}

#[test]
fn what_would_change_is_a_diff_and_what_would_not_is_silent() {
    let fleet = Fleet::bootstrapped();
    let head = fleet.head("main");
    let same = fleet.bootstrap("--dry-run");
    assert_data_eq!(
        same.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
✔ deploy key flux-system-main-flux-system-./clusters/production is in place
✔ Secret flux-system/flux-system is up to date
✔ dry run, nothing was written: 0 files to be committed; 0 objects to be created, 0 to be configured, 34 unchanged

"#]]
    );
    assert_nothing_happened(&fleet, &same);

    let key = fleet.deploy_keys().remove(0);
    fleet.github().delete_deploy_key("acme", REPOSITORY, key.id);
    fleet.spoil_secret("known_hosts", "elsewhere ssh-ed25519 AAAA");
    let run = fleet.bootstrap("--dry-run --interval=5m --log-level=debug");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
commit to main of acme/fleet-infra
Author: the token's owner, signed by GitHub

    Update Flux v2.9.4 component and sync manifests

diff --git a/clusters/production/flux-system/gotk-components.yaml b/clusters/production/flux-system/gotk-components.yaml
--- a/clusters/production/flux-system/gotk-components.yaml
+++ b/clusters/production/flux-system/gotk-components.yaml
@@ -2001,7 +2001,7 @@
       - args:
         - --events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         - --storage-path=/data
@@ -2671,7 +2671,7 @@
       - args:
         - --events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         env:
@@ -3754,7 +3754,7 @@
       - args:
         - --events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         env:
@@ -4457,7 +4457,7 @@
       containers:
       - args:
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         env:
diff --git a/clusters/production/flux-system/gotk-sync.yaml b/clusters/production/flux-system/gotk-sync.yaml
--- a/clusters/production/flux-system/gotk-sync.yaml
+++ b/clusters/production/flux-system/gotk-sync.yaml
@@ -6,7 +6,7 @@
   name: flux-system
   namespace: flux-system
 spec:
-  interval: 1m0s
+  interval: 5m0s
   ref:
     branch: main
   secretRef:
Deployment flux-system/source-controller configured
--- Deployment flux-system/source-controller (live)
+++ Deployment flux-system/source-controller (wanted)
@@ -38,7 +38,7 @@
       - args:
         - --events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         - --storage-path=/data
Deployment flux-system/kustomize-controller configured
--- Deployment flux-system/kustomize-controller (live)
+++ Deployment flux-system/kustomize-controller (wanted)
@@ -41,7 +41,7 @@
       - args:
         - --events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         env:
Deployment flux-system/helm-controller configured
--- Deployment flux-system/helm-controller (live)
+++ Deployment flux-system/helm-controller (wanted)
@@ -41,7 +41,7 @@
       - args:
         - --events-addr=http://notification-controller.$(RUNTIME_NAMESPACE).svc.cluster.local./
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         env:
Deployment flux-system/notification-controller configured
--- Deployment flux-system/notification-controller (live)
+++ Deployment flux-system/notification-controller (wanted)
@@ -40,7 +40,7 @@
       containers:
       - args:
         - --watch-all-namespaces=true
-        - --log-level=info
+        - --log-level=debug
         - --log-encoding=json
         - --enable-leader-election
         env:
deploy key flux-system-main-flux-system-./clusters/production added (read-only)
Secret flux-system/flux-system configured: known_hosts
GitRepository flux-system/flux-system configured
--- GitRepository flux-system/flux-system (live)
+++ GitRepository flux-system/flux-system (wanted)
@@ -9,7 +9,7 @@
   name: flux-system
   namespace: flux-system
 spec:
-  interval: 1m0s
+  interval: 5m0s
   ref:
     branch: main
   secretRef:
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ dry run, nothing was written: 2 files to be committed; 0 objects to be created, 5 to be configured, 29 unchanged

"#]]
    );
    assert_nothing_happened(&fleet, &run);
    assert_eq!((fleet.head("main"), fleet.deploy_keys().len()), (head, 0));
    let again = fleet.bootstrap("--dry-run --interval=5m --log-level=debug");
    assert_eq!(again.to_string(), run.to_string());
    fleet.finish();
}

#[test]
fn a_lost_key_pair_is_made_anew_and_a_key_with_other_rights_replaced() {
    let fleet = Fleet::bootstrapped();
    let told = |more: &str| {
        let run = fleet.bootstrap(&format!("--dry-run {more}"));
        assert_nothing_happened(&fleet, &run);
        run.to_string()
    };
    assert_data_eq!(
        told("--read-write-key"),
        str![[r#"
deploy key flux-system-main-flux-system-./clusters/production replaced (may write)
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
✔ Secret flux-system/flux-system is up to date
✔ dry run, nothing was written: 0 files to be committed; 0 objects to be created, 0 to be configured, 34 unchanged

"#]]
    );
    fleet.spoil_secret("identity", "not a key");
    assert_data_eq!(
        told(""),
        str![[r#"
deploy key flux-system-main-flux-system-./clusters/production replaced (read-only)
Secret flux-system/flux-system configured: identity, identity.pub, known_hosts
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ main of acme/fleet-infra is up to date at [COMMIT]
✔ dry run, nothing was written: 0 files to be committed; 0 objects to be created, 0 to be configured, 34 unchanged

"#]]
    );
    fleet.finish();
}

#[test]
fn values_of_secrets_are_not_shown() {
    let fleet = Fleet::bootstrapped();
    let run = fleet.bootstrap(
        "--dry-run --token-auth --image-pull-secret=pull --registry-creds=ann:b8d2a1f0c3e4a5b6c7d8e9f0",
    );
    assert_data_eq!(
        run.to_string(),
        str![[r#"
commit to main of acme/fleet-infra
Author: the token's owner, signed by GitHub

    Update Flux v2.9.4 component and sync manifests

diff --git a/clusters/production/flux-system/gotk-components.yaml b/clusters/production/flux-system/gotk-components.yaml
--- a/clusters/production/flux-system/gotk-components.yaml
+++ b/clusters/production/flux-system/gotk-components.yaml
@@ -2060,6 +2060,8 @@
           name: data
         - mountPath: /tmp
           name: tmp
+      imagePullSecrets:
+      - name: pull
       nodeSelector:
         kubernetes.io/os: linux
       priorityClassName: system-cluster-critical
@@ -2721,6 +2723,8 @@
         volumeMounts:
         - mountPath: /tmp
           name: temp
+      imagePullSecrets:
+      - name: pull
       nodeSelector:
         kubernetes.io/os: linux
       priorityClassName: system-cluster-critical
@@ -3804,6 +3808,8 @@
         volumeMounts:
         - mountPath: /tmp
           name: temp
+      imagePullSecrets:
+      - name: pull
       nodeSelector:
         kubernetes.io/os: linux
       priorityClassName: system-cluster-critical
@@ -4513,6 +4519,8 @@
         volumeMounts:
         - mountPath: /tmp
           name: temp
+      imagePullSecrets:
+      - name: pull
       nodeSelector:
         kubernetes.io/os: linux
       securityContext:
diff --git a/clusters/production/flux-system/gotk-sync.yaml b/clusters/production/flux-system/gotk-sync.yaml
--- a/clusters/production/flux-system/gotk-sync.yaml
+++ b/clusters/production/flux-system/gotk-sync.yaml
@@ -11,7 +11,7 @@
     branch: main
   secretRef:
     name: flux-system
-  url: ssh://git@localhost/acme/fleet-infra
+  url: https://localhost:[PORT]/acme/fleet-infra.git
 ---
 apiVersion: kustomize.toolkit.fluxcd.io/v1
 kind: Kustomization
Secret flux-system/pull created
Deployment flux-system/source-controller configured
--- Deployment flux-system/source-controller (live)
+++ Deployment flux-system/source-controller (wanted)
@@ -112,6 +112,8 @@
         - mountPath: /tmp
           name: tmp
       dnsPolicy: ClusterFirst
+      imagePullSecrets:
+      - name: pull
       nodeSelector:
         kubernetes.io/os: linux
       priorityClassName: system-cluster-critical
Deployment flux-system/kustomize-controller configured
--- Deployment flux-system/kustomize-controller (live)
+++ Deployment flux-system/kustomize-controller (wanted)
@@ -106,6 +106,8 @@
         - mountPath: /tmp
           name: temp
       dnsPolicy: ClusterFirst
+      imagePullSecrets:
+      - name: pull
       nodeSelector:
         kubernetes.io/os: linux
       priorityClassName: system-cluster-critical
Deployment flux-system/helm-controller configured
--- Deployment flux-system/helm-controller (live)
+++ Deployment flux-system/helm-controller (wanted)
@@ -106,6 +106,8 @@
         - mountPath: /tmp
           name: temp
       dnsPolicy: ClusterFirst
+      imagePullSecrets:
+      - name: pull
       nodeSelector:
         kubernetes.io/os: linux
       priorityClassName: system-cluster-critical
Deployment flux-system/notification-controller configured
--- Deployment flux-system/notification-controller (live)
+++ Deployment flux-system/notification-controller (wanted)
@@ -111,6 +111,8 @@
         - mountPath: /tmp
           name: temp
       dnsPolicy: ClusterFirst
+      imagePullSecrets:
+      - name: pull
       nodeSelector:
         kubernetes.io/os: linux
       restartPolicy: Always
Secret flux-system/flux-system configured: password, username, identity removed, identity.pub removed, known_hosts removed
GitRepository flux-system/flux-system configured
--- GitRepository flux-system/flux-system (live)
+++ GitRepository flux-system/flux-system (wanted)
@@ -15,4 +15,4 @@
   secretRef:
     name: flux-system
   timeout: 60s
-  url: ssh://git@localhost/acme/fleet-infra
+  url: https://localhost:[PORT]/acme/fleet-infra.git
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ dry run, nothing was written: 2 files to be committed; 0 objects to be created, 5 to be configured, 29 unchanged

"#]]
    );
    assert!(!run.to_string().contains("b8d2a1f0c3e4a5b6c7d8e9f0"));
    assert_nothing_happened(&fleet, &run);
    fleet.finish();
}

#[test]
fn a_branch_that_would_be_created_is_compared_with_the_default_branch() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    let theirs = "resources: [gotk-sync.yaml, gotk-components.yaml]\n";
    fleet.commit(&format!("{FOLDER}/kustomization.yaml"), theirs);
    fleet.sandbox.recorder().clear();
    let run = fleet.bootstrap(
        "--dry-run --branch=production --components=source-controller,kustomize-controller",
    );
    assert_data_eq!(
        outline(&run),
        str![[r#"
branch production of acme/fleet-infra created at main
commit to production of acme/fleet-infra
Author: the token's owner, signed by GitHub

    Add Flux v2.9.4 component and sync manifests

diff --git a/clusters/production/flux-system/gotk-components.yaml b/clusters/production/flux-system/gotk-components.yaml
new file mode 100644
--- /dev/null
+++ b/clusters/production/flux-system/gotk-components.yaml
@@ -0,0 +1,2733 @@
diff --git a/clusters/production/flux-system/gotk-sync.yaml b/clusters/production/flux-system/gotk-sync.yaml
new file mode 100644
--- /dev/null
+++ b/clusters/production/flux-system/gotk-sync.yaml
@@ -0,0 +1,27 @@
Namespace flux-system created
NetworkPolicy flux-system/allow-egress created
NetworkPolicy flux-system/allow-scraping created
NetworkPolicy flux-system/allow-webhooks created
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
CustomResourceDefinition kustomizations.kustomize.toolkit.fluxcd.io created
ServiceAccount flux-system/kustomize-controller created
Deployment flux-system/kustomize-controller created
deploy key flux-system-production-flux-system-./clusters/production added (read-only)
Secret flux-system/flux-system created: identity, identity.pub, known_hosts
GitRepository flux-system/flux-system created
Kustomization flux-system/flux-system created
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
✔ dry run, nothing was written: 2 files to be committed; 24 objects to be created, 0 to be configured, 0 unchanged

"#]]
    );
    assert_nothing_happened(&fleet, &run);
    assert_eq!(fleet.head("production"), None);
    fleet.finish();
}

#[test]
fn what_would_be_refused_is_refused_in_the_same_words() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let refused = |more: &str, code: i32| {
        fleet.sandbox.recorder().clear();
        let dry = fleet.bootstrap(&format!("--dry-run {more}"));
        assert_nothing_happened(&fleet, &dry);
        assert_eq!(dry.exit_code(), Some(code), "{dry}");
        assert_eq!(dry.to_string(), fleet.bootstrap(more).to_string());
    };
    refused("--interval=0s", 2);
    refused("--server=https://127.0.0.1:1", 8);
    fleet.sandbox.faults().arm("github.token=revoked").unwrap();
    refused("", 6);
    fleet.sandbox.faults().clear("github.token");
    fleet.kube().deny(Deny::new("create", "apiextensions.k8s.io", "customresourcedefinitions"));
    refused("", 6);
    fleet.create_repository(true);
    refused("", 6);
    fleet.finish();
}

#[test]
fn an_owner_that_is_none_is_refused_before_the_cluster_is_asked_what_would_change() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let run = fleet.nigari("bootstrap github --dry-run --owner=nobody --repository=fleet");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
error: no user and no organisation on GitHub is called nobody
  hint: name another with --owner
[exit status: 3]

"#]]
    );
    assert_nothing_happened(&fleet, &run);
    fleet.finish();
}

#[test]
fn what_somebody_else_manages_is_refused_and_shown_by_force() {
    let fleet = Fleet::bootstrapped();
    change(&fleet, MARKER, |marker| {
        marker["metadata"]["labels"]["app.kubernetes.io/managed-by"] = "Helm".into();
    });
    fleet.sandbox.recorder().clear();
    let refused = fleet.bootstrap("--dry-run");
    assert_eq!(refused.exit_code(), Some(7), "{refused}");
    assert_nothing_happened(&fleet, &refused);
    let forced = fleet.bootstrap("--dry-run --force");
    assert_eq!(forced.exit_code(), Some(0), "{forced}");
    assert_nothing_happened(&fleet, &forced);
    fleet.finish();
}

#[test]
fn an_export_is_what_is_committed_and_asks_nobody() {
    let fleet = Fleet::new();
    let mut command = fleet.command(&fleet.bootstrap_arguments("--export"));
    command.args(["--server=https://127.0.0.1:1"]).env_remove("GITHUB_TOKEN");
    let output = command.output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
    let requests = fleet.sandbox.recorder().all();
    assert!(!requests.iter().any(|request| request.agent.starts_with("nigari/")), "{requests:?}");
    let exported = String::from_utf8(output.stdout).unwrap();
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let mut committed = String::new();
    for file in FILES {
        let path = format!("{FOLDER}/{file}");
        let text = fleet.file(&path).unwrap();
        let text = text.strip_prefix("---\n").unwrap_or(&text);
        committed += &format!("---\n# Source: {path}\n{text}");
    }
    assert!(exported == committed, "the export and the commit differ");
    fleet.finish();
}

#[test]
fn an_export_is_no_dry_run() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    assert_data_eq!(
        fleet.bootstrap("--export --dry-run").to_string(),
        str![[r#"
------- stderr -------
error: the argument '--export[=<BOOL>]' cannot be used with '--dry-run'

Usage: nigari bootstrap github --owner <OWNER> --repository <NAME> --path <PATH> --export[=<BOOL>]

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_eq!(fleet.sandbox.recorder().all(), []);
}
