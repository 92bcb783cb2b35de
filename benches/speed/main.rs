//! How fast nigari is beside what there is to compare it with, measured side by side in one run.
//!
//! `cargo xtask bench` builds the release binary and runs this. Nothing here can fail for being slow: a
//! person reads the ratios.
//!
//! | module | what it measures |
//! |---|---|
//! | `start` | the start of the program |
//! | `reconcile` | from a controller's status write to our end; many objects in one call |
//! | `get` | thousands of objects, beside the bare fetching of the same pages |
//! | `why` | the deepest cause at the end of chains |
//! | `bootstrap` | a bootstrap into a large repository, beside clones of it |
//! | `floor` | that bare fetching, as a process of its own |
//! | `cluster` | a real control plane, the definitions, objects, and a controller that answers |
//! | `process` | one process: its time, its CPU, its memory |
//! | `report` | tables |

#![allow(clippy::print_stdout, reason = "the tables are what a bench is for")]
#![allow(
    clippy::disallowed_methods,
    reason = "a bench has no Context to read the environment for it"
)]

mod bootstrap;
mod cluster;
mod floor;
mod get;
mod process;
mod reconcile;
mod report;
mod start;
mod why;

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use process::Programs;

/// A bench by its name.
type Bench = (&'static str, fn(&Programs) -> Result<()>);

const BENCHES: [Bench; 5] = [
    ("start", start::run),
    ("reconcile", reconcile::run),
    ("get", get::run),
    ("why", why::run),
    ("bootstrap", bootstrap::run),
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the benches that were named, or all.
fn run() -> Result<()> {
    // cargo adds `--bench` to what it was given.
    let mut words: Vec<String> =
        std::env::args().skip(1).filter(|word| word != "--bench").collect();
    if words.first().is_some_and(|word| word == floor::WORD) {
        return floor::run(&words.split_off(1));
    }
    if let Some(unknown) = words.iter().find(|word| BENCHES.iter().all(|(name, _)| name != word)) {
        let names: Vec<_> = BENCHES.iter().map(|(name, _)| *name).collect();
        bail!("no bench {unknown:?}; there are {}", names.join(", "));
    }
    let programs = Programs::find()?;
    for (name, bench) in BENCHES {
        if words.is_empty() || words.iter().any(|word| word == name) {
            bench(&programs).with_context(|| format!("bench {name} failed"))?;
        }
    }
    Ok(())
}
