//! What a Flux kind is: one descriptor per kind, and nothing but values.
//!
//! Commands ask this table and never compare kind names. Where a kind differs, the difference is a field
//! of its descriptor.
//!
//! | module | what it holds |
//! |---|---|
//! | [`source`], [`kustomize`], [`helm`], [`image`], [`notification`], [`artifact`], [`terraform`] | the descriptors, by API group |
//! | [`readiness`] | ready, progressing, failed or stalled: a pure verdict over an object |
//! | [`ownership`] | who writes a field, and which Kustomization applies an object |
//! | [`plan`] | what state the plan of a Terraform object is in |
//! | [`revision`] | what a source was at: parse, shorten, compare |
//! | [`wanted`] | a revision that somebody waits for, and what is at it |
//! | [`graph`] | who depends on whom: order, cycles, dependents |
//! | [`mod@reference`] | where objects name others that must be there |
//! | [`suspension`] | how objects are suspended, and what is noted about it |
//! | [`controller`] | which controller handles a kind, and what it can be asked for |
//! | [`deletion`] | what goes with an object that is deleted |
//! | [`inventory`] | what was applied, as a status lists it |
//! | [`life`] | when a controller last said something about an object |
//! | [`manifest`] | what of a live object its manifest would say |
//! | [`selector`] | objects chosen by their state |
//! | [`view`] | small views on an object whose type only the cluster knows |

pub mod artifact;
pub mod controller;
pub mod deletion;
pub mod graph;
pub mod helm;
pub mod image;
pub mod inventory;
pub mod kustomize;
pub mod life;
pub mod manifest;
pub mod notification;
pub mod ownership;
pub mod plan;
pub mod readiness;
pub mod reference;
pub mod revision;
pub mod selector;
pub mod source;
pub mod suspension;
pub mod terraform;
pub mod view;
pub mod wanted;

use std::fmt;

use kube::api::DynamicObject;
use kube::core::{ApiResource, GroupVersionKind};
use serde_json::Value;

pub use suspension::Suspension;

use controller::{Controller, Demand};
use deletion::Deletion;
use readiness::{Condition, State, Verdict};
use reference::Reference;
use suspension::SUSPENDED;
use wanted::Form;

/// All kinds, in the order of `get all`.
pub static ALL: [&Kind; 16] = [
    &source::OCI_REPOSITORY,
    &source::BUCKET,
    &source::GIT_REPOSITORY,
    &source::HELM_REPOSITORY,
    &source::HELM_CHART,
    &source::EXTERNAL_ARTIFACT,
    &artifact::ARTIFACT_GENERATOR,
    &image::IMAGE_REPOSITORY,
    &image::IMAGE_POLICY,
    &image::IMAGE_UPDATE_AUTOMATION,
    &helm::HELM_RELEASE,
    &kustomize::KUSTOMIZATION,
    &terraform::TERRAFORM,
    &notification::RECEIVER,
    &notification::PROVIDER,
    &notification::ALERT,
];

/// The kinds that a generic command knows, in the order of [`ALL`].
pub fn with(verb: Verb) -> impl Iterator<Item = &'static Kind> {
    ALL.into_iter().filter(move |kind| kind.supports(verb))
}

/// The kind of an API kind, in any case: `GitRepository`.
#[must_use]
pub fn of_api_kind(kind: &str) -> Option<&'static Kind> {
    ALL.into_iter().find(|known| known.kind.eq_ignore_ascii_case(kind))
}

/// The kind that a word before the slash of `KIND/NAME` means, in any case: the API kind, the plural, a
/// command's word, each also with the group behind it (`gitrepository.source.toolkit.fluxcd.io`).
#[must_use]
pub fn of_word(word: &str) -> Option<&'static Kind> {
    let lower = word.to_lowercase();
    let (word, group) = lower.split_once('.').unwrap_or((&lower, ""));
    ALL.into_iter().find(|kind| {
        let is_command_word = kind.family.is_none() && kind.names.contains(&word);
        let is_named =
            is_command_word || kind.plural == word || kind.kind.eq_ignore_ascii_case(word);
        is_named && (group.is_empty() || group == kind.group)
    })
}

/// A kind of object that Flux or tofu-controller reconciles.
pub struct Kind {
    /// The API kind, as in manifests: `GitRepository`.
    pub kind: &'static str,
    /// The API group.
    pub group: &'static str,
    /// Versions that we understand, best first; discovery picks one that the cluster serves.
    pub versions: &'static [&'static str],
    /// The resource name in API paths: `gitrepositories`.
    pub plural: &'static str,
    /// The commands' words for it, under its [`Family`] if it has one: `kustomization`, `ks`.
    pub names: &'static [&'static str],
    /// The group of subcommands it belongs to: `get sources git`.
    pub family: Option<Family>,
    /// How messages call it: `source git`.
    pub human: &'static str,
    /// Who handles it, or made it.
    pub controller: Controller,
    /// What a reconcile request can ask for beside the reconciliation.
    pub demands: &'static [Demand],
    /// What can be done with it.
    pub verbs: &'static [Verb],
    /// The columns of its table between NAME and READY.
    pub columns: &'static [Column],
    /// What `-o wide` adds to them.
    pub wide: &'static [Column],
    /// What `--show-source` shows: the source as the manifest names it. `None` where there is no such flag.
    pub shown_source: Option<fn(&DynamicObject) -> Option<ObjectRef>>,
    /// What its status means, leaving suspension aside; [`Kind::verdict`] does not.
    pub readiness: fn(&DynamicObject) -> Verdict,
    /// How it is suspended.
    pub suspension: Suspension,
    /// What its deletion takes with it.
    pub deletion: fn(&DynamicObject) -> Deletion,
    /// Where its manifest names other objects that must be there.
    pub references: &'static [Reference],
    /// What `--with-source` reconciles first: its direct sources, each of which may have its own.
    pub sources: fn(&DynamicObject) -> Vec<ObjectRef>,
    /// What its manifest wants to be ready before it: `spec.dependsOn`, always of the same kind.
    pub dependencies: fn(&DynamicObject) -> Vec<ObjectRef>,
    /// The revision of its source that the last attempt was about, where the status repeats it word for
    /// word; `None` where it does not.
    pub attempted_revision: Option<fn(&DynamicObject) -> Option<&str>>,
    /// The revisions that a ready object is at, in the words of its own status; the most telling one first.
    pub revisions: fn(&DynamicObject) -> Vec<&str>,
    /// In which forms it can be told which revision the object is at, from its status or through its source;
    /// none where that cannot be told at all.
    pub revision_forms: fn(&DynamicObject) -> &'static [Form],
    /// Whether the last attempt was about what a source holds, where the status tells that in other words
    /// than the source's revision; `None` where it tells the revision, or nothing.
    pub takes: Option<fn(&DynamicObject, &DynamicObject) -> bool>,
    /// What a successful reconciliation achieved: `fetched revision main@sha1:…`.
    pub outcome: fn(&DynamicObject) -> String,
}

/// A group of kinds that share a command word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// `source git`, `source helm`, …
    Source,
    /// `image policy`, …
    Image,
    /// `artifact generator`
    Artifact,
}

/// A generic command that a kind may support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// `get`
    Get,
    /// `reconcile`
    Reconcile,
    /// `suspend` and `resume`
    Suspend,
    /// `export`
    Export,
    /// `delete`
    Delete,
    /// `tree`
    Tree,
}

/// What the kinds that a controller reconciles support.
const EVERY_VERB: &[Verb] =
    &[Verb::Get, Verb::Reconcile, Verb::Suspend, Verb::Export, Verb::Delete];

/// What the kinds support that know what they have made.
const EVERY_VERB_AND_TREE: &[Verb] =
    &[Verb::Get, Verb::Reconcile, Verb::Suspend, Verb::Export, Verb::Delete, Verb::Tree];

/// One column of a kind's table.
pub struct Column {
    /// The header, in capitals.
    pub header: &'static str,
    /// The cell of an object; empty when there is nothing to show.
    pub cell: fn(&DynamicObject) -> String,
}

/// A truth value as tables write it.
fn truth(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

fn no_sources(_: &DynamicObject) -> Vec<ObjectRef> {
    Vec::new()
}

fn no_dependencies(_: &DynamicObject) -> Vec<ObjectRef> {
    Vec::new()
}

fn no_revisions(_: &DynamicObject) -> Vec<&str> {
    Vec::new()
}

fn no_revision_forms(_: &DynamicObject) -> &'static [Form] {
    &[]
}

/// What an object can tell that is made directly from its `spec.sourceRef`.
fn forms_of_source_ref(object: &DynamicObject) -> &'static [Form] {
    wanted::forms_from(view::text(object, "/spec/sourceRef/kind").unwrap_or_default())
}

/// `spec.dependsOn`, whose entries name objects of the kind itself.
///
/// Source: `DependencyReference` in the APIs of kustomize- and helm-controller,
/// `meta.NamespacedObjectReference` in that of tofu-controller.
fn depends_on(object: &DynamicObject, kind: &'static str) -> Vec<ObjectRef> {
    let entries = object.data.pointer("/spec/dependsOn").and_then(Value::as_array);
    let text =
        |entry: &Value, key| entry[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
    let reference = |entry: &Value| {
        Some(ObjectRef {
            kind: kind.to_owned(),
            namespace: text(entry, "namespace")
                .unwrap_or_else(|| view::namespace(object).to_owned()),
            name: text(entry, "name")?,
        })
    };
    entries.into_iter().flatten().filter_map(reference).collect()
}

/// `status.lastAttemptedRevision`, which kustomize-controller and tofu-controller set before they try.
fn last_attempted_revision(object: &DynamicObject) -> Option<&str> {
    view::text(object, "/status/lastAttemptedRevision")
}

/// A reference to an object of a known API kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectRef {
    /// The API kind: `GitRepository`.
    pub kind: String,
    /// The namespace, already defaulted to that of the referring object; empty for what lives in none.
    pub namespace: String,
    /// The name.
    pub name: String,
}

impl ObjectRef {
    /// A reference to `object`, which is of this kind.
    #[must_use]
    pub fn of(kind: &Kind, object: &DynamicObject) -> Self {
        Self {
            kind: kind.kind.to_owned(),
            namespace: view::namespace(object).to_owned(),
            name: view::name(object).to_owned(),
        }
    }
}

impl fmt::Display for ObjectRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.namespace.as_str() {
            "" => write!(f, "{} {}", self.kind, self.name),
            namespace => write!(f, "{} {namespace}/{}", self.kind, self.name),
        }
    }
}

impl Kind {
    /// The API resource of this kind in `version`, without asking a cluster.
    #[must_use]
    pub fn resource(&self, version: &str) -> ApiResource {
        let gvk = GroupVersionKind::gvk(self.group, version, self.kind);
        ApiResource::from_gvk_with_plural(&gvk, self.plural)
    }

    /// Whether the generic command `verb` knows this kind.
    #[must_use]
    pub fn supports(&self, verb: Verb) -> bool {
        self.verbs.contains(&verb)
    }

    /// What an object's status means; a suspended object is suspended, whatever its status says.
    #[must_use]
    pub fn verdict(&self, object: &DynamicObject) -> Verdict {
        let verdict = (self.readiness)(object);
        if self.is_suspended(object) {
            return Verdict { state: State::Suspended, ..verdict };
        }
        verdict
    }

    /// Whether an object is ready by definition, so that no controller will ever say anything about it: a
    /// Helm repository that is a mere address.
    #[must_use]
    pub fn is_static(&self, object: &DynamicObject) -> bool {
        readiness::condition(object, "Ready").is_none()
            && (self.readiness)(object).state == State::Ready
    }

    /// The READY and MESSAGE cells: the Ready condition's own status and words, hashes cut. Where it hides
    /// that a person or a lock is waited for, and where its words are a whole document, the verdict's.
    ///
    /// Where there is no Ready condition, kinds without a status are ready and others wait.
    #[must_use]
    pub fn ready_cells(&self, object: &DynamicObject) -> (String, String) {
        let verdict = (self.readiness)(object);
        let (status, message) = match readiness::condition(object, "Ready") {
            Some(_) if verdict.state == State::Waiting => ("Unknown", verdict.message.as_str()),
            Some(_) if verdict.state == State::Locked => ("False", verdict.message.as_str()),
            Some(ready) if tells_of(&verdict, ready) => (ready.status, verdict.message.as_str()),
            Some(ready) => (ready.status, ready.message),
            None if verdict.state == State::Ready => ("True", verdict.message.as_str()),
            None => ("False", readiness::WAITING_TO_BE_RECONCILED),
        };
        (status.to_owned(), revision::shorten(message))
    }

    /// What `-o name` prints before the slash: `gitrepository.source.toolkit.fluxcd.io`.
    #[must_use]
    pub fn resource_name(&self) -> String {
        format!("{}.{}", self.kind.to_lowercase(), self.group)
    }

    /// The words after a generic command: `source git`, `kustomization`.
    #[must_use]
    pub fn command_words(&self) -> String {
        match self.family {
            Some(family) => format!("{} {}", family.word(), self.names[0]),
            None => self.names[0].to_owned(),
        }
    }
}

/// Whether a verdict is one about Ready itself, whose words it may have put in short.
fn tells_of(verdict: &Verdict, ready: Condition<'_>) -> bool {
    verdict.state != State::Stalled && verdict.reason == ready.reason
}

impl Family {
    /// All families, in the order of [`ALL`].
    pub const ALL: [Self; 3] = [Self::Source, Self::Artifact, Self::Image];

    /// Its word on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Image => "image",
            Self::Artifact => "artifact",
        }
    }

    /// The plural of its word.
    #[must_use]
    pub const fn plural_word(self) -> &'static str {
        match self {
            Self::Source => "sources",
            Self::Image => "images",
            Self::Artifact => "artifacts",
        }
    }

    /// What its kinds are about, for help texts.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::Source => "What Flux fetches: Git, OCI, Helm, buckets",
            Self::Image => "Image scanning and updating",
            Self::Artifact => "Artifacts composed in the cluster",
        }
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind)
    }
}

/// A kind is the same as another when the API says so; descriptors are compared in tests and matches.
impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, self.group) == (other.kind, other.group)
    }
}

impl Eq for Kind {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::json;

    use super::view::tests::object;
    use super::*;

    #[test]
    fn every_kind_is_listed_once_and_no_two_share_a_name() {
        let mut names = BTreeSet::new();
        for kind in ALL {
            for name in kind.names {
                assert!(names.insert((kind.family.map(Family::word), *name)), "{kind} {name}");
            }
            assert!(kind.supports(Verb::Get) && kind.supports(Verb::Export), "{kind}");
            assert!(!kind.versions.is_empty(), "{kind}");
        }
        let kinds: BTreeSet<_> = ALL.iter().map(|kind| kind.kind).collect();
        assert_eq!(kinds.len(), ALL.len());
    }

    #[test]
    fn a_word_means_the_same_in_any_case_and_with_its_group() {
        for word in [
            "GitRepository",
            "gitrepository",
            "gitrepositories",
            "GITREPOSITORY",
            "gitrepositories.source.toolkit.fluxcd.io",
        ] {
            assert_eq!(of_word(word), Some(&source::GIT_REPOSITORY), "{word}");
        }
        assert_eq!(of_word("ks"), Some(&kustomize::KUSTOMIZATION));
        assert_eq!(of_word("alert-provider"), Some(&notification::PROVIDER));
        for word in ["git", "deployment", "gitrepository.example.com", ""] {
            assert_eq!(of_word(word), None, "{word}");
        }
    }

    #[test]
    fn what_cannot_be_suspended_cannot_be_asked_to_be() {
        for kind in ALL {
            assert_eq!(kind.supports(Verb::Suspend), kind.suspension != Suspension::None, "{kind}");
        }
    }

    #[test]
    fn columns_are_those_of_flux() {
        let headers = |kind: &Kind| {
            kind.columns.iter().map(|column| column.header).collect::<Vec<_>>().join(",")
        };
        for (word, expected) in [
            ("GitRepository", "REVISION,SUSPENDED"),
            ("HelmChart", "REVISION,SUSPENDED"),
            ("ExternalArtifact", "REVISION,SOURCE"),
            ("Kustomization", "REVISION,SUSPENDED"),
            ("HelmRelease", "REVISION,SUSPENDED"),
            ("ImageRepository", "LAST SCAN,SUSPENDED"),
            ("ImagePolicy", "IMAGE,TAG"),
            ("ImageUpdateAutomation", "LAST RUN,SUSPENDED"),
            ("Receiver", "SUSPENDED"),
            ("Alert", "SUSPENDED"),
            ("Provider", ""),
            ("ArtifactGenerator", "SUSPENDED"),
        ] {
            assert_eq!(headers(of_word(word).unwrap()), expected, "{word}");
        }
    }

    #[test]
    fn ready_cells_show_the_condition_or_what_stands_for_it() {
        let cells = |kind: &Kind, json| kind.ready_cells(&object(json));
        let said = |ready: &str, message: &str| (ready.to_owned(), message.to_owned());
        let none = json!({});
        let waits = said("False", "waiting to be reconciled");
        assert_eq!(cells(&kustomize::KUSTOMIZATION, none.clone()), waits);
        assert_eq!(cells(&notification::ALERT, none.clone()), said("True", "Alert is Ready"));
        assert_eq!(cells(&source::HELM_REPOSITORY, none), waits);
        let oci = json!({"spec": {"type": "oci"}});
        assert_eq!(cells(&source::HELM_REPOSITORY, oci), said("True", "Helm repository is Ready"));
        let stored = json!({"status": {"conditions": [{"type": "Ready", "status": "True",
            "message": format!("stored sha1:{}", "0a".repeat(20))}]}});
        assert_eq!(cells(&source::GIT_REPOSITORY, stored), said("True", "stored sha1:0a0a0a0a"));
    }

    #[test]
    fn a_dependency_is_of_the_kind_itself_and_of_its_namespace_unless_it_says_other() {
        let object = object(json!({"spec": {"dependsOn": [
            {"name": "a"}, {"name": "b", "namespace": "infra"}, {"namespace": "infra"}, {"name": ""}]}}));
        for kind in [&kustomize::KUSTOMIZATION, &helm::HELM_RELEASE, &terraform::TERRAFORM] {
            let dependencies: Vec<_> =
                (kind.dependencies)(&object).iter().map(ToString::to_string).collect();
            let expected = ["flux-system/a", "infra/b"].map(|name| format!("{kind} {name}"));
            assert_eq!(dependencies, expected);
        }
        assert_eq!((source::GIT_REPOSITORY.dependencies)(&object), []);
    }

    #[test]
    fn a_suspended_object_is_suspended_whatever_its_status_says() {
        let stalled = object(json!({"spec": {"suspend": true}, "status": {"conditions": [
            {"type": "Stalled", "status": "True", "reason": "RetriesExceeded"}]}}));
        let verdict = helm::HELM_RELEASE.verdict(&stalled);
        assert_eq!((verdict.state, verdict.reason.as_str()), (State::Suspended, "RetriesExceeded"));
        let resumed = object(json!({"spec": {"suspend": false}}));
        assert_eq!(helm::HELM_RELEASE.verdict(&resumed).state, State::Unknown);
    }
}
