//! The objects that a command works on: by name, by labels, or all of a kind.

use anyhow::{Error, Result, anyhow};
use futures::TryStreamExt as _;
use futures::stream::{self, StreamExt as _};
use kube::api::DynamicObject;

use super::several::AT_ONCE;
use crate::cli::selection::SelectArgs;
use crate::cli::target::{GenericCommand, Kinds, Target};
use crate::cluster::{Cluster, Scope};
use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::kinds::Kind;
use crate::kinds::view::{name, namespace};
use crate::output::Output;

/// What was asked for.
pub(super) struct Selection {
    kinds: Vec<&'static Kind>,
    names: Vec<(&'static Kind, String)>,
    labels: Option<String>,
    is_everywhere: bool,
}

/// An object that was asked for, as it was when it was read.
pub(super) struct Found {
    pub(super) kind: &'static Kind,
    pub(super) object: DynamicObject,
}

impl Found {
    pub(super) fn name(&self) -> &str {
        name(&self.object)
    }

    pub(super) fn namespace(&self) -> &str {
        namespace(&self.object)
    }

    /// The words of the story for it: with its name where several stories are told at once.
    pub(super) fn label(&self, is_one_of_many: bool) -> String {
        match is_one_of_many {
            true => format!("{} {}", self.kind.human, self.name()),
            false => self.kind.human.to_owned(),
        }
    }

    /// Says that a controller will undo what is about to be written about the suspension.
    pub(super) fn warn_of_owner(&self, output: &Output) {
        if let Some(owner) = self.kind.suspension_owner(&self.object) {
            let (human, name) = (self.kind.human, self.name());
            output.warn(format_args!(
                "{owner} applies from its own source whether {human} {name} is suspended, and will do so again"
            ));
        }
    }
}

impl Selection {
    /// Takes names, or `--all`, or labels.
    ///
    /// # Errors
    /// [`Class::Usage`] for none of them, and for a name beside the others.
    pub(super) fn new<C: GenericCommand>(target: &Target<C>, select: &SelectArgs) -> Result<Self> {
        let is_open = select.all || select.label_selector.is_some();
        let names = named(target);
        match (names.is_empty(), is_open) {
            (true, false) => Err(usage("a name is needed, or --all, or --label-selector")),
            (false, true) => {
                Err(usage("names cannot be combined with --all or with --label-selector"))
            }
            _ => Ok(Self {
                kinds: target.kinds.list(C::VERB),
                names,
                labels: select.label_selector.clone(),
                is_everywhere: false,
            }),
        }
    }

    /// Takes the objects of every namespace, if `is_everywhere`.
    ///
    /// # Errors
    /// [`Class::Usage`] for names, of which each is in one namespace.
    pub(super) fn everywhere(self, is_everywhere: bool) -> Result<Self> {
        if is_everywhere && !self.names.is_empty() {
            return Err(usage("names cannot be combined with --all-namespaces"));
        }
        Ok(Self { is_everywhere, ..self })
    }

    /// Reads the objects: one result for each name, in their order, or one for each object that there is.
    ///
    /// # Errors
    /// When there is nothing, or a list fails. A name that is missing is a failure among the results.
    pub(super) async fn find(&self, ctx: &Context) -> Result<Vec<Result<Found>>> {
        let cluster = ctx.cluster().await?;
        let namespace = ctx.namespace();
        let work = async {
            match self.names.is_empty() {
                true => self.list(cluster, namespace).await,
                false => Ok(self.get(cluster, namespace).await),
            }
        };
        ctx.deadline.within("the cluster", work).await
    }

    async fn get(&self, cluster: &Cluster, namespace: &str) -> Vec<Result<Found>> {
        let work = self.names.iter().map(|&(kind, ref name)| async move {
            let object = cluster.find(kind, namespace, name).await?;
            Ok(Found { kind, object })
        });
        stream::iter(work).buffered(AT_ONCE).collect().await
    }

    async fn list(&self, cluster: &Cluster, namespace: &str) -> Result<Vec<Result<Found>>> {
        let namespace = (!self.is_everywhere).then_some(namespace);
        let scope = Scope {
            labels: self.labels.clone(),
            namespace: namespace.map(str::to_owned),
            ..Scope::default()
        };
        let mut found = Vec::new();
        for kind in &self.kinds {
            let mut objects = std::pin::pin!(cluster.list(kind, &scope).await?);
            while let Some(object) = objects.try_next().await? {
                found.push(Ok(Found { kind, object }));
            }
        }
        if found.is_empty() {
            return Err(self.nothing(namespace));
        }
        Ok(found)
    }

    fn nothing(&self, namespace: Option<&str>) -> Error {
        let kinds: Vec<_> = self.kinds.iter().map(|kind| kind.kind).collect();
        let labelled = match &self.labels {
            Some(labels) => format!(" with labels {labels}"),
            None => String::new(),
        };
        let kinds = kinds.join(", ");
        let place = match namespace {
            Some(namespace) => format!("{namespace:?} namespace"),
            None => "any namespace".to_owned(),
        };
        anyhow!("no {kinds} objects{labelled} found in {place}").class(Class::NotFound)
    }
}

/// The objects that were named.
pub(super) fn named<C: GenericCommand>(target: &Target<C>) -> Vec<(&'static Kind, String)> {
    let Kinds::Named(objects) = &target.kinds else {
        let kinds = target.kinds.list(C::VERB);
        let names = |kind| target.names.iter().map(move |name| (kind, name.clone()));
        return kinds.into_iter().flat_map(names).collect();
    };
    objects.clone()
}
