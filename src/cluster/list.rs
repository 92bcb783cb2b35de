//! Objects in pages, so that memory follows the reader; one object by name.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use futures::stream::{self, Stream, StreamExt as _, TryStreamExt as _};
use kube::Resource as _;
use kube::api::{DynamicObject, ListParams, TypeMeta};
use kube::core::{ApiResource, ObjectList};
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::task::{JoinSet, yield_now};

use super::Cluster;
use super::backoff::patiently;
use super::page::{Extent, Page};
use crate::error::{Class, Explain as _};
use crate::kinds::{Kind, ObjectRef};

/// Objects in one answer; the API server's own clients use the same number.
pub(super) const PAGE: u32 = 500;

/// Which objects of a kind are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// The namespace; nothing means all of them.
    pub namespace: Option<String>,
    /// A label selector; nothing means any labels.
    pub labels: Option<String>,
    /// A field selector; nothing means any fields.
    pub fields: Option<String>,
    /// The one object with this name.
    pub name: Option<String>,
}

impl Scope {
    /// All namespaces.
    #[must_use]
    pub fn everywhere() -> Self {
        Self::default()
    }

    /// One namespace.
    #[must_use]
    pub fn namespace(namespace: impl Into<String>) -> Self {
        Self { namespace: Some(namespace.into()), ..Self::default() }
    }

    /// Only objects with these labels, in kubectl's selector notation.
    #[must_use]
    pub fn labels(mut self, selector: impl Into<String>) -> Self {
        self.labels = Some(selector.into());
        self
    }

    /// Only the object of this name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// The narrowest scope in which all of these objects are: one name, one namespace, or everywhere;
    /// nothing when there are none.
    #[must_use]
    pub fn covering(objects: &BTreeSet<ObjectRef>) -> Option<Self> {
        let first = objects.first()?;
        let share_namespace = objects.iter().all(|object| object.namespace == first.namespace);
        Some(match (objects.len(), share_namespace) {
            (1, _) => Self::namespace(&first.namespace).named(&first.name),
            (_, true) => Self::namespace(&first.namespace),
            (_, false) => Self::everywhere(),
        })
    }

    pub(super) fn field_selector(&self) -> Option<String> {
        let name = self.name.as_ref().map(|name| format!("metadata.name={name}"));
        let parts: Vec<_> = self.fields.clone().into_iter().chain(name).collect();
        (!parts.is_empty()).then(|| parts.join(","))
    }
}

impl Cluster {
    /// Lists the objects of `kind`, a page at a time as the stream is read.
    ///
    /// # Errors
    /// [`Class::NotInstalled`] when the cluster does not serve the kind; those of [`super::failure`].
    pub async fn list(
        &self,
        kind: &'static Kind,
        scope: &Scope,
    ) -> Result<impl Stream<Item = Result<DynamicObject>> + use<>> {
        let resource = self.installed(kind).await?;
        Ok(self.list_resource(resource, scope.clone()))
    }

    /// Lists the objects of `kind` to show them: as [`Cluster::list`], but without what nobody is shown,
    /// which manager owns which field. It is half of the bytes, and not read at all.
    ///
    /// # Errors
    /// Those of [`Cluster::list`].
    pub async fn list_to_show(
        &self,
        kind: &'static Kind,
        scope: &Scope,
    ) -> Result<impl Stream<Item = Result<DynamicObject>> + use<>> {
        let resource = self.installed(kind).await?;
        Ok(Pages::new(self, resource, scope.clone()).objects(Extent::Shown))
    }

    /// Lists the objects of a resource, a page at a time as the stream is read; the next page is under way
    /// meanwhile, so that the server and the reader work at the same time.
    ///
    /// A page token that expires while the reader is slow is replaced by the server's newer one: the rest
    /// of the list is then newer than its beginning, as it is for every list that is read slowly.
    pub fn list_resource(
        &self,
        resource: ApiResource,
        scope: Scope,
    ) -> impl Stream<Item = Result<DynamicObject>> + use<> {
        Pages::new(self, resource, scope).objects(Extent::Whole)
    }

    /// One page of a list; objects are told their kind, which a server may leave out of lists.
    pub(super) async fn page(
        &self,
        resource: &ApiResource,
        scope: &Scope,
        token: Option<&str>,
    ) -> kube::Result<ObjectList<DynamicObject>> {
        let api = self.api(resource, scope.namespace.as_deref());
        let parameters = parameters(scope, token);
        let mut page = patiently(|| api.list(&parameters)).await?;
        for object in &mut page.items {
            object.types.get_or_insert_with(|| types_of(resource));
        }
        Ok(page)
    }

    /// One page of a list, whose objects are not read yet.
    async fn unread_page(
        &self,
        resource: &ApiResource,
        scope: &Scope,
        token: Option<&str>,
    ) -> kube::Result<Page> {
        let path = DynamicObject::url_path(resource, scope.namespace.as_deref());
        let (path, parameters) = (&kube::core::Request::new(path), &parameters(scope, token));
        patiently(|| async {
            let request = path.list(parameters).map_err(kube::Error::BuildRequest)?;
            self.client.request(request).await
        })
        .await
    }

    /// Lists objects without what is in them: kind and metadata only.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn list_metadata(
        &self,
        resource: &ApiResource,
        scope: &Scope,
    ) -> Result<Vec<DynamicObject>> {
        let api = self.api(resource, scope.namespace.as_deref());
        let mut parameters = parameters(scope, None);
        let mut all = Vec::new();
        loop {
            let page = patiently(|| api.list_metadata(&parameters)).await;
            let page =
                page.map_err(|error| self.failure(error, &format!("list {}", resource.plural)))?;
            all.extend(page.items.into_iter().map(|found| DynamicObject {
                types: Some(types_of(resource)),
                metadata: found.metadata,
                data: Value::Null,
            }));
            match page.metadata.continue_.filter(|token| !token.is_empty()) {
                Some(token) => parameters = parameters.continue_token(&token),
                None => return Ok(all),
            }
        }
    }

    /// The object `namespace/name` of `kind`.
    ///
    /// # Errors
    /// [`Class::NotFound`] when there is none, [`Class::NotInstalled`] when the cluster does not serve the
    /// kind; those of [`super::failure`].
    pub async fn find(
        &self,
        kind: &'static Kind,
        namespace: &str,
        name: &str,
    ) -> Result<DynamicObject> {
        let resource = self.installed(kind).await?;
        match self.get(&resource, Some(namespace), name).await? {
            Some(object) => Ok(object),
            None => Err(not_found(kind, namespace, name)),
        }
    }

    /// The object of this name, if there is one. Cluster-scoped kinds have no `namespace`.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn get(
        &self,
        resource: &ApiResource,
        namespace: Option<&str>,
        name: &str,
    ) -> Result<Option<DynamicObject>> {
        let api = self.api(resource, namespace);
        let object = patiently(|| api.get_opt(name)).await;
        let what = || format!("get {} {}", resource.kind, full_name(namespace, name));
        object.map_err(|error| self.failure(error, &what()))
    }

    /// The served version of `kind`, or the error that says it is not installed.
    pub(super) async fn installed(&self, kind: &'static Kind) -> Result<ApiResource> {
        self.resource(kind).await?.ok_or_else(|| not_installed(kind))
    }
}

/// What is asked for with the page behind `token`, or with the first one.
fn parameters(scope: &Scope, token: Option<&str>) -> ListParams {
    ListParams {
        label_selector: scope.labels.clone(),
        field_selector: scope.field_selector(),
        limit: Some(PAGE),
        continue_token: token.map(str::to_owned),
        ..ListParams::default()
    }
}

/// After how many objects those get their turn that bring the next page.
const TURN: usize = 16;

/// The pages of a list; while one is read, the next is under way.
struct Pages {
    cluster: Cluster,
    resource: Arc<ApiResource>,
    scope: Arc<Scope>,
    /// With which token the page was asked for that is under way.
    token: Option<String>,
    /// The page that is under way, which nobody waits for any more once this is dropped.
    coming: JoinSet<kube::Result<Page>>,
}

impl Pages {
    /// Asks for the first page.
    fn new(cluster: &Cluster, resource: ApiResource, scope: Scope) -> Self {
        let (resource, scope) = (Arc::new(resource), Arc::new(scope));
        let (cluster, coming) = (cluster.clone(), JoinSet::new());
        let mut pages = Self { cluster, resource, scope, token: None, coming };
        pages.ask(None);
        pages
    }

    fn ask(&mut self, token: Option<String>) {
        self.token.clone_from(&token);
        let (cluster, resource, scope) =
            (self.cluster.clone(), Arc::clone(&self.resource), Arc::clone(&self.scope));
        self.coming
            .spawn(async move { cluster.unread_page(&resource, &scope, token.as_deref()).await });
    }

    /// The next page, when the one after it has been asked for; nothing after the last one.
    async fn next(mut self) -> Result<Option<(Vec<Box<RawValue>>, Self)>> {
        let Some(page) = self.coming.join_next().await else { return Ok(None) };
        match page.context("cannot wait for a list")? {
            Ok(page) => {
                if let Some(token) = page.next() {
                    self.ask(Some(token));
                }
                Ok(Some((page.items(), self)))
            }
            Err(error) => match newer_token(&error).filter(|_| self.token.is_some()) {
                Some(token) => {
                    self.ask(Some(token));
                    Ok(Some((Vec::new(), self)))
                }
                None => Err(self.fail(error)),
            },
        }
    }

    /// The objects of all pages, each read when its turn comes and told its kind, which a server may leave
    /// out of lists.
    fn objects(self, extent: Extent) -> impl Stream<Item = Result<DynamicObject>> + use<> {
        let (cluster, resource) = (self.cluster.clone(), Arc::clone(&self.resource));
        let pages = stream::try_unfold(self, Self::next);
        let items = pages.map_ok(|items| stream::iter(items).map(Ok)).try_flatten();
        items.enumerate().then(move |(number, item)| {
            let object = item.and_then(|item| match extent.read(&item) {
                Ok(mut object) => {
                    object.types.get_or_insert_with(|| types_of(&resource));
                    Ok(object)
                }
                Err(error) => Err(failed(&cluster, &resource, kube::Error::SerdeError(error))),
            });
            async move {
                if number % TURN == 0 {
                    yield_now().await;
                }
                object
            }
        })
    }

    fn fail(&self, error: kube::Error) -> anyhow::Error {
        failed(&self.cluster, &self.resource, error)
    }
}

fn failed(cluster: &Cluster, resource: &ApiResource, error: kube::Error) -> anyhow::Error {
    cluster.failure(error, &format!("list {}", resource.plural))
}

pub(super) fn types_of(resource: &ApiResource) -> TypeMeta {
    TypeMeta { api_version: resource.api_version.clone(), kind: resource.kind.clone() }
}

/// `namespace/name`, or `name` for what lives in no namespace.
pub(super) fn full_name(namespace: Option<&str>, name: &str) -> String {
    namespace.map_or_else(|| name.to_owned(), |namespace| format!("{namespace}/{name}"))
}

/// The token with which an expired list can go on, at the price of consistency.
///
/// Source: Kubernetes API concepts, "410 ResourceExpired" of a paged list.
fn newer_token(error: &kube::Error) -> Option<String> {
    let kube::Error::Api(status) = error else { return None };
    if status.code != 410 {
        return None;
    }
    status.metadata.as_ref()?.continue_.clone().filter(|token| !token.is_empty())
}

/// The error for an object that is not there.
#[must_use]
pub fn not_found(kind: &Kind, namespace: &str, name: &str) -> anyhow::Error {
    anyhow!("{} {namespace}/{name} not found", kind.kind)
        .class(Class::NotFound)
        .hint(format!("list them with: nigari get {} -A", kind.command_words()))
}

/// The error for a kind that the cluster does not serve.
#[must_use]
pub fn not_installed(kind: &Kind) -> anyhow::Error {
    anyhow!("the cluster has no {} ({} {})", kind.plural, kind.group, kind.versions.join(", "))
        .class(Class::NotInstalled)
        .hint("see what is installed with: nigari get all -A")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(namespace: &str, name: &str) -> ObjectRef {
        let (namespace, name) = (namespace.to_owned(), name.to_owned());
        ObjectRef { kind: "Kustomization".to_owned(), namespace, name }
    }

    #[test]
    fn a_covering_scope_is_no_wider_than_it_must_be() {
        let scope = |objects: &[ObjectRef]| Scope::covering(&objects.iter().cloned().collect());
        let (a, b, c) = (named("x", "a"), named("x", "b"), named("y", "c"));
        assert_eq!(scope(&[]), None);
        assert_eq!(scope(std::slice::from_ref(&a)), Some(Scope::namespace("x").named("a")));
        assert_eq!(scope(&[a.clone(), b]), Some(Scope::namespace("x")));
        assert_eq!(scope(&[a, c]), Some(Scope::everywhere()));
    }
}
