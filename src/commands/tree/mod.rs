//! Shows what an object has made, and what that has made in turn.

mod draw;
mod grow;
mod release;

use anyhow::Result;

use crate::cli::tree::{TreeArgs, TreeFormat};
use crate::context::Context;
use crate::error::usage;
use crate::kinds::Verb;
use crate::output::document::Document;

use super::several::refuse_failures;
use grow::Grower;

/// Prints the tree of each object that was named.
///
/// # Errors
/// [`crate::error::Class::NotFound`] for an object that was named and is not there. What cannot be read below
/// it is told after the tree.
pub async fn run(ctx: &Context, args: &TreeArgs) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let kind = match args.target.kinds.list(Verb::Tree).as_slice() {
        [kind] => *kind,
        _ => return Err(usage("trees are of one kind at a time")),
    };
    let mut grower = Grower::new(cluster, args.compact);
    let mut trees = Vec::new();
    for name in &args.target.names {
        let tree = grower.tree(kind, ctx.namespace(), name);
        trees.push(ctx.deadline.within("the tree", tree).await?);
    }
    let text = match args.output {
        TreeFormat::Text => trees.iter().map(draw::text).collect::<Vec<_>>().join("\n"),
        TreeFormat::Json => Document::Json.text(&draw::document(&trees))?,
        TreeFormat::Yaml => Document::Yaml.text(&draw::document(&trees))?,
        TreeFormat::Mermaid => draw::mermaid(&trees),
        TreeFormat::Dot => draw::dot(&trees),
    };
    ctx.output.data(&text)?;
    let (failures, of) = grower.finish();
    refuse_failures(&ctx.output, failures, of, "could not be read")
}
