//! `nigari get`: which objects are shown, in which order, and what programs get of them.

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari::kinds::terraform::TERRAFORM;
use nigari_test_support::cluster::{Cluster, object};
use nigari_test_support::program::command;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

fn conditions(status: &str, message: &str, since: &str) -> Value {
    json!([{"type": "Ready", "status": status, "reason": "Any", "message": message,
            "lastTransitionTime": since, "observedGeneration": 1}])
}

fn kustomization(name: &str, status: &str, message: &str) -> Value {
    let status = json!({"conditions": conditions(status, message, "2026-01-01T08:00:00Z"),
               "lastAppliedRevision": "main@sha1:696f056df216eea4f9401adbee0ff744d4df390f"});
    let mut kustomization = object(
        &KUSTOMIZATION,
        name,
        json!({"spec": {"sourceRef": {"kind": "GitRepository", "name": "fleet"}}, "status": status}),
    );
    kustomization["metadata"]["labels"] =
        json!({"team": if name == "web" { "web" } else { "all" }});
    kustomization
}

fn terraform(name: &str, status: &str, plan: &str) -> Value {
    object(
        &TERRAFORM,
        name,
        json!({
            "spec": {"sourceRef": {"kind": "GitRepository", "name": "fleet"}},
            "status": {"plan": {"pending": plan},
                       "conditions": conditions(status, "Plan generated", "2026-01-01T08:00:00Z")},
        }),
    )
}

/// Four kustomizations, two of which are not ready, of which one is suspended.
fn fleet() -> Cluster {
    let cluster = Cluster::with(&[&GIT_REPOSITORY, &KUSTOMIZATION, &TERRAFORM]);
    cluster.put(kustomization("app-10", "True", "ten"));
    cluster.put(kustomization("app-2", "False", "two"));
    cluster.put(kustomization("app-1", "True", "one"));
    let mut web = kustomization("web", "False", "web");
    web["spec"]["suspend"] = json!(true);
    cluster.put(web);
    cluster
}

#[test]
fn a_template_is_about_the_object_that_was_named() {
    let cluster = fleet();
    let run = cluster.nigari("get ks app-2 -o jsonpath={.metadata.name}:{.status.conditions[?(@.type==\"Ready\")].message}");
    assert_eq!(run.to_string(), "app-2:two");
    let absent = cluster.nigari("get ks nope -o jsonpath={.metadata.name}");
    assert_eq!((absent.stdout(), absent.exit_code()), ("", Some(3)));
}

#[test]
fn a_template_is_about_the_list_otherwise() {
    let cluster = fleet();
    let template = "jsonpath={.kind}:{range .items[*]}{.metadata.name},{end}";
    let mut command = command(&cluster.0, "get all --sort-by name -o");
    let run = command.arg(template).output().unwrap();
    assert_eq!(String::from_utf8(run.stdout).unwrap(), "List:app-1,app-2,app-10,web,");
    let items = cluster.nigari("get ks app-1 app-2 -o jsonpath={.items[*].metadata.name}");
    assert_eq!(items.to_string(), "app-1 app-2");
    assert_eq!(cluster.nigari("get all -n apps -o jsonpath={.items}").stdout(), "[]");
}

#[test]
fn a_template_that_is_none_is_refused_before_anything_is_asked() {
    let cluster = fleet();
    cluster.0.recorder().clear();
    assert_data_eq!(
        cluster.nigari("get ks -o jsonpath={.items[*}").to_string(),
        str![[r#"
------- stderr -------
error: no template for -o jsonpath: at "}": the bracket is not closed
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("get ks -o xml").to_string(),
        str![[r#"
------- stderr -------
error: invalid value 'xml' for '--output <FORMAT>'
  [possible values: table, wide, json, yaml, name, jsonpath=]

  tip: a similar value exists: 'yaml'

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert!(cluster.0.recorder().all().is_empty());
}

#[test]
fn rows_are_sorted_by_a_column_or_a_field() {
    let cluster = fleet();
    let names = |sort: &str| {
        let run = cluster.nigari(&format!("get ks -o name --sort-by {sort}"));
        run.stdout().replace("kustomization.kustomize.toolkit.fluxcd.io/", "").replace('\n', " ")
    };
    assert_eq!(names("name"), "app-1 app-2 app-10 web ");
    assert_eq!(names("ready"), "app-2 web app-1 app-10 ");
    assert_eq!(names("{.metadata.labels.team}"), "app-1 app-10 app-2 web ");
    assert_eq!(names(".spec.suspend"), "web app-1 app-10 app-2 ");
    assert_data_eq!(
        cluster.nigari("get ks --sort-by message").to_string(),
        str![[r#"
NAME     REVISION             SUSPENDED   READY   MESSAGE
app-1    main@sha1:696f056d   False       True    one
app-10   main@sha1:696f056d   False       True    ten
app-2    main@sha1:696f056d   False       False   two
web      main@sha1:696f056d   True        False   web

"#]]
    );
    assert_data_eq!(
        cluster.nigari("get ks --sort-by age").to_string(),
        str![[r#"
------- stderr -------
error: there is no column "age" to sort by; there are message, name, ready, revision, suspended, or write a field like .metadata.name
[exit status: 2]

"#]]
    );
}

#[test]
fn every_filter_holds_at_the_same_time() {
    let cluster = fleet();
    cluster.put(terraform("vpc", "False", ""));
    let names = |filters: &str| {
        let run = cluster.nigari(&format!("get all -o name {filters}"));
        run.stdout()
            .lines()
            .map(|line| line.rsplit('/').next().unwrap())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(names(""), "app-1 app-10 app-2 web vpc");
    assert_eq!(names("--kind kustomization"), "app-1 app-10 app-2 web");
    assert_eq!(names("--kind ks,terraform --not-ready"), "app-2 web vpc");
    assert_eq!(names("--kind ks --not-ready --suspended"), "web");
    assert_eq!(names("--kind ks --not-ready -l team=all"), "app-2");
    assert_eq!(names("--not-ready --field-selector metadata.name!=web"), "app-2 vpc");
    assert_eq!(names("--status-selector Ready=True --stale 24h"), "app-1 app-10");
    assert_eq!(names("--not-ready --stale 24h --kind Terraform"), "vpc");
    assert_eq!(names("--stale 2000000h"), "");
    let stranger = cluster.nigari("get sources all --kind ks");
    assert_data_eq!(
        stranger.to_string(),
        str![[r#"
------- stderr -------
error: --kind Kustomization is not among the kinds that were asked for
[exit status: 2]

"#]]
    );
}

#[test]
fn what_a_controller_has_just_written_is_not_stale() {
    let cluster = fleet();
    let mut fresh = kustomization("app-1", "False", "just now");
    let now = k8s_openapi::jiff::Timestamp::now().to_string();
    fresh["status"]["conditions"] = conditions("False", "just now", &now);
    cluster.put(fresh);
    let run = cluster.nigari("get ks --not-ready --stale 1h -o name --sort-by name");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
kustomization.kustomize.toolkit.fluxcd.io/app-2
kustomization.kustomize.toolkit.fluxcd.io/web

"#]]
    );
}

#[test]
fn a_watch_shows_what_becomes_stale_and_lets_go_of_what_is_not() {
    let cluster = fleet();
    let mut watch = cluster.start("get ks --watch --no-header --stale 2s --sort-by name");
    let old = [watch.line(), watch.line(), watch.line(), watch.line()];
    assert!(old[2].starts_with("app-10 "), "{old:?}");
    let mut fresh = kustomization("app-1", "True", "just now");
    let now = k8s_openapi::jiff::Timestamp::now().to_string();
    fresh["status"]["conditions"] = conditions("True", "just now", &now);
    cluster.put(fresh);
    // It is told that it changed; two seconds later it is stale again.
    for _ in 0..2 {
        let line = watch.line();
        assert!(line.starts_with("app-1 ") && line.ends_with("just now"), "{line}");
    }
}

#[test]
fn a_template_is_filled_in_for_each_change() {
    let cluster = fleet();
    let mut watch = cluster
        .start("get ks app-1 --watch -o jsonpath={.metadata.name}={.status.conditions[0].message}");
    assert_eq!(watch.line(), "app-1=one");
    cluster.put(kustomization("app-1", "True", "changed"));
    assert_eq!(watch.line(), "app-1=changed");
}

#[test]
fn the_exit_code_tells_what_is_not_ready() {
    let cluster = fleet();
    let healthy = cluster.nigari("get ks app-1 app-10 --exit-status");
    assert_eq!(healthy.exit_code(), Some(0), "{healthy}");
    assert_data_eq!(
        cluster.nigari("get ks --exit-status --no-header").to_string(),
        str![[r#"
app-1    main@sha1:696f056d   False   True    one
app-10   main@sha1:696f056d   False   True    ten
app-2    main@sha1:696f056d   False   False   two
web      main@sha1:696f056d   True    False   web
------- stderr -------
error: 2 of 4 objects are not ready: Kustomization flux-system/app-2, Kustomization flux-system/web
[exit status: 1]

"#]]
    );
    let selected = cluster.nigari("get ks --exit-status -o name --status-selector Ready=True");
    assert_eq!(selected.exit_code(), Some(0), "only what is shown counts: {selected}");
}

#[test]
fn a_plan_that_waits_is_told_apart_from_a_failure() {
    let cluster = fleet();
    cluster.put(terraform("vpc", "Unknown", "plan-main-696f056df2"));
    let waiting = cluster.nigari("get terraform --exit-status -o name");
    assert_data_eq!(
        waiting.to_string(),
        str![[r#"
terraform.infra.contrib.fluxcd.io/vpc
------- stderr -------
error: Terraform flux-system/vpc waits for its plan's approval
[exit status: 9]

"#]]
    );
    let both = cluster.nigari("get all --exit-status -o name");
    assert_eq!(both.exit_code(), Some(1), "{both}");
}

#[test]
fn a_watch_ends_with_what_it_saw_last() {
    let cluster = fleet();
    let run = cluster.nigari("get ks --watch --timeout 1s --exit-status --no-header");
    assert_eq!(run.exit_code(), Some(1), "{run}");
    let fine = cluster.nigari("get ks app-1 --watch --timeout 1s --exit-status --no-header");
    assert_eq!(fine.exit_code(), Some(0), "{fine}");
}
