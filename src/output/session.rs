//! This process's own streams, lent to a process elsewhere.

use std::future::pending;
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::pin::pin;
use std::thread;

use anyhow::{Context as _, Result};
use futures::future::{OptionFuture, join};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;
use kube::api::{AttachedProcess, TerminalSize};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::mpsc::{self, Receiver};

use super::Output;
use crate::error::{Class, Explain as _};

/// How much is passed on at a time.
const PIECE: usize = 8 * 1024;

impl Output {
    /// Whether somebody can work in a shell here: a terminal to type on and to read from, which can be taken
    /// over.
    #[must_use]
    pub fn can_lend_terminal(&self) -> bool {
        cfg!(unix) && io::stdin().is_terminal() && self.stdout_is_terminal
    }
}

/// Joins our streams with those of a process, until it ends. Returns the status that came at its end; none
/// where the connection broke. With a terminal, every key goes to the process.
///
/// # Errors
/// [`Class::OutputClosed`] when nobody reads what it says; when the terminal cannot be taken over.
pub async fn attend(mut process: AttachedProcess, has_terminal: bool) -> Result<Option<Status>> {
    let status = process.take_status().context("the status is taken once")?;
    let (stdin, stdout) = (process.stdin(), process.stdout());
    let (stdin, stdout) = (stdin.context("stdin was asked for")?, stdout.context("so was stdout")?);
    let stderr = process.stderr().map(|stderr| pass_out(stderr, to_stderr));
    #[cfg(unix)]
    let _raw = has_terminal.then(Raw::begin).transpose().context("cannot take the terminal")?;
    let typing = pass_in(input(), stdin);
    let shown = join(pass_out(stdout, to_stdout), OptionFuture::from(stderr));
    let sizes = follow_size(has_terminal.then(|| process.terminal_size()).flatten());
    let beside = async {
        join(typing, sizes).await;
        pending::<()>().await;
    };
    let (mut status, mut shown, mut beside) = (pin!(status), pin!(shown), pin!(beside));
    let mut is_shown = false;
    loop {
        tokio::select! {
            told = &mut status => {
                // What was said last is shown before the end is told; where the connection broke, nobody ends
                // what is said.
                if told.is_some() && !is_shown {
                    refuse_closed(shown.await.0)?;
                }
                return Ok(told);
            }
            (written, _) = &mut shown, if !is_shown => {
                refuse_closed(written)?;
                is_shown = true;
            }
            () = &mut beside => {}
        }
    }
}

fn refuse_closed(written: io::Result<()>) -> Result<()> {
    written.context("cannot write to standard output").class(Class::OutputClosed)
}

/// What comes in on standard input, until its end; nobody reads it any more when this is dropped.
///
/// On a thread of its own, which nothing waits for: a read cannot be given up, and an answer of the user's
/// that never comes must not keep the command from ending.
fn input() -> Receiver<Vec<u8>> {
    let (pieces, received) = mpsc::channel(4);
    thread::spawn(move || {
        let mut piece = vec![0; PIECE];
        while let Ok(length @ 1..) = io::stdin().lock().read(&mut piece) {
            if pieces.blocking_send(piece[..length].to_vec()).is_err() {
                return;
            }
        }
    });
    received
}

/// Passes on what comes in until it ends, or the other side is gone.
async fn pass_in(mut input: Receiver<Vec<u8>>, mut to: impl AsyncWrite + Unpin) {
    while let Some(piece) = input.recv().await {
        if to.write_all(&piece).await.is_err() || to.flush().await.is_err() {
            return;
        }
    }
    // The other side learns that nothing more comes; if it is gone, it needs not.
    let _ = to.shutdown().await;
}

/// Passes on everything to one of our streams.
async fn pass_out(
    mut from: impl AsyncRead + Unpin,
    to: fn(&[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        match from.read(&mut piece).await {
            Ok(0) | Err(_) => return Ok(()),
            Ok(length) => to(&piece[..length])?,
        }
    }
}

/// Writes to standard output as it is: what a process elsewhere says is between it and the terminal.
fn to_stdout(piece: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(piece)?;
    stdout.flush()
}

/// Writes to standard error as it is.
fn to_stderr(piece: &[u8]) -> io::Result<()> {
    io::stderr().lock().write_all(piece)
}

/// Tells the other side how large the terminal is, now and whenever that changes.
async fn follow_size(to: Option<impl futures::Sink<TerminalSize> + Unpin>) {
    #[cfg(unix)]
    if let Some(mut to) = to {
        use futures::SinkExt as _;
        use tokio::signal::unix::{SignalKind, signal};

        let Ok(mut changes) = signal(SignalKind::window_change()) else { return };
        loop {
            let (height, width) = console::Term::stdout().size();
            if to.send(TerminalSize { width, height }).await.is_err() {
                return;
            }
            changes.recv().await;
        }
    }
    #[cfg(not(unix))]
    drop(to);
}

/// A terminal that passes on every key, Ctrl-C among them; dropping it gives it back as it was.
#[cfg(unix)]
struct Raw(rustix::termios::Termios);

#[cfg(unix)]
impl Raw {
    /// Takes the terminal over.
    fn begin() -> io::Result<Self> {
        use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

        let stdin = rustix::stdio::stdin();
        let before = tcgetattr(stdin)?;
        let mut raw = before.clone();
        raw.make_raw();
        tcsetattr(stdin, OptionalActions::Now, &raw)?;
        Ok(Self(before))
    }
}

#[cfg(unix)]
impl Drop for Raw {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};

        // A terminal that went away needs no settings.
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &self.0);
    }
}
