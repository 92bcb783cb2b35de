//! One listener on loopback for an [`axum::Router`], with TLS or without.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::response::Response;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::traffic::Traffic;

/// In a response's extensions: close the connection instead of answering.
///
/// The client sees a transport error and no status. Over HTTP/2 only the stream is reset.
#[derive(Clone, Copy, Debug)]
pub struct HangUp;

/// An answer that is none: the connection is closed instead.
pub(crate) fn hang_up() -> Response {
    let mut answer = Response::default();
    answer.extensions_mut().insert(HangUp);
    answer
}

/// A running listener; dropping it closes the port and every connection.
pub struct Server {
    /// Where it listens: 127.0.0.1 and a port that the system chose.
    pub address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Serves `app` without TLS on a free loopback port.
///
/// # Errors
/// When no port can be bound.
pub async fn http(app: axum::Router) -> Result<Server> {
    let listener =
        TcpListener::bind(("127.0.0.1", 0)).await.context("cannot listen on 127.0.0.1")?;
    let address = listener.local_addr()?;
    let accepting = tokio::spawn(async move {
        // It ends only with the task.
        let _ = axum::serve(listener, app).await;
    });
    Ok(Server { address, accepting })
}

/// Serves `app` over TLS on a free loopback port.
///
/// # Errors
/// When no port can be bound.
pub async fn https(app: axum::Router, tls: Arc<rustls::ServerConfig>) -> Result<Server> {
    https_counted(app, tls, Traffic::default()).await
}

/// The same; what goes over the connections is added to `traffic`.
pub(crate) async fn https_counted(
    app: axum::Router,
    tls: Arc<rustls::ServerConfig>,
    traffic: Traffic,
) -> Result<Server> {
    let listener =
        TcpListener::bind(("127.0.0.1", 0)).await.context("cannot listen on 127.0.0.1")?;
    let address = listener.local_addr()?;
    let acceptor = TlsAcceptor::from(tls);
    let accepting = tokio::spawn(async move {
        // A JoinSet, so that aborting the accept loop ends the connections as well.
        let mut connections = tokio::task::JoinSet::new();
        loop {
            tokio::select! {
                accepted = listener.accept() => {
                    let Ok((stream, _)) = accepted else { continue };
                    let (acceptor, app) = (acceptor.clone(), app.clone());
                    let stream = traffic.count(stream);
                    connections.spawn(async move {
                        // A client that gives up during the handshake is no concern of the server's.
                        let Ok(stream) = acceptor.accept(stream).await else { return };
                        let service = service_fn(move |request| {
                            let answering = TowerToHyperService::new(app.clone()).call(request);
                            async move { unless_hung_up(answering.await) }
                        });
                        let _ = Builder::new(TokioExecutor::new())
                            .serve_connection_with_upgrades(TokioIo::new(stream), service)
                            .await;
                    });
                }
                Some(_) = connections.join_next() => {}
            }
        }
    });
    Ok(Server { address, accepting })
}

// hyper closes a connection whose service fails, without writing anything.
fn unless_hung_up(response: Result<Response, Infallible>) -> std::io::Result<Response> {
    let response = response.unwrap_or_else(|never| match never {});
    match response.extensions().get::<HangUp>() {
        Some(HangUp) => Err(std::io::ErrorKind::ConnectionAborted.into()),
        None => Ok(response),
    }
}
