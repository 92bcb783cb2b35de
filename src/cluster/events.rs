//! Kubernetes events.

use anyhow::Result;
use futures::stream::{BoxStream, StreamExt as _};
use kube::api::DynamicObject;
use kube::core::{ApiResource, GroupVersionKind};

use super::Cluster;
use super::list::Scope;
use super::watch::{Event, Subject};

/// The resource in which controllers record what they did: that of the core group, where also the newer
/// API's events are seen.
fn resource() -> ApiResource {
    ApiResource::from_gvk_with_plural(&GroupVersionKind::gvk("", "v1", "Event"), "events")
}

/// The events of an object, in its namespace; of every object of the kind without a name.
#[must_use]
pub fn scope_of(kind: &str, name: Option<&str>, namespace: Option<&str>) -> Scope {
    let fields = match name {
        Some(name) => format!("involvedObject.kind={kind},involvedObject.name={name}"),
        None => format!("involvedObject.kind={kind}"),
    };
    Scope { namespace: namespace.map(str::to_owned), fields: Some(fields), ..Scope::default() }
}

impl Cluster {
    /// Lists events, a page at a time as the stream is read.
    pub fn events(&self, scope: Scope) -> BoxStream<'static, Result<DynamicObject>> {
        self.list_resource(resource(), scope).boxed()
    }

    /// Watches events, as [`Cluster::watch`] does.
    pub fn watch_events(&self, scope: Scope) -> BoxStream<'static, Result<Event>> {
        self.watch_subject(Subject::Resource(resource()), scope)
    }
}
