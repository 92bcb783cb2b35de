//! What an event says; pure.

use std::time::Duration;

use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;
use serde_json::Value;

use super::Shown;
use crate::kinds::view::{name, namespace, text};
use crate::kinds::{self, ObjectRef};
use crate::output::age::age;

/// Whether the object of an event is of a kind of the table.
pub(super) fn is_about_flux(event: &DynamicObject) -> bool {
    let kind = text(event, "/involvedObject/kind").and_then(kinds::of_api_kind);
    let version = text(event, "/involvedObject/apiVersion").unwrap_or_default();
    // Somebody else's kind may have the same name.
    kind.is_some_and(|kind| version.is_empty() || version.split('/').next() == Some(kind.group))
}

/// When it was seen last: the series' time, else the last one, else its only one.
///
/// Source: as `kubectl events` decides it; an event of the newer API has no `lastTimestamp`.
pub(super) fn last_seen(event: &DynamicObject) -> Option<Timestamp> {
    let times = ["/series/lastObservedTime", "/lastTimestamp", "/eventTime", "/firstTimestamp"];
    times.iter().find_map(|pointer| text(event, pointer)?.parse().ok())
}

fn first_seen(event: &DynamicObject) -> Option<Timestamp> {
    ["/firstTimestamp", "/eventTime"].iter().find_map(|pointer| text(event, pointer)?.parse().ok())
}

/// Its cells.
pub(super) fn cells(shown: &Shown, event: &DynamicObject, now: Timestamp) -> Vec<String> {
    let field = |pointer| text(event, pointer).unwrap_or_default().to_owned();
    let object = format!("{}/{}", field("/involvedObject/kind"), field("/involvedObject/name"));
    let of = match field("/involvedObject/namespace") {
        empty if empty.is_empty() => namespace(event).to_owned(),
        namespace => namespace,
    };
    let message = field("/message");
    let rest = [seen(event, now), field("/type"), field("/reason"), object, message];
    shown.with_namespace.then_some(of).into_iter().chain(rest).collect()
}

/// `5m`, or `5m (x3 over 1h)` for what happened several times.
fn seen(event: &DynamicObject, now: Timestamp) -> String {
    let since = |time: Timestamp| {
        let elapsed = now.duration_since(time);
        age(Duration::try_from(elapsed).unwrap_or_default())
    };
    let Some(last) = last_seen(event).map(since) else { return "<unknown>".to_owned() };
    let counted = |pointer| event.data.pointer(pointer).and_then(Value::as_i64);
    let count = counted("/series/count").or_else(|| counted("/count")).unwrap_or(1);
    match first_seen(event) {
        Some(first) if count > 1 => format!("{last} (x{count} over {})", since(first)),
        _ => last,
    }
}

/// The Provider that an Alert sends to: its events tell why nothing arrives.
pub(super) fn provider(object: &DynamicObject) -> Option<ObjectRef> {
    let provider = text(object, "/spec/providerRef/name")?;
    Some(ObjectRef {
        kind: "Provider".to_owned(),
        namespace: namespace(object).to_owned(),
        name: provider.to_owned(),
    })
}

/// Tells events apart; the same one comes again when it is counted up.
pub(super) fn key(event: &DynamicObject) -> (String, String) {
    (namespace(event).to_owned(), name(event).to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    fn event(more: Value) -> DynamicObject {
        let mut event = json!({
            "metadata": {"name": "apps.1", "namespace": "flux-system"},
            "type": "Warning", "reason": "BuildFailed", "message": "no such file",
            "involvedObject": {"kind": "Kustomization", "name": "apps", "namespace": "flux-system",
                               "apiVersion": "kustomize.toolkit.fluxcd.io/v1"},
        });
        for (key, value) in more.as_object().expect("fields") {
            event[key] = value.clone();
        }
        object(event)
    }

    #[test]
    fn what_repeats_is_counted_and_what_has_no_time_says_so() {
        let now: Timestamp = "2026-11-23T09:00:00Z".parse().unwrap();
        let first = "2026-11-23T07:00:00Z";
        let shown = |more| {
            let types = Vec::new();
            cells(&Shown { types, with_namespace: false }, &event(more), now)[0].clone()
        };
        assert_eq!(shown(json!({})), "<unknown>");
        assert_eq!(shown(json!({"eventTime": "2026-11-23T08:55:00.123456Z"})), "4m59s");
        let repeated =
            json!({"firstTimestamp": first, "lastTimestamp": "2026-11-23T08:59:00Z", "count": 3});
        assert_eq!(shown(repeated), "60s (x3 over 120m)");
        let series = json!({"eventTime": first, "series": {"count": 2, "lastObservedTime": "2026-11-23T09:00:10Z"}});
        assert_eq!(shown(series), "0s (x2 over 120m)");
    }

    #[test]
    fn only_objects_of_flux_count_also_where_a_kind_shares_its_name() {
        assert!(is_about_flux(&event(json!({}))));
        for (kind, version) in [("Pod", "v1"), ("Kustomization", "kustomize.config.k8s.io/v1beta1")]
        {
            let other =
                json!({"involvedObject": {"kind": kind, "name": "a", "apiVersion": version}});
            assert!(!is_about_flux(&event(other)), "{kind} {version}");
        }
    }
}
