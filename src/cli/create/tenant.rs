//! Arguments of `create tenant`.

use clap::Args;

use crate::manifests::name::{dns_label, dns_subdomain};

pub(super) const EXAMPLES: &str = "\
Examples:
  # A team that may do everything in two namespaces, and nothing elsewhere
  nigari create tenant team-a --with-namespace=frontend,backend";

/// Arguments of `create tenant`.
#[derive(Args, Debug)]
pub struct TenantArgs {
    /// Name of the tenant
    #[arg(value_name = "NAME", value_parser = dns_label)]
    pub name: String,

    /// Namespaces of the tenant, separated by commas
    #[arg(long = "with-namespace", value_name = "LIST", required = true, value_delimiter = ',', value_parser = dns_label)]
    pub namespaces: Vec<String>,

    /// ClusterRole whose rights the tenant has in its namespaces
    #[arg(long, value_name = "NAME", default_value = "cluster-admin", value_parser = dns_subdomain)]
    pub cluster_role: String,

    /// ServiceAccount of the tenant [default: the tenant's name]
    #[arg(long = "with-service-account", value_name = "NAME", value_parser = dns_subdomain)]
    pub service_account: Option<String>,

    /// Leave the namespaces themselves alone
    #[arg(long)]
    pub skip_namespace: bool,
}
