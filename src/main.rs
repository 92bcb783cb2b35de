//! Parses, makes the context, dispatches, and ends with the right exit code.

fn main() {}
