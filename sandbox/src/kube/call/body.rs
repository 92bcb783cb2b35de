//! The bodies of requests, in the formats that their media types name.

use http::header;
use serde_json::Value;

use super::Call;
use crate::kube::objects::Patch;
use crate::kube::preparation;
use crate::kube::request::header_text;
use crate::kube::status::{Answer, Failure};

impl Call<'_> {
    fn media_type(&self) -> &str {
        let given = header_text(self.headers, header::CONTENT_TYPE.as_str());
        given.split(';').next().unwrap_or_default().trim()
    }

    /// The body of a POST, PUT or DELETE.
    pub(super) fn json_or_yaml(&self) -> Answer<Value> {
        match self.media_type() {
            "application/json" | "" => self.json(),
            "application/yaml" => self.yaml(),
            "application/vnd.kubernetes.protobuf" => {
                Err(Failure::not_implemented("protobuf bodies; send JSON or YAML"))
            }
            _ => Err(Failure::unsupported_media_type(&[
                "application/json",
                "application/yaml",
                "application/vnd.kubernetes.protobuf",
            ])),
        }
    }

    fn json(&self) -> Answer<Value> {
        serde_json::from_slice(self.body).map_err(|error| {
            let why = match self.body.is_empty() {
                true => "unexpected end of JSON input".to_owned(),
                false => error.to_string(),
            };
            let why = format!("couldn't get version/kind; json parse error: {why}");
            preparation::unrecognized(&self.resource, &why, &String::from_utf8_lossy(self.body))
        })
    }

    /// The body of a patch in JSON.
    fn json_patch(&self) -> Answer<Value> {
        serde_json::from_slice(self.body)
            .map_err(|error| Failure::bad_request(format!("error decoding patch: {error}")))
    }

    /// The body of a patch that is an object.
    fn object_patch(&self) -> Answer<Value> {
        let patch = self.json_patch()?;
        let kind = match &patch {
            Value::Object(_) => return Ok(patch),
            Value::Array(_) => "array",
            Value::String(_) => "string",
            Value::Bool(_) => "bool",
            Value::Number(_) | Value::Null => "number",
        };
        Err(Failure::bad_request(format!(
            "error decoding patch: json: cannot unmarshal {kind} into Go value of type \
             map[string]interface {{}}"
        )))
    }

    fn yaml(&self) -> Answer<Value> {
        let text = std::str::from_utf8(self.body)
            .map_err(|error| Failure::bad_request(format!("error decoding YAML: {error}")))?;
        // Most clients send JSON, which is YAML and faster to read.
        if let Ok(value) = serde_json::from_str(text) {
            return Ok(value);
        }
        serde_yaml::from_str(text)
            .map_err(|error| Failure::bad_request(format!("error decoding YAML: {error}")))
    }

    pub(super) fn patch_body(&self) -> Answer<Patch> {
        const CUSTOM: &[&str] = &[
            "application/json-patch+json",
            "application/merge-patch+json",
            "application/apply-patch+yaml",
        ];
        match self.media_type() {
            "application/json-patch+json" => Ok(Patch::Json(self.json_patch()?)),
            "application/merge-patch+json" => Ok(Patch::Merge(self.object_patch()?)),
            "application/apply-patch+yaml" => Ok(Patch::Apply(self.yaml()?)),
            "application/strategic-merge-patch+json" if !self.resource.is_custom() => {
                Ok(Patch::Strategic(self.object_patch()?))
            }
            _ if self.resource.is_custom() => Err(Failure::unsupported_media_type(CUSTOM)),
            _ => Err(Failure::unsupported_patch_type()),
        }
    }
}
