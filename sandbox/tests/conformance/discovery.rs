//! What the server says about itself.

use serde_json::{Value, json};

use crate::scenario::{Scenario, get, post, scenario};

/// `Accept` of a client that wants all groups in two answers.
const AGGREGATED: &str = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,\
    application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

pub(crate) fn scenarios() -> Vec<Scenario> {
    vec![
        scenario(
            "discovery",
            [
                get("/version"),
                get("/readyz"),
                get("/livez"),
                get("/healthz"),
                get("/api"),
                get("/apis"),
                get("/api/v1"),
                get("/apis/apps"),
                get("/apis/apps/v1"),
                get("/apis/apiextensions.k8s.io/v1"),
                get("/apis/example.com"),
                get("/apis/example.com/v1"),
                get("/apis/missing.example.com"),
                get("/apis/missing.example.com/v1"),
                get("/apis/apps/v0"),
                get("/apis/example.com/v0"),
                get("/missing"),
                get("/version?timeout=32s"),
                get("/.well-known/openid-configuration"),
            ],
        ),
        scenario(
            "aggregated discovery",
            ["/api", "/apis", "/api?timeout=32s", "/apis?timeout=32s"]
                .map(|path| get(path).accept(AGGREGATED)),
        ),
        schemas(),
        reviews(),
    ]
}

fn schemas() -> Scenario {
    scenario(
        "schemas",
        [
            get("/openapi/v3/apis/example.com/v1"),
            get("/openapi/v3"),
            get("/openapi/v3?timeout=32s"),
            get("/openapi/v3/apis/apps/v1?timeout=32s"),
            get("/openapi/v3/apis/example.com/v1?timeout=32s"),
            get("/openapi/v3/apis/missing.example.com/v1"),
        ],
    )
}

/// What the server knows about who asks.
fn reviews() -> Scenario {
    let authorization = "/apis/authorization.k8s.io/v1";
    let of = |kind: &str, spec: Value| json!({"apiVersion": "authorization.k8s.io/v1", "kind": kind, "spec": spec});
    let delete = json!({"resourceAttributes": {"verb": "delete", "resource": "secrets",
                                               "namespace": "{namespace}"}});
    scenario(
        "reviews",
        [
            post(
                format!("{authorization}/selfsubjectaccessreviews"),
                of("SelfSubjectAccessReview", delete),
            ),
            post(
                format!("{authorization}/selfsubjectaccessreviews"),
                of("SelfSubjectAccessReview", json!({})),
            ),
            post(
                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                json!({"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"}),
            ),
            get(format!("{authorization}/selfsubjectaccessreviews")),
        ],
    )
}
