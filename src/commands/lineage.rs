//! Which commit was built on which: known from the local repository, else from GitHub, else not at all.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result};
use kube::api::DynamicObject;
use secrecy::SecretString;

use crate::cli::revision::RevisionArg;
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::git_host::endpoints::Endpoints;
use crate::git_host::github::GitHub;
use crate::http_client::USER_AGENT;
use crate::kinds::view::text;
use crate::kinds::wanted::{Descent, Form, Wanted};
use crate::kinds::{self, Kind, ObjectRef};
use crate::local_repository::LocalRepository;

/// A wanted revision, and what is known about the commits that were seen instead.
pub(super) struct Lineage<'a> {
    ctx: &'a Context,
    pub(super) wanted: Wanted,
    local: Option<LocalRepository>,
    known: BTreeMap<String, Descent>,
    /// What GitHub has answered, or why it could not: it is asked once about each commit.
    asked: BTreeMap<String, Descent>,
    told: BTreeMap<String, String>,
}

impl<'a> Lineage<'a> {
    /// Finds out what is wanted; `HEAD` is what is checked out in the local repository.
    ///
    /// # Errors
    /// [`Class::Usage`] for `HEAD` outside of a repository, and in one without a commit.
    pub(super) fn new(ctx: &'a Context, revision: &RevisionArg) -> Result<Self> {
        let found = LocalRepository::discover(Path::new("."));
        let (local, wanted) = match revision {
            RevisionArg::Head => {
                let local = found
                    .and_then(|local| local.context("this folder is in no Git repository"))
                    .context("HEAD is what is checked out here")
                    .class(Class::Usage)
                    .hint("name the commit, or go to a clone of the repository")?;
                let head = local.head().class(Class::Usage)?;
                warn_about(ctx, &local, &head);
                (Some(local), Wanted::Commit { name: None, hash: head })
            }
            // The repository only helps here; one that cannot be opened helps nobody.
            RevisionArg::Named(wanted) => (found.ok().flatten(), wanted.clone()),
        };
        let wanted = completed(wanted, local.as_ref());
        let (known, asked, told) = Default::default();
        Ok(Self { ctx, wanted, local, known, asked, told })
    }

    /// What is known about a commit so far.
    pub(super) fn descent(&self, commit: &str) -> Option<Descent> {
        self.known.get(commit).cloned()
    }

    /// Forgets what could not be told, since it may be possible now: somebody may have fetched.
    pub(super) fn ask_again(&mut self) {
        self.known.retain(|_, descent| !matches!(descent, Descent::Unclear(_)));
    }

    /// Finds out whether `commit` was built on the wanted one. `url` is where the repository lives, if that
    /// is known; `tells` says that it cannot be found out, once.
    pub(super) async fn learn(&mut self, commit: &str, url: Option<&str>, tells: bool) {
        let Some(ancestor) = self.wanted.commit().map(str::to_owned) else { return };
        let here = self.local.as_ref().and_then(|local| local.holds(commit, &ancestor));
        let descent = match here {
            Some(true) => Descent::Holds,
            Some(false) => Descent::Lacks,
            None => self.ask_host(commit, &ancestor, url).await,
        };
        if let (Descent::Unclear(why), true) = (&descent, tells)
            && self.told.insert(commit.to_owned(), why.clone()).as_ref() != Some(why)
        {
            let (tip, ancestor) = (short(commit), short(&ancestor));
            self.ctx.output.warn(format_args!(
                "cannot tell whether {tip} was built on {ancestor}, so the wait goes on: {why}"
            ));
        }
        self.known.insert(commit.to_owned(), descent);
    }

    async fn ask_host(&mut self, commit: &str, ancestor: &str, url: Option<&str>) -> Descent {
        let here = self.what_is_missing_here(commit, ancestor);
        let Some(url) = url else { return Descent::Unclear(here) };
        if let Some(known) = self.asked.get(commit) {
            return known.clone();
        }
        let descent = match self.github_holds(commit, ancestor, url).await {
            Ok(true) => Descent::Holds,
            Ok(false) => Descent::Lacks,
            Err(error) => Descent::Unclear(format!("{here}, and {error:#}")),
        };
        self.asked.insert(commit.to_owned(), descent.clone());
        descent
    }

    fn what_is_missing_here(&self, commit: &str, ancestor: &str) -> String {
        let Some(local) = &self.local else {
            return "this folder is in no Git repository".to_owned();
        };
        let missing = [ancestor, commit].into_iter().find(|commit| local.commit(commit).is_none());
        match missing {
            Some(missing) => {
                format!("the local repository does not have {} (git fetch)", short(missing))
            }
            None => "the local repository is shallow (git fetch --unshallow)".to_owned(),
        }
    }

    /// # Errors
    /// When the repository is not GitHub's, there is no token, or GitHub does not tell.
    async fn github_holds(&self, commit: &str, ancestor: &str, url: &str) -> Result<bool> {
        let environment = |name: &str| self.ctx.environment.get(name).map(str::to_owned);
        let endpoints = Endpoints::resolve(None, environment)?;
        let repository = endpoints
            .repository_at(url)
            .with_context(|| format!("{url} is not at {}", endpoints.host()))?;
        let token = self.ctx.environment.get("GITHUB_TOKEN");
        let token = token.context("there is no GITHUB_TOKEN to ask GitHub with")?;
        let token = SecretString::from(token.trim());
        let output = self.ctx.output.clone();
        let github = GitHub::new(endpoints, token, None, USER_AGENT)?
            .with_deadline(self.ctx.deadline)
            .on_notice(move |notice| output.warn(notice));
        let holds = github.holds(&repository, ancestor, commit).await?;
        holds.with_context(|| format!("GitHub does not know both commits in {repository}"))
    }
}

/// The whole commit, where the local repository has it.
fn completed(wanted: Wanted, local: Option<&LocalRepository>) -> Wanted {
    match wanted {
        Wanted::Commit { name, hash } => {
            let whole = local.and_then(|local| local.commit(&hash));
            Wanted::Commit { name, hash: whole.unwrap_or(hash) }
        }
        other => other,
    }
}

/// Says what of the local repository no cluster can have seen.
fn warn_about(ctx: &Context, local: &LocalRepository, head: &str) {
    let output = &ctx.output;
    let head = short(head);
    if local.has_changes() == Some(true) {
        output.warn(format_args!(
            "there are uncommitted changes, which are not part of HEAD ({head})"
        ));
    }
    if local.is_pushed(&head) == Some(false) {
        output.warn(format_args!(
            "no remote has HEAD ({head}) as far as the local repository knows: the source has not seen it yet"
        ));
    }
}

/// Refuses an object of which nobody can tell whether it is at the wanted revision.
///
/// # Errors
/// [`Class::Usage`] with what its status tells instead.
pub(super) fn refuse_unknowable(
    kind: &Kind,
    object: &DynamicObject,
    wanted: &Wanted,
) -> Result<()> {
    let forms = (kind.revision_forms)(object);
    if forms.contains(&wanted.form()) {
        return Ok(());
    }
    let reference = ObjectRef::of(kind, object);
    let told: Vec<&str> = forms.iter().map(|form| in_words(*form)).collect();
    let why = match told.as_slice() {
        [] => "its status does not tell which revision it is at".to_owned(),
        told => format!("its status tells {}, not {}", told.join(" or "), in_words(wanted.form())),
    };
    Err(usage(format!("cannot tell whether {reference} is at {wanted}: {why}")))
}

fn in_words(form: Form) -> &'static str {
    match form {
        Form::Commit => "a commit",
        Form::Digest => "a digest",
        Form::Version => "the version of a chart",
    }
}

/// Where the repository lives that an object comes from in the end, as far as `find` knows the sources.
pub(super) fn url_of<'a>(
    kind: &'static Kind,
    object: &'a DynamicObject,
    find: &dyn Fn(&ObjectRef) -> Option<&'a DynamicObject>,
) -> Option<String> {
    let (mut kind, mut object) = (kind, object);
    // A source has a source of its own at most twice: HelmRelease, HelmChart, GitRepository.
    for _ in 0..4 {
        let Some(reference) = (kind.sources)(object).into_iter().next() else { break };
        kind = kinds::of_api_kind(&reference.kind)?;
        object = find(&reference)?;
    }
    text(object, "/spec/url").map(str::to_owned)
}

/// A commit in eight digits, as tables show it.
pub(super) fn short(commit: &str) -> String {
    commit.get(..8).unwrap_or(commit).to_owned()
}
