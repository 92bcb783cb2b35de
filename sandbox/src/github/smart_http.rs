//! Git's smart HTTP protocol, spoken by `git http-backend` as a CGI program.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use git2::Oid;
use http::{Method, StatusCode};

use super::access::{Caller, Refusal};
use super::answer::{Answer, Body};
use super::front::Exchange;
use super::publish::note;
use super::state::Repository;
use super::{GitHub, store};

/// Variables of the surrounding process that would change what Git does.
const INHERITED: &[&str] = &[
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_NAMESPACE",
    "GIT_CONFIG_COUNT",
    "GIT_CONFIG_PARAMETERS",
    "GIT_PROTOCOL",
    "HTTP_CONTENT_ENCODING",
    "CONTENT_TYPE",
];

/// Where this machine's `git http-backend` is.
///
/// # Errors
/// When `git` is not installed, or not with its server side.
pub(super) fn find_backend() -> Result<PathBuf> {
    let output = Command::new("git")
        .arg("--exec-path")
        .output()
        .context("cannot run git; install the package `git`")?;
    let folder = String::from_utf8(output.stdout).context("git's exec path is not UTF-8")?;
    let backend = PathBuf::from(folder.trim()).join("git-http-backend");
    if !backend.exists() {
        bail!("{} is missing; install the package `git`", backend.display());
    }
    Ok(backend)
}

/// What a smart HTTP address names.
struct Target<'a> {
    owner: &'a str,
    name: &'a str,
    /// `info/refs`, `git-upload-pack` or `git-receive-pack`
    file: &'a str,
    write: bool,
}

impl<'a> Target<'a> {
    fn parse(exchange: &'a Exchange) -> Option<Self> {
        let mut parts = exchange.path().trim_start_matches('/').splitn(3, '/');
        let (owner, name, file) = (parts.next()?, parts.next()?, parts.next()?);
        let name = name.strip_suffix(".git").unwrap_or(name);
        let query = exchange.parts.uri.query().unwrap_or_default();
        let service = if file == "info/refs" { query.strip_prefix("service=")? } else { file };
        let write = match service {
            "git-upload-pack" => false,
            "git-receive-pack" => true,
            _ => return None,
        };
        Some(Self { owner, name, file, write })
    }
}

/// Answers one request of a Git client.
pub(super) fn serve(github: &GitHub, exchange: &Exchange) -> Answer {
    let Some(target) = Target::parse(exchange) else { return Answer::not_found() };
    if let Err(refusal) = authorize(github, exchange, &target) {
        return redirect(github, &target).unwrap_or_else(|| refuse(&refusal));
    }
    let found = github.state().repository(target.owner, target.name).cloned();
    let Some(repository) = found else { return Answer::not_found() };
    let is_push = target.write && exchange.parts.method == Method::POST;
    let answer = if is_push {
        push(github, exchange, &target, &repository)
    } else {
        run(github, exchange, &target, &repository)
    };
    answer.unwrap_or_else(|error| {
        let message = format!("git http-backend failed: {error:#}");
        Answer::error(StatusCode::INTERNAL_SERVER_ERROR, message)
    })
}

/// Sends a client from a former name to the present one, where it has to say who it is.
fn redirect(github: &GitHub, target: &Target<'_>) -> Option<Answer> {
    let state = github.state();
    if state.repository(target.owner, target.name).is_some() {
        return None;
    }
    let moved = state.moved(target.owner, target.name)?;
    let service = if target.write { "git-receive-pack" } else { "git-upload-pack" };
    let (origin, name, file) = (&state.origin, moved.full_name(), target.file);
    let location = format!("{origin}/{name}.git/{file}?service={service}");
    let answer = Answer::new(StatusCode::MOVED_PERMANENTLY, Body::Empty);
    (file == "info/refs").then(|| answer.with("location", location))
}

fn authorize(github: &GitHub, exchange: &Exchange, target: &Target<'_>) -> Result<(), Refusal> {
    let (owner, name) = (target.owner, target.name);
    let credentials =
        exchange.header("authorization").split_once(' ').and_then(|(scheme, encoded)| {
            scheme.eq_ignore_ascii_case("basic").then(|| basic(encoded)).flatten()
        });
    match credentials {
        Some((username, password)) => {
            github.authorize_https(owner, name, &username, &password, target.write)
        }
        None => github.authorize_git(owner, name, &Caller::default(), target.write),
    }
}

/// Splits the credentials of HTTP's Basic scheme.
pub(super) fn basic(encoded: &str) -> Option<(String, String)> {
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (username, password) = decoded.split_once(':')?;
    Some((username.to_owned(), password.to_owned()))
}

fn refuse(refusal: &Refusal) -> Answer {
    let status = match refusal {
        Refusal::AuthenticationRequired | Refusal::BadCredentials => StatusCode::UNAUTHORIZED,
        Refusal::RepositoryNotFound => StatusCode::NOT_FOUND,
        _ => StatusCode::FORBIDDEN,
    };
    // Git shows a text/plain body to its user after `remote:`.
    let mut answer = Answer::raw("text/plain; charset=utf-8", refusal.to_string().into_bytes());
    answer.status = status;
    if status == StatusCode::UNAUTHORIZED {
        answer = answer.with("www-authenticate", "Basic realm=\"GitHub\"");
    }
    answer
}

fn push(
    github: &GitHub,
    exchange: &Exchange,
    target: &Target<'_>,
    repository: &Repository,
) -> Result<Answer> {
    for (reference, to) in commands(&exchange.body) {
        github.announce(repository, &reference, to);
    }
    let _lock = github.lock_references();
    let git = git2::Repository::open_bare(&repository.path)?;
    let before = store::references(&git)?;
    let answer = run(github, exchange, target, repository)?;
    if store::references(&git)? != before {
        note(github, &repository.owner, &repository.name);
    }
    Ok(answer)
}

/// The updates that a push asks for: packet lines `OLD NEW REFERENCE`, before the first flush.
fn commands(body: &[u8]) -> Vec<(String, Option<Oid>)> {
    let mut commands = Vec::new();
    let mut rest = body;
    while let Some(line) = take_packet(&mut rest) {
        let line = String::from_utf8_lossy(line);
        // The first line carries the client's capabilities after a NUL.
        let line = line.split('\0').next().unwrap_or_default().trim_end();
        let mut words = line.splitn(3, ' ');
        if let (Some(_), Some(new), Some(reference)) = (words.next(), words.next(), words.next()) {
            let to = store::parse_oid(new).filter(|to| !to.is_zero());
            commands.push((reference.to_owned(), to));
        }
    }
    commands
}

fn take_packet<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let digits = std::str::from_utf8(rest.get(..4)?).ok()?;
    let length = usize::from_str_radix(digits, 16).ok()?;
    let line = rest.get(4..length)?;
    *rest = &rest[length..];
    Some(line)
}

fn run(
    github: &GitHub,
    exchange: &Exchange,
    target: &Target<'_>,
    repository: &Repository,
) -> Result<Answer> {
    let mut command = Command::new(&github.0.backend);
    for name in INHERITED {
        command.env_remove(name);
    }
    let below = repository.path.strip_prefix(&github.0.root)?;
    let path = format!("/{}/{}", below.display(), target.file);
    command
        .env("GIT_PROJECT_ROOT", &github.0.root)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("PATH_INFO", path)
        .env("QUERY_STRING", exchange.parts.uri.query().unwrap_or_default())
        .env("REQUEST_METHOD", exchange.parts.method.as_str())
        .env("REMOTE_ADDR", "127.0.0.1")
        .env("REMOTE_USER", "sandbox")
        .env("CONTENT_LENGTH", exchange.body.len().to_string());
    for (variable, header) in [
        ("CONTENT_TYPE", "content-type"),
        ("GIT_PROTOCOL", "git-protocol"),
        ("HTTP_CONTENT_ENCODING", "content-encoding"),
    ] {
        let value = exchange.header(header);
        if !value.is_empty() {
            command.env(variable, value);
        }
    }
    parse_cgi(&pipe(command, &exchange.body)?)
}

/// Runs a command with `input` and returns its output; both flow at the same time.
fn pipe(mut command: Command, input: &[u8]) -> Result<Vec<u8>> {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let mut stdin = child.stdin.take().context("the child has no standard input")?;
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A child that refuses the push early stops reading; its answer says why.
            let _ = stdin.write_all(input);
        });
        child.wait_with_output()
    })?;
    Ok(output.stdout)
}

fn parse_cgi(output: &[u8]) -> Result<Answer> {
    let end = output
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .context("it answered without a header")?;
    let (head, body) = (std::str::from_utf8(&output[..end])?, &output[end + 4..]);
    let mut answer = Answer::raw("application/octet-stream", body.to_vec());
    for line in head.lines() {
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "status" => {
                let code = value.split(' ').next().unwrap_or_default();
                answer.status = StatusCode::from_bytes(code.as_bytes())?;
            }
            "content-type" => answer = answer.with("content-type", value),
            "cache-control" => answer = answer.with("cache-control", value),
            _ => {}
        }
    }
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_updates_of_a_push_are_read_from_its_packet_lines() {
        let (zero, new) = ("0".repeat(40), "1".repeat(40));
        let first = format!("{zero} {new} refs/heads/main\0 report-status");
        let second = format!("{new} {zero} refs/heads/old");
        let mut body = Vec::new();
        for line in [first, second] {
            body.extend(format!("{:04x}{line}", line.len() + 4).bytes());
        }
        body.extend(b"0000PACK");
        let expected = vec![
            ("refs/heads/main".to_owned(), store::parse_oid(&new)),
            ("refs/heads/old".to_owned(), None),
        ];
        assert_eq!(commands(&body), expected);
    }

    #[test]
    fn a_cgi_status_becomes_the_answers() {
        let answer =
            parse_cgi(b"Status: 403 Forbidden\r\nContent-Type: text/plain\r\n\r\nno").unwrap();
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
}
