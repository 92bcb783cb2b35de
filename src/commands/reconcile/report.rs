//! What the user reads of reconciliations: the story of one, a line for each of many, and the results.

use std::collections::HashMap;

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;

use super::plan::{Outcome, Place, Plan, Step};
use crate::cli::reconcile::{ReconcileArgs, ReconcileFormat};
use crate::cluster::reconcile::Reconciliations;
use crate::error::{Class, Explain as _, Shared, class_of, common_class};
use crate::kinds::revision::shorten;
use crate::kinds::{Kind, ObjectRef};
use crate::output::Output;
use crate::output::document::Document;
use crate::output::table::Table;
use crate::output::tree::{Mark, Tree};

/// Tells what happens: of one object step by step, of several one line each.
pub(super) struct Story<'a> {
    pub(super) output: &'a Output,
    pub(super) is_of_many: bool,
    pub(super) waits: bool,
    /// The lines of a chain, by the place of their step.
    pub(super) tree: Option<(Tree, HashMap<Place, usize>)>,
}

impl Story<'_> {
    /// Shows a chain as it goes on, where there is a terminal.
    pub(super) fn plant(&mut self, lines: Vec<(Place, usize, String)>) {
        let places = lines.iter().enumerate().map(|(line, (place, ..))| (*place, line)).collect();
        let tree = self.output.tree(lines.into_iter().map(|(_, depth, label)| (depth, label)));
        self.tree = Some((tree, places));
    }

    /// Says in the tree how it stands with a step.
    pub(super) fn mark(&self, place: Place, mark: Mark, words: &str) {
        if let Some((tree, lines)) = &self.tree
            && let Some(line) = lines.get(&place)
        {
            tree.mark(*line, mark, words);
        }
    }

    /// What has failed already, and how many are about to be asked.
    pub(super) fn open(&self, plan: &Plan) {
        for step in plan.steps() {
            if let Some(outcome) = step.outcome() {
                self.ends(step, outcome);
            }
        }
        let count = plan.waiting().len();
        if self.is_of_many && count > 0 {
            let objects = if count == 1 { "object" } else { "objects" };
            self.output.action(format_args!("reconciling {count} {objects}"));
        }
    }

    pub(super) fn begins(&self, object: &ObjectRef) {
        if !self.is_of_many {
            let ObjectRef { kind, namespace, name } = object;
            self.output.action(format_args!("annotating {kind} {name} in {namespace} namespace"));
        }
    }

    pub(super) fn requested(&self, object: &ObjectRef) {
        if self.is_of_many {
            return;
        }
        self.output.done(format_args!("{} annotated", object.kind));
        self.waits_for(object);
    }

    /// What was asked by resuming it.
    pub(super) fn resumed(&self, kind: &Kind, object: &ObjectRef) {
        if self.is_of_many {
            return;
        }
        self.output.done(format_args!("{} resumed", kind.human));
        self.waits_for(object);
    }

    fn waits_for(&self, object: &ObjectRef) {
        if self.waits {
            self.output.waiting(format_args!("waiting for {} reconciliation", object.kind));
        }
    }

    /// What cannot be asked, and is taken as it is.
    pub(super) fn taken_as_it_is(&self, kind: &Kind, object: &ObjectRef, found: &DynamicObject) {
        let outcome = (kind.outcome)(found);
        self.output.warn(format_args!(
            "{object} cannot be asked to reconcile: going on with it as it is, {outcome}"
        ));
    }

    /// What no controller looks at.
    pub(super) fn is_static(&self, object: &ObjectRef) {
        self.output.done(match self.is_of_many {
            true => format!("{object}: reconciliation not supported by the object"),
            false => "reconciliation not supported by the object".to_owned(),
        });
    }

    /// What is at the wanted revision already.
    pub(super) fn is_there(&self, object: &ObjectRef, at: &str) {
        self.output.done(format_args!("{object} is ready at {at} already"));
    }

    /// What was reconciled, and is not at the wanted revision.
    pub(super) fn put_off(&self, words: &str) {
        self.output.waiting(words);
    }

    pub(super) fn ends(&self, step: &Step, outcome: &Outcome) {
        match outcome {
            Ok(_) if !self.waits => self.output.done(match self.is_of_many {
                true => format!("{} annotated", step.object),
                false => "not waiting for its reconciliation".to_owned(),
            }),
            Ok(found) => {
                let outcome = (step.kind.outcome)(found);
                self.output.done(match self.is_of_many {
                    true => format!("{}: {outcome}", step.object),
                    false => outcome,
                });
            }
            Err(error) if self.is_of_many => {
                self.output.failed(format_args!("{:#}", error.error()))
            }
            // The only one: the command fails with it.
            Err(_) => {}
        }
    }

    /// An object that cannot be reconciled because of another one, whose own failure was told.
    pub(super) fn gives_up(&self, error: &Shared) {
        if self.is_of_many {
            self.output.failed(error);
        }
    }
}

/// Prints the results in the form that was asked for.
pub(super) fn print(
    output: &Output,
    plan: &Plan,
    work: &Reconciliations<'_>,
    args: &ReconcileArgs,
) -> Result<()> {
    let document = match args.output {
        ReconcileFormat::Json => Document::Json,
        ReconcileFormat::Yaml => Document::Yaml,
        ReconcileFormat::Table if plan.listed().count() < 2 => return Ok(()),
        ReconcileFormat::Table => {
            return output.data(&table(plan, work, args).render(output.paper(), true));
        }
    };
    let objects = plan.listed().filter_map(|step| final_object(step, work));
    output.data(&document.list(objects)?)
}

/// The object as its reconciliation left it, else as it was seen last.
fn final_object<'a>(step: &'a Step, work: &'a Reconciliations<'_>) -> Option<&'a DynamicObject> {
    match step.outcome() {
        Some(Ok(object)) => Some(object),
        _ => work.object(&step.object),
    }
}

/// The results; the namespace is told where that is news.
fn table(plan: &Plan, work: &Reconciliations<'_>, args: &ReconcileArgs) -> Table {
    let is_mixed = differ(plan.listed().map(|step| step.kind));
    let namespaces = plan.listed().map(|step| &step.object.namespace);
    let has_namespaces = args.all_namespaces || differ(namespaces);
    let first = has_namespaces.then_some("NAMESPACE");
    let headers = first.into_iter().chain(["NAME", "REVISION", "RESULT", "MESSAGE"]);
    let mut table = Table::new(headers.collect());
    for step in plan.listed() {
        let ObjectRef { namespace, name, .. } = &step.object;
        let name = match is_mixed {
            true => format!("{}/{name}", step.kind.kind.to_lowercase()),
            false => name.clone(),
        };
        let revision = final_object(step, work).map(|found| revision(step.kind, found));
        let (result, message) = result(step, !args.no_wait);
        let namespace = has_namespaces.then(|| namespace.clone());
        let cells = [name, revision.unwrap_or_default(), result, message];
        table.push(namespace.into_iter().chain(cells).collect());
    }
    table
}

fn differ<T: PartialEq>(mut all: impl Iterator<Item = T>) -> bool {
    let first = all.next();
    all.any(|other| Some(&other) != first.as_ref())
}

/// What the kind's own table shows as its revision.
fn revision(kind: &Kind, object: &DynamicObject) -> String {
    let column = kind.columns.iter().find(|column| column.header == "REVISION");
    column.map(|column| shorten(&(column.cell)(object))).unwrap_or_default()
}

/// A word for how it ended, and what there is to say about it.
fn result(step: &Step, waits: bool) -> (String, String) {
    match step.outcome() {
        Some(Ok(_)) if !waits => ("Requested".to_owned(), String::new()),
        Some(Ok(object)) => ("Reconciled".to_owned(), step.kind.ready_cells(object).1),
        Some(Err(error)) if step.blocked_by.is_some() => {
            ("Blocked".to_owned(), shorten(&in_a_cell(error, true)))
        }
        Some(Err(error)) => {
            let word = match class_of(error.error()) {
                Class::NotFound => "NotFound",
                Class::NotInstalled => "NotInstalled",
                Class::TimedOut => "TimedOut",
                Class::Denied => "Denied",
                Class::Conflict => "Conflict",
                Class::Unreachable => "Unreachable",
                Class::Waiting => "Waiting",
                _ => "Failed",
            };
            (word.to_owned(), shorten(&in_a_cell(error, false)))
        }
        None => ("Unknown".to_owned(), String::new()),
    }
}

/// A failure in short; it was told in full when it happened. Where the deepest cause was found, that is enough:
/// it stands before a failure, and before an expired clock with what was seen last.
fn in_a_cell(error: &Shared, is_blocked: bool) -> String {
    let class = class_of(error.error());
    let levels: Vec<String> = error.error().chain().map(ToString::to_string).collect();
    let (blocked, own) = levels.split_at(usize::from(is_blocked));
    let without_cause = match class {
        Class::Failed => 1,
        Class::TimedOut => 2,
        _ => own.len(),
    };
    let own = if own.len() > without_cause { &own[..1] } else { own };
    [blocked, own].concat().join(": ")
}

/// The failure of the only object, or what several failures have in common.
pub(super) fn refuse_failures(plan: &Plan) -> Result<()> {
    let failed: Vec<_> = plan.listed().filter_map(|step| step.outcome()?.as_ref().err()).collect();
    match (failed.as_slice(), plan.listed().count()) {
        ([], _) => Ok(()),
        ([only], 1) => Err(only.to_error()),
        (failed, of) => {
            let class = common_class(failed.iter().map(|failure| failure.error()));
            Err(anyhow!("{} of {of} objects were not reconciled", failed.len()).class(class))
        }
    }
}
