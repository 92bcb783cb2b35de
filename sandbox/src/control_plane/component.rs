//! One running process of the control plane, and its log.

use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

/// Becomes the program, after leaving a watchman behind that kills it when standard input ends.
///
/// That input is a pipe of ours, and the system closes it however we end. `PR_SET_PDEATHSIG` would
/// need unsafe code, exists on Linux only, and fires when the thread ends that started the child.
/// The watchman kills the process group, whose number stays taken for as long as he is in it.
const LEASH: &str = r#"
    exec 3<&0 </dev/null
    { while read -r _ <&3; do :; done; kill -s KILL -- -$$; } >/dev/null 2>&1 &
    exec "$@" 3<&-
"#;

/// How much of a log an error shows.
const LAST_LINES: usize = 50;

/// A process that ends when this is dropped, or when we end in whatever way.
pub(super) struct Component {
    name: &'static str,
    child: Child,
    log: PathBuf,
}

impl Component {
    /// Starts `program`; what it says is added to `NAME.log` in `folder`.
    ///
    /// The environment is empty: `ETCD_*` or a proxy would change what the flags say.
    pub(super) fn spawn(
        name: &'static str,
        program: &Path,
        arguments: &[String],
        folder: &Path,
    ) -> Result<Self> {
        let log = folder.join(format!("{name}.log"));
        let file = File::options().create(true).append(true).open(&log)?;
        let mut command = Command::new("/bin/sh");
        command.args(["-c", LEASH, name]).arg(program).args(arguments);
        command.env_clear().current_dir(folder);
        command.stdin(Stdio::piped()).stdout(file.try_clone()?).stderr(file);
        // Ctrl-C in a terminal is for us, who then end it.
        command.process_group(0);
        let child = command.spawn().with_context(|| format!("cannot start {name}"))?;
        Ok(Self { name, child, log })
    }

    /// The component's name.
    pub(super) fn name(&self) -> &'static str {
        self.name
    }

    /// The process id.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Fails with the end of the log once the process has ended.
    pub(super) fn check(&mut self) -> Result<()> {
        match self.child.try_wait()? {
            None => Ok(()),
            Some(status) => {
                bail!("{} ended ({status}); its log ends:\n{}", self.name, self.last_words())
            }
        }
    }

    /// The last lines of the log.
    pub(super) fn last_words(&self) -> String {
        let log = fs::read(&self.log).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<&str> = log.lines().collect();
        lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
    }

    /// Kills the process and waits until it has ended; its data is thrown away anyway.
    pub(super) fn end(&mut self) {
        // It may have ended by itself; then only the watchman is left to go.
        let _ = self.child.kill();
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

impl Drop for Component {
    fn drop(&mut self) {
        self.end();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn component(folder: &Path, script: &str) -> Component {
        let arguments = ["-c".to_owned(), script.to_owned()];
        Component::spawn("test", Path::new("/bin/sh"), &arguments, folder).unwrap()
    }

    /// What is told of a component that ends by itself.
    fn error(mut component: Component) -> String {
        // Waiting closes standard input, and then the watchman would be in a race with the script.
        let leash = component.child.stdin.take();
        let _ = component.child.wait();
        drop(leash);
        component.check().unwrap_err().to_string()
    }

    #[test]
    fn what_a_component_said_before_it_ended_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let component = component(folder.path(), "echo out; echo err >&2; exit 3");
        let error = error(component);
        assert_eq!(error, "test ended (exit status: 3); its log ends:\nout\nerr");
    }

    #[test]
    fn of_a_long_log_the_last_fifty_lines_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let script = "line=1; while [ $line -le 60 ]; do echo $line; line=$((line + 1)); done";
        let error = error(component(folder.path(), script));
        let lines: Vec<&str> = error.lines().skip(1).collect();
        assert_eq!((lines.len(), lines[0], lines[49]), (50, "11", "60"));
    }

    #[test]
    fn a_component_ends_with_the_pipe_that_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let mut component = component(folder.path(), "while :; do sleep 1; done");
        component.check().unwrap();
        drop(component.child.stdin.take());
        let status = component.child.wait().unwrap();
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(9));
    }
}
