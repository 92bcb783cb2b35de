//! Arguments for a signature on a commit.

use std::path::PathBuf;

use clap::Args;

use super::global::SecretArg;

/// Who signs the commit.
#[derive(Args, Debug)]
#[command(next_help_heading = "Signature options")]
pub struct SigningArgs {
    /// File with an OpenPGP key ring that holds the private key to sign the commit with
    ///
    /// Without a key of yours GitHub signs the commit, unless an author is named.
    #[arg(long, value_name = "FILE", conflicts_with = "ssh_signing_key_file")]
    pub gpg_key_ring: Option<PathBuf>,

    /// Id of the key in the ring, of 16 hexadecimal digits [default: the first]
    #[arg(long, value_name = "ID", requires = "gpg_key_ring")]
    pub gpg_key_id: Option<String>,

    /// Passphrase of the key; other processes can read it
    #[arg(
        long,
        value_name = "TEXT",
        requires = "gpg_key_ring",
        conflicts_with = "gpg_passphrase_file"
    )]
    pub gpg_passphrase: Option<SecretArg>,

    /// File with the passphrase of the key, - for standard input
    #[arg(long, value_name = "FILE", requires = "gpg_key_ring")]
    pub gpg_passphrase_file: Option<PathBuf>,

    /// File with the private SSH key to sign the commit with
    #[arg(long, value_name = "FILE")]
    pub ssh_signing_key_file: Option<PathBuf>,

    /// Passphrase of the SSH key; other processes can read it
    #[arg(
        long,
        alias = "ssh-signing-passphrase",
        value_name = "TEXT",
        requires = "ssh_signing_key_file",
        conflicts_with = "ssh_signing_password_file"
    )]
    pub ssh_signing_password: Option<SecretArg>,

    /// File with the passphrase of the SSH key, - for standard input
    #[arg(long, value_name = "FILE", requires = "ssh_signing_key_file")]
    pub ssh_signing_password_file: Option<PathBuf>,
}
