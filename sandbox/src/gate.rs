//! A gate before an API server that is not ours: requests pass, until a fault cuts programs off.
//!
//! The sandbox's own API has this fault built in (`kube.cut`); a real one has not.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use http_body_util::BodyExt as _;
use kube::Client;

use crate::faults::{Cut, Faults};
use crate::kube::kubeconfig;
use crate::recorder;
use crate::serve::{self, Server, hang_up};
use crate::tls::Authority;

/// An open gate; dropping it closes it.
pub struct Gate {
    kubeconfig: PathBuf,
    _server: Server,
}

#[derive(Clone)]
struct Way {
    client: Client,
    faults: Faults,
}

impl Gate {
    /// Opens a gate to the API server that `client` talks to, with its rights. Its kubeconfig is put
    /// into `folder`.
    ///
    /// # Errors
    /// When no port can be bound, or the file cannot be written.
    pub async fn open(client: Client, faults: Faults, folder: &Path) -> Result<Self> {
        let authority = Authority::new()?;
        let app = Router::new().fallback(pass).with_state(Way { client, faults });
        let server = serve::https(app, authority.server_config()?).await?;
        let url = format!("https://localhost:{}", server.address.port());
        let file = folder.join("gate.kubeconfig");
        // The gate has credentials of its own; nobody checks this token.
        let text = kubeconfig(&url, authority.certificate_pem(), "passes");
        std::fs::write(&file, text).context("cannot write the kubeconfig of the gate")?;
        Ok(Self { kubeconfig: file, _server: server })
    }

    /// The kubeconfig that leads through it.
    #[must_use]
    pub fn kubeconfig(&self) -> &Path {
        &self.kubeconfig
    }
}

async fn pass(State(way): State<Way>, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    // The client went away while sending; nobody reads the answer.
    let Ok(body) = body.collect().await else { return StatusCode::BAD_REQUEST.into_response() };
    let body = body.to_bytes();
    let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
    let text = String::from_utf8_lossy(&body);
    let cut = way.faults.cut(recorder::changes_cluster(parts.method.as_str(), path, &text));
    if cut == Some(Cut::BeforeEffect) {
        return hang_up();
    }
    for own in [header::AUTHORIZATION, header::HOST, header::ACCEPT_ENCODING] {
        parts.headers.remove(own);
    }
    parts.uri = path.parse().expect("the path of a request is an address");
    let request = http::Request::from_parts(parts, kube::client::Body::from(body.to_vec()));
    // On a task of its own: a program that is gone takes back nothing that it sent.
    match tokio::spawn(async move { way.client.send(request).await }).await {
        Ok(Ok(answer)) if cut != Some(Cut::AfterEffect) => answer.map(Body::new),
        _ => hang_up(),
    }
}
