//! Prints the versions of nigari and of what is installed on the cluster.

use anyhow::Result;
use serde_json::{Map, Value};

use crate::cli::{VersionArgs, VersionFormat};
use crate::context::Context;
use crate::manifests::components::FLUX_VERSION;

/// Prints what is known without a cluster, and then what the cluster runs.
///
/// # Errors
/// When the cluster cannot be asked; the client's part is printed all the same.
pub async fn run(ctx: &Context, args: &VersionArgs) -> Result<()> {
    let mut versions = Map::new();
    versions.insert("nigari".to_owned(), concat!("v", env!("CARGO_PKG_VERSION")).into());
    versions.insert("flux".to_owned(), FLUX_VERSION.into());
    let asked = if args.client { Ok(()) } else { ask_cluster(ctx, &mut versions).await };
    ctx.output.data(&render(&versions, args.output)?)?;
    asked
}

async fn ask_cluster(ctx: &Context, versions: &mut Map<String, Value>) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let asked =
        async { tokio::try_join!(cluster.installation(), cluster.controllers(ctx.namespace())) };
    let (installation, controllers) = ctx.deadline.within("the cluster", asked).await?;
    match installation {
        None => ctx.output.warn("Flux is not installed on the cluster"),
        Some(installation) => versions
            .extend(installation.title().map(|title| ("distribution".to_owned(), title.into()))),
    }
    versions.extend(controllers.into_iter().map(|found| (found.name, found.version.into())));
    Ok(())
}

fn render(versions: &Map<String, Value>, format: VersionFormat) -> Result<String> {
    Ok(match format {
        VersionFormat::Yaml => serde_yaml::to_string(versions)?,
        VersionFormat::Json => serde_json::to_string_pretty(versions)? + "\n",
    })
}
