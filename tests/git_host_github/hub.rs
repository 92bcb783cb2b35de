//! A GitHub that listens on loopback, with organisation `acme` of `ann` and a stranger `bob`.

use std::path::PathBuf;
use std::process::Command;
use std::sync::{Arc, Mutex};

use nigari::git_host::change::{Change, File};
use nigari::git_host::endpoints::Endpoints;
use nigari::git_host::github::GitHub;
use nigari::git_host::ssh_key::{Algorithm, KeyPair, PublicKey};
use nigari::git_host::{GitHost as _, Repository};
use nigari_sandbox::faults::Faults;
use nigari_sandbox::github::{GitHub as Double, RepositoryOptions, Token};
use nigari_sandbox::recorder::Recorder;
use nigari_sandbox::serve::{self, Server};
use nigari_sandbox::tls::Authority;
use secrecy::SecretString;
use tempfile::TempDir;

pub(crate) struct Hub {
    pub(crate) github: Double,
    pub(crate) faults: Faults,
    pub(crate) recorder: Recorder,
    origin: String,
    ca_pem: String,
    _folder: TempDir,
    _server: Server,
}

/// What a hook of a test is allowed to do.
pub(crate) struct Others {
    pub(crate) github: Double,
}

impl Others {
    /// Somebody else's commit of one file; returns its name.
    pub(crate) fn commit(&self, branch: &str, path: &str, content: &str) -> String {
        self.github
            .commit_file("acme", "fleet", branch, path, content, &format!("change {path}"))
            .expect("committed")
    }
}

impl Hub {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("folder");
        let (faults, recorder) = (Faults::default(), Recorder::default());
        let root = folder.path().join("repositories");
        let github = Double::new(&root, faults.clone(), recorder.clone()).expect("double");
        let authority = Authority::new().expect("authority");
        let tls = authority.server_config().expect("certificate");
        let server = serve::https(github.router(), tls).await.expect("listening");
        let origin = format!("https://localhost:{}", server.address.port());
        github.set_origin(&origin);
        github.add_user("ann");
        github.add_user("bob");
        github.add_org("acme", &["ann"]);
        for login in ["ann", "bob"] {
            github.add_token(Token::classic(&format!("token-of-{login}"), login, &["repo"]));
        }
        let ca_pem = authority.certificate_pem().to_owned();
        Self { github, faults, recorder, origin, ca_pem, _folder: folder, _server: server }
    }

    /// With private repository `acme/fleet`, which holds GitHub's own first commit.
    pub(crate) async fn with_commit() -> Self {
        let hub = Self::new().await;
        hub.create(&with_first_commit());
        hub
    }

    pub(crate) fn create(&self, options: &RepositoryOptions) {
        self.github.create_repository("acme", "fleet", options).expect("created");
    }

    pub(crate) fn client(&self) -> GitHub {
        self.client_of("token-of-ann")
    }

    pub(crate) fn client_of(&self, token: &str) -> GitHub {
        self.client_with(token, Some(self.ca_pem.as_bytes()))
    }

    pub(crate) fn client_without_ca(&self) -> GitHub {
        self.client_with("token-of-ann", None)
    }

    fn client_with(&self, token: &str, ca_pem: Option<&[u8]>) -> GitHub {
        let env =
            |name: &str| (name == "GITHUB_API_URL").then(|| format!("{}/api/v3", self.origin));
        let endpoints = Endpoints::resolve(None, env).expect("endpoints");
        GitHub::new(endpoints, SecretString::from(token), ca_pem, "nigari/test").expect("client")
    }

    /// `acme/fleet` as the client reads it.
    pub(crate) async fn repository(&self) -> Repository {
        let name = "acme/fleet".parse().expect("name");
        self.client().find_repository(&name).await.expect("asked").expect("found")
    }

    pub(crate) fn others(&self) -> Others {
        Others { github: self.github.clone() }
    }

    pub(crate) fn commit(&self, branch: &str, path: &str, content: &str) -> String {
        self.others().commit(branch, path, content)
    }

    /// Runs `act` once, after the client has read the branch and before its next update is applied;
    /// what it returned is in the slot afterwards.
    pub(crate) fn before_next_update(
        &self,
        mut act: impl FnMut(&Others) -> String + Send + 'static,
    ) -> Arc<Mutex<Option<String>>> {
        let (others, slot) = (self.others(), Arc::new(Mutex::new(None)));
        let result = Arc::clone(&slot);
        self.github.on_ref_update(move |_| {
            let mut result = result.lock().expect("lock");
            if result.is_none() {
                *result = Some(act(&others));
            }
        });
        slot
    }

    fn path(&self) -> PathBuf {
        self.github.repository_path("acme", "fleet").expect("repository")
    }

    /// Runs stock git in the bare repository and returns what it printed.
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        let ran = Command::new("git").arg("-C").arg(self.path()).args(arguments).output();
        let output = ran.expect("git");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "git {arguments:?}: {told}");
        String::from_utf8(output.stdout).expect("text")
    }

    /// The commits of a branch, newest first.
    pub(crate) fn log(&self, branch: &str) -> Vec<String> {
        self.git(&["rev-list", branch]).lines().map(str::to_owned).collect()
    }

    pub(crate) fn files(&self, branch: &str) -> Vec<String> {
        let listed = self.git(&["ls-tree", "-r", "--name-only", branch]);
        listed.lines().map(str::to_owned).collect()
    }

    pub(crate) fn file(&self, branch: &str, path: &str) -> String {
        self.git(&["show", &format!("{branch}:{path}")])
    }

    /// The writes that arrived: `METHOD PATH`.
    pub(crate) fn writes(&self) -> Vec<String> {
        let writes = self.recorder.writes();
        writes.iter().map(|write| format!("{} {}", write.method, write.path)).collect()
    }

    /// What holds at the end of every test: sound repositories, and requests and answers as GitHub's
    /// own description has them.
    pub(crate) fn finish(&self) {
        if self.github.repository_path("acme", "fleet").is_some() {
            self.git(&["fsck", "--strict", "--no-dangling"]);
        }
        assert_eq!(self.github.violations(), Vec::<String>::new());
        assert_eq!(self.github.without_version(), Vec::<String>::new());
    }
}

/// A repository as it is when GitHub created it with `auto_init`.
pub(crate) fn with_first_commit() -> RepositoryOptions {
    RepositoryOptions { auto_init: true, ..RepositoryOptions::default() }
}

pub(crate) fn file(path: &str, content: &str) -> File {
    File::new(path, content).expect("path")
}

pub(crate) fn change(files: &[(&str, &str)]) -> Change {
    let files = files.iter().map(|(path, content)| file(path, content)).collect();
    Change::new(files, "Add Flux sync manifests", None).expect("change")
}

pub(crate) fn key() -> PublicKey {
    KeyPair::generate(Algorithm::Ed25519).expect("key").public
}
