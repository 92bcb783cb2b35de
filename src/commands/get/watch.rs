//! Follows objects: every change of every kind, until the clock is over or nothing is left to follow.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use anyhow::{Error, Result};
use futures::stream::{self, BoxStream, StreamExt as _};
use kube::api::DynamicObject;

use super::columns;
use super::query::Query;
use super::standing::Standings;
use super::unripe::Unripe;
use crate::cli::get::GetFormat;
use crate::cluster::Cluster;
use crate::cluster::list::not_installed;
use crate::cluster::watch::Event;
use crate::context::Context;
use crate::deadline::Deadline;
use crate::kinds::view::{name, namespace};
use crate::kinds::{Kind, ObjectRef};
use crate::output::Output;
use crate::output::document::{EventType, event_line, value_of};
use crate::output::jsonpath::Template;
use crate::output::live::{Feed, RowKey, Rows, Screen, Size};

/// How often a live table is drawn again: often enough to look immediate, seldom enough to be cheap.
const FRAME: Duration = Duration::from_millis(150);

/// Follows what was asked for. Only a `--timeout` that was given ends it, and then it is done.
pub(super) async fn run(ctx: &Context, cluster: &Cluster, query: &Query) -> Result<()> {
    // Where discovery fails it fails for every kind, and once is enough to hear of it.
    let first = cluster.resource(query.kinds[0]).await?;
    if let (Some(kind), None) = (query.single(), first) {
        return Err(not_installed(kind));
    }
    let mut events = follow(cluster, query);
    let mut watching = Watching::new(&ctx.output, query);
    let deadline =
        ctx.global.timeout.map_or_else(Deadline::never, |limit| Deadline::after(limit.get()));
    let mut frames = tokio::time::interval(FRAME);
    loop {
        tokio::select! {
            next = events.next() => match next {
                Some((watch, event)) => watching.take(watch, event)?,
                None => return watching.end(),
            },
            _ = frames.tick() => {
                watching.ripen()?;
                watching.draw()?;
            }
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

/// What is shown, and how.
struct Watching<'a> {
    output: &'a Output,
    query: &'a Query,
    rows: Rows,
    /// How it stands with what is shown, where the exit code or the last line tells.
    standings: Standings,
    /// What will be shown once it is old enough.
    unripe: Unripe,
    view: View,
    /// How many watches have not told everything that was there.
    opening: usize,
    /// What is wrong, by watch.
    troubles: BTreeMap<usize, String>,
    failures: Vec<Error>,
    is_stale: bool,
}

enum View {
    /// A table in place.
    Screen(Screen, Option<Size>),
    /// A row for each change.
    Feed(Feed),
    /// An event for each line.
    Events,
    /// What a template makes of each object that comes or changes.
    Rendered(Template),
}

impl<'a> Watching<'a> {
    fn new(output: &'a Output, query: &'a Query) -> Self {
        let headers = match query.single() {
            Some(kind) => columns::headers(query, kind),
            None => columns::merged_headers(query),
        };
        let view = match &query.format {
            GetFormat::Json => View::Events,
            GetFormat::JsonPath(template) => View::Rendered(template.clone()),
            _ if output.stdout_is_styled => {
                View::Screen(Screen::new(headers, query.with_header, output.paper()), None)
            }
            _ => View::Feed(Feed::new(headers, query.with_header)),
        };
        Self {
            output,
            query,
            rows: Rows::default(),
            standings: Standings::default(),
            unripe: Unripe::default(),
            view,
            opening: watches_of(query),
            troubles: BTreeMap::new(),
            failures: Vec::new(),
            is_stale: true,
        }
    }

    fn kind_of(&self, watch: usize) -> (usize, &'static Kind) {
        let place = watch / self.query.scopes().len();
        (place, self.query.kinds[place])
    }

    /// Takes in what one of the watches tells.
    fn take(&mut self, watch: usize, event: Result<Event>) -> Result<()> {
        let (_, kind) = self.kind_of(watch);
        self.is_stale = true;
        match event {
            Ok(Event::Initial(object) | Event::Applied(object)) => self.arrived(watch, object)?,
            Ok(Event::Deleted(object)) => self.deleted(watch, &object)?,
            Ok(Event::InitialDone) => self.opened()?,
            Ok(Event::Interrupted { why }) => {
                self.trouble(watch, format!("the watch is interrupted, trying again: {why}"));
            }
            Ok(Event::Resumed) => self.relief(watch),
            Ok(Event::WatchForbidden { why }) => {
                let asking =
                    format!("{} may not be watched, asking again and again: {why}", kind.plural);
                self.trouble(watch, asking);
            }
            Ok(Event::NotInstalled | Event::Installed) => {}
            Err(error) => {
                // The failure of the only watch ends the command, which tells it.
                if watches_of(self.query) > 1 {
                    self.trouble(watch, format!("{error:#}"));
                }
                self.failures.push(error);
                self.opened()?;
            }
        }
        Ok(())
    }

    /// Takes in an object; one that is only too young for `--stale` is kept until it is not.
    fn arrived(&mut self, watch: usize, object: Box<DynamicObject>) -> Result<()> {
        let (place, kind) = self.kind_of(watch);
        let key = key_of(place, &object);
        self.unripe.forget(&key);
        self.applied(watch, &object)?;
        if !self.rows.has(&key)
            && self.query.selects_in_time(kind, &object)
            && let Some(Some(time)) = self.query.stale_at(kind, &object)
        {
            self.unripe.keep(time, key, watch, object);
        }
        Ok(())
    }

    /// Shows what has become old enough.
    fn ripen(&mut self) -> Result<()> {
        while let Some((watch, object)) = self.unripe.next(self.query.now()) {
            self.is_stale = true;
            self.applied(watch, &object)?;
        }
        Ok(())
    }

    fn applied(&mut self, watch: usize, object: &DynamicObject) -> Result<()> {
        let (place, kind) = self.kind_of(watch);
        let key = key_of(place, object);
        if !self.query.selects(kind, object) {
            return self.deselected(&key, kind, object);
        }
        if self.query.with_exit_status || matches!(self.view, View::Screen(..)) {
            self.standings.put(ObjectRef::of(kind, object), kind, object);
        }
        let cells = self.cells(kind, object);
        let rank = self.query.rank(kind, object, !self.query.is_single())?;
        let was_there = self.rows.has(&key);
        let changed = self.rows.put(key, rank, &cells);
        match &mut self.view {
            View::Events => {
                let event = if was_there { EventType::Modified } else { EventType::Added };
                self.output.data(&event_line(event, object)?)
            }
            View::Rendered(template) => {
                let text = template.render(&value_of(object)?);
                let end = if text.ends_with('\n') { "" } else { "\n" };
                self.output.data(&(text + end))
            }
            View::Feed(feed) if self.opening == 0 => match changed {
                Some(row) => self.output.data(&feed.line(row)),
                None => Ok(()),
            },
            View::Feed(_) | View::Screen(..) => Ok(()),
        }
    }

    /// An object that the status selector does not choose any more. Readers of events are told that it left,
    /// as the API does for label selectors; readers of rows see the status that it has now.
    fn deselected(&mut self, key: &RowKey, kind: &Kind, object: &DynamicObject) -> Result<()> {
        if self.rows.remove(key).is_none() {
            return Ok(());
        }
        self.standings.remove(&ObjectRef::of(kind, object));
        let cells = self.cells(kind, object);
        match &mut self.view {
            View::Events => self.output.data(&event_line(EventType::Deleted, object)?),
            View::Feed(feed) if self.opening == 0 => self.output.data(&feed.row(&cells)),
            View::Feed(_) | View::Screen(..) | View::Rendered(_) => Ok(()),
        }
    }

    fn deleted(&mut self, watch: usize, object: &DynamicObject) -> Result<()> {
        let (place, kind) = self.kind_of(watch);
        let key = key_of(place, object);
        self.unripe.forget(&key);
        self.standings.remove(&ObjectRef::of(kind, object));
        let Some(row) = self.rows.remove(&key) else { return Ok(()) };
        match &mut self.view {
            View::Events => self.output.data(&event_line(EventType::Deleted, object)?),
            View::Feed(feed) if self.opening == 0 => self.output.data(&feed.deleted(row)),
            View::Feed(_) | View::Screen(..) | View::Rendered(_) => Ok(()),
        }
    }

    /// One more watch has told everything that was there; after the last one the rows begin to flow.
    fn opened(&mut self) -> Result<()> {
        let was_opening = self.opening > 0;
        self.opening = self.opening.saturating_sub(1);
        match &mut self.view {
            View::Feed(feed) if was_opening && self.opening == 0 => {
                self.output.data(&feed.open(&self.rows))
            }
            _ => Ok(()),
        }
    }

    fn cells(&self, kind: &Kind, object: &DynamicObject) -> Vec<String> {
        match self.query.is_single() {
            true => columns::cells(self.query, kind, object),
            false => columns::merged_cells(self.query, kind, object),
        }
    }

    /// Says once what is wrong, however many watches suffer from it.
    fn trouble(&mut self, watch: usize, text: String) {
        let is_news = !self.troubles.values().any(|known| *known == text);
        if is_news && !matches!(self.view, View::Screen(..)) {
            self.output.warn(&text);
        }
        self.troubles.insert(watch, text);
    }

    fn relief(&mut self, watch: usize) {
        let was_troubled = self.troubles.remove(&watch).is_some();
        if was_troubled && self.troubles.is_empty() && !matches!(self.view, View::Screen(..)) {
            self.output.done("the watch goes on, nothing was lost");
        }
    }

    /// Draws the table if it, or the terminal, changed.
    fn draw(&mut self) -> Result<()> {
        let View::Screen(screen, drawn_for) = &mut self.view else { return Ok(()) };
        let size = self.output.terminal_size();
        let now = Instant::now();
        if *drawn_for == Some(size) && !self.is_stale && !screen.is_faded(now) {
            return Ok(());
        }
        // What the first listing brings is no change.
        if self.opening == 0 {
            screen.notice(&self.rows, now);
        }
        *drawn_for = Some(size);
        self.is_stale = false;
        let note = match self.troubles.values().next() {
            Some(trouble) => trouble.clone(),
            None if self.opening > 0 => "listing…".to_owned(),
            None if self.rows.is_empty() => "no objects yet".to_owned(),
            None => self.standings.summary() + " · live",
        };
        self.output.data(&screen.frame(&self.rows, Some(&note), size))
    }

    /// What the exit code is to tell, if it is to tell anything.
    fn verdict(&self) -> Result<()> {
        if self.query.with_exit_status { self.standings.verdict() } else { Ok(()) }
    }

    /// Nothing is left to follow: every watch has failed.
    fn end(mut self) -> Result<()> {
        self.draw()?;
        let of = self.failures.len();
        super::refuse_failures(self.failures, of)
    }
}

fn watches_of(query: &Query) -> usize {
    query.kinds.len() * query.scopes().len()
}

fn key_of(kind: usize, object: &DynamicObject) -> RowKey {
    RowKey { kind, namespace: namespace(object).to_owned(), name: name(object).to_owned() }
}
