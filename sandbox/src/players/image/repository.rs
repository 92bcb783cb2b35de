//! ImageRepository objects: the tags of an image.

use std::time::Duration;

use anyhow::Result;
use futures::future::BoxFuture;
use kube::Api;
use kube::api::DynamicObject;
use kube::core::ApiResource;
use regex::Regex;
use serde_json::{Value, json};

use super::super::conditions::now;
use super::super::controller::{Change, Key, Next, Queue, Reconcile, Triggers, watch};
use super::super::duration;
use super::super::object::Tracked;
use super::super::source::remote;
use super::{Database, End, REFLECTOR, Tools, begin, image, progress, spec};

pub(super) const CRD: &str = "imagerepositories.image.toolkit.fluxcd.io";
/// How many tags the status shows.
const LATEST: usize = 10;

pub(super) fn image_repositories() -> ApiResource {
    image("ImageRepository", "imagerepositories")
}

pub(super) struct Repositories {
    pub(super) tools: Tools,
    pub(super) database: Database,
}

impl Reconcile for Repositories {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        let client = &self.tools.client;
        let api: Api<DynamicObject> = Api::all_with(client.clone(), &image_repositories());
        let mut triggers = Triggers::default();
        let keys = move |change: Change<'_, DynamicObject>| match change {
            Change::Applied(object) if triggers.see(object) => vec![Key::of(object)],
            Change::Applied(_) | Change::Deleted(_) => Vec::new(),
        };
        vec![watch(api, Some((client.clone(), CRD)), self.tools.stage.pace, queue, keys)]
    }

    async fn reconcile(&self, key: Key) -> Result<Next> {
        let resource = image_repositories();
        let loaded = Tracked::load(&self.tools.client, &resource, &key, REFLECTOR).await?;
        let Some(mut object) = loaded else { return Ok(Next::Wait) };
        let before = object.conditions.clone();
        let end = match begin(&mut object).await? {
            Some(end) => end,
            None => self.attempt(&mut object, &key).await?,
        };
        self.tools.conclude(&mut object, &end, &before).await
    }
}

impl Repositories {
    async fn attempt(&self, object: &mut Tracked, key: &Key) -> Result<End> {
        let image = object.str("/spec/image").unwrap_or_default().to_owned();
        if let Err(problem) = check(&image) {
            return Ok(End::Stalled("ImageURLInvalid", problem));
        }
        for field in ["secretRef", "certSecretRef"] {
            let found = remote::certificates(&self.tools.client, object, field).await?;
            if let Err(problem) = found {
                let message = format!("failed to configure authentication options: {problem}");
                return Ok(End::Failure("AuthenticationFailed", message, Next::Retry));
            }
        }
        let interval = object.str("/spec/interval").and_then(duration::parse);
        let interval = interval.unwrap_or(Duration::from_secs(60));
        if let Some(reason) = self.reason_to_scan(object, key, &image) {
            progress(object, &format!("scanning: {reason}"));
            object.save().await?;
            if let Err(problem) = self.scan(object, key, &image).await? {
                let message = format!("scan failed: {problem}");
                return Ok(End::Failure("ReadOperationFailed", message, Next::Retry));
            }
        }
        object.set_status("canonicalImageName", json!(image));
        let excluded = object.at("/spec/exclusionList").cloned().unwrap_or_default();
        object.set_status("observedExclusionList", excluded);
        let last = object.at("/status/lastScanResult").unwrap_or(&Value::Null);
        let message = format!(
            "successful scan: found {} tags with checksum {}",
            last["tagCount"],
            last["revision"].as_str().unwrap_or_default()
        );
        Ok(End::Success(message, Some(interval)))
    }

    fn reason_to_scan(&self, object: &Tracked, key: &Key, image: &str) -> Option<&'static str> {
        let requested = object.requested_at();
        if object.at("/status/lastScanResult").is_none() {
            Some("first scan")
        } else if requested.is_some()
            && requested.as_deref() != object.str("/status/lastHandledReconcileAt")
        {
            Some("reconcile requested")
        } else if object.str("/status/canonicalImageName") != Some(image) {
            Some("new image name")
        } else if object.at("/spec/exclusionList") != object.at("/status/observedExclusionList") {
            Some("exclusion list update")
        } else if self.database.tags(key).is_empty() {
            Some("no tags in database")
        } else {
            Some("triggered by interval")
        }
    }

    async fn scan(
        &self,
        object: &mut Tracked,
        key: &Key,
        image: &str,
    ) -> Result<Result<(), String>> {
        let mut certificates = String::new();
        for field in ["secretRef", "certSecretRef"] {
            let found = remote::certificates(&self.tools.client, object, field).await?;
            certificates.push_str(&found.unwrap_or_default());
        }
        let found = list(&self.tools, image, &certificates);
        let tags = match found.and_then(|tags| without(tags, object.at("/spec/exclusionList"))) {
            Ok(tags) => tags,
            Err(problem) => return Ok(Err(problem)),
        };
        let mut latest = tags.clone();
        latest.sort_by(|left, right| right.cmp(left));
        latest.truncate(LATEST);
        let result = json!({
            "latestTags": latest, "revision": checksum(&tags), "scanTime": now(),
            "tagCount": tags.len(),
        });
        self.database.set(key.clone(), tags);
        object.set_status("lastScanResult", result);
        Ok(Ok(()))
    }
}

/// Refuses a scheme and a tag.
pub(super) fn check(image: &str) -> Result<(), String> {
    if let Some((scheme, _)) = image.split_once("://") {
        return Err(format!("image '{image}' should not include URL scheme; remove '{scheme}://'"));
    }
    let (_, name) = image.split_once('/').unwrap_or(("", image));
    match name.split_once(':') {
        Some((_, tag)) => Err(format!("image '{image}' should not include a tag; remove ':{tag}'")),
        None => Ok(()),
    }
}

/// The tags of an image in the registry.
fn list(tools: &Tools, image: &str, certificates: &str) -> Result<Vec<String>, String> {
    let (host, name) = image.split_once('/').unwrap_or(("index.docker.io", image));
    remote::connect(&tools.stage, &format!("https://{host}/v2/"), certificates)?;
    let mut tags = tools.stage.registry.tags(name);
    // A name without tags is not known.
    let probe = tags.first().map_or("", String::as_str);
    if let Err(code) = tools.stage.registry.pull(name, probe) {
        let code = if code == "MANIFEST_UNKNOWN" { "NAME_UNKNOWN" } else { code };
        let text = code.to_lowercase();
        return Err(format!("GET https://{host}/v2/{name}/tags/list?n=1000: {code}: {text}"));
    }
    tags.sort();
    Ok(tags)
}

fn without(tags: Vec<String>, excluded: Option<&Value>) -> Result<Vec<String>, String> {
    let patterns = excluded.and_then(Value::as_array).into_iter().flatten();
    let patterns: Vec<Regex> = patterns
        .filter_map(Value::as_str)
        .map(|text| {
            Regex::new(text).map_err(|error| format!("failed to compile regex {text}: {error}"))
        })
        .collect::<Result<_, _>>()?;
    let is_kept = |tag: &String| !patterns.iter().any(|pattern| pattern.is_match(tag));
    Ok(tags.into_iter().filter(is_kept).collect())
}

/// Adler-32 of the tags' JSON, in decimal, as the controller's database tells it.
fn checksum(tags: &[String]) -> String {
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in json!(tags).to_string().bytes() {
        a = (a + u32::from(byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    ((b << 16) | a).to_string()
}

/// The repository that an ImagePolicy refers to.
pub(super) fn of_policy(policy: &Value) -> Key {
    let reference = &policy["spec"]["imageRepositoryRef"];
    let own = policy["metadata"]["namespace"].as_str().unwrap_or_default();
    let namespace = reference["namespace"].as_str().unwrap_or(own);
    Key::new(namespace, reference["name"].as_str().unwrap_or_default())
}

/// The digest of one tag.
pub(super) fn digest(tools: &Tools, repository: &Value, tag: &str) -> Result<String, String> {
    let image = spec(repository, "image");
    let (_, name) = image.split_once('/').unwrap_or(("", image));
    let pulled = tools.stage.registry.pull(name, tag).map_err(|code| {
        let reference = format!("{image}:{tag}");
        format!("failed fetching digest of {reference}: failed fetching descriptor for \"{reference}\": {code}")
    })?;
    Ok(pulled.digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_have_neither_scheme_nor_tag() {
        assert_eq!(check("localhost:5000/podinfo"), Ok(()));
        assert!(check("https://localhost/podinfo").unwrap_err().contains("remove 'https://'"));
        assert!(check("localhost/podinfo:1").unwrap_err().ends_with("remove ':1'"));
    }

    #[test]
    fn the_checksum_follows_the_tags() {
        let tags = ["1.0.0".to_owned()];
        assert_eq!(checksum(&tags), "160432618");
        assert_ne!(checksum(&[]), checksum(&tags));
    }

    #[test]
    fn excluded_tags_are_left_out() {
        let tags = ["1.0.0", "1.0.0.sig"].map(str::to_owned).to_vec();
        assert_eq!(without(tags.clone(), Some(&json!(["^.*\\.sig$"]))).unwrap(), ["1.0.0"]);
        assert!(without(tags, Some(&json!(["("]))).is_err());
    }
}
