//! `create alert-provider`.

use anyhow::Result;
use nigari_api::notification::ProviderSpec;

use super::new::{Created, New, given, reference};
use crate::cli::create::alert_provider::AlertProviderArgs;

/// A Provider.
pub(super) fn make(new: &New<'_>, args: &AlertProviderArgs) -> Result<Vec<Created>> {
    let spec = ProviderSpec {
        address: given(&args.address),
        cert_secret_ref: None,
        channel: given(&args.channel),
        commit_status_expr: None,
        interval: None,
        proxy: None,
        proxy_secret_ref: None,
        secret_ref: reference(&args.secret_ref),
        service_account_name: None,
        suspend: None,
        timeout: None,
        type_: args.type_,
        username: given(&args.username),
    };
    new.only(&args.name, spec)
}
