//! Objects of a fleet as their controllers leave them: kinds, managers, conditions, inventories and values in
//! the sizes of small real ones.

use anyhow::{Context as _, Result};
use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use kube::api::{Api, DeleteParams, DynamicObject, Patch, PatchParams, PostParams};
use kube::{Client, ResourceExt as _};
use serde_json::{Value, json};

use crate::cluster::{AT_ONCE, kustomization, resource, status};

/// A kind of the fleet.
pub(crate) struct Sort {
    group: &'static str,
    version: &'static str,
    kind: &'static str,
    pub(crate) plural: &'static str,
    /// Who reconciles it.
    controller: &'static str,
    spec: fn(usize) -> Value,
    /// What its status holds beside its conditions.
    status: fn(usize) -> Value,
}

const KUSTOMIZATION: Sort = Sort {
    group: "kustomize.toolkit.fluxcd.io",
    version: "v1",
    kind: "Kustomization",
    plural: "kustomizations",
    controller: "kustomize-controller",
    spec: |number| kustomization(number)["spec"].take(),
    status: |number| {
        let entries: Vec<Value> = (0..10)
            .map(|entry| json!({"id": format!("apps_app-{number:05}-{entry}_apps_Deployment"), "v": "v1"}))
            .collect();
        json!({"lastAppliedRevision": REVISION, "lastAttemptedRevision": REVISION,
            "inventory": {"entries": entries}})
    },
};

const HELM_RELEASE: Sort = Sort {
    group: "helm.toolkit.fluxcd.io",
    version: "v2",
    kind: "HelmRelease",
    plural: "helmreleases",
    controller: "helm-controller",
    spec: |number| {
        let host = format!("app-{number:05}.example.com");
        let resources =
            json!({"limits": {"memory": "256Mi"}, "requests": {"cpu": "100m", "memory": "64Mi"}});
        json!({"interval": "10m", "chartRef": {"kind": "OCIRepository", "name": "app"}, "values": {
            "replicaCount": 2, "resources": resources,
            "image": {"repository": "ghcr.io/example/app", "tag": "6.5.4"},
            "ingress": {"enabled": true, "className": "nginx", "hosts": [{"host": host,
                "paths": [{"path": "/", "pathType": "ImplementationSpecific"}]}]}}})
    },
    status: |number| {
        let name = format!("app-{number:05}");
        let release = |version: usize, status: &str| {
            json!({"chartName": "app", "chartVersion": "6.5.4", "configDigest": DIGEST, "digest": DIGEST,
                "firstDeployed": TIME, "lastDeployed": TIME, "name": name, "namespace": "apps",
                "status": status, "version": version})
        };
        json!({"history": [release(2, "deployed"), release(1, "superseded")],
            "lastAttemptedConfigDigest": DIGEST, "lastAttemptedGeneration": 1,
            "lastAttemptedReleaseAction": "upgrade", "lastAttemptedRevision": "6.5.4",
            "storageNamespace": "apps"})
    },
};

const GIT_REPOSITORY: Sort = Sort {
    group: "source.toolkit.fluxcd.io",
    version: "v1",
    kind: "GitRepository",
    plural: "gitrepositories",
    controller: "source-controller",
    spec: |number| {
        json!({"interval": "1m", "url": format!("https://git.example.com/fleet/{number:05}"),
            "ref": {"branch": "main"}, "secretRef": {"name": "git"}})
    },
    status: |number| artifact("gitrepository", number, REVISION),
};

const OCI_REPOSITORY: Sort = Sort {
    kind: "OCIRepository",
    plural: "ocirepositories",
    spec: |number| {
        json!({"interval": "1m", "url": format!("oci://ghcr.io/example/app-{number:05}"),
            "ref": {"tag": "latest"}})
    },
    status: |number| artifact("ocirepository", number, &format!("latest@{DIGEST}")),
    ..GIT_REPOSITORY
};

const HELM_CHART: Sort = Sort {
    kind: "HelmChart",
    plural: "helmcharts",
    spec: |_| {
        let source = json!({"kind": "HelmRepository", "name": "charts"});
        json!({"interval": "1m", "chart": "app", "version": "6.x", "sourceRef": source})
    },
    status: |number| artifact("helmchart", number, "6.5.4"),
    ..GIT_REPOSITORY
};

const IMAGE_REPOSITORY: Sort = Sort {
    group: "image.toolkit.fluxcd.io",
    version: "v1",
    kind: "ImageRepository",
    plural: "imagerepositories",
    controller: "image-reflector-controller",
    spec: |number| json!({"interval": "1m", "image": format!("ghcr.io/example/app-{number:05}")}),
    status: |number| {
        let tags: Vec<String> = (0..10).map(|tag| format!("6.5.{tag}")).collect();
        json!({"canonicalImageName": format!("ghcr.io/example/app-{number:05}"),
            "lastScanResult": {"latestTags": tags, "scanTime": TIME, "tagCount": 10}})
    },
};

/// What ten objects of a fleet are; the next ten are the same again.
pub(crate) const SORTS: [&Sort; 10] = [
    &KUSTOMIZATION,
    &HELM_RELEASE,
    &GIT_REPOSITORY,
    &KUSTOMIZATION,
    &HELM_RELEASE,
    &OCI_REPOSITORY,
    &KUSTOMIZATION,
    &HELM_RELEASE,
    &HELM_CHART,
    &IMAGE_REPOSITORY,
];

const REVISION: &str = "main@sha1:0123456789abcdef0123456789abcdef01234567";
const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
const TIME: &str = "2026-01-01T00:00:00Z";

fn artifact(kind: &str, number: usize, revision: &str) -> Value {
    let path = format!("{kind}/bench/app-{number:05}/0123456789abcdef.tar.gz");
    let url = format!("http://source-controller.flux-system.svc.cluster.local./{path}");
    json!({"artifact": {"digest": DIGEST, "lastUpdateTime": TIME, "path": path, "revision": revision,
        "size": 12_345, "url": url}})
}

/// Makes those objects of the fleet that have these numbers.
pub(crate) async fn make(
    client: &Client,
    namespace: &str,
    numbers: std::ops::Range<usize>,
) -> Result<()> {
    let objects = numbers.map(|number| make_one(client, namespace, number));
    stream::iter(objects).buffer_unordered(AT_ONCE).try_collect::<Vec<_>>().await?;
    Ok(())
}

async fn make_one(client: &Client, namespace: &str, number: usize) -> Result<()> {
    let sort = SORTS[number % SORTS.len()];
    let api = sort.api(client, namespace);
    // A Kustomization applies what is in Git.
    let parameters = PostParams {
        field_manager: Some("kustomize-controller".to_owned()),
        ..PostParams::default()
    };
    let labels = json!({"kustomize.toolkit.fluxcd.io/name": "apps",
        "kustomize.toolkit.fluxcd.io/namespace": "flux-system"});
    let object = json!({
        "apiVersion": format!("{}/{}", sort.group, sort.version), "kind": sort.kind,
        "metadata": {"name": sort.name(number), "labels": labels, "finalizers": []},
        "spec": (sort.spec)(number),
    });
    let object: DynamicObject = serde_json::from_value(object)?;
    let made = api.create(&parameters, &object).await;
    let made = made.with_context(|| format!("cannot make {}", sort.name(number)))?;
    sort.tell(&api, &made, number, 0).await
}

/// Has the controller write another status, or, every tenth time, has somebody replace the object.
pub(crate) async fn change(
    client: &Client,
    namespace: &str,
    number: usize,
    times: usize,
) -> Result<()> {
    let sort = SORTS[number % SORTS.len()];
    let api = sort.api(client, namespace);
    let name = sort.name(number);
    if times.is_multiple_of(10) {
        api.delete(&name, &DeleteParams::default()).await?;
        return make_one(client, namespace, number).await;
    }
    let object = api.get(&name).await?;
    sort.tell(&api, &object, number, times).await
}

impl Sort {
    fn api(&self, client: &Client, namespace: &str) -> Api<DynamicObject> {
        let resource = resource(self.group, self.version, self.kind);
        Api::namespaced_with(client.clone(), namespace, &resource)
    }

    fn name(&self, number: usize) -> String {
        format!("app-{number:05}")
    }

    /// The controller's status, after so many times.
    async fn tell(
        &self,
        api: &Api<DynamicObject>,
        object: &DynamicObject,
        number: usize,
        times: usize,
    ) -> Result<()> {
        let mut written = (self.status)(number);
        written["observedGeneration"] = json!(object.metadata.generation);
        written["conditions"] = status(object)["conditions"].take();
        if times > 0 {
            let message = format!("Reconciled {times:06} times: {REVISION}");
            written["conditions"][0]["message"] = json!(message);
        }
        let manager =
            PatchParams { field_manager: Some(self.controller.to_owned()), ..Default::default() };
        let patch = Patch::Merge(json!({"status": written}));
        let name = object.name_any();
        api.patch_status(&name, &manager, &patch)
            .await
            .with_context(|| format!("status of {name}"))?;
        Ok(())
    }
}
