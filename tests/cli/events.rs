//! `nigari events` and `nigari stats`.

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::notification::ALERT;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, object};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

fn event(name: &str, namespace: &str, of: (&str, &str), severity: &str, last: &str) -> Value {
    let group = match of.0 {
        "Kustomization" => "kustomize.toolkit.fluxcd.io/v1",
        "GitRepository" => "source.toolkit.fluxcd.io/v1",
        _ => "v1",
    };
    json!({
        "apiVersion": "v1", "kind": "Event",
        "metadata": {"name": name, "namespace": namespace},
        "involvedObject": {"apiVersion": group, "kind": of.0, "name": of.1, "namespace": namespace},
        "type": severity, "reason": "Told", "message": format!("about {}", of.1),
        "firstTimestamp": "2020-01-01T00:00:00Z", "lastTimestamp": last, "count": 1,
        "source": {"component": "test"}, "reportingComponent": "test", "reportingInstance": "",
    })
}

fn fleet() -> Cluster {
    let cluster = Cluster::with(&[&GIT_REPOSITORY, &KUSTOMIZATION, &ALERT]);
    let source = json!({"kind": "GitRepository", "name": "fleet", "namespace": "apps"});
    cluster.put(object(
        &KUSTOMIZATION,
        "apps",
        json!({"spec": {"sourceRef": source, "suspend": true}}),
    ));
    for event in [
        event("e1", "flux-system", ("Kustomization", "apps"), "Warning", "2020-01-03T00:00:00Z"),
        event("e2", "flux-system", ("Kustomization", "infra"), "Normal", "2020-01-01T00:00:00Z"),
        event("e3", "flux-system", ("Pod", "web"), "Warning", "2020-01-02T00:00:00Z"),
        event("e4", "apps", ("GitRepository", "fleet"), "Warning", "2020-01-02T00:00:00Z"),
        event("e5", "apps", ("GitRepository", "other"), "Normal", "2020-01-02T00:00:00Z"),
    ] {
        cluster.put(event);
    }
    cluster
}

/// The output without the column of ages, which differ from year to year.
fn without_ages(text: &str) -> String {
    let is_age =
        |word: &&str| word.ends_with('d') && word.starts_with(|c: char| c.is_ascii_digit());
    let line = |line: &str| {
        let words: Vec<_> = line.split_whitespace().filter(|word| !is_age(word)).collect();
        words.join(" ") + "\n"
    };
    text.lines().map(line).collect()
}

#[test]
fn events_of_flux_objects_are_listed_the_newest_last() {
    let cluster = fleet();
    assert_data_eq!(
        without_ages(&cluster.nigari("events").to_string()),
        str![[r#"
LAST SEEN TYPE REASON OBJECT MESSAGE
Normal Told Kustomization/infra about infra
Warning Told Kustomization/apps about apps

"#]]
    );
    assert_data_eq!(
        without_ages(&cluster.nigari("events -A --types warning").to_string()),
        str![[r#"
NAMESPACE LAST SEEN TYPE REASON OBJECT MESSAGE
apps Warning Told GitRepository/fleet about fleet
flux-system Warning Told Kustomization/apps about apps

"#]]
    );
    assert_data_eq!(
        cluster.nigari("events -n default").to_string(),
        str![[r#"
------- stderr -------
⚠️ no events found in default namespace

"#]]
    );
}

#[test]
fn events_for_an_object_have_those_of_its_sources() {
    let cluster = fleet();
    assert_data_eq!(
        without_ages(&cluster.nigari("events --for Kustomization/apps").to_string()),
        str![[r#"
NAMESPACE LAST SEEN TYPE REASON OBJECT MESSAGE
apps Warning Told GitRepository/fleet about fleet
flux-system Warning Told Kustomization/apps about apps

"#]]
    );
    let list: Value =
        serde_json::from_str(cluster.nigari("events --for ks -o json").stdout()).unwrap();
    let names: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|event| &event["metadata"]["name"]).collect();
    assert_eq!(names, ["e2", "e1"]);
    assert_eq!(cluster.nigari("events --for ks/nope").exit_code(), Some(3));
    assert_data_eq!(
        cluster.nigari("events --for Pod/web").to_string(),
        str![[r#"
------- stderr -------
error: invalid value 'Pod/web' for '--for <KIND[/NAME]>': "Pod" is no kind; kinds are OCIRepository, Bucket, GitRepository, HelmRepository, HelmChart, ExternalArtifact, ArtifactGenerator, ImageRepository, ImagePolicy, ImageUpdateAutomation, HelmRelease, Kustomization, Terraform, Receiver, Provider, Alert

For more information, try '--help'.
[exit status: 2]

"#]]
    );
}

#[test]
fn a_watch_goes_on_with_what_happens() {
    let cluster = fleet();
    let mut watch = cluster.start("events --watch --types Warning");
    assert!(watch.line().starts_with("LAST SEEN"));
    assert!(watch.line().ends_with("about apps"));
    cluster.0.kube().drop_watches();
    cluster.put(event(
        "e6",
        "flux-system",
        ("Kustomization", "infra"),
        "Normal",
        "2020-02-01T00:00:00Z",
    ));
    cluster.put(event(
        "e7",
        "flux-system",
        ("Kustomization", "web"),
        "Warning",
        "2020-02-01T00:00:00Z",
    ));
    assert!(watch.line().ends_with("about web"));
    let mut again =
        event("e7", "flux-system", ("Kustomization", "web"), "Warning", "2020-02-02T00:00:00Z");
    again["count"] = json!(2);
    cluster.put(again);
    let counted = watch.line();
    assert!(counted.contains(" (x2 over ") && counted.ends_with("about web"), "{counted}");
}

#[test]
fn a_watch_tells_events_as_json() {
    let cluster = fleet();
    let mut watch = cluster.start("events --for ks/apps --watch -o json");
    let mut told = || serde_json::from_str::<Value>(&watch.line()).unwrap();
    for name in ["e4", "e1"] {
        let event = told();
        assert_eq!(
            (&event["type"], &event["object"]["metadata"]["name"]),
            (&json!("ADDED"), &json!(name))
        );
    }
}

#[test]
fn each_kind_is_counted() {
    let cluster = fleet();
    let failed = json!({"conditions": [{"type": "Ready", "status": "False", "reason": "Any", "message": "no"}]});
    cluster.put(object(&KUSTOMIZATION, "infra", json!({"status": failed})));
    for (name, size) in [("fleet", 1024), ("other", 512)] {
        cluster.put(object(&GIT_REPOSITORY, name, json!({"status": {"artifact": {"size": size}}})));
    }
    assert_data_eq!(
        cluster.nigari("stats").to_string(),
        str![[r#"
RECONCILERS     RUNNING   FAILING   SUSPENDED   STORAGE
GitRepository   2         0         0           1.5 KiB
Kustomization   1         1         1           -
Alert           0         0         0           -

"#]]
    );
    assert_data_eq!(
        cluster.nigari("stats -n apps -o json").to_string(),
        str![[r#"
[
  {
    "group": "source.toolkit.fluxcd.io",
    "kind": "GitRepository",
    "total": 0,
    "running": 0,
    "failing": 0,
    "suspended": 0,
    "storageBytes": 0
  },
  {
    "group": "kustomize.toolkit.fluxcd.io",
    "kind": "Kustomization",
    "total": 0,
    "running": 0,
    "failing": 0,
    "suspended": 0,
    "storageBytes": 0
  },
  {
    "group": "notification.toolkit.fluxcd.io",
    "kind": "Alert",
    "total": 0,
    "running": 0,
    "failing": 0,
    "suspended": 0,
    "storageBytes": 0
  }
]

"#]]
    );
    cluster.0.kube().deny(Deny::new("list", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(
        cluster.nigari("stats -A").to_string(),
        str![[r#"
RECONCILERS     RUNNING   FAILING   SUSPENDED   STORAGE
GitRepository   2         0         0           1.5 KiB
Alert           0         0         0           -
------- stderr -------
✗ cannot list kustomizations: kustomizations.kustomize.toolkit.fluxcd.io is forbidden: User "admin" cannot list resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" at the cluster scope
error: 1 of 3 installed kinds could not be listed
[exit status: 6]

"#]]
    );
}
