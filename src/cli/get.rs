//! Arguments of `get`.

use std::ffi::OsStr;
use std::str::FromStr;

use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, Args, Command, ValueEnum};

use super::selection::StateArgs;
use super::target::{GenericCommand, Target};
use crate::duration::GoDuration;
use crate::kinds::selector::StatusSelector;
use crate::kinds::{self, Kind, Verb};
use crate::output::jsonpath::{PathExpression, Template};

pub(super) const EXAMPLES: &str = "\
Examples:
  # What is wrong, in every namespace?
  nigari get all -A --not-ready

  # Go on with what changes
  nigari get all -A --watch

  # The revision of one object, for a script
  nigari get kustomization apps -o jsonpath='{.status.lastAppliedRevision}'

  # A pipeline that fails while something is not ready, or a plan waits
  nigari get all -A --kind kustomization,helmrelease,terraform --exit-status";

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
    #[arg(short, long, global = true, value_name = "FORMAT", default_value = "table", value_parser = FormatParser)]
    pub output: GetFormat,

    /// Print no headers
    #[arg(long, global = true)]
    pub no_header: bool,

    /// Go on with what changes: a table in place on a terminal, a row per change in a pipe, an event per
    /// line with -o json. Ends with --timeout if that is given
    #[arg(short, long, global = true)]
    pub watch: bool,

    /// Sort by a column or by a field: name, ready, .metadata.creationTimestamp. What has no such field
    /// comes last; tables of several kinds are sorted each for itself
    #[arg(long, global = true, value_name = "COLUMN|JSONPATH")]
    pub sort_by: Option<SortBy>,

    /// Exit with 1 when something that is shown is not ready, and with 9 when nothing else is wrong but that
    /// a plan waits for its approval
    #[arg(long, global = true)]
    pub exit_status: bool,

    /// Which objects.
    #[command(flatten)]
    pub filter: FilterArgs,

    /// Show where it comes from: for kustomizations, helmreleases and terraforms
    #[arg(long, global = true)]
    pub show_source: bool,
}

/// Which objects are shown; what is given must all hold.
#[derive(Args, Clone, Debug)]
pub struct FilterArgs {
    /// Only these kinds of `all`: kustomization,helmrelease
    #[arg(long = "kind", global = true, value_name = "KIND", value_delimiter = ',', value_parser = kind_of_word)]
    pub kinds: Vec<&'static Kind>,

    /// Only objects with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY
    #[arg(short = 'l', long, global = true, value_name = "SELECTOR")]
    pub label_selector: Option<String>,

    /// Only objects with these fields, of those that the cluster can select by: metadata.name!=apps
    #[arg(long, global = true, value_name = "SELECTOR")]
    pub field_selector: Option<String>,

    /// Only objects with this condition: TYPE=STATUS or TYPE!=STATUS, like Ready=False
    #[arg(long, global = true, value_name = "TYPE=STATUS")]
    pub status_selector: Option<StatusSelector>,

    /// Which objects, by their state.
    #[command(flatten)]
    pub state: StateArgs,

    /// Only objects about which their controller has written nothing for this long: 10m, 2h. A source that
    /// finds nothing new writes nothing; combine it with --not-ready
    #[arg(long, global = true, value_name = "DURATION")]
    pub stale: Option<GoDuration>,
}

fn kind_of_word(word: &str) -> Result<&'static Kind> {
    kinds::of_word(word).filter(|kind| kind.supports(Verb::Get)).ok_or_else(|| {
        let known: Vec<_> = kinds::with(Verb::Get).map(|kind| kind.kind).collect();
        anyhow::anyhow!("{word:?} is no kind; kinds are {}", known.join(", "))
    })
}

/// What `--sort-by` sorts by.
#[derive(Clone, Debug, PartialEq)]
pub enum SortBy {
    /// The cells of the column with this header, in capitals.
    Column(String),
    /// A field of the objects.
    Path(PathExpression),
}

impl FromStr for SortBy {
    type Err = anyhow::Error;

    /// A word without a dot is a column.
    fn from_str(text: &str) -> Result<Self> {
        if text.is_empty() || text.contains(['.', '{', '$', '@', '[']) {
            return text.parse().map(Self::Path);
        }
        Ok(Self::Column(text.to_uppercase().replace(['-', '_'], " ")))
    }
}

/// Forms of `get`'s output.
#[derive(Clone, Debug, PartialEq, ValueEnum)]
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
    /// What a template makes of the object, if one was named, else of the list.
    #[value(skip)]
    JsonPath(Template),
}

impl GetFormat {
    /// Whether it is rows under headers.
    #[must_use]
    pub fn is_table(&self) -> bool {
        matches!(self, Self::Table | Self::Wide)
    }
}

/// The prefix of the form whose rest is a template.
const JSONPATH: &str = "jsonpath=";

/// Reads a form of the output: a word, or `jsonpath=` and a template.
#[derive(Clone)]
struct FormatParser;

impl FormatParser {
    fn words() -> impl Iterator<Item = PossibleValue> {
        let words = GetFormat::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let about =
            "What kubectl's template makes of the named object, or of the list: jsonpath='{.kind}'";
        words.chain([PossibleValue::new(JSONPATH).help(about)])
    }
}

impl TypedValueParser for FormatParser {
    type Value = GetFormat;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<GetFormat, clap::Error> {
        let text = value.to_string_lossy();
        if let Some(template) = text.strip_prefix(JSONPATH) {
            return template.parse().map(GetFormat::JsonPath).map_err(|error| {
                let message = format!("no template for -o jsonpath: {error}\n");
                clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(command)
            });
        }
        let known = PossibleValuesParser::new(Self::words());
        let word = known.parse_ref(command, arg, value)?;
        GetFormat::from_str(&word, false)
            .map_err(|error| clap::Error::raw(ErrorKind::InvalidValue, error).with_cmd(command))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Self::words()))
    }
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
