//! What is stored of the plans of Terraform objects.

use anyhow::Result;
use kube::api::DynamicObject;

use super::Cluster;
use crate::plans::storage::{Form, Piece, Place};
use crate::plans::stored::Stored;

impl Cluster {
    /// Everything that is stored of the plan of a Terraform object.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn stored_plan(&self, object: &DynamicObject) -> Result<Stored> {
        let binary = self.plan_pieces(object, Form::Binary).await?;
        let readable = match Form::readable(object) {
            Some(form) => self.plan_pieces(object, form).await?,
            None => Vec::new(),
        };
        Ok(Stored::new(object, Ok(binary), Ok(readable)))
    }

    /// The pieces of a plan in one of its forms. Controllers before 0.16.0-rc.7 wrote one, without labels.
    ///
    /// # Errors
    /// Those of [`super::failure`].
    pub async fn plan_pieces(&self, object: &DynamicObject, form: Form) -> Result<Vec<Piece>> {
        let Place { namespace, name, selector } = Place::of(object, form);
        match form {
            Form::Human => {
                let maps = self.config_maps(&namespace, &selector).await?;
                if !maps.is_empty() {
                    return Ok(maps.into_iter().map(Piece::from).collect());
                }
                Ok(self.config_map(&namespace, &name).await?.map(Piece::from).into_iter().collect())
            }
            Form::Binary | Form::Json => {
                let secrets = self.secrets(&namespace, &selector).await?;
                if !secrets.is_empty() {
                    return Ok(secrets.into_iter().map(Piece::from).collect());
                }
                Ok(self.secret(&namespace, &name).await?.map(Piece::from).into_iter().collect())
            }
        }
    }
}
