//! Credential plugins where nobody can be asked anything: at a TAB.
//!
//! Everywhere else kube runs them: with the user's terminal, and for as long as they take.

use std::process::{Output, Stdio};

use anyhow::{Context as _, Result, anyhow, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use kube::config::{AuthInfo, ExecConfig, ExecInteractiveMode};
use serde_json::{Value, json};
use tokio::process::Command;

/// Runs the user's credential plugin, if there is one, and puts what it answers in its place.
///
/// The plugin has no terminal. When the returned future is dropped, it is killed with all that it started.
///
/// # Errors
/// When the plugin fails, or would talk to the user.
///
/// Source: Kubernetes, "client-go credential plugins" (`client.authentication.k8s.io/v1`).
pub(super) async fn log_in(mut user: AuthInfo) -> Result<AuthInfo> {
    let has_command =
        |config: &kube::config::AuthProviderConfig| config.config.contains_key("cmd-path");
    ensure!(!user.auth_provider.as_ref().is_some_and(has_command), "the provider runs a command");
    let Some(exec) = user.exec.take() else { return Ok(user) };
    let talks = exec.interactive_mode == Some(ExecInteractiveMode::Always);
    ensure!(!talks, "the credential plugin talks to the user");
    let output = run(command(&exec)?).await?;
    ensure!(output.status.success(), "the credential plugin ended with {}", output.status);
    let answer: Value = serde_yaml::from_str(std::str::from_utf8(&output.stdout)?)
        .context("the credential plugin answered something else than a credential")?;
    let told = |name: &str| Some(answer["status"].get(name)?.as_str()?.to_owned());
    user.token = told("token").map(Into::into);
    user.client_certificate_data = told("clientCertificateData").map(|pem| STANDARD.encode(pem));
    user.client_key_data = told("clientKeyData").map(|pem| STANDARD.encode(pem).into());
    Ok(user)
}

fn command(exec: &ExecConfig) -> Result<Command> {
    let program = exec.command.as_ref().ok_or_else(|| anyhow!("the plugin has no command"))?;
    let mut command = Command::new(program);
    command.args(exec.args.iter().flatten());
    for variable in exec.env.iter().flatten() {
        if let (Some(name), Some(value)) = (variable.get("name"), variable.get("value")) {
            command.env(name, value);
        }
    }
    for name in exec.drop_env.iter().flatten() {
        command.env_remove(name);
    }
    let mut spec = json!({"interactive": false});
    if let Some(cluster) = &exec.cluster {
        spec["cluster"] = serde_json::to_value(cluster)?;
    }
    let info = json!({"apiVersion": exec.api_version, "kind": "ExecCredential", "spec": spec});
    command.env("KUBERNETES_EXEC_INFO", info.to_string());
    Ok(command)
}

/// Runs a program in a process group of its own, without a terminal to read from or to write to.
async fn run(mut command: Command) -> Result<Output> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).kill_on_drop(true);
    #[cfg(unix)]
    command.process_group(0);
    let child = command.spawn().context("cannot start the credential plugin")?;
    let family = Family(child.id());
    let output = child.wait_with_output().await?;
    family.has_ended();
    Ok(output)
}

/// A program and what it started; killed when dropped.
struct Family(Option<u32>);

impl Family {
    /// Lets those live that the program left behind on purpose, such as an agent.
    fn has_ended(mut self) {
        self.0 = None;
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(id) = self.0.and_then(|id| rustix::process::Pid::from_raw(id.cast_signed())) {
            // It may have ended in between.
            let _ = rustix::process::kill_process_group(id, rustix::process::Signal::KILL);
        }
    }
}
