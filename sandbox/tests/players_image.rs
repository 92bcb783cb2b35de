//! The players of the image and notification controllers: no nigari is involved.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use kube::core::ApiResource;
use nigari_sandbox::github::{RepositoryOptions, Visibility};
use nigari_sandbox::sandbox::Sandbox;
use serde_json::{Value, json};
use support::*;

const MARKER: &str = "# {\"$imagepolicy\": \"flux-system:app\"}";

fn image(kind: &str, plural: &str) -> ApiResource {
    resource("image.toolkit.fluxcd.io", kind, plural)
}

fn repositories() -> ApiResource {
    image("ImageRepository", "imagerepositories")
}

fn policies() -> ApiResource {
    image("ImagePolicy", "imagepolicies")
}

fn automations() -> ApiResource {
    image("ImageUpdateAutomation", "imageupdateautomations")
}

fn receivers() -> ApiResource {
    resource("notification.toolkit.fluxcd.io", "Receiver", "receivers")
}

fn object(sandbox: &Sandbox, resource: &ApiResource, name: &str, spec: &Value) {
    let object = json!({
        "apiVersion": resource.api_version, "kind": resource.kind,
        "metadata": {"name": name, "namespace": NAMESPACE}, "spec": spec,
    });
    create(sandbox, &resource.plural, object);
}

fn push(sandbox: &Sandbox, tag: &str) {
    sandbox.registry().push("acme/app", tag, tag.as_bytes(), tag);
}

#[test]
fn a_new_tag_is_committed_to_the_repository() {
    let sandbox = Sandbox::start().unwrap();
    namespace(&sandbox);
    crds(&sandbox);
    for name in ["imagerepositories", "imagepolicies", "imageupdateautomations"] {
        define(&sandbox, &format!("{name}.image.toolkit.fluxcd.io"));
    }
    for name in ["source-controller", "image-reflector-controller", "image-automation-controller"] {
        controller(&sandbox, name);
    }
    let options = RepositoryOptions { visibility: Visibility::Public, ..Default::default() };
    sandbox.github().create_repository(sandbox.owner(), REPOSITORY, &options).unwrap();
    let host = sandbox.github_origin().trim_start_matches("https://").to_owned();
    let image = format!("{host}/acme/app");
    commit(&sandbox, "apps/app.yaml", &format!("image: {image}:1.0.0 {MARKER}\n"));
    let variables = sandbox.environment();
    let token = &variables.iter().find(|(name, _)| name == "GITHUB_TOKEN").unwrap().1;
    let ca = std::fs::read_to_string(sandbox.certificate_file()).unwrap();
    secret(&sandbox, json!({"ca.crt": ca, "username": "git", "password": token}));
    git_repository(&sandbox, &https_url(&sandbox));

    for tag in ["1.0.0", "1.1.0", "2.0.0"] {
        push(&sandbox, tag);
    }
    let spec = json!({"image": image, "interval": "1h", "certSecretRef": {"name": NAMESPACE}});
    object(&sandbox, &repositories(), "app", &spec);
    let scanned = wait(&sandbox, &repositories(), "app", "a scan", |object| {
        is(object, "Ready", "True") && object["status"]["observedGeneration"] == 1
    });
    assert_contains(&condition(&scanned, "Ready")["message"], "successful scan: found 3 tags");
    assert_eq!(
        scanned["status"]["lastScanResult"]["latestTags"],
        json!(["2.0.0", "1.1.0", "1.0.0"])
    );

    let spec = json!({
        "imageRepositoryRef": {"name": "app"}, "policy": {"semver": {"range": "1.x"}},
    });
    object(&sandbox, &policies(), "app", &spec);
    let resolved =
        wait(&sandbox, &policies(), "app", "a tag", |object| is(object, "Ready", "True"));
    let message = format!("Latest image tag for {image} resolved to 1.1.0");
    assert_eq!(condition(&resolved, "Ready")["message"], message);

    let spec = json!({
        "interval": "1h",
        "sourceRef": {"kind": "GitRepository", "name": NAMESPACE},
        "git": {"commit": {"author": {"email": "bot@example.com"}}},
        "update": {"path": "./apps", "strategy": "Setters"},
    });
    object(&sandbox, &automations(), "app", &spec);
    let pushed = wait(&sandbox, &automations(), "app", "a push", |object| {
        object["status"]["lastPushCommit"].is_string() && is(object, "Ready", "True")
    });
    assert_eq!(condition(&pushed, "Ready")["message"], "repository up-to-date");
    let head = pushed["status"]["lastPushCommit"].as_str().unwrap();
    let path = sandbox.github().repository_path(sandbox.owner(), REPOSITORY).unwrap();
    let repository = git2::Repository::open_bare(path).unwrap();
    let file = repository.revparse_single(&format!("{head}:apps/app.yaml")).unwrap();
    let content = file.as_blob().unwrap().content().to_vec();
    let expected = format!("image: {image}:1.1.0 {MARKER}\n");
    assert_eq!(String::from_utf8(content).unwrap(), expected);

    // A newer tag moves the policy as soon as the repository is scanned.
    push(&sandbox, "1.2.0");
    request(&sandbox, &repositories(), "app", "scan");
    wait(&sandbox, &policies(), "app", "the newer tag", |object| {
        object["status"]["latestRef"]["tag"] == "1.2.0"
            && object["status"]["observedPreviousRef"]["tag"] == "1.1.0"
    });
    assert_eq!(sandbox.troubles(), [""; 0]);
}

#[test]
fn what_cannot_be_scanned_or_chosen_is_told() {
    let sandbox = Sandbox::start().unwrap();
    namespace(&sandbox);
    for name in ["imagerepositories", "imagepolicies"] {
        define(&sandbox, &format!("{name}.image.toolkit.fluxcd.io"));
    }
    controller(&sandbox, "image-reflector-controller");
    object(&sandbox, &repositories(), "url", &json!({"image": "https://x/y", "interval": "1h"}));
    let stalled =
        wait(&sandbox, &repositories(), "url", "a refusal", |object| is(object, "Stalled", "True"));
    assert_reason(&stalled, "Ready", "False", "ImageURLInvalid");
    object(&sandbox, &repositories(), "far", &json!({"image": "r.example/y", "interval": "1h"}));
    let failed = wait(&sandbox, &repositories(), "far", "a failure", |object| {
        condition(object, "Ready")["reason"] == "ReadOperationFailed"
    });
    assert_eq!(
        condition(&failed, "Ready")["message"],
        "scan failed: Get \"https://r.example/v2/\": dial tcp: lookup r.example on 10.96.0.10:53: no \
         such host"
    );
    assert_reason(&failed, "Reconciling", "True", "ProgressingWithRetry");
    let spec = json!({
        "imageRepositoryRef": {"name": "far"}, "policy": {"alphabetical": {"order": "asc"}},
    });
    object(&sandbox, &policies(), "far", &spec);
    let waiting = wait(&sandbox, &policies(), "far", "its dependency", |object| {
        condition(object, "Ready")["reason"] == "DependencyNotReady"
    });
    let message = "retrying in 1s error: no tags in database";
    assert_eq!(condition(&waiting, "Ready")["message"], message);
}

#[test]
fn a_receiver_gets_a_path_that_nobody_can_guess() {
    let sandbox = Sandbox::start().unwrap();
    namespace(&sandbox);
    define(&sandbox, "receivers.notification.toolkit.fluxcd.io");
    controller(&sandbox, "notification-controller");
    let spec = json!({
        "type": "github", "secretRef": {"name": NAMESPACE},
        "resources": [{"kind": "GitRepository", "name": NAMESPACE}],
    });
    object(&sandbox, &receivers(), "hook", &spec);
    let failed =
        wait(&sandbox, &receivers(), "hook", "a failure", |object| is(object, "Ready", "False"));
    assert_reason(&failed, "Ready", "False", "TokenNotFound");
    secret(&sandbox, json!({"token": "abc"}));
    request(&sandbox, &receivers(), "hook", "again");
    let ready = wait(&sandbox, &receivers(), "hook", "a path", |object| {
        is(object, "Ready", "True") && object["status"]["webhookPath"].is_string()
    });
    let path = ready["status"]["webhookPath"].as_str().unwrap();
    assert_eq!((path.len(), &path[..6]), (70, "/hook/"));
    let message = format!("Receiver initialized for path: {path}");
    assert_eq!(condition(&ready, "Ready")["message"], message);
}
