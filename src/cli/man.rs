//! Arguments of `man`.

use std::path::PathBuf;

use clap::Args;

pub(super) const EXAMPLES: &str = "\
Examples:
  # Read the page of a command
  nigari man reconcile kustomization | man -l -

  # Install all pages for yourself
  nigari man --install ~/.local/share/man";

/// Arguments of `man`.
#[derive(Args, Debug)]
pub struct ManArgs {
    /// Command whose page is printed; nigari's own when there is none
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,

    /// Write every page into the folder man1 of DIR, which is made if it is missing
    #[arg(long, value_name = "DIR", conflicts_with = "command", value_hint = clap::ValueHint::DirPath)]
    pub install: Option<PathBuf>,
}
