//! What every command gets: output, environment, clock, deadline, and a cluster made when first asked for.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::time::Duration;

use anyhow::{Context as _, Error, Result};
use k8s_openapi::jiff::Timestamp;
use tokio::sync::OnceCell;

use crate::cli::GlobalArgs;
use crate::cluster::wait::{News, Patience};
use crate::cluster::{Cluster, ConnectOptions};
use crate::deadline::Deadline;
use crate::manifests::name;
use crate::output::progress::Progress;
use crate::output::{Output, Style};

/// How long a command may take when `--timeout` was not given.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(5 * 60);

/// How long a failure that the controller retries may last when nothing else is said.
const DEFAULT_ERROR_BUDGET: Duration = Duration::from_secs(30);

/// The namespace of Flux when nothing else is said.
pub(crate) const DEFAULT_NAMESPACE: &str = "flux-system";

/// Everything outside a command's own arguments that it works with.
pub struct Context {
    /// Where output goes.
    pub output: Output,
    /// The environment as it was when the process started.
    pub environment: Environment,
    /// The clock.
    pub clock: Clock,
    /// One clock for the whole command: `--timeout`, five minutes when it was not given.
    pub deadline: Deadline,
    /// The global arguments as typed.
    pub global: GlobalArgs,
    namespace: String,
    connect: ConnectOptions,
    cluster: OnceCell<Cluster>,
}

impl Context {
    /// Makes the context of one command. No cluster is contacted; the kubeconfig is read only when its
    /// namespace was asked for.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] for a namespace that is no DNS label; what reading the kubeconfig
    /// can fail with.
    pub fn new(global: GlobalArgs, environment: Environment) -> Result<Self> {
        let output = Output::of_process(style(&environment));
        let connect = ConnectOptions::new(&global, &environment);
        let Namespace { name: namespace, ignored } = namespace(&global, &environment, &connect)?;
        if let Some(error) = ignored {
            output.warn(format_args!("FLUX_SYSTEM_NAMESPACE is ignored: {error}"));
        }
        let limit = global.timeout.map_or(DEFAULT_TIMEOUT, |timeout| timeout.get());
        Ok(Self {
            output,
            environment,
            clock: Clock::system(),
            deadline: Deadline::after(limit),
            global,
            namespace,
            connect,
            cluster: OnceCell::new(),
        })
    }

    /// The same command under another clock: for what follows after a person was asked, and for what has to be
    /// taken back when the time is over.
    #[must_use]
    pub fn under(&self, deadline: Deadline) -> Self {
        Self {
            output: self.output.clone(),
            environment: self.environment.clone(),
            clock: self.clock,
            deadline,
            global: self.global.clone(),
            namespace: self.namespace.clone(),
            connect: self.connect.clone(),
            cluster: self.cluster.clone(),
        }
    }

    /// The namespace to work in: `--namespace`, the kubeconfig context's if asked for,
    /// `FLUX_SYSTEM_NAMESPACE`, else `flux-system`.
    #[must_use]
    pub fn namespace(&self) -> &str {
        &self.namespace
    }

    /// The clock of what never ends by itself: `--timeout` when it was given, else none.
    #[must_use]
    pub fn watch_deadline(&self) -> Deadline {
        self.global.timeout.map_or_else(Deadline::never, |limit| Deadline::after(limit.get()))
    }

    /// How long the command waits, and whom it tells meanwhile.
    #[must_use]
    pub fn patience<'a>(&self, news: &'a dyn Fn(News<'_>)) -> Patience<'a> {
        Patience {
            deadline: self.deadline,
            clock: self.clock,
            error_budget: DEFAULT_ERROR_BUDGET,
            news,
        }
    }

    /// Tells the news of a wait: beside the spinner, and as a line where it is more than progress.
    pub fn news<'a>(&'a self, progress: &'a Progress) -> impl Fn(News<'_>) + 'a {
        move |news| match news {
            News::Waiting(why) => progress.say(why),
            News::Progress { done, of } => progress.count(done, of),
            News::HeldUp(why) => self.output.warn(why),
            News::Interrupted(why) => {
                self.output.warn(format_args!("the connection to the cluster was lost: {why}"));
            }
            News::Resumed => self.output.done("connected to the cluster again"),
            News::WatchForbidden(why) => self.output.warn(format_args!(
                "asking every second or two instead of watching, which needs the verb watch: {why}"
            )),
        }
    }

    /// The cluster; the first call connects.
    ///
    /// # Errors
    /// When there is no usable kubeconfig. That the server answers is not checked here.
    pub async fn cluster(&self) -> Result<&Cluster> {
        self.cluster.get_or_try_init(|| Cluster::connect(&self.connect)).await
    }
}

/// What the environment asks of terminals.
fn style(environment: &Environment) -> Style {
    match environment.get("TERM") {
        Some("dumb") => Style::Dumb,
        _ if environment.get("NO_COLOR").is_some() => Style::Plain,
        _ => Style::Full,
    }
}

/// The namespace to work in.
pub(crate) struct Namespace {
    pub(crate) name: String,
    /// Why `FLUX_SYSTEM_NAMESPACE` was ignored, if it was.
    pub(crate) ignored: Option<Error>,
}

impl From<String> for Namespace {
    fn from(name: String) -> Self {
        Self { name, ignored: None }
    }
}

/// The namespace that flags, kubeconfig and environment ask for, in this order.
pub(crate) fn namespace(
    global: &GlobalArgs,
    environment: &Environment,
    connect: &ConnectOptions,
) -> Result<Namespace> {
    if let Some(given) = &global.namespace {
        return Ok(given.clone().into());
    }
    let follows =
        global.ns_follows_kube_context || environment.get("FLUX_NS_FOLLOWS_KUBE_CONTEXT").is_some();
    if follows && let Some(current) = connect.context_namespace()? {
        let name = name::dns_label(&current).context("the namespace of the kubeconfig context")?;
        return Ok(name.into());
    }
    let preset = environment.get("FLUX_SYSTEM_NAMESPACE").map(name::dns_label).transpose();
    let name = || DEFAULT_NAMESPACE.to_owned();
    Ok(match preset {
        Ok(preset) => preset.unwrap_or_else(name).into(),
        // As upstream does: a broken preset is no reason to refuse every command.
        Err(error) => Namespace { name: name(), ignored: Some(error) },
    })
}

/// Chooses the one provider of cryptography, for the cluster and the Git host; before either is contacted.
pub fn install_crypto() {
    // It can only be installed already by ourselves.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

/// The environment as it was when the process started; the only place that reads it.
#[derive(Clone, Debug, Default)]
pub struct Environment(BTreeMap<OsString, OsString>);

impl Environment {
    /// Reads the process's environment.
    #[must_use]
    pub fn of_process() -> Self {
        std::env::vars_os().collect()
    }

    /// The value of a variable; nothing when it is unset, empty or not UTF-8.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(OsStr::new(name))?.to_str().filter(|value| !value.is_empty())
    }

    /// The value of a variable as the system gave it; nothing when it is unset or empty.
    #[must_use]
    pub fn get_os(&self, name: &str) -> Option<&OsStr> {
        self.0.get(OsStr::new(name)).map(OsString::as_os_str).filter(|value| !value.is_empty())
    }
}

impl FromIterator<(OsString, OsString)> for Environment {
    fn from_iter<I: IntoIterator<Item = (OsString, OsString)>>(variables: I) -> Self {
        Self(variables.into_iter().collect())
    }
}

/// Tells the time; a test can stop it.
#[derive(Clone, Copy, Debug)]
pub struct Clock(Option<Timestamp>);

impl Clock {
    /// The system's clock.
    #[must_use]
    pub const fn system() -> Self {
        Self(None)
    }

    /// A clock that always shows `time`.
    #[must_use]
    pub const fn stopped(time: Timestamp) -> Self {
        Self(Some(time))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.0.unwrap_or_else(Timestamp::now)
    }
}
