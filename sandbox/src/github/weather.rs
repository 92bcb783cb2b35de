//! Troubles on the way to the API that depend on what was asked before: faults `github.first` and
//! `github.flaky`.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hasher as _};
use std::sync::{Mutex, PoisonError};

use super::answer::Answer;
use super::front::{self, Exchange};
use crate::faults::{Chance, Faults};

/// How often in a row a client's request meets a trouble of `github.flaky`: fewer times than a client has to
/// bear, so that a run does not fail because of the numbers that it drew.
const IN_A_ROW: u32 = 2;

/// What becomes of a request on its way.
pub(super) enum Trouble {
    /// It has no effect, and this is its answer.
    Instead(Answer),
    /// It has its effect and no answer.
    Unanswered,
}

/// What was asked so far.
#[derive(Default)]
pub(super) struct Weather(Mutex<HashMap<u64, Asked>>);

#[derive(Default)]
struct Asked {
    times: u64,
    troubles_in_a_row: u32,
}

impl Weather {
    /// What a fault does to this request, if one is armed and chooses it.
    pub(super) fn trouble(&self, faults: &Faults, exchange: &Exchange) -> Option<Trouble> {
        if !exchange.path().starts_with("/api/") || exchange.is_of_player() {
            return None;
        }
        if let Some(fault) = faults.fire("github.first") {
            let (kind, place) = fault.split_once('@').unwrap_or((&fault, ""));
            let key = hash(&(who_and_what(exchange), &exchange.body));
            let is_chosen = front::name(exchange).contains(place) && self.count(key) == 0;
            return is_chosen.then(|| trouble(kind, key, exchange));
        }
        let chance = Chance::parse(&faults.fire("github.flaky")?)?;
        let key = hash(&who_and_what(exchange));
        Some(trouble(self.draw(&chance, key)?, key, exchange))
    }

    /// How often this was asked before.
    fn count(&self, key: u64) -> u64 {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = asked.entry(key).or_default();
        asked.times += 1;
        asked.times - 1
    }

    fn draw(&self, chance: &Chance, key: u64) -> Option<&'static str> {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = asked.entry(key).or_default();
        let number = hash(&(chance.seed, key, asked.times));
        asked.times += 1;
        if number % 100 >= chance.percent || asked.troubles_in_a_row == IN_A_ROW {
            asked.troubles_in_a_row = 0;
            return None;
        }
        asked.troubles_in_a_row += 1;
        let kinds = ["reset_before_effect", "reset_after_effect", "retry_later"];
        kinds.into_iter().cycle().nth(usize::try_from(number / 100 % 3).unwrap_or_default())
    }
}

fn trouble(kind: &str, key: u64, exchange: &Exchange) -> Trouble {
    match kind {
        "5xx" if key.is_multiple_of(2) => Trouble::Instead(front::failure("500", exchange)),
        "5xx" => Trouble::Instead(front::failure("502html", exchange)),
        "reset_before_effect" => Trouble::Instead(Answer::hang_up()),
        "reset_after_effect" => Trouble::Unanswered,
        other => Trouble::Instead(front::failure(other, exchange)),
    }
}

fn who_and_what(exchange: &Exchange) -> (&str, &str, String) {
    let uri = exchange.parts.uri.to_string();
    (exchange.header("authorization"), exchange.parts.method.as_str(), uri)
}

/// The same number for the same value in every run of the program.
fn hash(value: &impl std::hash::Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_ten_meets_a_trouble_and_none_more_than_twice_in_a_row() {
        let (weather, chance) = (Weather::default(), Chance { percent: 10, seed: 7 });
        let drawn: Vec<bool> =
            (0..10_000).map(|number| weather.draw(&chance, number % 50).is_some()).collect();
        let troubles = drawn.iter().filter(|is_trouble| **is_trouble).count();
        assert!((900..1100).contains(&troubles), "{troubles}");
        for key in 0..50 {
            let of_key: Vec<bool> = drawn.iter().skip(key).step_by(50).copied().collect();
            assert!(of_key.windows(3).all(|three| three != [true; 3]), "{key}");
        }
        let certain = Chance { percent: 100, seed: 7 };
        let drawn = [(); 4].map(|()| Weather::default().draw(&certain, 1).is_some());
        assert_eq!(drawn, [true; 4]);
    }
}
