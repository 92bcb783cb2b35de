//! Plans as Secrets and ConfigMaps keep them.
//!
//! | module | what it is |
//! |---|---|
//! | `place` | where a plan is kept |
//! | `pieces` | the pieces of a plan, and what they say together |

mod pieces;
mod place;

pub use pieces::{Content, Flaw, Piece, Whole, put_together};
pub use place::{Form, Place, workspace};

#[cfg(test)]
pub(super) use pieces::tests;

use crate::kinds::terraform::TERRAFORM;

/// A label or annotation of the controller's.
fn annotation(word: &str) -> String {
    format!("{}/{word}", TERRAFORM.group)
}
