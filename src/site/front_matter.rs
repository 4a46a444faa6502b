//! The YAML head of a file, as a tree of values with their places. The only file that knows a YAML library.
//! Limits what a head may cost (no aliases, 5,000 nodes, depth 8) and turns the library's errors into findings.

use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::heads;
use crate::diagnostic::{Diagnostic, Span};
use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{DuplicateKeyPolicy, MergeKeyPolicy};
use serde_saphyr::{Error, Spanned};
use std::fmt;

/// The largest head in bytes: ten times the longest one that people write.
pub const MAX_HEAD: usize = 128 * 1024;

/// A value and where it stands in the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// What was written.
    pub value: Value,
    /// Where.
    pub span: Span,
}

/// A YAML value. Numbers are kept apart from text, because "00003" and 3 are different facts.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing after the colon.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number without quotes.
    Int(i64),
    /// A number with a point.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values in the order written.
    Map(Vec<(At<String>, Node)>),
}

/// Finds the head between two lines of `---`: its span, and where the article begins.
///
/// # Errors
/// A finding where there is no head, it is never closed, or it is too long.
pub fn split(text: &str) -> Result<(Span, usize), Box<Diagnostic>> {
    let begin =
        text.split_inclusive('\n').take_while(|line| line.trim().is_empty()).map(str::len).sum::<usize>();
    let mut at = begin;
    let mut opened = None;
    for line in text[begin..].split_inclusive('\n') {
        let fence = line.trim_end() == "---";
        match opened {
            None if fence => opened = Some(at + line.len()),
            None => return Err(Box::new(heads::no_head())),
            Some(start) if fence && at - start > MAX_HEAD => {
                return Err(Box::new(heads::head_too_long(at - start)));
            }
            Some(start) if fence => return Ok((Span::new(start, at), at + line.len())),
            Some(_) => {}
        }
        at += line.len();
    }
    Err(Box::new(match opened {
        Some(start) if at - start > MAX_HEAD => heads::head_too_long(at - start),
        Some(_) => heads::head_not_closed(),
        None => heads::no_head(),
    }))
}

/// Reads the YAML at `span` of `text`. Places are counted from the start of `text`.
///
/// # Errors
/// A finding that names the slip, where one was recognised.
pub fn parse(text: &str, span: Span) -> Result<Node, Box<Diagnostic>> {
    let yaml = &text[span.range()];
    let mut options = serde_saphyr::Options::default();
    if let Some(budget) = options.budget.as_mut() {
        budget.max_aliases = 0;
        budget.max_anchors = 0;
        budget.max_nodes = 5_000;
        budget.max_depth = 8;
        budget.flow_nesting_limit = 8;
    }
    options.duplicate_keys = DuplicateKeyPolicy::Error;
    options.merge_keys = MergeKeyPolicy::AsOrdinary;
    options.leading_zero_numbers_as_strings = true;
    options.strict_booleans = true;
    if yaml.trim().is_empty() {
        return Ok(Node { value: Value::Map(Vec::new()), span });
    }
    match serde_saphyr::from_str_with_options::<Node>(yaml, options) {
        Ok(mut node) => {
            node.shift(span.start as usize);
            Ok(node)
        }
        Err(error) => Err(Box::new(explain(text, span, &error))),
    }
}

impl Node {
    fn shift(&mut self, by: usize) {
        self.span = self.span.shifted(by);
        match &mut self.value {
            Value::List(items) => items.iter_mut().for_each(|item| item.shift(by)),
            Value::Map(pairs) => {
                for (key, value) in pairs {
                    key.span = key.span.shifted(by);
                    value.shift(by);
                }
            }
            _ => {}
        }
    }
}

fn place(location: serde_saphyr::Location) -> Span {
    let span = location.span();
    let start = span.byte_offset().unwrap_or(0) as usize;
    Span::new(start, start + span.byte_len().unwrap_or(0) as usize)
}

/// Names the slip behind a library error, from its kind and from the lines up to where the parser stopped.
fn explain(text: &str, head: Span, error: &Error) -> Diagnostic {
    let error = error.without_snippet();
    let found = error
        .location()
        .map_or(head, |location| error_place(&text[head.range()], location).shifted(head.start as usize));
    match error {
        Error::DuplicateMappingKey { key, .. } => {
            return heads::duplicate_key(key.as_deref().unwrap_or_default(), found);
        }
        Error::Budget { .. } if !is_sign(text, found) => return heads::head_too_deep(found),
        // The scanner's own limit of brackets within brackets is no error of its own kind.
        other if other.to_string().contains("recursion limit") => return heads::head_too_deep(found),
        _ => {}
    }
    let line_end =
        |from: usize| text[from..].find('\n').map_or(text.len(), |i| from + i + 1).min(head.end as usize);
    let at = (found.start as usize).min(head.end as usize);
    // A tab is reported at the end of the line before it.
    let seen = line_end(line_end(at).min(head.end as usize));
    let lines = Lines { text, at: head.start as usize, end: seen };
    if let Some(finding) = lines.clone().find_map(|(line, start)| slip(line, start)) {
        return finding;
    }
    let open =
        lines.filter(|(_, start)| *start <= at).filter_map(|(line, start)| open_bracket(line, start)).last();
    open.unwrap_or_else(|| {
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1).max(head.start as usize);
        heads::unreadable(Span::new(start, line_end(start).max(start + 1) - 1))
    })
}

/// Where the library stopped: it counts characters where it does not count bytes.
fn error_place(yaml: &str, location: serde_saphyr::Location) -> Span {
    let span = location.span();
    if span.byte_offset().is_some() {
        return place(location);
    }
    let start = yaml.char_indices().nth(span.offset() as usize).map_or(yaml.len(), |(at, _)| at);
    Span::new(start, start + yaml[start..].chars().next().map_or(0, char::len_utf8))
}

/// The lines of a stretch of text, without their ends, and where each begins.
#[derive(Clone)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = (&'a str, usize);

    fn next(&mut self) -> Option<Self::Item> {
        let line = self.text.get(self.at..self.end)?.split_inclusive('\n').next()?;
        let start = self.at;
        self.at += line.len();
        Some((line.trim_end(), start))
    }
}

/// Whether the library stopped behind a sign of YAML's own, `&` or `*`, which an editor meant as a letter.
fn is_sign(text: &str, found: Span) -> bool {
    let line = text[..found.range().end].lines().next_back().unwrap_or_default();
    line.contains(": &") || line.contains(": *")
}

/// One of the slips that editors make: a tab, a wide colon or one without its blank, a lone quote, a second colon, a
/// value that begins with a sign of YAML's own; on its own line or inside `{ }`.
fn slip(line: &str, start: usize) -> Option<Diagnostic> {
    let indent = line.len() - line.trim_start().len();
    if let Some(tab) = line[..indent].find('\t') {
        return Some(heads::tab(Span::new(start + tab, start + tab + 1)));
    }
    if let Some((key, value)) = line.split_once('：').filter(|(key, _)| is_key(key.trim())) {
        return Some(heads::no_blank(
            key.trim(),
            value.trim(),
            Span::new(start + indent, start + line.len()),
        ));
    }
    if let Some((key, value)) =
        line.split_once(':').filter(|(key, value)| is_key(key.trim()) && !value.is_empty())
        && !value.starts_with(' ')
    {
        return Some(heads::no_blank(key.trim(), value, Span::new(start + indent, start + line.len())));
    }
    if line.contains('{') {
        return groups(line).find_map(|(piece, at)| value_slip(piece, start + at));
    }
    value_slip(line, start)
}

fn is_key(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// The `key: value` pieces of a line with `{ }`, and where each begins: cut at commas and brackets outside quotes.
fn groups(line: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut quote: Option<char> = None;
    line.split(move |c: char| {
        match (c, quote) {
            ('"' | '\'', None) => quote = Some(c),
            (c, Some(open)) if c == open => quote = None,
            _ => {}
        }
        quote.is_none() && matches!(c, ',' | '{' | '}' | '[' | ']')
    })
    .map(|piece| (piece, piece.as_ptr() as usize - line.as_ptr() as usize))
}

fn value_slip(line: &str, start: usize) -> Option<Diagnostic> {
    let line = line.trim_end();
    let (key, value) = line.split_once(": ")?;
    let value = value.trim_start();
    let span = Span::new(start + line.len() - value.len(), start + line.len());
    let key = key.trim_start_matches(['-', ' ']);
    let closed = |open: char, close: char| value.matches(open).count() == value.matches(close).count();
    let words_behind = |close: char| {
        value.rfind(close).is_some_and(|at| {
            let rest = value[at + close.len_utf8()..].trim_start();
            !rest.is_empty() && !rest.starts_with('#')
        })
    };
    match value.chars().next()? {
        quote @ ('"' | '\'') if value.matches(quote).count() % 2 == 1 => {
            Some(heads::unclosed_quote(quote, span))
        }
        quote @ ('"' | '\'') => words_behind(quote).then(|| heads::sign_first(key, quote, value, span)),
        '[' => (closed('[', ']') && words_behind(']')).then(|| heads::sign_first(key, '[', value, span)),
        '-' if value.starts_with("- ") => Some(heads::sign_first(key, '-', value, span)),
        sign @ ('*' | '&' | '!' | '%' | '@' | '`') => Some(heads::sign_first(key, sign, value, span)),
        '{' | '#' | '|' | '>' => None,
        _ => (value.contains(": ") || value.ends_with(':')).then(|| heads::second_colon(key, value, span)),
    }
}

/// A line with more brackets opened than closed, or the other way round.
fn open_bracket(line: &str, start: usize) -> Option<Diagnostic> {
    let open = ['[', '{']
        .into_iter()
        .zip([']', '}'])
        .find(|(open, close)| line.matches(*open).count() != line.matches(*close).count());
    open.map(|(open, close)| heads::open_bracket(open, close, Span::new(start, start + line.len())))
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Value>::deserialize(deserializer)?;
        Ok(Self { span: place(spanned.referenced), value: spanned.value })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }
    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }
    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Int(value))
    }
    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::Float(value as f64), Value::Int))
    }
    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        Ok(Value::Float(value as f64))
    }
    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        Ok(Value::Float(value as f64))
    }
    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }
    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }
    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::Text(value))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut pairs: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some(key) = pairs.next_key::<Spanned<String>>()? {
            map.push((At { span: place(key.referenced), value: key.value }, pairs.next_value()?));
        }
        Ok(Value::Map(map))
    }
}
