//! Reads a map of the head key by key into typed facts, and gathers every slip on the way.
//! A key that nobody asked for is an error with a did-you-mean.

use super::front_matter::{self, Node, Value};
use super::words::Words;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::{facts, heads, prose};
use crate::diagnostic::{Diagnostic, Lang, Span, Text};
use crate::vietnam::folding::nearest;
use jiff::civil::Date;

/// The file being read, its languages, and what was found wrong so far.
pub struct Reader<'a> {
    /// The file's name, relative to the site's root.
    pub file: &'a str,
    /// Its text, for quoting what was written.
    pub text: &'a str,
    /// The site's languages, the source language first.
    pub languages: &'a [Lang],
    /// The day of the build, for what cannot lie ahead of it.
    pub today: Date,
    /// Every finding so far.
    pub found: Vec<Diagnostic>,
}

/// Reads a file of YAML whose keys `read` asks for; with what is wrong in it.
pub fn read_file<T>(
    file: &str,
    text: &str,
    languages: &[Lang],
    today: Date,
    read: impl FnOnce(&mut Fields<'_, '_, '_>) -> T,
) -> (Option<T>, Vec<Diagnostic>) {
    let node = match front_matter::parse(text, Span::new(0, text.len())) {
        Ok(node) => node,
        Err(finding) => return (None, vec![finding.in_file(file)]),
    };
    let mut reader = Reader { file, text, languages, today, found: Vec::new() };
    let value = Fields::of(&node, &mut reader).map(|mut fields| {
        let value = read(&mut fields);
        fields.finish();
        value
    });
    (value, reader.found)
}

impl Reader<'_> {
    /// Keeps a finding at a place of this file.
    pub fn report(&mut self, finding: Diagnostic, span: Span) {
        self.found.push(finding.at(self.file, span));
    }
}

/// One map of the head.
pub struct Fields<'n, 'r, 'a> {
    pairs: &'n [(At<String>, Node)],
    asked: Vec<&'static str>,
    refused: Vec<&'static str>,
    missing: Vec<(&'static str, Text)>,
    /// Where the whole map stands.
    pub span: Span,
    /// The file it stands in.
    pub reader: &'r mut Reader<'a>,
}

impl<'n, 'r, 'a> Fields<'n, 'r, 'a> {
    /// The head of a file; a head that is no map is a finding and `None`.
    pub fn of(node: &'n Node, reader: &'r mut Reader<'a>) -> Option<Self> {
        match &node.value {
            Value::Map(pairs) => Some(Self {
                pairs,
                asked: Vec::new(),
                refused: Vec::new(),
                missing: Vec::new(),
                span: node.span,
                reader,
            }),
            _ => {
                reader.report(heads::unreadable(node.span), node.span);
                None
            }
        }
    }

    /// The value of a key, with the place of the key; nothing written counts as absent.
    pub fn get(&mut self, key: &'static str) -> Option<(&'n At<String>, &'n Node)> {
        self.ignore(key);
        if self.refused.contains(&key) {
            return None;
        }
        let (key, node) = self.pairs.iter().find(|(name, _)| name.value == key)?;
        (node.value != Value::Null).then_some((key, node))
    }

    /// Whether a key is written, even without a value, and where.
    fn written(&self, key: &str) -> Option<Span> {
        self.pairs.iter().find(|(name, _)| name.value == key).map(|(name, _)| name.span)
    }

    pub(super) fn wrong(&mut self, key: &str, wanted: (&str, &str), node: &Node) {
        let finding = heads::wrong_type(key, &Text::new(wanted.0, wanted.1), &kind_of(&node.value));
        self.reader.report(finding, node.span);
    }

    /// Keys that must not stand here at all: each one written is a finding, and none is offered as a did-you-mean.
    pub fn refuse(&mut self, keys: &'static [&'static str], finding: impl Fn(&str) -> Diagnostic) {
        self.refused.extend(keys);
        let written: Vec<&At<String>> =
            self.pairs.iter().map(|(key, _)| key).filter(|key| keys.contains(&key.value.as_str())).collect();
        // A whole head pasted is one slip, not one a key.
        if let [first, _, _, _, ..] = written[..] {
            let all: Vec<&str> = written.iter().map(|key| key.value.as_str()).collect();
            self.reader.report(finding(&all.join("`, `")), first.span);
        } else {
            for key in written {
                self.reader.report(finding(&key.value), key.span);
            }
        }
    }

    /// Free data under `extra`, passed over.
    pub fn ignore(&mut self, key: &'static str) {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
    }

    /// A short text in NFC without blanks around; empty counts as absent.
    pub fn text(&mut self, key: &'static str) -> Option<At<String>> {
        let (_, node) = self.get(key)?;
        self.as_text(key, node)
    }

    pub(super) fn as_text(&mut self, key: &str, node: &Node) -> Option<At<String>> {
        match &node.value {
            Value::Text(text) => {
                let text = text.trim();
                (!text.is_empty()).then(|| At { value: text.to_owned(), span: node.span })
            }
            Value::Int(_) | Value::Float(_) | Value::Bool(_) => {
                let written = self.reader.text.get(node.span.range()).unwrap_or_default().trim().to_owned();
                self.reader.report(facts::needs_quotes(key, &written), node.span);
                None
            }
            _ => {
                self.wrong(key, ("một dòng chữ", "a line of text"), node);
                None
            }
        }
    }

    /// A text that must be there; its absence is a finding that says `what` belongs there.
    pub fn required_text(&mut self, key: &'static str, what: &Text) -> Option<At<String>> {
        self.required(key, what, |fields| fields.text(key))
    }

    /// A value that must be there, read by `read`; its absence is a finding that says `what` belongs there, unless
    /// `read` has found fault with it already.
    pub fn required<T>(
        &mut self,
        key: &'static str,
        what: &Text,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let before = self.reader.found.len();
        let value = read(self);
        if value.is_none() && self.reader.found.len() == before {
            match self.written(key) {
                Some(span) => self.report_empty(key, what, span),
                // Told at the end: a misspelt key is the better finding.
                None => self.missing.push((key, what.clone())),
            }
        }
        value
    }

    /// A value that may be absent, but not written and left empty.
    pub fn if_written<T>(
        &mut self,
        key: &'static str,
        what: &Text,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        if self.written(key).is_some() { self.required(key, what, read) } else { read(self) }
    }

    /// How many items a list has as written, good or bad.
    pub fn count(&mut self, key: &'static str) -> usize {
        match self.get(key) {
            Some((_, Node { value: Value::List(items), .. })) => items.len(),
            _ => 0,
        }
    }

    fn report_empty(&mut self, key: &str, what: &Text, span: Span) {
        let line = self.reader.text[span.range().end..].lines().next().unwrap_or_default();
        let rest = line.trim_start_matches(':').trim();
        // `title: #1 Đền Bia`: what was meant as a value is a remark to the machine.
        let lost = rest.strip_prefix('#').is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()));
        let finding =
            if lost { heads::sign_first(key, '#', rest, span) } else { heads::empty_value(key, what) };
        self.reader.report(finding, span);
    }

    /// A list of short texts.
    pub fn texts(&mut self, key: &'static str) -> Vec<At<String>> {
        exactly(self.nodes(key), |node| self.as_text(key, node))
    }

    /// The items of a list; empty where the key is absent.
    pub(super) fn nodes(&mut self, key: &'static str) -> &'n [Node] {
        match self.get(key) {
            Some((_, Node { value: Value::List(items), .. })) => items,
            Some((_, node)) => {
                self.wrong(key, ("một danh sách, như [a, b]", "a list, as in [a, b]"), node);
                &[]
            }
            None => &[],
        }
    }

    /// A list of maps, each read by `each`.
    pub fn list<T>(
        &mut self,
        key: &'static str,
        mut each: impl FnMut(&mut Fields<'n, '_, 'a>) -> Option<T>,
    ) -> Vec<T> {
        exactly(self.nodes(key), |node| self.as_map(key, node, &mut each))
    }

    /// A list whose items are a text or a map: a text is handed to `short`.
    pub fn list_or_texts<T>(
        &mut self,
        key: &'static str,
        short: impl Fn(At<String>) -> T,
        mut each: impl FnMut(&mut Fields<'n, '_, 'a>) -> Option<T>,
    ) -> Vec<T> {
        exactly(self.nodes(key), |node| match node.value {
            Value::Text(_) => self.as_text(key, node).map(&short),
            _ => self.as_map(key, node, &mut each),
        })
    }

    /// A map, read by `each`.
    pub fn map<T>(
        &mut self,
        key: &'static str,
        mut each: impl FnMut(&mut Fields<'n, '_, 'a>) -> Option<T>,
    ) -> Option<T> {
        let (_, node) = self.get(key)?;
        self.as_map(key, node, &mut each)
    }

    fn as_map<T>(
        &mut self,
        key: &str,
        node: &'n Node,
        each: &mut impl FnMut(&mut Fields<'n, '_, 'a>) -> Option<T>,
    ) -> Option<T> {
        let Value::Map(pairs) = &node.value else {
            self.wrong(key, ("một nhóm `tên: giá trị`", "a group of `name: value`"), node);
            return None;
        };
        let mut fields = Fields {
            pairs,
            asked: Vec::new(),
            refused: Vec::new(),
            missing: Vec::new(),
            span: node.span,
            reader: &mut *self.reader,
        };
        let value = each(&mut fields);
        fields.finish();
        value
    }

    /// The pairs of a map whose keys are free (file names, sections): each key with its map.
    pub fn entries<T>(
        &mut self,
        key: &'static str,
        mut each: impl FnMut(&At<String>, &mut Fields<'n, '_, 'a>) -> Option<T>,
    ) -> Vec<T> {
        let Some((_, node)) = self.get(key) else { return Vec::new() };
        let Value::Map(pairs) = &node.value else {
            self.wrong(key, ("một nhóm `tên: giá trị`", "a group of `name: value`"), node);
            return Vec::new();
        };
        pairs
            .iter()
            .filter_map(|(name, node)| {
                self.as_map(&name.value, node, &mut |fields: &mut Fields<'n, '_, 'a>| each(name, fields))
            })
            .collect()
    }

    /// A fact made of words: one string for all languages, or one a language.
    pub fn words(&mut self, key: &'static str) -> Option<Words> {
        let (name, node) = self.get(key)?;
        let Value::Map(pairs) = &node.value else {
            return self.as_text(key, node).map(|text| Words::one(text.value));
        };
        let languages = self.reader.languages;
        let mut words = Vec::new();
        for (tag, node) in pairs.iter().filter(|(_, node)| node.value != Value::Null) {
            let Some(lang) = Lang::parse(&tag.value).filter(|lang| languages.contains(lang)) else {
                let known = list(languages.iter().map(Lang::as_str));
                let near = nearest(&tag.value, languages.iter().map(Lang::as_str));
                self.reader.report(heads::unknown_key(&tag.value, near, &known), tag.span);
                continue;
            };
            if let Some(text) = self.as_text(key, node) {
                words.push((lang, text.value));
            }
        }
        for lang in languages {
            if !words.is_empty() && !words.iter().any(|(l, _)| l == lang) {
                self.reader.report(prose::words_lack(key, *lang), name.span);
            }
        }
        Words::each(words)
    }

    /// Reports every key that was written and never asked for.
    pub fn finish(mut self) {
        for (key, node) in self.pairs {
            let name = key.value.as_str();
            if self.asked.contains(&name) || self.refused.contains(&name) {
                continue;
            }
            let words =
                node.value == Value::Null && !name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
            if words {
                self.reader.report(heads::comma_in_value(name), key.span);
                continue;
            }
            let near = nearest(name, self.asked.iter().copied());
            self.missing.retain(|(missing, _)| Some(*missing) != near);
            let known = list(self.asked.iter().copied());
            self.reader.report(heads::unknown_key(name, near, &known), key.span);
        }
        let start = Span::new(self.span.start as usize, self.span.start as usize);
        for (key, what) in &self.missing {
            self.reader.report(heads::missing_key(key, what), start);
        }
    }
}

/// What is read of a list's items, in no more memory than as many take: a vector that grows begins with room for four,
/// and a nation has a million lists of one. A list of a million slips gets no room for them.
fn exactly<'n, T>(nodes: &'n [Node], each: impl FnMut(&'n Node) -> Option<T>) -> Vec<T> {
    let mut items = Vec::with_capacity(nodes.len().min(64));
    items.extend(nodes.iter().filter_map(each));
    items
}

pub(super) fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

fn kind_of(value: &Value) -> Text {
    match value {
        Value::Null => Text::new("chỗ trống", "nothing"),
        Value::Bool(_) => Text::new("true/false", "true/false"),
        Value::Int(_) | Value::Float(_) => Text::new("một số", "a number"),
        Value::Text(_) => Text::new("chữ", "text"),
        Value::List(_) => Text::new("một danh sách", "a list"),
        Value::Map(_) => Text::new("một nhóm `tên: giá trị`", "a group of `name: value`"),
    }
}
