//! `create image repository`.

use anyhow::Result;
use nigari_api::image::ImageRepositorySpec;

use super::new::{Created, New, reference};
use crate::cli::create::image_repository::ImageRepositoryArgs;

/// An ImageRepository.
pub(super) fn make(new: &New<'_>, args: &ImageRepositoryArgs) -> Result<Vec<Created>> {
    let spec = ImageRepositorySpec {
        cert_secret_ref: reference(&args.cert_ref),
        image: args.image.clone(),
        interval: new.interval(),
        secret_ref: reference(&args.secret_ref),
        timeout: args.scan_timeout.map(|timeout| timeout.to_string()),
        ..ImageRepositorySpec::default()
    };
    new.only(&args.name, spec)
}
