//! `plan list`: which plans wait.

use anyhow::{Result, anyhow};
use futures::TryStreamExt as _;
use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;
use serde_json::Value;

use super::super::several::each;
use super::document;
use super::planned_object::age;
use crate::cli::plan::list::{ListArgs, ListFormat};
use crate::cluster::{Cluster, Scope};
use crate::context::Context;
use crate::duration::in_short;
use crate::error::{Class, Explain as _};
use crate::kinds::plan::{Phase, PlanState};
use crate::kinds::revision::shorten;
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::{name, namespace};
use crate::output::clean;
use crate::output::document::Document;
use crate::output::table::Table;
use crate::plans::storage::Flaw;
use crate::plans::stored::Unreadable;
use crate::plans::summary::{Counts, Masking};

/// The label of what the branch planner makes for a pull request: nobody approves that.
const BRANCH_PLANNER: &str = "infra.weave.works/branch-planner";

/// Prints the plans that wait, and whatever else there is to do.
///
/// # Errors
/// [`Class::NotInstalled`]; [`Class::Waiting`] with `--exit-status` when a plan waits for approval.
pub(super) async fn run(ctx: &Context, args: &ListArgs) -> Result<()> {
    let cluster = ctx.cluster().await?;
    let plans = ctx.deadline.within("the cluster's lists", read(ctx, cluster, args)).await?;
    ctx.output.data(&printed(ctx, args, &plans)?)?;
    if plans.is_empty() && matches!(args.output, ListFormat::Table | ListFormat::Wide) {
        ctx.output.done("no plan waits");
    }
    let waiting = plans.iter().filter(|plan| plan.state().waits_for_approval()).count();
    match (args.exit_status, waiting) {
        (false, _) | (true, 0) => Ok(()),
        (true, 1) => Err(anyhow!("1 plan waits for approval").class(Class::Waiting)),
        (true, many) => Err(anyhow!("{many} plans wait for approval").class(Class::Waiting)),
    }
}

/// An object whose plan is listed.
pub(super) struct Listed {
    pub(super) object: DynamicObject,
    counts: Option<Counts>,
}

impl Listed {
    /// Counts what the plan of an object touches; without counts where that cannot be read.
    pub(super) async fn counted(cluster: &Cluster, object: DynamicObject) -> Self {
        let counts = counts(cluster, &object).await.unwrap_or_default();
        Self { object, counts }
    }

    /// When its plan was made.
    pub(super) fn planned_at(&self) -> Option<Timestamp> {
        self.state().planned_at
    }

    fn state(&self) -> PlanState<'_> {
        PlanState::of(&self.object)
    }
}

/// Lists the objects, and counts what the pending plans among them touch.
async fn read(ctx: &Context, cluster: &Cluster, args: &ListArgs) -> Result<Vec<Listed>> {
    let namespace = ctx.global.namespace.clone().filter(|_| !args.all_namespaces);
    let scope = Scope { namespace, labels: args.label_selector.clone(), ..Scope::default() };
    let mut objects = std::pin::pin!(cluster.list(&TERRAFORM, &scope).await?);
    let mut found = Vec::new();
    while let Some(object) = objects.try_next().await? {
        if args.all || is_listed(&object) {
            found.push(object);
        }
    }
    match args.output {
        ListFormat::Name => {
            Ok(found.into_iter().map(|object| Listed { object, counts: None }).collect())
        }
        _ => Ok(count_all(ctx, cluster, found).await),
    }
}

/// What cannot be counted has no counts; why is told once.
async fn count_all(ctx: &Context, cluster: &Cluster, found: Vec<DynamicObject>) -> Vec<Listed> {
    let results = each(found.iter().map(Ok), |object| counts(cluster, object), |_| ()).await;
    let mut failure = None;
    let mut listed = |(object, counts): (DynamicObject, Result<Option<Counts>>)| {
        let counts = counts.unwrap_or_else(|error| {
            failure.get_or_insert(error);
            None
        });
        Listed { object, counts }
    };
    let plans = found.into_iter().zip(results).map(&mut listed).collect();
    if let Some(error) = failure {
        ctx.output.warn(format_args!("not all plans could be counted: {error:#}"));
    }
    plans
}

/// Whether there is something to do about an object, or to know.
pub(super) fn is_listed(object: &DynamicObject) -> bool {
    let labels = object.metadata.labels.as_ref();
    let is_of_pull_request = labels.is_some_and(|labels| labels.contains_key(BRANCH_PLANNER));
    PlanState::of(object).is_noteworthy() && !is_of_pull_request
}

/// How much the pending plan touches, where that is stored readably. The plan file is not read for it.
async fn counts(cluster: &Cluster, object: &DynamicObject) -> Result<Option<Counts>> {
    let Some(pending) = PlanState::of(object).pending else { return Ok(None) };
    match cluster.stored_text(object).await?.of_pending(Some(pending)) {
        Ok(plan) => Ok(plan.summary(Masking::Masked)?.counts),
        Err(Unreadable::Flawed { flaw: Flaw::Unread { why }, .. }) => Err(anyhow!(why)),
        Err(_) => Ok(None),
    }
}

fn printed(ctx: &Context, args: &ListArgs, plans: &[Listed]) -> Result<String> {
    let items = || -> Value {
        document::list(plans.iter().map(|plan| document::item(&plan.object, plan.counts)).collect())
    };
    let printed_table = |headers, cells: &dyn Fn(&Listed, Timestamp) -> Vec<String>| {
        let mut table = Table::new(headers);
        plans.iter().for_each(|plan| table.push(cells(plan, ctx.clock.now())));
        table.render(ctx.output.paper(), !args.no_header)
    };
    match args.output {
        ListFormat::Table | ListFormat::Wide if plans.is_empty() => Ok(String::new()),
        ListFormat::Table => Ok(printed_table(HEADERS.to_vec(), &cells)),
        ListFormat::Wide => {
            let headers = HEADERS.into_iter().chain(["REVISION"]).collect();
            Ok(printed_table(headers, &wide_cells))
        }
        ListFormat::Json => Document::Json.text(&items()),
        ListFormat::Yaml => Document::Yaml.text(&items()),
        ListFormat::Name => Ok(plans
            .iter()
            .map(|plan| format!("{}/{}\n", TERRAFORM.resource_name(), clean(name(&plan.object))))
            .collect()),
    }
}

/// The columns of the table: 80 characters take most of what there is.
pub(super) const HEADERS: [&str; 6] = ["NAMESPACE", "NAME", "STATE", "CHANGES", "AGE", "PLAN"];

/// An object's row.
pub(super) fn cells(plan: &Listed, now: Timestamp) -> Vec<String> {
    let state = plan.state();
    vec![
        namespace(&plan.object).to_owned(),
        name(&plan.object).to_owned(),
        told(&state),
        plan.counts.map(in_signs).unwrap_or_default(),
        age(&state, now).map(in_short).unwrap_or_default(),
        state.pending.unwrap_or_default().to_owned(),
    ]
}

/// The same, and the revision that was planned, which the id of a plan repeats in part.
fn wide_cells(plan: &Listed, now: Timestamp) -> Vec<String> {
    let revision = plan.state().revision.map(shorten).unwrap_or_default();
    cells(plan, now).into_iter().chain([revision]).collect()
}

/// What happens, what is approved, and whether it is suspended: `pending, destroys all, suspended`.
fn told(state: &PlanState<'_>) -> String {
    let approval = match state.phase {
        // The phase says it already.
        Phase::Approved => "",
        _ => state.approval.in_short(),
    };
    let suspended = if state.is_suspended { "suspended" } else { "" };
    let parts = [state.in_short(), approval.to_owned(), suspended.to_owned()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// `+2 ~1 -1`
fn in_signs(counts: Counts) -> String {
    format!("+{} ~{} -{}", counts.add, counts.change, counts.destroy)
}
