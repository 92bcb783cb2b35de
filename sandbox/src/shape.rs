//! What requests to a Kubernetes API have in common when the API treats them alike.
//!
//! The conformance test answers for every shape that any test ever sent: programs whose tests run
//! with [`FOLDER_VARIABLE`] write each new shape down, and the test fails for one that none of its
//! scenarios covers.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::str::FromStr;
use std::sync::{Mutex, OnceLock, PoisonError};

use http::{HeaderMap, Method, header};
use serde_json::Value;

use crate::environment;
use crate::kube::request::{Query, ResourcePath, verb};

/// Names the folder into which programs write the shapes of all requests that a cluster received.
pub const FOLDER_VARIABLE: &str = "NIGARI_SHAPES_DIR";

/// Parameters whose values change what a request means; of others only the presence counts.
const TELLING: &[&str] = &[
    "allowWatchBookmarks",
    "dryRun",
    "fieldValidation",
    "force",
    "includeObject",
    "orphanDependents",
    "propagationPolicy",
    "resourceVersionMatch",
    "sendInitialEvents",
];

/// A request without everything that is only its own: names, selectors, versions, content.
///
/// As text it is one line: `patch apps/deployments in a namespace ?fieldManager&force=true
/// (apply-patch+yaml)`. Kinds that a CRD defines are all `custom`: no server has code of its own
/// for one of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shape {
    request: String,
    /// The types of what was sent and of what is to be answered; unknown where only a log tells.
    media: Option<String>,
}

impl Shape {
    /// The shape of a request.
    #[must_use]
    pub fn new(method: &str, path_and_query: &str, headers: &HeaderMap, body: &[u8]) -> Self {
        let body = serde_json::from_slice(body).unwrap_or_default();
        Self {
            request: request(method, path_and_query, &body),
            media: Some(media(method, headers)),
        }
    }

    /// The shape of a request as an audit log tells it: headers are not in it.
    #[must_use]
    pub fn of_log(method: &str, path_and_query: &str, body: &str) -> Self {
        let body = serde_json::from_str(body).unwrap_or_default();
        Self { request: request(method, path_and_query, &body), media: None }
    }

    /// Whether a request of this shape stands for one of the shape `other`, which may be one whose
    /// media types nobody knows.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        self.request == other.request && (other.media.is_none() || self.media == other.media)
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.request, self.media.as_deref().unwrap_or("?"))
    }
}

impl FromStr for Shape {
    type Err = Infallible;

    /// Reads what [`fmt::Display`] wrote.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let (request, media) = text.rsplit_once(" (").unwrap_or((text, "?)"));
        let media = media.trim_end_matches(')');
        Ok(Self { request: request.to_owned(), media: (media != "?").then(|| media.to_owned()) })
    }
}

fn request(method: &str, path_and_query: &str, body: &Value) -> String {
    let (path, query) = path_and_query.split_once('?').unwrap_or((path_and_query, ""));
    let query = Query::parse(query);
    let mut text = match ResourcePath::parse(path) {
        Some(path) => of_resource(method, &path, &query),
        None => format!("{} {}", method.to_lowercase(), about(path)),
    };
    let options = if method == "DELETE" { body } else { &Value::Null };
    let parameters = parameters(&query, options);
    if !parameters.is_empty() {
        text += " ?";
        text += &parameters.join("&");
    }
    text
}

fn of_resource(method: &str, path: &ResourcePath, query: &Query) -> String {
    let known = Method::from_bytes(method.as_bytes()).ok();
    let verb = known.and_then(|method| verb(&method, path, query)).unwrap_or(method);
    let mut text = format!("{verb} {}", resource(path));
    if !path.subresource.is_empty() {
        text += "/";
        text += &path.subresource;
    }
    if path.namespace.is_some() {
        text += " in a namespace";
    }
    text
}

fn resource(path: &ResourcePath) -> String {
    match path.group.as_str() {
        "" => path.plural.clone(),
        group if is_custom(group) => "custom".to_owned(),
        group => format!("{group}/{}", path.plural),
    }
}

/// Whether a CRD defined the group: the project's own have no dot, or end in `k8s.io`.
fn is_custom(group: &str) -> bool {
    group.contains('.') && !group.ends_with(".k8s.io")
}

/// A path that names no kind, with a placeholder for each group and version.
fn about(path: &str) -> String {
    let segments: Vec<_> = path.trim_matches('/').split('/').collect();
    let class = |group: &str| if is_custom(group) { "custom" } else { "GROUP" };
    match segments.as_slice() {
        ["apis", group] => format!("/apis/{}", class(group)),
        ["apis", group, _] => format!("/apis/{}/VERSION", class(group)),
        ["openapi", "v3", "apis", group, _] => format!("/openapi/v3/apis/{}/VERSION", class(group)),
        _ => path.to_owned(),
    }
}

/// The parameters in alphabetical order; options of a deletion may be in its body instead.
fn parameters(query: &Query, options: &Value) -> Vec<String> {
    let given = query.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut given: BTreeMap<String, String> = given.collect();
    for (name, value) in options.as_object().into_iter().flatten() {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        // Both ways of saying it mean the same.
        let value = if name == "dryRun" { "All".to_owned() } else { value };
        given.insert(name.clone(), value);
    }
    given.retain(|name, value| {
        !value.is_empty() && !matches!(name.as_str(), "watch" | "kind" | "apiVersion")
    });
    given.iter().map(|(name, value)| parameter(name, value)).collect()
}

fn parameter(name: &str, value: &str) -> String {
    match name {
        "resourceVersion" if value == "0" => "resourceVersion=0".to_owned(),
        // Which fields can be selected depends on the kind.
        "fieldSelector" => {
            let fields = value.split(',').map(|term| term.split(['=', '!']).next());
            let fields: BTreeSet<_> = fields.flatten().collect();
            format!("fieldSelector={}", Vec::from_iter(fields).join(","))
        }
        name if TELLING.contains(&name) => format!("{name}={value}"),
        name => name.to_owned(),
    }
}

/// What was sent, unless it is JSON as usual, and what is wanted, unless it is the object as JSON.
fn media(method: &str, headers: &HeaderMap) -> String {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let sent = subtype(text(header::CONTENT_TYPE));
    let wanted: Vec<_> = text(header::ACCEPT).split(',').map(form).collect();
    let mut parts = Vec::new();
    if matches!(method, "PATCH" | "POST" | "PUT") && !matches!(sent, "" | "json") {
        parts.push(sent.to_owned());
    }
    if wanted.iter().any(|form| !form.is_empty()) {
        let mut wanted = wanted;
        wanted.dedup();
        let wanted = wanted.iter().map(|form| if form.is_empty() { "json" } else { form });
        parts.push(format!("as {}", Vec::from_iter(wanted).join(", ")));
    }
    if parts.is_empty() { "json".to_owned() } else { parts.join(" ") }
}

fn subtype(media_type: &str) -> &str {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.split_once('/').map_or(essence, |(_, subtype)| subtype)
}

/// The form that one alternative of `Accept` asks for; empty for the object as JSON.
fn form(alternative: &str) -> &str {
    let mut parameters = alternative.split(';').map(str::trim).skip(1);
    if let Some(form) = parameters.find_map(|parameter| parameter.strip_prefix("as=")) {
        return form;
    }
    match subtype(alternative) {
        "json" | "*" => "",
        other => other,
    }
}

/// The shapes that this process has written down.
struct Log {
    written: BTreeSet<Shape>,
    file: File,
}

/// Writes a shape down when it is new to this process and [`FOLDER_VARIABLE`] asks for it, with
/// the request as an example.
///
/// At once, so that nothing is lost when the process is killed.
pub(crate) fn record(shape: Shape, example: impl fmt::Display) {
    static LOG: OnceLock<Option<Mutex<Log>>> = OnceLock::new();
    let Some(log) = LOG.get_or_init(open) else { return };
    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
    if log.written.contains(&shape) {
        return;
    }
    // One write, so that lines stay whole when the number of an ended process is used again.
    let line = format!("{shape}\t{example}\n");
    log.file.write_all(line.as_bytes()).expect("the folder of shapes can be written to");
    log.written.insert(shape);
}

fn open() -> Option<Mutex<Log>> {
    let folder = environment::variable(FOLDER_VARIABLE)?;
    let path = Path::new(&folder).join(format!("{}.shapes", std::process::id()));
    let file = OpenOptions::new().append(true).create(true).open(path);
    let file = file.expect("the folder of shapes can be written to");
    Some(Mutex::new(Log { written: BTreeSet::new(), file }))
}

/// Every shape that was written down, with an example; `None` when nobody asked for it.
///
/// # Errors
/// When the folder cannot be read.
pub fn recorded() -> std::io::Result<Option<BTreeMap<Shape, String>>> {
    let Some(folder) = environment::variable(FOLDER_VARIABLE) else { return Ok(None) };
    let mut shapes = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        for line in std::fs::read_to_string(entry?.path())?.lines() {
            let (shape, example) = line.split_once('\t').unwrap_or((line, ""));
            let Ok(shape) = shape.parse();
            shapes.insert(shape, example.to_owned());
        }
    }
    Ok(Some(shapes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(method: &str, uri: &str, headers: &[(header::HeaderName, &str)]) -> String {
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap()));
        Shape::new(method, uri, &headers.collect(), b"").to_string()
    }

    #[test]
    fn what_is_only_its_own_is_dropped() {
        let uri = "/api/v1/namespaces/a/configmaps?limit=500&labelSelector=a%3Db&resourceVersion=7";
        let expected = "list configmaps in a namespace ?labelSelector&limit&resourceVersion (json)";
        assert_eq!(shape("GET", uri, &[]), expected);
        let uri = "/api/v1/pods?watch=true&resourceVersion=0&fieldSelector=metadata.name!%3Da";
        let expected = "watch pods ?fieldSelector=metadata.name&resourceVersion=0 (json)";
        assert_eq!(shape("GET", uri, &[]), expected);
    }

    #[test]
    fn custom_kinds_are_alike() {
        let flux = "/apis/kustomize.toolkit.fluxcd.io/v1/namespaces/a/kustomizations/b/status";
        let patch = (header::CONTENT_TYPE, "application/merge-patch+json");
        let expected = "patch custom/status in a namespace (merge-patch+json)";
        assert_eq!(shape("PATCH", flux, &[patch]), expected);
        assert_eq!(shape("GET", "/apis/a.example.com/v1", &[]), "get /apis/custom/VERSION (json)");
        let built_in = "/apis/rbac.authorization.k8s.io/v1/clusterroles/a";
        let expected = "get rbac.authorization.k8s.io/clusterroles (json)";
        assert_eq!(shape("GET", built_in, &[]), expected);
    }

    #[test]
    fn the_wanted_forms_are_named() {
        let table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
        let expected = "list nodes (as Table, json)";
        assert_eq!(shape("GET", "/api/v1/nodes", &[(header::ACCEPT, table)]), expected);
        let plain = "application/json, */*";
        assert_eq!(shape("GET", "/version", &[(header::ACCEPT, plain)]), "get /version (json)");
    }

    #[test]
    fn options_of_a_deletion_count_wherever_they_are() {
        let path = "/api/v1/namespaces/a/configmaps/b";
        let body = br#"{"kind":"DeleteOptions","propagationPolicy":"Orphan","dryRun":["All"]}"#;
        let in_body = Shape::new("DELETE", path, &HeaderMap::new(), body);
        let query = format!("{path}?propagationPolicy=Orphan&dryRun=All");
        assert_eq!(in_body, Shape::new("DELETE", &query, &HeaderMap::new(), b""));
    }

    #[test]
    fn a_log_does_not_know_media_types() {
        let path = "/api/v1/namespaces/a/configmaps/b";
        let headers = [(header::CONTENT_TYPE, "application/merge-patch+json".parse().unwrap())];
        let sent = Shape::new("PATCH", path, &headers.into_iter().collect(), b"{}");
        let logged = Shape::of_log("PATCH", path, "{}");
        assert!(sent.covers(&logged) && !logged.covers(&sent));
        for shape in [sent, logged] {
            let Ok(read) = shape.to_string().parse::<Shape>();
            assert_eq!(read, shape);
        }
    }
}
