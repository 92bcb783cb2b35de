//! Arguments of `create tofu-runner`.

use clap::Args;

use crate::manifests::name::dns_subdomain;
use crate::manifests::value::address;
use crate::manifests::value::pair;

pub(super) const EXAMPLES: &str = "\
Examples:
  # An account for OpenTofu with a role of AWS
  nigari create tofu-runner --role-arn=arn:aws:iam::123456789012:role/tofu-controller-runner

  # The trust policy that this role needs, for aws iam create-role
  nigari create tofu-runner --role-arn=arn:aws:iam::123456789012:role/tofu-controller-runner \\
    --print-trust-policy";

/// Arguments of `create tofu-runner`.
#[derive(Args, Debug)]
pub struct TofuRunnerArgs {
    /// Name of the ServiceAccount, and of the RoleBinding
    #[arg(value_name = "NAME", default_value = "tofu-runner", value_parser = dns_subdomain)]
    pub name: String,

    /// Role of AWS that the account takes on, with EKS
    #[arg(long, value_name = "ARN", value_parser = role_arn)]
    pub role_arn: Option<String>,

    /// Annotations of the ServiceAccount, such as those of other clouds; may be repeated
    #[arg(long = "annotation", value_name = "KEY=VALUE", value_parser = pair::annotation)]
    pub annotations: Vec<(String, String)>,

    /// ClusterRole whose rights the account gets in its namespace
    #[arg(long, value_name = "NAME", default_value = "tf-runner-role", value_parser = dns_subdomain)]
    pub cluster_role: String,

    /// Print the trust policy that the role needs, and create nothing
    #[arg(long, requires = "role_arn")]
    pub print_trust_policy: bool,

    /// Address of the cluster's OIDC issuer [default: what the cluster says itself]
    #[arg(long, value_name = "URL", value_parser = address::issuer, requires = "print_trust_policy")]
    pub oidc_issuer: Option<String>,
}

fn role_arn(text: &str) -> anyhow::Result<String> {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let is_right = matches!(parts.as_slice(), ["arn", partition, "iam", "", account, role]
        if partition.starts_with("aws")
            && account.len() == 12
            && account.bytes().all(|byte| byte.is_ascii_digit())
            && role.strip_prefix("role/").is_some_and(|name| !name.is_empty()));
    if is_right {
        return Ok(text.to_owned());
    }
    Err(anyhow::anyhow!(
        "{text:?} is not the ARN of a role, like arn:aws:iam::123456789012:role/tofu-controller-runner"
    ))
}
