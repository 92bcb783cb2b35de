//! What was asked for, checked before anything happens; and which objects that is.

use std::cell::Cell;

use anyhow::{Error, Result, anyhow};
use tokio::time::Instant;

use super::plan::Plan;
use crate::cli::reconcile::ReconcileArgs;
use crate::cli::target::Kinds;
use crate::cluster::Scope;
use crate::cluster::list::not_found;
use crate::cluster::reconcile::Reconciliations;
use crate::context::Context;
use crate::error::{Class, Explain as _, Shared, usage};
use crate::kinds::controller::Demand;
use crate::kinds::selector::StateFilter;
use crate::kinds::{Kind, ObjectRef, Verb};
use crate::output::Output;

/// What was asked for.
pub(super) struct Wish {
    targets: Targets,
    /// Whether there was anything to choose from.
    is_any_there: Cell<bool>,
    pub(super) demands: Vec<Demand>,
}

enum Targets {
    /// Objects by kind and name.
    Named(Vec<(&'static Kind, ObjectRef)>),
    /// What there is of these kinds.
    Selected { kinds: Vec<&'static Kind>, scope: Scope, filter: StateFilter },
}

impl Targets {
    /// Objects are named or chosen, and not both.
    fn new(ctx: &Context, args: &ReconcileArgs, kinds: Vec<&'static Kind>) -> Result<Self> {
        let named = named(ctx, args);
        let filter = args.state.filter();
        let select = &args.select;
        let is_open = select.all || select.label_selector.is_some() || !filter.is_open();
        match (named.is_empty(), is_open) {
            (true, false) => Err(usage(
                "a name is needed, or --all, --label-selector, --not-ready or --suspended",
            )),
            (false, true) => Err(usage(
                "names cannot be combined with --all, --label-selector, --not-ready or --suspended",
            )),
            (false, false) if args.all_namespaces => {
                Err(usage("names are of one namespace, so --all-namespaces cannot be meant"))
            }
            (false, false) => Ok(Self::Named(named)),
            (true, true) => {
                let namespace = (!args.all_namespaces).then(|| ctx.namespace().to_owned());
                let labels = select.label_selector.clone();
                let scope = Scope { namespace, labels, ..Scope::default() };
                Ok(Self::Selected { kinds, scope, filter })
            }
        }
    }
}

impl Wish {
    /// Checks what was asked for.
    ///
    /// # Errors
    /// [`Class::Usage`] for what cannot be meant.
    pub(super) fn new(ctx: &Context, args: &ReconcileArgs) -> Result<Self> {
        refuse_without_wait(args)?;
        let kinds = args.target.kinds.list(Verb::Reconcile);
        let demands = demands(args, &kinds)?;
        let targets = Targets::new(ctx, args, kinds)?;
        Ok(Self { targets, is_any_there: Cell::new(false), demands })
    }

    /// Opens the objects that are meant, and plans their reconciliation.
    ///
    /// # Errors
    /// When a list fails. A name that is missing fails in the plan.
    pub(super) async fn plan(&self, work: &mut Reconciliations<'_>) -> Result<Plan> {
        match &self.targets {
            Targets::Named(named) => plan_named(named, work).await,
            Targets::Selected { kinds, scope, filter } => {
                let mut plan = Plan::default();
                for kind in kinds {
                    let is_wanted = |object: &_| {
                        self.is_any_there.set(true);
                        filter.matches(kind, object)
                    };
                    for object in work.open(kind, scope.clone(), is_wanted).await? {
                        plan.add_target(kind, object);
                    }
                }
                Ok(plan)
            }
        }
    }

    /// Says that there was nothing to do.
    ///
    /// # Errors
    /// [`Class::NotFound`] when there are no such objects, whatever their state.
    pub(super) fn refuse_nothing(&self, output: &Output, plan: &Plan) -> Result<()> {
        match &self.targets {
            Targets::Selected { kinds, scope, .. } if !self.is_any_there.get() => {
                Err(nothing(kinds, scope))
            }
            _ if plan.targets().next().is_none() => {
                output.done("nothing to reconcile: no object is in the state that was asked for");
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

/// Refuses what only waiting makes sense of, where nothing is to be waited for.
fn refuse_without_wait(args: &ReconcileArgs) -> Result<()> {
    if args.no_wait && args.with_source {
        return Err(usage("--with-source waits for the source, so --no-wait cannot be meant"));
    }
    if args.no_wait && (args.with_dependencies || args.with_dependents || args.to.is_some()) {
        return Err(usage(
            "--with-dependencies, --with-dependents and --to wait, so --no-wait cannot be meant",
        ));
    }
    Ok(())
}

/// The demands that flags make, which every kind that was named has to know.
fn demands(args: &ReconcileArgs, kinds: &[&'static Kind]) -> Result<Vec<Demand>> {
    let flags = [("force", args.force), ("reset", args.reset)];
    let mut demands = Vec::new();
    for (flag, _) in flags.into_iter().filter(|(_, is_given)| *is_given) {
        for kind in kinds {
            let Some(demand) = kind.demands.iter().find(|demand| demand.flag == flag) else {
                return Err(usage(format!("--{flag} means nothing to a {kind}")));
            };
            if !demands.contains(demand) {
                demands.push(*demand);
            }
        }
    }
    Ok(demands)
}

fn named(ctx: &Context, args: &ReconcileArgs) -> Vec<(&'static Kind, ObjectRef)> {
    let object = |kind: &'static Kind, name: &String| {
        let (namespace, name) = (ctx.namespace().to_owned(), name.clone());
        (kind, ObjectRef { kind: kind.kind.to_owned(), namespace, name })
    };
    match &args.target.kinds {
        Kinds::Named(objects) => objects.iter().map(|(kind, name)| object(kind, name)).collect(),
        kinds => {
            let kinds = kinds.list(Verb::Reconcile);
            let names = |kind| args.target.names.iter().map(move |name| object(kind, name));
            kinds.into_iter().flat_map(names).collect()
        }
    }
}

async fn plan_named(
    named: &[(&'static Kind, ObjectRef)],
    work: &mut Reconciliations<'_>,
) -> Result<Plan> {
    let mut plan = Plan::default();
    let mut kinds: Vec<&'static Kind> = Vec::new();
    for (kind, object) in named {
        plan.add_target(kind, object.clone());
        if !kinds.contains(kind) {
            kinds.push(kind);
        }
    }
    for kind in &kinds {
        let of_kind = named.iter().filter(|(named, _)| named == kind);
        let objects: Vec<_> = of_kind.map(|(_, object)| object.clone()).collect();
        let opened = work.open_for(kind, &objects).await;
        let failure = match opened {
            Err(error) if kinds.len() == 1 => return Err(error),
            opened => opened.err().map(Shared::new),
        };
        for object in objects.iter().filter(|object| work.object(object).is_none()) {
            let absent = || Shared::new(not_found(kind, &object.namespace, &object.name));
            let why = failure.clone().unwrap_or_else(absent);
            let place = plan.add_target(kind, object.clone());
            plan.end(place, Err(why), Instant::now());
        }
    }
    Ok(plan)
}

fn nothing(kinds: &[&'static Kind], scope: &Scope) -> Error {
    let kinds: Vec<_> = kinds.iter().map(|kind| kind.kind).collect();
    let kinds = kinds.join(", ");
    let labelled = match &scope.labels {
        Some(labels) => format!(" with labels {labels}"),
        None => String::new(),
    };
    let place = match &scope.namespace {
        Some(namespace) => format!("{namespace:?} namespace"),
        None => "any namespace".to_owned(),
    };
    anyhow!("no {kinds} objects{labelled} found in {place}").class(Class::NotFound)
}
