//! Which rights the installation of Flux asks for.

use anyhow::{Result, anyhow};

use crate::cluster::Cluster;
use crate::cluster::access::Right;
use crate::error::{Class, Explain as _};

/// Refuses when we lack a right that is `needed`; whoever may do everything is asked nothing else.
pub(in crate::commands) async fn check_rights(cluster: &Cluster, needed: &[Right]) -> Result<()> {
    let missing = missing_rights(cluster, needed).await?;
    if missing.is_empty() {
        return Ok(());
    }
    Err(anyhow!("you may not install Flux on this cluster; missing: {}", missing.join("; "))
        .class(Class::Denied)
        .hint("ask for the ClusterRole cluster-admin, which Flux's own controllers get as well"))
}

/// What we lack of the rights that are `needed`, in words.
pub(in crate::commands) async fn missing_rights(
    cluster: &Cluster,
    needed: &[Right],
) -> Result<Vec<String>> {
    if cluster.missing_rights(&[Right::everywhere("*", "*", "*")]).await?.is_empty() {
        return Ok(Vec::new());
    }
    let missing = cluster.missing_rights(needed).await?;
    Ok(missing.iter().map(ToString::to_string).collect())
}

/// What server-side apply of the components asks for.
pub(in crate::commands) fn needed_rights(namespace: &str) -> Vec<Right> {
    const EVERYWHERE: [(&str, &str); 4] = [
        ("", "namespaces"),
        ("apiextensions.k8s.io", "customresourcedefinitions"),
        ("rbac.authorization.k8s.io", "clusterroles"),
        ("rbac.authorization.k8s.io", "clusterrolebindings"),
    ];
    const WITHIN: [(&str, &str); 5] = [
        ("", "resourcequotas"),
        ("", "serviceaccounts"),
        ("", "services"),
        ("apps", "deployments"),
        ("networking.k8s.io", "networkpolicies"),
    ];
    // To see whose the CRDs are that are there already.
    let mut rights =
        vec![Right::everywhere("list", "apiextensions.k8s.io", "customresourcedefinitions")];
    for verb in ["get", "create", "patch"] {
        rights.extend(EVERYWHERE.map(|(group, resource)| Right::everywhere(verb, group, resource)));
        rights.extend(
            WITHIN.map(|(group, resource)| Right::within(namespace, verb, group, resource)),
        );
    }
    rights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whose_the_definitions_are_can_only_be_seen_by_who_may_list_them() {
        let list = Right::everywhere("list", "apiextensions.k8s.io", "customresourcedefinitions");
        assert!(needed_rights("flux-system").contains(&list));
    }
}
