//! One trial: an approval that is held up at one point, where somebody does something; and what came of it.

use std::process::Stdio;
use std::time::Duration;

use nigari_sandbox::holds::Hold;
use nigari_sandbox::players::passes::{Place, STEPS};
use nigari_sandbox::turnstile::{Passage, Visit};
use nigari_test_support::program::command;
use serde_json::Value;
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use crate::cells::{Action, Dice, Point, Trial};
use crate::world::{Form, LIMIT, Plot, Reviewed, World};

/// What came of a trial.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// Its name, and the form in which plans are kept.
    pub(crate) name: String,
    pub(crate) form: Form,
    pub(crate) namespace: String,
    pub(crate) reviewed: Reviewed,
    /// Whether it came to the point where somebody does something.
    pub(crate) is_hit: bool,
    pub(crate) is_killed: bool,
    pub(crate) run: Ran,
    /// The object as nigari left it.
    pub(crate) left: Option<Value>,
    /// What came after a kill that left something behind.
    pub(crate) after: Option<AfterKill>,
}

/// What came of one command.
#[derive(Clone, Debug)]
pub(crate) struct Ran {
    /// None when it was killed.
    pub(crate) code: Option<i32>,
    pub(crate) told: String,
    pub(crate) visits: Vec<Visit>,
}

/// What nigari says and does about what it has left behind.
#[derive(Clone, Debug)]
pub(crate) struct AfterKill {
    /// What `plan list` tells.
    pub(crate) list: Ran,
    /// The next `disarm` or `approve`.
    pub(crate) next: Ran,
    /// The object as that one left it.
    pub(crate) left: Option<Value>,
}

/// Who is held up.
enum Stop {
    Request(Hold<Passage>),
    Step(Hold<Place>),
}

impl Stop {
    async fn reached(&self) {
        match self {
            Self::Request(hold) => hold.reached().await,
            Self::Step(hold) => hold.reached().await,
        }
    }
}

/// Plays a trial; without one nobody does anything.
pub(crate) async fn play(world: &World, number: usize, trial: Option<Trial>, form: Form) -> Record {
    let (plot, reviewed) = Plot::new(world, number, form).await;
    let visitor = plot.namespace.clone();
    let mut dice = trial.as_ref().map(Dice::of);
    let stop = trial.map(|trial| stop(&plot, &trial));
    let mut child = start(world, &plot.approval(&reviewed, &visitor));
    let mut is_hit = false;
    if let (Some(stop), Some(trial), Some(dice)) = (stop, trial, dice.as_mut()) {
        tokio::select! {
            biased;
            () = stop.reached() => {
                is_hit = true;
                meddle(&plot, &trial, dice, &mut child, stop).await;
            }
            _ = child.wait() => {}
            () = sleep(LIMIT) => {}
        }
    }
    let is_killed = is_hit && trial.is_some_and(|trial| trial.cell.action == Action::Kill);
    let run = end(world, child, &visitor).await;
    let left = plot.vpc().await;
    let after =
        match dice.filter(|_| is_killed && left.as_ref().is_some_and(|left| !is_clean(left))) {
            Some(mut dice) => Some(follow_up(&plot, &reviewed, &mut dice).await),
            None => None,
        };
    let name = trial.map_or_else(|| "undisturbed".to_owned(), |trial| trial.to_string());
    let namespace = plot.namespace;
    Record { name, form, namespace, reviewed, is_hit, is_killed, run, left, after }
}

fn stop(plot: &Plot<'_>, trial: &Trial) -> Stop {
    match trial.cell.point {
        Point::Request(number) => {
            // A program that is killed is so before its request, or when it has had its effect.
            let is_done = trial.cell.action == Action::Kill && trial.seed.is_multiple_of(2);
            let visitor = plot.namespace.clone();
            Stop::Request(plot.world.turnstile.hold(Passage { visitor, number, is_done }))
        }
        Point::Step(step) => Stop::Step(hold_pass(plot, step)),
    }
}

fn hold_pass(plot: &Plot<'_>, step: &'static str) -> Hold<Place> {
    let (namespace, name) = (plot.namespace.clone(), "vpc".to_owned());
    plot.world.sandbox().passes().hold(Place { namespace, name, step })
}

/// Does it, and lets go on whoever was held up: at once, when the controller has dealt with it, or while
/// the controller is held up on its way.
async fn meddle(plot: &Plot<'_>, trial: &Trial, dice: &mut Dice, child: &mut Child, stop: Stop) {
    if trial.cell.action == Action::Kill {
        child.kill().await.unwrap();
        plot.world.turnstile.ban(&plot.namespace);
        drop(stop);
        return plot.world.turnstile.emptied(&plot.namespace).await;
    }
    let is_request = matches!(stop, Stop::Request(_));
    match dice.roll(3) {
        0 => plot.perform(trial.cell.action).await,
        1 if is_request => {
            plot.perform(trial.cell.action).await;
            plot.settle().await;
        }
        2 if is_request => {
            let held = hold_pass(plot, dice.pick(&STEPS));
            plot.perform(trial.cell.action).await;
            drop(stop);
            sleep(Duration::from_millis(dice.roll(120))).await;
            return drop(held);
        }
        _ => {
            plot.perform(trial.cell.action).await;
            sleep(Duration::from_millis(dice.roll(60))).await;
        }
    }
    drop(stop);
}

/// The plan list, and then one of the commands that clear what is left.
async fn follow_up(plot: &Plot<'_>, reviewed: &Reviewed, dice: &mut Dice) -> AfterKill {
    let run = async |visitor: String, arguments: String| {
        end(plot.world, start(plot.world, &arguments), &visitor).await
    };
    let visitor = format!("{}-list", plot.namespace);
    let list = run(visitor.clone(), format!("plan list{}", plot.flags(&visitor))).await;
    let visitor = format!("{}-next", plot.namespace);
    let next = match dice.roll(2) {
        0 => format!("plan disarm vpc{}", plot.flags(&visitor)),
        _ => plot.approval(reviewed, &visitor),
    };
    let next = run(visitor, next).await;
    AfterKill { list, next, left: plot.vpc().await }
}

/// Starts nigari.
pub(crate) fn start(world: &World, arguments: &str) -> Child {
    let mut command = Command::from(command(world.sandbox(), arguments));
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true).spawn().unwrap()
}

/// Waits for the end of what was started.
pub(crate) async fn end(world: &World, child: Child, visitor: &str) -> Ran {
    let ended = timeout(LIMIT, child.wait_with_output()).await;
    let visits = world.turnstile.visits(visitor);
    let Ok(output) = ended else {
        return Ran { code: Some(-1), told: format!("it did not end within {LIMIT:?}"), visits };
    };
    let output = output.unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let told = text(&output.stdout) + &text(&output.stderr);
    Ran { code: output.status.code(), told, visits }
}

/// Whether nothing of an approval is left at an object.
pub(crate) fn is_clean(vpc: &Value) -> bool {
    vpc["spec"]["approvePlan"].is_null()
        && vpc["spec"]["suspend"].is_null()
        && vpc["metadata"]["annotations"]["nigari-cli.github.io/frozen-for-plan"].is_null()
}
