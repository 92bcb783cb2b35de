//! Names that only the kubeconfig or the cluster know, within a second and in silence.

use std::ffi::{OsStr, OsString};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap_complete::CompletionCandidate;
use tokio::time::Instant;

use super::line::Line;
use crate::cli::completion::Completes;
use crate::cluster::{Cluster, ConnectOptions};
use crate::context::{self, Environment};
use crate::kinds;

/// How long a person at a TAB waits for everything together.
const PATIENCE: Duration = Duration::from_secs(1);

/// Knows whom to ask about the command line that is being typed.
#[derive(Clone)]
pub(super) struct Answers(Arc<Asked>);

struct Asked {
    line: Option<Line>,
    environment: Environment,
    deadline: std::time::Instant,
}

impl Answers {
    /// For the command line in which the word at `index` is being typed.
    pub(super) fn new(words: Vec<OsString>, index: usize, environment: &Environment) -> Self {
        Self(Arc::new(Asked {
            line: Line::read(words, index),
            environment: environment.clone(),
            deadline: std::time::Instant::now() + PATIENCE,
        }))
    }

    /// What `typed` can become as a value of `argument`; nothing when that cannot be found out in time.
    pub(super) fn to(
        &self,
        what: Completes,
        argument: &str,
        typed: &OsStr,
    ) -> Vec<CompletionCandidate> {
        let (Some(line), Some(typed)) = (&self.0.line, typed.to_str()) else { return Vec::new() };
        let mut names = self.0.ask(line, what, typed).unwrap_or_default();
        names.retain(|name| {
            name.starts_with(typed) && is_harmless(name) && !line.has(argument, name)
        });
        names.sort();
        names.dedup();
        names.into_iter().map(CompletionCandidate::new).collect()
    }
}

/// A shell inserts what it is told, and a terminal obeys it.
fn is_harmless(name: &str) -> bool {
    crate::output::clean(name) == name && !name.contains('\n')
}

impl Asked {
    fn ask(&self, line: &Line, what: Completes, typed: &str) -> Result<Vec<String>> {
        let connect = ConnectOptions::new(&line.global, &self.environment);
        Ok(match what {
            Completes::Contexts => connect.offered()?.contexts,
            Completes::Clusters => connect.offered()?.clusters,
            Completes::Users => connect.offered()?.users,
            _ => self.in_time(self.ask_cluster(line, &connect, what, typed))?,
        })
    }

    async fn ask_cluster(
        &self,
        line: &Line,
        connect: &ConnectOptions,
        what: Completes,
        typed: &str,
    ) -> Result<Vec<String>> {
        let (kind, prefix) = match what {
            Completes::Names(kind) => (Some(kind), ""),
            Completes::Objects(verb) => {
                // Without the slash it would be in the way of the commands for the kinds.
                let Some((word, _)) = typed.split_once('/') else { return Ok(Vec::new()) };
                let kind = kinds::of_word(word).filter(|kind| kind.supports(verb));
                (Some(kind.context("no such kind")?), &typed[..=word.len()])
            }
            _ => (None, ""),
        };
        let cluster = Cluster::connect_unattended(connect).await?;
        let Some(kind) = kind else { return cluster.namespaces().await };
        let namespace = context::namespace(&line.global, &self.environment, connect)?.name;
        let names = cluster.names(kind, (!line.is_everywhere()).then_some(&*namespace)).await?;
        Ok(names.into_iter().map(|name| format!("{prefix}{name}")).collect())
    }

    /// Runs `work` until the time is over.
    fn in_time<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        context::install_crypto();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let deadline = Instant::from_std(self.deadline);
        let outcome = runtime.block_on(async { tokio::time::timeout_at(deadline, work).await });
        // A name that is still being resolved is not waited for.
        runtime.shutdown_background();
        outcome?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_a_terminal_would_obey_is_not_offered() {
        assert!(is_harmless("arn:aws:eks:eu-west-1:1:cluster/production"));
        assert!(is_harmless("Größe 1"));
        for name in ["a\u{1b}[2J", "a\nb", "a\u{202e}b"] {
            assert!(!is_harmless(name), "{name:?}");
        }
    }
}
