//! A relay in front of the API server that counts what passes, encrypted and compressed as it is.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use anyhow::{Context as _, Result};

/// The relay; it ends with the process.
pub(crate) struct Relay {
    address: SocketAddr,
    moved: Arc<Moved>,
}

/// Bytes from the client and from the server.
#[derive(Default)]
struct Moved {
    sent: AtomicU64,
    received: AtomicU64,
}

impl Relay {
    /// Starts a relay to `server`.
    ///
    /// # Errors
    /// When there is no free port.
    pub(crate) fn to(server: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port")?;
        let (address, moved) = (listener.local_addr()?, Arc::new(Moved::default()));
        let counts = Arc::clone(&moved);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                // A client whose connection fails says so itself.
                let _ = connect(client, server, &counts);
            }
        });
        Ok(Self { address, moved })
    }

    /// The address of the relay as clients write it.
    pub(crate) fn origin(&self) -> String {
        format!("https://{}", self.address)
    }

    /// What has passed: from clients, from the server.
    pub(crate) fn moved_bytes(&self) -> (u64, u64) {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        (count(&self.moved.sent), count(&self.moved.received))
    }
}

fn connect(client: TcpStream, server: SocketAddr, moved: &Arc<Moved>) -> io::Result<()> {
    let server = TcpStream::connect(server)?;
    let (from_client, from_server) = (client.try_clone()?, server.try_clone()?);
    let (there, back) = (Arc::clone(moved), Arc::clone(moved));
    thread::spawn(move || copy(from_client, server, &there.sent));
    thread::spawn(move || copy(from_server, client, &back.received));
    Ok(())
}

fn copy(mut from: TcpStream, mut to: TcpStream, count: &AtomicU64) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        count.fetch_add(length as u64, Ordering::Relaxed);
        if to.write_all(&buffer[..length]).is_err() {
            break;
        }
    }
    // The other side may have closed already.
    let _ = to.shutdown(Shutdown::Write);
}
