//! What the component arguments come to, for every command that installs.

use std::path::Path;

use anyhow::{Context as _, Result};
use secrecy::SecretString;

use crate::cli::components::{ComponentArgs, LogLevel};
use crate::cluster::apply::Applied;
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::manifests::options::{self, Options};
use crate::manifests::pull_secret::{Credentials, PullSecret};
use crate::manifests::{components, name};

/// The install options that the arguments ask for, checked. Nothing is contacted.
pub(super) fn options(namespace: &str, args: &ComponentArgs) -> Result<Options> {
    let names: Vec<&String> = args.components.iter().chain(given(&args.components_extra)).collect();
    let toleration_keys = given(&args.toleration_keys).map(|key| name::qualified(key));
    Ok(Options {
        namespace: namespace.to_owned(),
        components: components::select(&names).context("--components cannot be used")?,
        registry: options::registry(&args.registry).context("--registry cannot be used")?,
        image_pull_secret: image_pull_secret(args)?,
        network_policy: args.network_policy,
        log_level: match args.log_level {
            LogLevel::Debug => options::LogLevel::Debug,
            LogLevel::Info => options::LogLevel::Info,
            LogLevel::Error => options::LogLevel::Error,
        },
        watch_all_namespaces: args.watch_all_namespaces,
        toleration_keys: toleration_keys
            .collect::<Result<_>>()
            .context("--toleration-keys cannot be used")?,
        cluster_domain: name::dns_subdomain(&args.cluster_domain)
            .context("--cluster-domain cannot be used")?,
    })
}

/// The Secret that is to be made on the cluster; none without credentials. Reads their file.
pub(super) fn pull_secret(ctx: &Context, args: &ComponentArgs) -> Result<Option<PullSecret>> {
    let Some(name) = image_pull_secret(args)? else { return Ok(None) };
    let credentials: Credentials = match (&args.registry_creds, &args.registry_creds_file) {
        (Some(given), _) => {
            if ctx.output.stderr_is_terminal {
                ctx.output.warn(
                    "--registry-creds can be read in the list of processes; \
                     --registry-creds-file cannot",
                );
            }
            Credentials::parse(given).context("--registry-creds cannot be used")?
        }
        (None, Some(path)) => Credentials::parse(&read_secret(path)?)
            .context("--registry-creds-file cannot be used")?,
        (None, None) => return Ok(None),
    };
    let registry = options::registry(&args.registry).context("--registry cannot be used")?;
    Ok(Some(PullSecret { name, registry, credentials }))
}

/// Makes sure that the nodes can pull the images. Its namespace must exist.
pub(super) async fn ensure_pull_secret(
    ctx: &Context,
    namespace: &str,
    wanted: &PullSecret,
) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let name = &wanted.name;
    let present = cluster.secret(namespace, name).await?;
    if present.is_some_and(|present| wanted.is_in(&present)) {
        ctx.output.done(format_args!("Secret {namespace}/{name} is up to date"));
        return Ok(());
    }
    cluster.apply_secret(&wanted.secret(namespace)).await?;
    ctx.output.done(format_args!("Secret {namespace}/{name} written"));
    Ok(())
}

/// What [`ensure_pull_secret`] would do, as it is printed; without a word of what is in the Secret.
pub(super) async fn preview_pull_secret(
    ctx: &Context,
    namespace: &str,
    wanted: &PullSecret,
) -> Result<String> {
    let cluster = ctx.cluster().await?;
    let name = &wanted.name;
    let found = ctx.deadline.within("the cluster", cluster.secret(namespace, name)).await?;
    let applied = match found {
        None => Applied::Created,
        Some(found) if wanted.is_in(&found) => return Ok(String::new()),
        Some(_) => Applied::Configured,
    };
    Ok(format!("Secret {namespace}/{name} {applied}\n"))
}

fn image_pull_secret(args: &ComponentArgs) -> Result<Option<String>> {
    let given = args.image_pull_secret.as_deref().filter(|name| !name.is_empty());
    given.map(name::dns_subdomain).transpose().context("--image-pull-secret cannot be used")
}

/// Without the empty name that `--flag=` and `--flag="$UNSET"` leave in a list.
fn given(names: &[String]) -> impl Iterator<Item = &String> {
    names.iter().filter(|name| !name.is_empty())
}

fn read_secret(path: &Path) -> Result<SecretString> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read {} (--registry-creds-file)", path.display()))
        .class(Class::Usage)?;
    Ok(text.trim_end_matches(['\r', '\n']).into())
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::error::class_of;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        components: ComponentArgs,
    }

    fn options_of(arguments: &[&str]) -> Result<Options> {
        let line = Line::parse_from([&["test"], arguments].concat());
        options("flux-system", &line.components)
    }

    /// What the arguments come to is compared as what would be installed.
    #[track_caller]
    fn assert_default(arguments: &[&str]) {
        let bundle = |options: &Options| components::components(options).unwrap();
        let options = options_of(arguments).unwrap();
        assert_eq!(bundle(&options), bundle(&Options::default()));
    }

    #[test]
    fn no_argument_is_the_default_installation() {
        assert_default(&[]);
    }

    #[test]
    fn extra_components_come_after_the_others() {
        let options =
            options_of(&["--components=helm-controller", "--components-extra=source-watcher,"])
                .unwrap();
        let names: Vec<_> = options.components.iter().map(|component| component.name).collect();
        assert_eq!(names, ["helm-controller", "source-watcher"]);
    }

    #[test]
    fn what_cannot_be_is_refused_by_the_flags_name() {
        for (argument, flag) in [
            ("--components=flux", "--components"),
            ("--components-extra=source-controller", "--components"),
            ("--registry=https://ghcr.io", "--registry"),
            ("--image-pull-secret=A", "--image-pull-secret"),
            ("--toleration-keys=a,b c", "--toleration-keys"),
            ("--cluster-domain=.", "--cluster-domain"),
        ] {
            let error = options_of(&[argument]).unwrap_err();
            assert_eq!(error.to_string(), format!("{flag} cannot be used"));
            assert_eq!(class_of(&error), Class::Usage);
        }
    }

    #[test]
    fn empty_values_are_no_values() {
        assert_default(&["--image-pull-secret=", "--toleration-keys=", "--components-extra="]);
    }
}
