//! Which signatures are checked.

use nigari_api::source::OIDCIdentityMatch;

use super::new::given;
use crate::cli::create::verification::VerificationArgs;

/// Who may have signed without a key; both halves are given or none.
pub(super) fn identities(args: &VerificationArgs) -> Vec<OIDCIdentityMatch> {
    let both = given(&args.verify_issuer).zip(given(&args.verify_subject));
    both.map(|(issuer, subject)| OIDCIdentityMatch { issuer, subject }).into_iter().collect()
}
