//! Shown, suspended, resumed, exported, deleted: the same words from the sandbox's API and from a real one.

use nigari_test_support::fleet::Fleet;

const HELLO: &str = "apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  name: hello
  namespace: flux-system
spec:
  interval: 10m
  path: ./hello
  prune: true
  sourceRef:
    kind: GitRepository
    name: flux-system
";

const SETTINGS: &str = "apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  namespace: flux-system
data:
  colour: blue
";

#[test]
fn a_real_control_plane_gives_the_same_answers() {
    let Some((real, _turn)) = crate::real() else { return };
    let real = story(real);
    assert_eq!(story(crate::sandbox()), real);
    let codes: Vec<_> = real.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, [Some(0); 9].into_iter().chain([Some(3)]).collect::<Vec<_>>(), "{real:#?}");
}

/// What each command ended with and said.
fn story(fleet: Fleet) -> Vec<(Option<i32>, String)> {
    let bootstrapped = fleet.bootstrap("");
    assert_eq!(bootstrapped.exit_code(), Some(0), "{bootstrapped}");
    fleet.commit("clusters/production/hello.yaml", HELLO);
    fleet.commit("hello/settings.yaml", SETTINGS);
    let synced = fleet.nigari("reconcile ks flux-system --with-source");
    assert_eq!(synced.exit_code(), Some(0), "{synced}");
    for words in ["trace cm settings", "events --for ks/hello", "stats"] {
        let run = fleet.nigari(words);
        assert_eq!(run.exit_code(), Some(0), "{words}: {run}");
    }
    let told = [
        "get all --kind ks --sort-by name --exit-status -o jsonpath={.items[*].metadata.name}",
        "tree ks hello",
        "tree ks flux-system --compact",
        "suspend ks hello --reason=check --until=2999-01-01T00:00:00Z",
        "suspend ks hello",
        "export ks hello",
        "resume ks hello",
        "suspend ks hello --dry-run",
        "delete ks hello --silent --wait",
        "delete ks hello --silent",
    ]
    .map(|words| {
        let run = fleet.nigari(words);
        (run.exit_code(), run.to_string())
    });
    assert!(fleet.object("v1", "ConfigMap", "settings").is_none(), "{told:#?}");
    fleet.finish();
    told.into()
}
