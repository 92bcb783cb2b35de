//! `get`: thousands of objects, beside the bare fetching of the same pages.

use std::collections::BTreeSet;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use nigari_sandbox::recorder::Request;

use crate::cluster::Cluster;
use crate::floor;
use crate::process::{Cost, Programs, measure, middle};
use crate::report::{Report, mebibytes, milliseconds, ratio};

const RUNS: usize = 5;
/// Each number of objects stays when the next comes, so the namespaces hold the differences.
const COUNTS: [usize; 3] = [10, 1_000, 10_000];

/// Runs it against a real control plane whose objects nobody changes.
///
/// # Errors
/// When the cluster or a program fails.
pub(crate) fn run(programs: &Programs) -> Result<()> {
    let cluster = Cluster::start()?;
    let mut report = Report::new(
        &format!("get: all objects of all namespaces, the middle of {RUNS} runs"),
        &[
            "command",
            "objects",
            "wall",
            "of the floor",
            "CPU",
            "memory",
            "requests",
            "in the server",
        ],
    );
    let mut there = 0;
    for count in COUNTS {
        cluster.fill(&format!("bench-{count}"), count - there)?;
        there = count;
        compare(&mut report, programs, &cluster, count)?;
    }
    report.print();
    Ok(())
}

fn compare(
    report: &mut Report,
    programs: &Programs,
    cluster: &Cluster,
    count: usize,
) -> Result<()> {
    let ours = || cluster.command(&programs.nigari, "get all -A");
    cluster.requests("");
    measure(&mut ours())?;
    let paths = lists(&cluster.requests("nigari"));
    let bench = std::env::current_exe().context("cannot tell which program this is")?;
    let floor = || {
        let mut command = cluster.command(&bench, floor::WORD);
        command.args(&paths);
        command
    };
    let lowest = middle(RUNS, floor)?;
    let mut add = |name: &str, make: &dyn Fn() -> Command| -> Result<()> {
        cluster.requests("");
        let cost = middle(RUNS, make)?;
        report.row(row(name, count, cost, lowest, &cluster.requests("")));
        Ok(())
    };
    add("the floor", &floor)?;
    add("nigari get all -A", &ours)?;
    add("nigari get all -A -o json", &|| cluster.command(&programs.nigari, "get all -A -o json"))?;
    let of_kind = "get kustomizations -A";
    add("nigari get kustomizations -A", &|| cluster.command(&programs.nigari, of_kind))?;
    for (name, program) in [("flux", &programs.flux), ("kubectl", &programs.kubectl)] {
        let Some(program) = program else { continue };
        add(&format!("{name} {of_kind}"), &|| cluster.command(program, of_kind))?;
    }
    Ok(())
}

/// The lists that were asked for, each once: path and query, without the token of a later page.
fn lists(requests: &[Request]) -> Vec<String> {
    let is_list = |path: &&str| path.contains("limit=");
    let first = |path: &str| -> String {
        let parts = path.split('&').filter(|part| !part.starts_with("continue="));
        parts.collect::<Vec<_>>().join("&")
    };
    let paths = requests.iter().map(|request| request.path.as_str()).filter(is_list);
    paths.map(first).collect::<BTreeSet<_>>().into_iter().collect()
}

/// One line; the requests are those of all runs.
fn row(name: &str, count: usize, cost: Cost, floor: Cost, requests: &[Request]) -> [String; 8] {
    let served: Duration = requests.iter().filter_map(|request| request.took).sum();
    let runs = u32::try_from(RUNS).expect("a small number");
    [
        name.to_owned(),
        count.to_string(),
        milliseconds(cost.wall),
        ratio(cost.wall, floor.wall),
        milliseconds(cost.cpu),
        mebibytes(cost.peak_bytes),
        (requests.len() / RUNS).to_string(),
        milliseconds(served / runs),
    ]
}
