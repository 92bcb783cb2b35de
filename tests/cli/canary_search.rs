//! The search for secrets finds what it is to find: each test of a bootstrap ends with it.

use std::fs;
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use kube::api::{Api, PostParams};
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::canaries::Canaries;
use nigari_test_support::fleet::Fleet;
use serde_json::{Value, json};

const SECRET: &str = "seeded-7f3a91c2d4e5b6a7";

/// A fleet with [`SECRET`].
fn fleet() -> Fleet {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    fleet.seed("it", SECRET);
    fleet
}

fn of_type<T: serde::de::DeserializeOwned>(object: Value) -> T {
    serde_json::from_value(object).unwrap()
}

#[test]
fn a_secret_is_found_as_it_is_and_inside_of_what_is_encoded() {
    let mut canaries = Canaries::default();
    assert_eq!(canaries.search().find(b"anything"), None);
    canaries.add("too short", "secret");
    canaries.add("it", SECRET);
    canaries.add(
        "key",
        "-----BEGIN KEY-----\nAAAABBBBCCCCDDDD1\nEEEEFFFFGGGGHHHH2\n-----END KEY-----\n",
    );
    let search = canaries.search();
    let found = |text: &str| search.find(text.as_bytes()).map(str::to_owned);
    for before in ["", "x", "xy", "xyz", "git:"] {
        for after in ["", "1", "12"] {
            let text = format!("{before}{SECRET}{after}");
            assert_eq!(found(&text).as_deref(), Some("it"), "{text}");
            let encoded = STANDARD.encode(&text);
            assert_eq!(found(&encoded).as_deref(), Some("it"), "{text}: {encoded}");
        }
    }
    assert_eq!(found("data: EEEEFFFFGGGGHHHH2").as_deref(), Some("key"));
    let (first, rest) = SECRET.split_at(1);
    for text in ["a secret", "-----BEGIN KEY-----", rest, &format!("{first} {rest}")] {
        assert_eq!(found(text), None, "{text}");
    }
}

#[test]
fn what_a_private_key_shares_with_its_public_half_is_no_secret() {
    let mut canaries = Canaries::default();
    let private = "-----BEGIN KEY-----\nPRIVATE1PRIVATE2\nPUBLIC111PUBLIC2\n-----END KEY-----";
    canaries.add_private_key("key", private, "ssh-x AAAAPUBLIC111PUBLIC2 ann");
    let search = canaries.search();
    assert_eq!(search.find(b"PRIVATE1PRIVATE2"), Some("key"));
    assert_eq!(search.find(b"PUBLIC111PUBLIC2"), None);
}

#[test]
fn every_place_is_searched() {
    let fleet = fleet();
    fleet.create_repository(true);
    let cluster = || fleet.sandbox.client();
    let metadata = json!({"name": "x", "namespace": "default"});
    let secret: Secret = of_type(json!({"metadata": metadata, "stringData": {"password": SECRET}}));
    let post = PostParams::default();
    let create = Api::<Secret>::namespaced(cluster(), "default");
    fleet.sandbox.block_on(create.create(&post, &secret)).unwrap();
    assert_eq!(fleet.leaks(), [""; 0], "a Secret is where secrets are");

    let mut seen = 0;
    let mut told = |place: &str| {
        let leaks = fleet.leaks();
        assert_eq!(leaks.len(), seen + 1, "{place}: {leaks:#?}");
        assert!(
            leaks.iter().any(|leak| leak.starts_with("it is in ") && leak.contains(place)),
            "{place}: {leaks:#?}"
        );
        seen += 1;
    };
    fs::write(fleet.sandbox.home().join("notes"), format!("password={SECRET}")).unwrap();
    told("/home/notes");
    fs::create_dir(fleet.sandbox.temporary_folder().join("folder")).unwrap();
    fs::write(fleet.sandbox.temporary_folder().join("folder/file"), SECRET).unwrap();
    told("/tmp/folder/file");
    fs::write(fleet.sandbox.home().join(SECRET), "").unwrap();
    told("the name of a file");
    fleet.nigari(SECRET);
    told("unrecognized subcommand");
    start(&fleet, "gh", SECRET);
    told("the arguments of a program");
    let maps = Api::<ConfigMap>::namespaced(cluster(), "default");
    assert!(fleet.sandbox.block_on(maps.get_opt(SECRET)).unwrap().is_none());
    told(&format!("GET /api/v1/namespaces/default/configmaps/{SECRET}"));
    let map: ConfigMap = of_type(json!({"metadata": metadata, "data": {"password": SECRET}}));
    fleet.sandbox.block_on(maps.create(&post, &map)).unwrap();
    told("POST /api/v1/namespaces/default/configmaps");
    fleet.commit("notes", &STANDARD.encode(SECRET));
    told("blob ");
}

/// Starts a program as nigari does, by its name.
fn start(fleet: &Fleet, program: &str, argument: &str) {
    fleet.put_program(program, "exit 0");
    let like = fleet.command("");
    let path = like.get_envs().find(|(name, _)| *name == "PATH").unwrap().1.unwrap();
    let mut shell = Command::new("/bin/sh");
    shell.args(["-c", "\"$0\" \"$1\"", program, argument]).env("PATH", path);
    assert!(shell.status().unwrap().success());
}

#[test]
#[should_panic(expected = "it is in ")]
fn a_test_with_a_leak_fails() {
    let fleet = fleet();
    fs::write(fleet.sandbox.temporary_folder().join("file"), SECRET).unwrap();
    fleet.finish();
}
