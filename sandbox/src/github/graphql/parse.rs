//! Enough of GraphQL's grammar for one operation: fields, aliases, arguments, inline fragments.

use serde_json::{Map, Value};

/// One operation of a document.
#[derive(Debug, PartialEq)]
pub(super) struct Operation {
    pub(super) is_mutation: bool,
    pub(super) fields: Vec<Field>,
}

/// One field with its arguments resolved.
#[derive(Debug, PartialEq)]
pub(super) struct Field {
    /// The name it has in the answer.
    pub(super) alias: String,
    pub(super) name: String,
    pub(super) arguments: Map<String, Value>,
    pub(super) fields: Vec<Field>,
}

/// Reads the first operation of `text` and puts `variables` in their places.
///
/// Fields of inline fragments are taken as if they stood outside; the caller ignores those that
/// its object does not have.
///
/// # Errors
/// What is not understood, in words for the client.
pub(super) fn parse(text: &str, variables: &Value) -> Result<Operation, String> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, variables };
    let is_mutation = parser.header()?;
    let fields = parser.selection()?;
    Ok(Operation { is_mutation, fields })
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Name(String),
    Text(String),
    Number(i64),
    Mark(char),
    Spread,
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = match first {
            '#' => {
                let line = rest.find('\n').unwrap_or(rest.len());
                rest = rest[line..].trim_start();
                continue;
            }
            '.' if rest.starts_with("...") => (Token::Spread, 3),
            '"' => string(rest)?,
            '-' | '0'..='9' => number(rest)?,
            'a'..='z' | 'A'..='Z' | '_' => {
                let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
                let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
                (Token::Name(rest[..length].to_owned()), length)
            }
            '{' | '}' | '(' | ')' | '[' | ']' | ':' | '$' | '!' | '=' | '@' | ',' => {
                (Token::Mark(first), 1)
            }
            other => return Err(format!("unexpected character {other:?}")),
        };
        // Commas mean as little as blanks.
        if token != Token::Mark(',') {
            tokens.push(token);
        }
        rest = rest[length..].trim_start();
    }
    Ok(tokens)
}

/// A quoted string; its escapes are those of JSON.
fn string(rest: &str) -> Result<(Token, usize), String> {
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<String>();
    match values.next() {
        Some(Ok(text)) => Ok((Token::Text(text), values.byte_offset())),
        _ => Err("a string is not well-formed".to_owned()),
    }
}

fn number(rest: &str) -> Result<(Token, usize), String> {
    let digits = rest[1..].find(|c: char| !c.is_ascii_digit()).map_or(rest.len(), |end| end + 1);
    let number = rest[..digits].parse().map_err(|_| "a number is not well-formed".to_owned())?;
    Ok((Token::Number(number), digits))
}

struct Parser<'a> {
    tokens: Vec<Token>,
    at: usize,
    variables: &'a Value,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Result<Token, String> {
        let token = self.peek().cloned().ok_or("the document ends too early")?;
        self.at += 1;
        Ok(token)
    }

    fn takes(&mut self, mark: char) -> bool {
        let is_next = self.peek() == Some(&Token::Mark(mark));
        self.at += usize::from(is_next);
        is_next
    }

    fn name(&mut self) -> Result<String, String> {
        match self.next()? {
            Token::Name(name) => Ok(name),
            other => Err(format!("expected a name and found {other:?}")),
        }
    }

    /// Skips `mutation Name($a: T!)` up to the first brace and says whether it is a mutation.
    fn header(&mut self) -> Result<bool, String> {
        let is_mutation = match self.peek() {
            Some(Token::Mark('{')) => return Ok(false),
            Some(Token::Name(word)) if word == "mutation" => true,
            Some(Token::Name(word)) if word == "query" => false,
            other => return Err(format!("expected an operation and found {other:?}")),
        };
        let mut depth = 0_u32;
        loop {
            match self.peek() {
                None => return Err("the operation has no selection".to_owned()),
                // A default value inside the parentheses may hold braces.
                Some(Token::Mark('{')) if depth == 0 => return Ok(is_mutation),
                Some(Token::Mark('(')) => depth += 1,
                Some(Token::Mark(')')) => depth = depth.saturating_sub(1),
                Some(_) => {}
            }
            self.at += 1;
        }
    }

    fn selection(&mut self) -> Result<Vec<Field>, String> {
        if !self.takes('{') {
            return Ok(Vec::new());
        }
        let mut fields = Vec::new();
        while !self.takes('}') {
            if self.peek() == Some(&Token::Spread) {
                self.at += 1;
                if self.peek() != Some(&Token::Mark('{')) {
                    self.type_condition()?;
                }
                fields.extend(self.selection()?);
            } else {
                fields.push(self.field()?);
            }
        }
        Ok(fields)
    }

    fn type_condition(&mut self) -> Result<(), String> {
        if self.name()? != "on" {
            return Err("the sandbox does not play named fragments".to_owned());
        }
        self.name().map(drop)
    }

    fn field(&mut self) -> Result<Field, String> {
        let alias = self.name()?;
        let name = if self.takes(':') { self.name()? } else { alias.clone() };
        let mut arguments = Map::new();
        if self.takes('(') {
            while !self.takes(')') {
                let (name, value) = self.member()?;
                arguments.insert(name, value);
            }
        }
        Ok(Field { alias, name, arguments, fields: self.selection()? })
    }

    fn member(&mut self) -> Result<(String, Value), String> {
        let name = self.name()?;
        if !self.takes(':') {
            return Err(format!("{name} has no value"));
        }
        Ok((name, self.value()?))
    }

    fn value(&mut self) -> Result<Value, String> {
        match self.next()? {
            Token::Mark('$') => {
                let name = self.name()?;
                Ok(self.variables.get(&name).cloned().unwrap_or_default())
            }
            Token::Text(text) => Ok(text.into()),
            Token::Number(number) => Ok(number.into()),
            Token::Name(word) => Ok(match word.as_str() {
                "true" => true.into(),
                "false" => false.into(),
                "null" => Value::Null,
                _ => word.into(),
            }),
            Token::Mark('[') => {
                let mut items = Vec::new();
                while !self.takes(']') {
                    items.push(self.value()?);
                }
                Ok(items.into())
            }
            Token::Mark('{') => {
                let mut members = Map::new();
                while !self.takes('}') {
                    let (name, value) = self.member()?;
                    members.insert(name, value);
                }
                Ok(members.into())
            }
            other => Err(format!("expected a value and found {other:?}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_mutation_takes_its_input_from_the_variables() {
        let text = "mutation Publish($input: UpdateRefsInput!) {\n\
                    updateRefs(input: $input) { clientMutationId } }";
        let operation = parse(text, &json!({ "input": { "repositoryId": "R_1" } })).unwrap();
        assert!(operation.is_mutation);
        assert_eq!(operation.fields[0].name, "updateRefs");
        assert_eq!(operation.fields[0].arguments["input"]["repositoryId"], "R_1");
    }

    #[test]
    fn aliases_literals_and_inline_fragments_are_understood() {
        let text = r#"{ a: object(expression: "main:x") { oid ... on Blob { text } } } # end"#;
        let operation = parse(text, &Value::Null).unwrap();
        assert!(!operation.is_mutation);
        let field = &operation.fields[0];
        assert_eq!((field.alias.as_str(), field.name.as_str()), ("a", "object"));
        assert_eq!(field.arguments["expression"], "main:x");
        let names: Vec<_> = field.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["oid", "text"]);
    }

    #[test]
    fn inline_input_objects_are_understood() {
        let text = r#"mutation { updateRefs(input: {repositoryId: "R", refUpdates: [{force: false}]}) { clientMutationId } }"#;
        let operation = parse(text, &Value::Null).unwrap();
        let expected = json!({ "repositoryId": "R", "refUpdates": [{ "force": false }] });
        assert_eq!(operation.fields[0].arguments["input"], expected);
    }

    #[test]
    fn an_unfinished_document_is_refused() {
        assert!(parse("query { viewer { login }", &Value::Null).is_err());
        assert!(parse("", &Value::Null).is_err());
    }
}
