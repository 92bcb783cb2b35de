//! Faults, injected by name: `github.update_ref=reset_after_effect`, `kube.watch=gone*3`.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, bail};

/// Every fault that some part of the sandbox honours: name, values, what it does.
///
/// A name that is not listed is refused, so that a misspelt fault cannot make a test pass.
pub const KNOWN: &[(&str, &[&str], &str)] = &[
    (
        "github.update_ref",
        &["reset_before_effect", "reset_after_effect"],
        "closes the connection before or after a reference update is applied",
    ),
    (
        "github.create_repository",
        &["reset_after_effect"],
        "closes the connection after a repository was created",
    ),
    (
        "github.create_key",
        &["reset_before_effect", "reset_after_effect"],
        "closes the connection before or after a deploy key is created",
    ),
    (
        "github.create_pull",
        &["reset_after_effect"],
        "closes the connection after a pull request was opened",
    ),
    (
        "github.request",
        &[
            "500",
            "502html",
            "secondary_limit",
            "secondary_limit_bare",
            "primary_limit",
            "primary_limit_long",
            "sso",
            "portal",
        ],
        "answers REST and GraphQL with a server error, a rate limit, a demand for single sign-on, or as a \
         captive portal does",
    ),
    (
        "github.read_repository",
        &["missing"],
        "answers 404 to a repository that exists, as just after its creation",
    ),
    (
        "github.first",
        &[],
        "`5xx`, `reset_before_effect`, `reset_after_effect`, `retry_later`, `secondary_limit`, `primary_limit` or \
         `primary_limit_long`, perhaps with `@TEXT`: fails each request of REST and GraphQL whose method and path contain the text, the first \
         time that it comes",
    ),
    (
        "github.flaky",
        &[],
        "`PERCENT:SEED`: so many requests of REST and GraphQL are answered 429, or the connection is closed \
         before or after their effect",
    ),
    ("github.read_ref", &["stale"], "shows a reference as it was before its last commit"),
    (
        "github.fields",
        &["changed"],
        "adds fields that nobody knows to every object, and leaves deprecated ones out",
    ),
    ("github.sso", &["partial"], "says of lists that the items of some organisations are left out"),
    ("github.git_data", &["not_ready"], "answers 409 to git/*, as just after a creation"),
    (
        "github.create_tree",
        &["timeout", "large"],
        "answers 422 to trees, or to those with the text of a file, as to one that is too large",
    ),
    (
        "github.create_commit",
        &["large", "timeout", "timeout_after_effect", "bad_gateway"],
        "answers 413 to commits that GitHub is to make itself, or that it took too long, before or after their \
         effect, or the same with status 502",
    ),
    ("github.token", &["revoked"], "answers 401 to every token"),
    (
        "github.installation_token",
        &[],
        "tokens that are minted now for an installation of an App expire after so many requests",
    ),
    (
        "github.clock",
        &[],
        "the clock that the assertions of Apps are checked by is ahead by so many seconds",
    ),
    ("github.host_keys", &["untold"], "leaves the SSH host keys out of what the API tells"),
    (
        "github.graphql",
        &["unreachable", "without_update_refs"],
        "answers 404 to GraphQL, or as a server whose schema is older than `updateRefs`",
    ),
    ("github.deploy_keys", &["disabled"], "disables deploy keys everywhere"),
    ("github.rules", &["bypassed"], "lists the rules of branches, and exempts everybody from them"),
    ("github.asset", &["truncated"], "breaks the connection in the middle of a release's file"),
    (
        "github.hold",
        &[],
        "`before:N` or `after:N`: the N-th write of whoever is no player waits for ever, before or after its \
         effect, so that the program can be killed there",
    ),
    ("github.latency", &[], "delays every answer by so many milliseconds"),
    ("github.trickle", &[], "sends one byte of an answer after each so many milliseconds"),
    ("helm.delay", &[], "helm-controller begins MILLISECONDS late"),
    ("helm.install", &[], "installing HelmRelease NAME fails after its release is stored"),
    ("helm.upgrade", &[], "upgrading HelmRelease NAME fails after its release is stored"),
    ("kustomize.delay", &[], "kustomize-controller begins MILLISECONDS late"),
    ("source.dns", &[], "nobody resolves the name HOST for source-controller"),
    ("source.delay", &[], "source-controller begins MILLISECONDS late"),
    ("tofu.apply", &[], "applying a plan of Terraform object NAME fails"),
    ("tofu.break_glass", &["allowed"], "tofu-controller lets people break the glass"),
    (
        "tofu.pause",
        &["start", "init", "plan", "save", "load", "apply"],
        "tofu-controller waits before this step for as long as the fault is armed",
    ),
    ("workload.crash", &[], "the containers of Deployment NAME end right after their start"),
    ("workload.pending", &[], "no node has room for new Pods of Deployment NAME"),
    ("workload.pull", &[], "images whose reference contains TEXT cannot be pulled"),
    ("workload.quota", &[], "a quota forbids new Pods of Deployment NAME"),
    (
        "kube.cut",
        &[],
        "`before:N` or `after:N`: from before or after the effect of the N-th write on, whoever is no \
         player gets no answer, as if it had been killed or the server had gone away",
    ),
    ("kube.hold", &[], "`before:N` or `after:N`: the same as github.hold for the Kubernetes API"),
    (
        "kube.issuer",
        &[],
        "the issuer of tokens is the address VALUE; `absent` and `forbidden` answer 404 and 403 to who asks",
    ),
    ("kube.latency", &[], "every Kubernetes request takes so many milliseconds longer"),
    ("kube.request", &["429", "500", "503"], "Kubernetes requests are answered with this status"),
    (
        "kube.webhook",
        &[],
        "a webhook that has to admit RESOURCES, such as deployments, does not answer",
    ),
    ("kube.watch", &["eof", "gone"], "Kubernetes watches end silently, or with a 410 event"),
];

/// What the fault `github.first` does.
const FIRST: [&str; 7] = [
    "5xx",
    "reset_before_effect",
    "reset_after_effect",
    "retry_later",
    "secondary_limit",
    "primary_limit",
    "primary_limit_long",
];

/// The faults that are armed; shared by the doubles and the players.
#[derive(Clone, Default)]
pub struct Faults(Arc<Mutex<BTreeMap<String, Armed>>>);

struct Armed {
    value: String,
    /// How often it still fires; `None` is for ever.
    left: Option<u32>,
    /// How many writes a fault that counts them has seen.
    writes: u32,
    has_fired: bool,
    /// Whether a fault that waits at a write is there.
    is_reached: bool,
    /// What is armed when it does not fire any more.
    next: Option<Box<Armed>>,
}

/// What a fault that cuts a program off does to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// It has no effect and no answer.
    BeforeEffect,
    /// It has its effect and no answer.
    AfterEffect,
}

impl Faults {
    /// Arms `NAME=VALUE` or `NAME=VALUE*TIMES`.
    ///
    /// # Errors
    /// When the name or the value is not in [`KNOWN`].
    pub fn arm(&self, text: &str) -> Result<()> {
        let (name, fault) = parse(text)?;
        self.lock().insert(name.to_owned(), fault);
        Ok(())
    }

    /// Arms a fault for when the one of the same name has fired as often as it should.
    ///
    /// # Errors
    /// Those of [`Self::arm`], or when none of that name is armed.
    pub fn arm_next(&self, text: &str) -> Result<()> {
        let (name, next) = parse(text)?;
        let mut armed = self.lock();
        let Some(first) = armed.get_mut(name) else { bail!("fault {name} is not armed") };
        first.next = Some(Box::new(next));
        Ok(())
    }

    /// The value of fault `name` if it is armed and fires now; counts it as fired.
    #[must_use]
    pub fn fire(&self, name: &str) -> Option<String> {
        self.fire_matching(name, |_| true)
    }

    /// Whether fault `name` is armed with a value that `concerns` the caller; only then does it
    /// count as fired.
    #[must_use]
    pub fn fire_if(&self, name: &str, concerns: impl FnOnce(&str) -> bool) -> bool {
        self.fire_matching(name, concerns).is_some()
    }

    fn fire_matching(&self, name: &str, concerns: impl FnOnce(&str) -> bool) -> Option<String> {
        debug_assert!(
            KNOWN.iter().any(|(known, _, _)| *known == name),
            "fault {name} is not in KNOWN"
        );
        let mut armed = self.lock();
        let fault = armed.get_mut(name)?;
        if !concerns(&fault.value) {
            return None;
        }
        let value = fault.value.clone();
        fault.has_fired = true;
        if let Some(left) = &mut fault.left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                match fault.next.take() {
                    Some(next) => *fault = *next,
                    None => drop(armed.remove(name)),
                }
            }
        }
        Some(value)
    }

    /// What the fault `kube.cut` does to the next request, if it is armed and has come to it.
    #[must_use]
    pub(crate) fn cut(&self, is_write: bool) -> Option<Cut> {
        let mut armed = self.lock();
        let fault = armed.get_mut("kube.cut")?;
        let (place, at) = place_of_cut(&fault.value)?;
        if fault.writes >= at {
            return Some(Cut::BeforeEffect);
        }
        fault.writes += u32::from(is_write);
        (fault.writes == at).then_some(place)
    }

    /// Where the next write is held by fault `name`, if it is armed and has come to it.
    #[must_use]
    pub(crate) fn hold(&self, name: &str) -> Option<Cut> {
        let mut armed = self.lock();
        let fault = armed.get_mut(name)?;
        let (place, at) = place_of_cut(&fault.value)?;
        fault.writes += 1;
        (fault.writes == at).then_some(place)
    }

    /// Tells that fault `name` is where it holds a write, and never goes on.
    pub(crate) async fn stay(&self, name: &str) -> Infallible {
        if let Some(fault) = self.lock().get_mut(name) {
            fault.is_reached = true;
        }
        std::future::pending().await
    }

    /// Whether the fault that [`Self::arm`] was given as `text` has fired.
    #[must_use]
    pub fn has_fired(&self, text: &str) -> bool {
        let name = text.split('=').next().unwrap_or_default();
        self.lock().get(name).is_some_and(|fault| fault.has_fired)
    }

    /// Whether fault `name` holds a write now: what it should do before that is done.
    #[must_use]
    pub fn is_reached(&self, name: &str) -> bool {
        self.lock().get(name).is_some_and(|fault| fault.is_reached)
    }

    /// Disarms fault `name`.
    pub fn clear(&self, name: &str) {
        self.lock().remove(name);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Armed>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Reads `NAME=VALUE` or `NAME=VALUE*TIMES`.
fn parse(text: &str) -> Result<(&str, Armed)> {
    let Some((name, value)) = text.split_once('=') else {
        bail!("fault {text:?} is not NAME=VALUE");
    };
    let (value, left) = match value.rsplit_once('*') {
        Some((value, times)) => (value, Some(times.parse()?)),
        None => (value, None),
    };
    let Some((_, values, _)) = KNOWN.iter().find(|(known, _, _)| *known == name) else {
        bail!("no fault is named {name:?}");
    };
    let counts = ["kube.cut", "github.hold", "kube.hold"].contains(&name);
    if counts && place_of_cut(value).is_none() {
        bail!("fault {name} is before:N or after:N, and not {value:?}");
    }
    let kind = value.split('@').next().unwrap_or_default();
    if name == "github.first" && !FIRST.contains(&kind) {
        bail!("fault {name} is one of {}, and not {kind:?}", FIRST.join(", "));
    }
    if name == "github.flaky" && Chance::parse(value).is_none() {
        bail!("fault {name} is PERCENT:SEED, and not {value:?}");
    }
    // An empty list of values means that the fault takes free text (a count, a name).
    if !values.is_empty() && !values.contains(&value) {
        bail!("fault {name} has no value {value:?}; it takes {}", values.join(", "));
    }
    let value = value.to_owned();
    let fault = Armed { value, left, writes: 0, has_fired: false, is_reached: false, next: None };
    Ok((name, fault))
}

/// Where `before:N` or `after:N` cuts; writes are counted from 1.
fn place_of_cut(value: &str) -> Option<(Cut, u32)> {
    let (place, at) = value.split_once(':')?;
    let place = match place {
        "before" => Cut::BeforeEffect,
        "after" => Cut::AfterEffect,
        _ => return None,
    };
    Some((place, at.parse().ok().filter(|at| *at > 0)?))
}

/// How likely a trouble is, and where the numbers begin.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Chance {
    pub(crate) percent: u64,
    pub(crate) seed: u64,
}

impl Chance {
    /// Reads `PERCENT:SEED`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (percent, seed) = text.split_once(':')?;
        let percent = percent.parse().ok().filter(|percent| *percent <= 100)?;
        Some(Self { percent, seed: seed.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_lets_nothing_through_from_its_write_on() {
        for (place, cut) in [("before", Cut::BeforeEffect), ("after", Cut::AfterEffect)] {
            let faults = Faults::default();
            faults.arm(&format!("kube.cut={place}:2")).expect("a known fault");
            let seen = [false, true, false, true, false, true].map(|write| faults.cut(write));
            let gone = Some(Cut::BeforeEffect);
            assert_eq!(seen, [None, None, None, Some(cut), gone, gone], "{place}");
        }
    }

    #[test]
    fn a_fault_follows_another() {
        let faults = Faults::default();
        let (first, next) =
            ("github.create_key=reset_before_effect*2", "github.create_key=reset_after_effect*1");
        assert!(faults.arm_next(next).is_err(), "there is none that it could follow");
        faults.arm(first).expect("a known fault");
        faults.arm_next(next).expect("a known fault");
        let fired = [(); 4].map(|()| faults.fire("github.create_key"));
        let (before, after) = ("reset_before_effect", "reset_after_effect");
        assert_eq!(
            fired.each_ref().map(Option::as_deref),
            [Some(before), Some(before), Some(after), None]
        );
    }

    #[test]
    fn one_write_is_held() {
        let faults = Faults::default();
        faults.arm("github.hold=after:2").expect("a known fault");
        let seen = [(); 3].map(|()| faults.hold("github.hold"));
        assert_eq!(seen, [None, Some(Cut::AfterEffect), None]);
        assert!(!faults.is_reached("github.hold"), "its effect is still to come");
    }

    #[test]
    fn a_chance_is_a_share_and_a_seed() {
        assert_eq!(Chance::parse("10:42"), Some(Chance { percent: 10, seed: 42 }));
        for text in ["10", "101:1", "x:1", "1:x"] {
            assert!(Faults::default().arm(&format!("github.flaky={text}")).is_err(), "{text}");
        }
    }

    #[test]
    fn a_cut_nowhere_is_refused() {
        for value in ["before", "after:0", "between:1", "after:x"] {
            assert!(Faults::default().arm(&format!("kube.cut={value}")).is_err(), "{value}");
        }
    }
}
