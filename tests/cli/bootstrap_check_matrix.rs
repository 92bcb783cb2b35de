//! Every kind of credential on every kind of ground: what `--check` says is right, it writes nothing, and what it
//! lets pass is done.

use std::thread;

use nigari_sandbox::github::{RepositoryOptions, Rule, Token, Visibility};
use nigari_sandbox::kube::Deny;
use nigari_sandbox::sandbox::Sandbox;
use nigari_test_support::fleet::{Fleet, REPOSITORY};
use nigari_test_support::run::Run;

/// What a check ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Passed,
    /// Nothing failed, and not everything can be seen.
    Doubtful,
    /// Nothing failed, and somebody will have to merge.
    Proposed,
    Refused,
}

/// Who bootstraps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Credential {
    /// An owner's classic token.
    Classic,
    PublicOnly,
    Scopeless,
    FineGrained,
    /// The same, with pull requests.
    Proposing,
    WithoutAdministration,
    ReadOnly,
    /// Somebody whom the organisation does not know.
    Stranger,
    Unknown,
}

const CREDENTIALS: [Credential; 9] = [
    Credential::Classic,
    Credential::PublicOnly,
    Credential::Scopeless,
    Credential::FineGrained,
    Credential::Proposing,
    Credential::WithoutAdministration,
    Credential::ReadOnly,
    Credential::Stranger,
    Credential::Unknown,
];

impl Credential {
    /// The token, which GitHub knows if it is one.
    fn token(self, fleet: &Fleet) -> &'static str {
        const WRITES: [(&str, &str); 3] =
            [("contents", "write"), ("administration", "write"), ("pull_requests", "write")];
        const READS: [(&str, &str); 2] = [("contents", "read"), ("administration", "read")];
        let github = fleet.github();
        let value = self.value();
        let token = match self {
            Self::Classic => Token::classic(value, "alice", &["repo"]),
            Self::PublicOnly => Token::classic(value, "alice", &["public_repo"]),
            Self::Scopeless => Token::classic(value, "alice", &[]),
            Self::FineGrained => Token::fine_grained(value, "alice", &WRITES[..2]),
            Self::Proposing => Token::fine_grained(value, "alice", &WRITES),
            Self::WithoutAdministration => Token::fine_grained(value, "alice", &WRITES[..1]),
            Self::ReadOnly => Token::fine_grained(value, "alice", &READS),
            Self::Stranger => Token::classic(value, "bob", &["repo"]),
            Self::Unknown => return value,
        };
        github.add_token(token);
        value
    }

    fn value(self) -> &'static str {
        match self {
            Self::Classic => "ghp_classic",
            Self::PublicOnly => "ghp_public_only",
            Self::Scopeless => "ghp_scopeless",
            Self::FineGrained => "github_pat_fine_grained",
            Self::Proposing => "github_pat_proposing",
            Self::WithoutAdministration => "github_pat_without_administration",
            Self::ReadOnly => "github_pat_read_only",
            Self::Stranger => "ghp_stranger",
            Self::Unknown => "ghp_unknown",
        }
    }
}

/// What is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ground {
    Nothing,
    Private,
    Public,
    Empty,
    Archived,
    WithoutKeys,
    /// A private repository, and a cluster where we may not do enough.
    Forbidden,
    /// A branch that takes pull requests only.
    Protected,
    /// The same, for somebody who wants none.
    ProtectedFromUs,
    /// A branch that takes signed commits only, for somebody who names an author.
    Signed,
}

static GROUNDS: [Ground; 10] = [
    Ground::Nothing,
    Ground::Private,
    Ground::Public,
    Ground::Empty,
    Ground::Archived,
    Ground::WithoutKeys,
    Ground::Forbidden,
    Ground::Protected,
    Ground::ProtectedFromUs,
    Ground::Signed,
];

impl Ground {
    fn prepare(self, fleet: &Fleet) {
        let visibility = match self {
            Self::Public => Visibility::Public,
            _ => Visibility::Private,
        };
        if self != Self::Nothing {
            let auto_init = self != Self::Empty;
            let options = RepositoryOptions { visibility, auto_init, ..Default::default() };
            fleet.github().create_repository("acme", REPOSITORY, &options).unwrap();
        }
        let protect = |rule| fleet.github().protect("acme", REPOSITORY, "main", rule).unwrap();
        match self {
            Self::Protected | Self::ProtectedFromUs => protect(Rule::PullRequest),
            Self::Signed => protect(Rule::RequiredSignatures),
            Self::Archived => fleet.github().archive("acme", REPOSITORY).unwrap(),
            Self::WithoutKeys => fleet.github().allow_deploy_keys("acme", false).unwrap(),
            Self::Forbidden => fleet.kube().deny(Deny::new("create", "apps", "deployments")),
            Self::Nothing | Self::Private | Self::Public | Self::Empty => {}
        }
    }

    /// What is wanted there.
    fn flags(self) -> &'static str {
        match self {
            Self::ProtectedFromUs => "--pull-request=never",
            Self::Signed => "--author-name=Ann --author-email=ann@acme.example",
            _ => "",
        }
    }
}

/// What is right, from what GitHub lets be seen of each.
fn right(credential: Credential, ground: Ground) -> Verdict {
    use Verdict::{Doubtful, Passed, Proposed, Refused};
    let is_sound = !matches!(
        ground,
        Ground::Archived | Ground::WithoutKeys | Ground::ProtectedFromUs | Ground::Signed
    );
    match (credential, ground) {
        (_, Ground::Forbidden) | (Credential::Unknown | Credential::Scopeless, _) => Refused,
        (Credential::PublicOnly, Ground::Public) => Passed,
        (Credential::PublicOnly, _) => Refused,
        // A public repository shows that nobody may write; all others look as if they were not there.
        (Credential::Stranger, Ground::Public) => Refused,
        (Credential::Stranger, _) => Doubtful,
        _ if !is_sound => Refused,
        (Credential::Classic | Credential::Proposing, Ground::Protected) => Proposed,
        (_, Ground::Protected) => Refused,
        (Credential::Classic, _) => Passed,
        (Credential::WithoutAdministration, Ground::Nothing) => Doubtful,
        (Credential::WithoutAdministration, _) => Refused,
        (Credential::FineGrained | Credential::Proposing | Credential::ReadOnly, _) => Doubtful,
    }
}

fn run(fleet: &Fleet, token: &str, more: &str) -> Run {
    let more = format!("--components=source-controller,kustomize-controller {more}");
    let mut command = fleet.command(&fleet.bootstrap_arguments(&more));
    command.env("GITHUB_TOKEN", token);
    fleet.run(&mut command)
}

/// What the check says, after which nothing was tried.
fn verdict(fleet: &Fleet, token: &str, flags: &str) -> (Verdict, Run) {
    let run = run(fleet, token, &format!("--check {flags}"));
    let writes = fleet.sandbox.recorder().writes();
    assert!(writes.is_empty(), "{run}\n{writes:#?}");
    let told = run.to_string();
    let verdict = match run.exit_code() {
        Some(0) if told.contains("; a pull request is opened from nigari/") => Verdict::Proposed,
        Some(0) if told.contains("✔ all checks passed") => Verdict::Passed,
        Some(0) if told.contains("✔ no check failed, with") => Verdict::Doubtful,
        Some(0) | None => panic!("{run}"),
        Some(_) => Verdict::Refused,
    };
    (verdict, run)
}

/// Every credential on one ground: the check, and the bootstrap if it leads to nothing. Returns the others.
fn try_out(ground: Ground) -> Vec<(Credential, Ground)> {
    let fleet = Fleet::of(Sandbox::builder().without_players());
    fleet.github().add_user("bob");
    ground.prepare(&fleet);
    let mut promising = Vec::new();
    for credential in CREDENTIALS {
        let token = credential.token(&fleet);
        let (verdict, checked) = verdict(&fleet, token, ground.flags());
        assert_eq!(verdict, right(credential, ground), "{credential:?} on {ground:?}: {checked}");
        let is_doubtful = verdict == Verdict::Doubtful;
        // Where nothing is proposed it does what the one without pull requests does.
        if is_doubtful && credential == Credential::Proposing {
            continue;
        }
        let is_enough = is_doubtful && credential == Credential::FineGrained;
        if matches!(verdict, Verdict::Passed | Verdict::Proposed) || is_enough {
            promising.push((credential, ground));
            continue;
        }
        let done = run(&fleet, token, ground.flags());
        fleet.assert_untouched(&done);
        // What could not be seen is refused by GitHub before anything was written.
        let code = if is_doubtful { Some(6) } else { checked.exit_code() };
        assert_eq!(done.exit_code(), code, "{credential:?} on {ground:?}: {done}");
        fleet.sandbox.recorder().clear();
    }
    fleet.finish();
    promising
}

/// What was let pass is done.
fn bootstrap((credential, ground): (Credential, Ground)) {
    let fleet = Fleet::new();
    ground.prepare(&fleet);
    let token = credential.token(&fleet);
    let done = run(&fleet, token, ground.flags());
    let code = if ground == Ground::Protected { 9 } else { 0 };
    assert_eq!(done.exit_code(), Some(code), "{credential:?} on {ground:?}: {done}");
    fleet.finish();
}

#[test]
fn a_check_that_passes_is_kept_and_one_that_fails_as_well() {
    // Two at a time: each keeps a core busy.
    let (some, others) = GROUNDS.split_at(GROUNDS.len() / 2);
    let promising: Vec<_> = thread::scope(|scope| {
        let try_out = |grounds: &'static [Ground]| {
            scope.spawn(|| grounds.iter().flat_map(|ground| try_out(*ground)).collect::<Vec<_>>())
        };
        [some, others].map(try_out).into_iter().flat_map(|it| it.join().unwrap()).collect()
    });
    assert_eq!(promising.len(), 11, "{promising:?}");
    let (some, others) = promising.split_at(promising.len() / 2);
    thread::scope(|scope| {
        for pairs in [some, others] {
            scope.spawn(|| pairs.iter().copied().for_each(bootstrap));
        }
    });
}
