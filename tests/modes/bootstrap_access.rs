//! A bootstrap that is not let in, or finds something else than it was told: B1 to B4, B6 to B9, B11, F14, F16,
//! F17, F19 and F23.

use nigari_sandbox::sandbox::{Builder, Sandbox};

use crate::bootstrap::{compare, seen};
use crate::fleet::Fleet;
use crate::mode::Seen;

/// A cluster where nobody acts: for runs that end before the first write.
fn quiet() -> Builder {
    Sandbox::builder().without_players()
}

/// A run with another token.
fn with_token(fleet: &Fleet, token: &str, more: &str) -> Seen {
    let mut command = fleet.command(&fleet.bootstrap_arguments(more));
    command.env("GITHUB_TOKEN", token);
    seen(fleet, &fleet.run(&mut command))
}

#[test]
fn b1_a_token_that_nobody_knows() {
    let claim =
        "a token that GitHub does not recognise is said to be that, before anything is written";
    let (with, without) = compare("B1", claim, quiet, |fleet, fault| {
        if fault {
            return with_token(fleet, "ghp_expired", "--dry-run");
        }
        seen(fleet, &fleet.bootstrap("--dry-run"))
    });
    with.expect(6, "the token is expired, revoked or mistyped");
    with.expect_writes("");
    without.expect_success();
}
