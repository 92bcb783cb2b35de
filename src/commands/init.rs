//! Lays out a repository for several environments.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use anyhow::{Context as _, Result};
use tempfile::NamedTempFile;

use super::fleet::sync::Fleet;
use super::fleet::{self, Delivery, Destination};
use super::templates;
use crate::cli::init::InitArgs;
use crate::context::Context;
use crate::error::{Explain as _, usage};
use crate::git_host::change::normalized_path;
use crate::manifests::layout::{Cluster, Layout};
use crate::manifests::place::{Act, Existing, NewFile, Placed, Tree, place, relevant_paths};

/// What can be done where there is no repository to commit to.
const INSTEAD: &str = "write into a clone, and commit it yourself: nigari init PATH";

/// Writes what is missing of the layout, into a folder or into the repository of the cluster.
///
/// # Errors
/// [`crate::error::Class::Usage`] when names clash, or this cluster is none of the environments; what
/// writing fails with.
pub async fn run(ctx: &Context, args: &InitArgs) -> Result<()> {
    let folder = match (&args.path, args.fleet.is_chosen()?) {
        (Some(folder), false) => folder,
        _ => return into_repository(ctx, args).await,
    };
    let source = args.source.as_deref().unwrap_or("flux-system");
    let templates = templates::read(args.templates.as_deref())?;
    let files = layout(args, source, ctx.namespace())?.files(&templates)?;
    let tree = read(folder, &files)?;
    let placed = place(&files, Existing::Keep, &tree)?;
    fleet::tell_kept(ctx, &placed);
    if args.dry_run {
        return fleet::show(ctx, &placed, &tree);
    }
    into_folder(ctx, folder, &placed)
}

fn layout(args: &InitArgs, source: &str, namespace: &str) -> Result<Layout> {
    let root = normalized_path(&args.clusters).context("--clusters cannot be used")?;
    let folder = |environment: &String| match root.as_str() {
        "" => environment.clone(),
        root => format!("{root}/{environment}"),
    };
    let cluster = |environment: &String| Cluster {
        environment: environment.clone(),
        folder: folder(environment),
    };
    Ok(Layout {
        clusters: args.environments.iter().map(cluster).collect(),
        parts: vec![args.infrastructure.clone(), args.apps.clone()],
        source: source.to_owned(),
        namespace: namespace.to_owned(),
    })
}

async fn into_repository(ctx: &Context, args: &InitArgs) -> Result<()> {
    let templates = templates::read(args.templates.as_deref())?;
    let fleet = Fleet::find(ctx, args.fleet.fleet.as_deref(), INSTEAD).await?;
    let source = args.source.as_deref().unwrap_or(&fleet.source.name);
    let layout = layout(args, source, &fleet.main().namespace)?;
    let files = layout.files(&templates)?;
    let delivery = Delivery { files, existing: Existing::Keep, title: title(&layout) };
    refuse_other_cluster(&layout, &fleet)?;
    let to = Destination { args: &args.fleet, fleet: &fleet, is_dry_run: args.dry_run };
    fleet::deliver(ctx, &to, &delivery).await
}

fn title(layout: &Layout) -> String {
    let environments: Vec<&str> =
        layout.clusters.iter().map(|cluster| cluster.environment.as_str()).collect();
    format!("Lay out {}", environments.join(", "))
}

/// A cluster that is synced from another folder would apply nothing of it, or all of it twice.
fn refuse_other_cluster(layout: &Layout, fleet: &Fleet) -> Result<()> {
    let synced = &fleet.main().folder;
    if layout.clusters.iter().any(|cluster| cluster.folder == *synced) {
        return Ok(());
    }
    let folders: Vec<&str> =
        layout.clusters.iter().map(|cluster| cluster.folder.as_str()).collect();
    let synced = if synced.is_empty() { "the repository's root" } else { synced };
    Err(usage(format!(
        "this cluster is synced from {synced}, which is none of {}",
        folders.join(", ")
    ))
    .hint("name its environment with --environments, and the folder above with --clusters"))
}

/// Writes into a folder of this machine. Each file is there whole or not at all.
fn into_folder(ctx: &Context, root: &Path, placed: &[Placed]) -> Result<()> {
    let mut count = 0;
    for placed in placed {
        let Some(text) = placed.act.text() else { continue };
        let replaces = matches!(placed.act, Act::List(_));
        write(root, &placed.path, text, replaces)?;
        let did = if replaces { "listed in" } else { "wrote" };
        ctx.output.done(format_args!("{did} {}", placed.path));
        count += 1;
    }
    let root = root.display();
    match count {
        0 => ctx.output.done(format_args!("nothing to do: {root} has everything")),
        _ => ctx.output.done(format_args!("{count} files written to {root}: commit and push them")),
    }
    Ok(())
}

/// What of the folder decides what is written.
fn read(root: &Path, files: &[NewFile]) -> Result<Tree> {
    let mut tree = Tree::new();
    for path in relevant_paths(files) {
        let full = root.join(&path);
        match fs::read(&full) {
            Ok(content) => {
                tree.insert(path, content);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => {
                return Err(error).with_context(|| format!("cannot read {}", full.display()));
            }
        }
    }
    Ok(tree)
}

fn write(root: &Path, path: &str, text: &str, replaces: bool) -> Result<()> {
    let full = root.join(path);
    let unwritable = || format!("cannot write {}", full.display());
    let folder = full.parent().unwrap_or(root);
    fs::create_dir_all(folder).with_context(unwritable)?;
    let mut file = NamedTempFile::new_in(folder).with_context(unwritable)?;
    file.write_all(text.as_bytes()).with_context(unwritable)?;
    readable_by_all(&file).with_context(unwritable)?;
    let written = match replaces {
        true => file.persist(&full),
        // Nobody's file is overwritten, also not one that came a moment ago.
        false => file.persist_noclobber(&full),
    };
    written.map(drop).map_err(|error| error.error).with_context(unwritable)
}

/// Temporary files are for their owner only; files of a repository are not.
fn readable_by_all(file: &NamedTempFile) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.as_file().set_permissions(fs::Permissions::from_mode(0o644))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}
