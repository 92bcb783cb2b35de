//! A GitHub double that listens, and a client for it.

#![allow(dead_code, reason = "each test binary uses a part of it")]
#![allow(clippy::disallowed_methods, reason = "a test reads what it is told to require")]
#![allow(unreachable_pub, missing_docs, reason = "test support is compiled into each test binary")]

use std::path::{Path, PathBuf};
use std::process::Command;

use nigari_sandbox::faults::Faults;
use nigari_sandbox::github::{GitHub, RepositoryOptions, Token};
use nigari_sandbox::recorder::Recorder;
use nigari_sandbox::serve::{self, Server};
use nigari_sandbox::tls::Authority;
use reqwest::redirect::Policy;
use reqwest::{Client, Method};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A GitHub with organisation `acme` of `ann`, and a stranger `bob`.
pub struct Hub {
    pub github: GitHub,
    pub faults: Faults,
    pub recorder: Recorder,
    pub origin: String,
    pub folder: TempDir,
    client: Client,
    _server: Server,
}

/// An answer read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub text: String,
    pub body: Value,
    headers: reqwest::header::HeaderMap,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }
}

impl Hub {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (faults, recorder) = (Faults::default(), Recorder::default());
        let github =
            GitHub::new(&folder.path().join("repositories"), faults.clone(), recorder.clone())
                .unwrap();
        let authority = Authority::new().unwrap();
        std::fs::write(folder.path().join("ca.crt"), authority.certificate_pem()).unwrap();
        let server =
            serve::https(github.router(), authority.server_config().unwrap()).await.unwrap();
        let origin = format!("https://localhost:{}", server.address.port());
        github.set_origin(&origin);
        github.add_user("ann");
        github.add_user("bob");
        github.add_org("acme", &["ann"]);
        for login in ["ann", "bob"] {
            github.add_token(Token::classic(&format!("token-of-{login}"), login, &["repo"]));
        }
        let root = reqwest::Certificate::from_pem(authority.certificate_pem().as_bytes()).unwrap();
        let client = Client::builder()
            .tls_certs_only([root])
            .no_proxy()
            .redirect(Policy::none())
            .build()
            .unwrap();
        Self { github, faults, recorder, origin, folder, client, _server: server }
    }

    /// With private repository `acme/fleet`, which holds GitHub's own first commit.
    pub async fn with_commit() -> Self {
        let hub = Self::new().await;
        hub.create(&RepositoryOptions { auto_init: true, ..RepositoryOptions::default() });
        hub
    }

    pub fn create(&self, options: &RepositoryOptions) {
        self.github.create_repository("acme", "fleet", options).unwrap();
    }

    pub fn as_token<'a>(&'a self, token: &'a str) -> As<'a> {
        As { hub: self, token }
    }

    fn ann(&self) -> As<'_> {
        self.as_token("token-of-ann")
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ann().get(path).await
    }

    pub async fn get_with(&self, path: &str, header: &str, value: &str) -> Answer {
        let mut request = self.ann().request(Method::GET, path).build().unwrap();
        let name = reqwest::header::HeaderName::try_from(header).unwrap();
        request.headers_mut().insert(name, value.parse().unwrap());
        read(self.client.execute(request).await.unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.ann().post(path, body).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.ann().put(path, body).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.try_patch(path, body).await.unwrap()
    }

    pub async fn try_patch(&self, path: &str, body: &Value) -> reqwest::Result<Answer> {
        Ok(read(self.ann().request(Method::PATCH, path).json(body).send().await?).await)
    }

    pub async fn delete(&self, path: &str) -> Answer {
        read(self.ann().request(Method::DELETE, path).send().await.unwrap()).await
    }

    pub async fn graphql(&self, query: &str, variables: &Value) -> Value {
        let body = json!({ "query": query, "variables": variables });
        let request = self
            .client
            .post(format!("{}/api/graphql", self.origin))
            .header("user-agent", "test/1 (x)")
            .bearer_auth("token-of-ann")
            .json(&body);
        let answer = read(request.send().await.unwrap()).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.body
    }

    /// The commit at the tip of `main`.
    pub async fn head(&self) -> String {
        let answer = self.get("repos/acme/fleet/git/ref/heads/main").await;
        answer.body["object"]["sha"].as_str().unwrap().to_owned()
    }

    /// Runs stock git against this GitHub as the holder of a token.
    pub fn git(&self, folder: &Path, token: &str, arguments: &[&str]) -> std::process::Output {
        let credentials = format!("!f() {{ echo username=x; echo password={token}; }}; f");
        Command::new("git")
            .current_dir(folder)
            .args(arguments)
            .env("GIT_SSL_CAINFO", self.folder.path().join("ca.crt"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_CONFIG_COUNT", "1")
            .env("GIT_CONFIG_KEY_0", "credential.helper")
            .env("GIT_CONFIG_VALUE_0", credentials)
            .envs([("GIT_AUTHOR_NAME", "G"), ("GIT_AUTHOR_EMAIL", "g@example.com")])
            .envs([("GIT_COMMITTER_NAME", "G"), ("GIT_COMMITTER_EMAIL", "g@example.com")])
            .env("no_proxy", "*")
            .output()
            .unwrap()
    }

    pub fn clone_address(&self) -> String {
        format!("{}/acme/fleet.git", self.origin)
    }

    /// Every repository is sound, and nothing deviated from GitHub's description.
    pub fn finish(&self) {
        for path in bare_repositories(&self.folder.path().join("repositories")) {
            let fsck = Command::new("git")
                .current_dir(&path)
                .args(["fsck", "--strict", "--no-dangling"])
                .output()
                .unwrap();
            let errors = String::from_utf8_lossy(&fsck.stderr);
            assert!(fsck.status.success(), "{}: {errors}", path.display());
        }
        assert_eq!(self.github.violations(), Vec::<String>::new());
        let is_required = std::env::var_os("NIGARI_REQUIRE_ORACLE").is_some();
        assert!(self.github.is_validated() || !is_required, "GitHub's description is missing");
    }
}

fn bare_repositories(root: &Path) -> Vec<PathBuf> {
    let folders = |path: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(path).into_iter().flatten();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    folders(root).iter().flat_map(|owner| folders(owner)).collect()
}

/// A client with one token; the empty token sends none.
pub struct As<'a> {
    hub: &'a Hub,
    token: &'a str,
}

impl As<'_> {
    pub async fn get(&self, path: &str) -> Answer {
        read(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        read(self.request(Method::POST, path).json(body).send().await.unwrap()).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        read(self.request(Method::PUT, path).json(body).send().await.unwrap()).await
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let address = format!("{}/api/v3/{path}", self.hub.origin);
        let request = self.hub.client.request(method, address).header("user-agent", "test/1 (x)");
        if self.token.is_empty() { request } else { request.bearer_auth(self.token) }
    }
}

async fn read(response: reqwest::Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await.unwrap();
    let body = serde_json::from_str(&text).unwrap_or_default();
    Answer { status, text, body, headers }
}
