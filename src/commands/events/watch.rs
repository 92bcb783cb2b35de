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
    let mut telling = Telling {
        ctx,
        shown,
        is_json: args.output == EventsFormat::Json,
        opening: scopes.len(),
        feed: Feed::new(shown.headers(), true),
        initial: Vec::new(),
        told: HashMap::new(),
    };
    let watches = scopes.into_iter().map(|scope| cluster.watch_events(scope));
    let mut watches = stream::select_all(watches);
    let deadline = ctx.watch_deadline();
    loop {
        tokio::select! {
            event = watches.next() => match event {
                Some(event) => telling.take(event?)?,
                None => return Ok(()),
            },
            () = deadline.passed() => return Ok(()),
        }
    }
}

struct Telling<'a> {
    ctx: &'a Context,
    shown: &'a Shown,
    is_json: bool,
    /// How many watches have not told everything that was there.
    opening: usize,
    feed: Feed,
    initial: Vec<DynamicObject>,
    /// The version of each event that was told: a list that is read again brings it again.
    told: HashMap<(String, String), String>,
}

impl Telling<'_> {
    /// Takes in what one of the watches tells.
    fn take(&mut self, event: Event) -> Result<()> {
        let output = &self.ctx.output;
        match event {
            Event::Initial(event) => self.initial.push(*event),
            Event::InitialDone => {
                self.opening = self.opening.saturating_sub(1);
                if self.opening == 0 {
                    self.open()?;
                }
            }
            Event::Applied(event) if self.opening == 0 => self.tell(&event)?,
            Event::Applied(event) => self.initial.push(*event),
            Event::Interrupted { why } => {
                output.warn(format_args!("the watch is interrupted, trying again: {why}"));
            }
            Event::Resumed => output.done("the watch goes on, nothing was lost"),
            Event::WatchForbidden { why } => output
                .warn(format_args!("events may not be watched, asking again and again: {why}")),
            // Events are forgotten after an hour; that is no news.
            Event::Deleted(event) => self.forget(&event),
            Event::NotInstalled | Event::Installed => {}
        }
        Ok(())
    }

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
