//! OpenPGP keys, by GnuPG in a home of its own.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Stdio};

use anyhow::{Context as _, Result};
use secrecy::{ExposeSecret as _, SecretString};
use tempfile::TempDir;
use tokio::process::Command;

use super::{complaint, run, signature};
use crate::error::{Class, Explain as _, usage};
use crate::private_folder::private_folder;

/// Starts the agent, which will hold the key. When its standard input ends, also because we were killed, it ends
/// GnuPG, which is in its process group, then the agent, and removes the home. An agent that GnuPG started by
/// itself might be on its way while we end agents, and live on without a home for minutes.
const GUARD: &str = "\
trap '' HUP INT PIPE TERM
gpgconf --homedir \"$0\" --launch gpg-agent >&2
echo begun
cat
kill -TERM 0
for try in 1 2 3 4 5; do
  gpgconf --homedir \"$0\" --kill gpg-agent
  rm -rf \"$0\"
  [ -e \"$0\" ] || exit 0
  sleep 1
done";

/// A key in a home that is deleted with it.
pub(super) struct Gpg {
    /// Is dropped first, because it wants the home.
    guard: Option<Guard>,
    home: TempDir,
    fingerprint: String,
    passphrase: SecretString,
}

/// What takes care of a home when we cannot.
struct Guard(Child);

/// A primary key of a ring.
#[derive(Debug, PartialEq, Eq)]
struct Primary {
    id: String,
    fingerprint: String,
    subkeys: Vec<String>,
    /// Whether it is only told of: its private half is elsewhere.
    is_stub: bool,
}

impl Gpg {
    pub(super) async fn open(
        ring: &Path,
        id: Option<&str>,
        passphrase: SecretString,
    ) -> Result<Self> {
        let id = id.map(checked_id).transpose()?;
        let home = private_folder()?;
        let guard = Guard::start(home.path());
        let mut gpg = Self { guard, home, fingerprint: String::new(), passphrase };
        if let Some(guard) = &mut gpg.guard {
            guard.begun().await;
        }
        let imported = gpg.run(|gpg| gpg.arg("--import").arg("--").arg(ring)).await?;
        let primaries = primaries(&gpg.list("--list-secret-keys").await?);
        let name = ring.display();
        if primaries.is_empty() {
            let public = gpg.list("--list-keys").await?;
            if public.lines().any(|line| line.starts_with("pub:")) {
                return Err(usage(format!("{name} (--gpg-key-ring) holds public keys only"))
                    .hint("export the private key: gpg --export-secret-keys KEY > FILE"));
            }
            return Err(complaint(&imported)
                .context(format!("{name} (--gpg-key-ring) holds no key"))
                .class(Class::Usage)
                .hint("export one: gpg --export-secret-keys KEY > FILE"));
        }
        gpg.fingerprint = chosen(&primaries, id.as_deref())
            .with_context(|| format!("cannot use {name} (--gpg-key-ring)"))?
            .fingerprint
            .clone();
        Ok(gpg)
    }

    /// The 16 digits by which people know the key.
    pub(super) fn id(&self) -> &str {
        let start = self.fingerprint.len().saturating_sub(16);
        &self.fingerprint[start..]
    }

    pub(super) async fn sign(&self, text: &[u8]) -> Result<String> {
        let mut file = tempfile::NamedTempFile::new_in(self.home.path())
            .context("cannot make a temporary file")?;
        file.write_all(text).context("cannot write a temporary file")?;
        let user = &self.fingerprint;
        let path = file.path();
        let output = self
            .run(|gpg| {
                gpg.args(["--armor", "--detach-sign", "--output", "-", "--local-user", user]);
                gpg.arg("--").arg(path)
            })
            .await?;
        signature(output, &self.passphrase, "--gpg-passphrase-file")
    }

    async fn list(&self, what: &str) -> Result<String> {
        let output = self.run(|gpg| gpg.args(["--with-colons", what])).await?;
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    async fn run(
        &self,
        arguments: impl FnOnce(&mut Command) -> &mut Command,
    ) -> Result<std::process::Output> {
        let mut gpg = Command::new("gpg");
        gpg.arg("--homedir").arg(self.home.path());
        gpg.args(["--batch", "--no-tty", "--quiet", "--no-auto-check-trustdb"]);
        // Over a pipe: arguments can be read by others.
        gpg.args(["--pinentry-mode", "loopback", "--passphrase-fd", "0"]);
        gpg.env("LC_ALL", "C");
        if let Some(guard) = &self.guard {
            guard.add(&mut gpg);
        }
        arguments(&mut gpg);
        let passphrase = format!("{}\n", self.passphrase.expose_secret());
        run(&mut gpg, passphrase.as_bytes()).await
    }
}

impl Guard {
    /// None where there is no shell. An agent whose home is gone ends by itself then, only later.
    fn start(home: &Path) -> Option<Self> {
        let mut shell = std::process::Command::new("/bin/sh");
        shell.args(["-c", GUARD]).arg(home);
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut shell, 0);
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        shell.spawn().ok().map(Self)
    }

    /// Waits for the agent.
    async fn begun(&mut self) {
        let Some(mut stdout) = self.0.stdout.take() else { return };
        let word = tokio::task::spawn_blocking(move || stdout.read(&mut [0; 16]));
        // Without its word there is no agent, and GnuPG says better why.
        let _ = word.await;
    }

    /// Has it end this program too.
    fn add(&self, program: &mut Command) {
        #[cfg(unix)]
        program.process_group(self.0.id().cast_signed());
    }
}

impl Drop for Guard {
    /// Has it do its work.
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// The id as GnuPG prints it.
fn checked_id(id: &str) -> Result<String> {
    let digits = id.strip_prefix("0x").or_else(|| id.strip_prefix("0X")).unwrap_or(id);
    if digits.len() == 16 && digits.chars().all(|c| c.is_ascii_hexdigit()) {
        return Ok(digits.to_ascii_uppercase());
    }
    Err(usage(format!("{id:?} (--gpg-key-id) is not the id of a key"))
        .hint("give the 16 digits that gpg --list-keys --keyid-format=long shows"))
}

fn chosen<'a>(primaries: &'a [Primary], id: Option<&str>) -> Result<&'a Primary> {
    let Some(id) = id else {
        return usable(&primaries[0]);
    };
    if let Some(found) = primaries.iter().find(|primary| primary.id == id) {
        return usable(found);
    }
    let has_subkey = |primary: &&Primary| primary.subkeys.iter().any(|subkey| subkey == id);
    let known: Vec<&str> = primaries.iter().map(|primary| primary.id.as_str()).collect();
    Err(match primaries.iter().find(has_subkey) {
        Some(primary) => usage(format!("{id} is a subkey"))
            .hint(format!("name its primary key: --gpg-key-id={}", primary.id)),
        None => usage(format!("it has no private key {id}, only {}", known.join(", ")))
            .hint("choose one with --gpg-key-id"),
    })
}

fn usable(primary: &Primary) -> Result<&Primary> {
    match primary.is_stub {
        true => Err(usage(format!("the private half of key {} is not in it", primary.id))
            .hint("export the whole key: gpg --export-secret-keys KEY > FILE")),
        false => Ok(primary),
    }
}

/// Reads the list of keys that is for programs.
///
/// Source: `doc/DETAILS` of GnuPG: field 5 is the id, field 10 of `fpr` the fingerprint, field 15 of a private
/// key `#` when only a stub is there.
fn primaries(listing: &str) -> Vec<Primary> {
    let mut found: Vec<Primary> = Vec::new();
    for line in listing.lines() {
        let fields: Vec<&str> = line.split(':').collect();
        let field = |number: usize| fields.get(number - 1).copied().unwrap_or_default();
        match (field(1), found.last_mut()) {
            ("sec", _) => found.push(Primary {
                id: field(5).to_owned(),
                fingerprint: String::new(),
                subkeys: Vec::new(),
                is_stub: field(15) == "#",
            }),
            ("ssb", Some(primary)) => primary.subkeys.push(field(5).to_owned()),
            // The first one is the primary key's; each subkey has one as well.
            ("fpr", Some(primary)) if primary.fingerprint.is_empty() => {
                field(10).clone_into(&mut primary.fingerprint);
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{class_of, report};

    const LISTING: &str = "\
sec:u:255:22:AAAA000000000001:1:::u:::scESC:::+::ed25519:::0:
fpr:::::::::FFFF00000000000000000000AAAA000000000001:
uid:u::::1::X::Ann <ann@acme.io>::::::::::0:
ssb:u:255:18:BBBB000000000001:1::::::e:::+::cv25519::
fpr:::::::::FFFF00000000000000000000BBBB000000000001:
sec:u:255:22:AAAA000000000002:1:::u:::scESC:::#::ed25519:::0:
fpr:::::::::FFFF00000000000000000000AAAA000000000002:
";

    #[test]
    fn the_first_key_or_the_one_that_was_named() {
        let primaries = primaries(LISTING);
        assert_eq!(primaries.len(), 2);
        assert_eq!(primaries[0].fingerprint, "FFFF00000000000000000000AAAA000000000001");
        assert_eq!(chosen(&primaries, None).expect("first").id, "AAAA000000000001");
        let refusal = |id| report(&chosen(&primaries, Some(id)).expect_err(id));
        assert!(refusal("BBBB000000000001").contains("--gpg-key-id=AAAA000000000001"));
        assert!(refusal("AAAA000000000002").contains("is not in it"));
        assert!(refusal("CCCC000000000001").contains("no private key CCCC000000000001"));
    }

    #[test]
    fn an_id_has_sixteen_digits() {
        assert_eq!(checked_id("0xaaaa000000000001").expect("id"), "AAAA000000000001");
        for id in ["AAAA", "", "AAAA00000000000G", "ann@acme.io"] {
            assert_eq!(class_of(&checked_id(id).expect_err(id)), Class::Usage);
        }
    }
}
