//! The sandbox is not credulous: what would not work outside does not work in it, and nigari says why.

use std::time::Duration;

use nigari_sandbox::players::Pace;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::Fleet;
use snapbox::{assert_data_eq, str};

const RECONCILE: &str = "reconcile kustomization flux-system --with-source --error-budget=1s";
const FETCH: &str = "reconcile source git flux-system --error-budget=1s";

/// What the source's Ready condition says.
fn source_readiness(fleet: &Fleet) -> String {
    let source = fleet.object("source.toolkit.fluxcd.io/v1", "GitRepository", "flux-system");
    let source = source.unwrap();
    let conditions = source["status"]["conditions"].as_array().unwrap();
    let ready = conditions.iter().find(|condition| condition["type"] == "Ready").unwrap();
    ready["status"].as_str().unwrap().to_owned()
}

#[test]
fn a_deleted_deploy_key_is_the_cause_of_every_failure_until_the_next_bootstrap() {
    // As patient as the real controllers become: nothing heals by itself within a test.
    let hour = Duration::from_secs(60 * 60);
    let pace = Pace { retry: hour, retry_limit: hour, ..Pace::default() };
    let fleet = Fleet::bootstrapped_in(Sandbox::builder().pace(pace));
    let id = fleet.deploy_keys()[0].id;
    fleet.github().delete_deploy_key("acme", "fleet-infra", id);
    assert_data_eq!(
        fleet.nigari(RECONCILE).to_string(),
        str![[r#"
------- stderr -------
► annotating GitRepository flux-system in flux-system namespace
✔ GitRepository annotated
◎ waiting for GitRepository reconciliation
error: cannot reconcile the source of Kustomization flux-system/flux-system
  cause: GitRepository flux-system/flux-system: reconciliation failed: GitOperationFailed: failed to checkout and determine revision: unable to list remote for 'ssh://git@localhost/acme/fleet-infra': ssh: handshake failed: ssh: unable to authenticate, attempted methods [none publickey], no supported methods remain
[exit status: 1]

"#]]
    );
    assert_eq!(source_readiness(&fleet), "False");
    assert_data_eq!(
        fleet.nigari(FETCH).to_string(),
        str![[r#"
------- stderr -------
► annotating GitRepository flux-system in flux-system namespace
✔ GitRepository annotated
◎ waiting for GitRepository reconciliation
error: GitRepository flux-system/flux-system: reconciliation failed: GitOperationFailed: failed to checkout and determine revision: unable to list remote for 'ssh://git@localhost/acme/fleet-infra': ssh: handshake failed: ssh: unable to authenticate, attempted methods [none publickey], no supported methods remain
[exit status: 1]

"#]]
    );
    let healing = fleet.bootstrap("");
    assert_eq!(healing.exit_code(), Some(0), "{healing}");
    assert_eq!(source_readiness(&fleet), "True");
    fleet.finish();
}

#[test]
fn a_spoiled_secret_is_the_cause_of_every_failure_after_it() {
    let fleet = Fleet::bootstrapped();
    let identity = fleet.secret("identity").unwrap();
    fleet.spoil_secret("identity", "not a key");
    assert_data_eq!(
        fleet.nigari(RECONCILE).to_string(),
        str![[r#"
------- stderr -------
► annotating GitRepository flux-system in flux-system namespace
✔ GitRepository annotated
◎ waiting for GitRepository reconciliation
error: cannot reconcile the source of Kustomization flux-system/flux-system
  cause: GitRepository flux-system/flux-system: reconciliation failed: GitOperationFailed: failed to checkout and determine revision: unable to construct auth method with options: ssh: no key found
[exit status: 1]

"#]]
    );
    assert_eq!(source_readiness(&fleet), "False");

    fleet.spoil_secret("identity", &identity);
    assert_eq!(fleet.nigari(FETCH).exit_code(), Some(0));
    let foreign = "localhost ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDEl9AVPAVbqVKBpkb7pxvfUfLCUUC8h7Hx8UG/hwQXm\n";
    fleet.spoil_secret("known_hosts", foreign);
    assert_data_eq!(
        fleet.nigari(FETCH).to_string(),
        str![[r#"
------- stderr -------
► annotating GitRepository flux-system in flux-system namespace
✔ GitRepository annotated
◎ waiting for GitRepository reconciliation
error: GitRepository flux-system/flux-system: reconciliation failed: GitOperationFailed: failed to checkout and determine revision: unable to list remote for 'ssh://git@localhost/acme/fleet-infra': ssh: handshake failed: knownhosts: key mismatch
[exit status: 1]

"#]]
    );
    assert_eq!(source_readiness(&fleet), "False");
    fleet.finish();
}
