//! Counts the objects of each kind: how many run, fail and are suspended, and what their artifacts take.

use anyhow::{Error, Result, anyhow};
use futures::TryStreamExt as _;
use futures::future::join_all;
use kube::api::DynamicObject;
use serde_json::{Value, json};

use crate::cli::stats::{StatsArgs, StatsFormat};
use crate::cluster::{Cluster, Scope};
use crate::context::Context;
use crate::error::{Explain as _, common_class};
use crate::kinds::view::number;
use crate::kinds::{self, Kind};
use crate::output::document::Document;
use crate::output::table::Table;

/// What is counted of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    total: usize,
    failing: usize,
    suspended: usize,
    storage_bytes: u64,
}

impl Count {
    /// An object that is suspended may have failed before.
    fn add(&mut self, kind: &Kind, object: &DynamicObject) {
        self.total += 1;
        self.failing += usize::from(kind.ready_cells(object).0 == "False" && has_failed(object));
        self.suspended += usize::from(kind.is_suspended(object));
        let size =
            number(object, "/status/artifact/size").and_then(|size| u64::try_from(size).ok());
        self.storage_bytes += size.unwrap_or_default();
    }

    fn running(self) -> usize {
        self.total - self.suspended
    }
}

/// What was never reconciled has not failed.
fn has_failed(object: &DynamicObject) -> bool {
    kinds::readiness::condition(object, "Ready").is_some()
}

/// Prints the counts of every kind that is installed.
///
/// # Errors
/// What discovery fails with; a kind that cannot be listed is told, the others are counted, and their common
/// class is the error's.
pub async fn run(ctx: &Context, args: &StatsArgs) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let scope = match args.all_namespaces {
        true => Scope::everywhere(),
        false => Scope::namespace(ctx.namespace()),
    };
    let counts = ctx.deadline.within("the cluster's lists", count(cluster, &scope)).await?;
    let of = counts.len();
    let (mut counted, mut failures) = (Vec::new(), Vec::new());
    for (kind, count) in counts {
        match count {
            Ok(count) => counted.push((kind, count)),
            Err(error) => {
                ctx.output.failed(format_args!("{error:#}"));
                failures.push(error);
            }
        }
    }
    ctx.output.data(&match args.output {
        StatsFormat::Table => table(&counted).render(ctx.output.paper(), true),
        StatsFormat::Json => Document::Json.text(&document(&counted))?,
        StatsFormat::Yaml => Document::Yaml.text(&document(&counted))?,
    })?;
    refuse(&failures, of)
}

type Counted = (&'static Kind, Result<Count>);

/// Counts every installed kind at the same time.
async fn count(cluster: &Cluster, scope: &Scope) -> Result<Vec<Counted>> {
    let mut installed = Vec::new();
    for kind in kinds::ALL {
        if cluster.resource(kind).await?.is_some() {
            installed.push(kind);
        }
    }
    let counts = installed
        .into_iter()
        .map(|kind| async move { (kind, count_kind(cluster, kind, scope).await) });
    Ok(join_all(counts).await)
}

async fn count_kind(cluster: &Cluster, kind: &'static Kind, scope: &Scope) -> Result<Count> {
    let mut count = Count::default();
    let mut objects = std::pin::pin!(cluster.list_to_show(kind, scope).await?);
    while let Some(object) = objects.try_next().await? {
        count.add(kind, &object);
    }
    Ok(count)
}

fn refuse(failures: &[Error], of: usize) -> Result<()> {
    match failures.len() {
        0 => Ok(()),
        count => Err(anyhow!("{count} of {of} installed kinds could not be listed")
            .class(common_class(failures))),
    }
}

fn table(counted: &[(&'static Kind, Count)]) -> Table {
    let mut table = Table::new(vec!["RECONCILERS", "RUNNING", "FAILING", "SUSPENDED", "STORAGE"]);
    for (kind, count) in counted {
        table.push(vec![
            kind.kind.to_owned(),
            count.running().to_string(),
            count.failing.to_string(),
            count.suspended.to_string(),
            size(count.storage_bytes),
        ]);
    }
    table
}

fn document(counted: &[(&'static Kind, Count)]) -> Value {
    let item = |(kind, count): &(&'static Kind, Count)| {
        json!({
            "group": kind.group,
            "kind": kind.kind,
            "total": count.total,
            "running": count.running(),
            "failing": count.failing,
            "suspended": count.suspended,
            "storageBytes": count.storage_bytes,
        })
    };
    counted.iter().map(item).collect()
}

/// A size in binary units with one decimal, as upstream writes it; `-` for none.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["KiB", "MiB", "GiB", "TiB", "PiB"];
    if bytes == 0 {
        return "-".to_owned();
    }
    if bytes < 1024 {
        return format!("{bytes} B");
    }
    let (mut tenths, mut unit) = (bytes.saturating_mul(10) / 1024, 0);
    while tenths >= 10_240 && unit + 1 < UNITS.len() {
        tenths /= 1024;
        unit += 1;
    }
    format!("{}.{} {}", tenths / 10, tenths % 10, UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_one_decimal() {
        for (bytes, expected) in [
            (0, "-"),
            (12, "12 B"),
            (1229, "1.2 KiB"),
            (1_048_576, "1.0 MiB"),
            (5 * 1_073_741_824 / 2, "2.5 GiB"),
        ] {
            assert_eq!(size(bytes), expected, "{bytes}");
        }
    }
}
