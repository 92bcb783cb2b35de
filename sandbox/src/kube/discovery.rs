//! Discovery: which groups, versions and kinds there are.

use std::sync::Arc;

use serde_json::{Value, json};

use super::resources::{Registry, Resource, api_version};

/// The version that the sandbox claims to be.
pub(crate) fn version() -> Value {
    json!({
        "major": "1",
        "minor": "36",
        "emulationMajor": "1",
        "emulationMinor": "36",
        "minCompatibilityMajor": "1",
        "minCompatibilityMinor": "35",
        "gitVersion": "v1.36.3",
        "gitCommit": "",
        "gitTreeState": "clean",
        "buildDate": "1970-01-01T00:00:00Z",
        "goVersion": "",
        "compiler": "gc",
        "platform": "linux/amd64",
    })
}

/// `/.well-known/openid-configuration`; the keys themselves are not served.
pub(crate) fn issuer(address: &str) -> Value {
    json!({
        "issuer": address,
        "jwks_uri": format!("{address}/openid/v1/jwks"),
        "response_types_supported": ["id_token"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    })
}

/// `/api`.
pub(crate) fn core_versions() -> Value {
    json!({
        "kind": "APIVersions",
        "versions": ["v1"],
        "serverAddressByClientCIDRs": [],
    })
}

/// The groups besides the core one, in order, each with its versions, best first.
fn groups(registry: &Registry) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for resource in registry.all() {
        match groups.iter_mut().find(|(name, _)| *name == resource.group) {
            Some((_, versions)) if versions.contains(&resource.version) => {}
            Some((_, versions)) => versions.push(resource.version.clone()),
            None => groups.push((resource.group.clone(), vec![resource.version.clone()])),
        }
    }
    groups
}

fn group_entry(name: &str, versions: &[String]) -> Value {
    let entry =
        |version: &String| json!({"groupVersion": api_version(name, version), "version": version});
    let versions: Vec<_> = versions.iter().map(entry).collect();
    json!({"name": name, "versions": versions, "preferredVersion": versions[0]})
}

/// `/apis`.
pub(crate) fn group_list(registry: &Registry) -> Value {
    let groups: Vec<_> = groups(registry)
        .iter()
        .filter(|(name, _)| !name.is_empty())
        .map(|(name, versions)| group_entry(name, versions))
        .collect();
    json!({"kind": "APIGroupList", "apiVersion": "v1", "groups": groups})
}

/// `/apis/GROUP`.
pub(crate) fn group(registry: &Registry, name: &str) -> Option<Value> {
    let groups = groups(registry);
    let (_, versions) = groups.iter().find(|(known, _)| known == name)?;
    let mut entry = group_entry(name, versions);
    entry["kind"] = "APIGroup".into();
    entry["apiVersion"] = "v1".into();
    Some(entry)
}

fn of_version<'a>(
    registry: &'a Registry,
    group: &'a str,
    version: &'a str,
) -> impl Iterator<Item = &'a Arc<Resource>> {
    registry
        .all()
        .iter()
        .filter(move |resource| resource.group == group && resource.version == version)
}

/// `/api/v1` or `/apis/GROUP/VERSION`.
pub(crate) fn resource_list(registry: &Registry, group: &str, version: &str) -> Option<Value> {
    let mut entries = Vec::new();
    for resource in of_version(registry, group, version) {
        entries.push(resource.discovery());
        if resource.has_status {
            entries.push(json!({
                "name": format!("{}/status", resource.plural),
                "singularName": "",
                "namespaced": resource.namespaced,
                "kind": resource.kind,
                "verbs": ["get", "patch", "update"],
            }));
        }
    }
    (!entries.is_empty()).then(|| {
        let mut list = json!({
            "kind": "APIResourceList",
            "groupVersion": api_version(group, version),
            "resources": entries,
        });
        // The oldest group answers in the oldest form.
        if !group.is_empty() {
            list["apiVersion"] = "v1".into();
        }
        list
    })
}

/// The aggregated form of `/api` (the core group) or `/apis` (all others).
pub(crate) fn aggregated(registry: &Registry, is_core: bool) -> Value {
    let items: Vec<_> = groups(registry)
        .iter()
        .filter(|(name, _)| name.is_empty() == is_core)
        .map(|(name, versions)| {
            let versions: Vec<_> = versions
                .iter()
                .map(|version| {
                    let resources: Vec<_> = of_version(registry, name, version)
                        .map(|kind| aggregated_kind(kind))
                        .collect();
                    json!({"version": version, "resources": resources, "freshness": "Current"})
                })
                .collect();
            let metadata = match is_core {
                true => json!({}),
                false => json!({"name": name}),
            };
            json!({"metadata": metadata, "versions": versions})
        })
        .collect();
    json!({
        "kind": "APIGroupDiscoveryList",
        "apiVersion": "apidiscovery.k8s.io/v2",
        "metadata": {},
        "items": items,
    })
}

fn aggregated_kind(resource: &Resource) -> Value {
    // Only what differs from the group and version around it is said, and for custom kinds all.
    let kind = match resource.is_custom() {
        true => json!({
            "group": resource.group, "version": resource.version, "kind": resource.kind,
        }),
        false => json!({"group": "", "version": "", "kind": resource.kind}),
    };
    let mut entry = json!({
        "resource": resource.plural,
        "responseKind": kind,
        "scope": if resource.namespaced { "Namespaced" } else { "Cluster" },
        "singularResource": resource.singular,
        "verbs": resource.verbs(),
    });
    if !resource.short_names.is_empty() {
        entry["shortNames"] = json!(resource.short_names);
    }
    if !resource.categories.is_empty() {
        entry["categories"] = json!(resource.categories);
    }
    if resource.has_status {
        entry["subresources"] = json!([{
            "subresource": "status",
            "responseKind": kind,
            "verbs": ["get", "patch", "update"],
        }]);
    }
    entry
}
