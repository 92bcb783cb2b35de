//! The compare-and-swap of a branch: GraphQL's `updateRefs` with `beforeOid`.
//!
//! REST's update with `force: false` only tests for a fast-forward, which is no compare-and-swap: after
//! somebody took commits away, it would bring them back.

use serde::Deserialize;
use serde_json::json;

use super::refusal;
use super::reply::Reply;
use super::transport::Call;
use crate::git_host::Repository;

const UPDATE_REFS: &str = "mutation updateRefs($input: UpdateRefsInput!) \
                           { updateRefs(input: $input) { clientMutationId } }";

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

fn move_ref(
    repository: &Repository,
    branch: &str,
    (before, after): (&str, &str),
    force: bool,
) -> Call {
    let update = json!({
        "name": format!("refs/heads/{branch}"),
        "beforeOid": before,
        "afterOid": after,
        "force": force,
    });
    let input = json!({ "repositoryId": repository.node_id, "refUpdates": [update] });
    Call::mutation(json!({ "query": UPDATE_REFS, "variables": { "input": input } }))
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

/// Reads the answer to a mutation. GraphQL refuses with status 200 and a list of errors.
pub(super) fn outcome(reply: &Reply) -> Outcome {
    match reply.status.as_u16() {
        200 => {}
        403 | 404 => return Outcome::Unavailable,
        _ => return Outcome::Refused(refusal::of(reply)),
    }
    let Ok(envelope) = serde_json::from_str::<Envelope>(&reply.body) else {
        return Outcome::Unavailable;
    };
    let Some(problem) = envelope.errors.first() else { return Outcome::Applied };
    // A schema without the mutation says so in the code; a kind of token that GraphQL does not serve
    // gets FORBIDDEN. REST may still do it, and if not, it gives the better reason.
    let is_unavailable =
        problem.extensions.code == "undefinedField" || problem.extensions.code == "undefinedType";
    if is_unavailable || (problem.kind == "FORBIDDEN" && !refusal::is_rule(&problem.message)) {
        return Outcome::Unavailable;
    }
    Outcome::Refused(refusal::of_graphql(&problem.kind, &problem.message))
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
    fn what_cannot_do_it_is_told_from_a_refusal() {
        let unknown = r#"{"errors":[{"message":"x","extensions":{"code":"undefinedField"}}]}"#;
        let forbidden = r#"{"errors":[{"type":"FORBIDDEN","message":"not accessible"}]}"#;
        for (status, body) in
            [(404, "{}"), (403, ""), (200, unknown), (200, forbidden), (200, "<p>")]
        {
            let outcome = outcome(&reply(status, &[], body));
            assert!(matches!(outcome, Outcome::Unavailable), "{status} {body}: {outcome:?}");
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
