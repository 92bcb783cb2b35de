//! Lists: pages, selectors, forms.

use serde_json::{Value, json};

use crate::custom::{ALL_THINGS, CRDS, THINGS};
use crate::scenario::{METADATA_LIST, Scenario, Step, TABLE, apply, delete, get, post, scenario};

const MAPS: &str = "/api/v1/namespaces/{namespace}/configmaps";

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![pages(), everywhere(), selectors(), unreadable_queries(), not_served()]
}

fn map(name: &str, app: &str) -> Step {
    post(
        MAPS,
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "labels": {"app": app}}}),
    )
}

const EVENTS: &str = "/api/v1/namespaces/{namespace}/events";

fn event(name: &str, about: &str, kind: &str) -> Step {
    let involved =
        json!({"kind": "ConfigMap", "name": "a", "namespace": "{namespace}", "uid": about});
    post(
        EVENTS,
        json!({"apiVersion": "v1", "kind": "Event", "metadata": {"name": name}, "type": kind,
            "reason": "Tested", "message": name, "involvedObject": involved}),
    )
}

fn thing(name: &str) -> Value {
    json!({"apiVersion": "example.com/v1", "kind": "Thing", "metadata": {"name": name},
           "spec": {"interval": "1m"}})
}

fn pages() -> Scenario {
    let next = format!("{MAPS}?limit=2&continue={{next}}");
    scenario(
        "pages",
        [
            map("a", "x"),
            map("b", "y"),
            map("c", "x"),
            get(format!("{MAPS}?limit=2")).saving("next", "/metadata/continue"),
            get(&next),
            map("d", "x"),
            get(&next),
            get(format!("{MAPS}?limit=1&labelSelector=app%3Dx"))
                .saving("next", "/metadata/continue"),
            get(format!("{MAPS}?limit=1&labelSelector=app%3Dx&continue={{next}}")),
            get(format!("{MAPS}?limit=3")),
            get(format!("{MAPS}?limit=0")),
            get(format!("{MAPS}?limit=2&continue=nonsense")),
            get(format!("{MAPS}?limit=x")),
            get(format!("{MAPS}?limit=-1")),
        ],
    )
}

fn everywhere() -> Scenario {
    let (pods, secrets) = ("/api/v1/pods", "/api/v1/secrets");
    let (deployments, sets) = ("/apis/apps/v1/deployments", "/apis/apps/v1/replicasets");
    let next = format!("{ALL_THINGS}?limit=1&continue={{next}}");
    let mut steps = vec![post(THINGS, thing("a")), post(THINGS, thing("b"))];
    for all in [ALL_THINGS, pods, secrets, deployments, sets] {
        steps.push(get(all));
        steps.push(get(format!("{all}?limit=500")));
        steps.push(get(format!("{all}?limit=500")).accept(METADATA_LIST));
        steps.push(get(format!("{all}?fieldSelector=metadata.name%3Da&limit=500")));
    }
    steps.push(get(format!("{ALL_THINGS}?limit=1")).saving("next", "/metadata/continue"));
    steps.push(get(next));
    steps.push(get(format!("{CRDS}?limit=500")));
    steps.push(get(format!("{CRDS}?limit=500")).accept(METADATA_LIST));
    for collection in [THINGS, "/apis/apps/v1/namespaces/{namespace}/deployments"] {
        steps.push(get(format!("{collection}?limit=500")).accept(TABLE));
    }
    steps.push(get(format!("{CRDS}?limit=500")).accept(METADATA_LIST));
    steps.push(get("/api/v1/namespaces?limit=1").accept(METADATA_LIST));
    scenario("in all namespaces", steps)
}

const CRON_JOBS: &str = "/apis/batch/v1/namespaces/{namespace}/cronjobs";

/// What a real server serves and the sandbox does not.
fn not_served() -> Scenario {
    let kinds = [
        "/api/v1/endpoints",
        "/api/v1/limitranges",
        "/api/v1/persistentvolumeclaims",
        "/api/v1/podtemplates",
        "/api/v1/replicationcontrollers",
        "/apis/apps/v1/controllerrevisions",
        "/apis/autoscaling/v2/horizontalpodautoscalers",
        "/apis/batch/v1/cronjobs",
        "/apis/discovery.k8s.io/v1/endpointslices",
        "/apis/networking.k8s.io/v1/ingresses",
        "/apis/policy/v1/poddisruptionbudgets",
        "/apis/resource.k8s.io/v1/resourceclaims",
        "/apis/resource.k8s.io/v1/resourceclaimtemplates",
        "/apis/storage.k8s.io/v1/csistoragecapacities",
    ];
    let in_namespace = |path: &str| {
        let (api, plural) = path.rsplit_once('/').expect("a path with segments");
        get(format!("{api}/namespaces/{{namespace}}/{plural}"))
    };
    let mut steps = Vec::from(kinds.map(in_namespace));
    for collection in ["/api/v1/namespaces/{namespace}/persistentvolumeclaims", CRON_JOBS] {
        steps.push(get(format!("{collection}?limit=500")).accept(METADATA_LIST));
    }
    steps.push(get("/api/v1/namespaces/{namespace}/pods/a/log"));
    steps.push(post(
        "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
        json!({"apiVersion": "authorization.k8s.io/v1", "kind": "SelfSubjectRulesReview",
               "spec": {"namespace": "{namespace}"}}),
    ));
    steps.extend(webhook());
    scenario("what the sandbox does not serve", steps)
}

/// A webhook that is asked about nothing: the story of one that does not answer needs a real server.
fn webhook() -> Vec<Step> {
    const ALL: &str = "/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations";
    let this = format!("{ALL}/{{namespace}}");
    let manifest = json!({"apiVersion": "admissionregistration.k8s.io/v1",
        "kind": "ValidatingWebhookConfiguration", "metadata": {"name": "{namespace}"},
        "webhooks": []});
    let applied = format!("{this}?fieldManager=tester&force=true");
    vec![
        apply(format!("{applied}&dryRun=All"), manifest.clone()),
        apply(applied, manifest),
        get(&this),
        get(format!("{ALL}?fieldSelector=metadata.name%3D{{namespace}}&limit=500")),
        delete(&this),
    ]
}

fn selectors() -> Scenario {
    let maps = |selector: &str| get(format!("{MAPS}?{selector}"));
    scenario(
        "selectors",
        [
            map("a", "x"),
            map("b", "y"),
            maps("labelSelector=app+in+(x,z)"),
            maps("labelSelector=app+notin+(x)"),
            maps("labelSelector=app"),
            maps("labelSelector=!app"),
            maps("labelSelector=app!%3Dx"),
            maps("labelSelector=app%3D%3Dx,app!%3Dy"),
            maps("fieldSelector=metadata.name!%3Da"),
            maps("fieldSelector=metadata.name%3Da,metadata.namespace%3D{namespace}"),
            maps("fieldSelector=metadata.uid%3Da"),
            maps("fieldSelector=data.key%3Da"),
            maps("labelSelector=a%3Db%3Dc"),
            maps("labelSelector=app+in+x"),
            maps("fieldSelector=nonsense"),
            get("/api/v1/namespaces/{namespace}/pods?fieldSelector=spec.priority%3D1"),
            get("/api/v1/namespaces/{namespace}/events?fieldSelector=message%3D1"),
            event("a", "1", "Warning"),
            event("b", "1", "Normal"),
            event("c", "2", "Warning"),
            get(format!("{EVENTS}?fieldSelector=involvedObject.uid%3D1,type%3DWarning&limit=500")),
            get(format!("{EVENTS}?fieldSelector=involvedObject.uid%3D3&limit=500")),
            get("/api/v1/namespaces/{namespace}/secrets?fieldSelector=type%3DOpaque"),
            get("/apis/apps/v1/namespaces/{namespace}/deployments?fieldSelector=a%3D1"),
            get("/apis/apps/v1/namespaces/{namespace}/replicasets?fieldSelector=a%3D1"),
            get("/api/v1/namespaces?fieldSelector=a%3D1"),
            post(THINGS, thing("a")),
            get(format!("{THINGS}?fieldSelector=spec.interval%3D1m")),
            get(format!("{ALL_THINGS}?labelSelector=missing")),
        ],
    )
}

fn unreadable_queries() -> Scenario {
    let maps = |query: &str| get(format!("{MAPS}?{query}"));
    scenario(
        "queries that cannot be read",
        [
            maps("resourceVersion=x"),
            maps("resourceVersion=99999999"),
            maps("resourceVersionMatch=Exact"),
            maps("resourceVersionMatch=Nonsense&resourceVersion=1"),
            maps("watch=true&resourceVersion=x"),
            maps("watch=true&sendInitialEvents=true"),
            maps("watch=true&timeoutSeconds=x"),
            get(format!("{MAPS}/a/b")),
            get("/api/v1/unknowns"),
            get("/apis/nothing.example.com/v1/things"),
            get("/api/v1/namespaces/{namespace}/missing"),
            get(format!("{THINGS}/a/b")),
            get("/apis/example.com/v1/namespaces/{namespace}/missing"),
            get("/apis/example.com/v2/namespaces/{namespace}/things"),
            get(MAPS).accept("text/plain"),
            get(THINGS).accept("text/plain"),
        ],
    )
}
