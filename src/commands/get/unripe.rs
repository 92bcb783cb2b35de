//! Objects that will be shown once they are old enough: `--watch` with `--stale`.

use std::collections::{BTreeMap, HashMap};

use k8s_openapi::jiff::Timestamp;
use kube::api::DynamicObject;

use crate::output::live::RowKey;

/// Objects by the time at which they are to be shown.
#[derive(Default)]
pub(super) struct Unripe {
    objects: BTreeMap<(Timestamp, RowKey), (usize, Box<DynamicObject>)>,
    times: HashMap<RowKey, Timestamp>,
}

impl Unripe {
    /// Keeps an object of a watch until `time`.
    pub(super) fn keep(
        &mut self,
        time: Timestamp,
        key: RowKey,
        watch: usize,
        object: Box<DynamicObject>,
    ) {
        self.forget(&key);
        self.times.insert(key.clone(), time);
        self.objects.insert((time, key), (watch, object));
    }

    /// Forgets an object, which changed or is gone.
    pub(super) fn forget(&mut self, key: &RowKey) {
        if let Some(time) = self.times.remove(key) {
            self.objects.remove(&(time, key.clone()));
        }
    }

    /// When the next object is to be shown.
    pub(super) fn next_time(&self) -> Option<Timestamp> {
        self.objects.first_key_value().map(|((time, _), _)| *time)
    }

    /// Takes the next object whose time has come.
    pub(super) fn next(&mut self, now: Timestamp) -> Option<(usize, Box<DynamicObject>)> {
        let first = self.objects.first_entry()?;
        if first.key().0 > now {
            return None;
        }
        let ((_, key), kept) = first.remove_entry();
        self.times.remove(&key);
        Some(kept)
    }
}
