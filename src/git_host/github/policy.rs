//! What the owner's policies say, asked before anything is written.

use anyhow::Result;
use serde::Deserialize;

use super::GitHub;
use super::transport::Call;

impl GitHub {
    /// Whether `owner` allows deploy keys on its repositories; `None` where GitHub does not say, as for
    /// users and to strangers. Organisations that are new do not, unless they were told to.
    ///
    /// # Errors
    /// When GitHub refuses the token or cannot be reached.
    pub async fn allows_deploy_keys(&self, owner: &str) -> Result<Option<bool>> {
        #[derive(Deserialize)]
        struct Organization {
            deploy_keys_enabled_for_repositories: Option<bool>,
        }
        let reply = self.transport.ask(Call::get(format!("/orgs/{owner}"))).await?;
        if matches!(reply.status.as_u16(), 403 | 404) {
            return Ok(None);
        }
        let organization: Organization = reply.json(&format!("read organisation {owner}"))?;
        Ok(organization.deploy_keys_enabled_for_repositories)
    }
}
