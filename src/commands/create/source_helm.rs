//! `create source helm`.

use anyhow::Result;
use nigari_api::meta::LocalObjectReference;
use nigari_api::source::{HelmRepositorySpec, HelmRepositoryType};

use super::new::{Created, New, given, only_if, reference, same_word};
use super::secret::{TlsFiles, Wanted, helm, sensitive, whole};
use super::sources::Sources;
use crate::cli::create::source_helm::{HelmCredentialArgs, SourceHelmArgs};
use crate::context::Context;

/// A HelmRepository, and the Secret with the credentials that were given.
pub(super) fn make(
    ctx: &Context,
    new: &New<'_>,
    args: &SourceHelmArgs,
    sources: &Sources,
) -> Result<Vec<Created>> {
    let mut secret_ref = reference(&args.secret_ref);
    let mut created = Vec::new();
    if secret_ref.is_none()
        && let Some(wanted) = secret(ctx, &args.name, &args.credentials)?
        && sources.writes_secrets(ctx)
    {
        created.push(new.laid_out_secret(&wanted)?);
        secret_ref = Some(LocalObjectReference::new(wanted.name));
    }
    let is_oci = args.url.starts_with("oci://");
    let spec = HelmRepositorySpec {
        interval: Some(new.interval()),
        pass_credentials: only_if(args.pass_credentials && secret_ref.is_some()),
        provider: args.oci_provider.filter(|_| is_oci).map(same_word).transpose()?,
        secret_ref,
        timeout: sources.timeout(),
        type_: is_oci.then_some(HelmRepositoryType::Oci),
        url: args.url.clone(),
        ..HelmRepositorySpec::default()
    };
    created.push(new.laid_out(&new.object(&args.name, spec))?);
    Ok(created)
}

/// The Secret of the credentials; none where none were given.
fn secret(ctx: &Context, name: &str, args: &HelmCredentialArgs) -> Result<Option<Wanted>> {
    let (argument, file) = (args.password.as_ref(), args.password_file.as_deref());
    let password = sensitive(ctx, "--password", argument, file)?;
    let files = TlsFiles::new(
        ("--cert-file", args.cert_file.as_deref()),
        ("--key-file", args.key_file.as_deref()),
        ("--ca-file", args.ca_file.as_deref()),
    );
    let (type_, entries) = helm(&files, whole((given(&args.username), password))?)?;
    let wanted = Wanted { type_, ..Wanted::opaque(&format!("helm-{name}"), entries) };
    Ok(Some(wanted).filter(|wanted| !wanted.entries.is_empty()))
}
