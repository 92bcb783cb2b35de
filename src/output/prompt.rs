//! Questions to a person, each with a way to answer it beforehand.

use std::io::{self, BufRead as _, IsTerminal as _, Read as _, Write as _};

use anyhow::{Context as _, Result, anyhow};
use dialoguer::Password;
use secrecy::SecretString;

use super::{Output, clean};
use crate::error::{Explain as _, usage};
use crate::interruption::interrupted;

/// Longer than any token; keeps a wrong file on standard input out of memory.
const LONGEST_SECRET_BYTES: u64 = 64 * 1024;

impl Output {
    /// Asks for a secret: hidden on a terminal (the question is on standard error), one line of standard
    /// input elsewhere. `instead` says how to give it beforehand.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] when nothing was given; [`interrupted`] at Ctrl-C.
    pub async fn secret(&self, what: &str, instead: &str) -> Result<SecretString> {
        let question = what.to_owned();
        // Interrupted, the thread that hides what is typed never comes to show it again.
        let _shown_again = Settings::of_stdin();
        // On a thread of its own, so that Ctrl-C still ends the command.
        let answer = tokio::task::spawn_blocking(move || ask(&question)).await??;
        if answer.is_empty() {
            return Err(usage(format!("no {what} was given")).hint(instead));
        }
        Ok(answer.into())
    }

    /// Whether there is somebody to ask: a terminal to read from, and one to ask on.
    #[must_use]
    pub fn can_ask(&self) -> bool {
        io::stdin().is_terminal() && self.stderr_is_terminal
    }

    /// Asks for a line to be typed, visibly; empty when the input ends. Ask [`Self::can_ask`] first.
    ///
    /// # Errors
    /// When the terminal cannot be read.
    pub async fn typed(&self, question: &str) -> Result<String> {
        let question = clean(question).into_owned();
        let answer = tokio::task::spawn_blocking(move || {
            // A question that cannot be printed is answered blindly, which is no reason to fail.
            let _ = io::stderr().write_all(question.as_bytes());
            line()
        });
        answer.await?
    }
}

/// The settings of the terminal that standard input is; dropping this brings them back.
#[cfg(unix)]
struct Settings(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl Settings {
    fn of_stdin() -> Self {
        Self(rustix::termios::tcgetattr(rustix::stdio::stdin()).ok())
    }
}

#[cfg(unix)]
impl Drop for Settings {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};

        if let Some(settings) = &self.0 {
            let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, settings);
        }
    }
}

#[cfg(not(unix))]
struct Settings;

#[cfg(not(unix))]
impl Settings {
    fn of_stdin() -> Self {
        Self
    }
}

fn ask(question: &str) -> Result<String> {
    if io::stdin().is_terminal() {
        let asked = Password::new().with_prompt(question).allow_empty_password(true).interact();
        return asked.map(|answer| answer.trim().to_owned()).map_err(|error| match error {
            dialoguer::Error::IO(io) if io.kind() == io::ErrorKind::Interrupted => interrupted(),
            other => anyhow!(other).context("cannot ask on this terminal"),
        });
    }
    line()
}

/// One line of standard input, without blanks around it.
fn line() -> Result<String> {
    let mut line = String::new();
    io::stdin()
        .lock()
        .take(LONGEST_SECRET_BYTES)
        .read_line(&mut line)
        .context("cannot read standard input")?;
    Ok(line.trim().to_owned())
}
