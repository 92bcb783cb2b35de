//! The files of a delivery, decided anew on every head that the branch turns out to have.

use anyhow::Result;

use crate::git_host::change::{Change, Draft, File};
use crate::git_host::{GitHost, Head, Repository};
use crate::manifests::place::{Act, Existing, NewFile, Placed, Tree, place, relevant_paths};

/// The files, and where they go.
pub(super) struct FleetDraft<'a, H> {
    pub(super) host: &'a H,
    pub(super) repository: &'a Repository,
    pub(super) files: &'a [NewFile],
    pub(super) existing: Existing,
    /// The commit's message.
    pub(super) message: &'a str,
}

impl<H: GitHost> FleetDraft<'_, H> {
    /// What of `head` decides what is done.
    pub(super) async fn tree(&self, head: &Head) -> Result<Tree> {
        let paths = relevant_paths(self.files);
        let mut tree = Tree::new();
        for (path, blob) in self.host.files_at(self.repository, head, &paths).await? {
            tree.insert(path, self.host.read_file(self.repository, &blob.sha).await?);
        }
        Ok(tree)
    }

    /// What is done about each file.
    pub(super) fn place(&self, tree: &Tree) -> Result<Vec<Placed>> {
        place(self.files, self.existing, tree)
    }
}

impl<H: GitHost> Draft for FleetDraft<'_, H> {
    async fn on(&self, head: &Head) -> Result<Change> {
        let placed = self.place(&self.tree(head).await?)?;
        let mut files = Vec::new();
        for placed in &placed {
            let Some(text) = placed.act.text() else { continue };
            let file = File::new(&placed.path, text)?;
            files.push(if matches!(placed.act, Act::List(_)) { file.derived() } else { file });
        }
        Change::new(files, self.message, None)
    }
}
