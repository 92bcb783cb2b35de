//! Rights of teams on the repository.

use anyhow::Result;

use crate::cli::bootstrap::GitHubArgs;
use crate::context::Context;
use crate::error::{Explain as _, common_class};
use crate::git_host::Repository;
use crate::git_host::github::{GitHub, TeamOutcome};

/// Gives each team its rights. One that cannot get them stops nobody: it is told, and makes the run fail in
/// the end.
pub(super) async fn grant(
    ctx: &Context,
    github: &GitHub,
    repository: &Repository,
    args: &GitHubArgs,
) -> Result<()> {
    let name = &repository.name;
    let mut errors = Vec::new();
    for team in &args.teams {
        match github.grant_team(repository, team, args.reconcile).await {
            Ok(TeamOutcome::Kept) => {
                ctx.output.done(format_args!("team {} has rights on {name} already", team.slug));
            }
            Ok(TeamOutcome::Granted) => {
                ctx.output.done(format_args!("team {team} has its rights on {name}"));
            }
            Err(error) => {
                ctx.output.failed(format_args!("team {} has no rights on {name}", team.slug));
                errors.push(error);
            }
        }
    }
    let class = common_class(&errors);
    match errors.into_iter().next() {
        Some(first) => Err(first.class(class)),
        None => Ok(()),
    }
}
