//! What `get` was asked for.

use anyhow::Result;
use kube::api::DynamicObject;

use crate::cli::get::{GetArgs, GetFormat};
use crate::cli::target::Kinds;
use crate::cluster::Scope;
use crate::context::Context;
use crate::error;
use crate::kinds::selector::{StateFilter, StatusSelector};
use crate::kinds::{Kind, Verb};

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
    with_source: bool,
    labels: Option<String>,
    status: Option<StatusSelector>,
    state: StateFilter,
    is_single: bool,
}

impl Query {
    pub(super) fn new(ctx: &Context, args: &GetArgs) -> Result<Self> {
        let kinds = args.target.kinds.list(Verb::Get);
        let query = Self {
            is_single: matches!(args.target.kinds, Kinds::One(_)),
            kinds,
            names: args.target.names.clone(),
            namespace: (!args.all_namespaces).then(|| ctx.namespace().to_owned()),
            format: args.output,
            with_header: !args.no_header,
            with_source: args.show_source,
            labels: args.label_selector.clone(),
            status: args.status_selector.clone(),
            state: args.state.filter(),
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
            return Err(error::usage("--watch prints a table or, with -o json, events"));
        }
        Ok(())
    }

    /// Whether one kind was named.
    pub(super) fn is_single(&self) -> bool {
        self.is_single
    }

    /// The kind, if one was named.
    pub(super) fn single(&self) -> Option<&'static Kind> {
        self.is_single.then(|| self.kinds[0])
    }

    /// What to ask the cluster for, of each kind: one list, or one for each name.
    pub(super) fn scopes(&self) -> Vec<Scope> {
        let scope = Scope {
            namespace: self.namespace.clone(),
            labels: self.labels.clone(),
            ..Scope::default()
        };
        if self.names.is_empty() {
            return vec![scope];
        }
        self.names.iter().map(|name| scope.clone().named(name)).collect()
    }

    /// Whether an object is to be shown.
    pub(super) fn selects(&self, kind: &Kind, object: &DynamicObject) -> bool {
        self.state.matches(kind, object)
            && self.status.as_ref().is_none_or(|status| status.matches(kind, object))
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
