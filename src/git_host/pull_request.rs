//! Commits that somebody else merges: one branch and one pull request for each topic.

use anyhow::Result;
use serde_json::Value;

use super::change::Draft;
use super::{GitHost, Repository};

/// What a pull request is about. Everything that is proposed on the same topic lands in the same pull
/// request as long as it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// The name of its branch: `nigari/create-helmrelease-1a2b3c4d`.
    pub branch: String,
    /// The branch that it shall be merged into.
    pub base: String,
    /// One line.
    pub title: String,
    /// Markdown; see [`code`] for what comes from elsewhere.
    pub body: String,
}

/// A pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PullRequest {
    /// Its number in the repository.
    pub number: u64,
    /// Its page for people.
    pub web_url: String,
    /// What has become of it.
    pub state: State,
    /// Who opened it; nothing when the host does not tell any more.
    pub author: Option<String>,
}

/// What has become of a pull request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Somebody has to decide.
    Open,
    /// Its commits are on the base branch.
    Merged,
    /// Somebody refused it.
    Closed,
}

/// What came of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposal {
    /// The base branch holds everything already, at this commit.
    AlreadyThere(String),
    /// A pull request is open.
    Open {
        /// It.
        pull_request: PullRequest,
        /// Whether this run opened it.
        is_new: bool,
        /// Whether this run added a commit to it.
        has_new_commit: bool,
        /// Whether this run made its branch anew, because it could not be merged any more.
        is_rebuilt: bool,
    },
}

/// What a host with pull requests offers.
pub trait Proposing: GitHost {
    /// Puts the change that `draft` makes on the topic's branch, and opens a pull request unless one is
    /// open. The branch starts at its base; one whose pull request was merged or closed is left alone, and
    /// another is begun. One that cannot be merged any more is made anew on its base, as long as nobody else
    /// has committed to it. What others have committed to one that can be merged stays.
    ///
    /// # Errors
    /// Those of [`GitHost::publish`]; [`crate::error::Class::Conflict`] naming who has committed to a branch
    /// that cannot be merged, or has changed one of the change's own files there; [`crate::error::Class::Denied`] when the token may not open pull
    /// requests.
    fn propose(
        &self,
        repository: &Repository,
        topic: &Topic,
        draft: &impl Draft,
    ) -> impl Future<Output = Result<Proposal>>;

    /// Waits until somebody has merged or closed the pull request, and says which.
    ///
    /// # Errors
    /// When the host cannot be reached; [`crate::error::Class::TimedOut`].
    fn await_decision(
        &self,
        repository: &Repository,
        pull_request: &PullRequest,
    ) -> impl Future<Output = Result<State>>;
}

/// Text from elsewhere as code in Markdown, so that it mentions nobody and formats nothing.
#[must_use]
pub fn code(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = if text.is_empty() { " " } else { &text };
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    // Without blanks a fence would grow by a backtick at either end.
    match longest {
        0 => format!("{fence}{text}{fence}"),
        _ => format!("{fence} {text} {fence}"),
    }
}

/// The name of a topic's branch: `what` in words, and a short digest of everything that tells it from other
/// topics.
#[must_use]
pub fn branch_name(what: &str, differs_by: &[&str]) -> String {
    // As JSON, so that no two lists of texts are the same text.
    let identity = Value::from(differs_by.to_vec()).to_string();
    let digest = git2::Oid::hash_object(git2::ObjectType::Blob, identity.as_bytes())
        .expect("hashing bytes in memory cannot fail");
    let word = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let words: String = what.chars().map(word).take(60).collect();
    let words = words.split('-').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
    format!("nigari/{words}-{}", &digest.to_string()[..8])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_in_a_body_is_code_whatever_it_holds() {
        assert_eq!(code("HelmRelease apps/x"), "`HelmRelease apps/x`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("``` @team\n# x"), "```` ``` @team # x ````");
    }

    #[test]
    fn a_topic_has_always_the_same_branch_and_another_one_has_another() {
        let name = branch_name("create HelmRelease apps/Web", &["acme/fleet", "main", "a.yaml"]);
        assert_eq!(
            name,
            branch_name("create HelmRelease apps/Web", &["acme/fleet", "main", "a.yaml"])
        );
        assert!(name.starts_with("nigari/create-helmrelease-apps-web-"), "{name}");
        assert_ne!(
            name,
            branch_name("create HelmRelease apps/Web", &["acme/fleet", "main", "b.yaml"])
        );
        assert_ne!(branch_name("x", &["a", "b"]), branch_name("x", &["a b"]));
    }

    proptest! {
        #[test]
        fn every_branch_name_is_one_for_git(what: String, path: String) {
            let name = branch_name(&what, &[&path]);
            prop_assert!(git2::Branch::name_is_valid(&name).unwrap(), "{}", name);
        }

        #[test]
        fn no_text_leaves_its_fence(text: String) {
            let code = code(&text);
            let fence = code.chars().take_while(|c| *c == '`').count();
            let inner = &code[fence..code.len() - fence];
            prop_assert!(inner.split(|c| c != '`').all(|run| run.len() < fence), "{}", code);
            prop_assert!(!code.contains('\n'));
        }
    }
}
