//! What source-controller keeps for the others to fetch: artifacts, by their path.
//!
//! Nothing is archived. An artifact of a commit is read from the repository, any other is kept as the
//! files in it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;

use super::files::Files;

/// The artifacts in storage; clones share it.
#[derive(Clone, Default)]
pub(super) struct Storage(Arc<Mutex<BTreeMap<String, Content>>>);

/// What an artifact holds.
#[derive(Clone)]
pub(super) enum Content {
    /// The tree of a commit in a bare repository.
    Commit {
        repository: PathBuf,
        commit: String,
    },
    Files(Arc<Files>),
}

impl Storage {
    pub(super) fn put(&self, path: &str, content: Content) {
        self.lock().insert(path.to_owned(), content);
    }

    pub(super) fn holds(&self, path: &str) -> bool {
        self.lock().contains_key(path)
    }

    /// Loses everything, as a process that ends loses its `emptyDir`.
    pub(super) fn clear(&self) {
        self.lock().clear();
    }

    /// The files of a source's artifact; `None` when it is not in storage (any more).
    ///
    /// # Errors
    /// When the files cannot be read.
    pub(super) async fn fetch(&self, source: &Value) -> anyhow::Result<Option<Arc<Files>>> {
        let path = source.pointer("/status/artifact/path").and_then(Value::as_str);
        let content = self.lock().get(path.unwrap_or_default()).cloned();
        Ok(match content {
            None => None,
            Some(Content::Files(files)) => Some(files),
            Some(Content::Commit { repository, commit }) => {
                let read = move || Files::read(&repository, &commit);
                Some(Arc::new(tokio::task::spawn_blocking(read).await??))
            }
        })
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Content>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
