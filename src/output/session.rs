//! This process's own streams, lent to a process elsewhere.

use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::thread;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::mpsc::{self, Receiver};

use super::Output;

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

/// What comes in on standard input, until its end; nobody reads it any more when this is dropped.
///
/// On a thread of its own, which nothing waits for: a read cannot be given up, and an answer of the user's
/// that never comes must not keep the command from ending.
#[must_use]
pub fn input() -> Receiver<Vec<u8>> {
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
pub async fn pass_in(mut input: Receiver<Vec<u8>>, mut to: impl AsyncWrite + Unpin) {
    while let Some(piece) = input.recv().await {
        if to.write_all(&piece).await.is_err() || to.flush().await.is_err() {
            return;
        }
    }
    // The other side learns that nothing more comes; if it is gone, it needs not.
    let _ = to.shutdown().await;
}

/// Passes on everything to one of our streams.
///
/// # Errors
/// When nobody reads that stream any more.
pub async fn pass_out(
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
///
/// # Errors
/// When nobody reads any more.
pub fn to_stdout(piece: &[u8]) -> io::Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(piece)?;
    stdout.flush()
}

/// Writes to standard error as it is.
///
/// # Errors
/// When nobody reads any more.
pub fn to_stderr(piece: &[u8]) -> io::Result<()> {
    io::stderr().lock().write_all(piece)
}

/// A terminal that passes on every key, Ctrl-C among them; dropping it gives it back as it was.
#[cfg(unix)]
pub struct Raw(rustix::termios::Termios);

#[cfg(unix)]
impl Raw {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When it cannot be.
    pub fn begin() -> io::Result<Self> {
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
