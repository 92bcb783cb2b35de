//! Certificates, keys and kubeconfigs of one control plane.

use std::fs;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rcgen::KeyPair;
use serde_json::json;

use super::audit;
use super::layout::{FIRST_SERVICE_ADDRESS, Layout};
use crate::tls::Authority;

/// The group that has every right.
const MASTERS: &str = "system:masters";

/// The names under which the API server is reached, from outside and from Pods.
const SERVER_NAMES: &[&str] = &[
    "localhost",
    "127.0.0.1",
    FIRST_SERVICE_ADDRESS,
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
];

/// Who may connect to one control plane.
pub(super) struct Identities {
    authority: Authority,
    server: String,
}

impl Identities {
    /// Makes everything that the components' flags name.
    pub(super) fn write(layout: &Layout) -> Result<Self> {
        let identities = Self { authority: Authority::new()?, server: layout.server() };
        let serving = identities.authority.server_certificate(SERVER_NAMES)?;
        let accounts = KeyPair::generate().context("cannot generate the service account key")?;
        let controller_manager = identities.kubeconfig("controller-manager")?;
        let scheduler = identities.kubeconfig("scheduler")?;
        for (name, text) in [
            ("ca.crt", identities.authority.certificate_pem()),
            ("api-server.crt", &serving.certificate_pem),
            ("api-server.key", &serving.key_pem),
            ("service-account.key", &accounts.serialize_pem()),
            ("service-account.pub", &accounts.public_key_pem()),
            ("controller-manager.kubeconfig", &controller_manager),
            ("scheduler.kubeconfig", &scheduler),
            ("audit-policy.yaml", audit::POLICY),
        ] {
            let path = layout.file(name);
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        }
        Ok(identities)
    }

    /// A kubeconfig that holds everything `user` needs; the user has every right.
    pub(super) fn kubeconfig(&self, user: &str) -> Result<String> {
        let client = self.authority.client_certificate(user, MASTERS)?;
        // JSON is YAML, and quoting is then nobody's concern.
        let config = json!({
            "apiVersion": "v1",
            "kind": "Config",
            "clusters": [{"name": "test", "cluster": {
                "server": self.server,
                "certificate-authority-data": STANDARD.encode(self.authority.certificate_pem()),
            }}],
            "users": [{"name": user, "user": {
                "client-certificate-data": STANDARD.encode(client.certificate_pem),
                "client-key-data": STANDARD.encode(client.key_pem),
            }}],
            "contexts": [{"name": "test", "context": {"cluster": "test", "user": user}}],
            "current-context": "test",
        });
        Ok(format!("{config:#}\n"))
    }
}
