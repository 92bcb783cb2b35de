//! What a run of nigari printed and how it ended, as one transcript.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use nigari_sandbox::sandbox::Sandbox;

use crate::PATIENCE;

/// What a run printed and how it ended; what differs in each sandbox is replaced by its name.
pub struct Run {
    stdout: String,
    stderr: String,
    status: ExitStatus,
}

impl Run {
    /// What came of a process that has ended.
    pub fn of(sandbox: &Sandbox, output: Output) -> Self {
        let text = |bytes| normal(sandbox, &String::from_utf8(bytes).unwrap());
        Self { stdout: text(output.stdout), stderr: text(output.stderr), status: output.status }
    }

    /// What was printed on standard output.
    pub fn stdout(&self) -> &str {
        &self.stdout
    }

    /// What was printed on standard error.
    pub fn stderr(&self) -> &str {
        &self.stderr
    }

    /// The exit code; none when a signal ended it.
    pub fn exit_code(&self) -> Option<i32> {
        self.status.code()
    }

    /// All that it said but that Deployments take long, which depends on how busy the machine is.
    pub fn in_peace(&self) -> String {
        let told = self.to_string();
        let lines = told.split_inclusive('\n').filter(|line| !line.starts_with("⚠️ Deployment "));
        // What came between them had kept others apart.
        in_order(&lines.collect::<String>())
    }

    /// The same run, with placeholders for what differs each time: commits and ages.
    pub fn redacted(self) -> Self {
        Self { stdout: redact(&self.stdout), stderr: redact(&self.stderr), status: self.status }
    }
}

/// Puts placeholders, and puts lines in order that come in any order.
fn redact(text: &str) -> String {
    let mut redacted = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end.max(first.len_utf8()));
        redacted.push_str(placeholder(word, &redacted).unwrap_or(word));
        rest = after;
    }
    in_order(&redacted)
}

/// What stands for a word that follows `before`, if it differs from run to run.
fn placeholder(word: &str, before: &str) -> Option<&'static str> {
    let is_hex = word.bytes().all(|byte| b"0123456789abcdef".contains(&byte));
    match word {
        _ if before.ends_with("(for ") || before.ends_with("picked up within ") => Some("[AGE]"),
        word if is_hex && matches!(word.len(), 8 | 40) => Some("[COMMIT]"),
        word if is_hex && word.len() == 64 => Some("[DIGEST]"),
        _ => None,
    }
}

/// Sorts runs of lines about Deployments that become ready at the same time.
fn in_order(text: &str) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    for run in lines.chunk_by_mut(|one, other| is_rollout(one) && is_rollout(other)) {
        run.sort_unstable();
    }
    lines.concat()
}

fn is_rollout(line: &str) -> bool {
    line.ends_with(": deployment ready\n")
}

/// Replaces the sandbox's folder by `[ROOT]` and its ports by `[PORT]`.
fn normal(sandbox: &Sandbox, text: &str) -> String {
    let text = text.replace(&sandbox.root().display().to_string(), "[ROOT]");
    let mut pieces = text.split("localhost:");
    let mut normal = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        normal += "localhost:[PORT]";
        normal += piece.trim_start_matches(|character: char| character.is_ascii_digit());
    }
    normal
}

/// Standard output, then a ruler and standard error if there is any, then the exit status unless it is 0.
impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.stdout)?;
        if !self.stderr.is_empty() {
            write!(f, "------- stderr -------\n{}", self.stderr)?;
        }
        match self.status.code() {
            Some(0) => Ok(()),
            Some(code) => writeln!(f, "[exit status: {code}]"),
            None => writeln!(f, "[{}]", self.status),
        }
    }
}

/// A run that has not ended.
pub struct Running {
    child: Child,
    stdout: Receiver<String>,
}

impl Running {
    /// Starts it; its standard output is read line by line.
    pub fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (sender, stdout) = channel();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, stdout }
    }

    /// The number of its process.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// The next line of standard output, waited for.
    #[track_caller]
    pub fn line(&mut self) -> String {
        self.stdout
            .recv_timeout(PATIENCE)
            .unwrap_or_else(|error| panic!("no line on standard output ({error}): {}", self.end()))
    }

    /// Ends it and returns what it said on standard error.
    pub fn end(&mut self) -> String {
        let _ = self.child.kill();
        let mut stderr = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        self.child.wait().unwrap();
        stderr
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
