//! Whether the server still answers, asked where nothing has been heard for a while.
//!
//! A network that goes away without a word looks like one on which nothing happens: only the server's own end of
//! a watch, after five minutes, would tell them apart. A probe of the connection itself would say no more: what
//! stands in between, a proxy or the translation of addresses, answers that for a server that is gone.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Instant, sleep, timeout};

use super::Cluster;
use super::failure::is_unanswered;

/// How long nothing may be heard until somebody asks.
const QUIET: Duration = Duration::from_secs(20);

/// For how long an answer holds for others who want to know.
const FRESH: Duration = Duration::from_secs(10);

/// How long the answer may take.
const ANSWER_TIME: Duration = Duration::from_secs(10);

/// What was heard last: when, and whether it was an answer.
#[derive(Default)]
pub(super) struct Pulse(Mutex<Option<(Instant, bool)>>);

impl Cluster {
    /// Waits until the server does not answer any more; for ever, as long as it does. The first question comes
    /// after a while: who hears something meanwhile drops this and begins anew.
    pub(super) async fn silence(&self) {
        loop {
            sleep(QUIET).await;
            if !self.answers().await {
                return;
            }
        }
    }

    /// Whether the server answers. However many want to know at the same time, it is asked once.
    async fn answers(&self) -> bool {
        let mut last = self.pulse.0.lock().await;
        if let Some((when, did_answer)) = *last
            && when.elapsed() < FRESH
        {
            return did_answer;
        }
        let client = self.client.clone();
        // It goes on though nobody waits for it any more: a credential plugin that it had to start, and that its
        // user has to answer, is not to be killed for being slow.
        let question = tokio::spawn(async move { client.apiserver_version().await });
        let does_answer = match timeout(ANSWER_TIME, question).await {
            Ok(Ok(Err(error))) => !is_unanswered(&error),
            Ok(_) => true,
            Err(_) => false,
        };
        *last = Some((Instant::now(), does_answer));
        does_answer
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use futures::future::join_all;
    use http::{Request, Response};
    use kube::Client;
    use kube::client::Body;

    use super::*;
    use crate::cluster::discovery::Discovery;

    /// A cluster that answers as long as it is told to, and how often it was asked.
    fn cluster(does_answer: &Arc<AtomicBool>) -> (Cluster, Arc<AtomicUsize>) {
        let (does_answer, count) = (Arc::clone(does_answer), Arc::new(AtomicUsize::new(0)));
        let asked = Arc::clone(&count);
        let service = tower::service_fn(move |_: Request<Body>| {
            asked.fetch_add(1, Ordering::SeqCst);
            let does_answer = does_answer.load(Ordering::SeqCst);
            async move {
                if !does_answer {
                    std::future::pending::<()>().await;
                }
                Ok::<_, Infallible>(Response::new(Body::from(b"{}".to_vec())))
            }
        });
        let discovery: Arc<Discovery> = Arc::default();
        let (server, way) = ("https://api".into(), "https://api".into());
        let client = Client::new(service, "default");
        (Cluster { client, server, way, discovery, pulse: Arc::default() }, count)
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_answers_is_asked_seldom_and_once_for_all() {
        let (cluster, count) = cluster(&Arc::new(AtomicBool::new(true)));
        let all = join_all((0..16).map(|_| cluster.silence()));
        assert!(timeout(Duration::from_secs(65), all).await.is_err(), "it is not silent");
        assert_eq!(count.load(Ordering::SeqCst), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_falls_silent_is_noticed_by_all_at_once() {
        let does_answer = Arc::new(AtomicBool::new(true));
        let (cluster, count) = cluster(&does_answer);
        let start = Instant::now();
        let all = join_all((0..16).map(|_| cluster.silence()));
        let silence = async {
            sleep(Duration::from_secs(30)).await;
            does_answer.store(false, Ordering::SeqCst);
        };
        futures::future::join(all, silence).await;
        assert_eq!(start.elapsed().as_secs(), 50);
        assert_eq!(count.load(Ordering::SeqCst), 2);
    }
}
