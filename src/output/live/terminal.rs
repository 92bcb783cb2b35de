//! A terminal in a few lines, for tests: obeys what frames use, and scrolls. What frames must not use ends
//! the test.

use unicode_width::UnicodeWidthChar as _;

/// What a terminal shows after what was written to it.
pub(crate) struct Terminal {
    height: usize,
    width: usize,
    /// Every line so far; a cell is a character with what combines with it, empty behind a wide one.
    lines: Vec<Vec<String>>,
    row: usize,
    column: usize,
    wraps: bool,
}

impl Terminal {
    pub(crate) fn new(height: usize, width: usize) -> Self {
        Self { height, width, lines: vec![Vec::new()], row: 0, column: 0, wraps: true }
    }

    /// Obeys what was written.
    pub(crate) fn draw(&mut self, written: &str) {
        let mut rest = written;
        while let Some(character) = rest.chars().next() {
            rest = &rest[character.len_utf8()..];
            match character {
                '\u{1b}' => rest = self.obey(rest.strip_prefix('[').expect("a sequence")),
                '\n' => self.down(),
                '\r' => self.column = 0,
                _ if character.is_control() => panic!("{character:?} is obeyed"),
                _ => self.put(character),
            }
        }
    }

    fn obey<'a>(&mut self, sequence: &'a str) -> &'a str {
        let end = sequence.find(char::is_alphabetic).expect("an end");
        let number = sequence[..end].parse().unwrap_or(0);
        match &sequence[..=end] {
            "K" => self.lines[self.row].truncate(self.column),
            "J" => {
                self.lines.truncate(self.row + 1);
                self.lines[self.row].truncate(self.column);
            }
            "?7l" => self.wraps = false,
            "?7h" => self.wraps = true,
            style if style.ends_with('m') => {}
            up if up.ends_with('A') => self.row = self.row.saturating_sub(number).max(self.top()),
            other => panic!("{other:?} is not known"),
        }
        &sequence[end + 1..]
    }

    /// The first line that is not out of reach.
    fn top(&self) -> usize {
        self.lines.len().saturating_sub(self.height)
    }

    fn put(&mut self, character: char) {
        let width = character.width().unwrap_or(0);
        if self.column + width > self.width {
            assert!(!self.wraps, "a line is wrapped at {character:?}");
            self.column = self.width.saturating_sub(width);
        }
        let line = &mut self.lines[self.row];
        if width == 0 {
            if let Some(cell) = line.iter_mut().rfind(|cell| !cell.is_empty()) {
                cell.push(character);
            }
            return;
        }
        line.resize(line.len().max(self.column + width), " ".to_owned());
        line[self.column] = character.to_string();
        line[self.column + 1..self.column + width].iter_mut().for_each(String::clear);
        self.column += width;
    }

    fn down(&mut self) {
        self.row += 1;
        if self.row == self.lines.len() {
            self.lines.push(Vec::new());
        }
    }

    /// Wraps what is shown, as terminals do when they become narrower.
    #[allow(dead_code, reason = "only some of its users change its size")]
    pub(crate) fn resize(&mut self, height: usize, width: usize) {
        let wrap = |line: &Vec<String>| -> Vec<Vec<String>> {
            let pieces = line.chunks(width).map(<[String]>::to_vec);
            if line.is_empty() { vec![Vec::new()] } else { pieces.collect() }
        };
        self.lines = self.lines.iter().flat_map(wrap).collect();
        self.row = self.lines.len() - 1;
        (self.height, self.width) = (height, width);
    }

    /// Everything that was ever shown and not replaced, without blanks at the ends of lines.
    pub(crate) fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| line.concat().trim_end().to_owned());
        lines.collect::<Vec<_>>().join("\n")
    }
}
