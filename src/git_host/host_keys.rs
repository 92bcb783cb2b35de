//! SSH host keys, asked from the host itself by the program `ssh-keyscan`.
//!
//! Nobody vouches for the answer: whoever stands between can give another one. It is for hosts that tell
//! their keys nowhere else.

use std::io;
use std::process::Stdio;

use anyhow::{Context as _, Result, anyhow};
use tokio::process::Command;

use super::ssh_key::PublicKey;
use crate::error::{Class, Explain as _};

/// What to do where the host cannot be asked.
const HINT: &str = "give its keys in known_hosts form, with --known-hosts FILE";

/// Asks a host for its keys; returns the lines for `known_hosts`.
///
/// # Errors
/// [`Class::Usage`] where there is no `ssh-keyscan`; [`Class::Unreachable`] when the host tells nothing.
pub async fn scan(host: &str, port: u16) -> Result<String> {
    let mut command = Command::new("ssh-keyscan");
    command.args(["-T", "10", "-p", &port.to_string(), "--", host]);
    command.stdin(Stdio::null()).kill_on_drop(true);
    let output = match command.output().await {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let error = anyhow!("cannot ask {host} for its SSH host keys without ssh-keyscan");
            return Err(error.class(Class::Usage).hint(HINT));
        }
        output => output.context("cannot run ssh-keyscan")?,
    };
    let keys = keys_in(&String::from_utf8_lossy(&output.stdout));
    if keys.is_empty() {
        let words = String::from_utf8_lossy(&output.stderr);
        let words = words.lines().rev().map(str::trim).find(|line| !line.is_empty());
        let error = anyhow!("{}", words.unwrap_or("it did not answer").to_owned());
        let error = error.context(format!("{host}:{port} tells no SSH host keys"));
        return Err(error.class(Class::Unreachable).hint(HINT));
    }
    Ok(keys)
}

/// The keys that the user's own `known_hosts` has for a host, spelt as there; none where there is no
/// `ssh-keygen` to read it.
pub async fn known_to_user(name: &str) -> Vec<PublicKey> {
    let mut command = Command::new("ssh-keygen");
    command.args(["-F", name]).stdin(Stdio::null()).kill_on_drop(true);
    let Ok(output) = command.output().await else { return Vec::new() };
    let lines = keys_in(&String::from_utf8_lossy(&output.stdout));
    // `@revoked` and `@cert-authority` are no keys of the host.
    let keys = lines.lines().filter(|line| !line.starts_with('@'));
    keys.filter_map(|line| line.split_once(' ')?.1.parse().ok()).collect()
}

/// The lines with keys; the others are comments.
fn keys_in(output: &str) -> String {
    let lines = output.lines().map(str::trim);
    let keys: Vec<&str> = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).collect();
    keys.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_keys() {
        let output =
            "# a.example:22 SSH-2.0-x\na.example ssh-ed25519 AAAA\n\n# b\n[a]:1 ssh-rsa B\n";
        assert_eq!(keys_in(output), "a.example ssh-ed25519 AAAA\n[a]:1 ssh-rsa B");
        assert_eq!(keys_in("# nothing\n"), "");
    }
}
