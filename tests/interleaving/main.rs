//! Approvals while somebody else acts: before every request of nigari, and at every step of the
//! controller's own pass.
//!
//! The cells are computed: an approval that nobody disturbs tells how many requests there are. Each is
//! played with several seeds, and what has to hold is read from what was written down; see `verdict`. A
//! program of its own: it wants both cores.

#![allow(clippy::unwrap_used, reason = "a test ends where something is not as it must be")]
#![allow(clippy::print_stdout, reason = "a test says what it played, and how to play it again")]

mod cells;
mod history;
mod trial;
mod verdict;
mod world;

use std::collections::BTreeMap;
use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use futures::{StreamExt as _, stream};
use k8s_openapi::api::core::v1::Secret;
use kube::ResourceExt as _;
use kube::api::{Api, DynamicObject, PostParams};
use nigari_sandbox::control_plane;
use nigari_sandbox::holds::Hold;
use nigari_sandbox::sandbox::Sandbox;
use nigari_sandbox::turnstile::Passage;
use nigari_test_support::infra::terraforms;
use serde_json::{Value, json};
use tokio::process::Child;
use tokio::time::{sleep, timeout};

use crate::cells::{Action, Dice, Point, Trial, cells};
use crate::trial::{Record, end, is_clean, play, start};
use crate::verdict::violations;
use crate::world::{Form, LIMIT, Plot, World};

/// How many trials there are at least when all are played, and how many of each cell.
const TRIALS: usize = 1000;
const SEEDS: usize = 5;
/// How often a trial is played with other seeds that did not come to its point.
const ROUNDS: u64 = 12;
/// How many are played at the same time; most of each is waiting.
const LANES: usize = 8;
/// How many have one sandbox: what its API does behind the scenes looks at all there is.
const SHARD: usize = 100;

/// Names one trial that is played alone, such as `new-commit@12#3`.
const ONE: &str = "NIGARI_INTERLEAVING";
/// For how many seconds trials are begun, or `all` for every trial, however long it takes. If nothing is said,
/// the sandbox has each cell once, and the real control plane what is begun within [`BUDGET`].
const TIME: &str = "NIGARI_INTERLEAVINGS";
const BUDGET: Duration = Duration::from_secs(60);

/// One after the other: together they would only be slower.
static TURN: Mutex<()> = Mutex::new(());

#[test]
fn nothing_unseen_is_approved_whatever_happens_meanwhile() {
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    run("the sandbox", &|| World::new(Sandbox::builder()), SHARD, budget(None));
}

#[test]
fn nothing_unseen_is_approved_on_a_real_control_plane() {
    if let Some(reason) = control_plane::missing_controllers().unwrap() {
        println!("skipped: {reason}");
        return;
    }
    let _turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let world = || World::new(Sandbox::builder().real());
    run("a real control plane", &world, usize::MAX, budget(Some(BUDGET)));
}

#[test]
fn a_second_pass_under_an_approval_is_told() {
    let world = &World::new(Sandbox::builder());
    world.sandbox().block_on(async {
        let (plot, child, visitor, held) = held_at_the_end(world).await;
        plot.perform(Action::SpecEdit).await;
        // The controller uses what stands a second time.
        let uses = || {
            let applied = world.sandbox().passes().applied().into_iter();
            applied.filter(|applied| applied.namespace == plot.namespace).count()
        };
        timeout(LIMIT, async {
            while uses() < 2 {
                sleep(Duration::from_millis(10)).await;
            }
        })
        .await
        .unwrap();
        drop(held);
        let ran = end(world, child, &visitor).await;
        assert_eq!(ran.code, Some(7), "{}", ran.told);
        assert!(ran.told.contains("the next pass was due before the approval"), "{}", ran.told);
        assert!(is_clean(&plot.vpc().await.unwrap()));
    });
}

/// An approval that is held before it takes itself back, which is its last request: the number of that is the
/// one of the run before, as long as the two have seen the same steps of their passes.
async fn held_at_the_end(world: &World) -> (Plot<'_>, Child, String, Hold<Passage>) {
    let mut number = usize::MAX;
    for attempt in 1..=10 {
        let (plot, reviewed) = Plot::new(world, attempt, Form::Json).await;
        let visitor = format!("attempt-{attempt}");
        let passage = Passage { visitor: visitor.clone(), number, is_done: false };
        let held = world.turnstile.hold(passage);
        let mut child = start(world, &plot.approval(&reviewed, &visitor));
        tokio::select! {
            () = held.reached() => return (plot, child, visitor, held),
            ended = child.wait() => ended.unwrap(),
        };
        number = world.turnstile.visits(&visitor).len();
    }
    panic!("no approval sends as many requests as the one before");
}

/// For how long trials are begun; none: until all are played.
fn budget(usual: Option<Duration>) -> Option<Duration> {
    match variable(TIME).as_deref() {
        None => usual,
        Some("all") => None,
        Some(seconds) => Some(Duration::from_secs(seconds.parse().unwrap())),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test has no Context to read the environment for it"
)]
fn variable(name: &str) -> Option<String> {
    env::var(name).ok()
}

/// Plays all trials, in shards of a cluster each, two at the same time.
fn run(place: &str, world: &(dyn Fn() -> World + Sync), shard: usize, budget: Option<Duration>) {
    let started = Instant::now();
    let first = Play::new(world());
    let (mut ended, requests) = first.undisturbed(place);
    let trials = match variable(ONE) {
        Some(name) => vec![name.parse().unwrap()],
        None => trials(&requests, if variable(TIME).is_some() { SEEDS } else { 1 }),
    };
    let end = budget.map(|budget| started + budget);
    let shards = Mutex::new(trials.chunks(shard.min(trials.len())).map(<[Trial]>::to_vec));
    let first = Mutex::new(Some(first));
    let others = Mutex::new(Vec::new());
    let work = || {
        let mut play = first.lock().unwrap().take();
        while let Some(trials) = { shards.lock().unwrap().next() } {
            let play = play.take().unwrap_or_else(|| Play::new(world()));
            let played = play.all(place, trials, &requests, end);
            others.lock().unwrap().extend(played);
        }
    };
    thread::scope(|scope| [(); 2].map(|()| scope.spawn(work)).map(drop));
    ended.extend(others.into_inner().unwrap());
    let failures: Vec<&String> = ended.iter().filter_map(|(_, failure)| failure.as_ref()).collect();
    let records: Vec<&Record> = ended.iter().map(|(record, _)| record).collect();
    println!("{place}: {}, {} s", told(&records), started.elapsed().as_secs());
    if variable(ONE).is_some() {
        records
            .iter()
            .filter(|record| record.is_hit)
            .for_each(|record| println!("{}", story(record)));
    }
    let shown: Vec<&str> = failures.iter().take(10).map(|failure| failure.as_str()).collect();
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), ended.len(), shown.join("\n\n"));
}

/// Every cell with so many seeds; within a seed in any order, so that whatever there is time for is a fair
/// part.
fn trials(requests: &[usize; 3], seeds: usize) -> Vec<Trial> {
    let cells = cells(requests.iter().copied().max().unwrap_or_default());
    let least = if seeds == SEEDS { TRIALS } else { 0 };
    let mut trials: Vec<Trial> = (1..)
        .flat_map(|seed| cells.iter().map(move |&cell| Trial { cell, seed }))
        .take(least.max(cells.len() * seeds))
        .collect();
    trials.sort_by_key(|trial| (trial.seed, Dice::of(trial).roll(u64::MAX)));
    trials
}

/// A trial that was played, and what is wrong with it.
type Ended = (Record, Option<String>);

/// Trials on one cluster.
struct Play {
    world: World,
    plots: AtomicUsize,
}

impl Play {
    fn new(world: World) -> Self {
        Self { world, plots: AtomicUsize::new(0) }
    }

    /// Approvals that nobody disturbs; how many requests those of each form have.
    fn undisturbed(&self, place: &str) -> (Vec<Ended>, [usize; 3]) {
        let forms = Form::ALL.into_iter().cycle().take(3 * Form::ALL.len());
        let play = stream::iter(forms).map(|form| self.play(None, form));
        let records: Vec<Record> =
            self.world.sandbox().block_on(play.buffer_unordered(LANES).collect());
        let requests = Form::ALL.map(|form| {
            let of_form = records.iter().filter(|record| record.form == form);
            // They differ in their last ones: an apply may go by unseen.
            of_form.map(|record| record.run.visits.len()).min().unwrap()
        });
        println!("requests of an undisturbed approval on {place}: {requests:?}");
        (self.judged(place, records), requests)
    }

    async fn play(&self, trial: Option<Trial>, form: Form) -> Record {
        play(&self.world, self.plots.fetch_add(1, Ordering::Relaxed), trial, form).await
    }

    /// Plays trials; with other seeds again where the point was not reached.
    fn all(
        &self,
        place: &str,
        mut wanted: Vec<Trial>,
        requests: &[usize; 3],
        end: Option<Instant>,
    ) -> Vec<Ended> {
        let mut records = Vec::new();
        for round in 0..ROUNDS {
            let play = stream::iter(std::mem::take(&mut wanted))
                .take_while(|_| std::future::ready(end.is_none_or(|end| Instant::now() < end)))
                .map(async |trial| (trial, self.play(Some(trial), form(&trial, requests)).await));
            let played: Vec<(Trial, Record)> =
                self.world.sandbox().block_on(play.buffer_unordered(LANES).collect());
            let unhit = played.iter().filter(|(_, record)| !record.is_hit);
            let again = |trial: Trial| Trial { seed: trial.seed + 1000 * (round + 1), ..trial };
            wanted = unhit.map(|(trial, _)| again(*trial)).collect();
            records.extend(played.into_iter().map(|(_, record)| record));
        }
        assert!(end.is_some() || wanted.is_empty(), "never reached: {wanted:?}");
        self.judged(place, records)
    }

    fn judged(&self, place: &str, records: Vec<Record>) -> Vec<Ended> {
        self.world.sandbox().block_on(self.quiesce());
        let judge = |record: Record| {
            let failure = self.failure(place, &record);
            (record, failure)
        };
        records.into_iter().map(judge).collect()
    }

    /// Waits until nobody writes any more, and everything that was written is in the history.
    async fn quiesce(&self) {
        let history = &self.world.history;
        let mut last = 0;
        while last != history.seen() {
            last = history.seen();
            sleep(Duration::from_millis(500)).await;
        }
        let client = self.world.sandbox().client();
        let number = self.plots.fetch_add(1, Ordering::Relaxed);
        let metadata = json!({"name": format!("end-{number}"), "namespace": "flux-system"});
        let secrets: Api<Secret> = Api::namespaced(client.clone(), "flux-system");
        let secret = serde_json::from_value(json!({"metadata": metadata})).unwrap();
        let secret = secrets.create(&PostParams::default(), &secret).await.unwrap();
        let resource = terraforms();
        let objects: Api<DynamicObject> = Api::namespaced_with(client, "flux-system", &resource);
        let source = json!({"kind": "GitRepository", "name": "code"});
        let object = json!({
            "apiVersion": resource.api_version, "kind": resource.kind, "metadata": metadata,
            "spec": {"interval": "1h", "suspend": true, "sourceRef": source},
        });
        let object = serde_json::from_value(object).unwrap();
        let object: DynamicObject = objects.create(&PostParams::default(), &object).await.unwrap();
        let version = |text: Option<String>| text.unwrap().parse().unwrap();
        history.reach(version(object.resource_version()), version(secret.resource_version())).await;
    }

    /// What is wrong with a trial, and how to play it again.
    fn failure(&self, place: &str, record: &Record) -> Option<String> {
        let applied = self.world.sandbox().passes().applied().into_iter();
        let applied = applied.filter(|applied| applied.namespace == record.namespace);
        let applied: Vec<Value> = applied.map(|applied| history::content(&applied.plan)).collect();
        let past = self.world.history.past(&record.namespace);
        let found = violations(record, &past, &applied);
        let told = || {
            let name = &record.name;
            format!(
                "{name} on {place}, again with {ONE}={name}: {}\n{}",
                found.join("; "),
                story(record)
            )
        };
        (!found.is_empty()).then(told)
    }
}

/// The form of the plans in a trial: one whose approvals have that many requests.
fn form(trial: &Trial, requests: &[usize; 3]) -> Form {
    let has_point = |(_, requests): &(Form, usize)| match trial.cell.point {
        Point::Request(number) => number <= *requests,
        Point::Step(_) => true,
    };
    let all = Form::ALL.into_iter().zip(requests.iter().copied());
    let forms: Vec<Form> = all.filter(has_point).map(|(form, _)| form).collect();
    // Somebody who plays one trial may ask for a point that there is not this time.
    let index = usize::try_from(trial.seed).unwrap() % forms.len().max(1);
    forms.get(index).copied().unwrap_or(Form::Json)
}

/// How many there were, and how they ended.
fn told(records: &[&Record]) -> String {
    let mut hits: BTreeMap<String, usize> = BTreeMap::new();
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    for record in records {
        let cell = record.name.split('#').next().unwrap_or_default();
        *hits.entry(cell.to_owned()).or_default() += usize::from(record.is_hit);
        let code = record.run.code.map_or("killed".to_owned(), |code| format!("exit {code}"));
        *codes.entry(code).or_default() += 1;
    }
    hits.remove("undisturbed");
    let fewest = hits.values().min().copied().unwrap_or_default();
    let of_kills = records.iter().filter(|record| record.after.is_some()).count();
    let codes: Vec<String> = codes.iter().map(|(code, count)| format!("{count} {code}")).collect();
    format!(
        "{} trials in {} cells, each hit at least {fewest} times; {}; {of_kills} kills left something",
        records.iter().filter(|record| record.is_hit).count(),
        hits.len(),
        codes.join(", "),
    )
}

fn story(record: &Record) -> String {
    let line = |visit: &trial::Ran| -> String {
        let lines = visit.visits.iter().enumerate().map(|(index, visit)| {
            format!("{:>3} {:?} {} {}\n", index + 1, visit.status, visit.method, visit.path)
        });
        lines.collect::<String>() + &visit.told
    };
    let mut story = format!("{} {:?}\n{}", record.name, record.form, line(&record.run));
    story +=
        &format!("left: {}\n", record.left.as_ref().map_or(&Value::Null, |left| &left["status"]));
    if let Some(after) = &record.after {
        story += &format!("--- then\n{}--- and\n{}", after.list.told, line(&after.next));
    }
    story
}
