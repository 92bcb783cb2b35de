//! Which objects of a kind are meant, when they are not named.

use clap::Args;

/// Which objects of a kind are meant, when they are not named.
#[derive(Args, Clone, Debug)]
pub struct SelectArgs {
    /// Every object of the kind in the namespace
    #[arg(long, global = true)]
    pub all: bool,

    /// Every object of the kind in the namespace with these labels: KEY=VALUE, KEY!=VALUE, KEY in (A,B), KEY
    #[arg(short = 'l', long, global = true, value_name = "SELECTOR")]
    pub label_selector: Option<String>,
}
