//! Traces objects back to what they came from: who applied them, from which source, at which revision.

mod report;
mod route;

use anyhow::Result;
use k8s_openapi::jiff::Timestamp;

use super::several::refuse_failures;
use crate::cli::trace::{TraceArgs, TraceFormat};
use crate::context::Context;
use crate::output::document::Document;

/// Prints the way of each object that was named.
///
/// # Errors
/// [`crate::error::Class::NotFound`] for an object that is not there, [`crate::error::Class::NotInstalled`]
/// for a kind that the cluster does not serve, [`crate::error::Class::Failed`] for an object that Flux does
/// not manage. Of several, their common class.
pub async fn run(ctx: &Context, args: &TraceArgs) -> Result<()> {
    let traced = args.traced()?;
    let cluster = ctx.cluster().await?;
    let (mut routes, mut failures) = (Vec::new(), Vec::new());
    for one in &traced {
        let find = route::find(cluster, one, args.api_version.as_deref(), ctx.namespace());
        match ctx.deadline.within("the cluster", find).await {
            Ok(route) => routes.push(route),
            Err(error) => failures.push(error),
        }
    }
    let text = match args.output {
        TraceFormat::Text => routes.iter().map(report::text).collect::<Vec<_>>().join("\n---\n\n"),
        TraceFormat::Json => Document::Json.text(&report::document(&routes))?,
        TraceFormat::Yaml => Document::Yaml.text(&report::document(&routes))?,
    };
    ctx.output.data(&text)?;
    refuse_failures(&ctx.output, failures, traced.len(), "could not be traced")
}

/// A time as the reports write it.
fn written(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
