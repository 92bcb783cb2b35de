//! nigari
