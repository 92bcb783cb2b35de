//! The SSH keys that are made here, as arguments ask for them.

use anyhow::Result;

use crate::cli::ssh_key::{Curve as CurveArg, KeyAlgorithm, KeyAlgorithmArgs};
use crate::git_host::ssh_key::{Algorithm, Curve};

/// The algorithm that was asked for.
///
/// # Errors
/// [`crate::error::Class::Usage`] for a size that is not offered.
pub(super) fn algorithm(args: &KeyAlgorithmArgs) -> Result<Algorithm> {
    let algorithm = match args.ssh_key_algorithm {
        KeyAlgorithm::Ed25519 => Algorithm::Ed25519,
        KeyAlgorithm::Rsa => Algorithm::Rsa { bits: args.ssh_rsa_bits },
        KeyAlgorithm::Ecdsa => Algorithm::Ecdsa(match args.ssh_ecdsa_curve {
            CurveArg::P256 => Curve::P256,
            CurveArg::P384 => Curve::P384,
            CurveArg::P521 => Curve::P521,
        }),
    };
    algorithm.checked()
}
