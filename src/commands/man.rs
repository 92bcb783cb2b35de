//! Prints or installs manual pages.

use std::fs;
use std::io;
use std::path::Path;

use anyhow::{Context as _, Result};
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;

use crate::cli::Cli;
use crate::cli::man::ManArgs;
use crate::context::Context;
use crate::error::{Explain as _, usage};

/// A manual page.
pub struct Page {
    /// The name of its file: `nigari-get.1`.
    pub file: String,
    /// The text, in roff.
    pub text: String,
}

/// Prints the page of a command, or writes all of them into a folder.
///
/// # Errors
/// [`crate::error::Class::Usage`] for a command that does not exist; when a file cannot be written.
pub fn run(ctx: &Context, args: &ManArgs) -> Result<()> {
    let Some(folder) = &args.install else {
        return ctx.output.data(&page(find(&tree(), &args.command)?)?.text);
    };
    let folder = folder.join("man1");
    let count = install(&folder)?;
    ctx.output.done(format_args!("{count} pages are in {}", folder.display()));
    Ok(())
}

/// Every page: nigari's own, and one for each command.
///
/// # Errors
/// None in practice: they are written into memory.
pub fn pages() -> io::Result<Vec<Page>> {
    let mut pages = Vec::new();
    add_pages(&tree(), &mut pages)?;
    Ok(pages)
}

/// The tree as the pages describe it: without a `help` command at every level.
fn tree() -> Command {
    let mut tree = Cli::command().disable_help_subcommand(true);
    tree.build();
    tree
}

fn add_pages(command: &Command, pages: &mut Vec<Page>) -> io::Result<()> {
    for subcommand in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        add_pages(subcommand, pages)?;
    }
    pages.push(page(command)?);
    Ok(())
}

fn page(command: &Command) -> io::Result<Page> {
    // Where it is not said, the command's own last word becomes the name of the program.
    let man = Man::new(command.clone()).source(concat!("nigari ", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    man.render(&mut text)?;
    let text = String::from_utf8(text).map_err(io::Error::other)?;
    Ok(Page { file: man.get_filename(), text })
}

/// The command that the words name, also by its aliases.
fn find<'a>(tree: &'a Command, words: &[String]) -> Result<&'a Command> {
    words.iter().try_fold(tree, |command, word| {
        command.find_subcommand(word).ok_or_else(|| {
            let name = command.get_bin_name().unwrap_or(command.get_name());
            usage(format!("{name:?} has no command {word:?}")).hint(format!("{name} --help"))
        })
    })
}

/// Writes every page into `folder`; returns how many there are.
fn install(folder: &Path) -> Result<usize> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let pages = pages()?;
    for page in &pages {
        let path = folder.join(&page.file);
        fs::write(&path, &page.text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(pages.len())
}
