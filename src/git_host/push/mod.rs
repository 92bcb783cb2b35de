//! Pushes over Git's smart HTTP protocol, for what GitHub's API cannot do: the first commit of an empty
//! repository, and a commit that an SSH key has signed.

mod commit;
mod operation;
mod stream;

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context as _, Result, anyhow};
use git2::{
    ObjectType, PushOptions, RemoteCallbacks, Repository, RepositoryInitOptions, Signature,
};
use secrecy::SecretString;

use super::BranchRule;
use super::change::{Author, Change, File, Signing};
use crate::error::{Class, Explain as _};
use crate::http_client;
use crate::private_folder::private_folder;
use operation::{Operation, StopOnDrop};

/// Where to push, and as whom.
pub(super) struct Push {
    pub(super) url: String,
    pub(super) username: String,
    pub(super) password: SecretString,
    pub(super) ca_pem: Option<Vec<u8>>,
    pub(super) user_agent: String,
    pub(super) branch: String,
}

impl Push {
    /// Pushes `change` as a commit without parents and returns its name.
    ///
    /// Dropping the future stops the transfer. The server creates the branch or refuses; it never
    /// replaces one.
    ///
    /// # Errors
    /// [`Class::Denied`], [`Class::Conflict`] when the branch exists, [`Class::Unreachable`].
    pub(super) async fn root_commit(
        self,
        change: Change,
        author: Option<Author>,
    ) -> Result<String> {
        let client = self.client()?;
        let (stop, stopped) = StopOnDrop::new();
        let operation = Operation::new(client, self.username, self.password, stopped);
        let (url, branch) = (self.url, self.branch);
        let work = move || push_root_commit(&operation, &url, &branch, &change, author.as_ref());
        let pushed = tokio::task::spawn_blocking(work).await.context("the push was interrupted")?;
        drop(stop);
        pushed
    }

    fn client(&self) -> Result<reqwest::Client> {
        http_client::client(&self.agent(), self.ca_pem.as_deref())?
            .redirect(stream::redirect_policy())
            .build()
            .context("cannot make an HTTP client")
    }

    /// Some servers answer as to a browser unless the agent begins like Git's own.
    fn agent(&self) -> String {
        format!("git/2 {}", self.user_agent)
    }
}

fn push_root_commit(
    operation: &Arc<Operation>,
    url: &str,
    branch: &str,
    change: &Change,
    author: Option<&Author>,
) -> Result<String> {
    let folder = private_folder()?;
    let local = || -> Result<_> {
        let repository = init(folder.path())?;
        forget_user_settings(&repository)?;
        let text = root_commit(&repository, change, author)?;
        Ok((repository, text))
    };
    let (repository, text) = local().context("cannot make a commit")?;
    let signature = match change.signing() {
        Signing::ByKey(key) => Some(operation.wait(key.sign(text.as_bytes()))?),
        Signing::Unasked | Signing::ByHost => None,
    };
    let commit = store(&repository, branch, &text, signature.as_deref());
    let commit = commit.context("cannot make a commit")?;
    send(operation, &repository, url, branch)
        .with_context(|| format!("cannot push the first commit to {url}"))?;
    Ok(commit.to_string())
}

/// Makes a bare repository, without the hooks of the machine's template.
fn init(folder: &Path) -> Result<Repository, git2::Error> {
    let mut options = RepositoryInitOptions::new();
    Repository::init_opts(folder, options.bare(true).external_template(false))
}

/// Takes the user's Git configuration away from a repository: `url.*.insteadOf` would send an HTTPS
/// push over SSH.
fn forget_user_settings(repository: &Repository) -> Result<(), git2::Error> {
    repository.set_config(&git2::Config::new()?)
}

/// Stores the files of the commit, and makes its text.
fn root_commit(
    repository: &Repository,
    change: &Change,
    author: Option<&Author>,
) -> Result<String> {
    let mut index = git2::Index::new()?;
    for file in change.files() {
        let id = repository.odb()?.write(ObjectType::Blob, file.content().as_bytes())?;
        index.add(&index_entry(file, id))?;
    }
    let tree = repository.find_tree(index.write_tree_to(repository)?)?;
    let author = author.context("a first commit needs an author")?;
    let signature = Signature::now(&author.name, &author.email)?;
    let text =
        repository.commit_create_buffer(&signature, &signature, change.message(), &tree, &[])?;
    String::from_utf8(text.to_vec()).context("a commit that is not text")
}

/// Stores the commit, with `refs/heads/BRANCH` on it.
fn store(
    repository: &Repository,
    branch: &str,
    text: &str,
    signature: Option<&str>,
) -> Result<git2::Oid> {
    let commit = match signature {
        Some(signature) => repository.commit_signed(text, signature, None)?,
        None => repository.odb()?.write(ObjectType::Commit, text.as_bytes())?,
    };
    repository.reference(&format!("refs/heads/{branch}"), commit, false, "bootstrap")?;
    Ok(commit)
}

fn index_entry(file: &File, id: git2::Oid) -> git2::IndexEntry {
    let never = git2::IndexTime::new(0, 0);
    git2::IndexEntry {
        ctime: never,
        mtime: never,
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id,
        flags: 0,
        flags_extended: 0,
        path: file.path().as_bytes().to_vec(),
    }
}

fn send(operation: &Arc<Operation>, local: &Repository, url: &str, branch: &str) -> Result<()> {
    let reference = format!("refs/heads/{branch}:refs/heads/{branch}");
    // A refusal by the server is no failure of the push to libgit2; it only comes as a status.
    let refusal: Arc<Mutex<Option<String>>> = Arc::default();
    let told: Arc<Mutex<String>> = Arc::default();
    operation.run(|| {
        let mut callbacks = RemoteCallbacks::new();
        callbacks.push_update_reference(|_, status| {
            *refusal.lock().unwrap_or_else(PoisonError::into_inner) = status.map(str::to_owned);
            Ok(())
        });
        callbacks.sideband_progress(|text| {
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            told.push_str(&String::from_utf8_lossy(text));
            true
        });
        let mut options = PushOptions::new();
        options.remote_callbacks(callbacks);
        local.remote_anonymous(url)?.push(&[&reference], Some(&mut options))
    })?;
    let refusal = refusal.lock().unwrap_or_else(PoisonError::into_inner).take();
    let told = told.lock().unwrap_or_else(PoisonError::into_inner);
    refusal.map_or(Ok(()), |status| Err(refused(&status, &told)))
}

/// A status other than success: hooks and rules refuse, or somebody was first.
fn refused(status: &str, told: &str) -> anyhow::Error {
    let is_rule =
        status.contains("hook declined") || told.contains("GH006") || told.contains("GH013");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    let error = anyhow!("the server refused the branch: {status}");
    let error =
        if told.is_empty() { error } else { anyhow!(told.clone()).context(error.to_string()) };
    if is_rule {
        return anyhow!(BranchRule::of(&told)).context(format!("{error:#}")).class(Class::Denied);
    }
    error.class(Class::Conflict)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    #[test]
    fn the_root_commit_holds_exactly_the_files() {
        let folder = tempfile::tempdir().expect("folder");
        let repository = Repository::init_bare(folder.path()).expect("repository");
        let files =
            ["a.yaml", "clusters/prod/b.yaml"].map(|path| File::new(path, path).expect("path"));
        let change = Change::new(files.to_vec(), "first", None).expect("change");
        let author = Author { name: "Flux".to_owned(), email: "flux@acme.io".to_owned() };
        let text = root_commit(&repository, &change, Some(&author)).expect("text");
        let made = store(&repository, "main", &text, None).expect("commit");

        let commit = repository.find_commit(made).expect("commit");
        assert_eq!(commit.parent_count(), 0);
        assert_eq!(commit.message().ok(), Some("first"));
        let tree = commit.tree().expect("tree");
        assert_eq!(tree.len(), 2);
        let nested = tree.get_path("clusters/prod/b.yaml".as_ref()).expect("file");
        assert_eq!(nested.id().to_string(), files[1].blob_sha());
        let branch = repository.refname_to_id("refs/heads/main").expect("branch");
        assert_eq!(branch, made);
    }

    #[test]
    fn the_users_settings_do_not_send_the_push_elsewhere() {
        let folder = tempfile::tempdir().expect("folder");
        let repository = Repository::init_bare(folder.path()).expect("repository");
        let mut config = repository.config().expect("config");
        config.set_str("url.ssh://git@github.com/.insteadOf", "https://github.com/").expect("set");
        let address = || {
            let remote = repository.remote_anonymous("https://github.com/acme/fleet.git");
            remote.expect("remote").url().expect("address").to_owned()
        };
        assert_eq!(address(), "ssh://git@github.com/acme/fleet.git", "the setting works");
        forget_user_settings(&repository).expect("forgotten");
        assert_eq!(address(), "https://github.com/acme/fleet.git");
    }

    #[test]
    fn a_rule_is_told_from_a_lost_race() {
        let rule = refused("pre-receive hook declined", "GH006: Protected branch");
        assert_eq!(class_of(&rule), Class::Denied);
        assert_eq!(class_of(&refused("non-fast-forward", "")), Class::Conflict);
    }
}
