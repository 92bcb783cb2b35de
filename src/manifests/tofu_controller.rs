//! tofu-controller: the source of its chart, and the HelmRelease that installs it.
//!
//! Source: flux-iac/tofu-controller v0.16.5, `docs/release.yaml` and `charts/tofu-controller`.

use anyhow::Result;
use nigari_api::helm::{
    CRDsPolicy, ChartRefKind, CrossNamespaceObjectReference, CrossNamespaceSourceReference,
    HelmChartTemplate, HelmChartTemplateSpec, HelmReleaseSpec, Install, InstallRemediation,
    Upgrade, UpgradeRemediation,
};
use nigari_api::meta::Object;
use nigari_api::source::{
    HelmChartSourceKind, HelmRepositorySpec, OCILayerOperation, OCILayerSelector, OCIRepositoryRef,
    OCIRepositorySpec,
};
use semver::Version;
use serde_json::{Map, Value, json};

use super::options::{LogLevel, Options};
use super::version;
use crate::error::{Explain as _, usage};

/// The version of the chart that is installed unless another one is named.
pub const CHART_VERSION: &str = "0.16.5";

/// Where upstream publishes the chart.
pub const CHART_REPOSITORY: &str = "https://flux-iac.github.io/tofu-controller";

/// The name of the chart, of its source, of its release, and of the Deployment that comes of it.
pub const NAME: &str = "tofu-controller";

/// The CRD that the chart brings.
pub const DEFINITION: &str = "terraforms.infra.contrib.fluxcd.io";

/// The components without which the chart is not installed.
pub const NEEDED: [&str; 2] = ["source-controller", "helm-controller"];

/// Chart and controller change rarely; who cannot wait asks with `reconcile`.
const INTERVAL: &str = "1h0m0s";

/// How often a failed installation or upgrade is tried again.
const RETRIES: isize = 3;

/// What Helm calls the layer that holds a chart.
const CHART_LAYER: &str = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

/// Which chart, from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Its version.
    pub version: Version,
    /// A Helm repository that lists it, or with `oci://` the chart itself in a registry.
    pub url: String,
}

/// Reads the version of a chart: one version and no range, because a minor of 0.x may break.
///
/// # Errors
/// [`crate::error::Class::Usage`] for what is none, and for one from before the chart had its name.
pub fn chart_version(text: &str) -> Result<Version> {
    let Some(version) = version::parse(text) else {
        return Err(usage(format!("{text:?} is not one version of the chart"))
            .hint(format!("write it like {CHART_VERSION}")));
    };
    if version < Version::new(0, 16, 0) {
        return Err(usage(format!("there is no chart {NAME} of version {version}"))
            .hint("choose 0.16.0 or newer"));
    }
    Ok(version)
}

/// The source, then the release.
///
/// # Errors
/// When an object cannot be written as JSON.
pub fn objects(chart: &Chart, options: &Options) -> Result<Vec<Value>> {
    let namespace = &options.namespace;
    let is_in_registry = chart.url.starts_with("oci://");
    let source = match is_in_registry {
        true => serde_json::to_value(Object::new(namespace, NAME, oci_repository(chart)))?,
        false => serde_json::to_value(Object::new(namespace, NAME, helm_repository(chart)))?,
    };
    let mut spec = release(options);
    match is_in_registry {
        true => {
            spec.chart_ref = Some(CrossNamespaceSourceReference {
                api_version: None,
                kind: ChartRefKind::OCIRepository,
                name: NAME.to_owned(),
                namespace: None,
            });
        }
        false => spec.chart = Some(template(chart)),
    }
    Ok(vec![source, serde_json::to_value(Object::new(namespace, NAME, spec))?])
}

fn helm_repository(chart: &Chart) -> HelmRepositorySpec {
    HelmRepositorySpec {
        interval: Some(INTERVAL.to_owned()),
        url: chart.url.clone(),
        ..HelmRepositorySpec::default()
    }
}

fn oci_repository(chart: &Chart) -> OCIRepositorySpec {
    OCIRepositorySpec {
        interval: INTERVAL.to_owned(),
        layer_selector: Some(OCILayerSelector {
            media_type: Some(CHART_LAYER.to_owned()),
            operation: Some(OCILayerOperation::Copy),
        }),
        reference: Some(OCIRepositoryRef {
            tag: Some(chart.version.to_string()),
            ..OCIRepositoryRef::default()
        }),
        url: chart.url.clone(),
        ..OCIRepositorySpec::default()
    }
}

fn template(chart: &Chart) -> HelmChartTemplate {
    let source_ref = CrossNamespaceObjectReference {
        api_version: None,
        kind: HelmChartSourceKind::HelmRepository,
        name: NAME.to_owned(),
        namespace: None,
    };
    let spec = HelmChartTemplateSpec {
        chart: NAME.to_owned(),
        ignore_missing_values_files: None,
        interval: None,
        reconcile_strategy: None,
        source_ref,
        values_files: Vec::new(),
        verify: None,
        version: Some(chart.version.to_string()),
    };
    HelmChartTemplate { metadata: None, spec }
}

/// The CRD is in the chart's folder `crds`, which Helm itself never upgrades: an upgrade has to be told.
fn release(options: &Options) -> HelmReleaseSpec {
    let install = Install {
        crds: Some(CRDsPolicy::Create),
        remediation: Some(InstallRemediation {
            retries: Some(RETRIES),
            ..InstallRemediation::default()
        }),
        ..Install::default()
    };
    let upgrade = Upgrade {
        crds: Some(CRDsPolicy::CreateReplace),
        remediation: Some(UpgradeRemediation {
            retries: Some(RETRIES),
            ..UpgradeRemediation::default()
        }),
        ..Upgrade::default()
    };
    HelmReleaseSpec {
        install: Some(install),
        interval: INTERVAL.to_owned(),
        upgrade: Some(upgrade),
        values: values(options),
        ..HelmReleaseSpec::default()
    }
}

/// What differs from the chart's own values, so that it runs as Flux's own controllers do.
fn values(options: &Options) -> Option<Value> {
    let usual = Options::default();
    let mut values = Map::new();
    let mut set = |name: &str, value: Value| drop(values.insert(name.to_owned(), value));
    let (namespace, domain) = (&options.namespace, &options.cluster_domain);
    if *domain != usual.cluster_domain {
        set("clusterDomain", json!(domain));
    }
    let notifies = options.components.iter().any(|it| it.name == "notification-controller");
    if !notifies {
        set("eventsAddress", json!(""));
    } else if *namespace != usual.namespace || *domain != usual.cluster_domain {
        let address = format!("http://notification-controller.{namespace}.svc.{domain}./");
        set("eventsAddress", json!(address));
    }
    if options.log_level != LogLevel::Info {
        set("logLevel", json!(options.log_level.to_string()));
    }
    if !options.toleration_keys.is_empty() {
        let toleration = |key: &String| json!({"key": key, "operator": "Exists"});
        let tolerations: Vec<Value> = options.toleration_keys.iter().map(toleration).collect();
        set("tolerations", json!(tolerations));
    }
    if !options.watch_all_namespaces {
        set("watchAllNamespaces", json!(false));
    }
    Some(Value::Object(values)).filter(|values| *values != json!({}))
}

#[cfg(test)]
mod tests {
    use super::super::components::select;
    use super::*;
    use crate::error::{Class, class_of};

    fn made(url: &str, options: &Options) -> [Value; 2] {
        let version = chart_version(CHART_VERSION).unwrap();
        let made = objects(&Chart { version, url: url.to_owned() }, options).unwrap();
        made.try_into().unwrap()
    }

    #[test]
    fn the_chart_comes_from_its_repository_with_the_policy_for_its_crd() {
        let [source, release] = made(CHART_REPOSITORY, &Options::default());
        assert_eq!(source["kind"], "HelmRepository");
        assert_eq!(source["spec"]["url"], CHART_REPOSITORY);
        assert_eq!(
            release["spec"],
            json!({
                "chart": {"spec": {"chart": NAME, "version": CHART_VERSION,
                    "sourceRef": {"kind": "HelmRepository", "name": NAME}}},
                "install": {"crds": "Create", "remediation": {"retries": 3}},
                "interval": "1h0m0s",
                "upgrade": {"crds": "CreateReplace", "remediation": {"retries": 3}},
            })
        );
    }

    #[test]
    fn a_chart_in_a_registry_is_pinned_by_its_tag() {
        let url = "oci://ghcr.io/flux-iac/charts/tofu-controller";
        let [source, release] = made(url, &Options::default());
        assert_eq!(source["kind"], "OCIRepository");
        assert_eq!(source["spec"]["ref"], json!({"tag": CHART_VERSION}));
        assert_eq!(source["spec"]["layerSelector"]["operation"], "copy");
        assert_eq!(release["spec"]["chartRef"], json!({"kind": "OCIRepository", "name": NAME}));
        assert!(release["spec"].get("chart").is_none());
    }

    #[test]
    fn the_options_of_the_installation_reach_it() {
        let options = Options {
            namespace: "gitops".to_owned(),
            cluster_domain: "corp.example".to_owned(),
            log_level: LogLevel::Debug,
            toleration_keys: vec!["critical".to_owned()],
            watch_all_namespaces: false,
            ..Options::default()
        };
        let [source, release] = made(CHART_REPOSITORY, &options);
        assert_eq!(source["metadata"]["namespace"], "gitops");
        assert_eq!(
            release["spec"]["values"],
            json!({
                "clusterDomain": "corp.example",
                "eventsAddress": "http://notification-controller.gitops.svc.corp.example./",
                "logLevel": "debug",
                "tolerations": [{"key": "critical", "operator": "Exists"}],
                "watchAllNamespaces": false,
            })
        );
        let silent = Options { components: select(&NEEDED).unwrap(), ..Options::default() };
        let [_, release] = made(CHART_REPOSITORY, &silent);
        assert_eq!(release["spec"]["values"], json!({"eventsAddress": ""}));
    }

    #[test]
    fn a_version_is_one_version_of_the_chart() {
        assert_eq!(chart_version("v0.16.4").unwrap(), Version::new(0, 16, 4));
        for text in [">=0.16.0", "0.16.x", "0.15.1", ""] {
            let error = chart_version(text).unwrap_err();
            assert_eq!(class_of(&error), Class::Usage, "{text}");
        }
    }
}
