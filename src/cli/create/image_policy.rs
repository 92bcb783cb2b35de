//! Arguments of `create image policy`.

use clap::{Args, ValueEnum};

use crate::cli::completion::Completes;
use crate::kinds::image::IMAGE_REPOSITORY;
use crate::manifests::name::dns_subdomain;
use crate::manifests::value::pattern::regular_expression;
use crate::manifests::value::range::semver_range;

pub(super) const EXAMPLES: &str = "\
Examples:
  # The highest 6.x release
  nigari create image policy podinfo --image-ref=podinfo --select-semver='>=6.0.0 <7.0.0'

  # The latest build of main, by the time in its tag
  nigari create image policy podinfo --image-ref=podinfo --select-numeric=asc \\
    --filter-regex='^main-[a-f0-9]+-(?P<ts>[0-9]+)$' --filter-extract='$ts'";

/// Arguments of `create image policy`.
#[derive(Args, Debug)]
pub struct ImagePolicyArgs {
    /// Name of the ImagePolicy
    #[arg(value_name = "NAME", value_parser = dns_subdomain)]
    pub name: String,

    /// ImageRepository with the tags, in the same namespace
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain, add = Completes::Names(&IMAGE_REPOSITORY))]
    pub image_ref: String,

    /// Regular expression that tags must match
    #[arg(long, value_name = "REGEX", value_parser = regular_expression)]
    pub filter_regex: Option<String>,

    /// What is compared instead of the whole tag, from groups of --filter-regex, like $ts
    #[arg(long, value_name = "TEMPLATE", requires = "filter_regex")]
    pub filter_extract: Option<String>,

    /// When the digest of the elected tag is looked up; Always needs --interval [default: Never]
    #[arg(long, value_name = "WHEN")]
    pub reflect_digest: Option<ReflectDigest>,

    /// How the latest tag is elected.
    #[command(flatten)]
    pub select: SelectArgs,
}

/// How the latest tag is elected: exactly one of these.
#[derive(Args, Debug)]
#[command(next_help_heading = "Election")]
#[group(required = true, multiple = false)]
pub struct SelectArgs {
    /// Range of versions; the highest in it is elected
    #[arg(long, value_name = "RANGE", value_parser = semver_range)]
    pub select_semver: Option<String>,

    /// Alphabetical order; the last in it is elected
    #[arg(long, value_name = "ORDER")]
    pub select_alpha: Option<Order>,

    /// Numerical order; the last in it is elected
    #[arg(long, value_name = "ORDER")]
    pub select_numeric: Option<Order>,
}

/// Directions of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Order {
    /// Smallest first
    Asc,
    /// Greatest first
    Desc,
}

/// When the digest of an elected tag is looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "PascalCase")]
pub enum ReflectDigest {
    /// Not at all
    Never,
    /// Once per elected tag
    IfNotPresent,
    /// Every --interval, since a tag may move
    Always,
}
