//! Who may do what: bearer tokens, injected denials, reviews.
//!
//! RBAC objects are stored and not evaluated: whoever has a token may do everything that no
//! [`Deny`] forbids.

use std::collections::BTreeMap;

use http::{HeaderMap, header};
use serde_json::{Value, json};

use super::managers::{self, Manager, Operation};
use super::preparation::now;
use super::resources::{Resource, text};
use super::status::{Answer, Cause, Failure};

/// Who sends a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct User {
    /// The user name.
    pub(crate) name: String,
    /// The groups, without `system:authenticated`.
    pub(crate) groups: Vec<String>,
}

/// Something that is forbidden; `*` stands for anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deny {
    /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection` or `*`.
    pub verb: String,
    /// The API group; empty for the core group.
    pub group: String,
    /// The plural, for a subresource `PLURAL/SUBRESOURCE`.
    pub resource: String,
    /// Only in this namespace; `None` is everywhere.
    pub namespace: Option<String>,
    /// Only to this user; `None` is everybody, the players too.
    pub user: Option<String>,
}

impl Deny {
    /// Forbids `verb` on `resource` of `group` everywhere.
    pub fn new(verb: &str, group: &str, resource: &str) -> Self {
        let (verb, group, resource) = (verb.to_owned(), group.to_owned(), resource.to_owned());
        Self { verb, group, resource, namespace: None, user: None }
    }

    /// Forbids it to one user only.
    #[must_use]
    pub fn to(self, user: &str) -> Self {
        Self { user: Some(user.to_owned()), ..self }
    }
}

/// What a request wants to do.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attempt<'a> {
    /// The verb as authorization knows it.
    pub(crate) verb: &'a str,
    /// The API group.
    pub(crate) group: &'a str,
    /// The plural, for a subresource `PLURAL/SUBRESOURCE`.
    pub(crate) resource: &'a str,
    /// The namespace; empty at the cluster scope.
    pub(crate) namespace: &'a str,
    /// Who wants to.
    pub(crate) user: &'a str,
}

/// Tokens and denials.
#[derive(Clone, Debug, Default)]
pub(crate) struct Access {
    tokens: BTreeMap<String, User>,
    denials: Vec<Deny>,
}

impl Access {
    /// The token of `user`, issued if it is new; `admin` is in `system:masters`.
    pub(crate) fn token(&mut self, user: &str) -> String {
        let token = format!("{user}-token");
        let groups = if user == "admin" { vec!["system:masters".to_owned()] } else { Vec::new() };
        let user = User { name: user.to_owned(), groups };
        self.tokens.entry(token.clone()).or_insert(user);
        token
    }

    /// Forbids something.
    pub(crate) fn deny(&mut self, rule: Deny) {
        self.denials.push(rule);
    }

    /// Who sent a request, after impersonation.
    ///
    /// # Errors
    /// 401 without a known token.
    pub(crate) fn authenticate(&self, headers: &HeaderMap) -> Answer<User> {
        let value = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let token = value(header::AUTHORIZATION.as_str())
            .and_then(|value| value.strip_prefix("Bearer "))
            .unwrap_or_default();
        let user = self.tokens.get(token).cloned().ok_or_else(Failure::unauthorized)?;
        let Some(name) = value("impersonate-user") else { return Ok(user) };
        let groups = headers.get_all("impersonate-group").iter();
        let groups = groups.filter_map(|group| group.to_str().ok()).map(str::to_owned).collect();
        Ok(User { name: name.to_owned(), groups })
    }

    /// Whether nothing forbids `attempt`, nor a part of it where a review asks about `*`.
    pub(crate) fn allows(&self, attempt: &Attempt<'_>) -> bool {
        let is = |rule: &str, actual: &str| rule == "*" || actual == "*" || rule == actual;
        !self.denials.iter().any(|rule| {
            is(&rule.verb, attempt.verb)
                && is(&rule.group, attempt.group)
                && is(&rule.resource, attempt.resource)
                && rule.namespace.as_deref().is_none_or(|namespace| namespace == attempt.namespace)
                && rule.user.as_deref().is_none_or(|user| user == attempt.user)
        })
    }

    /// Answers a review of the kind `kind` that `user` posted.
    ///
    /// # Errors
    /// 501 for a kind of review that is not implemented.
    pub(crate) fn review(&self, kind: &str, user: &User, mut review: Value) -> Answer<Value> {
        match kind {
            "SelfSubjectAccessReview" => {
                review["status"] = json!({"allowed": self.is_allowed(user, &review)});
            }
            "SelfSubjectReview" => {
                let mut groups = user.groups.clone();
                groups.push("system:authenticated".to_owned());
                review["status"] = json!({"userInfo": {"username": user.name, "groups": groups}});
            }
            other => return Err(Failure::not_implemented(other)),
        }
        Ok(review)
    }

    fn is_allowed(&self, user: &User, review: &Value) -> bool {
        let wanted = |name: &str| text(review, &format!("/spec/resourceAttributes/{name}"));
        let resource = match wanted("subresource") {
            "" => wanted("resource").to_owned(),
            subresource => format!("{}/{subresource}", wanted("resource")),
        };
        self.allows(&Attempt {
            verb: wanted("verb"),
            group: wanted("group"),
            resource: &resource,
            namespace: wanted("namespace"),
            user: &user.name,
        })
    }
}

/// A review as it was sent, with its own fields owned by `manager`.
///
/// # Errors
/// 422 for an access review that asks nothing.
pub(crate) fn tracked(resource: &Resource, mut review: Value, manager: &str) -> Answer<Value> {
    if !review["metadata"].is_object() {
        review["metadata"] = json!({});
    }
    if resource.kind != "SelfSubjectAccessReview" {
        review["metadata"]["creationTimestamp"] = now().into();
        return Ok(review);
    }
    let attributes = ["resourceAttributes", "nonResourceAttributes"];
    if attributes.iter().all(|name| review["spec"][*name].is_null()) {
        let wrong = "exactly one of nonResourceAttributes or resourceAttributes must be specified";
        let cause = Cause::invalid("spec.resourceAttributes", &Value::Null, wrong);
        return Err(Failure::invalid(&resource.group, "", "", &[cause]));
    }
    let manager = Manager {
        name: manager.to_owned(),
        operation: Operation::Update,
        api_version: resource.api_version(),
        subresource: String::new(),
    };
    managers::track_update(&json!({}), &mut review, resource, &manager, &now());
    Ok(review)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reviews_tell_what_is_denied() {
        let mut access = Access::default();
        access.deny(Deny::new("delete", "apps", "deployments"));
        let user = User { name: "someone".to_owned(), groups: Vec::new() };
        let allowed = |verb: &str| {
            let review = json!({"spec": {"resourceAttributes": {
                "verb": verb, "group": "apps", "resource": "deployments", "namespace": "a",
            }}});
            let review = access.review("SelfSubjectAccessReview", &user, review);
            review.expect("the review is implemented")["status"]["allowed"].clone()
        };
        assert_eq!(allowed("delete"), false);
        assert_eq!(allowed("get"), true);
        assert_eq!(allowed("*"), false, "everything holds what is denied");
        access.denials = vec![Deny::new("delete", "apps", "deployments").to("somebody else")];
        let attempt = |user| Attempt {
            verb: "delete",
            group: "apps",
            resource: "deployments",
            user,
            ..Attempt::default()
        };
        assert!(access.allows(&attempt("someone")));
        assert!(!access.allows(&attempt("somebody else")));
    }

    #[test]
    fn only_issued_tokens_are_known_and_impersonation_counts() {
        let mut access = Access::default();
        let token = access.token("admin");
        let mut headers = HeaderMap::new();
        assert_eq!(access.authenticate(&headers).expect_err("no token").code, 401);
        let value = format!("Bearer {token}").parse().expect("a header value");
        headers.insert(header::AUTHORIZATION, value);
        assert_eq!(access.authenticate(&headers).expect("known").groups, ["system:masters"]);
        headers.insert("impersonate-user", "other".parse().expect("a header value"));
        assert_eq!(access.authenticate(&headers).expect("known").name, "other");
    }
}
