//! What is followed: what was seen of it, how it stands with the watches, and when it is shown.

use std::time::{Duration, Instant};

use anyhow::{Error, Result};
use kube::api::DynamicObject;

use super::columns;
use super::connections::Connections;
use super::query::Query;
use super::standing::Standings;
use super::tally::{Outlook, Tally};
use super::unripe::Unripe;
use super::view::View;
use crate::cluster::watch::Event;
use crate::interruption::interrupted;
use crate::kinds::life::ready_since;
use crate::kinds::view::{name, namespace};
use crate::kinds::{Kind, ObjectRef};
use crate::output::Output;
use crate::output::document::EventType;
use crate::output::live::{Cue, DELETED, Moment, Row, RowKey, Rows, Urgency};

/// How soon after a frame a change makes another one: soon enough to look immediate, late enough to be cheap.
const FRAME: Duration = Duration::from_millis(150);

/// How often a frame is made again while a connection is lost, which tells for how long.
const SECOND: Duration = Duration::from_secs(1);

/// How many troubles stand below a live table.
const TROUBLES: usize = 2;

/// What is shown, and how.
pub(super) struct Watching<'a> {
    output: &'a Output,
    query: &'a Query,
    rows: Rows,
    /// How it stands with what is shown, where the exit code tells.
    standings: Standings,
    /// The same, where the footer tells.
    tally: Tally,
    /// What will be shown once it is old enough.
    unripe: Unripe,
    view: View,
    /// How many watches have not told everything that was there.
    opening: usize,
    connections: Connections,
    failures: Vec<Error>,
    is_stale: bool,
    drawn: Option<Instant>,
}

impl<'a> Watching<'a> {
    pub(super) fn new(output: &'a Output, query: &'a Query) -> Self {
        let view = View::new(output, query, headers(query));
        Self {
            output,
            query,
            rows: if matches!(view, View::Screen(_)) { Rows::of_screen() } else { Rows::default() },
            standings: Standings::default(),
            tally: Tally::default(),
            unripe: Unripe::default(),
            view,
            opening: watches_of(query),
            connections: Connections::default(),
            failures: Vec::new(),
            is_stale: true,
            drawn: None,
        }
    }

    fn kind_of(&self, watch: usize) -> (usize, &'static Kind) {
        let place = watch / self.query.scopes().len();
        (place, self.query.kinds[place])
    }

    /// Takes in what one of the watches tells.
    pub(super) fn take(&mut self, watch: usize, event: Result<Event>) -> Result<()> {
        let (_, kind) = self.kind_of(watch);
        self.is_stale = true;
        match event {
            Ok(Event::Initial(object) | Event::Applied(object)) => self.arrived(watch, object)?,
            Ok(Event::Deleted(object)) => self.deleted(watch, &object)?,
            Ok(Event::InitialDone) => self.opened()?,
            Ok(Event::Interrupted { why }) => self.interrupted(watch, &why),
            Ok(Event::Resumed) => self.resumed(watch),
            Ok(Event::WatchForbidden { why }) => {
                let asking =
                    format!("{} may not be watched, asking again and again: {why}", kind.plural);
                self.trouble(watch, &asking);
            }
            Ok(Event::NotInstalled | Event::Installed) => {}
            Err(error) => {
                // The failure of the only watch ends the command, which tells it.
                if watches_of(self.query) > 1 {
                    self.trouble(watch, &format!("{error:#}"));
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
    pub(super) fn ripen(&mut self) -> Result<()> {
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
        if self.query.with_exit_status {
            self.standings.put(ObjectRef::of(kind, object), kind, object);
        }
        let row = self.row(&key, kind, object);
        let rank = self.query.rank(kind, object, !self.query.is_single())?;
        let was_there = self.rows.has(&key);
        let changed = self.rows.put(key, rank, row).filter(|_| self.opening == 0);
        let event = if was_there { EventType::Modified } else { EventType::Added };
        let text = self.view.changed(event, object, changed)?;
        self.print(&text)
    }

    /// An object's row. On a terminal it tells how it stands with the object, and it is news when everything
    /// that was there at first has been told.
    fn row(&mut self, key: &RowKey, kind: &Kind, object: &DynamicObject) -> Row {
        let row = Row::of(self.cells(kind, object));
        if !self.redraws() {
            return row;
        }
        let outlook = Outlook::of(kind, object);
        self.tally.put(key.clone(), outlook);
        // Who asked for an order gets no other.
        let urgency = if self.query.is_sorted() { Urgency::Calm } else { outlook.urgency() };
        let changed = (self.opening == 0).then(Instant::now);
        row.urgent(urgency).since(ready_since(object)).changed(changed)
    }

    /// An object that the status selector does not choose any more.
    fn deselected(&mut self, key: &RowKey, kind: &Kind, object: &DynamicObject) -> Result<()> {
        if self.rows.remove(key).is_none() {
            return Ok(());
        }
        self.standings.remove(&ObjectRef::of(kind, object));
        self.tally.remove(key);
        let cells = (self.opening == 0).then(|| self.cells(kind, object));
        let text = self.view.deselected(object, cells.as_deref())?;
        self.print(&text)
    }

    fn deleted(&mut self, watch: usize, object: &DynamicObject) -> Result<()> {
        let (place, kind) = self.kind_of(watch);
        let key = key_of(place, object);
        self.unripe.forget(&key);
        self.standings.remove(&ObjectRef::of(kind, object));
        self.tally.remove(&key);
        if self.redraws() {
            let ready = headers(self.query).iter().position(|header| *header == "READY");
            self.rows.leave(&key, ready.map(|column| (column, DELETED)), Instant::now());
            return Ok(());
        }
        let Some(row) = self.rows.remove(&key) else { return Ok(()) };
        let text = self.view.deleted(object, (self.opening == 0).then_some(row))?;
        self.print(&text)
    }

    /// One more watch has told everything that was there; after the last one the rows begin to flow.
    fn opened(&mut self) -> Result<()> {
        let was_opening = self.opening > 0;
        self.opening = self.opening.saturating_sub(1);
        if !was_opening || self.opening > 0 {
            return Ok(());
        }
        let text = self.view.opened(&self.rows);
        self.print(&text)
    }

    fn print(&self, text: &str) -> Result<()> {
        if text.is_empty() { Ok(()) } else { self.output.data(text) }
    }

    fn cells(&self, kind: &Kind, object: &DynamicObject) -> Vec<String> {
        match self.query.is_single() {
            true => columns::cells(self.query, kind, object),
            false => columns::merged_cells(self.query, kind, object),
        }
    }

    /// A watch is cut off.
    fn interrupted(&mut self, watch: usize, why: &str) {
        let (_, kind) = self.kind_of(watch);
        let is_news = self.connections.lose(watch, kind, why, Instant::now());
        if is_news && self.tells_a_story() {
            self.output.warn(format_args!("the watch is interrupted, trying again: {why}"));
        }
    }

    /// Says once what is wrong, however many watches suffer from it.
    fn trouble(&mut self, watch: usize, words: &str) {
        if self.connections.suffer(watch, words) && self.tells_a_story() {
            self.output.warn(words);
        }
    }

    fn resumed(&mut self, watch: usize) {
        if self.connections.relieve(watch) && self.tells_a_story() {
            self.output.done("the watch goes on, nothing was lost");
        }
    }

    /// Whether a terminal shows a table in place.
    pub(super) fn redraws(&self) -> bool {
        matches!(self.view, View::Screen(_))
    }

    /// Whether what happens to the watches is told on standard error. Nothing may come between the frames of a
    /// table in place, whose footer tells it.
    fn tells_a_story(&self) -> bool {
        !self.redraws()
    }

    /// When there is something to do though nothing happens; never, where nothing is drawn and nothing ripens.
    pub(super) fn next_look(&self) -> Option<Instant> {
        let now = Instant::now();
        let ripe = self.unripe.next_time().map(|time| {
            let left = time.duration_since(self.query.now());
            now + Duration::try_from(left).unwrap_or_default()
        });
        let View::Screen(screen) = &self.view else { return ripe };
        let frame = match self.drawn {
            Some(drawn) if self.is_stale => Some(drawn + FRAME),
            Some(drawn) if self.connections.is_lost() => Some(drawn + SECOND),
            Some(_) => None,
            None => Some(now),
        };
        [ripe, frame, screen.next_look(), self.rows.next_sweep()].into_iter().flatten().min()
    }

    /// Does what has to be done when something happened to the terminal.
    pub(super) fn act_on(&mut self, cue: Cue) -> Result<()> {
        match (cue, &mut self.view) {
            (Cue::Ended, _) => return Err(interrupted()),
            (Cue::Returned, View::Screen(screen)) => screen.forget(),
            _ => {}
        }
        self.draw()
    }

    /// Draws what the terminal does not show yet.
    pub(super) fn draw(&mut self) -> Result<()> {
        let now = Moment { instant: Instant::now(), time: self.query.now() };
        self.rows.sweep(now.instant);
        let notes = self.footer(now.instant);
        let View::Screen(screen) = &mut self.view else { return Ok(()) };
        self.is_stale = false;
        self.drawn = Some(now.instant);
        let frame = screen.frame(&self.rows, &notes, self.output.terminal_size(), now);
        self.output.data(&frame)
    }

    /// How it stands with the connection comes first: a narrow terminal cuts the rest.
    fn footer(&self, now: Instant) -> Vec<String> {
        let state = match self.opening {
            0 => self.connections.state(now),
            _ => "listing".to_owned(),
        };
        let troubles = self.connections.words().into_iter().take(TROUBLES);
        std::iter::once(format!("{state} · {}", self.tally.summary())).chain(troubles).collect()
    }

    /// What the exit code is to tell, if it is to tell anything.
    pub(super) fn verdict(&self) -> Result<()> {
        if self.query.with_exit_status { self.standings.verdict() } else { Ok(()) }
    }

    /// Nothing is left to follow: every watch has failed.
    pub(super) fn end(mut self) -> Result<()> {
        self.draw()?;
        let of = self.failures.len();
        super::refuse_failures(self.failures, of)
    }
}

fn headers(query: &Query) -> Vec<&'static str> {
    match query.single() {
        Some(kind) => columns::headers(query, kind),
        None => columns::merged_headers(query),
    }
}

fn watches_of(query: &Query) -> usize {
    query.kinds.len() * query.scopes().len()
}

fn key_of(kind: usize, object: &DynamicObject) -> RowKey {
    RowKey { kind, namespace: namespace(object).to_owned(), name: name(object).to_owned() }
}
