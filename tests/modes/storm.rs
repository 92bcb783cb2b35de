//! A watch of everything whose connections break at random while objects come, change and go: R15. In the
//! end its reader knows what a fresh list says, and then it is still.

use std::fmt::Write as _;
use std::thread;
use std::time::{Duration, Instant};

use nigari::kinds::Kind;
use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::{BUCKET, GIT_REPOSITORY, HELM_REPOSITORY, OCI_REPOSITORY};
use nigari_test_support::cluster::object;
use nigari_test_support::script::conditions;
use serde_json::{Value, json};

use crate::mode::{Seen, compare, compare_in_sandbox};
use crate::relay::Relay;
use crate::replay::{Known, Replay, listed};
use crate::world::{self, World};

/// How much happens.
#[derive(Clone, Copy)]
struct Storm {
    objects: usize,
    disconnects: usize,
    changes: usize,
    /// Where to look: in the one namespace, or everywhere where nobody else is.
    arguments: &'static str,
}

const BREEZE: Storm = Storm { objects: 90, disconnects: 20, changes: 100, arguments: "get all" };
const STORM: Storm =
    Storm { objects: 10_000, disconnects: 200, changes: 1_000, arguments: "get all -A" };

/// How long nothing may happen until it is certain that nothing will: longer than nigari's longest pause
/// between two attempts to restore a watch.
const STILL: Duration = Duration::from_secs(13);

/// How long anything may take: on a busy machine ten thousand objects take their time.
const LIMIT: Duration = Duration::from_secs(10 * 60);

/// How many watches two readers have.
const WATCHES: usize = 2 * world::KINDS.len();

/// How long a disconnect waits for a watch that begins again.
const RESPITE: Duration = Duration::from_millis(150);

#[test]
fn r15_a_watch_of_everything_survives_a_breeze() {
    let claim = "20 disconnects amid 100 changes: the last rows and events are what a list says";
    let (_, without) = compare("R15", claim, |world, fault| weather(world, BREEZE, fault));
    for seen in without.each() {
        let undisturbed = format!("watches begun: {WATCHES}\n");
        assert!(seen.story.contains(&undisturbed), "on {}: {}", seen.api, seen.story);
    }
}

#[test]
fn r15_a_watch_of_ten_thousand_objects_survives_a_storm() {
    let claim = "10,000 objects, 200 disconnects amid 1,000 changes: the last rows and events are \
                 what a list says";
    let reason = "others share it, and ten thousand objects take it minutes";
    compare_in_sandbox("R15", claim, reason, |world, fault| weather(world, STORM, fault));
}

/// Follows a fleet in rows and in events through a storm, or through the same changes without one.
fn weather(world: &World, storm: Storm, fault: bool) -> Seen {
    let mut fleet = Fleet::new(world, storm.objects);
    let mut lightning = Lightning { world, dice: Dice(9) };
    let relay = world.relay();
    let arguments = format!("{} --watch {}", storm.arguments, relay.flag());
    let rows = Replay::of_rows(world, &format!("{arguments} --no-header"));
    let events = Replay::of_events(world, &format!("{arguments} -o json"));
    for (replay, what) in [(&rows, "the rows are there"), (&events, "the events are there")] {
        wait_until(what, || replay.count() == fleet.present.len());
    }
    wait_until("all watches have begun", || world.watches_begun() >= WATCHES);
    let before = world.watches_begun();
    for part in 0..storm.disconnects {
        for _ in share(storm.changes, storm.disconnects, part) {
            fleet.change();
        }
        if fault {
            lightning.disconnect(&relay);
        }
    }
    // On a busy machine some of them may have found nothing to disconnect.
    while fault && world.watches_begun() < before + storm.disconnects {
        lightning.disconnect(&relay);
    }
    let list = settled(world, &storm, &rows, &events);
    still(world, &rows, &events);
    expect_same("rows", &rows.known(), &list.0);
    expect_same("events", &events.known(), &list.1);
    let mut story = format!("objects: {}\n", list.0.len());
    writeln!(story, "watches begun: {}", world.watches_begun()).unwrap();
    world.seen(std::process::Output {
        status: std::process::ExitStatus::default(),
        stdout: story.into_bytes(),
        stderr: Vec::new(),
    })
}

#[track_caller]
fn wait_until(what: &str, mut is_done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_done() {
        assert!(start.elapsed() < LIMIT, "in vain waited until {what}");
        thread::park_timeout(Duration::from_millis(100));
    }
}

/// Which of `all` changes there are in the `part`-th of so many parts.
fn share(all: usize, parts: usize, part: usize) -> std::ops::Range<usize> {
    all * part / parts..all * (part + 1) / parts
}

/// Waits until both readers know what a fresh list says. If they never do, it is told which objects are
/// not the same.
fn settled(world: &World, storm: &Storm, rows: &Replay, events: &Replay) -> (Known, Known) {
    let list = listed(world, storm.arguments);
    let start = Instant::now();
    while !(rows.knows(&list.0) && events.knows(&list.1)) && start.elapsed() < LIMIT {
        thread::park_timeout(Duration::from_millis(200));
    }
    list
}

/// Waits until nothing is asked and nothing is said any more, for long enough to be certain of it.
fn still(world: &World, rows: &Replay, events: &Replay) {
    let so_far = || (world.requests_sent(), rows.said(), events.said());
    let (mut seen, mut since) = (so_far(), Instant::now());
    wait_until("it is still", || {
        if seen != so_far() {
            (seen, since) = (so_far(), Instant::now());
        }
        since.elapsed() >= STILL
    });
}

#[track_caller]
fn expect_same(what: &str, told: &Known, listed: &Known) {
    let names = told.keys().chain(listed.keys());
    let mut unlike: Vec<_> = names.filter(|name| told.get(*name) != listed.get(*name)).collect();
    unlike.dedup();
    let first = unlike.first().map(|name| (name, told.get(*name), listed.get(*name)));
    assert!(first.is_none(), "{} {what} are not as they are listed: {first:?}", unlike.len());
}

const KINDS: [&Kind; 6] =
    [&KUSTOMIZATION, &HELM_RELEASE, &GIT_REPOSITORY, &HELM_REPOSITORY, &OCI_REPOSITORY, &BUCKET];

/// Objects of several kinds, to which things happen by chance: by the same each time.
struct Fleet<'a> {
    world: &'a World,
    dice: Dice,
    /// The numbers of those that are there.
    present: Vec<usize>,
    /// The number of the next new one.
    next: usize,
    /// How many states there have been.
    states: usize,
}

impl<'a> Fleet<'a> {
    fn new(world: &'a World, objects: usize) -> Self {
        let dice = Dice(15);
        let mut fleet = Self { world, dice, present: Vec::new(), next: 0, states: 0 };
        (0..objects).for_each(|_| fleet.create());
        fleet
    }

    fn create(&mut self) {
        self.put(self.next);
        self.present.push(self.next);
        self.next += 1;
    }

    /// Gives an object a state that no object has been in.
    fn put(&mut self, number: usize) {
        self.states += 1;
        let kind = kind_of(number);
        let ready = self.dice.pick(&["True", "False", "Unknown"]);
        let mut object = object(kind, &name_of(number), json!({"spec": spec(kind)}));
        object["spec"]["suspend"] = json!(self.dice.roll(8) == 0);
        let mut conditions = conditions(&object, ready, "Chance");
        conditions[0]["message"] = json!(format!("state {}", self.states));
        object["status"] = json!({"observedGeneration": 1, "conditions": conditions});
        self.world.put(object);
    }

    fn change(&mut self) {
        let place = self.dice.below(self.present.len());
        let number = self.present[place];
        match self.dice.roll(20) {
            0 => self.create(),
            1 => {
                self.present.swap_remove(place);
                self.delete(number);
            }
            // Gone, and another one of that name in its place.
            2 => {
                self.delete(number);
                self.put(number);
            }
            _ => self.put(number),
        }
    }

    fn delete(&self, number: usize) {
        self.world.delete(kind_of(number), "flux-system", &name_of(number));
    }
}

/// What ends connections, each time in another way: by the same chance each time.
struct Lightning<'a> {
    world: &'a World,
    dice: Dice,
}

impl Lightning<'_> {
    /// Ends connections, as something between here and the server does, or on the sandbox's API the server
    /// itself; gives some watch the time to begin again.
    fn disconnect(&mut self, relay: &Relay<'_>) {
        let (begun, start) = (self.world.watches_begun(), Instant::now());
        self.cut(relay);
        while self.world.watches_begun() == begun && start.elapsed() < RESPITE {
            thread::park_timeout(Duration::from_millis(10));
        }
    }

    fn cut(&mut self, relay: &Relay<'_>) {
        let chance = if self.world.is_sandbox() { self.dice.roll(50) } else { 0 };
        match chance {
            0..10 => relay.cut(),
            10..35 => self.world.cluster().0.kube().drop_watches(),
            35..49 => {
                let gone = format!("kube.watch=gone*{}", 1 + self.dice.roll(3));
                self.world.sandbox().faults().arm(&gone).unwrap();
                self.world.cluster().0.kube().drop_watches();
            }
            _ => self.world.cluster().0.kube().restart(),
        }
    }
}

fn kind_of(number: usize) -> &'static Kind {
    KINDS[number % KINDS.len()]
}

fn name_of(number: usize) -> String {
    format!("app-{number:05}")
}

fn spec(kind: &Kind) -> Value {
    let mut spec = match kind.kind {
        "Kustomization" => {
            json!({"prune": true, "sourceRef": {"kind": "GitRepository", "name": "fleet"}})
        }
        "HelmRelease" => json!({"chartRef": {"kind": "OCIRepository", "name": "podinfo"}}),
        "OCIRepository" => json!({"url": "oci://example.com/charts"}),
        "Bucket" => json!({"bucketName": "fleet", "endpoint": "example.com"}),
        _ => json!({"url": "https://example.com/fleet"}),
    };
    spec["interval"] = json!("10m");
    spec
}

/// Chance that is the same each time.
struct Dice(u64);

impl Dice {
    /// A number below `limit`; SplitMix64.
    fn roll(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.roll(limit as u64)).unwrap()
    }

    fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}
