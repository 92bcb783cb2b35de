//! `create kustomization`.

use anyhow::Result;
use nigari_api::appliers::{DependencyReference, KubeConfigReference};
use nigari_api::kustomize::{Decryption, KustomizationSpec};
use nigari_api::meta::SecretKeyReference;

use super::new::{Created, New, given, only_if, reference, same_word};
use crate::cli::create::kustomization::KustomizationArgs;
use crate::manifests::path::SyncPath;
use crate::manifests::value::reference::Dependencies;
use crate::manifests::value::time::Interval;

/// Limit of applying and of becoming healthy when nothing else is said, as upstream has it.
const HEALTH_CHECK_TIMEOUT: Interval = Interval::from_minutes(2);

/// A Kustomization.
pub(super) fn make(new: &New<'_>, args: &KustomizationArgs) -> Result<Vec<Created>> {
    let is_waiting = args.wait || !args.health_checks.is_empty();
    let timeout = args.health_check_timeout.unwrap_or(HEALTH_CHECK_TIMEOUT);
    // As upstream does, a path from the root is one from the source's root.
    let path: SyncPath = args.path.trim_start_matches('/').parse()?;
    let spec = KustomizationSpec {
        decryption: decryption(args)?,
        depends_on: dependencies(&args.depends_on),
        health_checks: args.health_checks.clone(),
        interval: new.interval(),
        kube_config: kube_config(&args.kubeconfig_secret_ref),
        path: Some(path.to_string()),
        prune: args.prune,
        retry_interval: args.retry_interval.map(|interval| interval.to_string()),
        service_account_name: given(&args.service_account),
        source_ref: args.source.clone(),
        target_namespace: given(&args.target_namespace),
        timeout: is_waiting.then(|| timeout.to_string()),
        wait: only_if(args.wait),
        ..KustomizationSpec::default()
    };
    let mut created = new.only(&args.name, spec)?;
    if !args.prune {
        created[0].assumed.push("/spec/prune");
    }
    Ok(created)
}

fn decryption(args: &KustomizationArgs) -> Result<Option<Decryption>> {
    let Some(provider) = args.decryption_provider else { return Ok(None) };
    Ok(Some(Decryption {
        provider: same_word(provider)?,
        secret_ref: reference(&args.decryption_secret),
        service_account_name: None,
    }))
}

/// What must be ready first, of all occurrences of the flag.
pub(super) fn dependencies(given: &[Dependencies]) -> Vec<DependencyReference> {
    given.iter().flat_map(|Dependencies(all)| all).cloned().collect()
}

/// The other cluster that is applied to.
pub(super) fn kube_config(secret: &Option<String>) -> Option<KubeConfigReference> {
    let secret_ref = SecretKeyReference { key: None, name: given(secret)? };
    Some(KubeConfigReference { config_map_ref: None, secret_ref: Some(secret_ref) })
}
