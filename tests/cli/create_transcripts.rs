//! `nigari create`, kind by kind, as its users see it: `create/transcripts/*.txt` hold what is said when an object is
//! created, found unchanged, changed, wrong, forbidden, of a kind that is not installed, and somebody else's.

use std::path::Path;

use kube::api::{Api, DynamicObject, Patch, PatchParams};
use kube::core::{ApiResource, GroupVersionKind};
use nigari::kinds::Kind;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::Cluster;
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use snapbox::{Data, assert_data_eq};

use crate::create_arguments::Files;
use crate::create_kinds::{CASES, Case, apply_as, settled};

/// How each run ends.
const CODES: [(&str, i32); 7] = [
    ("created", 0),
    ("unchanged", 0),
    ("updated", 0),
    ("invalid", 2),
    ("foreign owner", 7),
    ("forbidden", 6),
    ("not installed", 4),
];

/// What has happened so far, as it would stand in a terminal.
struct Transcript(String);

impl Transcript {
    fn new() -> Self {
        Self(String::from("# Rewritten with SNAPSHOTS=overwrite.\n"))
    }

    fn add(&mut self, heading: &str, words: &str, run: &Run) {
        let (_, code) = CODES.iter().find(|(known, _)| *known == heading).unwrap();
        assert_eq!(run.exit_code(), Some(*code), "{heading}: {words}\n{run}");
        self.0 += &format!("\n## {heading}\n$ nigari create {words}\n{run}");
    }

    fn compare(&self, name: &str) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let file = root.join(format!("tests/cli/create/transcripts/{name}.txt"));
        assert_data_eq!(self.0.clone(), Data::read_from(&file, None).raw());
    }
}

fn run(cluster: &Cluster, kind: &Kind, words: &str) -> Run {
    let words: Vec<&str> = ["create"].into_iter().chain(words.split(' ')).collect();
    settled(cluster, kind, "x", &words)
}

fn of_kind(case: &Case) -> Transcript {
    let (kind, words) = (case.kind, case.words.to_owned());
    let cluster = Cluster::with(&[kind]);
    let mut transcript = Transcript::new();
    let changed = format!("{words} {}", case.change);
    let invalid = format!("{words} {}", case.invalid);
    for (heading, words) in
        [("created", &words), ("unchanged", &words), ("updated", &changed), ("invalid", &invalid)]
    {
        transcript.add(heading, words, &run(&cluster, kind, words));
    }
    let live = cluster.get(kind, "x").unwrap();
    let mut theirs = json!({"apiVersion": live["apiVersion"], "kind": live["kind"],
        "metadata": {"name": "x", "namespace": "flux-system"}, "spec": live["spec"]});
    theirs["spec"][case.field.0] = json!(case.field.1);
    apply_as(&cluster, "kustomize-controller", theirs);
    transcript.add("foreign owner", &changed, &run(&cluster, kind, &changed));
    cluster.0.kube().deny(Deny::new("patch", kind.group, kind.plural));
    transcript.add("forbidden", &words, &run(&cluster, kind, &words));
    let without = Cluster::with(&[]);
    transcript.add("not installed", &words, &run(&without, kind, &words));
    transcript
}

#[test]
fn every_kind_says_what_it_does() {
    for case in &CASES {
        of_kind(case).compare(&case.kind.kind.to_lowercase());
    }
}

/// What is made of kinds of Kubernetes itself: every cluster has them.
struct Builtin {
    name: &'static str,
    words: &'static str,
    change: &'static str,
    invalid: &'static str,
    /// Who may not write what: API group and resource.
    denied: (&'static str, &'static str),
    /// What a controller says about an object that is there.
    theirs: fn() -> Value,
}

fn secret(data: Value) -> Value {
    json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x", "namespace": "flux-system"},
        "data": data})
}

const BUILTIN: [Builtin; 10] = [
    Builtin {
        name: "secret-git",
        words: "secret git x --url=https://example.com/a --username=ann --password=b",
        change: "--username=bob",
        invalid: "--url=example.com/a",
        denied: ("", "secrets"),
        theirs: || secret(json!({"username": "ZXZl"})),
    },
    Builtin {
        name: "secret-githubapp",
        words: "secret githubapp x --app-id=1 --app-installation-id=2 --app-private-key=[KEY]",
        change: "--app-id=3",
        invalid: "--app-private-key=/nowhere",
        denied: ("", "secrets"),
        theirs: || secret(json!({"githubAppID": "OQ=="})),
    },
    Builtin {
        name: "secret-helm",
        words: "secret helm x --username=ann --password=b",
        change: "--username=bob",
        invalid: "--tls-crt-file=[CERTIFICATE]",
        denied: ("", "secrets"),
        theirs: || secret(json!({"username": "ZXZl"})),
    },
    Builtin {
        name: "secret-notation",
        words: "secret notation x --trust-policy-file=[POLICY] --ca-cert-file=[CERTIFICATE]",
        change: "--label=a=b",
        invalid: "--trust-policy-file=[KEY]",
        denied: ("", "secrets"),
        theirs: || secret(json!({"trustpolicy.json": "e30="})),
    },
    Builtin {
        name: "secret-oci",
        words: "secret oci x --url=example.com --username=ann --password=b",
        change: "--username=bob",
        invalid: "--url=https://example.com/a",
        denied: ("", "secrets"),
        theirs: || secret(json!({".dockerconfigjson": "e30="})),
    },
    Builtin {
        name: "secret-proxy",
        words: "secret proxy x --address=https://proxy.example.com:3128",
        change: "--address=https://other.example.com",
        invalid: "--address=proxy",
        denied: ("", "secrets"),
        theirs: || secret(json!({"address": "ZXZl"})),
    },
    Builtin {
        name: "secret-receiver",
        words: "secret receiver x --type=github --hostname=flux.example.com --token=abc",
        change: "--token=def",
        invalid: "--hostname=https://flux.example.com",
        denied: ("", "secrets"),
        theirs: || secret(json!({"token": "ZXZl"})),
    },
    Builtin {
        name: "secret-tls",
        words: "secret tls x --ca-crt-file=[CERTIFICATE]",
        change: "--label=a=b",
        invalid: "--tls-crt-file=[CERTIFICATE]",
        denied: ("", "secrets"),
        theirs: || secret(json!({"ca.crt": "ZXZl"})),
    },
    Builtin {
        name: "tofu-runner",
        words: "tofu-runner x --role-arn=arn:aws:iam::123456789012:role/a",
        change: "--role-arn=arn:aws:iam::123456789012:role/b",
        invalid: "--role-arn=role/a",
        denied: ("", "serviceaccounts"),
        theirs: || {
            json!({"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "x",
                "namespace": "flux-system", "annotations": {"eks.amazonaws.com/role-arn": "theirs"}}})
        },
    },
    Builtin {
        name: "tenant",
        words: "tenant x --with-namespace=team",
        change: "--label=team=b",
        invalid: "--with-namespace=Apps",
        denied: ("", "namespaces"),
        theirs: || {
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "team",
                "labels": {"toolkit.fluxcd.io/tenant": "theirs"}}})
        },
    },
];

/// Applies an object of Kubernetes itself as a controller.
fn apply_theirs(cluster: &Cluster, object: Value) {
    let object: DynamicObject = serde_json::from_value(object).unwrap();
    let types = object.types.clone().unwrap();
    let resource = ApiResource::from_gvk(&GroupVersionKind::gvk("", "v1", &types.kind));
    let api: Api<DynamicObject> = match &object.metadata.namespace {
        Some(namespace) => Api::namespaced_with(cluster.0.client(), namespace, &resource),
        None => Api::all_with(cluster.0.client(), &resource),
    };
    let parameters = PatchParams::apply("external-secrets").force();
    let name = object.metadata.name.clone().unwrap();
    cluster.0.block_on(api.patch(&name, &parameters, &Patch::Apply(object))).unwrap();
}

#[test]
fn what_every_cluster_has_is_told_as_well() {
    for builtin in &BUILTIN {
        let cluster = Cluster::with(&[]);
        let files = Files::new();
        let mut transcript = Transcript::new();
        let mut add = |heading: &str, words: &str| {
            let run = cluster.nigari(&format!("create {}", files.named_in(words)));
            transcript.add(heading, words, &run);
        };
        let with = |more: &str| format!("{} {more}", builtin.words);
        add("created", builtin.words);
        add("unchanged", builtin.words);
        add("updated", &with(builtin.change));
        add("invalid", &with(builtin.invalid));
        apply_theirs(&cluster, (builtin.theirs)());
        add("foreign owner", builtin.words);
        let (group, plural) = builtin.denied;
        cluster.0.kube().deny(Deny::new("patch", group, plural));
        add("forbidden", builtin.words);
        transcript.compare(builtin.name);
    }
}
