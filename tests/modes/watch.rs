//! A run that goes on until somebody ends it.

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read};
use std::process::{Child, Command, Output, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use nigari_test_support::PATIENCE;

use crate::mode::Seen;
use crate::world::{World, until};

/// A run whose lines are read as they come, from both streams.
pub(crate) struct Watch<'a> {
    world: &'a World,
    child: Child,
    lines: Receiver<String>,
    seen: String,
}

impl<'a> Watch<'a> {
    pub(crate) fn start(world: &'a World, mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, lines) = channel();
        pass_on(child.stdout.take().unwrap(), sender.clone());
        pass_on(child.stderr.take().unwrap(), sender);
        Self { world, child, lines, seen: String::new() }
    }

    /// Reads until there is a line that holds this.
    #[track_caller]
    pub(crate) fn await_line(&mut self, words: &str) {
        loop {
            let Ok(line) = self.lines.recv_timeout(PATIENCE) else {
                panic!("no line with {words:?} in:\n{}", self.seen);
            };
            writeln!(self.seen, "{line}").unwrap();
            if line.contains(words) {
                return;
            }
        }
    }

    /// Waits until it has read what is there, and follows what becomes of it.
    pub(crate) fn await_watch(&self) {
        until("a watch begins", || self.world.request_counts().1 > 0);
    }

    /// Waits until it has begun anew, after its connection was cut.
    pub(crate) fn await_second_watch(&self) {
        until("the watch begins anew", || self.world.request_counts().1 > 1);
    }

    /// Ends it; its story tells the lines in their order, and how many requests there were.
    pub(crate) fn end(mut self) -> Seen {
        // It may have ended by itself.
        let _ = self.child.kill();
        self.ended()
    }

    /// Waits for its own end.
    pub(crate) fn ended(mut self) -> Seen {
        self.lines.iter().for_each(|line| writeln!(self.seen, "{line}").unwrap());
        let (requests, watches) = self.world.request_counts();
        writeln!(self.seen, "requests: {requests}, watches among them: {watches}").unwrap();
        let (stdout, stderr) = (std::mem::take(&mut self.seen).into_bytes(), Vec::new());
        let status = self.child.wait().unwrap();
        self.world.seen(Output { status, stdout, stderr })
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn pass_on(stream: impl Read + Send + 'static, lines: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if lines.send(line).is_err() {
                return;
            }
        }
    });
}
