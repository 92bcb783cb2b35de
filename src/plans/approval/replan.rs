//! What a pass came to that was to plan.

use kube::api::DynamicObject;

use crate::kinds::plan;
use crate::kinds::readiness::condition;
use crate::kinds::view::text;

/// What a pass came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Planned {
    /// A plan of this id waits.
    Waits(String),
    /// There is nothing to do.
    NoChanges,
    /// It was applied too, since nobody has to approve it.
    Applied(String),
    /// The state is locked.
    Locked(String),
    /// It failed.
    Failed(String),
}

/// What the last pass over an object came to.
///
/// Source: tofu-controller v0.16.5, `controllers/tf_controller_plan.go`: a plan without changes sets the
/// condition Plan and no pending id.
#[must_use]
pub fn planned(object: &DynamicObject) -> Planned {
    if let Some(locked) = condition(object, "StateLocked").filter(|locked| locked.is_true()) {
        return Planned::Locked(locked.message.to_owned());
    }
    if let Some(id) = plan::pending(object) {
        return Planned::Waits(id.to_owned());
    }
    let ready = condition(object, "Ready");
    if let Some(ready) = ready.filter(|ready| ready.status == "False") {
        return Planned::Failed(format!("{}: {}", ready.reason, ready.message));
    }
    match condition(object, "Plan") {
        Some(plan) if plan.status == "False" => Planned::NoChanges,
        Some(_) => {
            let id = text(object, "/status/plan/lastApplied").unwrap_or_default();
            Planned::Applied(id.to_owned())
        }
        None => Planned::Failed("the pass has ended without a plan".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::kinds::view::tests::object;

    #[track_caller]
    fn expect(plan: Value, conditions: &[(&str, &str)], expected: Planned) {
        let condition = |(kind, status): &(&str, &str)| json!({"type": kind, "status": status, "reason": "Why", "message": "so"});
        let conditions: Vec<_> = conditions.iter().map(condition).collect();
        let object = object(json!({"status": {"plan": plan, "conditions": conditions}}));
        assert_eq!(planned(&object), expected);
    }

    #[test]
    fn a_pass_ends_in_a_plan_or_tells_why_not() {
        let waits = || json!({"pending": "plan-a"});
        expect(
            waits(),
            &[("Ready", "Unknown"), ("Plan", "True")],
            Planned::Waits("plan-a".to_owned()),
        );
        expect(waits(), &[("StateLocked", "True")], Planned::Locked("so".to_owned()));
        expect(json!({}), &[("Ready", "True"), ("Plan", "False")], Planned::NoChanges);
        expect(
            json!({"lastApplied": "plan-a"}),
            &[("Ready", "True"), ("Plan", "True")],
            Planned::Applied("plan-a".to_owned()),
        );
        expect(
            json!({}),
            &[("Ready", "False"), ("Plan", "False")],
            Planned::Failed("Why: so".to_owned()),
        );
        expect(json!({}), &[], Planned::Failed("the pass has ended without a plan".to_owned()));
    }
}
