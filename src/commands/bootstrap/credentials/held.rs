//! How the cluster fetches over HTTPS: with a token, as an App, or as anybody.

use anyhow::Result;
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::Secret;
use secrecy::{ExposeSecret as _, SecretString};

use super::contents::{Data, bytes, missing, stale};
use super::secret::{change, read_secret, tell_up_to_date, write_secret};
use crate::commands::bootstrap::plan::Plan;
use crate::context::Context;
use crate::git_host::GitHost;
use crate::git_host::endpoints::Endpoints;
use crate::git_host::github::{App, Installed};

/// What a Secret holds for a source that fetches over HTTPS.
pub(in crate::commands::bootstrap) struct Held {
    data: Data,
    /// What of it somebody may not want in a cluster.
    secret: Option<&'static str>,
}

impl Held {
    /// A token.
    pub(in crate::commands::bootstrap) fn token(
        token: &SecretString,
        ca_pem: Option<&[u8]>,
    ) -> Self {
        let data = Data::from([
            ("username".to_owned(), bytes("git")),
            ("password".to_owned(), bytes(token.expose_secret())),
        ]);
        Self { data, secret: Some("the token") }.trusting(ca_pem)
    }

    /// An App, whose private key gets a token for each fetch.
    ///
    /// The installation goes by its number, which every release of Flux with Apps understands.
    pub(in crate::commands::bootstrap) fn app(
        app: &App,
        installed: &Installed,
        endpoints: &Endpoints,
        ca_pem: Option<&[u8]>,
    ) -> Self {
        let mut data = Data::from([
            ("githubAppID".to_owned(), bytes(app.id())),
            ("githubAppInstallationID".to_owned(), bytes(&installed.id.to_string())),
            ("githubAppPrivateKey".to_owned(), bytes(app.private_key_pem().expose_secret())),
        ]);
        if !endpoints.is_public() {
            data.insert("githubAppBaseURL".to_owned(), bytes(endpoints.api().as_str()));
        }
        Self { data, secret: Some("the private key of the App") }.trusting(ca_pem)
    }

    /// Nothing, for what everybody may read.
    pub(in crate::commands::bootstrap) fn nothing(ca_pem: Option<&[u8]>) -> Self {
        Self { data: Data::new(), secret: None }.trusting(ca_pem)
    }

    fn trusting(mut self, ca_pem: Option<&[u8]>) -> Self {
        let ca = ca_pem.map(|pem| ("ca.crt".to_owned(), ByteString(pem.to_vec())));
        self.data.extend(ca);
        self
    }

    /// Whether the Secret holds exactly this.
    pub(in crate::commands::bootstrap) fn is_what(&self, present: Option<&Secret>) -> bool {
        missing(&self.data, present).is_empty() && stale(&self.data, present).is_empty()
    }

    /// Makes sure that the Secret holds this, and says what was wrong with what it held.
    pub(in crate::commands::bootstrap) async fn ensure(
        &self,
        ctx: &Context,
        host: &impl GitHost,
        plan: &Plan,
    ) -> Result<()> {
        let present = read_secret(ctx, plan).await?;
        // Somebody's own Secret is theirs, if nothing is to be in ours.
        if self.data.is_empty() && present.is_none() {
            return Ok(());
        }
        if self.is_what(present.as_ref()) {
            tell_up_to_date(ctx, plan);
            return Ok(());
        }
        let (namespace, name) = (&plan.namespace, &plan.secret_name);
        let former =
            present.and_then(|secret| secret.data).and_then(|mut data| data.remove("password"));
        match (former, self.data.get("password")) {
            (Some(former), Some(wanted)) if former != *wanted => {
                let former = String::from_utf8_lossy(&former.0).into_owned();
                let is_known = host.recognises(&former.into()).await?;
                let told = if is_known { "is another one" } else { "is not valid any more" };
                ctx.output.warn(format_args!("the token in Secret {namespace}/{name} {told}"));
            }
            _ => {}
        }
        if let Some(what) = self.secret {
            ctx.output.warn(format_args!(
                "{what} is stored in the cluster, in Secret {namespace}/{name}"
            ));
        }
        write_secret(ctx, plan, self.data.clone()).await
    }

    pub(super) async fn preview(&self, ctx: &Context, plan: &Plan) -> Result<String> {
        let present = read_secret(ctx, plan).await?;
        if self.data.is_empty() && present.is_none() {
            return Ok(String::new());
        }
        let mut keys: Vec<String> =
            missing(&self.data, present.as_ref()).into_iter().map(str::to_owned).collect();
        let stale = stale(&self.data, present.as_ref());
        keys.extend(stale.into_iter().map(|key| format!("{key} removed")));
        let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
        Ok(change(ctx, plan, present.is_some(), &keys))
    }
}
