//! `nigari create`, the same promises for every kind.

use std::process::Stdio;

use kube::api::{Api, DynamicObject, Patch, PatchParams};
use kube::core::ApiResource;
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::image::{IMAGE_POLICY, IMAGE_REPOSITORY, IMAGE_UPDATE_AUTOMATION};
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::notification::{ALERT, PROVIDER, RECEIVER};
use nigari::kinds::source::{BUCKET, GIT_REPOSITORY, HELM_CHART, HELM_REPOSITORY, OCI_REPOSITORY};
use nigari::kinds::terraform::TERRAFORM;
use nigari::kinds::{self, Kind};
use nigari_sandbox::kube::Deny;
use nigari_test_support::PATIENCE;
use nigari_test_support::cluster::Cluster;
use nigari_test_support::program::command;
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use tokio::time::{Duration, sleep, timeout};

/// How an object `x` of a kind is created, and an argument that changes it.
pub(crate) struct Case {
    pub(crate) kind: &'static Kind,
    pub(crate) words: &'static str,
    pub(crate) change: &'static str,
    /// An argument that cannot be.
    pub(crate) invalid: &'static str,
    /// The field that changes, and what a controller might have said there.
    pub(crate) field: (&'static str, &'static str),
}

pub(crate) const CASES: [Case; 14] = [
    Case {
        kind: &KUSTOMIZATION,
        words: "kustomization x --source=fleet",
        change: "--path=./apps",
        invalid: "--path=../x",
        field: ("path", "./git"),
    },
    Case {
        kind: &HELM_RELEASE,
        words: "helmrelease x --chart-ref=HelmChart/app",
        change: "--release-name=web",
        invalid: "--depends-on=a@f(x",
        field: ("releaseName", "git"),
    },
    Case {
        kind: &GIT_REPOSITORY,
        words: "source git x --branch=main --url=https://example.com/a",
        change: "--url=https://example.com/b",
        invalid: "--url=git@github.com:a/b",
        field: ("url", "https://example.com/git"),
    },
    Case {
        kind: &HELM_REPOSITORY,
        words: "source helm x --url=https://example.com/a",
        change: "--url=https://example.com/b",
        invalid: "--url=ftp://example.com",
        field: ("url", "https://example.com/git"),
    },
    Case {
        kind: &OCI_REPOSITORY,
        words: "source oci x --tag=v1 --url=oci://example.com/a",
        change: "--url=oci://example.com/b",
        invalid: "--url=https://example.com",
        field: ("url", "oci://example.com/git"),
    },
    Case {
        kind: &BUCKET,
        words: "source bucket x --bucket-name=a --endpoint=minio",
        change: "--bucket-name=b",
        invalid: "--endpoint=https://minio",
        field: ("bucketName", "git"),
    },
    Case {
        kind: &HELM_CHART,
        words: "source chart x --source=HelmRepository/a --chart=a",
        change: "--chart=b",
        invalid: "--source=Secret/a",
        field: ("chart", "git"),
    },
    Case {
        kind: &IMAGE_REPOSITORY,
        words: "image repository x --image=example.com/a",
        change: "--image=example.com/b",
        invalid: "--image=example.com/a:v1",
        field: ("image", "example.com/git"),
    },
    Case {
        kind: &IMAGE_POLICY,
        words: "image policy x --image-ref=a --select-semver=1.x",
        change: "--reflect-digest=IfNotPresent",
        invalid: "--filter-regex=(",
        field: ("digestReflectionPolicy", "Never"),
    },
    Case {
        kind: &IMAGE_UPDATE_AUTOMATION,
        words: "image update x --git-repo-ref=a --checkout-branch=main --author-name=a --author-email=a@b",
        change: "--interval=5m",
        invalid: "--interval=soon",
        field: ("interval", "7m0s"),
    },
    Case {
        kind: &RECEIVER,
        words: "receiver x --type=github --secret-ref=token --resource=GitRepository/a",
        change: "--type=gitlab",
        invalid: "--resource=Secret/a",
        field: ("type", "quay"),
    },
    Case {
        kind: &TERRAFORM,
        words: "terraform x --source=fleet --approve=auto",
        change: "--path=./vpc",
        invalid: "--var=1x=2",
        field: ("path", "./git"),
    },
    Case {
        kind: &PROVIDER,
        words: "alert-provider x --type=slack",
        change: "--channel=alerts",
        invalid: "--type=pigeon",
        field: ("channel", "git"),
    },
    Case {
        kind: &ALERT,
        words: "alert x --provider-ref=slack --event-source=Kustomization/*",
        change: "--summary=down",
        invalid: "--event-source=Pod/a",
        field: ("summary", "git"),
    },
];

/// Runs nigari, while a controller finds the object ready as soon as it is there or changed.
pub(crate) fn settled(cluster: &Cluster, kind: &Kind, name: &str, words: &[&str]) -> Run {
    let mut nigari = command(&cluster.0, "");
    nigari.args(words).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = nigari.spawn().unwrap();
    let settle = async {
        while child.try_wait().unwrap().is_none() {
            if let Some(object) = cluster.get(kind, name) {
                make_ready(cluster, kind, object);
            }
            sleep(Duration::from_millis(20)).await;
        }
    };
    let ended = cluster.0.block_on(async { timeout(PATIENCE, settle).await });
    assert!(ended.is_ok(), "{words:?} never came to its end");
    Run::of(&cluster.0, child.wait_with_output().unwrap())
}

/// Gives an object the status of a success at its generation.
fn make_ready(cluster: &Cluster, kind: &Kind, mut object: Value) {
    let generation = object["metadata"]["generation"].clone();
    if object.pointer("/status/observedGeneration") == Some(&generation) {
        return;
    }
    object["status"] = json!({"observedGeneration": generation, "conditions": [{
        "type": "Ready", "status": "True", "reason": "Succeeded", "message": "done",
        "observedGeneration": generation, "lastTransitionTime": "2026-01-01T00:00:00Z",
    }]});
    if kind == &KUSTOMIZATION {
        object["status"]["lastAppliedRevision"] = json!("main@sha1:0123");
    }
    cluster.put(object);
}

/// Applies an object as somebody else.
pub(crate) fn apply_as(cluster: &Cluster, manager: &str, mut object: Value) {
    object["metadata"].as_object_mut().unwrap().remove("generation");
    let object: DynamicObject = serde_json::from_value(object).unwrap();
    let kind = kinds::of_api_kind(&object.types.as_ref().unwrap().kind).unwrap();
    let resource: ApiResource = kind.resource(kind.versions[0]);
    let api = Api::<DynamicObject>::namespaced_with(cluster.0.client(), "flux-system", &resource);
    let name = object.metadata.name.clone().unwrap();
    let parameters = PatchParams::apply(manager).force();
    cluster.0.block_on(api.patch(&name, &parameters, &Patch::Apply(object))).unwrap();
    cluster.0.recorder().clear();
}

fn create(cluster: &Cluster, case: &Case, more: &[&str]) -> Run {
    let words = ["create"].into_iter().chain(case.words.split(' ')).chain(more.iter().copied());
    settled(cluster, case.kind, "x", &words.collect::<Vec<_>>())
}

/// Says what a run ended with and the line that says what was done.
fn told(run: &Run) -> (Option<i32>, String) {
    let done = |line: &&str| line.starts_with('✔') && line.contains("flux-system/x");
    let line = run.stderr().lines().find(done).unwrap_or_else(|| panic!("{run}"));
    (run.exit_code(), line.rsplit(' ').next().unwrap().to_owned())
}

#[test]
fn every_kind_is_created_left_alone_and_changed() {
    let kinds: Vec<&Kind> = CASES.iter().map(|case| case.kind).collect();
    let cluster = Cluster::with(&kinds);
    for case in &CASES {
        let words = |word: &str| (Some(0), word.to_owned());
        assert_eq!(told(&create(&cluster, case, &[])), words("created"), "{}", case.words);
        cluster.0.recorder().clear();
        assert_eq!(told(&create(&cluster, case, &[])), words("unchanged"), "{}", case.words);
        assert_eq!(cluster.writes(), "", "{}", case.words);
        let changed = create(&cluster, case, &[case.change]);
        assert_eq!(told(&changed), words("configured"), "{}", case.words);
    }
}

#[test]
fn no_kind_takes_the_fields_of_a_controller_by_itself() {
    let kinds: Vec<&Kind> = CASES.iter().map(|case| case.kind).collect();
    let cluster = Cluster::with(&kinds);
    for case in &CASES {
        let run = create(&cluster, case, &[case.change]);
        assert_eq!(run.exit_code(), Some(0), "{run}");
        let live = cluster.get(case.kind, "x").unwrap();
        let mut theirs = json!({"apiVersion": live["apiVersion"], "kind": live["kind"],
            "metadata": {"name": "x", "namespace": "flux-system"}, "spec": live["spec"]});
        theirs["spec"][case.field.0] = json!(case.field.1);
        apply_as(&cluster, "kustomize-controller", theirs);
        let refused = create(&cluster, case, &[case.change]);
        assert_eq!(refused.exit_code(), Some(7), "{refused}");
        let words = format!("kustomize-controller manages .spec.{}", case.field.0);
        assert!(refused.stderr().contains(&words), "{refused}");
        let forced = create(&cluster, case, &[case.change, "--force"]);
        assert_eq!(told(&forced), (Some(0), "configured".to_owned()));
    }
}

#[test]
fn every_kind_says_when_it_is_missing_forbidden_or_wrong() {
    let kinds: Vec<&Kind> = CASES.iter().map(|case| case.kind).collect();
    let cluster = Cluster::with(&kinds);
    let without = Cluster::with(&[]);
    for case in &CASES {
        let run = |cluster: &Cluster, more: &str| {
            cluster.nigari(&format!("create {} {more}", case.words))
        };
        assert_eq!(run(&without, "").exit_code(), Some(4), "{}", case.words);
        assert_eq!(run(&cluster, "--label=a=/").exit_code(), Some(2), "{}", case.words);
        assert_eq!(run(&cluster, "--interval=soon").exit_code(), Some(2), "{}", case.words);
        cluster.0.kube().deny(Deny::new("patch", case.kind.group, case.kind.plural));
        let denied = run(&cluster, "");
        assert_eq!(denied.exit_code(), Some(6), "{denied}");
        assert!(denied.stderr().contains("is forbidden"), "{denied}");
    }
    assert_eq!(cluster.writes().lines().filter(|line| !line.ends_with("403")).count(), 0);
}
