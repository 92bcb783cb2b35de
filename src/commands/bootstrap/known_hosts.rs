//! Which SSH host keys the cluster is to trust: found before anything is written.

use anyhow::{Result, anyhow};

use crate::context::Context;
use crate::error::{Class, Explain as _, usage};
use crate::git_host::GitHost;
use crate::git_host::host_keys;
use crate::git_host::ssh_key::PublicKey;

/// The port of SSH when an address names none.
const SSH_PORT: u16 = 22;

/// A host that is reached over SSH, and what the user says about its keys.
pub(super) struct SshHost<'a> {
    /// Host, and port unless it is 22, as in the repository's SSH address.
    pub(super) address: String,
    /// Whether that is the host whose API is used, which then knows its keys.
    pub(super) has_api: bool,
    /// `known_hosts` lines that the user gave.
    pub(super) given: Option<&'a str>,
    /// The fingerprint of a key that the user vouches for.
    pub(super) accepted: Option<&'a str>,
}

/// Host keys, and who vouches for them.
pub(super) enum HostKeys {
    /// The lines for `known_hosts`.
    Vouched(Voucher, Vec<String>),
    /// What the host itself tells, which anybody in between could tell as well.
    Unvouched(Vec<PublicKey>),
}

/// Who vouches for host keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voucher {
    /// The user, with a file.
    File,
    /// The host's API, over TLS.
    Api,
    /// The user's own `known_hosts`.
    KnownHosts,
    /// The user, with a fingerprint.
    Fingerprint,
}

impl SshHost<'_> {
    /// The lines for `known_hosts`: those that the user gave, else what the API tells over TLS, else what the
    /// user's own `known_hosts` has, else what the host itself tells, if the user vouches for it. A fingerprint
    /// that the user accepts has to be among them.
    ///
    /// # Errors
    /// [`Class::Conflict`] when what was given or accepted is not what the host has.
    pub(super) async fn keys(&self, ctx: &Context, host: &impl GitHost) -> Result<Vec<String>> {
        match self.find(ctx, host).await? {
            HostKeys::Vouched(voucher, lines) => {
                if voucher == Voucher::KnownHosts {
                    ctx.output.done(self.tell(voucher));
                }
                Ok(lines)
            }
            HostKeys::Unvouched(keys) => self.ask(ctx, &keys).await,
        }
    }

    /// Finds the keys, and asks nobody but hosts.
    ///
    /// # Errors
    /// Those of [`Self::keys`].
    pub(super) async fn find(&self, ctx: &Context, host: &impl GitHost) -> Result<HostKeys> {
        let told = host.ssh_host_keys().await?;
        if let Some(given) = self.given {
            let lines: Vec<String> = lines_in(given).map(str::to_owned).collect();
            self.check_given(&lines, &told)?;
            return Ok(HostKeys::Vouched(Voucher::File, lines));
        }
        if self.may_have(&told)? {
            let lines = told.iter().map(|key| self.line(key)).collect();
            return Ok(HostKeys::Vouched(Voucher::Api, lines));
        }
        let known = host_keys::known_to_user(&known_hosts_name(&self.address)).await;
        if self.accepts_one_of(&known) {
            return Ok(HostKeys::Vouched(Voucher::KnownHosts, self.lines(&known)));
        }
        self.scanned(ctx).await
    }

    /// Whether the keys that the API tells are to be taken for those of this host. Another host than the API's
    /// may have keys of its own, of which the user has accepted one.
    fn may_have(&self, told: &[String]) -> Result<bool> {
        let told = parsed(told);
        match self.accepted {
            Some(accepted) if self.has_api && !told.is_empty() && !self.accepts_one_of(&told) => {
                Err(self.has_not(accepted, &told))
            }
            _ => Ok(self.accepts_one_of(&told)),
        }
    }

    /// Whether there are keys, with the one that the user accepts if they have named one.
    fn accepts_one_of(&self, keys: &[PublicKey]) -> bool {
        match self.accepted {
            Some(accepted) => keys.iter().any(|key| key.fingerprint() == accepted),
            None => !keys.is_empty(),
        }
    }

    /// Says who vouches for the keys.
    pub(super) fn tell(&self, voucher: Voucher) -> String {
        let address = &self.address;
        match voucher {
            Voucher::File => format!("the host keys of {address} are in --known-hosts"),
            Voucher::Api if self.has_api => format!("{address} tells its SSH host keys over TLS"),
            Voucher::Api => {
                format!("{address} is taken to have the SSH host keys that the API tells over TLS")
            }
            Voucher::KnownHosts => format!("took the host keys of {address} from known_hosts"),
            Voucher::Fingerprint => format!("{address} has the host key of --accept-host-key"),
        }
    }

    fn lines(&self, keys: &[PublicKey]) -> Vec<String> {
        keys.iter().map(|key| self.line(&key.to_string())).collect()
    }

    fn line(&self, key: &str) -> String {
        format!("{} {key}", known_hosts_name(&self.address))
    }

    /// Refuses a file with which the cluster could not connect.
    fn check_given(&self, lines: &[String], told: &[String]) -> Result<()> {
        let name = known_hosts_name(&self.address);
        let concerned: Vec<&String> = lines.iter().filter(|line| concerns(line, &name)).collect();
        if concerned.is_empty() {
            return Err(usage(format!("--known-hosts has no key of {name}"))
                .hint("leave it out, or name a file with the host's keys"));
        }
        let told = parsed(told);
        let is_told = |line: &&&String| key_in(line).is_some_and(|key| told.contains(&key));
        if !self.has_api || told.is_empty() || concerned.iter().any(|line| is_told(&line)) {
            return Ok(());
        }
        Err(anyhow!("the host key of {name} in --known-hosts is none that the host has")
            .class(Class::Conflict)
            .hint("leave out --known-hosts: the host tells its keys over TLS"))
    }

    /// Asks the host itself.
    async fn scanned(&self, ctx: &Context) -> Result<HostKeys> {
        let (host, port) = host_and_port(&self.address);
        let scan = host_keys::scan(host, port);
        let scanned = ctx.deadline.within("the host's SSH keys", scan).await?;
        let keys: Vec<PublicKey> = lines_in(&scanned).filter_map(key_in).collect();
        let Some(accepted) = self.accepted else { return Ok(HostKeys::Unvouched(keys)) };
        let key = keys.iter().find(|key| key.fingerprint() == accepted);
        let key = key.ok_or_else(|| self.has_not(accepted, &keys))?;
        Ok(HostKeys::Vouched(Voucher::Fingerprint, vec![self.line(&key.to_string())]))
    }

    fn has_not(&self, accepted: &str, keys: &[PublicKey]) -> anyhow::Error {
        anyhow!("{} has other host keys: {}", self.address, fingerprints(keys))
            .context(format!("{} has no host key {accepted}", self.address))
            .class(Class::Conflict)
            .hint("ask whoever runs the host for the fingerprints of its keys")
    }

    /// Refuses to trust what nobody vouches for.
    pub(super) fn untrusted(&self, keys: &[PublicKey]) -> anyhow::Error {
        let fingerprints = fingerprints(keys);
        anyhow!("nobody vouches for the host keys of {}: {fingerprints}", self.address)
            .class(Class::Denied)
            .hint(
                "compare them with what whoever runs the host says, and give one with \
                 --accept-host-key, or all of them with --known-hosts",
            )
    }

    /// Asks the user whether what the host says is true.
    async fn ask(&self, ctx: &Context, keys: &[PublicKey]) -> Result<Vec<String>> {
        let untrusted = self.untrusted(keys);
        if !ctx.output.can_ask() {
            return Err(untrusted);
        }
        ctx.output.warn(untrusted);
        let answer = ctx.output.typed("Does the cluster trust them? Type yes: ").await?;
        if answer.trim() != "yes" {
            return Err(anyhow!("the host keys of {} were not accepted", self.address)
                .class(Class::Interrupted));
        }
        Ok(self.lines(keys))
    }
}

fn parsed(keys: &[String]) -> Vec<PublicKey> {
    keys.iter().filter_map(|key| key.parse().ok()).collect()
}

fn fingerprints(keys: &[PublicKey]) -> String {
    let told = keys.iter().map(|key| format!("{} ({})", key.fingerprint(), key.kind()));
    told.collect::<Vec<_>>().join(", ")
}

fn lines_in(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether a line may be about a host: by its name, or in a way that only SSH can tell.
fn concerns(line: &str, name: &str) -> bool {
    let hosts = line.split_whitespace().find(|word| !word.starts_with('@')).unwrap_or_default();
    let is_obscure = |host: &str| host.starts_with('|') || host.contains(['*', '?']);
    hosts.split(',').any(|host| host == name || is_obscure(host))
}

fn key_in(line: &str) -> Option<PublicKey> {
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with('@'));
    words.next()?;
    format!("{} {}", words.next()?, words.next()?).parse().ok()
}

fn host_and_port(address: &str) -> (&str, u16) {
    let parted = address.rsplit_once(':').and_then(|(host, port)| Some((host, port.parse().ok()?)));
    parted.unwrap_or((address, SSH_PORT))
}

/// How `known_hosts` spells a host: `[host]:port` unless the port is SSH's own.
fn known_hosts_name(address: &str) -> String {
    match host_and_port(address) {
        (host, SSH_PORT) => host.to_owned(),
        (host, port) => format!("[{host}]:{port}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;
    use crate::git_host::ssh_key::{Algorithm, KeyPair};

    fn key() -> String {
        KeyPair::generate(Algorithm::Ed25519).unwrap().public.to_string()
    }

    fn host(has_api: bool) -> SshHost<'static> {
        SshHost { address: "github.com".to_owned(), has_api, given: None, accepted: None }
    }

    #[test]
    fn a_port_of_its_own_is_spelt_with_brackets() {
        for (address, name) in [
            ("github.com", "github.com"),
            ("github.com:22", "github.com"),
            ("ssh.github.com:443", "[ssh.github.com]:443"),
        ] {
            assert_eq!(known_hosts_name(address), name);
        }
    }

    #[test]
    fn an_accepted_key_is_looked_for_among_those_that_are_told() {
        let told = [key(), key()];
        let fingerprint = told[1].parse::<PublicKey>().unwrap().fingerprint();
        let may_have = |has_api, accepted, told: &[String]| {
            let host = SshHost { accepted, ..host(has_api) };
            host.may_have(told).map_err(|error| class_of(&error))
        };
        for has_api in [true, false] {
            assert_eq!(may_have(has_api, None, &told), Ok(true));
            assert_eq!(may_have(has_api, Some(fingerprint.as_str()), &told), Ok(true));
            // The host itself is asked.
            assert_eq!(may_have(has_api, Some("SHA256:other"), &[]), Ok(false));
        }
        assert_eq!(may_have(true, Some("SHA256:other"), &told), Err(Class::Conflict));
        assert_eq!(may_have(false, Some("SHA256:other"), &told), Ok(false), "a host of its own");
    }

    #[test]
    fn a_given_file_must_have_a_key_that_the_host_tells() {
        let (right, wrong) = (key(), key());
        let told = [right.clone(), key()];
        let check = |has_api, lines: &[String]| host(has_api).check_given(lines, &told);
        let line = |name: &str, key: &str| format!("{name} {key} comment");
        assert!(check(true, &[line("github.com", &wrong), line("a,github.com", &right)]).is_ok());
        let refused = check(true, &[line("github.com", &wrong)]).unwrap_err();
        assert_eq!(class_of(&refused), Class::Conflict);
        // The API says nothing about another host.
        assert!(check(false, &[line("github.com", &wrong)]).is_ok());
        let other = check(true, &[line("example.com", &right)]).unwrap_err();
        assert_eq!(class_of(&other), Class::Usage);
        // Hashed names are for SSH to understand.
        assert!(check(true, &[line("|1|abc|def", &right)]).is_ok());
    }
}
