//! Watches: how they begin, what they tell, how they end.

use serde_json::json;

use crate::scenario::{METADATA, Scenario, delete, get, merge, post, scenario};

const MAPS: &str = "/api/v1/namespaces/{namespace}/configmaps";

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![events(), restarted_server()]
}

fn events() -> Scenario {
    let watch = |parameters: &str| get(format!("{MAPS}?watch=1&timeoutSeconds=1&{parameters}"));
    let label = |value: &str| json!({"metadata": {"labels": {"app": value}}});
    let path = format!("{MAPS}/a");
    scenario(
        "events of a watch",
        [
            post(
                MAPS,
                json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "kept"}}),
            )
            .saving("first", "/metadata/resourceVersion"),
            post(
                MAPS,
                json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "labels": {"app": "x"}}}),
            ),
            merge(&path, label("y")),
            merge(&path, label("x")),
            delete(&path),
            watch("resourceVersion={first}"),
            watch("resourceVersion={first}&labelSelector=app%3Dx"),
            watch("resourceVersion={first}&fieldSelector=metadata.name%3Da"),
            watch("resourceVersion=0"),
            watch(""),
            watch(
                "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true",
            )
            .events(2),
            get(format!(
                "{MAPS}?watch=1&timeoutSeconds=5&sendInitialEvents=true\
                 &resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=0"
            ))
            .events(2),
            get(format!(
                "{MAPS}?watch=1&timeoutSeconds=1&allowWatchBookmarks=true&resourceVersion=0"
            ))
            .accept(METADATA),
            watch("allowWatchBookmarks=true").events(2),
            watch("sendInitialEvents=true&resourceVersionMatch=NotOlderThan"),
            watch("allowWatchBookmarks=true&labelSelector=app%3Dx&resourceVersion={first}"),
            get(format!("{path}?watch=1&timeoutSeconds=1&resourceVersion={{first}}")),
        ],
    )
}

fn restarted_server() -> Scenario {
    let old = "resourceVersion={first}";
    scenario(
        "a restarted server",
        [
            post(MAPS, json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}))
                .saving("first", "/metadata/resourceVersion"),
            merge(format!("{MAPS}/a"), json!({"data": {"key": "1"}})),
            merge(format!("{MAPS}/a"), json!({"data": {"key": "2"}})),
            get(format!("{MAPS}?watch=1&timeoutSeconds=5&{old}")).after_restart(),
            get(format!("{MAPS}?{old}&resourceVersionMatch=Exact")),
            get(format!("{MAPS}/a")),
        ],
    )
}
