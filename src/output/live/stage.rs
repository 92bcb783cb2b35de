//! The terminal on which a table changes in place: how large it is, that nobody writes on it while it is ours,
//! and when it was somebody else's.

#[cfg(not(unix))]
use std::time::Duration;

use crate::output::Output;

#[cfg(unix)]
use taken::Taken;

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

/// What happened to the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// It may have got another size.
    Resized,
    /// It was somebody else's, who may have written anywhere.
    Returned,
    /// The process is asked to end, by other means than Ctrl-C.
    Ended,
}

/// The terminal while something is shown on it. It does not repeat what is typed, which would move everything
/// by a line; dropping this gives it back as it was.
pub struct Stage {
    /// Nothing where nothing is shown.
    #[cfg(unix)]
    taken: Option<Taken>,
    #[cfg(not(unix))]
    is_shown: bool,
}

#[cfg(unix)]
impl Stage {
    /// Takes the terminal, where `is_shown` says that something is shown on one. Inside a runtime.
    #[must_use]
    pub fn new(is_shown: bool) -> Self {
        // Where signals cannot be had, the size is looked at with the next change.
        Self { taken: is_shown.then(|| Taken::new().ok()).flatten() }
    }

    /// Waits for what happens next. Ctrl-Z is answered in here. Nothing is lost when it is dropped.
    pub async fn next(&mut self) -> Cue {
        match &mut self.taken {
            Some(taken) => taken.next().await,
            None => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
impl Stage {
    /// How often the size is looked at where nothing tells.
    const PERIOD: Duration = Duration::from_secs(1);

    /// Takes the terminal, where `is_shown` says that something is shown on one.
    #[must_use]
    pub fn new(is_shown: bool) -> Self {
        Self { is_shown }
    }

    /// Waits until it is worth a look.
    pub async fn next(&mut self) -> Cue {
        match self.is_shown {
            true => tokio::time::sleep(Self::PERIOD).await,
            false => std::future::pending().await,
        }
        Cue::Resized
    }
}

#[cfg(unix)]
mod taken {
    use std::io;

    use rustix::process::{Signal as Number, getpgrp, getpid, getsid, kill_process};
    use rustix::stdio::stdout;
    use rustix::termios::{
        LocalModes, OptionalActions, QueueSelector, tcflush, tcgetattr, tcgetpgrp, tcsetattr,
    };
    use tokio::signal::unix::{Signal, SignalKind, signal};

    use super::Cue;

    /// A terminal that is ours, and the signals about it.
    pub(super) struct Taken {
        echo: Echo,
        resized: Signal,
        stopped: Signal,
        continued: Signal,
        terminated: Signal,
        quit: Signal,
        hung_up: Signal,
    }

    impl Taken {
        pub(super) fn new() -> io::Result<Self> {
            Ok(Self {
                resized: signal(SignalKind::window_change())?,
                stopped: signal(SignalKind::from_raw(Number::TSTP.as_raw()))?,
                continued: signal(SignalKind::from_raw(Number::CONT.as_raw()))?,
                terminated: signal(SignalKind::terminate())?,
                quit: signal(SignalKind::quit())?,
                hung_up: signal(SignalKind::hangup())?,
                echo: Echo::default(),
            })
        }

        pub(super) async fn next(&mut self) -> Cue {
            loop {
                // Who was put into the background has no say about the terminal until it is in front again.
                self.echo.silence();
                tokio::select! {
                    _ = self.resized.recv() => return Cue::Resized,
                    _ = self.stopped.recv() => self.stop(),
                    _ = self.continued.recv() => {
                        // Who had it meanwhile has its own idea of echo.
                        self.echo.forget();
                        self.echo.silence();
                        return Cue::Returned;
                    }
                    _ = self.terminated.recv() => return Cue::Ended,
                    _ = self.quit.recv() => return Cue::Ended,
                    _ = self.hung_up.recv() => return Cue::Ended,
                }
            }
        }

        /// Stops as Ctrl-Z would have it, with the terminal as it was. Where no shell could ever let us go on, the
        /// system does not stop anybody for it, and neither do we.
        fn stop(&mut self) {
            let has_shell = getsid(None).is_ok_and(|leader| leader != getpgrp());
            if has_shell {
                self.echo.restore();
                // A process may always stop itself.
                let _ = kill_process(getpid(), Number::STOP);
            }
        }
    }

    /// Whether the terminal repeats what is typed. Everything else about it stays as it is, so that Ctrl-C and
    /// Ctrl-Z work. A terminal that cannot be asked needs no settings.
    #[derive(Default)]
    struct Echo {
        /// What was taken away.
        taken: Option<LocalModes>,
    }

    impl Echo {
        /// Takes the echo away, unless that is done.
        fn silence(&mut self) {
            if self.taken.is_some() || !is_in_front() {
                return;
            }
            let Ok(mut modes) = tcgetattr(stdout()) else { return };
            let echo = modes.local_modes & (LocalModes::ECHO | LocalModes::ECHONL);
            modes.local_modes.remove(echo);
            if tcsetattr(stdout(), OptionalActions::Now, &modes).is_ok() {
                self.taken = Some(echo);
            }
        }

        /// Gives it back, and drops what was typed: it was meant for nobody, and a shell would run it.
        fn restore(&mut self) {
            let Some(echo) = self.taken.take() else { return };
            if !is_in_front() {
                return;
            }
            let _ = tcflush(stdout(), QueueSelector::IFlush);
            if let Ok(mut modes) = tcgetattr(stdout()) {
                modes.local_modes.insert(echo);
                let _ = tcsetattr(stdout(), OptionalActions::Now, &modes);
            }
        }

        fn forget(&mut self) {
            self.taken = None;
        }
    }

    impl Drop for Echo {
        fn drop(&mut self) {
            self.restore();
        }
    }

    /// Whether the terminal listens to us: whoever else changes it is stopped for that.
    fn is_in_front() -> bool {
        tcgetpgrp(stdout()).is_ok_and(|group| group == getpgrp())
    }
}
