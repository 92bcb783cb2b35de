//! The Pod that runs OpenTofu.

use nigari_api::appliers::ValuesKind;
use nigari_api::terraform::{
    EnvFromSource, EnvSource, EnvVar, ResourceRequirements, RunnerPodMetadata, RunnerPodSpec,
    RunnerPodTemplate,
};

use super::new::given;
use crate::cli::create::runner::RunnerArgs;
use crate::manifests::value::reference::KeysOf;
use crate::manifests::value::runner::Quantities;

/// What differs from tofu-controller's own Pod; nothing where nothing does.
pub(super) fn pod_template(args: &RunnerArgs) -> Option<RunnerPodTemplate> {
    let metadata = RunnerPodMetadata {
        annotations: args.runner_annotation.iter().cloned().collect(),
        labels: args.runner_label.iter().cloned().collect(),
    };
    let env = args.runner_env.iter().map(|(name, value)| EnvVar {
        name: name.clone(),
        value: Some(value.clone()),
        value_from: None,
    });
    let spec = RunnerPodSpec {
        env: env.collect(),
        env_from: args.runner_env_from.iter().map(env_from).collect(),
        image: given(&args.runner_image),
        node_selector: args.runner_node_selector.iter().cloned().collect(),
        priority_class_name: given(&args.runner_priority_class),
        resources: resources(args),
        tolerations: args.runner_toleration.iter().map(|one| one.0.clone()).collect(),
        ..RunnerPodSpec::default()
    };
    let template = RunnerPodTemplate {
        metadata: Some(metadata).filter(|metadata| *metadata != RunnerPodMetadata::default()),
        spec: Some(spec).filter(|spec| *spec != RunnerPodSpec::default()),
    };
    Some(template).filter(|template| *template != RunnerPodTemplate::default())
}

fn env_from(object: &KeysOf) -> EnvFromSource {
    let source = Some(EnvSource { name: Some(object.name.clone()), optional: None });
    match object.kind {
        ValuesKind::Secret => EnvFromSource { secret_ref: source, ..EnvFromSource::default() },
        ValuesKind::ConfigMap => {
            EnvFromSource { config_map_ref: source, ..EnvFromSource::default() }
        }
    }
}

fn resources(args: &RunnerArgs) -> Option<ResourceRequirements> {
    let amounts =
        |given: &Option<Quantities>| given.clone().map(|amounts| amounts.0).unwrap_or_default();
    let resources = ResourceRequirements {
        claims: Vec::new(),
        limits: amounts(&args.runner_limits),
        requests: amounts(&args.runner_requests),
    };
    Some(resources).filter(|resources| *resources != ResourceRequirements::default())
}
