//! `create terraform`.

use anyhow::{Context as _, Result};
use nigari_api::terraform::{
    BackendConfigSpec, BackendConfigsReference, HealthCheck, ReadInputsFromSecretSpec, Remediation,
    RetryStrategy, SecretReference, TerraformSpec, TfStateSpec, Variable, VarsReference,
    WriteOutputsToSecretSpec,
};
use serde_json::Value;

use super::new::{Created, New, given, listed, only_if, same_word};
use super::runner::pod_template;
use crate::cli::create::terraform::{
    self as cli, Approval, InputArgs, OutcomeArgs, StateArgs, TerraformArgs,
};
use crate::commands::files;
use crate::error::{Class, Explain as _};
use crate::manifests::value::terraform::backend_block;

/// A Terraform object.
pub(super) fn make(new: &New<'_>, args: &TerraformArgs) -> Result<Vec<Created>> {
    let (inputs, planning, outcome) = (&args.inputs, &args.planning, &args.outcome);
    let spec = TerraformSpec {
        always_cleanup_runner_pod: args.runner.keep_runner_pod.then_some(false),
        approve_plan: approval(args.approve).map(str::to_owned),
        backend_config: backend(&args.state)?,
        backend_configs_from: backend_settings(&args.state),
        cli_config_secret_ref: given(&inputs.cli_config_secret)
            .map(|name| SecretReference { name: Some(name), namespace: None }),
        depends_on: args.depends_on.clone(),
        destroy_resources_on_deletion: only_if(outcome.destroy_resources_on_deletion),
        disable_drift_detection: only_if(planning.disable_drift_detection),
        enable_inventory: only_if(outcome.enable_inventory),
        file_mappings: inputs.file_mapping.iter().map(|file| file.0.clone()).collect(),
        health_checks: health_checks(outcome),
        interval: new.interval(),
        max_retry_interval: planning.max_retry_interval.map(|interval| interval.to_string()),
        parallelism: planning.parallelism,
        path: given(&args.path),
        plan_only: only_if(planning.plan_only),
        read_inputs_from_secrets: secret_inputs(inputs),
        refresh_before_apply: only_if(planning.refresh_before_apply),
        remediation: planning.retries.map(|retries| Remediation { retries: Some(retries) }),
        retry_interval: planning.retry_interval.map(|interval| interval.to_string()),
        retry_strategy: planning.retry_strategy.map(retry_strategy),
        runner_pod_template: pod_template(&args.runner),
        runner_termination_grace_period_seconds: args.runner.runner_grace_period.map(i64::from),
        service_account_name: given(&args.service_account),
        source_ref: args.source.clone(),
        store_readable_plan: Some(same_word(args.store_readable_plan)?),
        targets: listed(&planning.target),
        tf_vars_files: listed(&inputs.tf_vars_files),
        tfstate: lock(&args.state),
        upgrade_on_init: planning.no_upgrade_on_init.then_some(false),
        values: files::values(&inputs.values, "--values")?,
        vars: variables(inputs),
        vars_from: variables_from(inputs),
        workspace: given(&args.workspace),
        write_outputs_to_secret: outputs(outcome),
        ..TerraformSpec::default()
    };
    new.only(&args.name, spec)
}

/// A person's approval is written later, plan by plan; the field stays theirs.
fn approval(approval: Approval) -> Option<&'static str> {
    match approval {
        Approval::Manual => None,
        Approval::Auto => Some("auto"),
        Approval::Disable => Some("disable"),
    }
}

fn retry_strategy(strategy: cli::RetryStrategy) -> RetryStrategy {
    match strategy {
        cli::RetryStrategy::Static => RetryStrategy::StaticInterval,
        cli::RetryStrategy::Exponential => RetryStrategy::ExponentialBackoff,
    }
}

/// Without any of it, tofu-controller keeps the state in a Secret of the object's name.
fn backend(args: &StateArgs) -> Result<Option<BackendConfigSpec>> {
    let block = match (&args.backend, &args.backend_file) {
        (Some(backend), _) => {
            let word = clap::ValueEnum::to_possible_value(backend);
            let word = word.map(|word| word.get_name().to_owned()).unwrap_or_default();
            let block = backend_block(&word, &args.backend_config);
            Some(block.context("--backend-config cannot be used").class(Class::Usage)?)
        }
        (None, Some(path)) => Some(files::text(path, "--backend-file")?),
        (None, None) => None,
    };
    let suffix = given(&args.state_secret_suffix);
    let config = BackendConfigSpec {
        custom_configuration: block,
        disable: only_if(args.disable_backend),
        // With a suffix alone, tofu-controller would look for a kubeconfig.
        in_cluster_config: suffix.as_ref().map(|_| true),
        secret_suffix: suffix,
        ..BackendConfigSpec::default()
    };
    Ok(Some(config).filter(|config| *config != BackendConfigSpec::default()))
}

fn backend_settings(args: &StateArgs) -> Vec<BackendConfigsReference> {
    let settings = args.backend_config_from.iter().map(|from| BackendConfigsReference {
        keys: from.keys.clone(),
        kind: from.kind,
        name: from.name.clone(),
        optional: None,
    });
    settings.collect()
}

fn lock(args: &StateArgs) -> Option<TfStateSpec> {
    let timeout = args.lock_timeout?;
    Some(TfStateSpec { lock_timeout: Some(timeout.to_string()), ..TfStateSpec::default() })
}

fn variables(args: &InputArgs) -> Vec<Variable> {
    let texts = args.vars.iter().map(|(name, value)| (name, Value::from(value.as_str())));
    let others = args.json_vars.iter().map(|(name, value)| (name, value.clone()));
    let variable = |(name, value): (&String, Value)| Variable {
        name: name.clone(),
        value: Some(value),
        value_from: None,
    };
    texts.chain(others).map(variable).collect()
}

fn variables_from(args: &InputArgs) -> Vec<VarsReference> {
    let references = args.vars_from.iter().map(|from| VarsReference {
        kind: from.kind,
        name: from.name.clone(),
        optional: None,
        vars_keys: from.keys.clone(),
    });
    references.collect()
}

fn secret_inputs(args: &InputArgs) -> Vec<ReadInputsFromSecretSpec> {
    args.read_inputs_from_secret.iter().map(|input| input.0.clone()).collect()
}

fn health_checks(args: &OutcomeArgs) -> Vec<HealthCheck> {
    let timeout = args.health_check_timeout.map(|timeout| timeout.to_string());
    let checks = args
        .health_checks
        .iter()
        .map(|check| HealthCheck { timeout: timeout.clone(), ..check.0.clone() });
    checks.collect()
}

fn outputs(args: &OutcomeArgs) -> Option<WriteOutputsToSecretSpec> {
    Some(WriteOutputsToSecretSpec {
        name: given(&args.write_outputs_to_secret)?,
        outputs: listed(&args.outputs),
        ..WriteOutputsToSecretSpec::default()
    })
}
