//! Answers that hold objects: one, a list page by page, in the form the client asked for.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::objects::State;
use super::preparation::in_version;
use super::request::{Form, Query};
use super::resources::{Resource, text};
use super::selector::Selector;
use super::status::{Answer, Cause, Failure};
use super::store::{Key, collection, key};
use super::table;

/// Where a list continues: the version it shows and the last key it gave.
struct Continue {
    version: u64,
    after: Key,
}

impl Continue {
    fn encode(&self) -> String {
        let (namespace, name) = &self.after;
        URL_SAFE_NO_PAD.encode(json!([self.version, namespace, name]).to_string())
    }

    fn decode(token: &str) -> Answer<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(token).ok();
        let parts = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let (version, namespace, name) = parts.ok_or_else(|| {
            Failure::bad_request("continue key is not valid: illegal base64 or content")
        })?;
        Ok(Self { version, after: (namespace, name) })
    }
}

/// The body of a list.
///
/// # Errors
/// 400 for a query that cannot be read, 410 when the version to continue from is forgotten.
pub(crate) fn list(
    state: &State,
    resource: &Resource,
    namespace: Option<&str>,
    query: &Query,
    form: Form,
) -> Answer<Vec<u8>> {
    let selector = Selector::of_query(query, resource)?;
    let limit = query.number("limit")?.filter(|limit| *limit > 0);
    let token = match query.get("continue") {
        "" => None,
        token => Some(Continue::decode(token)?),
    };
    let version = match &token {
        Some(token) => token.version,
        None => version_to_show(state, query)?,
    };
    if !state.store.remembers(version) {
        return Err(match token {
            Some(_) => Failure::expired(CONTINUE_EXPIRED),
            None => Failure::expired(format!(
                "too old resource version: {version} ({})",
                state.store.oldest()
            )),
        });
    }
    let is_wanted = |object: &Value| {
        namespace.is_none_or(|namespace| text(object, "/metadata/namespace") == namespace)
            && selector.matches(object)
    };
    let of = collection(resource);
    let mut wanted: Vec<Arc<Value>> = if version == state.store.version() && token.is_none() {
        let objects = state.store.list(&of, namespace);
        objects.filter(|object| is_wanted(object)).cloned().collect()
    } else {
        let after = token.map(|token| token.after);
        state
            .store
            .snapshot(&of, version)
            .into_iter()
            .filter(|(key, object)| Some(key) > after.as_ref() && is_wanted(object))
            .map(|(_, object)| object)
            .collect()
    };
    let limit = limit.map_or(wanted.len(), |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let remaining = wanted.len().saturating_sub(limit);
    wanted.truncate(limit);
    let mut metadata = json!({"resourceVersion": version.to_string()});
    if let (Some(last), 1..) = (wanted.last(), remaining) {
        metadata["continue"] = Continue { version, after: key(last) }.encode().into();
        // The real server does not count what a selector would have left out.
        if query.get("labelSelector").is_empty() && query.get("fieldSelector").is_empty() {
            metadata["remainingItemCount"] = remaining.into();
        }
    }
    let objects: Vec<_> = wanted.iter().map(|object| in_version(object, resource)).collect();
    Ok(write(resource, &objects, &metadata, form, query))
}

/// What the server says to a continue token that is too old.
const CONTINUE_EXPIRED: &str = "The provided continue parameter is too old to display a \
    consistent list result. You can start a new list without the continue parameter, or use the \
    continue token in this response to retrieve the remainder of the results. Continuing with \
    the provided token results in an inconsistent list - objects that were created, modified, or \
    deleted between the time the first chunk was returned and now may show up in the list.";

/// The version that a list shows: the newest one, or an older one where exactly that is asked for.
fn version_to_show(state: &State, query: &Query) -> Answer<u64> {
    let asked = query.number("resourceVersion")?.unwrap_or(0);
    let newest = state.store.version();
    if asked > newest {
        return Err(Failure::too_large_version(asked, newest));
    }
    match query.get("resourceVersionMatch") {
        "Exact" => Ok(asked),
        "" | "NotOlderThan" => Ok(newest),
        other => {
            let message = format!(
                "Unsupported value: {other:?}: supported values: \"Exact\", \"NotOlderThan\", \"\""
            );
            let cause = Cause::new("FieldValueNotSupported", "resourceVersionMatch", message);
            Err(Failure::invalid("meta.k8s.io", "ListOptions", "", &[cause]))
        }
    }
}

/// Writes a list item by item, so that its objects are not copied.
fn write(
    resource: &Resource,
    objects: &[Arc<Value>],
    metadata: &Value,
    form: Form,
    query: &Query,
) -> Vec<u8> {
    let (kind, api_version) = match form {
        Form::Table => {
            let table = table::of(resource, objects, metadata, query.get("includeObject"), true);
            return table.to_string().into_bytes();
        }
        Form::Metadata => ("PartialObjectMetadataList".to_owned(), "meta.k8s.io/v1".to_owned()),
        Form::Object => (format!("{}List", resource.kind), resource.api_version()),
    };
    let (kind, api_version) = (json!(kind), json!(api_version));
    let mut body = format!(
        "{{\"kind\":{kind},\"apiVersion\":{api_version},\"metadata\":{metadata},\"items\":["
    )
    .into_bytes();
    for (index, object) in objects.iter().enumerate() {
        if index > 0 {
            body.push(b',');
        }
        body.extend_from_slice(item(resource, object, form).to_string().as_bytes());
    }
    body.extend_from_slice(b"]}");
    body
}

/// An object inside a list: typed lists leave the type of their items out.
fn item(resource: &Resource, object: &Arc<Value>, form: Form) -> Arc<Value> {
    match form {
        Form::Metadata => Arc::new(partial(object)),
        _ if resource.is_custom() => Arc::clone(object),
        _ => {
            let mut bare = Value::clone(object);
            if let Some(bare) = bare.as_object_mut() {
                bare.shift_remove("kind");
                bare.shift_remove("apiVersion");
            }
            Arc::new(bare)
        }
    }
}

/// `PartialObjectMetadata` of an object.
pub(crate) fn partial(object: &Value) -> Value {
    json!({
        "kind": "PartialObjectMetadata",
        "apiVersion": "meta.k8s.io/v1",
        "metadata": object["metadata"],
    })
}

/// One object in the form the client asked for.
pub(crate) fn single(resource: &Resource, object: &Arc<Value>, form: Form, query: &Query) -> Value {
    let object = in_version(object, resource);
    match form {
        Form::Object => Value::clone(&object),
        Form::Metadata => partial(&object),
        Form::Table => {
            let metadata = json!({"resourceVersion": object["metadata"]["resourceVersion"]});
            table::of(resource, &[object], &metadata, query.get("includeObject"), true)
        }
    }
}
