//! Whether one of a controller's Pods leads: only that one reconciles.

use k8s_openapi::api::coordination::v1::Lease;
use k8s_openapi::api::core::v1::Pod;
use kube::core::ApiResource;

use crate::cluster::Cluster;
use crate::kinds::view::text;

impl Cluster {
    /// Why no Pod of Deployment `namespace/name` leads, in words; nothing when one does, or where that cannot
    /// be seen. Whether a lease has expired is left to the Pods that compete for it: our clock is not theirs.
    ///
    /// Source: `main.go` of the controllers, which compete for Lease `NAME-leader-election`; a holder is the
    /// Pod's host name and a random part (controller-runtime, `pkg/leaderelection`).
    pub(super) async fn leaderless(&self, namespace: &str, name: &str) -> Option<String> {
        let lease = format!("{name}-leader-election");
        let leases = ApiResource::erase::<Lease>(&());
        let found = self.get(&leases, Some(namespace), &lease).await.ok()??;
        let holder = text(&found, "/spec/holderIdentity").unwrap_or_default();
        if holder.is_empty() {
            return Some(format!("nobody holds Lease {namespace}/{lease}"));
        }
        let pod = pod_of(holder, name)?;
        let pods = ApiResource::erase::<Pod>(&());
        let is_gone = self.get(&pods, Some(namespace), pod).await.ok()?.is_none();
        is_gone.then(|| format!("Lease {namespace}/{lease} is held by Pod {pod}, which is gone"))
    }
}

/// The Pod that a lease's holder is, if it is one of the Deployment `name`: on its node's network a Pod has the
/// node's host name.
fn pod_of<'a>(holder: &'a str, name: &str) -> Option<&'a str> {
    let host = holder.split_once('_').map_or(holder, |(host, _)| host);
    host.strip_prefix(name)?.starts_with('-').then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_pod_of_the_deployment_is_one() {
        let pod = |holder| pod_of(holder, "helm-controller");
        assert_eq!(pod("helm-controller-5d8f-x2x4z_0f1e"), Some("helm-controller-5d8f-x2x4z"));
        assert_eq!(pod("helm-controller-5d8f-x2x4z"), Some("helm-controller-5d8f-x2x4z"));
        assert_eq!(pod("helm-controllers-1_0f1e"), None);
        assert_eq!(pod("node-1_0f1e"), None);
    }
}
