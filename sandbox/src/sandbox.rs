//! Everything joined: a cluster, a GitHub, players, and the variables that lead to them.

use std::ffi::OsStr;
use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tempfile::TempDir;
use tokio::runtime::{self, Runtime};

use crate::charts::Charts;
use crate::control_plane::binaries::Binaries;
use crate::control_plane::given::{self, Given};
use crate::control_plane::{self, ControlPlane};
use crate::environment::{self, Endpoints};
use crate::faults::Faults;
use crate::github::{GitHub, Token};
use crate::kube::{KubeApi, kubeconfig};
use crate::players::passes::Passes;
use crate::players::{GitServer, Pace, Players, Settings};
use crate::recorder::Recorder;
use crate::registry::Registry;
use crate::serve::{self, Server};
use crate::tls::Authority;
use crate::traffic::Traffic;

/// The organisation that owns the sandbox's repositories.
pub const ORGANIZATION: &str = "acme";
/// The user whose token programs are given; an owner of [`ORGANIZATION`].
pub const USER: &str = "alice";

/// A cluster, a GitHub and players on loopback; dropping it ends and removes all of them.
///
/// It brings its own threads, so that a plain `#[test]` can use it. Do not create or drop it inside
/// a tokio runtime.
pub struct Sandbox {
    cluster: Cluster,
    host: Host,
    recorder: Recorder,
    faults: Faults,
    owner: String,
    environment: Vec<(String, String)>,
    client: kube::Client,
    certificate_file: PathBuf,
    passes: Passes,
    players: Option<Players>,
    // Before the folder, so that nothing writes to it any more when it is removed.
    runtime: Option<Runtime>,
    root: TempDir,
}

/// What a sandbox is made of, before it starts.
pub struct Builder {
    faults: Faults,
    pace: Pace,
    has_players: bool,
    is_real: bool,
    is_cleared: bool,
    owner: String,
    token: Token,
    host: Option<Host>,
}

/// GitHub, registry and charts behind one port; clones share them.
#[derive(Clone)]
struct Host {
    github: GitHub,
    registry: Registry,
    charts: Charts,
    /// `https://localhost:PORT`.
    origin: String,
    authority: Arc<Authority>,
    token: Token,
    traffic: Traffic,
    _server: Arc<Server>,
}

/// Which cluster a sandbox has.
enum Cluster {
    /// The sandbox's own API.
    Double { kube: KubeApi, server: Server },
    /// A real control plane that was started for this sandbox.
    Started(Box<ControlPlane>),
    /// A real cluster that was there.
    Given(Box<Given>),
}

impl Cluster {
    /// A kubeconfig for a user with every right.
    fn kubeconfig(&self, user: &str, ca: &str) -> Result<String> {
        match self {
            Self::Double { kube, server } => {
                let url = format!("https://localhost:{}", server.address.port());
                Ok(kubeconfig(&url, ca, &kube.token(user)))
            }
            Self::Started(control_plane) => control_plane.kubeconfig(user),
            Self::Given(given) => Ok(given.kubeconfig().to_owned()),
        }
    }
}

impl Builder {
    /// Leaves out the players: nothing in the cluster reconciles.
    #[must_use]
    pub fn without_players(mut self) -> Self {
        self.has_players = false;
        self
    }

    /// Takes a real control plane instead of the sandbox's own API: the cluster that
    /// [`given::VARIABLE`] leads to, or else one that is started and ends with the sandbox.
    ///
    /// The workloads of the players are off then: the real controller-manager acts.
    #[must_use]
    pub fn real(mut self) -> Self {
        self.is_real = true;
        self
    }

    /// Removes Flux from a given cluster first; any other cluster is empty anyway.
    #[must_use]
    pub fn cleared(mut self) -> Self {
        self.is_cleared = true;
        self
    }

    /// Makes the personal account [`USER`] the owner, instead of [`ORGANIZATION`].
    #[must_use]
    pub fn personal(mut self) -> Self {
        USER.clone_into(&mut self.owner);
        self
    }

    /// Gives programs this token instead of a classic one with the scopes `repo` and `read:org`.
    #[must_use]
    pub fn token(mut self, token: Token) -> Self {
        self.token = token;
        self
    }

    /// Makes it another cluster beside the one of `other`, with the same GitHub, registry, charts and
    /// token. Those end with `other`.
    #[must_use]
    pub fn beside(mut self, other: &Sandbox) -> Self {
        self.host = Some(other.host.clone());
        self
    }

    /// Sets how long the players wait before they try again.
    #[must_use]
    pub fn pace(mut self, pace: Pace) -> Self {
        self.pace = pace;
        self
    }

    /// Uses faults that the caller has armed, and keeps.
    #[must_use]
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }

    /// Starts it.
    ///
    /// # Errors
    /// When `git http-backend` is missing, or the system refuses a port, a thread or a folder; for
    /// a real cluster also when there is none, or it may not be used, or it does not start.
    pub fn start(self) -> Result<Sandbox> {
        // An error only says that the process has a provider already.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let root = tempfile::Builder::new().prefix("nigari-sandbox-").tempdir()?;
        let recorder = Recorder::default();
        let runtime =
            runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let host = match &self.host {
            Some(host) => host.clone(),
            None => runtime.block_on(self.new_host(root.path(), &recorder))?,
        };
        let cluster = runtime.block_on(self.cluster(&host.authority, &recorder))?;

        let ca = host.authority.certificate_pem();
        let files = Files::write(root.path(), &cluster.kubeconfig("admin", ca)?, ca)?;
        let connect = |user: &str| {
            let kubeconfig = cluster.kubeconfig(user, ca)?;
            runtime.block_on(control_plane::connection(&kubeconfig))
        };
        let (faults, pace, passes) = (self.faults.clone(), self.pace, Passes::default());
        let settings = Settings {
            cluster: connect("players")?,
            git_server: GitServer::new(host.github.clone(), &host.origin, ca),
            registry: host.registry.clone(),
            charts: host.charts.clone(),
            faults,
            pace,
            passes: passes.clone(),
            has_workloads: self.is_real,
        };
        let admin = connect("admin")?;
        let (players, client) = runtime.block_on(async {
            let players = self.has_players.then(|| Players::start(&settings)).transpose()?;
            anyhow::Ok((players, kube::Client::try_from(admin)?))
        })?;
        Ok(Sandbox {
            environment: self.environment(&files, &host),
            cluster,
            host,
            recorder,
            faults: self.faults,
            owner: self.owner,
            client,
            certificate_file: files.certificate,
            passes,
            players,
            runtime: Some(runtime),
            root,
        })
    }

    async fn cluster(&self, authority: &Authority, recorder: &Recorder) -> Result<Cluster> {
        if !self.is_real {
            let kube = KubeApi::new(self.faults.clone(), recorder.clone());
            let server = serve::https(kube.router(), authority.server_config()?).await?;
            return Ok(Cluster::Double { kube, server });
        }
        if let Some(path) = given::kubeconfig_path() {
            return self.given(Path::new(&path), recorder).await;
        }
        let started = ControlPlane::start(&Binaries::at_hand()?, &self.faults, self.pace).await?;
        recorder.follow(started.audit());
        Ok(Cluster::Started(Box::new(started)))
    }

    async fn given(&self, path: &Path, recorder: &Recorder) -> Result<Cluster> {
        let given = Given::open(path).await?;
        if self.is_cleared {
            given.clear().await?;
        }
        if let Some(log) = given.audit() {
            recorder.follow(log);
        }
        Ok(Cluster::Given(Box::new(given)))
    }

    async fn new_host(&self, root: &Path, recorder: &Recorder) -> Result<Host> {
        let github = GitHub::new(&root.join("git"), self.faults.clone(), recorder.clone())?;
        github.add_user(USER);
        github.add_org(ORGANIZATION, &[USER]);
        github.add_token(self.token.clone());
        let (registry, charts) = (Registry::default(), Charts::default());
        let authority = Authority::new()?;
        let router = github.router().merge(registry.router()).merge(charts.router());
        let (traffic, tls) = (Traffic::default(), authority.server_config()?);
        let server = serve::https_counted(router, tls, traffic.clone()).await?;
        let origin = format!("https://localhost:{}", server.address.port());
        github.set_origin(&origin);
        registry.set_origin(&origin);
        Ok(Host {
            github,
            registry,
            charts,
            origin,
            authority: Arc::new(authority),
            token: self.token.clone(),
            traffic,
            _server: Arc::new(server),
        })
    }

    fn environment(&self, files: &Files, host: &Host) -> Vec<(String, String)> {
        environment::variables(&Endpoints {
            kubeconfig: &files.kubeconfig,
            github_origin: &host.origin,
            github_token: &host.token.value,
            github_owner: &self.owner,
            certificates: &files.bundle,
        })
    }
}

impl Sandbox {
    /// Starts a sandbox whose owner is an organisation, with players and without faults.
    ///
    /// # Errors
    /// See [`Builder::start`].
    pub fn start() -> Result<Self> {
        Self::builder().start()
    }

    /// Begins a sandbox that differs from the usual one.
    #[must_use]
    pub fn builder() -> Builder {
        Builder {
            faults: Faults::default(),
            pace: Pace::default(),
            has_players: true,
            is_real: false,
            is_cleared: false,
            owner: ORGANIZATION.to_owned(),
            token: Token::classic(&new_token(), USER, &["repo", "read:org"]),
            host: None,
        }
    }

    /// A command whose environment holds the sandbox's variables, the search path, an empty home folder
    /// and one for temporary files, and nothing else.
    #[must_use]
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear();
        command.env("PATH", environment::search_path());
        command.env("HOME", self.home());
        command.env("TMPDIR", self.temporary_folder());
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command
    }

    /// The variables through which programs find the sandbox.
    #[must_use]
    pub fn environment(&self) -> Vec<(String, String)> {
        self.environment.clone()
    }

    /// A home folder with nothing in it.
    #[must_use]
    pub fn home(&self) -> PathBuf {
        self.root.path().join("home")
    }

    /// Where programs put files that they remove again.
    #[must_use]
    pub fn temporary_folder(&self) -> PathBuf {
        self.root.path().join("tmp")
    }

    /// The sandbox's own API, for a look behind the scenes.
    ///
    /// # Panics
    /// When the cluster is real: it has no other side than its API.
    #[must_use]
    pub fn kube(&self) -> &KubeApi {
        match &self.cluster {
            Cluster::Double { kube, .. } => kube,
            Cluster::Started(_) | Cluster::Given(_) => panic!("a real cluster has only its API"),
        }
    }

    /// Whether the cluster is a real one; see [`Builder::real`].
    #[must_use]
    pub fn is_real(&self) -> bool {
        !matches!(self.cluster, Cluster::Double { .. })
    }

    /// The real control plane that was started for this sandbox, if one was.
    #[must_use]
    pub fn control_plane(&self) -> Option<&ControlPlane> {
        match &self.cluster {
            Cluster::Started(control_plane) => Some(control_plane),
            Cluster::Double { .. } | Cluster::Given(_) => None,
        }
    }

    /// The GitHub.
    #[must_use]
    pub fn github(&self) -> &GitHub {
        &self.host.github
    }

    /// Where the GitHub listens: `https://localhost:PORT`.
    #[must_use]
    pub fn github_origin(&self) -> &str {
        &self.host.origin
    }

    /// How many bytes GitHub, registry and charts have received and sent, TLS included; what players read of
    /// Git does not come this way.
    #[must_use]
    pub fn github_traffic_bytes(&self) -> u64 {
        self.host.traffic.bytes()
    }

    /// The registry, on the same port as GitHub: `localhost:PORT/NAME`.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.host.registry
    }

    /// The Helm repository, on the same port as GitHub: `https://localhost:PORT/charts`.
    #[must_use]
    pub fn charts(&self) -> &Charts {
        &self.host.charts
    }

    /// What cluster and GitHub received.
    #[must_use]
    pub fn recorder(&self) -> &Recorder {
        &self.recorder
    }

    /// The faults; arming one takes effect at once.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// The passes of the tofu-controller that is played.
    #[must_use]
    pub fn passes(&self) -> &Passes {
        &self.passes
    }

    /// A client with every right in the cluster; use it with [`Self::block_on`].
    #[must_use]
    pub fn client(&self) -> kube::Client {
        self.client.clone()
    }

    /// The account that owns the repositories: [`ORGANIZATION`], or [`USER`].
    #[must_use]
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The folder that holds all files of the sandbox; removed with it.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// The certificate of the authority that signed cluster and GitHub, PEM; for `--ca-file`.
    #[must_use]
    pub fn certificate_file(&self) -> &Path {
        &self.certificate_file
    }

    /// What went wrong inside the players; see [`Players::troubles`].
    #[must_use]
    pub fn troubles(&self) -> Vec<String> {
        let mut troubles = self.players.as_ref().map(Players::troubles).unwrap_or_default();
        troubles.extend(self.control_plane().map(ControlPlane::troubles).unwrap_or_default());
        troubles
    }

    /// Runs a future on the sandbox's own runtime.
    pub fn block_on<F: Future>(&self, future: F) -> F::Output {
        self.runtime.as_ref().expect("the runtime lives until the drop").block_on(future)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.players = None;
        if let Some(runtime) = self.runtime.take() {
            // Requests in hand write below the folder that is removed next, so they are waited for.
            runtime.shutdown_timeout(std::time::Duration::from_secs(2));
        }
    }
}

/// The files that the variables name.
struct Files {
    kubeconfig: PathBuf,
    certificate: PathBuf,
    bundle: PathBuf,
}

impl Files {
    fn write(root: &Path, kubeconfig: &str, ca: &str) -> Result<Self> {
        fs::create_dir(root.join("home"))?;
        fs::create_dir(root.join("tmp"))?;
        let write = |name: &str, text: &str| {
            let path = root.join(name);
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
            anyhow::Ok(path)
        };
        Ok(Self {
            kubeconfig: write("kubeconfig", kubeconfig)?,
            certificate: write("ca.crt", ca)?,
            bundle: write("certificates.pem", &environment::bundle(ca))?,
        })
    }
}

/// A token as GitHub makes them: the prefix of classic ones and 36 random characters.
fn new_token() -> String {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system has randomness to offer");
    let text: String = URL_SAFE_NO_PAD.encode(bytes).replace(['-', '_'], "0");
    format!("ghp_{:0<36.36}", text)
}
