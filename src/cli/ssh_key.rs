//! Arguments of the keys with which a cluster fetches over SSH.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::manifests::value::number::rsa_bits;

/// Which key is made, where one is made.
#[derive(Args, Debug)]
pub struct KeyAlgorithmArgs {
    /// Algorithm of the deploy key that is made for SSH
    #[arg(long, value_name = "ALGORITHM", default_value = "ecdsa")]
    pub ssh_key_algorithm: KeyAlgorithm,

    /// Curve of an ECDSA key
    #[arg(long, value_name = "CURVE", default_value = "p384")]
    pub ssh_ecdsa_curve: Curve,

    /// Length of an RSA key: 2048, 3072, 4096 or 8192
    #[arg(long, value_name = "BITS", default_value_t = 2048, value_parser = rsa_bits)]
    pub ssh_rsa_bits: u32,
}

/// The two halves of SSH in a Secret: the key, and the host that it is for.
#[derive(Args, Debug)]
pub struct SshKeyArgs {
    /// The key that is made.
    #[command(flatten)]
    pub algorithm: KeyAlgorithmArgs,

    /// File with the private key for SSH; one is made without it
    #[arg(long, value_name = "FILE")]
    pub private_key_file: Option<PathBuf>,

    /// File with the SSH host keys of the Git host, in known_hosts form; asked from the host without it
    #[arg(long, value_name = "FILE")]
    pub known_hosts: Option<PathBuf>,
}

/// Algorithms of deploy keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum KeyAlgorithm {
    /// RSA
    Rsa,
    /// ECDSA
    Ecdsa,
    /// Ed25519
    Ed25519,
}

/// Curves of ECDSA keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Curve {
    /// NIST P-256
    P256,
    /// NIST P-384
    P384,
    /// NIST P-521
    P521,
}
