//! `create tofu-runner`.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, anyhow};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde_json::json;
use url::Url;

use super::builtin::{account, metadata, role_binding, role_hint, service_account};
use super::new::{Created, New};
use crate::cli::create::tofu_runner::TofuRunnerArgs;
use crate::context::Context;
use crate::error::Explain as _;

/// Where EKS looks for the role of an account.
const ROLE_ARN: &str = "eks.amazonaws.com/role-arn";

/// What a token for AWS is issued for.
const AUDIENCE: &str = "sts.amazonaws.com";

/// The ServiceAccount, and what it may do in its namespace: without that a runner cannot even read its own
/// certificate.
///
/// Source: chart `tofu-controller` 0.16, ClusterRole `tf-runner-role`.
pub(super) fn make(new: &New<'_>, args: &TofuRunnerArgs) -> Result<Vec<Created>> {
    let role = args.role_arn.iter().map(|arn| (ROLE_ARN.to_owned(), arn.clone()));
    let annotations: BTreeMap<_, _> = role.chain(args.annotations.iter().cloned()).collect();
    let metadata = metadata(Some(new.namespace), &args.name, &new.labels());
    let annotated = ObjectMeta {
        annotations: (!annotations.is_empty()).then_some(annotations),
        ..metadata.clone()
    };
    let subjects = vec![account(new.namespace, &args.name)];
    let binding = role_binding(metadata, &args.cluster_role, subjects);
    let hint = Some(role_hint(new.namespace, &args.name));
    let binding = Created { hint, ..new.laid_out(&binding)? };
    Ok(vec![new.laid_out(&service_account(annotated))?, binding])
}

/// Prints the policy with which the role trusts this account, and nobody else.
pub(super) async fn print_trust_policy(ctx: &Context, args: &TofuRunnerArgs) -> Result<()> {
    let role = args.role_arn.as_deref().context("clap requires --role-arn")?;
    let issuer = match &args.oidc_issuer {
        Some(issuer) => issuer.clone(),
        None => issuer_of_cluster(ctx).await?,
    };
    let policy = trust_policy(role, &issuer, ctx.namespace(), &args.name);
    ctx.output.data(&format!("{policy:#}\n"))
}

/// What the cluster says about itself, if IAM can have it for an identity provider.
async fn issuer_of_cluster(ctx: &Context) -> Result<String> {
    let cluster = ctx.cluster().await?;
    let issuer = ctx.deadline.within("the server to answer", cluster.token_issuer()).await?;
    let url = Url::parse(&issuer).ok().filter(|url| url.scheme() == "https");
    let Some(host) = url.as_ref().and_then(Url::host_str) else {
        return Err(anyhow!(
            "the cluster's issuer {issuer:?} is no https address, and IAM trusts no other"
        )
        .hint("name the one that IAM knows with --oidc-issuer"));
    };
    if [".svc", ".cluster.local"].iter().any(|end| host.ends_with(end)) {
        ctx.output.warn(format_args!(
            "the issuer {issuer} is an address within the cluster, which IAM cannot reach: \
             --oidc-issuer names another"
        ));
    }
    Ok(issuer)
}

fn trust_policy(role: &str, issuer: &str, namespace: &str, name: &str) -> serde_json::Value {
    let mut arn = role.split(':').skip(1);
    let partition = arn.next().unwrap_or_default();
    let account = arn.nth(2).unwrap_or_default();
    let issuer = issuer.trim_start_matches("https://").trim_end_matches('/');
    json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow",
            "Principal": {
                "Federated": format!("arn:{partition}:iam::{account}:oidc-provider/{issuer}"),
            },
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {
                "StringEquals": {
                    format!("{issuer}:aud"): AUDIENCE,
                    format!("{issuer}:sub"): format!("system:serviceaccount:{namespace}:{name}"),
                },
            },
        }],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_trusts_one_account_of_one_cluster() {
        let role = "arn:aws-cn:iam::123456789012:role/tofu-controller-runner";
        let policy = trust_policy(role, "https://oidc.example.com/id/X/", "flux-system", "tofu");
        let statement = &policy["Statement"][0];
        assert_eq!(
            statement["Principal"]["Federated"],
            "arn:aws-cn:iam::123456789012:oidc-provider/oidc.example.com/id/X"
        );
        assert_eq!(
            statement["Condition"]["StringEquals"],
            json!({"oidc.example.com/id/X:aud": "sts.amazonaws.com",
                "oidc.example.com/id/X:sub": "system:serviceaccount:flux-system:tofu"})
        );
    }
}
