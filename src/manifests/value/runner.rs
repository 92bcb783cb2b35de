//! What shapes the Pod that runs OpenTofu.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;

use anyhow::{Error, Result, anyhow};
use nigari_api::terraform::{self, Quantity};
use regex::Regex;

use super::pair::label;
use crate::manifests::name::qualified;

/// Source: k8s.io/apimachinery, `resource.Quantity`.
static QUANTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^([0-9]+(\.[0-9]*)?|\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$")
        .expect("a fixed expression: tests use it")
});

/// Amounts of resources: `cpu=500m,memory=1Gi`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantities(pub BTreeMap<String, Quantity>);

impl FromStr for Quantities {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let refused = || anyhow!("{text:?} is not RESOURCE=AMOUNT,…, like cpu=500m,memory=1Gi");
        let quantity = |pair: &str| {
            let (name, amount) = pair.split_once('=').ok_or_else(refused)?;
            if qualified(name).is_err() || !QUANTITY.is_match(amount) {
                return Err(refused());
            }
            Ok((name.to_owned(), Quantity::Text(amount.to_owned())))
        };
        text.split(',').map(quantity).collect::<Result<_>>().map(Self)
    }
}

/// A taint that is tolerated: `KEY[=VALUE][:EFFECT]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toleration(pub terraform::Toleration);

impl FromStr for Toleration {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (taint, effect) = match text.split_once(':') {
            Some((taint, effect)) => (taint, Some(effect)),
            None => (text, None),
        };
        if effect.is_some_and(|e| !matches!(e, "NoSchedule" | "PreferNoSchedule" | "NoExecute")) {
            return Err(anyhow!(
                "{text:?} has an effect other than NoSchedule, PreferNoSchedule and NoExecute; a right \
                 one is dedicated=tofu:NoSchedule"
            ));
        }
        let (key, value, operator) = match taint.contains('=') {
            true => label(taint).map(|(key, value)| (key, Some(value), "Equal"))?,
            false => (qualified(taint)?, None, "Exists"),
        };
        Ok(Self(terraform::Toleration {
            effect: effect.map(str::to_owned),
            key: Some(key),
            operator: Some(operator.to_owned()),
            toleration_seconds: None,
            value,
        }))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn amounts_are_those_of_kubernetes() {
        let amounts: Quantities = "cpu=500m,memory=1.5Gi,example.com/gpu=1".parse().unwrap();
        assert_eq!(
            json!(amounts.0),
            json!({"cpu": "500m", "memory": "1.5Gi", "example.com/gpu": "1"})
        );
        for bad in ["", "cpu", "cpu=", "cpu=1,,", "cpu=-1", "cpu=1GB", "memory=1 Gi"] {
            assert!(bad.parse::<Quantities>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_taint_is_tolerated_by_its_value_or_at_all() {
        let tolerated = |text: &str| json!(text.parse::<Toleration>().unwrap().0);
        assert_eq!(
            tolerated("dedicated=tofu:NoSchedule"),
            json!({"key": "dedicated", "operator": "Equal", "value": "tofu",
                "effect": "NoSchedule"})
        );
        assert_eq!(tolerated("dedicated"), json!({"key": "dedicated", "operator": "Exists"}));
        for bad in ["", "a:Never", "a b", "=x"] {
            assert!(bad.parse::<Toleration>().is_err(), "{bad}");
        }
    }
}
