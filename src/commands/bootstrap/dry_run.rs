//! What a bootstrap would do: the commit as `git show` prints it, and what the cluster says to the rest.

use anyhow::{Context as _, Result};
use kube::api::DynamicObject;

use super::credentials::Credentials;
use super::objects::Objects;
use super::plan::Plan;
use super::preflight::Found;
use crate::commands::{components, installation};
use crate::context::Context;
use crate::git_host::change::{Change, File, Signing};
use crate::git_host::{GitHost, Head, Repository, RepositoryName};
use crate::manifests::pull_secret::PullSecret;
use crate::output::{clean, diff};

/// A bootstrap that is told and not performed.
pub(super) struct DryRun<'a, H> {
    pub(super) host: &'a H,
    pub(super) plan: &'a Plan,
    /// None where it would be created.
    pub(super) repository: Option<&'a Repository>,
    /// Whether a repository that is created would be private.
    pub(super) is_private: bool,
    pub(super) found: &'a Found,
    pub(super) change: &'a Change,
    /// The branch of the pull request that would be opened for it.
    pub(super) proposed_on: Option<&'a str>,
    pub(super) objects: &'a Objects,
    pub(super) pull_secret: Option<&'a PullSecret>,
    pub(super) credentials: Credentials<'a>,
}

impl<H: GitHost> DryRun<'_, H> {
    /// Prints it, in the order in which it would be done.
    pub(super) async fn tell(&self, ctx: &Context) -> Result<()> {
        let Self { host, plan, repository, objects, .. } = *self;
        let files = self.change.difference(&self.found.files);
        let all: Vec<DynamicObject> =
            objects.components.iter().chain(&objects.sync).cloned().collect();
        let previews = installation::preview(ctx, &all).await?;
        let (of_components, of_sync) = previews.split_at(objects.components.len());

        let mut text = self.creation();
        text += &self.commit(ctx, &files).await?;
        if let Some(wanted) = self.pull_secret {
            text += &components::preview_pull_secret(ctx, &plan.namespace, wanted).await?;
        }
        text += &installation::changes(ctx, of_components)?;
        text += &self.credentials.preview(ctx, host, repository, plan).await?;
        text += &installation::changes(ctx, of_sync)?;
        ctx.output.data(&text)?;

        let installation::Counts { created, configured, unchanged } =
            installation::count(previews.iter().map(|preview| preview.applied));
        ctx.output.done(format_args!(
            "dry run, nothing was written: {} files to be committed; {created} objects to be created, \
             {configured} to be configured, {unchanged} unchanged",
            files.len()
        ));
        Ok(())
    }

    fn name(&self) -> &RepositoryName {
        self.repository.map_or(&self.plan.repository, |repository| &repository.name)
    }

    fn creation(&self) -> String {
        if self.repository.is_some() {
            return String::new();
        }
        let visibility = if self.is_private { "private" } else { "public" };
        format!("repository {} created ({visibility})\n", self.name())
    }

    /// The commit with its `files`; nothing when they are all there.
    async fn commit(&self, ctx: &Context, files: &[&File]) -> Result<String> {
        let (branch, name) = (&self.plan.branch, self.name());
        let origin = match (&self.found.head, self.repository) {
            (Head::NoSuchBranch, Some(repository)) => Some(&repository.default_branch),
            _ => None,
        };
        if let (Some(tip), true) = (self.found.head.tip(), files.is_empty()) {
            let short = tip.commit.get(..8).unwrap_or(&tip.commit);
            ctx.output.done(format_args!("{branch} of {name} is up to date at {short}"));
            return Ok(String::new());
        }
        let mut text = match origin {
            Some(origin) => {
                clean(&format!("branch {branch} of {name} created at {origin}\n")).into()
            }
            None => String::new(),
        };
        if !files.is_empty() {
            text += &self.headline();
        }
        for file in files {
            let before = self.present(file).await?;
            text +=
                &diff::of_file(file.path(), before.as_deref(), file.content(), ctx.output.paper());
        }
        Ok(text)
    }

    /// Where the commit goes, who it is by, and what it says.
    fn headline(&self) -> String {
        let (branch, name) = (&self.plan.branch, self.name());
        let mut text = match self.proposed_on {
            Some(work) => format!("pull request to {branch} of {name} from {work}\n"),
            None => format!("commit to {branch} of {name}\n"),
        };
        // What is pushed to an empty repository is not of GitHub's making.
        let is_pushed = self.found.head == Head::EmptyRepository && self.repository.is_some();
        text += &match (self.change.signing(), self.change.author()) {
            (Signing::ByHost, _) if !is_pushed => {
                "Author: the token's owner, signed by GitHub\n".to_owned()
            }
            (_, Some(author)) => format!("Author: {} <{}>\n", author.name, author.email),
            (_, None) => String::new(),
        };
        if let Signing::ByKey(key) = self.change.signing() {
            text += &format!("Signed with {key}\n");
        }
        text += "\n";
        for line in self.change.message().lines() {
            text += format!("    {line}").trim_end();
            text += "\n";
        }
        text += "\n";
        clean(&text).into_owned()
    }

    /// The file as it is in the repository, if it is there.
    async fn present(&self, file: &File) -> Result<Option<String>> {
        let found = self.found.files.get(file.path());
        let Some((repository, blob)) = self.repository.zip(found) else { return Ok(None) };
        let content = self.host.read_file(repository, &blob.sha).await;
        let content = content.with_context(|| format!("cannot compare {}", file.path()))?;
        Ok(Some(String::from_utf8_lossy(&content).into_owned()))
    }
}
