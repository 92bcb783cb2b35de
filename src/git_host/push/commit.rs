//! Pushes one commit whose tree the server has already: GitHub's API stores trees, and takes no commit with a
//! signature that is not OpenPGP's.
//!
//! Source: `gitprotocol-http`, `gitprotocol-pack` and `gitformat-pack` of Git.

use std::io::Write as _;

use anyhow::{Context as _, Result, anyhow};
use aws_lc_rs::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use http::header::CONTENT_TYPE;
use secrecy::ExposeSecret as _;

use super::{Push, refused, stream};
use crate::error::{Class, Explain as _};

const SERVICE: &str = "git-receive-pack";
/// The name of no object: a branch that does not exist.
const NONE: &str = "0000000000000000000000000000000000000000";
/// The number of a commit among the types of objects in a pack.
const COMMIT: u8 = 1;

impl Push {
    /// Points the branch from commit `before`, or from nowhere, to the commit `text`, named `name`. The server
    /// compares and refuses if the branch is elsewhere; it need not be built on what was there.
    ///
    /// # Errors
    /// As for other pushes; [`Class::Conflict`] when the branch is elsewhere.
    pub(in crate::git_host) async fn commit(
        self,
        before: Option<&str>,
        name: &str,
        text: &[u8],
    ) -> Result<()> {
        let (client, url) = (self.client()?, format!("{}/{SERVICE}", self.url));
        let reference = format!("refs/heads/{}", self.branch);
        let before = before.unwrap_or(NONE);
        let command = format!(
            "{before} {name} {reference}\0report-status side-band-64k agent={}\n",
            self.agent()
        );
        let mut body = packet(command.as_bytes());
        body.extend_from_slice(b"0000");
        body.extend_from_slice(&pack(text).context("cannot pack a commit")?);
        let request = client
            .post(&url)
            .basic_auth(&self.username, Some(self.password.expose_secret()))
            .header(CONTENT_TYPE, format!("application/x-{SERVICE}-request"))
            .body(body);
        let response = request.send().await.map_err(|error| stream::lost(&url, &error))?;
        stream::check(&response, SERVICE, false)?;
        let answer = response.bytes().await.map_err(|error| stream::lost(&url, &error))?;
        Answer::read(&answer)?.result(&reference)
    }
}

/// A pack of one commit.
fn pack(text: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut pack = b"PACK\0\0\0\x02\0\0\0\x01".to_vec();
    // Four bits of the size beside the type, then seven in each byte that the one before announces.
    let mut size = text.len();
    let mut byte = (COMMIT << 4) | (size & 0xf) as u8;
    size >>= 4;
    while size > 0 {
        pack.push(byte | 0x80);
        byte = (size & 0x7f) as u8;
        size >>= 7;
    }
    pack.push(byte);
    let mut packed = ZlibEncoder::new(pack, Compression::default());
    packed.write_all(text)?;
    let mut pack = packed.finish()?;
    let sum = digest(&SHA1_FOR_LEGACY_USE_ONLY, &pack);
    pack.extend_from_slice(sum.as_ref());
    Ok(pack)
}

fn packet(bytes: &[u8]) -> Vec<u8> {
    let mut packet = format!("{:04x}", bytes.len() + 4).into_bytes();
    packet.extend_from_slice(bytes);
    packet
}

/// What the server says to a push.
#[derive(Debug, Default)]
struct Answer {
    /// The lines of its report.
    report: Vec<String>,
    /// What its hooks say to people.
    told: String,
}

impl Answer {
    fn read(bytes: &[u8]) -> Result<Self> {
        let (mut report, mut told) = (Vec::new(), String::new());
        for packet in packets(bytes)? {
            match packet.split_first() {
                Some((1, rest)) => report.extend_from_slice(rest),
                Some((2 | 3, rest)) => told.push_str(&String::from_utf8_lossy(rest)),
                _ => {}
            }
        }
        let line = |packet: &[u8]| String::from_utf8_lossy(packet).trim_end().to_owned();
        Ok(Self { report: packets(&report)?.into_iter().map(line).collect(), told })
    }

    fn result(&self, reference: &str) -> Result<()> {
        let told = format!("ok {reference}");
        if self.report.contains(&told) {
            return Ok(());
        }
        let begin = format!("ng {reference} ");
        let status = self.report.iter().find_map(|line| line.strip_prefix(&begin));
        let unpacked = self.report.iter().find_map(|line| line.strip_prefix("unpack "));
        Err(refused(status.or(unpacked).unwrap_or("it does not say why"), &self.told))
    }
}

/// The contents of packets; those without any end a list.
fn packets(bytes: &[u8]) -> Result<Vec<&[u8]>> {
    let broken = || anyhow!("the Git server's answer is cut off").class(Class::Unreachable);
    let (mut packets, mut rest) = (Vec::new(), bytes);
    while !rest.is_empty() {
        let length = rest.get(..4).and_then(|length| std::str::from_utf8(length).ok());
        let length = length.and_then(|length| usize::from_str_radix(length, 16).ok());
        let length = length.ok_or_else(broken)?.max(4);
        packets.push(rest.get(4..length).ok_or_else(broken)?);
        rest = &rest[length..];
    }
    packets.retain(|packet| !packet.is_empty());
    Ok(packets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::class_of;

    #[test]
    fn git_reads_the_pack() {
        let folder = tempfile::tempdir().expect("folder");
        let repository = git2::Repository::init_bare(folder.path()).expect("repository");
        let text = format!(
            "tree {}\nauthor A <a@b> 1 +0000\ncommitter A <a@b> 1 +0000\n\n{}",
            "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
            "long ".repeat(1000)
        );
        let database = repository.odb().expect("database");
        let mut writer = database.packwriter().expect("writer");
        writer.write_all(&pack(text.as_bytes()).expect("pack")).expect("written");
        writer.commit().expect("read");
        let name = git2::Oid::hash_object(git2::ObjectType::Commit, text.as_bytes()).expect("name");
        let read = database.read(name).expect("found");
        assert_eq!((read.kind(), read.data()), (git2::ObjectType::Commit, text.as_bytes()));
    }

    fn answer(report: &[&str], told: &str) -> Answer {
        let lines = report.iter().flat_map(|line| packet(format!("{line}\n").as_bytes()));
        let mut inner = vec![1];
        inner.extend(lines.chain(*b"0000"));
        let mut bytes = packet(&inner);
        bytes.extend(packet(format!("\x02{told}").as_bytes()));
        bytes.extend(b"0000");
        Answer::read(&bytes).expect("answer")
    }

    #[test]
    fn the_report_decides() {
        let reference = "refs/heads/main";
        assert!(answer(&["unpack ok", "ok refs/heads/main"], "").result(reference).is_ok());
        let moved = answer(&["unpack ok", "ng refs/heads/main failed to update ref"], "");
        assert_eq!(class_of(&moved.result(reference).expect_err("moved")), Class::Conflict);
        let rule = answer(
            &["unpack ok", "ng refs/heads/main pre-receive hook declined"],
            "error: GH013: Repository rule violations found\n",
        );
        let error = rule.result(reference).expect_err("rule");
        assert!(crate::git_host::is_refused_by_rule(&error), "{error:?}");
    }

    #[test]
    fn an_answer_that_is_cut_off_is_no_success() {
        for bytes in [&b"00"[..], b"0010\x01ok", b"zzzz"] {
            let error = Answer::read(bytes).expect_err("broken");
            assert_eq!(class_of(&error), Class::Unreachable);
        }
    }
}
