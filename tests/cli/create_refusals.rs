//! What every argument of every `create` says of a value that cannot be: `create/refusals.txt`. It names the value,
//! says the rule, and shows a right one. Arguments that take any text stand there too.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output};

use clap::CommandFactory as _;
use nigari::cli::Cli;
use snapbox::{Data, assert_data_eq};

use crate::create_arguments::{ABOUT_THE_COMMAND, Files, Row, is_global, leaves, rows};

/// No name, no number, no address, no path that is there, no expression of any kind.
const WRONG: &str = "~(?!= /x";

/// What comes before a right value, or before all that there are.
const EXAMPLE: [&str; 7] = [
    " like ",
    " a right one is ",
    "[possible values: ",
    " one of ",
    " as in ",
    ": write ",
    " or -1 ",
];

/// Credentials of sources, which are not in the table, with what they cannot be without.
const COMPANIONS: [(&str, &str); 7] = [
    ("cert-file", "--key-file=[KEY]"),
    ("key-file", "--cert-file=[CERTIFICATE]"),
    ("password", "--username=ann"),
    ("password-file", "--username=ann"),
    ("username", "--password=secret"),
    ("secret-key", "--access-key=ann"),
    ("secret-key-file", "--access-key=ann"),
];

/// The arguments of each command that is a leaf, and each time all the words that it takes beside it.
fn cases() -> Vec<(String, String, Vec<String>)> {
    let mut tree = Cli::command();
    tree.build();
    let rows = rows();
    let mut cases = Vec::new();
    leaves(tree.find_subcommand("create").unwrap(), "", &mut |path, command| {
        for argument in command.get_arguments() {
            let Some(long) = argument.get_long() else { continue };
            let is_about_it = !is_global(argument) && !ABOUT_THE_COMMAND.contains(&long);
            if is_about_it && argument.get_action().takes_values() {
                cases.push((path.to_owned(), long.to_owned(), beside(&rows, path, long)));
            }
        }
    });
    cases
}

/// What is given beside an argument: as where the table sets it, or else what the command cannot do without.
fn beside(rows: &[Row], path: &str, argument: &str) -> Vec<String> {
    let given = format!("--{argument}=");
    let is_of = |row: &&Row| starts_with(&row.words, path);
    let sets_it = |row: &&Row| row.words.iter().any(|word| word.starts_with(&given));
    let row = rows.iter().filter(is_of).find(sets_it);
    let row = row.or_else(|| rows.iter().find(is_of)).expect(path);
    let words = row.words.iter().filter(|word| !word.starts_with(&given)).cloned();
    let companion =
        COMPANIONS.iter().find(|(one, _)| *one == argument && path.starts_with("source"));
    words.chain(companion.map(|(_, word)| (*word).to_owned())).collect()
}

fn starts_with(words: &[String], path: &str) -> bool {
    path.split(' ').count() <= words.len()
        && path.split(' ').zip(words).all(|(one, other)| one == other)
}

/// The command with one value that cannot be.
fn run(files: &Files, beside: &[String], argument: &str) -> Output {
    let words = beside.iter().map(|word| files.named_in(word));
    let words = words.chain([format!("--{argument}={WRONG}")]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_nigari"));
    command.env_clear().arg("create").args(words).arg("--export").output().unwrap()
}

/// What was said, in one line.
fn told(output: &Output) -> String {
    let stderr = String::from_utf8_lossy(&output.stderr);
    let lines = stderr.lines().map(str::trim).filter(|line| !line.is_empty());
    let lines = lines.filter(|line| !line.starts_with("For more information"));
    lines.collect::<Vec<_>>().join(" | ")
}

#[test]
fn every_refusal_names_the_value_the_rule_and_a_right_one() {
    let files = Files::new();
    let mut table = String::from(
        "# What each argument of `create` says of a value that cannot be; rewritten with SNAPSHOTS=overwrite.\n",
    );
    let mut without_example = Vec::new();
    for (path, argument, beside) in cases() {
        let output = run(&files, &beside, &argument);
        if output.status.success() {
            writeln!(table, "{path} --{argument}: any text").unwrap();
            continue;
        }
        let told = told(&output);
        assert_eq!(output.status.code(), Some(2), "{path} --{argument}: {told}");
        assert!(told.contains(WRONG), "{path} --{argument}: {told}");
        // A file has no right name.
        let is_file = told.contains("cannot read");
        if !is_file && EXAMPLE.iter().all(|sign| !told.contains(sign)) {
            without_example.push(format!("{path} --{argument}: {told}"));
        }
        writeln!(table, "{path} --{argument}: {told}").unwrap();
    }
    assert!(without_example.is_empty(), "{without_example:#?}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/create/refusals.txt");
    assert_data_eq!(table, Data::read_from(&file, None).raw());
}
