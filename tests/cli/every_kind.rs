//! Every kind goes through the everyday commands, by the definitions that its controller brings.

use nigari::kinds::{self, Kind, Verb};
use nigari::manifests::yaml;
use nigari_test_support::cluster::{Cluster, object};
use serde_json::{Value, json};

/// The least that the definition of a kind accepts.
fn spec(kind: &Kind) -> Value {
    let git = json!({"kind": "GitRepository", "name": "fleet"});
    match kind.kind {
        "GitRepository" => json!({"interval": "1m", "url": "https://example.com/fleet.git"}),
        "OCIRepository" => json!({"interval": "1m", "url": "oci://example.com/fleet"}),
        "Bucket" => json!({"interval": "1m", "endpoint": "example.com", "bucketName": "fleet"}),
        "HelmRepository" => json!({"url": "https://example.com/charts"}),
        "HelmChart" => json!({"interval": "1m", "chart": "./podinfo", "sourceRef": git}),
        "ArtifactGenerator" => json!({
            "sources": [{"alias": "fleet", "kind": "GitRepository", "name": "fleet"}],
            "artifacts": [{"name": "x", "copy": [{"from": "@fleet/**", "to": "@artifact/"}]}],
        }),
        "ImageRepository" => json!({"interval": "1m", "image": "example.com/app"}),
        "ImagePolicy" => {
            json!({"imageRepositoryRef": {"name": "app"}, "policy": {"semver": {"range": "1.x"}}})
        }
        "ImageUpdateAutomation" => json!({"interval": "1m", "sourceRef": git,
            "git": {"commit": {"author": {"email": "ann@example.com"}}}}),
        "HelmRelease" => {
            json!({"interval": "1m", "chartRef": {"kind": "HelmChart", "name": "podinfo"}})
        }
        "Kustomization" => json!({"interval": "1m", "prune": true, "sourceRef": git}),
        "Terraform" => json!({"interval": "1m", "sourceRef": git}),
        "Receiver" => json!({"type": "github", "secretRef": {"name": "token"}, "resources": [git]}),
        "Provider" => json!({"type": "slack"}),
        "Alert" => json!({"providerRef": {"name": "slack"}, "eventSources": [git]}),
        other => panic!("what does a {other} have to say?"),
    }
}

#[test]
fn every_kind_is_suspended_resumed_exported_and_deleted() {
    let kinds: Vec<_> = kinds::with(Verb::Suspend).collect();
    let cluster = Cluster::with(&kinds);
    for kind in kinds {
        cluster.put(object(kind, "x", json!({"spec": spec(kind)})));
        let words = kind.command_words();
        let run = |verb: &str, flags: &str| {
            let run = cluster.nigari(&format!("{verb} {words} x {flags}"));
            assert_eq!(run.exit_code(), Some(0), "{verb} {words}: {run}");
            run
        };
        let is_suspended = || {
            let object = serde_json::from_value(cluster.get(kind, "x").unwrap()).unwrap();
            kind.is_suspended(&object)
        };
        run("suspend", "--reason=migration");
        assert!(is_suspended(), "{kind}");
        run("resume", "--wait=false");
        assert!(!is_suspended(), "{kind}");
        let exported = run("export", "");
        let manifest = &yaml::documents(exported.stdout()).unwrap()[0];
        let live = cluster.get(kind, "x").unwrap();
        assert_eq!((&manifest["kind"], &manifest["spec"]), (&live["kind"], &live["spec"]));
        run("delete", "--silent");
        assert_eq!(cluster.get(kind, "x"), None, "{kind}");
    }
}
