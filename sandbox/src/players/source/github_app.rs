//! A GitRepository whose provider is `github`: the Secret holds an App, which gets a token for each fetch.
//!
//! Source: fluxcd/source-controller, `internal/controller/gitrepository_controller.go` (`getAuthOpts`), and
//! fluxcd/pkg, `auth/githubapp` (what a Secret must hold, and the wording of go-github's errors).

use super::Failure;
use super::fetch::Request;
use crate::github::apps::Named;
use crate::players::GitServer;

const AUTHENTICATION: &str = "AuthenticationFailed";
const CONFIGURATION: &str = "InvalidProviderConfiguration";

/// Where GitHub's API is when the Secret does not say.
const PUBLIC: &str = "https://api.github.com";

/// A token of the App that the Secret holds; nothing where the provider is another one.
pub(super) fn token(server: &GitServer, request: &Request) -> Result<Option<String>, Failure> {
    let is_github = request.spec["provider"] == "github";
    let app = request.secret.as_ref().and_then(|data| data.get("githubAppID"));
    match (is_github, app) {
        (false, None) => Ok(None),
        (false, Some(_)) => {
            let name = request.spec["secretRef"]["name"].as_str().unwrap_or_default();
            let secret = format!("{}/{name}", request.namespace);
            let message = format!(
                "secretRef '{secret}' has github app data but provider is not set to github"
            );
            Err(Failure::new(CONFIGURATION, message))
        }
        (true, None) => {
            let message =
                "secretRef with github app data must be specified when provider is set to github";
            let failure = Failure::new(CONFIGURATION, message);
            Err(if request.secret.is_none() { failure.stalling() } else { failure })
        }
        (true, Some(_)) => mint(server, request).map(Some),
    }
}

fn mint(server: &GitServer, request: &Request) -> Result<String, Failure> {
    let failed = |problem: &str| {
        let message = format!("failed to configure authentication options: {problem}");
        Failure::new(AUTHENTICATION, message)
    };
    let data = request.secret.clone().unwrap_or_default();
    let text = |key: &str| {
        data.get(key)
            .map(|value| String::from_utf8_lossy(&value.0).into_owned())
            .unwrap_or_default()
    };
    let [id, key, owner] =
        ["githubAppID", "githubAppPrivateKey", "githubAppInstallationOwner"].map(text);
    let (installation, base) = (text("githubAppInstallationID"), text("githubAppBaseURL"));
    let named = match (owner.as_str(), installation.as_str()) {
        ("", "") | ("", "0") => {
            return Err(failed(
                "app installation owner or ID must be provided to use github app authentication",
            ));
        }
        ("", id) => Named::Id(id),
        (owner, _) => Named::Owner(owner),
    };
    let base = if base.is_empty() { PUBLIC } else { base.trim_end_matches('/') };
    let base = match base.ends_with("/api/v3") || base == PUBLIC {
        true => base.to_owned(),
        false => format!("{base}/api/v3"),
    };
    let url = match named {
        Named::Id(id) => format!("{base}/app/installations/{id}/access_tokens"),
        Named::Owner(_) => format!("{base}/app/installations?per_page=100"),
    };
    let verb = if matches!(named, Named::Id(_)) { "Post" } else { "Get" };
    let authority = base.split_once("://").map_or("", |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or_default();
    if !server.is_at(authority) {
        let host = authority.split(':').next().unwrap_or_default();
        let problem = super::remote::unknown_host(host);
        return Err(failed(&format!("{verb} \"{url}\": dial tcp: {problem}")));
    }
    if !server.is_trusted_by(&text("ca.crt")) {
        return Err(failed(&format!(
            "{verb} \"{url}\": tls: failed to verify certificate: x509: certificate signed by unknown authority"
        )));
    }
    server.token_of_app(&id, &key, named).map_err(|refused| match refused {
        None => failed(
            "could not parse private key: invalid key: Key must be a PEM encoded PKCS1 or PKCS8 key",
        ),
        Some((status, message)) => {
            failed(&format!("{} {url}: {status} {message} []", verb.to_uppercase()))
        }
    })
}
