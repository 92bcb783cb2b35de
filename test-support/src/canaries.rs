//! Secrets that nobody may see, and the search for them.

use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use regex::bytes::Regex;

/// Shorter ones are words that are somewhere by chance.
const SHORTEST: usize = 16;

/// Secrets with their names; a text of several lines is as many secrets.
#[derive(Clone, Default)]
pub struct Canaries(Vec<(String, String)>);

impl Canaries {
    /// Adds a secret, unless it is too short to be told from other words.
    pub fn add(&mut self, name: &str, text: &str) {
        let lines = text.lines().map(str::trim).filter(|line| line.len() >= SHORTEST);
        let lines = lines.filter(|line| !line.starts_with("-----"));
        self.0.extend(lines.map(|line| (name.to_owned(), line.to_owned())));
    }

    /// Adds a private key. What it has in common with its public half is no secret.
    pub fn add_private_key(&mut self, name: &str, private: &str, public: &str) {
        let is_secret = |line: &&str| !public.contains(line.trim());
        let secret: Vec<&str> = private.lines().filter(is_secret).collect();
        self.add(name, &secret.join("\n"));
    }

    /// Adds those of somebody else.
    pub fn extend(&mut self, others: &Self) {
        self.0.extend(others.0.iter().cloned());
    }

    /// Begins a search for all of them.
    pub fn search(&self) -> Search {
        let named = self
            .0
            .iter()
            .flat_map(|(name, text)| forms(text).into_iter().map(move |form| (name.clone(), form)));
        let named: Vec<(String, String)> = named.collect();
        let any: Vec<String> = named.iter().map(|(_, form)| regex::escape(form)).collect();
        // Without a canary there is nothing to find: no text matches an empty class.
        let any = if any.is_empty() { "[a&&b]".to_owned() } else { any.join("|") };
        Search { named, any: Regex::new(&any).unwrap() }
    }
}

/// A text as it is, and what it looks like inside of something that is encoded in base64.
fn forms(text: &str) -> Vec<String> {
    let encoded = (0..3).map(|offset| {
        let bytes = [&[0; 2][..offset], text.as_bytes()].concat();
        // Characters at both ends hold bits of what stands before and behind.
        let (first, end) = (offset + usize::from(offset > 0), bytes.len() * 8 / 6);
        STANDARD.encode(&bytes)[first..end].to_owned()
    });
    std::iter::once(text.to_owned()).chain(encoded).collect()
}

/// What is looked for.
pub struct Search {
    named: Vec<(String, String)>,
    /// Any form of any of them.
    any: Regex,
}

impl Search {
    /// The name of a secret that is in `data`.
    pub fn find(&self, data: &[u8]) -> Option<&str> {
        let found = self.any.find(data)?.as_bytes();
        let named = self.named.iter().find(|(_, form)| form.as_bytes() == found);
        named.map(|(name, _)| name.as_str())
    }

    /// Whether it is in `data`; says then what is where.
    pub fn leak(&self, place: &str, data: &[u8]) -> Option<String> {
        self.find(data).map(|name| format!("{name} is in {place}"))
    }

    /// The files below a folder, and their names, that hold one.
    pub fn leaks_below(&self, folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).into_iter().flatten() {
            // It may be deleted while we look.
            let Ok(entry) = entry else { continue };
            let path = entry.path();
            let place = path.display().to_string();
            found.extend(self.leak("the name of a file", entry.file_name().as_encoded_bytes()));
            if path.is_dir() && !path.is_symlink() {
                found.extend(self.leaks_below(&path));
            } else if path.is_file() {
                found.extend(fs::read(&path).ok().and_then(|data| self.leak(&place, &data)));
            }
        }
        found
    }
}
