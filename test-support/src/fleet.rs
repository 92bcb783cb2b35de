//! The whole sandbox around the real binary: a cluster with players, a GitHub, and the repository
//! `fleet-infra` that a bootstrap makes or finds.

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
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::PATIENCE;
use crate::canaries::{Canaries, Search};
use crate::program::command;
use crate::run::Run;
use crate::started::Started;

/// The repository that a bootstrap makes or finds; its owner is the sandbox's.
pub const REPOSITORY: &str = "fleet-infra";
/// Where Flux's own files are after [`Fleet::bootstrap`].
pub const FOLDER: &str = "clusters/production/flux-system";

/// A sandbox, and everything that nigari said in it.
pub struct Fleet {
    /// Cluster, GitHub and players.
    pub sandbox: Sandbox,
    said: RefCell<Vec<String>>,
    started: Started,
    seeded: RefCell<Canaries>,
}

impl Fleet {
    /// An empty cluster, and a GitHub where [`REPOSITORY`] does not exist.
    #[expect(clippy::new_without_default, reason = "it starts servers, which no default does")]
    pub fn new() -> Self {
        Self::of(Sandbox::builder())
    }

    /// The same, of a sandbox that is described.
    pub fn of(builder: Builder) -> Self {
        let sandbox = builder.start().unwrap();
        let outside = sandbox.root().join("given");
        fs::create_dir(&outside).unwrap();
        let started = Started::new(sandbox.root().join("programs"), outside.join("started"));
        Self { sandbox, said: RefCell::default(), started, seeded: RefCell::default() }
    }

    /// A fleet whose first bootstrap is done, and whose recorder is empty.
    pub fn bootstrapped() -> Self {
        Self::bootstrapped_in(Sandbox::builder())
    }

    /// The same as [`Self::bootstrapped`], in a sandbox that is described.
    pub fn bootstrapped_in(builder: Builder) -> Self {
        let fleet = Self::of(builder);
        let run = fleet.bootstrap("");
        assert_eq!(run.exit_code(), Some(0), "{run}");
        fleet.sandbox.recorder().clear();
        fleet
    }

    /// The GitHub.
    pub fn github(&self) -> &GitHub {
        self.sandbox.github()
    }

    /// The sandbox's own API, for a look behind the scenes; a real control plane has none.
    pub fn kube(&self) -> &KubeApi {
        self.sandbox.kube()
    }

    /// Runs `bootstrap github` for the sandbox's owner and its folder `clusters/production`.
    pub fn bootstrap(&self, more: &str) -> Run {
        self.nigari(&self.bootstrap_arguments(more))
    }

    /// What [`Self::bootstrap`] types.
    pub fn bootstrap_arguments(&self, more: &str) -> String {
        let owner = self.sandbox.owner();
        format!(
            "bootstrap github --owner={owner} --repository={REPOSITORY} \
             --path=./clusters/production {more}"
        )
    }

    /// Runs nigari to its end.
    pub fn nigari(&self, arguments: &str) -> Run {
        self.run(&mut self.command(arguments))
    }

    /// Runs what [`Self::command`] made, perhaps with other variables.
    pub fn run(&self, command: &mut Command) -> Run {
        self.heard(command.output().unwrap())
    }

    /// Starts nigari; [`Self::finished`] waits for its end.
    pub fn start(&self, arguments: &str) -> Child {
        let mut command = self.command(arguments);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Waits for the end of what was started.
    pub fn finished(&self, child: Child) -> Run {
        self.heard(child.wait_with_output().unwrap())
    }

    /// Nigari with the sandbox's variables, an empty home and nothing on standard input; what it starts by
    /// name is written down.
    pub fn command(&self, arguments: &str) -> Command {
        let mut command = command(&self.sandbox, arguments);
        command.env("PATH", self.started.search_path());
        command
    }

    /// Takes what a process said that has ended.
    pub fn heard(&self, output: Output) -> Run {
        let run = Run::of(&self.sandbox, output);
        self.said.borrow_mut().push(run.to_string());
        run.redacted()
    }

    /// Puts a shell script where [`Self::command`] looks for programs first.
    pub fn put_program(&self, name: &str, script: &str) {
        self.started.put(name, script);
    }

    /// A secret that must never come to light.
    pub fn seed(&self, name: &str, secret: &str) {
        self.seeded.borrow_mut().add(name, secret);
    }

    /// A secret in a file that is the user's, outside of the home folder that is searched.
    pub fn give(&self, name: &str, secret: &str) -> PathBuf {
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
    pub fn given(&self, name: &str) -> PathBuf {
        self.sandbox.root().join("given").join(name.replace(' ', "-"))
    }

    /// Runs a shell script in the home folder, for what users do with plain git.
    pub fn shell(&self, script: &str) {
        let mut command = self.sandbox.command("/bin/sh");
        command.args(["-ec", script]).current_dir(self.sandbox.home()).stdin(Stdio::null());
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    /// Makes the repository, with GitHub's own first commit or without any.
    pub fn create_repository(&self, auto_init: bool) {
        let options = RepositoryOptions { auto_init, ..RepositoryOptions::default() };
        self.github().create_repository(self.sandbox.owner(), REPOSITORY, &options).unwrap();
    }

    /// Commits one file to `main` as somebody else.
    pub fn commit(&self, path: &str, content: &str) -> String {
        let (owner, message) = (self.sandbox.owner(), format!("Somebody else's {path}"));
        self.github().commit_file(owner, REPOSITORY, "main", path, content, &message).unwrap()
    }

    /// The commit that `branch` points at.
    pub fn head(&self, branch: &str) -> Option<String> {
        let git = self.git()?;
        let branch = git.find_branch(branch, git2::BranchType::Local).ok()?;
        Some(branch.get().target()?.to_string())
    }

    /// The commits of a branch, oldest first: each with its subject and the files it changed.
    pub fn history(&self, branch: &str) -> String {
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
    pub fn file(&self, path: &str) -> Option<String> {
        let git = self.git()?;
        let tree = git.revparse_single("refs/heads/main").ok()?.peel_to_tree().ok()?;
        let blob = tree.get_path(path.as_ref()).ok()?.to_object(&git).ok()?;
        Some(String::from_utf8(blob.as_blob()?.content().to_vec()).unwrap())
    }

    /// The repository as it is on GitHub's disk, if there is one.
    pub fn git(&self) -> Option<git2::Repository> {
        let path = self.github().repository_path(self.sandbox.owner(), REPOSITORY)?;
        Some(git2::Repository::open_bare(path).unwrap())
    }

    /// The deploy keys of the repository.
    pub fn deploy_keys(&self) -> Vec<DeployKey> {
        self.github().deploy_keys(self.sandbox.owner(), REPOSITORY)
    }

    /// An object in the namespace `flux-system`.
    pub fn object(&self, api_version: &str, kind: &str, name: &str) -> Option<Value> {
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
    pub fn secret(&self, key: &str) -> Option<String> {
        let secret = self.object("v1", "Secret", "flux-system")?;
        let value = STANDARD.decode(secret["data"][key].as_str()?).unwrap();
        Some(String::from_utf8(value).unwrap())
    }

    /// Overwrites a value of the source Secret.
    pub fn spoil_secret(&self, key: &str, value: &str) {
        let mut secret = self.object("v1", "Secret", "flux-system").unwrap();
        secret["data"][key] = json!(STANDARD.encode(value));
        self.kube().put(secret).unwrap();
    }

    /// Waits until something has happened that nigari or a player is about to do.
    #[track_caller]
    pub fn until(&self, what: &str, is_done: impl FnMut() -> bool) {
        self.until_within(PATIENCE, what, is_done);
    }

    /// The same, with another limit than for what happens at once unless it never does.
    #[track_caller]
    pub fn until_within(&self, limit: Duration, what: &str, mut is_done: impl FnMut() -> bool) {
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
    pub fn assert_untouched(&self, run: &Run) {
        let mut writes = self.sandbox.recorder().writes();
        writes.retain(|request| request.status < 400);
        let told =
            |Request { status, method, path, .. }: &Request| format!("{status} {method} {path}");
        let writes: Vec<String> = writes.iter().map(told).collect();
        assert!(writes.is_empty(), "{run}\n{writes:#?}");
    }

    /// The doubles and the players agree with what happened, and no secret came to light.
    pub fn finish(self) {
        assert_eq!(self.github().violations(), [""; 0]);
        assert_eq!(self.sandbox.troubles(), [""; 0]);
        assert_eq!(self.leaks(), [""; 0]);
    }

    /// Where a secret was seen that nobody should see there.
    pub fn leaks(&self) -> Vec<String> {
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
    pub fn leaks_into_files(&self, search: &Search) -> Vec<String> {
        let folders = [self.sandbox.home(), self.sandbox.temporary_folder()];
        folders.iter().flat_map(|folder| search.leaks_below(folder)).collect()
    }

    /// What must never come to light: what was seeded, what leads into GitHub and the cluster, and what the
    /// cluster was given.
    pub fn canaries(&self) -> Canaries {
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
