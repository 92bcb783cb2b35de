//! Where a module's resources live: the state, its lock, and the cloud that stands for the world.
//!
//! State and lock are those of OpenTofu's Kubernetes backend: Secret `tfstate-WORKSPACE-SUFFIX` and
//! Lease `lock-` followed by its name. The cloud is the ConfigMap `cloud-SUFFIX`: an entry per resource,
//! its attributes as JSON. Whoever edits it makes drift.
//!
//! Source: OpenTofu, `internal/backend/remote-state/kubernetes` (names, labels, lock information).

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};

use anyhow::Result;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use k8s_openapi::ByteString;
use k8s_openapi::api::coordination::v1::Lease;
use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use kube::api::{ObjectMeta, Patch, PatchParams, PostParams};
use kube::{Api, Client};
use serde_json::{Map, Value, json};

use super::super::conditions::now;
use super::super::object::Tracked;
use super::module::{Desired, Resources};
use super::plan::{Action, Plan};
use super::{CONTROLLER, PROVIDER, VERSION, rules};

const LOCK_INFO: &str = "app.terraform.io/lock-info";

/// Compresses as the controller and OpenTofu do.
pub(super) fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(bytes)?;
    gzip.finish()
}

pub(super) fn gunzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut content)?;
    Ok(content)
}

/// Creates an object, or replaces the one that is there.
async fn put<K>(api: &Api<K>, name: &str, patch: Value) -> kube::Result<()>
where
    K: Clone + std::fmt::Debug + serde::de::DeserializeOwned + serde::Serialize,
{
    let params = PatchParams { field_manager: Some(CONTROLLER.to_owned()), ..Default::default() };
    loop {
        match api.patch(name, &params, &Patch::Merge(&patch)).await {
            Err(kube::Error::Api(status)) if status.is_not_found() => {}
            patched => return patched.map(|_| ()),
        }
        let object = serde_json::from_value(patch.clone()).map_err(kube::Error::SerdeError)?;
        match api.create(&PostParams::default(), &object).await {
            // Somebody was faster.
            Err(kube::Error::Api(status)) if status.is_already_exists() => {}
            created => return created.map(|_| ()),
        }
    }
}

/// What the provider has made.
pub(super) struct Cloud {
    maps: Api<ConfigMap>,
    name: String,
    pub(super) resources: Resources,
}

impl Cloud {
    pub(super) async fn read(client: &Client, object: &Tracked) -> Result<Self> {
        let maps: Api<ConfigMap> = Api::namespaced(client.clone(), object.namespace());
        let name = format!("cloud-{}", object.name());
        let data = maps.get_opt(&name).await?.and_then(|map| map.data).unwrap_or_default();
        let resources =
            data.into_iter().map(|(address, text)| Ok((address, serde_json::from_str(&text)?)));
        Ok(Self { maps, name, resources: resources.collect::<Result<_>>()? })
    }

    /// Carries out the changes of a plan; the new resources get ids.
    pub(super) async fn apply(&mut self, plan: &Plan) -> Result<()> {
        let mut data = Map::new();
        for change in plan.changes.iter().filter(|change| change.action != Action::NoOp) {
            if change.action == Action::Delete {
                self.resources.remove(&change.address);
                data.insert(change.address.clone(), Value::Null);
                continue;
            }
            let mut resource = change.after.clone();
            resource["id"] = match change.has_unknown_id() {
                true => json!(id(&change.address, plan)),
                false => change.before["id"].clone(),
            };
            data.insert(change.address.clone(), json!(resource.to_string()));
            self.resources.insert(change.address.clone(), resource);
        }
        let object = json!({
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": self.name}, "data": data,
        });
        Ok(put(&self.maps, &self.name, object).await?)
    }
}

/// An id that another creation of the same resource would not get.
fn id(address: &str, plan: &Plan) -> String {
    let seed = format!("{}/{}/{address}", plan.lineage, plan.created);
    super::super::files::sha256(seed.as_bytes()).chars().take(12).collect()
}

/// The state of one workspace.
pub(super) struct State {
    secrets: Api<Secret>,
    suffix: String,
    workspace: String,
    pub(super) lineage: String,
    pub(super) serial: u64,
    pub(super) outputs: BTreeMap<String, Value>,
    sensitive_outputs: Vec<String>,
    resources: Vec<Value>,
    /// Without a backend nothing is kept.
    is_kept: bool,
}

impl State {
    pub(super) async fn read(client: &Client, object: &Tracked) -> Result<Self> {
        let secrets: Api<Secret> = Api::namespaced(client.clone(), object.namespace());
        let mut state = Self {
            secrets,
            suffix: rules::state_suffix(object).to_owned(),
            workspace: rules::workspace(object).to_owned(),
            lineage: object.str("/metadata/uid").unwrap_or_default().to_owned(),
            serial: 0,
            outputs: BTreeMap::new(),
            sensitive_outputs: Vec::new(),
            resources: Vec::new(),
            is_kept: !rules::has_no_backend(object),
        };
        if state.is_kept
            && let Some(secret) = state.secrets.get_opt(&state.name()).await?
        {
            let data = secret.data.and_then(|mut data| data.remove("tfstate")).unwrap_or_default();
            state.fill(&serde_json::from_slice(&gunzip(&data.0)?)?);
        }
        Ok(state)
    }

    /// The Secret that holds it.
    pub(super) fn name(&self) -> String {
        format!("tfstate-{}-{}", self.workspace, self.suffix)
    }

    fn fill(&mut self, document: &Value) {
        self.lineage = document["lineage"].as_str().unwrap_or_default().to_owned();
        self.serial = document["serial"].as_u64().unwrap_or_default();
        self.resources = document["resources"].as_array().cloned().unwrap_or_default();
        for (name, output) in document["outputs"].as_object().into_iter().flatten() {
            self.outputs.insert(name.clone(), output["value"].clone());
            if output["sensitive"] == true {
                self.sensitive_outputs.push(name.clone());
            }
        }
    }

    /// Writes what there is after an apply.
    pub(super) async fn write(
        &mut self,
        cloud: &Cloud,
        desired: &Desired,
        is_destroyed: bool,
    ) -> Result<()> {
        self.outputs.clear();
        self.sensitive_outputs.clear();
        for (name, output) in desired.outputs.iter().filter(|_| !is_destroyed) {
            self.outputs.insert(name.clone(), output.resolve(&cloud.resources).unwrap_or_default());
            if output.is_sensitive {
                self.sensitive_outputs.push(name.clone());
            }
        }
        self.serial += 1;
        self.resources = cloud.resources.iter().map(resource).collect();
        if !self.is_kept {
            return Ok(());
        }
        let bytes = ByteString(gzip(self.document().to_string().as_bytes())?);
        let name = self.name();
        let object = json!({
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {
                "name": name,
                "annotations": {"encoding": "gzip"},
                "labels": {
                    "app.kubernetes.io/managed-by": "terraform",
                    "tfstate": "true",
                    "tfstateSecretSuffix": self.suffix,
                    "tfstateWorkspace": self.workspace,
                },
            },
            "data": {"tfstate": bytes},
        });
        Ok(put(&self.secrets, &name, object).await?)
    }

    fn document(&self) -> Value {
        let outputs: Map<_, _> = self
            .outputs
            .iter()
            .map(|(name, value)| {
                let mut output = json!({"value": value, "type": type_of(value)});
                if self.sensitive_outputs.contains(name) {
                    output["sensitive"] = json!(true);
                }
                (name.clone(), output)
            })
            .collect();
        json!({
            "version": 4,
            "terraform_version": VERSION,
            "serial": self.serial,
            "lineage": self.lineage,
            "outputs": outputs,
            "resources": self.resources,
            "check_results": null,
        })
    }

    /// Name, type and id of everything in it.
    pub(super) fn inventory(&self) -> Vec<Value> {
        let entries = self.resources.iter().map(|resource| {
            let id = &resource["instances"][0]["attributes"]["id"];
            json!({"n": resource["name"], "t": resource["type"], "id": id})
        });
        entries.collect()
    }
}

fn resource((address, attributes): (&String, &Value)) -> Value {
    let (kind, name) = address.split_once('.').unwrap_or((address, ""));
    json!({
        "mode": "managed",
        "type": kind,
        "name": name,
        "provider": format!("provider[\"{PROVIDER}\"]"),
        "instances": [{"schema_version": 0, "attributes": attributes, "sensitive_attributes": []}],
    })
}

/// The type of an output as OpenTofu writes it.
pub(super) fn type_of(value: &Value) -> Value {
    match value {
        Value::String(_) | Value::Null => json!("string"),
        Value::Bool(_) => json!("bool"),
        Value::Number(_) => json!("number"),
        Value::Array(items) => json!(["tuple", items.iter().map(type_of).collect::<Vec<_>>()]),
        Value::Object(map) => {
            let types: Map<_, _> =
                map.iter().map(|(name, value)| (name.clone(), type_of(value))).collect();
            json!(["object", types])
        }
    }
}

/// The lock of a state.
pub(super) struct Lock {
    leases: Api<Lease>,
    name: String,
    state: String,
    who: String,
    /// Whether there is anything to lock.
    is_played: bool,
}

/// Somebody else holds the lock.
pub(super) struct Held {
    pub(super) id: String,
    /// The words of the runner.
    pub(super) message: String,
}

impl Lock {
    pub(super) fn new(client: &Client, object: &Tracked, state: &State) -> Self {
        Self {
            leases: Api::namespaced(client.clone(), object.namespace()),
            name: format!("lock-{}", state.name()),
            state: state.name(),
            who: format!("runner@{}-tf-runner", object.name()),
            is_played: state.is_kept,
        }
    }

    /// Takes it for an operation, unless it is held.
    pub(super) async fn take(&self, operation: &str) -> Result<Result<(), Held>> {
        if !self.is_played {
            return Ok(Ok(()));
        }
        if let Some(held) = self.holder().await? {
            return Ok(Err(held));
        }
        let id = new_id();
        let info = json!({
            "ID": id, "Operation": operation, "Info": "", "Who": self.who, "Version": VERSION,
            "Created": now(), "Path": self.state,
        });
        let lease = json!({
            "apiVersion": "coordination.k8s.io/v1",
            "kind": "Lease",
            "metadata": {"name": self.name, "annotations": {LOCK_INFO: info.to_string()}},
            "spec": {"holderIdentity": id},
        });
        put(&self.leases, &self.name, lease).await?;
        Ok(Ok(()))
    }

    /// Gives it up, whoever holds it.
    pub(super) async fn release(&self) -> Result<()> {
        if !self.is_played {
            return Ok(());
        }
        let params =
            PatchParams { field_manager: Some(CONTROLLER.to_owned()), ..Default::default() };
        let free = json!({
            "metadata": {"annotations": {LOCK_INFO: null}}, "spec": {"holderIdentity": null},
        });
        match self.leases.patch(&self.name, &params, &Patch::Merge(&free)).await {
            Err(kube::Error::Api(status)) if status.is_not_found() => Ok(()),
            released => Ok(released.map(|_| ())?),
        }
    }

    async fn holder(&self) -> Result<Option<Held>> {
        let Some(lease) = self.leases.get_opt(&self.name).await? else { return Ok(None) };
        let Some(id) = lease.spec.and_then(|spec| spec.holder_identity) else { return Ok(None) };
        let info = lease.metadata.annotations.unwrap_or_default().remove(LOCK_INFO);
        let info: Option<Value> = info.and_then(|info| serde_json::from_str(&info).ok());
        let Some(info) = info else {
            let message = "error acquiring the state lock: exit status 1\n\nError: Error acquiring the \
                           state lock";
            return Ok(Some(Held { id: String::new(), message: message.to_owned() }));
        };
        let field = |name: &str| info[name].as_str().unwrap_or_default().to_owned();
        let message = format!(
            "error acquiring the state lock: Lock Info:\n  ID:        {id}\n  Path:      {}\n  \
             Operation: {}\n  Who:       {}\n  Version:   {}\n  Created:   {}\n",
            field("Path"),
            field("Operation"),
            field("Who"),
            field("Version"),
            field("Created"),
        );
        Ok(Some(Held { id, message }))
    }
}

/// A random identifier in the form of a UUID.
fn new_id() -> String {
    let mut bytes = [0; 16];
    aws_lc_rs::rand::fill(&mut bytes).expect("the system has randomness to offer");
    let hex = super::super::files::hex(&bytes);
    let parts = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]];
    parts.join("-")
}

/// Metadata of an object that belongs to a Terraform object.
pub(super) fn owned(object: &Tracked, name: &str, is_controller: bool) -> ObjectMeta {
    let mut owner = json!({
        "apiVersion": object.str("/apiVersion"),
        "kind": object.str("/kind"),
        "name": object.name(),
        "uid": object.str("/metadata/uid"),
    });
    if is_controller {
        owner["controller"] = json!(true);
    }
    let metadata = json!({
        "name": name, "namespace": object.namespace(), "ownerReferences": [owner],
    });
    serde_json::from_value(metadata).expect("the fields are those of metadata")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_written_as_opentofu_writes_them() {
        let value = json!({"name": "a", "ports": [1, true]});
        let written = json!(["object", {
            "name": "string", "ports": ["tuple", ["number", "bool"]],
        }]);
        assert_eq!(type_of(&value), written);
    }

    #[test]
    fn ids_of_locks_look_like_uuids_and_differ() {
        let id = new_id();
        let lengths: Vec<_> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_ne!(id, new_id());
    }
}
