//! What `get` was asked for.

use std::time::Duration;

use anyhow::Result;
use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;

use super::columns;
use crate::cli::get::{FilterArgs, GetArgs, GetFormat, SortBy};
use crate::cli::target::Kinds;
use crate::cluster::Scope;
use crate::context::{Clock, Context};
use crate::error;
use crate::kinds::life::last_sign;
use crate::kinds::{Kind, Verb};
use crate::output::document::{Document, value_of};
use crate::output::rank::Rank;

/// What `get` was asked for, checked.
pub(super) struct Query {
    /// The kinds to show, in order.
    pub(super) kinds: Vec<&'static Kind>,
    /// The names to show; none means all of them.
    pub(super) names: Vec<String>,
    /// The namespace to look in; nothing means every one.
    pub(super) namespace: Option<String>,
    pub(super) format: GetFormat,
    pub(super) with_header: bool,
    /// Whether the exit code tells what is not ready.
    pub(super) with_exit_status: bool,
    sort: Option<SortBy>,
    with_source: bool,
    filter: FilterArgs,
    clock: Clock,
    is_single: bool,
}

impl Query {
    pub(super) fn new(ctx: &Context, args: &GetArgs) -> Result<Self> {
        let query = Self {
            is_single: matches!(args.target.kinds, Kinds::One(_)),
            kinds: kinds_of(args)?,
            names: args.target.names.clone(),
            namespace: (!args.all_namespaces).then(|| ctx.namespace().to_owned()),
            format: args.output.clone(),
            with_header: !args.no_header,
            with_exit_status: args.exit_status,
            sort: args.sort_by.clone(),
            with_source: args.show_source,
            filter: args.filter.clone(),
            clock: ctx.clock,
        };
        query.refuse_what_makes_no_sense(args.watch)?;
        Ok(query)
    }

    fn refuse_what_makes_no_sense(&self, watch: bool) -> Result<()> {
        if self.with_source && self.single().is_none_or(|kind| kind.shown_source.is_none()) {
            let message = "--show-source is for kustomizations, helmreleases and terraforms";
            return Err(error::usage(message));
        }
        if watch && matches!(self.format, GetFormat::Yaml | GetFormat::Name) {
            let message = "--watch prints a table or, with -o json or -o jsonpath, events";
            return Err(error::usage(message));
        }
        self.refuse_unknown_column(watch)
    }

    fn refuse_unknown_column(&self, watch: bool) -> Result<()> {
        let Some(SortBy::Column(wanted)) = &self.sort else { return Ok(()) };
        let headers = |kind: &&'static Kind| match watch && !self.is_single {
            true => columns::merged_headers(self),
            false => columns::headers(self, kind),
        };
        let mut known: Vec<&str> = self.kinds.iter().flat_map(headers).collect();
        known.sort_unstable();
        known.dedup();
        if known.contains(&wanted.as_str()) {
            return Ok(());
        }
        let known = known.join(", ").to_lowercase();
        let message = format!("there is no column {:?} to sort by", wanted.to_lowercase());
        Err(error::usage(format!(
            "{message}; there are {known}, or write a field like .metadata.name"
        )))
    }

    /// Whether one kind was named.
    pub(super) fn is_single(&self) -> bool {
        self.is_single
    }

    /// The kind, if one was named.
    pub(super) fn single(&self) -> Option<&'static Kind> {
        self.is_single.then(|| self.kinds[0])
    }

    /// Whether one object was named.
    pub(super) fn is_one_object(&self) -> bool {
        self.is_single && self.names.len() == 1 && self.namespace.is_some()
    }

    /// The form in which whole objects are printed as they come, if they are: nobody waits for what their order
    /// would be.
    pub(super) fn streamed(&self) -> Option<Document> {
        match self.format {
            _ if self.is_sorted() => None,
            GetFormat::Json => Some(Document::Json),
            GetFormat::Yaml => Some(Document::Yaml),
            GetFormat::Table | GetFormat::Wide | GetFormat::Name | GetFormat::JsonPath(_) => None,
        }
    }

    /// What to ask the cluster for, of each kind: one list, or one for each name.
    pub(super) fn scopes(&self) -> Vec<Scope> {
        let scope = Scope {
            namespace: self.namespace.clone(),
            labels: self.filter.label_selector.clone(),
            fields: self.filter.field_selector.clone(),
            name: None,
        };
        if self.names.is_empty() {
            return vec![scope];
        }
        self.names.iter().map(|name| scope.clone().named(name)).collect()
    }

    /// Whether an object is to be shown now.
    pub(super) fn selects(&self, kind: &Kind, object: &DynamicObject) -> bool {
        self.selects_in_time(kind, object)
            && self
                .stale_at(kind, object)
                .is_none_or(|time| time.is_some_and(|t| t <= self.clock.now()))
    }

    /// Whether an object is to be shown once it is old enough.
    pub(super) fn selects_in_time(&self, kind: &Kind, object: &DynamicObject) -> bool {
        let FilterArgs { state, status_selector, .. } = &self.filter;
        state.filter().matches(kind, object)
            && status_selector.as_ref().is_none_or(|status| status.matches(kind, object))
    }

    /// When an object has been silent for long enough, if that matters; the inner nothing is never.
    pub(super) fn stale_at(
        &self,
        kind: &Kind,
        object: &DynamicObject,
    ) -> Option<Option<Timestamp>> {
        let limit: Duration = self.filter.stale?.get();
        Some(last_sign(kind, object).and_then(|time| time.checked_add(limit).ok()))
    }

    /// Now, for what is selected by its age.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Whether the order was asked for.
    pub(super) fn is_sorted(&self) -> bool {
        self.sort.is_some()
    }

    /// What an object is sorted by; its cells are those of the table that it stands in.
    pub(super) fn rank(
        &self,
        kind: &Kind,
        object: &DynamicObject,
        is_merged: bool,
    ) -> Result<Rank> {
        match &self.sort {
            None => Ok(Rank::Absent),
            Some(SortBy::Path(path)) => Ok(Rank::of_value(path.first(&value_of(object)?))),
            Some(SortBy::Column(wanted)) => {
                let (headers, cells) = match is_merged {
                    true => {
                        (columns::merged_headers(self), columns::merged_cells(self, kind, object))
                    }
                    false => (columns::headers(self, kind), columns::cells(self, kind, object)),
                };
                let cell = headers.iter().zip(&cells).find(|(header, _)| *header == wanted);
                Ok(cell.map(|(_, cell)| Rank::of_text(cell)).unwrap_or_default())
            }
        }
    }

    /// Whether the table has all the columns that there are.
    pub(super) fn is_wide(&self) -> bool {
        self.format == GetFormat::Wide
    }

    /// Whether the table of a kind shows where it comes from.
    pub(super) fn shows_source(&self, kind: &Kind) -> bool {
        self.with_source || (self.is_wide() && kind.shown_source.is_some())
    }

    /// Where it was looked for, for messages.
    pub(super) fn place(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{namespace:?} namespace"),
            None => "any namespace".to_owned(),
        }
    }
}

/// The kinds that were asked for, or those of them that `--kind` leaves.
fn kinds_of(args: &GetArgs) -> Result<Vec<&'static Kind>> {
    let (all, chosen) = (args.target.kinds.list(Verb::Get), &args.filter.kinds);
    if chosen.is_empty() {
        return Ok(all);
    }
    if let Some(stranger) = chosen.iter().find(|kind| !all.contains(kind)) {
        let message = format!("--kind {stranger} is not among the kinds that were asked for");
        return Err(error::usage(message));
    }
    Ok(all.into_iter().filter(|kind| chosen.contains(kind)).collect())
}
