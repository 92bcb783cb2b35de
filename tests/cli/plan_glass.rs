//! `plan break-glass`: a person in the runner.

use std::io::Write as _;
use std::process::{Child, Stdio};

use nigari_test_support::infra::{Infra, condition, terraforms, told};
use nigari_test_support::program::command;
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

/// A cluster whose tofu-controller lets people break the glass; the plan of `vpc` waits.
fn infra() -> Infra {
    let (infra, _) = Infra::with_vpc(&json!({"retryInterval": "1s"}));
    infra.sandbox.faults().arm("tofu.break_glass=allowed").unwrap();
    infra
}

fn asked(vpc: &Value) -> &Value {
    &vpc["metadata"]["annotations"]["break-the-glass.tf-controller/requestedAt"]
}

/// Nothing is left of the session: another plan waits.
#[track_caller]
fn expect_over(infra: &Infra) {
    assert!(asked(&infra.vpc()).is_null());
    infra.waiting("vpc");
}

/// A session in which somebody works for as long as the test does.
fn working(infra: &Infra) -> Child {
    let child = infra.start("plan break-glass vpc -- sleep 600");
    infra.wait(&terraforms(), "vpc", |vpc| {
        condition(vpc, "Ready")["message"] == "Breaking the glass ..."
    });
    child
}

#[cfg(unix)]
fn signal(child: &Child, name: &str) {
    let status = std::process::Command::new("kill").args([name, &child.id().to_string()]).status();
    assert!(status.unwrap().success());
}

#[test]
fn a_command_runs_in_the_folder_of_the_module_and_the_session_ends_with_it() {
    let infra = infra();
    let run = infra.nigari("plan break-glass vpc -- pwd");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(run.stdout().ends_with("/flux-system-vpc\n"), "{run}");
    assert_data_eq!(
        nigari_test_support::infra::redacted(run.stderr()),
        str![[r#"
⚠️ [PLAN] no longer waits for approval: Terraform flux-system/vpc is planned again after the session
◎ waiting for the runner of Terraform flux-system/vpc
✔ Terraform flux-system/vpc: no session is left, tofu-controller goes on

"#]]
    );
    expect_over(&infra);
}

#[test]
fn a_command_reads_our_input_and_its_failure_is_ours() {
    let infra = infra();
    let mut command = command(&infra.sandbox, "plan break-glass vpc -- sh");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"echo out; echo err >&2; exit 3\n").unwrap();
    let run = Run::of(&infra.sandbox, child.wait_with_output().unwrap());
    assert_eq!((run.exit_code(), run.stdout()), (Some(1), "out\n"), "{run}");
    assert!(run.stderr().contains("err\n"), "{run}");
    assert!(run.stderr().contains("sh has ended with 3 in Pod flux-system/vpc-tf-runner"), "{run}");
    expect_over(&infra);
}

#[test]
fn without_a_terminal_a_command_is_needed_and_nothing_asked_for() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    assert_data_eq!(
        told(&infra.nigari("plan break-glass vpc")),
        str![[r#"
------- stderr -------
error: there is no terminal for a shell in the runner
  hint: name a command instead: -- COMMAND
  hint: or end a session that was left behind with --end
[exit status: 2]

"#]]
    );
    assert_eq!(infra.writes(), "");
}

#[test]
fn a_controller_that_allows_none_is_told_and_nothing_left_behind() {
    let (infra, _) = Infra::with_vpc(&json!({}));
    assert_data_eq!(
        told(&infra.nigari("plan break-glass vpc -- true")),
        str![[r#"
------- stderr -------
⚠️ [PLAN] no longer waits for approval: Terraform flux-system/vpc is planned again after the session
◎ waiting for the runner of Terraform flux-system/vpc
✔ Terraform flux-system/vpc: no session is left, tofu-controller goes on
error: tofu-controller allows no session in the runner of Terraform flux-system/vpc
  hint: allow them with allowBreakTheGlass: true among the values of its chart
[exit status: 6]

"#]]
    );
    assert!(asked(&infra.vpc()).is_null());
}

#[test]
fn what_would_be_applied_unseen_afterwards_is_refused() {
    let (infra, id) = Infra::with_vpc(&json!({}));
    infra.sandbox.faults().arm("tofu.pause=start").unwrap();
    infra.merge(&terraforms(), "vpc", json!({"spec": {"approvePlan": id}}));
    let run = infra.nigari("plan break-glass vpc -- true");
    assert_eq!(run.exit_code(), Some(7), "{run}");
    assert_eq!(infra.writes(), "");
}

#[cfg(unix)]
#[test]
fn an_interrupted_session_is_ended() {
    let infra = infra();
    let child = working(&infra);
    signal(&child, "-INT");
    let run = infra.finished(child);
    assert_eq!(run.exit_code(), Some(130), "{run}");
    expect_over(&infra);
}

#[cfg(unix)]
#[test]
fn a_session_that_has_not_begun_is_taken_back_too() {
    let infra = infra();
    infra.sandbox.faults().arm("tofu.pause=init").unwrap();
    let child = infra.start("plan break-glass vpc -- true");
    infra.wait(&terraforms(), "vpc", |vpc| {
        condition(vpc, "Ready")["message"] == "Initializing" && asked(vpc).is_string()
    });
    signal(&child, "-TERM");
    infra.wait(&terraforms(), "vpc", |vpc| asked(vpc).is_null());
    // The pass has read the request: its session begins now, and has to be ended as well.
    infra.sandbox.faults().clear("tofu.pause");
    let run = infra.finished(child);
    assert_eq!(run.exit_code(), Some(130), "{run}");
    expect_over(&infra);
}

#[test]
fn what_a_killed_session_has_left_is_ended_later() {
    let infra = infra();
    let mut child = working(&infra);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(asked(&infra.vpc()).is_string());
    assert_data_eq!(
        told(&infra.nigari("plan break-glass vpc --end")),
        str![[r#"
------- stderr -------
✔ Terraform flux-system/vpc: no session is left, tofu-controller goes on

"#]]
    );
    expect_over(&infra);
    let none = infra.nigari("plan break-glass vpc --end");
    assert_eq!(none.exit_code(), Some(0), "{none}");
    assert!(none.stderr().contains("there is no session"), "{none}");

    let mut child = working(&infra);
    child.kill().unwrap();
    child.wait().unwrap();
    let run = infra.nigari("plan break-glass vpc -- echo again");
    assert_eq!((run.exit_code(), run.stdout()), (Some(0), "again\n"), "{run}");
    assert!(run.stderr().contains("it is taken over"), "{run}");
    expect_over(&infra);
}

#[cfg(target_os = "linux")]
#[test]
fn a_shell_on_a_terminal_which_is_given_back() {
    let infra = infra();
    let typed = "echo $((40+2))\nfalse\nexit\n";
    let run =
        nigari_test_support::program::typed(&infra.sandbox, "plan break-glass vpc; stty -a", typed);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let said = run.to_string();
    let (session, settings) = said.split_once("no session is left").unwrap();
    assert!(session.contains("42"), "{said}");
    assert!(settings.contains(" icanon") && !settings.contains("-icanon"), "{said}");
    expect_over(&infra);
}
