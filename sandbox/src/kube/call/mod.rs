//! A request for a kind that is served: who may make it, and what it reads.

mod body;
mod options;
mod write;

use std::cell::Cell;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use http::{HeaderMap, Method, Response};
use hyper::upgrade::OnUpgrade;

use super::KubeApi;
use super::access::{self, Attempt, User};
use super::request::{Form, Query, ResourcePath, verb};
use super::resources::{Resource, Shape};
use super::selector::Selector;
use super::status::{Answer, Failure, respond, respond_bytes};
use super::store::collection;
use super::{exec, list, logs, preparation, watch};

/// A request for a kind that is served.
pub(super) struct Call<'a> {
    pub(super) api: &'a KubeApi,
    pub(super) path: ResourcePath,
    pub(super) query: Query,
    /// The same, where a parameter may be given several times.
    pub(super) raw_query: &'a str,
    /// The connection, for a request that wants all of it.
    pub(super) upgrade: Cell<Option<OnUpgrade>>,
    pub(super) headers: &'a HeaderMap,
    pub(super) body: &'a Bytes,
    pub(super) user: User,
    pub(super) resource: Arc<Resource>,
}

impl Call<'_> {
    /// Answers it, if whoever asks may, and the kind knows such requests.
    pub(super) fn answer(&self, method: &Method) -> Answer<Response<Body>> {
        let verb = verb(method, &self.path, &self.query)
            .ok_or_else(|| self.not_allowed(&method.as_str().to_lowercase()))?;
        self.authorize(verb)?;
        self.check_subresource(verb)?;
        if !self.resource.is_stored {
            return self.review(verb);
        }
        let is_reading_all = self.path.name.is_empty() && matches!(verb, "list" | "watch");
        let is_custom_write = self.resource.is_custom() && !is_reading_all;
        if self.is_across_namespaces() && (!self.path.name.is_empty() || is_custom_write)
            || !self.resource.namespaced && self.path.namespace.is_some()
        {
            return Err(self.no_such_endpoint());
        }
        self.check_conversion(verb)?;
        match verb {
            "get" => self.get(),
            "list" => self.list(),
            "watch" => self.watch(),
            "create" => self.create(),
            "update" => self.update(),
            "patch" => self.patch(),
            "delete" => self.delete(),
            _ => self.delete_collection(),
        }
    }

    /// No webhook is called: objects that one would have to convert cannot be read or written.
    fn check_conversion(&self, verb: &str) -> Answer<()> {
        let Shape::Custom { webhook: Some(webhook), .. } = &self.resource.shape else {
            return Ok(());
        };
        let state = self.api.state();
        let of = collection(&self.resource);
        let is_needed = match self.path.name.as_str() {
            "" => verb == "create" || state.store.list(&of, None).next().is_some(),
            name => state.store.get(&of, self.namespace().unwrap_or_default(), name).is_some(),
        };
        if is_needed { Err(Failure::unconverted(&self.resource, webhook)) } else { Ok(()) }
    }

    /// Whether a kind that lives in namespaces is asked for in all of them, which only reads may.
    fn is_across_namespaces(&self) -> bool {
        self.resource.namespaced && self.path.namespace.is_none()
    }

    fn namespace(&self) -> Option<&str> {
        self.path.namespace.as_deref()
    }

    fn not_allowed(&self, verb: &str) -> Failure {
        Failure::method_not_allowed(&self.resource, verb)
    }

    /// A write to a collection that is for one object.
    fn nameless(&self, verb: &str) -> Failure {
        match self.resource.is_custom() {
            true => Failure::bad_request("name must be provided"),
            false => self.not_allowed(verb),
        }
    }

    /// A path that fits the kind's name and not its scope.
    fn no_such_endpoint(&self) -> Failure {
        if self.resource.is_custom() {
            Failure::no_such_path()
        } else {
            Failure::no_such_resource()
        }
    }

    fn form(&self) -> Answer<Form> {
        Form::negotiate(self.headers, &self.resource)
    }

    fn authorize(&self, verb: &str) -> Answer<()> {
        let (plural, subresource) = (&self.path.plural, &self.path.subresource);
        let resource = match subresource.as_str() {
            "" => plural.clone(),
            subresource => format!("{plural}/{subresource}"),
        };
        // A request for a namespace is made in that namespace.
        let namespace = match (self.namespace(), self.resource.kind.as_str()) {
            (None, "Namespace") => self.path.name.as_str(),
            (namespace, _) => namespace.unwrap_or_default(),
        };
        let (group, user) = (&self.path.group, &self.user.name);
        let attempt = Attempt { verb, group, resource: &resource, namespace, user };
        if self.api.access().allows(&attempt) {
            return Ok(());
        }
        let scope = match namespace {
            "" => "at the cluster scope".to_owned(),
            namespace => format!("in the namespace {namespace:?}"),
        };
        let why = format!(
            "User {:?} cannot {verb} resource {resource:?} in API group {:?} {scope}",
            self.user.name, self.path.group
        );
        Err(Failure::forbidden(&self.resource, &self.path.name, &why))
    }

    fn check_subresource(&self, verb: &str) -> Answer<()> {
        let (plural, subresource) = (&self.path.plural, self.path.subresource.as_str());
        match subresource {
            "" => Ok(()),
            "status" if self.resource.has_status => match verb {
                "get" | "update" | "patch" => Ok(()),
                _ => Err(self.not_allowed(verb)),
            },
            "exec" if self.is_about_pods() => match verb {
                // Whoever may only read must not run anything.
                "get" => self.authorize("create"),
                _ => Err(self.not_allowed(verb)),
            },
            "log" if self.is_about_pods() => match verb {
                "get" => Ok(()),
                _ => Err(self.not_allowed(verb)),
            },
            known if self.resource.unimplemented.contains(&known) => {
                Err(Failure::not_implemented(&format!("{plural}/{subresource}")))
            }
            _ if self.resource.is_custom() => {
                Err(Failure::not_found(&self.resource, &self.path.name))
            }
            _ => Err(Failure::no_such_resource()),
        }
    }

    fn review(&self, verb: &str) -> Answer<Response<Body>> {
        if verb != "create" || !self.path.name.is_empty() {
            return Err(self.not_allowed(verb));
        }
        let review = self.json_or_yaml()?;
        let review = preparation::typed(&self.resource, &self.api.state().registry, review)?;
        let options = self.write_options()?;
        let review = access::tracked(&self.resource, review, &options.field_manager)?;
        let answer = self.api.access().review(&self.resource.kind, &self.user, review)?;
        Ok(respond(201, &answer))
    }

    fn is_about_pods(&self) -> bool {
        (self.resource.group.as_str(), self.resource.plural.as_str()) == ("", "pods")
    }

    fn log(&self) -> Answer<Response<Body>> {
        let pod = self.api.state().live(&self.resource, self.namespace(), &self.path.name)?;
        logs::open(self.api, &pod, &self.query)
    }

    fn exec(&self) -> Answer<Response<Body>> {
        let pod = self.api.state().live(&self.resource, self.namespace(), &self.path.name)?;
        let words = Query::all(self.raw_query, "command");
        exec::open(self.api, &pod, &self.query, words, self.headers, self.upgrade.take())
    }

    fn get(&self) -> Answer<Response<Body>> {
        if self.path.subresource == "exec" {
            return self.exec();
        }
        if self.path.subresource == "log" {
            return self.log();
        }
        let form = self.form()?;
        let state = self.api.state();
        list::minimum_version(&state, &self.query)?;
        let object = state.live(&self.resource, self.namespace(), &self.path.name)?;
        drop(state);
        Ok(respond(200, &list::single(&self.resource, &object, form, &self.query)))
    }

    fn list(&self) -> Answer<Response<Body>> {
        let form = self.form()?;
        let state = self.api.state();
        let body = list::list(&state, &self.resource, self.namespace(), &self.query, form)?;
        Ok(respond_bytes(200, body))
    }

    fn watch(&self) -> Answer<Response<Body>> {
        let (resource, namespace) = (Arc::clone(&self.resource), self.path.namespace.clone());
        let form = self.form()?;
        let selector = Selector::of_query(&self.query, &resource)?;
        watch::open(self.api, resource, namespace, selector, &self.query, form)
    }
}
