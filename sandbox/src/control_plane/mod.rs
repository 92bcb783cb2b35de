//! A real Kubernetes control plane on loopback: etcd, kube-apiserver and kube-controller-manager,
//! one process each, and a node that is only played.
//!
//! The sandbox's own API ([`crate::kube`]) was written by the same hands as the program that it
//! tests; this one was not. There are no containers: the node says that Pods run.
//!
//! | module | what it is |
//! |---|---|
//! | [`binaries`] | where the programs come from: an assets folder, the cache, or a Go build |
//! | `build` | that build |
//! | [`given`] | somebody else's cluster that may be used for tests |
//! | `leftovers` | what is removed from it before the next test |
//! | `identity` | certificates, keys and kubeconfigs |
//! | `layout` | ports, files and the command line of each component |
//! | `folder` | where all of it lies, and what removes it |
//! | `definitions` | custom kinds that are there from the start |
//! | `component` | one running process and its log |
//! | `audit` | what the API server was asked, from its audit log |

mod audit;
pub mod binaries;
mod build;
mod component;
mod definitions;
mod folder;
pub mod given;
mod identity;
mod layout;
mod leftovers;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use k8s_openapi::api::core::v1::{ConfigMap, ServiceAccount};
use kube::api::{Api, PostParams};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::{Client, Config};
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::time::sleep;

use crate::environment;
use crate::faults::Faults;
use crate::players::{Node, Pace};
use crate::shape::{self, Shape};
pub(crate) use audit::AuditLog;
use binaries::{Binaries, Unavailable};
use component::Component;
use definitions::Definitions;
use folder::Folder;
use identity::Identities;
use layout::Layout;

/// How long a component may take to become ready.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks at whether it is.
const INTERVAL: Duration = Duration::from_millis(50);
/// Somebody else may take a port between its choice and its use.
const ATTEMPTS: u32 = 3;

/// What there is besides etcd and the API server.
pub struct Setup {
    /// Those named `workload.*` concern the Pods of the node.
    pub faults: Faults,
    /// The pace of the node's kubelet.
    pub pace: Pace,
    /// Whether the kube-controller-manager is started, if there is one.
    pub has_controllers: bool,
    /// Whether anything happens to workloads. Otherwise there is no node, and the only controllers
    /// are those whose work the sandbox's own API does as well.
    pub has_workloads: bool,
    /// Whether the kube-scheduler binds Pods, instead of the player that binds all at once.
    pub has_scheduler: bool,
    /// Folders with CustomResourceDefinitions that are applied before the controllers start.
    pub definitions: Vec<PathBuf>,
    /// Where its files are; a temporary folder when there is no wish.
    pub folder: Option<PathBuf>,
}

impl Default for Setup {
    /// Controllers and a node that runs what nothing holds.
    fn default() -> Self {
        Self {
            faults: Faults::default(),
            pace: Pace::default(),
            has_controllers: true,
            has_workloads: true,
            has_scheduler: false,
            definitions: Vec::new(),
            folder: None,
        }
    }
}

impl Setup {
    fn controllers(&self) -> &'static [&'static str] {
        if self.has_workloads { layout::CONTROLLERS } else { layout::HOUSEKEEPERS }
    }

    async fn node(&self, connection: &kube::Config) -> Result<Node> {
        if self.has_scheduler {
            Node::start_kubelet(connection, &self.faults, self.pace).await
        } else {
            Node::start(connection, &self.faults, self.pace).await
        }
    }
}

/// A running control plane; dropping it ends its processes and removes its files.
pub struct ControlPlane {
    binaries: Binaries,
    identities: Identities,
    version: String,
    /// None where nothing happens to workloads.
    node: Option<Node>,
    // Who asks ends before who answers, and the folder goes last.
    scheduler: Option<Component>,
    controller_manager: Option<Component>,
    api_server: Mutex<Component>,
    etcd: Component,
    layout: Layout,
    folder: Folder,
}

impl ControlPlane {
    /// Starts etcd, the API server, the controller-manager if there is one, and the node.
    ///
    /// The node's tasks run on the current tokio runtime. The faults named `workload.*` concern its
    /// Pods, and `pace` is that of its kubelet.
    ///
    /// # Errors
    /// When a component ends or is not ready in time; the message holds the end of its log.
    pub async fn start(binaries: &Binaries, faults: &Faults, pace: Pace) -> Result<Self> {
        let setup = Setup { faults: faults.clone(), pace, ..Setup::default() };
        Self::start_with(binaries, &setup).await
    }

    /// Starts what `setup` says.
    ///
    /// # Errors
    /// As [`Self::start`]; also when a definition cannot be read or is refused, when the folder
    /// cannot be used, and [`Unavailable`] when there is no kube-scheduler but should be.
    pub async fn start_with(binaries: &Binaries, setup: &Setup) -> Result<Self> {
        // An error only says that the process has a provider already.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let binaries = selected(binaries, setup)?;
        let definitions = Definitions::read(&setup.definitions)?;
        let mut attempt = 1;
        loop {
            match Self::attempt(&binaries, setup, &definitions).await {
                Err(error) if attempt < ATTEMPTS && is_port_taken(&error) => attempt += 1,
                started => return started,
            }
        }
    }

    async fn attempt(
        binaries: &Binaries,
        setup: &Setup,
        definitions: &Definitions,
    ) -> Result<Self> {
        let folder = Folder::new(setup.folder.as_deref())?;
        let layout = Layout::new(folder.path())?;
        let identities = Identities::write(&layout)?;

        let mut etcd = Component::spawn("etcd", &binaries.etcd, &layout.etcd(), folder.path())?;
        until_ready(&mut etcd, async || {
            TcpStream::connect(("127.0.0.1", layout.etcd_port)).await.is_ok()
        })
        .await?;
        let mut api_server = serve(binaries, &layout)?;
        let admin = Client::try_from(connection(&identities.kubeconfig("admin")?).await?)?;
        until_ready(&mut api_server, async || is_serving(&admin).await).await?;
        definitions.apply(&admin).await?;
        let controllers = setup.controllers();
        let controller_manager = manage(binaries, controllers, &layout, &admin).await?;
        mark(&mut api_server, &admin, &layout).await?;
        let node = if setup.has_workloads {
            let connection = connection(&identities.kubeconfig("node")?).await?;
            Some(setup.node(&connection).await?)
        } else {
            None
        };
        Ok(Self {
            binaries: binaries.clone(),
            version: admin.apiserver_version().await?.git_version,
            node,
            scheduler: schedule(binaries, &layout)?,
            identities,
            controller_manager,
            api_server: Mutex::new(api_server),
            etcd,
            layout,
            folder,
        })
    }

    /// A kubeconfig for `user`, who has every right; requests of `admin` and `players` are audited.
    ///
    /// # Errors
    /// When a certificate cannot be made.
    pub fn kubeconfig(&self, user: &str) -> Result<String> {
        self.identities.kubeconfig(user)
    }

    /// Where the API server listens: `https://localhost:PORT`.
    #[must_use]
    pub fn server(&self) -> String {
        self.layout.server()
    }

    /// The version that the API server reports, such as `v1.36.3`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The folder of its files and logs; removed with it, unless [`Self::keep_folder`] is called.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Leaves the folder behind, for somebody who wants to read the logs.
    pub fn keep_folder(&mut self) {
        self.folder.keep();
    }

    /// Whether namespaces end, garbage is collected and Deployments roll out: not without a
    /// kube-controller-manager, which published `envtest` bundles lack.
    #[must_use]
    pub fn has_controllers(&self) -> bool {
        self.controller_manager.is_some()
    }

    /// Process ids by component.
    pub async fn processes(&self) -> Vec<(&'static str, u32)> {
        let api_server = self.api_server.lock().await;
        let always = [&self.etcd, &*api_server];
        let perhaps = [&self.controller_manager, &self.scheduler].map(Option::as_ref);
        always
            .map(Some)
            .into_iter()
            .chain(perhaps)
            .flatten()
            .map(|component| (component.name(), component.id()))
            .collect()
    }

    /// What went wrong inside the played node; empty as long as all is well.
    #[must_use]
    pub fn troubles(&self) -> Vec<String> {
        self.node.as_ref().map(Node::troubles).unwrap_or_default()
    }

    /// What the API server was asked by `admin` and `players`, as it comes in.
    #[must_use]
    pub(crate) fn audit(&self) -> AuditLog {
        AuditLog::new(self.layout.audit_log())
    }

    /// Kills the API server and starts it again on the same port and the same data.
    ///
    /// Its watch cache starts empty, so that a watch from an old version may be answered with 410.
    ///
    /// # Errors
    /// When it does not become ready again.
    pub async fn restart_api_server(&self) -> Result<()> {
        let mut api_server = self.api_server.lock().await;
        api_server.end();
        *api_server = serve(&self.binaries, &self.layout)?;
        let admin = Client::try_from(connection(&self.kubeconfig("admin")?).await?)?;
        until_ready(&mut api_server, async || is_serving(&admin).await).await
    }

    /// Fails with the end of a component's log once one has ended by itself.
    ///
    /// # Errors
    /// That is what it is for.
    pub async fn check(&mut self) -> Result<()> {
        self.etcd.check()?;
        self.api_server.get_mut().check()?;
        let perhaps = [&mut self.controller_manager, &mut self.scheduler];
        perhaps.into_iter().flatten().try_for_each(Component::check)
    }
}

/// Why tests that need a control plane of their own cannot run here; none when they can.
///
/// A given cluster may hold something. Nothing is built: that takes minutes, and a test should not.
///
/// # Errors
/// When the programs are incomplete, or missing although `NIGARI_REQUIRE_CLUSTER=1` asks for them.
pub fn missing() -> Result<Option<String>> {
    match Binaries::at_hand() {
        Ok(_) => Ok(None),
        Err(error) if error.is::<Unavailable>() && !is_required() => Ok(Some(error.to_string())),
        Err(error) => Err(error),
    }
}

/// Why tests of what real controllers do cannot run here, also for want of a control plane; none
/// when they can.
///
/// # Errors
/// As [`missing`].
pub fn missing_controllers() -> Result<Option<String>> {
    if let Some(reason) = missing()? {
        return Ok(Some(reason));
    }
    match Binaries::at_hand()?.without_controllers() {
        Some(reason) if is_required() => Err(Unavailable(reason).into()),
        reason => Ok(reason),
    }
}

fn is_required() -> bool {
    environment::variable("NIGARI_REQUIRE_CLUSTER").is_some_and(|value| value == "1")
}

/// The programs that are started.
fn selected(binaries: &Binaries, setup: &Setup) -> Result<Binaries> {
    if setup.has_scheduler && binaries.scheduler.is_none() {
        let reason = format!("there is no kube-scheduler, although {}", binaries.origin);
        return Err(Unavailable(reason).into());
    }
    let mut selected = binaries.clone();
    selected.controller_manager.take_if(|_| !setup.has_controllers);
    selected.scheduler.take_if(|_| !setup.has_scheduler);
    Ok(selected)
}

impl Drop for ControlPlane {
    fn drop(&mut self) {
        for request in self.audit().news() {
            let shape = Shape::of_log(&request.method, &request.path, &request.body);
            let (agent, method, path) = (request.agent, request.method, request.path);
            shape::record(shape, format_args!("{agent}: {method} {path}"));
        }
    }
}

fn serve(binaries: &Binaries, layout: &Layout) -> Result<Component> {
    let has_controllers = binaries.controller_manager.is_some();
    let arguments = layout.api_server(has_controllers);
    Component::spawn("kube-apiserver", &binaries.api_server, &arguments, &layout.folder)
}

/// Starts the controller-manager and waits for the first thing that Pods need of it.
async fn manage(
    binaries: &Binaries,
    controllers: &[&str],
    layout: &Layout,
    admin: &Client,
) -> Result<Option<Component>> {
    let Some(program) = &binaries.controller_manager else { return Ok(None) };
    let arguments = layout.controller_manager(controllers);
    let mut component =
        Component::spawn("kube-controller-manager", program, &arguments, &layout.folder)?;
    let accounts: Api<ServiceAccount> = Api::namespaced(admin.clone(), "default");
    let has_account = async || matches!(accounts.get_opt("default").await, Ok(Some(_)));
    until_ready(&mut component, has_account).await?;
    Ok(Some(component))
}

/// Starts the scheduler; it is ready when Pods are bound, and nobody waits for that.
fn schedule(binaries: &Binaries, layout: &Layout) -> Result<Option<Component>> {
    let Some(program) = &binaries.scheduler else { return Ok(None) };
    let arguments = layout.scheduler();
    Component::spawn("kube-scheduler", program, &arguments, &layout.folder).map(Some)
}

/// Marks the cluster as one for tests, as soon as the API server has made the namespace.
async fn mark(api_server: &mut Component, admin: &Client, layout: &Layout) -> Result<()> {
    let maps: Api<ConfigMap> = Api::namespaced(admin.clone(), given::NAMESPACE);
    let marker = given::marker(&layout.audit_log());
    let is_marked = async || maps.create(&PostParams::default(), &marker).await.is_ok();
    until_ready(api_server, is_marked).await.context("cannot mark the cluster as one for tests")
}

async fn is_serving(client: &Client) -> bool {
    let request = http::Request::get("/readyz").body(Vec::new()).expect("a request without a body");
    client.request_text(request).await.is_ok()
}

/// Waits until `is_ready`, for as long as the component runs and patience lasts.
///
/// Nothing tells of a server that begins to listen, so it is asked again and again.
async fn until_ready(component: &mut Component, is_ready: impl AsyncFn() -> bool) -> Result<()> {
    let start = Instant::now();
    while !is_ready().await {
        component.check()?;
        if start.elapsed() > PATIENCE {
            bail!(
                "{} was not ready after {} s; its log ends:\n{}",
                component.name(),
                PATIENCE.as_secs(),
                component.last_words()
            );
        }
        sleep(INTERVAL).await;
    }
    Ok(())
}

fn is_port_taken(error: &anyhow::Error) -> bool {
    format!("{error:#}").contains("address already in use")
}

/// What leads a client to the cluster of a kubeconfig.
pub(crate) async fn connection(kubeconfig: &str) -> Result<Config> {
    let kubeconfig = Kubeconfig::from_yaml(kubeconfig)?;
    let options = KubeConfigOptions::default();
    let mut config = Config::from_custom_kubeconfig(kubeconfig, &options).await?;
    // The caller's proxy leads away from loopback.
    config.proxy_url = None;
    Ok(config)
}
