//! The defaults of built-in kinds that clients see and that repeated applies depend on.
//!
//! Source: the defaulting functions in `pkg/apis/*/v1/defaults.go` of Kubernetes.

use serde_json::{Map, Value, json};

use crate::kube::resources::{Resource, text};

/// Sets the defaults of a built-in kind where fields are missing.
pub(crate) fn set_defaults(resource: &Resource, object: &mut Value) {
    match resource.kind.as_str() {
        "Namespace" => {
            let name = object["metadata"]["name"].clone();
            object["metadata"]["labels"]["kubernetes.io/metadata.name"] = name;
        }
        "Secret" => fill(object, &json!({"type": "Opaque"})),
        "Service" => service(&mut object["spec"]),
        "Pod" => {
            pod(&mut object["spec"]);
            present(&mut object["status"], "conditions", |conditions| {
                let unset = json!({"lastProbeTime": null, "lastTransitionTime": null});
                each(conditions, |condition| fill(condition, &unset));
            });
        }
        "Deployment" => deployment(&mut object["spec"]),
        "ReplicaSet" => {
            fill(&mut object["spec"], &json!({"replicas": 1}));
            pod_spec(&mut object["spec"]["template"]["spec"]);
        }
        "StatefulSet" => stateful_set(&mut object["spec"]),
        "DaemonSet" => {
            daemon_set(&mut object["spec"]);
            fill(&mut object["metadata"]["annotations"], &json!({TEMPLATE_GENERATION: "1"}));
        }
        "Node" => node(object),
        "Job" => job(&mut object["spec"]),
        "NetworkPolicy" => network_policy(&mut object["spec"]),
        "RoleBinding" | "ClusterRoleBinding" => binding(object),
        "CustomResourceDefinition" => definition(&mut object["spec"]),
        _ => {}
    }
}

/// The annotation that counts the changes of a DaemonSet's template.
pub(crate) const TEMPLATE_GENERATION: &str = "deprecated.daemonset.template.generation";

/// Adds the fields of `defaults` that `object` lacks.
fn fill(object: &mut Value, defaults: &Value) {
    if object.is_null() {
        *object = Value::Object(Map::new());
    }
    let (Some(object), Some(defaults)) = (object.as_object_mut(), defaults.as_object()) else {
        return;
    };
    for (name, value) in defaults {
        if !object.contains_key(name) {
            object.insert(name.clone(), value.clone());
        }
    }
}

/// Calls `change` for every item of a list that is there.
fn each(list: &mut Value, change: impl FnMut(&mut Value)) {
    list.as_array_mut().into_iter().flatten().for_each(change);
}

/// Calls `change` for a field that is there.
fn present(object: &mut Value, name: &str, change: impl FnOnce(&mut Value)) {
    if let Some(field) = object.get_mut(name).filter(|field| !field.is_null()) {
        change(field);
    }
}

fn service(spec: &mut Value) {
    fill(spec, &json!({"type": "ClusterIP", "sessionAffinity": "None"}));
    if spec["type"] != "ExternalName" {
        fill(spec, &json!({"internalTrafficPolicy": "Cluster"}));
    }
    present(spec, "ports", |ports| {
        each(ports, |port| {
            let target = port["port"].clone();
            fill(port, &json!({"protocol": "TCP", "targetPort": target}));
        });
    });
}

fn deployment(spec: &mut Value) {
    fill(
        spec,
        &json!({
            "progressDeadlineSeconds": 600,
            "replicas": 1,
            "revisionHistoryLimit": 10,
            "strategy": {"type": "RollingUpdate"},
        }),
    );
    let strategy = &mut spec["strategy"];
    fill(strategy, &json!({"type": "RollingUpdate"}));
    if strategy["type"] == "RollingUpdate" {
        fill(&mut strategy["rollingUpdate"], &json!({"maxSurge": "25%", "maxUnavailable": "25%"}));
    }
    pod_spec(&mut spec["template"]["spec"]);
}

fn stateful_set(spec: &mut Value) {
    fill(
        spec,
        &json!({
            "podManagementPolicy": "OrderedReady",
            "replicas": 1,
            "revisionHistoryLimit": 10,
            "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 0}},
            "persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Retain", "whenScaled": "Retain"},
        }),
    );
    pod_spec(&mut spec["template"]["spec"]);
}

fn daemon_set(spec: &mut Value) {
    let rolling = json!({"maxSurge": 0, "maxUnavailable": 1});
    fill(
        spec,
        &json!({
            "revisionHistoryLimit": 10,
            "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": rolling},
        }),
    );
    pod_spec(&mut spec["template"]["spec"]);
}

fn job(spec: &mut Value) {
    fill(
        spec,
        &json!({
            "backoffLimit": 6,
            "completionMode": "NonIndexed",
            "completions": 1,
            "manualSelector": false,
            "parallelism": 1,
            "podReplacementPolicy": "TerminatingOrFailed",
            "suspend": false,
        }),
    );
    pod_spec(&mut spec["template"]["spec"]);
}

/// What a Node can hold may all be used, unless it says otherwise.
fn node(object: &mut Value) {
    let capacity = object["status"]["capacity"].clone();
    if capacity.is_object() {
        fill(&mut object["status"], &json!({"allocatable": capacity}));
    }
}

/// Writes the fields that are there even where nobody set them, and that nobody owns.
pub(crate) fn write_zeros(resource: &Resource, object: &mut Value) {
    let zeros = match resource.kind.as_str() {
        _ if resource.is_custom() => return,
        "Event" => json!({
            "source": {},
            "firstTimestamp": null,
            "lastTimestamp": null,
            "eventTime": null,
            "reportingComponent": "",
            "reportingInstance": "",
        }),
        "Node" => json!({"spec": {}, "status": {}}),
        _ => return,
    };
    fill(object, &zeros);
    if resource.kind == "Node" {
        let names = [
            "machineID",
            "systemUUID",
            "bootID",
            "kernelVersion",
            "osImage",
            "containerRuntimeVersion",
            "kubeletVersion",
            "kubeProxyVersion",
            "operatingSystem",
            "architecture",
        ];
        let info: Map<_, _> = names.iter().map(|name| ((*name).to_owned(), "".into())).collect();
        let endpoints = json!({"daemonEndpoints": {"kubeletEndpoint": {"Port": 0}}});
        fill(&mut object["status"], &endpoints);
        fill(&mut object["status"]["nodeInfo"], &info.into());
    }
}

/// What admission adds to a new Pod: who it is, what it tolerates, how important it is.
pub(crate) fn admit_pod(spec: &mut Value) {
    let tolerates = |key: &str| {
        json!({
            "key": format!("node.kubernetes.io/{key}"),
            "operator": "Exists",
            "effect": "NoExecute",
            "tolerationSeconds": 300,
        })
    };
    fill(spec, &json!({"serviceAccountName": "default"}));
    let account = spec["serviceAccountName"].clone();
    fill(
        spec,
        &json!({
            "serviceAccount": account,
            "tolerations": [],
            "priority": 0,
            "preemptionPolicy": "PreemptLowerPriority",
        }),
    );
    for wanted in [tolerates("not-ready"), tolerates("unreachable")] {
        if let Some(tolerations) = spec["tolerations"].as_array_mut() {
            let is_there = tolerations.iter().any(|known| {
                (known["key"] == wanted["key"] || known.get("key").is_none())
                    && matches!(known["effect"].as_str(), None | Some("" | "NoExecute"))
            });
            if !is_there {
                tolerations.push(wanted);
            }
        }
    }
}

/// A Job selects its own Pods by a label that carries its uid.
pub(crate) fn select_own_pods(object: &mut Value) {
    let (uid, name) = (object["metadata"]["uid"].clone(), object["metadata"]["name"].clone());
    if object["spec"]["manualSelector"] == true {
        return;
    }
    let spec = &mut object["spec"];
    fill(spec, &json!({"selector": {"matchLabels": {"batch.kubernetes.io/controller-uid": uid}}}));
    let labels = json!({
        "batch.kubernetes.io/controller-uid": uid,
        "batch.kubernetes.io/job-name": name,
        "controller-uid": uid,
        "job-name": name,
    });
    fill(&mut spec["template"]["metadata"]["labels"], &labels);
    // A Job without labels has those of its Pods.
    if object.pointer("/metadata/labels").is_none() {
        object["metadata"]["labels"] = object["spec"]["template"]["metadata"]["labels"].clone();
    }
}

fn pod(spec: &mut Value) {
    fill(spec, &json!({"enableServiceLinks": true}));
    pod_spec(spec);
    for list in ["initContainers", "containers"] {
        present(spec, list, |containers| each(containers, request_limits));
    }
}

/// What has a limit requests it, unless it requests something else.
fn request_limits(container: &mut Value) {
    let limits = container["resources"]["limits"].clone();
    if limits.is_object() {
        fill(&mut container["resources"]["requests"], &limits);
    }
}

fn pod_spec(spec: &mut Value) {
    fill(
        spec,
        &json!({
            "restartPolicy": "Always",
            "terminationGracePeriodSeconds": 30,
            "dnsPolicy": "ClusterFirst",
            "securityContext": {},
            "schedulerName": "default-scheduler",
        }),
    );
    // `serviceAccount` is the old name of the same field.
    if let account @ Value::String(_) = spec["serviceAccountName"].clone() {
        spec["serviceAccount"] = account;
    }
    for list in ["initContainers", "containers"] {
        present(spec, list, |containers| each(containers, container));
    }
    present(spec, "volumes", |volumes| each(volumes, volume));
}

fn container(container: &mut Value) {
    let image = text(container, "/image");
    let tag = image.rsplit('/').next().unwrap_or_default();
    let is_latest = !image.contains('@') && (!tag.contains(':') || tag.ends_with(":latest"));
    let policy = if is_latest { "Always" } else { "IfNotPresent" };
    fill(
        container,
        &json!({
            "imagePullPolicy": policy,
            "resources": {},
            "terminationMessagePath": "/dev/termination-log",
            "terminationMessagePolicy": "File",
        }),
    );
    present(container, "ports", |ports| {
        each(ports, |port| fill(port, &json!({"protocol": "TCP"})));
    });
    present(container, "env", |env| {
        each(env, |variable| {
            if let Some(field) = variable.pointer_mut("/valueFrom/fieldRef") {
                fill(field, &json!({"apiVersion": "v1"}));
            }
            if let Some(field) = variable.pointer_mut("/valueFrom/resourceFieldRef") {
                fill(field, &json!({"divisor": "0"}));
            }
        });
    });
    for name in ["livenessProbe", "readinessProbe", "startupProbe"] {
        present(container, name, probe);
    }
}

fn probe(probe: &mut Value) {
    fill(
        probe,
        &json!({
            "failureThreshold": 3, "periodSeconds": 10, "successThreshold": 1, "timeoutSeconds": 1,
        }),
    );
    present(probe, "httpGet", |get| fill(get, &json!({"scheme": "HTTP", "path": "/"})));
}

fn volume(volume: &mut Value) {
    for source in ["secret", "configMap", "downwardAPI", "projected"] {
        present(volume, source, |source| fill(source, &json!({"defaultMode": 420})));
    }
}

fn network_policy(spec: &mut Value) {
    let types = match spec.get("egress") {
        Some(egress) if egress.as_array().is_some_and(|egress| !egress.is_empty()) => {
            json!(["Ingress", "Egress"])
        }
        _ => json!(["Ingress"]),
    };
    fill(spec, &json!({"podSelector": {}, "policyTypes": types}));
    for direction in ["ingress", "egress"] {
        present(spec, direction, |rules| {
            each(rules, |rule| {
                present(rule, "ports", |ports| {
                    each(ports, |port| fill(port, &json!({"protocol": "TCP"})));
                });
            });
        });
    }
}

fn binding(object: &mut Value) {
    const GROUP: &str = "rbac.authorization.k8s.io";
    fill(&mut object["roleRef"], &json!({"apiGroup": GROUP}));
    present(object, "subjects", |subjects| {
        each(subjects, |subject| {
            if matches!(text(subject, "/kind"), "User" | "Group") {
                fill(subject, &json!({"apiGroup": GROUP}));
            }
        });
    });
}

fn definition(spec: &mut Value) {
    let kind = text(spec, "/names/kind").to_owned();
    let names = json!({"singular": kind.to_lowercase(), "listKind": format!("{kind}List")});
    fill(&mut spec["names"], &names);
    fill(spec, &json!({"conversion": {"strategy": "None"}}));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deployment_gets_its_rollout_and_pod_defaults() {
        let mut spec = json!({"template": {"spec": {
            "serviceAccountName": "sa",
            "containers": [{
                "name": "a", "image": "registry:5000/a", "ports": [{"containerPort": 80}],
                "resources": {"limits": {"cpu": "1"}, "requests": {"memory": "64Mi"}},
            }],
        }}});
        deployment(&mut spec);
        assert_eq!(spec["strategy"]["rollingUpdate"]["maxSurge"], "25%");
        let pod = &spec["template"]["spec"];
        assert_eq!(pod["serviceAccount"], "sa");
        let container = &pod["containers"][0];
        assert_eq!(container["imagePullPolicy"], "Always");
        assert_eq!(container["ports"][0]["protocol"], "TCP");
        assert_eq!(container["resources"]["requests"], json!({"memory": "64Mi"}));
    }

    #[test]
    fn only_a_pod_itself_requests_what_it_is_limited_to() {
        let resources = json!({"limits": {"cpu": "1"}, "requests": {"memory": "64Mi"}});
        let mut spec =
            json!({"containers": [{"image": "a", "resources": resources}, {"image": "b"}]});
        pod(&mut spec);
        let requests = &spec["containers"][0]["resources"]["requests"];
        assert_eq!(*requests, json!({"memory": "64Mi", "cpu": "1"}));
        assert_eq!(spec["containers"][1]["resources"], json!({}));
    }

    #[test]
    fn defaults_are_stable() {
        let mut spec = json!({"ports": [{"port": 80}]});
        service(&mut spec);
        let once = spec.clone();
        service(&mut spec);
        assert_eq!(spec, once);
    }
}
