//! Players: ordinary Kubernetes clients that act as the controllers of a cluster with Flux.
//!
//! A Flux player acts only while the Deployment of the controller that it plays is available in the
//! cluster: before a bootstrap, and after an uninstall, nothing reconciles. It starts from nothing
//! when the Deployment comes back, as the new process would. The `workloads` player stands for
//! the control plane and the kubelets, so it always acts.
//!
//! | module | what it plays |
//! |---|---|
//! | `source` | source-controller |
//! | `kustomize` | kustomize-controller |
//! | `helm` | helm-controller |
//! | `image` | image-reflector-controller and image-automation-controller |
//! | `receiver` | notification-controller |
//! | `tofu` | tofu-controller, and OpenTofu itself |
//! | `workloads` | Deployment → ReplicaSet → Pod, scheduler and kubelets; the latter alone as [`Node`] |
//! | `controller` | the loop that all of them share: watches, queue, reconcile, requeue |
//! | `availability` | when a controller's process runs |
//! | [`passes`] | passes of tofu-controller that are held up, and what they applied |
//! | `object`, `conditions`, `events` | how Flux controllers write status and events |
//! | `git_server` | what a controller meets when it connects to the sandbox's GitHub |
//! | `storage`, `files`, `users` | artifacts, what is in them, and whom a new one wakes |
//! | `resources`, `inventory`, `health` | what is applied, whatever its kind |
//!
//! What the players know of the controllers was read from their sources and fluxcd/pkg of Flux 2.9;
//! each file names its own.

mod availability;
mod conditions;
mod controller;
mod duration;
mod events;
mod files;
mod git_server;
mod health;
mod helm;
mod image;
mod inventory;
mod kustomize;
mod merge;
mod object;
pub mod passes;
mod receiver;
mod resources;
mod source;
mod storage;
mod tofu;
mod users;
mod workloads;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use futures::future::BoxFuture;
use http::{HeaderValue, header};
use kube::Client;
use tokio::task::JoinSet;

use crate::charts::Charts;
use crate::faults::Faults;
use crate::registry::Registry;
use controller::{Troubles, run};
pub use git_server::GitServer;
use passes::Passes;
use storage::Storage;

/// What the players work with.
#[derive(Clone)]
pub struct Settings {
    /// The cluster; the `User-Agent` is added by each player.
    pub cluster: kube::Config,
    /// The only Git server that sources can be fetched from.
    pub git_server: GitServer,
    /// The registry on the Git server's port.
    pub registry: Registry,
    /// The Helm repository on the Git server's port.
    pub charts: Charts,
    /// Faults of the players: `source.*`, `kustomize.*`, `helm.*`, `tofu.*`,
    /// `workload.*`.
    pub faults: Faults,
    /// How long the players wait before they try again.
    pub pace: Pace,
    /// The passes of tofu-controller.
    pub passes: Passes,
    /// Whether the cluster makes Pods of Deployments by itself; then `workloads` is not played.
    pub has_workloads: bool,
}

/// What all players share.
#[derive(Clone)]
struct Stage {
    storage: Storage,
    git_server: GitServer,
    registry: Registry,
    charts: Charts,
    faults: Faults,
    pace: Pace,
    passes: Passes,
}

impl Stage {
    fn new(settings: &Settings) -> Self {
        Self {
            storage: Storage::default(),
            git_server: settings.git_server.clone(),
            registry: settings.registry.clone(),
            charts: settings.charts.clone(),
            faults: settings.faults.clone(),
            pace: settings.pace,
            passes: settings.passes.clone(),
        }
    }
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
        let stage = Stage::new(settings);
        for (name, start) in CONTROLLERS {
            let (client, stage, troubles) =
                (client(&settings.cluster, name)?, stage.clone(), troubles.clone());
            tasks.spawn(async move {
                let start = || start(client.clone(), stage.clone(), troubles.clone());
                availability::while_available(&client, name, stage.pace, start).await;
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

type Start = fn(Client, Stage, Troubles) -> BoxFuture<'static, ()>;

/// What runs while a Deployment of this name is available.
const CONTROLLERS: [(&str, Start); 7] = [
    (source::CONTROLLER, source::start),
    (kustomize::CONTROLLER, kustomize::start),
    (helm::CONTROLLER, helm::start),
    (image::REFLECTOR, image::start_reflector),
    (image::AUTOMATION, image::start_automation),
    (receiver::CONTROLLER, receiver::start),
    (tofu::CONTROLLER, tofu::start),
];

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
