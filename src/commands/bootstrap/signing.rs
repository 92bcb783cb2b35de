//! Who the commit is by, who signs it, and why.

use std::fmt;
use std::sync::Arc;

use anyhow::{Result, anyhow};
use secrecy::SecretString;

use crate::cli::bootstrap::CommitArgs;
use crate::cli::signing::SigningArgs;
use crate::commands::create::secret::sensitive;
use crate::context::Context;
use crate::error::{Class, Explain as _};
use crate::git_host::Head;
use crate::git_host::change::{Author, Signing};
use crate::git_host::github::rules::BranchRules;
use crate::git_host::github::{GitHub, Login};
use crate::git_host::signing_key::SigningKey;

/// The author whom upstream names when nobody is named.
const DEFAULT_NAME: &str = "Flux";

/// Opens the user's key, if one was given. Nothing was contacted before.
///
/// # Errors
/// When it cannot sign.
pub(super) async fn key(ctx: &Context, args: &SigningArgs) -> Result<Option<Arc<SigningKey>>> {
    let given = |flag, argument, file: &Option<_>| -> Result<SecretString> {
        let secret = sensitive(ctx, flag, argument, Option::as_deref(file))?;
        Ok(secret.unwrap_or_default())
    };
    let key = if let Some(ring) = &args.gpg_key_ring {
        let passphrase =
            given("--gpg-passphrase", args.gpg_passphrase.as_ref(), &args.gpg_passphrase_file)?;
        SigningKey::gpg(ring, args.gpg_key_id.as_deref(), passphrase).await?
    } else if let Some(file) = &args.ssh_signing_key_file {
        let (argument, twin) = (&args.ssh_signing_password, &args.ssh_signing_password_file);
        SigningKey::ssh(file, given("--ssh-signing-password", argument.as_ref(), twin)?).await?
    } else {
        return Ok(None);
    };
    Ok(Some(Arc::new(key)))
}

/// Who the commit is by, and who signs it.
pub(super) struct Signer {
    pub(super) author: Option<Author>,
    pub(super) signing: Signing,
}

/// Decides who the commit is by, and who signs it: the user's key; else GitHub, which does so only for commits
/// by whom the token belongs to.
pub(super) fn signer(
    github: &GitHub,
    args: &CommitArgs,
    login: Option<&Login>,
    key: Option<&Arc<SigningKey>>,
) -> Signer {
    let email = args.author_email.as_deref().filter(|email| !email.is_empty());
    let author = github.author(&args.author_name, email, login);
    let is_named = args.author_name != DEFAULT_NAME || email.is_some();
    let signing = match key {
        Some(key) => Signing::ByKey(Arc::clone(key)),
        None if is_named => Signing::Unasked,
        None => return Signer { author, signing: Signing::ByHost },
    };
    // Who has a name needs an address too where GitHub would have filled in the App.
    let without_address =
        || Author { name: args.author_name.clone(), email: github.endpoints().anonymous_email() };
    Signer { author: Some(author.unwrap_or_else(without_address)), signing }
}

impl Signer {
    /// Refuses what the rules of a branch that is at `head` would refuse.
    ///
    /// # Errors
    /// [`Class::Denied`] when nobody signs and somebody must.
    pub(super) fn check(&self, branch: &str, head: &Head, rules: &BranchRules) -> Result<()> {
        let Some(rule) = rules.demands_signatures() else { return Ok(()) };
        let reason = match (&self.signing, head) {
            (Signing::Unasked, _) => "GitHub does not sign commits whose author is named",
            (Signing::ByHost, Head::EmptyRepository) => {
                "GitHub does not sign the first commit of a repository"
            }
            (Signing::ByHost | Signing::ByKey(_), _) => return Ok(()),
        };
        let error = anyhow!("a rule of {branch}: {rule}").context(reason);
        Err(self.explain(error.class(Class::Denied)))
    }

    /// Says how the commit could be signed that was refused without.
    pub(super) fn explain(&self, error: anyhow::Error) -> anyhow::Error {
        let error = match self.signing {
            Signing::Unasked => error.hint(
                "leave out --author-name and --author-email: GitHub signs what is by the token's user",
            ),
            Signing::ByHost | Signing::ByKey(_) => error,
        };
        error.hint("sign with a key that GitHub knows: --gpg-key-ring or --ssh-signing-key-file")
    }

    /// In words, for a branch that is at `head`.
    pub(super) fn on<'a>(&'a self, head: &'a Head) -> impl fmt::Display + 'a {
        Words { signer: self, head }
    }
}

struct Words<'a> {
    signer: &'a Signer,
    head: &'a Head,
}

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.signer.signing {
            Signing::ByHost if *self.head == Head::EmptyRepository => {
                f.write_str("the commit is not signed: GitHub makes none in an empty repository")
            }
            Signing::ByHost => f.write_str("GitHub signs the commit, because no author is named"),
            Signing::ByKey(key) => write!(f, "the commit is signed with {key}"),
            Signing::Unasked => f.write_str(
                "the commit is not signed: GitHub does not sign for an author that is named",
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;
    use crate::git_host::endpoints::Endpoints;
    use crate::git_host::github::rules::{Demand, Rule, Source};

    fn signed(name: &str, email: Option<&str>, login: Option<&str>) -> Signer {
        let endpoints = Endpoints::resolve(None, |_| None).expect("endpoints");
        let github = GitHub::new(endpoints, SecretString::from("ghp_x"), None, "nigari/test")
            .expect("github");
        let args = CommitArgs {
            author_name: name.to_owned(),
            author_email: email.map(str::to_owned),
            commit_message_appendix: None,
        };
        let login = login.map(|login| Login { login: login.to_owned(), id: 7, scopes: None });
        signer(&github, &args, login.as_ref(), None)
    }

    #[tokio::test]
    async fn github_signs_unless_an_author_is_named() {
        for (name, email, login, signing) in [
            ("Flux", None, Some("ann"), Signing::ByHost),
            ("Flux", Some(""), Some("ann"), Signing::ByHost),
            ("Flux", None, None, Signing::ByHost),
            ("Ann", None, Some("ann"), Signing::Unasked),
            ("Flux", Some("ann@acme.io"), Some("ann"), Signing::Unasked),
            ("Flux", Some("ann@acme.io"), None, Signing::Unasked),
            ("Ann", None, None, Signing::Unasked),
        ] {
            assert_eq!(signed(name, email, login).signing, signing, "{name} {email:?} {login:?}");
        }
        assert_eq!(signed("Flux", None, None).author, None, "an App is named by GitHub");
        let ann = signed("Ann", None, None).author.map(|author| (author.name, author.email));
        assert_eq!(ann, Some(("Ann".to_owned(), "noreply@github.com".to_owned())));
    }

    #[tokio::test]
    async fn a_rule_that_wants_signatures_refuses_authors() {
        let rule = Rule { demand: Demand::Signatures, source: Source::Protection, binds_us: None };
        let rules = BranchRules { rules: vec![rule], unseen: Vec::new() };
        let (none, empty) = (BranchRules::default(), Head::EmptyRepository);
        for (name, head, rules, refused) in [
            ("Ann", &Head::NoSuchBranch, &rules, Some(Class::Denied)),
            ("Flux", &Head::NoSuchBranch, &rules, None),
            ("Flux", &empty, &rules, Some(Class::Denied)),
            ("Ann", &empty, &none, None),
        ] {
            let checked = signed(name, None, Some("ann")).check("main", head, rules);
            let checked = checked.map_err(|error| class_of(&error));
            assert_eq!(checked.err(), refused, "{name} {head:?} {rules:?}");
        }
    }
}
