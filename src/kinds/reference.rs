//! Where objects name others that must be there for them to work.

use kube::api::DynamicObject;
use serde_json::Value;

use super::{Kind, ObjectRef, of_api_kind, view};

/// A place of a manifest that names another object, or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    /// A JSON pointer; `*` stands for each item of a list.
    pub place: &'static str,
    /// What is named there, and how.
    pub named: Named,
    /// Whether that is a Secret with credentials.
    pub is_credential: bool,
    /// A JSON pointer to what makes the reference one into another cluster.
    pub unless: Option<&'static str>,
}

/// How another object is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A mapping with kind and name, and perhaps a namespace.
    Anything,
    /// A mapping with a name, and perhaps a namespace, of this kind.
    Of(&'static str),
    /// The name alone, of this kind.
    Name(&'static str),
    /// The name alone, of this kind; where nothing is said, it is the second one.
    NameOr(&'static str, &'static str),
}

impl Reference {
    const fn new(place: &'static str, named: Named) -> Self {
        Self { place, named, is_credential: false, unless: None }
    }

    /// A reference that says itself of which kind it is.
    #[must_use]
    pub const fn anything(place: &'static str) -> Self {
        Self::new(place, Named::Anything)
    }

    /// A reference to an object of this kind.
    #[must_use]
    pub const fn of(kind: &'static str, place: &'static str) -> Self {
        Self::new(place, Named::Of(kind))
    }

    /// A reference to a Secret that is no credential of the object itself, such as one with values.
    #[must_use]
    pub const fn secret(place: &'static str) -> Self {
        Self::of("Secret", place)
    }

    /// A reference to a Secret with credentials.
    #[must_use]
    pub const fn credentials(place: &'static str) -> Self {
        Self { is_credential: true, ..Self::secret(place) }
    }

    /// The name of the ServiceAccount that the controller acts as.
    #[must_use]
    pub const fn account(place: &'static str) -> Self {
        Self::new(place, Named::Name("ServiceAccount"))
    }

    /// As [`Reference::account`]; `default` where nothing is said.
    #[must_use]
    pub const fn account_or(place: &'static str, default: &'static str) -> Self {
        Self::new(place, Named::NameOr("ServiceAccount", default))
    }

    /// A reference that leads into another cluster when there is something at `place`.
    #[must_use]
    pub const fn unless(self, place: &'static str) -> Self {
        Self { unless: Some(place), ..self }
    }

    /// The objects that are named here; nothing for `*` and for what may be absent.
    fn objects(&self, object: &DynamicObject) -> Vec<ObjectRef> {
        if self.unless.is_some_and(|place| object.data.pointer(place).is_some()) {
            return Vec::new();
        }
        let mut found = Vec::new();
        each_at(&object.data, self.place, &mut |value| found.push(value));
        if let (Named::NameOr(kind, default), true) = (self.named, found.is_empty()) {
            return vec![reference(object, kind, default, None)];
        }
        found.into_iter().filter_map(|value| self.object(object, value)).collect()
    }

    fn object(&self, object: &DynamicObject, value: &Value) -> Option<ObjectRef> {
        let field = |key: &str| value[key].as_str().filter(|text| !text.is_empty());
        if value["optional"] == true {
            return None;
        }
        let (kind, name) = match self.named {
            Named::Anything => (field("kind")?, field("name")?),
            Named::Of(kind) => (kind, field("name")?),
            Named::Name(kind) | Named::NameOr(kind, _) => (kind, value.as_str()?),
        };
        // Alerts and Receivers have all objects of a kind for a source.
        (name != "*").then(|| reference(object, kind, name, field("namespace")))
    }
}

fn reference(object: &DynamicObject, kind: &str, name: &str, namespace: Option<&str>) -> ObjectRef {
    let namespace = match kind {
        "ClusterRole" => "",
        _ => namespace.unwrap_or_else(|| view::namespace(object)),
    };
    ObjectRef { kind: kind.to_owned(), namespace: namespace.to_owned(), name: name.to_owned() }
}

/// Visits the values at a pointer in which `*` stands for each item of a list.
fn each_at<'a>(value: &'a Value, place: &str, visit: &mut dyn FnMut(&'a Value)) {
    match place.split_once("/*") {
        None => value.pointer(place).into_iter().for_each(visit),
        Some((list, rest)) => {
            let items = value.pointer(list).and_then(Value::as_array);
            items.into_iter().flatten().for_each(|item| each_at(item, rest, visit));
        }
    }
}

/// What a RoleBinding refers to; its subjects may come later.
const ROLE_BINDING: &[Reference] = &[Reference::anything("/roleRef")];

/// The objects that an object refers to, each once, with the place that names it: those of a kind of Flux or
/// of tofu-controller, and the role of a RoleBinding.
#[must_use]
pub fn references_of(object: &DynamicObject) -> Vec<(&'static str, ObjectRef)> {
    let kind = view::kind(object);
    match of_api_kind(kind) {
        Some(kind) => kind.references_of(object),
        None if kind == "RoleBinding" => each_once(ROLE_BINDING, object),
        None => Vec::new(),
    }
}

fn each_once(references: &[Reference], object: &DynamicObject) -> Vec<(&'static str, ObjectRef)> {
    let mut found: Vec<(&'static str, ObjectRef)> = Vec::new();
    for reference in references {
        for named in reference.objects(object) {
            if !found.iter().any(|(_, known)| *known == named) {
                found.push((reference.place, named));
            }
        }
    }
    found
}

impl Kind {
    /// The objects that an object of this kind refers to, each once, with the place that names it.
    #[must_use]
    pub fn references_of(&self, object: &DynamicObject) -> Vec<(&'static str, ObjectRef)> {
        each_once(self.references, object)
    }

    /// The Secrets with credentials that an object refers to, each once.
    #[must_use]
    pub fn credentials_of(&self, object: &DynamicObject) -> Vec<ObjectRef> {
        let credentials = self.references.iter().filter(|reference| reference.is_credential);
        let mut secrets = Vec::new();
        for secret in credentials.flat_map(|reference| reference.objects(object)) {
            if !secrets.contains(&secret) {
                secrets.push(secret);
            }
        }
        secrets
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::source::GIT_REPOSITORY;
    use super::super::terraform::TERRAFORM;
    use super::super::view::tests::object;
    use super::*;

    fn named(kind: &str, spec: Value) -> String {
        let found = references_of(&object(json!({"apiVersion": "a/v1", "kind": kind,
            "metadata": {"name": "x", "namespace": "apps"}, "spec": spec})));
        let line = |(place, object): (&str, ObjectRef)| format!("{place} {object}");
        found.into_iter().map(line).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn what_a_kustomization_needs_is_found() {
        let spec = json!({
            "sourceRef": {"kind": "OCIRepository", "name": "app", "namespace": "flux"},
            "dependsOn": [{"name": "a"}, {"name": "b", "namespace": "infra"}, {"name": "a"}],
            "decryption": {"provider": "sops", "secretRef": {"name": "age"}},
            "postBuild": {"substituteFrom": [{"kind": "ConfigMap", "name": "vars"},
                {"kind": "Secret", "name": "more", "optional": true}]},
            "serviceAccountName": "deployer",
        });
        assert_eq!(
            named("Kustomization", spec),
            "/spec/sourceRef OCIRepository flux/app; /spec/dependsOn/* Kustomization apps/a; \
             /spec/dependsOn/* Kustomization infra/b; /spec/decryption/secretRef Secret apps/age; \
             /spec/serviceAccountName ServiceAccount apps/deployer; \
             /spec/postBuild/substituteFrom/* ConfigMap apps/vars"
        );
        let remote =
            json!({"serviceAccountName": "there", "kubeConfig": {"secretRef": {"name": "here"}}});
        assert_eq!(named("Kustomization", remote), "/spec/kubeConfig/secretRef Secret apps/here");
    }

    #[test]
    fn all_of_a_kind_is_no_object_and_an_account_has_a_default() {
        let sources =
            json!([{"kind": "Kustomization", "name": "*"}, {"kind": "Bucket", "name": "a"}]);
        let alert = json!({"providerRef": {"name": "slack"}, "eventSources": sources});
        assert_eq!(
            named("Alert", alert),
            "/spec/providerRef Provider apps/slack; /spec/eventSources/* Bucket apps/a"
        );
        let terraform = json!({"runnerPodTemplate": {"spec": {"envFrom": [{"secretRef": {"name": "aws"}},
            {"configMapRef": {"name": "b", "optional": true}}]}}});
        assert_eq!(
            named("Terraform", terraform),
            "/spec/serviceAccountName ServiceAccount apps/tf-runner; \
             /spec/runnerPodTemplate/spec/envFrom/*/secretRef Secret apps/aws"
        );
        let binding = object(
            json!({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding",
            "metadata": {"name": "x", "namespace": "apps"},
            "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "edit"}}),
        );
        assert_eq!(references_of(&binding)[0].1.to_string(), "ClusterRole edit");
    }

    #[test]
    fn every_secret_is_named_once_and_in_its_own_namespace() {
        let named = |kind: &Kind, spec: Value| -> Vec<String> {
            let secrets = kind.credentials_of(&object(json!({"spec": spec})));
            secrets.iter().map(ToString::to_string).collect()
        };
        let git = json!({"secretRef": {"name": "a"}, "proxySecretRef": {"name": "b"},
            "verify": {"secretRef": {"name": "a"}}});
        assert_eq!(named(&GIT_REPOSITORY, git), ["Secret flux-system/a", "Secret flux-system/b"]);
        let terraform = json!({"cliConfigSecretRef": {"name": "rc", "namespace": "infra"}});
        assert_eq!(named(&TERRAFORM, terraform), ["Secret infra/rc"]);
        assert_eq!(named(&TERRAFORM, json!({})), [""; 0]);
    }
}
