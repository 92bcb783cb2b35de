//! Who issues the tokens of ServiceAccounts, as those are told who shall trust them.

use anyhow::Result;
use http::Request;
use serde::Deserialize;

use super::Cluster;
use super::backoff::patiently;
use crate::error::{Class, Explain as _, class_of};

/// Where an issuer describes itself.
///
/// Source: OpenID Connect Discovery 1.0, section 4; Kubernetes' ServiceAccount issuer discovery.
const DISCOVERY: &str = "/.well-known/openid-configuration";

#[derive(Deserialize)]
struct Description {
    issuer: String,
}

impl Cluster {
    /// The address of the issuer of this cluster's tokens, as they name it.
    ///
    /// # Errors
    /// [`Class::NotFound`] when the cluster does not tell, as one whose issuer is no `https` address;
    /// those of [`super::failure`].
    pub async fn token_issuer(&self) -> Result<String> {
        let ask = || async {
            let request = Request::get(DISCOVERY).body(Vec::new());
            self.client.request::<Description>(request.map_err(kube::Error::HttpError)?).await
        };
        match patiently(ask).await {
            Ok(Description { issuer }) => Ok(issuer),
            Err(error) => {
                let error = self.failure(error, "read the cluster's issuer of tokens");
                Err(match class_of(&error) {
                    Class::NotFound => {
                        error.context("the cluster does not say who issues its tokens")
                    }
                    _ => error,
                }
                .hint("name it with --oidc-issuer"))
            }
        }
    }
}
