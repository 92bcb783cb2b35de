//! Whether the cluster would take an object that somebody else is going to apply.

use anyhow::Result;
use kube::api::DynamicObject;

use super::apply::ApplyOptions;
use super::failure::words_for;
use super::{Cluster, FIELD_MANAGER};
use crate::error::{Class, class_of};

/// What a server says about an object that it would take, as far as it can be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The version of the kind that the cluster serves: `kustomize.toolkit.fluxcd.io/v1`.
    pub api_version: String,
    /// Why the server did not look at what is in the object, if it did not.
    pub untold: Option<String>,
}

impl Cluster {
    /// Asks the server, by its dry run, whether it would take an object, whoever owns its fields now.
    ///
    /// A kind of Flux is asked about in the version that the cluster serves. Who may not write, or whose
    /// namespace is not there yet, gets no answer; whoever applies the object later may.
    ///
    /// # Errors
    /// [`Class::Usage`] for what is wrong in the object; [`Class::NotInstalled`]; when the cluster cannot
    /// be reached.
    pub async fn would_accept(&self, object: &DynamicObject) -> Result<Acceptance> {
        let (object, served) = self.as_served(object).await?;
        let api_version = served.resource.api_version.clone();
        let options = ApplyOptions { field_manager: FIELD_MANAGER.to_owned(), force: true };
        let error = match self.try_patch(&object, &served, &options, true).await {
            Ok(_) => return Ok(Acceptance { api_version, untold: None }),
            Err(error) => error,
        };
        let untold = words_for(&error);
        let is_answer = matches!(error, kube::Error::Api(_));
        let refusal = self.refused(&object, error);
        if is_answer && class_of(&refusal) != Class::Usage {
            return Ok(Acceptance { api_version, untold: Some(untold) });
        }
        Err(refusal)
    }
}
