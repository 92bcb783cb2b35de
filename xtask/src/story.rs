//! The tour's steps; runs inside a sandbox, whose variables are in the environment.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

use crate::say;

/// One step: what a reader is told, what is typed, and the exit code it must have.
struct Step {
    title: &'static str,
    command: &'static str,
    exit_code: i32,
}

const STEPS: &[Step] = &[
    Step {
        title: "Bootstrap: the repository is created, one commit is made, the cluster syncs from it.",
        command: "nigari bootstrap github --owner=$GITHUB_OWNER --repository=fleet-infra \
                  --branch=main --path=./clusters/production",
        exit_code: 0,
    },
    Step {
        title: "What was committed, seen with plain git.",
        command: "git clone --quiet $GITHUB_SERVER_URL/$GITHUB_OWNER/fleet-infra.git\n\
                  git -C fleet-infra log --format='%h %an: %s'\n\
                  git -C fleet-infra ls-files",
        exit_code: 0,
    },
    Step { title: "What the cluster has.", command: "nigari get all -A", exit_code: 0 },
    Step {
        title: "A new app, pushed with plain git: a Kustomization and what it applies.",
        command: include_str!("story/push-app.sh"),
        exit_code: 0,
    },
    Step {
        title: "No waiting for the interval: fetch and apply that commit now.",
        command: "nigari reconcile kustomization flux-system --with-source\n\
                  nigari reconcile kustomization hello",
        exit_code: 0,
    },
    Step {
        title: "The app's objects are there.",
        command: "nigari get kustomizations\n\
                  nigari-sandbox objects --namespace hello",
        exit_code: 0,
    },
    Step {
        title: "OpenTofu: a module, and the controller that plans it, both pushed.",
        command: include_str!("story/push-vpc.sh"),
        exit_code: 0,
    },
    Step {
        title: "Its plan waits for a person, which exit code 9 says.",
        command: "nigari create terraform vpc --source=flux-system --path=./infra",
        exit_code: 9,
    },
    Step { title: "What it would do.", command: "nigari plan show vpc", exit_code: 0 },
    Step {
        title: "Approve exactly that plan, as a pipeline does; a person is shown it and asked.",
        command: include_str!("story/approve-vpc.sh"),
        exit_code: 0,
    },
    Step {
        title: "It is applied, and no approval is left.",
        command: "nigari wait terraform vpc\n\
                  nigari get terraform\n\
                  nigari plan list --all",
        exit_code: 0,
    },
    Step {
        title: "A commit that is broken, and what reconcile says about it.",
        command: include_str!("story/break-app.sh"),
        exit_code: 1,
    },
    Step {
        title: "Bootstrap again: nothing to do.",
        command: "nigari bootstrap github --owner=$GITHUB_OWNER --repository=fleet-infra \
                  --branch=main --path=./clusters/production",
        exit_code: 0,
    },
];

/// Plays every step in a folder of its own, and writes the transcript to `record` if asked.
pub(crate) fn run(record: Option<&Path>) -> Result<()> {
    let folder = tempfile::tempdir().context("cannot make a folder to work in")?;
    let start = Instant::now();
    let mut transcript = String::from(
        "# A tour of nigari\n\nRecorded by `cargo xtask tour --record`: the real program against a sandbox \
         on loopback. Ports and hashes differ from run to run.\n",
    );
    for (index, step) in STEPS.iter().enumerate() {
        say(&format!("\n── {}. {}", index + 1, step.title));
        let shown = prompt(step.command);
        say(&shown);
        let output = play(step, folder.path())?;
        write!(transcript, "\n## {}. {}\n\n```console\n{shown}\n", index + 1, step.title)?;
        writeln!(transcript, "{}\n```", output.trim_end())?;
    }
    say(&format!("\nThe tour took {:.1} s.", start.elapsed().as_secs_f32()));
    if let Some(path) = record {
        std::fs::write(path, transcript)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

/// The command as it would be typed: the shell asks for the rest of a here-document, and of a line that a
/// backslash continues, with `>`.
fn prompt(command: &str) -> String {
    let (mut end_of_document, mut is_continued) = (None, false);
    let mut shown = Vec::new();
    for line in command.trim_end().lines() {
        let sign = if end_of_document.is_some() || is_continued { '>' } else { '$' };
        shown.push(format!("{sign} {line}"));
        is_continued = line.ends_with('\\');
        if end_of_document == Some(line) {
            end_of_document = None;
        } else if let Some((_, word)) = line.split_once("<<'") {
            end_of_document = Some(word.trim_end_matches('\''));
        }
    }
    shown.join("\n")
}

/// Runs a step, shows its output while it comes, and returns it.
fn play(step: &Step, folder: &Path) -> Result<String> {
    // Both streams go through one pipe, in the order in which a terminal would show them.
    let script = format!("exec 2>&1\n{}", step.command);
    let mut child = Command::new("sh")
        .args(["-ec", &script])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start sh")?;
    let mut stdout = child.stdout.take().context("standard output was asked for")?;
    let mut seen = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let length = std::io::Read::read(&mut stdout, &mut chunk)?;
        if length == 0 {
            break;
        }
        std::io::stdout().write_all(&chunk[..length])?;
        std::io::stdout().flush()?;
        seen.extend_from_slice(&chunk[..length]);
    }
    let code = child.wait()?.code();
    ensure!(
        code == Some(step.exit_code),
        "step {:?} ended with {code:?} instead of {}",
        step.title,
        step.exit_code
    );
    Ok(String::from_utf8_lossy(&seen).into_owned())
}

#[cfg(test)]
mod tests {
    use super::prompt;

    #[test]
    fn here_documents_continue_with_another_sign() {
        let command = "cat > x <<'END'\na\nEND\nls\n";
        assert_eq!(prompt(command), "$ cat > x <<'END'\n> a\n> END\n$ ls");
    }

    #[test]
    fn so_do_lines_that_a_backslash_continues() {
        assert_eq!(prompt("ls \\\n  -l\nls\n"), "$ ls \\\n>   -l\n$ ls");
    }
}
