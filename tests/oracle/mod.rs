//! Reference data: what upstream publishes.
//!
//! It is looked for in `NIGARI_ORACLE`, else in `../shared/oracle`. Without it the tests that need it say so
//! and pass, unless `NIGARI_REQUIRE_ORACLE=1`.

use std::path::PathBuf;

/// The text of a file of the reference data; nothing when there is none and none is required.
pub(crate) fn text(file: &str) -> Option<String> {
    let root = std::env::var_os("NIGARI_ORACLE").map(PathBuf::from);
    let root =
        root.unwrap_or_else(|| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/oracle").into());
    let text = std::fs::read_to_string(root.join(file));
    if let Err(error) = &text {
        let is_required =
            std::env::var_os("NIGARI_REQUIRE_ORACLE").is_some_and(|value| value == "1");
        assert!(!is_required, "cannot read the reference data {file}: {error}");
        println!("skipped: no reference data at {}", root.display());
    }
    text.ok()
}

/// The text of a file of the release whose components are embedded.
pub(crate) fn release_file(name: &str) -> Option<String> {
    text(&format!("components/v2.9.4/{name}.yaml"))
}
