//! The steps between what a client sends and what is stored: decoding, naming, identity, defaults,
//! rules, and what the endpoint leaves alone.

use std::sync::Arc;

use serde_json::{Value, json};

use super::builtin;
use super::metadata;
use super::objects::{FieldValidation, WriteOptions};
use super::resources::{Registry, Resource, api_version, text};
use super::status::{Answer, Cause, Failure};
use super::validation;

/// The time now, as the API writes it.
pub(crate) fn now() -> String {
    k8s_openapi::jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A random identifier in the form of a version 4 UUID.
fn new_uid() -> String {
    let mut bytes = [0_u8; 16];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system has randomness");
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let (a, b, c, d, e) = (&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]);
    format!("{a}-{b}-{c}-{d}-{e}")
}

/// The suffix that `generateName` gets; the alphabet has no vowels, as the server's.
fn random_suffix() -> String {
    const ALPHABET: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    let mut bytes = [0_u8; 5];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system has randomness");
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()])).collect()
}

/// A body as an object of `resource`; built-in kinds need not say what they are.
///
/// # Errors
/// 400 with the words of the decoder; 422 for another kind where a custom one is expected.
pub(crate) fn typed(resource: &Resource, registry: &Registry, mut object: Value) -> Answer<Value> {
    if resource.is_custom() {
        check_custom_type(resource, &object)?;
        return Ok(object);
    }
    let Some(fields) = object.as_object_mut() else {
        return Err(unrecognized(resource, &not_an_object(&object), &object.to_string()));
    };
    for (name, expected) in
        [("apiVersion", resource.api_version()), ("kind", resource.kind.clone())]
    {
        if fields.get(name).is_none_or(|sent| sent.is_null() || sent == "") {
            fields.insert(name.to_owned(), expected.into());
        }
    }
    let (api_version, kind) = (text(&object, "/apiVersion"), text(&object, "/kind"));
    if api_version == resource.api_version() && kind == resource.kind {
        return Ok(object);
    }
    let version = api_version.rsplit('/').next().unwrap_or_default();
    let why = match registry.find_kind(api_version, kind).filter(|known| !known.is_custom()) {
        Some(_) => {
            let package = match resource.group.split('.').next() {
                None | Some("") => "core",
                Some(package) => package,
            };
            let expected = &resource.kind;
            format!("converting ({version}.{kind}) to ({package}.{expected}): unknown conversion")
        }
        None => format!(
            "no kind {kind:?} is registered for version {api_version:?} in scheme \
             \"pkg/runtime/scheme.go:111\""
        ),
    };
    Err(cannot_be_handled(resource, kind, version, &why))
}

fn check_custom_type(resource: &Resource, object: &Value) -> Answer<()> {
    if !object.is_object() {
        return Err(unrecognized(resource, &not_an_object(object), &object.to_string()));
    }
    let (api_version, kind) = (text(object, "/apiVersion"), text(object, "/kind"));
    let (body, expected) = (object.to_string(), resource.api_version());
    if kind.is_empty() {
        let why = format!("Object 'Kind' is missing in '{body}'");
        return Err(unrecognized(resource, &why, &body));
    }
    if api_version != expected {
        return Err(Failure::bad_request(format!(
            "the API version in the data ({api_version}) does not match the expected API version \
             ({expected})"
        )));
    }
    if kind != resource.kind {
        let why = format!("must be {}", resource.kind);
        let cause = Cause::invalid("kind", &kind.into(), &why);
        let name = text(object, "/metadata/name");
        return Err(Failure::invalid(&resource.group, kind, name, &[cause]));
    }
    Ok(())
}

fn not_an_object(value: &Value) -> String {
    let kind = match value {
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Bool(_) => "bool",
        _ => "number",
    };
    format!(
        "couldn't get version/kind; json parse error: json: cannot unmarshal {kind} into Go value \
         of type struct {{ APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string \
         \"json:\\\"kind,omitempty\\\"\" }}"
    )
}

/// 400 for a body that no kind can be read from; it is quoted as far as its first 30 characters.
pub(crate) fn unrecognized(resource: &Resource, why: &str, body: &str) -> Failure {
    let start: String = body.chars().take(30).collect();
    let quoted = match body.chars().count() {
        0 => "<empty>".to_owned(),
        1..=30 => start,
        _ => format!("{start} ..."),
    };
    Failure::bad_request(format!(
        "the object provided is unrecognized (must be of type {}): {why} ({quoted})",
        resource.kind
    ))
}

fn cannot_be_handled(resource: &Resource, kind: &str, version: &str, why: &str) -> Failure {
    let expected = &resource.kind;
    Failure::bad_request(format!(
        "{kind} in version {version:?} cannot be handled as a {expected}: {why}"
    ))
}

/// Checks that a configuration to apply says what the path says.
///
/// # Errors
/// 400.
pub(crate) fn check_applied_type(resource: &Resource, config: &Value) -> Answer<()> {
    if !config.is_object() {
        let kind = if config.is_array() { "array" } else { "string" };
        return Err(Failure::bad_request(format!(
            "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot \
             unmarshal {kind} into Go value of type map[string]interface {{}}"
        )));
    }
    let (api_version, kind) = (text(config, "/apiVersion"), text(config, "/kind"));
    if api_version == resource.api_version() && kind == resource.kind {
        return Ok(());
    }
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    let group_version =
        if api_version.is_empty() { "/".to_owned() } else { format!("{group}/{version}") };
    Err(Failure::bad_request(format!("invalid object type: {group_version}, Kind={kind}")))
}

/// What an object was read from, which decides how unknown fields are refused.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decoder {
    Body,
    Patch,
}

/// 422 for an object of `resource`.
pub(crate) fn invalid(resource: &Resource, name: &str, causes: &[Cause]) -> Failure {
    Failure::invalid(&resource.group, &resource.kind, name, causes)
}

/// Drops unknown fields, or refuses them.
pub(crate) fn decoded(
    resource: &Resource,
    mut object: Value,
    options: &WriteOptions,
    decoder: Decoder,
) -> Answer<(Value, Vec<String>)> {
    if let Some(error) = builtin::decoding_error(resource, &object) {
        return Err(match decoder {
            Decoder::Patch if !resource.is_custom() => patched_badly(&object, &error),
            _ => cannot_be_handled(resource, &resource.kind, &resource.version, &error),
        });
    }
    let sent = (decoder == Decoder::Patch).then(|| object.clone());
    let mut unknown = validation::prune(&mut object, resource.schema());
    if resource.is_custom() {
        unknown.sort_unstable();
    }
    let errors: Vec<_> = unknown.iter().map(|path| format!("unknown field {path:?}")).collect();
    builtin::normalise(resource, &mut object);
    match options.field_validation {
        FieldValidation::Strict if !errors.is_empty() => {
            let error = format!("strict decoding error: {}", errors.join(", "));
            Err(match sent {
                Some(sent) => patched_badly(&sent, &error),
                None => cannot_be_handled(resource, &resource.kind, &resource.version, &error),
            })
        }
        FieldValidation::Warn => Ok((object, errors)),
        _ => Ok((object, Vec::new())),
    }
}

/// 422 for what a patch made of an object, which is quoted with its fields in order.
fn patched_badly(patched: &Value, error: &str) -> Failure {
    let mut quoted = patched.clone();
    quoted.sort_all_objects();
    Failure::invalid("", "", "", &[Cause::invalid("patch", &quoted.to_string().into(), error)])
}

/// Fits the object's namespace to the path's.
pub(crate) fn named(
    resource: &Resource,
    namespace: Option<&str>,
    mut object: Value,
) -> Answer<Value> {
    if !object["metadata"].is_object() {
        object["metadata"] = json!({});
    }
    let sent = text(&object, "/metadata/namespace");
    match (resource.namespaced, namespace) {
        (true, Some(namespace)) if sent.is_empty() => {
            object["metadata"]["namespace"] = namespace.into();
        }
        (true, Some(namespace)) if sent != namespace => {
            return Err(Failure::bad_request(
                "the namespace of the provided object does not match the namespace sent on the request",
            ));
        }
        (true, None) => {
            return Err(Failure::bad_request("an empty namespace may not be set during creation"));
        }
        (false, _) if !sent.is_empty() => {
            return Err(Failure::bad_request(
                "the namespace of the provided object does not match the namespace sent on the request",
            ));
        }
        _ => {}
    }
    Ok(object)
}

/// The metadata that the server gives a new object.
pub(crate) fn new_identity(resource: &Resource) -> Value {
    let mut metadata = json!({"uid": new_uid(), "creationTimestamp": now()});
    if resource.has_generation {
        metadata["generation"] = 1.into();
    }
    metadata
}

/// Gives a new object its identity and takes what only the server may set.
pub(crate) fn reset_for_create(resource: &Resource, object: &mut Value) {
    if resource.has_status
        && let Some(object) = object.as_object_mut()
    {
        object.shift_remove("status");
    }
    let Some(metadata) = object["metadata"].as_object_mut() else { return };
    for name in ["resourceVersion", "selfLink", "deletionTimestamp", "deletionGracePeriodSeconds"] {
        metadata.shift_remove(name);
    }
    let prefix = metadata.get("generateName").and_then(Value::as_str).unwrap_or_default();
    let has_name =
        metadata.get("name").and_then(Value::as_str).is_some_and(|name| !name.is_empty());
    if !has_name && !prefix.is_empty() {
        let name = format!("{prefix}{}", random_suffix());
        metadata.insert("name".to_owned(), name.into());
    }
    if let Value::Object(identity) = new_identity(resource) {
        metadata.extend(identity);
    }
}

/// Sets the defaults of the kind.
pub(crate) fn complete(resource: &Resource, object: &mut Value) {
    if resource.is_custom() {
        validation::set_defaults(object, resource.schema());
        validation::drop_nulls(object, resource.schema());
    } else {
        builtin::set_defaults(resource, object);
    }
}

/// Checks the metadata and the rules of the kind.
pub(crate) fn check_rules(resource: &Resource, object: &Value) -> Answer<()> {
    let causes = broken_rules(resource, object);
    let name = text(object, "/metadata/name");
    if causes.is_empty() { Ok(()) } else { Err(invalid(resource, name, &causes)) }
}

fn broken_rules(resource: &Resource, object: &Value) -> Vec<Cause> {
    let mut causes = metadata::validate(resource, object);
    if resource.is_custom() {
        causes.extend(validation::validate(object, resource.schema()));
    } else {
        causes.extend(builtin::validate(resource, object));
    }
    causes
}

/// The name that was sent is the path's.
pub(crate) fn check_sent_name(object: &Value, name: &str) -> Answer<()> {
    match text(object, "/metadata/name") {
        sent if sent == name => Ok(()),
        "" => Err(Failure::bad_request(format!(
            "the name of the object ({name} based on URL) was undeterminable: name must be provided"
        ))),
        sent => Err(Failure::bad_request(format!(
            "the name of the object ({sent}) does not match the name on the URL ({name})"
        ))),
    }
}

/// The version that was sent, if any, is that of the live object.
pub(crate) fn check_version(resource: &Resource, live: &Value, object: &Value) -> Answer<()> {
    let version = text(object, "/metadata/resourceVersion");
    if version.is_empty() || version == text(live, "/metadata/resourceVersion") {
        return Ok(());
    }
    match version.parse::<u64>() {
        Ok(_) => Err(Failure::modified(resource, text(live, "/metadata/name"))),
        Err(_) => Err(Failure::internal(format!(
            "strconv.ParseUint: parsing {version:?}: invalid syntax"
        ))),
    }
}

/// The version and uid that a PUT sent are those of the live object.
pub(crate) fn check_version_and_uid(
    resource: &Resource,
    live: &Value,
    object: &Value,
) -> Answer<()> {
    let (sent, uid) = (text(object, "/metadata/uid"), text(live, "/metadata/uid"));
    if sent.is_empty() || sent == uid {
        return check_version(resource, live, object);
    }
    let (namespace, name) = (text(live, "/metadata/namespace"), text(live, "/metadata/name"));
    let scope = if namespace.is_empty() { String::new() } else { format!("{namespace}/") };
    let why = format!(
        "StorageError: invalid object, Code: 4, Key: /registry/{}/{scope}{name}, ResourceVersion: \
         0, AdditionalErrorMsg: Precondition failed: UID in precondition: {sent}, UID in object \
         meta: {uid}",
        resource.storage_prefix()
    );
    Err(Failure::conflict(resource, name, &why))
}

/// A patch leaves the uid alone; the real server names that twice.
pub(crate) fn check_uid_unchanged(resource: &Resource, live: &Value, object: &Value) -> Answer<()> {
    let sent = text(object, "/metadata/uid");
    if sent.is_empty() || sent == text(live, "/metadata/uid") {
        return Ok(());
    }
    let cause = Cause::invalid("metadata.uid", &sent.into(), "field is immutable");
    Err(invalid(resource, text(live, "/metadata/name"), &[cause.clone(), cause]))
}

/// The main endpoint ignores the status; `/status` ignores the rest, for some kinds even metadata.
pub(crate) fn restrict_to_endpoint(
    resource: &Resource,
    live: &Value,
    object: &mut Value,
    subresource: &str,
) {
    if subresource == "status" {
        let sent = std::mem::replace(object, live.clone());
        set_or_remove(object, "status", sent.get("status").cloned());
        if resource.keeps_metadata_of_status() {
            object["metadata"] = sent["metadata"].clone();
            if !resource.keeps_labels_of_status() {
                let labels = live.pointer("/metadata/labels").cloned();
                set_or_remove(&mut object["metadata"], "labels", labels);
            }
        } else {
            let managed = sent.pointer("/metadata/managedFields").cloned();
            set_or_remove(&mut object["metadata"], "managedFields", managed);
        }
    } else if resource.has_status {
        set_or_remove(object, "status", live.get("status").cloned());
    }
}

fn set_or_remove(object: &mut Value, name: &str, value: Option<Value>) {
    let Some(object) = object.as_object_mut() else { return };
    match value {
        Some(value) => drop(object.insert(name.to_owned(), value)),
        None => drop(object.shift_remove(name)),
    }
}

/// Metadata that no client changes.
pub(crate) fn keep_server_metadata(live: &Value, object: &mut Value) {
    for name in [
        "uid",
        "creationTimestamp",
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
        "generation",
        "resourceVersion",
        "namespace",
        "name",
        "generateName",
    ] {
        set_or_remove(&mut object["metadata"], name, live["metadata"].get(name).cloned());
    }
}

/// Checks a new state of `live`: the rules for any object of its kind, then those for changes.
pub(crate) fn check_changes(
    resource: &Resource,
    live: &Value,
    object: &Value,
    subresource: &str,
) -> Answer<()> {
    let mut causes = metadata::validate_update(live, object);
    if resource.is_custom() && subresource == "status" {
        causes.extend(validation::validate_status(&object["status"], resource.schema()));
    } else {
        causes.extend(broken_rules(resource, object));
    }
    causes.extend(changed_for_ever(resource, live, object));
    if !resource.is_custom() {
        causes.extend(builtin::validate_update(resource, live, object));
    }
    let name = text(live, "/metadata/name");
    if causes.is_empty() { Ok(()) } else { Err(invalid(resource, name, &causes)) }
}

/// The immutable fields that change.
fn changed_for_ever(resource: &Resource, live: &Value, object: &Value) -> Vec<Cause> {
    let changed = resource.immutable.iter().filter(|at| live.pointer(at) != object.pointer(at));
    changed
        .map(|pointer| {
            let field = pointer.trim_start_matches('/').replace('/', ".");
            let value = object.pointer(pointer).unwrap_or(&Value::Null);
            let detail =
                if field == "roleRef" { "cannot change roleRef" } else { "field is immutable" };
            Cause::invalid(field, value, detail)
        })
        .collect()
}

/// The generation counts changes of what is asked for, not of what is observed.
pub(crate) fn count_generation(
    resource: &Resource,
    live: &Value,
    object: &mut Value,
    subresource: &str,
) {
    if !resource.has_generation {
        return;
    }
    let asked = |object: &Value| {
        let mut fields = object.as_object().cloned().unwrap_or_default();
        fields.retain(|name, _| match name.as_str() {
            "metadata" => false,
            "status" => !resource.has_status,
            _ => resource.is_custom() || name == "spec",
        });
        fields
    };
    // A Deployment's annotations are copied to its ReplicaSets, and so are part of what is asked.
    let annotations = |object: &Value| match (resource.is_custom(), resource.kind.as_str()) {
        (false, "Deployment") => object.pointer("/metadata/annotations").cloned(),
        _ => None,
    };
    let is_annotated = subresource.is_empty() && annotations(live) != annotations(object);
    if asked(live) != asked(object) || is_annotated {
        let generation = live["metadata"]["generation"].as_i64().unwrap_or(0) + 1;
        object["metadata"]["generation"] = generation.into();
    }
}

/// An object as the version of `resource` shows it; conversion between versions is the identity.
pub(crate) fn in_version(object: &Arc<Value>, resource: &Resource) -> Arc<Value> {
    let wanted = api_version(&resource.group, &resource.version);
    if object["apiVersion"] == wanted.as_str() {
        return Arc::clone(object);
    }
    let mut converted = Value::clone(object);
    converted["apiVersion"] = wanted.into();
    Arc::new(converted)
}
