//! `.tar.gz` archives of manifests, read in memory: nothing is ever unpacked to a folder.

use std::collections::BTreeMap;
use std::io::{Read, Take};
use std::path::{Component, Path};

use anyhow::{Context as _, Result, bail, ensure};
use flate2::read::GzDecoder;
use tar::{Archive, Entry, EntryType};

/// The largest archive that is read, packed: a hundred times upstream's.
pub const SIZE_LIMIT: u64 = 16 << 20;

/// How much it may hold, unpacked.
const CONTENT_LIMIT: u64 = 64 << 20;

/// How many entries it may hold, which cost time even when they are empty.
const ENTRY_LIMIT: usize = 1000;

/// Whether `bytes` begin like an archive that [`texts`] can read.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// The YAML files of a `.tar.gz` archive by their paths. Other files are left out.
///
/// # Errors
/// When it is not such an archive, is cut short or damaged, holds more than any release does, or holds
/// what no release does: links, devices, paths that lead out of it, a file twice.
pub fn texts(bytes: &[u8]) -> Result<BTreeMap<String, String>> {
    ensure!(is_archive(bytes), "it is not a .tar.gz archive");
    let mut archive = Archive::new(GzDecoder::new(bytes).take(CONTENT_LIMIT));
    let mut texts = BTreeMap::new();
    for (number, entry) in archive.entries().context("it is not a tar archive")?.enumerate() {
        ensure!(number < ENTRY_LIMIT, "it has more than {ENTRY_LIMIT} entries");
        let mut entry = entry.context("the archive is damaged or cut short")?;
        let Some(path) = path_of_text(&entry)? else { continue };
        let mut text = String::new();
        entry.read_to_string(&mut text).with_context(|| format!("cannot read {path} in it"))?;
        if texts.insert(path.clone(), text).is_some() {
            bail!("it holds {path} twice");
        }
    }
    check_end(archive.into_inner())?;
    Ok(texts)
}

/// The path of an entry that is a YAML file; nothing for folders and other files.
fn path_of_text<R: Read>(entry: &Entry<'_, R>) -> Result<Option<String>> {
    let path = entry.path().context("the archive is damaged")?;
    let shown = path.display();
    match entry.header().entry_type() {
        EntryType::Regular | EntryType::Continuous => {}
        EntryType::Directory | EntryType::XGlobalHeader => return Ok(None),
        _ => bail!("it holds {shown}, which is neither a file nor a folder"),
    }
    let Some(path) = inner_path(&path) else {
        bail!("it holds {shown}, a path that leads out of the archive");
    };
    let is_yaml = [".yaml", ".yml"].iter().any(|suffix| path.ends_with(suffix));
    Ok(is_yaml.then_some(path))
}

/// The path without `.`; nothing for one that is absolute, climbs, or is not UTF-8.
fn inner_path(path: &Path) -> Option<String> {
    let mut names = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => names.push(name.to_str()?),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(names.join("/"))
}

/// Reads what follows the last entry: only then the checksum of the whole content is known to be right.
fn check_end(mut rest: Take<GzDecoder<&[u8]>>) -> Result<()> {
    std::io::copy(&mut rest, &mut std::io::sink())
        .context("the archive is damaged or cut short")?;
    ensure!(rest.limit() > 0, "it holds more than {} MiB", CONTENT_LIMIT >> 20);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    /// An archive with these files; the names are written as they are, however wrong.
    fn archive(files: &[(&str, EntryType, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (name, kind, content) in files {
            let mut header = tar::Header::new_gnu();
            header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_entry_type(*kind);
            header.set_size(content.len() as u64);
            header.set_cksum();
            builder.append(&header, *content).unwrap();
        }
        builder.into_inner().unwrap().finish().unwrap()
    }

    fn file<'a>(name: &'a str, content: &'a [u8]) -> (&'a str, EntryType, &'a [u8]) {
        (name, EntryType::Regular, content)
    }

    #[test]
    fn yaml_files_are_read_by_their_paths() {
        let bytes = archive(&[
            ("./", EntryType::Directory, b""),
            file("./rbac.yaml", b"a: 1\n"),
            file("sub/policies.yml", b"b: 2\n"),
            file("README.md", b"\xff"),
        ]);
        let texts = texts(&bytes).unwrap();
        let texts: Vec<_> = texts.iter().map(|(path, text)| (&**path, &**text)).collect();
        assert_eq!(texts, [("rbac.yaml", "a: 1\n"), ("sub/policies.yml", "b: 2\n")]);
    }

    #[test]
    fn what_no_release_holds_is_refused() {
        for (entry, expected) in [
            (file("../x.yaml", b""), "it holds ../x.yaml, a path that leads out of the archive"),
            (file("a/../../x.yaml", b""), "it holds a/../../x.yaml, a path that leads out of"),
            (file("/etc/x.yaml", b""), "it holds /etc/x.yaml, a path that leads out of"),
            (file("../README", b""), "it holds ../README, a path that leads out of the archive"),
            (
                ("x.yaml", EntryType::Symlink, b""),
                "it holds x.yaml, which is neither a file nor a folder",
            ),
            (file("rbac.yaml", b"\xff"), "cannot read rbac.yaml in it"),
        ] {
            let error = texts(&archive(&[entry])).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        let twice = archive(&[file("a.yaml", b""), file("./a.yaml", b"")]);
        assert_eq!(texts(&twice).unwrap_err().to_string(), "it holds a.yaml twice");
        let many = vec![file("a.md", b""); ENTRY_LIMIT + 1];
        assert_eq!(
            texts(&archive(&many)).unwrap_err().to_string(),
            "it has more than 1000 entries"
        );
    }

    #[test]
    fn an_archive_that_is_cut_or_changed_anywhere_is_refused() {
        let mut random = 1_u32;
        let content: Vec<u8> = std::iter::repeat_with(|| {
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b'a' + (random >> 24) as u8 % 26
        })
        .take(3000)
        .collect();
        let bytes = archive(&[file("a.yaml", &content)]);
        for length in 0..bytes.len() {
            assert!(texts(&bytes[..length]).is_err(), "{length} of {}", bytes.len());
        }
        // Behind the header, whose time and system mean nothing.
        for index in 10..bytes.len() {
            let mut changed = bytes.clone();
            changed[index] ^= 0x10;
            // Some bits of the compression mean nothing either.
            let is_unharmed = |read| read == texts(&bytes).unwrap();
            assert!(texts(&changed).is_ok_and(is_unharmed) || texts(&changed).is_err(), "{index}");
        }
    }

    #[test]
    fn a_small_archive_of_much_content_is_refused() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        let mut header = tar::Header::new_gnu();
        header.set_path("a.md").unwrap();
        header.set_size(CONTENT_LIMIT);
        header.set_cksum();
        gzip.write_all(header.as_bytes()).unwrap();
        let zeros = vec![0; 1 << 20];
        (0..CONTENT_LIMIT >> 20).for_each(|_| gzip.write_all(&zeros).unwrap());
        let bytes = gzip.finish().unwrap();
        assert!(bytes.len() < 1 << 20);
        assert!(texts(&bytes).is_err());
    }

    #[test]
    fn other_files_are_told_from_archives() {
        for bytes in [&b""[..], b"apiVersion: v1\n", b"PK\x03\x04"] {
            assert_eq!(texts(bytes).unwrap_err().to_string(), "it is not a .tar.gz archive");
        }
    }
}
