//! Arguments of `get`.

use clap::{Args, ValueEnum};

use super::selection::StateArgs;
use super::target::{GenericCommand, Target};
use crate::kinds::selector::StatusSelector;
use crate::kinds::{Kind, Verb};

/// Arguments of `get`.
#[derive(Debug, Args)]
pub struct GetArgs {
    /// What to show.
    #[command(flatten)]
    pub target: Target<Get>,

    /// Look in every namespace
    #[arg(short = 'A', long, global = true)]
    pub all_namespaces: bool,

    /// Form of the output
    #[arg(short, long, global = true, value_name = "FORMAT", default_value = "table")]
    pub output: GetFormat,

    /// Print no headers
    #[arg(long, global = true)]
    pub no_header: bool,

    /// Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per
    /// line with -o json. Ends with --timeout if that is given
    #[arg(short, long, global = true)]
    pub watch: bool,

    /// Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY
    #[arg(short = 'l', long, global = true, value_name = "SELECTOR")]
    pub label_selector: Option<String>,

    /// Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False
    #[arg(long, global = true, value_name = "TYPE=STATUS")]
    pub status_selector: Option<StatusSelector>,

    /// Which objects, by their state.
    #[command(flatten)]
    pub state: StateArgs,

    /// Show where it comes from: for kustomizations, helmreleases and terraforms
    #[arg(long, global = true)]
    pub show_source: bool,
}

/// Forms of `get`'s output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GetFormat {
    /// Rows under headers
    Table,
    /// Rows with all columns: where it comes from, what it is about, why it is suspended and until when
    Wide,
    /// The whole objects in one list
    Json,
    /// The whole objects in one list
    Yaml,
    /// KIND.GROUP/NAME, one a line
    Name,
}

/// Marks `get` as a generic command.
#[derive(Clone, Copy, Debug)]
pub struct Get;

impl GenericCommand for Get {
    const VERB: Verb = Verb::Get;
    const HAS_ALL: bool = true;
    const NEEDS_NAME: bool = false;

    fn about(kind: &Kind) -> String {
        format!("Show {kind} objects")
    }
}
