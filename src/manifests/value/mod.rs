//! Rules for the values of manifests, checked before anything is written.
//!
//! A refusal names the value, the rule, and a right one. All are made for command-line arguments.
//!
//! | module | what it checks |
//! |---|---|
//! | [`address`] | addresses, by what is fetched from them |
//! | [`expression`] | the syntax of CEL expressions |
//! | [`number`] | whole numbers |
//! | [`pair`] | `key=value`: labels, annotations, variables |
//! | [`pattern`] | regular expressions |
//! | [`range`] | ranges of versions |
//! | [`mod@reference`] | references to other objects |
//! | [`runner`] | what shapes the Pod that runs OpenTofu |
//! | [`terraform`] | inputs, backends and health checks of Terraform objects |
//! | [`time`] | intervals and limits |

pub mod address;
pub mod expression;
pub mod number;
pub mod pair;
pub mod pattern;
pub mod range;
pub mod reference;
pub mod runner;
pub mod terraform;
pub mod time;
