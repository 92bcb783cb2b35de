//! Values in, YAML text out; pure.

pub mod name;
