//! What the owner's policies say, asked before anything is written.

use anyhow::Result;
use serde::Deserialize;

use super::GitHub;
use super::refusal;
use super::transport::Call;

/// What an organisation allows in its repositories; nothing where GitHub does not say, as for users and to
/// strangers.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct Policies {
    /// Deploy keys. Organisations that are new do not, unless they were told to.
    #[serde(rename = "deploy_keys_enabled_for_repositories")]
    pub deploy_keys: Option<bool>,
    /// That members who do not own it create private repositories.
    #[serde(rename = "members_can_create_private_repositories")]
    pub new_private: Option<bool>,
    /// That members who do not own it create public repositories.
    #[serde(rename = "members_can_create_public_repositories")]
    pub new_public: Option<bool>,
}

impl GitHub {
    /// Reads the policies of `owner`.
    ///
    /// # Errors
    /// When GitHub refuses the token or cannot be reached.
    pub async fn policies(&self, owner: &str) -> Result<Policies> {
        let reply = self.transport.ask(Call::get(format!("/orgs/{owner}"))).await?;
        let is_hidden = matches!(reply.status.as_u16(), 403 | 404);
        if is_hidden && !refusal::demands_single_sign_on(&reply) {
            return Ok(Policies::default());
        }
        reply.json(&format!("read organisation {owner}"))
    }
}
