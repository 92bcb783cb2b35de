//! Alerts: which events are forwarded.

use std::collections::BTreeMap;

#[cfg(feature = "schema")]
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{CrossNamespaceObjectReference, GROUP};
use crate::meta::{LocalObjectReference, Object, Spec};

/// A rule that forwards events about some objects to a Provider.
pub type Alert = Object<AlertSpec>;

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
