//! Inputs, backends and health checks of Terraform objects.

use std::str::FromStr;

use anyhow::{Error, Result, anyhow, bail};
use nigari_api::meta::SecretKeyReference;
use nigari_api::terraform::{self, FileLocation, HealthCheckType, ReadInputsFromSecretSpec};
use url::Url;

use super::pair::{identifier, split};
use crate::manifests::name::dns_subdomain;

/// A Secret that `values` can use: `SECRET=NAME`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretInput(pub ReadInputsFromSecretSpec);

impl FromStr for SecretInput {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (secret, alias) = split(text)?;
        Ok(Self(ReadInputsFromSecretSpec {
            alias: identifier(&alias)?,
            name: dns_subdomain(&secret)?,
        }))
    }
}

/// A key of a Secret that becomes a file: `SECRET/KEY=home:PATH` or `SECRET/KEY=workspace:PATH`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileMapping(pub terraform::FileMapping);

impl FromStr for FileMapping {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let refused = || {
            anyhow!(
                "{text:?} is not SECRET/KEY=home:PATH or SECRET/KEY=workspace:PATH, like \
                 ssh/id_ed25519=home:.ssh/id_ed25519"
            )
        };
        let (source, file) = text.split_once('=').ok_or_else(refused)?;
        let (secret, key) = source.split_once('/').ok_or_else(refused)?;
        let (location, path) = match file.split_once(':') {
            Some(("home", path)) => (FileLocation::Home, path),
            Some(("workspace", path)) => (FileLocation::Workspace, path),
            _ => return Err(refused()),
        };
        if key.is_empty() || path.is_empty() || path.starts_with('/') || path.contains("..") {
            return Err(refused());
        }
        Ok(Self(terraform::FileMapping {
            location,
            path: path.to_owned(),
            secret_ref: SecretKeyReference {
                key: Some(key.to_owned()),
                name: dns_subdomain(secret)?,
            },
        }))
    }
}

/// What must answer after an apply: `NAME=https://…` or `NAME=tcp://HOST:PORT`; outputs may be part of it, as
/// `${{ .output }}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HealthCheck(pub terraform::HealthCheck);

impl FromStr for HealthCheck {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let refused = || {
            anyhow!(
                "{text:?} is not NAME=URL with http, https or tcp, like api=https://api.example.com or \
                 db=tcp://db.example.com:5432"
            )
        };
        let (name, target) = text.split_once('=').ok_or_else(refused)?;
        let (scheme, rest) = target.split_once("://").ok_or_else(refused)?;
        let is_template = rest.contains("${{");
        let is_address = is_template || Url::parse(target).is_ok_and(|url| url.has_host());
        if name.is_empty() || rest.is_empty() || !is_address {
            return Err(refused());
        }
        let (type_, address, url) = match scheme {
            "tcp" => (HealthCheckType::Tcp, Some(rest.to_owned()), None),
            "http" | "https" => (HealthCheckType::Http, None, Some(target.to_owned())),
            _ => return Err(refused()),
        };
        let has_port =
            address.as_deref().is_none_or(|address| is_template || address.contains(':'));
        if !has_port {
            return Err(refused());
        }
        Ok(Self(terraform::HealthCheck {
            address,
            name: name.to_owned(),
            timeout: None,
            type_,
            url,
        }))
    }
}

/// A backend that is declared in the object: its name, and what it cannot be without.
struct BackendRule {
    name: &'static str,
    needs: &'static [&'static str],
}

const BACKENDS: [BackendRule; 4] = [
    BackendRule { name: "s3", needs: &["bucket", "key"] },
    BackendRule { name: "gcs", needs: &["bucket"] },
    BackendRule { name: "azurerm", needs: &["storage_account_name", "container_name", "key"] },
    BackendRule { name: "http", needs: &["address"] },
];

/// Settings of backends that are credentials; the object is readable for everyone who may read plans.
const SECRET_SETTINGS: [&str; 11] = [
    "access_key",
    "client_certificate_password",
    "client_private_key_pem",
    "client_secret",
    "credentials",
    "encryption_key",
    "password",
    "sas_token",
    "secret_key",
    "sse_customer_key",
    "token",
];

/// The block of a backend, as `tofu fmt` lays it out.
///
/// # Errors
/// When a setting is missing, given twice, or a credential.
pub fn backend_block(name: &str, settings: &[(String, String)]) -> Result<String> {
    let rule = BACKENDS.iter().find(|rule| rule.name == name);
    let rule = rule.ok_or_else(|| anyhow!("there is no backend {name}"))?;
    for (index, (key, _)) in settings.iter().enumerate() {
        if SECRET_SETTINGS.contains(&key.as_str()) {
            bail!(
                "{key} is a credential: everyone who may read the object could read it; put it into a \
                 Secret, like --backend-config-from=Secret/state={key}"
            );
        }
        if settings[..index].iter().any(|(earlier, _)| earlier == key) {
            bail!("{key} is given twice");
        }
    }
    let is_given = |key: &&&str| settings.iter().any(|(given, _)| given == **key);
    if let Some(missing) = rule.needs.iter().find(|key| !is_given(key)) {
        bail!("the backend {name} needs {missing}, like --backend-config={missing}=…");
    }
    let width = settings.iter().map(|(key, _)| key.chars().count()).max().unwrap_or_default();
    let lines =
        settings.iter().map(|(key, value)| format!("  {key:width$} = {}\n", literal(value)));
    Ok(format!("backend \"{name}\" {{\n{}}}\n", lines.collect::<String>()))
}

/// A truth value or a number as it is, everything else as a string that HCL does not interpret.
fn literal(value: &str) -> String {
    let is_number = value.parse::<u32>().is_ok_and(|number| number.to_string() == value);
    if matches!(value, "true" | "false") || is_number {
        return value.to_owned();
    }
    let mut quoted = String::from("\"");
    for character in value.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            other => quoted.push(other),
        }
    }
    // What begins an interpolation or a directive is doubled to stand for itself.
    format!("{}\"", quoted.replace("${", "$${").replace("%{", "%%{"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn settings(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn a_backend_is_laid_out_as_people_write_it() {
        let settings = settings(&[
            ("bucket", "my-tfstate-bucket"),
            ("key", "production/vpc/terraform.tfstate"),
            ("dynamodb_table", "${terraform}-\"lock\""),
            ("encrypt", "true"),
            ("max_retries", "5"),
        ]);
        assert_eq!(
            backend_block("s3", &settings).unwrap(),
            "backend \"s3\" {\n  bucket         = \"my-tfstate-bucket\"\n  key            = \
             \"production/vpc/terraform.tfstate\"\n  dynamodb_table = \"$${terraform}-\\\"lock\\\"\"\n  \
             encrypt        = true\n  max_retries    = 5\n}\n"
        );
    }

    #[test]
    fn credentials_and_gaps_are_refused() {
        for (backend, pairs, word) in [
            ("s3", &[("bucket", "b")][..], "key"),
            ("s3", &[("bucket", "b"), ("key", "k"), ("secret_key", "x")], "credential"),
            ("gcs", &[], "bucket"),
            ("http", &[("address", "a"), ("password", "x")], "credential"),
            ("http", &[("address", "a"), ("address", "b")], "twice"),
            ("azurerm", &[("container_name", "a")], "storage_account_name"),
        ] {
            let error = backend_block(backend, &settings(pairs)).unwrap_err().to_string();
            assert!(error.contains(word), "{error}");
        }
    }

    #[test]
    fn health_checks_are_addresses_with_names() {
        let check = |text: &str| text.parse::<HealthCheck>().map(|check| json!(check.0));
        assert_eq!(
            check("api=https://api.example.com/healthz").unwrap(),
            json!({"name": "api", "type": "http", "url": "https://api.example.com/healthz"})
        );
        assert_eq!(
            check("db=tcp://${{ .host }}").unwrap(),
            json!({"name": "db", "type": "tcp", "address": "${{ .host }}"})
        );
        for bad in ["api", "=http://a", "api=a:1", "api=ftp://a", "db=tcp://a", "api=https://"] {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn secrets_become_inputs_and_files() {
        let file: FileMapping = "ssh/id=home:.ssh/id".parse().unwrap();
        assert_eq!(
            json!(file.0),
            json!({"location": "home", "path": ".ssh/id", "secretRef": {"name": "ssh", "key": "id"}})
        );
        for bad in ["ssh=home:a", "ssh/id=root:a", "ssh/id=home:", "s/i=home:/a", "s/i=home:../a"] {
            assert!(bad.parse::<FileMapping>().is_err(), "{bad}");
        }
        let input: SecretInput = "db-credentials=db".parse().unwrap();
        assert_eq!(json!(input.0), json!({"as": "db", "name": "db-credentials"}));
        assert!("db".parse::<SecretInput>().is_err());
    }
}
