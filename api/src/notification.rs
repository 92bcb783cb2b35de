//! `notification.toolkit.fluxcd.io`: events that leave the cluster, and requests that come in.
//!
//! Source: fluxcd/notification-controller, `api/v1beta3` (`AlertSpec`, `ProviderSpec`) and `api/v1`
//! (`ReceiverSpec`, `ReceiverStatus`).

use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[cfg(feature = "schema")]
use crate::crd::{AGE, Controller, CustomKind, READY, STATUS, Version};
use crate::meta::{Condition, LocalObjectReference, Object, Spec};
#[cfg(feature = "schema")]
use crate::meta::{INTERVAL, TIMEOUT};

const GROUP: &str = "notification.toolkit.fluxcd.io";

#[cfg(feature = "schema")]
pub(crate) const CONTROLLER: Controller = Controller {
    name: "notification-controller",
    group: GROUP,
    category: Some("fluxcd-notifications"),
    kinds: &[
        CustomKind {
            kind: AlertSpec::KIND,
            plural: "alerts",
            short_names: &[],
            description: "A rule that forwards events about some objects to a Provider.",
            versions: &[Version::of::<AlertSpec>(&[AGE])],
        },
        CustomKind {
            kind: ProviderSpec::KIND,
            plural: "providers",
            short_names: &[],
            description: "A service outside the cluster that Alerts send events to.",
            versions: &[Version::of::<ProviderSpec>(&[AGE])],
        },
        CustomKind {
            kind: ReceiverSpec::KIND,
            plural: "receivers",
            short_names: &[],
            description: "An address that webhooks call to have objects reconciled.",
            versions: &[Version::of::<ReceiverSpec>(&[AGE, READY, STATUS])],
        },
    ],
};

/// A rule that forwards events about some objects to a Provider.
pub type Alert = Object<AlertSpec>;

/// A service outside the cluster that Alerts send events to.
pub type Provider = Object<ProviderSpec>;

/// An address that webhooks call to have objects reconciled.
pub type Receiver = Object<ReceiverSpec>;

/// Which events are forwarded, and where to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AlertSpec {
    /// Values added to every forwarded event. A key that the event already carries keeps the event's
    /// value.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub event_metadata: BTreeMap<String, String>,
    /// The lowest severity that is forwarded: `info` is everything, `error` only failures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("default" = "info")))]
    pub event_severity: Option<EventSeverity>,
    /// The objects whose events are forwarded.
    pub event_sources: Vec<CrossNamespaceObjectReference>,
    /// Go regular expressions; an event whose message matches one of them is not forwarded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub exclusion_list: Vec<String>,
    /// Go regular expressions; only events whose message matches one of them are forwarded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inclusion_list: Vec<String>,
    /// The Provider that events are sent to, in the same namespace.
    pub provider_ref: LocalObjectReference,
    /// A short text about impact and cluster, sent with every event. Deprecated: use
    /// `eventMetadata`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = 255)))]
    pub summary: Option<String>,
    /// Whether nothing is forwarded for the time being.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
}

impl Spec for AlertSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1beta3";
    const KIND: &'static str = "Alert";
    type Status = ();
}

/// How bad the news in an event is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum EventSeverity {
    /// Something happened.
    #[default]
    Info,
    /// Something failed.
    Error,
}

/// One object, or all objects of a kind, in any namespace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CrossNamespaceObjectReference {
    /// Group and version of the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// Kind of the object.
    pub kind: ReferentKind,
    /// The labels that the objects must carry; only together with the name `*`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub match_labels: BTreeMap<String, String>,
    /// Name of the object, or `*` for all of the kind.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub name: String,
    /// Namespace of the object; that of the referring object when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub namespace: Option<String>,
}

/// The kinds whose events an Alert forwards and that a Receiver has reconciled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
pub enum ReferentKind {
    /// `Bucket` of `source.toolkit.fluxcd.io`.
    Bucket,
    /// `GitRepository` of `source.toolkit.fluxcd.io`.
    GitRepository,
    /// `Kustomization` of `kustomize.toolkit.fluxcd.io`.
    Kustomization,
    /// `HelmRelease` of `helm.toolkit.fluxcd.io`.
    HelmRelease,
    /// `HelmChart` of `source.toolkit.fluxcd.io`.
    HelmChart,
    /// `HelmRepository` of `source.toolkit.fluxcd.io`.
    HelmRepository,
    /// `ImageRepository` of `image.toolkit.fluxcd.io`.
    ImageRepository,
    /// `ImagePolicy` of `image.toolkit.fluxcd.io`.
    ImagePolicy,
    /// `ImageUpdateAutomation` of `image.toolkit.fluxcd.io`.
    ImageUpdateAutomation,
    /// `OCIRepository` of `source.toolkit.fluxcd.io`.
    OCIRepository,
    /// `ArtifactGenerator` of `source.extensions.fluxcd.io`.
    ArtifactGenerator,
    /// `ExternalArtifact` of `source.toolkit.fluxcd.io`.
    ExternalArtifact,
}

/// Which service, where it is, and how to authenticate to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-validations" = [{
    "message": "spec.commitStatusExpr is only supported for the 'github', 'gitlab', 'gitea', \
        'bitbucketserver', 'bitbucket', 'azuredevops' provider types",
    "rule": "self.type == 'github' || self.type == 'gitlab' || self.type == 'gitea' \
        || self.type == 'bitbucketserver' || self.type == 'bitbucket' \
        || self.type == 'azuredevops' || !has(self.commitStatusExpr)",
}])))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ProviderSpec {
    /// Where events go, in the terms of the service: a URL, a project, a namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = 2048)))]
    pub address: Option<String>,
    /// The Secret with TLS material: `ca.crt` to trust the server, `tls.crt` and `tls.key` to be
    /// trusted by it. The keys `caFile`, `certFile` and `keyFile` are deprecated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cert_secret_ref: Option<LocalObjectReference>,
    /// The channel, room or branch that events are posted to, where the service has such a thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = 2048)))]
    pub channel: Option<String>,
    /// A CEL expression that makes the identifier of a commit status from `event`, `alert` and
    /// `provider`; for Git hosts only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit_status_expr: Option<String>,
    /// Deprecated and without effect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = INTERVAL)))]
    pub interval: Option<String>,
    /// Address of an HTTP proxy. Deprecated: use `proxySecretRef`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(length(max = 2048), regex(pattern = r"^(http|https)://.*$"))
    )]
    pub proxy: Option<String>,
    /// The Secret with the `address` of an HTTP proxy and, if it asks for them, `username` and
    /// `password`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy_secret_ref: Option<LocalObjectReference>,
    /// The Secret with the credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
    /// The ServiceAccount whose identity is exchanged for cloud credentials, instead of `secretRef`,
    /// by the types `azureeventhub`, `azuredevops` and `googlepubsub`. The controller needs the
    /// feature gate `ObjectLevelWorkloadIdentity` for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_account_name: Option<String>,
    /// Whether nothing is sent for the time being.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Limit of sending one event, in Go's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = TIMEOUT)))]
    pub timeout: Option<String>,
    /// The service.
    #[serde(rename = "type")]
    pub type_: ProviderType,
    /// The name that events are posted under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(max = 2048)))]
    pub username: Option<String>,
}

impl Spec for ProviderSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1beta3";
    const KIND: &'static str = "Provider";
    type Status = ();
}

/// The services that events can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ProviderType {
    /// Slack.
    Slack,
    /// Discord.
    Discord,
    /// Microsoft Teams.
    MsTeams,
    /// Rocket.Chat.
    Rocket,
    /// Any server that takes an event as the JSON body of a POST.
    Generic,
    /// The same, signed with a shared key.
    #[serde(rename = "generic-hmac")]
    GenericHmac,
    /// Commit statuses on GitHub.
    GitHub,
    /// Commit statuses on GitLab.
    GitLab,
    /// Commit statuses on Gitea.
    Gitea,
    /// Comments on Gitea's pull requests.
    GiteaPullRequestComment,
    /// Build statuses on Bitbucket Server.
    BitbucketServer,
    /// Build statuses on Bitbucket Cloud.
    Bitbucket,
    /// Commit statuses on Azure DevOps.
    AzureDevOps,
    /// Google Chat.
    GoogleChat,
    /// Google Pub/Sub.
    GooglePubSub,
    /// Cisco Webex.
    Webex,
    /// Sentry.
    Sentry,
    /// Azure Event Hubs.
    AzureEventHub,
    /// Telegram.
    Telegram,
    /// Lark.
    Lark,
    /// Matrix.
    Matrix,
    /// Opsgenie.
    Opsgenie,
    /// Prometheus Alertmanager.
    Alertmanager,
    /// Annotations in Grafana.
    Grafana,
    /// `repository_dispatch` events on GitHub, which start workflows.
    GitHubDispatch,
    /// Comments on GitHub's pull requests.
    GitHubPullRequestComment,
    /// Comments on GitLab's merge requests.
    GitLabMergeRequestComment,
    /// PagerDuty.
    PagerDuty,
    /// DataDog.
    DataDog,
    /// NATS.
    Nats,
    /// Zulip.
    Zulip,
    /// OpenTelemetry traces.
    Otel,
}

/// Who may call, and which objects are reconciled then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-validations" = [
    {
        "message": "generic-oidc receivers must define at least one oidcProvider",
        "rule": "self.type != 'generic-oidc' \
            || (has(self.oidcProviders) && size(self.oidcProviders) > 0)",
    },
    {
        "message": "oidcProviders can only be set when type is generic-oidc",
        "rule": "self.type == 'generic-oidc' || !has(self.oidcProviders) \
            || size(self.oidcProviders) == 0",
    },
    {
        "message": "secretRef cannot be set when type is generic-oidc",
        "rule": "self.type != 'generic-oidc' || !has(self.secretRef)",
    },
    {
        "message": "secretRef is required when type is not generic-oidc",
        "rule": "self.type == 'generic-oidc' || has(self.secretRef)",
    },
])))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReceiverSpec {
    /// The events that count, in the sender's words: `push` on GitHub, `Push Hook` on GitLab. All of
    /// them when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<String>,
    /// Time between two looks at the Secret, in Go's notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(
        feature = "schema",
        schemars(regex(pattern = INTERVAL), extend("default" = "10m"))
    )]
    pub interval: Option<String>,
    /// The issuers whose tokens a receiver of type `generic-oidc` accepts; the token's `iss` says
    /// which one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(
        feature = "schema",
        schemars(extend(
            "x-kubernetes-list-map-keys" = ["issuerURL"],
            "x-kubernetes-list-type" = "map",
        ))
    )]
    pub oidc_providers: Vec<OidcProvider>,
    /// A CEL expression over the object's metadata (`res`), the request's body (`req`) and, with
    /// `generic-oidc`, the token's `claims`; objects for which it is false are left alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource_filter: Option<String>,
    /// The objects that a call has reconciled.
    pub resources: Vec<ReceiverResource>,
    /// The Secret with the `token` that callers prove to know; `gcr` also wants `email` and
    /// `audience`. Not for `generic-oidc`, which verifies the caller's own token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_ref: Option<LocalObjectReference>,
    /// Whether calls have no effect for the time being.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suspend: Option<bool>,
    /// Who calls, which decides how a request is verified and read.
    #[serde(rename = "type")]
    pub type_: ReceiverType,
}

impl Spec for ReceiverSpec {
    const GROUP: &'static str = GROUP;
    const VERSION: &'static str = "v1";
    const KIND: &'static str = "Receiver";
    type Status = ReceiverStatus;
}

/// The senders of webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReceiverType {
    /// Anyone who knows the address.
    Generic,
    /// Anyone who signs the body with the token.
    #[serde(rename = "generic-hmac")]
    GenericHmac,
    /// Anyone with a token of an OIDC issuer.
    #[serde(rename = "generic-oidc")]
    GenericOidc,
    /// GitHub.
    GitHub,
    /// GitLab.
    GitLab,
    /// Bitbucket Server.
    Bitbucket,
    /// Harbor.
    Harbor,
    /// Docker Hub.
    DockerHub,
    /// Quay.
    Quay,
    /// Google Container Registry, through Pub/Sub.
    Gcr,
    /// Nexus.
    Nexus,
    /// Azure Container Registry.
    Acr,
    /// Any sender of CDEvents.
    CdEvents,
}

/// An OIDC issuer, and what its tokens must say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OidcProvider {
    /// The audience (`aud`) that a token must name; `notification-controller` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<String>,
    /// The issuer's address, equal to the token's `iss`; its keys are discovered from there.
    #[serde(rename = "issuerURL")]
    #[cfg_attr(feature = "schema", schemars(regex(pattern = r"^https?://")))]
    pub issuer_url: String,
    /// What must be true of a token's claims. A public issuer signs for anyone, so these must name
    /// the caller.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub validations: Vec<OidcValidation>,
    /// Named expressions that the validations share, evaluated in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<OidcVariable>,
}

/// A claim about the token that a call carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OidcValidation {
    /// A CEL expression over `claims` and `vars` that must be true.
    pub expression: String,
    /// What the caller is told when it is false.
    pub message: String,
}

/// A named value that validations use as `vars.NAME`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OidcVariable {
    /// A CEL expression over `claims` and the variables before this one.
    pub expression: String,
    /// The name, an identifier in CEL.
    pub name: String,
}

/// What a Receiver has reconciled: one object, or some objects of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReceiverResource {
    /// Group and version of the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub api_version: Option<String>,
    /// A CEL expression like the Receiver's `resourceFilter`, which must be true too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
    /// Kind of the object.
    pub kind: ReferentKind,
    /// The labels that the objects must carry; only together with the name `*`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub match_labels: BTreeMap<String, String>,
    /// Name of the object, or `*` for all of the kind.
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub name: String,
    /// Namespace of the object; that of the Receiver when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(length(min = 1, max = 253)))]
    pub namespace: Option<String>,
}

/// What notification-controller last saw and did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("default" = { "observedGeneration": -1 })))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReceiverStatus {
    /// The aspects of the object's state.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// The reconcile request that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_handled_reconcile_at: Option<String>,
    /// The `metadata.generation` that was handled last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub observed_generation: Option<i64>,
    /// The path of the address to call, made from token, name and namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook_path: Option<String>,
}
