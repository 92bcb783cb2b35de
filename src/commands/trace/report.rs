//! What is told of a way.

use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;
use serde_json::{Value, json};

use super::route::{Route, Step};
use super::written;
use crate::kinds::readiness;
use crate::kinds::view;
use crate::output::table::fold;

/// The column at which values begin, as upstream has it.
const COLUMN: usize = 18;

/// Columns of tables that say nothing about where an object came from.
const LEFT_OUT: [&str; 2] = ["SUSPENDED", "SOURCE"];

/// A section for the object and for each step.
pub(super) fn text(route: &Route) -> String {
    let mut text = lines(&[
        ("Object", format!("{}/{}", route.object.kind, route.object.name)),
        ("Namespace", route.object.namespace.clone()),
        ("Status", "Managed by Flux".to_owned()),
    ]);
    for step in &route.steps {
        let mut fields = vec![(step.kind.kind, step.reference.name.clone())];
        fields.push(("Namespace", step.reference.namespace.clone()));
        let told = fields_of(step);
        fields.extend(told.iter().map(|(label, value)| (label.as_str(), value.clone())));
        text += "---\n";
        text += &lines(&fields);
    }
    text
}

/// A line for each field that says something.
fn lines(fields: &[(&str, String)]) -> String {
    let line = |(label, value): &(&str, String)| match fold(value) {
        value if value.is_empty() => String::new(),
        value => format!("{:<COLUMN$}{value}\n", format!("{label}:")),
    };
    fields.iter().map(line).collect()
}

/// What is told of a step: what its table has, where it came from, and how it stands with it.
fn fields_of(step: &Step) -> Vec<(String, String)> {
    let object = match &step.found {
        Ok(object) => object,
        Err(why) => return vec![("Status".to_owned(), why.clone())],
    };
    let columns = step.kind.wide.iter().chain(step.kind.columns);
    let columns = columns.filter(|column| !LEFT_OUT.contains(&column.header));
    let mut fields: Vec<_> =
        columns.map(|column| (label(column.header), (column.cell)(object))).collect();
    fields.extend(origin(object));
    fields.push(("Status".to_owned(), status(object)));
    fields.push(("Message".to_owned(), step.kind.ready_cells(object).1));
    fields.retain(|(_, value)| !value.is_empty());
    fields
}

/// `LAST SCAN` as a label: `Last scan`.
fn label(header: &str) -> String {
    if header == "URL" {
        return header.to_owned();
    }
    let mut letters = header.chars();
    let first = letters.next().map(String::from).unwrap_or_default();
    first + &letters.as_str().to_lowercase()
}

/// Where an OCI artifact says that it came from.
///
/// Source: the annotation keys of the OCI image specification, which source-controller copies.
fn origin(object: &DynamicObject) -> Vec<(String, String)> {
    let annotation = |key| {
        let metadata = object.data.pointer("/status/artifact/metadata")?;
        metadata[format!("org.opencontainers.image.{key}")].as_str().map(str::to_owned)
    };
    let labelled =
        [("Origin revision", annotation("revision")), ("Origin source", annotation("source"))];
    labelled.into_iter().filter_map(|(label, value)| Some((label.to_owned(), value?))).collect()
}

fn status(object: &DynamicObject) -> String {
    let Some(ready) = readiness::condition(object, "Ready") else { return "Unknown".to_owned() };
    let conditions = object.data.pointer("/status/conditions").and_then(Value::as_array);
    let condition = conditions.into_iter().flatten().find(|one| one["type"] == "Ready");
    let since = condition.and_then(|one| one["lastTransitionTime"].as_str());
    let since = since.and_then(|time| time.parse::<Timestamp>().ok()).map(written);
    let what = match ready.status {
        "True" => "Last reconciled",
        "False" => "Last reconciliation failed",
        _ => return "Reconciling".to_owned(),
    };
    since.map_or_else(|| what.to_owned(), |since| format!("{what} at {since}"))
}

/// One list of the ways.
pub(super) fn document(routes: &[Route]) -> Value {
    let reference = |step: &Step| {
        json!({"group": step.kind.group, "kind": step.kind.kind,
               "namespace": step.reference.namespace, "name": step.reference.name})
    };
    let step = |step: &Step| {
        let mut value = reference(step);
        let ready = step.found.as_ref().ok().map(|object| step.kind.ready_cells(object).0);
        value["ready"] = json!(ready);
        value["revision"] =
            json!(step.found.as_ref().ok().and_then(|object| revision(step, object)));
        value["facts"] =
            fields_of(step).into_iter().map(|(key, fact)| (key, json!(fact))).collect();
        value
    };
    let item = |route: &Route| {
        let object = &route.object;
        json!({
            "apiVersion": "nigari-cli.github.io/v1",
            "kind": "Trace",
            "object": {"group": object.group, "kind": object.kind,
                       "namespace": object.namespace, "name": object.name},
            "managedBy": route.steps.first().map(reference),
            "steps": route.steps.iter().map(step).collect::<Vec<_>>(),
        })
    };
    json!({"apiVersion": "v1", "kind": "List", "items": routes.iter().map(item).collect::<Vec<_>>()})
}

fn revision<'a>(step: &Step, object: &'a DynamicObject) -> Option<&'a str> {
    let told = (step.kind.revisions)(object).into_iter().next();
    told.or_else(|| view::text(object, "/status/artifact/revision"))
}
