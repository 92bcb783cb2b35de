//! `plan history`: what the cluster remembers about the plans of an object.

use anyhow::Result;
use futures::TryStreamExt as _;
use kube::api::DynamicObject;
use kube::core::{ApiResource, GroupVersionKind};
use serde_json::{Value, json};

use super::document;
use crate::cli::plan::history::{HistoryArgs, HistoryFormat};
use crate::cluster::{Cluster, Scope};
use crate::context::Context;
use crate::error::{Class, class_of};
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::namespace;
use crate::output::document::Document;
use crate::output::table::Table;
use crate::plans::history::{self, Entry};

/// Prints what is known, the oldest first, and says what that is made of.
///
/// # Errors
/// [`Class::NotFound`]; those of [`crate::cluster::failure`].
pub(super) async fn run(ctx: &Context, args: &HistoryArgs) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let read = async {
        let object = cluster.find(&TERRAFORM, ctx.namespace(), &args.name).await?;
        let events = events(ctx, cluster, &object).await?;
        Ok(history::of(&object, &events))
    };
    let entries = ctx.deadline.within("the cluster", read).await?;
    ctx.output.data(&printed(ctx, args, &entries)?)?;
    ctx.output.warn(
        "this is no record: the status keeps the last step of each sort, events are forgotten after about an \
         hour, and nobody keeps old plans",
    );
    Ok(())
}

/// The events of the object's namespace; none, with a word about it, where they may not be read.
async fn events(
    ctx: &Context,
    cluster: &Cluster,
    object: &DynamicObject,
) -> Result<Vec<DynamicObject>> {
    let resource =
        ApiResource::from_gvk_with_plural(&GroupVersionKind::gvk("", "v1", "Event"), "events");
    let events = cluster.list_resource(resource, Scope::namespace(namespace(object)));
    match events.try_collect().await {
        Err(error) if class_of(&error) == Class::Denied => {
            ctx.output.warn(format_args!("without events: {error:#}"));
            Ok(Vec::new())
        }
        events => events,
    }
}

fn printed(ctx: &Context, args: &HistoryArgs, entries: &[Entry]) -> Result<String> {
    match args.output {
        HistoryFormat::Table if entries.is_empty() => Ok(String::new()),
        HistoryFormat::Table => Ok(table(entries).render(ctx.output.paper(), !args.no_header)),
        HistoryFormat::Json => Document::Json.text(&list(entries)),
        HistoryFormat::Yaml => Document::Yaml.text(&list(entries)),
    }
}

fn table(entries: &[Entry]) -> Table {
    let mut table = Table::new(vec!["TIME", "SOURCE", "WHAT", "DETAIL"]);
    for Entry { time, what, detail, source } in entries {
        table.push(vec![time.to_string(), source.to_string(), what.clone(), detail.clone()]);
    }
    table
}

fn list(entries: &[Entry]) -> Value {
    let entry = |Entry { time, what, detail, source }: &Entry| {
        json!({
            "apiVersion": "nigari-cli.github.io/v1",
            "kind": "PlanHistoryEntry",
            "time": time.to_string(),
            "what": what,
            "detail": detail,
            "source": source.to_string(),
        })
    };
    document::list(entries.iter().map(entry).collect())
}
