//! What would change, as a unified diff: of values as YAML, of files as `git diff` prints them.

use anyhow::Result;
use serde_json::Value;
use similar::TextDiff;

use super::document::Document;
use super::{Paper, clean};

/// Lines of context around a change.
const CONTEXT: usize = 3;

/// The change from one value to another under a header that names it; empty when there is none. A value
/// that is not there is `null`.
///
/// # Errors
/// When a value has no form in YAML, which no JSON value lacks.
pub fn unified(what: &str, before: &Value, after: &Value, paper: Paper) -> Result<String> {
    let (before, after) = (text(before)?, text(after)?);
    let (live, wanted) = (format!("{what} (live)"), format!("{what} (wanted)"));
    Ok(printed(&between(&before, &after, [&live, &wanted]), paper))
}

/// The change of a file in a repository, in the form that `git apply` takes; `before` is none where there
/// was no such file.
#[must_use]
pub fn of_file(path: &str, before: Option<&str>, after: &str, paper: Paper) -> String {
    let (old, new) = (format!("a/{path}"), format!("b/{path}"));
    let mut diff = format!("diff --git {old} {new}\n");
    let old = match before {
        Some(_) => &old,
        None => {
            diff += "new file mode 100644\n";
            "/dev/null"
        }
    };
    diff += &between(before.unwrap_or_default(), after, [old, &new]);
    printed(&diff, paper)
}

fn between(before: &str, after: &str, [old, new]: [&str; 2]) -> String {
    let changes = TextDiff::from_lines(before, after);
    changes.unified_diff().context_radius(CONTEXT).header(old, new).to_string()
}

fn printed(diff: &str, paper: Paper) -> String {
    let lines = diff.split_terminator('\n');
    lines.map(|line| painted(&clean(line), paper.is_styled) + "\n").collect()
}

fn text(value: &Value) -> Result<String> {
    if value.is_null() { Ok(String::new()) } else { Document::Yaml.text(value) }
}

fn painted(line: &str, is_styled: bool) -> String {
    let colour = match line.as_bytes().first() {
        Some(b'-') => 31,
        Some(b'+') => 32,
        Some(b'@') => 36,
        _ => 0,
    };
    if is_styled && colour != 0 {
        format!("\u{1b}[{colour}m{line}\u{1b}[0m")
    } else {
        line.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use snapbox::{assert_data_eq, str};

    use super::*;

    #[test]
    fn what_stays_is_context_and_what_is_far_is_left_out() {
        let before = json!({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": "old", "z": 1});
        let mut after = before.clone();
        after["f"] = "new".into();
        assert_data_eq!(
            unified("ConfigMap a/b", &before, &after, Paper::default()).unwrap(),
            str![[r#"
--- ConfigMap a/b (live)
+++ ConfigMap a/b (wanted)
@@ -3,5 +3,5 @@
 c: 1
 d: 1
 e: 1
-f: old
+f: new
 z: 1

"#]]
        );
        assert_eq!(unified("x", &before, &before, Paper::default()).unwrap(), "");
    }

    #[test]
    fn a_file_changes_as_git_tells_it() {
        // Compared as they are: snapbox would take the backslashes for paths.
        let changed = "diff --git a/a/b.yaml b/a/b.yaml\n--- a/a/b.yaml\n+++ b/a/b.yaml\n\
                       @@ -1,2 +1,2 @@\n 1\n-2\n+3\n\\ No newline at end of file\n";
        assert_eq!(of_file("a/b.yaml", Some("1\n2\n"), "1\n3", Paper::default()), changed);
        let new = "diff --git a/new.yaml b/new.yaml\nnew file mode 100644\n--- /dev/null\n\
                   +++ b/new.yaml\n@@ -0,0 +1 @@\n+1\\u{d}\n";
        assert_eq!(of_file("new.yaml", None, "1\r\n", Paper::default()), new);
    }

    #[test]
    fn what_is_not_there_is_all_new_and_colour_is_for_terminals() {
        let paper = Paper { is_styled: true, ..Paper::default() };
        let diff = unified("x", &Value::Null, &json!({"a": "b\u{1b}[2J"}), paper).unwrap();
        assert!(diff.contains("\u{1b}[32m+"), "{diff}");
        assert!(!diff.contains("\u{1b}[2J"), "{diff}");
    }
}
