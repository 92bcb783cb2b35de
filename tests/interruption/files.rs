//! Bootstraps by programs that are killed before and after every file that they write: run again, repository and
//! cluster are what an undisturbed run makes of them. What was written until then holds no secret, nor does any
//! argument of any program that was started; and of those none goes on.

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{FOLDER, Fleet};
use nigari_test_support::keys::{PASSPHRASE, Rings, SshKeys};
use nigari_test_support::proxy;

use crate::bootstraps::{at_each, difference, lean_arguments, left, state, wants_all};
use crate::tracer::{Kill, Trace, follow, is_possible};

/// How many of its own writes, and of those of the programs that it starts, a run is killed at unless it is to be
/// all of them: most are of a Git repository and of key rings, and one as any other.
const SAMPLE: (usize, usize) = (3, 2);

/// How often a point is tried again that was not reached: programs that others have started do not always write
/// as often.
const TRIES: usize = 5;

/// A bootstrap; `prepare` makes what there is before and tells what else is typed.
struct Story<'a> {
    prepare: &'a (dyn Fn(&Fleet) -> String + Sync),
    /// The programs that it starts.
    programs: &'a [&'a str],
}

/// A bootstrap that is about to begin.
struct Begun {
    fleet: Fleet,
    arguments: String,
    proxy: String,
}

const PROXY_PASSWORD: &str = "of-the-proxy-3f9a1c77d2";

impl Begun {
    fn command(&self) -> Command {
        let mut command = self.fleet.command(&self.arguments);
        command.env("HTTPS_PROXY", format!("http://ann:{PROXY_PASSWORD}@{}", self.proxy));
        command
    }

    /// Runs it, perhaps until it is killed.
    fn follow(&self, kill: Option<Kill>) -> Trace {
        follow(&self.command(), kill, &self.fleet.given(""))
    }

    /// No secret is in a file or was an argument of a program.
    fn assert_nothing_came_to_light(&self, trace: &Trace) {
        let search = self.fleet.canaries().search();
        assert_eq!(self.fleet.leaks_into_files(&search), [""; 0]);
        for word in trace.started.iter().flatten() {
            assert_eq!(search.find(word.as_bytes()), None, "an argument of {:?}", trace.started);
        }
    }
}

impl Story<'_> {
    fn begin(&self) -> Begun {
        let fleet = Fleet::of(Sandbox::builder());
        fleet.seed("the password of the proxy", PROXY_PASSWORD);
        let more = (self.prepare)(&fleet);
        let arguments = lean_arguments(&fleet, &more);
        Begun { fleet, arguments, proxy: proxy::start(false) }
    }

    fn survives_every_kill(&self) {
        let (expected, points) = self.undisturbed();
        let failures = at_each(&points, |kill| self.converges(*kill, &expected));
        assert!(failures.is_empty(), "{} of {}: {failures:#?}", failures.len(), points.len());
    }

    /// What there is in the end, and where it can be killed.
    fn undisturbed(&self) -> (Vec<String>, Vec<Kill>) {
        let begun = self.begin();
        let trace = begun.follow(None);
        begun.assert_nothing_came_to_light(&trace);
        let folders = [begun.fleet.sandbox.home(), begun.fleet.sandbox.temporary_folder()];
        for write in &trace.writes {
            assert!(folders.iter().any(|folder| write.path.starts_with(folder)), "{write:?}");
        }
        assert_eq!(programs(&trace), self.programs);
        let points = points(&trace);
        let run = begun.fleet.heard(trace.output);
        assert_eq!(run.exit_code(), Some(0), "{run}");
        let expected = state(&begun.fleet);
        assert_eq!(left(&begun.fleet), [0, 0], "{run}");
        begun.fleet.finish();
        (expected, points)
    }

    /// Kills it at one point and runs it again; what differs then, if anything does.
    fn converges(&self, kill: Kill, expected: &[String]) -> Result<(), String> {
        for _ in 0..TRIES {
            let begun = self.begin();
            let trace = begun.follow(Some(kill));
            begun.assert_nothing_came_to_light(&trace);
            let killed = begun.fleet.heard(trace.output);
            assert_eq!(left(&begun.fleet)[0], 0, "files in the home folder: {killed}");
            let rings = key_rings(&begun.fleet.sandbox.temporary_folder());
            assert!(rings.is_empty(), "a copy of the user's key is in {rings:?}: {killed}");
            assert_private(&begun.fleet.sandbox.temporary_folder());
            let again = begun.fleet.run(&mut begun.command());
            if again.exit_code() != Some(0) {
                return Err(again.to_string());
            }
            if let Some(difference) = difference(&state(&begun.fleet), expected) {
                return Err(format!("{difference} after {again}"));
            }
            begun.fleet.finish();
            if killed.exit_code().is_none() {
                return Ok(());
            }
        }
        Err("it was never reached".to_owned())
    }
}

/// Nobody else may enter what was left behind.
fn assert_private(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{entry:?} can be read by others");
    }
}

/// The folders in which GnuPG keeps private keys.
fn key_rings(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| match path.file_name() {
        Some(name) if name == "private-keys-v1.d" => vec![path],
        _ if path.is_dir() => key_rings(&path),
        _ => Vec::new(),
    };
    entries.flat_map(below).collect()
}

/// The names of the programs that were started, each once.
fn programs(trace: &Trace) -> Vec<&str> {
    let named = trace.started.iter().filter_map(|words| Path::new(words.first()?).file_name());
    let mut names: Vec<&str> = named.map(|name| name.to_str().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Both sides of the writes of an undisturbed run.
fn points(trace: &Trace) -> Vec<Kill> {
    let count = |is_own| trace.writes.iter().filter(|write| write.is_own == is_own).count();
    let (own, others) = (count(true), count(false));
    let chosen = |is_own, count: usize, sample| {
        let stride = if wants_all() { 1 } else { count.div_ceil(sample).max(1) };
        (1..=count).step_by(stride).map(move |write| (is_own, write))
    };
    let chosen = chosen(true, own, SAMPLE.0).chain(chosen(false, others, SAMPLE.1));
    let around = |(is_own, write)| [false, true].map(|is_after| Kill { is_own, is_after, write });
    let points: Vec<Kill> = chosen.flat_map(around).collect();
    println!(
        "bootstrap: killed at {} of {own} writes of its own and {others} of programs that it starts",
        points.len() / 2
    );
    points
}

/// A kustomization that only kustomize can build, which is played by a script.
const PATCHED: &str = "\
resources: [gotk-components.yaml, gotk-sync.yaml]
patches:
  - target: {kind: Deployment, name: source-controller}
    patch: '[{op: replace, path: /spec/template/spec/containers/0/resources/requests/cpu, value: 75m}]'
";
const KUSTOMIZE: &str =
    "cd \"$2\"; sed 's/cpu: 50m/cpu: 75m/' gotk-components.yaml; cat gotk-sync.yaml";

#[test]
fn of_a_folder_that_kustomize_builds_with_a_key_ring() {
    if !is_possible() {
        return;
    }
    let password = "of-the-deploy-key-1b5e90d7";
    let (Some(rings), Some(key)) = (Rings::new(), SshKeys::new(password)) else { return };
    let key = fs::read_to_string(key.path("id")).unwrap();
    let ring = fs::read(rings.path("private.gpg")).unwrap();
    let prepare = |fleet: &Fleet| {
        fleet.create_repository(true);
        fleet.commit(&format!("{FOLDER}/kustomization.yaml"), PATCHED);
        fleet.put_program("kustomize", KUSTOMIZE);
        let ring_file = fleet.given("private.gpg");
        fs::write(&ring_file, &ring).unwrap();
        let registry = "of-the-registry-77aa02c4e1";
        fleet.seed("the password of the registry", registry);
        format!(
            "--gpg-key-ring={} --gpg-passphrase-file={} --author-email=ann@acme.example \
             --private-key-file={} --private-key-passphrase-file={} \
             --registry=registry.example:5000/flux --image-pull-secret=pull --registry-creds-file={}",
            ring_file.display(),
            fleet.give("passphrase", PASSPHRASE).display(),
            fleet.give("deploy key", &key).display(),
            fleet.give("password", password).display(),
            fleet.give("registry", &format!("ann:{registry}")).display(),
        )
    };
    let programs = &["cat", "gpg", "gpg-agent", "gpg-connect-agent", "gpgconf", "rm", "sed", "sh"];
    Story { prepare: &prepare, programs }.survives_every_kill();
}

#[test]
fn of_a_first_commit_that_an_app_pushes_signed_with_an_ssh_key() {
    if !is_possible() {
        return;
    }
    let Some(signing) = SshKeys::new(PASSPHRASE) else { return };
    let signing = fs::read_to_string(signing.path("id")).unwrap();
    let prepare = |fleet: &Fleet| {
        fleet.create_repository(false);
        let (id, key) = fleet.github().add_app("fleet-app").unwrap();
        let permissions = [("administration", "write"), ("contents", "write")];
        fleet.github().install_app(id, "acme", &permissions).unwrap();
        format!(
            "--app-id={id} --app-private-key-file={} --ca-file={} --ssh-signing-key-file={} \
             --ssh-signing-password-file={}",
            fleet.give("key of the App", &key).display(),
            fleet.sandbox.certificate_file().display(),
            fleet.give("signing key", &signing).display(),
            fleet.give("passphrase", PASSPHRASE).display(),
        )
    };
    Story { prepare: &prepare, programs: &["sh", "ssh-keygen"] }.survives_every_kill();
}
