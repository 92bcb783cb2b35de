//! What checks find: passed, to know about, failed; told one by one, or all together as a document.

use anyhow::{Error, Result, anyhow};
use serde_json::{Value, json};

use crate::context::Context;
use crate::error::{Explain as _, common_class, report};
use crate::output::document::Document;

/// One thing that was looked at.
pub(super) struct Finding {
    /// What kind of thing: `kubernetes`, `rights`, `token`, `repository`.
    pub(super) about: &'static str,
    /// Which one.
    pub(super) name: String,
    pub(super) outcome: Outcome,
    /// How it is, for a person.
    pub(super) message: String,
    /// The images of a controller.
    pub(super) images: Vec<String>,
}

/// What came of looking at it.
pub(super) enum Outcome {
    Passed,
    /// It cannot be seen from here; nothing speaks against it.
    Unknown,
    /// To know about; not a failure.
    Warning,
    Failed(Error),
}

impl Finding {
    pub(super) fn new(
        about: &'static str,
        name: &str,
        outcome: Outcome,
        message: impl Into<String>,
    ) -> Self {
        let (name, message) = (name.to_owned(), message.into());
        Self { about, name, outcome, message, images: Vec::new() }
    }

    pub(super) fn passed(about: &'static str, name: &str, message: impl Into<String>) -> Self {
        Self::new(about, name, Outcome::Passed, message)
    }

    pub(super) fn unknown(about: &'static str, name: &str, message: impl Into<String>) -> Self {
        Self::new(about, name, Outcome::Unknown, message)
    }

    pub(super) fn warning(about: &'static str, name: &str, message: impl Into<String>) -> Self {
        Self::new(about, name, Outcome::Warning, message)
    }

    /// A failure is told in the words of its error.
    pub(super) fn failed(about: &'static str, name: &str, error: Error) -> Self {
        let message = error.to_string();
        Self::new(about, name, Outcome::Failed(error), message)
    }

    fn document(&self) -> Value {
        let outcome = match self.outcome {
            Outcome::Passed => "passed",
            Outcome::Unknown => "unknown",
            Outcome::Warning => "warning",
            Outcome::Failed(_) => "failed",
        };
        let mut document = json!({
            "about": self.about, "name": self.name, "outcome": outcome, "message": self.message,
        });
        if !self.images.is_empty() {
            document["images"] = json!(self.images);
        }
        document
    }
}

/// How findings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Telling {
    /// A line for each, as soon as it is there.
    Lines,
    /// All together, at the end.
    Document(Document),
    /// Only what is to know about or has failed: the checks come before something else.
    Trouble,
}

/// What was found so far.
pub(super) struct Findings<'a> {
    ctx: &'a Context,
    telling: Telling,
    all: Vec<Value>,
    failures: Vec<Error>,
    doubts: usize,
}

impl<'a> Findings<'a> {
    pub(super) fn new(ctx: &'a Context, telling: Telling) -> Self {
        Self { ctx, telling, all: Vec::new(), failures: Vec::new(), doubts: 0 }
    }

    /// Says what is looked at next.
    pub(super) fn begin(&self, what: impl std::fmt::Display) {
        if self.telling == Telling::Lines {
            self.ctx.output.action(what);
        }
    }

    pub(super) fn add(&mut self, finding: Finding) {
        self.all.push(finding.document());
        match self.telling {
            Telling::Lines => self.tell(&finding),
            Telling::Trouble if matches!(finding.outcome, Outcome::Warning) => self.tell(&finding),
            Telling::Trouble | Telling::Document(_) => {}
        }
        match finding.outcome {
            Outcome::Failed(error) => self.failures.push(error),
            Outcome::Unknown | Outcome::Warning => self.doubts += 1,
            Outcome::Passed => {}
        }
    }

    /// Adds something that passed and is told even if only trouble is.
    pub(super) fn milestone(&mut self, about: &'static str, name: &str, message: String) {
        if self.telling == Telling::Trouble {
            self.ctx.output.done(&message);
        }
        self.add(Finding::passed(about, name, message));
    }

    /// The value of a step that succeeded; a failure is a finding.
    pub(super) fn take<T>(
        &mut self,
        about: &'static str,
        name: &str,
        result: Result<T>,
    ) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.add(Finding::failed(about, name, error));
                None
            }
        }
    }

    /// Whether the findings are all that is wanted.
    pub(super) fn is_report(&self) -> bool {
        self.telling != Telling::Trouble
    }

    /// How many are to know about, or cannot be seen from here.
    pub(super) fn doubts(&self) -> usize {
        self.doubts
    }

    /// How many have failed.
    pub(super) fn failures(&self) -> usize {
        self.failures.len()
    }

    fn tell(&self, finding: &Finding) {
        let output = &self.ctx.output;
        match &finding.outcome {
            Outcome::Passed => output.done(&finding.message),
            Outcome::Unknown | Outcome::Warning => output.warn(&finding.message),
            Outcome::Failed(error) => self.tell_failure(error),
        }
        finding.images.iter().for_each(|image| output.action(image));
    }

    /// With its causes and hints, and without the word that begins a command's own failure.
    fn tell_failure(&self, error: &Error) {
        let text = report(error);
        self.ctx.output.failed(text.trim_start_matches("error: ").trim_end());
    }

    /// Ends the check: with success, or with what the failures have in common.
    pub(super) fn conclude(self, success: &str) -> Result<()> {
        self.conclude_with(success, &Value::Null)
    }

    /// The same, with `more` in the document.
    pub(super) fn conclude_with(mut self, success: &str, more: &Value) -> Result<()> {
        let count = self.failures.len();
        if let Telling::Document(document) = self.telling {
            let mut whole = json!({"passed": count == 0, "findings": self.all});
            for (key, value) in more.as_object().into_iter().flatten() {
                whole[key] = value.clone();
            }
            self.ctx.output.data(&document.text(&whole)?)?;
        }
        match (self.telling, count) {
            (Telling::Lines, 0) => self.ctx.output.done(success),
            // Whatever stops the run is its error.
            (Telling::Trouble, 1) => return Err(self.failures.remove(0)),
            (Telling::Trouble, _) => {
                self.failures.iter().for_each(|error| self.tell_failure(error))
            }
            _ => {}
        }
        if count == 0 {
            return Ok(());
        }
        let error = match self.telling {
            Telling::Trouble => anyhow!("{count} checks failed; nothing was written"),
            Telling::Lines | Telling::Document(_) => {
                anyhow!("{count} of {} checks failed", self.all.len())
            }
        };
        Err(error.class(common_class(&self.failures)))
    }
}
