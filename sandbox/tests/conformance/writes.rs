//! Writes that are refused, and what they leave.

use serde_json::json;

use crate::scenario::{Scenario, delete, get, merge, post, put, scenario};

const MAPS: &str = "/api/v1/namespaces/{namespace}/configmaps";

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![conflicts()]
}

fn conflicts() -> Scenario {
    let path = format!("{MAPS}/a");
    let stale = |value: &str| json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "resourceVersion": "{old}"}, "data": {"key": value}});
    scenario(
        "conflicts of versions",
        [
            post(MAPS, json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"key": "1"}}))
                .saving("old", "/metadata/resourceVersion"),
            put(&path, stale("2")),
            put(&path, stale("3")),
            merge(&path, stale("4")),
            put(&path, json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"key": "5"}})),
            put(&path, json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "b"}})),
            delete(&path).header(http::header::CONTENT_TYPE, "application/json"),
            put(&path, stale("6")),
            get(&path),
        ],
    )
}
