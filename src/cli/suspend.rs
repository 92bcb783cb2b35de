//! Arguments of `suspend`.

use std::str::FromStr;

use anyhow::{Result, anyhow, bail};
use clap::Args;
use k8s_openapi::jiff::Timestamp;

use super::selection::SelectArgs;
use super::target::{GenericCommand, Target};
use crate::duration::GoDuration;
use crate::kinds::{Kind, Verb};

/// Examples below the help.
pub const EXAMPLES: &str = "\
Examples:
  # Leave a kustomization alone during an incident, and say so
  nigari suspend kustomization apps --reason='incident 42' --until=2h

  # Every image automation of a namespace
  nigari suspend image update --all -n apps

  # What is suspended, why and until when
  nigari get all -A -o wide";

/// Arguments of `suspend`.
#[derive(Debug, Args)]
pub struct SuspendArgs {
    /// What to suspend.
    #[command(flatten)]
    pub target: Target<Suspend>,

    /// Which objects of the kind, when they are not named.
    #[command(flatten)]
    pub select: SelectArgs,

    /// Why, for people; `get -o wide` shows it
    #[arg(long, global = true, value_name = "TEXT")]
    pub reason: Option<String>,

    /// Until when, for people: a time like 2026-01-31T18:00:00Z, or a duration from now like 2h. Nothing
    /// resumes by itself
    #[arg(long, global = true, value_name = "TIME")]
    pub until: Option<Until>,

    /// Ask the server whether it would, and write nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
}

/// A time, or a length of time from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// A time.
    At(Timestamp),
    /// A length of time.
    In(GoDuration),
}

impl Until {
    /// The time that is meant, in whole seconds.
    ///
    /// # Errors
    /// When it is over already, or too far away to be written.
    pub fn time(self, now: Timestamp) -> Result<Timestamp> {
        let time = match self {
            Self::At(time) => time,
            Self::In(length) => now.checked_add(length.get())?,
        };
        if time <= now {
            bail!("{time} is in the past");
        }
        Ok(Timestamp::from_second(time.as_second())?)
    }
}

impl FromStr for Until {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        if let Ok(length) = text.parse() {
            return Ok(Self::In(length));
        }
        let time = text.parse().map_err(|_| {
            anyhow!("write a time like 2026-01-31T18:00:00Z, or a duration from now like 2h")
        });
        time.map(Self::At)
    }
}

/// Marks `suspend` as a generic command.
#[derive(Clone, Copy, Debug)]
pub struct Suspend;

impl GenericCommand for Suspend {
    const VERB: Verb = Verb::Suspend;
    const HAS_ALL: bool = false;
    const NEEDS_NAME: bool = false;

    fn about(kind: &Kind) -> String {
        format!("Suspend {kind} objects")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_and_a_length_of_time_mean_a_time_to_come() {
        let now: Timestamp = "2026-01-31T12:00:00.5Z".parse().unwrap();
        for (text, time) in [
            ("2026-01-31T18:00:00Z", "2026-01-31T18:00:00Z"),
            ("2026-01-31T18:00:00+02:00", "2026-01-31T16:00:00Z"),
            ("2h", "2026-01-31T14:00:00Z"),
            ("72h30m", "2026-02-03T12:30:00Z"),
        ] {
            let until: Until = text.parse().unwrap();
            assert_eq!(until.time(now).unwrap().to_string(), time, "{text}");
        }
        for over in ["2026-01-31T12:00:00Z", "0s", "2020-01-01T00:00:00Z"] {
            assert!(over.parse::<Until>().unwrap().time(now).is_err(), "{over}");
        }
        for nonsense in ["", "tomorrow", "2026-01-31", "18:00"] {
            assert!(nonsense.parse::<Until>().is_err(), "{nonsense}");
        }
    }
}
