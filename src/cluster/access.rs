//! Which rights are missing, asked before the first write.

use std::fmt;

use anyhow::Result;
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use k8s_openapi::api::authorization::v1::{
    ResourceAttributes, SelfSubjectAccessReview, SelfSubjectAccessReviewSpec,
};
use kube::api::{Api, PostParams};

use super::Cluster;
use super::backoff::patiently;

/// Questions that are under way at the same time.
const AT_ONCE: usize = 8;

/// A right that a command needs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Right {
    /// `create`, `patch`, `watch`, …
    pub verb: String,
    /// The API group; empty for the core group.
    pub group: String,
    /// The resource in API paths: `deployments`.
    pub resource: String,
    /// The namespace; nothing means all namespaces, or a resource that lives in none.
    pub namespace: Option<String>,
}

impl Right {
    /// The right to `verb` a resource everywhere.
    #[must_use]
    pub fn everywhere(verb: &str, group: &str, resource: &str) -> Self {
        Self { verb: verb.into(), group: group.into(), resource: resource.into(), namespace: None }
    }

    /// The right to `verb` a resource in one namespace.
    #[must_use]
    pub fn within(namespace: &str, verb: &str, group: &str, resource: &str) -> Self {
        Self { namespace: Some(namespace.into()), ..Self::everywhere(verb, group, resource) }
    }

    fn review(&self) -> SelfSubjectAccessReview {
        let attributes = ResourceAttributes {
            verb: Some(self.verb.clone()),
            group: Some(self.group.clone()),
            resource: Some(self.resource.clone()),
            namespace: self.namespace.clone(),
            ..ResourceAttributes::default()
        };
        SelfSubjectAccessReview {
            spec: SelfSubjectAccessReviewSpec {
                resource_attributes: Some(attributes),
                ..SelfSubjectAccessReviewSpec::default()
            },
            ..SelfSubjectAccessReview::default()
        }
    }
}

impl fmt::Display for Right {
    /// `create deployments.apps in namespace flux-system`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb, self.resource)?;
        if !self.group.is_empty() {
            write!(f, ".{}", self.group)?;
        }
        match &self.namespace {
            Some(namespace) => write!(f, " in namespace {namespace}"),
            None => Ok(()),
        }
    }
}

impl Cluster {
    /// The rights among `needed` that we do not have, in their order.
    ///
    /// # Errors
    /// Those of [`super::failure`]; every authenticated user may ask about itself.
    ///
    /// Source: `authorization.k8s.io/v1` SelfSubjectAccessReview.
    pub async fn missing_rights(&self, needed: &[Right]) -> Result<Vec<Right>> {
        let answers = needed.iter().map(|right| async move {
            Ok::<_, anyhow::Error>((!self.may(right).await?).then(|| right.clone()))
        });
        let answers: Vec<Option<Right>> =
            stream::iter(answers).buffered(AT_ONCE).try_collect().await?;
        Ok(answers.into_iter().flatten().collect())
    }

    async fn may(&self, right: &Right) -> Result<bool> {
        let api: Api<SelfSubjectAccessReview> = Api::all(self.client.clone());
        let review = right.review();
        let parameters = PostParams::default();
        let answer = patiently(|| api.create(&parameters, &review)).await;
        let answer =
            answer.map_err(|error| self.failure(error, &format!("ask whether we may {right}")))?;
        Ok(answer.status.is_some_and(|status| status.allowed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_reads_like_a_sentence() {
        let right = Right::within("flux-system", "create", "apps", "deployments");
        assert_eq!(right.to_string(), "create deployments.apps in namespace flux-system");
        assert_eq!(Right::everywhere("list", "", "nodes").to_string(), "list nodes");
    }
}
