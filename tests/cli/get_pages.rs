//! `nigari get` of more objects than fit into one answer.

use std::collections::BTreeMap;

use nigari::kinds::Kind;
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::{BUCKET, GIT_REPOSITORY};
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, object};
use serde_json::{Value, json};

/// How many objects there are of each kind, and how many lists they take.
const FLEET: [(&Kind, usize, usize); 4] =
    [(&KUSTOMIZATION, 1200, 3), (&GIT_REPOSITORY, 501, 2), (&HELM_RELEASE, 3, 1), (&BUCKET, 0, 1)];

fn fleet() -> Cluster {
    let cluster = Cluster::with(&FLEET.map(|(kind, ..)| kind));
    for (kind, count, _) in FLEET {
        for number in 0..count {
            let message = format!("message {number} of {kind}");
            let ready = json!({"type": "Ready", "status": "True", "reason": "Any",
                "message": message, "observedGeneration": 1});
            let status = json!({"status": {"conditions": [ready]}});
            cluster.put(object(kind, &format!("app-{number:04}"), status));
        }
    }
    cluster
}

#[test]
fn a_list_takes_one_request_for_500_objects_and_all_lists_two_more() {
    let cluster = fleet();
    let expected: BTreeMap<&str, usize> =
        FLEET.iter().map(|(kind, _, lists)| (kind.plural, *lists)).collect();
    for flags in ["", "-o wide", "-o json", "--not-ready", "--sort-by name"] {
        cluster.0.recorder().clear();
        let run = cluster.nigari(&format!("get all -A {flags}"));
        assert_eq!(run.exit_code(), Some(0), "{flags}: {}", run.stderr());
        let mut lists = BTreeMap::new();
        let mut others = Vec::new();
        for request in cluster.0.recorder().all() {
            let path = request.path.split('?').next().unwrap();
            match FLEET.iter().find(|(kind, ..)| path.ends_with(kind.plural)) {
                Some((kind, ..)) => *lists.entry(kind.plural).or_insert(0) += 1,
                None => others.push(request.path),
            }
        }
        assert_eq!(lists, expected, "{flags}");
        assert!(others.len() <= 2, "{flags}: {others:?}");
    }
}

#[test]
fn every_object_of_every_page_is_shown_once_and_in_order() {
    let cluster = fleet();
    let run = cluster.nigari("get all -A --no-header");
    let shown: Vec<(String, &str)> = run
        .stdout()
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let name = line.split_whitespace().nth(1).unwrap().to_owned();
            (name, &line[line.find("message ").unwrap()..])
        })
        .collect();
    let order: [&Kind; 3] = [&GIT_REPOSITORY, &HELM_RELEASE, &KUSTOMIZATION];
    let mut expected = Vec::new();
    for kind in order {
        let (_, count, _) = FLEET.iter().find(|(known, ..)| known.kind == kind.kind).unwrap();
        let word = kind.kind.to_lowercase();
        expected.extend((0..*count).map(|number| {
            (format!("{word}/app-{number:04}"), format!("message {number} of {kind}"))
        }));
    }
    let shown: Vec<_> = shown.into_iter().map(|(name, told)| (name, told.to_owned())).collect();
    assert!(shown == expected, "{} rows, not {}", shown.len(), expected.len());
    let run = cluster.nigari("get all -A -o json");
    let list: Value = serde_json::from_str(run.stdout()).unwrap();
    let items = list["items"].as_array().unwrap();
    assert_eq!(items.len(), expected.len());
    assert!(items.iter().all(|item| item["metadata"].get("managedFields").is_none()));
}

#[test]
fn what_is_printed_as_it_comes_is_what_a_whole_list_would_be() {
    let cluster = fleet();
    for format in ["json", "yaml"] {
        let printed = cluster.nigari(&format!("get all -A -o {format}"));
        // To sort takes all of it; the kinds are in this order already.
        let sorted = cluster.nigari(&format!("get all -A -o {format} --sort-by .kind"));
        assert_eq!((printed.exit_code(), printed.stderr()), (Some(0), ""), "{format}");
        assert!(printed.stdout() == sorted.stdout(), "{format}: not the same bytes");
    }
}

#[test]
fn a_list_that_breaks_off_is_no_document() {
    for format in ["json", "yaml"] {
        let cluster = fleet();
        let arguments = format!("get ks -A -o {format}");
        let run = cluster.nigari_while(&arguments, "continue=", || {
            cluster.0.faults().arm("kube.request=500").unwrap();
        });
        assert_eq!(run.exit_code(), Some(1), "{format}: {}", run.stderr());
        let told =
            "error: the list that was printed is cut off\n  cause: cannot list kustomizations: ";
        assert!(run.stderr().starts_with(told), "{format}: {}", run.stderr());
        assert!(run.stdout().contains("app-0400"), "{format}: {}", run.stdout().len());
        assert!(serde_json::from_str::<Value>(run.stdout()).is_err(), "{format}");
        assert!(!run.stdout().contains("kind: List"), "{format}");
    }
}

#[test]
fn a_kind_that_cannot_be_listed_is_left_out_of_a_whole_document() {
    let cluster = fleet();
    cluster.0.kube().deny(Deny::new("list", GIT_REPOSITORY.group, GIT_REPOSITORY.plural));
    let run = cluster.nigari("get all -A -o json");
    assert_eq!(run.exit_code(), Some(6), "{}", run.stderr());
    assert!(run.stderr().contains("✗ cannot list gitrepositories: "), "{}", run.stderr());
    let list: Value = serde_json::from_str(run.stdout()).unwrap();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1203));
}
