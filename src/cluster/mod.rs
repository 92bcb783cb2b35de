//! The only code that talks to Kubernetes.

use anyhow::Result;

use crate::cli::GlobalArgs;
use crate::context::Environment;

/// How to reach a cluster.
pub struct ConnectOptions;

impl ConnectOptions {
    /// From the global arguments and the environment; reads nothing yet.
    #[must_use]
    pub fn new(_global: &GlobalArgs, _environment: &Environment) -> Self {
        Self
    }

    /// The namespace of the kubeconfig context.
    ///
    /// # Errors
    /// When the kubeconfig cannot be read.
    pub fn context_namespace(&self) -> Result<Option<String>> {
        Ok(None)
    }
}

/// A connection to a cluster.
pub struct Cluster;

impl Cluster {
    /// Connects.
    ///
    /// # Errors
    /// When there is no usable kubeconfig.
    pub async fn connect(_options: &ConnectOptions) -> Result<Self> {
        Ok(Self)
    }
}
