//! One object of every kind that the sandbox serves.

use serde_json::{Value, json};

use crate::custom::{self, CRDS};

/// A kind, and an object of it.
pub(crate) struct Kind {
    /// The name of the scenario of its life.
    pub(crate) scenario: &'static str,
    /// The path of the collection: of a namespace, or of the cluster.
    pub(crate) collection: String,
    /// The path of the collection in all namespaces.
    pub(crate) everywhere: Option<String>,
    /// The path of the object.
    pub(crate) path: String,
    pub(crate) name: String,
    pub(crate) object: Value,
    /// What is applied to the object later.
    pub(crate) applied: Value,
    /// The path of the collection that a definition opens.
    pub(crate) served: Option<String>,
    /// Whether the sandbox prints its table.
    pub(crate) has_table: bool,
    /// A status that it may have.
    pub(crate) status: Option<Value>,
}

impl Kind {
    fn new(scenario: &'static str, api: &str, plural: &str, is_namespaced: bool) -> Self {
        let collection = match is_namespaced {
            true => format!("{api}/namespaces/{{namespace}}/{plural}"),
            false => format!("{api}/{plural}"),
        };
        let everywhere = is_namespaced.then(|| format!("{api}/{plural}"));
        Self {
            scenario,
            path: String::new(),
            collection,
            everywhere,
            name: String::new(),
            object: Value::Null,
            applied: Value::Null,
            served: None,
            has_table: true,
            status: None,
        }
    }

    /// Sets the object; `applied` is merged into it for what is applied.
    fn object(mut self, mut object: Value, applied: Value) -> Self {
        let is_namespaced = self.everywhere.is_some();
        let name = if is_namespaced { "a" } else { "{namespace}-a" };
        let metadata = &mut object["metadata"];
        if metadata["name"].is_null() {
            metadata["name"] = name.into();
        }
        metadata["labels"] = json!({"app": "a"});
        self.name = metadata["name"].as_str().unwrap().to_owned();
        self.path = format!("{}/{}", self.collection, self.name);
        self.applied = object.clone();
        self.applied["metadata"]["labels"]["applied"] = "yes".into();
        for (key, value) in applied.as_object().into_iter().flatten() {
            self.applied[key] = value.clone();
        }
        self.object = object;
        self
    }

    fn without_table(self) -> Self {
        Self { has_table: false, ..self }
    }

    fn status(self, status: Value) -> Self {
        Self { status: Some(status), ..self }
    }
}

/// Every kind.
pub(crate) fn kinds() -> Vec<Kind> {
    [custom_kinds(), definitions(), core(), workloads(), access(), others()]
        .into_iter()
        .flatten()
        .collect()
}

fn custom_kinds() -> Vec<Kind> {
    let thing = json!({"apiVersion": "example.com/v1", "kind": "Thing", "spec": {
        "interval": "1m", "retries": 2, "values": {"any": ["thing"]}, "tags": ["x", "y"],
        "parts": [{"name": "one", "size": 1}, {"name": "two"}], "unknown": "pruned",
    }});
    let spec = json!({"interval": "2m", "mode": "slow", "parts": [{"name": "two", "size": 2}]});
    let region =
        json!({"apiVersion": "example.com/v1", "kind": "Region", "spec": {"interval": "1m"}});
    vec![
        Kind::new("life of a Thing", "/apis/example.com/v1", "things", true)
            .object(thing, json!({"spec": spec}))
            .status(json!({"observedGeneration": 1, "phase": "Done"})),
        Kind::new("life of a Region", "/apis/example.com/v1", "regions", false)
            .object(region, json!({"spec": {"interval": "2m", "labels": {"a": "b"}}})),
    ]
}

fn definitions() -> Vec<Kind> {
    let crd = custom::definition("lives.example.com", "Widget", "widgets");
    let mut spec = crd["spec"].clone();
    spec["versions"][0]["additionalPrinterColumns"][0]["name"] = "Every".into();
    let (api, plural) = CRDS.rsplit_once('/').expect("a path with segments");
    let kind = Kind::new("life of a CustomResourceDefinition", api, plural, false);
    let served = Some("/apis/lives.example.com/v1/widgets".to_owned());
    vec![Kind { served, ..kind.object(crd, json!({"spec": spec})) }]
}

fn core() -> Vec<Kind> {
    let core = |scenario, plural| Kind::new(scenario, "/api/v1", plural, true);
    let of = |kind: &str| json!({"apiVersion": "v1", "kind": kind});
    let mut event = of("Event");
    event["involvedObject"] = json!({"kind": "ConfigMap", "name": "a", "namespace": "{namespace}"});
    event["reason"] = "Tested".into();
    event["message"] = "once".into();
    event["type"] = "Normal".into();
    event["count"] = 1.into();
    let mut map = of("ConfigMap");
    map["data"] = json!({"key": "1"});
    let mut quota = of("ResourceQuota");
    quota["spec"] =
        json!({"hard": {"pods": "1000", "requests.cpu": "1000m", "requests.memory": "1024Mi"}});
    let mut secret = of("Secret");
    secret["stringData"] = json!({"password": "hunter2"});
    let mut service = of("Service");
    let port = json!({"name": "http", "port": 80, "targetPort": "http"});
    service["spec"] = json!({"clusterIP": "None", "selector": {"app": "a"}, "ports": [port]});
    vec![
        core("life of a ConfigMap", "configmaps")
            .object(map, json!({"data": {"key": "2", "other": "1"}})),
        core("life of an Event", "events").object(event, json!({"message": "twice", "count": 2})),
        core("life of a ResourceQuota", "resourcequotas")
            .without_table()
            .object(quota, json!({"spec": {"hard": {"pods": "10", "requests.cpu": "0.5"}}}))
            .status(json!({"hard": {"pods": "10"}, "used": {"pods": "0"}})),
        core("life of a Secret", "secrets")
            .object(secret, json!({"stringData": {"password": "swordfish"}})),
        core("life of a ServiceAccount", "serviceaccounts")
            .object(of("ServiceAccount"), json!({"automountServiceAccountToken": false})),
        core("life of a Service", "services")
            .object(service, json!({"spec": {"ports": [{"name": "http", "port": 8080}]}}))
            .status(json!({"loadBalancer": {}})),
        core("life of a Pod", "pods")
            .object(
                pod(),
                json!({"spec": {"containers": [{"name": "main", "image": "example.com/main:2"}]}}),
            )
            .status(
                json!({"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}]}),
            ),
        Kind::new("life of a Namespace", "/api/v1", "namespaces", false)
            .object(of("Namespace"), json!({}))
            .status(json!({"phase": "Active"})),
        Kind::new("life of a Node", "/api/v1", "nodes", false)
            .without_table()
            .object(of("Node"), json!({"spec": {"unschedulable": true}}))
            .status(json!({"capacity": {"cpu": "4", "memory": "1024Ki"}})),
    ]
}

fn pod() -> Value {
    json!({"apiVersion": "v1", "kind": "Pod", "spec": pod_spec()})
}

fn pod_spec() -> Value {
    let resources =
        json!({"limits": {"cpu": "1000m", "memory": "1Gi"}, "requests": {"cpu": "100m"}});
    let ports = json!([{"name": "http", "containerPort": 8080}]);
    let container = json!({"name": "main", "image": "example.com/main:1", "ports": ports,
                           "resources": resources});
    json!({"automountServiceAccountToken": false, "containers": [container]})
}

fn workloads() -> Vec<Kind> {
    let template = json!({"metadata": {"labels": {"app": "a"}}, "spec": pod_spec()});
    let spec = json!({"selector": {"matchLabels": {"app": "a"}}, "template": template});
    let apps = |kind: &str, more: Value| {
        let mut object = json!({"apiVersion": "apps/v1", "kind": kind, "spec": spec});
        for (key, value) in more.as_object().into_iter().flatten() {
            object["spec"][key] = value.clone();
        }
        object
    };
    let of = |scenario, plural, object: Value| {
        let mut changed = object["spec"].clone();
        changed["template"]["spec"]["containers"][0]["image"] = "example.com/main:2".into();
        Kind::new(scenario, "/apis/apps/v1", plural, true).object(object, json!({"spec": changed}))
    };
    let count = json!({"observedGeneration": 1, "replicas": 1});
    let scheduled = json!({"currentNumberScheduled": 0, "desiredNumberScheduled": 0,
                           "numberMisscheduled": 0, "numberReady": 0});
    let mut job = json!({"apiVersion": "batch/v1", "kind": "Job", "spec": {"template": template}});
    job["spec"]["template"]["spec"]["restartPolicy"] = "Never".into();
    vec![
        of("life of a Deployment", "deployments", apps("Deployment", json!({"replicas": 1})))
            .status(count.clone()),
        of("life of a ReplicaSet", "replicasets", apps("ReplicaSet", json!({"replicas": 1})))
            .status(count.clone()),
        of(
            "life of a StatefulSet",
            "statefulsets",
            apps("StatefulSet", json!({"serviceName": "a"})),
        )
        .without_table()
        .status(count),
        of("life of a DaemonSet", "daemonsets", apps("DaemonSet", json!({})))
            .without_table()
            .status(scheduled),
        Kind::new("life of a Job", "/apis/batch/v1", "jobs", true)
            .without_table()
            .object(job, json!({"spec": {"parallelism": 2}}))
            .status(json!({"active": 1})),
    ]
}

fn access() -> Vec<Kind> {
    let group = "rbac.authorization.k8s.io";
    let api = format!("/apis/{group}/v1");
    let of = |kind: &str| json!({"apiVersion": format!("{group}/v1"), "kind": kind});
    let rules =
        |verb: &str| json!([{"apiGroups": [""], "resources": ["configmaps"], "verbs": [verb]}]);
    let role = |kind: &str| {
        let mut role = of(kind);
        role["rules"] = rules("get");
        role
    };
    let binding = |kind: &str, to: &str| {
        let mut binding = of(kind);
        binding["roleRef"] = json!({"apiGroup": group, "kind": to, "name": "view"});
        binding["subjects"] =
            json!([{"kind": "ServiceAccount", "name": "default", "namespace": "{namespace}"}]);
        binding
    };
    let user = json!([{"kind": "User", "name": "somebody", "apiGroup": group}]);
    vec![
        Kind::new("life of a ClusterRole", &api, "clusterroles", false)
            .without_table()
            .object(role("ClusterRole"), json!({"rules": rules("list")})),
        Kind::new("life of a ClusterRoleBinding", &api, "clusterrolebindings", false)
            .without_table()
            .object(binding("ClusterRoleBinding", "ClusterRole"), json!({"subjects": user})),
        Kind::new("life of a Role", &api, "roles", true)
            .without_table()
            .object(role("Role"), json!({"rules": rules("list")})),
        Kind::new("life of a RoleBinding", &api, "rolebindings", true)
            .without_table()
            .object(binding("RoleBinding", "ClusterRole"), json!({"subjects": user})),
    ]
}

fn others() -> Vec<Kind> {
    let ingress =
        json!([{"from": [{"podSelector": {}}], "ports": [{"port": 80, "protocol": "TCP"}]}]);
    let policy = json!({"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy",
                        "spec": {"podSelector": {}, "ingress": ingress}});
    let egress = json!({"podSelector": {"matchLabels": {"app": "a"}}, "egress": [{}]});
    let lease = json!({"apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
                       "spec": {"holderIdentity": "one", "leaseDurationSeconds": 10}});
    vec![
        Kind::new("life of a NetworkPolicy", "/apis/networking.k8s.io/v1", "networkpolicies", true)
            .without_table()
            .object(policy, json!({"spec": egress})),
        Kind::new("life of a Lease", "/apis/coordination.k8s.io/v1", "leases", true)
            .without_table()
            .object(lease, json!({"spec": {"holderIdentity": "two"}})),
    ]
}
