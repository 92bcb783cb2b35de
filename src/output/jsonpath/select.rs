//! From a value to those that a path leads to.

use std::cmp::Ordering;

use serde_json::Value;

use super::{Comparison, Filter, Operand, Path, Quoted, Step};

/// The values that a path leads to, in the order of the document.
pub(super) fn values<'v>(path: &Path, current: &'v Value, root: &'v Value) -> Vec<&'v Value> {
    let mut values = vec![if path.is_absolute { root } else { current }];
    for step in &path.steps {
        values = match step {
            // As kubectl, one name after the other, each of all values.
            Step::Fields(names) => {
                let of = |name| values.iter().filter_map(move |value| quoted(value, name));
                names.iter().flat_map(of).collect()
            }
            _ => values.into_iter().flat_map(|value| take(step, value, root)).collect(),
        };
    }
    values
}

fn take<'v>(step: &Step, value: &'v Value, root: &'v Value) -> Vec<&'v Value> {
    match step {
        Step::Field(name) => value.get(name).into_iter().collect(),
        Step::Fields(names) => names.iter().filter_map(|name| quoted(value, name)).collect(),
        Step::All => children(value),
        Step::Descend => {
            let mut all = vec![value];
            all.extend(children(value).into_iter().flat_map(|child| take(step, child, root)));
            all
        }
        Step::Indexes(indexes) => {
            let Value::Array(items) = value else { return Vec::new() };
            indexes.iter().filter_map(|index| items.get(place(*index, items.len())?)).collect()
        }
        Step::Slice { start, end, step } => slice(value, *start, *end, *step),
        Step::Filter(filter) => {
            children(value).into_iter().filter(|child| holds(filter, child, root)).collect()
        }
    }
}

fn quoted<'v>(value: &'v Value, name: &Quoted) -> Option<&'v Value> {
    let nested = || name.fields.iter().try_fold(value, |value, field| value.get(field));
    value.get(&name.key).or_else(nested)
}

fn children(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(fields) => fields.values().collect(),
        _ => Vec::new(),
    }
}

/// Where an index is in a list; a negative one counts from the end.
fn place(index: i64, length: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(index) => Some(index),
        Err(_) => length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

fn slice(value: &Value, start: Option<i64>, end: Option<i64>, step: i64) -> Vec<&Value> {
    let Value::Array(items) = value else { return Vec::new() };
    let at = |index: i64| place(index, items.len()).unwrap_or(0).min(items.len());
    let (start, end) = (start.map_or(0, at), end.map_or(items.len(), at));
    let step = usize::try_from(step).unwrap_or(1).max(1);
    items.get(start..end).into_iter().flatten().step_by(step).collect()
}

/// What is not there equals nothing, and differs from nothing either.
fn holds(filter: &Filter, value: &Value, root: &Value) -> bool {
    let Some(left) = first(&filter.left, value, root) else { return false };
    let Some((comparison, right)) = &filter.test else { return true };
    let Some(right) = first(right, value, root) else { return false };
    let order = compare(left, right);
    match comparison {
        Comparison::Equal => order == Some(Ordering::Equal),
        Comparison::NotEqual => order != Some(Ordering::Equal),
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::AtMost => order.is_some_and(Ordering::is_le),
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::AtLeast => order.is_some_and(Ordering::is_ge),
    }
}

fn first<'v>(operand: &'v Operand, value: &'v Value, root: &'v Value) -> Option<&'v Value> {
    match operand {
        Operand::Literal(literal) => Some(literal),
        Operand::Path(path) => values(path, value, root).first().copied(),
    }
}

/// Numbers by size, texts by their characters; nothing for what cannot be compared.
fn compare(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.as_f64()?.partial_cmp(&right.as_f64()?),
        (Value::String(left), Value::String(right)) => Some(left.cmp(right)),
        (left, right) => (left == right).then_some(Ordering::Equal),
    }
}
