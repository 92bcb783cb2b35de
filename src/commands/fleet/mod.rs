//! Puts files into the repository that the cluster is synced from, as a commit or as a pull request, and
//! follows them until the cluster has applied them. Nothing is applied beside that.
//!
//! | module | what it does |
//! |---|---|
//! | [`sync`] | finds the repository by what the cluster is synced from |
//! | [`host`] | which GitHub that is, and the way to it |
//! | [`draft`] | the files, decided anew on every head of the branch |
//! | [`edit`] | one file that is there, changed in its place |

mod draft;
pub(super) mod edit;
pub(super) mod host;
pub(super) mod sync;

use anyhow::Result;

use super::follow::{self, Commit, Stage};
use super::proposal::{merged, tell_published};
use crate::cli::fleet::FleetArgs;
use crate::context::Context;
use crate::error::Explain as _;
use crate::git_host::github::GitHub;
use crate::git_host::pull_request::{Proposing as _, Topic, branch_name, code};
use crate::git_host::{GitHost as _, Repository, is_refused_by_rule};
use crate::kinds::ObjectRef;
use crate::kinds::view::{kind, name, namespace};
use crate::manifests::place::{Act, Existing, NewFile, Placed, Tree};
use crate::manifests::yaml;
use crate::output::diff;
use draft::FleetDraft;
use sync::Fleet;

/// Files for the repository, and how to speak of them.
pub(super) struct Delivery {
    pub(super) files: Vec<NewFile>,
    pub(super) existing: Existing,
    /// What it is about, in one line: the commit's message, and what tells it from other pull requests.
    pub(super) title: String,
}

/// Where the files go.
pub(super) struct Destination<'a> {
    pub(super) args: &'a FleetArgs,
    /// The repository, as the cluster tells it.
    pub(super) fleet: &'a Fleet,
    /// Whether it is only shown what would be written.
    pub(super) is_dry_run: bool,
}

/// Commits or proposes the files, and waits until the cluster has applied them.
///
/// # Errors
/// With nothing written: what is wrong with the repository, the token or the files. Later:
/// [`crate::error::Class::Waiting`] while a pull request is open; what the cluster says about the commit.
pub(super) async fn deliver(
    ctx: &Context,
    to: &Destination<'_>,
    delivery: &Delivery,
) -> Result<()> {
    let Destination { args, fleet, is_dry_run } = to;
    let github = host::connect(ctx, args.git_hostname.as_deref(), fleet).await?;
    let repository = host::repository(&github, fleet).await?;
    let draft = FleetDraft {
        host: &github,
        repository: &repository,
        files: &delivery.files,
        existing: delivery.existing,
        message: args.commit_message.as_deref().unwrap_or(&delivery.title),
    };
    let head = github.head(&repository, &fleet.branch).await?;
    let tree = draft.tree(&head).await?;
    let placed = draft.place(&tree)?;
    tell_kept(ctx, &placed);
    if *is_dry_run {
        return show(ctx, &placed, &tree);
    }
    let sha = if args.pull_request {
        let topic = topic(&repository, fleet, delivery, &placed);
        let (proposal, base) = (github.propose(&repository, &topic, &draft).await?, &fleet.branch);
        merged(ctx, &github, &repository, base, proposal, args.wait_merge).await?
    } else {
        let published = github.publish(&repository, &fleet.branch, &head, &draft).await;
        let published = published.map_err(suggest_pull_request)?;
        tell_published(ctx, &repository, &fleet.branch, &published);
        published.commit
    };
    follow_files(
        ctx,
        &Commit { host: &github, repository: &repository, sha: &sha },
        fleet,
        delivery,
    )
    .await
}

/// Says which files are left as they are although they say something else.
pub(super) fn tell_kept(ctx: &Context, placed: &[Placed]) {
    for placed in placed.iter().filter(|placed| placed.act == Act::Keep) {
        ctx.output.warn(format_args!("{} is there with other content: it is kept", placed.path));
    }
}

/// Shows what would be written, in the form that `git apply` takes.
pub(super) fn show(ctx: &Context, placed: &[Placed], tree: &Tree) -> Result<()> {
    let mut text = String::new();
    let mut count = 0;
    for Placed { path, act } in placed {
        let Some(after) = act.text() else { continue };
        let before = tree.get(path).map(|before| String::from_utf8_lossy(before));
        text += &diff::of_file(path, before.as_deref(), after, ctx.output.paper());
        count += 1;
    }
    ctx.output.data(&text)?;
    ctx.output.done(match count {
        0 => "dry run: nothing to do".to_owned(),
        1 => "dry run, nothing was written: 1 file would be".to_owned(),
        _ => format!("dry run, nothing was written: {count} files would be"),
    });
    Ok(())
}

fn suggest_pull_request(error: anyhow::Error) -> anyhow::Error {
    if is_refused_by_rule(&error) {
        return error.hint("open a pull request instead: --pull-request");
    }
    error
}

/// One topic for all runs that put the same files into the same branch, whatever the files say.
fn topic(repository: &Repository, fleet: &Fleet, delivery: &Delivery, placed: &[Placed]) -> Topic {
    let name = repository.name.to_string();
    let mut differs_by = vec![name.as_str(), fleet.branch.as_str()];
    differs_by.extend(delivery.files.iter().map(|file| file.path.as_str()));
    let written = placed.iter().filter(|placed| placed.act.text().is_some());
    let lines = written.map(|placed| format!("- {}\n", code(&placed.path)));
    let body = format!(
        "{}\nThe same command updates this pull request as long as it is open.\n",
        lines.collect::<String>()
    );
    Topic {
        branch: branch_name(&delivery.title, &differs_by),
        base: fleet.branch.clone(),
        title: delivery.title.clone(),
        body,
    }
}

/// Follows the commit through the source and the Kustomizations that apply the files, and waits for the
/// objects in them.
async fn follow_files(
    ctx: &Context,
    commit: &Commit<'_, GitHub>,
    fleet: &Fleet,
    delivery: &Delivery,
) -> Result<()> {
    let applied = |file: &&NewFile| fleet.applies(file).is_some();
    let mut stages = vec![Stage::source(&fleet.source.namespace, &fleet.source.name)];
    let mut objects = Vec::new();
    let mut seen = Vec::new();
    for file in delivery.files.iter().filter(applied) {
        let Some(synced) = fleet.applies(file) else { continue };
        if !seen.contains(&synced) {
            stages.push(Stage::kustomization(&synced.namespace, &synced.name));
            seen.push(synced);
        }
        objects.extend(objects_in(&file.text)?);
    }
    follow::follow(ctx, commit, &stages).await?;
    follow::ready(ctx, &objects).await
}

fn objects_in(text: &str) -> Result<Vec<ObjectRef>> {
    let reference = |object: &kube::api::DynamicObject| ObjectRef {
        kind: kind(object).to_owned(),
        namespace: namespace(object).to_owned(),
        name: name(object).to_owned(),
    };
    Ok(yaml::objects_of(text)?.iter().map(reference).collect())
}
