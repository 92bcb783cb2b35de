//! Every argument of every `create`, against the API: `create/arguments.txt` says where each value must be, and
//! `create/unset.txt` which fields of the API no argument sets.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Arg, CommandFactory as _};
use nigari::cli::Cli;
use nigari::manifests::yaml;
use serde_json::Value;
use snapbox::{Data, assert_data_eq};

const TABLE: &str = include_str!("create/arguments.txt");

/// Arguments that say nothing about the object but where it goes, or what is asked meanwhile.
pub(crate) const ABOUT_THE_COMMAND: [&str; 17] = [
    "check-references",
    "commit",
    "commit-message",
    "file",
    "fleet",
    "git-hostname",
    "pull-request",
    "wait-merge",
    "export",
    "dry-run",
    "force",
    "silent",
    "templates",
    "print-trust-policy",
    "oidc-issuer",
    "help",
    "version",
];

/// Credentials of sources: printed sources do not hold them, transcripts show their Secrets.
const SOURCE_CREDENTIALS: [&str; 11] = [
    "access-key",
    "ca-file",
    "cert-file",
    "key-file",
    "known-hosts",
    "password",
    "password-file",
    "private-key-file",
    "secret-key",
    "secret-key-file",
    "username",
];

/// How keys are made; a transcript looks at the keys.
const KEY_GENERATION: [&str; 3] = ["ssh-ecdsa-curve", "ssh-key-algorithm", "ssh-rsa-bits"];

/// A line of the table: a command, and what of it is found where.
pub(crate) struct Row {
    pub(crate) words: Vec<String>,
    /// The argument that the line is about; none for the command itself.
    pub(crate) argument: Option<String>,
    expected: Vec<(usize, String, Value)>,
}

pub(crate) fn rows() -> Vec<Row> {
    let mut command: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let (given, expected) = line.split_once(" => ").expect(line);
        let expected = expected.split(" ; ").map(|one| pointer(one, line)).collect();
        if let Some(words) = given.strip_prefix('[') {
            let words = words.strip_suffix(']').expect(line);
            command = words.split(' ').map(str::to_owned).collect();
            rows.push(Row { words: command.clone(), argument: None, expected });
            continue;
        }
        let (argument, more) = given.split_once(" + ").unwrap_or((given, ""));
        let name = argument.split('=').next().unwrap_or_default().trim_start_matches("--");
        let own = [argument.to_owned()];
        let more = more.split(' ').filter(|word| !word.is_empty()).map(str::to_owned);
        let words = command.iter().cloned().chain(own).chain(more).collect();
        rows.push(Row { words, argument: Some(name.to_owned()), expected });
    }
    rows
}

fn pointer(text: &str, line: &str) -> (usize, String, Value) {
    let (place, value) = text.split_once(' ').expect(line);
    let (document, pointer) = match place.split_once(':') {
        Some((document, pointer)) if !document.starts_with('/') => {
            (document.parse().expect(line), pointer)
        }
        _ => (0, place),
    };
    (document, pointer.to_owned(), serde_json::from_str(value).expect(line))
}

/// Files that arguments name.
pub(crate) struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    pub(crate) fn new() -> Self {
        let files = Self { folder: tempfile::tempdir().unwrap() };
        files.write("file.yaml", "from: a file\n");
        files.write(
            "policy.json",
            r#"{"version": "1.0", "trustPolicies":
                [{"name": "a", "registryScopes": ["*"], "signatureVerification": {}}]}"#,
        );
        let pair = rcgen::generate_simple_self_signed(vec!["example.com".to_owned()]).unwrap();
        files.write("tls.crt", &pair.cert.pem());
        files.write("tls.key", &pair.signing_key.serialize_pem());
        files
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub(crate) fn named_in(&self, word: &str) -> String {
        let names = [
            ("[FILE]", "file.yaml"),
            ("[POLICY]", "policy.json"),
            ("[CERTIFICATE]", "tls.crt"),
            ("[KEY]", "tls.key"),
        ];
        names.iter().fold(word.to_owned(), |word, (name, file)| {
            word.replace(name, &self.path(file).display().to_string())
        })
    }
}

/// What `create` prints, without a cluster or even a home.
fn exported(files: &Files, words: &[String]) -> Vec<Value> {
    let words = words.iter().map(|word| files.named_in(word));
    let mut command = Command::new(env!("CARGO_BIN_EXE_nigari"));
    command.env_clear().arg("create").args(words).arg("--export");
    let output = command.output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {stderr}");
    yaml::documents(&String::from_utf8(output.stdout).unwrap()).unwrap()
}

#[test]
fn the_value_of_every_argument_is_where_the_api_has_it() {
    let files = Files::new();
    for row in rows() {
        let documents = exported(&files, &row.words);
        for (document, pointer, value) in &row.expected {
            let found = documents[*document].pointer(pointer);
            assert_eq!(found, Some(value), "{:?}: {pointer}", row.words);
        }
    }
}

#[test]
fn no_argument_is_forgotten() {
    let mut given: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut tree = Cli::command();
    tree.build();
    let create = tree.find_subcommand("create").unwrap();
    for row in rows() {
        let mut command = create;
        let mut path = Vec::new();
        for word in &row.words {
            let Some(below) = command.find_subcommand(word) else { break };
            command = below;
            path.push(command.get_name().to_owned());
        }
        let arguments = given.entry(path.join(" ")).or_default();
        arguments.extend(row.argument);
        let required = row.words.iter().filter_map(|word| word.strip_prefix("--"));
        arguments.extend(required.map(|word| word.split('=').next().unwrap().to_owned()));
    }
    let mut missing = Vec::new();
    leaves(create, "", &mut |path, command| {
        let known = given.get(path);
        for argument in command.get_arguments().filter(|argument| !is_global(argument)) {
            let Some(long) = argument.get_long() else { continue };
            let is_credential = path.starts_with("source ") && SOURCE_CREDENTIALS.contains(&long);
            let is_known = known.is_some_and(|known| known.contains(long));
            let is_elsewhere = ABOUT_THE_COMMAND.contains(&long) || KEY_GENERATION.contains(&long);
            if !is_known && !is_credential && !is_elsewhere {
                missing.push(format!("{path} --{long}"));
            }
        }
    });
    assert!(missing.is_empty(), "not in arguments.txt: {missing:#?}");
}

pub(crate) fn leaves<'a>(
    command: &'a clap::Command,
    path: &str,
    visit: &mut dyn FnMut(&str, &'a clap::Command),
) {
    let mut below = command.get_subcommands().filter(|below| below.get_name() != "help").peekable();
    if below.peek().is_none() {
        return visit(path, command);
    }
    for below in below {
        leaves(below, format!("{path} {}", below.get_name()).trim_start(), visit);
    }
}

/// Whether every command has it; those that `create` itself adds are not.
pub(crate) fn is_global(argument: &Arg) -> bool {
    argument.get_help_heading() == Some("Global options")
}

#[test]
fn fields_that_no_argument_sets_are_known() {
    let files = Files::new();
    let mut set: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows() {
        for document in exported(&files, &row.words) {
            let kind = document["kind"].as_str().unwrap().to_owned();
            paths(&document["spec"], "", set.entry(kind).or_default());
        }
    }
    let mut unset = String::from(
        "# The fields of the API that no argument of `create` sets; rewritten with SNAPSHOTS=overwrite.\n",
    );
    for (kind, schema) in schemas() {
        let Some(set) = set.get(&kind) else { continue };
        let mut fields = BTreeSet::new();
        leaf_fields(&schema, "", &mut fields);
        let is_set = |field: &String| {
            set.contains(field) || set.iter().any(|set| set.starts_with(&format!("{field}.")))
        };
        for field in fields.iter().filter(|field| !is_set(field)) {
            unset += &format!("{kind} spec{field}\n");
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/create/unset.txt");
    assert_data_eq!(unset, Data::read_from(&file, None).raw());
}

/// Paths of the values in a manifest, items of sequences as `[]`.
fn paths(value: &Value, path: &str, all: &mut BTreeSet<String>) {
    all.insert(path.to_owned());
    match value {
        Value::Object(map) => {
            map.iter().for_each(|(key, value)| paths(value, &format!("{path}.{key}"), all));
        }
        Value::Array(items) => items.iter().for_each(|item| paths(item, &format!("{path}[]"), all)),
        _ => {}
    }
}

/// The fields of a schema that hold values; what may hold anything is one field.
fn leaf_fields(schema: &Value, path: &str, all: &mut BTreeSet<String>) {
    let items = &schema["items"];
    if let Some(properties) = schema["properties"].as_object() {
        for (name, schema) in properties {
            leaf_fields(schema, &format!("{path}.{name}"), all);
        }
    } else if items["properties"].is_object() {
        leaf_fields(items, &format!("{path}[]"), all);
    } else {
        all.insert(path.to_owned());
    }
}

/// The schema of each kind's specification, in the version that is stored.
fn schemas() -> BTreeMap<String, Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["templates/crds", "sandbox/crds"].iter().flat_map(|folder| {
        fs::read_dir(root.join(folder)).unwrap().map(|file| file.unwrap().path())
    });
    files
        .map(|file| {
            let mut definition =
                yaml::documents(&fs::read_to_string(file).unwrap()).unwrap().remove(0);
            let kind = definition["spec"]["names"]["kind"].as_str().unwrap().to_owned();
            let versions = definition["spec"]["versions"].as_array_mut().unwrap();
            let stored = versions.iter_mut().find(|version| version["storage"] == true).unwrap();
            let schema = stored.pointer_mut("/schema/openAPIV3Schema/properties/spec").unwrap();
            (kind, schema.take())
        })
        .collect()
}
