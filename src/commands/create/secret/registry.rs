//! `create secret oci`: a user of a container registry.

use anyhow::Result;
use secrecy::{ExposeSecret as _, SecretString};

use super::{Wanted, whole_basic_auth};
use crate::cli::create::secret::OciSecretArgs;
use crate::context::Context;
use crate::error::usage;
use crate::manifests::pull_secret::{self, Credentials};

pub(super) fn wanted(ctx: &Context, args: &OciSecretArgs) -> Result<Wanted> {
    let (username, password) = whole_basic_auth(ctx, &args.auth)?
        .ok_or_else(|| usage("--username and --password-file are needed"))?;
    let pair: SecretString = format!("{username}:{}", password.expose_secret()).into();
    let config = pull_secret::config(&args.url, &Credentials::parse(&pair)?);
    let entries = vec![(pull_secret::KEY.to_owned(), config)];
    Ok(Wanted { type_: Some(pull_secret::TYPE), ..Wanted::opaque(&args.name, entries) })
}
