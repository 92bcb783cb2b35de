//! Which signatures of an artifact are checked: arguments of sources from registries.

use clap::{Args, ValueEnum};

use crate::manifests::name::dns_subdomain;
use crate::manifests::value::pattern::regular_expression;

/// Which signatures are checked, and with what.
#[derive(Args, Debug)]
#[command(next_help_heading = "Verification")]
pub struct VerificationArgs {
    /// Tool that made the signature
    #[arg(long, value_name = "PROVIDER")]
    pub verify_provider: Option<Signer>,

    /// Secret with the public keys of trusted authors
    #[arg(long, value_name = "NAME", requires = "verify_provider", value_parser = dns_subdomain)]
    pub verify_secret_ref: Option<String>,

    /// Regular expression for the issuer of the identity that signed without a key
    #[arg(long, value_name = "REGEX", requires_all = ["verify_provider", "verify_subject"], value_parser = regular_expression)]
    pub verify_issuer: Option<String>,

    /// Regular expression for the identity that signed without a key
    #[arg(long, value_name = "REGEX", requires_all = ["verify_provider", "verify_issuer"], value_parser = regular_expression)]
    pub verify_subject: Option<String>,
}

/// Tools that sign artifacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Signer {
    /// Sigstore's cosign
    Cosign,
    /// The Notary Project's notation
    Notation,
}
