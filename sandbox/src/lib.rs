//! The outside world on loopback: a Kubernetes API, a GitHub, and players that act as the Flux
//! controllers. It knows the outside and not nigari.
//!
//! | module | what it is |
//! |---|---|
//! | [`sandbox`] | all of it joined, for tests and for `nigari-sandbox up` |
//! | [`control_plane`] | a real etcd, kube-apiserver and kube-controller-manager |
//! | [`charts`] | a Helm repository |
//! | [`environment`] | the variables that lead programs to the sandbox |
//! | [`tls`] | the sandbox's own certificate authority |
//! | [`serve`] | one HTTPS listener for an [`axum::Router`] |
//! | [`faults`] | faults injected by name |
//! | [`gate`] | what cuts programs off from a real API server |
//! | [`github`] | a GitHub over real bare repositories |
//! | [`holds`] | places at which somebody is held up |
//! | [`kube`] | the Kubernetes API |
//! | [`objects`] | what a namespace holds, as a list |
//! | [`players`] | clients that act as the Flux controllers and as kubelets |
//! | [`registry`] | an OCI registry |
//! | [`recorder`] | every request the doubles received, in order |
//! | [`turnstile`] | counts the requests of programs, and holds them up |
//! | [`shape`] | what requests have in common that an API treats alike |

pub mod charts;
pub mod control_plane;
pub mod environment;
pub mod faults;
pub mod gate;
pub mod github;
pub mod holds;
pub mod kube;
pub mod objects;
pub mod players;
pub mod recorder;
pub mod registry;
pub mod sandbox;
pub mod serve;
pub mod shape;
pub mod tls;
mod traffic;
pub mod turnstile;
