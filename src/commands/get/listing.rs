//! The objects of one kind, kept in the form in which they will be printed.

use std::collections::BTreeSet;

use anyhow::Result;
use futures::stream::{self, BoxStream, StreamExt as _, TryStreamExt as _};
use kube::api::DynamicObject;

use super::columns;
use super::query::Query;
use super::standing::Standings;
use crate::cli::get::GetFormat;
use crate::cluster::Cluster;
use crate::kinds::view::name;
use crate::kinds::{Kind, ObjectRef};
use crate::output::clean;
use crate::output::rank::Rank;
use crate::output::table::{Paper, Table};

/// The objects of one kind.
pub(super) struct Listing {
    kind: &'static Kind,
    /// The names that the cluster has, whether or not their objects are selected.
    found: BTreeSet<String>,
    /// How it stands with the objects that are selected, where the exit code tells.
    pub(super) standings: Standings,
    items: Items,
}

/// Rows and names are far smaller than the objects, so nothing else is kept for them.
enum Items {
    Rows(Vec<(Rank, Vec<String>)>),
    Names(Vec<(Rank, String)>),
    Objects(Vec<(Rank, DynamicObject)>),
}

impl Listing {
    /// Reads the objects of a kind, a page at a time.
    pub(super) async fn read(
        cluster: &Cluster,
        query: &Query,
        kind: &'static Kind,
    ) -> Result<Self> {
        let mut listing = Self::new(query, kind);
        let mut objects = found(cluster, query, kind).await?;
        while let Some(object) = objects.try_next().await? {
            listing.add(query, object)?;
        }
        Ok(listing)
    }

    /// A listing of which nothing is known yet.
    pub(super) fn new(query: &Query, kind: &'static Kind) -> Self {
        let items = match query.format {
            GetFormat::Table | GetFormat::Wide => Items::Rows(Vec::new()),
            GetFormat::Name => Items::Names(Vec::new()),
            GetFormat::Json | GetFormat::Yaml | GetFormat::JsonPath(_) => {
                Items::Objects(Vec::new())
            }
        };
        Self { kind, found: BTreeSet::new(), standings: Standings::default(), items }
    }

    /// Notes that an object is there; says whether it is selected.
    pub(super) fn admits(&mut self, query: &Query, object: &DynamicObject) -> bool {
        self.found.insert(name(object).to_owned());
        let is_selected = query.selects(self.kind, object);
        if is_selected && query.with_exit_status {
            self.standings.put(ObjectRef::of(self.kind, object), self.kind, object);
        }
        is_selected
    }

    fn add(&mut self, query: &Query, object: DynamicObject) -> Result<()> {
        if !self.admits(query, &object) {
            return Ok(());
        }
        let rank = query.rank(self.kind, &object, false)?;
        match &mut self.items {
            Items::Rows(rows) => rows.push((rank, columns::cells(query, self.kind, &object))),
            Items::Names(names) => {
                let line = format!("{}/{}\n", self.kind.resource_name(), clean(name(&object)));
                names.push((rank, line));
            }
            Items::Objects(objects) => objects.push((rank, object)),
        }
        Ok(())
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
        let mut table = Table::new(columns::headers(query, self.kind));
        in_order(self.rows()).for_each(|row| table.push(row.clone()));
        match query.is_single() {
            true if self.is_empty() => String::new(),
            true => table.render(paper, query.with_header),
            false if table.is_empty() => String::new(),
            false => table.render(paper, query.with_header) + "\n",
        }
    }

    fn rows(&self) -> &[(Rank, Vec<String>)] {
        if let Items::Rows(rows) = &self.items { rows } else { &[] }
    }

    fn names(&self) -> &[(Rank, String)] {
        if let Items::Names(names) = &self.items { names } else { &[] }
    }

    fn objects(&self) -> &[(Rank, DynamicObject)] {
        if let Items::Objects(objects) = &self.items { objects } else { &[] }
    }
}

/// The objects of a kind that the cluster has where it was asked for them; the first list is under way.
pub(super) async fn found<'a>(
    cluster: &'a Cluster,
    query: &Query,
    kind: &'static Kind,
) -> Result<BoxStream<'a, Result<DynamicObject>>> {
    let mut scopes = query.scopes().into_iter();
    let Some(first) = scopes.next() else { return Ok(stream::empty().boxed()) };
    let first = cluster.list_to_show(kind, &first).await?;
    let rest = stream::iter(scopes)
        .then(move |scope| async move { cluster.list_to_show(kind, &scope).await })
        .try_flatten();
    Ok(first.chain(rest).boxed())
}

/// The names of all kinds together, one a line.
pub(super) fn names(listings: &[Listing]) -> String {
    in_order(listings.iter().flat_map(Listing::names)).map(String::as_str).collect()
}

/// The objects of all kinds together.
pub(super) fn objects(listings: &[Listing]) -> impl Iterator<Item = &DynamicObject> {
    in_order(listings.iter().flat_map(Listing::objects))
}

/// Items by their ranks, equal ones as they came.
fn in_order<'a, T: 'a>(
    ranked: impl IntoIterator<Item = &'a (Rank, T)>,
) -> impl Iterator<Item = &'a T> {
    let mut ranked: Vec<_> = ranked.into_iter().collect();
    ranked.sort_by(|(one, _), (other, _)| one.cmp(other));
    ranked.into_iter().map(|(_, item)| item)
}
