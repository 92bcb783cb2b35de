//! The program `kustomize`, for what only it can build.
//!
//! Nothing of it is done by ourselves: an almost right patch would be worse than none. Reading of files
//! outside the folder stays forbidden (kustomize's own default), because a repository must not be able to
//! name files of whoever runs us.

use std::io;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, anyhow};
use tokio::process::Command;

use crate::error::{Class, Explain as _};

/// The programs that build a folder, best first, with their arguments before the folder.
const PROGRAMS: [&[&str]; 2] = [&["kustomize", "build"], &["kubectl", "kustomize"]];

/// What was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// The objects, as a stream of YAML documents.
    pub text: String,
    /// What built it: `kubectl kustomize`.
    pub by: String,
}

/// Builds `folder` below `root` with the first program that is on the `PATH`.
///
/// # Errors
/// [`Class::Usage`] when there is no such program; with its own words when it fails.
pub async fn build(root: &Path, folder: &str) -> Result<Built> {
    for program in PROGRAMS {
        let by = program.join(" ");
        let mut command = Command::new(program[0]);
        command.args(&program[1..]).arg(root.join(folder)).stdin(Stdio::null()).kill_on_drop(true);
        let output = match command.output().await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            output => output.with_context(|| format!("cannot run {by}"))?,
        };
        if !output.status.success() {
            let words = relative(&String::from_utf8_lossy(&output.stderr), root);
            return Err(anyhow!(words).context(format!("{by} cannot build {folder}")))
                .class(Class::Usage)
                .hint(format!("try it in a clone: {by} {folder}"));
        }
        let text = String::from_utf8(output.stdout)
            .with_context(|| format!("what {by} made of {folder} is not UTF-8"))?;
        return Ok(Built { text, by });
    }
    Err(anyhow!("neither kustomize nor kubectl is on the PATH")
        .context(format!("only kustomize can build {folder}"))
        .class(Class::Usage)
        .hint("install one of them"))
}

/// What a program said, with paths from the repository's root.
fn relative(words: &str, root: &Path) -> String {
    let words = words.replace(&format!("{}/", root.display()), "");
    let words = words.trim().trim_start_matches("error: ").trim_start_matches("Error: ");
    words.to_owned()
}
