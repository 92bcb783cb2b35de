//! `create image policy`.

use anyhow::Result;
use nigari_api::image::{
    ImagePolicyChoice, ImagePolicySpec, OrderPolicy, ReflectionPolicy, SemVerPolicy, TagFilter,
};
use nigari_api::meta::NamespacedObjectReference;

use super::new::{Created, New, given, same_word};
use crate::cli::create::image_policy::{ImagePolicyArgs, Order, ReflectDigest, SelectArgs};
use crate::error::{Class, Explain as _, usage};
use crate::manifests::value::pattern::groups_exist;

/// An ImagePolicy.
pub(super) fn make(new: &New<'_>, args: &ImagePolicyArgs) -> Result<Vec<Created>> {
    let spec = ImagePolicySpec {
        digest_reflection_policy: args.reflect_digest.map(reflection),
        filter_tags: filter(args)?,
        image_repository_ref: NamespacedObjectReference {
            name: args.image_ref.clone(),
            namespace: None,
        },
        interval: interval(new, args.reflect_digest)?,
        policy: choice(&args.select)?,
        suspend: None,
    };
    new.only(&args.name, spec)
}

/// How often the digest is looked up: needed when that is done always, refused by the API otherwise.
fn interval(new: &New<'_>, reflect: Option<ReflectDigest>) -> Result<Option<String>> {
    let interval = new.common.interval.map(|interval| interval.to_string());
    match (reflect == Some(ReflectDigest::Always), &interval) {
        (true, None) => Err(usage("--reflect-digest=Always needs --interval, like --interval=10m")),
        (false, Some(_)) => {
            Err(usage("--interval means nothing without --reflect-digest=Always: add it"))
        }
        _ => Ok(interval),
    }
}

fn filter(args: &ImagePolicyArgs) -> Result<Option<TagFilter>> {
    let Some(pattern) = given(&args.filter_regex) else { return Ok(None) };
    let extract = given(&args.filter_extract);
    if let Some(extract) = &extract {
        groups_exist(&pattern, extract).class(Class::Usage)?;
    }
    Ok(Some(TagFilter { extract, pattern: Some(pattern) }))
}

fn choice(args: &SelectArgs) -> Result<ImagePolicyChoice> {
    let order = |order: Option<Order>| {
        let order = order.map(same_word).transpose()?;
        Ok::<_, anyhow::Error>(order.map(|order| OrderPolicy { order: Some(order) }))
    };
    Ok(ImagePolicyChoice {
        alphabetical: order(args.select_alpha)?,
        numerical: order(args.select_numeric)?,
        semver: given(&args.select_semver).map(|range| SemVerPolicy { range }),
    })
}

fn reflection(reflect: ReflectDigest) -> ReflectionPolicy {
    match reflect {
        ReflectDigest::Never => ReflectionPolicy::Never,
        ReflectDigest::IfNotPresent => ReflectionPolicy::IfNotPresent,
        ReflectDigest::Always => ReflectionPolicy::Always,
    }
}
