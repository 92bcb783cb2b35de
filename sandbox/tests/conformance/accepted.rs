//! The differences that are accepted, each with its reason; there are no others.

use crate::difference::Difference;

/// A row of the table. `*` stands for any run of characters in each of the first three columns.
pub(crate) struct Accepted {
    pub(crate) scenario: &'static str,
    pub(crate) step: &'static str,
    /// See [`Difference::at`].
    pub(crate) at: &'static str,
    pub(crate) reason: &'static str,
    /// Whether it explains only what the sandbox has nothing of.
    pub(crate) is_lack: bool,
    /// Whether it only shows when a controller of the real cluster was faster than the test; every
    /// other row must show, or it is stale.
    pub(crate) is_race: bool,
}

impl Accepted {
    /// Whether the row explains a difference.
    pub(crate) fn explains(&self, difference: &Difference) -> bool {
        matches(self.scenario, difference.scenario)
            && matches(self.step, &difference.step)
            && matches(self.at, &difference.at)
            && (difference.sandbox.is_none() || !self.is_lack)
    }
}

const fn row(
    scenario: &'static str,
    step: &'static str,
    at: &'static str,
    reason: &'static str,
) -> Accepted {
    Accepted { scenario, step, at, reason, is_lack: false, is_race: false }
}

/// A row for what the sandbox has nothing of.
const fn lack(
    scenario: &'static str,
    step: &'static str,
    at: &'static str,
    reason: &'static str,
) -> Accepted {
    Accepted { is_lack: true, ..row(scenario, step, at, reason) }
}

const SUBSET: &str = "the sandbox serves only what nigari, the players and kubectl's basics need";
const BUILD: &str = "nobody built the sandbox from that commit, with that compiler";
const ADDRESS: &str = "no client of ours uses another address than the one it was given";
const CREDENTIAL: &str = "the tests' users have no certificates in the sandbox, but tokens";
const CACHE: &str = "the hash in the address is for caches, and the sandbox wants none";
const PROSE: &str = "no client of ours explains fields";
const SCHEMAS: &str = "clients check names and types of fields, and what a patch may be asked for";
const PUBLISHED: &str = "the sandbox has the types as they are published for programs: without \
    prose, so that a reference stands alone, and in the order of the alphabet";
const BOOKMARK: &str =
    "a bookmark is an object of its kind with nothing in it, and clients read its version alone";
const GENERATED: &str = "a name is generated before it is refused, and no two are the same";
const TEMPLATES: &str = "the real server writes this annotation into some of its answers only";
const TABLES: &str =
    "a client that asks for a table takes an object as well, and prints that itself";

/// Every row.
pub(crate) const TABLE: &[Accepted] = &[
    row("discovery", "GET /version*", "/git*", BUILD),
    row("discovery", "GET /version*", "/goVersion", BUILD),
    row("discovery", "GET /api", "/serverAddressByClientCIDRs/0", ADDRESS),
    row("discovery", "GET /.well-known*", "/jwks_uri", ADDRESS),
    lack("discovery", "GET /apis", "/groups/[*]", SUBSET),
    lack("discovery", "GET /api*", "/resources/[*]", SUBSET),
    Accepted {
        is_race: true,
        ..row(
            "discovery",
            "GET /apis/example.com/v1",
            "/resources in order",
            "the real server lists the kinds of CRDs in no order",
        )
    },
    lack("aggregated discovery", "*", "/items/[*]", SUBSET),
    lack("aggregated discovery", "*", "*/resources/[*]", SUBSET),
    lack("aggregated discovery", "*", "*/subresources", SUBSET),
    lack("aggregated discovery", "*", "*/subresources/[*]", SUBSET),
    row(
        "*",
        "*",
        "*/columnDefinitions/[*]/description",
        "no client prints the description of a column",
    ),
    row("what the sandbox does not serve", "*", "status", SUBSET),
    Accepted {
        is_race: true,
        ..row(
            "events of objects",
            "GET /api/v1/events?limit=500",
            "/items*",
            "the controllers of the real cluster record events in other namespaces",
        )
    },
    lack("reviews", "POST *selfsubjectreviews", "/status/userInfo/extra", CREDENTIAL),
    lack("schemas", "GET /openapi/v3*", "/paths/*", SUBSET),
    row("schemas", "GET /openapi/v3*", "/paths/*/serverRelativeURL", CACHE),
    row("schemas", "*", "*/description", PROSE),
    lack("schemas", "GET /openapi/v3/*", "*", SCHEMAS),
    row("schemas", "GET /openapi/v3/*", "/components/*/$ref", PUBLISHED),
    row("schemas", "GET /openapi/v3/*", "/components/*/required/*", PUBLISHED),
    row("schemas", "GET /openapi/v3/*", "/components/*/default", PUBLISHED),
    row("schemas", "GET /openapi/v3/*", "/components/*.FieldsV1/*", PUBLISHED),
    row("tables that the sandbox does not print", "*", "*", TABLES),
    lack("life of a*", "GET *&sendInitialEvents=true", "/1/object/*", BOOKMARK),
    row("generated names", "POST *", "/message", GENERATED),
    row("generated names", "POST *", "/details/name", GENERATED),
    row("generated names", "POST *", "/details/causes/1/message", GENERATED),
    Accepted {
        is_race: true,
        ..row("life of a DaemonSet", "GET *", "*/metadata/annotations*", TEMPLATES)
    },
    row(
        "rules in CEL",
        "POST *",
        "status",
        "the sandbox runs no CEL rules; they are tested on the real server",
    ),
    row(
        "pages",
        "*continue=nonsense",
        "/message",
        "only a server written in Go has the words of Go's JSON parser",
    ),
];

/// Whether a text fits a pattern in which `*` stands for any run of characters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(start) else { return false };
    text.char_indices()
        .map(|(index, _)| index)
        .chain([text.len()])
        .any(|index| matches(rest, &text[index..]))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn a_star_is_any_run_of_characters() {
        assert!(matches("*", "") && matches("/a/*", "/a/b/c") && matches("/[*]", "/[a]"));
        assert!(!matches("/a", "/a/b") && !matches("/[*]", "/[a]/b") && !matches("*x", "xy"));
    }
}
