//! What a controller meets when it connects to the sandbox's GitHub: TLS, SSH host keys, and the
//! same decisions about keys and tokens that `git` meets.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::github::apps::{self, Named};
use crate::github::{GitHub, Refusal};

/// The sandbox's GitHub as the network shows it to the controllers.
#[derive(Clone)]
pub struct GitServer {
    github: GitHub,
    authority: String,
    certificate_pem: String,
}

/// A repository URL, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Location {
    /// `https` or `ssh`.
    pub(super) scheme: String,
    /// Host, and port if there is one.
    pub(super) authority: String,
    /// The user in the URL; empty when there is none.
    pub(super) user: String,
    /// Owner and name of the repository, without `.git`.
    pub(super) owner: String,
    pub(super) name: String,
}

impl Location {
    /// Reads `SCHEME://[USER@]HOST[:PORT]/OWNER/NAME[.git]`.
    pub(super) fn parse(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let (authority, path) = rest.split_once('/')?;
        let (user, authority) = authority.rsplit_once('@').unwrap_or(("", authority));
        let (owner, name) = path.trim_end_matches('/').split_once('/')?;
        let user = user.split_once(':').map_or(user, |(name, _)| name);
        Some(Self {
            scheme: scheme.to_owned(),
            authority: authority.to_owned(),
            user: user.to_owned(),
            owner: owner.to_owned(),
            name: name.strip_suffix(".git").unwrap_or(name).to_owned(),
        })
    }

    pub(super) fn host(&self) -> &str {
        self.authority.split(':').next().unwrap_or_default()
    }

    /// The host as `known_hosts` spells it.
    pub(super) fn known_hosts_name(&self) -> String {
        match self.authority.split_once(':') {
            None | Some((_, "22")) => self.host().to_owned(),
            Some((host, port)) => format!("[{host}]:{port}"),
        }
    }
}

impl GitServer {
    /// The server at `origin` (`https://localhost:PORT`), whose certificate `certificate_pem`
    /// signed. SSH is answered on every port of the same host.
    #[must_use]
    pub fn new(github: GitHub, origin: &str, certificate_pem: &str) -> Self {
        let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
        Self {
            github,
            authority: authority.trim_end_matches('/').to_owned(),
            certificate_pem: certificate_pem.to_owned(),
        }
    }

    /// Whether a connection to `location` reaches this server.
    pub(super) fn answers(&self, location: &Location) -> bool {
        match location.scheme.as_str() {
            "https" => self.is_at(&location.authority),
            "ssh" => Some(location.host()) == self.authority.split(':').next(),
            _ => false,
        }
    }

    /// Whether this is where the server's HTTPS port is.
    pub(super) fn is_at(&self, authority: &str) -> bool {
        authority == self.authority
    }

    /// Whether a client that trusts the certificates in `bundle` trusts this server.
    pub(super) fn is_trusted_by(&self, bundle: &str) -> bool {
        let body = |pem: &str| pem.split_whitespace().collect::<String>();
        body(bundle).contains(&body(&self.certificate_pem))
    }

    /// The SSH host keys, as `TYPE BASE64`.
    pub(super) fn host_keys(&self) -> Vec<String> {
        self.github.host_keys()
    }

    /// Whether a public key may fetch, or push.
    pub(super) fn authorize_ssh(
        &self,
        at: &Location,
        public_key: &str,
        is_push: bool,
    ) -> Result<(), Refusal> {
        self.github.authorize_ssh(&at.owner, &at.name, public_key, is_push)
    }

    /// Whether a user name and password may fetch, or push.
    pub(super) fn authorize_https(
        &self,
        at: &Location,
        username: &str,
        password: &str,
        is_push: bool,
    ) -> Result<(), Refusal> {
        self.github.authorize_https(&at.owner, &at.name, username, password, is_push)
    }

    /// A token for an installation of an App, whose private key is in a PEM file.
    ///
    /// # Errors
    /// The status and the words with which GitHub refuses; none for a file that holds no key.
    pub(super) fn token_of_app(
        &self,
        id: &str,
        private_key_pem: &str,
        installation: Named<'_>,
    ) -> Result<String, Option<(u16, String)>> {
        let key = apps::private_key(private_key_pem).ok_or(None)?;
        self.github.token_of_app(id, &key, installation).map_err(Some)
    }

    /// Commits files to a branch; the commit.
    pub(super) fn commit(
        &self,
        at: &Location,
        branch: &str,
        files: &BTreeMap<String, String>,
        message: &str,
    ) -> anyhow::Result<String> {
        let files: Vec<_> =
            files.iter().map(|(path, content)| (path.as_str(), content.as_str())).collect();
        self.github.commit_files(&at.owner, &at.name, branch, &files, message)
    }

    /// Where the repository lies on disk.
    pub(super) fn repository(&self, at: &Location) -> Option<PathBuf> {
        self.github.repository_path(&at.owner, &at.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_urls_apart() {
        let https = Location::parse("https://localhost:8443/acme/fleet.git").expect("a URL");
        assert_eq!((https.owner.as_str(), https.name.as_str()), ("acme", "fleet"));
        assert_eq!((https.host(), https.authority.as_str()), ("localhost", "localhost:8443"));
        let ssh = Location::parse("ssh://git@localhost/acme/fleet").expect("a URL");
        assert_eq!((ssh.user.as_str(), ssh.name.as_str()), ("git", "fleet"));
        assert_eq!(ssh.known_hosts_name(), "localhost");
        let ssh = Location::parse("ssh://git@localhost:2222/acme/fleet").expect("a URL");
        assert_eq!(ssh.known_hosts_name(), "[localhost]:2222");
        assert_eq!(Location::parse("git@localhost:acme/fleet"), None);
    }
}
