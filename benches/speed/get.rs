//! `get`: thousands of objects, beside the bare fetching of the same pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context as _, Result};
use nigari_sandbox::recorder::Request;

use crate::cluster::Cluster;
use crate::fleet::SORTS;
use crate::floor;
use crate::process::{Cost, Programs, measure, middle_of};
use crate::relay::Relay;
use crate::report::{Report, mebibytes, milliseconds, ratio};

const RUNS: usize = 5;
/// Each number of objects stays when the next comes.
const COUNTS: [usize; 3] = [10, 1_000, 10_000];
const NAMESPACE: &str = "bench";

/// Runs it against a real control plane whose objects nobody changes.
///
/// # Errors
/// When the cluster or a program fails.
pub(crate) fn run(programs: &Programs) -> Result<()> {
    let cluster = Cluster::start()?;
    cluster.make_namespace(NAMESPACE)?;
    let mut there = 0;
    for count in COUNTS {
        cluster.make_fleet(NAMESPACE, there..count)?;
        there = count;
        compare(programs, &cluster, count)?;
    }
    Ok(())
}

/// What is compared: a program and its arguments.
struct Contender<'a> {
    name: String,
    program: &'a Path,
    arguments: Vec<String>,
}

impl<'a> Contender<'a> {
    fn new(name: &str, program: &'a Path, words: &str) -> Self {
        let arguments = words.split_whitespace().map(str::to_owned).collect();
        Self { name: format!("{name} {words}"), program, arguments }
    }

    /// The same by another name.
    fn called(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    fn command(&self, cluster: &Cluster) -> Result<Command> {
        cluster.command(self.program, &self.arguments)
    }
}

fn compare(programs: &Programs, cluster: &Cluster, count: usize) -> Result<()> {
    let bench = std::env::current_exe().context("cannot tell which program this is")?;
    let plurals: BTreeSet<_> = SORTS.iter().map(|sort| sort.plural).collect();
    let plurals: Vec<_> = plurals.into_iter().collect();
    for (words, of_kubectl) in [
        ("get all -A", format!("get {} -A", plurals.join(","))),
        ("get kustomizations -A", "get kustomizations -A".to_owned()),
    ] {
        let ours = Contender::new("nigari", &programs.nigari, words);
        cluster.requests("");
        measure(&mut ours.command(cluster)?)?;
        let mut floor = Contender::new("bench", &bench, floor::WORD).called("the floor");
        floor.arguments.extend(lists(&cluster.requests("nigari")));
        let whole = Contender::new("nigari", &programs.nigari, &format!("{words} -o json"));
        let mut contenders = vec![floor, ours, whole];
        if let Some(flux) = &programs.flux {
            contenders.push(Contender::new("flux", flux, words));
        }
        if let Some(kubectl) = &programs.kubectl {
            let theirs = Contender::new("kubectl", kubectl, &of_kubectl);
            contenders.push(theirs.called("kubectl get of the same kinds"));
        }
        report(cluster, count, words, &contenders)?;
    }
    Ok(())
}

/// Runs the contenders by turns, so that what else the machine does meanwhile disturbs all of them alike.
fn report(
    cluster: &Cluster,
    count: usize,
    words: &str,
    contenders: &[Contender<'_>],
) -> Result<()> {
    let mut costs: Vec<Vec<Cost>> = vec![Vec::new(); contenders.len()];
    let mut requests: Vec<Vec<Request>> = vec![Vec::new(); contenders.len()];
    for _ in 0..RUNS {
        for (place, contender) in contenders.iter().enumerate() {
            cluster.requests("");
            costs[place].push(measure(&mut contender.command(cluster)?)?);
            requests[place] = cluster.requests("");
        }
    }
    let mut report = Report::new(
        &format!("{words}: {count} objects in the cluster, the middle of {RUNS} runs by turns"),
        &[
            "",
            "wall",
            "of the floor",
            "CPU",
            "memory",
            "requests",
            "at most",
            "in the server",
            "sent",
            "received",
        ],
    );
    let allowed = allowed(count, &requests[0]);
    let lowest = middle_of(&mut costs[0])?;
    for ((contender, costs), requests) in contenders.iter().zip(&mut costs).zip(&requests) {
        let relay = Relay::to(cluster.address()?)?;
        measure(contender.command(cluster)?.args(["--server", &relay.origin()]))?;
        let (sent, received) = relay.moved_bytes();
        let cost = middle_of(costs)?;
        let served: Duration = requests.iter().filter_map(|request| request.took).sum();
        report.row([
            contender.name.clone(),
            milliseconds(cost.wall),
            ratio(cost.wall, lowest.wall),
            milliseconds(cost.cpu),
            mebibytes(cost.peak_bytes),
            requests.len().to_string(),
            allowed.to_string(),
            milliseconds(served),
            mebibytes(sent),
            mebibytes(received),
        ]);
    }
    report.print();
    Ok(())
}

/// How many requests a list of these kinds may take: the pages, one for a kind without objects, and two for
/// finding out which kinds there are.
fn allowed(count: usize, lists: &[Request]) -> usize {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for number in 0..count {
        *numbers.entry(SORTS[number % SORTS.len()].plural).or_default() += 1;
    }
    let kinds: BTreeSet<&str> =
        lists.iter().map(|request| request.path.split('?').next().unwrap_or_default()).collect();
    let pages = kinds.iter().map(|path| {
        let plural = path.rsplit('/').next().unwrap_or_default();
        numbers.get(plural).copied().unwrap_or(0).div_ceil(500).max(1)
    });
    pages.sum::<usize>() + 2
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
