//! `reconcile`: how soon it ends after the controller's status write, and many objects in one call.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::cluster::{Cluster, Controller};
use crate::process::{Programs, measure};
use crate::report::{Report, milliseconds, percentile, ratio};

/// Enough for a 99th percentile that is not the worst run.
const RUNS: usize = 200;
/// `flux` looks every two seconds, so fewer runs show it.
const FLUX_RUNS: usize = 20;
/// Longer than any client needs to begin its watch.
const WORK: Duration = Duration::from_millis(300);

/// Runs it against a real control plane, with a controller that takes [`WORK`] for each object.
///
/// # Errors
/// When the cluster or a program fails.
pub(crate) fn run(programs: &Programs) -> Result<()> {
    let cluster = Cluster::start()?;
    for count in [1, 10, 300] {
        cluster.fill(&namespace(count), count)?;
    }
    let controller = cluster.controller(WORK);
    delay(programs, &cluster, &controller)?;
    many(programs, &cluster, &controller)
}

fn namespace(count: usize) -> String {
    format!("bench-{count}")
}

/// From just before the controller sends the status to the end of the process.
fn delay(programs: &Programs, cluster: &Cluster, controller: &Controller) -> Result<()> {
    let title = "reconcile: from the status write to the end of the process";
    let mut report = Report::new(title, &["program", "runs", "p50", "p99", "worst"]);
    let ours = ("nigari", Some(&programs.nigari), RUNS);
    for (name, program, runs) in [ours, ("flux", programs.flux.as_ref(), FLUX_RUNS)] {
        let Some(program) = program else { continue };
        let once = || -> Result<Duration> {
            controller.last_write();
            let words = "reconcile kustomization app-00000 -n bench-1";
            let cost = measure(&mut cluster.command(program, words.split_whitespace())?)?;
            let written = controller.last_write().context("the controller wrote nothing")?;
            Ok(cost.ended.saturating_duration_since(written))
        };
        let mut times = (0..runs).map(|_| once()).collect::<Result<Vec<_>>>()?;
        let [middle, late, worst] = [50, 99, 100].map(|percent| percentile(&mut times, percent));
        report.row([
            name.to_owned(),
            runs.to_string(),
            milliseconds(middle),
            milliseconds(late),
            milliseconds(worst),
        ]);
    }
    report.print();
    Ok(())
}

/// One call for many objects; `flux` takes one name, so it is called once for each, as a script would.
fn many(programs: &Programs, cluster: &Cluster, controller: &Controller) -> Result<()> {
    let mut report = Report::new(
        "reconcile: many objects (the slowest: from the start to the last status write)",
        &["program", "objects", "wall", "slowest", "ratio", "CPU", "patches", "lists and watches"],
    );
    for count in [1, 10, 300] {
        let words = format!("reconcile kustomization --all -n {}", namespace(count));
        cluster.requests("");
        controller.last_write();
        let start = Instant::now();
        let cost = measure(&mut cluster.command(&programs.nigari, words.split_whitespace())?)?;
        let slowest = controller.last_write().context("the controller wrote nothing")? - start;
        let requests = cluster.requests("nigari");
        let of_kind =
            requests.iter().filter(|request| request.path.contains("/kustomizations")).count();
        let patches = requests.iter().filter(|request| request.method == "PATCH").count();
        report.row([
            "nigari".to_owned(),
            count.to_string(),
            milliseconds(cost.wall),
            milliseconds(slowest),
            ratio(cost.wall, slowest),
            milliseconds(cost.cpu),
            patches.to_string(),
            (of_kind - patches).to_string(),
        ]);
    }
    if let Some(flux) = &programs.flux {
        let wall = one_by_one(flux, cluster, 10)?;
        let blank = String::new;
        let cells = ["flux".to_owned(), "10".to_owned(), milliseconds(wall)];
        let [name, count, wall] = cells;
        report.row([name, count, wall, blank(), blank(), blank(), blank(), blank()]);
    }
    report.print();
    Ok(())
}

fn one_by_one(program: &Path, cluster: &Cluster, count: usize) -> Result<Duration> {
    let start = Instant::now();
    for number in 0..count {
        let words = format!("reconcile kustomization app-{number:05} -n {}", namespace(count));
        measure(&mut cluster.command(program, words.split_whitespace())?)?;
    }
    Ok(start.elapsed())
}
