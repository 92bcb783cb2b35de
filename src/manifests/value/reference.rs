//! References to other objects, as `flux` writes them: `Kind/name.namespace`.

use std::str::FromStr;

use anyhow::{Error, Result, anyhow, ensure};
use nigari_api::appliers::{DependencyReference, ValuesKind};
use nigari_api::helm::{
    ChartRefKind, CrossNamespaceObjectReference, CrossNamespaceSourceReference, ValuesReference,
};
use nigari_api::kustomize::{SourceKind, SourceReference};
use nigari_api::meta::{NamespacedObjectKindReference, NamespacedObjectReference};
use nigari_api::notification::{ReceiverResource, ReferentKind};
use nigari_api::source::{HelmChartSourceKind, LocalHelmChartSourceReference};
use nigari_api::terraform;
use serde::{Deserialize as _, Serialize};

use super::expression::cel;
use crate::kinds;
use crate::manifests::name::{dns_label, dns_subdomain};

/// Words for kinds, as the API writes them.
type Words<T> = [(&'static str, T)];

const KUSTOMIZATION_SOURCES: [(&str, SourceKind); 4] = [
    ("GitRepository", SourceKind::GitRepository),
    ("OCIRepository", SourceKind::OCIRepository),
    ("Bucket", SourceKind::Bucket),
    ("ExternalArtifact", SourceKind::ExternalArtifact),
];

const CHART_SOURCES: [(&str, HelmChartSourceKind); 3] = [
    ("HelmRepository", HelmChartSourceKind::HelmRepository),
    ("GitRepository", HelmChartSourceKind::GitRepository),
    ("Bucket", HelmChartSourceKind::Bucket),
];

const CHARTS: [(&str, ChartRefKind); 3] = [
    ("OCIRepository", ChartRefKind::OCIRepository),
    ("HelmChart", ChartRefKind::HelmChart),
    ("ExternalArtifact", ChartRefKind::ExternalArtifact),
];

const TERRAFORM_SOURCES: [(&str, terraform::SourceKind); 3] = [
    ("GitRepository", terraform::SourceKind::GitRepository),
    ("OCIRepository", terraform::SourceKind::OCIRepository),
    ("Bucket", terraform::SourceKind::Bucket),
];

const VALUES: [(&str, ValuesKind); 2] =
    [("Secret", ValuesKind::Secret), ("ConfigMap", ValuesKind::ConfigMap)];

/// The built-in kinds whose health can be asked for, and their versions.
const WORKLOADS: [(&str, &str); 5] = [
    ("Deployment", "apps/v1"),
    ("DaemonSet", "apps/v1"),
    ("StatefulSet", "apps/v1"),
    ("Job", "batch/v1"),
    ("Pod", "v1"),
];

/// A kind that the API of Alerts only knows where its definition was patched.
pub const TERRAFORM: &str = "Terraform";

/// `[Kind/]name[.namespace]`, taken apart.
struct Parts<'a> {
    kind: Option<&'a str>,
    name: &'a str,
    namespace: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// What follows the last dot is the namespace.
    fn of(text: &'a str) -> Self {
        let (kind, rest) = kind_and_rest(text);
        let (name, namespace) = match rest.rsplit_once('.') {
            Some((name, namespace)) => (name, Some(namespace)),
            None => (rest, None),
        };
        Self { kind, name, namespace }
    }

    fn checked(self) -> Result<Self> {
        dns_subdomain(self.name)?;
        self.namespace.map(dns_label).transpose()?;
        Ok(self)
    }

    fn name(&self) -> String {
        self.name.to_owned()
    }

    fn namespace(&self) -> Option<String> {
        self.namespace.map(str::to_owned)
    }
}

fn kind_and_rest(text: &str) -> (Option<&str>, &str) {
    match text.split_once('/') {
        Some((kind, rest)) => (Some(kind), rest),
        None => (None, text),
    }
}

/// The kind that a word means, in any case.
fn kind_of<T: Copy>(word: &str, kinds: &Words<T>) -> Option<T> {
    let mut known = kinds.iter().filter(|(kind, _)| kind.eq_ignore_ascii_case(word));
    known.next().map(|(_, value)| *value)
}

fn wrong_kind<T>(text: &str, form: &str, kinds: &Words<T>) -> Error {
    let known: Vec<&str> = kinds.iter().map(|(kind, _)| *kind).collect();
    anyhow!("{text:?} is not {form} with one of {}, like {}/app", known.join(", "), known[0])
}

/// A reference whose kind must be given.
fn with_kind<'a, T: Copy>(text: &'a str, kinds: &Words<T>) -> Result<(T, Parts<'a>)> {
    let parts = Parts::of(text);
    let kind = parts.kind.and_then(|kind| kind_of(kind, kinds));
    let kind = kind.ok_or_else(|| wrong_kind(text, "KIND/NAME[.NAMESPACE]", kinds))?;
    Ok((kind, parts.checked()?))
}

/// A reference whose kind is the first of `kinds` unless it is given.
fn with_default<'a, T: Copy>(text: &'a str, kinds: &Words<T>) -> Result<(T, Parts<'a>)> {
    let parts = Parts::of(text);
    let kind = parts.kind.unwrap_or(kinds[0].0);
    let kind =
        kind_of(kind, kinds).ok_or_else(|| wrong_kind(text, "[KIND/]NAME[.NAMESPACE]", kinds))?;
    Ok((kind, parts.checked()?))
}

/// The source of a Kustomization; a GitRepository unless it says otherwise.
///
/// # Errors
/// With the kinds that there are.
pub fn kustomization_source(text: &str) -> Result<SourceReference> {
    let (kind, parts) = with_default(text, &KUSTOMIZATION_SOURCES)?;
    Ok(SourceReference {
        kind,
        name: parts.name(),
        namespace: parts.namespace(),
        api_version: None,
    })
}

/// The source of a release's chart.
///
/// # Errors
/// With the kinds that there are.
pub fn release_source(text: &str) -> Result<CrossNamespaceObjectReference> {
    let (kind, parts) = with_kind(text, &CHART_SOURCES)?;
    Ok(CrossNamespaceObjectReference {
        api_version: None,
        kind,
        name: parts.name(),
        namespace: parts.namespace(),
    })
}

/// The source of a HelmChart, in its own namespace.
///
/// # Errors
/// With the kinds that there are.
pub fn chart_source(text: &str) -> Result<LocalHelmChartSourceReference> {
    let (kind, name) = kind_and_rest(text);
    let kind = kind.and_then(|kind| kind_of(kind, &CHART_SOURCES));
    let kind = kind.ok_or_else(|| wrong_kind(text, "KIND/NAME", &CHART_SOURCES))?;
    Ok(LocalHelmChartSourceReference { api_version: None, kind, name: dns_subdomain(name)? })
}

/// The existing chart of a release.
///
/// # Errors
/// With the kinds that there are.
pub fn chart_ref(text: &str) -> Result<CrossNamespaceSourceReference> {
    let (kind, parts) = with_kind(text, &CHARTS)?;
    Ok(CrossNamespaceSourceReference {
        api_version: None,
        kind,
        name: parts.name(),
        namespace: parts.namespace(),
    })
}

/// The source of OpenTofu code; a GitRepository unless it says otherwise.
///
/// # Errors
/// With the kinds that there are.
pub fn terraform_source(text: &str) -> Result<terraform::CrossNamespaceSourceReference> {
    let (kind, parts) = with_default(text, &TERRAFORM_SOURCES)?;
    Ok(terraform::CrossNamespaceSourceReference {
        api_version: None,
        kind,
        name: parts.name(),
        namespace: parts.namespace(),
    })
}

/// A Secret or ConfigMap in the same namespace.
fn values_object(text: &str) -> Result<(ValuesKind, String)> {
    let (kind, name) = kind_and_rest(text);
    let kind = kind.and_then(|kind| kind_of(kind, &VALUES));
    let kind = kind.ok_or_else(|| wrong_kind(text, "KIND/NAME", &VALUES))?;
    Ok((kind, dns_subdomain(name)?))
}

/// A Secret or ConfigMap with a release's values.
///
/// # Errors
/// With the kinds that there are.
pub fn values_from(text: &str) -> Result<ValuesReference> {
    let (kind, name) = values_object(text)?;
    Ok(ValuesReference {
        kind,
        name,
        literal: None,
        optional: None,
        target_path: None,
        values_key: None,
    })
}

/// A Secret or ConfigMap, and which of its keys: `Secret/aws=region,zone`; all when none is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeysOf {
    /// Secret or ConfigMap.
    pub kind: ValuesKind,
    /// Its name.
    pub name: String,
    /// The keys, as they were given.
    pub keys: Vec<String>,
}

impl FromStr for KeysOf {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (object, keys) = text.split_once('=').unwrap_or((text, ""));
        let (kind, name) = values_object(object)?;
        let keys = keys.split(',').filter(|key| !key.is_empty()).map(str::to_owned).collect();
        Ok(Self { kind, name, keys })
    }
}

/// What must be ready first: `[namespace/]name`, several parted by commas; behind `@`, for the last of them,
/// a CEL expression that decides instead of its condition Ready.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependencies(pub Vec<DependencyReference>);

impl FromStr for Dependencies {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (names, expression) = match text.split_once('@') {
            Some((names, expression)) => (names, Some(cel(expression)?)),
            None => (text, None),
        };
        let mut all = names.split(',').map(dependency).collect::<Result<Vec<_>>>()?;
        if let Some(last) = all.last_mut() {
            last.ready_expr = expression;
        }
        Ok(Self(all))
    }
}

fn dependency(text: &str) -> Result<DependencyReference> {
    let NamespacedObjectReference { name, namespace } = namespaced_name(text)?;
    Ok(DependencyReference { name, namespace, ready_expr: None })
}

/// `[namespace/]name`.
///
/// # Errors
/// With the rule for names.
pub fn namespaced_name(text: &str) -> Result<NamespacedObjectReference> {
    let (namespace, name) = kind_and_rest(text);
    let namespace = namespace.map(dns_label).transpose()?;
    Ok(NamespacedObjectReference { name: dns_subdomain(name)?, namespace })
}

/// `name[.namespace]`.
///
/// # Errors
/// With the rule for names.
pub fn name_with_namespace(text: &str) -> Result<NamespacedObjectReference> {
    let parts = Parts::of(text).checked()?;
    ensure!(parts.kind.is_none(), "{text:?} is not NAME[.NAMESPACE], like credentials.flux-system");
    Ok(NamespacedObjectReference { name: parts.name(), namespace: parts.namespace() })
}

/// An object whose health is waited for: `Kind/name.namespace`.
///
/// # Errors
/// With the kinds that there are.
pub fn health_check(text: &str) -> Result<NamespacedObjectKindReference> {
    let refused = || {
        let known: Vec<&str> = WORKLOADS.iter().map(|(kind, _)| *kind).collect();
        let known = known.join(", ");
        anyhow!(
            "{text:?} is not KIND/NAME.NAMESPACE with one of {known} or a kind of Flux, like \
             Deployment/web.apps"
        )
    };
    let parts = Parts::of(text);
    let word = parts.kind.ok_or_else(refused)?;
    let workload = WORKLOADS.iter().find(|(kind, _)| kind.eq_ignore_ascii_case(word));
    let (kind, api_version) = match (workload, kinds::of_api_kind(word)) {
        (Some((kind, version)), _) => (*kind, (*version).to_owned()),
        (None, Some(kind)) => (kind.kind, format!("{}/{}", kind.group, kind.versions[0])),
        (None, None) => return Err(refused()),
    };
    let parts = parts.checked()?;
    let namespace = Some(parts.namespace().ok_or_else(refused)?);
    let (api_version, kind) = (Some(api_version), kind.to_owned());
    Ok(NamespacedObjectKindReference { api_version, kind, name: parts.name(), namespace })
}

/// The objects whose events an Alert forwards: `Kind/name[.namespace]`, the name also `*`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventSource {
    /// The kind; one that the API of Alerts knows, or [`TERRAFORM`].
    pub kind: String,
    /// The name, or `*`.
    pub name: String,
    /// The namespace; that of the Alert when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
}

impl FromStr for EventSource {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = Parts::of(text);
        let known = kinds::ALL.iter().map(|kind| kind.kind);
        let known: Vec<&str> =
            known.filter(|kind| *kind == TERRAFORM || is_referent(kind)).collect();
        let word = parts.kind.unwrap_or_default();
        let kind = known.iter().find(|kind| kind.eq_ignore_ascii_case(word)).ok_or_else(|| {
            anyhow!(
                "{text:?} is not KIND/NAME[.NAMESPACE] with one of {}, like Kustomization/* or \
                 HelmRelease/web.apps",
                known.join(", ")
            )
        })?;
        if parts.name == "*" {
            parts.namespace.map(dns_label).transpose()?;
        } else {
            dns_subdomain(parts.name)?;
            parts.namespace.map(dns_label).transpose()?;
        }
        Ok(Self { kind: (*kind).to_owned(), name: parts.name(), namespace: parts.namespace() })
    }
}

fn is_referent(kind: &str) -> bool {
    referent(kind).is_some()
}

/// The kind, if the notification API knows it by this name.
fn referent(kind: &str) -> Option<ReferentKind> {
    ReferentKind::deserialize(serde_json::Value::from(kind)).ok()
}

/// An object that a Receiver has reconciled: `Kind/name`, the name also `*`.
///
/// # Errors
/// With the kinds that there are.
pub fn receiver_resource(text: &str) -> Result<ReceiverResource> {
    let (word, name) = kind_and_rest(text);
    let known = kinds::ALL.iter().filter(|kind| is_referent(kind.kind));
    let kind = known
        .clone()
        .find(|kind| word.is_some_and(|word| kind.kind.eq_ignore_ascii_case(word)))
        .and_then(|kind| referent(kind.kind));
    let kind = kind.ok_or_else(|| {
        let known: Vec<&str> = known.map(|kind| kind.kind).collect();
        anyhow!(
            "{text:?} is not KIND/NAME with one of {}, like GitRepository/fleet",
            known.join(", ")
        )
    })?;
    if name != "*" {
        dns_subdomain(name)?;
    }
    Ok(ReceiverResource {
        api_version: None,
        filter: None,
        kind,
        match_labels: Default::default(),
        name: name.to_owned(),
        namespace: None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn json<T: Serialize>(parsed: Result<T>) -> Value {
        parsed.map_or(Value::Null, |value| serde_json::to_value(value).unwrap())
    }

    #[test]
    fn sources_may_say_kind_and_namespace() {
        let git = |name: &str| json!({"kind": "GitRepository", "name": name});
        assert_eq!(json(kustomization_source("fleet")), git("fleet"));
        assert_eq!(json(kustomization_source("gitrepository/fleet")), git("fleet"));
        assert_eq!(
            json(kustomization_source("OCIRepository/a.b.flux-system")),
            json!({"kind": "OCIRepository", "name": "a.b", "namespace": "flux-system"})
        );
        assert_eq!(json(terraform_source("fleet")), git("fleet"));
        assert_eq!(
            json(release_source("HelmRepository/charts.flux-system")),
            json!({"kind": "HelmRepository", "name": "charts", "namespace": "flux-system"})
        );
        assert_eq!(
            json(chart_source("helmrepository/charts.v1")),
            json!({"kind": "HelmRepository", "name": "charts.v1"})
        );
        assert_eq!(json(chart_ref("HelmChart/x")), json!({"kind": "HelmChart", "name": "x"}));
    }

    #[test]
    fn other_kinds_and_bad_names_are_refused() {
        for bad in
            ["", "Secret/x", "GitRepository", "GitRepository/", "a/b/c", "Bucket/A", "x.", "x._"]
        {
            assert!(kustomization_source(bad).is_err(), "{bad}");
        }
        for bad in ["charts", "OCIRepository/x", "HelmRepository/"] {
            assert!(release_source(bad).is_err(), "{bad}");
            assert!(chart_source(bad).is_err(), "{bad}");
        }
        assert!(chart_ref("GitRepository/x").is_err());
        assert!(terraform_source("HelmRepository/x").is_err());
        assert!(values_from("Deployment/x").is_err());
        let error = kustomization_source("Secret/x").unwrap_err().to_string();
        assert!(error.contains("OCIRepository, Bucket"), "{error}");
    }

    #[test]
    fn dependencies_may_carry_an_expression() {
        let parsed: Dependencies = "infra,apps/db@f(a, b) && [c, d][0]".parse().unwrap();
        assert_eq!(
            json(Ok(parsed.0)),
            json!([{"name": "infra"},
                {"name": "db", "namespace": "apps", "readyExpr": "f(a, b) && [c, d][0]"}])
        );
        for bad in ["", "a,,b", "a@", "a@f(", "a@b, c", "A", "a/b/c"] {
            assert!(bad.parse::<Dependencies>().is_err(), "{bad}");
        }
    }

    #[test]
    fn health_checks_name_the_version_too() {
        assert_eq!(
            json(health_check("deployment/web.apps")),
            json!({"apiVersion": "apps/v1", "kind": "Deployment", "name": "web",
                "namespace": "apps"})
        );
        assert_eq!(
            json(health_check("HelmRelease/web.apps")),
            json!({"apiVersion": "helm.toolkit.fluxcd.io/v2", "kind": "HelmRelease",
                "name": "web", "namespace": "apps"})
        );
        for bad in ["Deployment/web", "web.apps", "Widget/web.apps", "Deployment/.apps"] {
            assert!(health_check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn events_may_come_from_every_object_of_a_kind() {
        let parsed = |text: &str| json(text.parse::<EventSource>());
        assert_eq!(parsed("kustomization/*"), json!({"kind": "Kustomization", "name": "*"}));
        assert_eq!(
            parsed("HelmRelease/*.apps"),
            json!({"kind": "HelmRelease", "name": "*", "namespace": "apps"})
        );
        assert_eq!(parsed("Terraform/vpc"), json!({"kind": "Terraform", "name": "vpc"}));
        for bad in ["Kustomization", "Deployment/x", "*/*", "Kustomization/a*", "Provider/x"] {
            assert_eq!(parsed(bad), Value::Null, "{bad}");
        }
    }

    #[test]
    fn receivers_name_objects_in_their_own_namespace() {
        assert_eq!(
            json(receiver_resource("gitrepository/a.b")),
            json!({"kind": "GitRepository", "name": "a.b"})
        );
        assert!(receiver_resource("Terraform/vpc").is_err());
        assert!(receiver_resource("fleet").is_err());
    }

    #[test]
    fn keys_follow_the_object() {
        let keys: KeysOf = "secret/aws=region,zone:az".parse().unwrap();
        assert_eq!((keys.name.as_str(), keys.keys.join(" ")), ("aws", "region zone:az".to_owned()));
        assert!("ConfigMap/x".parse::<KeysOf>().unwrap().keys.is_empty());
        assert!("x=a".parse::<KeysOf>().is_err());
    }
}
