//! `nigari create --templates` and `nigari init --templates`: manifests laid out by the user's own templates.

use std::fs;
use std::path::PathBuf;

use nigari::kinds::kustomize::KUSTOMIZATION;
use nigari::kinds::notification::{ALERT, PROVIDER};
use nigari_test_support::cluster::Cluster;
use nigari_test_support::fleet::Fleet;
use nigari_test_support::run::Run;
use snapbox::{assert_data_eq, str};

use crate::create_kinds::settled;

const OURS: &str = include_str!("../../templates/create/kustomization.yaml");

const APPS: &str = "create kustomization apps --source=fleet --path=./apps --prune";

/// Puts templates into a folder of the sandbox, and returns the flag that names it.
fn flag(home: PathBuf, files: &[(&str, &str)]) -> String {
    let folder = home.join("mine");
    fs::create_dir_all(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    format!("--templates={}", folder.display())
}

fn mine(cluster: &Cluster, files: &[(&str, &str)]) -> String {
    flag(cluster.0.home().to_owned(), files)
}

fn create(cluster: &Cluster, flag: &str, more: &str) -> Run {
    cluster.nigari(&format!("{APPS} {flag} {more}"))
}

/// Our template, with a line instead of another one.
fn with(line: &str, instead: &str) -> String {
    assert!(OURS.contains(line), "{line}");
    OURS.replace(line, instead)
}

#[test]
fn a_template_adds_what_its_author_wants_and_values_find_their_places() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    let owned = with(
        "  {{- metadata.annotations | optional(\"annotations\", 2) }}",
        "  annotations:\n    owner: {{ metadata.namespace ~ '/' ~ metadata.name }}",
    );
    let text = format!("# Laid out by the platform team.\n{owned}  deletionPolicy: Orphan\n");
    let text =
        text.replace("  interval: {{ spec.interval }}", "  interval: 30m # unless told otherwise");
    let files = [("kustomization.yaml", text.as_str()), ("README.md", "Ours.\n")];
    let flag = mine(&cluster, &files);
    assert_data_eq!(
        create(&cluster, &flag, "--export --label=team=on").to_string(),
        str![[r#"
---
# Laid out by the platform team.
apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata:
  annotations:
    owner: flux-system/apps
  labels:
    team: "on"
  name: apps
  namespace: flux-system
spec:
  interval: 30m # unless told otherwise
  path: ./apps
  prune: true
  sourceRef:
    kind: GitRepository
    name: fleet
  deletionPolicy: Orphan

"#]]
    );
    assert!(cluster.0.recorder().all().is_empty(), "no cluster is asked");
    let words = format!("{APPS} {flag}");
    let words: Vec<&str> = words.split_whitespace().collect();
    let applied = settled(&cluster, &KUSTOMIZATION, "apps", &words);
    assert_eq!(applied.exit_code(), Some(0), "{applied}");
    let live = cluster.get(&KUSTOMIZATION, "apps").unwrap();
    assert_eq!(live["metadata"]["annotations"]["owner"], "flux-system/apps");
    assert_eq!(live["spec"]["interval"], "30m");
    // Other kinds keep our template.
    let namespace = "create tenant team --with-namespace=team --export";
    let namespace = cluster.nigari(&format!("{namespace} {flag}"));
    assert!(
        namespace.stdout().starts_with("---\napiVersion: v1\nkind: Namespace\n"),
        "{namespace}"
    );
}

#[test]
fn a_template_that_is_wrong_is_refused_with_its_file_the_field_and_the_rule() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    let refused = |text: &str, more: &str| {
        let flag = mine(&cluster, &[("kustomization.yaml", text)]);
        let run = create(&cluster, &flag, &format!("--export {more}"));
        assert_eq!(run.exit_code(), Some(2), "{run}");
        run.to_string()
    };
    let unknown = format!("{OURS}  colour: blue\n");
    assert_data_eq!(
        refused(&unknown, ""),
        str![[r#"
------- stderr -------
error: [ROOT]/home/mine/kustomization.yaml cannot be used
  cause: spec.colour is no field of the kind
[exit status: 2]

"#]]
    );
    let misspelt = with("  {{- spec.wait | optional(\"wait\", 2) }}", "  wait: \"yes\"");
    assert_data_eq!(
        refused(&misspelt, ""),
        str![[r#"
------- stderr -------
error: [ROOT]/home/mine/kustomization.yaml cannot be used
  cause: spec.wait says "yes", and must be of the type boolean
[exit status: 2]

"#]]
    );
    let without = with("\n  {{- spec.path | optional(\"path\", 2) }}", "");
    assert_data_eq!(
        refused(&without, ""),
        str![[r#"
------- stderr -------
error: [ROOT]/home/mine/kustomization.yaml cannot be used
  cause: spec.path is left out
[exit status: 2]

"#]]
    );
    let fixed = with("{{ spec.interval }}", "30m");
    assert_data_eq!(
        refused(&fixed, "--interval=5m"),
        str![[r#"
------- stderr -------
error: [ROOT]/home/mine/kustomization.yaml cannot be used
  cause: spec.interval says "30m", and must say "5m0s"
[exit status: 2]

"#]]
    );
    let other = with("{{ kind }}", "HelmRelease");
    assert_data_eq!(
        refused(&other, ""),
        str![[r#"
------- stderr -------
error: [ROOT]/home/mine/kustomization.yaml cannot be used
  cause: kind says "HelmRelease", and must say "Kustomization"
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused(&format!("{OURS}---\n{OURS}"), ""),
        str![[r#"
------- stderr -------
error: [ROOT]/home/mine/kustomization.yaml cannot be used
  cause: it renders 2 documents, and must render one
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("{# nothing #}\n", ""),
        str![[r#"
------- stderr -------
error: [ROOT]/home/mine/kustomization.yaml cannot be used
  cause: it renders no document, and must render one
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("kind: {{ kind\n", ""),
        str![[r#"
------- stderr -------
error: [ROOT]/home/mine/kustomization.yaml is no template
  cause: line 1: syntax error: unexpected end of input, expected end of variable block
[exit status: 2]

"#]]
    );
    assert_data_eq!(
        refused("kind: {{ king }}\n", ""),
        str![[r#"
------- stderr -------
error: [ROOT]/home/mine/kustomization.yaml cannot be used
  cause: line 1: undefined value: `king` is undefined
[exit status: 2]

"#]]
    );
    let quoted = with("{{ metadata.name }}", "\"{{ metadata.name }}\"");
    let flag = mine(&cluster, &[("kustomization.yaml", &quoted)]);
    let usual = create(&cluster, &flag, "--export");
    assert_eq!(usual.exit_code(), Some(0), "{usual}");
    let number =
        cluster.nigari(&format!("create kustomization 123 --source=fleet --export {flag}"));
    assert_data_eq!(
        number.to_string(),
        str![[r#"
------- stderr -------
error: [ROOT]/home/mine/kustomization.yaml cannot be used
  cause: a value stands within quotes or beside other text, where it means something else: write {{ … }} alone, or join texts inside of it with ~
[exit status: 2]

"#]]
    );
    assert!(cluster.0.recorder().all().is_empty(), "no cluster is asked");
}

#[test]
fn a_folder_that_replaces_nothing_is_refused() {
    let cluster = Cluster::empty();
    let home = cluster.0.home().to_owned();
    let missing = format!("--templates={}", home.join("nowhere").display());
    assert_data_eq!(
        create(&cluster, &missing, "--export").to_string(),
        str![[r#"
------- stderr -------
error: cannot read the folder [ROOT]/home/nowhere (--templates)
  cause: No such file or directory (os error 2)
[exit status: 2]

"#]]
    );
    let empty = flag(home.join("empty"), &[("README.md", "")]);
    assert_data_eq!(
        create(&cluster, &empty, "--export").to_string(),
        str![[r#"
------- stderr -------
error: [ROOT]/home/empty/mine holds no template (--templates)
  hint: put a file into it that is called like the kind: kustomization.yaml
[exit status: 2]

"#]]
    );
    let misnamed = flag(home.join("misnamed"), &[("kustomisation.yaml", OURS)]);
    assert_data_eq!(
        create(&cluster, &misnamed, "--export").to_string(),
        str![[r#"
------- stderr -------
error: [ROOT]/home/misnamed/mine/kustomisation.yaml replaces no template: there are alert.yaml, bucket.yaml, gitrepository.yaml, helmchart.yaml, helmrelease.yaml, helmrepository.yaml, imagepolicy.yaml, imagerepository.yaml, imageupdateautomation.yaml, kustomization.yaml, namespace.yaml, ocirepository.yaml, provider.yaml, receiver.yaml, rolebinding.yaml, secret.yaml, serviceaccount.yaml, terraform.yaml
  hint: rename it, or give files that are no templates another ending than .yaml
[exit status: 2]

"#]]
    );
}

#[test]
fn the_cluster_judges_what_it_is_going_to_hold() {
    let cluster = Cluster::with(&[&KUSTOMIZATION]);
    let text = format!("{OURS}  colour: blue\n");
    let flag = mine(&cluster, &[("kustomization.yaml", &text)]);
    assert_data_eq!(
        create(&cluster, &flag, "").to_string(),
        str![[r#"
------- stderr -------
error: cannot apply Kustomization flux-system/apps: failed to create typed patch object (flux-system/apps; kustomize.toolkit.fluxcd.io/v1, Kind=Kustomization): .spec.colour: field not declared in schema
  hint: the manifest is laid out by [ROOT]/home/mine/kustomization.yaml: correct it
[exit status: 2]

"#]]
    );
    assert_eq!(create(&cluster, &flag, "--dry-run").exit_code(), Some(2));
    assert_eq!(cluster.writes(), "");
    // The definition of this cluster decides, not the one that is embedded.
    let name = format!("{}.{}", KUSTOMIZATION.plural, KUSTOMIZATION.group);
    let mut patched = nigari_api::crd::definition(&name).unwrap();
    let fields = "/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties";
    patched.pointer_mut(fields).unwrap()["colour"] = serde_json::json!({"type": "string"});
    cluster.put(patched);
    let words = format!("{APPS} {flag}");
    let words: Vec<&str> = words.split_whitespace().collect();
    let applied = settled(&cluster, &KUSTOMIZATION, "apps", &words);
    assert_eq!(applied.exit_code(), Some(0), "{applied}");
    assert_eq!(cluster.get(&KUSTOMIZATION, "apps").unwrap()["spec"]["colour"], "blue");
}

#[test]
fn of_several_objects_all_are_right_or_none_is_written() {
    let cluster = Cluster::empty();
    let binding = include_str!("../../templates/create/rolebinding.yaml");
    let flag = mine(&cluster, &[("rolebinding.yaml", &format!("{binding}\ncolour: blue\n"))]);
    let run = cluster.nigari(&format!("create tenant team --with-namespace=team {flag}"));
    assert_data_eq!(
        run.to_string(),
        str![[r#"
------- stderr -------
error: [ROOT]/home/mine/rolebinding.yaml cannot be used
  cause: colour is no field of the kind
[exit status: 2]

"#]]
    );
    assert_eq!(cluster.writes(), "");
}

#[test]
fn a_secret_is_encoded_whatever_its_template_is() {
    let cluster = Cluster::with(&[]);
    let secret = include_str!("../../templates/create/secret.yaml");
    let text = secret
        .replace("  {{- metadata.labels | optional(\"labels\", 2) }}", "  labels: {kept: safe}");
    let flag = mine(&cluster, &[("secret.yaml", &text)]);
    let words =
        "create secret proxy proxy --address=https://localhost:1 --username=a --password=hunter2";
    let run = cluster.nigari(&format!("{words} {flag}"));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let live = cluster.0.kube().get("v1", "Secret", Some("flux-system"), "proxy").unwrap();
    assert_eq!(live["data"]["password"], "aHVudGVyMg==");
    assert_eq!(live["metadata"]["labels"]["kept"], "safe");
    let again = cluster.nigari(&format!("{words} {flag}"));
    assert!(again.stderr().contains("Secret flux-system/proxy unchanged"), "{again}");
    let leaking = secret.replace(
        "{{- stringData | optional(\"stringData\", 0) }}",
        "\nstringData: {password: \"x{{ stringData.password }}\"}",
    );
    let flag = mine(&cluster, &[("secret.yaml", &leaking)]);
    let refused = cluster.nigari(&format!("{words} {flag}"));
    assert_eq!(refused.exit_code(), Some(2), "{refused}");
    assert!(!refused.to_string().contains("hunter2"), "{refused}");
}

#[test]
fn what_is_committed_is_judged_by_the_cluster_first() {
    let fleet = Fleet::bootstrapped();
    fleet
        .commit("apps/namespace.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: apps}\n");
    fleet.sandbox.recorder().clear();
    let words = "create kustomization apps --source=flux-system --path=./apps --prune --commit";
    let home = fleet.sandbox.home();
    let wrong = format!("{OURS}  colour: blue\n");
    let wrong = flag(home.join("wrong"), &[("kustomization.yaml", &wrong)]);
    let refused = fleet.nigari(&format!("{words} {wrong}"));
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: cannot apply Kustomization flux-system/apps: failed to create typed patch object (flux-system/apps; kustomize.toolkit.fluxcd.io/v1, Kind=Kustomization): .spec.colour: field not declared in schema
  hint: the manifest is laid out by [ROOT]/home/wrong/mine/kustomization.yaml: correct it
[exit status: 2]

"#]]
    );
    fleet.assert_untouched(&refused);
    let right = format!("# By the platform team.\n{OURS}");
    let right = flag(home.join("right"), &[("kustomization.yaml", &right)]);
    let committed = fleet.nigari(&format!("{words} {right}"));
    assert_eq!(committed.exit_code(), Some(0), "{committed}");
    let file = fleet.file("clusters/production/apps-kustomization.yaml").unwrap();
    assert!(file.starts_with("# By the platform team.\napiVersion: "), "{file}");
    fleet.finish();
}

#[test]
fn a_layout_takes_the_templates_too() {
    let cluster = Cluster::empty();
    let text = with("  interval: {{ spec.interval }}", "  interval: 30m\n  deletionPolicy: Orphan");
    let text = text.replace("\n  {{- spec.deletionPolicy | optional(\"deletionPolicy\", 2) }}", "");
    let mine = mine(&cluster, &[("kustomization.yaml", &text)]);
    let clone = cluster.0.home().join("clone");
    let run = cluster.nigari(&format!("init {} {mine}", clone.display()));
    assert_eq!(run.exit_code(), Some(0), "{run}");
    let apps = fs::read_to_string(clone.join("clusters/staging/apps.yaml")).unwrap();
    assert!(apps.contains("  interval: 30m\n  deletionPolicy: Orphan\n"), "{apps}");
    let wrong = flag(cluster.0.home().join("wrong"), &[("namespace.yaml", "kind: {{ kind }}\n")]);
    let other = cluster.0.home().join("other");
    let refused = cluster.nigari(&format!("init {} {wrong}", other.display()));
    assert_data_eq!(
        refused.to_string(),
        str![[r#"
------- stderr -------
error: [ROOT]/home/wrong/mine/namespace.yaml cannot be used
  cause: apiVersion is left out
[exit status: 2]

"#]]
    );
    assert!(!other.exists());
}

#[test]
fn a_kind_that_only_a_patched_definition_accepts_is_judged_by_the_cluster() {
    let cluster = Cluster::with(&[&ALERT, &PROVIDER]);
    let alert = include_str!("../../templates/create/alert.yaml");
    let text = alert.replace(
        "{{- spec.summary | optional(\"summary\", 2) }}",
        "summary: {{ 'from ' ~ metadata.namespace }}",
    );
    let text = text.replace("  summary: ", "\n  summary: ");
    let flag = mine(&cluster, &[("alert.yaml", &text)]);
    let words = "create alert alarm --provider-ref=slack --event-source=Terraform/*";
    assert_data_eq!(
        cluster.nigari(&format!("{words} {flag}")).to_string(),
        str![[r#"
------- stderr -------
error: cannot apply Alert flux-system/alarm: Alert.notification.toolkit.fluxcd.io "alarm" is invalid: spec.eventSources[0].kind: Unsupported value: "Terraform": supported values: "Bucket", "GitRepository", "Kustomization", "HelmRelease", "HelmChart", "HelmRepository", "ImageRepository", "ImagePolicy", "ImageUpdateAutomation", "OCIRepository", "ArtifactGenerator", "ExternalArtifact"
  hint: let the definition accept it: kubectl patch crd alerts.notification.toolkit.fluxcd.io --type=json -p '[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/eventSources/items/properties/kind/enum/-","value":"Terraform"}]'
  hint: a Flux that is synced from a repository puts its definition back: there, add this to the kustomization.yaml beside gotk-components.yaml: patches: [{target: {kind: CustomResourceDefinition, name: alerts.notification.toolkit.fluxcd.io}, patch: '[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/eventSources/items/properties/kind/enum/-","value":"Terraform"}]'}]
  hint: the manifest is laid out by [ROOT]/home/mine/alert.yaml: correct it
[exit status: 2]

"#]]
    );
}
