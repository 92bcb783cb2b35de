//! Whole chains: what an object depends on, what depends on it, and a commit on its way through all of them.

use std::path::PathBuf;
use std::process::Stdio;

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::source::GIT_REPOSITORY;
use nigari_test_support::cluster::{Cluster, object};
use nigari_test_support::fleet::Fleet;
use nigari_test_support::run::Run;
use serde_json::{Value, json};
use snapbox::{assert_data_eq, str};

/// A Kustomization of the fleet's repository, and what it has to wait for.
fn manifest(name: &str, depends_on: &[String]) -> String {
    let mut text = format!(
        "---\napiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n\
         metadata: {{name: {name}, namespace: flux-system}}\n\
         spec:\n  interval: 10m\n  path: ./nodes/{name}\n  prune: true\n  \
         sourceRef: {{kind: GitRepository, name: flux-system}}\n"
    );
    if !depends_on.is_empty() {
        let list: Vec<_> = depends_on.iter().map(|name| format!("{{name: {name}}}")).collect();
        text += &format!("  dependsOn: [{}]\n", list.join(", "));
    }
    text
}

fn settings(name: &str, value: &str) -> String {
    format!(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: {name}, namespace: flux-system}}\n\
         data: {{value: {value:?}}}\n"
    )
}

/// Layers of Kustomizations: each depends on two of the layer before, the first on nothing.
struct Layers {
    fleet: Fleet,
    names: Vec<Vec<String>>,
}

impl Layers {
    /// A fleet on which all layers are ready.
    fn new(depth: usize, width: usize) -> Self {
        let names: Vec<Vec<String>> = (0..depth)
            .map(|layer| (0..width).map(|place| format!("n{layer}-{place}")).collect())
            .collect();
        let fleet = Fleet::bootstrapped();
        let mut script = "git clone --quiet $GITHUB_SERVER_URL/acme/fleet-infra.git\n\
                          cd fleet-infra\n"
            .to_owned();
        let mut manifests = String::new();
        for (layer, nodes) in names.iter().enumerate() {
            for (place, name) in nodes.iter().enumerate() {
                let before = layer.checked_sub(1).map(|before| &names[before]);
                let depends_on: Vec<String> = before
                    .map(|before| vec![before[place].clone(), before[(place + 1) % width].clone()])
                    .unwrap_or_default();
                manifests += &manifest(name, &depends_on);
                let settings = settings(name, "1");
                script += &format!("mkdir -p nodes/{name}\n");
                script += &format!("cat > nodes/{name}/settings.yaml <<'YAML'\n{settings}YAML\n");
            }
        }
        script += &format!("cat > clusters/production/nodes.yaml <<'YAML'\n{manifests}YAML\n");
        script += "git add --all\ngit commit --quiet --message nodes\ngit push --quiet\n";
        fleet.shell(&script);
        let layers = Self { fleet, names };
        let applied = layers.fleet.nigari("reconcile ks flux-system --with-source");
        assert_eq!(applied.exit_code(), Some(0), "{applied}");
        let run = layers.to(&layers.head());
        assert_eq!(run.exit_code(), Some(0), "{run}");
        layers.fleet.sandbox.recorder().clear();
        layers
    }

    fn head(&self) -> String {
        self.fleet.head("main").unwrap()
    }

    fn to(&self, commit: &str) -> Run {
        self.fleet.nigari(&format!("{} --to {commit}", Self::EVERYTHING))
    }

    const EVERYTHING: &'static str = "reconcile source git flux-system --with-dependents";

    fn all(&self) -> impl Iterator<Item = &String> {
        self.names.iter().flatten()
    }

    /// The revision that a node has applied, and whether it is ready.
    fn state(&self, name: &str) -> (String, bool) {
        let version = "kustomize.toolkit.fluxcd.io/v1";
        let node = self.fleet.object(version, "Kustomization", name).unwrap();
        let conditions = node["status"]["conditions"].as_array().unwrap();
        let is_ready =
            conditions.iter().any(|one| one["type"] == "Ready" && one["status"] == "True");
        let applied = node["status"]["lastAppliedRevision"].as_str().unwrap_or_default();
        (applied.to_owned(), is_ready)
    }

    /// Commits another value for a node.
    fn change(&self, name: &str, value: &str) -> String {
        self.fleet.commit(&format!("nodes/{name}/settings.yaml"), &settings(name, value))
    }

    /// How often the nodes were asked to reconcile since the recorder was cleared.
    fn requests(&self) -> usize {
        let writes = self.fleet.sandbox.recorder().writes();
        let is_request =
            |path: &str| path.contains("/kustomizations/n") && !path.contains("/status");
        writes
            .iter()
            .filter(|write| write.method == "PATCH" && is_request(&write.path))
            .filter(|write| write.body.contains("requestedAt"))
            .count()
    }
}

/// Waits for a commit to arrive everywhere, in one run, whatever else is going on.
#[test]
fn a_commit_arrives_in_every_layer_in_one_run() {
    let layers = Layers::new(6, 6);
    let (broken, blocked) = ("n1-3", "n2-3");

    // A node that fails at the old revision, and is right in the new one.
    layers.fleet.commit(&format!("nodes/{broken}/settings.yaml"), "kind: [\n");
    let stuck = layers.to(&layers.head());
    assert_eq!(stuck.exit_code(), Some(1), "{stuck}");
    assert!(
        stuck.stderr().contains(&format!(
            "Kustomization flux-system/{broken}: reconciliation failed: BuildFailed"
        )),
        "{stuck}"
    );
    assert!(
        stuck.stderr().contains(&format!(
            "Kustomization flux-system/{blocked} is blocked by Kustomization flux-system/{broken}"
        )),
        "{stuck}"
    );
    let (at, is_ready) = layers.state("n1-0");
    assert!(is_ready && at.ends_with(&layers.head()), "what is not below goes on: {at}");

    // Everything else is ready at the old revision, which counts for nothing.
    let wanted = layers.change(broken, "2");
    layers.fleet.sandbox.recorder().clear();
    let healed = layers.to(&wanted);
    assert_eq!(healed.exit_code(), Some(0), "{healed}");
    for name in layers.all() {
        assert_eq!(layers.state(name), (format!("main@sha1:{wanted}"), true), "{name}: {healed}");
    }
    // Nobody is asked twice, unless it looked before what it depends on was ready.
    assert!(layers.requests() < 50, "{}", layers.requests());

    // A new commit in the middle of the run.
    layers.fleet.sandbox.faults().arm("kustomize.delay=120").unwrap();
    let wanted = layers.change("n0-0", "3");
    layers.fleet.sandbox.recorder().clear();
    let run = layers.fleet.start(&format!("{} --to {wanted}", Layers::EVERYTHING));
    layers.fleet.until("the second layer is under way", || layers.requests() > 6);
    let newer = layers.change("n5-5", "4");
    let run = layers.fleet.finished(run);
    assert_eq!(run.exit_code(), Some(0), "{run}");
    for name in layers.all() {
        let (at, _) = layers.state(name);
        let commit = at.rsplit(':').next().unwrap();
        assert!([&wanted, &newer].iter().any(|one| *one == commit), "{name} at {at}: {run}");
    }
    layers.fleet.finish();
}

#[test]
fn what_an_object_depends_on_is_reconciled_before_it() {
    let layers = Layers::new(3, 1);
    let wanted = layers.change("n0-0", "2");
    let run = layers.fleet.nigari("reconcile ks n2-0 --with-dependencies --with-source");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
NAME   REVISION             RESULT       MESSAGE
n2-0   main@sha1:[COMMIT]   Reconciled   Applied revision: main@sha1:[COMMIT]
n1-0   main@sha1:[COMMIT]   Reconciled   Applied revision: main@sha1:[COMMIT]
n0-0   main@sha1:[COMMIT]   Reconciled   Applied revision: main@sha1:[COMMIT]
------- stderr -------
► reconciling 4 objects
✔ GitRepository flux-system/flux-system: fetched revision main@sha1:[COMMIT]
✔ Kustomization flux-system/n0-0: applied revision main@sha1:[COMMIT]
✔ Kustomization flux-system/n1-0: applied revision main@sha1:[COMMIT]
✔ Kustomization flux-system/n2-0: applied revision main@sha1:[COMMIT]

"#]]
    );
    assert_eq!(layers.state("n2-0"), (format!("main@sha1:{wanted}"), true));
    let again =
        layers.fleet.nigari(&format!("reconcile ks n2-0 --with-dependencies --to {wanted}"));
    assert_eq!(again.exit_code(), Some(0), "{again}");
    assert!(again.stderr().contains("n0-0 is ready at main@sha1:[COMMIT] already"), "{again}");
    layers.fleet.finish();
}

/// Runs nigari in the clone that [`Layers::new`] has made.
fn clone_of(fleet: &Fleet) -> PathBuf {
    fleet.sandbox.home().join("fleet-infra")
}

#[test]
fn a_commit_that_is_not_pushed_yet_is_waited_for() {
    let layers = Layers::new(1, 1);
    let fleet = &layers.fleet;
    fleet.shell(&format!(
        "cd fleet-infra\ncat > nodes/n0-0/settings.yaml <<'YAML'\n{}YAML\n\
         git commit --quiet --all --message newer",
        settings("n0-0", "2")
    ));
    let mut command = fleet.command("reconcile ks n0-0 --to HEAD");
    command.current_dir(clone_of(fleet)).stdout(Stdio::piped()).stderr(Stdio::piped());
    let run = command.spawn().unwrap();
    let is_asked = || {
        let writes = fleet.sandbox.recorder().writes();
        writes.iter().any(|write| {
            write.path.contains("/gitrepositories/") && write.body.contains("requestedAt")
        })
    };
    fleet.until("the source was asked", is_asked);
    fleet.shell("cd fleet-infra\ngit push --quiet");
    assert_data_eq!(
        fleet.finished(run).to_string(),
        str![[r#"
------- stderr -------
⚠️ no remote has HEAD ([COMMIT]) as far as the local repository knows: the source has not seen it yet
► annotating GitRepository flux-system in flux-system namespace
✔ GitRepository annotated
◎ waiting for GitRepository reconciliation
◎ GitRepository flux-system/flux-system is at main@sha1:[COMMIT], which does not hold [COMMIT] yet
✔ fetched revision main@sha1:[COMMIT]
► annotating Kustomization n0-0 in flux-system namespace
✔ Kustomization annotated
◎ waiting for Kustomization reconciliation
✔ applied revision main@sha1:[COMMIT]

"#]]
    );
    let head = layers.head();
    assert_eq!(layers.state("n0-0"), (format!("main@sha1:{head}"), true));
    layers.fleet.finish();
}

/// Kustomizations that nothing reconciles; each depends on those after its name.
fn idle(chain: &[(&str, &str, &[&str])]) -> Cluster {
    let cluster = Cluster::with(&[&KUSTOMIZATION, &GIT_REPOSITORY]);
    let url = json!({"interval": "1m", "url": "https://example.com/fleet.git"});
    cluster.put(object(&GIT_REPOSITORY, "fleet", json!({"spec": url})));
    for (namespace, name, depends_on) in chain {
        let depends_on: Vec<Value> = depends_on
            .iter()
            .map(|name| match name.split_once('/') {
                Some((namespace, name)) => json!({"namespace": namespace, "name": name}),
                None => json!({"name": name}),
            })
            .collect();
        let more = json!({"dependsOn": depends_on});
        let mut node = nigari_test_support::cluster::kustomization(name, more);
        node["metadata"]["namespace"] = json!(namespace);
        node["spec"]["sourceRef"]["namespace"] = json!("flux-system");
        cluster.put(node);
    }
    cluster.writes();
    cluster
}

#[test]
fn a_cycle_is_named_before_anything_is_written() {
    let cluster = idle(&[
        ("flux-system", "apps", &["infra"]),
        ("flux-system", "infra", &["apps/tenant"]),
        ("apps", "tenant", &["flux-system/apps"]),
    ]);
    for words in [
        "reconcile ks apps --with-dependencies --resume",
        "reconcile ks infra --with-dependents",
        "reconcile source git fleet --with-dependents",
    ] {
        let run = cluster.nigari(words);
        assert_data_eq!(
            run.to_string(),
            str![[r#"
------- stderr -------
error: these wait for each other and will never be ready: Kustomization apps/tenant → Kustomization flux-system/apps → Kustomization flux-system/infra → Kustomization apps/tenant
  hint: take one of them out of another one's dependsOn
[exit status: 1]

"#]]
        );
        assert_eq!(cluster.writes(), "", "{words}");
    }
}

#[test]
fn what_is_blocked_and_by_whom() {
    let cluster = idle(&[
        ("flux-system", "top", &["middle", "gone"]),
        ("flux-system", "middle", &["apps/base"]),
        ("apps", "base", &[]),
    ]);
    let mut base = cluster.0.kube().get(
        "kustomize.toolkit.fluxcd.io/v1",
        "Kustomization",
        Some("apps"),
        "base",
    );
    if let Some(base) = &mut base {
        base["spec"]["suspend"] = json!(true);
        cluster.put(base.clone());
    }
    let run = cluster.nigari("reconcile ks top --with-dependencies");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
NAMESPACE     NAME     REVISION   RESULT     MESSAGE
flux-system   top                 Blocked    Kustomization flux-system/top is blocked by Kustomization flux-system/gone: Kustomization flux-system/gone not found
flux-system   middle              Blocked    Kustomization flux-system/middle is blocked by Kustomization apps/base: Kustomization apps/base is suspended
flux-system   gone                NotFound   Kustomization flux-system/gone not found
apps          base                Failed     Kustomization apps/base is suspended
------- stderr -------
✗ Kustomization flux-system/gone not found
✗ Kustomization apps/base is suspended
► reconciling 2 objects
✗ Kustomization flux-system/top is blocked by Kustomization flux-system/gone
✗ Kustomization flux-system/middle is blocked by Kustomization apps/base
error: 4 of 4 objects were not reconciled
[exit status: 1]

"#]]
    );
    let run = cluster.nigari("reconcile ks base -n apps --with-dependents");
    assert_data_eq!(
        run.to_string(),
        str![[r#"
NAMESPACE     NAME     REVISION   RESULT    MESSAGE
apps          base                Failed    Kustomization apps/base is suspended
flux-system   middle              Blocked   Kustomization flux-system/middle is blocked by Kustomization apps/base: Kustomization apps/base is suspended
flux-system   top                 Blocked   Kustomization flux-system/top is blocked by Kustomization apps/base: Kustomization apps/base is suspended
------- stderr -------
✗ Kustomization apps/base is suspended
► reconciling 2 objects
✗ Kustomization flux-system/middle is blocked by Kustomization apps/base
✗ Kustomization flux-system/top is blocked by Kustomization apps/base
error: 3 of 3 objects were not reconciled
[exit status: 1]

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn what_cannot_be_meant() {
    let cluster = idle(&[("flux-system", "apps", &[])]);
    for (words, said) in [
        ("reconcile ks apps --with-dependents --no-wait", "--no-wait cannot be meant"),
        ("reconcile ks apps --to main", "it names no content"),
        ("reconcile ks apps --to 6.5.4", "its status tells a commit, not the version of a chart"),
    ] {
        let run = cluster.nigari(words);
        assert_eq!(run.exit_code(), Some(2), "{words}: {run}");
        assert!(run.stderr().contains(said), "{words}: {run}");
    }
    assert_eq!(cluster.writes(), "");
}
