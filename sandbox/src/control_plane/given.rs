//! A cluster of somebody else's that may be used for tests, because it says so itself.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::{Api, Client};

use super::audit::AuditLog;
use super::leftovers;
use crate::environment;

/// The variable that names the kubeconfig of such a cluster.
pub const VARIABLE: &str = "NIGARI_TEST_KUBECONFIG";
/// Where the marker is.
pub(super) const NAMESPACE: &str = "kube-system";
/// The ConfigMap that says: whatever is in this cluster, tests may overwrite and delete it.
pub const MARKER: &str = "nigari-test-cluster";
/// In the marker: the file in which the API server writes down what it was asked.
const AUDIT_LOG: &str = "audit-log";

/// The kubeconfig that [`VARIABLE`] names, if it is set.
#[must_use]
pub fn kubeconfig_path() -> Option<OsString> {
    environment::variable(VARIABLE)
}

/// Such a cluster.
pub struct Given {
    kubeconfig: String,
    client: Client,
    audit_log: Option<PathBuf>,
}

impl Given {
    /// Reads the kubeconfig at `path`, of a cluster that holds the marker.
    ///
    /// # Errors
    /// When the file or the cluster cannot be read, or the marker is missing; then the message says
    /// how to make it. Nobody uninstalls a real cluster by a test.
    pub async fn open(path: &Path) -> Result<Self> {
        let about = || format!("{VARIABLE} is {}", path.display());
        let kubeconfig = fs::read_to_string(path).with_context(about)?;
        let client = Client::try_from(super::connection(&kubeconfig).await.with_context(about)?)?;
        let maps: Api<ConfigMap> = Api::namespaced(client.clone(), NAMESPACE);
        let Some(marker) = maps.get_opt(MARKER).await.with_context(about)? else {
            bail!(
                "{}, and tests would overwrite and delete what that cluster holds; if they may, run: \
                 kubectl --kubeconfig={} --namespace={NAMESPACE} create configmap {MARKER}",
                about(),
                path.display()
            );
        };
        let audit_log = marker.data.and_then(|mut data| data.remove(AUDIT_LOG)).map(PathBuf::from);
        Ok(Self { kubeconfig, client, audit_log })
    }

    /// Its kubeconfig.
    #[must_use]
    pub fn kubeconfig(&self) -> &str {
        &self.kubeconfig
    }

    /// Removes Flux and all that belongs to it, as former tests left it.
    ///
    /// # Errors
    /// When the cluster refuses that, or does not carry it out in time.
    pub async fn clear(&self) -> Result<()> {
        leftovers::remove(&self.client).await.with_context(|| format!("cannot clear {VARIABLE}"))
    }

    /// What the API server is asked from now on, if it writes that down on this machine.
    pub(crate) fn audit(&self) -> Option<AuditLog> {
        let log = self.audit_log.clone().filter(|path| path.is_file())?;
        Some(AuditLog::from_now(log))
    }
}

/// The marker, for a cluster that was made for tests.
pub(super) fn marker(audit_log: &Path) -> ConfigMap {
    let metadata = ObjectMeta { name: Some(MARKER.to_owned()), ..ObjectMeta::default() };
    let data = BTreeMap::from([
        ("made-by".to_owned(), "testcluster".to_owned()),
        (AUDIT_LOG.to_owned(), audit_log.display().to_string()),
    ]);
    ConfigMap { metadata, data: Some(data), ..ConfigMap::default() }
}
