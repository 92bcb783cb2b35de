//! Writes: what is sent is stored, told to watches and shown.

use axum::body::Body;
use http::Response;

use super::Call;
use crate::kube::deletion::Deleted;
use crate::kube::list;
use crate::kube::objects::{Patch, Written};
use crate::kube::request::Form;
use crate::kube::resources::text;
use crate::kube::selector::Selector;
use crate::kube::status::{Answer, Cause, Failure, respond, respond_bytes, success, warn};
use crate::kube::store::collection;

/// What the server says when a Job is deleted and its Pods are not.
const JOB_PODS_STAY: &str = "child pods are preserved by default when jobs are deleted; set \
    propagationPolicy=Background to remove them or set propagationPolicy=Orphan to suppress this \
    warning";

impl Call<'_> {
    pub(super) fn create(&self) -> Answer<Response<Body>> {
        if !self.path.name.is_empty() || self.is_across_namespaces() {
            return Err(self.not_allowed("create"));
        }
        let (form, options) = (self.form()?, self.write_options()?);
        let object = self.json_or_yaml()?;
        let namespace = self.namespace();
        let written = self.api.state().create(&self.resource, namespace, object, &options)?;
        Ok(self.written(&written, form))
    }

    pub(super) fn update(&self) -> Answer<Response<Body>> {
        if self.path.name.is_empty() {
            return Err(self.nameless("update"));
        }
        let (form, options) = (self.form()?, self.write_options()?);
        let object = self.json_or_yaml()?;
        let (namespace, name) = (self.namespace(), &self.path.name);
        let written =
            self.api.state().replace(&self.resource, namespace, name, object, &options)?;
        Ok(self.written(&written, form))
    }

    pub(super) fn patch(&self) -> Answer<Response<Body>> {
        if self.path.name.is_empty() {
            return Err(self.nameless("patch"));
        }
        let form = self.form()?;
        let patch = self.patch_body()?;
        let is_apply = matches!(patch, Patch::Apply(_));
        let mut options = self.write_options()?;
        options.force = self.query.flag("force");
        let causes: Vec<_> = [
            (is_apply && self.query.get("fieldManager").is_empty())
                .then(|| Cause::required("fieldManager", "is required for apply patch")),
            (!is_apply && options.force).then(|| {
                let message = "Forbidden: may not be specified for non-apply patch";
                Cause::new("FieldValueForbidden", "force", message)
            }),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !causes.is_empty() {
            return Err(Failure::invalid("meta.k8s.io", "PatchOptions", "", &causes));
        }
        let (namespace, name) = (self.namespace(), &self.path.name);
        let written = self.api.state().patch(&self.resource, namespace, name, patch, &options)?;
        Ok(self.written(&written, form))
    }

    /// Tells watches about a write and answers it.
    fn written(&self, written: &Written, form: Form) -> Response<Body> {
        self.api.wrote();
        let code = if written.is_new { 201 } else { 200 };
        let shown = list::single(&self.resource, &written.object, form, &self.query);
        let mut answer = respond(code, &shown);
        written.warnings.iter().for_each(|warning| warn(&mut answer, warning));
        answer
    }

    pub(super) fn delete(&self) -> Answer<Response<Body>> {
        let options = self.delete_options()?;
        let (namespace, name) = (self.namespace(), &self.path.name);
        let warnings = match options.leaves_job_pods {
            true => vec![JOB_PODS_STAY.to_owned()],
            false => Vec::new(),
        };
        let deleted = self.api.state().delete(&self.resource, namespace, name, &options);
        let deleted = deleted.map_err(|failure| failure.warned(&warnings))?;
        self.api.wrote();
        let shown = match deleted {
            Deleted::Gone(object) if !self.resource.returns_deleted() => {
                success(&self.resource, name, &object["metadata"]["uid"])
            }
            Deleted::Gone(object) | Deleted::Held(object) => {
                list::single(&self.resource, &object, Form::Object, &self.query)
            }
        };
        let mut answer = respond(200, &shown);
        warnings.iter().for_each(|warning| warn(&mut answer, warning));
        Ok(answer)
    }

    /// Deletes everything that a list with the same query would show.
    pub(super) fn delete_collection(&self) -> Answer<Response<Body>> {
        let is_namespaces = self.resource.kind == "Namespace" && !self.resource.is_custom();
        if is_namespaces || self.is_across_namespaces() {
            return Err(self.not_allowed("deletecollection"));
        }
        let options = self.delete_options()?;
        let mut state = self.api.state();
        let body = list::list(&state, &self.resource, self.namespace(), &self.query, Form::Object)?;
        let selector = Selector::of_query(&self.query, &self.resource)?;
        let objects: Vec<_> = state
            .store
            .list(&collection(&self.resource), self.namespace())
            .filter(|object| selector.matches(object))
            .cloned()
            .collect();
        for object in objects {
            let namespace = object["metadata"]["namespace"].as_str();
            let name = text(&object, "/metadata/name");
            state.delete(&self.resource, namespace, name, &options)?;
        }
        drop(state);
        self.api.wrote();
        Ok(respond_bytes(200, body))
    }
}
