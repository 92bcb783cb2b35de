//! Whole objects, printed as they come: memory follows the pages and not the objects.

use std::time::Instant;

use anyhow::Result;
use futures::TryStreamExt as _;
use futures::future::join_all;
use futures::stream::BoxStream;
use kube::api::DynamicObject;

use super::LISTS;
use super::listing::{Listing, found};
use super::query::Query;
use crate::cluster::Cluster;
use crate::context::Context;
use crate::deadline::Deadline;
use crate::kinds::Kind;
use crate::output::Output;
use crate::output::document::Document;
use crate::output::items::Items;

/// How much is written at once, in bytes.
const PIECE: usize = 64 * 1024;

/// The objects of one kind as they come, or why there are none.
type Found<'a> = (&'static Kind, Result<BoxStream<'a, Result<DynamicObject>>>);

/// Prints the objects of every kind, one kind after the other while the lists of all of them are under way;
/// returns what else is to be told of each.
///
/// A kind whose list fails before anything of it was printed is left out, as it is of tables. What fails later
/// breaks the document off: nobody takes half of a list for the whole one.
pub(super) async fn print(
    ctx: &Context,
    cluster: &Cluster,
    query: &Query,
    document: Document,
) -> Result<Vec<Result<Listing>>> {
    let mut sheet = Sheet::new(ctx, document)?;
    match print_on(&mut sheet, cluster, query).await {
        Ok(listings) => {
            sheet.end()?;
            Ok(listings)
        }
        Err(error) if sheet.is_begun => Err(error.context("the list that was printed is cut off")),
        Err(error) => Err(error),
    }
}

async fn print_on(
    sheet: &mut Sheet<'_>,
    cluster: &Cluster,
    query: &Query,
) -> Result<Vec<Result<Listing>>> {
    let all = sheet.deadline.within(LISTS, begin(cluster, query)).await?;
    let mut listings = Vec::with_capacity(all.len());
    for (kind, objects) in all {
        listings.push(match objects {
            Ok(objects) => print_kind(sheet, query, kind, objects).await?,
            Err(error) => Err(error),
        });
    }
    Ok(listings)
}

/// Asks for the first page of every kind.
async fn begin<'a>(cluster: &'a Cluster, query: &Query) -> Result<Vec<Found<'a>>> {
    let installed = super::installed(cluster, query).await?;
    let begun =
        installed.into_iter().map(|kind| async move { (kind, found(cluster, query, kind).await) });
    Ok(join_all(begun).await)
}

/// Prints the objects of one kind. The inner failure is of its list alone, of which nothing was printed.
async fn print_kind(
    sheet: &mut Sheet<'_>,
    query: &Query,
    kind: &'static Kind,
    mut objects: BoxStream<'_, Result<DynamicObject>>,
) -> Result<Result<Listing>> {
    let mut listing = Listing::new(query, kind);
    let mut is_printed = false;
    loop {
        let next = async { Ok(objects.try_next().await) };
        match sheet.deadline.within(LISTS, next).await? {
            Ok(Some(object)) => {
                if listing.admits(query, &object) {
                    is_printed = true;
                    sheet.add(object)?;
                }
            }
            Ok(None) => return Ok(Ok(listing)),
            Err(error) if is_printed => return Err(error),
            Err(error) => return Ok(Err(error)),
        }
    }
}

/// A list on its way to standard output.
struct Sheet<'a> {
    output: &'a Output,
    items: Items,
    /// What is not written yet.
    waiting: String,
    /// Whether anything is written.
    is_begun: bool,
    /// The clock, which stands still while whoever reads the list takes the time for it.
    deadline: Deadline,
}

impl<'a> Sheet<'a> {
    fn new(ctx: &'a Context, document: Document) -> Result<Self> {
        let items = Items::new(document)?;
        let (output, deadline) = (&ctx.output, ctx.deadline);
        Ok(Self { output, items, waiting: String::new(), is_begun: false, deadline })
    }

    fn add(&mut self, object: DynamicObject) -> Result<()> {
        self.waiting += &self.items.next(object)?;
        if self.waiting.len() < PIECE {
            return Ok(());
        }
        let start = Instant::now();
        self.is_begun = true;
        self.output.data(&self.waiting)?;
        self.waiting.clear();
        self.deadline = self.deadline.later(start.elapsed());
        Ok(())
    }

    fn end(self) -> Result<()> {
        self.output.data(&(self.waiting + &self.items.end()))
    }
}
