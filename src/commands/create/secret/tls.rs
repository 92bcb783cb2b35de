//! Certificates: `create secret tls`, `create secret helm`, and those of sources.

use std::path::Path;

use anyhow::{Context as _, Result};
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;
use secrecy::{ExposeSecret as _, SecretString};

use super::{Entries, Wanted, whole_basic_auth};
use crate::cli::create::secret::{HelmSecretArgs, TlsArgs, TlsSecretArgs};
use crate::commands::files;
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};

/// A certificate with its key.
const TLS: &str = "kubernetes.io/tls";
/// A user and a password.
const BASIC_AUTH: &str = "kubernetes.io/basic-auth";

/// Files of certificates, by the flags that name them.
pub(in crate::commands::create) struct TlsFiles<'a> {
    certificate: Option<(&'static str, &'a Path)>,
    key: Option<(&'static str, &'a Path)>,
    authority: Option<(&'static str, &'a Path)>,
}

impl<'a> TlsFiles<'a> {
    /// Names the files, where each was given by the flag before it.
    pub(in crate::commands::create) fn new(
        certificate: (&'static str, Option<&'a Path>),
        key: (&'static str, Option<&'a Path>),
        authority: (&'static str, Option<&'a Path>),
    ) -> Self {
        let named = |(flag, path): (&'static str, Option<&'a Path>)| path.map(|path| (flag, path));
        Self { certificate: named(certificate), key: named(key), authority: named(authority) }
    }

    fn of(args: &'a TlsArgs) -> Self {
        Self::new(
            ("--tls-crt-file", args.tls_crt_file.as_deref()),
            ("--tls-key-file", args.tls_key_file.as_deref()),
            ("--ca-crt-file", args.ca_crt_file.as_deref()),
        )
    }
}

/// What a Secret with certificates holds, and its type; nothing without certificates.
pub(in crate::commands::create) fn certificates(
    files: &TlsFiles<'_>,
) -> Result<(Option<&'static str>, Entries)> {
    let read = |(flag, path): (&'static str, &Path)| files::verbatim(path, flag);
    let authority = files.authority.map(read).transpose()?;
    let mut entries: Entries =
        authority.into_iter().map(|authority| ("ca.crt".to_owned(), authority)).collect();
    let (Some(certificate), Some(key)) = (files.certificate, files.key) else {
        return Ok((None, entries));
    };
    let flags = format!("{} and {}", certificate.0, key.0);
    let (certificate, key) = (read(certificate)?, read(key)?);
    check_pair(&certificate, &key)
        .with_context(|| format!("{flags} cannot be used"))
        .class(Class::Usage)?;
    entries.extend([("tls.crt".to_owned(), certificate), ("tls.key".to_owned(), key)]);
    Ok((Some(TLS), entries))
}

/// Checks that the key is the one of the certificate.
fn check_pair(certificate: &SecretString, key: &SecretString) -> Result<()> {
    let chain = CertificateDer::pem_slice_iter(certificate.expose_secret().as_bytes());
    let chain = chain.collect::<Result<Vec<_>, _>>().context("the certificate is not PEM")?;
    let key = PrivateKeyDer::from_pem_slice(key.expose_secret().as_bytes())
        .context("the key is not a PEM file without a passphrase")?;
    CertifiedKey::from_der(chain, key, &aws_lc_rs::default_provider())
        .context("the key is not that of the certificate")?;
    Ok(())
}

/// Credentials of a Helm repository: a client's certificate, else a user, else an authority alone.
pub(in crate::commands::create) fn helm(
    files: &TlsFiles<'_>,
    basic_auth: Option<(String, SecretString)>,
) -> Result<(Option<&'static str>, Entries)> {
    let (type_, mut entries) = certificates(files)?;
    match (type_, basic_auth) {
        (None, Some((username, password))) => {
            entries.extend([
                ("username".to_owned(), username.into()),
                ("password".to_owned(), password),
            ]);
            Ok((Some(BASIC_AUTH), entries))
        }
        (type_, _) => Ok((type_, entries)),
    }
}

pub(super) fn helm_secret(ctx: &Context, args: &HelmSecretArgs) -> Result<Wanted> {
    let basic_auth = whole_basic_auth(ctx, &args.auth)?;
    let (type_, entries) = helm(&TlsFiles::of(&args.tls), basic_auth)?;
    Ok(Wanted { type_, ..Wanted::opaque(&args.name, entries) })
}

pub(super) fn tls_secret(args: &TlsSecretArgs) -> Result<Wanted> {
    let (type_, entries) = certificates(&TlsFiles::of(&args.tls))?;
    if entries.is_empty() {
        return Err(usage("--tls-crt-file with --tls-key-file is needed, or --ca-crt-file"));
    }
    Ok(Wanted { type_, ..Wanted::opaque(&args.name, entries) })
}
