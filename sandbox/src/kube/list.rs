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
    /// None shows whatever is newest, for who was too slow for a consistent list.
    version: Option<u64>,
    after: Key,
}

impl Continue {
    fn encode(&self) -> String {
        let (namespace, name) = &self.after;
        URL_SAFE_NO_PAD.encode(json!([self.version, namespace, name]).to_string())
    }

    fn decode(token: &str) -> Answer<Self> {
        let invalid = |why: String| {
            let message = format!("invalid continue token: continue key is not valid: {why}");
            Failure::bad_request(message)
        };
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|error| {
            let offset = match error {
                base64::DecodeError::InvalidByte(offset, _)
                | base64::DecodeError::InvalidLastSymbol(offset, _) => offset,
                _ => token.len(),
            };
            invalid(format!("illegal base64 data at input byte {offset}"))
        })?;
        let (version, namespace, name) = serde_json::from_slice(&bytes).map_err(|_| {
            let first = bytes.first().map_or(' ', |byte| char::from(*byte));
            invalid(format!("invalid character '{first}' looking for beginning of value"))
        })?;
        Ok(Self { version, after: (namespace, name) })
    }
}

/// Checks how the options of a list or a watch go together.
///
/// # Errors
/// 422 with everything that is wrong.
pub(crate) fn check_options(query: &Query, is_watch: bool) -> Answer<()> {
    let matching = query.get("resourceVersionMatch");
    let streams = query.has("sendInitialEvents");
    let version = query.get("resourceVersion");
    let mut causes = Vec::new();
    let mut forbid = |field: &str, why: &str| {
        causes.push(Cause::new("FieldValueForbidden", field, format!("Forbidden: {why}")));
    };
    if is_watch && streams && matching != "NotOlderThan" {
        let why = "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan";
        forbid("resourceVersionMatch", why);
    }
    if is_watch && !streams && !matching.is_empty() {
        let why =
            "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided";
        forbid("resourceVersionMatch", why);
    }
    if !is_watch && !matching.is_empty() && version.is_empty() {
        let why = "resourceVersionMatch is forbidden unless resourceVersion is provided";
        forbid("resourceVersionMatch", why);
    }
    // A watch that starts with what is there now matches a version even if it does not say so.
    let has_match = !matching.is_empty() || (is_watch && matches!(version, "" | "0"));
    if has_match && !query.get("continue").is_empty() {
        let why = "resourceVersionMatch is forbidden when continue is provided";
        forbid("resourceVersionMatch", why);
    }
    if matching == "Exact" && version == "0" && !is_watch {
        let why = "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"";
        forbid("resourceVersionMatch", why);
    }
    if streams && !is_watch {
        forbid("sendInitialEvents", "sendInitialEvents is forbidden for list");
    }
    causes.extend(unsupported_match(matching, is_watch));
    if causes.is_empty() {
        return Ok(());
    }
    Err(Failure::invalid("meta.k8s.io", "ListOptions", "", &causes))
}

fn unsupported_match(matching: &str, is_watch: bool) -> Option<Cause> {
    let (known, supported): (&[_], _) = match is_watch {
        true => (&["", "NotOlderThan"], "\"NotOlderThan\""),
        false => (&["", "Exact", "NotOlderThan"], "\"Exact\", \"NotOlderThan\", \"\""),
    };
    let message = format!("Unsupported value: {matching:?}: supported values: {supported}");
    (!known.contains(&matching))
        .then(|| Cause::new("FieldValueNotSupported", "resourceVersionMatch", message))
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
    check_options(query, false)?;
    let selector = Selector::of_query(query, resource)?;
    let limit = query.limit("limit")?;
    let token = continued(query)?;
    let version = match &token {
        Some(token) => token.version.unwrap_or_else(|| state.store.version()),
        None => version_to_show(state, query)?,
    };
    if !state.store.remembers(version) {
        return Err(forgotten(state, version, token));
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
        let all = state.store.snapshot(&of, version).into_iter();
        let rest = all.filter(|(key, object)| Some(key) > after.as_ref() && is_wanted(object));
        rest.map(|(_, object)| object).collect()
    };
    let limit = limit.map_or(wanted.len(), |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    let remaining = wanted.len().saturating_sub(limit);
    wanted.truncate(limit);
    let last = wanted.last().filter(|_| remaining > 0).map(|last| key(last));
    let mut metadata = metadata(query, version, last, remaining);
    // The server reads lists of custom objects without their types, and then leaves nothing out.
    if resource.is_custom() && form == Form::Object && metadata["continue"].is_null() {
        metadata["continue"] = "".into();
    }
    let objects: Vec<_> = wanted.iter().map(|object| in_version(object, resource)).collect();
    Ok(write(resource, &objects, &metadata, form, query))
}

/// Where a list is to continue; nothing for one that begins.
fn continued(query: &Query) -> Answer<Option<Continue>> {
    match query.get("continue") {
        "" => Ok(None),
        _ if !matches!(query.get("resourceVersion"), "" | "0") => {
            let why = "specifying resource version is not allowed when using continue";
            Err(Failure::bad_request(why))
        }
        token => Continue::decode(token).map(Some),
    }
}

/// The refusal of a version that nobody remembers; a list that continues is offered what is newest.
fn forgotten(state: &State, version: u64, token: Option<Continue>) -> Failure {
    match token {
        Some(token) => {
            let inconsistent = Continue { version: None, after: token.after };
            Failure::expired(CONTINUE_EXPIRED).with_continue(&inconsistent.encode())
        }
        None => Failure::expired(format!(
            "too old resource version: {version} ({})",
            state.store.oldest()
        )),
    }
}

/// The metadata of a list that shows `version`, with what comes behind the `last` key where something remains.
fn metadata(query: &Query, version: u64, last: Option<Key>, remaining: usize) -> Value {
    let mut metadata = json!({"resourceVersion": version.to_string()});
    if let Some(after) = last {
        metadata["continue"] = Continue { version: Some(version), after }.encode().into();
        // The real server does not count what a selector would have left out.
        if query.get("labelSelector").is_empty() && query.get("fieldSelector").is_empty() {
            metadata["remainingItemCount"] = remaining.into();
        }
    }
    metadata
}

/// What the server says to a continue token that is too old.
const CONTINUE_EXPIRED: &str = "The provided continue parameter is too old to display a \
    consistent list result. You can start a new list without the continue parameter, or use the \
    continue token in this response to retrieve the remainder of the results. Continuing with \
    the provided token results in an inconsistent list - objects that were created, modified, or \
    deleted between the time the first chunk was returned and now may show up in the list.";

/// The version that a list shows: the newest one, or an older one where exactly that is asked for.
fn version_to_show(state: &State, query: &Query) -> Answer<u64> {
    let asked = minimum_version(state, query)?;
    match query.get("resourceVersionMatch") {
        "Exact" => Ok(asked),
        _ => Ok(state.store.version()),
    }
}

/// The version that an answer has to be as new as.
///
/// # Errors
/// 400 for what is no version, 504 for one that does not exist yet.
pub(crate) fn minimum_version(state: &State, query: &Query) -> Answer<u64> {
    let asked = query.version("resourceVersion");
    let asked =
        asked.map_err(|why| Failure::bad_request(format!("invalid resource version: {why}")))?;
    match (asked.unwrap_or(0), state.store.version()) {
        (asked, newest) if asked > newest => Err(Failure::too_large_version(asked, newest)),
        (asked, _) => Ok(asked),
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
    let start = format!(
        "{{\"kind\":{kind},\"apiVersion\":{api_version},\"metadata\":{metadata},\"items\":"
    );
    // Of no object at all the real server tells the metadata in a list that was never made.
    if objects.is_empty() && form == Form::Metadata {
        return format!("{start}null}}").into_bytes();
    }
    let mut body = start.into_bytes();
    body.push(b'[');
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
