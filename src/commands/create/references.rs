//! `--check-references`: whether everything is there that the objects name.

use anyhow::{Context as _, Result};

use super::new::Created;
use crate::commands::several;
use crate::context::Context;
use crate::kinds::ObjectRef;
use crate::kinds::reference::references_of;
use crate::manifests::object::field;

/// Checks that the cluster has what the objects refer to, or that it is among them.
///
/// # Errors
/// The class that all failures share: [`NotFound`](crate::error::Class::NotFound) where something is missing.
pub(super) async fn check(ctx: &Context, created: &[Created]) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let mut named: Vec<(String, ObjectRef)> = Vec::new();
    for (place, object) in created.iter().flat_map(|created| references_of(&created.object)) {
        let is_new = created.iter().any(|created| created.is(&object));
        if !is_new && !named.iter().any(|(_, known)| *known == object) {
            named.push((field(place), object));
        }
    }
    let count = named.len();
    let looks = several::each(
        named.into_iter().map(Ok),
        |(place, object)| async move {
            let look = cluster.require(&object);
            let found = ctx.deadline.within("the server to answer", look).await;
            found.with_context(|| format!("cannot rely on {place}"))
        },
        |()| {},
    );
    let failures = several::failures(looks.await);
    several::refuse_failures(
        &ctx.output,
        failures,
        count,
        "that the manifest refers to could not be found",
    )
}
