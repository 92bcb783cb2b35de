//! What the server says about itself.

use crate::scenario::{Scenario, get, scenario};

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
            ],
        ),
        scenario(
            "aggregated discovery",
            [get("/api").accept(AGGREGATED), get("/apis").accept(AGGREGATED)],
        ),
    ]
}
