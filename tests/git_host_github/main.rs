//! The GitHub layer against a GitHub on loopback with real repositories on disk.

mod deploy_key;
mod hub;
mod publish;
mod pull_request;
mod refusal;
mod repository;
mod signed;
