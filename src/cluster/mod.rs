//! The only code that talks to Kubernetes.
//!
//! | module | what it does |
//! |---|---|
//! | [`connect`] | from flags, environment and kubeconfig to a client |
//! | [`proxy`] | which proxy, if any, by Go's rules |
//! | [`failure`] | what a refusal or a broken connection means to the user |
//! | [`discovery`] | which version of a kind the cluster serves |
//! | [`list`] | objects in pages; one object by name |
//! | [`events`] | Kubernetes events |
//! | [`exec`] | processes in containers |
//! | [`logs`] | what the controllers write |
//! | [`names`] | names alone, for completion |
//! | [`watch`] | watches that survive a drop and lose nothing |
//! | [`wait`] | waits until a pure decision over an object is made |
//! | [`observe`] | several objects, watched together |
//! | [`goal`] | what a wait is for: ready, at a revision, gone; pure |
//! | [`lookout`] | what holds objects up, told while they are waited for |
//! | `setback` | a failure that may heal, and for how long |
//! | [`reconcile`] | requests reconciliations, of one object or of many, and waits until they have settled |
//! | [`suspend`] | suspends and resumes objects |
//! | [`delete`] | deletes one object, and waits until it is gone |
//! | [`approval`] | approvals of plans: every read and write of one |
//! | [`glass`] | sessions in the runner: asked for, waited for, ended |
//! | [`apply`] | server-side apply in stages, without a write when nothing changes |
//! | [`takeover`] | objects applied in the user's name, and whose fields that may change |
//! | [`acceptance`] | whether the cluster would take what somebody else is going to apply |
//! | [`preview`] | what an apply would do, with nothing written |
//! | [`why`] | why an object is not as it should be: the deepest cause |
//! | [`rollout`] | waits until a Deployment is available |
//! | [`installation`] | what is installed of Flux, and by whom |
//! | [`owner`] | whose an object is |
//! | [`tofu`] | the tofu-controllers that run, and whose they are |
//! | [`definitions`] | Flux's CRDs: established, served, stored, and whose they are |
//! | [`footprint`] | everything that an installation has on the cluster, and who else has one |
//! | [`removal`] | finalizers taken away, objects deleted, and waited for until they are gone |
//! | [`leftovers`] | what an installation has that a bundle does not |
//! | [`issuer`] | who issues the tokens of ServiceAccounts |
//! | [`access`] | which rights are missing |
//! | [`plans`] | what is stored of OpenTofu plans |
//! | [`presence`] | whether objects are there that others refer to |
//! | [`secret`] | Secrets, without their values in any output |

pub mod acceptance;
pub mod access;
pub mod apply;
pub mod approval;
mod backoff;
pub mod connect;
pub mod definitions;
pub mod delete;
pub mod discovery;
pub mod events;
pub mod exec;
pub mod failure;
pub mod footprint;
pub mod glass;
pub mod goal;
pub mod installation;
pub mod issuer;
mod known;
pub mod leftovers;
pub mod list;
pub mod logs;
pub mod lookout;
pub mod names;
pub mod observe;
pub mod owner;
mod page;
pub mod plans;
mod plugin;
pub mod presence;
pub mod preview;
pub mod proxy;
mod pulse;
pub mod reconcile;
pub mod removal;
pub mod rollout;
pub mod secret;
mod setback;
pub mod suspend;
pub mod takeover;
pub mod tofu;
pub mod wait;
pub mod watch;
pub mod why;

use std::sync::Arc;

use anyhow::Result;
use kube::Client;
use kube::api::{Api, DynamicObject};
use kube::core::ApiResource;

pub use connect::ConnectOptions;
pub use list::Scope;

use crate::error::Explain as _;
use discovery::Discovery;
use plugin::Audience;
use pulse::Pulse;

/// The field manager of everything that nigari writes in its own name.
pub const FIELD_MANAGER: &str = "nigari";

/// A connection to a cluster; cheap to clone, all clones share one client and one discovery.
#[derive(Clone)]
pub struct Cluster {
    client: Client,
    /// The address of the API server.
    server: Arc<str>,
    /// The same and how it is reached, for messages.
    way: Arc<str>,
    discovery: Arc<Discovery>,
    pulse: Arc<Pulse>,
}

impl Cluster {
    /// Makes the client. The server is not contacted, but a credential plugin may run.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] when there is no usable kubeconfig, or it lacks what was named;
    /// [`crate::error::Class::Denied`] when the credential plugin fails.
    pub async fn connect(options: &ConnectOptions) -> Result<Self> {
        Self::connect_before(options, Audience::User).await
    }

    /// Makes the client where nobody can be asked anything: a credential plugin gets no terminal, and is
    /// killed with all that it started when the returned future is dropped.
    ///
    /// # Errors
    /// As [`Cluster::connect`]; also when the credential plugin would talk to the user.
    pub async fn connect_unattended(options: &ConnectOptions) -> Result<Self> {
        Self::connect_before(options, Audience::Nobody).await
    }

    async fn connect_before(options: &ConnectOptions, audience: Audience) -> Result<Self> {
        let config = options.config()?;
        let server: Arc<str> = config.cluster_url.to_string().trim_end_matches('/').into();
        let way: Arc<str> = match config.proxy_url.as_ref().and_then(proxy::in_messages) {
            Some(proxy) => format!("{server} through the proxy {proxy}").into(),
            None => Arc::clone(&server),
        };
        let install_hint =
            config.auth_info.exec.as_ref().and_then(|exec| exec.install_hint.clone());
        let client = plugin::client(config, audience).await.map_err(|error| {
            let is_missing = failure::is_missing_plugin(&error);
            let error = failure::explain(error, "connect", &way);
            match install_hint.filter(|_| is_missing) {
                Some(hint) => error.hint(hint),
                None => error,
            }
        })?;
        Ok(Self { client, server, way, discovery: Arc::default(), pulse: Arc::default() })
    }

    /// The version of the Kubernetes API server, as it calls itself: `v1.33.4`.
    ///
    /// # Errors
    /// Those of [`failure`].
    pub async fn version(&self) -> Result<String> {
        let version = backoff::patiently(|| self.client.apiserver_version()).await;
        Ok(version.map_err(|error| self.failure(error, "read the server's version"))?.git_version)
    }

    /// The address of the API server.
    #[must_use]
    pub fn server(&self) -> &str {
        &self.server
    }

    /// The API of `resource` in one namespace, or in all of them (and for what lives in none).
    fn api(&self, resource: &ApiResource, namespace: Option<&str>) -> Api<DynamicObject> {
        let client = self.client.clone();
        match namespace {
            Some(namespace) => Api::namespaced_with(client, namespace, resource),
            None => Api::all_with(client, resource),
        }
    }

    /// Says what `error` means to the user who wanted to `act`.
    fn failure(&self, error: kube::Error, act: &str) -> anyhow::Error {
        failure::explain(error, act, &self.way)
    }
}
