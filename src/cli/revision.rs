//! A revision as an argument.

use std::str::FromStr;

use crate::kinds::wanted::Wanted;

/// A revision as an argument: `HEAD`, or one of the forms of [`Wanted`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RevisionArg {
    /// What is checked out in the local repository.
    Head,
    /// A revision by name.
    Named(Wanted),
}

impl FromStr for RevisionArg {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "HEAD" => Ok(Self::Head),
            text => text.parse().map(Self::Named),
        }
    }
}
