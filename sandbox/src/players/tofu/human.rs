//! A plan as `tofu show` prints it, without colours.

use std::fmt::Write as _;

use serde_json::Value;

use super::plan::{Action, Change, Plan};

const HIDDEN: &str = "(sensitive value)";

/// The text of a plan; sensitive values are masked in it.
pub(super) fn text(plan: &Plan) -> String {
    if !plan.has_changes() {
        return "\nNo changes. Your infrastructure matches the configuration.\n".to_owned();
    }
    let mut text = String::new();
    let changes = plan.changes.iter().filter(|change| change.action != Action::NoOp);
    let blocks: Vec<_> = changes.map(block).collect();
    if !blocks.is_empty() {
        text.push_str(&legend(plan));
        text.push_str("\nOpenTofu will perform the following actions:\n\n");
        text.push_str(&blocks.join("\n"));
        let (add, change, destroy) = plan.counts();
        let counts = format!("Plan: {add} to add, {change} to change, {destroy} to destroy.");
        writeln!(text, "\n{counts}").expect("writing to a string cannot fail");
    }
    if !plan.outputs.is_empty() {
        text.push_str("\nChanges to Outputs:\n");
        for output in &plan.outputs {
            let after = match &output.after {
                _ if output.is_sensitive => HIDDEN.to_owned(),
                None => "(known after apply)".to_owned(),
                Some(value) => literal(value),
            };
            let line = match (&output.before, &output.after) {
                (Value::Null, _) => format!("  + {} = {after}", output.name),
                (before, Some(Value::Null)) => {
                    format!("  - {} = {} -> null", output.name, masked(before, output.is_sensitive))
                }
                (before, _) => {
                    let before = masked(before, output.is_sensitive);
                    format!("  ~ {} = {before} -> {after}", output.name)
                }
            };
            text.push_str(&line);
            text.push('\n');
        }
    }
    text
}

fn legend(plan: &Plan) -> String {
    let has = |action: Action| plan.changes.iter().any(|change| change.action == action);
    let symbols = [
        (Action::Create, "  + create\n"),
        (Action::Update, "  ~ update in-place\n"),
        (Action::Delete, "  - destroy\n"),
        (Action::Replace, "-/+ destroy and then create replacement\n"),
    ];
    let used: String =
        symbols.iter().filter(|(action, _)| has(*action)).map(|(_, line)| *line).collect();
    format!("\nResource actions are indicated with the following symbols:\n{used}")
}

fn block(change: &Change) -> String {
    let (kind, name) = change.address.split_once('.').unwrap_or((&change.address, ""));
    let (symbol, fate) = match change.action {
        Action::Create => ("  +", "will be created"),
        Action::Update => ("  ~", "will be updated in-place"),
        Action::Replace => ("-/+", "must be replaced"),
        Action::Delete => ("  -", "will be destroyed"),
        Action::NoOp => ("   ", "is unchanged"),
    };
    let mut text = format!("  # {} {fate}\n", change.address);
    if change.action == Action::Delete && !change.is_configured {
        let reason = format!("  # (because {} is not in configuration)\n", change.address);
        text.push_str(&reason);
    }
    writeln!(text, "{symbol} resource \"{kind}\" \"{name}\" {{")
        .expect("writing to a string cannot fail");
    for line in attributes(change) {
        writeln!(text, "      {line}").expect("writing to a string cannot fail");
    }
    text.push_str("    }\n");
    text
}

fn attributes(change: &Change) -> Vec<String> {
    let changed = change.changed();
    let names = [&change.before, &change.after].into_iter().filter_map(Value::as_object).flatten();
    let mut names: Vec<&str> = names.map(|(name, _)| name.as_str()).chain(["id"]).collect();
    names.sort_unstable();
    names.dedup();
    let width = names.iter().map(|name| name.len()).max().unwrap_or_default();
    let mut lines = Vec::new();
    let mut unchanged = 0;
    for name in names {
        let is_sensitive = change.sensitive.contains(name);
        let (before, after) =
            (masked(&change.before[name], is_sensitive), masked(&change.after[name], is_sensitive));
        let line = match change.action {
            Action::Create if name == "id" => format!("+ {name:width$} = (known after apply)"),
            Action::Create => format!("+ {name:width$} = {after}"),
            Action::Delete => format!("- {name:width$} = {before} -> null"),
            Action::Replace if name == "id" => {
                format!("~ {name:width$} = {before} -> (known after apply)")
            }
            _ if name == "id" => format!("  {name:width$} = {before}"),
            _ if changed.contains(name) => {
                let forced =
                    if change.forces_replacement(name) { " # forces replacement" } else { "" };
                format!("~ {name:width$} = {before} -> {after}{forced}")
            }
            _ => {
                unchanged += 1;
                continue;
            }
        };
        lines.push(line);
    }
    if unchanged > 0 {
        let plural = if unchanged == 1 { "" } else { "s" };
        lines.push(format!("# ({unchanged} unchanged attribute{plural} hidden)"));
    }
    lines
}

fn masked(value: &Value, is_sensitive: bool) -> String {
    if is_sensitive && !value.is_null() { HIDDEN.to_owned() } else { literal(value) }
}

fn literal(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let entries: Vec<_> =
                map.iter().map(|(key, value)| format!("{key:?} = {}", literal(value))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::plan::tests::plan;
    use super::*;

    #[test]
    fn changes_are_told_with_their_symbols_and_counts() {
        let file = json!({
            "variable": {"key": {"default": "geheim", "sensitive": true}},
            "resource": {"box": {
                "a": {"size": 2, "label": "x"}, "b": {"key": "${var.key}"}, "c": {"triggers": 2},
            }},
        });
        let cloud = json!({
            "box.a": {"size": 1, "label": "x", "id": "1"},
            "box.c": {"triggers": 1, "id": "3"},
            "box.d": {"size": 1, "id": "4"},
        });
        let text = text(&plan(&file, cloud, false));
        for part in [
            "  # box.a will be updated in-place\n  ~ resource \"box\" \"a\" {",
            "      ~ size  = 1 -> 2\n",
            "      # (1 unchanged attribute hidden)\n",
            "  # box.b will be created\n",
            "      + key = (sensitive value)\n",
            "  # box.c must be replaced\n-/+ resource \"box\" \"c\" {",
            "      ~ triggers = 1 -> 2 # forces replacement\n",
            "  # box.d will be destroyed\n  # (because box.d is not in configuration)\n",
            "Plan: 2 to add, 1 to change, 2 to destroy.\n",
        ] {
            assert!(text.contains(part), "{part:?} is not in {text}");
        }
        assert!(!text.contains("geheim"), "{text}");
    }

    #[test]
    fn no_changes_are_told_as_such() {
        let text = text(&plan(&json!({}), json!({}), false));
        assert!(text.contains("No changes."), "{text}");
    }
}
