//! One network operation of libgit2, and how its bytes reach our HTTP client.
//!
//! libgit2 is built without TLS. It gets a transport of ours for `https`, which it calls on the thread
//! that pushes; a thread-local says which operation that is, because libgit2 has no place for it.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, Once, PoisonError};

use anyhow::{Result, anyhow};
use git2::transport::Transport;
use secrecy::{ExposeSecret as _, SecretString};
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::stream::Https;
use crate::error::{Class, Explain as _};
use crate::interruption::interrupted;

thread_local! {
    static CURRENT: RefCell<Option<Arc<Operation>>> = const { RefCell::new(None) };
}

/// What the transport needs to know while libgit2 runs.
pub(super) struct Operation {
    client: reqwest::Client,
    username: String,
    password: SecretString,
    runtime: Handle,
    stopped: watch::Receiver<()>,
    /// The first failure as we know it: libgit2 passes on little more than a text.
    failure: Mutex<Option<anyhow::Error>>,
}

/// Stops the operation when it is dropped, so that an abandoned future leaves no transfer behind.
pub(super) struct StopOnDrop {
    /// Never sent to: the receivers see it close.
    _open: watch::Sender<()>,
}

impl StopOnDrop {
    pub(super) fn new() -> (Self, watch::Receiver<()>) {
        let (open, stopped) = watch::channel(());
        (Self { _open: open }, stopped)
    }
}

impl Operation {
    /// Must be called inside a tokio runtime, which carries the requests.
    pub(super) fn new(
        client: reqwest::Client,
        username: String,
        password: SecretString,
        stopped: watch::Receiver<()>,
    ) -> Arc<Self> {
        let (runtime, failure) = (Handle::current(), Mutex::default());
        Arc::new(Self { client, username, password, runtime, stopped, failure })
    }

    /// Runs `work`, whose network calls to `https` go through this operation.
    ///
    /// # Errors
    /// Our own failure if there was one, else libgit2's.
    pub(super) fn run<T>(
        self: &Arc<Self>,
        work: impl FnOnce() -> Result<T, git2::Error>,
    ) -> Result<T> {
        register();
        let restore = Restore(CURRENT.replace(Some(Arc::clone(self))));
        let result = work();
        drop(restore);
        let failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner).take();
        result.map_err(|error| failure.unwrap_or_else(|| explained(&error)))
    }

    /// The operation that runs on this thread.
    pub(super) fn current() -> Result<Arc<Self>, git2::Error> {
        CURRENT
            .with_borrow(Clone::clone)
            .ok_or_else(|| git2::Error::from_str("a network call outside of an operation"))
    }

    pub(super) fn client(&self) -> &reqwest::Client {
        &self.client
    }

    /// Adds the credentials at once: waiting for a 401 would cost a round trip.
    pub(super) fn authorize(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        request.basic_auth(&self.username, Some(self.password.expose_secret()))
    }

    /// Waits on libgit2's thread for `work`; ends early when the operation is stopped.
    pub(super) fn wait<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        let mut stopped = self.stopped.clone();
        self.runtime.block_on(async {
            tokio::select! {
                result = work => result,
                _ = stopped.changed() => Err(interrupted()),
            }
        })
    }

    /// Keeps the first failure for [`Self::run`] and gives libgit2 its text.
    pub(super) fn note(&self, failure: anyhow::Error) -> String {
        // git2 passes the text to C and would panic on a NUL.
        let text = format!("{failure:#}").replace('\0', " ");
        let mut slot = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        slot.get_or_insert(failure);
        text
    }
}

/// Puts the outer operation back, also when the inner one panics.
struct Restore(Option<Arc<Operation>>);

impl Drop for Restore {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

fn explained(error: &git2::Error) -> anyhow::Error {
    let class = match error.code() {
        git2::ErrorCode::NotFastForward => Class::Conflict,
        git2::ErrorCode::Auth => Class::Denied,
        _ => Class::Failed,
    };
    anyhow!(error.message().to_owned()).class(class)
}

/// Tells libgit2 about our transport, once for the process.
#[expect(unsafe_code, reason = "git2 offers no safe way to register a transport")]
fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: registering must not run while another thread makes a transport. Transports are made
        // by network calls, all of which are in `Operation::run`, behind this `Once`.
        let registered = unsafe {
            // The factory must not fail: git2 would pass on an unrelated text.
            git2::transport::register("https", |remote| {
                Transport::smart(remote, true, Https::default())
            })
        };
        registered.expect("nobody else registers a transport for https");
    });
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::error::class_of;

    #[tokio::test(flavor = "multi_thread")]
    async fn an_abandoned_operation_stops_waiting() {
        let (stop, stopped) = StopOnDrop::new();
        let operation =
            Operation::new(reqwest::Client::new(), String::new(), SecretString::default(), stopped);
        let (tell, told) = tokio::sync::oneshot::channel();
        // A thread of its own: the runtime would wait for one of its own threads, for ever.
        std::thread::spawn(move || tell.send(operation.wait(std::future::pending::<Result<()>>())));
        drop(stop);
        let ended = tokio::time::timeout(Duration::from_secs(10), told).await.expect("it stops");
        let error = ended.expect("the thread answers").expect_err("nothing came");
        assert_eq!(class_of(&error), Class::Interrupted);
    }

    #[test]
    fn a_network_call_outside_of_an_operation_fails() {
        let folder = tempfile::tempdir().expect("folder");
        let repository = git2::Repository::init_bare(folder.path()).expect("repository");
        register();
        let mut remote = repository.remote_anonymous("https://localhost:1/x.git").expect("remote");
        let error = remote.connect(git2::Direction::Fetch).expect_err("no operation");
        assert!(error.message().contains("outside of an operation"), "{error}");
    }

    #[test]
    fn text_for_libgit2_has_no_nul() {
        let runtime = tokio::runtime::Runtime::new().expect("runtime");
        let _inside = runtime.enter();
        let (_stop, stopped) = StopOnDrop::new();
        let operation =
            Operation::new(reqwest::Client::new(), String::new(), SecretString::default(), stopped);
        assert_eq!(operation.note(anyhow!("a\0b")), "a b");
    }
}
