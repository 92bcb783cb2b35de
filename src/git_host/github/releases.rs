//! A repository's releases and their files, for everybody who may read them.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use secrecy::SecretString;
use serde::Deserialize;

use super::transport::{Call, Transport, encoded};
use super::{Credential, check_token};
use crate::deadline::Deadline;
use crate::git_host::RepositoryName;
use crate::git_host::endpoints::Endpoints;
use crate::http_client::{self, Hints};

/// The releases of one repository.
pub struct Releases {
    transport: Transport,
    repository: RepositoryName,
}

/// One release.
#[derive(Clone, Debug, Deserialize)]
pub struct Published {
    /// The tag, which is the version: `v2.9.4`.
    #[serde(rename = "tag_name")]
    pub tag: String,
    /// Its files.
    pub assets: Vec<Asset>,
}

/// A file of a release.
#[derive(Clone, Debug, Deserialize)]
pub struct Asset {
    /// Its name.
    pub name: String,
    /// What GitHub says the content's digest is: `sha256:…`. Not of files from before June 2025.
    #[serde(default)]
    pub digest: Option<String>,
    id: u64,
}

impl Published {
    /// The file called `name`.
    #[must_use]
    pub fn asset(&self, name: &str) -> Option<&Asset> {
        self.assets.iter().find(|asset| asset.name == name)
    }
}

impl Releases {
    /// Prepares to read the releases of `repository`; nothing is sent yet. Public ones need no token,
    /// but more requests are granted to one.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] for a token or a CA file that cannot be one.
    pub fn new(
        endpoints: Endpoints,
        repository: RepositoryName,
        token: Option<&SecretString>,
        ca_pem: Option<&[u8]>,
        user_agent: &str,
    ) -> Result<Self> {
        token.map(check_token).transpose()?;
        let client = http_client::client(user_agent, ca_pem)?;
        let client = client.build().context("cannot make an HTTP client")?;
        let credential = token.cloned().map(Credential::from);
        let transport = Transport::new(endpoints, credential, &client, Hints::BUNDLES)?;
        Ok(Self { transport, repository })
    }

    /// Puts every request and every wait under the command's clock.
    #[must_use]
    pub fn with_deadline(mut self, deadline: Deadline) -> Self {
        self.transport.deadline = deadline;
        self
    }

    /// Calls `notify` with a sentence for the user when something is worth knowing and no failure.
    #[must_use]
    pub fn on_notice(mut self, notify: impl Fn(&str) + Send + Sync + 'static) -> Self {
        self.transport.notify = Arc::new(notify);
        self
    }

    /// The GitHub that has them.
    #[must_use]
    pub fn host(&self) -> String {
        self.transport.endpoints().host()
    }

    /// Whether that GitHub has the repository, as far as the caller may see.
    ///
    /// # Errors
    /// When GitHub refuses for another reason, or cannot be reached.
    pub async fn are_there(&self) -> Result<bool> {
        let reply = self.transport.ask(Call::get(format!("/repos/{}", self.repository))).await?;
        // Some GitHubs of companies show nothing to strangers, not even that it is not there.
        if reply.status == 404 || (reply.status == 401 && self.transport.is_anonymous()) {
            return Ok(false);
        }
        reply.accept(&format!("look for {}", self.repository))?;
        Ok(true)
    }

    /// The release that the repository's owners call the latest.
    ///
    /// # Errors
    /// When there is none, and when GitHub refuses or cannot be reached.
    pub async fn latest(&self) -> Result<Published> {
        let path = format!("/repos/{}/releases/latest", self.repository);
        let doing = format!("find the latest release of {}", self.repository);
        self.transport.ask(Call::get(path)).await?.json(&doing)
    }

    /// The release with this tag; `None` when there is none.
    ///
    /// # Errors
    /// When GitHub refuses or cannot be reached.
    pub async fn by_tag(&self, tag: &str) -> Result<Option<Published>> {
        let path = format!("/repos/{}/releases/tags/{}", self.repository, encoded(tag));
        let reply = self.transport.ask(Call::get(path)).await?;
        if reply.status == 404 {
            return Ok(None);
        }
        let doing = format!("find release {tag} of {}", self.repository);
        reply.json(&doing).map(Some)
    }

    /// Downloads a file of at most `limit` bytes.
    ///
    /// # Errors
    /// When GitHub refuses, cannot be reached, or the file is larger or does not come completely.
    pub async fn download(&self, asset: &Asset, limit: usize) -> Result<Vec<u8>> {
        let path = format!("/repos/{}/releases/assets/{}", self.repository, asset.id);
        let doing = || format!("cannot download {} of {}", asset.name, self.repository);
        self.transport.download(&path, limit).await.with_context(doing)
    }
}
