//! Stored plans: the Secrets and ConfigMaps of a Terraform object's plan.

use std::fmt::Debug;

use anyhow::Result;
use k8s_openapi::NamespaceResourceScope;
use k8s_openapi::api::core::v1::{ConfigMap, Secret};
use kube::Resource;
use kube::api::{Api, DynamicObject, ListParams};
use serde::de::DeserializeOwned;

use super::Cluster;
use super::backoff::patiently;
use crate::error::{Class, class_of};
use crate::plans::storage::{Flaw, Form, Piece, Place};
use crate::plans::stored::Stored;

impl Cluster {
    /// Everything that is stored of the plan of a Terraform object. What may not be read is a flaw of it.
    ///
    /// # Errors
    /// Those of [`super::failure`], but for [`Class::Denied`].
    pub async fn stored_plan(&self, object: &DynamicObject) -> Result<Stored> {
        let binary = self.pieces(object, Form::Binary);
        let (binary, readable) = futures::join!(binary, self.readable_pieces(object));
        Ok(Stored::new(object, binary?, readable?))
    }

    /// What is stored of its plan in a readable form; the plan file is not read.
    ///
    /// # Errors
    /// As [`Self::stored_plan`].
    pub async fn stored_text(&self, object: &DynamicObject) -> Result<Stored> {
        Ok(Stored::new(object, Ok(Vec::new()), self.readable_pieces(object).await?))
    }

    async fn readable_pieces(&self, object: &DynamicObject) -> Result<Pieces> {
        match Form::readable(object) {
            Some(form) => self.pieces(object, form).await,
            None => Ok(Ok(Vec::new())),
        }
    }

    async fn pieces(&self, object: &DynamicObject, form: Form) -> Result<Pieces> {
        let place = Place::of(object, form);
        let pieces = match form {
            Form::Binary | Form::Json => self.pieces_of::<Secret>(&place).await,
            Form::Human => self.pieces_of::<ConfigMap>(&place).await,
        };
        match pieces {
            Err(error) if class_of(&error) == Class::Denied => {
                Ok(Err(Flaw::Unread { why: format!("{error:#}") }))
            }
            pieces => pieces.map(Ok),
        }
    }

    /// The objects with the plan's labels; where there are none, the one with the plan's name: controllers
    /// before v0.16.0-rc.7 set no labels.
    async fn pieces_of<K>(&self, place: &Place) -> Result<Vec<Piece>>
    where
        K: Resource<Scope = NamespaceResourceScope, DynamicType = ()>
            + Clone
            + Debug
            + DeserializeOwned,
        Piece: From<K>,
    {
        let api: Api<K> = Api::namespaced(self.client.clone(), &place.namespace);
        let act =
            || format!("read the plan in {} {}/{}", K::kind(&()), place.namespace, place.name);
        let parameters = ListParams::default().labels(&place.selector);
        let found = patiently(|| api.list(&parameters)).await;
        let found = found.map_err(|error| self.failure(error, &act()))?;
        if !found.items.is_empty() {
            return Ok(found.items.into_iter().map(Piece::from).collect());
        }
        let one = patiently(|| api.get_opt(&place.name)).await;
        let one = one.map_err(|error| self.failure(error, &act()))?;
        Ok(one.into_iter().map(Piece::from).collect())
    }
}

/// What was read, or why it may not be.
type Pieces = Result<Vec<Piece>, Flaw>;
