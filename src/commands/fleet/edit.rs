//! Changes one file of the repository where it stands, and follows the change until the cluster has applied
//! it.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, anyhow};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use kube::api::DynamicObject;

use super::host::{self, Way};
use super::suggest_pull_request;
use super::sync::Fleet;
use crate::cli::fleet::FleetArgs;
use crate::commands::follow::{self, Commit, Stage};
use crate::commands::proposal::{merged, tell_published};
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::git_host::change::{Change, Draft, File};
use crate::git_host::github::GitHub;
use crate::git_host::pull_request::{Proposing as _, Topic, branch_name, code};
use crate::git_host::{Blob, GitHost as _, Head, Repository};

/// The most files that are looked through; each is a request.
const MOST_FILES: usize = 400;

/// How many of them are asked for at the same time.
const AT_ONCE: usize = 8;

/// A repository that the cluster is synced from, and that can be written to.
pub(in crate::commands) struct Site<'a> {
    ctx: &'a Context,
    args: &'a FleetArgs,
    fleet: Fleet,
    way: Way,
    github: GitHub,
    repository: Repository,
}

/// A change of one file.
pub(in crate::commands) struct Edit<'a> {
    /// The file, from the repository's root.
    pub(in crate::commands) path: &'a str,
    /// What it is about, in one line: the commit's message unless another one was given.
    pub(in crate::commands) title: &'a str,
    /// The text of the file as it shall be; nothing where it is so already.
    pub(in crate::commands) change: &'a dyn Fn(&str) -> Result<Option<String>>,
}

impl<'a> Site<'a> {
    /// Connects to the host of the repository, if the token may write to it.
    ///
    /// # Errors
    /// Those of the host; [`Class::Denied`] without the right to write.
    pub(in crate::commands) async fn open(
        ctx: &'a Context,
        args: &'a FleetArgs,
        fleet: Fleet,
    ) -> Result<Self> {
        let way = Way::find(ctx, args.git_hostname.as_deref(), &fleet).await?;
        let github = way.connect(ctx)?;
        let repository = host::repository(&github, &fleet).await?;
        Ok(Self { ctx, args, fleet, way, github, repository })
    }

    /// The same repository under the clock of another context.
    ///
    /// # Errors
    /// When no client can be made.
    pub(in crate::commands) fn under<'b>(&self, ctx: &'b Context) -> Result<Site<'b>>
    where
        'a: 'b,
    {
        Ok(Site {
            ctx,
            args: self.args,
            fleet: self.fleet.clone(),
            way: self.way.clone(),
            github: self.way.connect(ctx)?,
            repository: self.repository.clone(),
        })
    }

    /// What the cluster says about the repository.
    pub(in crate::commands) fn fleet(&self) -> &Fleet {
        &self.fleet
    }

    /// `PATH of OWNER/NAME`, for messages.
    pub(in crate::commands) fn place(&self, path: &str) -> String {
        format!("{path} of {}", self.repository.name)
    }

    /// The manifests in the folder that is applied which `is_meant` knows by their text, sorted.
    ///
    /// # Errors
    /// [`Class::Usage`] when there are too many to be looked through; those of the host.
    pub(in crate::commands) async fn find(
        &self,
        is_meant: impl Fn(&str) -> bool,
    ) -> Result<Vec<String>> {
        let folder = &self.fleet.main().folder;
        let head = self.github.head(&self.repository, &self.fleet.branch).await?;
        let mut files = self.github.files_under(&self.repository, &head, folder).await?;
        files.retain(|path, _| path.ends_with(".yaml") || path.ends_with(".yml"));
        if files.len() > MOST_FILES {
            let count = files.len();
            return Err(usage(format!(
                "{count} manifests below {folder}/ are too many to look through"
            ))
            .hint("name the one to change with --file"));
        }
        let texts = self.read(files).await?;
        Ok(texts.into_iter().filter(|(_, text)| is_meant(text)).map(|(path, _)| path).collect())
    }

    async fn read(&self, files: BTreeMap<String, Blob>) -> Result<Vec<(String, String)>> {
        let read = |(path, blob): (String, Blob)| async move {
            let bytes = self.github.read_file(&self.repository, &blob.sha).await?;
            anyhow::Ok((path, String::from_utf8_lossy(&bytes).into_owned()))
        };
        stream::iter(files).map(read).buffered(AT_ONCE).try_collect().await
    }

    /// A file as it is now.
    ///
    /// # Errors
    /// [`Class::NotFound`]; those of the host.
    pub(in crate::commands) async fn text(&self, path: &str) -> Result<String> {
        let head = self.github.head(&self.repository, &self.fleet.branch).await?;
        self.text_at(&head, path).await
    }

    async fn text_at(&self, head: &Head, path: &str) -> Result<String> {
        let paths = [path.to_owned()];
        let found = self.github.files_at(&self.repository, head, &paths).await?;
        let blob = found
            .get(path)
            .ok_or_else(|| anyhow!("{} does not exist", self.place(path)).class(Class::NotFound))?;
        let bytes = self.github.read_file(&self.repository, &blob.sha).await?;
        String::from_utf8(bytes).with_context(|| format!("{} is not text", self.place(path)))
    }

    /// Proposes the edit where pull requests were asked for, else commits it. The commit that holds it.
    ///
    /// # Errors
    /// [`Class::Waiting`] while a pull request is open; those of [`Self::commit`].
    pub(in crate::commands) async fn publish(&self, edit: &Edit<'_>) -> Result<String> {
        if !self.args.pull_request {
            return self.commit(edit).await;
        }
        let proposal =
            self.github.propose(&self.repository, &self.topic(edit), &self.draft(edit)).await?;
        let Self { ctx, github, repository, fleet, .. } = self;
        merged(ctx, github, repository, &fleet.branch, proposal, self.args.wait_merge).await
    }

    /// Commits the edit, or finds it there already. The commit that holds it.
    ///
    /// # Errors
    /// Those of the edit and of the host; [`Class::Denied`] when a rule of the branch forbids it.
    pub(in crate::commands) async fn commit(&self, edit: &Edit<'_>) -> Result<String> {
        let (repository, branch) = (&self.repository, &self.fleet.branch);
        let head = self.github.head(repository, branch).await?;
        let published = self.github.publish(repository, branch, &head, &self.draft(edit)).await;
        let published = published.map_err(suggest_pull_request)?;
        tell_published(self.ctx, repository, branch, &published);
        Ok(published.commit)
    }

    fn draft<'b>(&'b self, edit: &'b Edit<'b>) -> EditDraft<'b> {
        EditDraft { site: self, edit }
    }

    fn topic(&self, edit: &Edit<'_>) -> Topic {
        let name = self.repository.name.to_string();
        let (title, path) = (edit.title, edit.path);
        let body = format!(
            "- {}\n\nThe same command updates this pull request as long as it is open.\n",
            code(path)
        );
        Topic {
            branch: branch_name(title, &[&name, &self.fleet.branch, path, title]),
            base: self.fleet.branch.clone(),
            title: title.to_owned(),
            body,
        }
    }

    /// Waits until the cluster has applied a commit, or one that was built on it.
    ///
    /// # Errors
    /// What the source or the Kustomization says about it.
    pub(in crate::commands) async fn follow(&self, sha: &str) -> Result<()> {
        let (source, main) = (&self.fleet.source, self.fleet.main());
        let stages = [
            Stage::source(&source.namespace, &source.name),
            Stage::kustomization(&main.namespace, &main.name),
        ];
        let commit = Commit { host: &self.github, repository: &self.repository, sha };
        follow::follow(self.ctx, &commit, &stages).await
    }

    /// Whether a commit here would be a new revision of a GitRepository.
    pub(in crate::commands) fn moves(&self, source: &DynamicObject) -> bool {
        self.fleet.moves(source)
    }
}

/// An edit, made anew on every head that the branch turns out to have.
struct EditDraft<'a> {
    site: &'a Site<'a>,
    edit: &'a Edit<'a>,
}

impl Draft for EditDraft<'_> {
    async fn on(&self, head: &Head) -> Result<Change> {
        let Edit { path, title, change } = self.edit;
        let text = self.site.text_at(head, path).await?;
        let edited = change(&text).with_context(|| self.site.place(path))?;
        let message = self.site.args.commit_message.as_deref().unwrap_or(title);
        Change::new(vec![File::new(path, edited.unwrap_or(text))?.derived()], message, None)
    }
}
