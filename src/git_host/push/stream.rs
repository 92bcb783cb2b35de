//! Git's smart HTTP protocol: libgit2 makes the bytes, these requests carry them.
//!
//! Source: `gitprotocol-http` of Git. In this mode libgit2 opens a new stream for every request.

use std::io::{self, Cursor, Read, Write};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Result, anyhow};
use git2::transport::{Service, SmartSubtransport, SmartSubtransportStream};
use http::header::CONTENT_TYPE;
use reqwest::redirect::Policy;
use reqwest::{Response, StatusCode};

use super::operation::Operation;
use crate::error::{Class, Explain as _};
use crate::http_client::{self as client, Hints};

/// Follows a renamed repository on the first request only; what is sent later goes where that led.
pub(super) fn redirect_policy() -> Policy {
    Policy::custom(|attempt| {
        let is_listing = attempt.url().path().ends_with("/info/refs");
        let is_secure = attempt.url().scheme() == "https";
        if attempt.previous().len() > 5 || !is_listing || !is_secure {
            return attempt.stop();
        }
        attempt.follow()
    })
}

/// Our side of a libgit2 transport.
#[derive(Default)]
pub(super) struct Https {
    /// The repository's address, after redirects; shared with the streams.
    base: Arc<Mutex<String>>,
}

impl SmartSubtransport for Https {
    fn action(
        &self,
        url: &str,
        service: Service,
    ) -> Result<Box<dyn SmartSubtransportStream>, git2::Error> {
        let operation = Operation::current()?;
        let (service, is_listing) = match service {
            Service::UploadPackLs => ("git-upload-pack", true),
            Service::UploadPack => ("git-upload-pack", false),
            Service::ReceivePackLs => ("git-receive-pack", true),
            Service::ReceivePack => ("git-receive-pack", false),
        };
        if is_listing {
            let mut base = self.base.lock().unwrap_or_else(PoisonError::into_inner);
            url.trim_end_matches('/').clone_into(&mut base);
        }
        let base = Arc::clone(&self.base);
        let (body, answer) = (Vec::new(), None);
        let mut stream = Stream { operation, base, service, is_listing, body, answer };
        if is_listing {
            // Here a failure keeps its text; from reading, libgit2 passes on even less.
            stream.send().map_err(|error| git2::Error::from_str(&stream.operation.note(error)))?;
        }
        Ok(Box::new(stream))
    }

    fn close(&self) -> Result<(), git2::Error> {
        Ok(())
    }
}

/// One request: what libgit2 writes is its body, what it reads the answer's.
struct Stream {
    operation: Arc<Operation>,
    base: Arc<Mutex<String>>,
    service: &'static str,
    is_listing: bool,
    body: Vec<u8>,
    answer: Option<Answer>,
}

struct Answer {
    response: Response,
    /// What has arrived and was not read yet.
    rest: Cursor<Vec<u8>>,
}

impl Stream {
    fn send(&mut self) -> Result<()> {
        let base = self.base.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (service, client) = (self.service, self.operation.client());
        let request = if self.is_listing {
            client.get(format!("{base}/info/refs?service={service}"))
        } else {
            client
                .post(format!("{base}/{service}"))
                .header(CONTENT_TYPE, format!("application/x-{service}-request"))
                .body(std::mem::take(&mut self.body))
        };
        let request = self.operation.authorize(request).send();
        let response = self.operation.wait(async { request.await.map_err(|e| lost(&base, &e)) })?;
        check(&response, service, self.is_listing)?;
        if self.is_listing {
            self.follow(&response);
        }
        self.answer = Some(Answer { response, rest: Cursor::default() });
        Ok(())
    }

    /// Later requests go where a redirect led.
    fn follow(&self, response: &Response) {
        let mut url = response.url().clone();
        url.set_query(None);
        if let Some(moved) = url.as_str().strip_suffix("/info/refs") {
            moved.clone_into(&mut self.base.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }

    fn receive(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.answer.is_none() {
            self.send()?;
        }
        let answer = self.answer.as_mut().expect("sending leaves an answer");
        loop {
            let read = answer.rest.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let url = answer.response.url().to_string();
            let chunk = answer.response.chunk();
            let chunk =
                self.operation.wait(async { chunk.await.map_err(|error| lost(&url, &error)) })?;
            match chunk {
                Some(bytes) => answer.rest = Cursor::new(bytes.to_vec()),
                None => return Ok(0),
            }
        }
    }
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.receive(buffer).map_err(|error| io::Error::other(self.operation.note(error)))
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.body.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(super) fn lost(url: &str, error: &reqwest::Error) -> anyhow::Error {
    let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    client::unreachable(host.as_deref().unwrap_or("the Git server"), error, Hints::GIT_HOST).1
}

/// Takes only what a Git server answers: a login page has status 200 as well.
pub(super) fn check(response: &Response, service: &str, is_listing: bool) -> Result<()> {
    let status = response.status();
    let refused = |text: &str| anyhow!("{text} (status {})", status.as_u16());
    match status {
        StatusCode::OK => {}
        StatusCode::UNAUTHORIZED => {
            return Err(refused("the Git server does not take the token").class(Class::Denied));
        }
        StatusCode::FORBIDDEN => {
            return Err(refused("the token may not push to this repository")
                .class(Class::Denied)
                .hint("ask an owner for write access, or use a token that has it"));
        }
        StatusCode::NOT_FOUND => {
            return Err(refused("the Git server knows no such repository").class(Class::NotFound));
        }
        _ => return Err(refused("the Git server failed").class(Class::Unreachable)),
    }
    let kind = if is_listing { "advertisement" } else { "result" };
    let expected = format!("application/x-{service}-{kind}");
    let found = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if found == Some(&expected) {
        return Ok(());
    }
    Err(refused("what answered is no Git server")
        .class(Class::Unreachable)
        .hint("check --hostname, and whether a proxy stands in between"))
}
