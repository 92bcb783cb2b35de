//! Building a chart: the part of Helm's packaging that the sandbox knows. Dependencies are refused.
//!
//! Source: source-controller, `internal/helm/chart` (steps, reasons and messages).

use serde_json::{Value, json};

use super::{BUILD_FAILED, Failure};
use crate::players::files::{Files, join, normalize};
use crate::players::merge::merge_maps;

/// A chart that can be stored.
pub(super) struct Build {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) files: Files,
    /// It is not what the repository served, but packaged anew.
    pub(super) is_packaged: bool,
    pub(super) values_files: Vec<String>,
}

/// What a HelmChart asks for.
pub(super) struct Wishes<'a> {
    pub(super) spec: &'a Value,
    /// Behind the version's `+`.
    pub(super) metadata: String,
    pub(super) is_packaged: bool,
}

pub(super) fn reference(problem: &str) -> Failure {
    Failure::new("InvalidChartReference", format!("invalid chart reference: {problem}")).stalling()
}

pub(super) fn pull(problem: &str) -> Failure {
    Failure::new("ChartPullError", format!("chart pull error: {problem}"))
}

fn build(reason: &'static str, problem: &str) -> Failure {
    Failure { condition: BUILD_FAILED, ..Failure::new(reason, problem) }
}

/// Builds the chart whose root is the root of `files`; `around` is where values files are looked for.
///
/// # Errors
/// With the controller's reason and message.
pub(super) fn package(files: Files, around: &Files, wishes: &Wishes<'_>) -> Result<Build, Failure> {
    let text = files.text("Chart.yaml").ok_or_else(|| reference("Chart.yaml file is missing"))?;
    let about: Value = serde_yaml::from_str(&text)
        .map_err(|error| reference(&format!("cannot load 'Chart.yaml': {error}")))?;
    let field = |name: &str| match about[name].as_str() {
        Some(text) => Ok(text.to_owned()),
        None => Err(reference(&format!("validation: chart.metadata.{name} is required"))),
    };
    let (name, mut version) = (field("name")?, field("version")?);
    if about["dependencies"].as_array().is_some_and(|all| !all.is_empty()) {
        let problem = "dependency build error: the sandbox resolves no chart dependencies";
        return Err(build("DependencyBuildError", problem));
    }
    if !wishes.metadata.is_empty() {
        version = format!("{}+{}", version.split('+').next().unwrap_or_default(), wishes.metadata);
    }
    let mut built = Build {
        name,
        version,
        files,
        is_packaged: wishes.is_packaged || !wishes.metadata.is_empty(),
        values_files: Vec::new(),
    };
    built.set_version(about);
    built.merge_values(around, wishes.spec)?;
    Ok(built)
}

impl Build {
    fn set_version(&mut self, mut about: Value) {
        about["version"] = json!(self.version);
        let text = serde_yaml::to_string(&about).expect("it was read from YAML");
        self.files.0.insert("Chart.yaml".to_owned(), text.into_bytes());
    }

    /// Replaces the default values by `spec.valuesFiles`, merged.
    fn merge_values(&mut self, around: &Files, spec: &Value) -> Result<(), Failure> {
        let listed = spec["valuesFiles"].as_array().map(Vec::as_slice).unwrap_or_default();
        if listed.is_empty() {
            return Ok(());
        }
        let mut values = json!({});
        for path in listed.iter().filter_map(Value::as_str) {
            let Some(text) = around.text(&normalize(path).unwrap_or_default()) else {
                if spec["ignoreMissingValuesFiles"] == true {
                    continue;
                }
                let problem = format!(
                    "values files merge error: no values file found at path '/{path}' (reference '{path}')"
                );
                return Err(build("ValuesFilesError", &problem).stalling());
            };
            let more = serde_yaml::from_str(&text).map_err(|error| {
                let problem = format!(
                    "values files merge error: unmarshaling values from '{path}' failed: {error}"
                );
                build("ValuesFilesError", &problem).stalling()
            })?;
            values = merge_maps(values, more);
            self.values_files.push(path.to_owned());
        }
        let text = serde_yaml::to_string(&values).expect("values are plain data");
        self.files.0.insert("values.yaml".to_owned(), text.into_bytes());
        self.is_packaged = true;
        Ok(())
    }

    /// `pulled 'podinfo' chart with version '6.0.0'`.
    pub(super) fn summary(&self) -> String {
        let action = if self.is_packaged { "packaged" } else { "pulled" };
        let summary = format!("{action} '{}' chart with version '{}'", self.name, self.version);
        if self.values_files.is_empty() {
            return summary;
        }
        format!("{summary} and merged values files [{}]", self.values_files.join(" "))
    }

    pub(super) fn reason(&self) -> &'static str {
        if self.is_packaged { "ChartPackageSucceeded" } else { "ChartPullSucceeded" }
    }
}

/// The chart in a package: what lies in its one folder.
pub(super) fn unpack(package: &[u8]) -> Result<Files, Failure> {
    let files = Files::unpack(package).map_err(|error| pull(&error.to_string()))?;
    Ok(files.outermost("Chart.yaml").map(|root| files.subtree(&root)).unwrap_or_default())
}

/// The chart at `path` in the files of a repository.
pub(super) fn folder(files: &Files, path: &str) -> Result<Files, Failure> {
    let folder = normalize(path).unwrap_or_default();
    if files.has_folder(&folder) {
        return Ok(files.subtree(&folder));
    }
    if let Some(package) = files.0.get(&folder) {
        return unpack(package);
    }
    let path = join("/tmp/helmchart-1/source", &folder);
    Err(reference(&format!("stat {path}: no such file or directory")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Chart;

    fn podinfo() -> Files {
        unpack(&Chart::deployment("podinfo", "1.2.3").package()).unwrap()
    }

    fn wishes<'a>(spec: &'a Value, metadata: &str) -> Wishes<'a> {
        Wishes { spec, metadata: metadata.to_owned(), is_packaged: false }
    }

    #[test]
    fn a_package_is_taken_as_it_is() {
        let built = package(podinfo(), &podinfo(), &wishes(&json!({}), "")).unwrap();
        assert_eq!(built.summary(), "pulled 'podinfo' chart with version '1.2.3'");
        assert!(built.files.text("templates/deployment.yaml").is_some());
    }

    #[test]
    fn values_files_replace_the_defaults_and_mark_the_version() {
        let spec = json!({"valuesFiles": ["values.yaml", "more.yaml"]});
        let mut around = podinfo();
        around.0.insert("more.yaml".to_owned(), b"replicas: 3\n".to_vec());
        let built = package(podinfo(), &around, &wishes(&spec, "4")).unwrap();
        let summary = "packaged 'podinfo' chart with version '1.2.3+4' and merged values files \
                       [values.yaml more.yaml]";
        assert_eq!(built.summary(), summary);
        let values: Value =
            serde_yaml::from_str(&built.files.text("values.yaml").unwrap()).unwrap();
        assert_eq!((&values["replicas"], &values["message"]), (&json!(3), &json!("hello")));
        let missing = package(podinfo(), &podinfo(), &wishes(&spec, "4")).err().unwrap();
        assert_eq!((missing.condition, missing.reason), (BUILD_FAILED, "ValuesFilesError"));
    }

    #[test]
    fn what_is_no_chart_is_refused() {
        let failure = folder(&podinfo(), "./charts/none").err().unwrap();
        assert_eq!(
            failure.message,
            "invalid chart reference: stat /tmp/helmchart-1/source/charts/none: no such file or directory"
        );
        let failure = package(Files::default(), &podinfo(), &wishes(&json!({}), "")).err().unwrap();
        assert_eq!(failure.message, "invalid chart reference: Chart.yaml file is missing");
    }
}
