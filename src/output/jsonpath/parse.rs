//! From a template's text to its parts.

use anyhow::{Result, bail};
use serde_json::Value;

use super::{Comparison, Filter, Operand, Part, Path, Quoted, Step};

/// The parts of a template. A path alone needs no braces.
pub(super) fn template(text: &str) -> Result<Vec<Part>> {
    if text.is_empty() {
        bail!("the template is empty");
    }
    if text.starts_with(['.', '$', '@']) && !text.contains('{') {
        return Ok(vec![Part::Values(relaxed(text)?)]);
    }
    let mut cursor = Cursor { rest: text };
    // The parts of the ranges that are open, the innermost last; the whole template is the first.
    let mut open: Vec<(Option<Path>, Vec<Part>)> = vec![(None, Vec::new())];
    while !cursor.rest.is_empty() {
        let part = match cursor.part()? {
            Token::Part(part) => part,
            Token::Range(path) => {
                open.push((Some(path), Vec::new()));
                continue;
            }
            Token::End if open.len() == 1 => bail!("at \"{{end}}\": no range is open here"),
            Token::End => close(&mut open),
        };
        if let Some((_, parts)) = open.last_mut() {
            parts.push(part);
        }
    }
    // As in kubectl, a range that nothing ends goes on to the end.
    while open.len() > 1 {
        let range = close(&mut open);
        if let Some((_, parts)) = open.last_mut() {
            parts.push(range);
        }
    }
    Ok(open.pop().map(|(_, parts)| parts).unwrap_or_default())
}

/// Takes the innermost range away.
fn close(open: &mut Vec<(Option<Path>, Vec<Part>)>) -> Part {
    let (path, parts) = open.pop().unwrap_or_default();
    Part::Range(path.unwrap_or_default(), parts)
}

/// A path, with or without braces and a dot in front.
pub(super) fn relaxed(text: &str) -> Result<Path> {
    let inner = text.trim();
    let inner = inner.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(inner);
    let dotted = match inner.starts_with(['.', '$', '@', '[']) {
        true => inner.to_owned(),
        false => format!(".{inner}"),
    };
    let mut cursor = Cursor { rest: &dotted };
    let path = cursor.path()?;
    match cursor.rest.is_empty() {
        true => Ok(path),
        false => cursor.refuse("this is no part of a path"),
    }
}

enum Token {
    Part(Part),
    Range(Path),
    End,
}

/// What is left to read.
struct Cursor<'t> {
    rest: &'t str,
}

impl<'t> Cursor<'t> {
    fn refuse<T>(&self, why: &str) -> Result<T> {
        bail!("at {:?}: {why}", self.rest)
    }

    fn take(&mut self, word: &str) -> bool {
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn part(&mut self) -> Result<Token> {
        let text_end = self.rest.find('{').unwrap_or(self.rest.len());
        if text_end > 0 {
            let (text, rest) = self.rest.split_at(text_end);
            self.rest = rest;
            return Ok(Token::Part(Part::Text(text.to_owned())));
        }
        let whole = Cursor { rest: self.rest };
        self.take("{");
        self.skip_blanks();
        let token = match self.rest.chars().next() {
            Some('"' | '\'') => Token::Part(Part::Text(self.quoted()?)),
            _ if self.take("range ") => {
                self.skip_blanks();
                Token::Range(self.path()?)
            }
            _ if self.take("end") => Token::End,
            Some('}' | '.' | '$' | '@' | '[') => Token::Part(Part::Values(self.path()?)),
            Some(_) => {
                let word: String = self.rest.chars().take_while(|c| c.is_alphanumeric()).collect();
                return self.refuse(&format!("a path begins with a dot: .{word}"));
            }
            None => return whole.refuse("a brace is not closed"),
        };
        self.skip_blanks();
        match self.rest.chars().next() {
            Some('}') => self.take("}"),
            Some('.') => return self.refuse("one path in braces: {.a}{.b}"),
            Some(_) => return self.refuse("this is no part of a path"),
            None => return whole.refuse("a brace is not closed"),
        };
        Ok(token)
    }

    /// A text in quotes, with Go's escapes.
    fn quoted(&mut self) -> Result<String> {
        let whole = Cursor { rest: self.rest };
        let mut characters = self.rest.chars();
        let quote = characters.next();
        let mut text = String::new();
        while let Some(character) = characters.next() {
            if Some(character) == quote {
                self.rest = characters.as_str();
                return Ok(text);
            }
            match (character, characters.clone().next()) {
                ('\\', Some(escaped)) => {
                    characters.next();
                    text.push(match escaped {
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        other => other,
                    });
                }
                _ => text.push(character),
            }
        }
        whole.refuse("the quote is not closed")
    }

    /// A path, to where it cannot go on.
    fn path(&mut self) -> Result<Path> {
        let mut path = Path { is_absolute: self.take("$"), steps: Vec::new() };
        if !path.is_absolute {
            self.take("@");
        }
        loop {
            if self.take("..") {
                path.steps.push(Step::Descend);
                if !self.rest.starts_with('[') {
                    path.steps.extend(self.field());
                }
            } else if self.take(".") {
                path.steps.extend(self.field());
            } else if self.take("[") {
                path.steps.push(self.bracket()?);
            } else {
                return Ok(path);
            }
        }
    }

    /// The name behind a dot; nothing where there is none, which leads nowhere else.
    fn field(&mut self) -> Option<Step> {
        if self.take("*") {
            return Some(Step::All);
        }
        let mut name = String::new();
        let mut characters = self.rest.chars();
        while let Some(character) = characters.clone().next() {
            match character {
                '\\' => {
                    characters.next();
                    name.extend(characters.next());
                }
                c if c.is_whitespace() || ".[]{}()=!<>,".contains(c) => break,
                c => {
                    characters.next();
                    name.push(c);
                }
            }
        }
        self.rest = characters.as_str();
        (!name.is_empty()).then_some(Step::Field(name))
    }

    /// What stands in brackets, the closing one included.
    fn bracket(&mut self) -> Result<Step> {
        self.skip_blanks();
        let step = match self.rest.chars().next() {
            Some('?') => self.filter()?,
            Some('"' | '\'') => self.names()?,
            Some('*') => {
                self.take("*");
                Step::All
            }
            Some(']') => Step::All,
            Some(c) if c.is_ascii_digit() || "-:".contains(c) => self.numbers()?,
            _ => {
                return self.refuse("a number, *, a name in quotes or ?(…) is needed in brackets");
            }
        };
        self.skip_blanks();
        match self.take("]") {
            true => Ok(step),
            false => self.refuse("the bracket is not closed"),
        }
    }

    fn names(&mut self) -> Result<Step> {
        let mut names = Vec::new();
        loop {
            self.skip_blanks();
            let written = self.rest;
            let key = self.quoted()?;
            // The same text as a path, in which a backslash keeps a dot in its name.
            let inner = &written[1..written.len() - self.rest.len() - 1];
            let fields = Cursor { rest: &format!(".{inner}") }.path()?.steps;
            let fields = fields.into_iter().filter_map(|step| match step {
                Step::Field(name) => Some(name),
                _ => None,
            });
            names.push(Quoted { key, fields: fields.collect() });
            self.skip_blanks();
            if !self.take(",") {
                return Ok(Step::Fields(names));
            }
        }
    }

    fn number(&mut self) -> Option<i64> {
        let is_part = |(at, c): (usize, char)| c.is_ascii_digit() || (at == 0 && c == '-');
        let length = self.rest.char_indices().take_while(|part| is_part(*part)).count();
        let (digits, rest) = self.rest.split_at(length);
        let number = digits.parse().ok()?;
        self.rest = rest;
        Some(number)
    }

    /// Indexes with commas, or a slice with colons.
    fn numbers(&mut self) -> Result<Step> {
        let start = self.number();
        if self.take(":") {
            let end = self.number();
            let step = if self.take(":") { self.number().unwrap_or(1) } else { 1 };
            if step < 1 {
                return self.refuse("the step of a slice is more than 0");
            }
            return Ok(Step::Slice { start, end, step });
        }
        let mut indexes = Vec::from_iter(start);
        while self.take(",") {
            self.skip_blanks();
            match self.number() {
                Some(index) => indexes.push(index),
                None => return self.refuse("a number is needed behind a comma"),
            }
        }
        Ok(Step::Indexes(indexes))
    }

    fn filter(&mut self) -> Result<Step> {
        if !self.take("?(") {
            return self.refuse("a filter is written ?(…)");
        }
        let left = self.operand()?;
        self.skip_blanks();
        const COMPARISONS: [(&str, Comparison); 6] = [
            ("==", Comparison::Equal),
            ("!=", Comparison::NotEqual),
            ("<=", Comparison::AtMost),
            (">=", Comparison::AtLeast),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
        ];
        let comparison = COMPARISONS.into_iter().find(|(sign, _)| self.take(sign));
        let test = match comparison {
            Some((_, comparison)) => Some((comparison, self.operand()?)),
            None => None,
        };
        self.skip_blanks();
        match self.take(")") {
            true => Ok(Step::Filter(Filter { left, test })),
            false => self.refuse("the parenthesis is not closed"),
        }
    }

    fn operand(&mut self) -> Result<Operand> {
        self.skip_blanks();
        let first = self.rest.chars().next();
        if matches!(first, Some('"' | '\'')) {
            return Ok(Operand::Literal(Value::String(self.quoted()?)));
        }
        if matches!(first, Some('.' | '$' | '@' | '[')) {
            return Ok(Operand::Path(self.path()?));
        }
        let is_end = |c: char| c.is_whitespace() || "=!<>()]".contains(c);
        let (word, rest) = self.rest.split_at(self.rest.find(is_end).unwrap_or(self.rest.len()));
        match serde_json::from_str::<Value>(word) {
            Ok(literal) if !literal.is_object() && !literal.is_array() => {
                self.rest = rest;
                Ok(Operand::Literal(literal))
            }
            _ => self.refuse("a path, a number, true, false or a text in quotes is needed"),
        }
    }
}
