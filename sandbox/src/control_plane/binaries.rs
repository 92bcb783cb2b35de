//! Where the programs of the control plane come from.
//!
//! In this order: the folder that `KUBEBUILDER_ASSETS` names, the cache, a build with Go of the
//! module in `sandbox/control-plane`, which fills the cache.

use std::collections::VecDeque;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, anyhow, bail};
use aws_lc_rs::digest::{Context as Digest, SHA256};

use crate::environment;

/// The version that the build reports; the one that `go.mod` requires.
const KUBERNETES: &str = "v1.36.3";
/// The minor version of Go that `go.mod` requires.
const GO_MINOR: u32 = 26;
/// What one program is under several names.
const COMPONENTS: &[&str] = &["etcd", "kube-apiserver", "kube-controller-manager"];
/// What the build is made of.
const SOURCES: &[&str] = &["go.mod", "go.sum", "main.go"];
/// Always the same flags, so that Go's own cache fits as well.
const BUILD: &[&str] = &["build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-v"];
/// Between two lines that tell how far a build is.
const TELL_EVERY: Duration = Duration::from_secs(15);
/// How much of a failed build an error shows.
const LAST_LINES: usize = 20;

/// The programs of a control plane.
#[derive(Clone, Debug)]
pub struct Binaries {
    /// Why these.
    pub origin: String,
    /// etcd, 3.6 or later.
    pub etcd: PathBuf,
    /// kube-apiserver.
    pub api_server: PathBuf,
    /// kube-controller-manager, which published `envtest` bundles lack.
    pub controller_manager: Option<PathBuf>,
}

/// There are no programs, and none can be built.
#[derive(Debug)]
pub struct Unavailable(String);

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unavailable {}

impl Binaries {
    /// Finds programs, and builds them if there are none; `say` is told how far that is.
    ///
    /// # Errors
    /// [`Unavailable`] when there are none and there is no suitable Go; anything else when the
    /// assets are incomplete or the build failed.
    pub fn find(say: impl Fn(&str)) -> Result<Self> {
        match Self::at_hand() {
            Err(error) if error.is::<Unavailable>() => Self::build(say),
            found => found,
        }
    }

    /// Finds programs that need not be built.
    ///
    /// # Errors
    /// [`Unavailable`] when there are none; anything else when the assets are incomplete.
    pub fn at_hand() -> Result<Self> {
        if let Some(folder) = environment::variable("KUBEBUILDER_ASSETS") {
            let origin = "KUBEBUILDER_ASSETS".to_owned();
            return Self::of_folder(Path::new(&folder), origin);
        }
        let folder = cached()?;
        if !folder.is_dir() {
            return Err(anyhow!(Unavailable(
                "KUBEBUILDER_ASSETS is not set and nothing is built: `cargo run -p nigari-sandbox \
                 --bin testcluster build` builds it, given Go 1.26"
                    .to_owned()
            )));
        }
        let origin = format!("built before, in {}", folder.display());
        Self::of_folder(&folder, origin)
    }

    /// Builds the programs, unless somebody has.
    ///
    /// # Errors
    /// [`Unavailable`] without a suitable Go; anything else when the build failed.
    pub fn build(say: impl Fn(&str)) -> Result<Self> {
        let folder = cached()?;
        let cache = folder.parent().context("the cache is below some folder")?;
        fs::create_dir_all(cache).with_context(|| format!("cannot make {}", cache.display()))?;
        // Whoever comes second waits, and finds it built.
        let lock = File::create(folder.with_extension("lock"))?;
        lock.lock().context("cannot lock the cache")?;
        if !folder.is_dir() {
            require_go()?;
            let unfinished = tempfile::Builder::new().prefix("build-").tempdir_in(cache)?;
            compile(&unfinished.path().join("control-plane"), say)?;
            for component in COMPONENTS {
                symlink("control-plane", unfinished.path().join(component))?;
            }
            fs::rename(unfinished.keep(), &folder)?;
        }
        Self::of_folder(&folder, format!("built in {}", folder.display()))
    }

    fn of_folder(folder: &Path, origin: String) -> Result<Self> {
        let program = |name: &str| Some(folder.join(name)).filter(|path| path.is_file());
        let required = |name: &str| {
            program(name).with_context(|| format!("{} holds no {name}", folder.display()))
        };
        Ok(Self {
            origin,
            etcd: required("etcd")?,
            api_server: required("kube-apiserver")?,
            controller_manager: program("kube-controller-manager"),
        })
    }
}

/// Where the build of these sources is kept.
fn cached() -> Result<PathBuf> {
    let cache = environment::variable("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || environment::variable("HOME").map(|home| Path::new(&home).join(".cache"));
    let cache = cache.or_else(home).context("neither XDG_CACHE_HOME nor HOME is set")?;
    Ok(cache.join("nigari/control-plane").join(key()?))
}

/// Differs when the build would.
fn key() -> Result<String> {
    let mut digest = Digest::new(&SHA256);
    for name in SOURCES {
        let path = source().join(name);
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        digest.update(&text.len().to_le_bytes());
        digest.update(&text);
    }
    for part in BUILD.iter().copied().chain([&*linker_flags(), std::env::consts::ARCH]) {
        digest.update(part.as_bytes());
    }
    Ok(digest.finish().as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

fn source() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/control-plane"))
}

/// Without a version stamp the server reports one that is no semantic version.
fn linker_flags() -> String {
    let (major, minor) = KUBERNETES
        .trim_start_matches('v')
        .split_once('.')
        .map(|(major, rest)| (major, rest.split('.').next().unwrap_or_default()))
        .expect("a version has dots");
    let stamp = [
        ("gitVersion", KUBERNETES),
        ("gitMajor", major),
        ("gitMinor", minor),
        ("gitTreeState", "clean"),
    ];
    let stamp =
        stamp.map(|(name, value)| format!(" -X k8s.io/component-base/version.{name}={value}"));
    format!("-s -w{}", stamp.concat())
}

fn require_go() -> Result<()> {
    let unavailable = |what: &str| {
        anyhow!(Unavailable(format!(
            "{what}: set KUBEBUILDER_ASSETS to a folder with etcd and kube-apiserver, install Go \
             1.{GO_MINOR}, or set {} to the kubeconfig of a cluster that is there for tests",
            super::given::VARIABLE
        )))
    };
    let mut go = Command::new("go");
    let output = go.args(["env", "GOVERSION"]).env("GOTOOLCHAIN", "local").output();
    let output = output.map_err(|_| unavailable("there is no Go"))?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match minor_of(&version) {
        Some(minor) if minor >= GO_MINOR => Ok(()),
        _ => Err(unavailable(&format!("Go is too old ({version})"))),
    }
}

/// `26` of `go1.26.8`.
fn minor_of(version: &str) -> Option<u32> {
    version.strip_prefix("go1.")?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

fn compile(program: &Path, say: impl Fn(&str)) -> Result<()> {
    say("building the control plane with Go; the first time takes 10 minutes or more");
    let mut go = Command::new("go");
    go.args(BUILD).arg("-ldflags").arg(linker_flags()).arg("-o").arg(program).arg(".");
    go.env("CGO_ENABLED", "0").env("GOTOOLCHAIN", "local").current_dir(source());
    go.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = go.spawn().context("cannot start go")?;
    let stderr = child.stderr.take().context("standard error was asked for")?;
    let last = watch(stderr, say)?;
    if !child.wait()?.success() {
        bail!("go build failed:\n{}", last.into_text());
    }
    Ok(())
}

/// Tells how far a build is by the lines that it prints, one per package; returns the last ones.
fn watch(stderr: impl io::Read, say: impl Fn(&str)) -> io::Result<Tail> {
    let (start, mut told, mut packages) = (Instant::now(), Instant::now(), 0);
    let mut last = Tail::default();
    for line in BufReader::new(stderr).lines() {
        let line = line?;
        packages += u32::from(!line.contains(' '));
        last.push(line);
        if told.elapsed() >= TELL_EVERY {
            told = Instant::now();
            let seconds = start.elapsed().as_secs();
            say(&format!("building the control plane: {packages} packages after {seconds} s"));
        }
    }
    Ok(last)
}

/// The last lines of something.
#[derive(Default)]
struct Tail(VecDeque<String>);

impl Tail {
    fn push(&mut self, line: String) {
        if self.0.len() == LAST_LINES {
            self.0.pop_front();
        }
        self.0.push_back(line);
    }

    fn into_text(mut self) -> String {
        self.0.make_contiguous().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_one_that_is_built() {
        let module = fs::read_to_string(source().join("go.mod")).unwrap();
        assert!(module.contains(&format!("\tk8s.io/kubernetes {KUBERNETES}\n")));
        assert!(module.contains(&format!("\ngo 1.{GO_MINOR}.")));
        assert!(linker_flags().contains(".gitMajor=1 "));
        assert!(linker_flags().contains(".gitMinor=36 "));
    }

    #[test]
    fn the_minor_version_of_go_is_read() {
        assert_eq!(minor_of("go1.26.8"), Some(26));
        assert_eq!(minor_of("go1.27rc1"), Some(27));
        assert_eq!(minor_of("devel go1.27-abc"), None);
    }

    #[test]
    fn a_folder_without_a_controller_manager_will_do() {
        let folder = tempfile::tempdir().unwrap();
        let of_folder = || Binaries::of_folder(folder.path(), "test".to_owned());
        fs::write(folder.path().join("etcd"), "").unwrap();
        assert!(of_folder().unwrap_err().to_string().ends_with("holds no kube-apiserver"));
        fs::write(folder.path().join("kube-apiserver"), "").unwrap();
        assert!(of_folder().unwrap().controller_manager.is_none());
    }

    #[test]
    fn the_end_of_a_build_is_kept() {
        let text: String = (1..=30).map(|number| format!("line {number}\n")).collect();
        let last = watch(text.as_bytes(), |_| ()).unwrap().into_text();
        assert!(last.starts_with("line 11\n") && last.ends_with("line 30"), "{last}");
    }
}
