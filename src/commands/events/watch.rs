//! Follows events: those that are there, then each that comes or is counted up.

use std::collections::HashMap;

use anyhow::Result;
use futures::stream::{self, StreamExt as _};
use kube::api::DynamicObject;

use super::{Shown, record};
use crate::cli::events::{EventsArgs, EventsFormat};
use crate::cluster::watch::Event;
use crate::cluster::{Cluster, Scope};
use crate::context::Context;
use crate::output::document::{EventType, event_line};
use crate::output::live::{Feed, Row, RowKey, Rows};
use crate::output::rank::Rank;

/// Prints a row for each event. Only a `--timeout` that was given ends it, and then it is done.
pub(super) async fn run(
    ctx: &Context,
    cluster: &Cluster,
    args: &EventsArgs,
    scopes: Vec<Scope>,
    shown: &Shown,
) -> Result<()> {
    let mut opening = scopes.len();
    let watches = scopes.into_iter().map(|scope| cluster.watch_events(scope));
    let mut watches = stream::select_all(watches);
    let deadline = ctx.watch_deadline();
    let mut telling = Telling {
        ctx,
        shown,
        is_json: args.output == EventsFormat::Json,
        feed: Feed::new(shown.headers(), true),
        initial: Vec::new(),
        told: HashMap::new(),
    };
    loop {
        let event = tokio::select! {
            event = watches.next() => event,
            () = deadline.passed() => return Ok(()),
        };
        match event {
            None => return Ok(()),
            Some(Ok(Event::Initial(event))) => telling.initial.push(*event),
            Some(Ok(Event::InitialDone)) => {
                opening = opening.saturating_sub(1);
                if opening == 0 {
                    telling.open()?;
                }
            }
            Some(Ok(Event::Applied(event))) if opening == 0 => telling.tell(&event)?,
            Some(Ok(Event::Applied(event))) => telling.initial.push(*event),
            Some(Ok(Event::Interrupted { why })) => {
                ctx.output.warn(format_args!("the watch is interrupted, trying again: {why}"));
            }
            Some(Ok(Event::Resumed)) => ctx.output.done("the watch goes on, nothing was lost"),
            Some(Ok(Event::WatchForbidden { why })) => {
                ctx.output
                    .warn(format_args!("events may not be watched, asking again and again: {why}"));
            }
            // Events are forgotten after an hour; that is no news.
            Some(Ok(Event::Deleted(event))) => telling.forget(&event),
            Some(Ok(Event::NotInstalled | Event::Installed)) => {}
            Some(Err(error)) => return Err(error),
        }
    }
}

struct Telling<'a> {
    ctx: &'a Context,
    shown: &'a Shown,
    is_json: bool,
    feed: Feed,
    initial: Vec<DynamicObject>,
    /// The version of each event that was told: a list that is read again brings it again.
    told: HashMap<(String, String), String>,
}

impl Telling<'_> {
    /// Tells what was there, the newest last; these rows decide how wide the columns are.
    fn open(&mut self) -> Result<()> {
        let mut events = std::mem::take(&mut self.initial);
        events.retain(|event| self.shown.selects(event));
        events.sort_by_cached_key(record::last_seen);
        if self.is_json {
            return events.iter().try_for_each(|event| self.tell(event));
        }
        let (mut rows, now) = (Rows::default(), self.ctx.clock.now());
        for (place, event) in events.iter().enumerate() {
            let key = RowKey { kind: place, namespace: String::new(), name: String::new() };
            rows.put(key, Rank::Absent, Row::of(record::cells(self.shown, event, now)));
            self.told.insert(record::key(event), version(event));
        }
        self.ctx.output.data(&self.feed.open(&rows))
    }

    fn forget(&mut self, event: &DynamicObject) {
        self.told.remove(&record::key(event));
    }

    fn tell(&mut self, event: &DynamicObject) -> Result<()> {
        if !self.shown.selects(event) {
            return Ok(());
        }
        let before = self.told.insert(record::key(event), version(event));
        if before.as_ref() == Some(&version(event)) {
            return Ok(());
        }
        if self.is_json {
            let kind = if before.is_some() { EventType::Modified } else { EventType::Added };
            return self.ctx.output.data(&event_line(kind, event)?);
        }
        let cells = record::cells(self.shown, event, self.ctx.clock.now());
        self.ctx.output.data(&self.feed.row(&cells))
    }
}

fn version(event: &DynamicObject) -> String {
    event.metadata.resource_version.clone().unwrap_or_default()
}
