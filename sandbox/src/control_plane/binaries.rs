//! Where the programs of the control plane come from.
//!
//! In this order: the folder that `KUBEBUILDER_ASSETS` names, the cache, a build with Go of the
//! module in `sandbox/control-plane`, which fills the cache.

use std::fmt;
use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use aws_lc_rs::digest::{Context as Digest, SHA256};

use super::build;
use crate::environment;

/// What one program is under several names.
const COMPONENTS: &[&str] = &["etcd", "kube-apiserver", "kube-controller-manager"];
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
        if let Some(folder) = environment::variable("KUBEBUILDER_ASSETS") {
            let origin = "KUBEBUILDER_ASSETS".to_owned();
            return Self::of_folder(Path::new(&folder), origin);
        }
        let folder = cached()?;
        if !folder.is_dir() {
            let reason = "KUBEBUILDER_ASSETS is not set and nothing is built: `cargo run -p \
                          nigari-sandbox --bin testcluster build` builds it, given Go";
            return Err(Unavailable(reason.to_owned()).into());
        }
        let origin = format!("built before, in {}", folder.display());
        Self::of_folder(&folder, origin)
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
            let unfinished = tempfile::Builder::new().prefix("build-").tempdir_in(cache)?;
            build::compile(&unfinished.path().join("control-plane"), say)?;
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
    let homeless = || Unavailable("neither XDG_CACHE_HOME nor HOME is set".to_owned());
    let cache = cache.or_else(home).ok_or_else(homeless)?;
    Ok(cache.join("nigari/control-plane").join(key()?))
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
    for part in
        build::FLAGS.iter().copied().chain([&*build::linker_flags(), std::env::consts::ARCH])
    {
        digest.update(part.as_bytes());
    }
    Ok(digest.finish().as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_without_a_controller_manager_will_do() {
        let folder = tempfile::tempdir().unwrap();
        let of_folder = || Binaries::of_folder(folder.path(), "test".to_owned());
        fs::write(folder.path().join("etcd"), "").unwrap();
        assert!(of_folder().unwrap_err().to_string().ends_with("holds no kube-apiserver"));
        fs::write(folder.path().join("kube-apiserver"), "").unwrap();
        assert!(of_folder().unwrap().controller_manager.is_none());
    }
}
