//! Tables of what was measured.

use std::time::Duration;

/// A table that is printed when it is complete.
pub(crate) struct Report {
    rows: Vec<Vec<String>>,
}

impl Report {
    /// Prints the title, and begins a table under it.
    pub(crate) fn new(title: &str, headers: &[&str]) -> Self {
        println!("\n{title}");
        Self { rows: vec![headers.iter().map(|header| (*header).to_owned()).collect()] }
    }

    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }

    /// Prints it, the first column to the left and numbers to the right.
    pub(crate) fn print(self) {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            self.rows
                .iter()
                .filter_map(|row| row.get(column))
                .map(|cell| cell.chars().count())
                .max()
        };
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        for row in &self.rows {
            let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
                if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
            });
            println!("  {}", cells.collect::<Vec<_>>().join("  ").trim_end());
        }
    }
}

pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

pub(crate) fn mebibytes(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one digit after the point is shown")]
    let mebibytes = bytes as f64 / f64::from(1 << 20);
    format!("{mebibytes:.1} MiB")
}

pub(crate) fn kibibytes(bytes: u64) -> String {
    format!("{} KiB", bytes.div_ceil(1024))
}

/// How many times `floor` fits into `time`.
pub(crate) fn ratio(time: Duration, floor: Duration) -> String {
    format!("{:.2}×", time.as_secs_f64() / floor.as_secs_f64())
}

/// The time that `percent` of `times` do not exceed, by the nearest rank; zero when there are none.
pub(crate) fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    let rank = (times.len() * percent).div_ceil(100).max(1);
    times.get(rank - 1).copied().unwrap_or_default()
}
