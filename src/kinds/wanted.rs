//! A revision that somebody wants objects to be at: what it may be called, and what is at it.

use std::fmt;
use std::str::FromStr;

use anyhow::bail;
use kube::api::DynamicObject;

use super::revision::{Revision, commit_prefix, digest_of};
use super::{Kind, ObjectRef, of_api_kind};

/// What a revision names its content by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A Git commit.
    Commit,
    /// A digest, as buckets and OCI artifacts have.
    Digest,
    /// The version of a chart.
    Version,
}

/// A revision as people name it: a commit of seven digits or more, `main@sha1:8b2f…`, `sha256:8b2f…`, or
/// the version of a chart.
///
/// The name of a branch or a tag alone is none: it says nothing about content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// A commit, perhaps of a certain branch or tag.
    Commit {
        /// The branch or tag, if only that will do.
        name: Option<String>,
        /// The first digits, or all of them, in lower case.
        hash: String,
    },
    /// A digest, perhaps of a certain tag.
    Digest {
        /// The tag, if only that will do.
        name: Option<String>,
        /// `sha256`, …
        algorithm: String,
        /// The first digits, or all of them, in lower case.
        hash: String,
    },
    /// The version of a chart.
    Version(String),
}

/// How a revision that was found relates to a wanted one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation<'a> {
    /// It is the wanted one.
    Same,
    /// It is another one.
    Other,
    /// It is this other commit, which may have been built on the wanted one.
    Perhaps(&'a str),
}

/// What is known about a commit: whether it was built on the wanted one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Descent {
    /// It holds the wanted commit.
    Holds,
    /// It does not.
    Lacks,
    /// It cannot be told, and why.
    Unclear(String),
}

/// Where an object is, as seen from the wanted revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the wanted revision, or at one that was built on it: this one.
    At(String),
    /// At another one, if at any.
    Elsewhere(Option<String>),
    /// At a commit about which somebody has to be asked first.
    Ask(String),
    /// At a commit of which cannot be told whether it holds the wanted one.
    Unclear {
        /// The revision that it is at.
        at: String,
        /// Why it cannot be told.
        why: String,
    },
}

impl FromStr for Wanted {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, content) = match text.rsplit_once('@') {
            Some((name, content)) => (Some(name.to_owned()), content),
            None => (None, text),
        };
        if let Some((algorithm, hash)) = digest_of(content).filter(|(_, hash)| hash.len() >= 7) {
            return Ok(match algorithm.as_str() {
                "sha1" => Self::Commit { name, hash },
                _ => Self::Digest { name, algorithm, hash },
            });
        }
        if let (None, Some(hash)) = (&name, commit_prefix(text)) {
            return Ok(Self::Commit { name, hash });
        }
        // What Flux wrote before 2.0: `main/8b2f…`.
        if let Some((name, hash)) = Revision::parse(text).name_and_commit() {
            return Ok(Self::Commit { name: Some(name.to_owned()), hash: hash.to_owned() });
        }
        if name.is_none() && semver::Version::parse(text.trim_start_matches('v')).is_ok() {
            return Ok(Self::Version(text.to_owned()));
        }
        bail!(
            "it names no content: write a commit (7 digits or more), NAME@sha1:COMMIT, a digest, the \
             version of a chart, or HEAD"
        )
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Commit { name: None, hash } => f.write_str(hash),
            Self::Commit { name: Some(name), hash } => write!(f, "{name}@sha1:{hash}"),
            Self::Digest { name: None, algorithm, hash } => write!(f, "{algorithm}:{hash}"),
            Self::Digest { name: Some(name), algorithm, hash } => {
                write!(f, "{name}@{algorithm}:{hash}")
            }
            Self::Version(version) => f.write_str(version),
        }
    }
}

impl Wanted {
    /// What it names content by.
    #[must_use]
    pub fn form(&self) -> Form {
        match self {
            Self::Commit { .. } => Form::Commit,
            Self::Digest { .. } => Form::Digest,
            Self::Version(_) => Form::Version,
        }
    }

    /// The commit, or the first digits of it.
    #[must_use]
    pub fn commit(&self) -> Option<&str> {
        match self {
            Self::Commit { hash, .. } => Some(hash),
            Self::Digest { .. } | Self::Version(_) => None,
        }
    }

    /// How `found` relates to it.
    #[must_use]
    pub fn relation<'a>(&self, found: &'a Revision) -> Relation<'a> {
        let is = |same: bool| if same { Relation::Same } else { Relation::Other };
        match self {
            Self::Commit { name, hash } => match found.commit() {
                Some(_) if !names_agree(name.as_deref(), found) => Relation::Other,
                Some(commit) if commit.starts_with(hash.as_str()) => Relation::Same,
                Some(commit) => Relation::Perhaps(commit),
                None => Relation::Other,
            },
            Self::Digest { name, algorithm, hash } => is(names_agree(name.as_deref(), found)
                && found.digest().is_some_and(|(found_algorithm, found_hash)| {
                    found_algorithm == algorithm && found_hash.starts_with(hash.as_str())
                })),
            Self::Version(version) => is(found.digest().is_none()
                && found.name().is_some_and(|found| is_version(version, found))),
        }
    }
}

/// Whether a name that was asked for, if any was, is that of the revision; a branch may be spelt in full.
fn names_agree(wanted: Option<&str>, found: &Revision) -> bool {
    let short = |name: &str| {
        let name = name.strip_prefix("refs/heads/").unwrap_or(name);
        name.strip_prefix("refs/tags/").unwrap_or(name).to_owned()
    };
    match (wanted, found.name()) {
        (Some(wanted), Some(found)) => short(wanted) == short(found),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

/// Whether a version is the wanted one; build metadata that was not asked for does not matter, since the
/// controllers add some to tell charts of the same version apart.
fn is_version(wanted: &str, found: &str) -> bool {
    let plain = |version: &str| version.trim_start_matches('v').to_owned();
    let (wanted, found) = (plain(wanted), plain(found));
    wanted == found || found.split_once('+').is_some_and(|(found, _)| found == wanted)
}

/// Everything beside an object that its place depends on.
pub struct Surroundings<'a> {
    /// The wanted revision.
    pub wanted: &'a Wanted,
    /// A source as it is now, if it was seen.
    pub source: &'a dyn Fn(&ObjectRef) -> Option<&'a DynamicObject>,
    /// What is known about a commit; nothing before somebody was asked.
    pub descent: &'a dyn Fn(&str) -> Option<Descent>,
}

impl Surroundings<'_> {
    /// Where a ready object is.
    ///
    /// Where its own status does not name the content in the form that is wanted, it is where its source is,
    /// provided that its last attempt was about what the source holds.
    #[must_use]
    pub fn place(&self, kind: &Kind, object: &DynamicObject) -> Place {
        let own = self.nearest((kind.revisions)(object));
        match (own, kind.takes) {
            (Place::Elsewhere(at), Some(takes)) => {
                self.place_through_source(kind, object, takes).unwrap_or(Place::Elsewhere(at))
            }
            (own, _) => own,
        }
    }

    /// Where the object was, or is, when it last tried; nothing where that is no question, for what a source
    /// fails with is not about the revision that it has.
    #[must_use]
    pub fn place_of_attempt(&self, kind: &Kind, object: &DynamicObject) -> Option<Place> {
        if let Some(attempted) = kind.attempted_revision {
            return Some(self.nearest(attempted(object).into_iter().collect()));
        }
        kind.takes.map(|_| self.place(kind, object))
    }

    fn place_through_source(
        &self,
        kind: &Kind,
        object: &DynamicObject,
        takes: fn(&DynamicObject, &DynamicObject) -> bool,
    ) -> Option<Place> {
        let reference = (kind.sources)(object).into_iter().next()?;
        let source = (self.source)(&reference)?;
        let source_kind = of_api_kind(&reference.kind)?;
        takes(object, source).then(|| self.place(source_kind, source))
    }

    /// The best of what some revisions say.
    fn nearest(&self, revisions: Vec<&str>) -> Place {
        let mut best = Place::Elsewhere(revisions.first().map(|first| (*first).to_owned()));
        for text in revisions {
            let revision = Revision::parse(text);
            let at = text.to_owned();
            let place = match self.wanted.relation(&revision) {
                Relation::Same => Place::At(at),
                Relation::Other => continue,
                Relation::Perhaps(commit) => match (self.descent)(commit) {
                    Some(Descent::Holds) => Place::At(at),
                    Some(Descent::Lacks) => Place::Elsewhere(Some(at)),
                    Some(Descent::Unclear(why)) => Place::Unclear { at, why },
                    None => Place::Ask(commit.to_owned()),
                },
            };
            if matches!(place, Place::At(_)) {
                return place;
            }
            best = place;
        }
        best
    }
}

/// The forms in which what is made from a source of this kind can tell its revision.
#[must_use]
pub fn forms_from(source_kind: &str) -> &'static [Form] {
    match source_kind {
        "GitRepository" => &[Form::Commit],
        "OCIRepository" => &[Form::Digest, Form::Commit],
        "Bucket" | "ExternalArtifact" => &[Form::Digest],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;
    use crate::kinds::helm::HELM_RELEASE;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::source::{HELM_CHART, OCI_REPOSITORY};
    use crate::kinds::view::tests::object;

    const OLD: &str = "1111111111111111111111111111111111111111";
    const NEW: &str = "2222222222222222222222222222222222222222";

    fn wanted(text: &str) -> Wanted {
        text.parse().expect(text)
    }

    #[test]
    fn every_form_is_understood_and_says_what_it_was() {
        for (text, form) in [
            (NEW, Form::Commit),
            ("2222222", Form::Commit),
            ("main@sha1:2222222", Form::Commit),
            ("refs/pull/1/head@sha1:22222222", Form::Commit),
            ("sha1:2222222", Form::Commit),
            ("sha256:2222222", Form::Digest),
            ("latest@sha256:abcdef0123", Form::Digest),
            ("6.5.4", Form::Version),
            ("v1.0.0-rc.1", Form::Version),
        ] {
            assert_eq!(wanted(text).form(), form, "{text}");
        }
        assert_eq!(wanted("main@sha1:2222222").to_string(), "main@sha1:2222222");
        assert_eq!(wanted(&format!("main/{NEW}")).to_string(), format!("main@sha1:{NEW}"));
        assert_eq!(wanted("ABCDEF0").to_string(), "abcdef0");
    }

    #[test]
    fn what_names_no_content_is_refused() {
        for text in
            ["main", "", "222222", "main@sha1:22", "main@", "v1", "latest", "2222222g", "HEAD~"]
        {
            assert!(text.parse::<Wanted>().is_err(), "{text}");
        }
    }

    #[test]
    fn short_commits_names_digests_and_versions_are_compared() {
        let at = format!("main@sha1:{NEW}");
        let perhaps = Relation::Perhaps(NEW);
        for (asked, found, relation) in [
            (NEW, at.as_str(), Relation::Same),
            ("2222222", &at, Relation::Same),
            ("main@sha1:2222222", &at, Relation::Same),
            ("refs/heads/main@sha1:2222222", &at, Relation::Same),
            ("dev@sha1:2222222", &at, Relation::Other),
            (OLD, &at, perhaps),
            ("main@sha1:1111111", &at, perhaps),
            ("dev@sha1:1111111", &at, Relation::Other),
            (OLD, "6.5.4", Relation::Other),
            ("sha256:abcdef0", "latest@sha256:abcdef0123", Relation::Same),
            ("other@sha256:abcdef0", "latest@sha256:abcdef0123", Relation::Other),
            ("sha512:abcdef0", "latest@sha256:abcdef0123", Relation::Other),
            ("6.5.4", "6.5.4", Relation::Same),
            ("6.5.4", "6.5.4+0123456789ab", Relation::Same),
            ("6.5.4+1", "6.5.4+2", Relation::Other),
            ("6.5.4", "6.5.5", Relation::Other),
            ("6.5.4", "6.5.4@sha256:abcdef0123", Relation::Other),
        ] {
            let found = Revision::parse(found);
            assert_eq!(wanted(asked).relation(&found), relation, "{asked} {found}");
        }
    }

    /// Where an object is, with what is known about commits, and its one source.
    fn place(
        asked: &str,
        kind: &Kind,
        status: serde_json::Value,
        source: Option<serde_json::Value>,
        known: &[(&str, Descent)],
    ) -> Place {
        let known: BTreeMap<_, _> = known.iter().cloned().collect();
        let source = source.map(object);
        let wanted = wanted(asked);
        let spec = json!({"chartRef": {"kind": "HelmChart", "name": "podinfo"}});
        Surroundings {
            wanted: &wanted,
            source: &|_| source.as_ref(),
            descent: &|commit| known.get(commit).cloned(),
        }
        .place(kind, &object(json!({"spec": spec, "status": status})))
    }

    #[test]
    fn a_descendant_is_as_good_and_nothing_is_guessed() {
        let at = format!("main@sha1:{NEW}");
        let status = json!({"lastAppliedRevision": at, "lastAttemptedRevision": at});
        let seen =
            |known: &[(&str, Descent)]| place(OLD, &KUSTOMIZATION, status.clone(), None, known);
        assert_eq!(seen(&[]), Place::Ask(NEW.to_owned()));
        assert_eq!(seen(&[(NEW, Descent::Holds)]), Place::At(at.clone()));
        assert_eq!(seen(&[(NEW, Descent::Lacks)]), Place::Elsewhere(Some(at.clone())));
        let unclear = Place::Unclear { at: at.clone(), why: "nobody knows".to_owned() };
        assert_eq!(seen(&[(NEW, Descent::Unclear("nobody knows".to_owned()))]), unclear);
        assert_eq!(place(OLD, &KUSTOMIZATION, json!({}), None, &[]), Place::Elsewhere(None));
    }

    #[test]
    fn an_oci_artifact_is_also_at_the_commit_that_it_was_made_from() {
        let status = json!({"artifact": {"revision": "latest@sha256:abcdef0123",
            "metadata": {"org.opencontainers.image.revision": format!("main@sha1:{NEW}")}}});
        let at = place(NEW, &OCI_REPOSITORY, status.clone(), None, &[]);
        assert_eq!(at, Place::At(format!("main@sha1:{NEW}")));
        let at = place("sha256:abcdef0123", &OCI_REPOSITORY, status, None, &[]);
        assert_eq!(at, Place::At("latest@sha256:abcdef0123".to_owned()));
    }

    #[test]
    fn a_release_is_at_the_commit_of_the_chart_that_it_has_installed() {
        let chart = json!({"status": {
            "observedSourceArtifactRevision": format!("main@sha1:{NEW}"),
            "artifact": {"revision": "6.5.4"},
        }});
        let release = |version: &str| json!({"lastAttemptedRevision": version});
        let at = Place::At(format!("main@sha1:{NEW}"));
        assert_eq!(place(NEW, &HELM_RELEASE, release("6.5.4"), Some(chart.clone()), &[]), at);
        assert_eq!(
            place(NEW, &HELM_RELEASE, release("6.5.3"), Some(chart.clone()), &[]),
            Place::Elsewhere(Some("6.5.3".to_owned()))
        );
        assert_eq!(
            place("6.5.3", &HELM_RELEASE, release("6.5.3"), Some(chart.clone()), &[]),
            Place::At("6.5.3".to_owned())
        );
        let chart = chart["status"].clone();
        assert_eq!(place("6.5.4", &HELM_CHART, chart, None, &[]), Place::At("6.5.4".to_owned()));
        assert_eq!(
            place(NEW, &HELM_RELEASE, release("6.5.4"), None, &[]),
            Place::Elsewhere(Some("6.5.4".to_owned()))
        );
    }
}
