//! Processes in containers: `exec`, over a WebSocket.

use anyhow::{Context as _, Result};
use k8s_openapi::api::core::v1::Pod;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::Status;
use kube::api::{Api, AttachParams, AttachedProcess};

use super::Cluster;
use crate::kinds::ObjectRef;

/// Where a process is to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Container {
    /// The Pod.
    pub pod: ObjectRef,
    /// The container of it.
    pub name: String,
}

/// How a process ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exit {
    /// With this code.
    Code(i32),
    /// Otherwise; what the API server says about it.
    Broken(String),
}

impl Cluster {
    /// Begins a process in a container, whose standard streams are ours. With a terminal, its two outputs are
    /// one.
    ///
    /// # Errors
    /// [`crate::error::Class::NotFound`] without such a Pod; [`crate::error::Class::Denied`] without the right
    /// to `pods/exec`; those of [`super::failure`].
    pub async fn exec(
        &self,
        container: &Container,
        command: &[String],
        has_terminal: bool,
    ) -> Result<AttachedProcess> {
        let ObjectRef { namespace, name, .. } = &container.pod;
        let api: Api<Pod> = Api::namespaced(self.client.clone(), namespace);
        let parameters = AttachParams::default()
            .container(&container.name)
            .stdin(true)
            .stdout(true)
            .stderr(!has_terminal)
            .tty(has_terminal);
        let process = api.exec(name, command, &parameters).await;
        process.map_err(|error| self.failure(error, &format!("run a process in {}", container.pod)))
    }

    /// Runs a command in a container that reads and says nothing, to its end.
    ///
    /// # Errors
    /// As [`Self::exec`]; when the connection breaks.
    pub async fn exec_quietly(&self, container: &Container, command: &[String]) -> Result<Exit> {
        let mut process = self.exec(container, command, false).await?;
        let status = process.take_status().context("the status is taken once")?;
        drop(process.stdin());
        let exit = exit_of(status.await);
        // What is left of the connection tells nothing more.
        process.abort();
        Ok(exit)
    }
}

/// How a process ended, by the status that came at its end, if one did.
///
/// Source: Kubernetes, `NewNonZeroExitCodeError` and the `ExitCode` cause in `pkg/kubelet/util/ioutils` and
/// `client-go/tools/remotecommand`.
#[must_use]
pub fn exit_of(status: Option<Status>) -> Exit {
    let Some(status) = status else {
        return Exit::Broken("the connection to the container was lost".to_owned());
    };
    if status.status.as_deref() == Some("Success") {
        return Exit::Code(0);
    }
    let causes = status.details.and_then(|details| details.causes).unwrap_or_default();
    let code = causes.iter().find(|cause| cause.reason.as_deref() == Some("ExitCode"));
    let code = code.and_then(|cause| cause.message.as_deref()?.parse().ok());
    match code {
        Some(code) => Exit::Code(code),
        None => Exit::Broken(status.message.unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_status_at_the_end_tells_the_code() {
        let exit = |status| exit_of(Some(serde_json::from_value(status).unwrap()));
        assert_eq!(exit(json!({"status": "Success"})), Exit::Code(0));
        let failed = json!({"status": "Failure", "reason": "NonZeroExitCode",
            "message": "command terminated with non-zero exit code",
            "details": {"causes": [{"reason": "ExitCode", "message": "3"}]}});
        assert_eq!(exit(failed), Exit::Code(3));
        let absent =
            json!({"status": "Failure", "message": "no such file", "reason": "InternalError"});
        assert_eq!(exit(absent), Exit::Broken("no such file".to_owned()));
        assert!(matches!(exit_of(None), Exit::Broken(_)));
    }
}
