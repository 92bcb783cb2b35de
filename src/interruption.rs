//! Being asked to end, for commands that have something to take back first.

use std::io;

use anyhow::{Error, anyhow};
use futures::FutureExt as _;
use futures::future::{LocalBoxFuture, Shared};

use crate::error::{Class, Explain as _};

/// The error of a command that was asked to end.
#[must_use]
pub fn interrupted() -> Error {
    anyhow!("interrupted").class(Class::Interrupted)
}

/// Resolves when the user or the system asks the process to end; each clone does.
pub type Interruption = Shared<LocalBoxFuture<'static, ()>>;

/// Listens from now on for Ctrl-C and, where there is such a thing, for the signal to terminate. What would
/// end the process at once no longer does.
///
/// # Errors
/// When the system refuses.
pub fn listen() -> io::Result<Interruption> {
    Ok(asked()?.boxed_local().shared())
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
