//! Being asked to end, for commands that have something to take back first.

use std::io;

use anyhow::{Error, Result, anyhow};
use futures::FutureExt as _;
use futures::future::{LocalBoxFuture, Shared};

use crate::error::{Class, Explain as _};

/// The user or the system asking the process to end.
pub struct Interruption(Shared<LocalBoxFuture<'static, ()>>);

impl Interruption {
    /// Listens from now on for Ctrl-C and, where there is such a thing, for the signal to terminate. What would
    /// end the process at once no longer does.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn listen() -> io::Result<Self> {
        Ok(Self(asked()?.boxed_local().shared()))
    }

    /// Runs `work` unless the process is asked to end, from when it listens.
    ///
    /// # Errors
    /// Those of `work`; [`interrupted`].
    pub async fn unless<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        tokio::select! {
            biased;
            () = self.0.clone() => Err(interrupted()),
            result = work => result,
        }
    }
}

/// The error of work that was interrupted.
#[must_use]
pub fn interrupted() -> Error {
    anyhow!("interrupted").class(Class::Interrupted)
}

#[cfg(unix)]
fn asked() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn asked() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Where nobody can ask, nobody does.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
