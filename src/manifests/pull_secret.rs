//! The Secret with which nodes pull the components' images.

use std::collections::BTreeMap;

use anyhow::Result;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};

use crate::error;

/// The type of such a Secret.
pub const TYPE: &str = "kubernetes.io/dockerconfigjson";
/// Its only key.
pub const KEY: &str = ".dockerconfigjson";

/// How a kubelet calls the registry of images that name none.
const DOCKER_HUB: &str = "https://index.docker.io/v1/";

/// A user of a registry.
#[derive(Clone, Debug)]
pub struct Credentials {
    username: String,
    password: SecretString,
}

impl Credentials {
    /// Reads `USER:PASSWORD`. The password may hold more colons, as tokens do; a user never can.
    ///
    /// # Errors
    /// Usage, without a word of `text`.
    pub fn parse(text: &SecretString) -> Result<Self> {
        match text.expose_secret().split_once(':') {
            Some((username, password)) if !username.is_empty() && !password.is_empty() => {
                Ok(Self { username: username.to_owned(), password: password.into() })
            }
            _ => Err(error::usage("registry credentials are written as USER:PASSWORD")),
        }
    }
}

/// A Secret of the cluster; it is in no manifest and never in Git.
#[derive(Clone, Debug)]
pub struct PullSecret {
    /// Its name.
    pub name: String,
    /// The registry that it is for; empty for the one that nodes assume.
    pub registry: String,
    /// Who pulls.
    pub credentials: Credentials,
}

impl PullSecret {
    /// The Secret as the nodes understand it.
    #[must_use]
    pub fn secret(&self, namespace: &str) -> Secret {
        let config = format!("{:#}", self.config());
        Secret {
            metadata: ObjectMeta {
                name: Some(self.name.clone()),
                namespace: Some(namespace.to_owned()),
                ..ObjectMeta::default()
            },
            type_: Some(TYPE.to_owned()),
            data: Some(BTreeMap::from([(KEY.to_owned(), ByteString(config.into_bytes()))])),
            ..Secret::default()
        }
    }

    /// Whether `present` says the same, however its JSON is laid out.
    #[must_use]
    pub fn is_in(&self, present: &Secret) -> bool {
        let config = present.data.as_ref().and_then(|data| data.get(KEY));
        let config = config.and_then(|bytes| serde_json::from_slice::<Value>(&bytes.0).ok());
        present.type_.as_deref() == Some(TYPE) && config == Some(self.config())
    }

    fn config(&self) -> Value {
        let registry = if self.registry.is_empty() { DOCKER_HUB } else { &self.registry };
        config_of(registry, &self.credentials)
    }
}

/// The value of [`KEY`]: a user of a registry, as Docker's configuration holds it.
#[must_use]
pub fn config(registry: &str, credentials: &Credentials) -> SecretString {
    format!("{:#}", config_of(registry, credentials)).into()
}

fn config_of(registry: &str, credentials: &Credentials) -> Value {
    let Credentials { username, password } = credentials;
    let password = password.expose_secret();
    json!({ "auths": { registry: {
        "username": username,
        "password": password,
        "auth": BASE64_STANDARD.encode(format!("{username}:{password}")),
    }}})
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pull_secret(registry: &str) -> PullSecret {
        PullSecret {
            name: "pull".to_owned(),
            registry: registry.to_owned(),
            credentials: Credentials::parse(&"ann:s3:cret".into()).unwrap(),
        }
    }

    #[test]
    fn credentials_are_a_user_and_the_rest() {
        let credentials = Credentials::parse(&"ann:s3:cret".into()).unwrap();
        assert_eq!(credentials.username, "ann");
        assert_eq!(credentials.password.expose_secret(), "s3:cret");
        for wrong in ["", "ann", "ann:", ":s3cret"] {
            let error = Credentials::parse(&wrong.into()).unwrap_err();
            assert_eq!(error::class_of(&error), error::Class::Usage);
        }
        let error = Credentials::parse(&"s3cret".into()).unwrap_err();
        assert!(!format!("{error:?}").contains("s3cret"));
    }

    #[test]
    fn the_secret_is_what_a_kubelet_reads() {
        let secret = pull_secret("registry.example:5000/flux").secret("gitops");
        assert_eq!(secret.type_.as_deref(), Some("kubernetes.io/dockerconfigjson"));
        let config: Value =
            serde_json::from_slice(&secret.data.unwrap()[".dockerconfigjson"].0).unwrap();
        let auth = json!({ "username": "ann", "password": "s3:cret", "auth": "YW5uOnMzOmNyZXQ=" });
        assert_eq!(config, json!({ "auths": { "registry.example:5000/flux": auth } }));
    }

    #[test]
    fn images_without_a_registry_are_docker_hubs() {
        let config = pull_secret("").config();
        assert!(config["auths"].get("https://index.docker.io/v1/").is_some());
    }

    #[test]
    fn another_layout_says_the_same() {
        let wanted = pull_secret("ghcr.io/fluxcd");
        let mut present = wanted.secret("flux-system");
        assert!(wanted.is_in(&present));
        let compact = ByteString(wanted.config().to_string().into_bytes());
        present.data = Some(BTreeMap::from([(KEY.to_owned(), compact)]));
        assert!(wanted.is_in(&present));
        assert!(!pull_secret("ghcr.io/acme").is_in(&present));
        present.type_ = Some("Opaque".to_owned());
        assert!(!wanted.is_in(&present));
    }
}
