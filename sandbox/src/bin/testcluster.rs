//! `testcluster`: a real Kubernetes control plane on this machine, for tests, until it ends.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::{Args, Parser, Subcommand};
use nigari_sandbox::control_plane::binaries::{Binaries, Unavailable};
use nigari_sandbox::control_plane::{ControlPlane, Setup, given};
use serde_json::{Map, json};
use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};

/// The exit code when there is no control plane to be had, as against one that is broken.
const UNAVAILABLE: u8 = 2;
/// Between two looks at whether all components still run.
const INTERVAL: Duration = Duration::from_millis(500);

/// A real Kubernetes control plane for tests: etcd, kube-apiserver and kube-controller-manager on
/// loopback, without containers; its Pods only say that they run
///
/// The programs come from the paths that TEST_ASSET_ETCD and TEST_ASSET_KUBE_APISERVER name, from the
/// folder that KUBEBUILDER_ASSETS names, from the cache (below NIGARI_CACHE_DIR if it is set), or
/// from a build with Go, in this order. Exit code 2 says that there are none, 1 that they failed.
#[derive(Parser)]
#[command(name = "testcluster", version)]
struct Cli {
    #[command(subcommand)]
    command: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Start it, print one line of JSON when it is ready, and end with standard input
    Up(Up),
    /// Build the programs into the cache, unless they are there
    Build,
    /// Say which programs would be used, and why
    Env,
}

#[derive(Args)]
struct Up {
    /// Apply the CustomResourceDefinitions in this folder's files, before the controllers start
    #[arg(long, value_name = "DIR")]
    crds: Vec<PathBuf>,
    /// Keep certificates, data and logs in this folder, which must be empty; removed at the end
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Let kube-scheduler bind Pods; the annotation that holds a Pod pending has no effect then
    #[arg(long)]
    scheduler: bool,
    /// Start no kube-controller-manager
    #[arg(long)]
    no_controllers: bool,
    /// Leave the folder with certificates, data and logs behind
    #[arg(long)]
    keep: bool,
}

fn main() -> ExitCode {
    let ended = match Cli::parse().command {
        Verb::Up(arguments) => up(arguments),
        Verb::Build => Binaries::find(say).map(|binaries| say(&binaries.origin)),
        Verb::Env => env(),
    };
    let Err(error) = ended else { return ExitCode::SUCCESS };
    say(&format!("error: {error:#}"));
    if error.is::<Unavailable>() { ExitCode::from(UNAVAILABLE) } else { ExitCode::FAILURE }
}

fn env() -> Result<()> {
    if let Some(path) = given::kubeconfig_path() {
        say(&format!("{} names {}: tests use that cluster", given::VARIABLE, path.display()));
    }
    let binaries = Binaries::at_hand()?;
    say(&binaries.origin);
    if let Some(reason) = binaries.without_controllers() {
        say(&reason);
    }
    let programs = [
        Some(&binaries.etcd),
        Some(&binaries.api_server),
        binaries.controller_manager.as_ref(),
        binaries.scheduler.as_ref(),
        binaries.kubectl.as_ref(),
    ];
    let mut stdout = io::stdout().lock();
    for program in programs.into_iter().flatten() {
        writeln!(stdout, "{}", program.display())?;
    }
    Ok(())
}

fn up(arguments: Up) -> Result<()> {
    let runtime = runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let ended = runtime.block_on(stay_up(arguments));
    // A thread still reads standard input when a signal came first.
    runtime.shutdown_background();
    ended
}

async fn stay_up(arguments: Up) -> Result<()> {
    // First of all, so that no signal finds the default action and leaves files behind.
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let binaries = Binaries::find(say)?;
    let ended = async {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            () = end_of_input() => {}
        }
    };
    tokio::select! {
        () = ended => Ok(()),
        failed = run(&binaries, arguments) => failed,
    }
}

/// Runs until a component ends by itself.
async fn run(binaries: &Binaries, arguments: Up) -> Result<()> {
    if let Some(reason) = binaries.without_controllers().filter(|_| !arguments.no_controllers) {
        say(&reason);
    }
    let setup = Setup {
        has_controllers: !arguments.no_controllers,
        has_scheduler: arguments.scheduler,
        definitions: arguments.crds,
        folder: arguments.dir,
        ..Setup::default()
    };
    let mut cluster = ControlPlane::start_with(binaries, &setup).await?;
    if arguments.keep {
        cluster.keep_folder();
    }
    let kubeconfig = cluster.folder().join("admin.kubeconfig");
    std::fs::write(&kubeconfig, cluster.kubeconfig("admin")?)
        .with_context(|| format!("cannot write {}", kubeconfig.display()))?;
    let processes: Map<_, _> = cluster
        .processes()
        .await
        .into_iter()
        .map(|(name, id)| (name.to_owned(), json!(id)))
        .collect();
    let ready = json!({
        "kubeconfig": kubeconfig,
        "server": cluster.server(),
        "version": cluster.version(),
        "dir": cluster.folder(),
        "pids": processes,
    });
    writeln!(io::stdout(), "{ready}")?;
    loop {
        tokio::time::sleep(INTERVAL).await;
        cluster.check().await?;
    }
}

async fn end_of_input() {
    let read = || io::copy(&mut io::stdin(), &mut io::sink());
    // What cannot be read any more has ended as well.
    let _ = tokio::task::spawn_blocking(read).await;
}

/// Tells the story, on stderr.
fn say(line: &str) {
    // Nobody may be reading; the cluster works all the same.
    let _ = writeln!(io::stderr(), "{line}");
}
