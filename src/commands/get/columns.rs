//! Which columns a table has and what stands in them; the same for `get` and `get --watch`.

use kube::api::DynamicObject;

use super::query::Query;
use crate::kinds::revision::shorten;
use crate::kinds::view::{name, namespace};
use crate::kinds::{Column, Kind};

/// The columns of one kind's table.
pub(super) fn headers(query: &Query, kind: &Kind) -> Vec<&'static str> {
    let mut headers = identity(query);
    if query.with_source {
        headers.push("SOURCE");
    }
    headers.extend(kind.columns.iter().map(|column| column.header));
    headers.extend(["READY", "MESSAGE"]);
    headers
}

/// An object's cells in its kind's table. The name tells the kind where several are shown.
pub(super) fn cells(query: &Query, kind: &Kind, object: &DynamicObject) -> Vec<String> {
    let mut cells = identity_of(query, kind, object);
    if query.with_source {
        let source = kind.shown_source.and_then(|source| source(object));
        cells.push(
            source.map(|s| format!("{}/{}/{}", s.kind, s.namespace, s.name)).unwrap_or_default(),
        );
    }
    cells.extend(kind.columns.iter().map(|column| shorten(&(column.cell)(object))));
    let (ready, message) = kind.ready_cells(object);
    cells.extend([ready, message]);
    cells
}

/// The columns of a table in which several kinds stand: what most of them have.
pub(super) fn merged_headers(query: &Query) -> Vec<&'static str> {
    let mut headers = identity(query);
    headers.extend(["REVISION", "SUSPENDED", "READY", "MESSAGE"]);
    headers
}

/// An object's cells in a table of several kinds; empty where its kind has no such column.
pub(super) fn merged_cells(query: &Query, kind: &Kind, object: &DynamicObject) -> Vec<String> {
    let cell = |header: &str| {
        let column = kind.columns.iter().find(|column: &&Column| column.header == header);
        column.map(|column| shorten(&(column.cell)(object))).unwrap_or_default()
    };
    let mut cells = identity_of(query, kind, object);
    let (ready, message) = kind.ready_cells(object);
    cells.extend([cell("REVISION"), cell("SUSPENDED"), ready, message]);
    cells
}

fn identity(query: &Query) -> Vec<&'static str> {
    if query.namespace.is_none() { vec!["NAMESPACE", "NAME"] } else { vec!["NAME"] }
}

fn identity_of(query: &Query, kind: &Kind, object: &DynamicObject) -> Vec<String> {
    let name = match query.is_single() {
        true => name(object).to_owned(),
        false => format!("{}/{}", kind.kind.to_lowercase(), name(object)),
    };
    match query.namespace {
        None => vec![namespace(object).to_owned(), name],
        Some(_) => vec![name],
    }
}
