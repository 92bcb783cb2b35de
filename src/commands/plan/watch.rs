//! `plan watch`: which plans wait, live.

use std::time::{Duration, Instant};

use anyhow::Result;
use futures::stream::{self, StreamExt as _};
use kube::api::DynamicObject;

use super::list::{HEADERS, Listed, cells, is_listed};
use crate::cli::plan::watch::WatchArgs;
use crate::cluster::list::not_installed;
use crate::cluster::watch::Event;
use crate::cluster::{Cluster, Scope};
use crate::context::Context;
use crate::deadline::at;
use crate::interruption::interrupted;
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::{name, namespace};
use crate::output::live::{Cue, Feed, Moment, Row, RowKey, Rows, Screen, Stage};
use crate::output::rank::Rank;

/// How soon after a frame a change makes another one.
const FRAME: Duration = Duration::from_millis(150);

/// The column that goes on by itself on a screen.
const AGE: &str = "AGE";

/// What stands under STATE in the last row of an object that is gone, and of one that came to rest.
const GONE: &str = "DELETED";
const AT_REST: &str = "at rest";

/// Follows the plans. Only a `--timeout` that was given ends it, and then it is done.
///
/// # Errors
/// [`crate::error::Class::NotInstalled`] and what else keeps the objects from being watched.
pub(super) async fn run(ctx: &Context, args: &WatchArgs) -> Result<()> {
    let cluster = ctx.cluster().await?;
    if cluster.resource(&TERRAFORM).await?.is_none() {
        return Err(not_installed(&TERRAFORM));
    }
    let scopes = scopes(ctx, args);
    let mut events =
        stream::select_all(scopes.iter().map(|scope| cluster.watch(&TERRAFORM, scope.clone())));
    let mut watching = Watching::new(ctx, cluster, args, scopes.len());
    let deadline = ctx.watch_deadline();
    let mut stage = Stage::new(matches!(watching.view, View::Screen(_)));
    loop {
        tokio::select! {
            event = events.next() => match event {
                Some(event) => watching.take(event?).await?,
                None => return Ok(()),
            },
            () = at(watching.next_look().map(Into::into)) => watching.draw()?,
            cue = stage.next() => watching.act_on(cue)?,
            () = deadline.passed() => return watching.draw(),
        }
    }
}

/// Everything, or one watch for each name.
fn scopes(ctx: &Context, args: &WatchArgs) -> Vec<Scope> {
    let labels = args.label_selector.clone();
    if args.names.is_empty() {
        let namespace = ctx.global.namespace.clone().filter(|_| !args.all_namespaces);
        return vec![Scope { namespace, labels, ..Scope::default() }];
    }
    let namespace = Some(ctx.namespace().to_owned());
    let scope = Scope { namespace, labels, ..Scope::default() };
    args.names.iter().map(|name| scope.clone().named(name)).collect()
}

enum View {
    /// A table in place.
    Screen(Box<Screen>),
    /// A row for each change.
    Feed(Feed),
}

struct Watching<'a> {
    ctx: &'a Context,
    cluster: &'a Cluster,
    args: &'a WatchArgs,
    view: View,
    rows: Rows,
    /// How many watches have not told everything that was there.
    opening: usize,
    /// What is wrong with the connection.
    trouble: Option<String>,
    is_stale: bool,
    drawn: Option<Instant>,
}

impl<'a> Watching<'a> {
    fn new(ctx: &'a Context, cluster: &'a Cluster, args: &'a WatchArgs, opening: usize) -> Self {
        let view = match ctx.output.stdout_redraws {
            true => {
                let headers = HEADERS.into_iter().filter(|header| *header != AGE).collect();
                let screen = Screen::with_ages(headers, !args.no_header, ctx.output.paper());
                View::Screen(Box::new(screen))
            }
            false => View::Feed(Feed::new(HEADERS.to_vec(), !args.no_header)),
        };
        let (rows, trouble) = (Rows::default(), None);
        Self { ctx, cluster, args, view, rows, opening, trouble, is_stale: true, drawn: None }
    }

    async fn take(&mut self, event: Event) -> Result<()> {
        self.is_stale = true;
        match event {
            Event::Initial(object) | Event::Applied(object) => self.applied(*object).await,
            Event::Deleted(object) => self.leaves(&object, GONE),
            Event::InitialDone => self.opened(),
            Event::Interrupted { why } => self.troubled(format!("the watch is interrupted: {why}")),
            Event::WatchForbidden { why } => {
                self.troubled(format!("asking again and again instead of watching: {why}"))
            }
            Event::NotInstalled => self.troubled("tofu-controller was taken away".to_owned()),
            Event::Resumed | Event::Installed => {
                self.trouble = None;
                Ok(())
            }
        }
    }

    async fn applied(&mut self, object: DynamicObject) -> Result<()> {
        let is_named = !self.args.names.is_empty();
        if !(self.args.all || is_named || is_listed(&object)) {
            return self.leaves(&object, AT_REST);
        }
        let listed = Listed::counted(self.cluster, object).await;
        let key = key_of(&listed.object);
        let row = Row::of(self.cells(&listed)).since(listed.planned_at());
        let changed = self.rows.put(key, Rank::default(), row);
        match (&mut self.view, changed) {
            (View::Feed(feed), Some(row)) if self.opening == 0 => {
                self.ctx.output.data(&feed.line(row))
            }
            _ => Ok(()),
        }
    }

    /// A row as the view wants it: a screen has its own ages.
    fn cells(&self, listed: &Listed) -> Vec<String> {
        let cells = HEADERS.into_iter().zip(cells(listed, self.ctx.clock.now()));
        let is_screen = matches!(self.view, View::Screen(_));
        let shown = cells.filter(|(header, _)| !is_screen || *header != AGE);
        shown.map(|(_, cell)| cell).collect()
    }

    /// An object that is not listed any more: its last row tells why.
    fn leaves(&mut self, object: &DynamicObject, why: &str) -> Result<()> {
        let key = key_of(object);
        let Some(mut row) = self.rows.remove(&key) else { return Ok(()) };
        let state = HEADERS.iter().position(|header| *header == "STATE");
        if let Some(cell) = state.and_then(|state| row.get_mut(state)) {
            why.clone_into(cell);
        }
        match &mut self.view {
            View::Feed(feed) if self.opening == 0 => self.ctx.output.data(&feed.row(&row)),
            View::Feed(_) | View::Screen(_) => Ok(()),
        }
    }

    fn opened(&mut self) -> Result<()> {
        self.opening = self.opening.saturating_sub(1);
        match &mut self.view {
            View::Feed(feed) if self.opening == 0 => self.ctx.output.data(&feed.open(&self.rows)),
            _ => Ok(()),
        }
    }

    fn troubled(&mut self, why: String) -> Result<()> {
        if matches!(self.view, View::Feed(_)) && self.trouble.as_ref() != Some(&why) {
            self.ctx.output.warn(&why);
        }
        self.trouble = Some(why);
        Ok(())
    }

    /// Does what has to be done when something happened to the terminal.
    fn act_on(&mut self, cue: Cue) -> Result<()> {
        match (cue, &mut self.view) {
            (Cue::Ended, _) => return Err(interrupted()),
            (Cue::Returned, View::Screen(screen)) => screen.forget(),
            _ => {}
        }
        self.draw()
    }

    /// When there is something to draw though nothing happens; never in a pipe.
    fn next_look(&self) -> Option<Instant> {
        let View::Screen(screen) = &self.view else { return None };
        let frame = match self.drawn {
            Some(drawn) if self.is_stale => Some(drawn + FRAME),
            Some(_) => None,
            None => Some(Instant::now()),
        };
        [frame, screen.next_look()].into_iter().flatten().min()
    }

    /// Draws what the terminal does not show yet.
    fn draw(&mut self) -> Result<()> {
        let View::Screen(screen) = &mut self.view else { return Ok(()) };
        let now = Moment { instant: Instant::now(), time: self.ctx.clock.now() };
        self.is_stale = false;
        self.drawn = Some(now.instant);
        let note = match &self.trouble {
            Some(trouble) => Some(trouble.as_str()),
            None if self.opening > 0 => Some("listing…"),
            None if self.rows.is_empty() => Some("no plan waits"),
            None => None,
        };
        let notes: Vec<_> = note.into_iter().map(str::to_owned).collect();
        let size = self.ctx.output.terminal_size();
        self.ctx.output.data(&screen.frame(&self.rows, &notes, size, now))
    }
}

fn key_of(object: &DynamicObject) -> RowKey {
    RowKey { kind: 0, namespace: namespace(object).to_owned(), name: name(object).to_owned() }
}
