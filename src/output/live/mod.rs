//! Rows that change: a table in place on a terminal, one appended row per change in a pipe.
//!
//! [`Rows`] is the state and knows nothing of either. [`Feed`] writes lines that line up with those
//! before them; [`Screen`] makes frames that replace one another. All of it is text in, text out; only
//! [`Stage`] looks at the terminal.
//!
//! There may be tens of thousands of rows: a change costs a few comparisons, and a frame what is on it.

mod feed;
mod rows;
mod screen;
mod stage;
#[cfg(test)]
mod terminal;

pub use feed::{DELETED, Feed};
pub use rows::{Row, RowKey, Rows, Urgency};
pub use screen::{Moment, Screen};
pub use stage::{Cue, Size, Stage};
