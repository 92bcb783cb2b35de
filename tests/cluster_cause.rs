//! Why a Deployment is not available, as the sandbox's workloads fail in each way that they know.

use std::time::{Duration, Instant};

use clap::Parser as _;
use nigari::cli::Cli;
use nigari::cluster::{Cluster, ConnectOptions};
use nigari::context::Environment;
use nigari_sandbox::sandbox::Sandbox;
use serde_json::json;

/// A cluster in which Deployment `source-controller` was just created, under a fault.
struct Ailing {
    sandbox: Sandbox,
    cluster: Cluster,
}

impl Ailing {
    fn with(fault: Option<&str>) -> Self {
        let sandbox = Sandbox::start().expect("a sandbox");
        if let Some(fault) = fault {
            sandbox.faults().arm(fault).expect("a known fault");
        }
        let kube = sandbox.kube();
        for object in [
            json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "flux-system"}}),
            json!({"apiVersion": "apps/v1", "kind": "Deployment",
            "metadata": {"name": "source-controller", "namespace": "flux-system"},
            "spec": {"replicas": 1, "selector": {"matchLabels": {"app": "source-controller"}},
                "template": {"metadata": {"labels": {"app": "source-controller"}}, "spec": {
                    "containers": [{"name": "manager", "image": "ghcr.io/fluxcd/source-controller:v1"}]
                }}}}),
        ] {
            kube.put(object).expect("the sandbox serves the kind");
        }
        let cli = Cli::try_parse_from(["nigari", "version"]).expect("arguments");
        let variables = sandbox.environment().into_iter();
        let environment: Environment =
            variables.map(|(name, value)| (name.into(), value.into())).collect();
        let options = ConnectOptions::new(&cli.global, &environment);
        let cluster = sandbox.block_on(Cluster::connect(&options)).expect("a client");
        Self { sandbox, cluster }
    }

    fn cause(&self) -> Option<String> {
        let report = self.cluster.why_unavailable("flux-system", "source-controller");
        self.sandbox.block_on(report).cause.map(|cause| cause.to_string())
    }

    fn pause(&self) {
        self.sandbox.block_on(async { tokio::time::sleep(Duration::from_millis(50)).await });
    }

    /// Waits until the cause holds all of `words`.
    fn expect(&self, words: &[&str]) {
        let give_up = Instant::now() + Duration::from_secs(20);
        loop {
            let cause = self.cause();
            let told = cause.clone().unwrap_or_default();
            if words.iter().all(|word| told.contains(word)) {
                assert_eq!(told.lines().count(), 1, "{told}");
                return;
            }
            assert!(Instant::now() < give_up, "the cause is {cause:?}, not {words:?}");
            self.pause();
        }
    }
}

#[test]
fn an_image_that_cannot_be_pulled() {
    let ailing = Ailing::with(Some("workload.pull=ghcr.io"));
    ailing.expect(&[
        "Pod flux-system/source-controller-",
        "container manager",
        "ImagePullBackOff",
        "ghcr.io",
    ]);
}

#[test]
fn a_container_that_crashes() {
    let ailing = Ailing::with(Some("workload.crash=source-controller"));
    ailing.expect(&["Pod flux-system/source-controller-", "CrashLoopBackOff", "exit code"]);
}

#[test]
fn a_pod_that_fits_on_no_node() {
    let ailing = Ailing::with(Some("workload.pending=source-controller"));
    ailing.expect(&["Pod flux-system/source-controller-", "Unschedulable"]);
}

#[test]
fn a_quota_that_forbids_the_pod() {
    let ailing = Ailing::with(Some("workload.quota=source-controller"));
    ailing.expect(&["ReplicaSet flux-system/source-controller-", "exceeded quota"]);
}

#[test]
fn an_available_deployment_has_no_cause_and_a_missing_one_has() {
    let ailing = Ailing::with(None);
    let give_up = Instant::now() + Duration::from_secs(20);
    while let Some(cause) = ailing.cause() {
        assert!(Instant::now() < give_up, "it stays unavailable: {cause}");
        ailing.pause();
    }
    let missing = ailing.cluster.why_unavailable("flux-system", "nothing");
    let missing = ailing.sandbox.block_on(missing).cause.expect("that it is missing is a cause");
    assert_eq!(missing.to_string(), "Deployment flux-system/nothing does not exist");
}
