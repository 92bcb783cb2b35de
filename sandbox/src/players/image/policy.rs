//! ImagePolicy objects: the one tag that is wanted.

use anyhow::Result;
use futures::future::BoxFuture;
use kube::Api;
use kube::api::DynamicObject;
use kube::core::ApiResource;
use regex::Regex;
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::super::controller::{Key, Next, Queue, Reconcile, watch};
use super::super::duration;
use super::super::object::Tracked;
use super::super::source::remote::newest;
use super::super::users::{User, Users};
use super::repository::{self, digest, image_repositories, of_policy};
use super::{Database, End, REFLECTOR, Tools, begin, image, spec};

const CRD: &str = "imagepolicies.image.toolkit.fluxcd.io";

pub(super) fn image_policies() -> ApiResource {
    image("ImagePolicy", "imagepolicies")
}

pub(super) struct Policies {
    pub(super) tools: Tools,
    pub(super) database: Database,
    pub(super) users: Users,
}

impl Reconcile for Policies {
    fn watches(&self, queue: &Queue) -> Vec<BoxFuture<'static, ()>> {
        let (client, pace) = (&self.tools.client, self.tools.stage.pace);
        let api: Api<DynamicObject> = Api::all_with(client.clone(), &image_policies());
        let changes = self.users.own_changes(|object| {
            let source = ("ImageRepository".to_owned(), of_policy(object));
            User { source, is_busy: false, attempted: String::new() }
        });
        let repositories = (image_repositories(), repository::CRD);
        vec![
            watch(api, Some((client.clone(), CRD)), pace, queue, changes),
            self.users.watch_revisions(
                client,
                repositories,
                "/status/lastScanResult/revision",
                pace,
                queue,
            ),
        ]
    }

    async fn reconcile(&self, key: Key) -> Result<Next> {
        let loaded = Tracked::load(&self.tools.client, &image_policies(), &key, REFLECTOR).await?;
        let Some(mut object) = loaded else { return Ok(Next::Wait) };
        let before = object.conditions.clone();
        let end = match begin(&mut object).await? {
            Some(end) => end,
            None => self.attempt(&mut object).await?,
        };
        self.tools.conclude(&mut object, &end, &before).await
    }
}

impl Policies {
    async fn attempt(&self, object: &mut Tracked) -> Result<End> {
        let interval = object.str("/spec/interval").and_then(duration::parse);
        if object.str("/spec/digestReflectionPolicy") == Some("Always") && interval.is_none() {
            let message =
                "spec.interval must be set when spec.digestReflectionPolicy is set to 'Always'";
            return Ok(End::Stalled("IntervalNotConfigured", message.to_owned()));
        }
        let key = of_policy(object.object());
        let repositories: Api<DynamicObject> =
            Api::namespaced_with(self.tools.client.clone(), &key.namespace, &image_repositories());
        let Some(found) = repositories.get_opt(&key.name).await? else {
            let missing = format!("ImageRepository.{} \"{}\" not found", super::GROUP, key.name);
            let message = format!(
                "failed to get the referred ImageRepository: referenced ImageRepository does not \
                 exist: {missing}"
            );
            return Ok(End::Failure("DependencyNotReady", message, Next::Retry));
        };
        let repository = serde_json::to_value(found)?;
        if let Err(problem) = repository::check(spec(&repository, "image")) {
            return Ok(End::Stalled("ImageURLInvalid", problem));
        }
        let tags = self.database.tags(&key);
        if tags.is_empty() {
            let pause = self.tools.stage.pace.dependency;
            let text = duration::format(pause);
            let message = format!("retrying in {text} error: no tags in database");
            return Ok(End::Failure("DependencyNotReady", message, Next::After(pause)));
        }
        Ok(match latest(object.at("/spec").unwrap_or(&Value::Null), &tags) {
            Err(Refusal::Invalid(problem)) => End::Stalled("InvalidPolicy", problem),
            Err(Refusal::NoMatch(problem)) => End::Failure("Failure", problem, Next::Retry),
            Ok(tag) => match self.resolve(object, &repository, &tag) {
                Ok(message) => End::Success(message, interval),
                Err(problem) => End::Failure("Failed", problem, Next::Retry),
            },
        })
    }

    /// Puts the wanted reference into the status; the message of Ready.
    fn resolve(
        &self,
        object: &mut Tracked,
        repository: &Value,
        tag: &str,
    ) -> Result<String, String> {
        let mut wanted = json!({"name": spec(repository, "image"), "tag": tag});
        let last = object.at("/status/latestRef").cloned().unwrap_or_default();
        let is_same = last["name"] == wanted["name"] && last["tag"] == wanted["tag"];
        match object.str("/spec/digestReflectionPolicy") {
            Some("IfNotPresent") if is_same && last["digest"].is_string() => {
                wanted["digest"] = last["digest"].clone();
            }
            Some("IfNotPresent" | "Always") => {
                wanted["digest"] = json!(digest(&self.tools, repository, tag)?);
            }
            _ => {}
        }
        if last != wanted {
            object.set_status("observedPreviousRef", last);
            object.set_status("latestRef", wanted.clone());
        }
        Ok(message(&wanted, object.at("/status/observedPreviousRef")))
    }
}

fn message(wanted: &Value, previous: Option<&Value>) -> String {
    let text =
        |reference: &Value, field: &str| reference[field].as_str().unwrap_or_default().to_owned();
    let (name, tag) = (text(wanted, "name"), text(wanted, "tag"));
    let mut message = format!("Latest image tag for {name} resolved to {tag}");
    if wanted["digest"].is_string() {
        message.push_str(&format!(" with digest {}", text(wanted, "digest")));
    }
    if let Some(previous) = previous.filter(|previous| *previous != wanted) {
        message.push_str(&format!(
            " (previously {}:{}",
            text(previous, "name"),
            text(previous, "tag")
        ));
        if previous["digest"].is_string() {
            message.push_str(&format!("@{}", text(previous, "digest")));
        }
        message.push(')');
    }
    message
}

/// Why no tag is wanted.
#[derive(Debug, PartialEq, Eq)]
enum Refusal {
    /// The policy says nothing that could be followed.
    Invalid(String),
    NoMatch(String),
}

/// The tag that the policy in `spec` wants.
fn latest(spec: &Value, tags: &[String]) -> Result<String, Refusal> {
    let original = filtered(&spec["filterTags"], tags)?;
    let tags: Vec<&str> = original.keys().map(String::as_str).collect();
    if tags.is_empty() {
        let problem = "version list argument cannot be empty";
        return Err(Refusal::NoMatch(problem.to_owned()));
    }
    let policy = &spec["policy"];
    let found = if let Some(range) = policy["semver"]["range"].as_str() {
        newest(&tags, range)
            .map_err(|problem| Refusal::Invalid(format!("invalid policy: {problem}")))?
    } else if policy["alphabetical"].is_object() {
        let is_descending = policy["alphabetical"]["order"] == "desc";
        if is_descending { tags.iter().min().copied() } else { tags.iter().max().copied() }
    } else if policy["numerical"].is_object() {
        let number = |tag: &&str| tag.parse::<f64>().ok();
        if let Some(tag) = tags.iter().find(|tag| number(tag).is_none()) {
            let problem = format!("failed to parse invalid numeric value '{tag}'");
            return Err(Refusal::NoMatch(problem));
        }
        let ordered = |left: &&&str, right: &&&str| number(left).partial_cmp(&number(right));
        let compare =
            |left: &&&str, right: &&&str| ordered(left, right).unwrap_or(std::cmp::Ordering::Equal);
        if policy["numerical"]["order"] == "desc" {
            tags.iter().min_by(|left, right| compare(left, right)).copied()
        } else {
            tags.iter().max_by(|left, right| compare(left, right)).copied()
        }
    } else {
        let problem = "invalid policy: given ImagePolicyChoice object is invalid";
        return Err(Refusal::Invalid(problem.to_owned()));
    };
    let none =
        || Refusal::NoMatch("unable to determine latest version from provided list".to_owned());
    Ok(original[found.ok_or_else(none)?].clone())
}

/// The tags that the filter lets through, by what it extracts from each.
fn filtered(filter: &Value, tags: &[String]) -> Result<BTreeMap<String, String>, Refusal> {
    let Some(pattern) = filter["pattern"].as_str() else {
        return Ok(tags.iter().map(|tag| (tag.clone(), tag.clone())).collect());
    };
    let regex = Regex::new(pattern).map_err(|error| {
        Refusal::Invalid(format!(
            "failed to filter tags: invalid regular expression pattern '{pattern}': {error}"
        ))
    })?;
    let extract = filter["extract"].as_str().unwrap_or_default();
    let matching = tags.iter().filter_map(|tag| {
        let found = regex.captures(tag)?;
        let mut name = String::new();
        found.expand(extract, &mut name);
        Some((if extract.is_empty() { tag.clone() } else { name }, tag.clone()))
    });
    Ok(matching.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(list: &[&str]) -> Vec<String> {
        list.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn each_policy_has_its_order() {
        let versions = tags(&["1.0.0", "1.10.0", "1.9.0", "2.0.0"]);
        for (policy, expected) in [
            (json!({"semver": {"range": "1.x"}}), "1.10.0"),
            (json!({"alphabetical": {"order": "asc"}}), "2.0.0"),
            (json!({"alphabetical": {"order": "desc"}}), "1.0.0"),
        ] {
            assert_eq!(latest(&json!({"policy": policy}), &versions), Ok(expected.to_owned()));
        }
        let numbers = tags(&["9", "10"]);
        let policy = json!({"policy": {"numerical": {"order": "asc"}}});
        assert_eq!(latest(&policy, &numbers), Ok("10".to_owned()));
        assert!(matches!(latest(&policy, &versions), Err(Refusal::NoMatch(_))));
        let invalid = json!({"policy": {"semver": {"range": "nonsense"}}});
        assert!(matches!(latest(&invalid, &versions), Err(Refusal::Invalid(_))));
    }

    #[test]
    fn a_filter_extracts_what_is_compared() {
        let spec = json!({
            "filterTags": {"pattern": "^main-[a-f0-9]+-(?P<ts>[0-9]+)$", "extract": "$ts"},
            "policy": {"numerical": {"order": "asc"}},
        });
        let builds = tags(&["main-aa-9", "main-bb-10", "dev-cc-11"]);
        assert_eq!(latest(&spec, &builds), Ok("main-bb-10".to_owned()));
    }

    #[test]
    fn the_message_tells_what_was_before() {
        let (new, old) = (json!({"name": "i", "tag": "2"}), json!({"name": "i", "tag": "1"}));
        let text = "Latest image tag for i resolved to 2 (previously i:1)";
        assert_eq!(message(&new, Some(&old)), text);
        assert_eq!(message(&new, None), "Latest image tag for i resolved to 2");
    }
}
