//! From flags, environment and kubeconfig to the configuration of a client.

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, Uri, header};
use kube::Config;
use kube::config::{
    AuthInfo, Cluster as ClusterEntry, Context as ContextEntry, Kubeconfig, KubeconfigError,
};
use secrecy::SecretString;

use super::failure::deepest;
use super::proxy::ProxyVariables;
use crate::cli::GlobalArgs;
use crate::context::Environment;
use crate::error::{Class, Explain as _, usage};

/// How to reach a cluster: what the flags and the environment say, nothing read yet.
#[derive(Clone, Debug)]
pub struct ConnectOptions {
    flags: GlobalArgs,
    /// The value of `KUBECONFIG`: a list of files in the system's notation for paths.
    list: Option<OsString>,
    home: Option<PathBuf>,
    proxy: ProxyVariables,
    /// Whether this process runs in a pod.
    in_cluster: bool,
    /// The value of `POD_NAMESPACE`.
    pod_namespace: Option<String>,
}

/// Where a Pod finds the namespace of its account.
const POD_NAMESPACE_FILE: &str = "/var/run/secrets/kubernetes.io/serviceaccount/namespace";

/// What a kubeconfig offers to choose from, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// Values of `--context`.
    pub contexts: Vec<String>,
    /// Values of `--cluster`.
    pub clusters: Vec<String>,
    /// Values of `--user`.
    pub users: Vec<String>,
}

impl ConnectOptions {
    /// From the global arguments and the environment; reads nothing yet.
    #[must_use]
    pub fn new(global: &GlobalArgs, environment: &Environment) -> Self {
        let either = |upper: &str, lower: &str| {
            environment.get(upper).or_else(|| environment.get(lower)).map(str::to_owned)
        };
        Self {
            flags: global.clone(),
            list: environment.get_os("KUBECONFIG").map(OsString::from),
            home: environment
                .get_os("HOME")
                .or_else(|| environment.get_os("USERPROFILE"))
                .map(PathBuf::from),
            proxy: ProxyVariables {
                https: either("HTTPS_PROXY", "https_proxy"),
                http: either("HTTP_PROXY", "http_proxy"),
                exceptions: either("NO_PROXY", "no_proxy"),
            },
            in_cluster: environment.get("KUBERNETES_SERVICE_HOST").is_some(),
            pod_namespace: environment.get("POD_NAMESPACE").map(str::to_owned),
        }
    }

    /// The namespace of the kubeconfig context; without a kubeconfig, in a pod, that of the pod.
    ///
    /// # Errors
    /// When the kubeconfig cannot be read, or lacks the context that was asked for.
    pub fn context_namespace(&self) -> Result<Option<String>> {
        let Some(kubeconfig) = self.kubeconfig()? else { return Ok(self.namespace_of_pod()) };
        let context = self.context_of(&kubeconfig)?;
        Ok(context.and_then(|context| context.namespace).filter(|name| !name.is_empty()))
    }

    /// The namespace of the pod that this process runs in, as client-go finds it.
    fn namespace_of_pod(&self) -> Option<String> {
        if !self.in_cluster {
            return None;
        }
        let written = || fs::read_to_string(POD_NAMESPACE_FILE).ok();
        let namespace = self.pod_namespace.clone().or_else(written)?;
        Some(namespace.trim().to_owned()).filter(|namespace| !namespace.is_empty())
    }

    /// The names of what the kubeconfig offers to choose from; empty without a kubeconfig.
    ///
    /// # Errors
    /// When the kubeconfig cannot be read.
    pub fn offered(&self) -> Result<Offered> {
        let kubeconfig = self.kubeconfig()?.unwrap_or_default();
        Ok(Offered {
            contexts: kubeconfig.contexts.into_iter().map(|entry| entry.name).collect(),
            clusters: kubeconfig.clusters.into_iter().map(|entry| entry.name).collect(),
            users: kubeconfig.auth_infos.into_iter().map(|entry| entry.name).collect(),
        })
    }

    /// The client's configuration: the kubeconfig overridden by the flags, else the pod's own account.
    ///
    /// # Errors
    /// [`Class::Usage`] when nothing says where the cluster is, or what was named does not exist.
    pub(super) fn config(&self) -> Result<Config> {
        let kubeconfig = self.kubeconfig()?;
        let is_told = kubeconfig.is_some() || self.flags.server.is_some();
        let mut config = match kubeconfig {
            None if !is_told && self.in_cluster => Config::incluster()
                .context("cannot use the pod's service account")
                .class(Class::Usage)?,
            None if !is_told => return Err(self.no_kubeconfig()),
            kubeconfig => self.config_from(&kubeconfig.unwrap_or_default())?,
        };
        config.auth_info = self.identity(config.auth_info)?;
        config.default_retry = false;
        config.disable_compression |= self.flags.disable_compression;
        let agent = HeaderValue::from_static(concat!("nigari/", env!("CARGO_PKG_VERSION")));
        config.headers.push((header::USER_AGENT, agent));
        Ok(config)
    }

    /// The kubeconfig files, merged: the first file that sets a value wins. Nothing when there is none.
    ///
    /// A file of `KUBECONFIG` that does not exist is skipped, as `kubectl` does.
    fn kubeconfig(&self) -> Result<Option<Kubeconfig>> {
        if let Some(path) = &self.flags.kubeconfig {
            return read(path).map(Some);
        }
        let paths: Vec<PathBuf> = match &self.list {
            Some(list) => std::env::split_paths(list).filter(|path| path.exists()).collect(),
            None => self
                .home
                .iter()
                .map(|home| home.join(".kube/config"))
                .filter(|path| path.exists())
                .collect(),
        };
        let mut merged: Option<Kubeconfig> = None;
        for path in paths {
            let next = read(&path)?;
            merged = Some(match merged {
                None => next,
                Some(first) => first
                    .merge(next)
                    .with_context(|| format!("cannot merge {} into the kubeconfig", path.display()))
                    .class(Class::Usage)?,
            });
        }
        Ok(merged)
    }

    fn no_kubeconfig(&self) -> anyhow::Error {
        let looked = match &self.list {
            Some(list) => format!("none of KUBECONFIG={} exists", list.to_string_lossy()),
            None => "there is no ~/.kube/config and KUBECONFIG is not set".to_owned(),
        };
        usage(format!("no kubeconfig: {looked}"))
            .hint("name one with --kubeconfig FILE or KUBECONFIG")
    }

    /// The context that the flags or the kubeconfig select; nothing when none is selected.
    fn context_of(&self, kubeconfig: &Kubeconfig) -> Result<Option<ContextEntry>> {
        let selected = self.flags.context.as_ref().or(kubeconfig.current_context.as_ref());
        let Some(name) = selected.filter(|name| !name.is_empty()) else { return Ok(None) };
        let entry = kubeconfig.contexts.iter().find(|entry| entry.name == *name);
        match entry {
            Some(entry) => Ok(Some(entry.context.clone().unwrap_or_default())),
            None => Err(usage(format!("the kubeconfig has no context {name:?}"))
                .hint(known("contexts", kubeconfig.contexts.iter().map(|entry| &entry.name)))),
        }
    }

    /// The configuration that a kubeconfig describes, with the flags over it.
    ///
    /// kube's own loader is not used: it stumbles over `NO_PROXY` (see [`super::proxy`]).
    fn config_from(&self, kubeconfig: &Kubeconfig) -> Result<Config> {
        let context = self.context_of(kubeconfig)?;
        let cluster = self.cluster_of(kubeconfig, context.as_ref())?;
        let Some(server) = cluster.server.as_deref().filter(|server| !server.is_empty()) else {
            return Err(usage("the kubeconfig selects no cluster").hint(known(
                "contexts to choose with --context",
                kubeconfig.contexts.iter().map(|entry| &entry.name),
            )));
        };
        let server: Uri = server
            .parse()
            .with_context(|| format!("the server's address {server:?} is not a URL"))
            .class(Class::Usage)?;
        let mut config = Config::new(server.clone());
        config.accept_invalid_certs = cluster.insecure_skip_tls_verify.unwrap_or(false);
        if !config.accept_invalid_certs {
            config.root_cert = authority(&cluster)?;
        }
        config.tls_server_name = cluster.tls_server_name.clone();
        config.disable_compression = cluster.disable_compression.unwrap_or(false);
        config.proxy_url = self.proxy.proxy_for(&server, cluster.proxy_url.as_deref())?;
        config.auth_info = self.user_of(kubeconfig, context.as_ref(), &cluster)?;
        Ok(config)
    }

    /// The cluster entry, overridden by the flags about the server.
    fn cluster_of(
        &self,
        kubeconfig: &Kubeconfig,
        context: Option<&ContextEntry>,
    ) -> Result<ClusterEntry> {
        let flags = &self.flags;
        let name = flags.cluster.as_ref().or(context.map(|context| &context.cluster));
        let entry =
            name.and_then(|name| kubeconfig.clusters.iter().find(|entry| entry.name == *name));
        let mut cluster = match (name, entry) {
            (_, Some(entry)) => entry.cluster.clone().unwrap_or_default(),
            (None, None) => ClusterEntry::default(),
            (Some(_), None) if flags.server.is_some() && flags.cluster.is_none() => {
                ClusterEntry::default()
            }
            (Some(name), None) => {
                return Err(usage(format!("the kubeconfig has no cluster {name:?}"))
                    .hint(known("clusters", kubeconfig.clusters.iter().map(|entry| &entry.name))));
            }
        };
        if let Some(server) = &flags.server {
            cluster.server = Some(server.clone());
        }
        if let Some(path) = &flags.certificate_authority {
            cluster.certificate_authority = Some(path.to_string_lossy().into_owned());
            cluster.certificate_authority_data = None;
        }
        if let Some(name) = &flags.tls_server_name {
            cluster.tls_server_name = Some(name.clone());
        }
        if flags.insecure_skip_tls_verify {
            cluster.insecure_skip_tls_verify = Some(true);
        }
        Ok(cluster)
    }

    /// The user entry of the context. A context may name none, and client-go accepts a missing one.
    fn user_of(
        &self,
        kubeconfig: &Kubeconfig,
        context: Option<&ContextEntry>,
        cluster: &ClusterEntry,
    ) -> Result<AuthInfo> {
        let asked = self.flags.user.as_ref();
        let name = asked.or(context.and_then(|context| context.user.as_ref()));
        let entry =
            name.and_then(|name| kubeconfig.auth_infos.iter().find(|entry| entry.name == *name));
        if let (Some(asked), None) = (asked, entry) {
            return Err(usage(format!("the kubeconfig has no user {asked:?}"))
                .hint(known("users", kubeconfig.auth_infos.iter().map(|entry| &entry.name))));
        }
        let mut user = entry.and_then(|entry| entry.auth_info.clone()).unwrap_or_default();
        if let Some(exec) = &mut user.exec
            && exec.provide_cluster_info
        {
            exec.cluster = Some(cluster.try_into().class(Class::Usage)?);
        }
        Ok(user)
    }

    /// The identity, overridden by the flags about the user.
    fn identity(&self, mut user: AuthInfo) -> Result<AuthInfo> {
        let flags = &self.flags;
        if let Some(token) = &flags.token {
            // A token given by hand stands for every other way to log in, else kube would prefer those.
            (user.auth_provider, user.exec, user.token_file) = (None, None, None);
            (user.username, user.password) = (None, None);
            user.token = Some(SecretString::clone(token));
        }
        if let Some(path) = &flags.client_certificate {
            user.client_certificate = Some(path.to_string_lossy().into_owned());
            user.client_certificate_data = None;
        }
        if let Some(path) = &flags.client_key {
            user.client_key = Some(path.to_string_lossy().into_owned());
            user.client_key_data = None;
        }
        if let Some(name) = &flags.as_user {
            user.impersonate = Some(name.clone());
        }
        if let Some(uid) = &flags.as_uid {
            user.impersonate_uid = Some(uid.clone());
        }
        if !flags.as_group.is_empty() {
            user.impersonate_groups = Some(flags.as_group.clone());
        }
        if !flags.as_user_extra.is_empty() {
            user.impersonate_user_extra = Some(extras(&flags.as_user_extra)?);
        }
        Ok(user)
    }
}

fn read(path: &Path) -> Result<Kubeconfig> {
    Kubeconfig::read_from(path)
        .map_err(|error| {
            anyhow!("cannot read the kubeconfig {}: {}", path.display(), unread(&error))
        })
        .class(Class::Usage)
}

/// Why a kubeconfig cannot be read. What YAML's own errors quote of it may be a token.
fn unread(error: &KubeconfigError) -> String {
    let KubeconfigError::Parse(error) = error else { return deepest(error) };
    match error.location() {
        Some(at) => format!("line {}, column {} is not what it may hold", at.line(), at.column()),
        None => "it is not a kubeconfig".to_owned(),
    }
}

/// A hint that lists what could have been named.
fn known<'a>(what: &str, names: impl Iterator<Item = &'a String>) -> String {
    let names: Vec<&str> = names.map(String::as_str).collect();
    if names.is_empty() {
        format!("it has no {what}")
    } else {
        format!("{what}: {}", names.join(", "))
    }
}

/// `KEY=VALUE` pairs; a key may come several times.
fn extras(pairs: &[String]) -> Result<HashMap<String, Vec<String>>> {
    let mut extras: HashMap<String, Vec<String>> = HashMap::new();
    for pair in pairs {
        let Some((key, value)) = pair.split_once('=').filter(|(key, _)| !key.is_empty()) else {
            return Err(usage(format!("--as-user-extra {pair:?} is not KEY=VALUE")));
        };
        extras.entry(key.to_owned()).or_default().push(value.to_owned());
    }
    Ok(extras)
}

/// The certificates of the server's authority in DER; nothing means the system's.
fn authority(cluster: &ClusterEntry) -> Result<Option<Vec<Vec<u8>>>> {
    let data = cluster.certificate_authority_data.as_deref().filter(|data| !data.is_empty());
    let file = cluster.certificate_authority.as_deref().filter(|file| !file.is_empty());
    let bundle = match (data, file) {
        (Some(data), _) => STANDARD
            .decode(data.trim())
            .context("certificate-authority-data of the kubeconfig is not base64")
            .class(Class::Usage)?,
        (None, Some(file)) => fs::read(file)
            .with_context(|| format!("cannot read the certificate authority {file}"))
            .class(Class::Usage)?,
        (None, None) => return Ok(None),
    };
    let parts = pem::parse_many(bundle)
        .context("the certificate authority is not PEM")
        .class(Class::Usage)?;
    let certificates = parts.into_iter().filter(|part| part.tag() == "CERTIFICATE");
    Ok(Some(certificates.map(pem::Pem::into_contents).collect()))
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;
    use secrecy::ExposeSecret as _;
    use tempfile::TempDir;

    use super::*;
    use crate::cli::Cli;
    use crate::error::{class_of, report};

    const FIRST: &str = "
current-context: one
contexts:
- {name: one, context: {cluster: one, user: one, namespace: apps}}
clusters:
- {name: one, cluster: {server: 'https://one:6443', proxy-url: 'http://proxy:3128'}}
users:
- {name: one, user: {token: first}}
";
    const SECOND: &str = "
current-context: two
contexts:
- {name: two, context: {cluster: two, user: missing}}
clusters:
- {name: one, cluster: {server: 'https://late:6443'}}
- {name: two, cluster: {server: 'https://two:6443', insecure-skip-tls-verify: true}}
";

    struct Files(TempDir);

    impl Files {
        fn new() -> Self {
            let files = Self(TempDir::new().expect("a temporary directory"));
            for (name, text) in [("first", FIRST), ("second", SECOND)] {
                fs::write(files.0.path().join(name), text).expect("the file can be written");
            }
            files
        }

        /// Options as for `nigari ARGS version` with `KUBECONFIG` naming `list`.
        fn options(
            &self,
            list: &[&str],
            args: &[&str],
            variables: &[(&str, &str)],
        ) -> ConnectOptions {
            let args = ["nigari"].iter().chain(args).chain(&["version"]);
            let cli = Cli::try_parse_from(args).expect("the arguments parse");
            let list = list.iter().map(|name| self.0.path().join(name));
            let list = std::env::join_paths(list).expect("no separator in the paths");
            let variables = variables.iter().map(|(name, value)| (name.into(), value.into()));
            let environment = variables.chain([("KUBECONFIG".into(), list)]).collect();
            ConnectOptions::new(&cli.global, &environment)
        }
    }

    #[test]
    fn what_cannot_be_read_of_a_kubeconfig_is_not_quoted() {
        let user = "users:\n- name: one\n  user:\n    token:";
        for text in [
            format!("{user} canary\n    exec: [\n"),
            format!("{user} {{canary: 1}}\n"),
            "users: canary\n".to_owned(),
            "canary\n".to_owned(),
            "canary: 1\ncanary: 2\n".to_owned(),
        ] {
            let files = Files::new();
            fs::write(files.0.path().join("first"), &text).expect("the file can be written");
            let options = files.options(&["first"], &[], &[]);
            let error = report(&options.kubeconfig().expect_err(&text));
            assert!(error.contains("cannot read the kubeconfig"), "{text}: {error}");
            assert!(!error.contains("canary"), "{text}: {error}");
        }
    }

    #[test]
    fn files_are_merged_first_wins_and_missing_ones_are_skipped() {
        let files = Files::new();
        let config =
            files.options(&["gone", "first", "second"], &[], &[]).config().expect("a config");
        assert_eq!(config.cluster_url, "https://one:6443/");
        assert_eq!(config.proxy_url.expect("the kubeconfig's proxy"), "http://proxy:3128/");
        assert_eq!(config.auth_info.token.expect("a token").expose_secret(), "first");
        assert!(!config.default_retry);
    }

    #[test]
    fn a_context_of_another_file_can_be_chosen() {
        let files = Files::new();
        let options = files.options(&["first", "second"], &["--context=two"], &[]);
        let config = options.config().expect("a config");
        assert_eq!(config.cluster_url, "https://two:6443/");
        assert!(config.accept_invalid_certs);
        assert_eq!(options.context_namespace().expect("readable"), None);
    }

    #[test]
    fn every_file_offers_its_entries() {
        let files = Files::new();
        let offered = files.options(&["first", "gone", "second"], &[], &[]).offered();
        let offered = offered.expect("readable");
        assert_eq!(
            (offered.contexts, offered.users),
            (vec!["one".into(), "two".into()], vec!["one".into()])
        );
        assert_eq!(
            files.options(&["gone"], &[], &[]).offered().expect("nothing"),
            Offered::default()
        );
    }

    #[test]
    fn the_contexts_namespace_is_known() {
        let files = Files::new();
        let options = files.options(&["first"], &[], &[]);
        assert_eq!(options.context_namespace().expect("readable").as_deref(), Some("apps"));
    }

    #[test]
    fn flags_override_the_kubeconfig() {
        let files = Files::new();
        let flags = [
            "--server=https://three:6443",
            "--token=typed",
            "--tls-server-name=internal",
            "--insecure-skip-tls-verify",
            "--as=ann",
            "--as-group=dev",
            "--as-group=ops",
            "--as-uid=7",
            "--as-user-extra=team=a",
            "--as-user-extra=team=b",
        ];
        let config = files.options(&["first"], &flags, &[]).config().expect("a config");
        assert_eq!(config.cluster_url, "https://three:6443/");
        assert_eq!(config.tls_server_name.as_deref(), Some("internal"));
        assert!(config.accept_invalid_certs);
        let user = config.auth_info;
        assert_eq!(user.token.expect("a token").expose_secret(), "typed");
        assert_eq!(user.impersonate.as_deref(), Some("ann"));
        assert_eq!(user.impersonate_uid.as_deref(), Some("7"));
        assert_eq!(user.impersonate_groups.expect("groups"), ["dev", "ops"]);
        assert_eq!(user.impersonate_user_extra.expect("extras")["team"], ["a", "b"]);
    }

    #[test]
    fn an_odd_no_proxy_neither_breaks_nor_misleads() {
        let files = Files::new();
        let variables = [("https_proxy", "proxy:1"), ("NO_PROXY", "localhost,, two ,")];
        let chosen = |context: &str| {
            let flags = [context, "--cluster=two"];
            files
                .options(&["first", "second"], &flags, &variables)
                .config()
                .expect("a config")
                .proxy_url
        };
        assert_eq!(chosen("--context=one"), None);
        let elsewhere = files.options(&["second"], &["--server=https://four:1"], &variables);
        let proxy = elsewhere.config().expect("a config").proxy_url;
        assert_eq!(proxy.expect("the environment's proxy"), "http://proxy:1/");
    }

    #[test]
    fn an_unknown_context_lists_the_known_ones() {
        let files = Files::new();
        let error =
            files.options(&["first", "second"], &["--context=x"], &[]).config().unwrap_err();
        assert_eq!(class_of(&error), Class::Usage);
        assert_eq!(
            report(&error),
            "error: the kubeconfig has no context \"x\"\n  hint: contexts: one, two\n"
        );
    }

    #[test]
    fn without_a_kubeconfig_the_error_says_where_it_was_looked_for() {
        let files = Files::new();
        let error = files.options(&["gone"], &[], &[]).config().unwrap_err();
        assert_eq!(class_of(&error), Class::Usage);
        let text = report(&error);
        assert!(text.starts_with("error: no kubeconfig: none of KUBECONFIG="), "{text}");
        assert!(text.contains("hint: name one with --kubeconfig"), "{text}");
    }

    #[test]
    fn a_server_alone_is_enough() {
        let files = Files::new();
        let config = files.options(&["gone"], &["--server=http://localhost:8001"], &[]).config();
        assert_eq!(config.expect("a config").cluster_url, "http://localhost:8001/");
    }

    #[test]
    fn a_broken_kubeconfig_is_named() {
        let files = Files::new();
        let path = files.0.path().join("broken");
        fs::write(&path, "contexts: [").expect("the file can be written");
        let error = files.options(&["broken"], &[], &[]).config().unwrap_err();
        assert_eq!(class_of(&error), Class::Usage);
        assert!(error.to_string().contains(&path.display().to_string()), "{error}");
    }
}
