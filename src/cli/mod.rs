//! The clap tree: arguments only, no I/O.

pub mod bootstrap;
pub mod check;
pub mod completion;
pub mod components;
pub mod create;
pub mod debug;
pub mod delete;
pub mod events;
pub mod export;
pub mod fleet;
pub mod get;
pub mod global;
pub mod init;
pub mod install;
pub mod login;
pub mod logs;
pub mod man;
pub mod plan;
pub mod proposal;
pub mod reconcile;
pub mod resume;
pub mod revision;
pub mod selection;
pub mod signing;
pub mod ssh_key;
pub mod stats;
pub mod suspend;
pub mod target;
mod tfctl;
pub mod trace;
pub mod tree;
pub mod uninstall;
pub mod wait;
pub mod why;
mod words;

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

pub use global::GlobalArgs;

/// One command line for GitOps: bootstrap a cluster from Git, watch it, and drive commits into it
#[derive(Debug, Parser)]
// As in `flux`, the last one counts when a flag is repeated: a script appends to override.
#[command(name = "nigari", version, propagate_version = true, args_override_self = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Where and how.
    #[command(flatten)]
    pub global: GlobalArgs,
}

impl Cli {
    /// Parses a command line, the program's name first.
    ///
    /// # Errors
    /// When it cannot be understood; and for help and version, which are such errors too.
    pub fn parse_words(words: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let mut tree = Self::command();
        let words = tfctl::in_our_grammar(&mut tree, words.into_iter().collect())?;
        let words = words::in_claps_notation(&tree, words);
        let matches = tree.try_get_matches_from_mut(words)?;
        let mut cli = Self::from_arg_matches(&matches).map_err(|error| error.format(&mut tree))?;
        if cli.command.has_own_token() {
            // One argument of that name is all there is, and clap takes it for both.
            cli.global.token = None;
        }
        Ok(cli)
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Install Flux on a cluster from a Git repository
    Bootstrap(bootstrap::BootstrapArgs),
    /// Check that a cluster can have Flux, and that what it has of Flux is healthy
    ///
    /// Waits for components that are still starting, and ends at once where one is broken, with the reason.
    Check(check::CheckArgs),
    /// Print the script with which a shell completes commands, flags and names
    ///
    /// At every TAB the script asks nigari, which asks the cluster: for names of objects, of namespaces and
    /// of contexts. It waits for at most a second, asks for no password, and is silent when it fails.
    #[command(after_help = completion::EXAMPLES)]
    Completion(completion::CompletionArgs),
    /// Create or update Flux objects, and wait until their controllers have taken them in
    ///
    /// The arguments become a manifest, which is applied to the cluster, shown as a diff (--dry-run) or printed
    /// (--export). Of an object that is there, what others have said stays; what `create` said earlier and
    /// the arguments do not say now is taken back. Interval and pruning stay as they are unless they are said.
    /// Fields that a controller manages are left alone, and that is an error, unless --force is given.
    #[command(after_help = create::EXAMPLES)]
    Create(Box<create::CreateArgs>),
    /// Show what a controller sees of a HelmRelease or a Kustomization: values, variables, status, history
    ///
    /// What values and variables refer to is read from ConfigMaps and Secrets, and printed as it is.
    #[command(after_help = debug::EXAMPLES)]
    Debug(debug::DebugArgs),
    /// Delete Flux objects, after showing what goes with them
    ///
    /// A Kustomization takes the objects that it applied, a HelmRelease its release, a Terraform object what
    /// it made, if its manifest says so. What will go is shown first, from the object's own fields, and its
    /// name has to be typed.
    #[command(after_help = delete::EXAMPLES)]
    Delete(delete::DeleteArgs),
    /// Show what happened to Flux objects, as their controllers recorded it
    ///
    /// The newest event is the last one. Kubernetes forgets events after an hour, unless it is told otherwise.
    #[command(after_help = events::EXAMPLES)]
    Events(events::EventsArgs),
    /// Print Flux objects as YAML manifests
    ///
    /// They hold what makes such an object, and nothing of the life of the one that is there: no status, no
    /// owners, no identity.
    #[command(after_help = export::EXAMPLES)]
    Export(export::ExportArgs),
    /// Show Flux objects and their state
    #[command(after_help = get::EXAMPLES)]
    Get(Box<get::GetArgs>),
    /// Lay out a repository for several environments: shared manifests, and what differs
    ///
    /// Each environment has a cluster, which is synced from a folder of its own. In it are two Flux
    /// Kustomizations: the infrastructure, and the apps, which wait for it. Both apply an overlay of the
    /// environment over a base that all share.
    ///
    /// No file is overwritten: what is there is kept, and named if it says something else. Running it again
    /// writes what is missing. A kustomization file of a cluster's folder gets the entries that it needs,
    /// and is otherwise left as it is.
    #[command(after_help = init::EXAMPLES)]
    Init(Box<init::InitArgs>),
    /// Install or upgrade Flux on a cluster, without a repository
    ///
    /// Applies the components, and waits until they are available. Running it again with other arguments
    /// changes what is installed; running it again with the same ones writes nothing. Objects that are not
    /// part of the installation any more are named and left alone.
    // `--version` names a release here.
    #[command(after_help = install::EXAMPLES, disable_version_flag = true)]
    Install(Box<install::InstallArgs>),
    /// Show what the controllers log: all of them at once, in the order of time
    ///
    /// The namespace is that of the objects that entries are about; what is about no object is shown too,
    /// unless a kind or a name is asked for.
    #[command(after_help = logs::EXAMPLES)]
    Logs(logs::LogsArgs),
    /// Print or install manual pages
    #[command(after_help = man::EXAMPLES)]
    Man(man::ManArgs),
    /// Review the plans of OpenTofu, and approve exactly what was reviewed
    #[command(after_help = plan::EXAMPLES)]
    Plan(Box<plan::PlanArgs>),
    /// Reconcile Flux objects now, and wait for the outcome
    ///
    /// Every object is tried, whatever happens to the others, and each result is told when it is there. A
    /// failure that trying again cannot heal ends the wait for its object at once.
    #[command(after_help = reconcile::EXAMPLES)]
    Reconcile(Box<reconcile::ReconcileArgs>),
    /// Resume suspended Flux objects, and wait until they are reconciled
    ///
    /// The note of the suspension goes away with it.
    #[command(after_help = resume::EXAMPLES)]
    Resume(resume::ResumeArgs),
    /// Count the Flux objects of each kind, and what their artifacts take
    Stats(stats::StatsArgs),
    /// Suspend Flux objects: nothing reconciles them until they are resumed
    ///
    /// Nothing resumes by itself, also not at the time that --until names: that is a note for people, as is
    /// --reason. A reconciliation that is under way comes to its end.
    #[command(after_help = suspend::EXAMPLES)]
    Suspend(suspend::SuspendArgs),
    /// Trace objects back to what applied them, and to its source and revision
    ///
    /// Any object can be asked for, by any word that the cluster knows its kind by; one that was made by a
    /// controller, such as a Pod, is traced through its owners.
    #[command(after_help = trace::EXAMPLES)]
    Trace(trace::TraceArgs),
    /// Show what Flux objects have made, and what that has made in turn
    ///
    /// Kustomizations and releases among it are opened, each once; those that are not ready say why. What is in
    /// another cluster is named, and not looked at.
    #[command(after_help = tree::EXAMPLES)]
    Tree(tree::TreeArgs),
    /// Uninstall Flux from a cluster; what it has applied stays
    ///
    /// Shows what is deleted and what stays, asks, and waits until everything is gone: the controllers first,
    /// then the finalizers of all Flux objects, so that nothing that Flux applied is deleted with them, then
    /// the CRDs with their objects, the roles and the namespace. What another Flux or another tool owns is
    /// never deleted. Run it again after a failure: it goes on where it stopped.
    #[command(after_help = uninstall::EXAMPLES)]
    Uninstall(uninstall::UninstallArgs),
    /// Print the versions of nigari and of what is installed on the cluster
    Version(VersionArgs),
    /// Wait until Flux objects are ready, at a revision, suspended, resumed or gone
    ///
    /// Nothing is written and nobody is asked to reconcile. What is so already is told at once.
    #[command(after_help = wait::EXAMPLES)]
    Wait(wait::WaitArgs),
    /// Say why Flux objects are not ready: the deepest cause, in one line
    ///
    /// Follows what an object's own condition points at: its source, what it depends on, what it has applied,
    /// the Pods of that and their events. The first line is the cause; then come the way to it, what else it
    /// holds up, and what could not be looked at. Nothing is written. Exits with 0 when the objects are ready,
    /// and with 1 when they are not.
    #[command(after_help = why::EXAMPLES)]
    Why(why::WhyArgs),
}

impl Command {
    /// Whether the command ends by itself when it is interrupted: it has something to take back first.
    #[must_use]
    pub fn ends_itself(&self) -> bool {
        let Self::Plan(args) = self else { return false };
        matches!(
            args.command,
            plan::PlanCommand::Approve(_)
                | plan::PlanCommand::BreakGlass(_)
                | plan::PlanCommand::Unlock(_)
        )
    }
}

/// Arguments of `version`.
#[derive(Debug, clap::Args)]
pub struct VersionArgs {
    /// Print the client's version only; no cluster is contacted
    #[arg(long)]
    pub client: bool,

    /// Form of the output
    #[arg(short, long, value_name = "FORMAT", default_value = "yaml")]
    pub output: VersionFormat,
}

/// Forms of `version`'s output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum VersionFormat {
    /// One `name: version` a line
    Yaml,
    /// One object
    Json,
}

impl Command {
    /// Whether it has an argument of its own that is called like the bearer token of the API server.
    fn has_own_token(&self) -> bool {
        let Self::Create(args) = self else { return false };
        let create::CreateObject::Secret(args) = &args.object else { return false };
        matches!(args.secret, create::secret::CreateSecret::Receiver(_))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The arguments of a command and those below that are called like a global one.
    fn clashes(
        command: &clap::Command,
        globals: &BTreeSet<String>,
        path: &str,
        found: &mut Vec<String>,
    ) {
        for below in command.get_subcommands() {
            let path = format!("{path}{} ", below.get_name());
            let own = below.get_arguments().map(|argument| argument.get_id().to_string());
            found.extend(own.filter(|id| globals.contains(id)).map(|id| format!("{path}{id}")));
            clashes(below, globals, &path, found);
        }
    }

    #[test]
    fn no_argument_is_taken_for_a_global_one() {
        let tree = Cli::command();
        let globals = tree.get_arguments().map(|argument| argument.get_id().to_string()).collect();
        let mut found = Vec::new();
        clashes(&tree, &globals, "", &mut found);
        assert_eq!(found, ["create secret receiver token"], "see Command::has_own_token");
        let words = "nigari create secret receiver x --type=github --hostname=a.b --token=hunter2";
        let cli = Cli::parse_words(words.split(' ').map(OsString::from)).unwrap();
        assert!(cli.global.token.is_none());
        assert!(cli.command.has_own_token());
        let cli = Cli::parse_words(["nigari", "check", "--token=a"].map(OsString::from)).unwrap();
        assert!(cli.global.token.is_some());
    }
}
