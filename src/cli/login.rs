//! Arguments that say who talks to the Git host.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// Who talks to the Git host: whoever has the token, or an App.
#[derive(Args, Debug)]
#[command(next_help_heading = "Authentication of this command")]
pub struct LoginArgs {
    /// Ask another program for the token: gh, GitHub's own command line, is the one that is logged in
    #[arg(long, value_name = "PROGRAM", conflicts_with = "app_id")]
    pub token_from: Option<TokenSource>,

    /// Work as the GitHub App with this number and not with a token; the cluster does so too
    #[arg(long, value_name = "ID", requires = "app_private_key_file")]
    pub app_id: Option<String>,

    /// PEM file with a private key of the App
    #[arg(long, visible_alias = "app-private-key", value_name = "FILE", requires = "app_id")]
    pub app_private_key_file: Option<PathBuf>,

    /// Number of the App's installation
    #[arg(long, value_name = "ID", requires = "app_id", conflicts_with = "app_installation_owner")]
    pub app_installation_id: Option<String>,

    /// Organisation or user that has installed the App [default: the repository's owner]
    #[arg(long, value_name = "OWNER", requires = "app_id")]
    pub app_installation_owner: Option<String>,
}

/// Programs that have a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TokenSource {
    /// GitHub's command line
    Gh,
}
