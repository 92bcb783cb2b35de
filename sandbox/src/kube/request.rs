//! What a request asks for: path, query and headers in the API's own terms.

use std::collections::HashMap;

use http::{HeaderMap, Method, header};

use super::resources::Resource;
use super::status::{Answer, Failure};
use super::table;

/// A path below `/api` or `/apis` that names a kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ResourcePath {
    /// Empty for the core group.
    pub(crate) group: String,
    /// For example `v1`.
    pub(crate) version: String,
    /// The namespace segment, if there is one.
    pub(crate) namespace: Option<String>,
    /// For example `configmaps`.
    pub(crate) plural: String,
    /// The object's name; empty for a collection.
    pub(crate) name: String,
    /// For example `status`; empty for the object itself.
    pub(crate) subresource: String,
}

impl ResourcePath {
    /// The path of the group and version.
    pub(crate) fn root(&self) -> String {
        match self.group.as_str() {
            "" => format!("/api/{}", self.version),
            group => format!("/apis/{group}/{}", self.version),
        }
    }

    /// Reads a path; `None` when it names no kind.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let segments: Vec<_> = path.trim_matches('/').split('/').map(decode).collect();
        let segments: Vec<_> = segments.iter().map(String::as_str).collect();
        let (group, version, rest) = match segments.as_slice() {
            ["api", version, rest @ ..] => ("", *version, rest),
            ["apis", group, version, rest @ ..] => (*group, *version, rest),
            _ => return None,
        };
        let (namespace, rest) = match rest {
            // `namespaces/NAME/status` is a subresource of the namespace, not a kind.
            ["namespaces", _] | ["namespaces", _, "status" | "finalize"] if group.is_empty() => {
                (None, rest)
            }
            ["namespaces", namespace, rest @ ..] if !rest.is_empty() => {
                (Some((*namespace).to_owned()), rest)
            }
            rest => (None, rest),
        };
        let (plural, name, subresource) = match rest {
            [plural] => (*plural, "", String::new()),
            [plural, name] => (*plural, *name, String::new()),
            [plural, name, subresource @ ..] => (*plural, *name, subresource.join("/")),
            [] => return None,
        };
        Some(Self {
            group: group.to_owned(),
            version: version.to_owned(),
            namespace,
            plural: plural.to_owned(),
            name: name.to_owned(),
            subresource,
        })
    }
}

/// The query parameters; of a repeated one the last counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(HashMap<String, String>);

impl Query {
    /// Reads the part of a URI after the question mark.
    pub(crate) fn parse(query: &str) -> Self {
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(&value.replace('+', " ")))
        });
        Self(pairs.collect())
    }

    /// All values of a parameter, in their order.
    pub(crate) fn all(query: &str, name: &str) -> Vec<String> {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let meant = pairs.filter(|(key, _)| decode(key) == name);
        meant.map(|(_, value)| decode(&value.replace('+', " "))).collect()
    }

    /// A parameter, or the empty string.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// Whether a parameter is there and not empty.
    pub(crate) fn has(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Every parameter.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether a parameter is true, as Go reads booleans.
    pub(crate) fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), "true" | "1" | "t" | "T" | "TRUE" | "True")
    }

    /// An integer; `None` when absent.
    ///
    /// # Errors
    /// 400 when it is not an integer.
    pub(crate) fn integer(&self, name: &str) -> Answer<Option<i64>> {
        match self.get(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| {
                Failure::bad_request(format!("strconv.ParseInt: parsing {text:?}: invalid syntax"))
            }),
        }
    }

    /// An integer above zero; `None` when absent, zero or negative, which all mean no limit.
    ///
    /// # Errors
    /// 400 when it is not an integer.
    pub(crate) fn limit(&self, name: &str) -> Answer<Option<u64>> {
        let number = self.integer(name)?.and_then(|number| u64::try_from(number).ok());
        Ok(number.filter(|number| *number > 0))
    }

    /// A resource version; `None` when absent or empty.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn version(&self, name: &str) -> Result<Option<u64>, String> {
        match self.get(name) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| {
                format!(
                    "{name}: Invalid value: {text:?}: strconv.ParseUint: parsing {text:?}: invalid \
                     syntax"
                )
            }),
        }
    }
}

/// Percent-decodes a segment or parameter; what is no UTF-8 afterwards is replaced.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let escaped = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match escaped.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// How the answer is to be shaped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// The objects themselves.
    Object,
    /// `Table`, as `kubectl get` prints it.
    Table,
    /// `PartialObjectMetadata`.
    Metadata,
}

impl Form {
    /// Picks the first form of `Accept` that is offered; tables are not for every kind.
    ///
    /// # Errors
    /// 406 when none is; 501 when a real server would offer one of them.
    pub(crate) fn negotiate(headers: &HeaderMap, resource: &Resource) -> Answer<Self> {
        const UNIMPLEMENTED: &[&str] = &["application/yaml", "application/vnd.kubernetes.protobuf"];
        let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
        let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else {
            return Ok(Self::Object);
        };
        let is_offered = |form: &Self| *form != Self::Table || table::is_offered(resource);
        if let Some(form) = accept.split(',').filter_map(Self::of_media_type).find(is_offered) {
            return Ok(form);
        }
        let mut wanted = accept.split(',').map(str::trim);
        Err(match wanted.find(|wanted| UNIMPLEMENTED.contains(wanted)) {
            Some(wanted) => Failure::not_implemented(&format!("answers in {wanted}")),
            None => Failure::not_acceptable(resource),
        })
    }

    fn of_media_type(text: &str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        if !matches!(parts.next()?, "application/json" | "application/*" | "*/*") {
            return None;
        }
        let parameters: HashMap<_, _> = parts.filter_map(|part| part.split_once('=')).collect();
        match parameters.get("as").copied() {
            None => Some(Self::Object),
            Some(_) if parameters.get("v") != Some(&"v1") => None,
            Some("Table") => Some(Self::Table),
            Some("PartialObjectMetadata" | "PartialObjectMetadataList") => Some(Self::Metadata),
            Some(_) => None,
        }
    }
}

/// The verb as authorization knows it.
pub(crate) fn verb(method: &Method, path: &ResourcePath, query: &Query) -> Option<&'static str> {
    let is_object = !path.name.is_empty();
    Some(match method.as_str() {
        // One object is read whatever the query says; it is watched through its collection.
        "GET" | "HEAD" if is_object => "get",
        "GET" | "HEAD" if query.flag("watch") => "watch",
        "GET" | "HEAD" => "list",
        "POST" => "create",
        "PUT" => "update",
        "PATCH" => "patch",
        "DELETE" if is_object => "delete",
        "DELETE" => "deletecollection",
        _ => return None,
    })
}

/// The text of a header, or the empty string.
pub(crate) fn header_text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::resources::Registry;
    use super::*;

    fn parsed(path: &str) -> (String, Option<String>, String, String, String) {
        let path = ResourcePath::parse(path).expect("the path names a kind");
        (path.group, path.namespace, path.plural, path.name, path.subresource)
    }

    #[test]
    fn namespaces_are_objects_and_scopes() {
        let text = str::to_owned;
        assert_eq!(
            parsed("/api/v1/namespaces/a"),
            (text(""), None, text("namespaces"), text("a"), text(""))
        );
        assert_eq!(
            parsed("/api/v1/namespaces/a/status"),
            (text(""), None, text("namespaces"), text("a"), text("status"))
        );
        assert_eq!(
            parsed("/apis/apps/v1/namespaces/a/deployments/b/status"),
            (text("apps"), Some(text("a")), text("deployments"), text("b"), text("status"))
        );
    }

    #[test]
    fn queries_are_decoded() {
        let query = Query::parse("labelSelector=a%3Db%2Cc&force=true&x=1+2");
        assert_eq!(query.get("labelSelector"), "a=b,c");
        assert!(query.flag("force"));
        assert_eq!(query.get("x"), "1 2");
    }

    #[test]
    fn the_first_offered_form_wins() {
        let maps = Registry::new().find("", "v1", "configmaps").expect("a built-in kind");
        let roles = Registry::new().find("rbac.authorization.k8s.io", "v1", "roles");
        let roles = roles.expect("a built-in kind");
        let negotiated = |accept: &str, resource: &Resource| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, accept.parse().expect("a header value"));
            Form::negotiate(&headers, resource).map_err(|failure| failure.code)
        };
        let form = |accept: &str| negotiated(accept, &maps);
        let table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
        assert_eq!(form(table), Ok(Form::Table));
        assert_eq!(negotiated(table, &roles), Ok(Form::Object));
        assert_eq!(form("application/vnd.kubernetes.protobuf, application/json"), Ok(Form::Object));
        assert_eq!(form("application/vnd.kubernetes.protobuf"), Err(501));
        assert_eq!(form("text/html"), Err(406));
    }
}
