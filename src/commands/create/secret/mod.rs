//! `create secret`: credentials in the shapes that Flux reads.
//!
//! Values travel as [`SecretString`] and are only exposed where they become a manifest.

mod git;
mod github_app;
mod notation;
mod receiver;
mod registry;
mod tls;

use std::path::Path;

use anyhow::Result;
use secrecy::{ExposeSecret as _, SecretString};

pub(super) use git::{GitCredentials, GitEntries, SshKey, present};
pub(super) use tls::{TlsFiles, helm};

use super::new::{Created, New, given};
use crate::cli::create::secret::{BasicAuthArgs, CreateSecret, ProxyArgs};
use crate::cli::global::SecretArg;
use crate::commands::files;
use crate::context::Context;
use crate::error::usage;

/// The keys of a Secret, and their values.
pub(super) type Entries = Vec<(String, SecretString)>;

/// A Secret that is to be made.
pub(super) struct Wanted {
    /// Its name.
    pub(super) name: String,
    /// Its type; none is `Opaque`.
    pub(super) type_: Option<&'static str>,
    /// Its keys and values.
    pub(super) entries: Entries,
    /// An annotation, where the shape has one.
    pub(super) annotation: Option<(&'static str, String)>,
}

impl Wanted {
    /// A Secret of no special type.
    pub(super) fn opaque(name: &str, entries: Entries) -> Self {
        Self { name: name.to_owned(), type_: None, entries, annotation: None }
    }
}

/// A Secret with the credentials that were given.
pub(super) async fn make(
    ctx: &Context,
    new: &New<'_>,
    secret: &CreateSecret,
    is_export: bool,
) -> Result<Vec<Created>> {
    let wanted = match secret {
        CreateSecret::Git(args) => git::wanted(ctx, new, args, is_export).await?,
        CreateSecret::GitHubApp(args) => github_app::wanted(args)?,
        CreateSecret::Helm(args) => tls::helm_secret(ctx, args)?,
        CreateSecret::Notation(args) => notation::wanted(args)?,
        CreateSecret::Oci(args) => registry::wanted(ctx, args)?,
        CreateSecret::Proxy(args) => proxy(ctx, args)?,
        CreateSecret::Receiver(args) => receiver::wanted(ctx, new, args)?,
        CreateSecret::Tls(args) => tls::tls_secret(args)?,
    };
    Ok(vec![new.laid_out_secret(&wanted)?])
}

fn proxy(ctx: &Context, args: &ProxyArgs) -> Result<Wanted> {
    let mut entries = vec![("address".to_owned(), args.address.as_str().into())];
    let (username, password) = basic_auth(ctx, &args.auth)?;
    entries.extend(username.map(|username| ("username".to_owned(), username.into())));
    entries.extend(password.map(|password| ("password".to_owned(), password)));
    Ok(Wanted::opaque(&args.name, entries))
}

/// User and password, as far as they were given.
fn basic_auth(
    ctx: &Context,
    args: &BasicAuthArgs,
) -> Result<(Option<String>, Option<SecretString>)> {
    let (given_password, file) = (args.password.as_ref(), args.password_file.as_deref());
    Ok((given(&args.username), sensitive(ctx, "--password", given_password, file)?))
}

/// User and password, both or none.
fn whole_basic_auth(ctx: &Context, args: &BasicAuthArgs) -> Result<Option<(String, SecretString)>> {
    whole(basic_auth(ctx, args)?)
}

/// Half of a pair of credentials is none.
pub(super) fn whole(
    (username, password): (Option<String>, Option<SecretString>),
) -> Result<Option<(String, SecretString)>> {
    match (username, password) {
        (Some(username), Some(password)) => Ok(Some((username, password))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(usage("--username needs --password-file, or --password")),
        (None, Some(_)) => Err(usage("a password needs --username")),
    }
}

/// A value that others must not see: from a file, from standard input, or from the argument itself, which
/// other processes can read.
pub(in crate::commands) fn sensitive(
    ctx: &Context,
    flag: &str,
    argument: Option<&SecretArg>,
    file: Option<&Path>,
) -> Result<Option<SecretString>> {
    let argument = argument.filter(|argument| !argument.expose_secret().is_empty());
    match (argument, file) {
        (Some(argument), _) => {
            if ctx.output.stderr_is_terminal {
                ctx.output.warn(format_args!(
                    "{flag} can be read in the list of processes; {flag}-file cannot"
                ));
            }
            Ok(Some(argument.clone()))
        }
        (None, Some(path)) => files::secret(path, &format!("{flag}-file")).map(Some),
        (None, None) => Ok(None),
    }
}
