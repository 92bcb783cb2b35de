//! `create tenant`.

use anyhow::Result;

use super::builtin::{
    account, metadata, namespace, role_binding, role_hint, service_account, user,
};
use super::new::{Created, New, given};
use crate::cli::create::tenant::TenantArgs;

/// Marks everything that belongs to a tenant.
const TENANT: &str = "toolkit.fluxcd.io/tenant";

/// In each namespace: an account, and what it may do there. Controllers act as this account, or as the user
/// `gotk:<namespace>:reconciler`.
pub(super) fn make(new: &New<'_>, args: &TenantArgs) -> Result<Vec<Created>> {
    let mut labels = new.labels();
    labels.insert(TENANT.to_owned(), args.name.clone());
    let account_name = given(&args.service_account).unwrap_or_else(|| args.name.clone());
    let mut created = Vec::new();
    for place in &args.namespaces {
        if !args.skip_namespace {
            created.push(new.laid_out(&namespace(metadata(None, place, &labels)))?);
        }
        let metadata = |name: &str| metadata(Some(place), name, &labels);
        created.push(new.laid_out(&service_account(metadata(&account_name)))?);
        let subjects =
            vec![user(format!("gotk:{place}:reconciler")), account(place, &account_name)];
        let binding_name = format!("{}-reconciler", args.name);
        let binding = role_binding(metadata(&binding_name), &args.cluster_role, subjects);
        created.push(Created {
            hint: Some(role_hint(place, &binding_name)),
            ..new.laid_out(&binding)?
        });
    }
    Ok(created)
}
