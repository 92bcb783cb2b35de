//! Prints objects as the manifests that would make them.

use std::collections::HashSet;

use anyhow::{Context as _, Error, Result};
use serde_json::{Value, json};

use super::selection::{Found, Selection};
use super::several::refuse_failures;
use crate::cli::export::ExportArgs;
use crate::cluster::Cluster;
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::kinds::ObjectRef;
use crate::kinds::manifest::manifest_of;
use crate::output::document::manifests;

/// Prints each object that was asked for, each followed by the Secrets that it refers to if they are asked
/// for too. What can be had is printed, whatever is missing.
///
/// # Errors
/// [`Class::NotFound`] when there is nothing, or an object or a Secret is missing; of several failures, their
/// common class.
pub async fn run(ctx: &Context, args: &ExportArgs) -> Result<()> {
    let selection = Selection::new(&args.target, &args.select)?;
    let found = selection.find(ctx).await?;
    let mut export = Export::default();
    for found in found {
        match found {
            Ok(found) if args.with_credentials => export.add_with_secrets(ctx, &found).await?,
            Ok(found) => export.documents.push(manifest_of(&found.object)),
            Err(error) => export.failures.push(error),
        }
    }
    let of = export.documents.len() + export.failures.len();
    ctx.output.data(&manifests(&export.documents)?)?;
    refuse_failures(&ctx.output, export.failures, of, "could not be exported")
}

#[derive(Default)]
struct Export {
    documents: Vec<Value>,
    /// The Secrets that were read: several objects may share one.
    secrets: HashSet<ObjectRef>,
    failures: Vec<Error>,
}

impl Export {
    async fn add_with_secrets(&mut self, ctx: &Context, found: &Found) -> Result<()> {
        self.documents.push(manifest_of(&found.object));
        let cluster = ctx.cluster().await?;
        for reference in found.kind.credentials_of(&found.object) {
            if !self.secrets.insert(reference.clone()) {
                continue;
            }
            let secret = ctx.deadline.within("the cluster", secret(cluster, &reference)).await;
            let secret = secret.with_context(|| {
                format!("the credentials of {} {}/{}", found.kind, found.namespace(), found.name())
            });
            match secret {
                Ok(secret) => self.documents.push(secret),
                Err(error) => self.failures.push(error),
            }
        }
        Ok(())
    }
}

/// A Secret with its values and without anything else.
async fn secret(cluster: &Cluster, reference: &ObjectRef) -> Result<Value> {
    let ObjectRef { namespace, name, .. } = reference;
    let secret = cluster.secret(namespace, name).await?;
    let secret = secret
        .with_context(|| format!("Secret {namespace}/{name} not found"))
        .class(Class::NotFound)?;
    Ok(json!({
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": name, "namespace": namespace},
        "data": secret.data,
        "type": secret.type_,
    }))
}
