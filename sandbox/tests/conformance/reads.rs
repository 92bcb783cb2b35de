//! Lists: pages, selectors, forms.

use serde_json::{Value, json};

use crate::custom::{ALL_THINGS, CRDS, THINGS};
use crate::scenario::{METADATA_LIST, Scenario, Step, TABLE, apply, delete, get, post, scenario};

const MAPS: &str = "/api/v1/namespaces/{namespace}/configmaps";

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        pages(),
        everywhere(),
        selectors(),
        unreadable_queries(),
        events(),
        logs(),
        processes(),
        not_served(),
    ]
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
    let next = |collection: &str| format!("{collection}?limit=1&continue={{next}}");
    let mut steps = vec![post(THINGS, thing("a")), post(THINGS, thing("b"))];
    for all in [ALL_THINGS, pods, secrets, deployments, sets] {
        steps.push(get(all));
        steps.push(get(format!("{all}?limit=500")));
        steps.push(get(format!("{all}?limit=500")).accept(METADATA_LIST));
        steps.push(get(format!("{all}?fieldSelector=metadata.name%3Da&limit=500")));
    }
    for collection in [ALL_THINGS, THINGS] {
        steps.push(get(format!("{collection}?limit=1")).saving("next", "/metadata/continue"));
        steps.push(get(next(collection)));
    }
    steps.push(get(format!("{CRDS}?limit=500")));
    steps.push(get(format!("{CRDS}?limit=500")).accept(METADATA_LIST));
    steps.push(get(format!("{CRDS}?labelSelector=app%3Da&limit=500")).accept(METADATA_LIST));
    for collection in [THINGS, "/apis/apps/v1/namespaces/{namespace}/deployments"] {
        steps.push(get(format!("{collection}?limit=500")).accept(TABLE));
    }
    steps.push(get(format!("{CRDS}?limit=500")).accept(METADATA_LIST));
    steps.push(get("/api/v1/namespaces?limit=1").accept(METADATA_LIST));
    scenario("in all namespaces", steps)
}

/// Events by the objects that they are about.
fn events() -> Scenario {
    const EVENTS: &str = "/api/v1/namespaces/{namespace}/events";
    const KIND: &str = "fieldSelector=involvedObject.kind%3DThing";
    let this = format!("{KIND},involvedObject.name%3Da");
    let event = |name: &str, about: &str| {
        post(
            EVENTS,
            json!({"apiVersion": "v1", "kind": "Event", "metadata": {"name": name},
                   "involvedObject": {"apiVersion": "example.com/v1", "kind": "Thing",
                                      "name": about, "namespace": "{namespace}"},
                   "type": "Normal", "reason": "Told", "message": "told", "count": 1,
                   "firstTimestamp": "2026-11-23T08:00:00Z",
                   "lastTimestamp": "2026-11-23T08:00:00Z"}),
        )
    };
    let watched = |selector: &str| {
        let parameters = "watch=true&timeoutSeconds=5&allowWatchBookmarks=true";
        get(format!("{EVENTS}?{parameters}&{selector}&resourceVersion={{first}}")).events(1)
    };
    scenario(
        "events of objects",
        [
            event("one", "a").saving("first", "/metadata/resourceVersion"),
            event("two", "b"),
            event("three", "a"),
            get(format!("{EVENTS}?limit=500")),
            get(format!("{EVENTS}?{KIND}&limit=500")),
            get(format!("{EVENTS}?{this}&limit=500")),
            get(format!("/api/v1/events?{KIND}&limit=500")),
            get(format!("/api/v1/events?{this}&limit=500")),
            get("/api/v1/events?limit=500"),
            watched(KIND),
            watched(&this),
        ],
    )
}

const PODS: &str = "/api/v1/namespaces/{namespace}/pods";

/// No node runs a Pod in either cluster, so that there is nothing to read.
fn logs() -> Scenario {
    let pod = |name: &str, containers: &[&str]| {
        let container = |name: &&str| json!({"name": name, "image": "example.com/app:1"});
        let containers: Vec<_> = containers.iter().map(container).collect();
        post(
            PODS,
            json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name},
                   "spec": {"containers": containers, "automountServiceAccountToken": false}}),
        )
    };
    const TIME: &str = "2026-11-23T08%3A00%3A00Z";
    scenario(
        "logs of Pods",
        [
            get(format!("{PODS}/one/log")),
            pod("one", &["main"]),
            pod("two", &["main", "proxy"]),
            get(format!("{PODS}/one/log")),
            get(format!("{PODS}/one/log?timestamps=true")),
            get(format!("{PODS}/one/log?tailLines=3&timestamps=true")),
            get(format!("{PODS}/one/log?sinceTime={TIME}&timestamps=true")),
            get(format!("{PODS}/one/log?sinceTime={TIME}&tailLines=3&timestamps=true")),
            get(format!("{PODS}/one/log?follow=true&timestamps=true")),
            get(format!("{PODS}/one/log?follow=true&sinceTime={TIME}&timestamps=true")),
            get(format!("{PODS}/one/log?container=other&timestamps=true")),
            get(format!("{PODS}/two/log?timestamps=true")),
            get(format!("{PODS}/two/log?container=proxy&timestamps=true")),
            get(format!("{PODS}/two/log?container=proxy&follow=true&timestamps=true")),
            delete(format!("{PODS}/one?gracePeriodSeconds=0")),
            delete(format!("{PODS}/two?gracePeriodSeconds=0")),
        ],
    )
}

/// Processes in Pods, as far as a control plane without a node goes.
fn processes() -> Scenario {
    let pod = json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "idle"},
        "spec": {
            "containers": [{"name": "main", "image": "example.com/app:1"}],
            "automountServiceAccountToken": false,
        },
    });
    let exec = |pod: &str, rest: &str| get(format!("{PODS}/{pod}/exec?command=ls&{rest}"));
    scenario(
        "processes in Pods",
        [
            exec("idle", "container=main&stderr=true&stdin=true&stdout=true"),
            post(PODS, pod),
            exec("idle", "container=main&stderr=true&stdin=true&stdout=true"),
            exec("idle", "container=main&stdin=true&stdout=true&tty=true"),
            exec("idle", "container=main&stdout=true"),
            exec("idle", "container=other&stderr=true&stdin=true&stdout=true"),
            delete(format!("{PODS}/idle?gracePeriodSeconds=0")),
        ],
    )
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
        get(&this).saving("webhook", "/metadata/resourceVersion"),
        get(format!("{ALL}?fieldSelector=metadata.name%3D{{namespace}}&limit=500")),
        get(format!(
            "{ALL}?watch=true&timeoutSeconds=1&allowWatchBookmarks=true\
             &fieldSelector=metadata.name%3D{{namespace}}&resourceVersion={{webhook}}"
        )),
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
            get("/api/v1/namespaces/{namespace}/secrets?labelSelector=app%3Dx"),
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
