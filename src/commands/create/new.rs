//! A new object: its values, its manifest, and the file that would hold it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
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
use crate::cluster::takeover::Desired;
use crate::kinds::view::{self, name};
use crate::kinds::{self, Kind, ObjectRef};
use crate::manifests::object::{LaidOut, Templates};
use crate::manifests::value::time::Interval;

/// Time between two reconciliations when nothing else is said, as upstream has it.
const INTERVAL: Interval = Interval::from_minutes(1);

/// What all new objects of a command share.
pub(super) struct New<'a> {
    /// Their namespace.
    pub(super) namespace: &'a str,
    /// What every object can have.
    pub(super) common: &'a CommonArgs,
    /// What objects are laid out with.
    pub(super) templates: &'a Templates,
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
        Ok(vec![self.laid_out(&self.object(name, spec))?])
    }

    /// The same object in another version of its kind.
    pub(super) fn in_version(&self, created: Created, api_version: &str) -> Result<Created> {
        let mut value = created.laid_out.value;
        value["apiVersion"] = Value::from(api_version);
        let Created { hint, assumed, .. } = created;
        Ok(Created { hint, assumed, ..self.laid_out(&value)? })
    }

    /// An object and its manifest.
    pub(super) fn laid_out(&self, object: &impl Serialize) -> Result<Created> {
        let created = Created::of(self.lay_out(object)?)?;
        // What a template of the user's own says is somebody's wish.
        let assumed = match created.laid_out.template {
            None => self.assumed(),
            Some(_) => &[],
        };
        Ok(Created { assumed: assumed.to_vec(), ..created })
    }

    fn lay_out(&self, object: &impl Serialize) -> Result<LaidOut> {
        self.templates.lay_out(object, self.assumed())
    }

    /// Upstream's own interval is nobody's wish.
    fn assumed(&self) -> &'static [&'static str] {
        if self.common.interval.is_none() { &["/spec/interval"] } else { &[] }
    }

    /// A Secret and its manifest: readable where it is printed, encoded where it is applied.
    pub(super) fn laid_out_secret(&self, wanted: &Wanted) -> Result<Created> {
        let mut metadata = metadata(Some(self.namespace), &wanted.name, &self.labels());
        let annotation = wanted.annotation.clone();
        metadata.annotations =
            annotation.map(|(key, value)| BTreeMap::from([(key.to_owned(), value)]));
        let entries = wanted.entries.iter();
        let entries = entries.map(|(key, value)| (key.clone(), value.expose_secret().to_owned()));
        let printed = Secret {
            metadata,
            string_data: Some(entries.collect()),
            type_: wanted.type_.map(str::to_owned),
            ..Secret::default()
        };
        let laid_out = self.lay_out(&printed)?;
        let value = encoded(&laid_out.value)?;
        let object = serde_json::from_value(value)?;
        Ok(Created { object, ..Created::of(laid_out)? })
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
    /// Its manifest.
    pub(super) laid_out: LaidOut,
    /// What to do where the cluster refuses it.
    pub(super) hint: Option<RefusalHint>,
    /// Fields that nobody asked for, as JSON pointers.
    pub(super) assumed: Vec<&'static str>,
}

/// What to do where the cluster refuses what a field says.
pub(super) struct RefusalHint {
    /// The field, by which refusals that are about something else are told apart.
    pub(super) field: &'static str,
    pub(super) hints: Vec<String>,
}

impl Created {
    /// An object as it was laid out.
    pub(in crate::commands) fn of(laid_out: LaidOut) -> Result<Self> {
        let api_version = laid_out.value["apiVersion"].as_str().unwrap_or_default();
        let group = api_version.split_once('/').map_or("", |(group, _)| group);
        let kind = laid_out.value["kind"].as_str().and_then(kinds::of_api_kind);
        let kind = kind.filter(|kind| kind.group == group);
        let object = serde_json::from_value(laid_out.value.clone());
        let object = object.context("the manifest is no object of Kubernetes")?;
        Ok(Self { kind, object, laid_out, hint: None, assumed: Vec::new() })
    }

    /// What the cluster is asked for.
    pub(in crate::commands) fn desired(&self) -> Desired<'_> {
        Desired { object: &self.object, assumed: &self.assumed }
    }

    /// The manifest.
    pub(in crate::commands) fn text(&self) -> &str {
        &self.laid_out.text
    }

    /// `Kind namespace/name`.
    pub(in crate::commands) fn title(&self) -> String {
        view::title(&self.object)
    }

    /// The namespace that it is.
    pub(super) fn own_namespace(&self) -> Option<String> {
        (self.api_kind() == "Namespace").then(|| name(&self.object).to_owned())
    }

    /// Whether it is the one that is referred to.
    pub(super) fn is(&self, reference: &ObjectRef) -> bool {
        self.api_kind() == reference.kind
            && self.object.metadata.namespace.as_deref().unwrap_or_default() == reference.namespace
            && name(&self.object) == reference.name
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

/// A Secret whose values are encoded, as they are read back from the cluster: what `stringData` says is compared
/// with nothing there.
fn encoded(secret: &Value) -> Result<Value> {
    let mut secret = secret.clone();
    let strings = secret.as_object_mut().and_then(|secret| secret.remove("stringData"));
    let strings: BTreeMap<String, String> =
        strings.map(serde_json::from_value).transpose()?.unwrap_or_default();
    for (key, value) in strings {
        secret["data"][key] = serde_json::to_value(ByteString(value.into_bytes()))?;
    }
    Ok(secret)
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
