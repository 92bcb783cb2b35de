//! New objects as a file of the repository that the cluster is synced from.

use anyhow::Result;

use super::destination::hinted;
use super::new::{Created, New};
use crate::cli::create::CreateArgs;
use crate::commands::fleet::sync::Fleet;
use crate::commands::fleet::{self, Delivery, Destination};
use crate::context::Context;
use crate::error::{Explain as _, usage};
use crate::git_host::change::normalized_path;
use crate::kinds::view::name;
use crate::manifests::place::{Existing, NewFile};

/// What can be done where there is no repository to commit to.
const INSTEAD: &str = "print the manifest with --export, and commit it yourself";

/// Commits or proposes the objects as one file, and follows it until the cluster has applied it.
///
/// # Errors
/// [`crate::error::Class::Usage`] for credentials, which must not be in a repository, and for a file that this
/// cluster does not apply; those of the delivery.
pub(super) async fn deliver(
    ctx: &Context,
    new: &New<'_>,
    args: &CreateArgs,
    created: Vec<Created>,
) -> Result<()> {
    refuse_secrets(&created)?;
    let fleet = Fleet::find(ctx, args.fleet.fleet.as_deref(), INSTEAD).await?;
    let path = path(args.file.as_deref(), &fleet, &created)?;
    let synced = fleet.covering(&path).ok_or_else(|| not_applied(&path, &fleet))?;
    let created = accepted(ctx, new, created).await?;
    let texts: Vec<&str> = created.iter().map(Created::text).collect();
    let file = NewFile { path, text: texts.join("---\n"), root: Some(synced.folder.clone()) };
    let titles: Vec<String> = created.iter().map(Created::title).collect();
    let title = format!("Add {}", titles.join(", "));
    let delivery = Delivery { files: vec![file], existing: Existing::Update, title };
    let is_dry_run = args.delivery.dry_run;
    let to = Destination { args: &args.fleet, fleet: &fleet, is_dry_run };
    fleet::deliver(ctx, &to, &delivery).await
}

/// The objects as the cluster will take them, by its own dry run: it is the one that applies what is committed.
///
/// # Errors
/// [`Class::Usage`](crate::error::Class::Usage) for what the definition of a kind does not allow;
/// [`Class::NotInstalled`](crate::error::Class::NotInstalled).
async fn accepted(ctx: &Context, new: &New<'_>, created: Vec<Created>) -> Result<Vec<Created>> {
    let cluster = ctx.cluster().await?;
    let namespaces: Vec<String> = created.iter().filter_map(Created::own_namespace).collect();
    let mut accepted = Vec::new();
    for created in created {
        let is_within_new = created.object.metadata.namespace.as_ref();
        let is_within_new = is_within_new.is_some_and(|namespace| namespaces.contains(namespace));
        let question = cluster.would_accept(&created.object);
        let answer = ctx.deadline.within("the server's dry run", question).await;
        let answer = answer.map_err(|error| hinted(error, &created))?;
        if let Some(why) = answer.untold.filter(|_| !is_within_new) {
            ctx.output.warn(format_args!("{} is not checked: {why}", created.title()));
        }
        let is_same = created.laid_out.value["apiVersion"] == *answer.api_version;
        accepted.push(match is_same {
            true => created,
            false => new.in_version(created, &answer.api_version)?,
        });
    }
    Ok(accepted)
}

fn refuse_secrets(created: &[Created]) -> Result<()> {
    let Some(secret) = created.iter().find(|created| created.is_secret()) else { return Ok(()) };
    Err(usage(format!(
        "{} holds credentials, which nobody may read in a repository",
        secret.title()
    ))
    .hint("create it on the cluster: nigari create secret, and name it with --secret-ref")
    .hint("or print it with --export, and commit it encrypted"))
}

/// The file: the one that was named, else one in the folder that the cluster is synced from.
fn path(given: Option<&str>, fleet: &Fleet, created: &[Created]) -> Result<String> {
    let folder = match given {
        Some(file) if !file.ends_with('/') => return normalized_path(file),
        Some(folder) => normalized_path(folder)?,
        None => fleet.main().folder.clone(),
    };
    let own = created.first().map(own_name).unwrap_or_default();
    Ok(if folder.is_empty() { own } else { format!("{folder}/{own}") })
}

/// `podinfo-helmrelease.yaml`
fn own_name(created: &Created) -> String {
    format!("{}-{}.yaml", name(&created.object), created.api_kind().to_lowercase())
}

fn not_applied(path: &str, fleet: &Fleet) -> anyhow::Error {
    let folder =
        |folder: &str| if folder.is_empty() { "./".to_owned() } else { format!("{folder}/") };
    let folders: Vec<String> = fleet.synced.iter().map(|synced| folder(&synced.folder)).collect();
    usage(format!("{path} is in no folder that this cluster applies: {}", folders.join(", ")))
        .hint(format!("write below one of them: --file={}", folders[0]))
}
