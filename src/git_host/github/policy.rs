//! What the owner's policies and the branch's rules say, asked before anything is written.
//!
//! Both are hints for a preflight: GitHub tells them to members only, and a token may be exempt from a
//! rule. Whoever writes still handles the refusal.

use anyhow::Result;
use serde::Deserialize;

use super::GitHub;
use super::transport::{Call, encoded};
use crate::git_host::Repository;

impl GitHub {
    /// Whether the repository's owner allows deploy keys; `None` where GitHub does not say, as for
    /// users and for tokens of strangers.
    ///
    /// # Errors
    /// When GitHub refuses the token or cannot be reached.
    pub async fn allows_deploy_keys(&self, repository: &Repository) -> Result<Option<bool>> {
        #[derive(Deserialize)]
        struct Organization {
            deploy_keys_enabled_for_repositories: Option<bool>,
        }
        if !repository.owner_is_organization {
            return Ok(None);
        }
        let owner = repository.name.owner();
        let reply = self.transport.ask(Call::get(format!("/orgs/{owner}"))).await?;
        if matches!(reply.status.as_u16(), 403 | 404) {
            return Ok(None);
        }
        let organization: Organization = reply.json(&format!("read organisation {owner}"))?;
        Ok(organization.deploy_keys_enabled_for_repositories)
    }

    /// The rules that rulesets put on `branch`, in GitHub's words: `pull_request`,
    /// `required_signatures`, … Classic branch protection is not among them, because only
    /// administrators can read it.
    ///
    /// # Errors
    /// When GitHub refuses the token or cannot be reached.
    pub async fn branch_rules(&self, repository: &Repository, branch: &str) -> Result<Vec<String>> {
        #[derive(Deserialize)]
        struct Rule {
            #[serde(rename = "type")]
            kind: String,
        }
        let name = &repository.name;
        let path = format!("/repos/{name}/rules/branches/{}", encoded(branch));
        let doing = format!("read the rules of branch {branch} of {name}");
        let rules: Vec<Rule> = self.transport.list(&path, &doing).await?;
        let mut kinds: Vec<String> = rules.into_iter().map(|rule| rule.kind).collect();
        kinds.sort();
        kinds.dedup();
        Ok(kinds)
    }
}
