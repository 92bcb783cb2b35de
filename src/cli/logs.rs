//! Arguments of `logs`.

use clap::{Args, ValueEnum};
use k8s_openapi::jiff::Timestamp;

use crate::duration::GoDuration;

pub(super) const EXAMPLES: &str = "\
Examples:
  # What all controllers say about the objects of every namespace, as they say it
  nigari logs -A --follow --tail 10

  # Only the failures of one object
  nigari logs --kind kustomization --name apps --level error --since 1h";

/// Arguments of `logs`.
#[derive(Args, Debug)]
pub struct LogsArgs {
    /// Show entries about the objects of every namespace
    #[arg(short = 'A', long)]
    pub all_namespaces: bool,

    /// Go on with what is written. Ends with --timeout if that is given
    #[arg(short, long)]
    pub follow: bool,

    /// Only entries of this level
    #[arg(long, value_name = "LEVEL", ignore_case = true)]
    pub level: Option<LogLevel>,

    /// Only entries about objects of this kind
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,

    /// Only entries about objects of this name
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,

    /// Begin with the last lines of each Pod: so many, or all of them with -1
    #[arg(long, value_name = "LINES", default_value_t = -1, allow_negative_numbers = true)]
    pub tail: i64,

    /// Begin with what is not older than this: 30s, 5m, 1h
    #[arg(long, value_name = "DURATION")]
    pub since: Option<GoDuration>,

    /// Begin with what is not older than this: 2026-11-23T08:00:00Z
    #[arg(long, value_name = "TIME", conflicts_with = "since")]
    pub since_time: Option<Timestamp>,

    /// Namespace in which the controllers run
    // tfctl's name for it.
    #[arg(long, alias = "controller-namespace", value_name = "NAMESPACE")]
    pub flux_namespace: Option<String>,

    /// Form of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    pub output: LogFormat,
}

/// The levels that Flux's controllers log at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// What developers look for
    Debug,
    /// What happens
    Info,
    /// What goes wrong
    Error,
}

impl LogLevel {
    /// The word in an entry's `level`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Error => "error",
        }
    }
}

/// Forms of `logs`' output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// TIME LEVEL KIND/NAME.NAMESPACE - MESSAGE
    Text,
    /// The entries as the controllers write them, one on each line, each with its pod
    Json,
}
