//! Prints the script with which a shell completes, and answers that script.
//!
//! The words are clap_complete's to understand; what it cannot know, names and the shell's own traps, is
//! here.

mod answers;
mod line;
mod shell;
mod static_script;

use std::ffi::{OsStr, OsString};
use std::io;

use anyhow::Result;
use clap::{Command, CommandFactory as _};
use clap_complete::ArgValueCompleter;
use clap_complete::engine::{self, CompletionCandidate};

use crate::cli::Cli;
use crate::cli::completion::{Completes, CompletionArgs};
use crate::context::{Context, Environment};

use answers::Answers;
pub use static_script::static_script;

/// The variable in which a script names its shell, so that a command line is completed and not run.
const ASKING: &str = "NIGARI_COMPLETE";

/// The program that the scripts complete and run.
const PROGRAM: &str = "nigari";

/// Prints the script of a shell.
///
/// # Errors
/// When standard output cannot be written to.
pub fn run(ctx: &Context, args: &CompletionArgs) -> Result<()> {
    let script =
        if args.is_static { static_script(args.shell) } else { shell::script(args.shell)? };
    ctx.output.data(&script)
}

/// Answers the script of a shell; `None` when no script asks.
///
/// `arguments` are the program's own, `--`, and the words of the line that is being typed.
///
/// # Errors
/// When there is nothing to complete. Nobody wants to read why: the user is in the middle of typing.
pub fn answer(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &Environment,
) -> Option<io::Result<String>> {
    let shell = shell::named(environment.get(ASKING)?);
    let words: Vec<_> = arguments.into_iter().skip_while(|word| word != "--").skip(1).collect();
    // Zsh hands over the whole line, the others what is before the cursor.
    let index = environment.get("_CLAP_COMPLETE_INDEX").and_then(|index| index.parse().ok());
    let Some((shell, index)) = shell.zip(index.or(words.len().checked_sub(1))) else {
        return Some(Err(io::ErrorKind::InvalidInput.into()));
    };
    let candidates = candidates(words, index, environment);
    Some(candidates.map(|candidates| shell::written(shell, &candidates)))
}

/// What the word at `index` can become.
fn candidates(
    mut words: Vec<OsString>,
    index: usize,
    environment: &Environment,
) -> io::Result<Vec<CompletionCandidate>> {
    if words.len() == index {
        // Zsh leaves out a word that is not begun yet.
        words.push(OsString::new());
    }
    let mut tree = Cli::command();
    tree.build();
    let has_dash = words.get(index).is_some_and(|word| word.to_string_lossy().starts_with('-'));
    let wants_flags =
        has_dash || !takes_words(line::command(&tree, &words[..index.min(words.len())]));
    let mut tree = with_answers(tree, &Answers::new(words.clone(), index, environment));
    let folder = std::env::current_dir().ok();
    let mut candidates = engine::complete(&mut tree, words, index, folder.as_deref())?;
    // Forty flags would bury the names.
    let is_flag = |candidate: &CompletionCandidate| is_flag(candidate.get_value());
    candidates.retain(|candidate| !candidate.is_hide_set() && (wants_flags || !is_flag(candidate)));
    Ok(candidates)
}

fn takes_words(command: &Command) -> bool {
    command.has_subcommands() || command.get_positionals().next().is_some()
}

fn is_flag(word: &OsStr) -> bool {
    word.to_string_lossy().starts_with('-')
}

/// The tree whose arguments know their answers.
fn with_answers(command: Command, answers: &Answers) -> Command {
    let command = command.mut_args(|arg| {
        if let Some(what) = arg.get::<Completes>().copied() {
            let (answers, id) = (answers.clone(), arg.get_id().to_string());
            let answer = move |typed: &OsStr| answers.to(what, &id, typed);
            return arg.add(ArgValueCompleter::new(answer));
        }
        // Else the engine would take the next word for the value of `--export[=BOOL]`.
        if arg.is_require_equals_set() { arg.num_args(0) } else { arg }
    });
    command.mut_subcommands(|subcommand| with_answers(subcommand, answers))
}
