//! Typed Flux and Terraform APIs.
