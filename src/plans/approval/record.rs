//! Who approved or rejected what, as the object tells it.

use kube::api::DynamicObject;
use serde::{Deserialize, Serialize};

use crate::kinds::view::annotation;

/// The annotation that tells people which plan was approved last, and by whom. No controller looks at it.
pub const APPROVED: &str = "nigari-cli.github.io/approved-plan";

/// The annotation that tells people which plan was rejected last, by whom and why. No controller looks at it.
pub const REJECTED: &str = "nigari-cli.github.io/rejected-plan";

/// The annotation of an object that nigari has suspended for the approval of the plan that it names: when
/// nigari was killed there, the next command knows whose suspension it is.
pub const FROZEN: &str = "nigari-cli.github.io/frozen-for-plan";

/// What was approved.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Record {
    /// The id of the plan.
    pub plan: String,
    /// The digest of the plan that was reviewed.
    pub digest: String,
    /// Who, as the cluster knows them.
    pub by: String,
    /// When, in RFC 3339.
    pub at: String,
}

impl Record {
    /// The record of the last approval; nothing where there is none that can be read.
    #[must_use]
    pub fn of(object: &DynamicObject) -> Option<Self> {
        serde_json::from_str(annotation(object, APPROVED)?).ok()
    }
}

/// What was rejected.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Rejection {
    /// The id of the plan.
    pub plan: String,
    /// Who, as the cluster knows them.
    pub by: String,
    /// When, in RFC 3339.
    pub at: String,
    /// Why, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Rejection {
    /// The last rejection; nothing where there is none that can be read.
    #[must_use]
    pub fn of(object: &DynamicObject) -> Option<Self> {
        serde_json::from_str(annotation(object, REJECTED)?).ok()
    }
}

/// What stands in an annotation.
#[must_use]
pub fn written(record: &impl Serialize) -> String {
    serde_json::to_string(record).expect("a record is plain data")
}
