//! In which order rows stand when they are sorted.

use std::cmp::Ordering;

use serde_json::Value;

/// What a row is sorted by: numbers by size, texts as people sort them, what is not there last.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// A number.
    Number(Size),
    /// A text: `app-2` before `app-10`.
    Text(Vec<Chunk>),
    /// There is nothing to sort by.
    #[default]
    Absent,
}

/// A number that has an order.
#[derive(Clone, Copy, Debug)]
pub struct Size(f64);

impl PartialEq for Size {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Size {}

impl PartialOrd for Size {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Size {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chunk {
    /// Digits without leading zeros: the longer number is the greater one.
    Digits(usize, String),
    /// Anything else.
    Letters(String),
}

impl Rank {
    /// The rank of a value; lists and objects by their JSON.
    #[must_use]
    pub fn of_value(value: Option<&Value>) -> Self {
        match value {
            None | Some(Value::Null) => Self::Absent,
            Some(Value::Number(number)) => Self::Number(Size(number.as_f64().unwrap_or(f64::NAN))),
            Some(Value::String(text)) => Self::of_text(text),
            Some(other) => Self::of_text(&other.to_string()),
        }
    }

    /// The rank of a text; an empty one is not there.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        if text.is_empty() {
            return Self::Absent;
        }
        let mut chunks = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let is_number = first.is_ascii_digit();
            let end = rest.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(rest.len());
            let (chunk, behind) = rest.split_at(end);
            rest = behind;
            chunks.push(match is_number {
                true => {
                    let digits = chunk.trim_start_matches('0');
                    Chunk::Digits(digits.len(), digits.to_owned())
                }
                false => Chunk::Letters(chunk.to_owned()),
            });
        }
        Self::Text(chunks)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn numbers_by_size_texts_as_people_sort_and_nothing_last() {
        let values =
            [json!(9), json!(10.5), json!("app-2"), json!("app-10"), json!("b"), json!("")];
        let ranks: Vec<_> = values.iter().map(|value| Rank::of_value(Some(value))).collect();
        assert!(ranks.is_sorted(), "{ranks:?}");
        assert_eq!(Rank::of_value(None), Rank::of_value(Some(&json!(null))));
        assert!(Rank::of_text("2026-11-09T08:00:00Z") < Rank::of_text("2026-11-23T07:00:00Z"));
    }
}
