//! The generated custom resource definitions, as a real API server judges them.

use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use kube::api::{Api, PostParams};
use kube::runtime::conditions::is_crd_established;
use kube::runtime::wait::await_condition;
use nigari_api::crd::CONTROLLERS;

use crate::real;

#[test]
fn every_definition_is_structural_and_becomes_established() {
    let Some((fleet, _turn)) = real() else { return };
    let api: Api<CustomResourceDefinition> = Api::all(fleet.sandbox.client());
    for controller in CONTROLLERS {
        for kind in controller.kinds {
            let name = controller.definition_name(kind);
            let definition = serde_json::from_value(controller.definition(kind)).unwrap();
            let seen = fleet.sandbox.block_on(async {
                api.create(&PostParams::default(), &definition).await.unwrap();
                await_condition(api.clone(), &name, is_crd_established()).await.unwrap();
                api.get(&name).await.unwrap()
            });
            let conditions = seen.status.and_then(|status| status.conditions).unwrap();
            let doubt = conditions.iter().find(|it| it.type_ == "NonStructuralSchema");
            assert!(doubt.is_none(), "{name}: {doubt:?}");
        }
    }
}
