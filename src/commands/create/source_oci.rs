//! `create source oci`.

use anyhow::Result;
use nigari_api::source::{
    OCILayerOperation, OCILayerSelector, OCIRepositoryRef, OCIRepositorySpec,
    OCIRepositoryVerification,
};

use super::new::{Created, New, given, only_if, reference, same_word};
use super::source_git::ignore;
use super::sources::Sources;
use super::verification::identities;
use crate::cli::create::source_oci::{LayerSelector, SourceOciArgs};
use crate::cli::create::verification::VerificationArgs;

/// An OCIRepository.
pub(super) fn make(new: &New<'_>, args: &SourceOciArgs, sources: &Sources) -> Result<Vec<Created>> {
    let spec = OCIRepositorySpec {
        cert_secret_ref: reference(&args.cert_ref),
        ignore: ignore(&args.ignore_paths),
        insecure: only_if(args.insecure),
        interval: new.interval(),
        layer_selector: args.layer_selector.as_ref().map(layer),
        provider: args.provider.map(same_word).transpose()?,
        proxy_secret_ref: reference(&args.proxy_secret_ref),
        reference: Some(OCIRepositoryRef {
            digest: given(&args.reference.digest),
            semver: given(&args.reference.tag_semver),
            semver_filter: None,
            tag: given(&args.reference.tag),
        }),
        secret_ref: reference(&args.secret_ref),
        service_account_name: given(&args.service_account),
        timeout: sources.timeout(),
        url: args.url.clone(),
        verify: verification(&args.verification)?,
        ..OCIRepositorySpec::default()
    };
    new.only(&args.name, spec)
}

fn layer(selector: &LayerSelector) -> OCILayerSelector {
    let operation =
        if selector.is_copied { OCILayerOperation::Copy } else { OCILayerOperation::Extract };
    OCILayerSelector { media_type: Some(selector.media_type.clone()), operation: Some(operation) }
}

fn verification(args: &VerificationArgs) -> Result<Option<OCIRepositoryVerification>> {
    let Some(provider) = args.verify_provider else { return Ok(None) };
    Ok(Some(OCIRepositoryVerification {
        match_oidc_identity: identities(args),
        provider: same_word(provider)?,
        secret_ref: reference(&args.verify_secret_ref),
        trusted_root_secret_ref: None,
    }))
}
