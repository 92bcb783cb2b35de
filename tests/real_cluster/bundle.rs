//! Every component, with every option, accepted by both APIs.

use nigari_test_support::fleet::Fleet;

use crate::{real, sandbox};

#[test]
fn all_components_with_every_option_are_installed_in_the_sandbox() {
    install_everything(&sandbox());
}

#[test]
fn all_components_with_every_option_are_installed_on_a_real_control_plane() {
    let Some((fleet, _turn)) = real() else { return };
    install_everything(&fleet);
}

fn install_everything(fleet: &Fleet) {
    let run = fleet.nigari(
        "install --namespace=gitops --registry=registry.example:5000/flux --image-pull-secret=pull \
         --components-extra=image-reflector-controller,image-automation-controller,source-watcher \
         --registry-creds=ann:secret --log-level=debug --watch-all-namespaces=false \
         --toleration-keys=dedicated,node.example/flux --cluster-domain=k8s.example",
    );
    assert_eq!(run.exit_code(), Some(0), "{run}");
    assert!(run.to_string().contains("applied the components: 42 created"), "{run}");
    assert!(run.to_string().contains("source-watcher: deployment ready"), "{run}");
}
