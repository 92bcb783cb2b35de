//! Where plans are kept: Secrets and ConfigMaps, in pieces when they are large.
//!
//! Source: tofu-controller, `api/plan/plan.go` (names, labels, annotations, pieces) and
//! `runner/server_{save,load}_tfplan.go`.

use std::collections::BTreeMap;

use anyhow::Result;
use k8s_openapi::ByteString;
use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use kube::api::{DeleteParams, ListParams, PostParams};
use kube::{Api, Client, ResourceExt as _};

use super::super::files::sha256;
use super::super::object::Tracked;
use super::state::{gunzip, gzip, owned};
use super::{GROUP, rules};

/// The most that one object holds.
const PIECE: usize = 1024 * 1024;
/// The longest value of a label.
const LABEL: usize = 63;
const KEY: &str = "tfplan";
const SAVED: &str = "savedPlan";

/// The plans of one object.
pub(super) struct Store<'a> {
    secrets: Api<Secret>,
    maps: Api<ConfigMap>,
    object: &'a Tracked,
}

impl<'a> Store<'a> {
    pub(super) fn new(client: &Client, object: &'a Tracked) -> Self {
        Self {
            secrets: Api::namespaced(client.clone(), object.namespace()),
            maps: Api::namespaced(client.clone(), object.namespace()),
            object,
        }
    }

    /// Replaces what is stored under the object's name and `suffix` by a Secret, gzipped.
    pub(super) async fn save(&self, suffix: &str, id: &str, content: &[u8]) -> Result<()> {
        self.delete_secrets(suffix).await?;
        let packed = gzip(content)?;
        let pieces: Vec<_> = packed.chunks(PIECE).collect();
        for (index, piece) in pieces.iter().enumerate() {
            let hashed = if pieces.len() == 1 { content } else { piece };
            let mut metadata = self.metadata(suffix, id, (index, pieces.len()), hashed);
            metadata
                .annotations
                .get_or_insert_default()
                .insert("encoding".to_owned(), "gzip".to_owned());
            let secret = Secret {
                metadata,
                type_: Some("Opaque".to_owned()),
                data: Some(BTreeMap::from([(KEY.to_owned(), ByteString(piece.to_vec()))])),
                ..Default::default()
            };
            self.secrets.create(&PostParams::default(), &secret).await?;
        }
        Ok(())
    }

    /// Replaces the readable text by a ConfigMap.
    pub(super) async fn save_text(&self, id: &str, text: &str) -> Result<()> {
        for map in self.maps.list(&self.wanted("")).await? {
            self.maps.delete(&map.name_any(), &DeleteParams::default()).await?;
        }
        let pieces = split(text);
        for (index, piece) in pieces.iter().enumerate() {
            let map = ConfigMap {
                metadata: self.metadata("", id, (index, pieces.len()), piece.as_bytes()),
                data: Some(BTreeMap::from([(KEY.to_owned(), (*piece).to_owned())])),
                ..Default::default()
            };
            self.maps.create(&PostParams::default(), &map).await?;
        }
        Ok(())
    }

    /// The stored plan, if it has the pending id.
    ///
    /// # Errors
    /// The inner error is the runner's message.
    pub(super) async fn load(&self) -> Result<Result<Vec<u8>, String>> {
        let pending = rules::pending(self.object);
        let mut secrets = self.secrets.list(&self.wanted("")).await?.items;
        if secrets.is_empty() {
            return Ok(Err(format!("no plan secrets found for plan {pending}")));
        }
        let saved = |secret: &Secret| secret.annotations().get(SAVED).cloned().unwrap_or_default();
        let other = secrets.iter().find(|secret| saved(secret) != pending);
        if let Some(other) = other.filter(|_| !self.object.is("/spec/force")) {
            return Ok(Err(format!(
                "pending plan {pending} does not match secret {} ({})",
                other.name_any(),
                saved(other)
            )));
        }
        let index = |secret: &Secret| -> usize {
            let index = secret.annotations().get(&annotation("plan-chunk"));
            index.and_then(|index| index.parse().ok()).unwrap_or_default()
        };
        secrets.sort_by_key(index);
        let pieces = secrets.into_iter().filter_map(|secret| secret.data?.remove(KEY));
        let packed: Vec<u8> = pieces.flat_map(|piece| piece.0).collect();
        Ok(gunzip(&packed).map_err(|error| {
            format!("failed to decode plan for resources {}: {error}", self.object.name())
        }))
    }

    /// Deletes the binary plan; readable ones stay, as the controller leaves them.
    pub(super) async fn clear(&self) -> Result<()> {
        self.delete_secrets("").await
    }

    async fn delete_secrets(&self, suffix: &str) -> Result<()> {
        for secret in self.secrets.list(&self.wanted(suffix)).await? {
            self.secrets.delete(&secret.name_any(), &DeleteParams::default()).await?;
        }
        Ok(())
    }

    fn wanted(&self, suffix: &str) -> ListParams {
        let labels = self.labels(suffix);
        let labels: Vec<_> = labels.iter().map(|(name, value)| format!("{name}={value}")).collect();
        ListParams::default().labels(&labels.join(","))
    }

    fn labels(&self, suffix: &str) -> BTreeMap<String, String> {
        let name = format!("{}{suffix}", self.object.name());
        let workspace = rules::workspace(self.object);
        BTreeMap::from([
            (annotation("plan-name"), label(&name)),
            (annotation("plan-workspace"), label(workspace)),
        ])
    }

    fn metadata(
        &self,
        suffix: &str,
        id: &str,
        (index, count): (usize, usize),
        hashed: &[u8],
    ) -> kube::api::ObjectMeta {
        let workspace = rules::workspace(self.object);
        let full_name = format!("{}{suffix}", self.object.name());
        let name = format!("tfplan-{workspace}-{full_name}");
        let mut annotations = BTreeMap::from([
            (annotation("plan-full-name"), full_name),
            (annotation("plan-full-workspace"), workspace.to_owned()),
            (annotation("plan-hash"), sha256(hashed)),
            (SAVED.to_owned(), id.to_owned()),
        ]);
        let is_piece = count > 1;
        if is_piece {
            annotations.insert(annotation("plan-chunk"), index.to_string());
        }
        let name = if is_piece { format!("{name}-{index}") } else { name };
        kube::api::ObjectMeta {
            annotations: Some(annotations),
            labels: Some(self.labels(suffix)),
            ..owned(self.object, &name, false)
        }
    }
}

fn annotation(name: &str) -> String {
    format!("{GROUP}/{name}")
}

/// A label's value: too long ones end in a part of their hash.
fn label(value: &str) -> String {
    if value.len() <= LABEL {
        return value.to_owned();
    }
    let hash = &sha256(value.as_bytes())[..16];
    format!("{}-{hash}", &value[..LABEL - hash.len() - 1])
}

/// Cuts a text into pieces that fit, between characters.
fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > PIECE {
        let end = (0..=PIECE).rev().find(|at| rest.is_char_boundary(*at)).unwrap_or(PIECE);
        let (piece, more) = rest.split_at(end);
        pieces.push(piece);
        rest = more;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_labels_end_in_a_hash() {
        assert_eq!(label("vpc.json"), "vpc.json");
        let long = "n".repeat(80);
        let cut = label(&long);
        assert_eq!(cut.len(), LABEL);
        assert_eq!(cut[46..47], *"-");
        assert_ne!(cut, label(&"n".repeat(81)));
    }

    #[test]
    fn texts_are_cut_between_characters() {
        let text = "ä".repeat(PIECE);
        let pieces = split(&text);
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces.concat(), text);
        assert_eq!(split(""), [""]);
    }
}
