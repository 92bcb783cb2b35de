//! Places at which somebody is held up, until whoever holds them lets them go on.

use std::collections::BTreeMap;
use std::sync::Arc;

use tokio::sync::watch;

/// The places that are held, each with whether somebody is there; clones share them.
#[derive(Debug)]
pub struct Holds<P>(Arc<watch::Sender<BTreeMap<P, bool>>>);

/// A place that is held; dropping it lets go on whoever is there.
#[derive(Debug)]
pub struct Hold<P: Ord> {
    holds: Holds<P>,
    place: P,
}

impl<P> Clone for Holds<P> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<P> Default for Holds<P> {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(BTreeMap::new())))
    }
}

impl<P: Ord + Clone> Holds<P> {
    /// Holds up whoever comes to `place` from now on.
    #[must_use]
    pub fn hold(&self, place: P) -> Hold<P> {
        self.0.send_modify(|held| {
            held.insert(place.clone(), false);
        });
        Hold { holds: self.clone(), place }
    }

    /// Goes by `place`: at once, or when it is no longer held.
    pub(crate) async fn pass(&self, place: &P) {
        let mut held = self.0.subscribe();
        let arrive = |held: &mut BTreeMap<P, bool>| match held.get_mut(place) {
            Some(is_reached) => !std::mem::replace(is_reached, true),
            None => false,
        };
        self.0.send_if_modified(arrive);
        // The sender lives as long as we do.
        let _ = held.wait_for(|held| !held.contains_key(place)).await;
    }
}

impl<P: Ord + Clone> Hold<P> {
    /// Waits until somebody is there.
    pub async fn reached(&self) {
        let mut held = self.holds.0.subscribe();
        let _ = held.wait_for(|held| held.get(&self.place) == Some(&true)).await;
    }
}

impl<P: Ord> Drop for Hold<P> {
    fn drop(&mut self) {
        self.holds.0.send_modify(|held| {
            held.remove(&self.place);
        });
    }
}

#[cfg(test)]
mod tests {
    use futures::FutureExt as _;

    use super::*;

    #[tokio::test]
    async fn whoever_comes_to_a_held_place_waits_there() {
        let holds = Holds::default();
        let hold = holds.hold("door");
        assert_eq!(holds.pass(&"window").now_or_never(), Some(()));
        assert_eq!(hold.reached().now_or_never(), None);
        let mut passing = Box::pin(holds.pass(&"door"));
        assert_eq!(passing.as_mut().now_or_never(), None);
        hold.reached().await;
        drop(hold);
        passing.await;
        assert_eq!(holds.pass(&"door").now_or_never(), Some(()));
    }
}
