//! The article's manifests, made by `create` alone, on both APIs.

use std::fs;
use std::time::{Duration, Instant};

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{Api, ApiResource, DynamicObject, GroupVersionKind, Patch, PatchParams};
use nigari::duration::GoDuration;
use nigari::manifests::yaml;
use nigari_api::crd;
use nigari_test_support::PATIENCE;
use nigari_test_support::fleet::Fleet;
use nigari_test_support::program::command;
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use tokio::time::sleep;

const ARTICLE: &str = include_str!("create/article.yaml");

/// How each manifest of the article is made, in its order; [VALUES] is a file with those of the release.
const WORDS: [&str; 9] = [
    "source git my-api --url=https://github.com/my-org/my-api --branch=main --interval=1m \
     --secret-ref=github-token",
    "kustomization my-api --source=GitRepository/my-api --path=./k8s/overlays/production --prune --wait \
     --health-check=Deployment/my-api.my-api --health-check-timeout=5m --interval=10m",
    "source helm prometheus-community --url=https://prometheus-community.github.io/helm-charts \
     --interval=12h",
    "helmrelease kube-prometheus-stack --namespace=monitoring --interval=1h \
     --chart=kube-prometheus-stack --chart-version=>=58.0.0_<59.0.0 \
     --source=HelmRepository/prometheus-community.flux-system --values=[VALUES] --install-retries=3 \
     --upgrade-retries=3 --upgrade-strategy=rollback --upgrade-cleanup-on-fail",
    "terraform vpc --interval=15m --approve=auto --path=./terraform/vpc \
     --source=GitRepository/fleet-infra.flux-system --var=cluster_name=production-eks \
     --var=vpc_cidr=10.0.0.0/16 --service-account=tofu-runner --store-readable-plan=none --backend=s3 \
     --backend-config=bucket=my-tfstate-bucket \
     --backend-config=key=production/vpc/terraform.tfstate --backend-config=region=us-east-1 \
     --backend-config=dynamodb_table=terraform-state-lock --backend-config=encrypt=true",
    "tofu-runner tofu-runner --role-arn=arn:aws:iam::123456789012:role/tofu-controller-runner",
    "kustomization apps --source=fleet-infra --path=./apps/overlays/production --prune \
     --depends-on=infrastructure --interval=10m",
    "alert-provider slack-ops --type=slack --channel=#deployments --secret-ref=slack-webhook-url",
    "alert on-call-alert --provider-ref=slack-ops --event-severity=error \
     --event-source=Kustomization/*,HelmRelease/*,Terraform/* \
     --summary=Flux_reconciliation_failure_in_production",
];

/// The commands that the article itself gives; they need no change.
const COMMANDS: [&str; 2] = [
    "source helm tofu-controller --url=https://flux-iac.github.io/tofu-controller/ \
     --namespace=flux-system",
    "helmrelease tofu-controller --chart=tofu-controller --source=HelmRepository/tofu-controller \
     --namespace=flux-system --chart-version=>=0.16.0",
];

const DEFINITIONS: [&str; 7] = [
    "gitrepositories.source.toolkit.fluxcd.io",
    "helmrepositories.source.toolkit.fluxcd.io",
    "kustomizations.kustomize.toolkit.fluxcd.io",
    "helmreleases.helm.toolkit.fluxcd.io",
    "terraforms.infra.contrib.fluxcd.io",
    "providers.notification.toolkit.fluxcd.io",
    "alerts.notification.toolkit.fluxcd.io",
];

#[test]
fn the_article_comes_out_of_create_alone() {
    story(&crate::sandbox());
    let Some((real, _turn)) = crate::real() else { return };
    story(&real);
}

fn story(fleet: &Fleet) {
    prepare(fleet);
    let article = yaml::documents(ARTICLE).unwrap();
    for (words, wanted) in WORDS.iter().zip(&article) {
        if wanted["kind"] == "Alert" {
            let refused = create(fleet, words, wanted);
            assert_eq!(refused.exit_code(), Some(2), "{refused}");
            assert!(refused.stderr().contains("Unsupported value: \"Terraform\""), "{refused}");
            follow_the_hint(fleet, &refused);
            // The API server takes a moment to follow a changed definition.
            until(fleet, || create(fleet, words, wanted).exit_code() == Some(0));
        } else {
            let run = create(fleet, words, wanted);
            assert!(run.stderr().contains(" created\n"), "{run}");
        }
        // What the server makes of the article's own manifest, under another name.
        let name = wanted["metadata"]["name"].as_str().unwrap();
        let mut theirs = wanted.clone();
        theirs["metadata"]["name"] = json!(format!("{name}-article"));
        let theirs = essence(&apply(fleet, theirs));
        assert_eq!(essence(&live(fleet, wanted)), theirs, "{words}");
    }
    for words in COMMANDS {
        let run = create(fleet, words, &Value::Null);
        assert!(run.stderr().contains(" created\n"), "{run}");
    }
}

/// Runs `create`; nobody has the repositories, so that its wait ends with a failure or with the clock.
fn create(fleet: &Fleet, words: &str, wanted: &Value) -> Run {
    let values = fleet.sandbox.home().join("values.yaml");
    fs::write(&values, wanted["spec"]["values"].to_string()).unwrap();
    let values = values.display().to_string();
    let words = words.split_whitespace().map(|word| match word.split_once('_') {
        // Blanks within a word.
        Some(_) if word.starts_with("--chart-version") || word.starts_with("--summary") => {
            word.replace('_', " ")
        }
        _ => word.replace("[VALUES]", &values),
    });
    let mut nigari = command(&fleet.sandbox, "create --timeout=3s");
    Run::of(&fleet.sandbox, nigari.args(words).output().unwrap())
}

/// The definitions, and the namespaces of the article.
fn prepare(fleet: &Fleet) {
    let gvk = GroupVersionKind::gvk("apiextensions.k8s.io", "v1", "CustomResourceDefinition");
    for name in DEFINITIONS {
        let mut definition = crd::definition(name).unwrap();
        definition["apiVersion"] = json!(gvk.api_version());
        definition["kind"] = json!(gvk.kind);
        apply(fleet, definition);
    }
    for name in ["flux-system", "monitoring"] {
        apply(fleet, json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}}));
    }
    until(fleet, || DEFINITIONS.iter().all(|name| is_served(fleet, name)));
}

fn is_served(fleet: &Fleet, name: &str) -> bool {
    let definitions: Api<CustomResourceDefinition> = Api::all(fleet.sandbox.client());
    let definition = fleet.sandbox.block_on(definitions.get(name)).unwrap();
    let conditions = definition.status.and_then(|status| status.conditions).unwrap_or_default();
    conditions.iter().any(|one| one.type_ == "Established" && one.status == "True")
}

/// Patches the definition with the very words of the refusal: `kubectl patch crd NAME --type=json -p 'PATCH'`.
fn follow_the_hint(fleet: &Fleet, refused: &Run) {
    let (_, command) = refused.stderr().split_once("kubectl patch crd ").unwrap();
    let (name, patch) = command.split_once(" --type=json -p '").unwrap();
    let (patch, _) = patch.split_once('\'').unwrap();
    let definitions: Api<CustomResourceDefinition> = Api::all(fleet.sandbox.client());
    let patch = Patch::<()>::Json(serde_json::from_str(patch).unwrap());
    let parameters = PatchParams::default();
    fleet.sandbox.block_on(definitions.patch(name, &parameters, &patch)).unwrap();
}

#[track_caller]
fn until(fleet: &Fleet, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "it never came to that");
        fleet.sandbox.block_on(async { sleep(Duration::from_millis(100)).await });
    }
}

fn apply(fleet: &Fleet, object: Value) -> Value {
    let api = api(fleet, &object);
    let name = object["metadata"]["name"].as_str().unwrap().to_owned();
    let parameters = PatchParams::apply("article").force().validation_strict();
    let applied = fleet.sandbox.block_on(api.patch(&name, &parameters, &Patch::Apply(&object)));
    serde_json::to_value(applied.unwrap()).unwrap()
}

fn live(fleet: &Fleet, object: &Value) -> Value {
    let name = object["metadata"]["name"].as_str().unwrap();
    let live = fleet.sandbox.block_on(api(fleet, object).get(name)).unwrap();
    serde_json::to_value(live).unwrap()
}

fn api(fleet: &Fleet, object: &Value) -> Api<DynamicObject> {
    let (version, kind) = (object["apiVersion"].as_str(), object["kind"].as_str());
    let (group, version) = version.unwrap().split_once('/').unwrap_or(("", version.unwrap()));
    let kind = kind.unwrap();
    let gvk = GroupVersionKind::gvk(group, version, kind);
    let plural = match kind {
        "GitRepository" => "gitrepositories".to_owned(),
        "HelmRepository" => "helmrepositories".to_owned(),
        other => format!("{}s", other.to_lowercase()),
    };
    let resource = ApiResource::from_gvk_with_plural(&gvk, &plural);
    match object["metadata"]["namespace"].as_str() {
        Some(namespace) => Api::namespaced_with(fleet.sandbox.client(), namespace, &resource),
        None => Api::all_with(fleet.sandbox.client(), &resource),
    }
}

/// Specification and annotations, durations in one notation.
fn essence(object: &Value) -> Value {
    let mut spec = object["spec"].clone();
    for field in ["interval", "timeout"] {
        if let Some(text) = spec[field].as_str() {
            spec[field] = json!(text.parse::<GoDuration>().unwrap().to_string());
        } else if let Some(spec) = spec.as_object_mut() {
            spec.remove(field);
        }
    }
    // The default of the API, which the article leaves to it.
    if object["kind"] == "Terraform" && spec["storeReadablePlan"].is_null() {
        spec["storeReadablePlan"] = json!("none");
    }
    let annotations = object["metadata"]["annotations"].as_object().cloned().unwrap_or_default();
    let role = annotations.into_iter().filter(|(key, _)| key.contains("amazonaws"));
    json!({"spec": spec, "annotations": role.collect::<serde_json::Map<_, _>>()})
}
