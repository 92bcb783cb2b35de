//! Where a GitHub answers: its REST API, GraphQL, and the server with the repositories.

use anyhow::{Context as _, Result};
use url::Url;

use super::RepositoryName;
use crate::error::{Explain as _, usage};

/// The addresses of one GitHub, of any kind: github.com, Enterprise Server, or Enterprise Cloud with
/// data residency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoints {
    api: Url,
    graphql: Url,
    server: Url,
}

impl Endpoints {
    /// Takes what the user typed as `--hostname`, else what GitHub's own runners set in
    /// `GITHUB_API_URL`, `GITHUB_GRAPHQL_URL` and `GITHUB_SERVER_URL`, else github.com.
    ///
    /// A missing one of the three variables is derived from the others.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] when an address cannot be one, or is not HTTPS.
    pub fn resolve(hostname: Option<&str>, env: impl Fn(&str) -> Option<String>) -> Result<Self> {
        if let Some(hostname) = hostname {
            return Self::of_hostname(hostname);
        }
        let read = |name: &str| {
            let value = env(name).filter(|value| !value.is_empty());
            value.map(|value| https_url(&value).with_context(|| format!("{name} is not usable")))
        };
        let api = read("GITHUB_API_URL").transpose()?;
        let graphql = read("GITHUB_GRAPHQL_URL").transpose()?;
        let server = read("GITHUB_SERVER_URL").transpose()?;
        let derived = match (&server, &api) {
            (Some(server), _) => Self::of_server(server),
            (None, Some(api)) => Self::of_api(api)?,
            (None, None) => Self::of_hostname("github.com")?,
        };
        let api = match api {
            Some(api) => Self::of_api(&api)?.api,
            None => derived.api,
        };
        Ok(Self {
            graphql: graphql.unwrap_or_else(|| graphql_of(&api)),
            api,
            server: derived.server,
        })
    }

    fn of_hostname(hostname: &str) -> Result<Self> {
        let server = https_url(hostname)
            .with_context(|| format!("{hostname:?} is not the name of a host"))
            .hint("give it as HOST or HOST:PORT with --hostname")?;
        let host = server.host_str().unwrap_or_default();
        // Somebody who pastes the address of the API means the server it belongs to.
        match host.strip_prefix("api.") {
            Some(rest) if rest == "github.com" || rest.ends_with(".ghe.com") => {
                Self::of_api(&server)
            }
            _ => Ok(Self::of_server(&server)),
        }
    }

    fn of_server(server: &Url) -> Self {
        let server = origin(server);
        let host = server.host_str().unwrap_or_default();
        let api = if host == "github.com" || host.ends_with(".ghe.com") {
            with_host(&server, &format!("api.{host}"))
        } else {
            with_path(&server, "/api/v3")
        };
        Self { graphql: graphql_of(&api), api, server }
    }

    fn of_api(api: &Url) -> Result<Self> {
        let host = api.host_str().context("the address names no host")?;
        // Whoever forgets the path of an Enterprise Server's API would get its web pages.
        if api.path() == "/" && !host.starts_with("api.") {
            return Ok(Self::of_server(api));
        }
        let server = match host.strip_prefix("api.") {
            Some(rest) if !api.path().starts_with("/api/") => with_host(&origin(api), rest),
            _ => origin(api),
        };
        Ok(Self { graphql: graphql_of(api), api: api.clone(), server })
    }

    /// The base of the REST API, without a slash at its end unless it has no path.
    #[must_use]
    pub fn api(&self) -> &Url {
        &self.api
    }

    /// The GraphQL endpoint.
    #[must_use]
    pub fn graphql(&self) -> &Url {
        &self.graphql
    }

    /// Whether it is the one at github.com.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.api.host_str() == Some("api.github.com")
    }

    /// The host with its port, if that is not HTTPS's own: how people call this GitHub.
    #[must_use]
    pub fn host(&self) -> String {
        let host = self.server.host_str().unwrap_or_default();
        match self.server.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// The address for Git over SSH, as Flux writes it into a GitRepository.
    ///
    /// `ssh_hostname` replaces the host, which otherwise is the server's without its HTTPS port.
    #[must_use]
    pub fn ssh_url(&self, repository: &RepositoryName, ssh_hostname: Option<&str>) -> String {
        let host = ssh_hostname.or(self.server.host_str()).unwrap_or_default();
        format!("ssh://git@{host}/{repository}")
    }

    /// The address for Git over HTTPS, as Flux writes it into a GitRepository.
    #[must_use]
    pub fn https_url(&self, repository: &RepositoryName) -> String {
        format!("https://{}/{repository}.git", self.host())
    }

    /// The repository that an address for Git names; `None` when it is on another host.
    #[must_use]
    pub fn repository_at(&self, url: &str) -> Option<RepositoryName> {
        let url = Url::parse(url).ok()?;
        let is_here = match url.scheme() {
            "https" => (url.host_str(), url.port()) == (self.server.host_str(), self.server.port()),
            "ssh" => url.host_str().map(without_ssh) == self.server.host_str(),
            _ => false,
        };
        let path = url.path().trim_matches('/');
        is_here.then(|| path.strip_suffix(".git").unwrap_or(path).parse().ok())?
    }

    /// The address that GitHub gives to user `login` with the number `id` so that commits are theirs
    /// without showing a real one.
    #[must_use]
    pub fn noreply_email(&self, login: &str, id: u64) -> String {
        let host = self.server.host_str().unwrap_or_default();
        format!("{id}+{login}@users.noreply.{host}")
    }

    /// The address for commits of nobody in particular.
    #[must_use]
    pub fn anonymous_email(&self) -> String {
        format!("noreply@{}", self.server.host_str().unwrap_or_default())
    }
}

/// Whether two addresses for Git name the same repository, however each is spelled: over HTTPS or SSH, with or
/// without a user, a port and `.git`. Hosts ignore case.
#[must_use]
pub fn is_same_repository(one: &str, other: &str) -> bool {
    let place = |address: &str| {
        let url = Url::parse(address).ok()?;
        let host = without_ssh(url.host_str()?).to_ascii_lowercase();
        let path = url.path().trim_matches('/').to_ascii_lowercase();
        let path = path.strip_suffix(".git").unwrap_or(&path).to_owned();
        Some((host, path))
    };
    one == other || place(one).is_some_and(|one| place(other) == Some(one))
}

/// github.com answers SSH on the port of HTTPS too, under a name of its own.
fn without_ssh(host: &str) -> &str {
    if host == "ssh.github.com" { "github.com" } else { host }
}

/// Reads an address with or without its scheme and drops what a token must not travel with.
fn https_url(text: &str) -> Result<Url> {
    let text = text.trim().trim_end_matches('/');
    let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let mut url = Url::parse(&full).map_err(|error| usage(error.to_string()))?;
    if url.scheme() != "https" {
        return Err(usage("only https:// is taken, because a token is sent along"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(usage("an address must not hold a user or a password"));
    }
    url.set_query(None);
    url.set_fragment(None);
    Ok(url)
}

/// `https://HOST/api/v3` has its GraphQL beside it, every other API below it.
fn graphql_of(api: &Url) -> Url {
    let path = api.path().trim_end_matches('/');
    let path = path.strip_suffix("/v3").unwrap_or(path);
    with_path(api, &format!("{path}/graphql"))
}

fn origin(url: &Url) -> Url {
    with_path(url, "")
}

fn with_path(url: &Url, path: &str) -> Url {
    let mut url = url.clone();
    url.set_path(path);
    url
}

fn with_host(url: &Url, host: &str) -> Url {
    let mut url = url.clone();
    // Both callers shorten or lengthen a valid host name by one label; if that is no host after all,
    // the old one stays and the first request tells.
    let _ = url.set_host(Some(host));
    url
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Class, class_of};

    fn resolve(hostname: Option<&str>, env: &[(&str, &str)]) -> [String; 3] {
        let env = |name: &str| {
            env.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
        };
        let found = Endpoints::resolve(hostname, env).expect("endpoints");
        [found.api, found.graphql, found.server].map(|url| url.as_str().to_owned())
    }

    const DOT_COM: [&str; 3] =
        ["https://api.github.com/", "https://api.github.com/graphql", "https://github.com/"];
    const ENTERPRISE: [&str; 3] =
        ["https://ghe.acme.io/api/v3", "https://ghe.acme.io/api/graphql", "https://ghe.acme.io/"];

    #[test]
    fn without_anything_it_is_github_com() {
        assert_eq!(resolve(None, &[]), DOT_COM);
        assert_eq!(resolve(None, &[("GITHUB_API_URL", "")]), DOT_COM);
    }

    #[test]
    fn a_typed_hostname_beats_the_environment() {
        let env = [("GITHUB_API_URL", "https://api.github.com")];
        assert_eq!(resolve(Some("ghe.acme.io"), &env), ENTERPRISE);
    }

    #[test]
    fn a_hostname_is_taken_in_every_spelling() {
        for spelling in ["ghe.acme.io", "https://ghe.acme.io/", "https://ghe.acme.io/api/v3/"] {
            assert_eq!(resolve(Some(spelling), &[]), ENTERPRISE, "{spelling}");
        }
        for spelling in ["github.com", "https://github.com", "api.github.com"] {
            assert_eq!(resolve(Some(spelling), &[]), DOT_COM, "{spelling}");
        }
        assert_eq!(
            resolve(Some("ghe.acme.io:8443"), &[])[1],
            "https://ghe.acme.io:8443/api/graphql"
        );
    }

    #[test]
    fn data_residency_has_its_api_beside_the_server() {
        let expected = [
            "https://api.acme.ghe.com/",
            "https://api.acme.ghe.com/graphql",
            "https://acme.ghe.com/",
        ];
        assert_eq!(resolve(Some("acme.ghe.com"), &[]), expected);
        assert_eq!(resolve(None, &[("GITHUB_API_URL", "https://api.acme.ghe.com")]), expected);
    }

    #[test]
    fn a_runners_environment_is_honoured_and_completed() {
        let api = ("GITHUB_API_URL", "https://ghe.acme.io/api/v3");
        let graphql = ("GITHUB_GRAPHQL_URL", "https://ghe.acme.io/api/graphql");
        let server = ("GITHUB_SERVER_URL", "https://ghe.acme.io");
        let bare = ("GITHUB_API_URL", "https://ghe.acme.io");
        for env in [&[api, graphql, server][..], &[api], &[server], &[bare], &[bare, server]] {
            assert_eq!(resolve(None, env), ENTERPRISE, "{env:?}");
        }
    }

    #[test]
    fn a_token_is_never_sent_in_clear_text() {
        let error = Endpoints::resolve(Some("http://ghe.acme.io"), |_| None).expect_err("http");
        assert_eq!(class_of(&error), Class::Usage);
    }

    #[test]
    fn an_address_names_a_repository_of_this_host_or_none() {
        let of = |hostname: Option<&str>, url: &str| {
            let found = Endpoints::resolve(hostname, |_| None).expect("endpoints");
            found.repository_at(url).map(|name| name.to_string())
        };
        let acme = Some("acme/fleet".to_owned());
        for url in [
            "https://github.com/acme/fleet.git",
            "https://github.com/acme/fleet",
            "https://user@github.com/acme/fleet/",
            "ssh://git@github.com/acme/fleet",
            "ssh://git@ssh.github.com:443/acme/fleet.git",
        ] {
            assert_eq!(of(None, url), acme, "{url}");
        }
        assert_eq!(of(Some("ghe.acme.io:8443"), "https://ghe.acme.io:8443/acme/fleet"), acme);
        for url in [
            "https://gitlab.com/acme/fleet.git",
            "https://github.com.example.com/acme/fleet",
            "https://github.com:8443/acme/fleet",
            "http://github.com/acme/fleet",
            "https://github.com/acme",
            "git@github.com:acme/fleet.git",
        ] {
            assert_eq!(of(None, url), None, "{url}");
        }
    }

    #[test]
    fn a_repository_is_the_same_however_its_address_is_spelled() {
        const FLEET: &str = "ssh://git@github.com/acme/fleet";
        for (other, is_same) in [
            ("https://github.com/acme/fleet.git", true),
            ("https://github.com/ACME/Fleet/", true),
            ("ssh://git@ssh.github.com:443/acme/fleet.git", true),
            ("ssh://git@GitHub.com:22/acme/fleet", true),
            ("ssh://git@github.com/acme/fleet-infra", false),
            ("ssh://git@github.com/acme-labs/fleet", false),
            ("ssh://git@ghe.acme.io/acme/fleet", false),
            ("acme/fleet", false),
        ] {
            assert_eq!(is_same_repository(FLEET, other), is_same, "{other}");
            assert_eq!(is_same_repository(other, FLEET), is_same, "{other}");
        }
        assert!(is_same_repository("what is no address", "what is no address"));
    }

    #[test]
    fn addresses_are_those_that_flux_writes() {
        let found = Endpoints::resolve(Some("ghe.acme.io:8443"), |_| None).expect("endpoints");
        let name = "acme/fleet".parse().expect("name");
        assert_eq!(found.https_url(&name), "https://ghe.acme.io:8443/acme/fleet.git");
        assert_eq!(found.ssh_url(&name, None), "ssh://git@ghe.acme.io/acme/fleet");
        assert_eq!(
            found.ssh_url(&name, Some("ssh.acme.io:2222")),
            "ssh://git@ssh.acme.io:2222/acme/fleet"
        );
        assert_eq!(found.noreply_email("ann", 7), "7+ann@users.noreply.ghe.acme.io");
    }
}
