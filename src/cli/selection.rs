//! Which objects of a kind are meant, when they are not named.

use clap::Args;

use crate::kinds::selector::StateFilter;

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

/// Which objects are meant, by the state that tables show.
#[derive(Args, Clone, Copy, Debug)]
pub struct StateArgs {
    /// Only objects that are not ready
    #[arg(long, global = true)]
    pub not_ready: bool,

    /// Only objects that are suspended
    #[arg(long, global = true)]
    pub suspended: bool,
}

impl StateArgs {
    /// The filter that is meant.
    #[must_use]
    pub fn filter(self) -> StateFilter {
        StateFilter { not_ready: self.not_ready, suspended: self.suspended }
    }
}
