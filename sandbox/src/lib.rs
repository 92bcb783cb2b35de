//! The outside world on loopback: a Kubernetes API, a GitHub, and players that act as the Flux
//! controllers. It knows the outside and not nigari.
//!
//! | module | what it is |
//! |---|---|
//! | [`tls`] | the sandbox's own certificate authority |
//! | [`serve`] | one HTTPS listener for an [`axum::Router`] |
//! | [`faults`] | faults injected by name |
//! | [`github`] | a GitHub over real bare repositories |
//! | [`players`] | clients that act as the Flux controllers and as kubelets |
//! | [`recorder`] | every request the doubles received, in order |

pub mod faults;
pub mod github;
pub mod players;
pub mod recorder;
pub mod serve;
pub mod tls;
