//! Keys that sign commits, made by the programs that users make theirs with.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What opens the keys.
pub const PASSPHRASE: &str = "a passphrase that nobody else may ever see";

/// Runs a program that makes a key; `None` where it is not installed.
pub fn make(program: &str, arguments: &[&str]) -> Option<Vec<u8>> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null());
    let output = match command.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            assert!(!are_required(), "{program} is not here, which NIGARI_REQUIRE_KEYS asks for");
            let line = format!("skipped: {program} is not on PATH\n");
            // Past the harness, which shows nothing of a test that passes.
            std::io::stderr().write_all(line.as_bytes()).unwrap();
            return None;
        }
        output => output.unwrap(),
    };
    assert!(output.status.success(), "{program} {arguments:?}: {output:?}");
    Some(output.stdout)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test has no Context to read the environment for it"
)]
fn are_required() -> bool {
    std::env::var_os("NIGARI_REQUIRE_KEYS").is_some()
}

/// Key rings of GnuPG and the ids of its keys.
pub struct Rings {
    /// Where GnuPG finds them; `private.gpg` and `public.gpg` hold them exported.
    pub home: tempfile::TempDir,
    /// The long id of the key.
    pub primary: String,
    /// The long id of its subkey.
    pub subkey: String,
}

impl Rings {
    /// A private key of Ann's under [`PASSPHRASE`].
    pub fn new() -> Option<Self> {
        let home = tempfile::tempdir().unwrap();
        let gpg = |arguments: &[&str]| {
            let mut all = vec!["--homedir", home.path().to_str().unwrap(), "--batch", "--no-tty"];
            all.extend(["--quiet", "--pinentry-mode", "loopback", "--passphrase", PASSPHRASE]);
            all.extend(arguments);
            make("gpg", &all)
        };
        gpg(&["--quick-generate-key", "Ann <ann@acme.example>", "ed25519", "sign", "never"])?;
        let listing = gpg(&["--with-colons", "--list-keys"])?;
        let listing = String::from_utf8(listing).unwrap();
        let fingerprint = listing.lines().find_map(|line| line.strip_prefix("fpr:::::::::"));
        let fingerprint = fingerprint.unwrap().trim_end_matches(':').to_owned();
        gpg(&["--quick-add-key", &fingerprint, "ed25519", "sign", "never"])?;
        let private = gpg(&["--export-secret-keys"])?;
        let public = gpg(&["--export"])?;
        fs::write(home.path().join("private.gpg"), private).unwrap();
        fs::write(home.path().join("public.gpg"), public).unwrap();
        let listing = String::from_utf8(gpg(&["--with-colons", "--list-keys"])?).unwrap();
        let id = |kind: &str| {
            let line = listing.lines().find(|line| line.starts_with(kind)).unwrap();
            line.split(':').nth(4).unwrap().to_owned()
        };
        Some(Self { primary: id("pub:"), subkey: id("sub:"), home })
    }

    /// The path of a file in [`Self::home`].
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }
}

impl Drop for Rings {
    fn drop(&mut self) {
        let home = self.home.path().to_str().unwrap();
        make("gpgconf", &["--homedir", home, "--kill", "gpg-agent"]);
    }
}

/// Files with SSH keys.
pub struct SshKeys(pub tempfile::TempDir);

impl SshKeys {
    /// A key of Ann's, `id`, with its public half `id.pub` and the list of signers `allowed`.
    pub fn new(passphrase: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("id");
        let file = file.to_str().unwrap();
        make("ssh-keygen", &["-q", "-t", "ed25519", "-N", passphrase, "-C", "ann", "-f", file])?;
        let public = fs::read_to_string(folder.path().join("id.pub")).unwrap();
        fs::write(folder.path().join("allowed"), format!("* {public}")).unwrap();
        Some(Self(folder))
    }

    /// The path of a file in their folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// A file with [`PASSPHRASE`].
pub fn passphrase_file(folder: &Path) -> PathBuf {
    let path = folder.join("passphrase");
    fs::write(&path, format!("{PASSPHRASE}\n")).unwrap();
    path
}
