//! `Table`: objects as `kubectl get` prints them.

use std::sync::Arc;

use serde_json::{Value, json};

use super::list::partial;
use super::preparation::now;
use super::resources::{Resource, Shape, text};

/// A column: header, type, wide-only, and the cell of an object.
struct Column {
    name: String,
    kind: String,
    format: &'static str,
    priority: i64,
    cell: Cell,
}

enum Cell {
    /// The value at a simple JSON path.
    Path(String),
    /// Something that is worked out.
    Function(fn(&Value) -> Value),
}

fn column(name: &str, cell: fn(&Value) -> Value) -> Column {
    let format = if name == "Name" { "name" } else { "" };
    Column {
        name: name.to_owned(),
        kind: "string".to_owned(),
        format,
        priority: 0,
        cell: Cell::Function(cell),
    }
}

fn number(name: &str, cell: fn(&Value) -> Value) -> Column {
    Column { kind: "integer".to_owned(), ..column(name, cell) }
}

/// A column that only `kubectl get -o wide` shows.
fn wide(name: &str, cell: fn(&Value) -> Value) -> Column {
    Column { priority: 1, ..column(name, cell) }
}

fn created(name: &str) -> Column {
    let path = Cell::Path(".metadata.creationTimestamp".to_owned());
    Column { kind: "date".to_owned(), cell: path, ..column(name, age_of) }
}

/// Whether objects of a kind are shown as a table; of others, clients are given the objects.
pub(crate) fn is_offered(resource: &Resource) -> bool {
    matches!(resource.shape, Shape::Custom { .. }) || !built_in(&resource.kind).is_empty()
}

/// The table of `objects`; `include` is the query's `includeObject`.
pub(crate) fn of(
    resource: &Resource,
    objects: &[Arc<Value>],
    metadata: &Value,
    include: &str,
    with_columns: bool,
) -> Value {
    let columns = columns(resource);
    let definitions: Vec<_> = columns
        .iter()
        .map(|column| {
            json!({
                "name": column.name,
                "type": column.kind,
                "format": column.format,
                "description": "",
                "priority": column.priority,
            })
        })
        .collect();
    let rows: Vec<_> = objects
        .iter()
        .map(|object| {
            let cells: Vec<_> = columns.iter().map(|column| cell(column, object)).collect();
            let shown = match include {
                "None" => Value::Null,
                "Object" => Value::clone(object),
                _ => partial(object),
            };
            match shown {
                Value::Null => json!({"cells": cells, "object": null}),
                shown => json!({"cells": cells, "object": shown}),
            }
        })
        .collect();
    json!({
        "kind": "Table",
        "apiVersion": "meta.k8s.io/v1",
        "metadata": metadata,
        "columnDefinitions": with_columns.then_some(definitions),
        "rows": rows,
    })
}

fn cell(column: &Column, object: &Value) -> Value {
    match &column.cell {
        Cell::Function(function) => function(object),
        Cell::Path(path) => {
            let value = at_path(object, path);
            match column.kind.as_str() {
                "date" => {
                    value.and_then(Value::as_str).map_or(Value::Null, |time| age(time).into())
                }
                "string" => match value {
                    Some(Value::String(text)) => text.as_str().into(),
                    Some(other) => other.to_string().into(),
                    None => Value::Null,
                },
                _ => value.cloned().unwrap_or(Value::Null),
            }
        }
    }
}

fn columns(resource: &Resource) -> Vec<Column> {
    let name = column("Name", |object| object["metadata"]["name"].clone());
    match &resource.shape {
        Shape::Custom { columns: declared, .. } => match declared.as_array() {
            Some(declared) if !declared.is_empty() => {
                [name].into_iter().chain(declared.iter().map(declared_column)).collect()
            }
            _ => vec![name, created("Age")],
        },
        // Of an event, the name is the least.
        Shape::BuiltIn(_) if resource.kind == "Event" => {
            let name = Column { priority: 1, ..name };
            built_in(&resource.kind).into_iter().chain([name]).collect()
        }
        Shape::BuiltIn(_) => [name].into_iter().chain(built_in(&resource.kind)).collect(),
    }
}

fn declared_column(declared: &Value) -> Column {
    Column {
        name: text(declared, "/name").to_owned(),
        kind: text(declared, "/type").to_owned(),
        format: "",
        priority: declared["priority"].as_i64().unwrap_or(0),
        cell: Cell::Path(text(declared, "/jsonPath").to_owned()),
    }
}

/// The columns of a built-in kind besides the name; none when its table is not known.
fn built_in(kind: &str) -> Vec<Column> {
    let age = || column("Age", age_of);
    match kind {
        "Namespace" => vec![column("Status", |object| object["status"]["phase"].clone()), age()],
        "ServiceAccount" => vec![age()],
        "ConfigMap" => vec![
            column("Data", |object| {
                let size = |field: &str| object[field].as_object().map_or(0, serde_json::Map::len);
                (size("data") + size("binaryData")).into()
            }),
            age(),
        ],
        "Secret" => vec![
            column("Type", |object| object["type"].clone()),
            column("Data", |object| {
                object["data"].as_object().map_or(0, serde_json::Map::len).into()
            }),
            age(),
        ],
        "Service" => vec![
            column("Type", |object| object["spec"]["type"].clone()),
            column("Cluster-IP", |object| object["spec"]["clusterIP"].clone()),
            column("External-IP", |_| "<none>".into()),
            column("Port(s)", service_ports),
            age(),
            wide("Selector", |object| labels(&object["spec"]["selector"])),
        ],
        "CustomResourceDefinition" => vec![Column {
            cell: Cell::Function(|object| object["metadata"]["creationTimestamp"].clone()),
            ..created("Created At")
        }],
        "Pod" => pod_columns(),
        "Deployment" | "ReplicaSet" => workload_columns(kind),
        "Event" => event_columns(),
        _ => Vec::new(),
    }
}

fn pod_columns() -> Vec<Column> {
    vec![
        column("Ready", pods_ready),
        column("Status", pod_status),
        column("Restarts", pod_restarts),
        column("Age", age_of),
        wide("IP", |object| or_none(text(object, "/status/podIP"))),
        wide("Node", |object| or_none(text(object, "/spec/nodeName"))),
        wide("Nominated Node", |object| or_none(text(object, "/status/nominatedNodeName"))),
        wide("Readiness Gates", |_| or_none("")),
    ]
}

fn workload_columns(kind: &str) -> Vec<Column> {
    let mut columns = match kind {
        "Deployment" => vec![
            column("Ready", |object| {
                let (ready, wanted) =
                    (count(object, "/status/readyReplicas"), count(object, "/spec/replicas"));
                format!("{ready}/{wanted}").into()
            }),
            column("Up-to-date", |object| count(object, "/status/updatedReplicas").into()),
            column("Available", |object| count(object, "/status/availableReplicas").into()),
        ],
        _ => vec![
            number("Desired", |object| count(object, "/spec/replicas").into()),
            number("Current", |object| count(object, "/status/replicas").into()),
            number("Ready", |object| count(object, "/status/readyReplicas").into()),
        ],
    };
    columns.extend([
        column("Age", age_of),
        wide("Containers", |object| of_containers(object, "/name")),
        wide("Images", |object| of_containers(object, "/image")),
        wide("Selector", |object| labels(&object["spec"]["selector"]["matchLabels"])),
    ]);
    columns
}

fn event_columns() -> Vec<Column> {
    vec![
        column("Last Seen", |object| age(text(object, "/lastTimestamp")).into()),
        column("Type", |object| object["type"].clone()),
        column("Reason", |object| object["reason"].clone()),
        column("Object", |object| {
            let kind = text(object, "/involvedObject/kind").to_lowercase();
            format!("{kind}/{}", text(object, "/involvedObject/name")).into()
        }),
        wide("Subobject", |object| text(object, "/involvedObject/fieldPath").into()),
        wide("Source", |object| match text(object, "/source/host") {
            "" => text(object, "/source/component").into(),
            host => format!("{}, {host}", text(object, "/source/component")).into(),
        }),
        column("Message", |object| text(object, "/message").trim().into()),
        wide("First Seen", |object| age(text(object, "/firstTimestamp")).into()),
        wide("Count", |object| count(object, "/count").into()),
    ]
}

fn or_none(text: &str) -> Value {
    if text.is_empty() { "<none>".into() } else { text.into() }
}

/// Labels as `a=1,b=2`.
fn labels(labels: &Value) -> Value {
    let pairs = labels.as_object().into_iter().flatten();
    let mut pairs: Vec<_> = pairs
        .map(|(name, value)| format!("{name}={}", value.as_str().unwrap_or_default()))
        .collect();
    pairs.sort_unstable();
    or_none(&pairs.join(","))
}

/// What the containers of a workload's template have at `pointer`.
fn of_containers(object: &Value, pointer: &str) -> Value {
    let containers = object.pointer("/spec/template/spec/containers").and_then(Value::as_array);
    let found = containers.into_iter().flatten().map(|container| text(container, pointer));
    Vec::from_iter(found).join(",").into()
}

fn count(object: &Value, pointer: &str) -> i64 {
    object.pointer(pointer).and_then(Value::as_i64).unwrap_or(0)
}

fn containers(object: &Value) -> impl Iterator<Item = &Value> {
    object.pointer("/status/containerStatuses").and_then(Value::as_array).into_iter().flatten()
}

fn pods_ready(object: &Value) -> Value {
    let total = object.pointer("/spec/containers").and_then(Value::as_array).map_or(0, Vec::len);
    let ready = containers(object).filter(|status| status["ready"] == true).count();
    format!("{ready}/{total}").into()
}

fn pod_restarts(object: &Value) -> Value {
    containers(object).map(|status| count(status, "/restartCount")).sum::<i64>().to_string().into()
}

/// The waiting reason of a container says more than the phase.
fn pod_status(object: &Value) -> Value {
    if object.pointer("/metadata/deletionTimestamp").is_some() {
        return "Terminating".into();
    }
    let waiting = containers(object)
        .map(|status| text(status, "/state/waiting/reason"))
        .find(|reason| !reason.is_empty());
    waiting.unwrap_or_else(|| text(object, "/status/phase")).into()
}

fn service_ports(object: &Value) -> Value {
    let ports = object.pointer("/spec/ports").and_then(Value::as_array);
    let ports: Vec<_> = ports
        .into_iter()
        .flatten()
        .map(|port| format!("{}/{}", count(port, "/port"), text(port, "/protocol")))
        .collect();
    ports.join(",").into()
}

fn age_of(object: &Value) -> Value {
    age(text(object, "/metadata/creationTimestamp")).into()
}

/// The time since `time` in the server's rounded form: `5s`, `3m20s`, `7d`.
fn age(time: &str) -> String {
    let parse =
        |time: &str| time.parse::<k8s_openapi::jiff::Timestamp>().map(|time| time.as_second());
    let (Ok(then), Ok(now)) = (parse(time), parse(&now())) else { return "<unknown>".to_owned() };
    let seconds = (now - then).max(0);
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
    let pair = |whole: i64, unit: &str, rest: i64, small: &str| match rest {
        0 => format!("{whole}{unit}"),
        rest => format!("{whole}{unit}{rest}{small}"),
    };
    match seconds {
        0..120 => format!("{seconds}s"),
        120..600 => pair(minutes, "m", seconds % 60, "s"),
        600..10_800 => format!("{minutes}m"),
        10_800..28_800 => pair(hours, "h", minutes % 60, "m"),
        28_800..172_800 => format!("{hours}h"),
        172_800..691_200 => pair(days, "d", hours % 24, "h"),
        _ if days < 730 => format!("{days}d"),
        _ => pair(days / 365, "y", days % 365, "d"),
    }
}

/// The value at one of the simple paths that printer columns use:
/// `.status.conditions[?(@.type=="Ready")].message`, `.spec.list[0]`, `.metadata.labels.a\.b`.
fn at_path<'v>(object: &'v Value, path: &str) -> Option<&'v Value> {
    let mut value = object;
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("[?(@.") {
            let (condition, after) = after.split_once(")]")?;
            let (field, wanted) = condition.split_once("==")?;
            let wanted = wanted.trim().trim_matches(['"', '\'']);
            let matches = |item: &&Value| item[field.trim()] == wanted;
            value = value.as_array()?.iter().find(matches)?;
            rest = after;
        } else if let Some(after) = rest.strip_prefix('[') {
            let (index, after) = after.split_once(']')?;
            value = match index.trim_matches(['"', '\'']) {
                name if name != index => value.get(name)?,
                index => value.get(index.parse::<usize>().ok()?)?,
            };
            rest = after;
        } else {
            let (name, after) = field_name(rest.strip_prefix('.').unwrap_or(rest));
            value = value.get(&name)?;
            rest = after;
        }
    }
    Some(value)
}

/// Splits a field name off a path; a backslash keeps a dot in it.
fn field_name(path: &str) -> (String, &str) {
    let mut name = String::new();
    let mut is_escaped = false;
    for (index, c) in path.char_indices() {
        match c {
            '\\' if !is_escaped => is_escaped = true,
            '.' | '[' if !is_escaped => return (name, &path[index..]),
            c => {
                is_escaped = false;
                name.push(c);
            }
        }
    }
    (name, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn printer_column_paths_are_understood() {
        let object = json!({
            "metadata": {"labels": {"a.b/c": "x"}},
            "status": {"conditions": [{"type": "Other"}, {"type": "Ready", "message": "fine"}]},
        });
        let found = |path: &str| at_path(&object, path).cloned();
        let ready = ".status.conditions[?(@.type==\"Ready\")].message";
        assert_eq!(found(ready), Some("fine".into()));
        assert_eq!(found(".metadata.labels.a\\.b/c"), Some("x".into()));
        assert_eq!(found(".status.conditions[0].type"), Some("Other".into()));
        assert_eq!(found(".status.missing"), None);
    }
}
