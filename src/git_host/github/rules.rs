//! What is demanded of changes to a branch: by rulesets, which every reader sees, and by classic protection,
//! whose details only administrators see.
//!
//! A rule that is listed may still not bind the token. Each ruleset tells whether it does; where none tells, as
//! on servers that are older, a rule is a reason to expect a refusal and no proof of one.
//!
//! Source: `GET /repos/{owner}/{repo}/rules/branches/{branch}` (no classic protection in it),
//! `GET /repos/{owner}/{repo}/rulesets/{ruleset_id}` (`current_user_can_bypass`) and
//! `GET /repos/{owner}/{repo}/branches/{branch}/protection` (no rulesets in it).

use std::collections::BTreeSet;
use std::fmt;

use anyhow::Result;
use serde::Deserialize;
use serde_json::Value;

use super::GitHub;
use super::refusal;
use super::reply::Reply;
use super::retry::Limit;
use super::transport::{Call, encoded};
use crate::git_host::Repository;

/// Everything that is demanded of changes to one branch, as far as the token sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BranchRules {
    /// What was seen, rulesets first.
    pub rules: Vec<Rule>,
    /// What is there and was not shown.
    pub unseen: Vec<Unseen>,
}

/// One demand, and who makes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is demanded.
    pub demand: Demand,
    /// Who demands it.
    pub source: Source,
    /// Whether it binds whom the token belongs to, where GitHub tells: who may bypass a ruleset is exempt, and
    /// administrators are from classic protection that does not include them.
    pub binds_us: Option<bool>,
}

/// What a rule demands of a change, as far as it matters to who commits files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// It comes through a pull request.
    PullRequest {
        /// How many people must approve.
        approvals: u32,
    },
    /// These checks have passed on it.
    Checks(Vec<String>),
    /// It is merged by the queue.
    MergeQueue,
    /// Its commits are signed.
    Signatures,
    /// It is made by somebody who may: a restricted or a locked branch.
    Permission,
    /// The branch is created by somebody who may.
    Creation,
    /// The branch is created under a name of some pattern.
    Name,
    /// The commit's message, author or files are of some pattern or size; the rule as GitHub calls it.
    Content(String),
    /// What a pull request alone can bring: deployments, workflows, scans; the rule as GitHub calls it.
    Merging(String),
}

/// Who demands something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A ruleset.
    Ruleset {
        /// Its number, which its page has as well.
        id: u64,
        /// The repository, organisation or enterprise that it belongs to.
        of: String,
    },
    /// Classic branch protection.
    Protection,
}

/// What a token may not see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// The rulesets of the branch, if it has any.
    Rulesets,
    /// What its classic protection demands; that there is one is known.
    Protection,
}

impl Rule {
    /// The number of the ruleset that it belongs to.
    fn ruleset(&self) -> Option<u64> {
        match self.source {
            Source::Ruleset { id, .. } => Some(id),
            Source::Protection => None,
        }
    }
}

impl BranchRules {
    /// The first rule that refuses a commit made directly on the branch and accepts a pull request.
    #[must_use]
    pub fn demands_pull_request(&self) -> Option<&Rule> {
        self.find(Demand::is_for_pull_requests)
    }

    /// The first such rule from which the token is exempt.
    #[must_use]
    pub fn waives_pull_request(&self) -> Option<&Rule> {
        let is_waived = |rule: &&Rule| rule.binds_us == Some(false);
        self.rules.iter().filter(is_waived).find(|rule| rule.demand.is_for_pull_requests())
    }

    /// The first rule that refuses commits without a signature.
    #[must_use]
    pub fn demands_signatures(&self) -> Option<&Rule> {
        self.find(|demand| *demand == Demand::Signatures)
    }

    /// The first rule that leaves merging to a queue.
    #[must_use]
    pub fn has_merge_queue(&self) -> Option<&Rule> {
        self.find(|demand| *demand == Demand::MergeQueue)
    }

    /// The first rule that refuses to create a branch of this name.
    #[must_use]
    pub fn refuses_creation(&self) -> Option<&Rule> {
        self.find(|demand| *demand == Demand::Creation)
    }

    /// The rules that bind the token, as far as that is known.
    pub fn binding(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| rule.binds_us != Some(false))
    }

    fn find(&self, is_it: impl Fn(&Demand) -> bool) -> Option<&Rule> {
        self.binding().find(|rule| is_it(&rule.demand))
    }
}

impl Demand {
    /// Whether it refuses commits that are made directly on the branch, and accepts pull requests.
    fn is_for_pull_requests(&self) -> bool {
        use Demand::{Checks, MergeQueue, Merging, Permission, PullRequest};
        matches!(self, PullRequest { .. } | Checks(_) | MergeQueue | Permission | Merging(_))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.demand, self.source)
    }
}

impl fmt::Display for Demand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PullRequest { approvals: 0 } => f.write_str("changes go through a pull request"),
            Self::PullRequest { approvals } => {
                let s = if *approvals == 1 { "" } else { "s" };
                write!(f, "changes go through a pull request with {approvals} approval{s}")
            }
            Self::Checks(checks) => write!(f, "checks pass first: {}", checks.join(", ")),
            Self::MergeQueue => f.write_str("changes are merged by a queue"),
            Self::Signatures => f.write_str("commits are signed"),
            Self::Permission => f.write_str("only some may change the branch"),
            Self::Creation => f.write_str("a branch of this name is not for everybody to create"),
            Self::Name => f.write_str("names of branches are of some pattern"),
            Self::Content(rule) | Self::Merging(rule) => write!(f, "rule {rule}"),
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ruleset { id, of } => write!(f, "ruleset {id} of {of}"),
            Self::Protection => f.write_str("branch protection"),
        }
    }
}

/// A rule of a ruleset, as GitHub lists it.
#[derive(Deserialize)]
struct Listed {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    parameters: Value,
    #[serde(default)]
    ruleset_id: u64,
    #[serde(default)]
    ruleset_source: String,
}

impl Listed {
    /// Nothing for a rule that no commit of ours can break.
    fn rule(self) -> Option<Rule> {
        let source = Source::Ruleset { id: self.ruleset_id, of: self.ruleset_source };
        let demand = demand(self.kind, &self.parameters)?;
        Some(Rule { demand, source, binds_us: None })
    }
}

fn demand(kind: String, parameters: &Value) -> Option<Demand> {
    Some(match kind.as_str() {
        "pull_request" => {
            let approvals = parameters["required_approving_review_count"].as_u64();
            Demand::PullRequest { approvals: count(approvals) }
        }
        "required_status_checks" => {
            let checks = parameters["required_status_checks"].as_array().into_iter().flatten();
            Demand::Checks(texts(checks.map(|check| &check["context"])))
        }
        "merge_queue" => Demand::MergeQueue,
        "required_signatures" => Demand::Signatures,
        "update" => Demand::Permission,
        "creation" => Demand::Creation,
        "branch_name_pattern" => Demand::Name,
        // No commit of ours rewrites, merges or deletes, nor is it a tag.
        "deletion"
        | "non_fast_forward"
        | "required_linear_history"
        | "tag_name_pattern"
        | "copilot_code_review" => return None,
        "required_deployments" | "workflows" | "code_scanning" | "code_quality" => {
            Demand::Merging(kind)
        }
        // Among them are rules that are newer than this program.
        _ => Demand::Content(kind),
    })
}

/// A branch as whoever may read sees it.
#[derive(Deserialize)]
struct Branch {
    name: String,
    #[serde(default)]
    protection: Switch,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Switch {
    enabled: bool,
}

/// Classic protection as administrators see it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Protection {
    required_pull_request_reviews: Option<Reviews>,
    required_status_checks: Option<Checks>,
    required_signatures: Switch,
    lock_branch: Switch,
    restrictions: Option<Allowances>,
    enforce_admins: Switch,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reviews {
    required_approving_review_count: u32,
    bypass_pull_request_allowances: Allowances,
}

/// Who may do what others may not. People and teams are listed too.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Allowances {
    apps: Vec<AllowedApp>,
}

#[derive(Deserialize)]
struct AllowedApp {
    slug: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Checks {
    contexts: Vec<String>,
}

/// Whom classic protection may bind: it is shown to nobody else.
#[derive(Clone, Copy)]
enum Asker<'a> {
    /// Somebody with the role of an administrator.
    Administrator,
    /// An App, by its name in addresses where that is known. It has no role.
    App(Option<&'a str>),
}

impl Protection {
    fn rules(self, asker: Asker<'_>) -> Vec<Rule> {
        let spares_administrators = !self.enforce_admins.enabled;
        let rule = |demand, allowed: &Allowances| Rule {
            demand,
            source: Source::Protection,
            binds_us: match asker {
                Asker::Administrator => Some(!spares_administrators),
                Asker::App(slug) => allowed.has(slug).then_some(false),
            },
        };
        let nobody = Allowances::default();
        let mut rules = Vec::new();
        if let Some(reviews) = &self.required_pull_request_reviews {
            let approvals = reviews.required_approving_review_count;
            let demand = Demand::PullRequest { approvals };
            rules.push(rule(demand, &reviews.bypass_pull_request_allowances));
        }
        if let Some(checks) = self.required_status_checks {
            rules.push(rule(Demand::Checks(checks.contexts), &nobody));
        }
        if self.required_signatures.enabled {
            rules.push(rule(Demand::Signatures, &nobody));
        }
        if self.lock_branch.enabled {
            rules.push(rule(Demand::Permission, &nobody));
        } else if let Some(allowed) = &self.restrictions {
            rules.push(rule(Demand::Permission, allowed));
        }
        rules
    }
}

impl Allowances {
    fn has(&self, slug: Option<&str>) -> bool {
        slug.is_some_and(|slug| self.apps.iter().any(|app| app.slug == slug))
    }
}

impl GitHub {
    /// Reads what is demanded of changes to `branch`, which need not exist; only one that `exists` has
    /// classic protection.
    ///
    /// # Errors
    /// When GitHub does not recognise the token or cannot be reached. What the token may not see is no error
    /// and listed as unseen.
    pub async fn branch_rules(
        &self,
        repository: &Repository,
        branch: &str,
        exists: bool,
    ) -> Result<BranchRules> {
        let mut found = BranchRules::default();
        self.add_rulesets(repository, branch, &mut found).await?;
        if exists {
            self.add_protection(repository, branch, &mut found).await?;
        }
        Ok(found)
    }

    async fn add_rulesets(
        &self,
        repository: &Repository,
        branch: &str,
        found: &mut BranchRules,
    ) -> Result<()> {
        let name = &repository.name;
        let path = format!("/repos/{name}/rules/branches/{}?per_page=100", encoded(branch));
        let reply = self.transport.ask(Call::get(path)).await?;
        match access_to(&reply) {
            Access::Shown => {}
            Access::Absent => return Ok(()),
            Access::Hidden => {
                found.unseen.push(Unseen::Rulesets);
                return Ok(());
            }
        }
        let doing = format!("read the rules of branch {branch} of {name}");
        let listed: Vec<Listed> = self.transport.pages(reply, &doing).await?;
        found.rules.extend(listed.into_iter().filter_map(Listed::rule));
        let rulesets: BTreeSet<u64> = found.rules.iter().filter_map(Rule::ruleset).collect();
        for ruleset in rulesets {
            let binds_us = self.is_bound_by(repository, ruleset).await?;
            let of_it = found.rules.iter_mut().filter(|rule| rule.ruleset() == Some(ruleset));
            of_it.for_each(|rule| rule.binds_us = binds_us);
        }
        Ok(())
    }

    /// Whether a ruleset binds whoever works with the token; nothing where GitHub does not tell.
    async fn is_bound_by(&self, repository: &Repository, ruleset: u64) -> Result<Option<bool>> {
        #[derive(Deserialize)]
        struct Ruleset {
            current_user_can_bypass: Option<String>,
        }
        let name = &repository.name;
        let reply = self.transport.ask(Call::get(format!("/repos/{name}/rulesets/{ruleset}")));
        let reply = reply.await?;
        let Access::Shown = access_to(&reply) else { return Ok(None) };
        let found: Ruleset = reply.json(&format!("read ruleset {ruleset} of {name}"))?;
        // `pull_requests_only` is for who merges.
        let is_exempt = |word: String| matches!(word.as_str(), "always" | "exempt");
        Ok(found.current_user_can_bypass.map(|word| !is_exempt(word)))
    }

    async fn add_protection(
        &self,
        repository: &Repository,
        branch: &str,
        found: &mut BranchRules,
    ) -> Result<()> {
        let name = &repository.name;
        let path = format!("/repos/{name}/branches/{}", encoded(branch));
        let doing = format!("read the protection of branch {branch} of {name}");
        let reply = self.transport.ask(Call::get(&path)).await?;
        // Gone in the meantime, or not ours to read, which is refused elsewhere.
        if matches!(reply.status.as_u16(), 403 | 404) {
            return Ok(());
        }
        let seen: Branch = reply.json(&doing)?;
        // Under the name that a branch had once, GitHub shows the one that it has become.
        if !seen.protection.enabled || seen.name != branch {
            return Ok(());
        }
        let reply = self.transport.ask(Call::get(format!("{path}/protection"))).await?;
        match access_to(&reply) {
            Access::Shown => {
                let protection: Protection = reply.json(&doing)?;
                let app = self.app().await?.map(|(_, installed)| installed.app);
                let asker = match self.transport.is_of_app() {
                    true => Asker::App(app.as_deref()),
                    false => Asker::Administrator,
                };
                found.rules.extend(protection.rules(asker));
            }
            Access::Absent if reply.complaint().contains("not protected") => {}
            Access::Absent | Access::Hidden => found.unseen.push(Unseen::Protection),
        }
        Ok(())
    }
}

/// What an answer says about something that may be hidden.
enum Access {
    /// It is there, or the answer is a failure of another kind.
    Shown,
    /// There is no such thing on this server, or not with the owner's plan.
    Absent,
    Hidden,
}

fn access_to(reply: &Reply) -> Access {
    match reply.status.as_u16() {
        404 => Access::Absent,
        403 if reply.complaint().starts_with("Upgrade to ") => Access::Absent,
        // To be told as what it is.
        403 if refusal::demands_single_sign_on(reply) || reply.limit() != Limit::None => {
            Access::Shown
        }
        403 => Access::Hidden,
        _ => Access::Shown,
    }
}

fn texts<'a>(values: impl Iterator<Item = &'a Value>) -> Vec<String> {
    values.filter_map(Value::as_str).map(str::to_owned).collect()
}

fn count(number: Option<u64>) -> u32 {
    number.and_then(|number| u32::try_from(number).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::reply::tests::reply;
    use super::*;

    fn listed(rules: Value) -> BranchRules {
        let listed: Vec<Listed> = serde_json::from_value(rules).expect("rules");
        let rules = listed.into_iter().filter_map(Listed::rule).collect();
        BranchRules { rules, unseen: Vec::new() }
    }

    #[test]
    fn rules_that_no_commit_of_ours_can_break_are_left_out() {
        let harmless = json!([{"type": "deletion"}, {"type": "non_fast_forward"},
            {"type": "required_linear_history"}, {"type": "tag_name_pattern"}]);
        assert_eq!(listed(harmless), BranchRules::default());
    }

    #[test]
    fn a_rule_says_what_it_demands_and_whose_it_is() {
        let rules = listed(json!([
            {"type": "pull_request", "parameters": {"required_approving_review_count": 2},
                "ruleset_id": 7, "ruleset_source": "acme", "ruleset_source_type": "Organization"},
            {"type": "required_status_checks", "parameters": {"required_status_checks":
                [{"context": "build"}, {"context": "test"}]}, "ruleset_id": 8, "ruleset_source": "acme/fleet"},
        ]));
        let told: Vec<String> = rules.rules.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "changes go through a pull request with 2 approvals (ruleset 7 of acme)",
                "checks pass first: build, test (ruleset 8 of acme/fleet)",
            ]
        );
    }

    #[test]
    fn each_kind_of_rule_has_its_consequence() {
        type Asks = fn(&BranchRules) -> Option<&Rule>;
        let asks: [Asks; 4] = [
            BranchRules::demands_pull_request,
            BranchRules::demands_signatures,
            BranchRules::has_merge_queue,
            BranchRules::refuses_creation,
        ];
        for (kind, expected) in [
            ("pull_request", [true, false, false, false]),
            ("required_status_checks", [true, false, false, false]),
            ("update", [true, false, false, false]),
            ("workflows", [true, false, false, false]),
            ("merge_queue", [true, false, true, false]),
            ("required_signatures", [false, true, false, false]),
            ("creation", [false, false, false, true]),
            ("branch_name_pattern", [false; 4]),
            ("creation", [false, false, false, true]),
            ("commit_message_pattern", [false; 4]),
            ("invented_tomorrow", [false; 4]),
        ] {
            let rules = listed(json!([{"type": kind}]));
            assert_eq!(rules.rules.len(), 1, "{kind}");
            assert_eq!(asks.map(|asks| asks(&rules).is_some()), expected, "{kind}");
        }
    }

    fn protected(body: Value, asker: Asker<'_>) -> BranchRules {
        let protection: Protection = serde_json::from_value(body).expect("protection");
        BranchRules { rules: protection.rules(asker), unseen: Vec::new() }
    }

    #[test]
    fn classic_protection_spares_only_apps_that_it_lists() {
        let apps = json!({"apps": [{"id": 1, "slug": "fleet"}], "users": [], "teams": []});
        let body = json!({"enforce_admins": {"enabled": false},
            "required_pull_request_reviews": {"bypass_pull_request_allowances": apps},
            "required_signatures": {"enabled": true}, "restrictions": apps});
        let binds_us = |asker| {
            let rules = protected(body.clone(), asker).rules.into_iter();
            rules.map(|rule| rule.binds_us).collect::<Vec<_>>()
        };
        assert_eq!(binds_us(Asker::App(Some("fleet"))), [Some(false), None, Some(false)]);
        assert_eq!(binds_us(Asker::App(Some("other"))), [None; 3]);
        assert_eq!(binds_us(Asker::App(None)), [None; 3]);
        assert_eq!(binds_us(Asker::Administrator), [Some(false); 3]);
        let locked = json!({"lock_branch": {"enabled": true}, "restrictions": apps});
        assert_eq!(protected(locked, Asker::App(Some("fleet"))).rules[0].binds_us, None);
    }

    #[test]
    fn classic_protection_may_spare_administrators() {
        let rules = |body: Value| protected(body, Asker::Administrator);
        let reviews = json!({"required_approving_review_count": 1});
        let strict = rules(json!({"required_pull_request_reviews": reviews,
            "enforce_admins": {"enabled": true}}));
        assert_eq!(
            strict.demands_pull_request().map(ToString::to_string).as_deref(),
            Some("changes go through a pull request with 1 approval (branch protection)")
        );
        let lax = rules(json!({"required_pull_request_reviews": reviews,
            "required_signatures": {"enabled": true}}));
        assert_eq!((lax.rules.len(), lax.binding().count()), (2, 0));
        let locked =
            rules(json!({"lock_branch": {"enabled": true}, "enforce_admins": {"enabled": true}}));
        assert_eq!(locked.rules[0].demand, Demand::Permission);
    }

    #[test]
    fn what_the_plan_does_not_have_is_not_hidden() {
        let message = |text: &str| json!({"message": text}).to_string();
        let upgrade = message("Upgrade to GitHub Pro or make this repository public.");
        let access = |status, text: &str| access_to(&reply(status, &[], text));
        assert!(matches!(access(403, &upgrade), Access::Absent));
        assert!(matches!(access(404, "{}"), Access::Absent));
        let denied = message("Resource not accessible by personal access token");
        assert!(matches!(access(403, &denied), Access::Hidden));
        assert!(matches!(access(200, "[]"), Access::Shown));
    }
}
