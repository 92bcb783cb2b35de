//! Arguments of `completion`, and what the arguments of other commands are completed with.

use clap::builder::ArgExt;
use clap::{Args, ValueEnum};

use crate::kinds::{Kind, Verb};

pub(super) const EXAMPLES: &str = "\
Examples:
  # bash: in ~/.bashrc
  source <(nigari completion bash)

  # zsh: in ~/.zshrc, after compinit
  source <(nigari completion zsh)

  # fish: in ~/.config/fish/config.fish
  nigari completion fish | source

  # PowerShell: in $PROFILE
  nigari completion powershell | Out-String | Invoke-Expression

  # What a package installs; it knows commands and flags, but no names
  nigari completion zsh --static > _nigari";

/// Arguments of `completion`.
#[derive(Args, Debug)]
pub struct CompletionArgs {
    /// Shell that will load the script
    #[arg(value_name = "SHELL")]
    pub shell: Shell,

    /// Print the script that is complete in itself: it never runs nigari, and knows no names
    #[arg(long = "static")]
    pub is_static: bool,
}

/// Shells that completions exist for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bash
    Bash,
    /// Zsh
    Zsh,
    /// Fish
    Fish,
    /// PowerShell
    #[value(name = "powershell", alias = "pwsh")]
    PowerShell,
}

/// What the value of an argument is completed with; put on an argument with `#[arg(add = …)]`.
///
/// It says what is meant and asks nobody: the answers are the `completion` command's.
#[derive(Clone, Copy, Debug)]
pub enum Completes {
    /// Names of the objects of a kind, in the namespace of the command line.
    Names(&'static Kind),
    /// `KIND/NAME` of any kind that supports this.
    Objects(Verb),
    /// Namespaces of the cluster.
    Namespaces,
    /// Contexts of the kubeconfig.
    Contexts,
    /// Clusters of the kubeconfig.
    Clusters,
    /// Users of the kubeconfig.
    Users,
}

impl ArgExt for Completes {}
