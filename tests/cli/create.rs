//! `nigari create`: one kind, told to its end.

use nigari::kinds::Kind;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::notification::ALERT;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, kustomization};
use nigari_test_support::program::command;
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

use crate::create_kinds::{apply_as, settled};

const APPS: &str = "create kustomization apps --source=fleet --path=./apps --prune --interval=10m";

/// Runs nigari in a cluster whose controller is ready at once.
fn ready(cluster: &Cluster, arguments: &str) -> Run {
    let words: Vec<&str> = arguments.split_whitespace().collect();
    settled(cluster, &KUSTOMIZATION, "apps", &words)
}

#[test]
fn is_created_left_alone_and_changed() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    assert_data_eq!(
        ready(&cluster, APPS).to_string(),
        str![[r#"
------- stderr -------
► applying Kustomization flux-system/apps
✔ Kustomization flux-system/apps created
◎ waiting for Kustomization reconciliation
✔ Kustomization apps is ready
✔ applied revision main@sha1:0123

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/kustomizations/apps {"apiVersion":"kustomize.toolkit.fluxcd.io/v1","kind":"Kustomization","metadata":{"name":"apps","namespace":"flux-system"},"spec":{"interval":"10m0s","path":"./apps","prune":true,"sourceRef":{"kind":"GitRepository","name":"fleet"}}}

"#]]
    );
    assert_data_eq!(
        ready(&cluster, APPS).to_string(),
        str![[r#"
------- stderr -------
► applying Kustomization flux-system/apps
✔ Kustomization flux-system/apps unchanged
◎ waiting for Kustomization reconciliation
✔ Kustomization apps is ready
✔ applied revision main@sha1:0123

"#]]
    );
    assert_eq!(cluster.writes(), "");
    let changed = format!("{APPS} --depends-on=infra --label=team=platform");
    assert_data_eq!(
        ready(&cluster, &changed).to_string(),
        str![[r#"
------- stderr -------
► applying Kustomization flux-system/apps
✔ Kustomization flux-system/apps configured
◎ waiting for Kustomization reconciliation
✔ Kustomization apps is ready
✔ applied revision main@sha1:0123

"#]]
    );
}

#[test]
fn what_only_upstreams_defaults_say_changes_nothing() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    ready(&cluster, APPS);
    cluster.writes();
    let short = "create kustomization apps --source=fleet --path=./apps";
    let run = ready(&cluster, short);
    assert!(run.stderr().contains("Kustomization flux-system/apps unchanged"), "{run}");
    assert_eq!(cluster.writes(), "");
    let run = cluster.nigari(&format!("{short} --dry-run"));
    assert!(run.stderr().contains("is as wanted (dry run)"), "{run}");
    let run = ready(&cluster, &format!("{short} --wait"));
    assert!(run.stderr().contains("Kustomization flux-system/apps configured"), "{run}");
    let written = cluster.writes();
    assert!(written.contains(r#""interval":"10m0s""#), "{written}");
    assert!(written.contains(r#""prune":true"#), "{written}");
}

#[test]
fn what_the_arguments_do_not_say_stays_as_it_is() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    let mut apps = kustomization(
        "apps",
        json!({"path": "./old", "suspend": false,
        "postBuild": {"substitute": {"a": "b"}}}),
    );
    apps["metadata"]["labels"] = json!({"owner": "ann"});
    apply_as(&cluster, "flux", apps);
    assert_eq!(ready(&cluster, APPS).exit_code(), Some(0));
    let live = cluster.get(&KUSTOMIZATION, "apps").unwrap();
    assert_eq!(live["spec"]["path"], "./apps");
    assert_eq!(live["spec"]["postBuild"], json!({"substitute": {"a": "b"}}));
    assert_eq!(live["metadata"]["labels"], json!({"owner": "ann"}));
}

#[test]
fn a_dry_run_shows_the_change_and_writes_nothing() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    assert_data_eq!(
        cluster.nigari(&format!("{APPS} --dry-run")).to_string(),
        str![[r#"
--- Kustomization flux-system/apps (live)
+++ Kustomization flux-system/apps (wanted)
@@ -0,0 +1,13 @@
+apiVersion: kustomize.toolkit.fluxcd.io/v1
+kind: Kustomization
+metadata:
+  name: apps
+  namespace: flux-system
+spec:
+  force: false
+  interval: 10m0s
+  path: ./apps
+  prune: true
+  sourceRef:
+    kind: GitRepository
+    name: fleet
------- stderr -------
✔ Kustomization flux-system/apps would be created (dry run)

"#]]
    );
    cluster.put(kustomization("apps", json!({"path": "./old"})));
    assert_data_eq!(
        cluster.nigari(&format!("{APPS} --dry-run")).to_string(),
        str![[r#"
--- Kustomization flux-system/apps (live)
+++ Kustomization flux-system/apps (wanted)
@@ -4,8 +4,9 @@
   name: apps
   namespace: flux-system
 spec:
-  interval: 10m
-  path: ./old
+  force: false
+  interval: 10m0s
+  path: ./apps
   prune: true
   sourceRef:
     kind: GitRepository
------- stderr -------
✔ Kustomization flux-system/apps would be configured (dry run)

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn the_manifest_is_printed_without_a_cluster() {
    let cluster = Cluster::empty();
    let mut nigari = command(&cluster.0, &format!("{APPS} --wait --export --label=team=on"));
    nigari.env_clear();
    assert_data_eq!(
        Run::of(&cluster.0, nigari.output().unwrap()).to_string(),
        str![[r#"
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  labels:
    team: "on"
  name: apps
  namespace: flux-system
spec:
  interval: 10m0s
  path: ./apps
  prune: true
  sourceRef:
    kind: GitRepository
    name: fleet
  timeout: 2m0s
  wait: true

"#]]
    );
    assert!(cluster.0.recorder().all().is_empty());
}

#[test]
fn what_a_controller_manages_is_left_alone_unless_forced() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    apply_as(&cluster, "kustomize-controller", kustomization("apps", json!({"path": "./git"})));
    assert_data_eq!(
        cluster.nigari(APPS).to_string(),
        str![[r#"
------- stderr -------
► applying Kustomization flux-system/apps
error: cannot change Kustomization flux-system/apps: kustomize-controller manages .spec.interval, .spec.path
  hint: change it where kustomize-controller takes it from, or take the fields over with --force
[exit status: 7]

"#]]
    );
    assert_data_eq!(
        cluster.nigari(&format!("{APPS} --dry-run")).to_string(),
        str![[r#"
------- stderr -------
error: cannot change Kustomization flux-system/apps: kustomize-controller manages .spec.interval, .spec.path
  hint: change it where kustomize-controller takes it from, or take the fields over with --force
[exit status: 7]

"#]]
    );
    assert_eq!(cluster.get(&KUSTOMIZATION, "apps").unwrap()["spec"]["path"], "./git");
    assert_eq!(ready(&cluster, &format!("{APPS} --force")).exit_code(), Some(0));
    assert_eq!(cluster.get(&KUSTOMIZATION, "apps").unwrap()["spec"]["path"], "./apps");
}

#[test]
fn what_cannot_be_is_refused_before_anything_happens() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    assert_data_eq!(
        cluster.nigari("create kustomization Apps --source=fleet").to_string(),
        str![[r#"
------- stderr -------
error: invalid value 'Apps' for '<NAME>': "Apps" is not a valid name: at most 253 lower-case letters, digits, '-' and '.', each part beginning and ending with a letter or digit, like web-1

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("create ks apps --source=Secret/fleet").to_string(),
        str![[r#"
------- stderr -------
error: invalid value 'Secret/fleet' for '--source <[KIND/]NAME[.NAMESPACE]>': "Secret/fleet" is not [KIND/]NAME[.NAMESPACE] with one of GitRepository, OCIRepository, Bucket, ExternalArtifact, like GitRepository/app

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("create ks apps --source=fleet --interval=10").to_string(),
        str![[r#"
------- stderr -------
error: invalid value '10' for '--interval <DURATION>': "10" is not a duration: write a number and a unit, like 30s, 5m or 1h30m

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("create ks apps --source=fleet --depends-on=a@f(x").to_string(),
        str![[r#"
------- stderr -------
error: invalid value 'a@f(x' for '--depends-on <[NAMESPACE/]NAME[@CEL]>': "f(x" is not a CEL expression: character 4: missing ')' at the end; a right one is dep.status.ready == true

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("create ks apps --source=fleet --path=../x").to_string(),
        str![[r#"
------- stderr -------
error: the path "../x" leaves the repository; a right one is ./apps/production
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("create source git x --url=git@github.com:a/b --branch=main").to_string(),
        str![[r#"
------- stderr -------
error: invalid value 'git@github.com:a/b' for '--url <URL>': "git@github.com:a/b" is not an address with ssh:// or http:// or https:// and a host, like ssh://git@github.com/acme/fleet

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("create source git x --url=https://a/b").to_string(),
        str![[r#"
------- stderr -------
error: the following required arguments were not provided:
  <--branch <BRANCH>|--tag <TAG>|--tag-semver <RANGE>|--ref-name <REF>|--commit [<SHA>]>

Usage: nigari create source git --url <URL> <--branch <BRANCH>|--tag <TAG>|--tag-semver <RANGE>|--ref-name <REF>|--commit [<SHA>]> <NAME>

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster
            .nigari("create hr x --chart=a --source=HelmRepository/a --chart-version=latest")
            .to_string(),
        str![[r#"
------- stderr -------
error: invalid value 'latest' for '--chart-version <RANGE>': "latest" is not a range of versions: comparisons like >=1.2.0, ^1.2, ~1.2 or 1.2.x, parted by blanks or commas, alternatives by ||, as in ">=58.0.0 <59.0.0"

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("create image policy x --image-ref=x --select-numeric=asc --filter-regex=^(?P<ts>.*$").to_string(),
        str![[r#"
------- stderr -------
error: invalid value '^(?P<ts>.*$' for '--filter-regex <REGEX>': "^(?P<ts>.*$" is not a regular expression: unclosed group; a right one is '^main-(?P<ts>[0-9]+)$'

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster
            .nigari("create image policy x --image-ref=x --select-semver=1 --select-alpha=asc")
            .to_string(),
        str![[r#"
------- stderr -------
error: the argument '--select-semver <RANGE>' cannot be used with '--select-alpha <ORDER>'

Usage: nigari create image policy --image-ref <NAME> <--select-semver <RANGE>|--select-alpha <ORDER>|--select-numeric <ORDER>> <NAME>

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("create tf x --source=fleet --backend=s3 --backend-config=bucket=a --backend-config=secret_key=b").to_string(),
        str![[r#"
------- stderr -------
error: --backend-config cannot be used
  cause: secret_key is a credential: everyone who may read the object could read it; put it into a Secret, like --backend-config-from=Secret/state=secret_key
[exit status: 2]

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn who_may_not_write_is_told_so() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    cluster.0.kube().deny(Deny::new("patch", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(
        cluster.nigari(APPS).to_string(),
        str![[r#"
------- stderr -------
► applying Kustomization flux-system/apps
error: cannot apply Kustomization flux-system/apps: kustomizations.kustomize.toolkit.fluxcd.io "apps" is forbidden: User "admin" cannot patch resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn a_kind_that_is_not_installed() {
    let cluster = Cluster::with(&[]);
    assert_data_eq!(
        cluster.nigari(APPS).to_string(),
        str![[r#"
------- stderr -------
► applying Kustomization flux-system/apps
error: the cluster has no kustomizations (kustomize.toolkit.fluxcd.io v1, v1beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
}

#[test]
fn a_failure_of_the_controller_is_told_in_its_words() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    assert_eq!(ready(&cluster, APPS).exit_code(), Some(0));
    let mut apps = cluster.get(&KUSTOMIZATION, "apps").unwrap();
    apps["status"]["conditions"] = json!([{
        "type": "Ready", "status": "False", "reason": "BuildFailed", "observedGeneration": 1,
        "message": "kustomization path not found", "lastTransitionTime": "2026-01-01T00:00:00Z",
    }]);
    cluster.put(apps.clone());
    assert_data_eq!(
        cluster.nigari(APPS).to_string(),
        str![[r#"
------- stderr -------
► applying Kustomization flux-system/apps
✔ Kustomization flux-system/apps unchanged
◎ waiting for Kustomization reconciliation
error: Kustomization flux-system/apps: reconciliation failed: BuildFailed: kustomization path not found
[exit status: 1]

"#]]
    );
    apps.as_object_mut().unwrap().remove("status");
    cluster.put(apps);
    assert_eq!(cluster.nigari(&format!("{APPS} --timeout=1s")).exit_code(), Some(5));
}

#[test]
fn alerts_know_terraform_objects_only_where_their_definition_was_patched() {
    const ALARM: &str = "create alert alarm --provider-ref=slack --event-source=Terraform/*";
    let cluster = Cluster::with(&[&ALERT]);
    assert_data_eq!(
        cluster.nigari(&format!("{ALARM} --export")).to_string(),
        str![[r#"
------- stderr -------
error: spec.eventSources[].kind: the definition of Alerts does not list Terraform among its values, unless it was patched, which --export cannot see
  hint: let the definition accept it: kubectl patch crd alerts.notification.toolkit.fluxcd.io --type=json -p '[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/eventSources/items/properties/kind/enum/-","value":"Terraform"}]'
  hint: a Flux that is synced from a repository puts its definition back: there, add this to the kustomization.yaml beside gotk-components.yaml: patches: [{target: {kind: CustomResourceDefinition, name: alerts.notification.toolkit.fluxcd.io}, patch: '[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/eventSources/items/properties/kind/enum/-","value":"Terraform"}]'}]
  hint: then create it on the cluster, or with --commit, without --export
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari(ALARM).to_string(),
        str![[r#"
------- stderr -------
► applying Alert flux-system/alarm
error: cannot apply Alert flux-system/alarm: Alert.notification.toolkit.fluxcd.io "alarm" is invalid: spec.eventSources[0].kind: Unsupported value: "Terraform": supported values: "Bucket", "GitRepository", "Kustomization", "HelmRelease", "HelmChart", "HelmRepository", "ImageRepository", "ImagePolicy", "ImageUpdateAutomation", "OCIRepository", "ArtifactGenerator", "ExternalArtifact"
  hint: let the definition accept it: kubectl patch crd alerts.notification.toolkit.fluxcd.io --type=json -p '[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/eventSources/items/properties/kind/enum/-","value":"Terraform"}]'
  hint: a Flux that is synced from a repository puts its definition back: there, add this to the kustomization.yaml beside gotk-components.yaml: patches: [{target: {kind: CustomResourceDefinition, name: alerts.notification.toolkit.fluxcd.io}, patch: '[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/eventSources/items/properties/kind/enum/-","value":"Terraform"}]'}]
[exit status: 2]

"#]]
    );
    let definition = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/\
                      eventSources/items/properties/kind/enum";
    let name = format!("{}.{}", ALERT.plural, ALERT.group);
    let mut patched = nigari_api::crd::definition(&name).unwrap();
    patched.pointer_mut(definition).unwrap().as_array_mut().unwrap().push(json!("Terraform"));
    cluster.put(patched);
    assert_data_eq!(
        cluster.nigari(ALARM).to_string(),
        str![[r#"
------- stderr -------
► applying Alert flux-system/alarm
✔ Alert flux-system/alarm created
✔ Alert alarm is ready

"#]]
    );
}

#[test]
fn a_trust_policy_names_one_account() {
    let cluster = Cluster::empty();
    assert_data_eq!(
        cluster
            .nigari(
                "create tofu-runner --role-arn=arn:aws:iam::123456789012:role/tofu \
                 --print-trust-policy --oidc-issuer=https://oidc.eks.us-east-1.amazonaws.com/id/X"
            )
            .to_string(),
        str![[r#"
{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {
        "Federated": "arn:aws:iam::123456789012:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/X"
      },
      "Action": "sts:AssumeRoleWithWebIdentity",
      "Condition": {
        "StringEquals": {
          "oidc.eks.us-east-1.amazonaws.com/id/X:aud": "sts.amazonaws.com",
          "oidc.eks.us-east-1.amazonaws.com/id/X:sub": "system:serviceaccount:flux-system:tofu-runner"
        }
      }
    }
  ]
}

"#]]
    );
}

const POLICY: &str =
    "create tofu-runner --role-arn=arn:aws:iam::123456789012:role/tofu --print-trust-policy";

/// The issuer that a policy names, without its scheme.
fn trusted(run: &Run) -> String {
    let policy: Value = serde_json::from_str(run.stdout()).unwrap_or_else(|_| panic!("{run}"));
    let provider = policy["Statement"][0]["Principal"]["Federated"].as_str().unwrap();
    provider.split_once("oidc-provider/").unwrap().1.to_owned()
}

#[test]
fn a_trust_policy_names_the_issuer_that_the_cluster_tells() {
    let cluster = Cluster::empty();
    let within = cluster.nigari(POLICY);
    assert_eq!(trusted(&within), "kubernetes.default.svc.cluster.local");
    assert_data_eq!(
        within.stderr(),
        str![[r#"
⚠️ the issuer https://kubernetes.default.svc.cluster.local is an address within the cluster, which IAM cannot reach: --oidc-issuer names another

"#]]
    );
    let eks = "oidc.eks.us-east-1.amazonaws.com/id/X";
    cluster.0.faults().arm(&format!("kube.issuer=https://{eks}")).unwrap();
    let told = cluster.nigari(POLICY);
    assert_eq!((trusted(&told).as_str(), told.stderr()), (eks, ""));
    cluster.0.recorder().clear();
    let other = cluster.nigari(&format!("{POLICY} --oidc-issuer=https://oidc.example.com/id/Y"));
    assert_eq!(trusted(&other), "oidc.example.com/id/Y");
    assert!(cluster.0.recorder().all().is_empty(), "who names the issuer needs no cluster");
}

#[test]
fn an_issuer_that_cannot_be_had_is_named_by_hand() {
    let cluster = Cluster::empty();
    cluster.0.faults().arm("kube.issuer=absent").unwrap();
    assert_data_eq!(
        cluster.nigari(POLICY).to_string(),
        str![[r#"
------- stderr -------
error: the cluster does not say who issues its tokens
  cause: cannot read the cluster's issuer of tokens: 404 page not found
  hint: name it with --oidc-issuer
[exit status: 3]

"#]]
    );
    cluster.0.faults().arm("kube.issuer=forbidden").unwrap();
    assert_data_eq!(
        cluster.nigari(POLICY).to_string(),
        str![[r#"
------- stderr -------
error: cannot read the cluster's issuer of tokens: forbidden: User "admin" cannot get path "/.well-known/openid-configuration"
  hint: name it with --oidc-issuer
[exit status: 6]

"#]]
    );
    cluster.0.faults().arm("kube.issuer=kubernetes/serviceaccount").unwrap();
    assert_data_eq!(
        cluster.nigari(POLICY).to_string(),
        str![[r#"
------- stderr -------
error: the cluster's issuer "kubernetes/serviceaccount" is no https address, and IAM trusts no other
  hint: name the one that IAM knows with --oidc-issuer
[exit status: 1]

"#]]
    );
    cluster.0.faults().arm("kube.issuer=http://oidc.example.com").unwrap();
    assert_data_eq!(
        cluster.nigari(POLICY).to_string(),
        str![[r#"
------- stderr -------
error: the cluster's issuer "http://oidc.example.com" is no https address, and IAM trusts no other
  hint: name the one that IAM knows with --oidc-issuer
[exit status: 1]

"#]]
    );
    let unsafe_issuer = format!("{POLICY} --oidc-issuer=http://oidc.example.com");
    assert_data_eq!(
        cluster.nigari(&unsafe_issuer).to_string(),
        str![[r#"
------- stderr -------
error: invalid value 'http://oidc.example.com' for '--oidc-issuer <URL>': "http://oidc.example.com" is not an address with https:// and a host, like https://oidc.eks.us-east-1.amazonaws.com/id/EXAMPLE

For more information, try '--help'.
[exit status: 2]

"#]]
    );
}

/// The definition of a kind with its only version under another name.
fn served_as(kind: &Kind, version: &str) -> Value {
    let name = format!("{}.{}", kind.plural, kind.group);
    let mut definition = nigari_api::crd::definition(&name).unwrap();
    let versions = definition["spec"]["versions"].as_array_mut().unwrap();
    versions.retain(|version| version["storage"] == true);
    versions[0]["name"] = json!(version);
    definition
}

#[test]
fn an_older_version_is_written_where_the_cluster_serves_no_newer_one() {
    const ALARM: &str =
        "create alert alarm --provider-ref=slack --event-source=Kustomization/* --summary=down";
    let cluster = Cluster::with(&[]);
    cluster.put(served_as(&ALERT, "v1beta2"));
    assert_data_eq!(
        cluster.nigari(ALARM).to_string(),
        str![[r#"
------- stderr -------
► applying Alert flux-system/alarm
✔ Alert flux-system/alarm created
✔ Alert alarm is ready

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH flux-system/alerts/alarm {"apiVersion":"notification.toolkit.fluxcd.io/v1beta2","kind":"Alert","metadata":{"name":"alarm","namespace":"flux-system"},"spec":{"eventSources":[{"kind":"Kustomization","name":"*"}],"providerRef":{"name":"slack"},"summary":"down"}}

"#]]
    );
    let (version, namespace) = ("notification.toolkit.fluxcd.io/v1beta2", Some("flux-system"));
    let live = cluster.0.kube().get(version, "Alert", namespace, "alarm").unwrap();
    assert_eq!(live["spec"]["summary"], "down");
    let again = cluster.nigari(ALARM);
    assert!(again.stderr().contains("Alert flux-system/alarm unchanged"), "{again}");
    let shown = cluster.nigari(&format!("{ALARM} --event-severity=error --dry-run"));
    assert!(shown.stdout().contains("\n+  eventSeverity: error\n"), "{shown}");
    // What only a newer version has is refused by the server, not lost.
    let mut older = served_as(&ALERT, "v1beta2");
    let fields = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties";
    older.pointer_mut(fields).unwrap().as_object_mut().unwrap().remove("summary");
    cluster.put(older);
    assert_data_eq!(
        cluster.nigari(ALARM).to_string(),
        str![[r#"
------- stderr -------
► applying Alert flux-system/alarm
error: cannot apply Alert flux-system/alarm: failed to create typed patch object (flux-system/alarm; notification.toolkit.fluxcd.io/v1beta2, Kind=Alert): .spec.summary: field not declared in schema
[exit status: 2]

"#]]
    );
}

#[test]
fn a_version_that_nobody_knows_here_is_not_installed() {
    let cluster = Cluster::with(&[]);
    cluster.put(served_as(&KUSTOMIZATION, "v9"));
    let run = cluster.nigari(APPS);
    assert_eq!(run.exit_code(), Some(4), "{run}");
    assert_eq!(cluster.writes(), "");
}

#[test]
fn a_tenant_has_an_account_in_each_of_its_namespaces() {
    let cluster = Cluster::empty();
    let tenant = "create tenant team --with-namespace=front,back";
    assert_data_eq!(
        cluster.nigari(tenant).to_string(),
        str![[r#"
------- stderr -------
► applying Namespace front
✔ Namespace front created
► applying ServiceAccount front/team
✔ ServiceAccount front/team created
► applying RoleBinding front/team-reconciler
✔ RoleBinding front/team-reconciler created
► applying Namespace back
✔ Namespace back created
► applying ServiceAccount back/team
✔ ServiceAccount back/team created
► applying RoleBinding back/team-reconciler
✔ RoleBinding back/team-reconciler created

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
PATCH back/serviceaccounts/team {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"labels":{"toolkit.fluxcd.io/tenant":"team"},"name":"team","namespace":"back"}}
PATCH back {"apiVersion":"v1","kind":"Namespace","metadata":{"labels":{"toolkit.fluxcd.io/tenant":"team"},"name":"back"}}
PATCH front/serviceaccounts/team {"apiVersion":"v1","kind":"ServiceAccount","metadata":{"labels":{"toolkit.fluxcd.io/tenant":"team"},"name":"team","namespace":"front"}}
PATCH front {"apiVersion":"v1","kind":"Namespace","metadata":{"labels":{"toolkit.fluxcd.io/tenant":"team"},"name":"front"}}
PATCH back/rolebindings/team-reconciler {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"labels":{"toolkit.fluxcd.io/tenant":"team"},"name":"team-reconciler","namespace":"back"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"gotk:back:reconciler"},{"kind":"ServiceAccount","name":"team","namespace":"back"}]}
PATCH front/rolebindings/team-reconciler {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding","metadata":{"labels":{"toolkit.fluxcd.io/tenant":"team"},"name":"team-reconciler","namespace":"front"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"cluster-admin"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"gotk:front:reconciler"},{"kind":"ServiceAccount","name":"team","namespace":"front"}]}

"#]]
    );
    assert_data_eq!(
        cluster.nigari(tenant).to_string(),
        str![[r#"
------- stderr -------
► applying Namespace front
✔ Namespace front unchanged
► applying ServiceAccount front/team
✔ ServiceAccount front/team unchanged
► applying RoleBinding front/team-reconciler
✔ RoleBinding front/team-reconciler unchanged
► applying Namespace back
✔ Namespace back unchanged
► applying ServiceAccount back/team
✔ ServiceAccount back/team unchanged
► applying RoleBinding back/team-reconciler
✔ RoleBinding back/team-reconciler unchanged

"#]]
    );
    let other = format!("{tenant} --cluster-role=edit --skip-namespace");
    assert_data_eq!(
        cluster.nigari(&other).to_string(),
        str![[r#"
------- stderr -------
► applying ServiceAccount front/team
✔ ServiceAccount front/team unchanged
► applying RoleBinding front/team-reconciler
error: cannot apply RoleBinding front/team-reconciler: RoleBinding.rbac.authorization.k8s.io "team-reconciler" is invalid: roleRef: Invalid value: {"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"edit"}: cannot change roleRef
  hint: a RoleBinding keeps its role: delete it first, with kubectl delete rolebinding team-reconciler -n front
[exit status: 2]

"#]]
    );
    let dry = "create tenant other --with-namespace=new --dry-run";
    assert_eq!(cluster.nigari(dry).exit_code(), Some(0));
}
