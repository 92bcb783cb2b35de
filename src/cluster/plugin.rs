//! Credential plugins: run once for a command, and again when their token expires.
//!
//! kube 5.0 runs the plugin three times for one client, so that its user logs in three times, and blocks
//! meanwhile. It is therefore given what the plugin answered.

use std::io::IsTerminal as _;
use std::process::{Output, Stdio};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Request, header};
use k8s_openapi::jiff::Timestamp;
use kube::client::{AuthError, Body};
use kube::config::{AuthInfo, ExecConfig, ExecInteractiveMode};
use kube::{Client, Config};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use serde_json::json;
use tokio::process::Command;
use tokio::sync::Mutex;

/// How long before its end a token is renewed.
const MARGIN: Duration = Duration::from_secs(60);

/// Who is there when a plugin has something to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Audience {
    /// The user, who may wait and be asked.
    User,
    /// Nobody: the plugin gets no terminal, and is killed with all that it started when nobody waits for it
    /// any more.
    Nobody,
}

/// Makes the client; a credential plugin of its user runs first.
pub(super) async fn client(mut config: Config, audience: Audience) -> kube::Result<Client> {
    let user = &mut config.auth_info;
    if audience == Audience::Nobody {
        refuse_command(user)?;
    }
    let Some(exec) = user.exec.take().filter(|_| !has_credential(user)) else {
        return Client::try_from(config);
    };
    let plugin = Plugin { exec, audience };
    let credential = plugin.run().await.map_err(kube::Error::Auth)?;
    if let (Some(certificate), Some(key)) = (&credential.certificate, &credential.key) {
        user.client_certificate_data = Some(STANDARD.encode(certificate));
        user.client_key_data = Some(STANDARD.encode(key.expose_secret()).into());
    }
    match (credential.token, credential.expires) {
        (Some(token), Some(expires)) => {
            let namespace = config.default_namespace.clone();
            Ok(plugin.renewing(Client::try_from(config)?, namespace, token, expires))
        }
        (token, _) => {
            user.token = token;
            Client::try_from(config)
        }
    }
}

/// An authentication provider of the old kind may run a command as well, and for as long as it likes.
fn refuse_command(user: &AuthInfo) -> kube::Result<()> {
    match &user.auth_provider {
        Some(provider) if provider.config.contains_key("cmd-path") => {
            let message = "the authentication provider runs a command".to_owned();
            Err(kube::Error::Auth(AuthError::AuthExec(message)))
        }
        _ => Ok(()),
    }
}

/// Whether there is a credential that client-go prefers to a plugin's.
fn has_credential(user: &AuthInfo) -> bool {
    let has_password = user.username.is_some() && user.password.is_some();
    user.token.is_some()
        || user.token_file.is_some()
        || user.auth_provider.is_some()
        || has_password
}

/// What a plugin answers.
struct Credential {
    token: Option<SecretString>,
    certificate: Option<String>,
    key: Option<SecretString>,
    expires: Option<Timestamp>,
}

/// `ExecCredential` as a plugin prints it, in JSON or YAML.
///
/// Source: Kubernetes, "client-go credential plugins" (`client.authentication.k8s.io/v1`).
#[derive(Deserialize)]
struct Answer {
    status: Option<Status>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    token: Option<String>,
    client_certificate_data: Option<String>,
    client_key_data: Option<String>,
    expiration_timestamp: Option<String>,
}

/// The plugin of a kubeconfig's user.
struct Plugin {
    exec: ExecConfig,
    audience: Audience,
}

impl Plugin {
    async fn run(&self) -> Result<Credential, AuthError> {
        let command = self.command()?;
        let what = format!("{:?}", command.as_std().get_program());
        let out = self.output(command).await.map_err(AuthError::AuthExecStart)?;
        if !out.status.success() {
            return Err(AuthError::AuthExecRun { cmd: what, out: Box::new(out) });
        }
        credential(&String::from_utf8_lossy(&out.stdout))
    }

    fn command(&self) -> Result<Command, AuthError> {
        let exec = &self.exec;
        let mut command = Command::new(exec.command.as_ref().ok_or(AuthError::MissingCommand)?);
        command.args(exec.args.iter().flatten());
        for variable in exec.env.iter().flatten() {
            if let (Some(name), Some(value)) = (variable.get("name"), variable.get("value")) {
                command.env(name, value);
            }
        }
        let is_interactive = self.is_interactive()?;
        let mut spec = json!({"interactive": is_interactive});
        if let Some(cluster) = &exec.cluster {
            spec["cluster"] =
                serde_json::to_value(cluster).map_err(AuthError::AuthExecSerialize)?;
        }
        let info = json!({"apiVersion": exec.api_version, "kind": "ExecCredential", "spec": spec});
        command.env("KUBERNETES_EXEC_INFO", info.to_string());
        for name in exec.drop_env.iter().flatten() {
            command.env_remove(name);
        }
        let is_mute = exec.interactive_mode == Some(ExecInteractiveMode::Never);
        command.stdin(if is_interactive { Stdio::inherit() } else { Stdio::null() });
        command.stdout(Stdio::piped());
        command.stderr(match self.audience {
            Audience::Nobody => Stdio::null(),
            // It is then told in the error.
            Audience::User if is_mute => Stdio::piped(),
            Audience::User => Stdio::inherit(),
        });
        Ok(command)
    }

    /// Whether the plugin may read from the terminal.
    fn is_interactive(&self) -> Result<bool, AuthError> {
        let is_there = self.audience == Audience::User && std::io::stdin().is_terminal();
        match self.exec.interactive_mode {
            Some(ExecInteractiveMode::Never) => Ok(false),
            Some(ExecInteractiveMode::Always) if !is_there => {
                Err(AuthError::AuthExec("the credential plugin needs a terminal".to_owned()))
            }
            _ => Ok(is_there),
        }
    }

    async fn output(&self, mut command: Command) -> std::io::Result<Output> {
        command.kill_on_drop(true);
        if self.audience == Audience::User {
            return command.spawn()?.wait_with_output().await;
        }
        // A group of its own cannot read from the terminal either, and is killed as a whole.
        #[cfg(unix)]
        command.process_group(0);
        let child = command.spawn()?;
        let group = Group(child.id());
        let output = child.wait_with_output().await?;
        group.spare();
        Ok(output)
    }

    /// A client over `client` that sends `token`, and a new one from the plugin when it expires.
    fn renewing(
        self,
        client: Client,
        namespace: String,
        token: SecretString,
        expires: Timestamp,
    ) -> Client {
        let session = Arc::new(Session { plugin: self, token: Mutex::new((token, expires)) });
        let service = tower::service_fn(move |mut request: Request<Body>| {
            let (client, session) = (client.clone(), Arc::clone(&session));
            async move {
                let header = session.header().await.map_err(kube::Error::Auth)?;
                request.headers_mut().insert(header::AUTHORIZATION, header);
                client.send(request).await
            }
        });
        Client::new(service, namespace)
    }
}

/// A token, and how to get the next one.
struct Session {
    plugin: Plugin,
    token: Mutex<(SecretString, Timestamp)>,
}

impl Session {
    async fn header(&self) -> Result<HeaderValue, AuthError> {
        // Held while the plugin runs, so that requests at the same time run it once.
        let mut token = self.token.lock().await;
        if Timestamp::now() + MARGIN >= token.1 {
            let fresh = self.plugin.run().await?;
            let (Some(fresh), Some(expires)) = (fresh.token, fresh.expires) else {
                return Err(AuthError::UnrefreshableTokenResponse);
            };
            *token = (fresh, expires);
        }
        bearer(&token.0)
    }
}

fn bearer(token: &SecretString) -> Result<HeaderValue, AuthError> {
    let header = HeaderValue::from_str(&format!("Bearer {}", token.expose_secret()));
    let mut header = header.map_err(AuthError::InvalidBearerToken)?;
    header.set_sensitive(true);
    Ok(header)
}

fn credential(text: &str) -> Result<Credential, AuthError> {
    // The parser would repeat what it cannot read, which may be a secret.
    let answer: Option<Answer> = serde_yaml::from_str(text).ok();
    let status = answer.and_then(|answer| answer.status).ok_or(AuthError::ExecPluginFailed)?;
    let expires = status.expiration_timestamp.map(|time| time.parse()).transpose();
    Ok(Credential {
        token: status.token.map(SecretString::from),
        certificate: status.client_certificate_data,
        key: status.client_key_data.map(SecretString::from),
        expires: expires.map_err(AuthError::MalformedTokenExpirationDate)?,
    })
}

/// A program and what it started; killed when dropped.
struct Group(Option<u32>);

impl Group {
    /// Lets those live that the program left behind on purpose, such as an agent.
    fn spare(mut self) {
        self.0 = None;
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        #[cfg(unix)]
        if let Some(id) = self.0.and_then(|id| rustix::process::Pid::from_raw(id.cast_signed())) {
            // It may have ended in between.
            let _ = rustix::process::kill_process_group(id, rustix::process::Signal::KILL);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_read_from_json_and_yaml() {
        let json = r#"{"status":{"token":"t","expirationTimestamp":"2030-01-01T00:00:00Z"}}"#;
        let read = credential(json).expect("a credential");
        assert_eq!(read.token.expect("a token").expose_secret(), "t");
        assert_eq!(read.expires.expect("an end").to_string(), "2030-01-01T00:00:00Z");
        let yaml = "status:\n  clientCertificateData: |\n    PEM\n  clientKeyData: key\n";
        let read = credential(yaml).expect("a credential");
        assert_eq!(read.certificate.as_deref(), Some("PEM\n"));
        assert!(read.token.is_none() && read.expires.is_none());
    }

    #[test]
    fn what_is_no_credential_is_not_repeated() {
        for text in ["hunter2: [", "hunter2", "{}", r#"{"status":{"token":["hunter2"]}}"#] {
            let error = credential(text).err().expect("no credential");
            assert!(!format!("{error} {error:?}").contains("hunter2"), "{error:?}");
        }
    }
}
