//! `why`: the deepest cause, at the end of chains of dependencies.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use crate::cluster::Cluster;
use crate::process::{Cost, Programs, measure_ending_with};
use crate::report::{Report, mebibytes, milliseconds};

const RUNS: usize = 5;
const LENGTHS: [usize; 3] = [1, 10, 40];

/// How soon the cause has to be told.
const LIMIT: Duration = Duration::from_secs(2);

/// Runs it against a real control plane whose objects nobody changes.
///
/// # Errors
/// When the cluster or a program fails, or the cause of a chain takes too long.
pub(crate) fn run(programs: &Programs) -> Result<()> {
    let cluster = Cluster::start()?;
    let mut report = Report::new(
        &format!(
            "why: a Kustomization, those that it depends on, a Deployment; the middle of {RUNS} runs"
        ),
        &["Kustomizations", "wall", "CPU", "memory", "requests", "in the server"],
    );
    for length in LENGTHS {
        let namespace = format!("chain-{length}");
        cluster.chain(&namespace, length)?;
        let words = format!("why kustomization app-00000 -n {namespace}");
        cluster.requests("");
        let words = words.split_whitespace();
        let run = || measure_ending_with(1, &mut cluster.command(&programs.nigari, words.clone())?);
        let mut costs = (0..RUNS).map(|_| run()).collect::<Result<Vec<Cost>>>()?;
        costs.sort_by_key(|cost| cost.wall);
        let cost = costs.get(RUNS / 2).context("there was a run")?;
        let slowest = costs.last().context("there was a run")?.wall;
        ensure!(slowest < LIMIT, "the cause behind {length} Kustomizations took {slowest:?}");
        let requests = cluster.requests("nigari");
        let served: Duration = requests.iter().filter_map(|request| request.took).sum();
        let runs = u32::try_from(RUNS).expect("a small number");
        report.row([
            length.to_string(),
            milliseconds(cost.wall),
            milliseconds(cost.cpu),
            mebibytes(cost.peak_bytes),
            (requests.len() / RUNS).to_string(),
            milliseconds(served / runs),
        ]);
    }
    report.print();
    Ok(())
}
