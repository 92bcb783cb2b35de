//! Sessions in the runner, as a Terraform object tells of them.
//!
//! Source: tofu-controller v0.16.5, `controllers/tf_controller_reconcile.go`, `runner/server_break_glass.go`
//! and `controllers/tf_controller_runner.go`.

use anyhow::{Result, anyhow};
use kube::api::DynamicObject;

use super::approval::refuse_armed;
use crate::error::Explain as _;
use crate::kinds::ObjectRef;
use crate::kinds::readiness::condition;
use crate::kinds::terraform::TERRAFORM;
use crate::kinds::view::{annotation, is_true, text};

/// The annotation that asks for a session; that it is there is enough.
pub const ANNOTATION: &str = "break-the-glass.tf-controller/requestedAt";

/// The annotation that asks for a pass.
const REQUESTED_AT: &str = "reconcile.fluxcd.io/requestedAt";

/// The container of the runner's Pod in which OpenTofu runs.
pub const CONTAINER: &str = "tf-runner";

/// The file whose removal ends a session: the runner looks for it every ten seconds.
const MARKER: &str = "/tmp/.break-glass";

/// The messages of Ready while there is a session, and where there may be none.
const OPEN: &str = "Breaking the glass ...";
const FORBIDDEN: &str = "Breaking the glass is not allowed";

/// What there is to know about a session that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Glass {
    /// The runner waits for whoever works in it.
    Open,
    /// The controller allows no sessions.
    Forbidden,
    /// The pass that has seen the request is over, and there was no session; what Ready says.
    Missed(String),
    /// Not yet.
    Closed,
}

/// How it stands with the session that the request with `token` asked for.
#[must_use]
pub fn glass(object: &DynamicObject, token: &str) -> Glass {
    let ready = condition(object, "Ready");
    let message = ready.as_ref().map(|ready| ready.message).unwrap_or_default();
    let is_handled = text(object, "/status/lastHandledReconcileAt") == Some(token);
    match (message, is_handled) {
        (OPEN, _) => Glass::Open,
        // It may still say so of an earlier pass.
        (_, false) => Glass::Closed,
        (FORBIDDEN, true) => Glass::Forbidden,
        (message, true) => {
            let reason = ready.map(|ready| ready.reason).unwrap_or_default();
            Glass::Missed(format!("{reason}: {message}"))
        }
    }
}

/// Whether the runner waits for whoever works in it.
#[must_use]
pub fn is_open(object: &DynamicObject) -> bool {
    condition(object, "Ready").is_some_and(|ready| ready.message == OPEN)
}

/// Whether a session was asked for and not ended, by an annotation or by an open one.
#[must_use]
pub fn is_left_behind(object: &DynamicObject) -> bool {
    annotation(object, ANNOTATION).is_some() || is_open(object)
}

/// Whether a pass that may have read a request has come neither to its session nor past it.
#[must_use]
pub fn is_ahead(object: &DynamicObject) -> bool {
    const PAST: [&str; 3] = [OPEN, "Terraform Planning", "Applying"];
    let asked = annotation(object, REQUESTED_AT);
    let is_handled = asked.is_none() || asked == text(object, "/status/lastHandledReconcileAt");
    let ready = condition(object, "Ready").map(|ready| ready.message).unwrap_or_default();
    !is_handled && !PAST.contains(&ready)
}

/// Whether the manifest asks for a session in every pass.
#[must_use]
pub fn is_permanent(object: &DynamicObject) -> bool {
    is_true(object, "/spec/breakTheGlass")
}

/// Refuses a session where there can be none, or where it would do harm.
///
/// # Errors
/// [`crate::error::Class::Conflict`] while an approval stands; [`crate::error::Class::Failed`] for an object
/// that gets no runner.
pub fn refuse_session(object: &DynamicObject) -> Result<()> {
    // Whatever is changed in there is planned afterwards, and would be applied unseen.
    refuse_armed(object)?;
    let target = ObjectRef::of(&TERRAFORM, object);
    if TERRAFORM.is_suspended(object) {
        let command = TERRAFORM.resume_command(&target.namespace, &target.name);
        return Err(anyhow!("{target} is suspended: it gets no runner").hint(command));
    }
    if object.metadata.deletion_timestamp.is_some() {
        return Err(anyhow!("{target} is being deleted"));
    }
    Ok(())
}

/// What runs in the runner, in the folder of the module: `command`, else a shell.
#[must_use]
pub fn command_in(namespace: &str, name: &str, command: &[String]) -> Vec<String> {
    let run = if command.is_empty() { "exec /bin/sh" } else { "exec \"$@\"" };
    let script = format!("cd /tmp/{namespace}-{name} && {run}");
    let mut all = ["/bin/sh", "-c", &script, "sh"].map(str::to_owned).to_vec();
    all.extend_from_slice(command);
    all
}

/// What ends a session, as often as it is run.
#[must_use]
pub fn ending() -> Vec<String> {
    ["rm", "-f", MARKER].map(str::to_owned).to_vec()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::kinds::view::tests::object;

    fn vpc(message: &str, handled: &str) -> DynamicObject {
        object(json!({"metadata": {"name": "vpc"}, "status": {
            "lastHandledReconcileAt": handled,
            "conditions": [{"type": "Ready", "status": "Unknown", "reason": "Progressing", "message": message}],
        }}))
    }

    #[test]
    fn only_the_pass_that_saw_the_request_can_refuse_it() {
        assert_eq!(glass(&vpc(OPEN, "before"), "ours"), Glass::Open);
        assert_eq!(glass(&vpc(FORBIDDEN, "before"), "ours"), Glass::Closed);
        assert_eq!(glass(&vpc(FORBIDDEN, "ours"), "ours"), Glass::Forbidden);
        assert_eq!(glass(&vpc("Initializing", "before"), "ours"), Glass::Closed);
        let missed = Glass::Missed("Progressing: Initializing".to_owned());
        assert_eq!(glass(&vpc("Initializing", "ours"), "ours"), missed);
        assert!(is_left_behind(&vpc(OPEN, "")) && !is_left_behind(&vpc("Applying", "")));
    }

    #[test]
    fn a_command_keeps_its_words() {
        let command = ["tofu", "state", "show", "a b"].map(str::to_owned);
        let all = command_in("infra", "vpc", &command);
        assert_eq!(all[2], "cd /tmp/infra-vpc && exec \"$@\"");
        assert_eq!(all[4..], command);
        assert!(command_in("infra", "vpc", &[])[2].ends_with("&& exec /bin/sh"));
    }
}
