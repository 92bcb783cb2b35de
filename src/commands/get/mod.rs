//! Shows objects: one kind, a family, or everything.

mod columns;
mod connections;
mod listing;
mod query;
mod standing;
mod stream;
mod tally;
mod unripe;
mod view;
mod watch;
mod watching;

use anyhow::{Error, Result, anyhow};
use futures::future::join_all;

use crate::cli::get::{GetArgs, GetFormat};
use crate::cluster::Cluster;
use crate::context::Context;
use crate::error::{self, Class, Explain as _};
use crate::kinds::Kind;
use crate::output::document::{Document, list_of, value_of};
use crate::output::jsonpath::Template;

use listing::{Listing, names, objects};
use query::Query;
use standing::Standings;

/// Prints the objects that were asked for, or follows them.
///
/// # Errors
/// [`Class::NotFound`] when one kind was asked for and there is nothing, or a name is missing;
/// [`Class::NotInstalled`] for one kind that the cluster does not have. Of several kinds those that can be
/// listed are printed first. With `--exit-status`, [`Class::Failed`] when something that is shown is not ready,
/// and [`Class::Waiting`] when nothing else is wrong but that a plan waits. Whole objects are printed as they
/// come: where their list breaks off, so does the document.
pub async fn run(ctx: &Context, args: &GetArgs) -> Result<()> {
    let query = Query::new(ctx, args)?;
    let cluster = ctx.cluster().await?;
    if args.watch {
        return watch::run(ctx, cluster, &query).await;
    }
    let (listings, failures) = match query.streamed() {
        Some(document) => told_apart(ctx, stream::print(ctx, cluster, &query, document).await?),
        None => {
            let lists = ctx.deadline.within(LISTS, list(cluster, &query)).await?;
            let (listings, failures) = told_apart(ctx, lists);
            ctx.output.data(&text_of(ctx, &query, &listings)?)?;
            (listings, failures)
        }
    };
    let of = listings.len() + failures.len();
    refuse_failures(failures, of)?;
    missing(ctx, &query, &listings)?;
    let mut standings = Standings::default();
    listings.into_iter().for_each(|listing| standings.merge(listing.standings));
    standings.verdict()
}

/// What takes the time.
const LISTS: &str = "the cluster's lists";

/// Lists every kind at the same time.
async fn list(cluster: &Cluster, query: &Query) -> Result<Vec<Result<Listing>>> {
    let installed = installed(cluster, query).await?;
    Ok(join_all(installed.into_iter().map(|kind| Listing::read(cluster, query, kind))).await)
}

/// The kinds to list. Asking once what is installed comes first: it is the same answer, and the same failure,
/// for all of them.
async fn installed(cluster: &Cluster, query: &Query) -> Result<Vec<&'static Kind>> {
    let mut installed = Vec::new();
    for kind in &query.kinds {
        if query.is_single() || cluster.resource(kind).await?.is_some() {
            installed.push(*kind);
        }
    }
    Ok(installed)
}

/// What was listed and what failed; a failure of one of many kinds is told where it happens.
fn told_apart(ctx: &Context, lists: Vec<Result<Listing>>) -> (Vec<Listing>, Vec<Error>) {
    let is_one_of_many = lists.len() > 1;
    let (mut listings, mut failures) = (Vec::new(), Vec::new());
    for list in lists {
        match list {
            Ok(listing) => listings.push(listing),
            Err(error) => {
                if is_one_of_many {
                    ctx.output.failed(format_args!("{error:#}"));
                }
                failures.push(error);
            }
        }
    }
    (listings, failures)
}

fn text_of(ctx: &Context, query: &Query, listings: &[Listing]) -> Result<String> {
    match &query.format {
        GetFormat::Table | GetFormat::Wide => {
            Ok(listings.iter().map(|listing| listing.table(query, ctx.output.paper())).collect())
        }
        GetFormat::Name => Ok(names(listings)),
        GetFormat::Json => Document::Json.list(objects(listings)),
        GetFormat::Yaml => Document::Yaml.list(objects(listings)),
        GetFormat::JsonPath(template) => rendered(query, template, listings),
    }
}

/// What a template makes of the object, where one was named, else of the list; nothing of an object that is
/// not there.
fn rendered(query: &Query, template: &Template, listings: &[Listing]) -> Result<String> {
    let root = match query.is_one_object() {
        true => objects(listings).next().map(value_of).transpose()?,
        false => Some(list_of(objects(listings))?),
    };
    Ok(root.map(|root| template.render(&root)).unwrap_or_default())
}

/// The failure of one kind of one, or what `failures` of `of` kinds have in common.
fn refuse_failures(mut failures: Vec<Error>, of: usize) -> Result<()> {
    let class = error::common_class(&failures);
    match failures.len() {
        0 => Ok(()),
        1 if of == 1 => Err(failures.swap_remove(0)),
        count => Err(anyhow!("{count} of {of} installed kinds could not be listed").class(class)),
    }
}

/// Says what was asked for and is not there.
fn missing(ctx: &Context, query: &Query, listings: &[Listing]) -> Result<()> {
    let is_found = |name: &&String| listings.iter().any(|listing| listing.has(name));
    let missing: Vec<_> = query.names.iter().filter(|name| !is_found(name)).cloned().collect();
    let place = query.place();
    if !missing.is_empty() {
        let what = query.single().map_or("object", |kind| kind.kind);
        return Err(not_there(
            query,
            &format!("{what} {} not found in {place}", missing.join(", ")),
        ));
    }
    if listings.iter().any(|listing| !listing.is_empty()) {
        return Ok(());
    }
    match query.single() {
        Some(kind) => Err(not_there(query, &format!("no {kind} objects found in {place}"))),
        None => {
            ctx.output.warn(format_args!("no objects found in {place}"));
            Ok(())
        }
    }
}

fn not_there(query: &Query, message: &str) -> Error {
    let error = anyhow!("{message}").class(Class::NotFound);
    match &query.namespace {
        Some(_) => {
            let words = query.single().map_or_else(|| "all".to_owned(), Kind::command_words);
            error.hint(format!("look in every namespace with: nigari get {words} -A"))
        }
        None => error,
    }
}
