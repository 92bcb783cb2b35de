//! Where everything of one control plane is: ports, files, and the flags that say so.

use std::net::TcpListener;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::kube::TOKEN_ISSUER;

/// The first address of the service range; the API server's own Service gets it.
pub(super) const FIRST_SERVICE_ADDRESS: &str = "10.0.0.1";
const SERVICE_RANGE: &str = "10.0.0.0/24";

/// The controllers that tests need, and no others: attach-detach, for one, makes a folder below
/// `/usr/libexec` of the machine, and node-lifecycle wants heartbeats of the node.
pub(super) const CONTROLLERS: &[&str] = &[
    "clusterrole-aggregation-controller",
    "cronjob-controller",
    "daemonset-controller",
    "deployment-controller",
    "disruption-controller",
    "endpointslice-controller",
    "garbage-collector-controller",
    "horizontal-pod-autoscaler-controller",
    "job-controller",
    "namespace-controller",
    "pod-garbage-collector-controller",
    "replicaset-controller",
    "resourcequota-controller",
    "root-ca-certificate-publisher-controller",
    "serviceaccount-controller",
    "serviceaccount-token-controller",
    "statefulset-controller",
    "ttl-after-finished-controller",
];

/// The controllers without which an API server alone is incomplete.
pub(super) const HOUSEKEEPERS: &[&str] =
    &["garbage-collector-controller", "namespace-controller", "serviceaccount-controller"];

/// Ports and files of one control plane.
pub(super) struct Layout {
    pub(super) folder: PathBuf,
    pub(super) etcd_port: u16,
    peer_port: u16,
    api_server_port: u16,
}

impl Layout {
    /// Chooses ports that are free now.
    pub(super) fn new(folder: &Path) -> Result<Self> {
        // All are held until the last is known, so that they differ.
        let listeners = [(); 3].map(|()| TcpListener::bind(("127.0.0.1", 0)));
        let mut ports = listeners.iter().map(|listener| match listener {
            Ok(listener) => Ok(listener.local_addr()?.port()),
            Err(error) => Err(anyhow::anyhow!("{error}")),
        });
        let mut port = || ports.next().expect("three listeners").context("cannot choose a port");
        Ok(Self {
            folder: folder.to_owned(),
            etcd_port: port()?,
            peer_port: port()?,
            api_server_port: port()?,
        })
    }

    /// Where the API server listens.
    pub(super) fn server(&self) -> String {
        format!("https://localhost:{}", self.api_server_port)
    }

    /// A file, by what it is.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Where the API server writes down what it was asked.
    pub(super) fn audit_log(&self) -> PathBuf {
        self.file("audit.log")
    }

    /// The flags of etcd.
    pub(super) fn etcd(&self) -> Vec<String> {
        let client = format!("http://127.0.0.1:{}", self.etcd_port);
        let peer = format!("http://127.0.0.1:{}", self.peer_port);
        vec![
            "--name=default".to_owned(),
            self.flag("data-dir", "etcd"),
            format!("--listen-client-urls={client}"),
            format!("--advertise-client-urls={client}"),
            format!("--listen-peer-urls={peer}"),
            format!("--initial-advertise-peer-urls={peer}"),
            format!("--initial-cluster=default={peer}"),
            "--unsafe-no-fsync".to_owned(),
            "--log-level=error".to_owned(),
        ]
    }

    /// The flags of kube-apiserver; without controllers no service account would ever exist.
    pub(super) fn api_server(&self, has_controllers: bool) -> Vec<String> {
        // A new Node would keep a taint that only the node-lifecycle controller takes away.
        let unwanted = if has_controllers {
            "TaintNodesByCondition"
        } else {
            "TaintNodesByCondition,ServiceAccount"
        };
        let mut flags = vec![
            format!("--etcd-servers=http://127.0.0.1:{}", self.etcd_port),
            format!("--secure-port={}", self.api_server_port),
            self.flag("tls-cert-file", "api-server.crt"),
            self.flag("tls-private-key-file", "api-server.key"),
            self.flag("client-ca-file", "ca.crt"),
            self.flag("service-account-key-file", "service-account.pub"),
            self.flag("service-account-signing-key-file", "service-account.key"),
            self.flag("audit-policy-file", "audit-policy.yaml"),
            self.flag("audit-log-path", "audit.log"),
            format!("--service-account-issuer={TOKEN_ISSUER}"),
            format!("--service-cluster-ip-range={SERVICE_RANGE}"),
            format!("--disable-admission-plugins={unwanted}"),
        ];
        flags.extend(
            [
                // Without a default route the server would otherwise refuse to start.
                "--advertise-address=127.0.0.1",
                "--bind-address=127.0.0.1",
                // Endpoints may not hold a loopback address.
                "--endpoint-reconciler-type=none",
                "--authorization-mode=RBAC",
                "--allow-privileged=true",
                "--enable-priority-and-fairness=false",
                "--profiling=false",
                "--shutdown-delay-duration=0s",
                // An answer is in the log before its reader can look for it there.
                "--audit-log-mode=blocking",
            ]
            .map(str::to_owned),
        );
        flags
    }

    /// The flags of kube-controller-manager.
    pub(super) fn controller_manager(&self, controllers: &[&str]) -> Vec<String> {
        vec![
            self.flag("kubeconfig", "controller-manager.kubeconfig"),
            self.flag("service-account-private-key-file", "service-account.key"),
            self.flag("root-ca-file", "ca.crt"),
            format!("--controllers={}", controllers.join(",")),
            "--leader-elect=false".to_owned(),
            "--secure-port=0".to_owned(),
            "--kube-api-qps=500".to_owned(),
            "--kube-api-burst=1000".to_owned(),
        ]
    }

    /// The flags of kube-scheduler.
    pub(super) fn scheduler(&self) -> Vec<String> {
        vec![
            self.flag("kubeconfig", "scheduler.kubeconfig"),
            "--leader-elect=false".to_owned(),
            "--secure-port=0".to_owned(),
        ]
    }

    fn flag(&self, name: &str, file: &str) -> String {
        format!("--{name}={}", self.file(file).display())
    }
}
