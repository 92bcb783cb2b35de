//! `create source helm`.

use anyhow::Result;
use nigari_api::source::{HelmRepositorySpec, HelmRepositoryType};

use super::new::{Created, New, only_if, reference, same_word};
use crate::cli::create::source_helm::SourceHelmArgs;
use crate::manifests::value::time::Limit;

/// A HelmRepository.
pub(super) fn make(
    new: &New<'_>,
    args: &SourceHelmArgs,
    limit: Option<Limit>,
) -> Result<Vec<Created>> {
    let is_oci = args.url.starts_with("oci://");
    let secret_ref = reference(&args.secret_ref);
    let spec = HelmRepositorySpec {
        interval: Some(new.interval()),
        pass_credentials: only_if(args.pass_credentials && secret_ref.is_some()),
        provider: args.oci_provider.filter(|_| is_oci).map(same_word).transpose()?,
        secret_ref,
        timeout: limit.map(|limit| limit.to_string()),
        type_: is_oci.then_some(HelmRepositoryType::Oci),
        url: args.url.clone(),
        ..HelmRepositorySpec::default()
    };
    new.only(&args.name, spec)
}
