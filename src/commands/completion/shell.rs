//! What each shell loads, and how it wants its answer.

use anyhow::Result;
use clap_complete::engine::CompletionCandidate;
use clap_complete::env::{EnvCompleter as _, Fish, Powershell, Zsh};

use super::{ASKING, PROGRAM};
use crate::cli::completion::Shell;

/// Our own for bash: clap_complete's takes the pieces into which readline splits `--flag=value`, and a value
/// with a colon, for words.
const BASH: &str = include_str!("nigari.bash");

/// The script that asks nigari.
pub(super) fn script(shell: Shell) -> Result<String> {
    let mut script = Vec::new();
    match shell {
        Shell::Bash => return Ok(BASH.to_owned()),
        Shell::Zsh => Zsh.write_registration(ASKING, PROGRAM, PROGRAM, PROGRAM, &mut script)?,
        Shell::Fish => Fish.write_registration(ASKING, PROGRAM, PROGRAM, PROGRAM, &mut script)?,
        Shell::PowerShell => {
            Powershell.write_registration(ASKING, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
        }
    }
    Ok(String::from_utf8(script)?)
}

/// The shell that calls itself so in its script.
pub(super) fn named(name: &str) -> Option<Shell> {
    match name {
        "bash" => Some(Shell::Bash),
        "zsh" => Some(Shell::Zsh),
        "fish" => Some(Shell::Fish),
        "powershell" => Some(Shell::PowerShell),
        _ => None,
    }
}

/// The candidates as the shell's script reads them: one a line, with what it is where there is room for it.
pub(super) fn written(shell: Shell, candidates: &[CompletionCandidate]) -> String {
    candidates.iter().map(|candidate| line(shell, candidate) + "\n").collect()
}

fn line(shell: Shell, candidate: &CompletionCandidate) -> String {
    let value = candidate.get_value().to_string_lossy();
    let help = candidate.get_help().map(ToString::to_string).unwrap_or_default();
    let help = help.lines().next().unwrap_or_default();
    match (shell, help) {
        (Shell::Zsh, "") => escaped(&value).replace(':', "\\:"),
        (Shell::Zsh, help) => format!("{}:{}", escaped(&value).replace(':', "\\:"), escaped(help)),
        (Shell::Bash, _) | (_, "") => value.into_owned(),
        (Shell::Fish | Shell::PowerShell, help) => format!("{value}\t{help}"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\")
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn script_and_program_agree_on_program_and_variable() {
        assert!(BASH.contains(&format!("{ASKING}=bash {PROGRAM} --")));
        for shell in Shell::value_variants() {
            assert!(script(*shell).expect("written into memory").contains(ASKING), "{shell:?}");
        }
    }

    #[test]
    fn zsh_tells_a_colon_in_a_name_from_the_help_behind_it() {
        let candidate = CompletionCandidate::new("arn:aws").help(Some("a \\ b: c".into()));
        assert_eq!(line(Shell::Zsh, &candidate), "arn\\:aws:a \\\\ b: c");
        assert_eq!(line(Shell::Fish, &candidate), "arn:aws\ta \\ b: c");
        assert_eq!(line(Shell::Bash, &candidate), "arn:aws");
    }
}
