//! Writing objects: what the server does to an object before it is stored.

use std::sync::Arc;

use serde_json::{Value, json};

use super::builtin;
use super::managers::{self, Manager, Operation};
use super::patch;
use super::resources::{Registry, Resource, api_version, text};
use super::status::{Answer, Cause, Failure};
use super::store::{Store, collection, key};
use super::validation;

/// What is served and stored.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// The kinds.
    pub(crate) registry: Registry,
    /// The objects.
    pub(crate) store: Store,
    /// The version up to which the background work is done.
    pub(crate) settled: u64,
}

/// What to do about fields that the kind does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldValidation {
    /// Drop them.
    Ignore,
    /// Drop them and say so in a header.
    Warn,
    /// Refuse the object.
    Strict,
}

/// The options of a write.
#[derive(Clone, Debug)]
pub(crate) struct WriteOptions {
    /// Answer as if, store nothing.
    pub(crate) dry_run: bool,
    /// What to do about unknown fields.
    pub(crate) field_validation: FieldValidation,
    /// Who owns the fields that are written.
    pub(crate) field_manager: String,
    /// Whether an apply takes fields from other managers.
    pub(crate) force: bool,
    /// `status`, or empty.
    pub(crate) subresource: String,
}

impl WriteOptions {
    /// Options of a writer that names nothing but itself.
    pub(crate) fn of(field_manager: &str) -> Self {
        Self {
            dry_run: false,
            field_validation: FieldValidation::Warn,
            field_manager: field_manager.to_owned(),
            force: false,
            subresource: String::new(),
        }
    }

    fn manager(&self, operation: Operation, object: &Value) -> Manager {
        Manager {
            name: self.field_manager.clone(),
            operation,
            api_version: text(object, "/apiVersion").to_owned(),
            subresource: self.subresource.clone(),
        }
    }
}

/// What a write led to.
#[derive(Debug)]
pub(crate) struct Written {
    /// The object as it is now, or would be.
    pub(crate) object: Arc<Value>,
    /// Whether it was created.
    pub(crate) is_new: bool,
    /// The unknown fields that were dropped and are to be warned of.
    pub(crate) warnings: Vec<String>,
}

/// The body of a patch.
#[derive(Clone, Debug)]
pub(crate) enum Patch {
    /// `application/json-patch+json`
    Json(Value),
    /// `application/merge-patch+json`
    Merge(Value),
    /// `application/strategic-merge-patch+json`
    Strategic(Value),
    /// `application/apply-patch+yaml`
    Apply(Value),
}

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

impl State {
    /// Creates an object from a POST.
    ///
    /// # Errors
    /// As the server: 400, 403, 404, 409 or 422.
    pub(crate) fn create(
        &mut self,
        resource: &Resource,
        namespace: Option<&str>,
        object: Value,
        options: &WriteOptions,
    ) -> Answer<Written> {
        check_type(resource, &object)?;
        let (object, warnings) = decoded(resource, object, options, Decoder::Body)?;
        let mut object = named(resource, namespace, object)?;
        self.insertable(resource, &object)?;
        reset_for_create(resource, &mut object);
        complete(resource, &mut object);
        check_rules(resource, &object)?;
        builtin::on_create(resource, &mut object, &self.store);
        let manager = options.manager(Operation::Update, &object);
        managers::track_update(&json!({}), &mut object, resource, &manager, &now());
        Ok(self.insert(resource, object, options, warnings))
    }

    /// The namespace exists and is not on its way out; the name is free.
    fn insertable(&self, resource: &Resource, object: &Value) -> Answer<()> {
        let (namespace, name) = key(object);
        if resource.namespaced {
            let namespaces = self.registry.find("", "v1", "namespaces");
            let namespaces = namespaces.expect("namespaces are built in");
            let found = self.store.get(&collection(&namespaces), "", &namespace);
            let found = found.ok_or_else(|| Failure::not_found(&namespaces, &namespace))?;
            if found.pointer("/metadata/deletionTimestamp").is_some() {
                return Err(Failure::namespace_terminating(resource, &name, &namespace));
            }
        }
        match self.store.get(&collection(resource), &namespace, &name) {
            Some(_) => Err(Failure::already_exists(resource, &name)),
            None => Ok(()),
        }
    }

    fn insert(
        &mut self,
        resource: &Resource,
        object: Value,
        options: &WriteOptions,
        warnings: Vec<String>,
    ) -> Written {
        let object = match options.dry_run {
            true => Arc::new(object),
            false => self.store.put(&collection(resource), object),
        };
        Written { object, is_new: true, warnings }
    }

    /// Replaces an object by a PUT.
    ///
    /// # Errors
    /// As the server: 400, 404, 409 or 422.
    pub(crate) fn replace(
        &mut self,
        resource: &Resource,
        namespace: Option<&str>,
        name: &str,
        object: Value,
        options: &WriteOptions,
    ) -> Answer<Written> {
        check_type(resource, &object)?;
        let (object, warnings) = decoded(resource, object, options, Decoder::Body)?;
        let object = named(resource, namespace, object)?;
        let sent = text(&object, "/metadata/name");
        if sent != name {
            return Err(Failure::bad_request(format!(
                "the name of the object ({sent}) does not match the name on the URL ({name})"
            )));
        }
        let live = self.live(resource, namespace, name)?;
        if builtin::needs_version_for_update(resource)
            && text(&object, "/metadata/resourceVersion").is_empty()
        {
            let cause = Cause::invalid(
                "metadata.resourceVersion",
                &json!(0),
                "must be specified for an update",
            );
            return Err(invalid(resource, name, &[cause]));
        }
        let (live, object) = (in_version(&live, resource), object);
        self.update(resource, &live, object, options, warnings, Tracking::Update)
    }

    /// The object that a path names.
    ///
    /// # Errors
    /// 404 when there is none.
    pub(crate) fn live(
        &self,
        resource: &Resource,
        namespace: Option<&str>,
        name: &str,
    ) -> Answer<Arc<Value>> {
        self.store
            .get(&collection(resource), namespace.unwrap_or_default(), name)
            .cloned()
            .ok_or_else(|| Failure::not_found(resource, name))
    }

    /// Patches an object; an apply creates it when it does not exist.
    ///
    /// # Errors
    /// As the server: 400, 404, 409, 415 or 422; 500 for an apply that does not fit the schema.
    pub(crate) fn patch(
        &mut self,
        resource: &Resource,
        namespace: Option<&str>,
        name: &str,
        patch: Patch,
        options: &WriteOptions,
    ) -> Answer<Written> {
        let live = self.live(resource, namespace, name);
        let (live, changes) = match (live, patch) {
            (live, Patch::Apply(config)) => {
                return self.apply(resource, namespace, name, live.ok(), config, options);
            }
            (live, patch) => (in_version(&live?, resource), patch),
        };
        let patched = match &changes {
            Patch::Merge(changes) => patch::merge_patch(&live, changes),
            Patch::Json(operations) => patch::json_patch(&live, operations)?,
            Patch::Strategic(changes) => {
                patch::strategic_merge_patch(&live, changes, resource.schema())
            }
            Patch::Apply(_) => unreachable!("an apply returned above"),
        };
        check_type(resource, &patched)?;
        let (patched, warnings) = decoded(resource, patched, options, Decoder::Patch)?;
        let patched = named(resource, namespace, patched)?;
        let sent = text(&patched, "/metadata/name");
        if sent != name {
            return Err(Failure::bad_request(format!(
                "the name of the object ({sent}) does not match the name on the URL ({name})"
            )));
        }
        self.update(resource, &live, patched, options, warnings, Tracking::Update)
    }

    fn apply(
        &mut self,
        resource: &Resource,
        namespace: Option<&str>,
        name: &str,
        live: Option<Arc<Value>>,
        config: Value,
        options: &WriteOptions,
    ) -> Answer<Written> {
        check_type(resource, &config)?;
        if config.pointer("/metadata/managedFields").is_some_and(|fields| !fields.is_null()) {
            return Err(Failure::bad_request("metadata.managedFields must be nil"));
        }
        let mut config = named(resource, namespace, config)?;
        match text(&config, "/metadata/name") {
            "" => config["metadata"]["name"] = name.into(),
            sent if sent != name => {
                return Err(Failure::bad_request(format!(
                    "the name of the object ({sent}) does not match the name on the URL ({name})"
                )));
            }
            _ => {}
        }
        builtin::normalise(resource, &mut config);
        let manager = options.manager(Operation::Apply, &config);
        let Some(live) = live else {
            if !options.subresource.is_empty() {
                return Err(Failure::not_found(resource, name));
            }
            return self.create_applied(resource, &config, &manager, options);
        };
        if let Some(version) = config.pointer("/metadata/resourceVersion").and_then(Value::as_str)
            && version != text(&live, "/metadata/resourceVersion")
        {
            return Err(Failure::modified(resource, name));
        }
        let live = in_version(&live, resource);
        let result = managers::apply(&live, &config, resource, &manager, options.force, &now())?;
        self.update(resource, &live, result, options, Vec::new(), Tracking::Done)
    }

    fn create_applied(
        &mut self,
        resource: &Resource,
        config: &Value,
        manager: &Manager,
        options: &WriteOptions,
    ) -> Answer<Written> {
        let mut object =
            managers::apply(&json!({}), config, resource, manager, options.force, &now())?;
        let managed = object["metadata"]["managedFields"].take();
        self.insertable(resource, &object)?;
        if object.pointer("/metadata/resourceVersion").is_some() {
            return Err(Failure::modified(resource, text(config, "/metadata/name")));
        }
        reset_for_create(resource, &mut object);
        complete(resource, &mut object);
        check_rules(resource, &object)?;
        builtin::on_create(resource, &mut object, &self.store);
        if !managed.is_null() {
            object["metadata"]["managedFields"] = managed;
        }
        Ok(self.insert(resource, object, options, Vec::new()))
    }

    /// Stores a new state of `live`; nothing is stored when nothing changed.
    fn update(
        &mut self,
        resource: &Resource,
        live: &Value,
        mut object: Value,
        options: &WriteOptions,
        warnings: Vec<String>,
        tracking: Tracking,
    ) -> Answer<Written> {
        let name = text(live, "/metadata/name").to_owned();
        check_preconditions(resource, live, &object, &name)?;
        restrict_to_endpoint(resource, live, &mut object, &options.subresource);
        keep_server_metadata(live, &mut object);
        complete(resource, &mut object);
        builtin::on_update(resource, live, &mut object);
        check_immutable(resource, live, &object, &name)?;
        check_rules(resource, &object)?;
        count_generation(resource, live, &mut object);
        if tracking == Tracking::Update {
            let manager = options.manager(Operation::Update, &object);
            managers::track_update(live, &mut object, resource, &manager, &now());
        }
        let is_held = object.pointer("/metadata/finalizers").and_then(Value::as_array);
        let is_released = object.pointer("/metadata/deletionTimestamp").is_some()
            && is_held.is_none_or(Vec::is_empty)
            && !builtin::is_held_otherwise(resource, &object);
        let stored = match (options.dry_run, is_released) {
            _ if object == *live => self.live_or(live, resource),
            (true, _) => Arc::new(object),
            (false, false) => self.store.put(&collection(resource), object),
            (false, true) => {
                self.store.remove(&collection(resource), &key(&object));
                Arc::new(object)
            }
        };
        Ok(Written { object: stored, is_new: false, warnings })
    }

    fn live_or(&self, live: &Value, resource: &Resource) -> Arc<Value> {
        let (namespace, name) = key(live);
        let stored = self.store.get(&collection(resource), &namespace, &name);
        stored.cloned().unwrap_or_else(|| Arc::new(live.clone()))
    }
}

/// Whether ownership is still to be worked out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tracking {
    Update,
    Done,
}

/// What an object was read from, which decides how unknown fields are refused.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Decoder {
    Body,
    Patch,
}

/// 422 for an object of `resource`.
fn invalid(resource: &Resource, name: &str, causes: &[Cause]) -> Failure {
    Failure::invalid(&resource.group, &resource.kind, name, causes)
}

/// Drops unknown fields, or refuses them.
fn decoded(
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
fn named(resource: &Resource, namespace: Option<&str>, mut object: Value) -> Answer<Value> {
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
fn reset_for_create(resource: &Resource, object: &mut Value) {
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
fn complete(resource: &Resource, object: &mut Value) {
    if resource.is_custom() {
        validation::set_defaults(object, resource.schema());
    } else {
        builtin::set_defaults(resource, object);
    }
}

/// Checks the name and, for custom kinds, the schema.
fn check_rules(resource: &Resource, object: &Value) -> Answer<()> {
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
fn check_preconditions(
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
fn restrict_to_endpoint(resource: &Resource, live: &Value, object: &mut Value, subresource: &str) {
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
fn keep_server_metadata(live: &Value, object: &mut Value) {
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

fn check_immutable(resource: &Resource, live: &Value, object: &Value, name: &str) -> Answer<()> {
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
fn count_generation(resource: &Resource, live: &Value, object: &mut Value) {
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
