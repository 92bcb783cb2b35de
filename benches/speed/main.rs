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
//! | `bootstrap` | a bootstrap into a large repository, beside clones of it; only when it is named |
//! | `watch` | memory and CPU of a long `get --watch`, at rest and among changes; only when it is named |
//! | `floor` | that bare fetching, as a process of its own |
//! | `cluster` | a real control plane, the definitions, objects, and a controller that answers |
//! | `fleet` | objects of several kinds as their controllers leave them |
//! | `process` | one process: its time, its CPU, its memory |
//! | `relay` | how many bytes pass |
//! | `report` | tables |

#![allow(clippy::print_stdout, reason = "the tables are what a bench is for")]
#![allow(
    clippy::disallowed_methods,
    reason = "a bench has no Context to read the environment for it"
)]

mod bootstrap;
mod cluster;
mod fleet;
mod floor;
mod get;
mod process;
mod reconcile;
mod relay;
mod report;
mod start;
mod watch;
mod why;

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use process::Programs;

/// A bench by its name.
type Bench = (&'static str, fn(&Programs) -> Result<()>);

const BENCHES: [Bench; 6] = [
    ("start", start::run),
    ("reconcile", reconcile::run),
    ("get", get::run),
    ("why", why::run),
    ("bootstrap", bootstrap::run),
    (WATCH, watch::run),
];

/// The ones that take so long that they are left out unless they are named.
const SLOW: [&str; 2] = ["bootstrap", WATCH];

/// The one that takes as long as it is told to.
const WATCH: &str = "watch";

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
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    match words.first().map(String::as_str) {
        Some(floor::WORD) => return floor::run(&words[1..]),
        Some(process::WORD) => return process::run(&words[1..]),
        _ => {}
    }
    if let Some(unknown) = words.iter().find(|word| BENCHES.iter().all(|(name, _)| name != word)) {
        let names: Vec<_> = BENCHES.iter().map(|(name, _)| *name).collect();
        bail!("no bench {unknown:?}; there are {}", names.join(", "));
    }
    let programs = Programs::find()?;
    for (name, bench) in BENCHES {
        if words.iter().any(|word| word == name) || (words.is_empty() && !SLOW.contains(&name)) {
            bench(&programs).with_context(|| format!("bench {name} failed"))?;
        }
    }
    Ok(())
}
