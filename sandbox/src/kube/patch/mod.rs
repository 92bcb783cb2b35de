//! The patch types that are not server-side apply.

mod json;
mod merge;
mod strategic;

pub(crate) use json::apply as json_patch;
pub(crate) use merge::apply as merge_patch;
pub(crate) use strategic::apply as strategic_merge_patch;
