//! One object as a manifest: typed values in, the text of its template out.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail, ensure};
use serde::Serialize;
use serde_json::Value;

use super::own_template::OwnTemplate;
use super::templates::{self, CREATED};
use super::{schema, yaml};
use crate::error::{Class, Explain as _, usage};

/// The templates that objects are laid out with: the embedded ones, or some of the user's own.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    /// By file name: `helmrelease.yaml`.
    own: BTreeMap<String, Own>,
}

#[derive(Clone, Debug)]
struct Own {
    /// The file, as messages call it.
    path: String,
    template: OwnTemplate,
}

/// A file that is to replace the template of its name.
#[derive(Clone, Debug)]
pub struct TemplateFile {
    /// The name alone: `helmrelease.yaml`.
    pub name: String,
    /// The path, as messages call it.
    pub path: String,
    /// What is in it.
    pub text: String,
}

/// An object that was laid out. It may hold credentials, and so has no `Debug`.
#[derive(Clone)]
pub struct LaidOut {
    /// The manifest.
    pub text: String,
    /// What it says.
    pub value: Value,
    /// The template, if it is one of the user's own.
    pub template: Option<String>,
}

impl Templates {
    /// The embedded templates, with some of them replaced.
    ///
    /// # Errors
    /// [`Class::Usage`] for a file that has the name of no template, or that cannot be read as one.
    pub fn with(files: Vec<TemplateFile>) -> Result<Self> {
        let mut own = BTreeMap::new();
        for TemplateFile { name, path, text } in files {
            if !CREATED.iter().any(|kind| file_name(kind) == name) {
                return Err(unknown_name(&path));
            }
            let template = OwnTemplate::parse(text).context(format!("{path} is no template"));
            own.insert(name, Own { template: template.class(Class::Usage)?, path });
        }
        Ok(Self { own })
    }

    /// Whether nothing is replaced.
    #[must_use]
    pub fn are_embedded(&self) -> bool {
        self.own.is_empty()
    }

    /// Lays an object out with the template of its kind.
    ///
    /// An embedded template says what it was given, no more and no less. One of the user's own may say more; and
    /// at the JSON pointers `free` something else.
    ///
    /// # Errors
    /// When there is no template for its kind; a defect of an embedded template, never of the values;
    /// [`Class::Usage`] for what one of the user's own makes of them.
    pub fn lay_out(&self, object: &impl Serialize, free: &[&str]) -> Result<LaidOut> {
        let object = serde_json::to_value(object)?;
        let name = file_name(object["kind"].as_str().unwrap_or_default());
        let Some(own) = self.own.get(&name) else {
            let text = manifest(&format!("create/{name}"), &object)?;
            return Ok(LaidOut { text, value: object, template: None });
        };
        let laid_out = own.template.render(&object).and_then(|(text, value)| {
            Kept { free, is_secret: object["kind"] == "Secret" }.check("", &object, &value)?;
            Ok(LaidOut { text, value, template: Some(own.path.clone()) })
        });
        laid_out.with_context(|| own.unusable()).class(Class::Usage)
    }
}

impl Own {
    fn unusable(&self) -> String {
        format!("{} cannot be used", self.path)
    }
}

impl LaidOut {
    /// Checks what a template of the user's own says against what is known here about its kind.
    ///
    /// # Errors
    /// [`Class::Usage`], with the template, the field and the rule.
    pub fn check_against_bundle(&self) -> Result<()> {
        let Some(path) = &self.template else { return Ok(()) };
        schema::check(&self.value)
            .with_context(|| format!("{path} cannot be used"))
            .class(Class::Usage)
    }
}

/// `helmrelease.yaml`
fn file_name(kind: &str) -> String {
    format!("{}.yaml", kind.to_lowercase())
}

fn unknown_name(path: &str) -> anyhow::Error {
    let names: Vec<_> = CREATED.iter().map(|kind| file_name(kind)).collect();
    usage(format!("{path} replaces no template: there are {}", names.join(", ")))
        .hint("rename it, or give files that are no templates another ending than .yaml")
}

/// The text is read back and compared, so that a template can neither lose a value nor add one.
fn manifest(name: &str, object: &Value) -> Result<String> {
    let text = templates::render(name, object)?;
    let said = yaml::documents(&text).with_context(|| format!("{name} is no YAML any more"))?;
    ensure!(said.as_slice() == [object.clone()], "{name} does not say what it was given");
    Ok(text)
}

/// What a template of the user's own has to keep: everything that it was given.
struct Kept<'a> {
    /// JSON pointers where it may say something else.
    free: &'a [&'a str],
    /// Whether values are credentials, and are not told.
    is_secret: bool,
}

impl Kept<'_> {
    /// Checks that everything that was `given` is `said` at the same place.
    fn check(&self, pointer: &str, given: &Value, said: &Value) -> Result<()> {
        let is_free = |pointer: &str| self.free.contains(&pointer);
        match (given, said) {
            _ if is_free(pointer) => Ok(()),
            (Value::Object(given), Value::Object(said)) => {
                given.iter().try_for_each(|(key, value)| {
                    let at = below(pointer, key);
                    match said.get(key) {
                        Some(said) => self.check(&at, value, said),
                        None if is_free(&at) => Ok(()),
                        None => bail!("{} is left out", field(&at)),
                    }
                })
            }
            (Value::Array(given), Value::Array(said)) if given.len() <= said.len() => {
                let mut pairs = given.iter().zip(said).enumerate();
                pairs.try_for_each(|(at, (given, said))| {
                    self.check(&below(pointer, &at.to_string()), given, said)
                })
            }
            _ if given == said => Ok(()),
            _ if self.is_secret => bail!("{} says something else", field(pointer)),
            _ => bail!("{} says {said}, and must say {given}", field(pointer)),
        }
    }
}

/// The JSON pointer of what stands below another one.
pub(super) fn below(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// A JSON pointer as people write it: `spec.eventSources[0].kind`, `spec.dependsOn[*]`.
#[must_use]
pub fn field(pointer: &str) -> String {
    let mut path = String::new();
    for step in pointer.split('/').skip(1) {
        let step = step.replace("~1", "/").replace("~0", "~");
        if step == "*" || step.bytes().all(|byte| byte.is_ascii_digit()) {
            path += &format!("[{step}]");
        } else if step.contains('.') {
            path += &format!("[{step:?}]");
        } else {
            path += if path.is_empty() { "" } else { "." };
            path += &step;
        }
    }
    if path.is_empty() { "the document".to_owned() } else { path }
}

#[cfg(test)]
mod tests {
    use std::iter::repeat_n;
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use serde_json::{Map, json};

    use super::*;
    use crate::error::class_of;

    /// The definitions of Flux's kinds and of tofu-controller's.
    static DEFINITIONS: LazyLock<Vec<Value>> = LazyLock::new(|| {
        let root = env!("CARGO_MANIFEST_DIR");
        let files = ["templates/crds", "sandbox/crds"].iter().flat_map(|folder| {
            let folder = std::fs::read_dir(format!("{root}/{folder}")).unwrap();
            folder.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        });
        files.map(|text| yaml::documents(&text).unwrap().remove(0)).collect()
    });

    fn definition(kind: &str) -> Option<&'static Value> {
        DEFINITIONS.iter().find(|definition| definition["spec"]["names"]["kind"] == kind)
    }

    /// An object that says everything that its definition lets it say, with `strings` in turn.
    fn sample(kind: &str, strings: &mut dyn Iterator<Item = String>) -> Value {
        let metadata = json!({
            "annotations": {"example.com/a": strings.next()}, "labels": {"b": strings.next()},
            "name": strings.next(), "namespace": strings.next(),
        });
        let mut object = json!({"apiVersion": strings.next(), "kind": kind, "metadata": metadata});
        match definition(kind) {
            Some(definition) => {
                let versions = definition["spec"]["versions"].as_array().unwrap();
                let stored = versions.iter().find(|version| version["storage"] == true).unwrap();
                let schema = &stored["schema"]["openAPIV3Schema"]["properties"]["spec"];
                object["spec"] = value_of(schema, strings);
            }
            None => say_builtin(kind, &mut object, strings),
        }
        object
    }

    /// What the templates of kinds without a definition know.
    fn say_builtin(kind: &str, object: &mut Value, strings: &mut dyn Iterator<Item = String>) {
        let text = strings.next().unwrap();
        match kind {
            "Namespace" => {
                object["metadata"].as_object_mut().unwrap().remove("namespace");
            }
            "ServiceAccount" => {}
            "RoleBinding" => {
                object["roleRef"] = json!({"name": text});
                object["subjects"] = json!([{"name": strings.next()}]);
            }
            "Secret" => {
                object["data"] = json!({"a": text});
                object["stringData"] = json!({"b": strings.next()});
                object["type"] = json!(strings.next());
            }
            other => panic!("what does a {other} have to say?"),
        }
    }

    fn value_of(schema: &Value, strings: &mut dyn Iterator<Item = String>) -> Value {
        let properties = schema["properties"].as_object();
        match schema["type"].as_str() {
            Some("object") => match (properties, &schema["additionalProperties"]) {
                (Some(properties), _) => {
                    let said = properties
                        .iter()
                        .map(|(name, schema)| (name.clone(), value_of(schema, strings)));
                    Value::Object(said.collect::<Map<_, _>>())
                }
                (None, Value::Null) => json!({"any": strings.next()}),
                (None, values) => json!({"any": value_of(values, strings)}),
            },
            Some("array") => json!([value_of(&schema["items"], strings)]),
            Some("boolean") => json!(true),
            Some("integer") => json!(7),
            _ => json!(strings.next()),
        }
    }

    #[test]
    fn every_field_of_every_kind_has_its_place() {
        for kind in CREATED {
            let object = sample(kind, &mut repeat_n("on".to_owned(), 1000));
            let text = embedded(&object).unwrap().text;
            assert!(text.starts_with("apiVersion: \"on\"\nkind: "), "{text}");
        }
    }

    #[test]
    fn what_a_template_does_not_know_is_noticed() {
        let mut object = sample("Alert", &mut repeat_n("x".to_owned(), 100));
        object["spec"]["colour"] = json!("blue");
        let error = embedded(&object).err().unwrap();
        assert_eq!(error.to_string(), "create/alert.yaml does not say what it was given");
    }

    fn embedded(object: &Value) -> Result<LaidOut> {
        Templates::default().lay_out(object, &[])
    }

    fn own(name: &str, text: &str) -> Result<Templates> {
        let (name, path, text) = (name.to_owned(), format!("mine/{name}"), text.to_owned());
        Templates::with(vec![TemplateFile { name, path, text }])
    }

    fn alert() -> Value {
        json!({"apiVersion": "notification.toolkit.fluxcd.io/v1beta3", "kind": "Alert",
            "metadata": {"name": "a", "namespace": "b", "labels": {"x.y/z": "1"}},
            "spec": {"providerRef": {"name": "slack"},
                "eventSources": [{"kind": "Bucket", "name": "*"}, {"kind": "Kustomization", "name": "c"}]}})
    }

    const ALERT: &str = include_str!("../../templates/create/alert.yaml");

    #[test]
    fn a_template_of_ones_own_may_say_more() {
        let more = format!("# by the platform team\n{ALERT}  suspend: true\n");
        let templates = own("alert.yaml", &more).unwrap();
        assert!(!templates.are_embedded());
        let laid_out = templates.lay_out(&alert(), &[]).unwrap();
        assert!(
            laid_out.text.starts_with("# by the platform team\napiVersion: "),
            "{}",
            laid_out.text
        );
        assert_eq!(laid_out.value["spec"]["suspend"], true);
        assert_eq!(laid_out.template.as_deref(), Some("mine/alert.yaml"));
        laid_out.check_against_bundle().unwrap();
        let other = json!({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a"}});
        assert_eq!(templates.lay_out(&other, &[]).unwrap().template, None);
    }

    #[test]
    fn a_template_of_ones_own_may_not_say_anything_else() {
        let without = |line: &str| {
            ALERT.split_inclusive('\n').filter(|one| !one.contains(line)).collect::<String>()
        };
        for (text, refusal) in [
            (without("providerRef"), "spec.providerRef is left out"),
            (without("metadata.labels"), "metadata.labels is left out"),
            (
                ALERT.replace("{{ metadata.namespace }}", "default"),
                "metadata.namespace says \"default\", and must say \"b\"",
            ),
            (
                ALERT.replace("{{ kind }}", "Provider"),
                "kind says \"Provider\", and must say \"Alert\"",
            ),
            (
                format!(
                    "{}  eventSources: [{{kind: Bucket, name: \"*\"}}]\n",
                    without("eventSources")
                ),
                "spec.eventSources says [{\"kind\":\"Bucket\",\"name\":\"*\"}], and must say \
                 [{\"kind\":\"Bucket\",\"name\":\"*\"},{\"kind\":\"Kustomization\",\"name\":\"c\"}]",
            ),
            ("- {{ kind }}\n".to_owned(), "the document says [\"Alert\"], and must say "),
            (format!("{ALERT}---\na: b\n"), "it renders 2 documents, and must render one"),
        ] {
            let error = own("alert.yaml", &text).unwrap().lay_out(&alert(), &[]).err().unwrap();
            assert_eq!(class_of(&error), Class::Usage);
            let told = format!("{error:#}");
            assert!(
                told.starts_with(&format!("mine/alert.yaml cannot be used: {refusal}")),
                "{told}"
            );
        }
    }

    #[test]
    fn credentials_are_not_told() {
        let secret = json!({"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "a", "namespace": "b"},
            "stringData": {"password": "hunter2"}});
        let text = include_str!("../../templates/create/secret.yaml");
        let with = |data: &str| {
            let text = text.replace("{{- stringData | optional(\"stringData\", 0) }}", data);
            let templates = own("secret.yaml", &text).unwrap();
            let laid_out = templates.lay_out(&secret, &[]);
            laid_out.and_then(|laid_out| laid_out.check_against_bundle())
        };
        assert!(with("stringData:\n  password: {{ stringData.password }}").is_ok());
        for data in [
            "stringData: {{ stringData.password }}",
            "stringData: {password: \"x{{ stringData.password }}\"}",
            "stringData: {password: {{ stringData.password }}}\ndata: [{{ stringData.password }}]",
            "{{ stringData.password | int }}",
            "{{ stringData.password | nonsense }}",
        ] {
            let error = with(data).unwrap_err();
            assert!(!format!("{error:#}").contains("hunter2"), "{error:#}");
        }
    }

    #[test]
    fn what_nobody_asked_for_may_be_something_else() {
        let object = json!({"apiVersion": "v1", "kind": "Alert", "spec": {"interval": "1m0s"}});
        let free = &["/spec/interval"];
        for spec in ["{interval: 30m}", "{}"] {
            let text = format!("apiVersion: {{{{ apiVersion }}}}\nkind: Alert\nspec: {spec}\n");
            let templates = own("alert.yaml", &text).unwrap();
            assert!(templates.lay_out(&object, free).is_ok(), "{spec}");
            assert!(templates.lay_out(&object, &[]).is_err(), "{spec}");
        }
    }

    #[test]
    fn a_file_must_be_a_template_and_have_the_name_of_one() {
        let error = own("alerts.yaml", ALERT).unwrap_err();
        let told = error.to_string();
        assert!(
            told.starts_with("mine/alerts.yaml replaces no template: there are alert.yaml, "),
            "{told}"
        );
        let error = format!("{:#}", own("alert.yaml", "a: {{ b").unwrap_err());
        assert!(error.starts_with("mine/alert.yaml is no template: line 1: "), "{error}");
    }

    #[test]
    fn a_field_is_told_as_people_write_it() {
        for (pointer, path) in [
            ("", "the document"),
            ("/spec/eventSources/0/kind", "spec.eventSources[0].kind"),
            ("/spec/dependsOn/*", "spec.dependsOn[*]"),
            ("/metadata/labels/a.b~1c", "metadata.labels[\"a.b/c\"]"),
        ] {
            assert_eq!(field(pointer), path);
        }
    }

    proptest! {
        // Each case renders and parses every template.
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn any_value_stays_a_value(strings in prop::collection::vec(any::<String>(), 1..40)) {
            for kind in CREATED {
                let object = sample(kind, &mut strings.iter().cloned().cycle());
                prop_assert!(embedded(&object).is_ok(), "{}", kind);
            }
        }
    }
}
