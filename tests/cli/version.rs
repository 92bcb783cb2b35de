//! `nigari version` and `nigari --version`.

use std::process::Stdio;

use nigari_test_support::PATIENCE;
use nigari_test_support::cluster::Cluster;
use nigari_test_support::fleet::Fleet;
use snapbox::{assert_data_eq, str};
use tokio::time::timeout;

#[test]
fn tells_what_the_cluster_runs() {
    let fleet = Fleet::bootstrapped();
    assert_data_eq!(
        fleet.nigari("version").to_string(),
        str![[r#"
nigari: v0.1.0
flux: v2.9.4
distribution: flux-v2.9.4
helm-controller: v1.6.3
kustomize-controller: v1.9.4
notification-controller: v1.9.3
source-controller: v1.9.4

"#]]
    );
    assert_data_eq!(
        fleet.nigari("version -o json").to_string(),
        str![[r#"
{
  "nigari": "v0.1.0",
  "flux": "v2.9.4",
  "distribution": "flux-v2.9.4",
  "helm-controller": "v1.6.3",
  "kustomize-controller": "v1.9.4",
  "notification-controller": "v1.9.3",
  "source-controller": "v1.9.4"
}

"#]]
    );
    fleet.finish();
}

#[test]
fn without_flux_or_without_a_cluster_it_tells_its_own() {
    let cluster = Cluster::empty();
    assert_data_eq!(
        cluster.nigari("version").to_string(),
        str![[r#"
nigari: v0.1.0
flux: v2.9.4
------- stderr -------
⚠️ Flux is not installed on the cluster

"#]]
    );
    assert_data_eq!(
        cluster.nigari("version --client").to_string(),
        str![[r#"
nigari: v0.1.0
flux: v2.9.4

"#]]
    );
    let unreachable = cluster.nigari("version --server=https://127.0.0.1:1");
    assert_data_eq!(
        unreachable.to_string(),
        str![[r#"
nigari: v0.1.0
flux: v2.9.4
------- stderr -------
error: cannot reach the cluster at https://127.0.0.1:1: Connection refused (os error 111)
[exit status: 8]

"#]]
    );
}

/// Opening a pipe that nobody writes to blocks for ever, so a program that ends has not read it.
#[test]
fn its_own_version_needs_no_configuration_and_no_certificates() {
    let home = tempfile::tempdir().unwrap();
    let pipes = ["certificates.pem", "kubeconfig", ".gitconfig"].map(|name| home.path().join(name));
    let made = std::process::Command::new("mkfifo").args(&pipes).status().unwrap();
    assert!(made.success());
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_nigari"));
    command.arg("--version").env_clear().stdin(Stdio::null()).kill_on_drop(true);
    command.env("HOME", home.path()).env("SSL_CERT_FILE", &pipes[0]).env("KUBECONFIG", &pipes[1]);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let output = runtime.block_on(async { timeout(PATIENCE, command.output()).await });
    let output = output.expect("it waits for a file").unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stdout), "nigari 0.1.0\n");
}
