//! Files that the user named.

use std::io::Read as _;
use std::path::Path;

use anyhow::{Context as _, Result};
use secrecy::SecretString;
use serde_json::Value;

use crate::error::{Class, Explain as _};
use crate::manifests::yaml;

/// Longer than any key or certificate; keeps a wrong file on standard input out of memory.
const LONGEST_SECRET_BYTES: u64 = 1024 * 1024;

/// Reads a file; `flag` is the argument that names it.
///
/// # Errors
/// [`Class::Usage`], with the flag.
pub(super) fn bytes(path: &Path, flag: &str) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| cannot_read(path, flag)).class(Class::Usage)
}

/// Reads a file of text.
///
/// # Errors
/// [`Class::Usage`], with the flag.
pub(super) fn text(path: &Path, flag: &str) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| cannot_read(path, flag)).class(Class::Usage)
}

/// Reads a file with a secret as it is, such as a private key.
///
/// # Errors
/// [`Class::Usage`], with the flag.
pub(super) fn verbatim(path: &Path, flag: &str) -> Result<SecretString> {
    text(path, flag).map(Into::into)
}

/// Reads a secret: a file, or standard input for `-`; without the line break at its end.
///
/// # Errors
/// [`Class::Usage`], with the flag.
pub(super) fn secret(path: &Path, flag: &str) -> Result<SecretString> {
    if path != Path::new("-") {
        return Ok(text(path, flag)?.trim_end_matches(['\r', '\n']).into());
    }
    let mut text = String::new();
    let stdin = std::io::stdin().lock();
    let read = stdin.take(LONGEST_SECRET_BYTES).read_to_string(&mut text);
    read.with_context(|| format!("cannot read standard input ({flag})")).class(Class::Usage)?;
    Ok(text.trim_end_matches(['\r', '\n']).into())
}

/// Reads files with values and merges them, later ones over earlier ones; nothing without values.
///
/// # Errors
/// [`Class::Usage`], with the flag.
pub(super) fn values(paths: &[impl AsRef<Path>], flag: &str) -> Result<Option<Value>> {
    let mut merged = None;
    for path in paths {
        let path = path.as_ref();
        let read = text(path, flag)?;
        let documents = yaml::documents(&read)
            .with_context(|| format!("{} ({flag}) is not YAML", path.display()))
            .class(Class::Usage)?;
        for document in documents {
            merged = Some(merge(merged.unwrap_or(Value::Null), document));
        }
    }
    Ok(merged.filter(|values| !values.is_null()))
}

/// Merges maps deeply; everything else is replaced.
fn merge(base: Value, over: Value) -> Value {
    match (base, over) {
        (Value::Object(mut base), Value::Object(over)) => {
            for (key, value) in over {
                let before = base.remove(&key).unwrap_or(Value::Null);
                base.insert(key, merge(before, value));
            }
            Value::Object(base)
        }
        (_, over) => over,
    }
}

fn cannot_read(path: &Path, flag: &str) -> String {
    format!("cannot read {} ({flag})", path.display())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::error::class_of;

    #[test]
    fn maps_are_merged_and_everything_else_is_replaced() {
        let base = json!({"a": {"b": 1, "c": [1, 2]}, "d": 1, "e": {"f": 1}});
        let over = json!({"a": {"c": [3]}, "d": {"x": 1}, "e": null});
        assert_eq!(merge(base, over), json!({"a": {"b": 1, "c": [3]}, "d": {"x": 1}, "e": null}));
    }

    #[test]
    fn later_files_win_and_no_file_is_no_value() {
        let folder = tempfile::tempdir().unwrap();
        let [one, two, none] = ["one", "two", "none"].map(|name| folder.path().join(name));
        std::fs::write(&one, "a: 1\nb: {c: 1}\n").unwrap();
        std::fs::write(&two, "b: {d: 2}\n").unwrap();
        std::fs::write(&none, "# nothing\n").unwrap();
        assert_eq!(
            values(&[&one, &two, &none], "--values").unwrap(),
            Some(json!({"a": 1, "b": {"c": 1, "d": 2}}))
        );
        assert_eq!(values(&[&none], "--values").unwrap(), None);
        std::fs::write(&two, "a: [").unwrap();
        let error = values(&[&two], "--values").unwrap_err();
        assert_eq!(class_of(&error), Class::Usage);
        assert!(error.to_string().ends_with("two (--values) is not YAML"), "{error}");
    }
}
