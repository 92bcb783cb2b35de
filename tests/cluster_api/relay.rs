//! A relay in front of a server, which can be cut and restored at the same address.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

pub(crate) struct Relay {
    pub(crate) address: SocketAddr,
    to: SocketAddr,
    running: JoinSet<()>,
}

impl Relay {
    pub(crate) async fn to(to: SocketAddr) -> Self {
        let mut relay = Self { address: ([127, 0, 0, 1], 0).into(), to, running: JoinSet::new() };
        relay.open().await;
        relay
    }

    pub(crate) async fn open(&mut self) {
        let listener = TcpListener::bind(self.address).await.expect("the address is free");
        self.address = listener.local_addr().expect("an address");
        let to = self.to;
        self.running.spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((mut near, _)) = listener.accept().await {
                connections.spawn(async move {
                    let mut far = TcpStream::connect(to).await.expect("the server listens");
                    _ = tokio::io::copy_bidirectional(&mut near, &mut far).await;
                });
            }
        });
    }

    pub(crate) async fn cut(&mut self) {
        self.running.shutdown().await;
    }
}
