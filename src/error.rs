//! Error classes, hints, exit codes, and how an error is printed.
//!
//! Errors travel as [`anyhow::Error`]. What an error *means* for the user is attached to it with
//! [`Explain`]: its [`Class`], which decides the exit code, and hints, each a command or flag that can
//! be typed. Nothing else in the crate knows an exit code.

use std::fmt;
use std::sync::Arc;

/// What a failure means to whoever called the command; each class has one exit code.
///
/// The codes are part of the command line's contract: `docs/differences.md` lists them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// The thing asked for failed or is not ready.
    Failed,
    /// Usage or validation, before anything happened.
    Usage,
    /// The object was not found.
    NotFound,
    /// The API kind is not installed on the cluster.
    NotInstalled,
    /// The time allowed by `--timeout` is over.
    TimedOut,
    /// Not authenticated or not permitted, by the cluster or by the Git host.
    Denied,
    /// It changed under us, or somebody else owns it.
    Conflict,
    /// The cluster or the Git host cannot be reached.
    Unreachable,
    /// It waits for a person.
    Waiting,
    /// Ctrl-C.
    Interrupted,
    /// Standard output was closed by its reader; nothing is printed.
    OutputClosed,
}

impl Class {
    /// The exit code of this class.
    #[must_use]
    pub const fn exit_code(self) -> u8 {
        match self {
            Self::Failed => 1,
            Self::Usage => 2,
            Self::NotFound => 3,
            Self::NotInstalled => 4,
            Self::TimedOut => 5,
            Self::Denied => 6,
            Self::Conflict => 7,
            Self::Unreachable => 8,
            Self::Waiting => 9,
            Self::Interrupted => 130,
            Self::OutputClosed => 141,
        }
    }
}

/// An error with its meaning; transparent otherwise: its text and causes are those of `inner`.
#[derive(Debug)]
struct Explained {
    inner: anyhow::Error,
    class: Option<Class>,
    hints: Vec<String>,
    is_self_evident: bool,
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl std::error::Error for Explained {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner.source()
    }
}

/// Attaches meaning to an error.
pub trait Explain: Sized {
    /// What the explained value is: an error stays an error, a result stays a result.
    type Explained;

    /// Says which class the failure belongs to. The outermost class wins.
    fn class(self, class: Class) -> Self::Explained;

    /// Adds what the user can do next; a command or flag that can be typed.
    fn hint(self, hint: impl Into<String>) -> Self::Explained;

    /// Says that there is nothing behind the failure: whoever looks for causes need not begin.
    fn self_evident(self) -> Self::Explained;
}

impl Explain for anyhow::Error {
    type Explained = Self;

    fn class(self, class: Class) -> Self {
        let mut explained = explained(self);
        explained.class = Some(class);
        explained.into()
    }

    fn hint(self, hint: impl Into<String>) -> Self {
        let mut explained = explained(self);
        explained.hints.push(hint.into());
        explained.into()
    }

    fn self_evident(self) -> Self {
        let mut explained = explained(self);
        explained.is_self_evident = true;
        explained.into()
    }
}

impl<T, E: Into<anyhow::Error>> Explain for Result<T, E> {
    type Explained = Result<T, anyhow::Error>;

    fn class(self, class: Class) -> Self::Explained {
        self.map_err(|error| error.into().class(class))
    }

    fn hint(self, hint: impl Into<String>) -> Self::Explained {
        self.map_err(|error| error.into().hint(hint))
    }

    fn self_evident(self) -> Self::Explained {
        self.map_err(|error| error.into().self_evident())
    }
}

/// Unwraps an error that was explained already, so that explaining twice adds to one value.
fn explained(error: anyhow::Error) -> Explained {
    let fresh = |inner| Explained { inner, class: None, hints: Vec::new(), is_self_evident: false };
    // Only the outermost: `downcast` alone also looks below contexts and would drop them.
    if error.chain().next().is_some_and(|outermost| outermost.is::<Explained>()) {
        return error.downcast().unwrap_or_else(fresh);
    }
    fresh(error)
}

/// A failure that several things have in common; each can have it as an error of its own.
#[derive(Clone, Debug)]
pub struct Shared(Arc<anyhow::Error>);

impl Shared {
    /// Shares an error.
    #[must_use]
    pub fn new(error: anyhow::Error) -> Self {
        Self(Arc::new(error))
    }

    /// The error that is shared.
    #[must_use]
    pub fn error(&self) -> &anyhow::Error {
        &self.0
    }

    /// An error that reads and means the same.
    #[must_use]
    pub fn to_error(&self) -> anyhow::Error {
        let outermost = self.0.chain().next().and_then(|error| error.downcast_ref::<Explained>());
        let (class, hints) = outermost
            .map_or((None, Vec::new()), |explained| (explained.class, explained.hints.clone()));
        let is_self_evident = is_self_evident(&self.0);
        Explained { inner: self.clone().into(), class, hints, is_self_evident }.into()
    }
}

/// Transparent, as if it were the error itself.
impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Shared {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source()
    }
}

/// The class of an error: the outermost that was attached, else [`Class::Failed`].
#[must_use]
pub fn class_of(error: &anyhow::Error) -> Class {
    let attached = error.chain().find_map(|cause| cause.downcast_ref::<Explained>()?.class);
    attached.unwrap_or(Class::Failed)
}

/// Whether somebody said that there is nothing behind the failure.
#[must_use]
pub fn is_self_evident(error: &anyhow::Error) -> bool {
    let mut explained = error.chain().filter_map(|cause| cause.downcast_ref::<Explained>());
    explained.any(|explained| explained.is_self_evident)
}

/// The class of several failures: the one that they share, else [`Class::Failed`].
#[must_use]
pub fn common_class<'a>(errors: impl IntoIterator<Item = &'a anyhow::Error>) -> Class {
    let mut classes = errors.into_iter().map(class_of);
    let first = classes.next().unwrap_or(Class::Failed);
    if classes.all(|class| class == first) { first } else { Class::Failed }
}

/// The hints of an error, outermost first.
fn hints_of(error: &anyhow::Error) -> impl Iterator<Item = &str> {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<Explained>())
        .flat_map(|explained| explained.hints.iter().map(String::as_str))
}

/// What the user reads: the failure, its causes, and what to do next; one line each.
///
/// Empty for [`Class::OutputClosed`]: nobody is listening.
#[must_use]
pub fn report(error: &anyhow::Error) -> String {
    if class_of(error) == Class::OutputClosed {
        return String::new();
    }
    let mut text = format!("error: {}\n", one_line(&error.to_string()));
    let mut last = error.to_string();
    for cause in error.chain().skip(1) {
        let cause = cause.to_string();
        // Libraries repeat the inner text in the outer one; saying it once is enough.
        if !last.contains(&cause) {
            text.push_str(&format!("  cause: {}\n", one_line(&cause)));
        }
        last = cause;
    }
    for hint in hints_of(error) {
        text.push_str(&format!("  hint: {}\n", one_line(hint)));
    }
    text
}

/// Folds a text into one line and neutralises what a terminal would obey.
fn one_line(text: &str) -> String {
    crate::output::clean(text.trim()).replace('\n', "\n    ")
}

/// An error of class [`Class::Usage`]: the arguments are wrong and nothing has happened yet.
#[must_use]
pub fn usage(message: impl fmt::Display + fmt::Debug + Send + Sync + 'static) -> anyhow::Error {
    anyhow::Error::msg(message).class(Class::Usage)
}

#[cfg(test)]
mod tests {
    use anyhow::{Context as _, anyhow};

    use super::*;

    #[test]
    fn the_outermost_class_wins_and_survives_context() {
        let error = anyhow!("refused").class(Class::Denied).context("cannot write a deploy key");
        assert_eq!(class_of(&error), Class::Denied);
        assert_eq!(class_of(&error.class(Class::Conflict)), Class::Conflict);
    }

    #[test]
    fn without_a_class_it_is_a_failure() {
        assert_eq!(class_of(&anyhow!("no")).exit_code(), 1);
    }

    #[test]
    fn several_failures_have_their_common_class() {
        let of = |classes: &[Class]| {
            let errors: Vec<_> = classes.iter().map(|class| anyhow!("no").class(*class)).collect();
            common_class(&errors)
        };
        assert_eq!(of(&[Class::Denied, Class::Denied]), Class::Denied);
        assert_eq!(of(&[Class::Denied, Class::TimedOut]), Class::Failed);
        assert_eq!(of(&[]), Class::Failed);
    }

    #[test]
    fn a_shared_error_reads_and_means_what_it_did() {
        let error = anyhow!("refused").class(Class::Denied).hint("ask").context("cannot write");
        let told = (report(&error), format!("{error:#}"));
        let shared = Shared::new(error);
        for copy in [shared.to_error(), Shared::new(shared.to_error()).to_error()] {
            assert_eq!((report(&copy), format!("{copy:#}")), told);
            assert_eq!(class_of(&copy), Class::Denied);
        }
        let outermost = Shared::new(anyhow!("no").class(Class::Conflict).hint("again")).to_error();
        assert_eq!(class_of(&outermost), Class::Conflict);
        assert_eq!(report(&outermost), "error: no\n  hint: again\n");
    }

    #[test]
    fn what_is_self_evident_stays_so() {
        let error = anyhow!("deleted").self_evident().hint("look").context("cannot wait");
        assert!(is_self_evident(&error));
        assert!(is_self_evident(&Shared::new(Shared::new(error).to_error()).to_error()));
        assert!(!is_self_evident(&anyhow!("no").class(Class::Failed)));
    }

    #[test]
    fn a_closed_output_is_silent() {
        let error = anyhow!("closed").class(Class::OutputClosed).context("cannot write");
        assert_eq!(class_of(&error).exit_code(), 141);
        assert_eq!(report(&error), "");
    }

    #[test]
    fn a_connection_that_broke_is_not_taken_for_a_closed_output() {
        let error = anyhow::Error::from(std::io::Error::from(std::io::ErrorKind::BrokenPipe));
        assert_eq!(class_of(&error), Class::Failed);
    }

    #[test]
    fn a_report_has_causes_and_hints_in_order() {
        let error = Err::<(), _>(anyhow!("GitHub answered 404"))
            .hint("use --token-auth")
            .context("cannot write a deploy key to acme/fleet")
            .hint("ask an owner for admin rights")
            .unwrap_err();
        assert_eq!(
            report(&error),
            "error: cannot write a deploy key to acme/fleet\n  cause: GitHub answered 404\n  \
             hint: ask an owner for admin rights\n  hint: use --token-auth\n"
        );
    }

    #[test]
    fn a_repeated_cause_is_said_once_and_escapes_are_neutralised() {
        let error = anyhow!("bad \u{1b}[31mname").context("refused: bad \u{1b}[31mname");
        assert_eq!(report(&error), "error: refused: bad \\u{1b}[31mname\n");
    }
}
