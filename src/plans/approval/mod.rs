//! An approval covers exactly the plan that was reviewed: everything about it that can be decided without
//! asking anybody.
//!
//! tofu-controller plans again when a plan is approved, and applies what it then gets as long as the id is
//! the same; and the id only tells the revision of the source. So an approval is made of steps: what is
//! reviewed is a [`Snapshot`]; the object is suspended, and once no pass is left in flight it must still
//! be what was reviewed ([`moved`]); one patch resumes and approves it; the plan that is applied is compared
//! with the one that was reviewed; and the approval is taken back whatever happens ([`Progress`]), for the
//! controller never does.
//!
//! | module | what it holds |
//! |---|---|
//! | [`snapshot`] | all that an approval depends on, and what of it has moved |
//! | [`mod@refusal`] | why a plan cannot be approved |
//! | [`standing`] | the approval that an object has already |
//! | [`identity`] | how much of a revision is in the id of its plans |
//! | [`patch`] | the patches, each with the tests that it depends on |
//! | [`record`] | who approved or rejected what, as the object tells it |
//! | [`progress`] | what becomes of an approval |
//! | [`replan`] | what a pass came to that was to plan |

pub mod identity;
pub mod patch;
pub mod progress;
pub mod record;
pub mod refusal;
pub mod replan;
pub mod snapshot;
pub mod standing;

pub use patch::Operations;
pub use progress::{Armed, Outcome, Progress};
pub use refusal::{Refusal, refusal};
pub use snapshot::{Snapshot, moved};
pub use standing::{Standing, refuse_armed};
