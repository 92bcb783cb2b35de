//! Objects that are stored in another version than the one that is read, and nobody converts them: R17.

use nigari::kinds::Kind;
use nigari::kinds::image::{IMAGE_POLICY, IMAGE_REPOSITORY};
use nigari_api::crd;
use nigari_test_support::cluster::object;
use serde_json::{Value, json};

use crate::mode::{compare_in_sandbox, compare_unshared};
use crate::reading::put_apps;
use crate::world::World;

/// The version in which objects are stored.
const STORED: &str = "v1beta2";

/// The definition of a kind that is stored in an older version, with a webhook for the other one that nobody
/// answers.
fn unconverted(kind: &Kind) -> Value {
    let mut definition = crd::definition(&format!("{}.{}", kind.plural, kind.group)).unwrap();
    let versions = definition["spec"]["versions"].as_array_mut().unwrap();
    versions.truncate(1);
    let mut older = versions[0].clone();
    versions[0]["storage"] = json!(false);
    (older["name"], older["storage"]) = (json!(STORED), json!(true));
    versions.push(older);
    let client = json!({"url": "https://127.0.0.1:1/convert"});
    let webhook = json!({"clientConfig": client, "conversionReviewVersions": ["v1"]});
    definition["spec"]["conversion"] = json!({"strategy": "Webhook", "webhook": webhook});
    definition
}

/// An object of a kind, which has such a webhook if `fault`.
fn put_web(world: &World, kind: &Kind, fault: bool) {
    let spec = match kind.kind {
        "ImagePolicy" => {
            json!({"imageRepositoryRef": {"name": "web"}, "policy": {"alphabetical": {}}})
        }
        _ => json!({"image": "example.com/web", "interval": "1m"}),
    };
    let mut web = object(kind, "web", json!({"spec": spec}));
    if fault {
        world.install_definition(unconverted(kind));
        web["apiVersion"] = json!(format!("{}/{STORED}", kind.group));
    } else {
        world.install(kind);
    }
    world.put(web);
}

#[test]
fn r17_a_conversion_webhook_that_fails_is_told_in_the_servers_words() {
    let claim = "a kind whose conversion webhook fails is told in the server's words";
    let (with, without) = compare_unshared("R17", claim, |world, fault| {
        // One cluster has one definition of a kind: another kind has no webhook.
        put_web(world, if fault { &IMAGE_REPOSITORY } else { &IMAGE_POLICY }, fault);
        world.nigari(if fault { "get image repository" } else { "get image policy" })
    });
    with.expect(1, "cannot list imagerepositories");
    with.expect(
        1,
        "conversion webhook for image.toolkit.fluxcd.io/v1beta2, Kind=ImageRepository failed: ",
    );
    without.expect_success();
}

#[test]
fn r17_a_conversion_webhook_that_fails_hides_no_other_kind() {
    let claim = "a kind whose conversion webhook fails leaves the other kinds to be seen";
    let reason = "one cluster has one definition of a kind, and `get all` reads all kinds";
    let (with, without) = compare_in_sandbox("R17", claim, reason, |world, fault| {
        put_apps(world, "True", "applied");
        put_web(world, &IMAGE_REPOSITORY, fault);
        world.nigari("get all")
    });
    with.expect(1, "error: 1 of 10 installed kinds could not be listed");
    with.expect_told(
        "✗ cannot list imagerepositories: conversion webhook for image.toolkit.fluxcd.io/v1beta2, \
         Kind=ImageRepository failed: ",
    );
    for runs in [&with, &without] {
        runs.expect_told("kustomization/apps");
    }
    without.expect_told("imagerepository/web");
}
