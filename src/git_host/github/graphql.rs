//! The compare-and-swap of a branch: GraphQL's `updateRefs` with `beforeOid`; and `createCommitOnBranch`, which
//! makes a commit that GitHub signs, and moves the branch in the same step.
//!
//! REST's update with `force: false` only tests for a fast-forward, which is no compare-and-swap: after
//! somebody took commits away, it would bring them back.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::reply::Reply;
use super::retry::Limit;
use super::transport::Call;
use super::{refusal, tree};
use crate::git_host::Repository;
use crate::git_host::change::{Change, File};

const UPDATE_REFS: &str = "mutation updateRefs($input: UpdateRefsInput!) \
                           { updateRefs(input: $input) { clientMutationId } }";

/// What a branch is at that is not there, or shall not be.
const NOTHING: &str = "0000000000000000000000000000000000000000";

/// The call that moves `branch` from commit `before` to its descendant `after`.
pub(super) fn update_ref(repository: &Repository, branch: &str, before: &str, after: &str) -> Call {
    move_ref(repository, branch, (before, after), false)
}

/// The call that moves `branch` from commit `before` to `after`, whatever that is built on.
pub(super) fn replace_ref(
    repository: &Repository,
    branch: &str,
    before: &str,
    after: &str,
) -> Call {
    move_ref(repository, branch, (before, after), true)
}

/// The same, and in one step takes branch `dropped` away, which is at `after` too.
pub(super) fn replace_ref_and_drop(
    repository: &Repository,
    branch: &str,
    before: &str,
    after: &str,
    dropped: &str,
) -> Call {
    let updates = [update(branch, (before, after), true), update(dropped, (after, NOTHING), false)];
    update_refs(repository, &updates)
}

fn move_ref(repository: &Repository, branch: &str, from_to: (&str, &str), force: bool) -> Call {
    update_refs(repository, &[update(branch, from_to, force)])
}

fn update(branch: &str, (before, after): (&str, &str), force: bool) -> Value {
    json!({
        "name": format!("refs/heads/{branch}"),
        "beforeOid": before,
        "afterOid": after,
        "force": force,
    })
}

fn update_refs(repository: &Repository, updates: &[Value]) -> Call {
    let input = json!({ "repositoryId": repository.node_id, "refUpdates": updates });
    Call::mutation(json!({ "query": UPDATE_REFS, "variables": { "input": input } }))
}

const CREATE_COMMIT: &str = "mutation createCommitOnBranch($input: CreateCommitOnBranchInput!) \
                             { createCommitOnBranch(input: $input) \
                             { commit { oid signature { isValid state } } } }";

/// The call that commits `files` of `change` to `branch` if that is at commit `before`. GitHub signs the commit;
/// it is by whom the token belongs to.
pub(super) fn commit_on_branch(
    repository: &Repository,
    branch: &str,
    before: &str,
    change: &Change,
    files: &[&File],
) -> Call {
    let message = change.message();
    let (headline, body) = message.split_once('\n').unwrap_or((message, ""));
    let additions = files.iter().map(
        |file| json!({ "path": file.path(), "contents": BASE64_STANDARD.encode(file.content()) }),
    );
    let additions: Vec<_> = additions.collect();
    let input = json!({
        "branch": { "repositoryNameWithOwner": repository.name.to_string(), "branchName": branch },
        "expectedHeadOid": before,
        "message": { "headline": headline, "body": body.trim_start_matches('\n') },
        "fileChanges": { "additions": additions },
    });
    Call::mutation(json!({ "query": CREATE_COMMIT, "variables": { "input": input } }))
}

/// A commit that GitHub made.
#[derive(Debug, Deserialize)]
pub(super) struct Made {
    pub(super) oid: String,
    signature: Option<State>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct State {
    is_valid: bool,
    state: String,
}

impl Made {
    /// Why GitHub does not vouch for the commit, if it does not.
    pub(super) fn complaint(&self) -> Option<String> {
        match &self.signature {
            None => Some("unsigned".to_owned()),
            Some(signature) if signature.is_valid => None,
            Some(signature) => Some(signature.state.to_ascii_lowercase()),
        }
    }
}

/// The commit that was made, from the answer to [`commit_on_branch`] that applied it.
pub(super) fn made(reply: &Reply) -> Option<Made> {
    #[derive(Deserialize)]
    struct Data {
        data: Payloads,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Payloads {
        create_commit_on_branch: Payload,
    }
    #[derive(Deserialize)]
    struct Payload {
        commit: Made,
    }
    let answer: Data = serde_json::from_str(&reply.body).ok()?;
    Some(answer.data.create_commit_on_branch.commit)
}

/// What came of a mutation.
#[derive(Debug)]
pub(super) enum Outcome {
    /// It was applied.
    Applied,
    /// GitHub refused it.
    Refused(anyhow::Error),
    /// There is no such mutation here, or not for this kind of token: another way must be taken.
    Unavailable,
    /// GitHub gave up because of the size, perhaps after its effect: smaller steps must be taken.
    TooLarge,
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(default)]
    errors: Vec<Problem>,
}

#[derive(Deserialize)]
struct Problem {
    #[serde(default, rename = "type")]
    kind: String,
    #[serde(default)]
    message: String,
    #[serde(default)]
    extensions: Extensions,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Extensions {
    code: String,
}

impl Problem {
    /// Whether the server's schema is without something that we ask for. It complains of the input's type before
    /// it comes to the mutation itself.
    ///
    /// Source: the codes of the static validation of graphql-ruby, which GitHub runs on.
    fn is_about_schema(&self) -> bool {
        matches!(
            self.extensions.code.as_str(),
            "undefinedField"
                | "undefinedType"
                | "variableRequiresValidType"
                | "argumentNotAccepted"
        )
    }
}

/// Reads the answer to a mutation. GraphQL refuses with status 200 and a list of errors.
pub(super) fn outcome(reply: &Reply) -> Outcome {
    // It is still there after all attempts, and would be for REST.
    if reply.limit() != Limit::None {
        return Outcome::Refused(refusal::of(reply));
    }
    match reply.status.as_u16() {
        200 => {}
        403 | 404 => return Outcome::Unavailable,
        _ if tree::is_too_large(reply) => return Outcome::TooLarge,
        _ => return Outcome::Refused(refusal::of(reply)),
    }
    let Ok(envelope) = serde_json::from_str::<Envelope>(&reply.body) else {
        return Outcome::Unavailable;
    };
    let Some(problem) = envelope.errors.first() else { return Outcome::Applied };
    // A kind of token that GraphQL does not serve gets FORBIDDEN. REST may still do it, and if not, it gives
    // the better reason.
    let is_unknown = envelope.errors.iter().any(Problem::is_about_schema);
    if is_unknown || (problem.kind == "FORBIDDEN" && !refusal::is_rule(&problem.message)) {
        return Outcome::Unavailable;
    }
    if is_timeout(&problem.message) {
        return Outcome::TooLarge;
    }
    Outcome::Refused(refusal::of_graphql(&problem.kind, &problem.message))
}

/// Whether GitHub says that it could not do something in the time that it gives itself.
pub(super) fn is_timeout(words: &str) -> bool {
    const WORDS: [&str; 2] = ["result of a timeout", "respond to your request in time"];
    WORDS.iter().any(|known| words.contains(known))
}

#[cfg(test)]
mod tests {
    use super::super::reply::tests::reply;
    use super::*;
    use crate::error::{Class, class_of};

    #[test]
    fn data_without_errors_is_success() {
        let body = r#"{"data":{"updateRefs":{"clientMutationId":null}}}"#;
        assert!(matches!(outcome(&reply(200, &[], body)), Outcome::Applied));
    }

    #[test]
    fn an_error_with_status_200_is_a_refusal() {
        let body =
            r#"{"data":{"updateRefs":null},"errors":[{"type":"STALE_DATA","message":"moved"}]}"#;
        let Outcome::Refused(error) = outcome(&reply(200, &[], body)) else {
            panic!("not refused")
        };
        assert_eq!(class_of(&error), Class::Conflict);
    }

    #[test]
    fn a_commit_that_github_did_not_sign_is_noticed() {
        let complaint = |signature: &str| {
            let body = format!(
                r#"{{"data":{{"createCommitOnBranch":{{"commit":{{"oid":"1a","signature":{signature}}}}}}}}}"#
            );
            made(&reply(200, &[], &body)).expect("made").complaint()
        };
        assert_eq!(complaint(r#"{"isValid":true,"state":"VALID"}"#), None);
        assert_eq!(complaint("null").as_deref(), Some("unsigned"));
        let unknown = complaint(r#"{"isValid":false,"state":"UNKNOWN_KEY"}"#);
        assert_eq!(unknown.as_deref(), Some("unknown_key"));
        assert!(made(&reply(200, &[], r#"{"data":{"createCommitOnBranch":null}}"#)).is_none());
    }

    #[test]
    fn what_cannot_do_it_is_told_from_a_refusal() {
        let unknown = r#"{"errors":[
            {"path":["mutation updateRefs"],"message":"UpdateRefsInput isn't a defined input type (on $input)",
             "extensions":{"code":"variableRequiresValidType","typeName":"UpdateRefsInput"}},
            {"path":["mutation updateRefs","updateRefs"],"message":"Field 'updateRefs' doesn't exist",
             "extensions":{"code":"undefinedField","typeName":"Mutation"}},
            {"path":["mutation updateRefs"],"message":"Variable $input is declared but not used",
             "extensions":{"code":"variableNotUsed"}}]}"#;
        let forbidden = r#"{"errors":[{"type":"FORBIDDEN","message":"not accessible"}]}"#;
        for (status, body) in
            [(404, "{}"), (403, ""), (200, unknown), (200, forbidden), (200, "<p>")]
        {
            let outcome = outcome(&reply(status, &[], body));
            assert!(matches!(outcome, Outcome::Unavailable), "{status} {body}: {outcome:?}");
        }
    }

    #[test]
    fn a_limit_is_no_reason_to_take_another_way() {
        let primary = r#"{"errors":[{"type":"RATE_LIMITED","message":"x"}]}"#;
        let secondary = "You have exceeded a secondary rate limit";
        let nested = format!(r#"{{"errors":[{{"message":"{secondary}"}}]}}"#);
        let plain = format!(r#"{{"message":"{secondary}"}}"#);
        for (status, body) in [(200, primary), (200, &nested), (403, &plain), (429, "")] {
            let Outcome::Refused(error) = outcome(&reply(status, &[], body)) else {
                panic!("{status} {body} is not refused")
            };
            assert_eq!(class_of(&error), Class::TimedOut, "{status} {body}");
        }
    }

    #[test]
    fn what_is_too_much_at_once_is_told_from_a_refusal() {
        let slow = r#"{"errors":[{"message":"It failed. This may be the result of a timeout."}]}"#;
        let sorry = r#"{"errors":[{"message":"We couldn't respond to your request in time."}]}"#;
        let large = r#"{"message":"Request Entity Too Large"}"#;
        for (status, body) in [(200, slow), (200, sorry), (413, large), (413, "")] {
            let outcome = outcome(&reply(status, &[], body));
            assert!(matches!(outcome, Outcome::TooLarge), "{status} {body}: {outcome:?}");
        }
    }

    #[test]
    fn a_branch_rule_is_a_refusal_even_when_forbidden() {
        let body =
            r#"{"errors":[{"type":"FORBIDDEN","message":"Repository rule violations found"}]}"#;
        let Outcome::Refused(error) = outcome(&reply(200, &[], body)) else {
            panic!("not refused")
        };
        assert_eq!(class_of(&error), Class::Denied);
    }
}
