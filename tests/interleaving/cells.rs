//! What happens between the requests of an approval, and where: a cell. A trial is a cell and a seed, and
//! its name is enough to play it again.

use std::fmt;
use std::str::FromStr;

use nigari_sandbox::players::passes::STEPS;

/// What somebody does meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Action {
    /// Edits the spec: another content under the same id.
    SpecEdit,
    /// Has the source fetch another commit: another id.
    NewCommit,
    /// Changes the world by hand, at the same revision.
    Drift,
    /// Has it planned again, as `tfctl replan` does: the same content in another plan file.
    Replan,
    /// Puts another content into the stored plan, under the same id.
    Rewrite,
    /// Deletes the object, and creates another one of its name.
    Recreate,
    /// Ends nigari without a warning.
    Kill,
}

impl Action {
    pub(crate) const ALL: [Self; 7] = [
        Self::SpecEdit,
        Self::NewCommit,
        Self::Drift,
        Self::Replan,
        Self::Rewrite,
        Self::Recreate,
        Self::Kill,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::SpecEdit => "spec-edit",
            Self::NewCommit => "new-commit",
            Self::Drift => "drift",
            Self::Replan => "replan",
            Self::Rewrite => "rewrite",
            Self::Recreate => "recreate",
            Self::Kill => "kill",
        }
    }
}

/// When.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Point {
    /// Before a request of nigari, counted from 1; a kill also right after its effect.
    Request(usize),
    /// Before a step of the controller's pass under the approval.
    Step(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cell {
    pub(crate) action: Action,
    pub(crate) point: Point,
}

/// Every cell of approvals with so many requests.
pub(crate) fn cells(requests: usize) -> Vec<Cell> {
    let points = (1..=requests).map(Point::Request).chain(STEPS.map(Point::Step));
    let of = |point| Action::ALL.map(|action| Cell { action, point });
    points.flat_map(of).collect()
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.point {
            Point::Request(number) => write!(f, "{}@{number}", self.action.name()),
            Point::Step(step) => write!(f, "{}@{step}", self.action.name()),
        }
    }
}

/// A cell, and what is left to chance in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Trial {
    pub(crate) cell: Cell,
    pub(crate) seed: u64,
}

impl fmt::Display for Trial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.cell, self.seed)
    }
}

impl FromStr for Trial {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no trial, such as new-commit@12#3 or kill@plan#5");
        let (action, rest) = text.split_once('@').ok_or_else(wrong)?;
        let (point, seed) = rest.split_once('#').ok_or_else(wrong)?;
        let action = Action::ALL.into_iter().find(|known| known.name() == action);
        let step = STEPS.into_iter().find(|step| *step == point).map(Point::Step);
        let point = step.or_else(|| point.parse().ok().map(Point::Request));
        let cell = Cell { action: action.ok_or_else(wrong)?, point: point.ok_or_else(wrong)? };
        Ok(Self { cell, seed: seed.parse().map_err(|_| wrong())? })
    }
}

/// Chance that is the same each time a trial is played.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn of(trial: &Trial) -> Self {
        // FNV-1a of the name: neighbours have nothing in common.
        let name = trial.to_string();
        let mix = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, mix))
    }

    /// A number below `limit`; SplitMix64.
    pub(crate) fn roll(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    pub(crate) fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        let index = self.roll(choices.len() as u64);
        choices[usize::try_from(index).unwrap()]
    }
}

#[test]
fn a_trial_is_told_by_its_name() {
    for cell in cells(20) {
        let trial = Trial { cell, seed: 7 };
        assert_eq!(trial.to_string().parse(), Ok(trial));
    }
    for wrong in ["drift@2", "drift#1", "other@2#1", "drift@nowhere#1", "drift@2#x"] {
        assert!(wrong.parse::<Trial>().is_err(), "{wrong}");
    }
}
