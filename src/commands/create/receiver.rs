//! `create receiver`.

use anyhow::Result;
use nigari_api::meta::LocalObjectReference;
use nigari_api::notification::ReceiverSpec;

use super::new::{Created, New, listed, same_word};
use crate::cli::create::receiver::ReceiverArgs;

/// A Receiver.
pub(super) fn make(new: &New<'_>, args: &ReceiverArgs) -> Result<Vec<Created>> {
    let spec = ReceiverSpec {
        events: listed(&args.events),
        interval: new.common.interval.map(|interval| interval.to_string()),
        oidc_providers: Vec::new(),
        resource_filter: None,
        resources: args.resources.clone(),
        secret_ref: Some(LocalObjectReference::new(&args.secret_ref)),
        suspend: None,
        type_: same_word(args.type_)?,
    };
    new.only(&args.name, spec)
}
