//! OpenTofu plans as tofu-controller stores them: what is there, what it would do. Pure.
//!
//! What state an object's plan is in can be read from the object alone: that is [`crate::kinds::plan`].
//!
//! | module | what it is |
//! |---|---|
//! | [`approval`] | approving exactly what was reviewed: tests, patches, refusals, outcomes |
//! | [`glass`] | sessions of people in the runner |
//! | [`lock`] | whether a lock on a state was left behind |
//! | [`storage`] | where a plan is kept, and what its pieces say together |
//! | [`stored`] | the plan and its readable form, held against each other and against the object |
//! | [`summary`] | what a plan would do: counts, changes, and whether another plan would do the same |
//! | [`json`] | the summary of a plan that was stored as JSON |
//! | [`human`] | the summary of a plan that was stored as text |
//! | [`history`] | what the cluster remembers about the plans of an object |

pub mod approval;
mod attributes;
pub mod glass;
pub mod history;
pub mod human;
pub mod json;
pub mod lock;
pub mod storage;
pub mod stored;
pub mod summary;
