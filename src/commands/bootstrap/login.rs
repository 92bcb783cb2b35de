//! Who talks to the Git host: the token's owner, the user of `gh`, or a GitHub App.

use std::io;
use std::process::{Output, Stdio};

use anyhow::{Context as _, Result, anyhow};
use secrecy::SecretString;
use tokio::process::Command;

use crate::cli::bootstrap::GitHubArgs;
use crate::cli::login::{LoginArgs, TokenSource};
use crate::commands::files;
use crate::commands::fleet::host as fleet_host;
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::git_host::endpoints::Endpoints;
use crate::git_host::github::{App, Credential, Installation};

/// Variables that would have `gh` repeat what it was given instead of what it knows.
const TOKEN_VARIABLES: [&str; 2] = ["GITHUB_TOKEN", "GITHUB_ENTERPRISE_TOKEN"];

/// What the arguments say, with nobody asked but the user.
pub(super) async fn credential(
    ctx: &Context,
    args: &GitHubArgs,
    endpoints: &Endpoints,
) -> Result<Credential> {
    if let Some(id) = &args.login.app_id {
        return app(id, &args.login, &args.owner).map(Credential::from);
    }
    let token = match args.login.token_from {
        Some(TokenSource::Gh) => {
            let asked = of_gh(endpoints.host());
            ctx.deadline.within("an answer of gh", asked).await?
        }
        None => fleet_host::token(ctx).await?,
    };
    Ok(token.into())
}

fn app(id: &str, args: &LoginArgs, owner: &str) -> Result<App> {
    let installation = match (&args.app_installation_id, &args.app_installation_owner) {
        (Some(id), _) => id.parse().context("--app-installation-id cannot be used")?,
        (None, Some(owner)) => Installation::Owner(owner.clone()),
        (None, None) => Installation::Owner(owner.to_owned()),
    };
    let file = args.app_private_key_file.as_deref();
    let file = file.ok_or_else(|| usage("--app-id needs --app-private-key-file"))?;
    App::new(id, installation, files::verbatim(file, "--app-private-key-file")?)
}

/// The token with which `gh` is logged in to a host. It goes through a pipe, where no other process sees it.
async fn of_gh(host: String) -> Result<SecretString> {
    let mut command = Command::new("gh");
    command.args(["auth", "token", "--hostname", &host]).stdin(Stdio::null()).kill_on_drop(true);
    for variable in TOKEN_VARIABLES {
        command.env_remove(variable);
    }
    let output = match command.output().await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(usage("--token-from=gh: there is no program gh")
                .hint("install it, or set GITHUB_TOKEN"));
        }
        output => output.context("cannot run gh")?,
    };
    token_in(output, &host)
}

fn token_in(output: Output, host: &str) -> Result<SecretString> {
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        let words = words.lines().map(str::trim).find(|line| !line.is_empty());
        let words = words.unwrap_or("it gives no reason").to_owned();
        return Err(anyhow!(words)
            .context(format!("gh has no token for {host}"))
            .class(Class::Denied)
            .hint(format!("gh auth login --hostname {host}")));
    }
    // Not repeated where it is no text: it may be most of a token.
    let token = String::from_utf8(output.stdout)
        .map_err(|_| anyhow!("gh gave something that is no token"))?;
    Ok(token.trim().into())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::ExitStatus;

    use secrecy::ExposeSecret as _;

    use super::*;
    use crate::error::{class_of, report};

    fn output(code: i32, stdout: &str, stderr: &str) -> Output {
        let status = ExitStatus::from_raw(code << 8);
        Output { status, stdout: stdout.into(), stderr: stderr.into() }
    }

    #[test]
    fn the_line_that_gh_prints_is_the_token() {
        let token = token_in(output(0, "gho_x\n", "a notice\n"), "github.com").unwrap();
        assert_eq!(token.expose_secret(), "gho_x");
    }

    #[test]
    fn what_gh_complains_about_is_told() {
        let told = "\nno oauth token found for ghe.acme.io\n";
        let error = token_in(output(1, "", told), "ghe.acme.io").unwrap_err();
        assert_eq!(class_of(&error), Class::Denied);
        let report = report(&error);
        for words in ["no oauth token found", "hint: gh auth login --hostname ghe.acme.io"] {
            assert!(report.contains(words), "{report}");
        }
        let error = token_in(output(2, "", ""), "ghe.acme.io").unwrap_err();
        assert!(crate::error::report(&error).contains("it gives no reason"), "{error:?}");
    }
}
