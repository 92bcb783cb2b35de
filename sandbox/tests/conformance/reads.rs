//! Lists: pages, selectors, forms.

use serde_json::{Value, json};

use crate::custom::{ALL_THINGS, THINGS};
use crate::scenario::{Scenario, Step, get, post, scenario};

const MAPS: &str = "/api/v1/namespaces/{namespace}/configmaps";

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![pages(), selectors(), unreadable_queries()]
}

fn map(name: &str, app: &str) -> Step {
    post(
        MAPS,
        json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name, "labels": {"app": app}}}),
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
            get("/api/v1/namespaces/{namespace}/missing"),
            get(format!("{THINGS}/a/b")),
            get("/apis/example.com/v1/namespaces/{namespace}/missing"),
            get("/apis/example.com/v2/namespaces/{namespace}/things"),
            get(MAPS).accept("text/plain"),
            get(THINGS).accept("text/plain"),
        ],
    )
}
