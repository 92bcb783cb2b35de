//! Where the cause of an object's state can be: what its own condition points at, and the objects there.
//!
//! The reason of the condition decides, never the text of its message: a controller that says
//! `HealthCheckFailed` is past its source and its dependencies, whatever state those are in by now. The
//! message only narrows down which of a thousand applied objects are looked at.

use std::collections::{HashMap, HashSet};

use kube::api::DynamicObject;

use super::facts::{Ask, WORTH_A_LIST};
use super::health::{Health, State};
use super::report::Relation;
use super::subject::Subject;
use crate::kinds::deletion::is_elsewhere;
use crate::kinds::helm;
use crate::kinds::inventory::{self, Entry};
use crate::kinds::readiness::{DEPENDENCY_NOT_READY, condition};
use crate::kinds::{Kind, ObjectRef};

/// Objects and lists that are read at most of what one object has applied.
const MOST_APPLIED: usize = 60;

/// One of the places where a cause can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// The Secrets and ConfigMaps that its manifest refers to.
    References,
    /// What it is built from.
    Sources,
    /// What its manifest wants to be ready first.
    Dependencies,
    /// What it has applied.
    Applied,
    /// The controller that should handle it.
    Controller,
    /// Nowhere else: it says all that is known.
    Itself,
}

/// An object that may hold another one up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) relation: Relation,
    pub(super) target: Subject,
    pub(super) ask: Ask,
}

impl Link {
    fn object(relation: Relation, target: Subject) -> Self {
        let ask = Ask::Object(target.clone());
        Self { relation, target, ask }
    }

    fn presence(target: Subject) -> Self {
        let ask = Ask::Presence(target.clone());
        Self { relation: Relation::Reference, target, ask }
    }
}

/// What an object has applied, as far as it can be looked at.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Applied {
    /// These of them can be the cause; so many more are left out.
    Objects(Vec<Link>, usize),
    /// These lists hold it.
    Labelled(Vec<Ask>),
    /// It is in another cluster.
    Elsewhere,
}

/// The reasons of an object whose source its controller does not see ready.
const SOURCE_REASONS: [&str; 4] =
    ["ArtifactFailed", "SourceNotReady", "SourceUnavailable", "NoSourceArtifact"];

/// Whether a reason says only that other Flux objects are not ready, as they were when the controller looked.
pub(super) fn blames_others(reason: &str) -> bool {
    reason == DEPENDENCY_NOT_READY || SOURCE_REASONS.contains(&reason)
}

/// Where the cause of an unhealthy Flux object's state is to be looked for.
///
/// Source: the reasons of kustomize-, helm-, source- and image-reflector-controller (`api/`,
/// `internal/controller`), fluxcd/pkg `apis/meta`, and tofu-controller (`controllers`). kustomize-controller
/// resolves source, dependencies, build, apply and health in this order, helm-controller dependencies,
/// source, values and release.
pub(super) fn stage(object: &DynamicObject, health: &Health) -> Stage {
    match reason_of(object, health) {
        DEPENDENCY_NOT_READY => Stage::Dependencies,
        reason if SOURCE_REASONS.contains(&reason) => Stage::Sources,
        "InstallFailed" | "UpgradeFailed" if left_no_release(object) => Stage::Itself,
        "HealthCheckFailed" | "InstallFailed" | "UpgradeFailed" | "RollbackFailed"
        | "TestFailed" => Stage::Applied,
        // A pass that is under way is past what it needs.
        "Progressing" if waits_for_what_it_applied(object) => Stage::Applied,
        "Progressing"
        | "AccessDenied"
        | "InvalidCELExpression"
        | "FeatureGateDisabled"
        | "PruneFailed"
        | "Terminating" => Stage::Itself,
        "NewGeneration" | "" => Stage::Controller,
        _ => Stage::References,
    }
}

/// Whether the attempt that failed left no release behind, and has applied nothing: its templates could not be
/// rendered, say. Whatever runs is of an attempt before it. Where no release is noted at all, to look does no
/// harm.
fn left_no_release(object: &DynamicObject) -> bool {
    let mut history = helm::history(object);
    history.next().is_some() && !helm::has_stored_attempt(object)
}

/// Whether a pass that is under way waits for health, or has failed to get it the last time:
/// kustomize-controller says so by the condition Healthy (`checkHealth` in
/// `internal/controller/kustomization_controller.go`), helm-controller does little else.
fn waits_for_what_it_applied(object: &DynamicObject) -> bool {
    let is_unhealthy = condition(object, "Healthy").is_some_and(|healthy| !healthy.is_true());
    is_unhealthy || inventory::release_labels(object).is_some()
}

/// The reason that counts: while an object is worked on, that of the failure before.
fn reason_of<'a>(object: &'a DynamicObject, health: &'a Health) -> &'a str {
    let ready = condition(object, "Ready").filter(|ready| ready.status == "False");
    match ready {
        Some(ready) if health.state == State::Busy && health.reason != "NewGeneration" => {
            ready.reason
        }
        _ => &health.reason,
    }
}

/// The objects of a stage that the manifest names.
pub(super) fn links(stage: Stage, kind: &Kind, object: &DynamicObject) -> Vec<Link> {
    let follow = |relation, references: Vec<ObjectRef>| {
        references.iter().map(|to| Link::object(relation, to.into())).collect()
    };
    match stage {
        Stage::References => references(kind, object),
        Stage::Sources => follow(Relation::Source, (kind.sources)(object)),
        Stage::Dependencies => match (kind.dependencies)(object) {
            // An ImagePolicy calls its ImageRepository its dependency.
            none if none.is_empty() => follow(Relation::Source, (kind.sources)(object)),
            dependencies => follow(Relation::Dependency, dependencies),
        },
        Stage::Applied | Stage::Controller | Stage::Itself => Vec::new(),
    }
}

/// Secrets and ConfigMaps without which nothing goes on.
fn references(kind: &Kind, object: &DynamicObject) -> Vec<Link> {
    let named = kind.references_of(object).into_iter().map(|(_, named)| named);
    let named = named.filter(|named| matches!(named.kind.as_str(), "Secret" | "ConfigMap"));
    named.map(|named| Link::presence(Subject::from(&named))).collect()
}

/// What an object has applied, the kinds that run things first.
pub(super) fn applied(object: &DynamicObject, health: &Health) -> Applied {
    if is_elsewhere(object) {
        return Applied::Elsewhere;
    }
    let entries = inventory::entries(object);
    if entries.is_empty() {
        return Applied::Labelled(release_lists(object));
    }
    let named: Vec<_> =
        entries.iter().filter(|entry| mentions(&health.message, entry)).cloned().collect();
    let suspects = if named.is_empty() { entries } else { named };
    let mut suspects: Vec<Subject> = suspects.into_iter().map(Subject::from).collect();
    suspects.retain(Subject::can_fail);
    suspects.sort_by_key(|subject| !(subject.flux_kind().is_some() || subject.is_workload()));
    bounded(suspects)
}

/// The links to them: lists where there are several of a kind in a namespace, and not too many of either.
fn bounded(suspects: Vec<Subject>) -> Applied {
    let all = suspects.len();
    let list_of = |subject: &Subject| Ask::list(&subject.group, &subject.kind, &subject.namespace);
    let mut beside: HashMap<Ask, usize> = HashMap::new();
    for suspect in &suspects {
        *beside.entry(list_of(suspect)).or_default() += 1;
    }
    let mut asks: HashSet<Ask> = HashSet::new();
    let mut links = Vec::new();
    for target in suspects {
        let list = list_of(&target);
        let is_worth_it = beside.get(&list).is_some_and(|count| *count >= WORTH_A_LIST);
        let ask = if is_worth_it { list } else { Ask::Object(target.clone()) };
        if asks.len() < MOST_APPLIED || asks.contains(&ask) {
            asks.insert(ask.clone());
            links.push(Link { relation: Relation::Applied, target, ask });
        }
    }
    let left_out = all - links.len();
    Applied::Objects(links, left_out)
}

fn release_lists(object: &DynamicObject) -> Vec<Ask> {
    const KINDS: [(&str, &str); 4] =
        [("apps", "Deployment"), ("apps", "StatefulSet"), ("apps", "DaemonSet"), ("batch", "Job")];
    let Some((namespace, labels)) = inventory::release_labels(object) else { return Vec::new() };
    let list = |(group, kind)| Ask::list(group, kind, &namespace).labelled(&labels);
    KINDS.map(list).into()
}

/// Whether a message names an object, as a word of its own: `Deployment/apps/web`, and not its namesake
/// `Deployment/apps/web-api`.
fn mentions(message: &str, entry: &Entry) -> bool {
    let name = entry.to_string();
    let goes_on = |rest: &str| {
        let mut rest = rest.chars();
        match rest.next() {
            // A full stop ends a sentence, unless the name goes on behind it.
            Some('.') => rest.next().is_some_and(|next| next.is_ascii_alphanumeric()),
            next => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '-'),
        }
    };
    message.match_indices(&name).any(|(at, _)| !goes_on(&message[at + name.len()..]))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::kinds::helm::HELM_RELEASE;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::view::tests::object;

    fn kustomization(rest: Value) -> DynamicObject {
        object(rest)
    }

    fn health_of(object: &DynamicObject) -> Health {
        let group = KUSTOMIZATION.group;
        Health::of(&Subject::new(group, "Kustomization", "flux-system", "apps"), object)
    }

    fn failing(reason: &str, message: &str) -> Value {
        json!({"type": "Ready", "status": "False", "reason": reason, "message": message})
    }

    #[track_caller]
    fn expect_stage(conditions: Value, expected: Stage) {
        let object = kustomization(json!({"status": {"conditions": conditions}}));
        assert_eq!(stage(&object, &health_of(&object)), expected, "{conditions}");
    }

    #[test]
    fn the_reason_decides_where_to_look() {
        for (reason, stage) in [
            ("DependencyNotReady", Stage::Dependencies),
            ("ArtifactFailed", Stage::Sources),
            ("HealthCheckFailed", Stage::Applied),
            ("UpgradeFailed", Stage::Applied),
            ("BuildFailed", Stage::References),
            ("AccessDenied", Stage::Itself),
            ("SomethingNew", Stage::References),
        ] {
            expect_stage(json!([failing(reason, "")]), stage);
        }
        expect_stage(json!([]), Stage::Controller);
    }

    #[test]
    fn a_release_that_was_never_made_has_applied_nothing() {
        let failed = |history: Value| {
            let release = object(json!({"status": {"history": history,
                "lastAttemptedRevision": "1.1.0", "lastAttemptedConfigDigest": "sha256:b",
                "conditions": [failing("UpgradeFailed", "template: web.yaml:1:2: nil pointer")]}}));
            let subject = Subject::new(HELM_RELEASE.group, "HelmRelease", "apps", "web");
            stage(&release, &Health::of(&subject, &release))
        };
        let made = |version: &str, config: &str, status: &str| json!({"chartVersion": version, "configDigest": config, "status": status});
        let before = made("1.0.0", "sha256:a", "deployed");
        assert_eq!(failed(json!([before])), Stage::Itself);
        assert_eq!(failed(json!([made("1.1.0", "sha256:a", "failed"), before])), Stage::Itself);
        for status in ["failed", "pending-upgrade"] {
            let attempt = made("1.1.0", "sha256:b", status);
            assert_eq!(failed(json!([attempt, before])), Stage::Applied, "{status}");
            // Rolled back meanwhile.
            assert_eq!(failed(json!([before, attempt, before])), Stage::Applied, "{status}");
        }
        assert_eq!(failed(json!([])), Stage::Applied, "nobody knows");
    }

    #[test]
    fn while_it_is_tried_again_the_failure_before_counts() {
        let busy = json!({"type": "Reconciling", "status": "True", "reason": "Progressing"});
        let under_way = json!({"type": "Ready", "status": "Unknown", "reason": "Progressing"});
        expect_stage(json!([failing("DependencyNotReady", ""), busy]), Stage::Dependencies);
        expect_stage(json!([under_way, busy]), Stage::Itself);
        let checking = json!({"type": "Healthy", "status": "Unknown", "reason": "Progressing"});
        expect_stage(json!([under_way, busy, checking]), Stage::Applied);
    }

    #[test]
    fn references_are_those_without_which_nothing_goes_on() {
        let kustomization = kustomization(json!({"spec": {
            "decryption": {"provider": "sops", "secretRef": {"name": "sops-age"}},
            "postBuild": {"substituteFrom": [
                {"kind": "ConfigMap", "name": "vars"},
                {"kind": "Secret", "name": "extra", "optional": true}]}}}));
        let told: Vec<String> = references(&KUSTOMIZATION, &kustomization)
            .iter()
            .map(|link| link.target.to_string())
            .collect();
        assert_eq!(told, ["Secret flux-system/sops-age", "ConfigMap flux-system/vars"]);
        let release = object(json!({"spec": {"valuesFrom": [{"kind": "Secret", "name": "v"}]}}));
        assert_eq!(references(&HELM_RELEASE, &release).len(), 1);
    }

    fn applying(ids: &[String], message: &str) -> (DynamicObject, Health) {
        let entries: Vec<_> = ids.iter().map(|id| json!({"id": id, "v": "v1"})).collect();
        let conditions = [failing("HealthCheckFailed", message)];
        let status = json!({"inventory": {"entries": entries}, "conditions": conditions});
        let object = kustomization(json!({"status": status}));
        let health = health_of(&object);
        (object, health)
    }

    fn asks(applied: &Applied) -> Vec<String> {
        let Applied::Objects(links, _) = applied else { panic!("{applied:?}") };
        let mut asks: Vec<String> = links.iter().map(|link| link.ask.to_string()).collect();
        asks.dedup();
        asks
    }

    #[test]
    fn what_the_message_names_is_looked_at_and_nothing_else() {
        let ids = ["apps_web_apps_Deployment", "apps_web-api_apps_Deployment"].map(str::to_owned);
        for (message, expected) in [
            (
                "[Deployment/apps/web-api status: 'InProgress']",
                &["get Deployment apps/web-api"][..],
            ),
            ("waits for Deployment/apps/web.", &["get Deployment apps/web"]),
            ("timeout", &["get Deployment apps/web", "get Deployment apps/web-api"]),
        ] {
            let (object, health) = applying(&ids, message);
            assert_eq!(asks(&applied(&object, &health)), expected, "{message}");
        }
    }

    #[test]
    fn a_thousand_objects_are_a_few_lists() {
        let ids: Vec<String> = (0..1000)
            .map(|number| match number % 4 {
                0 => format!("apps_web{number}_apps_Deployment"),
                1 => format!("apps_settings{number}__ConfigMap"),
                2 => format!("infra_db{number}_apps_StatefulSet"),
                _ => format!("_role{number}_rbac.authorization.k8s.io_ClusterRole"),
            })
            .collect();
        let (object, health) = applying(&ids, "timeout");
        let applied = applied(&object, &health);
        let mut told = asks(&applied);
        told.sort();
        told.dedup();
        let lists = ["list Deployments in namespace apps", "list StatefulSets in namespace infra"];
        assert_eq!(told, lists);
    }

    #[test]
    fn there_is_an_end_to_what_is_looked_at() {
        let ids: Vec<String> =
            (0..100).map(|number| format!("n{number}_web_apps_Deployment")).collect();
        let (object, health) = applying(&ids, "timeout");
        let Applied::Objects(links, left_out) = applied(&object, &health) else { panic!() };
        assert_eq!((links.len(), left_out), (MOST_APPLIED, 40));
    }

    #[test]
    fn a_release_without_an_inventory_is_looked_for_by_its_labels() {
        let release = object(json!({"status": {"storageNamespace": "apps"}}));
        let health = Health::of(&Subject::new("", "Any", "a", "b"), &release);
        let Applied::Labelled(asks) = applied(&release, &health) else { panic!() };
        assert_eq!(asks.len(), 4);
        let remote = object(json!({"spec": {"kubeConfig": {"secretRef": {"name": "other"}}}}));
        assert_eq!(applied(&remote, &health), Applied::Elsewhere);
    }
}
