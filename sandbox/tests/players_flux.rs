//! The source and kustomize players, in a cluster made by hand: no nigari is involved.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use nigari_sandbox::github::{RepositoryOptions, Visibility};
use nigari_sandbox::sandbox::Sandbox;
use serde_json::{Value, json};
use support::*;

fn config_maps() -> kube::core::ApiResource {
    resource("", "ConfigMap", "configmaps")
}

/// A running installation whose source is fetched over SSH; the id of its deploy key.
fn fleet() -> (Sandbox, u64) {
    let sandbox = Sandbox::start().unwrap();
    install(&sandbox);
    let key = ssh_secret(&sandbox);
    git_repository(&sandbox, &ssh_url(&sandbox));
    (sandbox, key)
}

fn ready_source(sandbox: &Sandbox) -> Value {
    let ready =
        |object: &Value| is(object, "Ready", "True") && object["status"]["observedGeneration"] == 1;
    wait(sandbox, &git_repositories(), NAMESPACE, "Ready=True", ready)
}

/// Commits a file and waits until the source holds that commit.
fn publish(sandbox: &Sandbox, path: &str, content: &str) {
    let head = commit(sandbox, path, content);
    request(sandbox, &git_repositories(), NAMESPACE, &head);
    let revision = format!("main@sha1:{head}");
    wait(sandbox, &git_repositories(), NAMESPACE, &revision, |object| {
        object["status"]["artifact"]["revision"] == revision.as_str()
    });
}

fn ready_kustomization(sandbox: &Sandbox, name: &str) -> Value {
    let ready =
        |object: &Value| is(object, "Ready", "True") && object["status"]["observedGeneration"] == 1;
    wait(sandbox, &kustomizations(), name, "Ready=True", ready)
}

#[test]
fn nothing_reconciles_while_the_controller_is_down() {
    let sandbox = Sandbox::start().unwrap();
    namespace(&sandbox);
    crds(&sandbox);
    repository(&sandbox);
    ssh_secret(&sandbox);
    git_repository(&sandbox, &ssh_url(&sandbox));
    // The workloads player always acts; once it has, the others would have begun as well.
    controller(&sandbox, "bystander");
    let untouched = get(&sandbox, &git_repositories(), NAMESPACE).unwrap();
    assert_eq!(untouched["metadata"]["finalizers"], Value::Null, "{untouched:#}");

    controller(&sandbox, "source-controller");
    ready_source(&sandbox);

    merge(&sandbox, &deployments(), "source-controller", json!({"spec": {"replicas": 0}}));
    let is_down = |object: &Value| object["status"]["availableReplicas"].is_null();
    wait(&sandbox, &deployments(), "source-controller", "no replica", is_down);
    request(&sandbox, &git_repositories(), NAMESPACE, "while-down");
    controller(&sandbox, "another-bystander");
    let asleep = get(&sandbox, &git_repositories(), NAMESPACE).unwrap();
    assert_eq!(asleep["status"]["lastHandledReconcileAt"], Value::Null);

    merge(&sandbox, &deployments(), "source-controller", json!({"spec": {"replicas": 1}}));
    wait(&sandbox, &git_repositories(), NAMESPACE, "its request handled", handled("while-down"));
}

#[test]
fn a_commit_reaches_the_cluster() {
    let (sandbox, _) = fleet();
    let head = commit(&sandbox, "clusters/test/b.yaml", &config_map("b", "1"));
    request(&sandbox, &git_repositories(), NAMESPACE, "first");
    let revision = format!("main@sha1:{head}");
    let source = wait(&sandbox, &git_repositories(), NAMESPACE, "the head", |object| {
        object["status"]["artifact"]["revision"] == revision.as_str()
            && is(object, "Ready", "True")
            && handled("first")(object)
    });
    assert_reason(&source, "Ready", "True", "Succeeded");
    assert_reason(&source, "ArtifactInStorage", "True", "Succeeded");
    let message = format!("stored artifact for revision '{revision}'");
    assert_eq!(condition(&source, "Ready")["message"], message);
    assert_eq!(condition(&source, "Reconciling"), &Value::Null);
    assert_contains(&source["status"]["artifact"]["digest"], "sha256:");

    kustomization(&sandbox, "apps", &json!({}));
    let applied = ready_kustomization(&sandbox, "apps");
    assert_reason(&applied, "Ready", "True", "ReconciliationSucceeded");
    assert_eq!(condition(&applied, "Ready")["message"], format!("Applied revision: {revision}"));
    assert_eq!(applied["status"]["lastAppliedRevision"], revision);
    let entries = json!([
        {"id": "flux-system_a__ConfigMap", "v": "v1"},
        {"id": "flux-system_b__ConfigMap", "v": "v1"},
    ]);
    assert_eq!(applied["status"]["inventory"]["entries"], entries);
    let a = get(&sandbox, &config_maps(), "a").unwrap();
    assert_eq!(a["metadata"]["labels"]["kustomize.toolkit.fluxcd.io/name"], "apps");
    assert_eq!(a["metadata"]["managedFields"][0]["manager"], "kustomize-controller");

    // A new commit replaces b by c; the source is asked, the Kustomization follows by itself.
    let list = "resources: [a.yaml, c.yaml]\n";
    commit(&sandbox, "clusters/test/c.yaml", &config_map("c", "1"));
    let head = commit(&sandbox, "clusters/test/kustomization.yaml", list);
    request(&sandbox, &git_repositories(), NAMESPACE, "second");
    let revision = format!("main@sha1:{head}");
    wait(&sandbox, &kustomizations(), "apps", "the new head", |object| {
        object["status"]["lastAppliedRevision"] == revision.as_str() && is(object, "Ready", "True")
    });
    assert!(get(&sandbox, &config_maps(), "b").is_none(), "b is pruned");
    assert!(get(&sandbox, &config_maps(), "c").is_some());

    let reasons: Vec<_> =
        events(&sandbox, "GitRepository").into_iter().map(|(reason, _)| reason).collect();
    assert!(reasons.contains(&"NewArtifact".to_owned()), "{reasons:?}");
    let told = events(&sandbox, "Kustomization");
    let pruned = ("Progressing".to_owned(), "ConfigMap/flux-system/b deleted".to_owned());
    assert!(told.contains(&pruned), "{told:?}");
    assert_eq!(sandbox.troubles(), Vec::<String>::new());
}

#[test]
fn a_deleted_deploy_key_stops_the_source_until_there_is_another() {
    let (sandbox, key) = fleet();
    let before = ready_source(&sandbox);
    sandbox.github().delete_deploy_key(sandbox.owner(), REPOSITORY, key);
    request(&sandbox, &git_repositories(), NAMESPACE, "locked-out");
    let failed = wait(&sandbox, &git_repositories(), NAMESPACE, "a failure", |object| {
        is(object, "Ready", "False") && handled("locked-out")(object)
    });
    assert_reason(&failed, "Ready", "False", "GitOperationFailed");
    assert_reason(&failed, "FetchFailed", "True", "GitOperationFailed");
    assert_reason(&failed, "Reconciling", "True", "ProgressingWithRetry");
    assert_contains(
        &condition(&failed, "Ready")["message"],
        "ssh: handshake failed: ssh: unable to authenticate, attempted methods [none publickey]",
    );
    assert_eq!(failed["status"]["artifact"], before["status"]["artifact"], "the last one stays");

    let public = get(&sandbox, &secrets(), NAMESPACE).unwrap()["data"]["identity.pub"].clone();
    let public = base64_text(&public);
    add_deploy_key(&sandbox, &public);
    // No request: it retries by itself.
    ready_source(&sandbox);
}

fn base64_text(value: &Value) -> String {
    use base64::Engine as _;
    let engine = base64::engine::general_purpose::STANDARD;
    String::from_utf8(engine.decode(value.as_str().unwrap()).unwrap()).unwrap()
}

#[test]
fn a_failure_of_a_new_generation_is_not_observed() {
    let (sandbox, _) = fleet();
    ready_source(&sandbox);
    let patch = json!({"spec": {"ref": {"branch": "gone"}}});
    merge(&sandbox, &git_repositories(), NAMESPACE, patch);
    let failed = wait(&sandbox, &git_repositories(), NAMESPACE, "a failure", |object| {
        is(object, "Ready", "False") && is(object, "FetchFailed", "True")
    });
    assert_eq!(condition(&failed, "Ready")["observedGeneration"], 2);
    assert_eq!(failed["status"]["observedGeneration"], 1);
    assert_contains(
        &condition(&failed, "Ready")["message"],
        "couldn't find remote ref \"refs/heads/gone\"",
    );
}

#[test]
fn a_secret_must_really_work() {
    let sandbox = Sandbox::start().unwrap();
    install(&sandbox);
    git_repository(&sandbox, &ssh_url(&sandbox));
    let failure = |token: &str| {
        request(&sandbox, &git_repositories(), NAMESPACE, token);
        wait(&sandbox, &git_repositories(), NAMESPACE, "a failure", |object| {
            is(object, "Ready", "False") && handled(token)(object)
        })
    };
    let failed = failure("no-secret");
    assert_reason(&failed, "Ready", "False", "AuthenticationFailed");
    assert_contains(&condition(&failed, "Ready")["message"], "secrets \"flux-system\" not found");

    ssh_secret(&sandbox);
    let spoil = |data: Value| merge(&sandbox, &secrets(), NAMESPACE, json!({"stringData": data}));
    let other_key = format!("localhost {}", key_pair().1);
    for (token, known_hosts, message) in [
        ("unknown-host", format!("example.com {}", key_pair().1), "knownhosts: key is unknown"),
        ("other-key", other_key, "ssh: handshake failed: knownhosts: key mismatch"),
    ] {
        spoil(json!({"known_hosts": known_hosts}));
        let failed = failure(token);
        assert_reason(&failed, "Ready", "False", "GitOperationFailed");
        assert_contains(&condition(&failed, "Ready")["message"], message);
    }
    spoil(json!({"identity": "nonsense"}));
    let failed = failure("no-key");
    assert_contains(&condition(&failed, "Ready")["message"], "ssh: no key found");
    merge(&sandbox, &secrets(), NAMESPACE, json!({"data": {"identity": null}}));
    let failed = failure("no-identity");
    assert_reason(&failed, "Ready", "False", "AuthenticationFailed");
    assert_contains(&condition(&failed, "Ready")["message"], "'identity' is required");
}

#[test]
fn https_needs_a_valid_token_and_the_authority() {
    let sandbox = Sandbox::start().unwrap();
    install(&sandbox);
    let token =
        sandbox.environment().into_iter().find(|(name, _)| name == "GITHUB_TOKEN").unwrap().1;
    secret(&sandbox, json!({"username": "git", "password": token}));
    git_repository(&sandbox, &https_url(&sandbox));
    let failed = wait(&sandbox, &git_repositories(), NAMESPACE, "a failure", |object| {
        is(object, "Ready", "False")
    });
    assert_contains(
        &condition(&failed, "Ready")["message"],
        "x509: certificate signed by unknown authority",
    );

    let ca = std::fs::read_to_string(sandbox.certificate_file()).unwrap();
    merge(&sandbox, &secrets(), NAMESPACE, json!({"stringData": {"ca.crt": ca}}));
    ready_source(&sandbox);

    merge(&sandbox, &secrets(), NAMESPACE, json!({"stringData": {"password": "revoked"}}));
    request(&sandbox, &git_repositories(), NAMESPACE, "revoked");
    let failed = wait(&sandbox, &git_repositories(), NAMESPACE, "a failure", |object| {
        is(object, "Ready", "False") && handled("revoked")(object)
    });
    assert_contains(&condition(&failed, "Ready")["message"], "authentication required");
}

#[test]
fn a_broken_commit_fails_the_build_and_a_good_one_mends_it() {
    let (sandbox, _) = fleet();
    kustomization(&sandbox, "apps", &json!({}));
    let good = ready_kustomization(&sandbox, "apps");
    let head = commit(&sandbox, "clusters/test/a.yaml", "apiVersion: v1\nkind: [\n");
    request(&sandbox, &git_repositories(), NAMESPACE, "broken");
    let failed = wait(&sandbox, &kustomizations(), "apps", "a failure", |object| {
        is(object, "Ready", "False")
            && condition(object, "Reconciling")["reason"] == "ProgressingWithRetry"
    });
    assert_reason(&failed, "Ready", "False", "BuildFailed");
    assert_reason(&failed, "Reconciling", "True", "ProgressingWithRetry");
    assert_contains(&condition(&failed, "Ready")["message"], "clusters/test/a.yaml");
    assert_eq!(failed["status"]["lastAttemptedRevision"], format!("main@sha1:{head}"));
    assert_eq!(failed["status"]["lastAppliedRevision"], good["status"]["lastAppliedRevision"]);

    let head = commit(&sandbox, "clusters/test/a.yaml", &config_map("a", "2"));
    request(&sandbox, &git_repositories(), NAMESPACE, "mended");
    wait(&sandbox, &kustomizations(), "apps", "the mended commit", |object| {
        object["status"]["lastAppliedRevision"] == format!("main@sha1:{head}").as_str()
            && is(object, "Ready", "True")
    });
    assert_eq!(get(&sandbox, &config_maps(), "a").unwrap()["data"]["value"], "2");
}

#[test]
fn what_the_cluster_refuses_is_reported_in_its_words() {
    let (sandbox, _) = fleet();
    let widget = "apiVersion: example.com/v1\nkind: Widget\nmetadata:\n  name: w\n  namespace: flux-system\n";
    publish(&sandbox, "clusters/test/widget.yaml", widget);
    kustomization(&sandbox, "apps", &json!({}));
    let failed = wait(&sandbox, &kustomizations(), "apps", "a failure", |object| {
        is(object, "Ready", "False") && condition(object, "Ready")["reason"] != "ArtifactFailed"
    });
    assert_reason(&failed, "Ready", "False", "ReconciliationFailed");
    assert_contains(
        &condition(&failed, "Ready")["message"],
        "Widget/flux-system/w dry-run failed: no matches for kind \"Widget\" in version \"example.com/v1\"",
    );
    assert!(get(&sandbox, &config_maps(), "a").is_none(), "nothing of a refused set is written");
}

#[test]
fn a_dependency_comes_first() {
    let (sandbox, _) = fleet();
    kustomization(&sandbox, "apps", &json!({"dependsOn": [{"name": "infra"}]}));
    let waiting = wait(&sandbox, &kustomizations(), "apps", "an unmet dependency", |object| {
        condition(object, "Ready")["reason"] == "DependencyNotReady"
    });
    assert_contains(
        &condition(&waiting, "Ready")["message"],
        "dependency 'flux-system/infra' not found",
    );
    publish(&sandbox, "clusters/infra/i.yaml", &config_map("i", "1"));
    kustomization(&sandbox, "infra", &json!({"path": "clusters/infra"}));
    ready_kustomization(&sandbox, "infra");
    ready_kustomization(&sandbox, "apps");
}

#[test]
fn a_suspended_kustomization_applies_nothing_and_answers_requests() {
    let (sandbox, _) = fleet();
    kustomization(&sandbox, "apps", &json!({"suspend": true}));
    request(&sandbox, &kustomizations(), "apps", "asked");
    wait(&sandbox, &kustomizations(), "apps", "its request recorded", handled("asked"));
    assert!(get(&sandbox, &config_maps(), "a").is_none());
    merge(&sandbox, &kustomizations(), "apps", json!({"spec": {"suspend": false}}));
    wait(&sandbox, &kustomizations(), "apps", "Ready=True", |object| is(object, "Ready", "True"));
}

#[test]
fn deleting_a_kustomization_prunes_what_it_applied() {
    let (sandbox, _) = fleet();
    kustomization(&sandbox, "apps", &json!({}));
    ready_kustomization(&sandbox, "apps");
    let api = api(&sandbox, &kustomizations());
    sandbox.block_on(api.delete("apps", &Default::default())).unwrap();
    wait_gone(&sandbox, &kustomizations(), "apps");
    assert!(get(&sandbox, &config_maps(), "a").is_none());
}

#[test]
fn wait_means_that_deployments_are_available() {
    let (sandbox, _) = fleet();
    let manifest = serde_json::to_string(&deployment("podinfo", "podinfo:6")).unwrap();
    publish(&sandbox, "clusters/test/podinfo.yaml", &manifest);
    kustomization(&sandbox, "apps", &json!({"wait": true}));
    let healthy = ready_kustomization(&sandbox, "apps");
    assert_reason(&healthy, "Healthy", "True", "Succeeded");
    let podinfo = get(&sandbox, &deployments(), "podinfo").unwrap();
    assert!(is_available(&podinfo), "{podinfo:#}");
}

#[test]
fn a_source_tells_how_far_it_is() {
    let sandbox = Sandbox::start().unwrap();
    install(&sandbox);
    sandbox.faults().arm("source.delay=300").unwrap();
    ssh_secret(&sandbox);
    git_repository(&sandbox, &ssh_url(&sandbox));
    let new = wait(&sandbox, &git_repositories(), NAMESPACE, "a beginning", |object| {
        is(object, "Reconciling", "True")
    });
    assert_reason(&new, "Ready", "Unknown", "Progressing");
    assert_contains(
        &condition(&new, "Reconciling")["message"],
        "processing object: new generation",
    );
    ready_source(&sandbox);
}

#[test]
fn dropped_watches_are_resumed() {
    let (sandbox, _) = fleet();
    ready_source(&sandbox);
    for token in ["first", "second"] {
        sandbox.kube().drop_watches();
        request(&sandbox, &git_repositories(), NAMESPACE, token);
        wait(&sandbox, &git_repositories(), NAMESPACE, "its request handled", handled(token));
    }
}

#[test]
fn every_way_to_name_a_revision_is_followed() {
    let (sandbox, _) = fleet();
    ready_source(&sandbox);
    let first = commit(&sandbox, "clusters/test/a.yaml", &config_map("a", "2"));
    let path = sandbox.github().repository_path(sandbox.owner(), REPOSITORY).unwrap();
    let repository = git2::Repository::open_bare(path).unwrap();
    let object = repository.revparse_single(&first).unwrap();
    repository.tag_lightweight("v1", &object, false).unwrap();
    let head = commit(&sandbox, "clusters/test/a.yaml", &config_map("a", "3"));
    for (reference, revision) in [
        (json!({"branch": null, "tag": "v1"}), format!("v1@sha1:{first}")),
        (json!({"tag": null, "name": "refs/heads/main"}), format!("refs/heads/main@sha1:{head}")),
        (json!({"name": null, "commit": first}), format!("sha1:{first}")),
        (json!({"commit": null, "branch": "main"}), format!("main@sha1:{head}")),
        (json!({"commit": first}), format!("main@sha1:{first}")),
    ] {
        merge(&sandbox, &git_repositories(), NAMESPACE, json!({"spec": {"ref": reference}}));
        wait(&sandbox, &git_repositories(), NAMESPACE, &revision, |object| {
            object["status"]["artifact"]["revision"] == revision.as_str()
        });
    }
}

#[test]
fn definitions_may_go_and_come_back() {
    let (sandbox, _) = fleet();
    ready_source(&sandbox);
    let api = api(&sandbox, &git_repositories());
    sandbox.block_on(api.delete(NAMESPACE, &Default::default())).unwrap();
    wait_gone(&sandbox, &git_repositories(), NAMESPACE);
    let crds =
        resource("apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions");
    let crds: kube::Api<kube::api::DynamicObject> = kube::Api::all_with(sandbox.client(), &crds);
    for name in ["gitrepositories.source", "kustomizations.kustomize"] {
        let name = format!("{name}.toolkit.fluxcd.io");
        sandbox.block_on(crds.delete(&name, &Default::default())).unwrap();
        let gone = |object: Option<&kube::api::DynamicObject>| object.is_none();
        let gone = kube::runtime::wait::await_condition(crds.clone(), &name, gone);
        sandbox.block_on(gone).unwrap();
    }
    support::crds(&sandbox);
    git_repository(&sandbox, &ssh_url(&sandbox));
    ready_source(&sandbox);
}

#[test]
fn an_empty_repository_is_no_source_yet() {
    let sandbox = Sandbox::start().unwrap();
    namespace(&sandbox);
    crds(&sandbox);
    controller(&sandbox, "source-controller");
    let options = RepositoryOptions::default();
    sandbox.github().create_repository(sandbox.owner(), REPOSITORY, &options).unwrap();
    ssh_secret(&sandbox);
    git_repository(&sandbox, &ssh_url(&sandbox));
    let failed = wait(&sandbox, &git_repositories(), NAMESPACE, "a failure", |object| {
        is(object, "Ready", "False")
    });
    assert_reason(&failed, "Ready", "False", "EmptyGitRepository");
    commit(&sandbox, "clusters/test/a.yaml", &config_map("a", "1"));
    ready_source(&sandbox);
}

#[test]
fn what_hinders_a_kustomization_is_told_in_the_controllers_words() {
    let (sandbox, _) = fleet();
    ready_source(&sandbox);
    kustomization(&sandbox, "base", &json!({"retryInterval": "1s"}));
    ready_kustomization(&sandbox, "base");
    let failed = |name: &str, reason: &str| {
        wait(&sandbox, &kustomizations(), name, reason, |object| {
            is(object, "Ready", "False") && condition(object, "Ready")["reason"] == reason
        })
    };

    let dependent = json!({"dependsOn": [{"name": "other"}]});
    kustomization(&sandbox, "dependent", &dependent);
    let waiting = failed("dependent", "DependencyNotReady");
    assert_eq!(
        condition(&waiting, "Ready")["message"],
        "dependency 'flux-system/other' not found: kustomizations.kustomize.toolkit.fluxcd.io \
         \"other\" not found"
    );
    let told = (
        "DependencyNotReady".to_owned(),
        "Dependencies do not meet ready condition, retrying in 1s".to_owned(),
    );
    assert!(events(&sandbox, "Kustomization").contains(&told));

    let key = json!({"decryption": {"provider": "sops", "secretRef": {"name": "sops-age"}}});
    kustomization(&sandbox, "keyless", &key);
    let keyless = failed("keyless", "BuildFailed");
    assert_eq!(condition(&keyless, "Ready")["message"], "secrets \"sops-age\" not found");

    sandbox.faults().arm("kube.webhook=configmaps").unwrap();
    publish(&sandbox, "clusters/test/b.yaml", &config_map("b", "1"));
    let down = failed("base", "ReconciliationFailed");
    assert_contains(
        &condition(&down, "Ready")["message"],
        "ConfigMap/flux-system/a dry-run failed (InternalError): Internal error occurred: failed \
         calling webhook \"validate.example.com\"",
    );
    sandbox.faults().clear("kube.webhook");
    wait(&sandbox, &kustomizations(), "base", "its recovery", |object| is(object, "Ready", "True"));

    sandbox.faults().arm("source.dns=localhost").unwrap();
    request(&sandbox, &git_repositories(), NAMESPACE, "unresolved");
    let unresolved = wait(&sandbox, &git_repositories(), NAMESPACE, "a failure", |object| {
        condition(object, "Ready")["reason"] == "GitOperationFailed" && is(object, "Ready", "False")
    });
    assert_contains(
        &condition(&unresolved, "Ready")["message"],
        "dial tcp: lookup localhost on 10.96.0.10:53: no such host",
    );
    sandbox.faults().clear("source.dns");
    request(&sandbox, &git_repositories(), NAMESPACE, "resolved");
    wait(&sandbox, &git_repositories(), NAMESPACE, "its recovery", |object| {
        is(object, "Ready", "True") && handled("resolved")(object)
    });
}

#[test]
fn a_public_repository_needs_no_token() {
    let sandbox = Sandbox::start().unwrap();
    namespace(&sandbox);
    crds(&sandbox);
    controller(&sandbox, "source-controller");
    let options = RepositoryOptions { visibility: Visibility::Public, ..Default::default() };
    sandbox.github().create_repository(sandbox.owner(), REPOSITORY, &options).unwrap();
    commit(&sandbox, "clusters/test/a.yaml", &config_map("a", "1"));
    let ca = std::fs::read_to_string(sandbox.certificate_file()).unwrap();
    secret(&sandbox, json!({"ca.crt": ca}));
    git_repository(&sandbox, &https_url(&sandbox));
    ready_source(&sandbox);
}
