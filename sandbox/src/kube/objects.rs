//! Writing objects: what the server does to an object before it is stored.

use std::sync::Arc;

use serde_json::{Value, json};

use super::builtin;
use super::exec::Folders;
use super::logs::Logs;
use super::managers::{self, Manager, Operation};
use super::metadata::finalizer_warnings;
use super::patch;
use super::preparation::{
    Decoder, check_applied_type, check_changes, check_rules, check_sent_name, check_uid_unchanged,
    check_version, check_version_and_uid, complete, count_generation, decoded, in_version,
    keep_server_metadata, named, now, reset_for_create, restrict_to_endpoint, typed,
};
use super::resources::{Registry, Resource, text};
use super::status::{Answer, Failure};
use super::store::{Store, collection, key};

/// What is served and stored.
#[derive(Debug, Default)]
pub(crate) struct State {
    /// The kinds.
    pub(crate) registry: Registry,
    /// The objects.
    pub(crate) store: Store,
    /// What the containers of Pods have written.
    pub(crate) logs: Logs,
    /// The folders that stand for the files of containers.
    pub(crate) folders: Folders,
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
        let object = typed(resource, &self.registry, object)?;
        let (object, warnings) = decoded(resource, object, options, Decoder::Body)?;
        let created = self.create_decoded(resource, namespace, object, options, &warnings);
        created.map_err(|failure| failure.warned(&warnings))
    }

    fn create_decoded(
        &mut self,
        resource: &Resource,
        namespace: Option<&str>,
        object: Value,
        options: &WriteOptions,
        warnings: &[String],
    ) -> Answer<Written> {
        let mut object = named(resource, namespace, object)?;
        self.check_namespace(resource, &object)?;
        let has_version = !text(&object, "/metadata/resourceVersion").is_empty();
        reset_for_create(resource, &mut object);
        complete(resource, &mut object);
        let manager = options.manager(Operation::Update, &object);
        managers::track_update(&json!({}), &mut object, resource, &manager, &now());
        if has_version {
            check_rules(resource, &object)?;
            return Err(Failure::internal(
                "resourceVersion should not be set on objects to be created",
            ));
        }
        self.insert(resource, object, options, warnings.to_vec())
    }

    /// The namespace exists and is not on its way out.
    fn check_namespace(&self, resource: &Resource, object: &Value) -> Answer<()> {
        if !resource.namespaced {
            return Ok(());
        }
        let (namespace, name) = key(object);
        let namespaces = self.registry.find("", "v1", "namespaces");
        let namespaces = namespaces.expect("namespaces are built in");
        let found = self.store.get(&collection(&namespaces), "", &namespace);
        let found = found.ok_or_else(|| Failure::not_found(&namespaces, &namespace))?;
        match found.pointer("/metadata/deletionTimestamp") {
            Some(_) => Err(Failure::namespace_terminating(resource, &name, &namespace)),
            None => Ok(()),
        }
    }

    /// Stores a new object if the rules of its kind allow it and its name is free.
    ///
    /// Who owns its fields is known already: what the server fills in here is nobody's.
    fn insert(
        &mut self,
        resource: &Resource,
        mut object: Value,
        options: &WriteOptions,
        mut warnings: Vec<String>,
    ) -> Answer<Written> {
        check_rules(resource, &object)?;
        let (namespace, name) = key(&object);
        if self.store.get(&collection(resource), &namespace, &name).is_some() {
            return Err(Failure::already_exists(resource, &name));
        }
        builtin::on_create(resource, &mut object, &self.store);
        builtin::write_zeros(resource, &mut object);
        let object = match options.dry_run {
            true => Arc::new(object),
            false => self.store.put(&collection(resource), object),
        };
        warnings.extend(finalizer_warnings(resource, None, &object));
        Ok(Written { object, is_new: true, warnings })
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
        let object = typed(resource, &self.registry, object)?;
        let (object, warnings) = decoded(resource, object, options, Decoder::Body)?;
        let object = named(resource, namespace, object)?;
        check_sent_name(&object, name)?;
        let live = self.live(resource, namespace, name)?;
        if builtin::needs_version_for_update(resource)
            && text(&object, "/metadata/resourceVersion").is_empty()
        {
            return Err(Failure::version_required(resource, name));
        }
        check_version_and_uid(resource, &live, &object)?;
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
        let patched = typed(resource, &self.registry, patched)?;
        let (patched, warnings) = decoded(resource, patched, options, Decoder::Patch)?;
        let patched = named(resource, namespace, patched)?;
        check_sent_name(&patched, name)?;
        check_version(resource, &live, &patched)?;
        self.update(resource, &live, patched, options, warnings, Tracking::Update)
    }

    fn apply(
        &mut self,
        resource: &Resource,
        namespace: Option<&str>,
        name: &str,
        live: Option<Arc<Value>>,
        mut config: Value,
        options: &WriteOptions,
    ) -> Answer<Written> {
        check_applied_type(resource, &config)?;
        if config.pointer("/metadata/managedFields").is_some_and(|fields| !fields.is_null()) {
            return Err(Failure::bad_request("metadata.managedFields must be nil"));
        }
        if !config["metadata"].is_object() {
            config["metadata"] = json!({});
        }
        if text(&config, "/metadata/name").is_empty() {
            config["metadata"]["name"] = name.into();
        }
        check_sent_name(&config, name)?;
        let manager = options.manager(Operation::Apply, &config);
        let Some(live) = live else {
            if !options.subresource.is_empty() {
                return Err(Failure::not_found(resource, name));
            }
            return self.create_applied(resource, namespace, &config, &manager, options);
        };
        check_version(resource, &live, &config)?;
        let live = in_version(&live, resource);
        let mut result =
            managers::apply(&live, &config, resource, &manager, options.force, &now())?;
        builtin::normalise(resource, &mut result);
        let result = named(resource, namespace, result)?;
        self.update(resource, &live, result, options, Vec::new(), Tracking::Done)
    }

    fn create_applied(
        &mut self,
        resource: &Resource,
        namespace: Option<&str>,
        config: &Value,
        manager: &Manager,
        options: &WriteOptions,
    ) -> Answer<Written> {
        let mut object =
            managers::apply(&json!({}), config, resource, manager, options.force, &now())?;
        builtin::normalise(resource, &mut object);
        let mut object = named(resource, namespace, object)?;
        let (uid, name) = (text(config, "/metadata/uid"), text(config, "/metadata/name"));
        if !uid.is_empty() {
            let why = format!(
                "uid mismatch: the provided object specified uid {uid}, and no existing object was \
                 found"
            );
            return Err(Failure::conflict(resource, name, &why));
        }
        self.check_namespace(resource, &object)?;
        reset_for_create(resource, &mut object);
        complete(resource, &mut object);
        self.insert(resource, object, options, Vec::new())
    }

    /// Stores a new state of `live`; nothing is stored when nothing changed.
    fn update(
        &mut self,
        resource: &Resource,
        live: &Value,
        mut object: Value,
        options: &WriteOptions,
        mut warnings: Vec<String>,
        tracking: Tracking,
    ) -> Answer<Written> {
        check_uid_unchanged(resource, live, &object)?;
        restrict_to_endpoint(resource, live, &mut object, &options.subresource);
        keep_server_metadata(live, &mut object);
        complete(resource, &mut object);
        builtin::on_update(resource, live, &mut object);
        check_changes(resource, live, &object, &options.subresource)?;
        count_generation(resource, live, &mut object, &options.subresource);
        if tracking == Tracking::Update {
            let manager = options.manager(Operation::Update, &object);
            managers::track_update(live, &mut object, resource, &manager, &now());
        }
        builtin::write_zeros(resource, &mut object);
        let is_held = object.pointer("/metadata/finalizers").and_then(Value::as_array);
        let is_released = object.pointer("/metadata/deletionTimestamp").is_some()
            && is_held.is_none_or(Vec::is_empty)
            && !builtin::is_held_otherwise(resource, &object);
        let stored = match (options.dry_run, is_released) {
            _ if managers::is_same_but_for_times(live, &object) => self.live_or(live, resource),
            (true, _) => Arc::new(object),
            (false, false) => self.store.put(&collection(resource), object),
            (false, true) => {
                self.store.remove(&collection(resource), &key(&object));
                Arc::new(object)
            }
        };
        warnings.extend(finalizer_warnings(resource, Some(live), &stored));
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
