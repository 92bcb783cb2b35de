//! A new object: its values, its manifest, and the file that would hold it.

use std::collections::BTreeMap;

use anyhow::Result;
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use kube::api::DynamicObject;
use nigari_api::meta::{LocalObjectReference, Object, Spec};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use serde_json::Value;

use super::builtin::metadata;
use super::secret::Wanted;
use crate::cli::create::CommonArgs;
use crate::kinds::view::name;
use crate::kinds::{self, Kind};
use crate::manifests::object::manifest;
use crate::manifests::value::time::Interval;

/// Time between two reconciliations when nothing else is said, as upstream has it.
const INTERVAL: Interval = Interval::from_minutes(1);

/// What all new objects of a command share.
pub(super) struct New<'a> {
    /// Their namespace.
    pub(super) namespace: &'a str,
    /// What every object can have.
    pub(super) common: &'a CommonArgs,
}

impl New<'_> {
    /// An object of Flux or of tofu-controller.
    pub(super) fn object<S: Spec>(&self, name: &str, spec: S) -> Object<S> {
        let mut object = Object::new(self.namespace, name, spec);
        object.metadata.labels = self.labels();
        object
    }

    /// The one object that a command makes.
    pub(super) fn only<S: Spec + Serialize>(&self, name: &str, spec: S) -> Result<Vec<Created>> {
        Ok(vec![Created::of(&self.object(name, spec))?])
    }

    /// The labels that were given.
    pub(super) fn labels(&self) -> BTreeMap<String, String> {
        self.common.labels.iter().cloned().collect()
    }

    /// The interval that was given, else upstream's.
    pub(super) fn interval(&self) -> String {
        self.common.interval.unwrap_or(INTERVAL).to_string()
    }
}

/// An object that was made, as values and as text.
pub(in crate::commands) struct Created {
    /// Its kind; none for what no controller of Flux reconciles.
    pub(in crate::commands) kind: Option<&'static Kind>,
    /// Its values, as they are applied.
    pub(in crate::commands) object: DynamicObject,
    /// The manifest.
    pub(in crate::commands) text: String,
    /// What to do where the cluster refuses it.
    pub(super) hint: Option<String>,
}

impl Created {
    /// Lays the object out.
    pub(in crate::commands) fn of(object: &impl Serialize) -> Result<Self> {
        let value = serde_json::to_value(object)?;
        let text = manifest(&value)?;
        let api_version = value["apiVersion"].as_str().unwrap_or_default();
        let group = api_version.split_once('/').map_or("", |(group, _)| group);
        let kind = value["kind"].as_str().and_then(kinds::of_api_kind);
        let kind = kind.filter(|kind| kind.group == group);
        Ok(Self { kind, text, object: serde_json::from_value(value)?, hint: None })
    }

    /// Lays a Secret out: readable where it is printed, encoded where it is applied.
    pub(super) fn of_secret(new: &New<'_>, wanted: &Wanted) -> Result<Self> {
        let mut metadata = metadata(Some(new.namespace), &wanted.name, &new.labels());
        let annotation = wanted.annotation.clone();
        metadata.annotations =
            annotation.map(|(key, value)| BTreeMap::from([(key.to_owned(), value)]));
        let values =
            || wanted.entries.iter().map(|(key, value)| (key.clone(), value.expose_secret()));
        let printed = Secret {
            metadata: metadata.clone(),
            string_data: Some(values().map(|(key, value)| (key, value.to_owned())).collect()),
            type_: wanted.type_.map(str::to_owned),
            ..Secret::default()
        };
        let bytes = |value: &str| ByteString(value.as_bytes().to_vec());
        let applied = Secret {
            metadata,
            data: Some(values().map(|(key, value)| (key, bytes(value))).collect()),
            type_: printed.type_.clone(),
            ..Secret::default()
        };
        let object = serde_json::from_value(serde_json::to_value(applied)?)?;
        Ok(Self { object, ..Self::of(&printed)? })
    }

    /// `Kind namespace/name`.
    pub(in crate::commands) fn title(&self) -> String {
        let kind = self.api_kind();
        match &self.object.metadata.namespace {
            Some(namespace) => format!("{kind} {namespace}/{}", name(&self.object)),
            None => format!("{kind} {}", name(&self.object)),
        }
    }

    /// Whether its manifest holds credentials.
    pub(super) fn is_secret(&self) -> bool {
        self.api_kind() == "Secret"
    }

    /// The API kind: `HelmRelease`.
    pub(super) fn api_kind(&self) -> &str {
        self.object.types.as_ref().map_or("", |types| types.kind.as_str())
    }
}

/// A value, unless it is empty: `--flag=` and `--flag="$UNSET"` mean no value, as in Go.
pub(super) fn given(value: &Option<String>) -> Option<String> {
    value.clone().filter(|value| !value.is_empty())
}

/// A reference to an object of that name, if there is one.
pub(super) fn reference(name: &Option<String>) -> Option<LocalObjectReference> {
    given(name).map(LocalObjectReference::new)
}

/// A list without the empty entries that `--flag=` leaves.
pub(super) fn listed(values: &[String]) -> Vec<String> {
    values.iter().filter(|value| !value.is_empty()).cloned().collect()
}

/// What is said only when it is so.
pub(super) fn only_if(value: bool) -> Option<bool> {
    value.then_some(true)
}

/// A value of the API that has the same word as that of an argument.
pub(super) fn same_word<T: serde::de::DeserializeOwned>(word: impl clap::ValueEnum) -> Result<T> {
    let word = word.to_possible_value().map(|value| value.get_name().to_owned());
    Ok(serde_json::from_value(Value::from(word))?)
}
