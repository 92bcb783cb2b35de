//! So much work at once and no more: what waits begins when something is done.

use std::collections::VecDeque;

use futures::StreamExt as _;
use futures::future::LocalBoxFuture;
use futures::stream::FuturesUnordered;

/// Work that is under way at the same time.
const AT_ONCE: usize = 16;

/// Work of which only [`AT_ONCE`] pieces are under way.
pub(super) struct Crew<'a, T> {
    waiting: VecDeque<LocalBoxFuture<'a, T>>,
    under_way: FuturesUnordered<LocalBoxFuture<'a, T>>,
}

impl<'a, T> Crew<'a, T> {
    pub(super) fn new() -> Self {
        Self { waiting: VecDeque::new(), under_way: FuturesUnordered::new() }
    }

    /// Adds work; it begins when there is room and somebody asks for what is done.
    pub(super) fn add(&mut self, work: LocalBoxFuture<'a, T>) {
        self.waiting.push_back(work);
    }

    /// What is done next; never returns where there is no work. Nothing is lost when it is dropped.
    pub(super) async fn next(&mut self) -> T {
        while self.under_way.len() < AT_ONCE
            && let Some(work) = self.waiting.pop_front()
        {
            self.under_way.push(work);
        }
        match self.under_way.next().await {
            Some(done) => done,
            None => std::future::pending().await,
        }
    }

    /// Whether there is nothing to do.
    pub(super) fn is_idle(&self) -> bool {
        self.waiting.is_empty() && self.under_way.is_empty()
    }

    /// Gives up what is not done.
    pub(super) fn stop(&mut self) {
        self.waiting.clear();
        self.under_way.clear();
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn no_more_is_under_way_than_there_is_room_for() {
        let (under_way, most) = (Cell::new(0_usize), Cell::new(0_usize));
        let mut crew = Crew::new();
        for number in 0..50 {
            let (under_way, most) = (&under_way, &most);
            let work = async move {
                under_way.set(under_way.get() + 1);
                most.set(most.get().max(under_way.get()));
                tokio::task::yield_now().await;
                under_way.set(under_way.get() - 1);
                number
            };
            crew.add(work.boxed_local());
        }
        let mut done = Vec::new();
        while !crew.is_idle() {
            done.push(crew.next().await);
        }
        done.sort_unstable();
        assert_eq!(done, (0..50).collect::<Vec<_>>());
        assert_eq!(most.get(), AT_ONCE);
    }
}
