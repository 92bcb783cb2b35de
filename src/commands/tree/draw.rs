//! Trees as text, as data and as pictures.

use serde_json::{Value, json};

use super::grow::Node;
use crate::output::table::fold;

/// Lines and branches, the object itself first.
pub(super) fn text(tree: &Node) -> String {
    let mut text = line(tree);
    branches(&tree.children, "", &mut text);
    text
}

fn branches(nodes: &[Node], indent: &str, text: &mut String) {
    for (place, node) in nodes.iter().enumerate() {
        let (branch, below) = if place + 1 == nodes.len() {
            ("└── ", "    ")
        } else {
            ("├── ", "│   ")
        };
        *text += &format!("{indent}{branch}{}", line(node));
        branches(&node.children, &format!("{indent}{below}"), text);
    }
}

fn line(node: &Node) -> String {
    let resource = fold(&node.resource.to_string());
    match &node.note {
        Some(note) => format!("{resource} ({})\n", fold(note)),
        None => format!("{resource}\n"),
    }
}

/// One tree as upstream writes it, or a list of several.
pub(super) fn document(trees: &[Node]) -> Value {
    match trees {
        [tree] => value(tree),
        trees => trees.iter().map(value).collect(),
    }
}

fn value(node: &Node) -> Value {
    let resource = &node.resource;
    let mut value = json!({"resource": {
        "Namespace": resource.namespace,
        "Name": resource.name,
        "GroupKind": {"Group": resource.group, "Kind": resource.kind},
    }});
    if let Some(note) = &node.note {
        value["note"] = json!(note);
    }
    if !node.children.is_empty() {
        value["resources"] = node.children.iter().map(self::value).collect();
    }
    value
}

/// A flowchart from left to right.
pub(super) fn mermaid(trees: &[Node]) -> String {
    // Mermaid reads markup in labels, and knows no escapes but character numbers.
    let escaped = |text: &str| -> String {
        let plain = |c: char| c.is_alphanumeric() || " /.:,_-()".contains(c);
        text.chars()
            .map(|c| if plain(c) { c.to_string() } else { format!("#{};", u32::from(c)) })
            .collect()
    };
    let (mut nodes, mut edges) = (String::new(), String::new());
    each(trees, &mut |number, parent, label| {
        nodes += &format!("  n{number}[\"{}\"]\n", escaped(label));
        if let Some(parent) = parent {
            edges += &format!("  n{parent} --> n{number}\n");
        }
    });
    format!("flowchart LR\n{nodes}{edges}")
}

/// A directed graph from left to right.
pub(super) fn dot(trees: &[Node]) -> String {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('"', "\\\"");
    let (mut nodes, mut edges) = (String::new(), String::new());
    each(trees, &mut |number, parent, label| {
        nodes += &format!("  n{number} [label=\"{}\"];\n", escaped(label));
        if let Some(parent) = parent {
            edges += &format!("  n{parent} -> n{number};\n");
        }
    });
    format!("digraph tree {{\n  rankdir=LR;\n  node [shape=box];\n{nodes}{edges}}}\n")
}

/// Calls `visit` with the number, the parent's number and the label of each node.
fn each(trees: &[Node], visit: &mut dyn FnMut(usize, Option<usize>, &str)) {
    fn walk(
        node: &Node,
        parent: Option<usize>,
        next: &mut usize,
        visit: &mut dyn FnMut(usize, Option<usize>, &str),
    ) {
        let number = *next;
        *next += 1;
        visit(number, parent, line(node).trim_end());
        node.children.iter().for_each(|child| walk(child, Some(number), next, visit));
    }
    let mut next = 0;
    trees.iter().for_each(|tree| walk(tree, None, &mut next, visit));
}

#[cfg(test)]
mod tests {
    use snapbox::{assert_data_eq, str};

    use super::*;
    use crate::kinds::inventory::Entry;

    fn node(kind: &str, name: &str, note: Option<&str>, children: Vec<Node>) -> Node {
        let resource = Entry {
            group: "apps".to_owned(),
            kind: kind.to_owned(),
            namespace: "web".to_owned(),
            name: name.to_owned(),
        };
        Node { resource, note: note.map(str::to_owned), children }
    }

    fn tree() -> Node {
        let hostile = node("Deployment", "a\u{1b}[2J\"]\\", None, Vec::new());
        let child =
            node("Kustomization", "b", Some("not ready:\nno\u{202e}"), vec![hostile.clone()]);
        node("Kustomization", "a", None, vec![child, hostile])
    }

    #[test]
    fn lines_and_branches_hold_nothing_that_a_terminal_obeys() {
        assert_data_eq!(
            text(&tree()),
            str![[r#"
Kustomization/web/a
├── Kustomization/web/b (not ready: no/u{202e})
│   └── Deployment/web/a/u{1b}[2J"]/
└── Deployment/web/a/u{1b}[2J"]/

"#]]
        );
    }

    #[test]
    fn pictures_hold_nothing_that_ends_a_label() {
        // Snapshots do not tell slashes apart.
        assert!(dot(&[tree()]).contains(r#"n2 [label="Deployment/web/a\\u{1b}[2J\"]\\"];"#));
        assert_data_eq!(
            mermaid(&[tree()]),
            str![[r#"
flowchart LR
  n0["Kustomization/web/a"]
  n1["Kustomization/web/b (not ready: no#92;u#123;202e#125;)"]
  n2["Deployment/web/a#92;u#123;1b#125;#91;2J#34;#93;#92;"]
  n3["Deployment/web/a#92;u#123;1b#125;#91;2J#34;#93;#92;"]
  n0 --> n1
  n1 --> n2
  n0 --> n3

"#]]
        );
        assert_data_eq!(
            dot(&[tree()]),
            str![[r#"
digraph tree {
  rankdir=LR;
  node [shape=box];
  n0 [label="Kustomization/web/a"];
  n1 [label="Kustomization/web/b (not ready: no//u{202e})"];
  n2 [label="Deployment/web/a//u{1b}[2J/"]//"];
  n3 [label="Deployment/web/a//u{1b}[2J/"]//"];
  n0 -> n1;
  n1 -> n2;
  n0 -> n3;
}

"#]]
        );
    }
}
