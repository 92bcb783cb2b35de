//! What the query and the body of a deletion say about how a write is to be done.

use http::header;
use serde_json::{Value, json};

use super::Call;
use crate::kube::deletion::{DeleteOptions, Propagation};
use crate::kube::objects::{FieldValidation, WriteOptions};
use crate::kube::request::header_text;
use crate::kube::resources::text;
use crate::kube::status::{Answer, Cause, Failure};

impl Call<'_> {
    pub(super) fn delete_options(&self) -> Answer<DeleteOptions> {
        let body = match self.body.is_empty() {
            true => json!({}),
            false => self.json_or_yaml()?,
        };
        let given =
            |pointer: &str| body.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
        let policy = match self.query.get("propagationPolicy") {
            "" => text(&body, "/propagationPolicy"),
            policy => policy,
        };
        let refuse = |reason, message: String| {
            let cause = Cause::new(reason, "propagationPolicy", message);
            Err(Failure::invalid("meta.k8s.io", "DeleteOptions", "", &[cause]))
        };
        if body["orphanDependents"].is_boolean() && !policy.is_empty() {
            let both = "orphanDependents and deletionPropagation cannot be both set";
            return refuse("FieldValueInvalid", format!("Invalid value: {policy:?}: {both}"));
        }
        let is_job = self.resource.kind == "Job" && !self.resource.is_custom();
        let propagation = match policy {
            "" if is_job || body["orphanDependents"] == true => Propagation::Orphan,
            "" | "Background" => Propagation::Background,
            "Foreground" => Propagation::Foreground,
            "Orphan" => Propagation::Orphan,
            other => {
                let supported = "\"Foreground\", \"Background\", \"Orphan\", \"nil\"";
                let message =
                    format!("Unsupported value: {other:?}: supported values: {supported}");
                return refuse("FieldValueNotSupported", message);
            }
        };
        self.query.integer("gracePeriodSeconds")?;
        Ok(DeleteOptions {
            dry_run: self.dry_run()? || is_dry_run(&body),
            propagation,
            leaves_job_pods: is_job && policy.is_empty(),
            uid: given("/preconditions/uid"),
            resource_version: given("/preconditions/resourceVersion"),
        })
    }

    fn dry_run(&self) -> Answer<bool> {
        match self.query.get("dryRun") {
            "" => Ok(false),
            "All" => Ok(true),
            other => {
                let message = format!("Unsupported value: [{other:?}]: supported values: \"All\"");
                let cause = Cause::new("FieldValueNotSupported", "dryRun", message);
                Err(Failure::invalid("meta.k8s.io", "CreateOptions", "", &[cause]))
            }
        }
    }

    pub(super) fn write_options(&self) -> Answer<WriteOptions> {
        let field_manager = match self.query.get("fieldManager") {
            "" => {
                let agent = header_text(self.headers, header::USER_AGENT.as_str());
                agent.split('/').next().unwrap_or_default()
            }
            named => named,
        };
        let field_validation = match self.query.get("fieldValidation") {
            "" | "Warn" => FieldValidation::Warn,
            "Ignore" => FieldValidation::Ignore,
            "Strict" => FieldValidation::Strict,
            other => {
                let message = format!(
                    "Unsupported value: {other:?}: supported values: \"\", \"Ignore\", \"Strict\", \"Warn\""
                );
                let cause = Cause::new("FieldValueNotSupported", "fieldValidation", message);
                return Err(Failure::invalid("meta.k8s.io", "CreateOptions", "", &[cause]));
            }
        };
        if field_manager.len() > 128 {
            let message = "Too long: may not be more than 128 bytes";
            let cause = Cause::new("FieldValueTooLong", "fieldManager", message);
            return Err(Failure::invalid("meta.k8s.io", "CreateOptions", "", &[cause]));
        }
        Ok(WriteOptions {
            dry_run: self.dry_run()?,
            field_validation,
            field_manager: field_manager.to_owned(),
            force: false,
            subresource: self.path.subresource.clone(),
        })
    }
}

/// Whether the body of a deletion asks for a dry run.
fn is_dry_run(options: &Value) -> bool {
    options["dryRun"] == json!(["All"])
}
