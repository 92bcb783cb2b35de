//! `nigari bootstrap github` with options for the components: what they come to, and what is refused.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{FOLDER, Fleet};
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

const PASSWORD: &str = "s3:cret-of-the-registry";

/// What the pull Secret says about registries.
fn registries(fleet: &Fleet) -> Value {
    let secret = fleet.object("v1", "Secret", "pull").unwrap();
    assert_eq!(secret["type"], "kubernetes.io/dockerconfigjson");
    let config = secret["data"][".dockerconfigjson"].as_str().unwrap();
    serde_json::from_slice(&BASE64_STANDARD.decode(config).unwrap()).unwrap()
}

#[test]
fn a_private_registry_gets_its_secret_before_the_components() {
    let fleet = Fleet::new();
    let file = fleet.give("credentials of the registry", &format!("ann:{PASSWORD}\n"));
    fleet.seed("the password of the registry", PASSWORD);
    let arguments = format!(
        "--registry=registry.example:5000/flux/ --image-pull-secret=pull --registry-creds-file={} \
         --toleration-keys=dedicated --components-extra=source-watcher",
        file.display()
    );
    let first = fleet.bootstrap(&arguments);
    assert_data_eq!(
        first.in_peace(),
        str![[r#"
------- stderr -------
► connecting to localhost:[PORT]
✔ authenticated as alice
✔ checked access to the cluster at https://localhost:[PORT]
► creating repository acme/fleet-infra
✔ repository https://localhost:[PORT]/acme/fleet-infra created
► GitHub signs the commit, because no author is named
✔ committed [COMMIT] to main of acme/fleet-infra
✔ applied the namespace: 1 created, 0 configured, 0 unchanged
✔ Secret flux-system/pull written
✔ applied the components: 35 created, 0 configured, 1 unchanged
✔ deploy key flux-system-main-flux-system-./clusters/production added to acme/fleet-infra
► the deploy key lives as long as the token that made it: regenerate that token, do not delete it
✔ Secret flux-system/flux-system written
✔ applied the sync objects: 2 created, 0 configured, 0 unchanged
◎ waiting for the components
✔ helm-controller: deployment ready
✔ kustomize-controller: deployment ready
✔ notification-controller: deployment ready
✔ source-controller: deployment ready
✔ source-watcher: deployment ready
◎ waiting for GitRepository flux-system/flux-system
✔ GitRepository flux-system/flux-system is at main@sha1:[COMMIT]
◎ waiting for Kustomization flux-system/flux-system
✔ Kustomization flux-system/flux-system is at main@sha1:[COMMIT]
✔ Flux v2.9.4 is installed and in sync

"#]]
    );
    let auth = BASE64_STANDARD.encode(format!("ann:{PASSWORD}"));
    let registry = json!({ "username": "ann", "password": PASSWORD, "auth": auth });
    let expected = json!({ "auths": { "registry.example:5000/flux": registry } });
    assert_eq!(registries(&fleet), expected);
    let deployment = fleet.object("apps/v1", "Deployment", "source-watcher").unwrap();
    let pod = &deployment["spec"]["template"]["spec"];
    let image = "registry.example:5000/flux/source-watcher:v2.2.3";
    assert_eq!(pod["containers"][0]["image"], image);
    assert_eq!(pod["imagePullSecrets"], json!([{ "name": "pull" }]));
    assert_eq!(pod["tolerations"], json!([{ "key": "dedicated", "operator": "Exists" }]));
    for file in ["gotk-components.yaml", "gotk-sync.yaml"] {
        let committed = fleet.file(&format!("{FOLDER}/{file}")).unwrap();
        assert!(!committed.contains(PASSWORD) && !committed.contains(&auth), "{file}");
    }

    fleet.sandbox.recorder().clear();
    let second = fleet.bootstrap(&arguments);
    assert_eq!(second.exit_code(), Some(0), "{second}");
    fleet.assert_untouched(&second);
    for run in [first, second] {
        assert!(!run.to_string().contains(PASSWORD), "{run}");
    }
    fleet.finish();
}

#[test]
fn the_credentials_of_the_registry_can_change() {
    let fleet = Fleet::bootstrapped();
    let bootstrap = |password: &str| {
        let run =
            fleet.bootstrap(&format!("--image-pull-secret=pull --registry-creds=ann:{password}"));
        assert_eq!(run.exit_code(), Some(0), "{run}");
        registries(&fleet)["auths"]["ghcr.io/fluxcd"]["password"].clone()
    };
    assert_eq!(bootstrap("old"), "old");
    assert_eq!(bootstrap("new"), "new");
    fleet.finish();
}

#[test]
fn component_options_that_cannot_be() {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    let refused = |more: &str| {
        let run = fleet.bootstrap(more);
        fleet.assert_untouched(&run);
        run.to_string()
    };
    assert_data_eq!(
        refused("--registry-creds=ann:secret"),
        str![[r#"
------- stderr -------
error: the following required arguments were not provided:
  --image-pull-secret <NAME>

Usage: nigari bootstrap github --owner <OWNER> --repository <NAME> --image-pull-secret <NAME> --path <PATH> --registry-creds <USER:PASSWORD>

For more information, try '--help'.
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--image-pull-secret=pull --registry-creds=ann"),
        str![[r#"
------- stderr -------
error: --registry-creds cannot be used
  cause: registry credentials are written as USER:PASSWORD
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--image-pull-secret=pull --registry-creds-file=nowhere"),
        str![[r#"
------- stderr -------
error: cannot read nowhere (--registry-creds-file)
  cause: No such file or directory (os error 2)
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--registry=https://ghcr.io/fluxcd"),
        str![[r#"
------- stderr -------
error: --registry cannot be used
  cause: "https://ghcr.io/fluxcd" is an address and not a registry
  hint: leave out everything up to ://
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--toleration-keys=a,-b"),
        str![[r#"
------- stderr -------
error: --toleration-keys cannot be used
  cause: "-b" is not a valid key: at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit; before them, if anything, a domain and '/', like example.com/team
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("--components-extra=source-controller"),
        str![[r#"
------- stderr -------
error: --components cannot be used
  cause: the component source-controller is given twice
[exit status: 2]

"#]]
    );
    fleet.finish();
}
