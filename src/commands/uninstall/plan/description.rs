//! What a person reads before saying yes: what goes, and what stays.

use std::fmt::Write as _;

use kube::api::DynamicObject;

use super::Plan;
use crate::cluster::footprint::CustomObjects;
use crate::cluster::removal::has_flux_finalizer;
use crate::kinds::view::{kind, name, title};

/// Custom objects, or what else is in the namespace: how many are named unless `--verbose` asks for all.
const SHOWN: usize = 20;

impl Plan {
    /// What a person reads before saying yes.
    pub(in crate::commands::uninstall) fn describe(
        &self,
        leaving: &[CustomObjects],
        contents: &[DynamicObject],
        is_verbose: bool,
    ) -> Vec<String> {
        let limit = if is_verbose { usize::MAX } else { SHOWN };
        let named = self.objects().map(|object| match kind(object) {
            "CustomResourceDefinition" => self.with_objects(object, leaving),
            _ => title(object),
        });
        let mut lines = vec![list("these are deleted:", named.collect(), usize::MAX)];
        if !contents.is_empty() && self.namespace.is_some() {
            let contents = contents.iter().map(title).collect();
            lines.push(list("with the namespace goes what else is in it:", contents, limit));
        }
        let all = || leaving.iter().flat_map(|custom| &custom.objects);
        if !self.others.is_empty() && all().next().is_some() {
            let objects = all().map(title).collect();
            lines.push(list("these are deleted too, and nothing with them:", objects, limit));
        } else if all().any(has_flux_finalizer) {
            let objects = all().filter(|object| has_flux_finalizer(object));
            let objects = objects.map(title).collect();
            lines.push(list(
                "these lose their finalizers first, so that nothing that they applied goes with them:",
                objects,
                limit,
            ));
        }
        lines.push(list("these stay:", self.staying(), usize::MAX));
        lines
    }

    fn with_objects(&self, definition: &DynamicObject, leaving: &[CustomObjects]) -> String {
        let of = leaving.iter().find(|custom| custom.definition == name(definition));
        let what = title(definition);
        match of.map_or(0, |custom| custom.objects.len()) {
            0 => what,
            1 => format!("{what}, with its 1 object"),
            count => format!("{what}, with its {count} objects"),
        }
    }

    fn staying(&self) -> Vec<String> {
        let mut staying =
            vec!["what Flux has applied, which nothing reconciles any more".to_owned()];
        if !self.others.is_empty() {
            "what Flux in this namespace has applied".clone_into(&mut staying[0]);
        }
        if let Some(why) = self.stays {
            staying.push(format!("Namespace {}: {why}", self.instance));
        }
        let is_alone = self.others.is_empty();
        if let Some(count) = Some(self.terraforms.len()).filter(|count| *count > 0 && is_alone) {
            let objects = if count == 1 { "object" } else { "objects" };
            staying.push(format!(
                "{count} Terraform {objects} and what they have made: with their sources gone, nothing is \
                 planned or applied any more"
            ));
        }
        for (other, shown_by) in &self.others {
            staying.push(format!("the CRDs: Flux in namespace {other} uses them ({shown_by})"));
        }
        staying
    }
}

/// A heading, and an indented line for each item up to `limit`.
fn list(heading: &str, items: Vec<String>, limit: usize) -> String {
    let mut text = heading.to_owned();
    for item in items.iter().take(limit) {
        let _ = write!(text, "\n    {item}");
    }
    if let Some(more) = items.len().checked_sub(limit).filter(|more| *more > 0) {
        let _ = write!(text, "\n    and {more} more, shown with --verbose");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut() {
        let items = || ["1", "2", "3"].map(str::to_owned).to_vec();
        assert_eq!(
            list("x:", items(), 2),
            "x:\n    1\n    2\n    and 1 more, shown with --verbose"
        );
        assert_eq!(list("x:", items(), 3), "x:\n    1\n    2\n    3");
    }
}
