//! `nigari bootstrap github` as a GitHub App: no personal token anywhere, neither here nor in the cluster.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use k8s_openapi::api::core::v1::Secret;
use kube::api::{Api, Patch, PatchParams};
use nigari_sandbox::github::Rule;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use nigari_test_support::run::Run;
use serde_json::json;
use snapbox::{assert_data_eq, str};

/// What a bootstrap needs of an App.
const PERMISSIONS: [(&str, &str); 4] = [
    ("administration", "write"),
    ("contents", "write"),
    ("metadata", "read"),
    ("pull_requests", "write"),
];

/// A fleet whose GitHub has an App, and nobody's token.
struct Apps {
    fleet: Fleet,
    id: u64,
    key_file: PathBuf,
}

impl Apps {
    /// The App `fleet-app`, installed for the owner with these permissions.
    fn with(fleet: Fleet, permissions: &[(&str, &str)]) -> Self {
        let apps = Self::uninstalled(fleet);
        let owner = apps.fleet.sandbox.owner().to_owned();
        apps.fleet.github().install_app(apps.id, &owner, permissions).unwrap();
        apps
    }

    fn uninstalled(fleet: Fleet) -> Self {
        let (id, key) = fleet.github().add_app("fleet-app").unwrap();
        let key_file = fleet.give("key of the App", &key);
        Self { fleet, id, key_file }
    }

    fn new() -> Self {
        Self::with(Fleet::new(), &PERMISSIONS)
    }

    fn command(&self, more: &str) -> Command {
        let authority = self.fleet.sandbox.certificate_file().display();
        let (id, key) = (self.id, self.key_file.display());
        let app =
            format!("--app-id={id} --app-private-key-file={key} --ca-file={authority} {more}");
        let mut command = self.fleet.command(&self.fleet.bootstrap_arguments(&app));
        command.env_remove("GITHUB_TOKEN");
        command
    }

    fn bootstrap(&self, more: &str) -> Run {
        self.fleet.run(&mut self.command(more))
    }

    /// A run after which nothing is different anywhere.
    fn refused(&self, more: &str) -> String {
        let run = self.bootstrap(more);
        self.fleet.assert_untouched(&run);
        run.to_string().replace(&self.id.to_string(), "[APP]")
    }

    /// How often a token was minted.
    fn minted(&self) -> usize {
        let requests = self.fleet.sandbox.recorder().all();
        requests.iter().filter(|request| request.path.ends_with("/access_tokens")).count()
    }
}

fn keys_of(fleet: &Fleet) -> Vec<String> {
    let secret = fleet.object("v1", "Secret", "flux-system").unwrap();
    secret["data"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn an_app_bootstraps_and_the_cluster_works_as_it_too() {
    let apps = Apps::new();
    let fleet = &apps.fleet;
    assert_data_eq!(
        apps.bootstrap("").in_peace(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as the App fleet-app, installed for acme
✔ checked access to the cluster at https://localhost:[PORT]
► creating repository acme/fleet-infra
✔ repository https://localhost:[PORT]/acme/fleet-infra created
► GitHub signs the commit, because no author is named
✔ committed [COMMIT] to main of acme/fleet-infra
✔ applied the components: 32 created, 0 configured, 0 unchanged
⚠️ the private key of the App is stored in the cluster, in Secret flux-system/flux-system
✔ Secret flux-system/flux-system written
✔ applied the sync objects: 2 created, 0 configured, 0 unchanged
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
✔ Flux v2.9.4 is installed and in sync

"#]]
    );
    assert_eq!(
        keys_of(fleet),
        [
            "ca.crt",
            "githubAppBaseURL",
            "githubAppID",
            "githubAppInstallationID",
            "githubAppPrivateKey"
        ]
    );
    let source =
        fleet.object("source.toolkit.fluxcd.io/v1", "GitRepository", "flux-system").unwrap();
    assert_eq!(source["spec"]["provider"], "github");
    assert!(source["spec"]["url"].as_str().unwrap().starts_with("https://localhost:"));
    assert!(fleet.deploy_keys().is_empty());
    assert_eq!(apps.minted(), 1, "one token does for a whole run");

    fleet.sandbox.recorder().clear();
    let second = apps.bootstrap("");
    assert_eq!(second.exit_code(), Some(0), "{second}");
    fleet.assert_untouched(&second);
    apps.fleet.finish();
}

#[test]
fn a_token_that_expires_under_way_is_renewed_once() {
    let apps = Apps::new();
    apps.fleet.sandbox.faults().arm("github.installation_token=6*1").unwrap();
    let run = apps.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_eq!(apps.minted(), 2);
    let requests = apps.fleet.sandbox.recorder().all();
    let unknown: Vec<_> = requests.iter().filter(|request| request.status == 401).collect();
    assert_eq!(unknown.len(), 1, "{unknown:#?}");
    assert_eq!(apps.fleet.history("main").matches("Add Flux").count(), 1);
    apps.fleet.finish();
}

#[test]
fn the_app_can_write_a_deploy_key_for_the_cluster_instead() {
    let apps = Apps::new();
    let run = apps.bootstrap("--cluster-auth=deploy-key");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_eq!(keys_of(&apps.fleet), ["identity", "identity.pub", "known_hosts"]);
    assert_eq!(apps.fleet.deploy_keys().len(), 1);
    apps.fleet.finish();
}

#[test]
fn an_app_that_is_not_known_or_not_installed() {
    let apps = Apps::uninstalled(Fleet::of(Sandbox::builder().without_players()));
    assert_data_eq!(
        apps.refused(""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ checked access to the cluster at https://localhost:[PORT]
error: the App [APP] has no installation of acme
  hint: install it for the owner, or name another with --app-installation-owner
[exit status: 6]

"#]]
    );
    assert_data_eq!(
        apps.refused("--app-installation-id=999"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ checked access to the cluster at https://localhost:[PORT]
error: the App [APP] has no installation 999
  hint: take the number at the end of the address of its settings page
[exit status: 6]

"#]]
    );
    apps.fleet.github().renew_app_key(apps.id).unwrap();
    assert_data_eq!(
        apps.refused(""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ checked access to the cluster at https://localhost:[PORT]
error: cannot find the installation of the App: GitHub answered 401: A JSON web token could not be decoded
  cause: GitHub does not recognise the App [APP]
  hint: check that --app-private-key-file is a key of the App that --app-id names
[exit status: 6]

"#]]
    );
    apps.fleet.finish();
}

#[test]
fn an_app_that_may_too_little() {
    let permissions = [("administration", "read"), ("contents", "write")];
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let apps = Apps::with(fleet, &permissions);
    assert_data_eq!(
        apps.refused(""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as the App fleet-app, installed for acme
✔ checked access to the cluster at https://localhost:[PORT]
error: the App fleet-app may not do this for acme
  hint: give the App the permission administration=write, and accept it for acme
[exit status: 6]

"#]]
    );
    // It may write to a repository that is there.
    apps.fleet.create_repository(true);
    let run = apps.bootstrap("--dry-run");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert_data_eq!(
        apps.refused("--cluster-auth=deploy-key"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as the App fleet-app, installed for acme
✔ checked access to the cluster at https://localhost:[PORT]
error: the App fleet-app may not do this for acme
  hint: give the App the permission administration=write, and accept it for acme
[exit status: 6]

"#]]
    );
    // And not open the pull request that a rule asks for.
    apps.fleet.github().protect("acme", REPOSITORY, "main", Rule::PullRequest).unwrap();
    let refused = apps.refused("");
    let hint = "hint: give the App the permission pull_requests=write, and accept it for acme\n";
    assert!(refused.contains(hint), "{refused}");
    apps.fleet.finish();
}

#[test]
fn an_app_asserts_itself_anew_after_a_limit() {
    let apps = Apps::with(Fleet::of(Sandbox::builder().without_players()), &PERMISSIONS);
    let faults = apps.fleet.sandbox.faults();
    // An assertion lasts nine minutes: by this clock it has gone before the limit has.
    faults.arm("github.clock=541").unwrap();
    faults.arm("github.request=primary_limit*1").unwrap();
    let told = apps.refused("--check");
    assert!(told.contains("✔ authenticated as the App fleet-app"), "{told}");
    assert!(told.contains("✔ the App has the permissions administration: write"), "{told}");
    assert!(told.contains("requests to GitHub had to be repeated once"), "{told}");
    apps.fleet.finish();
}

#[test]
fn an_app_is_no_administrator_whom_a_protection_spares() {
    let fleet = Fleet::new();
    fleet.create_repository(true);
    let rule = Rule::ReviewsUnlessAdministrator;
    fleet.github().protect("acme", REPOSITORY, "main", rule).unwrap();
    let apps = Apps::with(fleet, &PERMISSIONS);
    let checked = apps.refused("--check");
    let told = "changes go through a pull request with 1 approval (branch protection); a pull request is \
                opened from nigari/";
    assert!(checked.contains(told), "{checked}");
    let run = apps.bootstrap("");
    assert_eq!(run.exit_code(), Some(9), "{run}");
    assert!(!run.stderr().contains("takes no direct commit"), "{run}");
    apps.fleet.finish();
}

#[test]
fn an_app_creates_no_personal_repository() {
    let fleet = Fleet::of(Sandbox::builder().personal().without_players());
    let apps = Apps::with(fleet, &PERMISSIONS);
    assert_data_eq!(
        apps.refused("--personal"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as the App fleet-app, installed for alice
✔ checked access to the cluster at https://localhost:[PORT]
error: the token of a GitHub App cannot create a personal repository
  hint: create the repository by hand, or use a personal token
[exit status: 6]

"#]]
    );
    apps.fleet.finish();
}

#[test]
fn what_contradicts_an_app() {
    let apps = Apps::new();
    assert_data_eq!(
        apps.refused("--token-auth"),
        str![[r#"
------- stderr -------
error: a token that an App gets lasts an hour, which is no use to the cluster
  hint: leave out --token-auth: the cluster works as the App too
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        apps.refused("--app-installation-id=acme"),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: --app-installation-id cannot be used
  cause: "acme" is not the number of an installation
  hint: take the number at the end of the address of its settings page
[exit status: 2]

"#]]
    );
    fs::write(&apps.key_file, "not a key").unwrap();
    assert_data_eq!(
        apps.refused(""),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
error: --app-private-key-file is not a PEM file
  hint: take the file that GitHub gives out for the App
[exit status: 2]

"#]]
    );
    let fleet = &apps.fleet;
    let run = fleet.bootstrap("--cluster-auth=app");
    fleet.assert_untouched(&run);
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: --cluster-auth=app needs an App
  hint: name it with --app-id and --app-private-key-file
[exit status: 2]

"#]]
    );
    apps.fleet.finish();
}

#[test]
fn the_keys_of_another_login_do_not_stay_in_the_cluster() {
    let apps = Apps::with(Fleet::bootstrapped(), &PERMISSIONS);
    assert_eq!(keys_of(&apps.fleet), ["identity", "identity.pub", "known_hosts"]);
    // What flux would have left of a token.
    let secrets: Api<Secret> = Api::namespaced(apps.fleet.sandbox.client(), "flux-system");
    let flux = PatchParams { field_manager: Some("flux".to_owned()), ..PatchParams::default() };
    let token = Patch::Merge(json!({"data": {"username": "Z2l0", "password": "Z2hwX29sZA=="}}));
    apps.fleet.sandbox.block_on(secrets.patch("flux-system", &flux, &token)).unwrap();
    let run = apps.bootstrap("");
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let keys = keys_of(&apps.fleet);
    let is_of_app = |key: &String| key == "ca.crt" || key.starts_with("githubApp");
    assert!(keys.iter().all(is_of_app), "{keys:?}");
    let head = apps.fleet.file("clusters/production/flux-system/gotk-sync.yaml").unwrap();
    assert!(head.contains("  provider: github\n"), "{head}");
    assert!(head.contains(REPOSITORY), "{head}");
    apps.fleet.finish();
}
