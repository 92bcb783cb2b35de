//! The deepest cause of faults that are really there, in the same words from the sandbox's API and a real one.

use std::fmt::Write as _;
use std::fs;

use nigari_sandbox::charts::Chart;
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use serde_json::{Value, json};

/// The Kustomizations of the story: name, more of its spec, what it applies.
const STORY: [(&str, &str, &str); 10] = [
    ("pull", "", "image: ghcr.io/acme/absent:1"),
    ("behind-pull", "dependsOn: [{name: pull}]", ""),
    ("pending", "", "image: ghcr.io/acme/pending:1"),
    (
        "key",
        "",
        "image: ghcr.io/acme/key:1
          env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: credentials, key: password}}}]",
    ),
    ("quota", "", "image: ghcr.io/acme/quota:1"),
    ("one", "dependsOn: [{name: two}]", ""),
    ("two", "dependsOn: [{name: one}]", ""),
    ("definition", "", ""),
    ("locked", "decryption: {provider: sops, secretRef: {name: no-such-key}}", ""),
    ("parent", "", ""),
];

const CREDENTIALS: &str = "apiVersion: v1
kind: Secret
metadata: {name: credentials, namespace: flux-system}
stringData: {user: ann}
";

const WIDGET: &str = "apiVersion: example.com/v1
kind: Widget
metadata: {name: wheel, namespace: flux-system}
";

/// A namespace in which no ConfigMap can be written: nobody answers where it would be validated.
const HOOK: &str = "apiVersion: v1
kind: Namespace
metadata: {name: hooked, labels: {hooked: yes-it-is}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: hooked}
webhooks:
  - name: hook.example.com
    admissionReviewVersions: [v1]
    sideEffects: None
    namespaceSelector: {matchLabels: {hooked: yes-it-is}}
    rules: [{apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]
    clientConfig: {service: {namespace: hooked, name: hook}}
";

const HOOKED: &str = "apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: hooked}
";

const QUOTA: &str = "apiVersion: v1
kind: ResourceQuota
metadata: {name: none-of-them, namespace: full}
spec: {hard: {pods: '0'}}
---
apiVersion: v1
kind: Namespace
metadata: {name: full}
";

/// Releases of a chart: of a version that there is not, of an image that there is not, of values that there
/// are not, and one that waits for another.
const RELEASES: [(&str, &str, &str); 4] = [
    ("version", "9.x", ""),
    ("release", "1.x", "values: {image: 'ghcr.io/acme/absent:2'}"),
    ("values", "1.x", "valuesFrom: [{kind: Secret, name: credentials}]"),
    ("behind-release", "1.x", "dependsOn: [{name: release}]"),
];

/// A release whose Pod never starts, which nobody waits for, and whose chart is about to get a bad template.
const FAULTY: &str = "---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: faulty, namespace: flux-system}
spec:
  interval: 10m
  timeout: 2s
  install: {disableWait: true}
  chart: {spec: {chart: faulty, version: 1.x, sourceRef: {kind: HelmRepository, name: charts}}}
  values: {image: 'ghcr.io/acme/absent:3'}
";

/// A source whose host nobody knows, and what is built from it.
const NOWHERE: &str = "---
apiVersion: source.toolkit.fluxcd.io/v1
kind: GitRepository
metadata: {name: nowhere, namespace: flux-system}
spec: {interval: 10m, url: 'https://nowhere.example/acme/fleet'}
---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: from-nowhere, namespace: flux-system}
spec: {interval: 10m, prune: true, sourceRef: {kind: GitRepository, name: nowhere}}
";

#[test]
fn faults_are_named_in_the_sandbox() {
    tell(crate::sandbox());
}

#[test]
fn faults_are_named_on_a_real_control_plane() {
    let Some((fleet, _turn)) = crate::real() else { return };
    if fleet.sandbox.control_plane().is_none() {
        println!("skipped: no fault of ours reaches the node of a given cluster");
        return;
    }
    tell(fleet);
}

fn tell(fleet: Fleet) {
    let faults = [
        "workload.pull=acme/absent",
        "workload.pending=pending",
        "workload.quota=quota",
        "source.dns=nowhere.example",
    ];
    for fault in faults {
        fleet.sandbox.faults().arm(fault).unwrap();
    }
    let bootstrapped = fleet.bootstrap("");
    assert_eq!(bootstrapped.exit_code(), Some(0), "{bootstrapped}");
    write(&fleet);
    let synced = fleet.nigari("reconcile ks flux-system --with-source");
    assert_eq!(synced.exit_code(), Some(0), "{synced}");
    for (target, words) in [
        (
            "ks pull",
            &["Pod flux-system/pull-", "container main: ImagePullBackOff", "acme/absent"][..],
        ),
        ("ks behind-pull", &["Pod flux-system/pull-", "ImagePullBackOff"]),
        ("ks pending", &["Pod flux-system/pending-", "Unschedulable: 0/1 nodes are available"]),
        (
            "ks key",
            &[
                "Pod flux-system/key-",
                "CreateContainerConfigError: couldn't find key password in Secret flux-system/credentials",
            ],
        ),
        ("ks locked", &["Secret flux-system/no-such-key does not exist"]),
        ("ks quota", &["ReplicaSet full/quota-", "FailedCreate", "exceeded quota"]),
        ("ks one", &["dependency cycle: one → two → one"]),
        (
            "ks definition",
            &["Kustomization flux-system/definition: ", "no matches for kind \"Widget\""],
        ),
        ("hr version", &["HelmChart flux-system/flux-system-version: ", "version matching '9.x'"]),
        ("hr values", &["HelmRelease flux-system/values: ValuesError: ", "key 'values.yaml'"]),
        ("hr behind-release", &["Pod flux-system/release-", "ImagePullBackOff", "acme/absent"]),
        ("ks from-nowhere", &["GitRepository flux-system/nowhere: ", "no such host"]),
        ("source git refused", &["GitRepository flux-system/refused: ", "authentication"]),
    ] {
        expect(&fleet, target, words);
    }
    if fleet.sandbox.is_real() {
        let words =
            ["Kustomization flux-system/hooked: ", "failed calling webhook", "hook.example.com"];
        expect(&fleet, "ks hooked", &words);
    }
    tell_of_a_suspended_parent(&fleet);
    tell_of_a_bad_template(&fleet);
    fleet.sandbox.faults().clear("workload.pull");
    assert_eq!(fleet.sandbox.troubles(), [""; 0]);
}

/// What an object waits for is not there, since who would apply it is suspended.
fn tell_of_a_suspended_parent(fleet: &Fleet) {
    expect(fleet, "ks child", &["Kustomization flux-system/later does not exist"]);
    let suspended = fleet.nigari("suspend ks parent");
    assert_eq!(suspended.exit_code(), Some(0), "{suspended}");
    fleet.commit("parent/later.yaml", &kustomization("later", ""));
    expect(fleet, "ks child", &["Kustomization flux-system/parent is suspended"]);
}

/// An upgrade that cannot be rendered is no fault of the Pods of the release that is there.
fn tell_of_a_bad_template(fleet: &Fleet) {
    let is_installed = || {
        let releases = fleet.nigari("get hr faulty -o json");
        let releases: Value = serde_json::from_str(releases.stdout()).unwrap_or_default();
        releases["items"][0]["status"]["history"][0]["status"] == "deployed"
    };
    fleet.until("the release is installed", is_installed);
    let chart = Chart::deployment("faulty", "1.1.0");
    let chart = chart.file("templates/bad.yaml", "a: {{ .Values.nothing.there }}\n");
    fleet.sandbox.charts().publish(&chart).unwrap();
    let failed = fleet.nigari("reconcile hr faulty --with-source --error-budget=1s");
    assert_eq!(failed.exit_code(), Some(1), "{failed}");
    assert!(failed.stderr().contains("reconciliation failed: UpgradeFailed: "), "{failed}");
    assert!(!failed.stderr().contains("held up"), "{failed}");
    let words = ["HelmRelease flux-system/faulty: UpgradeFailed: ", "<.Values.nothing.there>"];
    expect(fleet, "hr faulty", &words);
}

/// Commits the story, all of it in two steps: what the Kustomizations are to find, then themselves.
fn write(fleet: &Fleet) {
    let mut all = String::new();
    for (name, spec, container) in STORY {
        all += &kustomization(name, spec);
        fleet.commit(&format!("{name}/settings.yaml"), &settings(name));
        if !container.is_empty() {
            fleet.commit(&format!("{name}/deployment.yaml"), &deployment(name, container));
        }
    }
    fleet.commit("key/credentials.yaml", CREDENTIALS);
    fleet.commit("definition/widget.yaml", WIDGET);
    fleet.commit("quota/quota.yaml", QUOTA);
    if fleet.sandbox.is_real() {
        fleet.commit("hook/hook.yaml", HOOK);
        fleet.commit("hooked/settings.yaml", HOOKED);
        all += &kustomization("hook", "");
        all += &kustomization("hooked", "dependsOn: [{name: hook}]");
    }
    fleet.sandbox.charts().publish(&Chart::deployment("podinfo", "1.0.0")).unwrap();
    RELEASES.iter().for_each(|release| all += &helm_release(*release));
    fleet.commit("parent/child.yaml", &kustomization("child", "dependsOn: [{name: later}]"));
    fleet.commit("child/settings.yaml", &settings("child"));
    fleet.sandbox.charts().publish(&Chart::deployment("faulty", "1.0.0")).unwrap();
    all += FAULTY;
    all += NOWHERE;
    let certificates = fs::read_to_string(fleet.sandbox.certificate_file()).unwrap();
    let origin = fleet.sandbox.github_origin();
    let repository = format!("{origin}/{}/{REPOSITORY}.git", fleet.sandbox.owner());
    for object in [
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": about("charts"),
            "stringData": {"ca.crt": certificates}}),
        json!({"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "HelmRepository",
            "metadata": about("charts"), "spec": {"interval": "10m", "url": format!("{origin}/charts"),
                "certSecretRef": {"name": "charts"}}}),
        json!({"apiVersion": "v1", "kind": "Secret", "metadata": about("refused"),
            "stringData": {"ca.crt": certificates, "username": "git", "password": "wrong"}}),
        json!({"apiVersion": "source.toolkit.fluxcd.io/v1", "kind": "GitRepository",
            "metadata": about("refused"), "spec": {"interval": "10m", "url": repository,
                "secretRef": {"name": "refused"}}}),
    ] {
        writeln!(all, "---\n{object}").unwrap();
    }
    fleet.commit("clusters/production/story.yaml", &all);
}

fn about(name: &str) -> Value {
    json!({"name": name, "namespace": "flux-system"})
}

fn helm_release((name, version, more): (&str, &str, &str)) -> String {
    format!(
        "---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {{name: {name}, namespace: flux-system}}
spec:
  interval: 10m
  timeout: 2s
  chart: {{spec: {{chart: podinfo, version: {version}, sourceRef: {{kind: HelmRepository, name: charts}}}}}}
  {more}
"
    )
}

fn kustomization(name: &str, spec: &str) -> String {
    let mut text = format!(
        "---
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {{name: {name}, namespace: flux-system}}
spec:
  interval: 10m
  retryInterval: 2s
  timeout: 2s
  path: ./{name}
  prune: true
  wait: true
  sourceRef: {{kind: GitRepository, name: flux-system}}
"
    );
    if !spec.is_empty() {
        writeln!(text, "  {spec}").unwrap();
    }
    text
}

fn settings(name: &str) -> String {
    format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: flux-system}}\n")
}

fn deployment(name: &str, container: &str) -> String {
    let namespace = if name == "quota" { "full" } else { "flux-system" };
    format!(
        "apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, namespace: {namespace}}}
spec:
  replicas: 1
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      containers:
        - name: main
          {container}
"
    )
}

/// Asks until the first line holds all of `words`: the fault has to come to light first.
#[track_caller]
fn expect(fleet: &Fleet, target: &str, words: &[&str]) {
    let mut told = String::new();
    fleet.until(&format!("{target} is explained by {words:?}"), || {
        let run = fleet.nigari(&format!("why {target}"));
        run.to_string().clone_into(&mut told);
        let first = run.stdout().lines().next().unwrap_or_default();
        run.exit_code() == Some(1) && words.iter().all(|word| first.contains(word))
    });
    assert!(!told.contains("not seen: "), "{told}");
}
