//! GraphQL: the mutations that publish commits, and the queries that read a head or a file.

mod mutations;
mod parse;
mod queries;

use http::StatusCode;
use serde_json::{Map, Value, json};

use self::parse::{Field, Operation};
use super::GitHub;
use super::access::{Caller, Permission};
use super::answer::Answer;
use super::front::Exchange;
use super::publish::NotPublished;
use super::state::{Repository, Role};
use super::store::Rejected;

/// What a request asks for.
#[derive(Default)]
pub(super) struct Summary {
    /// The first field's name: `updateRefs`.
    pub(super) operation: Option<String>,
    pub(super) is_mutation: bool,
}

/// Says what a request asks for, whether or not it will be answered.
pub(super) fn summary(exchange: &Exchange) -> Summary {
    let Ok(operation) = parse(exchange) else { return Summary::default() };
    let is_mutation = operation.is_mutation;
    Summary { operation: operation.fields.into_iter().next().map(|field| field.name), is_mutation }
}

fn parse(exchange: &Exchange) -> Result<Operation, String> {
    let body: Value = serde_json::from_slice(&exchange.body).unwrap_or_default();
    parse::parse(body["query"].as_str().unwrap_or_default(), &body["variables"])
}

/// Why a field has no value.
pub(super) enum Failure {
    /// One entry of `errors`, with GitHub's `type`.
    Error { kind: &'static str, message: String },
    /// A fault closes the connection.
    HangUp,
}

impl Failure {
    fn new(kind: &'static str, message: impl Into<String>) -> Self {
        Self::Error { kind, message: message.into() }
    }

    fn unprocessable(message: impl Into<String>) -> Self {
        Self::new("UNPROCESSABLE", message)
    }
}

impl From<git2::Error> for Failure {
    fn from(error: git2::Error) -> Self {
        Self::new("INTERNAL", format!("the sandbox's repository failed: {}", error.message()))
    }
}

/// The type of the error for a `beforeOid` or `expectedHeadOid` that is not the head.
///
/// Seen for `createCommitOnBranch`; what `updateRefs` says is not documented.
const STALE: &str = "STALE_DATA";

/// Answers one request; as on GitHub, an error of a field is HTTP 200.
pub(super) fn answer(github: &GitHub, caller: &Caller, exchange: &Exchange) -> Answer {
    if exchange.parts.method != http::Method::POST {
        return Answer::not_found();
    }
    if caller.0.is_none() {
        let message = "This endpoint requires you to be authenticated.";
        return Answer::error(StatusCode::UNAUTHORIZED, message);
    }
    let operation = match parse(exchange) {
        Ok(operation) => operation,
        Err(message) => return Answer::ok(json!({ "errors": [{ "message": message }] })),
    };
    let updates = |field: &Field| operation.is_mutation && field.name == "updateRefs";
    if operation.fields.iter().any(updates)
        && github.0.faults.fire_if("github.graphql", |kind| kind == "without_update_refs")
    {
        return Answer::ok(without_update_refs());
    }
    let is_commit = operation.fields.iter().any(|field| field.name == "createCommitOnBranch");
    if is_commit && github.0.faults.fire_if("github.create_commit", |kind| kind == "large") {
        return Answer::error(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large");
    }
    if is_commit && github.0.faults.fire_if("github.create_commit", |kind| kind == "bad_gateway") {
        let message = "We couldn't respond to your request in time. Sorry about that. Please try \
                       resubmitting your request and contact us if the problem persists.";
        return Answer::error(StatusCode::BAD_GATEWAY, message);
    }
    execute(&operation.fields, |field| {
        if operation.is_mutation {
            mutations::execute(github, caller, field)
        } else {
            queries::execute(github, caller, field)
        }
    })
}

/// What a schema without `updateRefs` says of a mutation with `$input: UpdateRefsInput!`: all that its static
/// validation finds, the variable first.
fn without_update_refs() -> Value {
    let error = |path: &[&str], message: &str, extensions: Value| {
        json!({
            "path": path,
            "extensions": extensions,
            "locations": [{ "line": 1, "column": 1 }],
            "message": message,
        })
    };
    let operation = "mutation updateRefs";
    json!({ "errors": [
        error(&[operation], "UpdateRefsInput isn't a defined input type (on $input)", json!({
            "code": "variableRequiresValidType",
            "typeName": "UpdateRefsInput",
            "variableName": "input",
        })),
        error(
            &[operation, "updateRefs"],
            "Field 'updateRefs' doesn't exist on type 'Mutation'",
            json!({ "code": "undefinedField", "typeName": "Mutation", "fieldName": "updateRefs" }),
        ),
        error(
            &[operation],
            "Variable $input is declared by updateRefs but not used",
            json!({ "code": "variableNotUsed", "variableName": "input" }),
        ),
    ]})
}

fn execute(fields: &[Field], run: impl Fn(&Field) -> Result<Value, Failure>) -> Answer {
    let mut data = Map::new();
    let mut errors = Vec::new();
    for field in fields {
        let value = match run(field) {
            Ok(value) => value,
            Err(Failure::HangUp) => return Answer::hang_up(),
            Err(Failure::Error { kind, message }) => {
                errors.push(json!({
                    "type": kind,
                    "path": [field.alias],
                    "locations": [{ "line": 1, "column": 1 }],
                    "message": message,
                }));
                Value::Null
            }
        };
        data.insert(field.alias.clone(), value);
    }
    let mut body = json!({ "data": data });
    if !errors.is_empty() {
        body["errors"] = errors.into();
    }
    Answer::ok(body)
}

fn unplayed(field: &Field, parent: &str) -> Failure {
    let message = format!("the sandbox does not play field {:?} of {parent}", field.name);
    Failure::new("NOT_PLAYED", message)
}

/// Finds a repository that the caller may read, or write.
fn find(
    github: &GitHub,
    caller: &Caller,
    write: bool,
    is_wanted: impl Fn(&Repository) -> bool,
    words: &str,
) -> Result<Repository, Failure> {
    let unseen = || Failure::new("NOT_FOUND", format!("Could not resolve to a {words}."));
    let state = github.state();
    let found = state.repositories.iter().find(|one| is_wanted(one)).ok_or_else(unseen)?;
    let reads = Permission { name: "contents", write: false };
    caller.check(&state, found, reads, Role::Pull).map_err(|_| unseen())?;
    let writes = Permission { name: "contents", write: true };
    if write && caller.check(&state, found, writes, Role::Push).is_err() {
        let bearer = if caller.is_installation() { "integration" } else { "personal access token" };
        return Err(Failure::new("FORBIDDEN", format!("Resource not accessible by {bearer}")));
    }
    if write && found.archived {
        return Err(Failure::new("FORBIDDEN", "Repository was archived so is read-only."));
    }
    Ok(found.clone())
}

impl From<NotPublished> for Failure {
    fn from(refused: NotPublished) -> Self {
        let rejected = match refused {
            NotPublished::HangUp => return Self::HangUp,
            NotPublished::Rejected(rejected) => rejected,
        };
        match rejected {
            Rejected::Moved { actual } => {
                let actual = actual.map_or_else(|| "nothing".to_owned(), |oid| oid.to_string());
                Self::new(
                    STALE,
                    format!("The reference points to {actual}, not to what was expected"),
                )
            }
            Rejected::AlreadyExists => Self::new(STALE, "The reference exists already"),
            Rejected::NotFastForward => Self::unprocessable("Update is not a fast forward"),
            Rejected::DoesNotExist => Self::unprocessable("Reference does not exist"),
            Rejected::UnknownObject => Self::unprocessable("Object does not exist"),
            Rejected::InvalidName => Self::unprocessable("Reference name is invalid"),
            Rejected::Rule(message) => Self::unprocessable(message),
            Rejected::Git(error) => error.into(),
        }
    }
}
