//! Players: ordinary Kubernetes clients that act as the controllers of a cluster with Flux.
//!
//! A Flux player acts only while the Deployment of the controller that it plays is available in the
//! cluster: before a bootstrap, and after an uninstall, nothing reconciles. It starts from nothing
//! when the Deployment comes back, as the new process would. The `workloads` player stands for
//! the control plane and the kubelets, so it always acts.
//!
//! | module | what it plays |
//! |---|---|
//! | `source` | source-controller, for GitRepository objects |
//! | `kustomize` | kustomize-controller |
//! | `workloads` | Deployment → ReplicaSet → Pod, scheduler and kubelets; the latter alone as [`Node`] |
//! | `controller` | the loop that all of them share: watches, queue, reconcile, requeue |
//! | `availability` | when a controller's process runs |
//! | `object`, `conditions`, `events` | how Flux controllers write status and events |
//! | `git_server` | what a controller meets when it connects to the sandbox's GitHub |
//!
//! What the players know of the controllers was read from source-controller, kustomize-controller
//! and fluxcd/pkg of Flux 2.9; each file names its sources.

mod availability;
mod conditions;
mod controller;
mod duration;
mod events;
mod git_server;
mod kustomize;
mod object;
mod source;
mod workloads;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use futures::FutureExt as _;
use http::{HeaderValue, header};
use kube::Client;
use tokio::task::JoinSet;

use crate::faults::Faults;
use controller::{Troubles, run};
pub use git_server::GitServer;

/// What the players work with.
#[derive(Clone)]
pub struct Settings {
    /// The cluster; the `User-Agent` is added by each player.
    pub cluster: kube::Config,
    /// The only Git server that sources can be fetched from.
    pub git_server: GitServer,
    /// Faults of the players: `source.*`, `kustomize.*`, `workload.*`.
    pub faults: Faults,
    /// How long the players wait before they try again.
    pub pace: Pace,
    /// Whether the cluster makes Pods of Deployments by itself; then `workloads` is not played.
    pub has_workloads: bool,
}

/// How long players wait before they try again; a change or a reconcile request wakes them sooner.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Before the first retry of a failed reconciliation; doubles with each further failure.
    pub retry: Duration,
    /// The longest wait between two retries.
    pub retry_limit: Duration,
    /// Between two looks at an unmet dependency.
    pub dependency: Duration,
    /// Between two attempts of a kubelet to start a container that does not come up.
    pub kubelet: Duration,
}

impl Pace {
    /// What the controllers do by default: `--min-retry-delay`, `--max-retry-delay` and
    /// `--requeue-dependency` of source- and kustomize-controller, a kubelet's first back-off.
    pub const UPSTREAM: Self = Self {
        retry: Duration::from_millis(750),
        retry_limit: Duration::from_secs(15 * 60),
        dependency: Duration::from_secs(30),
        kubelet: Duration::from_secs(10),
    };
}

impl Default for Pace {
    /// Quick, so that a person or a test need not wait for a retry.
    fn default() -> Self {
        Self {
            retry: Duration::from_millis(250),
            retry_limit: Duration::from_secs(5),
            dependency: Duration::from_secs(1),
            kubelet: Duration::from_millis(500),
        }
    }
}

/// The running players; dropping them ends them.
pub struct Players {
    _tasks: JoinSet<()>,
    troubles: Troubles,
}

impl Players {
    /// Starts every player on the current tokio runtime.
    ///
    /// # Errors
    /// When no client can be made from the settings.
    pub fn start(settings: &Settings) -> Result<Self> {
        let troubles = Troubles::default();
        let mut tasks = JoinSet::new();
        if !settings.has_workloads {
            let client = client(&settings.cluster, "kube-controller-manager")?;
            let workloads = workloads::Workloads::new(client, settings);
            tasks.spawn(run(Arc::new(workloads), settings.pace, troubles.clone()));
        }
        for (name, start) in
            [(source::CONTROLLER, start_source as Start), (kustomize::CONTROLLER, start_kustomize)]
        {
            let (client, settings, troubles) =
                (client(&settings.cluster, name)?, settings.clone(), troubles.clone());
            tasks.spawn(async move {
                let start = || start(client.clone(), settings.clone(), troubles.clone());
                availability::while_available(&client, name, settings.pace, start).await;
            });
        }
        Ok(Self { _tasks: tasks, troubles })
    }

    /// What went wrong inside the players themselves: requests that failed without being an answer
    /// that the controller would report in a status. Empty as long as all is well.
    #[must_use]
    pub fn troubles(&self) -> Vec<String> {
        self.troubles.all()
    }
}

/// A scheduler and a kubelet for a real control plane, which has neither; dropping it ends them.
///
/// The annotation `sandbox.nigari.dev/hold` on a Pod keeps it `pending` or in a `crash-loop`, and
/// `sandbox.nigari.dev/ready-after` (a duration such as `2s`) delays it.
pub struct Node {
    _task: JoinSet<()>,
    troubles: Troubles,
}

impl Node {
    /// Registers the node and starts its tasks on the current tokio runtime.
    ///
    /// # Errors
    /// When the cluster cannot be reached, or refuses the node.
    pub async fn start(cluster: &kube::Config, faults: &Faults, pace: Pace) -> Result<Self> {
        let client = client(cluster, "node")?;
        Self::run(workloads::NodePlayer::new(client, faults, pace), pace).await
    }

    /// The same without the scheduler, for a cluster that has one: no annotation and no fault keeps
    /// a Pod pending then.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub async fn start_kubelet(
        cluster: &kube::Config,
        faults: &Faults,
        pace: Pace,
    ) -> Result<Self> {
        let client = client(cluster, "node")?;
        Self::run(workloads::NodePlayer::new(client, faults, pace).without_scheduler(), pace).await
    }

    async fn run(player: workloads::NodePlayer, pace: Pace) -> Result<Self> {
        player.register().await.context("cannot register the node")?;
        let troubles = Troubles::default();
        let mut task = JoinSet::new();
        task.spawn(run(Arc::new(player), pace, troubles.clone()));
        Ok(Self { _task: task, troubles })
    }

    /// What went wrong inside it; see [`Players::troubles`].
    #[must_use]
    pub fn troubles(&self) -> Vec<String> {
        self.troubles.all()
    }
}

type Start = fn(Client, Settings, Troubles) -> futures::future::BoxFuture<'static, ()>;

fn start_source(
    client: Client,
    settings: Settings,
    troubles: Troubles,
) -> futures::future::BoxFuture<'static, ()> {
    run(Arc::new(source::Source::new(client, &settings)), settings.pace, troubles).boxed()
}

fn start_kustomize(
    client: Client,
    settings: Settings,
    troubles: Troubles,
) -> futures::future::BoxFuture<'static, ()> {
    run(Arc::new(kustomize::Kustomize::new(client, &settings)), settings.pace, troubles).boxed()
}

fn client(cluster: &kube::Config, player: &str) -> Result<Client> {
    let mut config = cluster.clone();
    let agent = HeaderValue::try_from(format!("player/{player}"))?;
    config.headers.push((header::USER_AGENT, agent));
    Client::try_from(config).with_context(|| format!("cannot make a client for player {player}"))
}

/// Waits as long as fault `name` says, in milliseconds, when it fires.
async fn delay(faults: &Faults, name: &str) {
    let Some(milliseconds) = faults.fire(name).and_then(|value| value.parse().ok()) else { return };
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}
