//! GitHub fails, lags, or is written to by others while a bootstrap runs: F1 to F9, F12, F13, F20 to F22, F25,
//! B12, B13, B23 and B24.

use std::process::{Child, Command, Stdio};
use std::time::Instant;

use nigari_sandbox::github::{GitHub, Token};
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::PATIENCE;
use nigari_test_support::fleet::{FOLDER, Fleet, REPOSITORY};
use nigari_test_support::run::Run;

use crate::bootstrap::{expect_done, last_seen};
use crate::mode::{Runs, Seen, compare_alone};

/// Runs a scenario with its fault and without.
#[track_caller]
fn compare(id: &str, claim: &str, scenario: impl Fn(bool) -> Seen + Sync) -> (Runs, Runs) {
    let reason = "the fault is GitHub's, in which the cluster has no part";
    compare_alone(id, claim, reason, scenario)
}

/// How many writes there were whose lines hold this, such as the name of a GraphQL operation.
#[track_caller]
fn expect_writes(runs: &Runs, words: &str, count: usize) {
    for seen in runs.each() {
        let found = seen.writes.lines().filter(|line| line.contains(words)).count();
        assert_eq!(found, count, "{words}: {}", seen.writes);
    }
}

/// A bootstrap of what it needs at least, whose commit is made of objects: of all ways to publish it is the one
/// with most requests.
fn arguments(fleet: &Fleet, more: &str) -> String {
    let components = "--components=source-controller,kustomize-controller";
    fleet.bootstrap_arguments(&format!("{components} --author-email=flux@acme.io {more}"))
}

fn bootstrap(fleet: &Fleet, more: &str) -> Run {
    fleet.nigari(&arguments(fleet, more))
}

/// A bootstrap with a fault armed, or none.
fn bootstrap_under(fleet: Fleet, fault: Option<&str>, more: &str) -> Seen {
    if let Some(fault) = fault {
        fleet.sandbox.faults().arm(fault).unwrap();
    }
    let run = bootstrap(&fleet, more);
    last_seen(fleet, &run)
}

/// The repository holds what an undisturbed bootstrap makes: one commit of ours on GitHub's own, one branch,
/// one key.
#[track_caller]
fn assert_made_once(fleet: &Fleet) {
    let ours = [
        "Initial commit\n  README.md\nAdd Flux v2.9.4 component and sync manifests\n",
        &format!("  {FOLDER}/gotk-components.yaml\n"),
        &format!("  {FOLDER}/gotk-sync.yaml\n"),
        &format!("  {FOLDER}/kustomization.yaml\n"),
    ];
    assert_eq!(fleet.history("main"), ours.concat());
    assert_eq!(fleet.deploy_keys().len(), 1);
}

/// A bootstrap that makes the repository, while `fault` is armed or nothing is.
fn made_under(fault: Option<&str>) -> Seen {
    let fleet = Fleet::new();
    if let Some(fault) = fault {
        fleet.sandbox.faults().arm(fault).unwrap();
    }
    let run = bootstrap(&fleet, "");
    if run.exit_code() == Some(0) {
        assert_made_once(&fleet);
    }
    last_seen(fleet, &run)
}

#[test]
fn f1_what_fails_once_is_asked_again() {
    let claim = "every request that gets a 500 or a 502 page at first is repeated, or looked after";
    let (with, without) =
        compare("F1", claim, |fault| made_under(fault.then_some("github.first=5xx")));
    with.expect(0, "requests to GitHub had to be repeated");
    expect_done(&without);
    expect_writes(&without, "/orgs/acme/repos", 1);
    // The first one had no effect, which was seen before it was sent again.
    expect_writes(&with, "/orgs/acme/repos", 2);
    expect_writes(&with, "/keys", 2);
    expect_writes(&with, "updateRefs", 2);
}

#[test]
fn f2_a_secondary_limit_is_waited_for() {
    let claim = "a secondary limit that names its time is waited for, and the wait is told";
    let commits = format!("POST /api/v3/repos/acme/{REPOSITORY}/git/commits");
    let fault = format!("github.first=secondary_limit@{commits}");
    let (with, without) = compare("F2", claim, |is_armed| {
        let start = Instant::now();
        let seen = made_under(is_armed.then_some(&fault));
        assert!(!is_armed || start.elapsed().as_secs() >= 2, "{:?}", start.elapsed());
        seen
    });
    with.expect(0, "requests to GitHub had to be repeated once, which took ");
    expect_writes(&with, "/git/commits", 2);
    expect_done(&without);
}

#[test]
fn f3_a_secondary_limit_without_a_time_is_known_by_its_words() {
    let claim = "a secondary limit that names no time is told from a missing right, and is a minute at least";
    let (with, without) = compare("F3", claim, |fault| {
        made_within("1m", fault.then_some("github.request=secondary_limit_bare*1"))
    });
    with.expect(5, "GitHub's limit of requests is used up for another 1m");
    with.expect_writes("");
    expect_done(&without);
}

fn made_within(timeout: &str, fault: Option<&str>) -> Seen {
    let fleet = Fleet::new();
    bootstrap_under(fleet, fault, &format!("--timeout={timeout}"))
}

#[test]
fn f4_a_used_up_quota_is_waited_for() {
    let claim = "a quota that is renewed soon is waited for";
    let (with, without) =
        compare("F4", claim, |fault| made_under(fault.then_some("github.request=primary_limit*1")));
    with.expect(0, "because GitHub's limit of requests is used up");
    expect_done(&without);
}

#[test]
fn f4_a_quota_that_is_renewed_too_late_is_not_waited_for() {
    let claim =
        "a quota that is renewed after the time of the command ends it at once, with that time";
    let (with, without) = compare("F4", claim, |fault| {
        let start = Instant::now();
        let seen = made_within("10m", fault.then_some("github.request=primary_limit_long*1"));
        assert!(!fault || start.elapsed() < PATIENCE, "{:?}", start.elapsed());
        seen
    });
    with.expect(5, "GitHub's limit of requests is used up for another ");
    with.expect_writes("");
    expect_done(&without);
}

#[test]
fn f5_an_update_whose_answer_is_lost_is_one_commit() {
    let claim = "a connection that breaks after the branch was updated costs no second commit";
    let (with, without) = compare("F5", claim, |fault| {
        made_under(fault.then_some("github.update_ref=reset_after_effect*1"))
    });
    expect_done(&with);
    expect_writes(&with, "updateRefs", 1);
    expect_done(&without);
}

#[test]
fn f6_an_update_that_was_lost_is_sent_again() {
    let claim = "a connection that breaks before the branch was updated costs one more request";
    let (with, without) = compare("F6", claim, |fault| {
        made_under(fault.then_some("github.update_ref=reset_before_effect*1"))
    });
    expect_done(&with);
    expect_writes(&with, "updateRefs", 2);
    expect_done(&without);
    expect_writes(&without, "updateRefs", 1);
}

#[test]
fn f7_what_was_made_without_an_answer_is_adopted() {
    let claim = "repository, branch and key whose answers are lost are found, and not made again";
    let (with, without) = compare("F7", claim, |fault| {
        let fleet = Fleet::new();
        if fault {
            for name in ["github.create_repository", "github.create_key"] {
                fleet.sandbox.faults().arm(&format!("{name}=reset_after_effect*1")).unwrap();
            }
            let of_branch = "github.first=reset_after_effect@/git/refs";
            fleet.sandbox.faults().arm(of_branch).unwrap();
        }
        let run = bootstrap(&fleet, "--branch=production");
        assert_eq!(fleet.deploy_keys().len(), 1, "{run}");
        assert_eq!(fleet.history("production").matches("Add Flux").count(), 1, "{run}");
        assert_eq!(fleet.history("main"), "Initial commit\n  README.md\n");
        last_seen(fleet, &run)
    });
    expect_done(&with);
    for path in ["/orgs/acme/repos", "/git/refs", "/keys"] {
        expect_writes(&with, path, 1);
    }
    expect_done(&without);
}

/// Does something each of the first `times` that the branch is to be updated, before it is.
fn before_publishing(
    fleet: &Fleet,
    times: usize,
    mut act: impl FnMut(&GitHub, usize) + Send + 'static,
) {
    let (github, mut number) = (fleet.github().clone(), 0);
    fleet.github().on_ref_update(move |_| {
        number += 1;
        if number <= times {
            act(&github, number);
        }
    });
}

fn push_theirs(github: &GitHub, number: usize) {
    let (path, subject) = (format!("theirs-{number}.txt"), format!("Theirs {number}"));
    github.commit_file("acme", REPOSITORY, "main", &path, "x\n", &subject).unwrap();
}

#[test]
fn f8_a_branch_that_keeps_moving_loses_nothing() {
    let claim = "three commits of others between our look and our update stay below ours";
    let (with, without) = compare("F8", claim, |fault| {
        let fleet = Fleet::new();
        fleet.create_repository(true);
        before_publishing(&fleet, if fault { 3 } else { 0 }, push_theirs);
        let run = bootstrap(&fleet, "");
        let history = fleet.history("main");
        let subjects: Vec<&str> =
            history.lines().filter(|line| !line.starts_with(' ')).skip(1).collect();
        let theirs: &[&str] = if fault { &["Theirs 1", "Theirs 2", "Theirs 3"] } else { &[] };
        let ours = ["Add Flux v2.9.4 component and sync manifests"];
        assert_eq!(subjects, [theirs, &ours].concat(), "{run}");
        last_seen(fleet, &run)
    });
    expect_done(&with);
    expect_writes(&with, "updateRefs", 4);
    expect_done(&without);
}

#[test]
fn f9_commits_that_were_taken_away_do_not_come_back() {
    let claim = "a branch that was moved backwards after our look is left where it is";
    let (with, without) = compare("F9", claim, |fault| {
        let fleet = Fleet::new();
        fleet.create_repository(true);
        let before = fleet.head("main").unwrap();
        fleet.commit("mistake.txt", "to be taken back\n");
        let to = before.clone();
        before_publishing(&fleet, usize::from(fault), move |github, _| {
            github.reset_branch("acme", REPOSITORY, "main", &to).unwrap();
        });
        let run = bootstrap(&fleet, "");
        assert_eq!(fleet.head("main").as_ref() == Some(&before), fault, "{run}");
        last_seen(fleet, &run)
    });
    with.expect(
        7,
        "error: commits were taken away while this command was running; nothing was written",
    );
    expect_writes(&with, "namespaces/", 0);
    expect_done(&without);
}

#[test]
fn b12_a_first_push_that_somebody_else_is_faster_than_is_built_on_theirs() {
    let claim = "a first commit of somebody else into an empty repository stays below ours";
    let (with, without) = compare("B12", claim, |fault| {
        let fleet = Fleet::new();
        fleet.create_repository(false);
        before_publishing(&fleet, usize::from(fault), push_theirs);
        let run = bootstrap(&fleet, "");
        let theirs = if fault { "Theirs 1\n  theirs-1.txt\n" } else { "" };
        assert!(fleet.history("main").starts_with(&format!("{theirs}Add Flux ")), "{run}");
        last_seen(fleet, &run)
    });
    expect_done(&with);
    expect_writes(&with, "updateRefs", 1);
    expect_done(&without);
    expect_writes(&without, "updateRefs", 0);
}

#[test]
fn b13_a_commit_on_top_of_ours_is_as_good() {
    let claim = "a commit of somebody else on top of ours ends the wait as ours would";
    let (with, without) = compare("B13", claim, |fault| {
        let fleet = Fleet::new();
        fleet.create_repository(true);
        let before = fleet.head("main");
        let child = fleet.start(&arguments(&fleet, ""));
        if fault {
            fleet.until("our commit is there", || fleet.head("main") != before);
            push_theirs(fleet.github(), 1);
        }
        let run = fleet.finished(child);
        last_seen(fleet, &run)
    });
    expect_done(&with);
    let is_asked = |seen: &Seen| seen.reads.iter().any(|path| path.contains("/compare/"));
    assert!(with.each().all(is_asked), "whether theirs holds ours");
    expect_done(&without);
}

#[test]
fn f12_a_stale_answer_is_neither_believed_nor_asked_for_without_a_pause() {
    let claim =
        "a branch that is shown as it was, after an update was refused, is looked at with pauses";
    let (with, without) = compare("F12", claim, |fault| {
        let fleet = Fleet::new();
        fleet.create_repository(true);
        let faults = fleet.sandbox.faults().clone();
        before_publishing(&fleet, usize::from(fault), move |github, number| {
            push_theirs(github, number);
            faults.arm("github.read_ref=stale").unwrap();
        });
        let child = fleet.start(&arguments(&fleet, ""));
        if fault {
            // One before the update, then stale ones.
            fleet.until("it has seen stale answers", || reads_of_branch(&fleet) >= 4);
            fleet.sandbox.faults().clear("github.read_ref");
        }
        let run = fleet.finished(child);
        let reads = reads_of_branch(&fleet);
        assert!(reads <= 10, "{reads} reads of the branch: {run}");
        last_seen(fleet, &run)
    });
    expect_done(&with);
    expect_done(&without);
}

fn reads_of_branch(fleet: &Fleet) -> usize {
    let requests = fleet.sandbox.recorder().all().into_iter();
    requests.filter(|request| request.path.ends_with("/git/ref/heads/main")).count()
}

#[test]
fn f13_an_answer_that_does_not_come_ends_with_the_time() {
    let claim = "an answer that does not come, or comes byte by byte, ends when the time of the command is over";
    for fault in ["github.latency=600000", "github.trickle=1000"] {
        let (with, without) = compare("F13", claim, |is_armed| {
            // Long enough on a busy machine for what is not slow.
            made_within(if is_armed { "3s" } else { "5m" }, is_armed.then_some(fault))
        });
        with.expect(5, "timed out after 3s waiting for an answer from localhost");
        with.expect_writes("");
        expect_done(&without);
    }
}

fn interrupt(child: &Child) {
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.unwrap().success());
}

#[test]
fn f13_whoever_waits_for_an_answer_can_be_interrupted() {
    let claim = "Ctrl-C ends the wait for an answer, and that for a limit";
    for fault in ["github.latency=600000", "github.request=primary_limit_long"] {
        let (with, without) = compare("F13", claim, |is_armed| {
            let fleet = Fleet::new();
            if !is_armed {
                return bootstrap_under(fleet, None, "");
            }
            fleet.sandbox.faults().arm(fault).unwrap();
            let child = fleet.start(&arguments(&fleet, "--timeout=2h"));
            fleet.until("GitHub is asked", || fleet.sandbox.faults().has_fired(fault));
            interrupt(&child);
            let run = fleet.finished(child);
            last_seen(fleet, &run)
        });
        with.expect(130, "interrupted");
        with.expect_writes("");
        expect_done(&without);
    }
}

#[test]
fn f20_a_repository_that_is_being_made_is_waited_for() {
    let claim = "a new repository that is not shown yet, and then without Git, is waited for";
    let (with, without) = compare("F20", claim, |fault| {
        let fleet = Fleet::new();
        if fault {
            fleet.sandbox.faults().arm("github.read_repository=missing*2").unwrap();
            fleet.sandbox.faults().arm("github.git_data=not_ready*2").unwrap();
        }
        let run = bootstrap(&fleet, "");
        assert_made_once(&fleet);
        last_seen(fleet, &run)
    });
    expect_done(&with);
    let more = reads(&with) - reads(&without);
    assert!(more >= 4, "it has asked {more} times more");
    expect_done(&without);
}

fn reads(runs: &Runs) -> usize {
    runs.each().map(|seen| seen.reads.len()).sum()
}

#[test]
fn f21_a_folder_that_is_not_listed_completely_loses_nothing() {
    let claim = "a folder with too much below it for one answer is read level by level";
    let (with, without) = compare("F21", claim, |fault| {
        let fleet = Fleet::new();
        fleet.create_repository(true);
        let theirs =
            ["a", "b", "deep/c", "deep/d", "deep/e"].map(|name| format!("more/{name}.yaml"));
        theirs.iter().for_each(|path| {
            fleet.commit(&format!("{FOLDER}/{path}"), "# theirs\n");
        });
        if fault {
            // Every folder for itself has fewer, and `more` with all below it has six.
            fleet.github().set_tree_limit(5);
        }
        let run = bootstrap(&fleet, "");
        for path in &theirs {
            let file = fleet.file(&format!("{FOLDER}/{path}"));
            assert_eq!(file.as_deref(), Some("# theirs\n"), "{run}");
        }
        assert!(fleet.file(&format!("{FOLDER}/gotk-sync.yaml")).is_some(), "{run}");
        last_seen(fleet, &run)
    });
    expect_done(&with);
    assert!(reads(&with) > reads(&without));
    expect_done(&without);
}

#[test]
fn f22_a_tree_that_is_too_large_is_made_in_parts() {
    let claim =
        "a tree that GitHub finds too large is made in parts, and is one commit all the same";
    let (with, without) =
        compare("F22", claim, |fault| made_under(fault.then_some("github.create_tree=large")));
    expect_done(&with);
    expect_writes(&with, "/git/blobs", 3);
    expect_writes(&with, "/git/commits", 1);
    expect_done(&without);
    expect_writes(&without, "/git/blobs", 0);
}

#[test]
fn f25_a_bootstrap_that_was_killed_after_its_commit_makes_no_second_one() {
    let claim = "killed when the branch was updated and run again, it makes one commit and one key";
    let (with, without) = compare("F25", claim, |fault| {
        let fleet = Fleet::new();
        if fault {
            // Repository, tree, commit, branch.
            fleet.sandbox.faults().arm("github.hold=after:4").unwrap();
            let mut child = fleet.start(&arguments(&fleet, ""));
            let is_reached = || fleet.sandbox.faults().is_reached("github.hold");
            fleet.until("the branch is updated", is_reached);
            child.kill().unwrap();
            fleet.finished(child);
            fleet.sandbox.faults().clear("github.hold");
            assert_eq!(fleet.history("main").matches("Add Flux").count(), 1);
            fleet.sandbox.recorder().clear();
        }
        let run = bootstrap(&fleet, "");
        assert_made_once(&fleet);
        last_seen(fleet, &run)
    });
    expect_done(&with);
    with.expect_told("main of acme/fleet-infra is up to date at");
    expect_writes(&with, "updateRefs", 0);
    expect_done(&without);
}

#[test]
fn b23_a_bad_connection_costs_time_and_nothing_else() {
    let claim =
        "one request in five broken, or told to come later: all is made once, within the time";
    let (with, without) = compare("B23", claim, |fault| {
        // What is chosen depends on who asks.
        let token = Token::classic("ghp_thisOneIsAlwaysTheSame0123456789abcd", "alice", &["repo"]);
        let fleet = Fleet::of(Sandbox::builder().token(token));
        if fault {
            fleet.sandbox.faults().arm("github.flaky=20:42").unwrap();
        }
        let run = bootstrap(&fleet, "--timeout=5m");
        assert_made_once(&fleet);
        last_seen(fleet, &run)
    });
    with.expect(0, "requests to GitHub had to be repeated");
    expect_done(&without);
}

#[test]
fn b24_without_anybody_to_ask_for_the_token_it_ends_at_once() {
    let claim = "without a token, and nobody on standard input, it says what to set";
    let (with, without) = compare("B24", claim, |fault| {
        let fleet = Fleet::new();
        let mut command = fleet.command(&arguments(&fleet, ""));
        if fault {
            command.env_remove("GITHUB_TOKEN");
        }
        let run = fleet.run(command.stdin(Stdio::null()));
        last_seen(fleet, &run)
    });
    with.expect(2, "error: no GitHub token was given");
    with.expect_told("hint: set GITHUB_TOKEN, or pipe it in");
    with.expect_writes("");
    expect_done(&without);
}

#[test]
#[cfg(target_os = "linux")]
fn b24_an_interrupted_prompt_writes_nothing() {
    let claim = "Ctrl-C at the question for the token ends it, and nothing was written";
    let (with, without) = compare("B24", claim, |fault| {
        let fleet = Fleet::new();
        if !fault {
            return bootstrap_under(fleet, None, "");
        }
        let run = interrupted_at_prompt(&fleet);
        last_seen(fleet, &run)
    });
    // The terminal shows what was typed on the same line.
    with.expect(130, "");
    with.expect_told("error: interrupted\n");
    with.expect_writes("");
    expect_done(&without);
}

/// On a terminal, which `script` of util-linux makes, where somebody types Ctrl-C.
#[cfg(target_os = "linux")]
fn interrupted_at_prompt(fleet: &Fleet) -> Run {
    use std::io::{Read as _, Write as _};

    let nigari = format!("{} {}", env!("CARGO_BIN_EXE_nigari"), arguments(fleet, ""));
    let mut command = fleet.sandbox.command("script");
    command.args(["--quiet", "--return", "--echo", "never", "--command", &nigari, "/dev/null"]);
    command.env("NO_COLOR", "1").env_remove("GITHUB_TOKEN");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut shown, mut screen) = (Vec::new(), child.stdout.take().unwrap());
    while !String::from_utf8_lossy(&shown).contains("GitHub token") {
        let mut byte = [0];
        screen.read_exact(&mut byte).unwrap();
        shown.push(byte[0]);
    }
    let mut keyboard = child.stdin.take().unwrap();
    keyboard.write_all(b"\x03").unwrap();
    keyboard.flush().unwrap();
    screen.read_to_end(&mut shown).unwrap();
    let mut output = child.wait_with_output().unwrap();
    output.stdout = shown;
    output.stdout.retain(|byte| *byte != b'\r');
    fleet.heard(output)
}
