//! Shows what happened to Flux objects, as their controllers recorded it.

mod record;
mod watch;

use anyhow::Result;
use futures::TryStreamExt as _;
use kube::api::DynamicObject;

use crate::cli::events::{EventKind, EventsArgs, EventsFormat};
use crate::cluster::events::scope_of;
use crate::cluster::{Cluster, Scope};
use crate::context::Context;
use crate::error::usage;
use crate::kinds::ObjectRef;
use crate::output::document::Document;
use crate::output::table::Table;

/// Prints the events that were asked for, the newest last, or follows them.
///
/// # Errors
/// [`crate::error::Class::NotFound`] for an object that was named and is not there; those of lists.
pub async fn run(ctx: &Context, args: &EventsArgs) -> Result<()> {
    if args.watch && args.output == EventsFormat::Yaml {
        return Err(usage("--watch prints a table or, with -o json, events"));
    }
    let cluster = ctx.cluster().await?;
    let scopes = ctx.deadline.within("the cluster", scopes(ctx, cluster, args)).await?;
    let shown = Shown {
        types: args.types.clone(),
        // What an object refers to may be in another namespace.
        with_namespace: scopes
            .iter()
            .any(|scope| scope.namespace.as_deref() != Some(ctx.namespace())),
    };
    if args.watch {
        return watch::run(ctx, cluster, args, scopes, &shown).await;
    }
    let events = ctx.deadline.within("the cluster's events", read(cluster, scopes, &shown)).await?;
    if events.is_empty() && args.output == EventsFormat::Table {
        let place = match args.all_namespaces {
            true => String::new(),
            false => format!(" in {} namespace", ctx.namespace()),
        };
        ctx.output.warn(format_args!("no events found{place}"));
        return Ok(());
    }
    ctx.output.data(&match args.output {
        EventsFormat::Table => {
            let mut table = Table::new(shown.headers());
            let now = ctx.clock.now();
            events.iter().for_each(|event| table.push(record::cells(&shown, event, now)));
            table.render(ctx.output.paper(), true)
        }
        EventsFormat::Json => Document::Json.list(&events)?,
        EventsFormat::Yaml => Document::Yaml.list(&events)?,
    })
}

/// Which events are shown, and how.
struct Shown {
    types: Vec<EventKind>,
    with_namespace: bool,
}

impl Shown {
    fn headers(&self) -> Vec<&'static str> {
        let namespace = self.with_namespace.then_some("NAMESPACE");
        let rest = ["LAST SEEN", "TYPE", "REASON", "OBJECT", "MESSAGE"];
        namespace.into_iter().chain(rest).collect()
    }

    /// Whether an event is of a type that was asked for, and about an object of Flux.
    fn selects(&self, event: &DynamicObject) -> bool {
        let is_of_type = self.types.is_empty()
            || self.types.iter().any(|kind| event.data["type"] == kind.word());
        is_of_type && record::is_about_flux(event)
    }
}

/// What to list: everything, one kind, or an object and what it is made from.
async fn scopes(ctx: &Context, cluster: &Cluster, args: &EventsArgs) -> Result<Vec<Scope>> {
    let namespace = (!args.all_namespaces).then(|| ctx.namespace());
    let Some(subject) = &args.subject else {
        return Ok(vec![Scope { namespace: namespace.map(str::to_owned), ..Scope::default() }]);
    };
    let kind = subject.kind;
    let own = scope_of(kind.kind, subject.name.as_deref(), namespace);
    let (Some(name), Some(namespace)) = (&subject.name, namespace) else { return Ok(vec![own]) };
    let object = cluster.find(kind, namespace, name).await?;
    let mut related: Vec<ObjectRef> = (kind.sources)(&object);
    related.extend(record::provider(&object));
    let related = related
        .iter()
        .map(|other| scope_of(&other.kind, Some(&other.name), Some(&other.namespace)));
    Ok([own].into_iter().chain(related).collect())
}

/// The events of all scopes together, by the time at which each was seen last.
async fn read(cluster: &Cluster, scopes: Vec<Scope>, shown: &Shown) -> Result<Vec<DynamicObject>> {
    let mut events = Vec::new();
    for scope in scopes {
        let mut page = cluster.events(scope);
        while let Some(event) = page.try_next().await? {
            if shown.selects(&event) {
                events.push(event);
            }
        }
    }
    events.sort_by_cached_key(record::last_seen);
    Ok(events)
}
