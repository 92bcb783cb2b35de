//! The Pod that runs OpenTofu: arguments of `create terraform`.

use clap::Args;

use crate::manifests::name::dns_subdomain;
use crate::manifests::value::number::seconds;
use crate::manifests::value::pair;
use crate::manifests::value::reference::KeysOf;
use crate::manifests::value::runner::{Quantities, Toleration};

/// The Pod that runs OpenTofu.
#[derive(Args, Debug)]
#[command(next_help_heading = "Runner")]
pub struct RunnerArgs {
    /// Image of the runner
    #[arg(long, value_name = "IMAGE")]
    pub runner_image: Option<String>,

    /// Environment variable; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair::split)]
    pub runner_env: Vec<(String, String)>,

    /// Secret or ConfigMap whose keys become environment variables; may be repeated
    #[arg(long, value_name = "KIND/NAME")]
    pub runner_env_from: Vec<KeysOf>,

    /// Label of the Pod; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair::label)]
    pub runner_label: Vec<(String, String)>,

    /// Annotation of the Pod; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair::annotation)]
    pub runner_annotation: Vec<(String, String)>,

    /// Label of the nodes that the Pod may run on; may be repeated
    #[arg(long, value_name = "KEY=VALUE", value_parser = pair::label)]
    pub runner_node_selector: Vec<(String, String)>,

    /// Taint that the Pod tolerates; may be repeated
    #[arg(long, value_name = "KEY[=VALUE][:EFFECT]")]
    pub runner_toleration: Vec<Toleration>,

    /// Resources that the Pod asks for
    #[arg(long, value_name = "cpu=…,memory=…")]
    pub runner_requests: Option<Quantities>,

    /// Resources that the Pod may use at most
    #[arg(long, value_name = "cpu=…,memory=…")]
    pub runner_limits: Option<Quantities>,

    /// PriorityClass of the Pod
    #[arg(long, value_name = "NAME", value_parser = dns_subdomain)]
    pub runner_priority_class: Option<String>,

    /// Seconds that the Pod has to end [default: 30]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub runner_grace_period: Option<u32>,

    /// Keep the Pod after a run
    #[arg(long)]
    pub keep_runner_pod: bool,
}
