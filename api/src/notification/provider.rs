//! Providers: where events are sent to.

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::GROUP;
#[cfg(feature = "schema")]
use crate::crd::Rule;
#[cfg(feature = "schema")]
use crate::meta::{INTERVAL, TIMEOUT};
use crate::meta::{LocalObjectReference, Object, Spec};

/// A service outside the cluster that Alerts send events to.
pub type Provider = Object<ProviderSpec>;

/// Which service, where it is, and how to authenticate to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(JsonSchema))]
#[cfg_attr(feature = "schema", schemars(extend("x-kubernetes-validations" = PROVIDER_RULES)))]
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

#[cfg(feature = "schema")]
const PROVIDER_RULES: [Rule; 1] = [Rule {
    rule: "self.type == 'github' || self.type == 'gitlab' || self.type == 'gitea' \
        || self.type == 'bitbucketserver' || self.type == 'bitbucket' \
        || self.type == 'azuredevops' || !has(self.commitStatusExpr)",
    message: "spec.commitStatusExpr is only supported for the 'github', 'gitlab', 'gitea', \
        'bitbucketserver', 'bitbucket', 'azuredevops' provider types",
}];

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
