//! What the sources have in common: where their credentials go, and how long a fetch may take.

use crate::context::Context;
use crate::manifests::value::time::Limit;

/// How a source is made.
pub(super) struct Sources {
    /// Limit of one fetch.
    pub(super) limit: Option<Limit>,
    /// Whether the manifests are printed only.
    pub(super) is_export: bool,
}

impl Sources {
    /// The limit of one fetch, as the manifest says it.
    pub(super) fn timeout(&self) -> Option<String> {
        self.limit.map(|limit| limit.to_string())
    }

    /// Whether credentials become a Secret; they are never part of a printed source, as upstream has it.
    pub(super) fn writes_secrets(&self, ctx: &Context) -> bool {
        if self.is_export {
            ctx.output.warn(
                "the credentials are not part of what is printed: create their Secret with nigari create \
                 secret, and name it with --secret-ref",
            );
        }
        !self.is_export
    }
}
