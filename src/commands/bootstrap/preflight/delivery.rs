//! How the commit will reach its branch: what the branch's rules demand, who signs, and whether the pull request
//! that they ask for can be opened.

use std::fmt;

use anyhow::Result;

use super::cluster::Components;
use super::host::Seen;
use super::{Existing, Preflight};
use crate::commands::bootstrap::access::sync_url;
use crate::commands::bootstrap::known_hosts::HostKeys;
use crate::commands::bootstrap::proposal::Way;
use crate::commands::bootstrap::signing;
use crate::commands::findings::{Finding, Findings};
use crate::git_host::github::Login;
use crate::git_host::github::rules::{BranchRules, Rule, Unseen};
use crate::git_host::pull_request::PullRequest;

/// The pull request that there will be.
struct Proposal<'a> {
    /// Its branch.
    branch: String,
    /// The one that is open already.
    open: Option<PullRequest>,
    /// The rule that asks for it; none where the user does.
    rule: Option<&'a Rule>,
}

impl Preflight<'_> {
    /// Looks at the way of the commit, if there is anything to commit; without components, which could not be
    /// had, there is.
    pub(super) async fn look_at_delivery(
        &self,
        seen: &mut Seen,
        components: Option<&Components>,
        findings: &mut Findings<'_>,
    ) {
        let Some(existing) = &seen.existing else {
            // The branch of the pull request begins at GitHub's own first commit.
            seen.needs.proposes = seen.needs.creates && self.proposed.is_always();
            return;
        };
        let (branch, rules) = (&self.plan.branch, &existing.rules);
        let has_changes = components.map_or(Ok(true), |it| self.has_changes(existing, it));
        let has_changes = findings.take("repository", branch, has_changes).unwrap_or(true);
        let mut proposal = None;
        if has_changes {
            let refusals = self.refusals(existing, seen.login.as_ref());
            let way = self.proposed.way(&existing.found.head, rules);
            // What protects the branch is hidden; a commit that it refuses becomes a pull request.
            seen.needs.proposes = rules.unseen.contains(&Unseen::Protection)
                && self.proposed.falls_back(&existing.found.head);
            if let (Way::Propose(rule), true) = (way, refusals.is_empty()) {
                seen.needs.proposes = true;
                // What an App lacks is told with everything else that it lacks.
                let app = seen.app.as_ref();
                if app.is_none_or(|app| seen.needs.check(app).is_ok()) {
                    proposal = self.proposal(existing, rule, findings).await;
                }
            }
            refusals.into_iter().for_each(|finding| findings.add(finding));
        }
        if findings.is_report() {
            tell_rules(branch, rules, proposal.as_ref())
                .into_iter()
                .for_each(|it| findings.add(it));
        }
    }

    /// Whether the branch does not hold Flux's files as they shall be.
    fn has_changes(&self, existing: &Existing, components: &Components) -> Result<bool> {
        let Self { args, plan, github, .. } = self;
        let Existing { repository, found, .. } = existing;
        let url = sync_url(github.endpoints(), &repository.name, plan, args);
        let manifests = plan.manifests(&components.bundle, url)?;
        let change = plan.change(&manifests, found.has_kustomization, found.is_update, None)?;
        Ok(found.head.tip().is_none() || !change.difference(&found.files).is_empty())
    }

    /// What is known beforehand to be refused.
    fn refusals(&self, existing: &Existing, login: Option<&Login>) -> Vec<Finding> {
        let Existing { found, rules, .. } = existing;
        let branch = &self.plan.branch;
        let signer = signing::signer(self.github, &self.args.commit, login, self.key);
        let checks = [
            ("pullRequest", self.proposed.check(branch, &found.head, rules)),
            ("signature", signer.check(branch, &found.head, rules)),
        ];
        let failed =
            |(about, check): (_, Result<()>)| Some(Finding::failed(about, branch, check.err()?));
        checks.into_iter().filter_map(failed).collect()
    }

    /// Looks for the pull request, which shows whether the token may see any.
    async fn proposal<'a>(
        &self,
        existing: &Existing,
        rule: Option<&'a Rule>,
        findings: &mut Findings<'_>,
    ) -> Option<Proposal<'a>> {
        let (branch, base) = (self.proposed.branch.as_str(), &self.plan.branch);
        let found = self.github.find_proposal(&existing.repository, branch, base).await;
        let name = existing.repository.name.to_string();
        let (branch, open) = findings.take("pullRequest", &name, found)?;
        Some(Proposal { branch, open, rule })
    }

    /// Looks at the SSH keys of the host that the cluster will reach, which the cluster has to know.
    pub(super) async fn look_at_host_keys(&self, findings: &mut Findings<'_>) {
        const ABOUT: &str = "hostKeys";
        let Self { ctx, args, plan, github, access, .. } = self;
        if !plan.needs_deploy_key() {
            return;
        }
        let host = access.ssh_host(plan, args);
        let Some(found) = findings.take(ABOUT, &host.address, host.find(ctx, *github).await) else {
            return;
        };
        findings.add(match found {
            HostKeys::Vouched(voucher, _) => {
                Finding::passed(ABOUT, &host.address, host.tell(voucher))
            }
            HostKeys::Unvouched(keys) => {
                let untrusted = host.untrusted(&keys);
                match ctx.output.can_ask() {
                    true => Finding::warning(ABOUT, &host.address, untrusted.to_string()),
                    false => Finding::failed(ABOUT, &host.address, untrusted),
                }
            }
        });
    }
}

impl fmt::Display for Proposal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.open {
            Some(open) => write!(f, "pull request #{} is open for it", open.number),
            None => write!(f, "a pull request is opened from {}", self.branch),
        }
    }
}

/// What is demanded of commits to the branch, and what that leads to.
fn tell_rules(branch: &str, rules: &BranchRules, proposal: Option<&Proposal<'_>>) -> Vec<Finding> {
    let told = |rule: &Rule| {
        let message = format!("branch {branch}: {rule}");
        let leads_to = proposal.filter(|it| it.rule.is_some_and(|it| std::ptr::eq(it, rule)));
        let message = leads_to.map_or(message.clone(), |proposal| format!("{message}; {proposal}"));
        Finding::warning("rules", branch, message)
    };
    let mut findings: Vec<Finding> = rules.binding().map(told).collect();
    findings.extend(rules.unseen.iter().map(|unseen| {
        let message = match unseen {
            Unseen::Rulesets => {
                format!("whether branch {branch} has rules is hidden from the token")
            }
            Unseen::Protection => {
                format!("branch {branch} is protected, and only administrators see how")
            }
        };
        Finding::unknown("rules", branch, message)
    }));
    if findings.is_empty() {
        let message = format!("no rule keeps commits from branch {branch}");
        findings.push(Finding::passed("rules", branch, message));
    }
    let wanted = proposal.filter(|it| it.rule.is_none());
    findings.extend(wanted.map(|proposal| {
        let message = format!("{proposal}, as --pull-request says");
        Finding::passed("pullRequest", branch, message)
    }));
    findings
}
