//! Keys that sign commits. The user's own programs do it, `gpg` and `ssh-keygen`, because they read every key
//! there is and are where such keys come from.
//!
//! A key is tried when it is opened, so that whatever is wrong with it is known before anything is written.

mod gpg;
mod ssh;

use std::fmt;
use std::io;
use std::path::Path;
use std::process::{Output, Stdio};

use anyhow::{Context as _, Result, anyhow};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use super::change::Author;
use crate::error::{Class, Explain as _, usage};
use gpg::Gpg;
use ssh::Ssh;

/// A private key that can sign.
pub struct SigningKey {
    program: Program,
    name: String,
}

enum Program {
    Gpg(Gpg),
    Ssh(Ssh),
}

/// The forms of signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// OpenPGP, detached and armoured.
    OpenPgp,
    /// `SSHSIG` in namespace `git`.
    Ssh,
}

impl SigningKey {
    /// Opens a key of an OpenPGP key ring: the one whose primary key has this `id`, of 16 hexadecimal digits,
    /// else the first.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] when there is no such private key, or it does not open with the
    /// passphrase.
    pub async fn gpg(ring: &Path, id: Option<&str>, passphrase: SecretString) -> Result<Self> {
        let gpg = Gpg::open(ring, id, passphrase).await?;
        let name = format!("GPG key {}", gpg.id());
        Self { program: Program::Gpg(gpg), name }.tried().await
    }

    /// Opens a file with a private SSH key.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] when it holds none, or does not open with the passphrase.
    pub async fn ssh(file: &Path, passphrase: SecretString) -> Result<Self> {
        let name = format!("the SSH key in {}", file.display());
        Self { program: Program::Ssh(Ssh::new(file, passphrase)?), name }.tried().await
    }

    async fn tried(self) -> Result<Self> {
        self.sign(b"nigari\n").await?;
        Ok(self)
    }

    /// The form of its signatures.
    #[must_use]
    pub fn format(&self) -> Format {
        match self.program {
            Program::Gpg(_) => Format::OpenPgp,
            Program::Ssh(_) => Format::Ssh,
        }
    }

    /// Signs a text; the signature is armoured and has no line break at its end.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] when the program cannot.
    pub async fn sign(&self, text: &[u8]) -> Result<String> {
        let signed = match &self.program {
            Program::Gpg(gpg) => gpg.sign(text).await,
            Program::Ssh(ssh) => ssh.sign(text).await,
        };
        let signature = signed.with_context(|| format!("cannot sign with {self}"))?;
        Ok(signature.trim_end().to_owned())
    }
}

impl fmt::Display for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Keys are the same when they are called so.
impl PartialEq for SigningKey {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for SigningKey {}

/// A commit as Git stores it, before and after it is signed.
pub(super) struct CommitText<'a> {
    pub(super) tree: &'a str,
    pub(super) parent: &'a str,
    pub(super) author: &'a Author,
    /// Seconds since 1970.
    pub(super) time: i64,
    pub(super) message: &'a str,
}

impl CommitText<'_> {
    /// The text that is signed.
    ///
    /// # Errors
    /// [`crate::error::Class::Usage`] when the author's name or address would break its line.
    pub(super) fn unsigned(&self) -> Result<String> {
        let Self { tree, parent, author, time, message } = self;
        let Author { name, email } = author;
        if [name, email].iter().any(|text| text.contains(['<', '>', '\n', '\0'])) {
            return Err(usage(format!("{name:?} with {email:?} cannot be who a commit is by"))
                .hint("change --author-name or --author-email"));
        }
        let who = format!("{name} <{email}> {time} +0000");
        Ok(format!("tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\n{message}"))
    }

    /// The same with the signature in it, each of whose lines continues the header.
    pub(super) fn signed(unsigned: &str, signature: &str) -> String {
        let (headers, message) = unsigned.split_once("\n\n").unwrap_or((unsigned, ""));
        let folded = signature.trim_end().replace('\n', "\n ");
        format!("{headers}\ngpgsig {folded}\n\n{message}")
    }
}

/// Runs a program to its end with this input.
async fn run(command: &mut Command, input: &[u8]) -> Result<Output> {
    let program = command.as_std().get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = match command.kill_on_drop(true).spawn() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(usage(format!("commits cannot be signed without {program}"))
                .hint(format!("install {program}, or leave the signature to GitHub")));
        }
        child => child.with_context(|| format!("cannot run {program}"))?,
    };
    let mut stdin = child.stdin.take().context("a child without standard input")?;
    // A program that fails early does not read all of it; its own words are better than ours.
    let _ = stdin.write_all(input).await;
    drop(stdin);
    child.wait_with_output().await.with_context(|| format!("cannot run {program}"))
}

/// What a program complains about, in one line.
fn complaint(output: &Output) -> anyhow::Error {
    let words = String::from_utf8_lossy(&output.stderr);
    let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
    let words = lines.collect::<Vec<_>>().join("; ");
    anyhow!("{}", if words.is_empty() { output.status.to_string() } else { words })
}

/// The signature that a program has printed. Where it has not, and complains about the passphrase, `flag` is
/// where that comes from.
fn signature(output: Output, passphrase: &SecretString, flag: &str) -> Result<String> {
    if output.status.success() {
        return String::from_utf8(output.stdout).context("the signature is not text");
    }
    let error = complaint(&output);
    let words = error.to_string().to_ascii_lowercase();
    let error = error.class(Class::Usage);
    Err(match (words.contains("passphrase"), passphrase.expose_secret().is_empty()) {
        (true, true) => error.hint(format!("the key has a passphrase: give it with {flag}")),
        (true, false) => error.hint(format!("check the passphrase in {flag}")),
        (false, _) => error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_becomes_a_header_and_the_rest_stays() {
        let author = Author { name: "Ann".to_owned(), email: "ann@acme.io".to_owned() };
        let text =
            CommitText { tree: "1", parent: "2", author: &author, time: 7, message: "A\n\nB" };
        let unsigned = text.unsigned().expect("text");
        assert_eq!(
            unsigned,
            "tree 1\nparent 2\nauthor Ann <ann@acme.io> 7 +0000\ncommitter Ann <ann@acme.io> 7 +0000\n\nA\n\nB"
        );
        let signed = CommitText::signed(&unsigned, "-----BEGIN\n\nx\n-----END\n");
        assert!(
            signed.ends_with("+0000\ngpgsig -----BEGIN\n \n x\n -----END\n\nA\n\nB"),
            "{signed}"
        );
    }

    #[test]
    fn nobody_writes_a_header_of_their_own() {
        for name in ["a\nparent 3", "a <b", "a>"] {
            let author = Author { name: name.to_owned(), email: String::new() };
            let text = CommitText { tree: "1", parent: "2", author: &author, time: 7, message: "" };
            assert!(text.unsigned().is_err(), "{name}");
        }
    }
}
