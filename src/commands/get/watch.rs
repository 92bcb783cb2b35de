//! Follows objects: every change of every kind, until the clock is over or nothing is left to follow.

use anyhow::Result;
use futures::stream::{self, BoxStream, StreamExt as _};

use super::query::Query;
use super::watching::Watching;
use crate::cluster::Cluster;
use crate::cluster::list::not_installed;
use crate::cluster::watch::Event;
use crate::context::Context;
use crate::deadline::at;
use crate::output::live::Stage;

/// Follows what was asked for. Only a `--timeout` that was given ends it, and then it is done.
pub(super) async fn run(ctx: &Context, cluster: &Cluster, query: &Query) -> Result<()> {
    // Where discovery fails it fails for every kind, and once is enough to hear of it.
    let first = cluster.resource(query.kinds[0]).await?;
    if let (Some(kind), None) = (query.single(), first) {
        return Err(not_installed(kind));
    }
    let mut events = follow(cluster, query);
    let mut watching = Watching::new(&ctx.output, query);
    let deadline = ctx.watch_deadline();
    let mut stage = Stage::new(watching.redraws());
    loop {
        tokio::select! {
            next = events.next() => match next {
                Some((watch, event)) => watching.take(watch, event)?,
                None => return watching.end(),
            },
            () = at(watching.next_look().map(Into::into)) => {
                watching.ripen()?;
                watching.draw()?;
            }
            cue = stage.next() => watching.act_on(cue)?,
            () = deadline.passed() => {
                watching.draw()?;
                return watching.verdict();
            }
        }
    }
}

/// One watch for each kind, and for each name of it; numbered.
fn follow(cluster: &Cluster, query: &Query) -> BoxStream<'static, (usize, Result<Event>)> {
    let kinds = query.kinds.iter();
    let watches = kinds.flat_map(|kind| query.scopes().into_iter().map(|scope| (*kind, scope)));
    let streams = watches.enumerate().map(|(number, (kind, scope))| {
        cluster.watch(kind, scope).map(move |event| (number, event)).boxed()
    });
    stream::select_all(streams).boxed()
}
