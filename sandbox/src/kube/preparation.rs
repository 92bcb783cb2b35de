//! The steps between what a client sends and what is stored: decoding, naming, identity, defaults,
//! rules, and what the endpoint leaves alone.

use std::sync::Arc;

use serde_json::{Value, json};

use super::builtin;
use super::objects::{FieldValidation, WriteOptions};
use super::resources::{Resource, api_version, text};
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

/// Checks that a body is an object of `resource`.
///
/// # Errors
/// 400 with the words of the decoder.
pub(crate) fn check_type(resource: &Resource, object: &Value) -> Answer<()> {
    let (api_version, kind) = (text(object, "/apiVersion"), text(object, "/kind"));
    if !object.is_object() || kind.is_empty() {
        return Err(Failure::bad_request(format!("Object 'Kind' is missing in '{object}'")));
    }
    if api_version != resource.api_version() || kind != resource.kind {
        return Err(Failure::bad_request(format!(
            "{kind} in version {:?} cannot be handled as a {}: no kind {kind:?} is registered for version {api_version:?}",
            api_version.rsplit('/').next().unwrap_or_default(),
            resource.kind,
        )));
    }
    Ok(())
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
    builtin::check_decodes(resource, &object)?;
    let sent = (decoder == Decoder::Patch).then(|| object.clone());
    let unknown = validation::prune(&mut object, resource.schema());
    let errors: Vec<_> = unknown.iter().map(|path| format!("unknown field {path:?}")).collect();
    builtin::normalise(resource, &mut object);
    match options.field_validation {
        FieldValidation::Strict if !errors.is_empty() => {
            let error = format!("strict decoding error: {}", errors.join(", "));
            Err(match sent {
                Some(sent) => Failure::invalid(
                    "",
                    "",
                    "",
                    &[Cause::invalid("patch", &sent.to_string().into(), &error)],
                ),
                None => Failure::bad_request(format!(
                    "{kind} in version {:?} cannot be handled as a {kind}: {error}",
                    resource.version,
                    kind = resource.kind,
                )),
            })
        }
        FieldValidation::Warn => Ok((object, errors)),
        _ => Ok((object, Vec::new())),
    }
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
    for name in [
        "resourceVersion",
        "selfLink",
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
        "generation",
    ] {
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
    } else {
        builtin::set_defaults(resource, object);
    }
}

/// Checks the name and, for custom kinds, the schema.
pub(crate) fn check_rules(resource: &Resource, object: &Value) -> Answer<()> {
    let name = text(object, "/metadata/name");
    let mut causes = builtin::check_name(resource, object);
    if resource.is_custom() {
        causes.extend(validation::validate(object, resource.schema()));
    } else {
        causes.extend(builtin::validate(resource, object));
    }
    if causes.is_empty() { Ok(()) } else { Err(invalid(resource, name, &causes)) }
}

/// The version and uid that were sent are those of the live object.
pub(crate) fn check_preconditions(
    resource: &Resource,
    live: &Value,
    object: &Value,
    name: &str,
) -> Answer<()> {
    let uid = text(object, "/metadata/uid");
    if !uid.is_empty() && uid != text(live, "/metadata/uid") {
        let why = format!(
            "Precondition failed: UID in precondition: {uid}, UID in object meta: {}",
            text(live, "/metadata/uid")
        );
        return Err(Failure::conflict(resource, name, &why));
    }
    let version = text(object, "/metadata/resourceVersion");
    if !version.is_empty() && version != text(live, "/metadata/resourceVersion") {
        return Err(Failure::modified(resource, name));
    }
    Ok(())
}

/// The main endpoint ignores the status, `/status` everything else.
pub(crate) fn restrict_to_endpoint(
    resource: &Resource,
    live: &Value,
    object: &mut Value,
    subresource: &str,
) {
    if subresource == "status" {
        let status = object.get("status").cloned();
        let managed = object.pointer("/metadata/managedFields").cloned();
        *object = live.clone();
        set_or_remove(object, "status", status);
        set_or_remove(&mut object["metadata"], "managedFields", managed);
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

pub(crate) fn check_immutable(
    resource: &Resource,
    live: &Value,
    object: &Value,
    name: &str,
) -> Answer<()> {
    let causes: Vec<_> = resource
        .immutable
        .iter()
        .filter(|pointer| live.pointer(pointer) != object.pointer(pointer))
        .map(|pointer| {
            let field = pointer.trim_start_matches('/').replace('/', ".");
            let value = object.pointer(pointer).unwrap_or(&Value::Null);
            let detail =
                if field == "roleRef" { "cannot change roleRef" } else { "field is immutable" };
            Cause::invalid(field, value, detail)
        })
        .collect();
    if causes.is_empty() { Ok(()) } else { Err(invalid(resource, name, &causes)) }
}

/// The generation counts changes of what is asked for, not of what is observed.
pub(crate) fn count_generation(resource: &Resource, live: &Value, object: &mut Value) {
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
    if asked(live) != asked(object) {
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
