//! What a HelmRelease asks for.
//!
//! Source: helm-controller, `api/v2/helmrelease_types.go` (names and defaults).

use std::time::Duration;

use serde_json::{Value, json};

use super::super::duration;
use super::super::object::Tracked;
use super::cluster::Definitions;

/// The fields of `spec` that the player acts on.
const PLAYED: &[&str] = &[
    "chart",
    "chartRef",
    "dependsOn",
    "install",
    "interval",
    "maxHistory",
    "persistentClient",
    "releaseName",
    "rollback",
    "storageNamespace",
    "suspend",
    "targetNamespace",
    "timeout",
    "uninstall",
    "upgrade",
    "values",
    "valuesFrom",
    "waitStrategy",
];

/// The fields of `spec.install`, `upgrade`, `rollback` and `uninstall` that the player acts on, or
/// that make no difference to it.
const PLAYED_OF_ACTIONS: &[&str] = &[
    "createNamespace",
    "crds",
    "disableWait",
    "disableWaitForJobs",
    "remediation",
    "replace",
    "strategy",
    "timeout",
];

/// The longest name that Helm gives a release.
const NAME_LIMIT: usize = 53;

/// A Helm action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Install,
    Upgrade,
    Rollback,
    Uninstall,
}

impl Action {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Install => "install",
            Self::Upgrade => "upgrade",
            Self::Rollback => "rollback",
            Self::Uninstall => "uninstall",
        }
    }

    /// Whether it makes a release, rather than undoing one.
    pub(super) fn is_release(self) -> bool {
        matches!(self, Self::Install | Self::Upgrade)
    }
}

/// The first field that asks for something the sandbox does not do.
pub(super) fn unplayed(object: &Tracked) -> Option<String> {
    let is_set = |value: &Value| *value != json!(false) && !value.is_null();
    let spec = object.at("/spec")?.as_object()?;
    let field = spec.iter().find(|(name, value)| !PLAYED.contains(&name.as_str()) && is_set(value));
    if let Some((field, _)) = field {
        return Some(format!("spec.{field}"));
    }
    ["install", "upgrade", "rollback", "uninstall"].iter().find_map(|action| {
        let fields = spec.get(*action)?.as_object()?;
        let unplayed = |(name, value): &(&String, &Value)| {
            !PLAYED_OF_ACTIONS.contains(&name.as_str()) && is_set(value)
        };
        fields.iter().find(unplayed).map(|(name, _)| format!("spec.{action}.{name}"))
    })
}

/// `spec.releaseName`, else `[targetNamespace-]name`, cut as Helm demands.
pub(super) fn release_name(object: &Tracked) -> String {
    let name = match (object.str("/spec/releaseName"), object.str("/spec/targetNamespace")) {
        (Some(name), _) if !name.is_empty() => name.to_owned(),
        (_, Some(namespace)) => format!("{namespace}-{}", object.name()),
        _ => object.name().to_owned(),
    };
    if name.len() <= NAME_LIMIT {
        return name;
    }
    let digest = super::super::files::sha256(name.as_bytes());
    format!("{}-{}", &name[..NAME_LIMIT - 13], &digest[..12])
}

pub(super) fn release_namespace(object: &Tracked) -> &str {
    object.str("/spec/targetNamespace").unwrap_or(object.namespace())
}

pub(super) fn storage_namespace(object: &Tracked) -> &str {
    object.str("/spec/storageNamespace").unwrap_or(object.namespace())
}

pub(super) fn interval(object: &Tracked) -> Duration {
    object.str("/spec/interval").and_then(duration::parse).unwrap_or(Duration::from_secs(60))
}

/// What is done with the definitions that the chart brings; those that are there stay unless it is said.
pub(super) fn definitions(object: &Tracked, action: Action) -> Definitions {
    match object.str(&format!("/spec/{}/crds", action.name())) {
        Some("Skip") => Definitions::Skip,
        Some("CreateReplace") => Definitions::CreateReplace,
        _ => Definitions::Create,
    }
}

/// The timeout of one action: its own, the object's, or five minutes.
pub(super) fn timeout(object: &Tracked, action: Action) -> Duration {
    let own = object.str(&format!("/spec/{}/timeout", action.name()));
    let text = own.or_else(|| object.str("/spec/timeout"));
    text.and_then(duration::parse).unwrap_or(Duration::from_secs(300))
}

/// The release action that was attempted last; it decides what a failure leads to.
pub(super) fn attempted(object: &Tracked) -> Option<Action> {
    match object.str("/status/lastAttemptedReleaseAction")? {
        "install" => Some(Action::Install),
        _ => Some(Action::Upgrade),
    }
}

/// How long to wait before a failed release is tried again, where that is the strategy.
pub(super) fn retry_interval(object: &Tracked) -> Option<Duration> {
    let strategy = format!("/spec/{}/strategy", attempted(object)?.name());
    if object.str(&format!("{strategy}/name")) != Some("RetryOnFailure") {
        return None;
    }
    let own = object.str(&format!("{strategy}/retryInterval")).and_then(duration::parse);
    Some(own.unwrap_or(Duration::from_secs(300)))
}

/// What a failed install or upgrade leads to.
pub(super) struct Remediation {
    pub(super) retries: i64,
    pub(super) of_last_failure: bool,
    /// Uninstall, or roll back.
    pub(super) action: Action,
    pub(super) failures: i64,
}

impl Remediation {
    pub(super) fn of(object: &Tracked, action: Action) -> Self {
        let at = |field: &str| object.at(&format!("/spec/{}/remediation/{field}", action.name()));
        let retries = at("retries").and_then(Value::as_i64).unwrap_or_default();
        let is_upgrade = action == Action::Upgrade;
        let of_last = at("remediateLastFailure").and_then(Value::as_bool);
        let uninstalls = at("strategy").and_then(Value::as_str) == Some("uninstall");
        let failures = format!("/status/{}Failures", action.name());
        Self {
            retries,
            of_last_failure: of_last.unwrap_or(is_upgrade && retries > 0),
            action: if is_upgrade && !uninstalls { Action::Rollback } else { Action::Uninstall },
            failures: object.at(&failures).and_then(Value::as_i64).unwrap_or_default(),
        }
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.retries >= 0 && self.failures > self.retries
    }
}
