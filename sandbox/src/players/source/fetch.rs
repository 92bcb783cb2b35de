//! Fetching: only what the Secret really permits, with the messages that go-git gives.
//!
//! Source: fluxcd/pkg, `git/options.go` (what a Secret must hold) and `git/gogit/clone.go` (how
//! errors are wrapped); golang.org/x/crypto/ssh and go-git for the innermost texts.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use aws_lc_rs::digest::{Context, SHA256};
use git2::{ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};
use k8s_openapi::ByteString;
use serde_json::Value;

use super::remote::unknown_host;
use super::{Failure, github_app, known_hosts, ssh_key};
use crate::faults::Faults;
use crate::github::Refusal;
use crate::players::GitServer;
use crate::players::files::hex;
use crate::players::git_server::Location;

const AUTHENTICATION: &str = "AuthenticationFailed";
const OPERATION: &str = "GitOperationFailed";

/// What to fetch, with what.
pub(in crate::players) struct Request {
    /// `spec` of the GitRepository.
    pub(in crate::players) spec: Value,
    /// The data of the Secret that `spec.secretRef` names.
    pub(in crate::players) secret: Option<BTreeMap<String, ByteString>>,
    pub(in crate::players) namespace: String,
    /// The revision in storage; the remote is only listed when it still stands there.
    pub(in crate::players) last_revision: Option<String>,
    pub(in crate::players) faults: Faults,
}

/// A commit that may be read.
pub(in crate::players) struct Checkout {
    /// The bare repository.
    pub(in crate::players) repository: PathBuf,
    /// `main@sha1:…`.
    pub(in crate::players) revision: String,
    pub(in crate::players) commit: String,
    /// The first line of the commit message, cut to 50 characters.
    pub(super) subject: String,
    pub(super) digest: String,
    pub(super) size_bytes: usize,
    /// The remote was only listed: it stands at the revision in storage.
    pub(super) is_unchanged: bool,
}

/// The Secret does not exist. The controller wraps this message twice.
pub(super) fn no_secret(namespace: &str, name: &str) -> Failure {
    let context = format!("failed to get secret '{namespace}/{name}'");
    let message = format!("{context}: {context}: secrets \"{name}\" not found");
    Failure::new(AUTHENTICATION, message)
}

impl Failure {
    fn options(problem: &str) -> Self {
        Self::new(AUTHENTICATION, format!("failed to configure authentication options: {problem}"))
    }

    fn checkout(problem: &str) -> Self {
        Self::new(OPERATION, format!("failed to checkout and determine revision: {problem}"))
    }
}

/// Fetches what `request` names, if the Secret would really work; blocks.
pub(in crate::players) fn fetch(
    server: &GitServer,
    request: &Request,
) -> Result<Checkout, Failure> {
    let url = request.spec["url"].as_str().unwrap_or_default();
    let Some(location) = Location::parse(url) else {
        let problem = format!("failed to parse url '{url}': it names no repository");
        return Err(Failure::new("URLInvalid", problem).stalling());
    };
    refuse_unplayed(&request.spec)?;
    let mut credentials = Credentials::of(request, &location)?;
    if let Some(token) = github_app::token(server, request)? {
        credentials.username = "x-access-token".to_owned();
        credentials.password = token;
    }
    let is_resolved = server.answers(&location)
        && !request.faults.fire_if("source.dns", |host| host == location.host());
    let connected = if is_resolved {
        connect(server, &location, &credentials, url)
    } else {
        Err(unresolved(&location, url))
    };
    connected.map_err(|problem| failed(request, url, &problem))?;
    let path = server.repository(&location);
    let path = path.ok_or_else(|| failed(request, url, &Problem::NoRepository))?;
    let repository = Repository::open_bare(&path)
        .map_err(|error| failed(request, url, &Problem::Other(error.message().to_owned())))?;
    check_out(&repository, request, url)
}

/// The fields of a GitRepository that the sandbox does not act on.
fn refuse_unplayed(spec: &Value) -> Result<(), Failure> {
    let pointers =
        ["/include", "/verify", "/proxySecretRef", "/sparseCheckout", "/ignore", "/ref/semver"];
    let unplayed = pointers.into_iter().find(|pointer| spec.pointer(pointer).is_some());
    let provider = spec["provider"].as_str().filter(|provider| *provider != "generic");
    let provider = provider.filter(|provider| *provider != "github");
    let unplayed = unplayed.or(provider.map(|_| "/provider"));
    unplayed.map_or(Ok(()), |pointer| {
        let field = pointer.replace('/', ".");
        Err(Failure::checkout(&format!("the sandbox does not play spec{field}")))
    })
}

/// What the Secret offers, as `git.NewAuthOptions` reads it.
#[derive(Default)]
struct Credentials {
    identity: String,
    known_hosts: String,
    username: String,
    password: String,
    certificates: String,
}

impl Credentials {
    fn of(request: &Request, location: &Location) -> Result<Self, Failure> {
        let data = request.secret.clone().unwrap_or_default();
        let text = |key: &str| {
            data.get(key)
                .map(|value| String::from_utf8_lossy(&value.0).into_owned())
                .unwrap_or_default()
        };
        let certificates = Some(text("ca.crt")).filter(|text| !text.is_empty());
        let credentials = Self {
            identity: text("identity"),
            known_hosts: text("known_hosts"),
            username: text("username"),
            password: text("password"),
            certificates: certificates.unwrap_or_else(|| text("caFile")),
        };
        if location.scheme == "ssh" {
            credentials.check_ssh(request)?;
        } else if credentials.username.is_empty() && !credentials.password.is_empty() {
            let problem = "invalid 'https' auth option: 'password' requires 'username' to be set";
            return Err(Failure::options(problem));
        } else if data.contains_key("bearerToken") {
            return Err(Failure::checkout("the sandbox does not play bearer tokens"));
        }
        Ok(credentials)
    }

    fn check_ssh(&self, request: &Request) -> Result<(), Failure> {
        for (key, value) in [("identity", &self.identity), ("known_hosts", &self.known_hosts)] {
            if value.is_empty() {
                let problem = format!("invalid 'ssh' auth option: '{key}' is required");
                return Err(Failure::options(&problem));
            }
        }
        if self.identity.contains("ENCRYPTED") && self.password.is_empty() {
            let name = request.spec["secretRef"]["name"].as_str().unwrap_or_default();
            let secret = format!("{}/{name}", request.namespace);
            let problem = format!(
                "SSH identity key is encrypted but no 'password' field was provided in the secret '{secret}'"
            );
            return Err(Failure::new(AUTHENTICATION, problem));
        }
        Ok(())
    }
}

/// Whether what the Secret offers may push.
///
/// # Errors
/// With what the server says when it may not.
pub(in crate::players) fn authorize_push(
    server: &GitServer,
    request: &Request,
    location: &Location,
) -> Result<(), String> {
    let credentials = Credentials::of(request, location).map_err(|failure| failure.message)?;
    let authorized = if location.scheme == "ssh" {
        let key = ssh_key::public_key(&credentials.identity, &credentials.password)
            .map_err(str::to_owned)?;
        server.authorize_ssh(location, &key, true)
    } else {
        server.authorize_https(location, &credentials.username, &credentials.password, true)
    };
    authorized.map_err(|refusal| format!("failed to push to remote: {refusal}"))
}

/// What goes wrong between a connection and the first ref.
enum Problem {
    /// The options cannot be turned into an authentication method.
    Method(String),
    NoRepository,
    Other(String),
}

/// Wraps a problem as `gogit` does: differently when it only lists the remote.
fn failed(request: &Request, url: &str, problem: &Problem) -> Failure {
    let is_listing =
        request.last_revision.is_some() && request.spec.pointer("/ref/commit").is_none();
    Failure::checkout(&match problem {
        Problem::Method(text) => {
            format!("unable to construct auth method with options: {text}")
        }
        Problem::NoRepository if is_listing => {
            format!("unable to list remote for '{url}': repository not found")
        }
        Problem::NoRepository => {
            format!("unable to clone: repository not found: git repository: '{url}'")
        }
        Problem::Other(text) if is_listing => format!("unable to list remote for '{url}': {text}"),
        Problem::Other(text) => format!("unable to clone '{url}': {text}"),
    })
}

/// What Go's resolver says in a cluster about a name that nobody knows.
fn unresolved(location: &Location, url: &str) -> Problem {
    let problem = format!("dial tcp: {}", unknown_host(location.host()));
    Problem::Other(match location.scheme.as_str() {
        "ssh" => problem,
        _ => format!("{}: {problem}", get_refs(url)),
    })
}

fn get_refs(url: &str) -> String {
    format!("Get \"{}/info/refs?service=git-upload-pack\"", url.trim_end_matches('/'))
}

fn connect(
    server: &GitServer,
    location: &Location,
    credentials: &Credentials,
    url: &str,
) -> Result<(), Problem> {
    if location.scheme == "ssh" {
        connect_ssh(server, location, credentials)
    } else {
        connect_https(server, location, credentials, url)
    }
}

fn connect_ssh(
    server: &GitServer,
    location: &Location,
    credentials: &Credentials,
) -> Result<(), Problem> {
    let public_key = ssh_key::public_key(&credentials.identity, &credentials.password)
        .map_err(|text| Problem::Method(text.to_owned()))?;
    let known = known_hosts::parse(&credentials.known_hosts).map_err(Problem::Method)?;
    let host = location.known_hosts_name();
    known_hosts::verify(&known, &host, &server.host_keys())
        .map_err(|text| Problem::Other(format!("ssh: handshake failed: {text}")))?;
    server.authorize_ssh(location, &public_key, false).map_err(|refusal| match refusal {
        Refusal::RepositoryNotFound => Problem::NoRepository,
        _ => Problem::Other(
            "ssh: handshake failed: ssh: unable to authenticate, attempted methods [none \
             publickey], no supported methods remain"
                .to_owned(),
        ),
    })
}

fn connect_https(
    server: &GitServer,
    location: &Location,
    credentials: &Credentials,
    url: &str,
) -> Result<(), Problem> {
    let get = get_refs(url);
    if !server.is_trusted_by(&credentials.certificates) {
        return Err(Problem::Other(format!(
            "{get}: tls: failed to verify certificate: x509: certificate signed by unknown authority"
        )));
    }
    let (username, password) = (&credentials.username, &credentials.password);
    server.authorize_https(location, username, password, false).map_err(|refusal| match refusal {
        Refusal::RepositoryNotFound => Problem::Other(format!("repository not found: {refusal}")),
        _ => Problem::Other(format!("authentication required: {refusal}")),
    })
}

/// Resolves `spec.ref` in a repository that may be read.
fn check_out(repository: &Repository, request: &Request, url: &str) -> Result<Checkout, Failure> {
    let reference = &request.spec["ref"];
    let (label, commit) = match reference["commit"].as_str() {
        Some(commit) => (reference["branch"].as_str(), find_commit(repository, commit)?),
        None => {
            let (label, name) = name_of(reference);
            (Some(label), resolve(repository, &name, url)?)
        }
    };
    let label = label.map(|label| format!("{label}@")).unwrap_or_default();
    let revision = format!("{label}sha1:{commit}");
    // A commit that is named is always checked out; everything else is listed first.
    let is_unchanged =
        reference.get("commit").is_none() && request.last_revision.as_ref() == Some(&revision);
    describe(repository, commit, revision, is_unchanged)
        .map_err(|error| Failure::checkout(error.message()))
}

/// How a revision of `spec.ref` begins, and the reference that it stands for.
fn name_of(reference: &Value) -> (&str, String) {
    if let Some(name) = reference["name"].as_str() {
        return (name, name.to_owned());
    }
    if let Some(tag) = reference["tag"].as_str() {
        return (tag, format!("refs/tags/{tag}"));
    }
    // The default branch of the API, not that of the repository.
    let branch = reference["branch"].as_str().unwrap_or("master");
    (branch, format!("refs/heads/{branch}"))
}

fn find_commit(repository: &Repository, commit: &str) -> Result<Oid, Failure> {
    let found = Oid::from_str(commit).and_then(|id| repository.find_commit(id));
    found.map(|found| found.id()).map_err(|_| {
        let problem = format!("unable to resolve commit object for '{commit}': object not found");
        Failure::checkout(&problem)
    })
}

fn resolve(repository: &Repository, name: &str, url: &str) -> Result<Oid, Failure> {
    // Not `is_empty`: that also wants HEAD to name libgit2's own default branch.
    if repository.references().is_ok_and(|mut all| all.next().is_none()) {
        return Err(Failure::new("EmptyGitRepository", "git repository is empty"));
    }
    let reference = repository.find_reference(name.trim_end_matches("^{}"));
    let commit = reference.and_then(|reference| reference.peel_to_commit());
    commit.map(|commit| commit.id()).map_err(|_| {
        let problem = format!("unable to clone '{url}': couldn't find remote ref \"{name}\"");
        Failure::checkout(&problem)
    })
}

fn describe(
    repository: &Repository,
    commit: Oid,
    revision: String,
    is_unchanged: bool,
) -> Result<Checkout, git2::Error> {
    let found = repository.find_commit(commit)?;
    let message = String::from_utf8_lossy(found.message_bytes()).into_owned();
    let subject = message.lines().next().unwrap_or_default();
    let subject = if subject.chars().count() > 50 {
        format!("{}...", subject.chars().take(50).collect::<String>())
    } else {
        subject.to_owned()
    };
    let (digest, size_bytes) = measure(repository, &found.tree()?)?;
    let commit = commit.to_string();
    let repository = repository.path().to_owned();
    Ok(Checkout { repository, revision, commit, subject, digest, size_bytes, is_unchanged })
}

/// A digest over names and content of the files in `tree`, and their size.
///
/// As with the controller's archive, commits with the same files have the same digest.
fn measure(repository: &Repository, tree: &git2::Tree<'_>) -> Result<(String, usize), git2::Error> {
    let mut digest = Context::new(&SHA256);
    let mut size = 0;
    let database = repository.odb()?;
    tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
        if entry.kind() == Some(ObjectType::Blob) {
            let path = Path::new(folder).join(String::from_utf8_lossy(entry.name_bytes()).as_ref());
            digest.update(path.as_os_str().as_encoded_bytes());
            digest.update(&[0]);
            digest.update(entry.id().as_bytes());
            size += database.read_header(entry.id()).map_or(0, |(length, _)| length);
        }
        TreeWalkResult::Ok
    })?;
    Ok((format!("sha256:{}", hex(digest.finish().as_ref())), size))
}
