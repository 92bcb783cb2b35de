//! A relay before an API server: what a network does to a connection, to whichever server it leads.

use std::net::SocketAddr;

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::world::World;

/// Passes bytes on as long as it is open; its address stays the same.
pub(crate) struct Relay<'a> {
    world: &'a World,
    address: SocketAddr,
    server: SocketAddr,
    running: JoinSet<()>,
    /// Ends the connections of those who listen to it.
    cuts: watch::Sender<()>,
    /// Whether nothing is passed on, and nobody is told so.
    silence: watch::Sender<bool>,
}

impl<'a> Relay<'a> {
    pub(crate) fn open_before(world: &'a World) -> Self {
        let config = world.kubeconfig();
        let server = config["clusters"][0]["cluster"]["server"].as_str().unwrap();
        let port: u16 = server.rsplit_once(':').unwrap().1.parse().unwrap();
        let (here, server) = (([127, 0, 0, 1], 0).into(), ([127, 0, 0, 1], port).into());
        let (running, cuts, silence) =
            (JoinSet::new(), watch::Sender::default(), watch::Sender::default());
        let mut relay = Self { world, address: here, server, running, cuts, silence };
        relay.open();
        relay
    }

    /// The flag that leads nigari here.
    pub(crate) fn flag(&self) -> String {
        format!("--server=https://localhost:{}", self.address.port())
    }

    /// Takes connections, again.
    pub(crate) fn open(&mut self) {
        let (address, server, running) = (self.address, self.server, &mut self.running);
        let (cuts, silence) = (self.cuts.clone(), self.silence.clone());
        self.address = self.world.sandbox().block_on(async {
            let listener = TcpListener::bind(address).await.unwrap();
            let address = listener.local_addr().unwrap();
            running.spawn(async move {
                let mut connections = JoinSet::new();
                while let Ok((mut near, _)) = listener.accept().await {
                    let (mut cut, mut silence) = (cuts.subscribe(), silence.subscribe());
                    connections.spawn(async move {
                        let mut far = TcpStream::connect(server).await.unwrap();
                        // Whoever ends it, the other one sees its end.
                        tokio::select! {
                            _ = copy_bidirectional(&mut near, &mut far) => {}
                            _ = cut.changed() => {}
                            () = fallen(&mut silence) => {
                                // Both ends are held, and what comes is lost, also when others speak again.
                                let _ = cut.changed().await;
                            }
                        }
                    });
                }
            });
            address
        });
    }

    /// Ends all connections, and takes others.
    pub(crate) fn cut(&self) {
        self.cuts.send_replace(());
    }

    /// Loses everything from now on: connections stay, and others are taken, but nobody hears anything.
    pub(crate) fn fall_silent(&self) {
        self.silence.send_replace(true);
    }

    /// Passes on what comes over new connections.
    pub(crate) fn speak(&self) {
        self.silence.send_replace(false);
    }

    /// Ends all connections and takes none.
    pub(crate) fn close(&mut self) {
        self.world.sandbox().block_on(self.running.shutdown());
    }
}

/// Waits until nothing is passed on any more.
async fn fallen(silence: &mut watch::Receiver<bool>) {
    // Who does not listen for that any more goes on.
    if silence.wait_for(|is_silent| *is_silent).await.is_err() {
        std::future::pending().await
    }
}
