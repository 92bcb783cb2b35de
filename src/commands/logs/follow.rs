//! Goes on with what the controllers write: also with Pods that come later, and after connections broke.

use std::collections::HashSet;

use anyhow::Result;
use futures::stream::{SelectAll, StreamExt as _};
use kube::api::DynamicObject;

use super::{Past, Printer};
use crate::cluster::Cluster;
use crate::cluster::logs::{ControllerPods, Position, Source, Told};
use crate::cluster::watch::Event;
use crate::context::Context;

/// Prints lines as they are written. Only a `--timeout` that was given ends it, and then it is done.
pub(super) async fn run(
    ctx: &Context,
    cluster: &Cluster,
    namespace: &str,
    controllers: &ControllerPods,
    past: Past,
    printer: &Printer<'_>,
) -> Result<()> {
    let deadline = ctx.watch_deadline();
    let mut pods = cluster.watch_pods(namespace);
    let mut followed: HashSet<Source> = HashSet::new();
    let mut lines = SelectAll::new();
    for (source, position) in past.read {
        followed.insert(source.clone());
        lines.push(cluster.follow_log(source, position));
    }
    for (source, failure) in past.failed {
        followed.insert(source.clone());
        lines.push(cluster.follow_unread_log(source, past.beginning, &failure));
    }
    loop {
        tokio::select! {
            told = lines.next(), if !lines.is_empty() => tell(ctx, printer, told)?,
            event = pods.next() => match event {
                Some(Ok(Event::Initial(pod) | Event::Applied(pod))) => {
                    if let Some(source) = newcomer(controllers, &pod, &mut followed) {
                        lines.push(cluster.follow_log(source, Position::default()));
                    }
                }
                Some(Ok(Event::Deleted(pod))) => {
                    followed.retain(|source| !source.is_of(&pod));
                }
                Some(Ok(_)) => {}
                Some(Err(error)) => return Err(error),
                None => return Ok(()),
            },
            () = deadline.passed() => return Ok(()),
        }
    }
}

/// A controller's Pod that has begun to run and is not followed yet.
fn newcomer(
    controllers: &ControllerPods,
    pod: &DynamicObject,
    followed: &mut HashSet<Source>,
) -> Option<Source> {
    let source = controllers.source(pod)?;
    followed.insert(source.clone()).then_some(source)
}

fn tell(ctx: &Context, printer: &Printer<'_>, told: Option<Told>) -> Result<()> {
    match told {
        Some(Told::Line(line)) => printer.print(&line)?,
        Some(Told::Interrupted(pod, why)) => {
            ctx.output
                .warn(format_args!("the log of Pod {pod} is interrupted, trying again: {why}"));
        }
        Some(Told::Refused(pod, why)) => ctx.output.failed(format_args!(
            "the log of Pod {pod} may not be read, asking again now and then: {why}"
        )),
        Some(Told::Resumed(pod)) => ctx.output.done(format_args!("the log of Pod {pod} goes on")),
        None => {}
    }
    Ok(())
}
