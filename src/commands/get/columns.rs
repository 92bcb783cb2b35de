//! Which columns a table has and what stands in them; the same for `get` and `get --watch`.

use kube::api::DynamicObject;

use super::query::Query;
use crate::kinds::revision::shorten;
use crate::kinds::view::{name, namespace};
use crate::kinds::{Column, Kind, Verb};

/// The columns of one kind's table.
pub(super) fn headers(query: &Query, kind: &Kind) -> Vec<&'static str> {
    let mut headers = identity(query);
    if query.shows_source(kind) {
        headers.push("SOURCE");
    }
    headers.extend(kind.columns.iter().map(|column| column.header));
    if query.is_wide() {
        headers.extend(kind.wide.iter().map(|column| column.header));
    }
    if shows_note(query, kind) {
        headers.extend(NOTE);
    }
    headers.extend(["READY", "MESSAGE"]);
    headers
}

/// An object's cells in its kind's table. The name tells the kind where several are shown.
pub(super) fn cells(query: &Query, kind: &Kind, object: &DynamicObject) -> Vec<String> {
    let mut cells = identity_of(query, kind, object);
    if query.shows_source(kind) {
        let source = kind.shown_source.and_then(|source| source(object));
        cells.push(
            source.map(|s| format!("{}/{}/{}", s.kind, s.namespace, s.name)).unwrap_or_default(),
        );
    }
    cells.extend(kind.columns.iter().map(|column| shorten(&(column.cell)(object))));
    if query.is_wide() {
        cells.extend(kind.wide.iter().map(|column| (column.cell)(object)));
    }
    if shows_note(query, kind) {
        cells.extend(note(kind, object));
    }
    let (ready, message) = kind.ready_cells(object);
    cells.extend([ready, message]);
    cells
}

/// The columns of a table in which several kinds stand: what most of them have.
pub(super) fn merged_headers(query: &Query) -> Vec<&'static str> {
    let mut headers = identity(query);
    headers.extend(["REVISION", "SUSPENDED"]);
    if query.is_wide() {
        headers.extend(NOTE);
    }
    headers.extend(["READY", "MESSAGE"]);
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
    cells.extend([cell("REVISION"), cell("SUSPENDED")]);
    if query.is_wide() {
        cells.extend(note(kind, object));
    }
    cells.extend([ready, message]);
    cells
}

/// The columns of what people noted about a suspension.
const NOTE: [&str; 2] = ["UNTIL", "REASON"];

fn shows_note(query: &Query, kind: &Kind) -> bool {
    query.is_wide() && kind.supports(Verb::Suspend)
}

fn note(kind: &Kind, object: &DynamicObject) -> [String; 2] {
    let note = kind.suspension_note(object).unwrap_or_default();
    [note.until.unwrap_or_default(), note.reason.unwrap_or_default()]
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
