//! Who depends on whom: order, cycles, dependents. Nothing but values.
//!
//! An edge leads from an object to what must be ready before it: its sources, and what its `dependsOn`
//! names. Only objects that were added are part of the graph; what lies beyond is the controllers' own
//! business.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::fmt;

use kube::api::DynamicObject;

use super::{Kind, ObjectRef};

/// Objects, and what each of them waits for.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    nodes: Vec<ObjectRef>,
    places: HashMap<ObjectRef, usize>,
    /// For each node, the nodes that must be ready before it.
    parents: Vec<BTreeSet<usize>>,
    /// For each node, the nodes that wait for it.
    children: Vec<BTreeSet<usize>>,
}

/// Objects that wait for one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle(Vec<ObjectRef>);

impl Cycle {
    /// The objects of it; each waits for the next, and the last one for the first.
    #[must_use]
    pub fn objects(&self) -> &[ObjectRef] {
        &self.0
    }
}

/// `Kustomization apps/a → Kustomization apps/b → Kustomization apps/a`
impl fmt::Display for Cycle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|object| write!(f, "{object} → "))?;
        self.0.first().map_or(Ok(()), |first| write!(f, "{first}"))
    }
}

impl std::error::Error for Cycle {}

/// What an object waits for, by its manifest: its sources, then its dependencies.
#[must_use]
pub fn parents_of(kind: &Kind, object: &DynamicObject) -> Vec<ObjectRef> {
    let mut parents = (kind.sources)(object);
    parents.extend((kind.dependencies)(object));
    parents
}

impl Graph {
    /// Adds a node, unless it is there.
    pub fn add(&mut self, node: ObjectRef) -> usize {
        if let Some(place) = self.places.get(&node) {
            return *place;
        }
        let place = self.nodes.len();
        self.places.insert(node.clone(), place);
        self.nodes.push(node);
        self.parents.push(BTreeSet::new());
        self.children.push(BTreeSet::new());
        place
    }

    /// Says that `child` waits for `parent`; adds whichever of them is missing.
    pub fn depend(&mut self, child: ObjectRef, parent: ObjectRef) {
        let (child, parent) = (self.add(child), self.add(parent));
        self.parents[child].insert(parent);
        self.children[parent].insert(child);
    }

    /// The nodes, in the order in which they were added.
    #[must_use]
    pub fn nodes(&self) -> &[ObjectRef] {
        &self.nodes
    }

    /// Whether a node is part of the graph.
    #[must_use]
    pub fn has(&self, node: &ObjectRef) -> bool {
        self.places.contains_key(node)
    }

    /// What a node waits for.
    pub fn parents(&self, node: &ObjectRef) -> impl Iterator<Item = &ObjectRef> {
        self.beside(node, &self.parents)
    }

    /// What waits for a node.
    pub fn children(&self, node: &ObjectRef) -> impl Iterator<Item = &ObjectRef> {
        self.beside(node, &self.children)
    }

    fn beside<'a>(
        &'a self,
        node: &ObjectRef,
        edges: &'a [BTreeSet<usize>],
    ) -> impl Iterator<Item = &'a ObjectRef> {
        let edges = self.places.get(node).map(|place| &edges[*place]);
        edges.into_iter().flatten().map(|place| &self.nodes[*place])
    }

    /// Everything that waits for one of `nodes`, directly or not, in the order in which it was added; of the
    /// nodes themselves only those that wait for another one.
    #[must_use]
    pub fn below<'a>(&self, nodes: impl IntoIterator<Item = &'a ObjectRef>) -> Vec<&ObjectRef> {
        let start = nodes.into_iter().filter_map(|node| self.places.get(node).copied());
        let mut open: VecDeque<usize> = start.collect();
        let mut found: BTreeSet<usize> = BTreeSet::new();
        while let Some(place) = open.pop_front() {
            let new = self.children[place].iter().filter(|child| !found.contains(*child));
            let new: Vec<usize> = new.copied().collect();
            found.extend(&new);
            open.extend(new);
        }
        found.into_iter().map(|place| &self.nodes[place]).collect()
    }

    /// The part of the graph that consists of `kept`.
    #[must_use]
    pub fn only(&self, kept: &BTreeSet<&ObjectRef>) -> Self {
        let mut part = Self::default();
        for node in self.nodes.iter().filter(|node| kept.contains(node)) {
            part.add(node.clone());
            for parent in self.parents(node).filter(|parent| kept.contains(parent)) {
                part.depend(node.clone(), parent.clone());
            }
        }
        part
    }

    /// The nodes in layers: each waits for nothing but what is in layers before its own.
    ///
    /// # Errors
    /// A [`Cycle`], if there is one.
    pub fn layers(&self) -> Result<Vec<Vec<&ObjectRef>>, Cycle> {
        let mut waits: Vec<usize> = self.parents.iter().map(BTreeSet::len).collect();
        let mut layer: Vec<usize> =
            (0..self.nodes.len()).filter(|node| waits[*node] == 0).collect();
        let mut layers = Vec::new();
        let mut count = 0;
        while !layer.is_empty() {
            count += layer.len();
            let mut next = Vec::new();
            for child in layer.iter().flat_map(|node| &self.children[*node]) {
                waits[*child] -= 1;
                if waits[*child] == 0 {
                    next.push(*child);
                }
            }
            next.sort_unstable();
            layers.push(layer.iter().map(|node| &self.nodes[*node]).collect());
            layer = next;
        }
        if count == self.nodes.len() { Ok(layers) } else { Err(self.cycle_among(&waits)) }
    }

    /// A cycle among the nodes that still wait. Each of them waits for another one of them, so whoever
    /// follows that comes by some node twice.
    fn cycle_among(&self, waits: &[usize]) -> Cycle {
        let is_stuck = |node: &usize| waits[*node] > 0;
        let mut path: Vec<usize> = Vec::new();
        let mut node = (0..waits.len()).find(is_stuck);
        while let Some(place) = node {
            if let Some(start) = path.iter().position(|earlier| *earlier == place) {
                path.drain(..start);
                break;
            }
            path.push(place);
            node = self.parents[place].iter().copied().find(is_stuck);
        }
        // The same cycle is told the same way, wherever it was entered.
        let first = path.iter().enumerate().min_by_key(|(_, node)| &self.nodes[**node]);
        let first = first.map_or(0, |(place, _)| place);
        path.rotate_left(first);
        Cycle(path.into_iter().map(|node| self.nodes[node].clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn node(name: impl fmt::Display) -> ObjectRef {
        ObjectRef {
            kind: "Kustomization".to_owned(),
            namespace: "apps".to_owned(),
            name: name.to_string(),
        }
    }

    /// A graph of `child > parent` words.
    fn graph(edges: &str) -> Graph {
        let mut graph = Graph::default();
        for edge in edges.split_whitespace() {
            let (child, parent) = edge.split_once('>').expect("an edge");
            graph.depend(node(child), node(parent));
        }
        graph
    }

    fn names(nodes: &[&ObjectRef]) -> String {
        nodes.iter().map(|node| node.name.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_layer_waits_for_those_before_it() {
        let graph = graph("app>db app>cache db>base cache>base web>app");
        let layers: Vec<_> = graph.layers().expect("no cycle").iter().map(|l| names(l)).collect();
        assert_eq!(layers, ["base", "db cache", "app", "web"]);
        assert_eq!(names(&graph.below([&node("db")])), "app web");
        assert_eq!(names(&graph.below([&node("web")])), "");
        assert_eq!(names(&graph.parents(&node("app")).collect::<Vec<_>>()), "db cache");
        assert_eq!(names(&graph.children(&node("base")).collect::<Vec<_>>()), "db cache");
    }

    #[test]
    fn a_cycle_is_told_by_name_and_the_same_way_every_time() {
        let told = |edges| graph(edges).layers().expect_err("a cycle").to_string();
        let apps = |names: &str| {
            let objects = names.split(' ').map(|name| format!("Kustomization apps/{name}"));
            objects.collect::<Vec<_>>().join(" → ")
        };
        assert_eq!(told("a>b b>a"), apps("a b a"));
        assert_eq!(told("a>a"), apps("a a"));
        assert_eq!(told("top>a a>b b>c c>a c>base below>top"), apps("a b c a"));
    }

    #[test]
    fn a_part_keeps_the_edges_within_it() {
        let whole = graph("app>db db>base web>app");
        let (app, base, web) = (node("app"), node("base"), node("web"));
        let part = whole.only(&BTreeSet::from([&app, &base, &web]));
        assert_eq!(part.nodes().len(), 3);
        assert_eq!(names(&part.parents(&web).collect::<Vec<_>>()), "app");
        assert_eq!(part.parents(&app).count(), 0);
        assert!(!part.has(&node("db")));
    }

    #[test]
    fn nothing_is_no_layer() {
        assert!(Graph::default().layers().expect("no cycle").is_empty());
    }

    #[test]
    fn a_long_chain_of_a_thousand_is_nothing() {
        let mut chain = Graph::default();
        for place in 1..1_000 {
            chain.depend(node(place), node(place - 1));
        }
        assert_eq!(chain.layers().expect("no cycle").len(), 1_000);
        assert_eq!(chain.below([&node(0)]).len(), 999);
        chain.depend(node(0), node(999));
        assert_eq!(chain.layers().expect_err("a cycle").objects().len(), 1_000);
    }

    proptest! {
        #[test]
        fn every_node_stands_behind_its_parents(edges in vec((0..60_usize, 0..60_usize), 0..300)) {
            let mut graph = Graph::default();
            for (one, other) in edges.iter().filter(|(one, other)| one != other) {
                graph.depend(node(one.max(other)), node(one.min(other)));
            }
            let layers = graph.layers().expect("edges lead to smaller numbers only");
            let layer_of: HashMap<&ObjectRef, usize> = layers
                .iter()
                .enumerate()
                .flat_map(|(layer, nodes)| nodes.iter().map(move |node| (*node, layer)))
                .collect();
            prop_assert_eq!(layer_of.len(), graph.nodes().len());
            for node in graph.nodes() {
                let last = graph.parents(node).map(|parent| layer_of[parent]).max();
                prop_assert_eq!(layer_of[node], last.map_or(0, |last| last + 1));
            }
        }

        #[test]
        fn a_cycle_is_one(edges in vec((0..12_usize, 0..12_usize), 0..40)) {
            let mut graph = Graph::default();
            for (child, parent) in edges {
                graph.depend(node(child), node(parent));
            }
            match graph.layers() {
                Ok(layers) => prop_assert_eq!(layers.concat().len(), graph.nodes().len()),
                Err(cycle) => {
                    let objects = cycle.objects();
                    prop_assert!(!objects.is_empty());
                    for (place, object) in objects.iter().enumerate() {
                        let next = &objects[(place + 1) % objects.len()];
                        prop_assert!(graph.parents(object).any(|parent| parent == next));
                    }
                }
            }
        }

        #[test]
        fn what_is_below_can_be_climbed_up_from(edges in vec((0..30_usize, 0..30_usize), 0..90)) {
            let mut graph = Graph::default();
            graph.add(node(0));
            for (child, parent) in edges {
                graph.depend(node(child), node(parent));
            }
            let start = node(0);
            let below: BTreeSet<&ObjectRef> = graph.below([&start]).into_iter().collect();
            for node in graph.nodes() {
                let hangs = graph.parents(node).any(|parent| *parent == start || below.contains(parent));
                prop_assert_eq!(below.contains(node), hangs);
            }
        }
    }
}
