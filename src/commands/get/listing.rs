//! The objects of one kind, kept in the form in which they will be printed.

use std::collections::BTreeSet;

use anyhow::Result;
use futures::TryStreamExt as _;
use kube::api::DynamicObject;

use super::columns;
use super::query::Query;
use crate::cli::get::GetFormat;
use crate::cluster::Cluster;
use crate::kinds::Kind;
use crate::kinds::view::name;
use crate::output::clean;
use crate::output::table::{Paper, Table};

/// The objects of one kind.
pub(super) struct Listing {
    /// The names that the cluster has, whether or not their objects are selected.
    found: BTreeSet<String>,
    items: Items,
}

/// Rows and names are far smaller than the objects, so nothing else is kept for them.
enum Items {
    Rows(Table),
    Names(String),
    Objects(Vec<DynamicObject>),
}

impl Listing {
    /// Reads the objects of a kind, a page at a time.
    pub(super) async fn read(
        cluster: &Cluster,
        query: &Query,
        kind: &'static Kind,
    ) -> Result<Self> {
        let mut listing = Self::new(query, kind);
        for scope in query.scopes() {
            let mut objects = std::pin::pin!(cluster.list(kind, &scope).await?);
            while let Some(object) = objects.try_next().await? {
                listing.add(query, kind, object);
            }
        }
        Ok(listing)
    }

    fn new(query: &Query, kind: &Kind) -> Self {
        let items = match query.format {
            GetFormat::Table | GetFormat::Wide => {
                Items::Rows(Table::new(columns::headers(query, kind)))
            }
            GetFormat::Name => Items::Names(String::new()),
            GetFormat::Json | GetFormat::Yaml => Items::Objects(Vec::new()),
        };
        Self { found: BTreeSet::new(), items }
    }

    fn add(&mut self, query: &Query, kind: &Kind, object: DynamicObject) {
        self.found.insert(name(&object).to_owned());
        if !query.selects(kind, &object) {
            return;
        }
        match &mut self.items {
            Items::Rows(table) => table.push(columns::cells(query, kind, &object)),
            Items::Names(names) => {
                *names += &format!("{}/{}\n", kind.resource_name(), clean(name(&object)));
            }
            Items::Objects(objects) => objects.push(object),
        }
    }

    /// Whether the cluster has nothing that was asked for, selected or not.
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Whether the cluster has an object of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.found.contains(name)
    }

    /// The table. Of several, each has a line of its own after it, and those without rows are left out;
    /// one alone keeps its headers when the selector leaves nothing.
    pub(super) fn table(&self, query: &Query, paper: Paper) -> String {
        let Items::Rows(table) = &self.items else { return String::new() };
        match query.is_single() {
            true if self.is_empty() => String::new(),
            true => table.render(paper, query.with_header),
            false if table.is_empty() => String::new(),
            false => table.render(paper, query.with_header) + "\n",
        }
    }

    /// The names, one a line.
    pub(super) fn names(&self) -> &str {
        if let Items::Names(names) = &self.items { names } else { "" }
    }

    /// The objects.
    pub(super) fn objects(&self) -> &[DynamicObject] {
        if let Items::Objects(objects) = &self.items { objects } else { &[] }
    }
}
