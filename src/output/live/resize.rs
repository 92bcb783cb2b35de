//! How large the terminal is, and when it changes.

#[cfg(not(unix))]
use std::time::Duration;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::output::Output;

/// The size of a terminal, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Lines.
    pub height: usize,
    /// Columns.
    pub width: usize,
}

impl Output {
    /// The size of the terminal that standard output is.
    #[must_use]
    pub fn terminal_size(&self) -> Size {
        let (height, width) = console::Term::stdout().size();
        Size { height: height.into(), width: width.into() }
    }
}

/// Tells when the terminal may have got another size.
pub struct Resizes {
    #[cfg(unix)]
    signals: Option<Signal>,
    /// Whether anybody looks at a terminal at all.
    #[cfg(not(unix))]
    is_shown: bool,
}

#[cfg(unix)]
impl Resizes {
    /// Begins to listen, where `is_shown` says that something is shown on a terminal. Inside a runtime.
    #[must_use]
    pub fn new(is_shown: bool) -> Self {
        // Where the signal cannot be had, the size is looked at with the next change.
        Self { signals: is_shown.then(|| signal(SignalKind::window_change()).ok()).flatten() }
    }

    /// Waits for the next one.
    pub async fn next(&mut self) {
        if let Some(signals) = &mut self.signals
            && signals.recv().await.is_some()
        {
            return;
        }
        std::future::pending().await
    }
}

#[cfg(not(unix))]
impl Resizes {
    /// How often the size is looked at where nothing tells.
    const PERIOD: Duration = Duration::from_secs(1);

    /// Begins to listen, where `is_shown` says that something is shown on a terminal.
    #[must_use]
    pub fn new(is_shown: bool) -> Self {
        Self { is_shown }
    }

    /// Waits until it is worth a look.
    pub async fn next(&mut self) {
        match self.is_shown {
            true => tokio::time::sleep(Self::PERIOD).await,
            false => std::future::pending().await,
        }
    }
}
