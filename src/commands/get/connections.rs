//! Which of the watches are cut off, and what else is wrong with them.

use std::collections::BTreeMap;
use std::time::Instant;

use crate::kinds::Kind;
use crate::output::age::age;

/// How many kinds a footer names that are cut off; of more than these it names none.
const NAMED: usize = 2;

/// What is wrong, by watch.
#[derive(Default)]
pub(super) struct Connections(BTreeMap<usize, Trouble>);

struct Trouble {
    words: String,
    /// Which kind is cut off, and since when; nothing where it is another trouble.
    lost: Option<(&'static Kind, Instant)>,
}

impl Connections {
    /// Notes that the watch of a kind is cut off; says whether these words are news.
    pub(super) fn lose(
        &mut self,
        watch: usize,
        kind: &'static Kind,
        why: &str,
        now: Instant,
    ) -> bool {
        let words = format!("the watch is interrupted, trying again: {why}");
        self.note(watch, Trouble { words, lost: Some((kind, now)) })
    }

    /// Notes another trouble of a watch; says whether these words are news.
    pub(super) fn suffer(&mut self, watch: usize, words: &str) -> bool {
        self.note(watch, Trouble { words: words.to_owned(), lost: None })
    }

    fn note(&mut self, watch: usize, trouble: Trouble) -> bool {
        let is_news = self.0.values().all(|known| known.words != trouble.words);
        self.0.insert(watch, trouble);
        is_news
    }

    /// Notes that a watch goes on; says whether nothing is wrong any more, and something was.
    pub(super) fn relieve(&mut self, watch: usize) -> bool {
        self.0.remove(&watch).is_some() && self.0.is_empty()
    }

    /// Whether some watch is cut off.
    pub(super) fn is_lost(&self) -> bool {
        self.lost().next().is_some()
    }

    fn lost(&self) -> impl Iterator<Item = (&'static Kind, Instant)> {
        self.0.values().filter_map(|trouble| trouble.lost)
    }

    /// How it stands with the connection, in a few words.
    pub(super) fn state(&self, now: Instant) -> String {
        let Some(since) = self.lost().map(|(_, since)| since).min() else {
            return "live".to_owned();
        };
        let since = age(now.duration_since(since));
        let mut kinds: Vec<_> = self.lost().map(|(kind, _)| kind.plural).collect();
        kinds.dedup();
        match kinds.len() {
            ..=NAMED => format!("reconnecting {} for {since}", kinds.join(" and ")),
            count => format!("reconnecting {count} kinds for {since}"),
        }
    }

    /// Everything that is wrong, each once.
    pub(super) fn words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for trouble in self.0.values() {
            if !words.contains(&trouble.words) {
                words.push(trouble.words.clone());
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::kinds::helm::HELM_RELEASE;
    use crate::kinds::kustomize::KUSTOMIZATION;
    use crate::kinds::terraform::TERRAFORM;

    #[test]
    fn what_is_cut_off_is_told_until_it_is_back() {
        let (start, mut connections) = (Instant::now(), Connections::default());
        let later = |seconds| start + Duration::from_secs(seconds);
        assert_eq!(connections.state(start), "live");
        assert!(connections.lose(0, &KUSTOMIZATION, "refused", start));
        assert_eq!(connections.state(later(3)), "reconnecting kustomizations for 3s");
        assert!(!connections.lose(1, &HELM_RELEASE, "refused", later(1)));
        let both = "reconnecting kustomizations and helmreleases for 2m10s";
        assert_eq!(connections.state(later(130)), both);
        assert!(connections.lose(2, &TERRAFORM, "closed", later(2)));
        assert_eq!(connections.state(later(4)), "reconnecting 3 kinds for 4s");
        assert_eq!(connections.words().len(), 2);
        assert!(!connections.relieve(0) && !connections.relieve(1) && connections.is_lost());
        assert_eq!(connections.state(later(4)), "reconnecting terraforms for 2s");
        assert!(connections.relieve(2) && !connections.relieve(2) && !connections.is_lost());
    }

    #[test]
    fn what_may_not_be_watched_is_live_as_well() {
        let mut connections = Connections::default();
        assert!(connections.suffer(0, "asking again and again"));
        assert_eq!(connections.state(Instant::now()), "live");
        assert_eq!(connections.words(), ["asking again and again"]);
    }
}
