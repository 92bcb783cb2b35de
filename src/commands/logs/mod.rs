//! Shows what the controllers log: all of them at once, in the order of time.

mod entry;
mod follow;

use std::collections::HashMap;

use anyhow::{Error, Result, anyhow};
use futures::TryStreamExt as _;
use futures::future::join_all;
use k8s_openapi::jiff::Timestamp;

use super::several::refuse_failures;
use crate::cli::logs::{LogFormat, LogsArgs};
use crate::cluster::Cluster;
use crate::cluster::logs::{Beginning, ControllerPods, Line, Position, Source, merged};
use crate::context::{Context, DEFAULT_NAMESPACE};
use crate::error::{Class, Explain as _, usage};
use crate::manifests::name;

use entry::{Entry, Filter};

/// Prints what the controllers of a namespace have logged, and goes on with `--follow`.
///
/// # Errors
/// [`Class::NotFound`] when there are no controllers; a Pod that cannot be read is told, and the others are
/// shown.
pub async fn run(ctx: &Context, args: &LogsArgs) -> Result<()> {
    let printer = Printer { ctx, format: args.output, filter: filter(ctx, args) };
    let beginning = beginning(ctx, args)?;
    let namespace = flux_namespace(ctx, args)?;
    let cluster = ctx.cluster().await?;
    let controllers =
        ctx.deadline.within("the controllers", cluster.controller_pods(&namespace)).await?;
    if controllers.is_empty() {
        let message = format!("no controllers of Flux found in {namespace:?} namespace");
        return Err(anyhow!(message)
            .class(Class::NotFound)
            .hint("say where they run with: --flux-namespace NAMESPACE"));
    }
    let past = past(cluster, &namespace, &controllers, beginning, &printer);
    let past = ctx.deadline.within("the controllers' logs", past).await?;
    if args.follow {
        past.failed.iter().for_each(|(_, error)| ctx.output.failed(format_args!("{error:#}")));
        return follow::run(ctx, cluster, &namespace, &controllers, past, &printer).await;
    }
    let failures = past.failed.into_iter().map(|(_, error)| error).collect();
    refuse_failures(&ctx.output, failures, past.pods, "could not be read")
}

fn filter(ctx: &Context, args: &LogsArgs) -> Filter {
    Filter {
        level: args.level,
        kind: args.kind.clone(),
        name: args.name.clone(),
        namespace: (!args.all_namespaces).then(|| ctx.namespace().to_owned()),
    }
}

fn beginning(ctx: &Context, args: &LogsArgs) -> Result<Beginning> {
    let ago = |length: crate::duration::GoDuration| ctx.clock.now().checked_sub(length.get());
    let since = match args.since {
        Some(length) => Some(ago(length).map_err(|_| usage("--since reaches back too far"))?),
        None => args.since_time,
    };
    let tail = match args.tail {
        -1 => None,
        lines if lines >= 0 => Some(lines),
        _ => return Err(usage("--tail is a number of lines, or -1 for all of them")),
    };
    // Without a line to go on from, what follows begins now.
    let since = if tail == Some(0) { Some(ctx.clock.now()) } else { since };
    Ok(Beginning { since, tail })
}

/// `--namespace` says whose entries are shown, and not where the controllers run.
fn flux_namespace(ctx: &Context, args: &LogsArgs) -> Result<String> {
    let preset = ctx.environment.get("FLUX_SYSTEM_NAMESPACE");
    match (&args.flux_namespace, preset) {
        (Some(given), _) => name::dns_label(given),
        (None, Some(preset)) => Ok(name::dns_label(preset).unwrap_or(DEFAULT_NAMESPACE.to_owned())),
        (None, None) => Ok(DEFAULT_NAMESPACE.to_owned()),
    }
}

/// What came of reading what was written until now.
struct Past {
    /// Up to where each Pod was read.
    read: HashMap<Source, Position>,
    /// Which Pods could not be read, and why.
    failed: Vec<(Source, Error)>,
    /// Where a Pod begins of which nothing was read.
    beginning: Position,
    pods: usize,
}

async fn past(
    cluster: &Cluster,
    namespace: &str,
    controllers: &ControllerPods,
    beginning: Beginning,
    printer: &Printer<'_>,
) -> Result<Past> {
    let sources = cluster.log_sources(namespace, controllers).await?;
    let opened = sources.into_iter().map(|source| async move {
        let lines = cluster.log(&source, beginning).await;
        (source, lines)
    });
    let opened = join_all(opened).await;
    // What follows is not older than what was asked for.
    let start = Position::beginning(beginning.since);
    let (read, failed) = (HashMap::new(), Vec::new());
    let mut past = Past { read, failed, beginning: start, pods: opened.len() };
    let mut readable = Vec::new();
    for (source, lines) in opened {
        match lines {
            Ok(lines) => {
                past.read.insert(source.clone(), start);
                readable.push((source, lines));
            }
            Err(error) => past.failed.push((source, error)),
        }
    }
    let mut lines = merged(readable);
    while let Some((source, line)) = lines.try_next().await? {
        past.read.entry(source).or_default().pass(&line);
        printer.print(&line)?;
    }
    Ok(past)
}

/// Prints lines that were asked for.
struct Printer<'a> {
    ctx: &'a Context,
    format: LogFormat,
    filter: Filter,
}

impl Printer<'_> {
    fn print(&self, line: &Line) -> Result<()> {
        let entry = Entry::of(line);
        if !self.filter.passes(&entry) {
            return Ok(());
        }
        self.ctx.output.data(&match self.format {
            LogFormat::Text => entry.text(),
            LogFormat::Json => entry.json(),
        })
    }
}

/// A time as controllers write it.
fn written(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}
