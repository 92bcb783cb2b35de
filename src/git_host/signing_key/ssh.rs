//! SSH keys, by OpenSSH.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use secrecy::{ExposeSecret as _, SecretString};
use tempfile::TempDir;
use tokio::process::Command;

use super::{run, signature};
use crate::error::{Class, Explain as _, usage};
use crate::private_folder::private_folder;

/// The variable in which the passphrase goes to the program that answers for the user.
const PASSPHRASE: &str = "NIGARI_SIGNING_PASSPHRASE";

/// What answers when OpenSSH asks; the passphrase is neither in it nor in any argument.
const ANSWER: &str = "#!/bin/sh\nprintf '%s\\n' \"$NIGARI_SIGNING_PASSPHRASE\"\n";

/// A private key in a file.
pub(super) struct Ssh {
    file: PathBuf,
    passphrase: SecretString,
    /// Where the program is that answers for the user.
    folder: TempDir,
}

impl Ssh {
    pub(super) fn new(file: &Path, passphrase: SecretString) -> Result<Self> {
        // Told apart here: OpenSSH would ask an agent for the private half of a public key.
        let content = std::fs::read(file)
            .with_context(|| format!("cannot read {} (--ssh-signing-key-file)", file.display()))
            .class(Class::Usage)?;
        let text = String::from_utf8_lossy(&content);
        if !text.contains("PRIVATE KEY-----") {
            return Err(usage(format!(
                "{} (--ssh-signing-key-file) holds no private key",
                file.display()
            ))
            .hint("name the file without .pub"));
        }
        let folder = private_folder()?;
        put_answer(&folder.path().join("answer")).context("cannot make a temporary program")?;
        Ok(Self { file: file.to_owned(), passphrase, folder })
    }

    pub(super) async fn sign(&self, text: &[u8]) -> Result<String> {
        let mut keygen = Command::new("ssh-keygen");
        keygen.args(["-q", "-Y", "sign", "-n", "git", "-f"]).arg(&self.file);
        keygen.env_remove("SSH_AUTH_SOCK").env("LC_ALL", "C");
        keygen.env("SSH_ASKPASS", self.folder.path().join("answer"));
        keygen.env("SSH_ASKPASS_REQUIRE", "force");
        keygen.env(PASSPHRASE, self.passphrase.expose_secret());
        let output = run(&mut keygen, text).await?;
        signature(output, &self.passphrase, "--ssh-signing-password-file")
    }
}

#[cfg(unix)]
fn put_answer(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, ANSWER)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))
}

/// Where there is no `/bin/sh`, only keys without a passphrase can be used.
#[cfg(not(unix))]
fn put_answer(_: &Path) -> std::io::Result<()> {
    let _ = ANSWER;
    Ok(())
}
