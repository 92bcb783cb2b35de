//! `nigari create --check-references`: what a manifest refers to, looked for before anything is written.

use nigari::kinds::helm::HELM_RELEASE;
use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::{GIT_REPOSITORY, HELM_REPOSITORY};
use nigari::kinds::terraform::TERRAFORM;
use nigari_sandbox::kube::Deny;
use nigari_test_support::cluster::{Cluster, kustomization, object};
use nigari_test_support::fleet::Fleet;
use serde_json::json;
use snapbox::{assert_data_eq, str};

const APPS: &str = "create kustomization apps --source=fleet --depends-on=infra --service-account=deployer \
    --decryption-provider=sops --decryption-secret=age --check-references";

fn put_builtin(cluster: &Cluster, kind: &str, name: &str) {
    cluster.put(json!({"apiVersion": "v1", "kind": kind,
        "metadata": {"name": name, "namespace": "flux-system"}}));
}

fn put_source(cluster: &Cluster) {
    let spec = json!({"url": "https://example.com/a", "interval": "1m"});
    cluster.put(object(&GIT_REPOSITORY, "fleet", json!({"spec": spec})));
}

#[test]
fn everything_that_is_missing_is_named_and_nothing_is_printed() {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &GIT_REPOSITORY]);
    let export = format!("{APPS} --export");
    assert_data_eq!(
        cluster.nigari(&export).to_string(),
        str![[r#"
------- stderr -------
✗ cannot rely on spec.sourceRef: GitRepository flux-system/fleet not found
✗ cannot rely on spec.dependsOn[*]: Kustomization flux-system/infra not found
✗ cannot rely on spec.decryption.secretRef: Secret flux-system/age not found
✗ cannot rely on spec.serviceAccountName: ServiceAccount flux-system/deployer not found
error: 4 of 4 objects that the manifest refers to could not be found
[exit status: 3]

"#]]
    );
    put_source(&cluster);
    cluster.put(kustomization("infra", json!({})));
    put_builtin(&cluster, "ServiceAccount", "deployer");
    assert_data_eq!(
        cluster.nigari(&export).to_string(),
        str![[r#"
------- stderr -------
✗ cannot rely on spec.decryption.secretRef: Secret flux-system/age not found
error: 1 of 4 objects that the manifest refers to could not be found
[exit status: 3]

"#]]
    );
    put_builtin(&cluster, "Secret", "age");
    let complete = cluster.nigari(&export);
    assert_eq!(complete.exit_code(), Some(0), "{complete}");
    assert!(complete.stdout().starts_with("---\napiVersion: kustomize.toolkit.fluxcd.io/v1\n"));
    assert_eq!(cluster.writes(), "");
}

#[test]
fn a_manifest_is_printed_without_asking_anybody_unless_that_was_wanted() {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &GIT_REPOSITORY]);
    cluster.0.recorder().clear();
    let plain = APPS.replace("--check-references", "--export");
    assert_eq!(cluster.nigari(&plain).exit_code(), Some(0));
    assert!(cluster.0.recorder().all().is_empty());
}

#[test]
fn the_only_one_is_told_with_its_place() {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &GIT_REPOSITORY]);
    let words = "create kustomization apps --source=fleet --check-references";
    assert_data_eq!(
        cluster.nigari(words).to_string(),
        str![[r#"
------- stderr -------
error: cannot rely on spec.sourceRef
  cause: GitRepository flux-system/fleet not found
[exit status: 3]

"#]]
    );
    assert_eq!(cluster.writes(), "");
    let without = Cluster::with(&[&KUSTOMIZATION]);
    assert_data_eq!(
        without.nigari(words).to_string(),
        str![[r#"
------- stderr -------
error: cannot rely on spec.sourceRef
  cause: the cluster has no gitrepositories (source.toolkit.fluxcd.io v1, v1beta2)
  hint: see what is installed with: nigari get all -A
[exit status: 4]

"#]]
    );
    put_source(&cluster);
    cluster.0.kube().deny(Deny::new("get", GIT_REPOSITORY.group, GIT_REPOSITORY.plural));
    assert_data_eq!(
        cluster.nigari(words).to_string(),
        str![[r#"
------- stderr -------
error: cannot rely on spec.sourceRef
  cause: cannot look for GitRepository flux-system/fleet: gitrepositories.source.toolkit.fluxcd.io "fleet" is forbidden: User "admin" cannot get resource "gitrepositories" in API group "source.toolkit.fluxcd.io" in the namespace "flux-system"
[exit status: 6]

"#]]
    );
}

#[test]
fn no_value_of_a_secret_is_read() {
    let cluster = Cluster::with(&[&HELM_REPOSITORY]);
    put_builtin(&cluster, "Secret", "token");
    cluster.0.recorder().clear();
    let words = "create source helm charts --url=https://example.com --secret-ref=token --export \
                 --check-references";
    let run = cluster.nigari(words);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let requests = cluster.0.recorder().all();
    let paths: Vec<&str> = requests.iter().map(|request| request.path.as_str()).collect();
    assert_eq!(paths, ["/api/v1/namespaces/flux-system/secrets/token"]);
}

#[test]
fn what_the_same_command_makes_need_not_be_there() {
    let cluster = Cluster::with(&[&GIT_REPOSITORY]);
    let words = "create source git app --url=https://example.com/app --branch=main --username=a \
                 --password=b --check-references --dry-run";
    let run = cluster.nigari(words);
    assert_eq!(run.exit_code(), Some(0), "{run}");
}

#[test]
fn accounts_values_and_roles_are_references_too() {
    let cluster = Cluster::with(&[&TERRAFORM, &HELM_RELEASE, &GIT_REPOSITORY, &HELM_REPOSITORY]);
    put_source(&cluster);
    let terraform = "create terraform vpc --source=fleet --approve=auto --vars-from=Secret/inputs \
                     --export --check-references";
    assert_data_eq!(
        cluster.nigari(terraform).to_string(),
        str![[r#"
------- stderr -------
✗ cannot rely on spec.serviceAccountName: ServiceAccount flux-system/tf-runner not found
✗ cannot rely on spec.varsFrom[*]: Secret flux-system/inputs not found
error: 2 of 3 objects that the manifest refers to could not be found
[exit status: 3]

"#]]
    );
    let release = "create helmrelease web --chart=web --source=HelmRepository/charts --depends-on=db \
                   --values-from=ConfigMap/defaults --export --check-references";
    assert_data_eq!(
        cluster.nigari(release).to_string(),
        str![[r#"
------- stderr -------
✗ cannot rely on spec.chart.spec.sourceRef: HelmRepository flux-system/charts not found
✗ cannot rely on spec.dependsOn[*]: HelmRelease flux-system/db not found
✗ cannot rely on spec.valuesFrom[*]: ConfigMap flux-system/defaults not found
error: 3 of 3 objects that the manifest refers to could not be found
[exit status: 3]

"#]]
    );
    assert_data_eq!(
        cluster.nigari("create tofu-runner --check-references").to_string(),
        str![[r#"
------- stderr -------
error: cannot rely on roleRef
  cause: ClusterRole tf-runner-role not found
[exit status: 3]

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn nothing_is_committed_that_refers_to_nothing() {
    let fleet = Fleet::bootstrapped();
    let words = "create kustomization apps --source=nowhere --commit --check-references";
    let run = fleet.nigari(words);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: cannot rely on spec.sourceRef
  cause: GitRepository flux-system/nowhere not found
[exit status: 3]

"#]]
    );
    fleet.assert_untouched(&run);
    fleet.finish();
}
