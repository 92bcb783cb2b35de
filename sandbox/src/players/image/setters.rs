//! Markers in manifests: `image: NAME:TAG # {"$imagepolicy": "NAMESPACE:POLICY"}`.
//!
//! Source: Flux's documentation, "Configure image update for custom resources"; a marker ends in `:tag`,
//! `:name` or `:digest` when the field holds that part alone.

use std::collections::BTreeMap;

use regex::{Captures, Regex};
use serde_json::Value;

use super::super::files::Files;

/// The files below `path` whose markers ask for something else than what is there.
///
/// `policies` holds `latestRef` of each policy, by `NAMESPACE:NAME`.
pub(super) fn changes(
    files: &Files,
    path: &str,
    policies: &BTreeMap<String, Value>,
) -> BTreeMap<String, String> {
    let is_manifest = |path: &&str| path.ends_with(".yaml") || path.ends_with(".yml");
    let changed = files.below(path).filter(is_manifest).filter_map(|path| {
        let old = files.text(path)?;
        let new = update(&old, policies);
        (new != old).then(|| (path.to_owned(), new))
    });
    changed.collect()
}

fn update(text: &str, policies: &BTreeMap<String, Value>) -> String {
    let marker = Regex::new(
        r#"(?m)^(.*?[:-][ \t]+)(["']?)([^\s"'#]+)(["']?)([ \t]+#[ \t]*\{"\$imagepolicy":[ \t]*"([^":]+:[^":]+)(?::(tag|name|digest))?"\})"#,
    )
    .expect("the pattern is a constant");
    let replace = |found: &Captures<'_>| {
        let part = found.get(7).map(|part| part.as_str());
        let wanted = policies.get(&found[6]).and_then(|reference| value(reference, part));
        let value = wanted.unwrap_or_else(|| found[3].to_owned());
        format!("{}{}{value}{}{}", &found[1], &found[2], &found[4], &found[5])
    };
    marker.replace_all(text, replace).into_owned()
}

/// What a marker stands for.
fn value(reference: &Value, part: Option<&str>) -> Option<String> {
    let text = |field: &str| reference[field].as_str();
    if let Some(part) = part {
        return text(part).map(str::to_owned);
    }
    let image = format!("{}:{}", text("name")?, text("tag")?);
    Some(match text("digest") {
        Some(digest) => format!("{image}@{digest}"),
        None => image,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn marked_fields_follow_their_policy_and_others_stay() {
        let policies = BTreeMap::from([(
            "flux-system:app".to_owned(),
            json!({"name": "ghcr.io/acme/app", "tag": "2.0.0"}),
        )]);
        let old = "image: ghcr.io/acme/app:1.0.0 # {\"$imagepolicy\": \"flux-system:app\"}\n\
                   tag: \"1.0.0\" # {\"$imagepolicy\": \"flux-system:app:tag\"}\n\
                   - ghcr.io/acme/app # {\"$imagepolicy\": \"flux-system:app:name\"}\n\
                   other: x:1 # {\"$imagepolicy\": \"flux-system:other\"}\n\
                   plain: 1.0.0\n";
        let new = old.replace("app:1.0.0 ", "app:2.0.0 ").replace("\"1.0.0\"", "\"2.0.0\"");
        assert_eq!(update(old, &policies), new);
        assert_eq!(update(&new, &policies), new);
    }
}
