//! The command tree as the scripts tell it: what many commands share is in it once.

use clap::{Arg, Command, ValueHint};

/// The command tree.
pub(super) struct Outline {
    /// Every command, the program first.
    pub(super) commands: Vec<Entry>,
    /// The flags that commands have beside the global ones; [`Entry::group`] counts them from 0.
    pub(super) groups: Vec<Vec<Flag>>,
    /// The flags of every command.
    pub(super) globals: Vec<Flag>,
}

/// A command.
pub(super) struct Entry {
    /// The names from the program to here: `nigari/get/kustomization`.
    pub(super) at: String,
    /// Where it is a word: `nigari/get`. Empty for the program.
    pub(super) parent: String,
    /// Its name and its aliases.
    pub(super) words: Vec<String>,
    pub(super) about: String,
    /// Which flags it has.
    pub(super) group: usize,
    /// What its first argument can be, where that is known.
    pub(super) values: Vec<Word>,
}

/// A word with its explanation.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) help: String,
}

/// A flag.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Flag {
    /// As they are typed: `-n`, `--namespace`.
    pub(super) names: Vec<String>,
    pub(super) help: String,
    pub(super) value: Value,
}

/// What comes after a flag.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Nothing; or a value that comes behind `=` or not at all.
    None,
    Any,
    File,
    OneOf(Vec<Word>),
}

impl Outline {
    /// Reads a tree that was built.
    pub(super) fn of(tree: &Command) -> Self {
        let globals = tree.get_arguments().filter(|arg| arg.is_global_set());
        let globals = globals.filter_map(flag).collect();
        let mut outline = Self { commands: Vec::new(), groups: Vec::new(), globals };
        outline.add(tree, String::new());
        outline
    }

    fn add(&mut self, command: &Command, parent: String) {
        let name = command.get_name();
        let at = if parent.is_empty() { name.to_owned() } else { format!("{parent}/{name}") };
        let flags = command.get_arguments().filter_map(flag);
        let own: Vec<Flag> = flags.filter(|flag| !self.globals.contains(flag)).collect();
        let known = self.groups.iter().position(|group| *group == own);
        let group = known.unwrap_or_else(|| {
            self.groups.push(own);
            self.groups.len() - 1
        });
        let positional = command.get_positionals().next();
        self.commands.push(Entry {
            at: at.clone(),
            parent,
            words: command.get_name_and_visible_aliases().into_iter().map(str::to_owned).collect(),
            about: command.get_about().map(first_line).unwrap_or_default(),
            group,
            values: positional.map(possible_values).unwrap_or_default(),
        });
        // clap gives `help` a copy of the tree.
        for child in command.get_subcommands().filter(|child| !child.is_hide_set()) {
            if name != "help" {
                self.add(child, at.clone());
            }
        }
    }

    /// The commands whose word can follow at `at`.
    pub(super) fn children<'a>(&'a self, at: &'a str) -> impl Iterator<Item = &'a Entry> {
        self.commands.iter().filter(move |entry| entry.parent == at)
    }

    /// The words that may follow at a command.
    pub(super) fn words(&self, entry: &Entry) -> Vec<Word> {
        let of_child = |child: &Entry| {
            let word = |text: &String| Word { text: text.clone(), help: child.about.clone() };
            child.words.iter().map(word).collect::<Vec<_>>()
        };
        let mut words: Vec<Word> = self.children(&entry.at).flat_map(of_child).collect();
        words.extend(entry.values.iter().cloned());
        words
    }

    /// Which words lead from one command to another: `nigari/get/ks` to `nigari/get/kustomization`.
    pub(super) fn steps(&self) -> impl Iterator<Item = (Vec<String>, &str)> {
        let below =
            self.commands.iter().filter(|entry| !entry.parent.is_empty() && !entry.is_help());
        below.map(|entry| {
            let typed = entry.words.iter().map(|word| format!("{}/{word}", entry.parent));
            (typed.collect(), entry.at.as_str())
        })
    }

    /// The flags after which a value comes as a word of its own, whichever command has them.
    pub(super) fn valued(&self) -> Vec<&str> {
        let all = || self.groups.iter().flatten().chain(&self.globals);
        let names = |is_valued: bool| {
            let flags = all().filter(move |flag| (flag.value != Value::None) == is_valued);
            flags.flat_map(|flag| flag.names.iter().map(String::as_str))
        };
        let bare: Vec<&str> = names(false).collect();
        let mut valued: Vec<&str> = names(true).filter(|name| !bare.contains(name)).collect();
        valued.sort_unstable();
        valued.dedup();
        valued
    }

    /// The flags with a choice of values, with their group.
    pub(super) fn choices(&self) -> impl Iterator<Item = (usize, &Flag, &[Word])> {
        let groups = self.groups.iter().enumerate();
        let flags = groups.flat_map(|(group, flags)| flags.iter().map(move |flag| (group, flag)));
        flags.filter_map(|(group, flag)| match &flag.value {
            Value::OneOf(words) => Some((group, flag, words.as_slice())),
            Value::None | Value::Any | Value::File => None,
        })
    }
}

impl Entry {
    /// Whether it is `help`: what follows is understood as the words of the command that is asked about.
    pub(super) fn is_help(&self) -> bool {
        self.words[0] == "help"
    }
}

fn flag(arg: &Arg) -> Option<Flag> {
    if arg.is_positional() || arg.is_hide_set() {
        return None;
    }
    let shorts = arg.get_short_and_visible_aliases().unwrap_or_default();
    let longs = arg.get_long_and_visible_aliases().unwrap_or_default();
    let names = shorts.iter().map(|short| format!("-{short}"));
    let names = names.chain(longs.iter().map(|long| format!("--{long}"))).collect();
    Some(Flag {
        names,
        help: arg.get_help().map(first_line).unwrap_or_default(),
        value: value(arg),
    })
}

fn value(arg: &Arg) -> Value {
    let is_optional = arg.get_num_args().is_some_and(|range| range.min_values() == 0);
    if !arg.get_action().takes_values() || (is_optional && arg.is_require_equals_set()) {
        return Value::None;
    }
    let words = possible_values(arg);
    match arg.get_value_hint() {
        _ if !words.is_empty() => Value::OneOf(words),
        ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath => Value::File,
        _ => Value::Any,
    }
}

fn possible_values(arg: &Arg) -> Vec<Word> {
    let values = arg.get_possible_values();
    let shown = values.iter().filter(|value| !value.is_hide_set());
    let word = |value: &clap::builder::PossibleValue| Word {
        text: value.get_name().to_owned(),
        help: value.get_help().map(first_line).unwrap_or_default(),
    };
    shown.map(word).collect()
}

fn first_line(text: &clap::builder::StyledStr) -> String {
    text.to_string().lines().next().unwrap_or_default().to_owned()
}
