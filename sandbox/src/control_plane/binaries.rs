//! Where the programs of the control plane come from.
//!
//! In this order: the paths that the variables `TEST_ASSET_*` name (`TEST_ASSET_ETCD`,
//! `TEST_ASSET_KUBE_APISERVER`, …, as controller-runtime has them), the folder that
//! `KUBEBUILDER_ASSETS` names, the cache, a build with Go of the module in `sandbox/control-plane`,
//! which fills the cache.

use std::fmt;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use aws_lc_rs::digest::{Context as Digest, SHA256};

use super::build;
use crate::environment;

/// The variable that names a folder with programs.
const ASSETS: &str = "KUBEBUILDER_ASSETS";
/// What one program is under several names.
const PROGRAMS: &[&str] = &[
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kubectl",
    "kustomize",
];
/// What the build is made of.
const SOURCES: &[&str] = &["go.mod", "go.sum", "main.go"];

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
    /// kube-scheduler, which they lack as well.
    pub scheduler: Option<PathBuf>,
    /// kubectl.
    pub kubectl: Option<PathBuf>,
}

/// There are no programs, and none can be built.
#[derive(Debug)]
pub struct Unavailable(pub(super) String);

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
    /// [`Unavailable`] when there are none and none can be built here; anything else when the assets
    /// are incomplete or the build failed.
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
        if let Some(folder) = path_in(ASSETS) {
            let origin = format!("{ASSETS} names {}", folder.display());
            return Self::of(Some(&folder), named, origin);
        }
        // Of what was not named nothing comes from the cache: versions would be mixed.
        if named("etcd").is_some() && named("kube-apiserver").is_some() {
            return Self::of(None, named, "variables TEST_ASSET_* name them".to_owned());
        }
        let folder = cached()?;
        if !folder.is_dir() {
            let reason = format!(
                "{ASSETS} is not set and nothing is built: `cargo run -p nigari-sandbox --bin \
                 testcluster build` builds it, given Go"
            );
            return Err(Unavailable(reason).into());
        }
        let origin = format!("built before, in {}", folder.display());
        Self::of(Some(&folder), named, origin)
    }

    /// What is missing for tests of what controllers do, if it is.
    #[must_use]
    pub fn without_controllers(&self) -> Option<String> {
        let origin = &self.origin;
        self.controller_manager.is_none().then(|| {
            format!(
                "no kube-controller-manager ({origin}): no Deployment becomes available, no garbage \
                 is collected and no namespace ends"
            )
        })
    }

    /// Builds the programs, unless somebody has.
    ///
    /// # Errors
    /// [`Unavailable`] without a suitable Go, without its modules or without the time it takes;
    /// anything else when the build failed.
    pub fn build(say: impl Fn(&str)) -> Result<Self> {
        let folder = cached()?;
        let cache = folder.parent().context("the cache is below some folder")?;
        fs::create_dir_all(cache).with_context(|| format!("cannot make {}", cache.display()))?;
        // Whoever comes second waits, and finds it built.
        let lock = File::create(folder.with_extension("lock"))?;
        lock.lock().context("cannot lock the cache")?;
        if !folder.is_dir() {
            build::require_go()?;
            let prefix = format!("build-{}-", key()?);
            remove_unfinished(cache, &prefix)?;
            let unfinished = tempfile::Builder::new().prefix(&prefix).tempdir_in(cache)?;
            build::compile(&unfinished.path().join("control-plane"), say)?;
            for program in PROGRAMS {
                symlink("control-plane", unfinished.path().join(program))?;
            }
            fs::rename(unfinished.keep(), &folder)?;
        }
        Self::of(Some(&folder), named, format!("built in {}", folder.display()))
    }

    /// The programs that are `named`, and the others in `folder`.
    fn of(
        folder: Option<&Path>,
        named: impl Fn(&str) -> Option<PathBuf>,
        origin: String,
    ) -> Result<Self> {
        let program = |name: &str| match named(name) {
            Some(path) if path.is_file() => Ok(Some(path)),
            Some(path) => bail!("{} is {}, and that is no file", variable(name), path.display()),
            None => Ok(folder.map(|folder| folder.join(name)).filter(|path| path.is_file())),
        };
        let required = |name: &str| {
            program(name)?.with_context(|| format!("there is no {name}, although {origin}"))
        };
        Ok(Self {
            etcd: required("etcd")?,
            api_server: required("kube-apiserver")?,
            controller_manager: program("kube-controller-manager")?,
            scheduler: program("kube-scheduler")?,
            kubectl: program("kubectl")?,
            origin,
        })
    }
}

/// Removes what killed builds have left. Whoever holds the lock of their folder is the only one to build.
fn remove_unfinished(cache: &Path, prefix: &str) -> Result<()> {
    for entry in fs::read_dir(cache)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(prefix) {
            let path = entry.path();
            fs::remove_dir_all(&path)
                .with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// The kubectl that lies with the programs, or else the one on the search path, if there is one.
#[must_use]
pub fn kubectl() -> PathBuf {
    let beside = Binaries::at_hand().ok().and_then(|binaries| binaries.kubectl);
    beside.unwrap_or_else(|| PathBuf::from("kubectl"))
}

/// The path of a program that the environment names.
fn named(program: &str) -> Option<PathBuf> {
    path_in(&variable(program))
}

/// The path in a variable, made absolute: programs are started, and built, in other folders.
fn path_in(variable: &str) -> Option<PathBuf> {
    std::path::absolute(environment::variable(variable)?).ok()
}

/// The variable that may name a program's path.
fn variable(program: &str) -> String {
    format!("TEST_ASSET_{}", program.to_uppercase().replace('-', "_"))
}

/// Where the build of these sources is kept: below `NIGARI_CACHE_DIR`, or else in the user's cache.
fn cached() -> Result<PathBuf> {
    let cache = path_in("NIGARI_CACHE_DIR")
        .or_else(|| Some(path_in("XDG_CACHE_HOME")?.join("nigari")))
        .or_else(|| Some(path_in("HOME")?.join(".cache/nigari")));
    let homeless = "none of NIGARI_CACHE_DIR, XDG_CACHE_HOME and HOME is set";
    let cache = cache.ok_or_else(|| Unavailable(homeless.to_owned()))?;
    Ok(cache.join("control-plane").join(key()?))
}

/// Differs when the build would.
fn key() -> Result<String> {
    let mut digest = Digest::new(&SHA256);
    for name in SOURCES {
        let path = build::source().join(name);
        let text = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        digest.update(&text.len().to_le_bytes());
        digest.update(&text);
    }
    let machine = [std::env::consts::OS, std::env::consts::ARCH];
    for part in build::FLAGS.iter().copied().chain([&*build::linker_flags()]).chain(machine) {
        digest.update(part.as_bytes());
    }
    Ok(digest.finish().as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(folder: &Path, named: impl Fn(&str) -> Option<PathBuf>) -> Result<Binaries> {
        Binaries::of(Some(folder), named, "a test says so".to_owned())
    }

    #[test]
    fn a_folder_without_a_controller_manager_will_do() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("etcd"), "").unwrap();
        let incomplete = of(folder.path(), |_| None).unwrap_err().to_string();
        assert_eq!(incomplete, "there is no kube-apiserver, although a test says so");
        fs::write(folder.path().join("kube-apiserver"), "").unwrap();
        let binaries = of(folder.path(), |_| None).unwrap();
        assert!(binaries.without_controllers().unwrap().contains("(a test says so)"));
        fs::write(folder.path().join("kube-controller-manager"), "").unwrap();
        assert_eq!(of(folder.path(), |_| None).unwrap().without_controllers(), None);
    }

    #[test]
    fn a_named_program_comes_before_that_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["etcd", "kube-apiserver", "other"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        let name_etcd = |file: &str| {
            let path = folder.path().join(file);
            of(folder.path(), move |name| (name == "etcd").then(|| path.clone()))
        };
        let binaries = name_etcd("other").unwrap();
        assert_eq!(binaries.etcd, folder.path().join("other"));
        assert_eq!(binaries.api_server, folder.path().join("kube-apiserver"));
        let error = name_etcd("gone").unwrap_err().to_string();
        assert!(error.starts_with("TEST_ASSET_ETCD is ") && error.ends_with("no file"), "{error}");
        assert_eq!(variable("kube-apiserver"), "TEST_ASSET_KUBE_APISERVER");
    }

    #[test]
    fn what_a_killed_build_left_goes_and_nothing_else() {
        let cache = tempfile::tempdir().unwrap();
        for folder in ["build-one-a", "build-one-b", "build-other-a", "one"] {
            fs::create_dir(cache.path().join(folder)).unwrap();
            fs::write(cache.path().join(folder).join("etcd"), "").unwrap();
        }
        remove_unfinished(cache.path(), "build-one-").unwrap();
        let left = fs::read_dir(cache.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut left: Vec<_> = left.collect();
        left.sort();
        assert_eq!(left, ["build-other-a", "one"]);
    }

    #[test]
    fn the_build_knows_every_program_by_its_link() {
        let main = fs::read_to_string(build::source().join("main.go")).unwrap();
        for program in PROGRAMS {
            assert!(main.contains(&format!("\n\t\"{program}\":")), "{program}");
        }
    }
}
