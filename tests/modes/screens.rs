//! A live table on a terminal: R15, R18 and R20.

use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari_test_support::PATIENCE;

use crate::mode::{Seen, compare};
use crate::reading::put_apps;
use crate::terminal::Terminal;
use crate::world::{World, until};

/// What ends a frame.
const END: &str = "\u{1b}[?7h";

/// A run on a terminal, which goes on until somebody ends it.
struct Live<'a> {
    world: &'a World,
    child: Child,
    shown: Arc<Mutex<Shown>>,
}

struct Shown {
    terminal: Terminal,
    /// Everything that was written to it.
    written: String,
}

/// The size of the terminal in most of these.
const SIZE: (usize, usize) = (24, 160);

impl<'a> Live<'a> {
    fn start(world: &'a World, arguments: &str) -> Self {
        Self::with(world, world.on_terminal(arguments, SIZE), SIZE)
    }

    fn with(world: &'a World, mut command: Command, (lines, columns): (usize, usize)) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        let terminal = Terminal::new(lines, columns);
        let shown = Arc::new(Mutex::new(Shown { terminal, written: String::new() }));
        let passed_on = Arc::clone(&shown);
        thread::spawn(move || {
            let (mut rest, mut some) = (Vec::new(), [0; 4096]);
            while let Ok(count @ 1..) = stdout.read(&mut some) {
                rest.extend_from_slice(&some[..count]);
                // Whole frames only: characters and sequences come in pieces.
                while let Some(end) =
                    rest.windows(END.len()).position(|part| part == END.as_bytes())
                {
                    let frame: Vec<u8> = rest.drain(..end + END.len()).collect();
                    let frame = String::from_utf8(frame).unwrap();
                    let mut shown = lock(&passed_on);
                    shown.written += &frame;
                    shown.terminal.draw(&frame);
                }
            }
        });
        Self { world, child, shown }
    }

    /// What the terminal shows.
    fn text(&self) -> String {
        lock(&self.shown).terminal.text()
    }

    /// Everything that was written to it.
    fn written(&self) -> String {
        lock(&self.shown).written.clone()
    }

    /// Waits until the terminal shows this.
    #[track_caller]
    fn await_text(&self, words: &str) {
        until(&format!("{words:?} is shown"), || self.text().contains(words));
    }

    /// Ends it; its story tells what the terminal shows.
    fn end(mut self) -> Seen {
        let stdout = self.text().into_bytes();
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.world.seen(std::process::Output { status: Default::default(), stdout, stderr: vec![] })
    }
}

impl Drop for Live<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lock(shown: &Mutex<Shown>) -> MutexGuard<'_, Shown> {
    shown.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn r15_a_live_table_tells_that_it_is_cut_off_and_what_is_gone() {
    let claim =
        "a live table tells that it is cut off, for how long and why; and what went meanwhile";
    let (with, without) = compare("R15", claim, |world, fault| {
        put_apps(world, "True", "state 0");
        let mut relay = world.relay();
        let live = Live::start(world, &format!("get ks --watch {}", relay.flag()));
        live.await_text("live · 1 object · 1 ready");
        if fault {
            relay.close();
            live.await_text("reconnecting kustomizations for 2s · 1 object");
            live.await_text("the watch is interrupted, trying again: ");
            relay.open();
            live.await_text("live · 1 object");
        }
        put_apps(world, "False", "state 1");
        live.await_text("live · 1 object · 1 failed");
        world.delete(&KUSTOMIZATION, "flux-system", "apps");
        live.await_text("DELETED");
        live.await_text("live · no objects yet");
        if fault {
            // What is gone is shown for a while, and then not any more.
            until("nothing is shown", || !live.text().contains("apps"));
        }
        live.end()
    });
    without.expect_told("DELETED");
    for seen in with.each() {
        assert_eq!(seen.story, "live · no objects yet\n", "on {}", seen.api);
    }
}

#[test]
fn r15_a_live_table_tells_that_nothing_is_heard() {
    let claim = "a live table tells when nothing is heard any more, though no connection ends";
    let (with, without) = compare("R15", claim, |world, fault| {
        put_apps(world, "True", "state 0");
        let relay = world.relay();
        let live = Live::start(world, &format!("get ks --watch {}", relay.flag()));
        live.await_text("live · 1 object · 1 ready");
        if fault {
            relay.fall_silent();
        }
        put_apps(world, "False", "state 1");
        let mut meanwhile = String::new();
        if fault {
            until_believed("it is told", || live.text().contains("the server does not answer"));
            meanwhile = live.text();
            relay.speak();
        }
        until_believed("it is heard again", || live.text().contains("live · 1 object · 1 failed"));
        let mut seen = live.end();
        seen.story += &meanwhile;
        seen
    });
    for seen in with.each() {
        let (last, meanwhile) = seen.story.split_once("1 failed\n").unwrap();
        assert!(last.contains("state 1"), "on {}: {}", seen.api, seen.story);
        for words in ["state 0", "reconnecting kustomizations for ", "s · 1 object · 1 ready"] {
            assert!(meanwhile.contains(words), "on {}: {}", seen.api, seen.story);
        }
    }
    without.expect_told("state 1");
}

/// Waits for what takes as long as nigari believes in a server of which it hears nothing.
#[track_caller]
fn until_believed(what: &str, is_done: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_done() {
        assert!(start.elapsed() < 4 * PATIENCE, "in vain waited until {what}");
        thread::park_timeout(Duration::from_millis(20));
    }
}

#[test]
fn r18_a_live_table_obeys_nothing_that_a_message_says() {
    let claim = "a terminal with a live table obeys nothing that a message says";
    let (with, without) = compare("R18", claim, |world, fault| {
        let hostile =
            "\u{1b}[2J\u{1b}]0;title\u{7}\r\u{8}\u{9b}2J\u{202e} 👩\u{200d}👧⚠\u{fe0f}豆腐";
        put_apps(world, "False", &format!("gone{}", if fault { hostile } else { "" }));
        // What is obeyed that frames do not use, and what takes another line, ends the test.
        let live = Live::start(world, "get ks --watch");
        live.await_text("live · 1 object · 1 failed");
        live.end()
    });
    with.expect_told(r"gone\u{1b}[2J\u{1b}]0;title\u{7}\u{d}\u{8}\u{9b}2J\u{202e} ");
    without.expect_told("gone\n");
    for seen in with.each().chain(without.each()) {
        assert_eq!(seen.story.lines().count(), 3, "on {}: {}", seen.api, seen.story);
    }
}

#[test]
fn r20_a_live_table_fits_a_narrow_terminal() {
    let claim = "a live table fits a terminal of 40 columns and keeps what matters";
    let (with, without) = compare("R20", claim, |world, fault| {
        put_apps(world, "False", "kustomize build failed: no such file or directory");
        let size = if fault { (8, 40) } else { (24, 200) };
        let live = Live::with(world, world.on_terminal("get all --watch", size), size);
        live.await_text("live · 1 object · 1 failed");
        live.end()
    });
    without.expect_told("kustomize build failed: no such file or directory\n");
    with.expect_told("kustomization/apps   False   kustomize …\n");
    for seen in with.each() {
        let widest = seen.story.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(40), "on {}: {}", seen.api, seen.story);
    }
}

#[test]
fn r20_a_live_table_without_colour_still_changes_in_place() {
    let claim = "NO_COLOR takes the colour from a live table and nothing else";
    let (with, without) = compare("R20", claim, |world, fault| {
        put_apps(world, "True", "state 0");
        let mut command = world.on_terminal("get ks --watch", SIZE);
        if fault {
            command.env("NO_COLOR", "1");
        }
        let live = Live::with(world, command, SIZE);
        live.await_text("state 0");
        put_apps(world, "False", "state 1");
        live.await_text("state 1");
        let (written, mut seen) = (live.written(), live.end());
        let is_coloured = written.contains("\u{1b}[32mTrue") && written.contains("\u{1b}[1m");
        seen.story += &format!("coloured: {is_coloured}\n");
        seen
    });
    with.expect_told("coloured: false\n");
    without.expect_told("coloured: true\n");
    for seen in with.each().chain(without.each()) {
        assert!(!seen.story.contains("state 0"), "on {}: {}", seen.api, seen.story);
    }
}
