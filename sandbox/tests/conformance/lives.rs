//! The same life for an object of every kind: created, read in every way, changed in every way,
//! watched and deleted.

use serde_json::{Value, json};

use crate::kinds::{Kind, kinds};
use crate::scenario::{
    METADATA, METADATA_LIST, Scenario, Step, TABLE, apply, delete, delete_with, get, json_patch,
    merge, post, put, scenario, strategic,
};

pub(crate) fn scenarios() -> Vec<Scenario> {
    let lives = kinds().into_iter().map(|kind| life(&kind));
    lives.chain([tables()]).collect()
}

/// The tables that lives leave out.
fn tables() -> Scenario {
    let kinds = kinds().into_iter().filter(|kind| !kind.has_table);
    let steps = kinds.flat_map(|kind| {
        [post(&kind.collection, kind.object.clone()), get(&kind.path).accept(TABLE)]
    });
    scenario("tables that the sandbox does not print", Vec::from_iter(steps))
}

fn life(kind: &Kind) -> Scenario {
    let steps = [birth(kind), reads(kind), patches(kind), applies(kind), watches(kind), end(kind)];
    scenario(kind.scenario, steps.concat())
}

fn birth(kind: &Kind) -> Vec<Step> {
    let (collection, object) = (&kind.collection, &kind.object);
    let mut steps = vec![
        post(format!("{collection}?dryRun=All"), object.clone()),
        post(
            format!("{collection}?fieldManager=tester&fieldValidation=Strict&dryRun=All"),
            object.clone(),
        ),
        get(&kind.path),
        post(collection, object.clone())
            .saving("born", "/metadata/resourceVersion")
            .saving("uid", "/metadata/uid"),
        post(collection, object.clone()),
        post(format!("{collection}?fieldManager=tester"), object.clone()),
    ];
    // The server has more to say about a definition as soon as it serves the kind.
    if let Some(served) = &kind.served {
        steps.push(get(served).until_code(200));
    }
    steps
}

fn reads(kind: &Kind) -> Vec<Step> {
    let (path, collection, name) = (&kind.path, &kind.collection, &kind.name);
    let this = format!("fieldSelector=metadata.name%3D{name}");
    let mut steps = vec![
        get(path),
        get(path).accept(METADATA),
        get(format!("{collection}?{this}&limit=500")),
        get(format!("{collection}?labelSelector=app%3Da")),
        get(format!("{collection}?labelSelector=app%3Da&limit=500")),
        get(format!("{collection}?labelSelector=app%3Da&resourceVersion=0")),
        get(format!("{collection}?{this}")).accept(METADATA_LIST),
        get(format!("{collection}?labelSelector=app%3Da&limit=500")).accept(METADATA_LIST),
        get(format!(
            "{collection}?{this}&resourceVersionMatch=NotOlderThan&resourceVersion={{born}}"
        )),
    ];
    if kind.has_table {
        steps.push(get(path).accept(TABLE));
        steps.push(get(format!("{collection}?{this}")).accept(TABLE));
        steps.push(get(format!("{collection}?labelSelector=app%3Da&limit=500")).accept(TABLE));
    }
    if let Some(everywhere) = &kind.everywhere {
        steps.extend([
            get(collection),
            get(format!("{collection}?limit=500")),
            get(format!("{collection}?limit=500")).accept(METADATA_LIST),
            get(format!("{everywhere}?labelSelector=app+in+%28a%2Cnone%29")),
            get(format!("{everywhere}?labelSelector=app%3Dnone&limit=500")),
            get(format!("{everywhere}?labelSelector=app%3Dnone&limit=500")).accept(METADATA_LIST),
            get(format!("{everywhere}?{this}%2Cmetadata.namespace%3D{{namespace}}&limit=500")),
            get(format!("{everywhere}?{this}&labelSelector=app%3Da&limit=500")),
            get(format!("{everywhere}/a")),
        ]);
    }
    steps
}

fn patches(kind: &Kind) -> Vec<Step> {
    let path = &kind.path;
    let note = |value: &str| json!({"metadata": {"annotations": {"note": value}}});
    let managed = format!("{path}?fieldManager=tester");
    let strict = format!("{managed}&fieldValidation=Strict");
    let add = json!([{"op": "add", "path": "/metadata/labels/more", "value": "yes"}]);
    let mut steps = vec![
        merge(&managed, note("merged")),
        merge(&managed, note("merged")),
        merge(&strict, note("strict")),
        merge(&strict, json!({"metadata": {"annotations": {"note": "no"}}, "unknown": 1})),
        merge(path, json!({"metadata": {"annotations": {"other": "1"}}})),
        strategic(&managed, note("strategic")),
        strategic(&strict, json!({"metadata": {"annotations": {"note": "strictly"}}})),
        json_patch(path, json!([{"op": "test", "path": "/metadata/name", "value": "other"}])),
        json_patch(&managed, add.clone()),
        json_patch(&strict, add),
        get(path).saving("object", "").saving("version", "/metadata/resourceVersion"),
        put_back(format!("{path}?fieldManager=replacer")),
        put_back(path.clone()),
    ];
    if let Some(status) = &kind.status {
        let status = json!({"status": status, "metadata": {"labels": {"status": "ignored"}}});
        steps.push(merge(format!("{path}/status?fieldManager=reporter"), status));
        steps.push(get(format!("{path}/status")));
        let phase = json!({"metadata": {"annotations": {"note": "of the status"}}});
        steps.push(merge(format!("{path}/status"), phase));
        // Tests see the whole object, on either side; changes see one.
        let tested = |test: &str| {
            json!([
                {"op": "test", "path": "/metadata/name", "value": kind.name},
                {"op": "test", "path": test, "value": null},
                {"op": "add", "path": "/metadata/labels/tested", "value": "yes"},
            ])
        };
        steps.push(json_patch(&strict, tested("/status/none")));
        steps.push(json_patch(
            format!("{path}/status?fieldManager=tester&fieldValidation=Strict"),
            tested("/status/none"),
        ));
    }
    steps
}

/// Replaces the object by what a step before has saved, with another annotation.
fn put_back(path: String) -> Step {
    let mut step = put(path, Value::Null);
    step.body = "{object}".to_owned();
    step
}

fn applies(kind: &Kind) -> Vec<Step> {
    let (path, object) = (&kind.path, &kind.applied);
    let by = |manager: &str, more: &str| format!("{path}?fieldManager={manager}{more}");
    let note = |value: &str| {
        let metadata = json!({"name": kind.name, "annotations": {"note": value}});
        json!({"apiVersion": object["apiVersion"], "kind": object["kind"], "metadata": metadata})
    };
    vec![
        apply(by("applier", "&force=true&dryRun=All"), object.clone()),
        apply(by("applier", "&force=true&dryRun=All&fieldValidation=Strict"), object.clone()),
        apply(by("applier", "&force=true"), object.clone()),
        apply(by("applier", "&force=true&fieldValidation=Strict"), object.clone()),
        apply(by("second", "&fieldValidation=Strict&dryRun=All"), note("conflicting")),
        apply(by("second", "&fieldValidation=Strict"), note("conflicting")),
        apply(by("second", "&fieldValidation=Strict&force=false"), note("conflicting")),
        apply(by("second", ""), note("conflicting")),
        apply(by("second", "&force=true&fieldValidation=Strict"), note("forced")),
        apply(by("second", "&fieldValidation=Strict"), note("forced")),
        get(path),
    ]
}

fn watches(kind: &Kind) -> Vec<Step> {
    let this = format!("fieldSelector=metadata.name%3D{}", kind.name);
    let parameters = "watch=true&timeoutSeconds=5&allowWatchBookmarks=true";
    let all = |collection: &str| {
        get(format!("{collection}?{parameters}&resourceVersion={{born}}")).events(2)
    };
    let labelled = |collection: &str| {
        let labels = "labelSelector=app%3Da";
        get(format!("{collection}?{parameters}&{labels}&resourceVersion={{born}}")).events(2)
    };
    let watch = |collection: &str, version: &str| {
        get(format!("{collection}?{parameters}&{this}&resourceVersion={version}"))
    };
    let mut steps = vec![
        all(&kind.collection),
        labelled(&kind.collection),
        watch(&kind.collection, "{born}").events(2),
        watch(&kind.collection, "0").events(1),
        get(format!(
            "{}?{parameters}&{this}&resourceVersionMatch=NotOlderThan&sendInitialEvents=true",
            kind.collection
        ))
        .events(2),
        watch(&kind.collection, "0").accept(METADATA).events(1),
    ];
    if kind.has_table {
        steps.push(watch(&kind.collection, "{born}").accept(TABLE).events(2));
    }
    if let Some(everywhere) = &kind.everywhere {
        steps.push(watch(everywhere, "{born}").events(2));
        steps.push(all(everywhere));
        steps.push(labelled(everywhere));
    }
    steps
}

fn end(kind: &Kind) -> Vec<Step> {
    let path = &kind.path;
    let strict = format!("{}?fieldManager=tester&fieldValidation=Strict", kind.collection);
    let mut steps = vec![
        delete(format!("{path}?dryRun=All")),
        get(format!(
            "{}?fieldSelector=metadata.name%3D{}&limit=500&resourceVersion=0",
            kind.collection, kind.name
        )),
        delete_with(path, json!({"preconditions": {"uid": "another"}})),
        delete_with(path, json!({"preconditions": {"uid": "{uid}"}, "dryRun": ["All"]})),
        if kind.collection.ends_with("/pods") {
            delete(format!("{path}?gracePeriodSeconds=0"))
        } else {
            delete_with(path, json!({"propagationPolicy": "Background"}))
        },
        get(path).until_code(404),
        delete(path),
        post(strict, kind.object.clone()).saving("uid", "/metadata/uid"),
    ];
    if kind.collection.ends_with("/deployments") {
        let of = json!({"preconditions": {"uid": "{uid}"}, "propagationPolicy": "Foreground"});
        let mut dry = of.clone();
        dry["dryRun"] = json!(["All"]);
        steps.extend([delete_with(path, dry), delete_with(path, of), get(path).until_code(404)]);
    }
    steps
}
