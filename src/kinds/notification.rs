//! Alerts, providers and receivers (group `notification.toolkit.fluxcd.io`).

use super::deletion::of_a_single_object;
use super::reference::Reference;
use super::view::cell;
use super::{
    Column, EVERY_VERB, Kind, SUSPENDED, Suspension, Verb, controller, no_dependencies,
    no_revision_forms, no_revisions, no_sources, readiness,
};

const GROUP: &str = "notification.toolkit.fluxcd.io";

const TYPE: Column = Column { header: "TYPE", cell: |object| cell(object, "/spec/type") };

/// A webhook that requests reconciliations.
pub static RECEIVER: Kind = Kind {
    kind: "Receiver",
    group: GROUP,
    versions: &["v1"],
    plural: "receivers",
    names: &["receiver", "receivers"],
    family: None,
    human: "receiver",
    controller: controller::NOTIFICATION,
    demands: &[],
    verbs: EVERY_VERB,
    columns: &[SUSPENDED],
    wide: &[TYPE],
    shown_source: None,
    readiness: readiness::of_conditions,
    suspension: Suspension::Field,
    deletion: of_a_single_object,
    references: &[
        Reference::credentials("/spec/secretRef"),
        Reference::anything("/spec/resources/*"),
    ],
    sources: no_sources,
    dependencies: no_dependencies,
    attempted_revision: None,
    revisions: no_revisions,
    revision_forms: no_revision_forms,
    takes: None,
    outcome: |_| "Receiver reconciliation completed".to_owned(),
};

/// Which events go where. No controller reconciles it and it has no status.
pub static ALERT: Kind = Kind {
    kind: "Alert",
    versions: &["v1beta3", "v1beta2"],
    plural: "alerts",
    names: &["alert", "alerts"],
    human: "alert",
    wide: &[Column { header: "PROVIDER", cell: |object| cell(object, "/spec/providerRef/name") }],
    verbs: &[Verb::Get, Verb::Suspend, Verb::Export, Verb::Delete],
    readiness: |object| readiness::by_definition(object, "Alert is Ready"),
    references: &[
        Reference::of("Provider", "/spec/providerRef"),
        Reference::anything("/spec/eventSources/*"),
    ],
    outcome: |_| "Alert reconciliation completed".to_owned(),
    ..RECEIVER
};

/// Where alerts are sent to. No controller reconciles it and it has no status.
pub static PROVIDER: Kind = Kind {
    kind: "Provider",
    plural: "providers",
    names: &["alert-provider", "alert-providers"],
    human: "alert provider",
    columns: &[],
    wide: &[TYPE],
    readiness: |object| readiness::by_definition(object, "Provider is Ready"),
    references: &[
        Reference::credentials("/spec/secretRef"),
        Reference::credentials("/spec/certSecretRef"),
        Reference::credentials("/spec/proxySecretRef"),
        Reference::account("/spec/serviceAccountName"),
    ],
    outcome: |_| "Provider reconciliation completed".to_owned(),
    ..ALERT
};
