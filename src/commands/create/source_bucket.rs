//! `create source bucket`.

use anyhow::Result;
use nigari_api::meta::LocalObjectReference;
use nigari_api::source::BucketSpec;

use super::new::{Created, New, given, only_if, reference, same_word};
use super::secret::{Entries, Wanted, sensitive};
use super::source_git::ignore;
use super::sources::Sources;
use crate::cli::create::source_bucket::{BucketCredentialArgs, SourceBucketArgs};
use crate::context::Context;

/// A Bucket, and the Secret with the credentials that were given.
pub(super) fn make(
    ctx: &Context,
    new: &New<'_>,
    args: &SourceBucketArgs,
    sources: &Sources,
) -> Result<Vec<Created>> {
    let mut secret_ref = reference(&args.secret_ref);
    let mut created = Vec::new();
    let entries = entries(ctx, &args.credentials)?;
    if secret_ref.is_none() && !entries.is_empty() && sources.writes_secrets(ctx) {
        let name = format!("bucket-{}", args.name);
        created.push(new.laid_out_secret(&Wanted::opaque(&name, entries))?);
        secret_ref = Some(LocalObjectReference::new(name));
    }
    let spec = BucketSpec {
        bucket_name: args.bucket_name.clone(),
        endpoint: args.endpoint.clone(),
        ignore: ignore(&args.ignore_paths),
        insecure: only_if(args.insecure),
        interval: new.interval(),
        provider: args.provider.map(same_word).transpose()?,
        proxy_secret_ref: reference(&args.proxy_secret_ref),
        region: given(&args.region),
        secret_ref,
        timeout: sources.timeout(),
        ..BucketSpec::default()
    };
    created.push(new.laid_out(&new.object(&args.name, spec))?);
    Ok(created)
}

/// Both keys, or none.
fn entries(ctx: &Context, args: &BucketCredentialArgs) -> Result<Entries> {
    let (argument, file) = (args.secret_key.as_ref(), args.secret_key_file.as_deref());
    let secret_key = sensitive(ctx, "--secret-key", argument, file)?;
    let both = given(&args.access_key).zip(secret_key);
    let entries = both.into_iter().flat_map(|(access, secret)| {
        [("accesskey".to_owned(), access.into()), ("secretkey".to_owned(), secret)]
    });
    Ok(entries.collect())
}
