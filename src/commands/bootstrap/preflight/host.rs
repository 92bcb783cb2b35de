//! Whether the token can do on GitHub what was asked: who it is, whose the repository is, what its owner
//! allows.

use anyhow::{Result, anyhow};

use super::content::{Found, content};
use super::needs::Needs;
use super::{Existing, Preflight};
use crate::cli::bootstrap::ClusterAuth;
use crate::commands::bootstrap::credentials::title as deploy_key_title;
use crate::commands::findings::{Finding, Findings};
use crate::error::{Class, Explain as _, usage};
use crate::git_host::github::{Installed, Login, Policies};
use crate::git_host::{DeployKey, GitHost as _, Head, Repository};

/// What was seen on the host; whatever is missing in it has failed a check.
pub(super) struct Seen {
    /// Whom the token belongs to, if that is somebody.
    pub(super) login: Option<Login>,
    /// The App that works, if one does.
    pub(super) app: Option<Installed>,
    pub(super) existing: Option<Existing>,
    /// What a token needs for it.
    pub(super) needs: Needs,
}

impl Preflight<'_> {
    /// Looks at the token first: with one that is not recognised nothing else is asked, since GitHub locks out
    /// who goes on.
    pub(super) async fn look_at_host(&self, findings: &mut Findings<'_>) -> Option<Seen> {
        let (github, name) = (self.github, &self.plan.repository);
        let host = github.endpoints().host();
        findings.begin(format_args!("checking {name} on {host}"));
        let login = findings.take("token", &host, github.login().await)?;
        let app =
            findings.take("token", &host, github.app().await)?.map(|(_, installed)| installed);
        match (&login, &app) {
            (Some(login), _) => {
                findings.milestone("token", &host, format!("authenticated as {}", login.login))
            }
            (None, Some(Installed { app, account, .. })) => {
                let message = format!("authenticated as the App {app}, installed for {account}");
                findings.milestone("token", &host, message);
            }
            (None, None) => {
                findings.add(Finding::passed("token", &host, "authenticated as an App"))
            }
        }
        let mut seen = Seen {
            login,
            app,
            existing: None,
            needs: Needs {
                is_private: self.args.private,
                creates: false,
                is_personal: self.args.personal,
                adds_key: self.plan.needs_deploy_key(),
                proposes: false,
                grants_teams: !self.args.teams.is_empty(),
            },
        };
        let found = github.find_repository(name).await;
        match findings.take("repository", &name.to_string(), found)? {
            None => self.look_at_nothing(&mut seen, findings).await,
            Some(repository) => self.look_at(repository, &mut seen, findings).await,
        }
        Some(seen)
    }

    /// Judges whether who asks may do all that is needed, once that is known.
    pub(super) fn look_at_needs(&self, seen: &Seen, findings: &mut Findings<'_>) {
        let name = &self.plan.repository;
        findings.add(match &seen.app {
            Some(app) => judge_app(app, &seen.needs),
            None => judge_token(seen.login.as_ref(), &seen.needs),
        });
        findings.take("credentials", &name.to_string(), self.check_can_be_read(&seen.needs));
    }

    /// Refuses to leave a cluster without credentials that needs some.
    fn check_can_be_read(&self, needs: &Needs) -> Result<()> {
        if self.plan.auth != ClusterAuth::None || !needs.is_private {
            return Ok(());
        }
        let name = &self.plan.repository;
        Err(usage(format!("{name} is private: the cluster cannot read it without credentials"))
            .hint("leave out --cluster-auth=none, or have a public one made with --private=false"))
    }

    /// Where there is no repository: whether the token's user may make it.
    async fn look_at_nothing(&self, seen: &mut Seen, findings: &mut Findings<'_>) {
        let (github, name) = (self.github, &self.plan.repository);
        seen.needs.creates = true;
        let checked = github.check_new_repository(name, &self.new_repository()).await;
        if findings.take("owner", name.owner(), checked).is_none() {
            return;
        }
        let visibility = visibility(self.args.private);
        let message = format!(
            "{name} does not exist, or is hidden from the token; it is created, {visibility}"
        );
        findings.add(Finding::passed("repository", &name.to_string(), message));
        if self.args.personal {
            return;
        }
        let policies = github.policies(name.owner()).await;
        let Some(policies) = findings.take("policy", name.owner(), policies) else { return };
        let told = judge_creation(name.owner(), policies, self.args.private)
            .into_iter()
            .chain(self.judge_key_policy(name.owner(), policies));
        told.for_each(|finding| findings.add(finding));
    }

    async fn look_at(&self, found: Repository, seen: &mut Seen, findings: &mut Findings<'_>) {
        let (github, name) = (self.github, found.name.to_string());
        seen.needs.is_private = found.is_private;
        let is_mixed_up = self.args.personal && found.owner_is_organization;
        if is_mixed_up {
            let message =
                format!("{} is an organisation: --personal means nothing here", found.name.owner());
            findings.add(Finding::warning("owner", found.name.owner(), message));
        }
        let rights = found.check_rights(seen.needs.adds_key);
        let has_rights = findings.take("rights", &name, rights).is_some();
        if has_rights && seen.needs.grants_teams {
            findings.take("rights", &name, found.check_grants_teams());
        }
        if seen.needs.adds_key {
            self.look_at_keys(&found, has_rights, findings).await;
        }
        let content = content(github, &found, self.plan).await;
        let Some(content) = findings.take("repository", &name, content) else { return };
        findings.add(Finding::passed(
            "repository",
            &name,
            describe(&found, self.branch(), &content),
        ));
        let existing = Existing::new(github, found, content, self.branch()).await;
        seen.existing = findings.take("rules", self.branch(), existing);
    }

    /// The keys tell more than the role: a fine-grained token has its user's role and rights of its own.
    async fn look_at_keys(
        &self,
        found: &Repository,
        has_rights: bool,
        findings: &mut Findings<'_>,
    ) {
        let owner = found.name.owner();
        if found.owner_is_organization {
            let policies = self.github.policies(owner).await;
            let Some(policies) = findings.take("policy", owner, policies) else { return };
            if let Some(refused) = self.judge_key_policy(owner, policies) {
                return findings.add(refused);
            }
        }
        if !has_rights {
            return;
        }
        let keys = self.github.deploy_keys(found).await;
        let Some(keys) = findings.take("deployKey", &found.name.to_string(), keys) else { return };
        findings.add(judge_keys(found, &keys, &deploy_key_title(self.plan)));
    }

    fn judge_key_policy(&self, owner: &str, policies: Policies) -> Option<Finding> {
        if !self.plan.needs_deploy_key() || policies.deploy_keys != Some(false) {
            return None;
        }
        let error = anyhow!("{owner} does not allow deploy keys on its repositories")
            .class(Class::Denied)
            .hint("use --token-auth, or ask an owner of the organisation to allow them");
        Some(Finding::failed("policy", owner, error))
    }

    fn branch(&self) -> &str {
        &self.plan.branch
    }
}

/// Whether the App was granted enough, which it is told.
fn judge_app(app: &Installed, needs: &Needs) -> Finding {
    const ABOUT: &str = "permissions";
    match needs.check(app) {
        Err(error) => Finding::failed(ABOUT, &app.app, error),
        Ok(()) => {
            let message = format!("the App has the permissions {}", needs.permission_list());
            Finding::passed(ABOUT, &app.app, message)
        }
    }
}

/// Whether the token is allowed enough, as far as it shows.
fn judge_token(login: Option<&Login>, needs: &Needs) -> Finding {
    const ABOUT: &str = "permissions";
    let Some(login) = login else {
        return Finding::unknown(ABOUT, "", cannot_see("an App's token", needs));
    };
    let Some(scopes) = &login.scopes else {
        return Finding::unknown(ABOUT, &login.login, cannot_see("a fine-grained token", needs));
    };
    let sees_teams = || if needs.grants_teams { login.check_sees_teams() } else { Ok(()) };
    match login.check_scopes(needs.is_private).and_then(|()| sees_teams()) {
        Err(error) => Finding::failed(ABOUT, &login.login, error),
        Ok(()) => {
            let message = format!("the token has the scopes {}", scopes.join(", "));
            Finding::passed(ABOUT, &login.login, message)
        }
    }
}

fn cannot_see(token: &str, needs: &Needs) -> String {
    let permissions = needs.permission_list();
    format!("what {token} may write shows only when it writes; it needs {permissions}")
}

/// An organisation's members may be kept from creating repositories, which does not concern its owners; and
/// strangers are told nothing.
fn judge_creation(owner: &str, policies: Policies, is_private: bool) -> Option<Finding> {
    let visibility = visibility(is_private);
    match if is_private { policies.new_private } else { policies.new_public } {
        Some(true) => None,
        Some(false) => {
            let message = format!("in {owner} only owners create {visibility} repositories");
            Some(Finding::warning("policy", owner, message))
        }
        None => {
            let message = format!(
                "{owner} does not tell the token whether it may create {visibility} repositories"
            );
            Some(Finding::unknown("policy", owner, message))
        }
    }
}

/// What there is of the repository, and what will be done about the branch.
fn describe(found: &Repository, branch: &str, content: &Found) -> String {
    let (name, visibility) = (&found.name, visibility(found.is_private));
    let default = &found.default_branch;
    let state = match &content.head {
        Head::EmptyRepository => format!("is empty; its first commit will be on {branch}"),
        Head::NoSuchBranch => format!("has no branch {branch}, which will begin at {default}"),
        Head::Present(_) if branch == default => format!("has branch {branch}"),
        Head::Present(_) => format!("has branch {branch}, and {default} as its default"),
    };
    let flux = if content.is_update { ", with Flux in it" } else { "" };
    format!("{name} is {visibility} and {state}{flux}")
}

/// A key that was switched off is the trace of a policy that may be hidden.
fn judge_keys(found: &Repository, keys: &[DeployKey], title: &str) -> Finding {
    const ABOUT: &str = "deployKey";
    let name = &found.name;
    match keys.iter().find(|key| key.title == title) {
        Some(key) if !key.is_enabled => {
            let error = anyhow!("the owner's policy disables the deploy keys of {name}")
                .class(Class::Denied)
                .hint("use --token-auth, or ask an owner to enable deploy keys");
            Finding::failed(ABOUT, title, error)
        }
        Some(_) => Finding::passed(ABOUT, title, format!("{name} has a deploy key {title}")),
        None => Finding::passed(ABOUT, title, format!("{name} gets a deploy key")),
    }
}

fn visibility(is_private: bool) -> &'static str {
    if is_private { "private" } else { "public" }
}
