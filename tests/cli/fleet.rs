//! The whole sandbox around the real binary: a cluster with players, a GitHub, and the repository
//! `fleet-infra` that a bootstrap makes or finds.

#[path = "canaries.rs"]
pub(crate) mod canaries;
#[path = "started.rs"]
mod started;

use std::cell::RefCell;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kube::api::{Api, ApiResource, DynamicObject, GroupVersionKind};
use nigari_sandbox::github::{DeployKey, GitHub, RepositoryOptions};
use nigari_sandbox::kube::KubeApi;
use nigari_sandbox::recorder::Request;
use nigari_sandbox::sandbox::{Builder, Sandbox};
use nigari_test_support::PATIENCE;
use nigari_test_support::program::command;
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use self::canaries::{Canaries, Search};
use self::started::Started;

pub(crate) const REPOSITORY: &str = "fleet-infra";
/// Where Flux's own files are after [`Fleet::bootstrap`].
pub(crate) const FOLDER: &str = "clusters/production/flux-system";

/// A sandbox, and everything that nigari said in it.
pub(crate) struct Fleet {
    pub(crate) sandbox: Sandbox,
    said: RefCell<Vec<String>>,
    started: Started,
    seeded: RefCell<Canaries>,
}

impl Fleet {
    /// An empty cluster, and a GitHub where [`REPOSITORY`] does not exist.
    pub(crate) fn new() -> Self {
        Self::of(Sandbox::builder())
    }

    pub(crate) fn of(builder: Builder) -> Self {
        let sandbox = builder.start().unwrap();
        let outside = sandbox.root().join("given");
        fs::create_dir(&outside).unwrap();
        let started = Started::new(sandbox.root().join("programs"), outside.join("started"));
        Self { sandbox, said: RefCell::default(), started, seeded: RefCell::default() }
    }

    /// A fleet whose first bootstrap is done, and whose recorder is empty.
    pub(crate) fn bootstrapped() -> Self {
        Self::bootstrapped_in(Sandbox::builder())
    }

    pub(crate) fn bootstrapped_in(builder: Builder) -> Self {
        let fleet = Self::of(builder);
        let run = fleet.bootstrap("");
        assert_eq!(run.exit_code(), Some(0), "{run}");
        fleet.sandbox.recorder().clear();
        fleet
    }

    pub(crate) fn github(&self) -> &GitHub {
        self.sandbox.github()
    }

    pub(crate) fn kube(&self) -> &KubeApi {
        self.sandbox.kube()
    }

    /// Runs `bootstrap github` for the sandbox's owner and its folder `clusters/production`.
    pub(crate) fn bootstrap(&self, more: &str) -> Run {
        self.nigari(&self.bootstrap_arguments(more))
    }

    pub(crate) fn bootstrap_arguments(&self, more: &str) -> String {
        let owner = self.sandbox.owner();
        format!(
            "bootstrap github --owner={owner} --repository={REPOSITORY} \
             --path=./clusters/production {more}"
        )
    }

    /// Runs nigari to its end.
    pub(crate) fn nigari(&self, arguments: &str) -> Run {
        self.run(&mut self.command(arguments))
    }

    /// Runs what [`Self::command`] made, perhaps with other variables.
    pub(crate) fn run(&self, command: &mut Command) -> Run {
        self.heard(command.output().unwrap())
    }

    /// Starts nigari; [`Self::finished`] waits for its end.
    pub(crate) fn start(&self, arguments: &str) -> Child {
        let mut command = self.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    pub(crate) fn finished(&self, child: Child) -> Run {
        self.heard(child.wait_with_output().unwrap())
    }

    /// Nigari with the sandbox's variables, an empty home and nothing on standard input; what it starts by
    /// name is written down.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = command(&self.sandbox, arguments);
        command.env("PATH", self.started.search_path());
        command
    }

    /// Takes what a process said that has ended.
    pub(crate) fn heard(&self, output: Output) -> Run {
        let run = Run::of(&self.sandbox, output);
        self.said.borrow_mut().push(run.to_string());
        run.redacted()
    }

    /// Puts a shell script where [`Self::command`] looks for programs first.
    pub(crate) fn put_program(&self, name: &str, script: &str) {
        self.started.put(name, script);
    }

    /// A secret that must never come to light.
    pub(crate) fn seed(&self, name: &str, secret: &str) {
        self.seeded.borrow_mut().add(name, secret);
    }

    /// A secret in a file that is the user's, outside of the home folder that is searched.
    pub(crate) fn give(&self, name: &str, secret: &str) -> PathBuf {
        self.seed(name, secret);
        let path = self.given(name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        // OpenSSH takes no key that others may read.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&path).unwrap().write_all(secret.as_bytes()).unwrap();
        path
    }

    /// Where a file is that only the user has.
    pub(crate) fn given(&self, name: &str) -> PathBuf {
        self.sandbox.root().join("given").join(name.replace(' ', "-"))
    }

    /// Runs a shell script in the home folder, for what users do with plain git.
    pub(crate) fn shell(&self, script: &str) {
        let mut command = self.sandbox.command("/bin/sh");
        command.args(["-ec", script]).current_dir(self.sandbox.home()).stdin(Stdio::null());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    /// Makes the repository, with GitHub's own first commit or without any.
    pub(crate) fn create_repository(&self, auto_init: bool) {
        let options = RepositoryOptions { auto_init, ..RepositoryOptions::default() };
        self.github().create_repository(self.sandbox.owner(), REPOSITORY, &options).unwrap();
    }

    /// Commits one file to `main` as somebody else.
    pub(crate) fn commit(&self, path: &str, content: &str) -> String {
        let (owner, message) = (self.sandbox.owner(), format!("Somebody else's {path}"));
        self.github().commit_file(owner, REPOSITORY, "main", path, content, &message).unwrap()
    }

    /// The commit that `branch` points at.
    pub(crate) fn head(&self, branch: &str) -> Option<String> {
        let git = self.git()?;
        let branch = git.find_branch(branch, git2::BranchType::Local).ok()?;
        Some(branch.get().target()?.to_string())
    }

    /// The commits of a branch, oldest first: each with its subject and the files it changed.
    pub(crate) fn history(&self, branch: &str) -> String {
        let git = self.git().expect("the repository exists");
        let mut walk = git.revwalk().unwrap();
        walk.push_ref(&format!("refs/heads/{branch}")).unwrap();
        walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::REVERSE).unwrap();
        let mut lines = String::new();
        for commit in walk {
            let commit = git.find_commit(commit.unwrap()).unwrap();
            lines.push_str(&format!("{}\n", commit.summary().unwrap().unwrap_or_default()));
            for file in changed_files(&git, &commit) {
                lines.push_str(&format!("  {file}\n"));
            }
        }
        lines
    }

    /// The content of a file on `main`.
    pub(crate) fn file(&self, path: &str) -> Option<String> {
        let git = self.git()?;
        let tree = git.revparse_single("refs/heads/main").ok()?.peel_to_tree().ok()?;
        let blob = tree.get_path(path.as_ref()).ok()?.to_object(&git).ok()?;
        Some(String::from_utf8(blob.as_blob()?.content().to_vec()).unwrap())
    }

    pub(crate) fn git(&self) -> Option<git2::Repository> {
        let path = self.github().repository_path(self.sandbox.owner(), REPOSITORY)?;
        Some(git2::Repository::open_bare(path).unwrap())
    }

    pub(crate) fn deploy_keys(&self) -> Vec<DeployKey> {
        self.github().deploy_keys(self.sandbox.owner(), REPOSITORY)
    }

    /// An object in the namespace `flux-system`.
    pub(crate) fn object(&self, api_version: &str, kind: &str, name: &str) -> Option<Value> {
        if !self.sandbox.is_real() {
            return self.kube().get(api_version, kind, Some("flux-system"), name);
        }
        let (group, version) = api_version.rsplit_once('/').unwrap_or(("", api_version));
        let resource = ApiResource::from_gvk(&GroupVersionKind::gvk(group, version, kind));
        let api: Api<DynamicObject> =
            Api::namespaced_with(self.sandbox.client(), "flux-system", &resource);
        let found = self.sandbox.block_on(api.get_opt(name)).unwrap();
        found.map(|object| serde_json::to_value(object).unwrap())
    }

    /// A value of the source Secret.
    pub(crate) fn secret(&self, key: &str) -> Option<String> {
        let secret = self.object("v1", "Secret", "flux-system")?;
        let value = STANDARD.decode(secret["data"][key].as_str()?).unwrap();
        Some(String::from_utf8(value).unwrap())
    }

    /// Overwrites a value of the source Secret.
    pub(crate) fn spoil_secret(&self, key: &str, value: &str) {
        let mut secret = self.object("v1", "Secret", "flux-system").unwrap();
        secret["data"][key] = json!(STANDARD.encode(value));
        self.kube().put(secret).unwrap();
    }

    /// Waits until something has happened that nigari or a player is about to do.
    #[track_caller]
    pub(crate) fn until(&self, what: &str, is_done: impl FnMut() -> bool) {
        self.until_within(PATIENCE, what, is_done);
    }

    /// The same, with another limit than for what happens at once unless it never does.
    #[track_caller]
    pub(crate) fn until_within(
        &self,
        limit: Duration,
        what: &str,
        mut is_done: impl FnMut() -> bool,
    ) {
        let done = async {
            while !is_done() {
                sleep(Duration::from_millis(2)).await;
            }
        };
        // Made inside the runtime, which a timer needs.
        let waited = self.sandbox.block_on(async { timeout(limit, done).await });
        assert!(waited.is_ok(), "in vain waited until {what}");
    }

    /// Nothing was written anywhere since the recorder was cleared; to be refused is no write.
    #[track_caller]
    pub(crate) fn assert_untouched(&self, run: &Run) {
        let mut writes = self.sandbox.recorder().writes();
        writes.retain(|request| request.status < 400);
        let told =
            |Request { status, method, path, .. }: &Request| format!("{status} {method} {path}");
        let writes: Vec<String> = writes.iter().map(told).collect();
        assert!(writes.is_empty(), "{run}\n{writes:#?}");
    }

    /// The doubles and the players agree with what happened, and no secret came to light.
    pub(crate) fn finish(self) {
        assert_eq!(self.github().violations(), [""; 0]);
        assert_eq!(self.sandbox.troubles(), [""; 0]);
        assert_eq!(self.leaks(), [""; 0]);
    }

    /// Where a secret was seen that nobody should see there.
    pub(crate) fn leaks(&self) -> Vec<String> {
        let search = self.canaries().search();
        let mut leaks = self.leaks_into_files(&search);
        let said = self.said.borrow();
        leaks.extend(said.iter().filter_map(|said| search.leak(said, said.as_bytes())));
        leaks.extend(search.leak("the arguments of a program", &self.started.list()));
        for request in self.sandbox.recorder().all() {
            let place = format!("{} {}", request.method, request.path);
            leaks.extend(search.leak(&place, request.path.as_bytes()));
            // Secrets are where secrets belong; other objects are no place for them.
            let belongs_there = request.double == "kube" && request.path.contains("/secrets");
            let body = request.body.as_bytes();
            leaks.extend(search.leak(&place, body).filter(|_| !belongs_there));
        }
        leaks.extend(self.leaks_into_git(&search));
        leaks
    }

    /// The files below home and among the temporary ones that hold a secret now.
    pub(crate) fn leaks_into_files(&self, search: &Search) -> Vec<String> {
        let folders = [self.sandbox.home(), self.sandbox.temporary_folder()];
        folders.iter().flat_map(|folder| search.leaks_below(folder)).collect()
    }

    /// What must never come to light: what was seeded, what leads into GitHub and the cluster, and what the
    /// cluster was given.
    pub(crate) fn canaries(&self) -> Canaries {
        let mut canaries = self.seeded.borrow().clone();
        for (name, value) in self.sandbox.environment() {
            match name.as_str() {
                "GITHUB_TOKEN" => canaries.add("the token", &value),
                "KUBECONFIG" => canaries.extend(&of_kubeconfig(&value)),
                _ => {}
            }
        }
        let held = |key: &str| self.secret(key).unwrap_or_default();
        let public = held("identity.pub");
        canaries.add_private_key("the deploy key", &held("identity"), &public);
        canaries.add("the App's key", &held("githubAppPrivateKey"));
        canaries.add("the password of the cluster", &held("password"));
        for token in self.github().minted_tokens() {
            canaries.add("a token of an App", &token);
        }
        canaries
    }

    /// The objects of the Git repository that hold a secret.
    fn leaks_into_git(&self, search: &Search) -> Vec<String> {
        let Some(git) = self.git() else { return Vec::new() };
        let database = git.odb().unwrap();
        let mut found = Vec::new();
        database
            .foreach(|&id| {
                let object = database.read(id).unwrap();
                found.extend(search.leak(&format!("{} {id}", object.kind()), object.data()));
                true
            })
            .unwrap();
        found
    }
}

/// What a kubeconfig's users log in with.
fn of_kubeconfig(path: &str) -> Canaries {
    let mut canaries = Canaries::default();
    let config: Value =
        fs::read(path).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    for user in config["users"].as_array().into_iter().flatten() {
        for key in ["token", "client-key-data"] {
            let secret = user["user"][key].as_str().unwrap_or_default();
            canaries.add("the kubeconfig", secret);
        }
    }
    canaries
}

fn changed_files(git: &git2::Repository, commit: &git2::Commit<'_>) -> Vec<String> {
    let before = commit.parent(0).ok().map(|parent| parent.tree().unwrap());
    let after = commit.tree().unwrap();
    let difference = git.diff_tree_to_tree(before.as_ref(), Some(&after), None).unwrap();
    let files = difference.deltas().map(|delta| delta.new_file().path().unwrap().to_owned());
    files.map(|path| path.display().to_string()).collect()
}
