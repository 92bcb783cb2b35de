//! `get --watch`: what it takes at rest, and whether its memory grows with the changes that it has seen.

use std::fs;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::cluster::Cluster;
use crate::process::Programs;
use crate::report::{Report, mebibytes, milliseconds};

/// Names how long the changes go on; `cargo xtask bench` sets it.
const MINUTES: &str = "NIGARI_BENCH_MINUTES";

const NAMESPACE: &str = "bench";
const OBJECTS: usize = 10_000;
const CHANGES_A_SECOND: u32 = 20;
/// How often it is looked at.
const LOOKS: u32 = 10;
const REST: Duration = Duration::from_secs(30);
/// Longer than any change stands out on a screen.
const SETTLED: Duration = Duration::from_secs(5);

/// Runs it against a real control plane, in a pipe and on a terminal at the same time.
///
/// # Errors
/// When the cluster or a program fails.
pub(crate) fn run(programs: &Programs) -> Result<()> {
    let minutes = std::env::var(MINUTES).ok().and_then(|text| text.parse().ok()).unwrap_or(10);
    let length = Duration::from_secs(60) * minutes;
    let cluster = Cluster::start()?;
    cluster.make_namespace(NAMESPACE)?;
    cluster.make_fleet(NAMESPACE, 0..OBJECTS)?;
    let watchers = Watchers::start(programs, &cluster)?;
    watchers.settle()?;
    let mut report = Report::new(
        &format!("get all -A --watch: {OBJECTS} objects, {minutes} minutes of changes"),
        &["", "changes", "memory in a pipe", "CPU", "memory on a terminal", "CPU"],
    );
    let before = watchers.look()?;
    thread::sleep(REST);
    let mut last = watchers.look()?;
    report.row(row(&format!("{} s at rest", REST.as_secs()), 0, &before, &last));
    let mut changes = 0;
    let start = Instant::now();
    for _ in 0..LOOKS {
        changes +=
            cluster.change_fleet(NAMESPACE, OBJECTS, changes, CHANGES_A_SECOND, length / LOOKS)?;
        let now = watchers.look()?;
        let name = format!("after {} s", start.elapsed().as_secs());
        report.row(row(&name, changes, &last, &now));
        last = now;
    }
    watchers.settle()?;
    let before = watchers.look()?;
    thread::sleep(REST);
    let last = watchers.look()?;
    report.row(row(&format!("{} s at rest", REST.as_secs()), changes, &before, &last));
    report.print();
    Ok(())
}

/// Memory now, CPU since the last look; of each watcher.
fn row(name: &str, changes: usize, before: &[State; 2], now: &[State; 2]) -> [String; 6] {
    let cpu = |place: usize| milliseconds(now[place].cpu.saturating_sub(before[place].cpu));
    [
        name.to_owned(),
        changes.to_string(),
        mebibytes(now[0].resident_bytes),
        cpu(0),
        mebibytes(now[1].resident_bytes),
        cpu(1),
    ]
}

/// One that writes into a pipe and one on a terminal; killed when dropped.
struct Watchers {
    pipe: Child,
    /// The program that makes the terminal.
    screen: Child,
    /// The processes that are looked at.
    processes: [u32; 2],
}

impl Watchers {
    fn start(programs: &Programs, cluster: &Cluster) -> Result<Self> {
        const WORDS: [&str; 3] = ["get", "all", "-A"];
        let mut pipe = cluster.bare_command(&programs.nigari);
        pipe.args(WORDS).arg("--watch");
        let pipe = drained(&mut pipe)?;
        // It is part of every Debian.
        let mut screen = cluster.bare_command(Path::new("script"));
        let words = WORDS.join(" ");
        let inner = format!(
            "stty rows 50 cols 200; echo $$ > \"$PROCESS\"; exec '{}' {words} --watch",
            programs.nigari.display()
        );
        let told = cluster.root().join("process");
        screen.args(["-q", "-e", "-c", &inner, "/dev/null"]);
        let screen = drained(screen.env("TERM", "xterm-256color").env("PROCESS", &told))?;
        let mut watchers = Self { processes: [pipe.id(), 0], pipe, screen };
        thread::sleep(SETTLED);
        let process = fs::read_to_string(told).context("there is no terminal")?;
        watchers.processes[1] = process.trim().parse()?;
        Ok(watchers)
    }

    /// Waits until they have listed everything and do nothing any more.
    fn settle(&self) -> Result<()> {
        let mut last = self.look()?;
        loop {
            thread::sleep(SETTLED);
            let now = self.look()?;
            let mut spent = now.iter().zip(&last).map(|(now, last)| now.cpu - last.cpu);
            if spent.all(|cpu| cpu < SETTLED / 50) {
                return Ok(());
            }
            last = now;
        }
    }

    fn look(&self) -> Result<[State; 2]> {
        let [pipe, screen] = self.processes;
        Ok([State::of(pipe)?, State::of(screen)?])
    }
}

impl Drop for Watchers {
    fn drop(&mut self) {
        for child in [&mut self.pipe, &mut self.screen] {
            // It may have ended.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Starts a program whose output is read and dropped.
fn drained(command: &mut Command) -> Result<Child> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().context("cannot start a watcher")?;
    let mut output = child.stdout.take().context("it has an output")?;
    thread::spawn(move || io::copy(&mut output, &mut io::sink()));
    Ok(child)
}

/// What a process takes, as `/proc` tells it.
#[derive(Clone, Copy)]
struct State {
    resident_bytes: u64,
    cpu: Duration,
}

impl State {
    fn of(process: u32) -> Result<Self> {
        let status = fs::read_to_string(format!("/proc/{process}/status"))?;
        let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let resident =
            resident.and_then(|text| text.split_whitespace().next()?.parse::<u64>().ok());
        let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
        // Behind the name, which may hold anything: user and system time are the 12th and the 13th word.
        let (_, rest) = stat.rsplit_once(')').context("a process without a name")?;
        let times = rest.split_whitespace().skip(11).take(2);
        let ticks: u64 = times.filter_map(|time| time.parse::<u64>().ok()).sum();
        let resident_bytes = resident.context("a process without memory")? * 1024;
        // A tick is a hundredth of a second (`USER_HZ`).
        Ok(Self { resident_bytes, cpu: Duration::from_millis(ticks * 10) })
    }
}
