//! Read-only checks of the host and the cluster. Nothing has been written when one of them fails, and those
//! that do not depend on each other are all made.
//!
//! | module | what it looks at |
//! |---|---|
//! | `host` | the token, the owner, the repository and its keys |
//! | `delivery` | the rules of the branch, who signs, the pull request; the host keys |
//! | `content` | what the repository holds where Flux's own files are to be |
//! | `cluster` | Kubernetes, whose Flux there is, what that syncs, our rights |
//! | `needs` | the least that a token must be allowed to; pure |

mod cluster;
mod content;
mod delivery;
mod host;
mod needs;

use std::sync::Arc;

use anyhow::Result;
use kube::api::DynamicObject;

use self::cluster::Components;
pub(super) use self::content::{Found, content};
use super::access::Access;
use super::plan::Plan;
use super::proposal::Wanted;
use crate::cli::bootstrap::GitHubArgs;
use crate::commands::bundles;
use crate::commands::findings::{Findings, Telling};
use crate::context::Context;
use crate::git_host::github::rules::BranchRules;
use crate::git_host::github::{GitHub, Login};
use crate::git_host::signing_key::SigningKey;
use crate::git_host::{NewRepository, Repository};
use crate::manifests::components::Bundle;
use crate::manifests::yaml;

/// A repository that is there.
pub(super) struct Existing {
    pub(super) repository: Repository,
    /// What it holds.
    pub(super) found: Found,
    /// What the branch of the pull request holds that is open already, where others may have worked on it.
    pub(super) proposed: Option<Found>,
    /// What is demanded of commits to the branch.
    pub(super) rules: BranchRules,
}

impl Existing {
    /// Reads the rules of `branch`, which need not exist.
    pub(super) async fn new(
        github: &GitHub,
        repository: Repository,
        found: Found,
        branch: &str,
    ) -> Result<Self> {
        let exists = found.head.tip().is_some();
        let rules = github.branch_rules(&repository, branch, exists).await?;
        Ok(Self { repository, found, proposed: None, rules })
    }
}

/// Everything that is looked at before the first write.
pub(super) struct Preflight<'a> {
    pub(super) ctx: &'a Context,
    pub(super) args: &'a GitHubArgs,
    pub(super) plan: &'a Plan,
    pub(super) github: &'a GitHub,
    /// How the host is reached, which is asked for releases first.
    pub(super) access: &'a Access,
    pub(super) proposed: &'a Wanted,
    /// The user's key for the commit.
    pub(super) key: Option<&'a Arc<SigningKey>>,
}

/// What the checks have found out, when none has failed.
pub(super) struct Passed {
    /// Whom the token belongs to, if that is somebody.
    pub(super) login: Option<Login>,
    /// The repository, unless it has to be made.
    pub(super) existing: Option<Existing>,
    /// What is installed.
    pub(super) bundle: Bundle,
    /// Its objects.
    pub(super) components: Vec<DynamicObject>,
}

impl Preflight<'_> {
    /// Makes the checks before something else.
    ///
    /// # Errors
    /// The failure; for several, what they have in common, after each was told.
    pub(super) async fn pass(&self) -> Result<Passed> {
        let mut findings = Findings::new(self.ctx, Telling::Trouble);
        let (host, components) = self.look(&mut findings).await;
        findings.conclude("")?;
        let invariant = "whatever could not be seen has failed a check";
        let (host, components) = (host.expect(invariant), components.expect(invariant));
        Ok(Passed {
            login: host.login,
            existing: host.existing,
            bundle: components.bundle,
            components: components.objects,
        })
    }

    /// Makes the checks and nothing else, and tells what the bootstrap needs at least.
    ///
    /// # Errors
    /// What the failures have in common.
    pub(super) async fn report(&self, telling: Telling) -> Result<()> {
        let mut findings = Findings::new(self.ctx, telling);
        let (host, _) = self.look(&mut findings).await;
        let Some(needs) = host.map(|host| host.needs) else { return findings.conclude("") };
        findings.begin(format_args!("the least that would do: {needs}"));
        let success = match findings.doubts() {
            0 => "all checks passed; nothing was written".to_owned(),
            1 => "no check failed, with one warning; nothing was written".to_owned(),
            count => format!("no check failed, with {count} warnings; nothing was written"),
        };
        findings.conclude_with(&success, &needs.document())
    }

    async fn look(&self, findings: &mut Findings<'_>) -> (Option<host::Seen>, Option<Components>) {
        let mut host = self.look_at_host(findings).await;
        let mut components = None;
        // Releases are asked for with the same token, which was refused without what comes here.
        if let Some(host) = &mut host {
            components = findings.take("components", "flux", self.components().await);
            self.look_at_delivery(host, components.as_ref(), findings).await;
            self.look_at_needs(host, findings);
            // Before something else they are found when it needs them, and the user may be asked.
            if findings.is_report() {
                self.look_at_host_keys(findings).await;
            }
        }
        self.look_at_cluster(host.as_ref(), components.as_ref(), findings).await;
        (host, components)
    }

    async fn components(&self) -> Result<Components> {
        let Self { ctx, args, plan, github, access, .. } = self;
        // Why there is no token is told by the checks of the host.
        let releases = access.releases(args, github.token().await.ok());
        let release = bundles::release(ctx, &args.components, &plan.components, &releases).await?;
        let bundle = release.bundle(&plan.components)?;
        let objects = yaml::objects_of(&bundle.manifest()?.text)?;
        Ok(Components { bundle, objects })
    }

    fn new_repository(&self) -> NewRepository {
        new_repository(self.args)
    }
}

/// How a repository that is made shall be.
pub(super) fn new_repository(args: &GitHubArgs) -> NewRepository {
    NewRepository { is_private: args.private, is_personal: args.personal }
}
