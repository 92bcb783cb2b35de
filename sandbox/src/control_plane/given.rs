//! A cluster of somebody else's that may be used for tests, because it says so itself.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use k8s_openapi::api::core::v1::ConfigMap;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use kube::{Api, Client};

use crate::environment;

/// The variable that names the kubeconfig of such a cluster.
pub const VARIABLE: &str = "NIGARI_TEST_KUBECONFIG";
/// Where the marker is.
pub(super) const NAMESPACE: &str = "kube-system";
/// The ConfigMap that says: whatever is in this cluster, tests may overwrite and delete it.
pub const MARKER: &str = "nigari-test-cluster";

/// The kubeconfig that [`VARIABLE`] names, if it is set.
#[must_use]
pub fn kubeconfig_path() -> Option<OsString> {
    environment::variable(VARIABLE)
}

/// Reads the kubeconfig at `path`, of a cluster that holds the marker.
///
/// # Errors
/// When the file or the cluster cannot be read, or the marker is missing; then the message says
/// how to make it. Nobody uninstalls a real cluster by a test.
pub async fn kubeconfig(path: &Path) -> Result<String> {
    let about = || format!("{VARIABLE} is {}", path.display());
    let kubeconfig = fs::read_to_string(path).with_context(about)?;
    let client = Client::try_from(super::connection(&kubeconfig).await.with_context(about)?)?;
    let maps: Api<ConfigMap> = Api::namespaced(client, NAMESPACE);
    if maps.get_opt(MARKER).await.with_context(about)?.is_none() {
        bail!(
            "{}, and tests would overwrite and delete what that cluster holds; if they may, run: \
             kubectl --kubeconfig={} --namespace={NAMESPACE} create configmap {MARKER}",
            about(),
            path.display()
        );
    }
    Ok(kubeconfig)
}

/// The marker, for a cluster that was made for tests.
pub(super) fn marker() -> ConfigMap {
    let metadata = ObjectMeta { name: Some(MARKER.to_owned()), ..ObjectMeta::default() };
    let data = BTreeMap::from([("made-by".to_owned(), "testcluster".to_owned())]);
    ConfigMap { metadata, data: Some(data), ..ConfigMap::default() }
}
