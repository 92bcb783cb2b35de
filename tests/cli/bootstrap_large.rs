//! `nigari bootstrap github` into a large repository: what it costs does not depend on the size.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use nigari_test_support::fleet::{Fleet, REPOSITORY};

/// What a bootstrap may cost: requests to GitHub, and bytes over the network.
const REQUESTS: usize = 15;
const BYTES: u64 = 5 << 20;

/// Commits many files in deep folders, as `git fast-import` reads it.
fn many_files() -> String {
    let mut stream = String::from(
        "commit refs/heads/main\ncommitter Somebody Else <somebody@example.com> 1767225600 +0000\n\
         data 5\nMany\nfrom refs/heads/main^0\n",
    );
    for number in 0..5_000 {
        let (team, app, part) = (number / 500, number / 25, number % 25);
        let content = format!("number: {number}\n");
        write!(
            stream,
            "M 100644 inline apps/team-{team}/app-{app}/overlays/production/part-{part}.yaml\n\
             data {}\n{content}\n",
            content.len()
        )
        .unwrap();
    }
    stream + "done\n"
}

fn import(fleet: &Fleet, stream: &str) {
    let path = fleet.github().repository_path("acme", REPOSITORY).unwrap();
    let mut command = Command::new("git");
    command.args(["fast-import", "--quiet", "--done"]).current_dir(path).stdin(Stdio::piped());
    let mut import = command.spawn().unwrap();
    import.stdin.take().unwrap().write_all(stream.as_bytes()).unwrap();
    assert!(import.wait().unwrap().success());
}

#[test]
fn five_thousand_files_cost_no_more_than_one() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    import(&fleet, &many_files());
    let before = fleet.sandbox.github_traffic_bytes();
    let run = fleet.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let bytes = fleet.sandbox.github_traffic_bytes() - before;
    assert!(bytes < BYTES, "{bytes} bytes");
    let mut requests = fleet.sandbox.recorder().all();
    requests.retain(|it| it.double == "github" && it.path.starts_with("/api/"));
    let asked: Vec<String> =
        requests.iter().map(|request| format!("{} {}", request.method, request.path)).collect();
    assert!(asked.len() <= REQUESTS, "{} requests: {asked:#?}", asked.len());
    let last = "apps/team-9/app-199/overlays/production/part-24.yaml";
    assert_eq!(fleet.file(last).as_deref(), Some("number: 4999\n"));
    fleet.finish();
}
