//! The cluster layer against the sandbox's API, over real connections.

mod reading;
mod reconciling;
mod relay;
mod watching;
mod world;
mod writing;
