//! The sandbox's Kubernetes API answers as a real one does.
//!
//! Every scenario is played on both, in a namespace of its own; the answers are compared after
//! [`normal`] replaced what no two servers share. What differs and is not in the table of
//! [`accepted`] differences fails, and so does a row of that table that explains nothing.
//!
//! The scenarios cover every [shape](nigari_sandbox::shape) of request that any test sends:
//! `cargo xtask test` has the shapes written down while all other tests run, and runs this one
//! afterwards. A shape that no scenario covers fails.
//!
//! To compare something new, add a scenario to the file of its topic. It needs no test of its own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "the report is for the reader of the test's output")]

mod accepted;
mod api;
mod applies;
mod custom;
mod difference;
mod discovery;
mod kinds;
mod lives;
mod normal;
mod reads;
mod report;
mod rules;
mod scenario;
mod watches;
mod writes;

use nigari_sandbox::{control_plane, shape};
use tokio::runtime::Builder;

use crate::api::Api;
use crate::report::Report;
use crate::scenario::Scenario;

/// Every scenario; one that restarts the API server is an expensive one.
fn scenarios() -> Vec<Scenario> {
    let topics = [
        discovery::scenarios(),
        lives::scenarios(),
        reads::scenarios(),
        writes::scenarios(),
        applies::scenarios(),
        rules::scenarios(),
        watches::scenarios(),
    ];
    topics.into_iter().flatten().collect()
}

#[test]
fn the_sandbox_answers_as_a_real_api_server() {
    if let Some(reason) = control_plane::missing().unwrap() {
        println!("skipped: {reason}");
        return;
    }
    // Before this test's own requests are recorded.
    let recorded = shape::recorded().unwrap();
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let mut report = runtime.block_on(replay());
    if let Some(recorded) = recorded {
        report.require(recorded);
    }
    println!("{report}");
    assert!(report.is_clean(), "see the report above");
}

async fn replay() -> Report {
    let (real, double) = (Api::real().await, Api::double().await);
    for api in [&real, &double] {
        api.install().await;
    }
    let mut report = Report::default();
    for (number, scenario) in scenarios().iter().enumerate() {
        let namespace = format!("scenario-{}", number + 1);
        for api in [&real, &double] {
            api.prepare(&namespace).await;
        }
        let answers =
            (real.play(scenario, &namespace).await, double.play(scenario, &namespace).await);
        report.add(scenario, answers.0, answers.1);
    }
    report
}
