//! What a generic command works on: `KIND NAME...` subcommands, built from the table of kinds.
//!
//! `get kustomization apps`, `get sources git`, `get all` and `get kustomization/apps` all end up as one
//! [`Target`]. A command flattens `Target<Its marker>` into its arguments and declares its own flags as
//! global ones, so that they are understood before and after the kind.

use std::marker::PhantomData;

use clap::error::ErrorKind;
use clap::{Arg, ArgMatches, Command};

use super::completion::Completes;
use crate::kinds::{self, Family, Kind, Verb};

/// A generic command: which kinds it knows, and how it describes itself.
pub trait GenericCommand: Clone + Send + Sync + 'static {
    /// The kinds that it knows are those that support this.
    const VERB: Verb;
    /// Whether `all` stands for every kind, and for every kind of a family.
    const HAS_ALL: bool;
    /// Whether at least one name must be given.
    const NEEDS_NAME: bool;

    /// Whether objects of several kinds may be named at once, as `KIND/NAME`.
    const MIXES_KINDS: bool = false;

    /// The help of the subcommand for a kind: imperative, no full stop.
    fn about(kind: &Kind) -> String;
}

/// The objects that a generic command was asked for.
#[derive(Clone, Debug)]
pub struct Target<C> {
    /// One kind, or those of `all`.
    pub kinds: Kinds,
    /// The names, each once; none means every object, where the command allows it. Where kinds are mixed,
    /// [`Kinds::Named`] has them.
    pub names: Vec<String>,
    command: PhantomData<C>,
}

/// The kinds that a generic command was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kinds {
    /// One kind, by name.
    One(&'static Kind),
    /// `all`: each kind that the command knows, or each of a family.
    All(Option<Family>),
    /// Objects of several kinds, where the command mixes them.
    Named(Vec<(&'static Kind, String)>),
}

impl Kinds {
    /// The kinds themselves, in the order of `get all`.
    #[must_use]
    pub fn list(&self, verb: Verb) -> Vec<&'static Kind> {
        match self {
            Self::One(kind) => vec![*kind],
            Self::All(None) => kinds::with(verb).collect(),
            Self::All(family) => kinds::with(verb).filter(|kind| kind.family == *family).collect(),
            Self::Named(objects) => {
                let is_named = |kind: &&Kind| objects.iter().any(|(named, _)| named == kind);
                kinds::with(verb).filter(is_named).collect()
            }
        }
    }
}

const NAME: &str = "name";
const OBJECT: &str = "object";

impl<C: GenericCommand> clap::Args for Target<C> {
    fn augment_args(command: Command) -> Command {
        let mut command = command
            .arg_required_else_help(true)
            .subcommand_value_name("KIND")
            .subcommand_help_heading("Kinds")
            .arg(
                Arg::new(OBJECT)
                    .value_name("KIND/NAME")
                    .num_args(0..)
                    .help(if C::MIXES_KINDS {
                        "Objects, like kustomization/apps gitrepository/fleet"
                    } else {
                        "Objects of one kind, like kustomization/apps"
                    })
                    .add(Completes::Objects(C::VERB)),
            );
        if C::HAS_ALL {
            command = command.subcommand(all("Every kind that is installed"));
        }
        for family in Family::ALL {
            command = command.subcommands(family_command::<C>(family));
        }
        let top_level = kinds::with(C::VERB).filter(|kind| kind.family.is_none());
        command.subcommands(top_level.map(kind_command::<C>))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

fn all(about: &'static str) -> Command {
    Command::new("all").about(about).arg(names())
}

/// The subcommand of a family, when the command knows a kind of it: `source` and its kinds.
fn family_command<C: GenericCommand>(family: Family) -> Option<Command> {
    let kinds: Vec<_> = kinds::with(C::VERB)
        .filter(|kind| kind.family == Some(family))
        .map(kind_command::<C>)
        .collect();
    if kinds.is_empty() {
        return None;
    }
    let mut command = Command::new(family.word())
        .visible_alias(family.plural_word())
        .about(family.about())
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_value_name("KIND")
        .subcommand_help_heading("Kinds");
    if C::HAS_ALL && kinds.len() > 1 {
        command = command.subcommand(all("Each of these kinds that is installed"));
    }
    Some(command.subcommands(kinds))
}

fn kind_command<C: GenericCommand>(kind: &'static Kind) -> Command {
    Command::new(kind.names[0])
        .visible_aliases(kind.names[1..].iter().copied())
        .about(C::about(kind))
        .arg(names().required(C::NEEDS_NAME).add(Completes::Names(kind)))
}

fn names() -> Arg {
    Arg::new(NAME).value_name("NAME").num_args(0..).help("Names of objects, also as KIND/NAME")
}

impl<C: GenericCommand> clap::FromArgMatches for Target<C> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let objects = values(matches, OBJECT);
        let (kinds, names) = match (matches.subcommand(), objects.is_empty()) {
            (Some((word, leaf)), true) => of_subcommand::<C>(word, leaf)?,
            (None, false) => of_objects::<C>(&objects)?,
            (Some((word, _)), false) => {
                let message = format!("{:?} and {word:?} cannot be combined", objects[0]);
                return Err(clap::Error::raw(ErrorKind::ArgumentConflict, message));
            }
            (None, true) => {
                let message = "a kind is needed, or KIND/NAME";
                return Err(clap::Error::raw(ErrorKind::MissingSubcommand, message));
            }
        };
        Ok(Self { kinds, names: distinct(names), command: PhantomData })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// The names without repetitions, in the order in which they were given.
fn distinct<T: PartialEq>(names: Vec<T>) -> Vec<T> {
    let mut distinct = Vec::new();
    for name in names {
        if !distinct.contains(&name) {
            distinct.push(name);
        }
    }
    distinct
}

fn values(matches: &ArgMatches, id: &str) -> Vec<String> {
    matches.get_many(id).into_iter().flatten().cloned().collect()
}

type Named = (Kinds, Vec<String>);

fn of_subcommand<C: GenericCommand>(word: &str, leaf: &ArgMatches) -> Result<Named, clap::Error> {
    let family = Family::ALL.into_iter().find(|family| family.word() == word);
    let (word, leaf) = match (family, leaf.subcommand()) {
        (Some(_), Some(inner)) => inner,
        _ => (word, leaf),
    };
    let given = values(leaf, NAME);
    let known = kinds::with(C::VERB).find(|kind| kind.family == family && kind.names[0] == word);
    let Some(kind) = known else { return Ok((Kinds::All(family), given)) };
    let names: Result<_, _> = given.iter().map(|name| name_of(kind, name)).collect();
    Ok((Kinds::One(kind), names?))
}

/// The name in `NAME` or `KIND/NAME`.
fn name_of(kind: &'static Kind, text: &str) -> Result<String, clap::Error> {
    match text.split_once('/') {
        None => Ok(text.to_owned()),
        Some((word, name)) if kinds::of_word(word) == Some(kind) && !name.is_empty() => {
            Ok(name.to_owned())
        }
        Some(_) => {
            let message = format!("{text:?} does not name a {kind}");
            Err(clap::Error::raw(ErrorKind::InvalidValue, message))
        }
    }
}

/// Objects given as `KIND/NAME`, all of one kind unless the command mixes them.
fn of_objects<C: GenericCommand>(objects: &[String]) -> Result<Named, clap::Error> {
    let kind = kind_of::<C>(&objects[0])?;
    if C::MIXES_KINDS {
        let named = objects.iter().map(|object| {
            let kind = kind_of::<C>(object)?;
            Ok((kind, name_of(kind, object)?))
        });
        let named: Vec<_> = named.collect::<Result<_, clap::Error>>()?;
        if named.iter().any(|(other, _)| *other != kind) {
            return Ok((Kinds::Named(distinct(named)), Vec::new()));
        }
    }
    let names: Result<_, _> = objects.iter().map(|object| name_of(kind, object)).collect();
    Ok((Kinds::One(kind), names?))
}

fn kind_of<C: GenericCommand>(object: &str) -> Result<&'static Kind, clap::Error> {
    let known = object.split_once('/').and_then(|(word, _)| kinds::of_word(word));
    known.filter(|kind| kind.supports(C::VERB)).ok_or_else(|| {
        let words: Vec<_> = kinds::with(C::VERB).map(Kind::command_words).collect();
        let known = words.join(", ");
        let message = format!("{object:?} is no kind, and not KIND/NAME; kinds are {known}");
        clap::Error::raw(ErrorKind::InvalidSubcommand, message)
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Clone, Debug)]
    struct Any;

    impl GenericCommand for Any {
        const VERB: Verb = Verb::Get;
        const HAS_ALL: bool = true;
        const NEEDS_NAME: bool = false;

        fn about(kind: &Kind) -> String {
            format!("Show {kind} objects")
        }
    }

    #[derive(Clone, Debug)]
    struct Named;

    impl GenericCommand for Named {
        const VERB: Verb = Verb::Reconcile;
        const HAS_ALL: bool = false;
        const NEEDS_NAME: bool = true;
        const MIXES_KINDS: bool = true;

        fn about(kind: &Kind) -> String {
            format!("Reconcile a {kind}")
        }
    }

    #[derive(Debug, Parser)]
    struct Tool<C: GenericCommand> {
        #[command(flatten)]
        target: Target<C>,
        #[arg(short = 'A', global = true)]
        everywhere: bool,
    }

    fn parse<C: GenericCommand>(words: &str) -> Result<(Kinds, Vec<String>, bool), clap::Error> {
        let tool = Tool::<C>::try_parse_from(format!("tool {words}").split(' '))?;
        Ok((tool.target.kinds, tool.target.names, tool.everywhere))
    }

    #[track_caller]
    fn expect(words: &str, kind: &str, names: &[&str]) {
        let (kinds, given, _) = parse::<Any>(words).expect(words);
        let kind = kinds::of_api_kind(kind).expect("a kind");
        assert_eq!(
            (kinds, given.iter().map(String::as_str).collect()),
            (Kinds::One(kind), names.to_vec())
        );
    }

    #[test]
    fn understands_the_words_of_flux() {
        expect("kustomizations", "Kustomization", &[]);
        expect("kustomization apps", "Kustomization", &["apps"]);
        expect("ks apps infra", "Kustomization", &["apps", "infra"]);
        expect("hr podinfo", "HelmRelease", &["podinfo"]);
        expect("source git", "GitRepository", &[]);
        expect("sources git fleet", "GitRepository", &["fleet"]);
        expect("sources external", "ExternalArtifact", &[]);
        expect("images policy podinfo", "ImagePolicy", &["podinfo"]);
        expect("image update", "ImageUpdateAutomation", &[]);
        expect("artifacts generators", "ArtifactGenerator", &[]);
        expect("alert-providers slack", "Provider", &["slack"]);
        expect("alert slack", "Alert", &["slack"]);
        expect("terraform vpc", "Terraform", &["vpc"]);
    }

    #[test]
    fn understands_kind_and_name_in_one_word() {
        expect("ks apps ks/apps web apps", "Kustomization", &["apps", "web"]);
        expect("kustomization kustomization/apps", "Kustomization", &["apps"]);
        expect("kustomization/apps ks/infra", "Kustomization", &["apps", "infra"]);
        expect("GitRepository/fleet -A", "GitRepository", &["fleet"]);
        expect("gitrepository.source.toolkit.fluxcd.io/fleet", "GitRepository", &["fleet"]);
    }

    #[test]
    fn all_is_everything_or_a_family() {
        let kinds = |words| parse::<Any>(words).unwrap().0;
        assert_eq!(kinds("all"), Kinds::All(None));
        assert_eq!(kinds("all").list(Verb::Get).len(), kinds::ALL.len());
        assert_eq!(kinds("sources all"), Kinds::All(Some(Family::Source)));
        let images: Vec<_> = kinds("image all").list(Verb::Get).iter().map(|k| k.kind).collect();
        assert_eq!(images, ["ImageRepository", "ImagePolicy", "ImageUpdateAutomation"]);
        assert_eq!(parse::<Any>("all flux-system").unwrap().1, ["flux-system"]);
    }

    #[test]
    fn flags_are_understood_on_either_side_of_the_kind() {
        for words in ["-A ks", "ks -A", "-A sources git", "sources -A git", "sources git -A"] {
            assert!(parse::<Any>(words).unwrap().2, "{words}");
        }
    }

    #[test]
    fn refuses_what_is_no_target() {
        for (words, kind) in [
            ("deployments", ErrorKind::InvalidSubcommand),
            ("deployment/web", ErrorKind::InvalidSubcommand),
            ("ks gitrepository/fleet", ErrorKind::InvalidValue),
            ("ks/apps gitrepository/fleet", ErrorKind::InvalidValue),
            ("ks/", ErrorKind::InvalidValue),
            ("source nothing", ErrorKind::InvalidSubcommand),
            ("-A", ErrorKind::MissingSubcommand),
        ] {
            assert_eq!(parse::<Any>(words).unwrap_err().kind(), kind, "{words}");
        }
        for words in ["ks", "all", "alert slack", "source external x"] {
            assert!(parse::<Named>(words).is_err(), "{words}");
        }
        assert!(parse::<Named>("source git fleet").is_ok());
    }

    #[test]
    fn kinds_are_mixed_where_the_command_does() {
        let mixed = "ks/apps GitRepository/fleet ks/apps ks/web";
        let (kinds, names, _) = parse::<Named>(mixed).unwrap();
        assert_eq!(names, [""; 0]);
        let Kinds::Named(objects) = &kinds else { panic!("{kinds:?}") };
        let objects: Vec<_> = objects.iter().map(|(kind, name)| format!("{kind}/{name}")).collect();
        assert_eq!(objects, ["Kustomization/apps", "GitRepository/fleet", "Kustomization/web"]);
        let list: Vec<_> = kinds.list(Verb::Reconcile).iter().map(|kind| kind.kind).collect();
        assert_eq!(list, ["GitRepository", "Kustomization"]);
        let (kinds, names, _) = parse::<Named>("ks/apps ks/web").unwrap();
        assert!(matches!(kinds, Kinds::One(_)), "{kinds:?}");
        assert_eq!(names, ["apps", "web"]);
    }

    #[test]
    fn the_tree_is_well_formed() {
        use clap::CommandFactory as _;
        Tool::<Any>::command().debug_assert();
        Tool::<Named>::command().debug_assert();
    }
}
