//! `nigari delete`.

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari::kinds::terraform::TERRAFORM;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, kustomization, object};
use nigari_test_support::fleet::Fleet;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

/// A Kustomization that has applied two objects.
fn apps() -> Value {
    let entries = json!([
        {"id": "apps_web_apps_Deployment", "v": "v1"},
        {"id": "apps_web__Service", "v": "v1"},
    ]);
    let mut apps = kustomization("apps", json!({}));
    apps["status"]["inventory"]["entries"] = entries;
    apps
}

fn idle() -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &GIT_REPOSITORY]);
    cluster.put(apps());
    cluster.put(kustomization("infra", json!({"prune": false})));
    cluster
}

/// The Kustomization with a finalizer that nobody runs.
fn held() -> Cluster {
    let cluster = idle();
    let mut held = apps();
    held["metadata"]["finalizers"] = json!(["finalizers.fluxcd.io"]);
    cluster.put(held);
    cluster
}

#[test]
fn shows_what_goes_with_it_and_deletes() {
    let cluster = idle();
    assert_data_eq!(
        cluster.nigari("delete kustomization apps --silent").to_string(),
        str![[r#"
------- stderr -------
► Kustomization flux-system/apps: its 2 objects are deleted too, unless annotated kustomize.toolkit.fluxcd.io/prune: disabled
    Deployment/apps/web
    Service/apps/web
► deleting kustomization apps in flux-system namespace
✔ kustomization deleted

"#]]
    );
    assert_data_eq!(
        cluster.writes(),
        str![[r#"
DELETE flux-system/kustomizations/apps {"preconditions":{"uid":"[UID]"}}

"#]]
    );
    assert_eq!(cluster.get(&KUSTOMIZATION, "apps"), None);
    assert_data_eq!(
        cluster.nigari("delete kustomization apps -s").to_string(),
        str![[r#"
------- stderr -------
error: Kustomization flux-system/apps not found
  hint: list them with: nigari get kustomization -A
[exit status: 3]

"#]]
    );
}

#[test]
fn what_a_kustomization_applied_is_gone_when_it_is() {
    let fleet = Fleet::bootstrapped();
    fleet.commit("clusters/production/hello.yaml", HELLO);
    fleet.commit("hello/settings.yaml", SETTINGS);
    let synced = fleet.nigari("reconcile ks flux-system --with-source");
    assert_eq!(synced.exit_code(), Some(0), "{synced}");
    let applied = fleet.nigari("reconcile ks hello");
    assert_eq!(applied.exit_code(), Some(0), "{applied}");
    assert!(fleet.object("v1", "ConfigMap", "settings").is_some());
    assert_data_eq!(
        fleet.nigari("delete ks hello --silent --wait").to_string(),
        str![[r#"
------- stderr -------
► Kustomization flux-system/hello: its 1 object is deleted too, unless annotated kustomize.toolkit.fluxcd.io/prune: disabled
    ConfigMap/flux-system/settings
⚠️ Kustomization flux-system/flux-system applies Kustomization flux-system/hello, and may do so again
► deleting kustomization hello in flux-system namespace
◎ waiting for the finalizers of kustomization hello
✔ kustomization deleted

"#]]
    );
    assert!(fleet.object("v1", "ConfigMap", "settings").is_none());
    fleet.finish();
}

const HELLO: &str = "apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: hello
  namespace: flux-system
spec:
  interval: 10m
  path: ./hello
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
";

const SETTINGS: &str = "apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: flux-system
data:
  colour: blue
";

#[test]
fn without_a_terminal_somebody_has_to_have_decided() {
    let cluster = idle();
    cluster.writes();
    assert_data_eq!(
        cluster.nigari("delete ks apps").to_string(),
        str![[r#"
------- stderr -------
error: there is no terminal to ask on whether this may be deleted
  hint: --silent deletes without asking
[exit status: 2]

"#]]
    );
    assert_eq!(cluster.0.recorder().all(), []);
}

/// On a terminal, which `script` of util-linux makes.
#[cfg(target_os = "linux")]
mod on_a_terminal {
    use nigari::kinds::kustomize::KUSTOMIZATION;
    use snapbox::{assert_data_eq, str};

    use super::idle;
    use nigari_test_support::program::typed;

    #[test]
    fn its_name_has_to_be_typed() {
        let cluster = idle();
        assert_data_eq!(
            typed(&cluster.0, "delete ks apps", "yes\n").to_string(),
            str![[r#"
► Kustomization flux-system/apps: its 2 objects are deleted too, unless annotated kustomize.toolkit.fluxcd.io/prune: disabled
    Deployment/apps/web
    Service/apps/web
type "apps" to delete it: error: aborting, nothing was deleted
[exit status: 1]

"#]]
        );
        assert_eq!(cluster.writes(), "");
        assert_data_eq!(
            typed(&cluster.0, "delete ks apps", "apps\n").to_string(),
            str![[r#"
► Kustomization flux-system/apps: its 2 objects are deleted too, unless annotated kustomize.toolkit.fluxcd.io/prune: disabled
    Deployment/apps/web
    Service/apps/web
type "apps" to delete it: ► deleting kustomization apps in flux-system namespace
✔ kustomization deleted

"#]]
        );
        assert_eq!(cluster.get(&KUSTOMIZATION, "apps"), None);
    }

    #[test]
    fn of_several_their_number_has_to_be_typed() {
        let cluster = idle();
        assert_data_eq!(
            typed(&cluster.0, "delete ks --all", "delete 1\n").to_string(),
            str![[r#"
► Kustomization flux-system/apps: its 2 objects are deleted too, unless annotated kustomize.toolkit.fluxcd.io/prune: disabled
    Deployment/apps/web
    Service/apps/web
► Kustomization flux-system/infra: it has applied nothing
type "delete 2" to delete them: error: aborting, nothing was deleted
[exit status: 1]

"#]]
        );
        assert_eq!(cluster.writes(), "");
        let run = typed(&cluster.0, "delete ks --all", "delete 2\n");
        assert_eq!(run.exit_code(), Some(0), "{run}");
        assert_eq!(cluster.get(&KUSTOMIZATION, "infra"), None);
    }
}

#[test]
fn finalizers_are_waited_for_only_when_asked() {
    let cluster = held();
    assert_data_eq!(
        cluster.nigari("delete ks apps -s").to_string(),
        str![[r#"
------- stderr -------
► Kustomization flux-system/apps: its 2 objects are deleted too, unless annotated kustomize.toolkit.fluxcd.io/prune: disabled
    Deployment/apps/web
    Service/apps/web
► deleting kustomization apps in flux-system namespace
✔ kustomization apps will be gone when its finalizers have run

"#]]
    );
    cluster.writes();
    let run = cluster.nigari("delete ks apps -s --wait --timeout=4s");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► Kustomization flux-system/apps: its 2 objects are deleted too, unless annotated kustomize.toolkit.fluxcd.io/prune: disabled
    Deployment/apps/web
    Service/apps/web
◎ waiting for the finalizers of kustomization apps
error: timed out after 4s waiting for Kustomization flux-system/apps
  cause: held by finalizers.fluxcd.io; last seen: flux-system/apps has no Ready condition
  hint: give it longer with --timeout
[exit status: 5]

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn what_is_created_again_meanwhile_is_left_alone() {
    let cluster = idle();
    let run = cluster.nigari_while("delete ks infra -s", "kustomizations/infra", || {
        let mut infra = kustomization("infra", json!({}));
        infra["metadata"]["uid"] = json!("another");
        cluster.put(infra);
    });
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
► Kustomization flux-system/infra: it has applied nothing
► deleting kustomization infra in flux-system namespace
error: cannot delete Kustomization flux-system/infra: it was deleted and created again
[exit status: 7]

"#]]
    );
    assert!(cluster.get(&KUSTOMIZATION, "infra").is_some());
}

#[test]
fn what_stands_in_the_way_is_told_before() {
    let cluster = Cluster::with(&[&TERRAFORM]);
    let spec = json!({"destroyResourcesOnDeletion": true, "suspend": true});
    let mut vpc = object(&TERRAFORM, "vpc", json!({"spec": spec}));
    vpc["metadata"]["finalizers"] = json!(["finalizers.tf.contrib.fluxcd.io"]);
    vpc["metadata"]["labels"] = json!({
        "kustomize.toolkit.fluxcd.io/name": "infra",
        "kustomize.toolkit.fluxcd.io/namespace": "flux-system",
    });
    cluster.put(vpc);
    assert_data_eq!(
        cluster.nigari("delete tf vpc --dry-run").to_string(),
        str![[r#"
------- stderr -------
► Terraform flux-system/vpc: everything in its state is destroyed
⚠️ Kustomization flux-system/infra applies Terraform flux-system/vpc, and may do so again
⚠️ tofu-controller deletes nothing that is suspended: nigari resume terraform vpc -n flux-system
✔ terraform vpc would be deleted (dry run)

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn a_long_list_is_cut_unless_all_of_it_is_asked_for() {
    let cluster = idle();
    let entry = |number: usize| json!({"id": format!("apps_app-{number}__ConfigMap"), "v": "v1"});
    let mut many = apps();
    many["status"]["inventory"]["entries"] = (0..25).map(entry).collect();
    cluster.put(many);
    let short = cluster.nigari("delete ks apps --dry-run").to_string();
    assert!(short.contains("app-19\n    and 5 more, shown with --verbose\n"), "{short}");
    let long = cluster.nigari("delete ks apps --dry-run --verbose").to_string();
    assert!(long.contains("ConfigMap/apps/app-24\n"), "{long}");
}

#[test]
fn each_of_several_is_tried() {
    let cluster = idle();
    assert_data_eq!(
        cluster.nigari("delete ks web infra -s").to_string(),
        str![[r#"
------- stderr -------
► Kustomization flux-system/infra: it has applied nothing
► deleting kustomization infra in flux-system namespace
✔ kustomization infra deleted
✗ Kustomization flux-system/web not found
error: 1 of 2 objects were not deleted
[exit status: 3]

"#]]
    );
    assert_eq!(cluster.get(&KUSTOMIZATION, "infra"), None);
}

#[test]
fn nothing_there_is_no_success() {
    let cluster = idle();
    assert_data_eq!(
        cluster.nigari("delete source git --all -s").to_string(),
        str![[r#"
------- stderr -------
error: no GitRepository objects found in "flux-system" namespace
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("delete hr podinfo -s").to_string(),
        str![[r#"
------- stderr -------
error: the cluster has no helmreleases (helm.toolkit.fluxcd.io v2, v2beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
}

#[test]
fn what_is_not_allowed() {
    let cluster = idle();
    cluster.0.kube().deny(Deny::new("delete", KUSTOMIZATION.group, KUSTOMIZATION.plural));
    assert_data_eq!(
        cluster.nigari("delete ks infra -s").to_string(),
        str![[r#"
------- stderr -------
► Kustomization flux-system/infra: it has applied nothing
► deleting kustomization infra in flux-system namespace
error: cannot delete Kustomization flux-system/infra: kustomizations.kustomize.toolkit.fluxcd.io "infra" is forbidden: User "admin" cannot delete resource "kustomizations" in API group "kustomize.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn a_cluster_that_does_not_answer() {
    let run = Cluster::empty().nigari("delete ks apps -s --server=https://127.0.0.1:1");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: cannot reach the cluster at https://127.0.0.1:1: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
}
