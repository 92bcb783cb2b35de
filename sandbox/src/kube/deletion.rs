//! Deleting objects: finalizers, preconditions, dependents, namespaces; and what the server's own
//! controllers do after a write.
//!
//! There is no kubelet, so pods go at once whatever their grace period.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::kinship::owners;
use super::managers::{self, Manager, Operation};
use super::objects::{State, WriteOptions};
use super::preparation::now;
use super::resources::{Resource, text};
use super::status::{Answer, Failure};
use super::store::{Change, Collection, Event, collection, key};

/// What happens to the objects that a deleted one owns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Propagation {
    /// They go afterwards.
    #[default]
    Background,
    /// They go first.
    Foreground,
    /// They stay.
    Orphan,
}

/// The options of a deletion.
#[derive(Clone, Debug, Default)]
pub(crate) struct DeleteOptions {
    /// Answer as if, delete nothing.
    pub(crate) dry_run: bool,
    /// What happens to dependents.
    pub(crate) propagation: Propagation,
    /// Whether the Pods of a Job stay because nobody said anything about them.
    pub(crate) leaves_job_pods: bool,
    /// The uid that the object must have.
    pub(crate) uid: Option<String>,
    /// The resource version that the object must have.
    pub(crate) resource_version: Option<String>,
}

/// The outcome of a deletion.
#[derive(Debug)]
pub(crate) enum Deleted {
    /// The object is gone; its last state.
    Gone(Arc<Value>),
    /// A finalizer holds it; its state now.
    Held(Arc<Value>),
}

const FOREGROUND: &str = "foregroundDeletion";
const ORPHAN: &str = "orphan";

impl State {
    /// Deletes an object, or marks it when something holds it.
    ///
    /// # Errors
    /// 404 when there is none, 409 when a precondition does not hold.
    pub(crate) fn delete(
        &mut self,
        resource: &Resource,
        namespace: Option<&str>,
        name: &str,
        options: &DeleteOptions,
    ) -> Answer<Deleted> {
        let live = self.live(resource, namespace, name)?;
        check_preconditions(resource, &live, name, options)?;
        if !resource.is_custom() && resource.kind == "Namespace" && PROTECTED.contains(&name) {
            return Err(Failure::forbidden(resource, name, "this namespace may not be deleted"));
        }
        let mut marked = Value::clone(&live);
        match options.propagation {
            Propagation::Background => {}
            Propagation::Foreground => add_finalizer(&mut marked, FOREGROUND),
            Propagation::Orphan => add_finalizer(&mut marked, ORPHAN),
        }
        if is_definition(resource) {
            // So that its objects go first.
            add_finalizer(&mut marked, DEFINITION_CLEANUP);
        }
        if !is_held(resource, &marked) {
            let is_pod = !resource.is_custom() && resource.kind == "Pod";
            if is_pod {
                // It is answered as it was marked, and then goes at once.
                mark(resource, &mut marked);
            }
            if !options.dry_run
                && let Some(last) = self.store.remove(&collection(resource), &key(&live))
            {
                let version = &last["metadata"]["resourceVersion"];
                marked["metadata"]["resourceVersion"] = version.clone();
            }
            return Ok(Deleted::Gone(Arc::new(marked)));
        }
        mark(resource, &mut marked);
        if marked == *live || options.dry_run {
            return Ok(Deleted::Held(Arc::new(marked)));
        }
        Ok(Deleted::Held(self.store.put(&collection(resource), marked)))
    }

    /// Frees the dependents of what is to go without them, and lets it go.
    fn orphan_dependents(&mut self) {
        for (of, owner) in self.held_by(ORPHAN) {
            let uid = text(&owner, "/metadata/uid");
            for (of, dependent) in self.store.dependents(uid) {
                let freed = self.without_owner(&of, &dependent, uid);
                self.store.put(&of, freed);
            }
            self.remove_finalizer(&of, &owner, ORPHAN);
        }
    }

    fn without_owner(&self, of: &Collection, dependent: &Value, owner: &str) -> Value {
        let mut freed = dependent.clone();
        if let Some(Value::Array(owners)) = freed.pointer_mut("/metadata/ownerReferences") {
            owners.retain(|reference| reference["uid"] != owner);
            if owners.is_empty()
                && let Some(metadata) = freed["metadata"].as_object_mut()
            {
                metadata.shift_remove("ownerReferences");
            }
        }
        if let Some(kind) = self.registry.any_version(&of.0, &of.1) {
            let manager = Manager {
                name: "kube-controller-manager".to_owned(),
                operation: Operation::Update,
                api_version: text(dependent, "/apiVersion").to_owned(),
                subresource: String::new(),
            };
            managers::track_update(dependent, &mut freed, &kind, &manager, &now());
        }
        freed
    }

    /// Does what the server's controllers do in the background, until nothing is left to do:
    /// establishes CRDs, empties terminating namespaces, collects dependents.
    pub(crate) fn settle(&mut self) {
        while self.has_background_work() {
            let is_definition = |change: &Change| change.collection.0 == "apiextensions.k8s.io";
            let definitions_changed = self.store.changes_after(self.settled).any(is_definition);
            self.settled = self.store.version();
            self.provide_service_accounts();
            if definitions_changed {
                self.establish_definitions();
            }
            self.withdraw_definitions();
            self.empty_namespaces();
            self.orphan_dependents();
            self.collect_garbage();
        }
    }

    /// Whether a change since the last time can lead to another one.
    pub(crate) fn has_background_work(&self) -> bool {
        self.store.changes_after(self.settled).any(|change| {
            let metadata = &change.object["metadata"];
            change.event == Event::Deleted
                || metadata.get("deletionTimestamp").is_some()
                || metadata.get("ownerReferences").is_some()
                || matches!(
                    (change.collection.0.as_str(), change.collection.1.as_str()),
                    ("", "namespaces") | ("apiextensions.k8s.io", "customresourcedefinitions")
                )
        })
    }

    /// Every namespace has a ServiceAccount `default`.
    fn provide_service_accounts(&mut self) {
        let accounts = self.built_in("", "serviceaccounts");
        for namespace in self.objects_of(&self.built_in("", "namespaces")) {
            let name = text(&namespace, "/metadata/name");
            let is_there = self.store.get(&collection(&accounts), name, "default").is_some();
            if is_there || namespace.pointer("/metadata/deletionTimestamp").is_some() {
                continue;
            }
            let account = json!({
                "apiVersion": "v1",
                "kind": "ServiceAccount",
                "metadata": {"name": "default", "namespace": name},
            });
            let options = WriteOptions::of("kube-controller-manager");
            let created = self.create(&accounts, Some(name), account, &options);
            created.expect("the namespace exists and the account does not");
        }
    }

    fn built_in(&self, group: &str, plural: &str) -> Arc<Resource> {
        self.registry.find(group, "v1", plural).expect("the kind is in the built-in table")
    }

    fn objects_of(&self, resource: &Resource) -> Vec<Arc<Value>> {
        self.store.list(&collection(resource), None).cloned().collect()
    }

    /// Serves new and changed CRDs and says so in their status.
    fn establish_definitions(&mut self) {
        let definitions = self.built_in("apiextensions.k8s.io", "customresourcedefinitions");
        for crd in self.objects_of(&definitions) {
            let is_current = crd.pointer("/status/acceptedNames") == crd.pointer("/spec/names")
                && self.registry.serves(&crd);
            if is_current || crd.pointer("/metadata/deletionTimestamp").is_some() {
                continue;
            }
            self.registry.serve(&crd);
            if crd.pointer("/status/acceptedNames") != crd.pointer("/spec/names") {
                let accepted = self.put_status(&definitions, &crd, accepted_names(&crd));
                let established = established(&accepted);
                self.put_status(&definitions, &accepted, established);
            }
        }
    }

    /// Writes the status of an object as the API server itself does.
    fn put_status(&mut self, kind: &Resource, object: &Value, status: Value) -> Arc<Value> {
        let mut changed = object.clone();
        changed["status"] = status;
        let manager = Manager {
            name: "kube-apiserver".to_owned(),
            operation: Operation::Update,
            api_version: kind.api_version(),
            subresource: "status".to_owned(),
        };
        managers::track_update(object, &mut changed, kind, &manager, &now());
        self.store.put(&collection(kind), changed)
    }

    /// Stops serving CRDs that are gone, with the objects of their kinds.
    ///
    /// A CRD that is being deleted keeps a finalizer until its objects are gone.
    fn withdraw_definitions(&mut self) {
        let definitions = self.built_in("apiextensions.k8s.io", "customresourcedefinitions");
        let present: HashSet<String> = self
            .objects_of(&definitions)
            .iter()
            .filter(|crd| crd.pointer("/metadata/deletionTimestamp").is_none())
            .map(|crd| text(crd, "/metadata/name").to_owned())
            .collect();
        let withdrawn: Vec<_> = self
            .registry
            .all()
            .iter()
            .filter(|kind| kind.is_custom() && !present.contains(&kind.qualified()))
            .cloned()
            .collect();
        for kind in withdrawn {
            for object in self.objects_of(&kind) {
                let (namespace, name) = key(&object);
                // Whatever a finalizer still holds keeps the kind served.
                let _ = self.delete(&kind, Some(&namespace), &name, &DeleteOptions::default());
            }
            if self.objects_of(&kind).is_empty() {
                self.registry.withdraw(&kind);
            }
        }
        self.release_definitions(&definitions);
    }

    fn release_definitions(&mut self, definitions: &Resource) {
        for crd in self.objects_of(definitions) {
            let is_leaving = crd.pointer("/metadata/deletionTimestamp").is_some();
            if is_leaving && !self.registry.serves(&crd) {
                self.remove_finalizer(&collection(definitions), &crd, DEFINITION_CLEANUP);
            }
        }
    }

    /// Deletes what is in terminating namespaces, and the namespaces when they are empty.
    fn empty_namespaces(&mut self) {
        let namespaces = self.built_in("", "namespaces");
        for namespace in self.objects_of(&namespaces) {
            if namespace.pointer("/metadata/deletionTimestamp").is_none() {
                continue;
            }
            let name = text(&namespace, "/metadata/name").to_owned();
            for kind in self.registry.all().to_vec() {
                for object in self.objects_in(&kind, &name) {
                    let (_, object) = key(&object);
                    // Held objects stay, and with them the namespace.
                    let _ = self.delete(&kind, Some(&name), &object, &DeleteOptions::default());
                }
            }
            let is_empty =
                self.registry.all().iter().all(|kind| self.objects_in(kind, &name).is_empty());
            if is_empty {
                self.finalize(&namespaces, &namespace);
            }
        }
    }

    fn objects_in(&self, kind: &Resource, namespace: &str) -> Vec<Arc<Value>> {
        match kind.namespaced && kind.is_stored {
            true => self.store.list(&collection(kind), Some(namespace)).cloned().collect(),
            false => Vec::new(),
        }
    }

    fn finalize(&mut self, namespaces: &Resource, namespace: &Value) {
        let mut finalized = namespace.clone();
        let finalizers = finalized.pointer("/spec/finalizers").and_then(Value::as_array);
        if finalizers.is_some_and(|finalizers| !finalizers.is_empty()) {
            finalized["spec"] = json!({});
            self.store.put(&collection(namespaces), finalized.clone());
        }
        if !is_held(namespaces, &finalized) {
            self.store.remove(&collection(namespaces), &key(namespace));
        }
    }

    /// Deletes objects whose owners are all gone, and those whose owner waits for them.
    fn collect_garbage(&mut self) {
        let garbage = self.garbage();
        for (of, object) in garbage {
            let Some(kind) = self.registry.any_version(&of.0, &of.1) else { continue };
            let (namespace, name) = key(&object);
            // Held dependents are found again when their finalizers are gone.
            let _ = self.delete(&kind, Some(&namespace), &name, &DeleteOptions::default());
        }
        for uid in self.waiting_owners() {
            self.release_owner(&uid);
        }
    }

    fn garbage(&self) -> Vec<(Collection, Arc<Value>)> {
        let waiting = self.waiting_owners();
        let is_gone = |uid: &str| self.store.of_uid(uid).is_none() || waiting.contains(uid);
        let gone = self.store.owners().filter(|uid| is_gone(uid));
        let dependents = gone.flat_map(|uid| self.store.dependents(uid));
        dependents.filter(|(_, object)| owners(object).all(is_gone)).collect()
    }

    /// The owners that are to go after their dependents.
    fn waiting_owners(&self) -> HashSet<String> {
        let uid = |(_, object): &(_, Arc<Value>)| text(object, "/metadata/uid").to_owned();
        self.held_by(FOREGROUND).iter().map(uid).collect()
    }

    /// The objects that are being deleted and that `finalizer` holds.
    fn held_by(&self, finalizer: &str) -> Vec<(Collection, Arc<Value>)> {
        self.store.leaving().filter(|(_, object)| has_finalizer(object, finalizer)).collect()
    }

    fn release_owner(&mut self, uid: &str) {
        if !self.store.dependents(uid).is_empty() {
            return;
        }
        if let Some((of, owner)) = self.store.of_uid(uid) {
            self.remove_finalizer(&of, &owner, FOREGROUND);
        }
    }

    /// Takes a finalizer away and lets the object go if it was the last.
    fn remove_finalizer(&mut self, of: &Collection, object: &Value, finalizer: &str) {
        let mut freed = object.clone();
        if let Some(Value::Array(finalizers)) = freed.pointer_mut("/metadata/finalizers") {
            finalizers.retain(|name| name != finalizer);
        }
        let is_free = freed
            .pointer("/metadata/finalizers")
            .and_then(Value::as_array)
            .is_none_or(Vec::is_empty);
        if is_free {
            self.store.remove(of, &key(object));
        } else if freed != *object {
            self.store.put(of, freed);
        }
    }
}

/// Namespaces that the real server's admission protects.
const PROTECTED: &[&str] = &["default", "kube-system", "kube-public"];

/// The finalizer of a CRD that is being deleted.
const DEFINITION_CLEANUP: &str = "customresourcecleanup.apiextensions.k8s.io";

fn has_finalizer(object: &Value, name: &str) -> bool {
    let finalizers = object.pointer("/metadata/finalizers").and_then(Value::as_array);
    finalizers.is_some_and(|finalizers| finalizers.iter().any(|finalizer| finalizer == name))
}

fn add_finalizer(object: &mut Value, name: &str) {
    if has_finalizer(object, name) {
        return;
    }
    match object["metadata"]["finalizers"].as_array_mut() {
        Some(finalizers) => finalizers.push(name.into()),
        None => object["metadata"]["finalizers"] = json!([name]),
    }
}

fn is_held(resource: &Resource, object: &Value) -> bool {
    let finalizers = object.pointer("/metadata/finalizers").and_then(Value::as_array);
    finalizers.is_some_and(|finalizers| !finalizers.is_empty())
        || super::builtin::is_held_otherwise(resource, object)
}

fn is_definition(resource: &Resource) -> bool {
    !resource.is_custom() && resource.kind == "CustomResourceDefinition"
}

/// Marks an object as being deleted; a second deletion changes nothing.
fn mark(resource: &Resource, object: &mut Value) {
    if object.pointer("/metadata/deletionTimestamp").is_some() {
        return;
    }
    object["metadata"]["deletionTimestamp"] = now().into();
    if is_definition(resource) {
        let terminating = json!({
            "type": "Terminating",
            "status": "True",
            "lastTransitionTime": now(),
            "reason": "InstanceDeletionPending",
            "message": "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
        });
        match object["status"]["conditions"].as_array_mut() {
            Some(conditions) => conditions.push(terminating),
            None => object["status"]["conditions"] = json!([terminating]),
        }
        return;
    }
    if !resource.is_custom() && resource.kind == "Namespace" {
        object["status"]["phase"] = "Terminating".into();
        return;
    }
    object["metadata"]["deletionGracePeriodSeconds"] = 0.into();
    if let Some(generation) = object["metadata"]["generation"].as_i64() {
        object["metadata"]["generation"] = (generation + 1).into();
    }
}

fn check_preconditions(
    resource: &Resource,
    live: &Value,
    name: &str,
    options: &DeleteOptions,
) -> Answer<()> {
    let uid = text(live, "/metadata/uid");
    let version = text(live, "/metadata/resourceVersion");
    // Two kinds see to their own deletion, in other words.
    if matches!(resource.kind.as_str(), "CustomResourceDefinition" | "Namespace")
        && !resource.is_custom()
    {
        let conflict = |what: &str, wanted: &str, actual: &str| {
            let why = format!(
                "Precondition failed: {what} in precondition: {wanted}, {what} in object meta: \
                 {actual}"
            );
            Err(Failure::conflict(resource, name, &why))
        };
        return match (&options.uid, &options.resource_version) {
            (Some(wanted), _) if wanted != uid => conflict("UID", wanted, uid),
            (_, Some(wanted)) if wanted != version => conflict("ResourceVersion", wanted, version),
            _ => Ok(()),
        };
    }
    let refuse = |why: String| Err(Failure::wrong_object(resource, name, &why));
    match (&options.uid, &options.resource_version) {
        (Some(wanted), _) if wanted != uid => refuse(format!(
            "the UID in the precondition ({wanted}) does not match the UID in record ({uid}). The \
             object might have been deleted and then recreated"
        )),
        (_, Some(wanted)) if wanted != version => refuse(format!(
            "the ResourceVersion in the precondition ({wanted}) does not match the \
             ResourceVersion in record ({version}). The object might have been modified"
        )),
        _ => Ok(()),
    }
}

fn condition(kind: &str, status: &str, reason: &str, message: &str) -> Value {
    json!({
        "type": kind,
        "status": status,
        "lastTransitionTime": now(),
        "reason": reason,
        "message": message,
    })
}

/// The status of a CRD whose names nobody else has.
fn accepted_names(crd: &Value) -> Value {
    let mut status = crd["status"].clone();
    status["acceptedNames"] = crd["spec"]["names"].clone();
    let message = "the initial names have been accepted";
    status["conditions"] = json!([
        condition("NamesAccepted", "True", "NoConflicts", "no conflicts found"),
        condition("Established", "False", "Installing", message),
    ]);
    status
}

/// The status of a CRD that is served.
fn established(crd: &Value) -> Value {
    let mut status = crd["status"].clone();
    let message = "the initial names have been accepted";
    status["conditions"][1] = condition("Established", "True", "InitialNamesAccepted", message);
    status
}
