//! Single values of the head in their own types: days, numbers, points, choices, addresses, ids.
//! A value of the wrong shape is a finding in its place, and `None`.

use super::fields::{Fields, list};
use super::front_matter::{Node, Value};
use crate::code::id::{Id, NotAnId};
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::{agreement, codes, facts};
use crate::diagnostic::{Diagnostic, Span, Text};
use crate::vietnam::folding::nearest;
use crate::vietnam::lunar::LunarDay;
use jiff::civil::Date;
use url::Url;

impl Fields<'_, '_, '_> {
    /// `true` or `false`; absent is `false`.
    pub fn flag(&mut self, key: &'static str) -> At<bool> {
        match self.get(key) {
            Some((key, Node { value: Value::Bool(flag), .. })) => At { value: *flag, span: key.span },
            Some((_, node)) => {
                self.wrong(key, ("true hoặc false", "true or false"), node);
                At { value: false, span: node.span }
            }
            None => At { value: false, span: self.span },
        }
    }

    /// A day `YYYY-MM-DD`.
    pub fn date(&mut self, key: &'static str) -> Option<Date> {
        let text = self.figures(key, facts::not_a_date)?;
        let date = (text.len() == 10).then(|| text.parse().ok()).flatten();
        if date.is_none() {
            self.reader.report(facts::not_a_date(key, &text), text.span);
        }
        date
    }

    /// A day that has come already: a review, a visit to a source, a change.
    pub fn past_date(&mut self, key: &'static str) -> Option<Date> {
        let day = self.date(key)?;
        let today = self.reader.today;
        if day > today
            && let Some((_, node)) = self.get(key)
        {
            self.reader.report(agreement::day_ahead(key, &day.to_string(), &today.to_string()), node.span);
        }
        Some(day)
    }

    /// A year in history, negative before our era. There is no year 0 (ISO 8601's is the historians' 1 BC), and no
    /// year of five digits has come.
    pub fn year(&mut self, key: &'static str) -> Option<i64> {
        let At { value: year, span } = self.number(key)?;
        let now = self.reader.today.year();
        if year == 0 || year > 9999 {
            self.reader.report(agreement::not_a_year(key, year), span);
            return None;
        }
        if year > i64::from(now) {
            self.reader.report(agreement::year_ahead(key, year, now), span);
        }
        Some(year)
    }

    /// Where a key's value stands; where it is absent, the beginning of the map it lacks from.
    pub(super) fn place_of(&mut self, key: &'static str) -> Span {
        let start = self.span.start as usize;
        self.get(key).map_or(Span::new(start, start), |(_, node)| node.span)
    }

    /// Tells of what a list names twice; `written` is the list in words.
    pub(super) fn tell_twice(&mut self, key: &'static str, written: &[At<String>]) {
        for (at, one) in written.iter().enumerate() {
            if written[..at].iter().any(|other| other.value == one.value) {
                self.reader.report(agreement::listed_twice(key, one), one.span);
            }
        }
    }

    /// A text that begins with digits, where a plain number is the wrong shape rather than a lack of quotes.
    fn figures(&mut self, key: &'static str, wrong: fn(&str, &str) -> Diagnostic) -> Option<At<String>> {
        let (_, node) = self.get(key)?;
        if let Value::Int(_) | Value::Float(_) = node.value {
            let written = self.reader.text.get(node.span.range()).unwrap_or_default().trim().to_owned();
            self.reader.report(wrong(key, &written), node.span);
            return None;
        }
        self.as_text(key, node)
    }

    /// A day of the lunar calendar.
    pub fn lunar(&mut self, key: &'static str) -> Option<LunarDay> {
        let text = self.figures(key, |_, written| facts::not_lunar(written))?;
        let day = LunarDay::parse(&text);
        if day.is_none() {
            self.reader.report(facts::not_lunar(&text), text.span);
        }
        day
    }

    /// A whole number between two others, both allowed.
    pub fn number_within(&mut self, key: &'static str, from: i64, to: i64) -> Option<i64> {
        let number = self.number(key)?;
        if (from..=to).contains(&number.value) {
            return Some(number.value);
        }
        self.reader.report(facts::out_of_range(key, &number.value.to_string(), (from, to)), number.span);
        None
    }

    /// A whole number: a year (negative before our era), a count, an index.
    pub fn number(&mut self, key: &'static str) -> Option<At<i64>> {
        let (_, node) = self.get(key)?;
        if let Value::Int(number) = node.value {
            return Some(At { value: number, span: node.span });
        }
        self.wrong(key, ("một số nguyên, không có dấu nháy", "a whole number without quotes"), node);
        None
    }

    /// A list of whole numbers.
    pub fn numbers(&mut self, key: &'static str) -> Vec<i64> {
        let mut numbers = Vec::new();
        for node in self.nodes(key) {
            match node.value {
                Value::Int(number) => numbers.push(number),
                _ => self.wrong(
                    key,
                    ("các số nguyên, không có dấu nháy", "whole numbers without quotes"),
                    node,
                ),
            }
        }
        numbers
    }

    /// A number with or without decimals.
    pub fn decimal(&mut self, key: &'static str) -> Option<f64> {
        let (_, node) = self.get(key)?;
        self.as_decimal(key, node)
    }

    /// A share in percent.
    pub fn percent(&mut self, key: &'static str) -> Option<f64> {
        let number = self.decimal(key)?;
        if (0.0..=100.0).contains(&number) {
            return Some(number);
        }
        let span = self.place_of(key);
        self.reader.report(facts::out_of_range(key, &number.to_string(), (0, 100)), span);
        None
    }

    fn as_decimal(&mut self, key: &str, node: &Node) -> Option<f64> {
        match node.value {
            Value::Int(number) => Some(number as f64),
            Value::Float(number) if number.is_finite() => Some(number),
            _ => {
                self.wrong(
                    key,
                    ("một số, phần lẻ sau dấu chấm", "a number, with a point for decimals"),
                    node,
                );
                None
            }
        }
    }

    /// A length within a range.
    pub fn length(&mut self, key: &'static str, range: (i64, i64)) -> Option<f32> {
        let (_, node) = self.get(key)?;
        let number = self.as_decimal(key, node)?;
        self.within(key, number, range, node.span)
    }

    /// So many lengths, each within a range.
    pub fn lengths<const N: usize>(&mut self, key: &'static str, range: (i64, i64)) -> Option<[f32; N]> {
        let (_, node) = self.get(key)?;
        let items = match &node.value {
            Value::List(items) if items.len() == N => items,
            _ => {
                let wanted = (format!("{N} số như [63.5, 72]"), format!("{N} numbers as in [63.5, 72]"));
                self.wrong(key, (&wanted.0, &wanted.1), node);
                return None;
            }
        };
        let mut lengths = [0.0; N];
        for (length, item) in lengths.iter_mut().zip(items) {
            let number = self.as_decimal(key, item)?;
            *length = self.within(key, number, range, item.span)?;
        }
        Some(lengths)
    }

    /// Two whole numbers, each within a range: how many across and down.
    pub fn counts(&mut self, key: &'static str, (from, to): (u8, u8)) -> Option<[u8; 2]> {
        let (_, node) = self.get(key)?;
        let counts = match &node.value {
            Value::List(items) => match items.as_slice() {
                [Node { value: Value::Int(across), .. }, Node { value: Value::Int(down), .. }] => {
                    [*across, *down]
                }
                _ => [-1, -1],
            },
            _ => [-1, -1],
        };
        if counts == [-1, -1] {
            self.wrong(key, ("hai số nguyên như [3, 4]", "two whole numbers as in [3, 4]"), node);
            return None;
        }
        let mut within = [0; 2];
        for (count, written) in within.iter_mut().zip(counts) {
            self.within(key, written as f64, (from.into(), to.into()), node.span)?;
            *count = u8::try_from(written).ok()?;
        }
        Some(within)
    }

    fn within(&mut self, key: &str, number: f64, (from, to): (i64, i64), span: Span) -> Option<f32> {
        if (from as f64..=to as f64).contains(&number) {
            return Some(number as f32);
        }
        self.reader.report(facts::out_of_range(key, &number.to_string(), (from, to)), span);
        None
    }

    /// Two numbers: latitude and longitude.
    pub fn point(&mut self, key: &'static str) -> Option<At<(f64, f64)>> {
        let (_, node) = self.get(key)?;
        if let Value::List(items) = &node.value
            && let [latitude, longitude] = items.as_slice()
        {
            let pair = (self.as_decimal(key, latitude)?, self.as_decimal(key, longitude)?);
            return Some(At { value: pair, span: node.span });
        }
        self.wrong(
            key,
            (
                "hai số như [20.9135, 106.2455], phần lẻ sau dấu chấm",
                "two numbers as in [20.9135, 106.2455], with a point for decimals",
            ),
            node,
        );
        None
    }

    /// One of the words in `choices`.
    pub fn choice<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(key)?;
        self.as_choice(key, &text, choices)
    }

    /// A list of words out of `choices`.
    pub fn choices<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Vec<T> {
        self.texts(key).iter().filter_map(|text| self.as_choice(key, text, choices)).collect()
    }

    fn as_choice<T: Copy>(&mut self, key: &str, text: &At<String>, choices: &[(&str, T)]) -> Option<T> {
        let found = choices.iter().find(|(word, _)| *word == text.value).map(|(_, value)| *value);
        if found.is_none() {
            let near = nearest(text, choices.iter().map(|(word, _)| *word));
            let known = list(choices.iter().map(|(word, _)| *word));
            self.reader.report(facts::not_a_choice(key, text, near, &known), text.span);
        }
        found
    }

    /// A full https address.
    pub fn url(&mut self, key: &'static str) -> Option<At<String>> {
        let text = self.text(key)?;
        self.as_url(key, text)
    }

    /// Holds a text to the shape of a full https address.
    pub fn as_url(&mut self, key: &str, text: At<String>) -> Option<At<String>> {
        let good = Url::parse(&text).is_ok_and(|url| url.scheme() == "https" && url.has_host())
            && text.to_ascii_lowercase().starts_with("https://");
        if good {
            return Some(text);
        }
        self.reader.report(facts::not_a_url(key, &text), text.span);
        None
    }

    /// An id.
    pub fn id(&mut self, key: &'static str) -> Option<At<Id>> {
        let (_, node) = self.get(key)?;
        self.as_id(node)
    }

    /// A list of ids.
    pub fn ids(&mut self, key: &'static str) -> Vec<At<Id>> {
        self.nodes(key).iter().filter_map(|node| self.as_id(node)).collect()
    }

    /// A list of ids in which each should stand once.
    pub fn ids_once(&mut self, key: &'static str) -> Vec<At<Id>> {
        let ids = self.ids(key);
        let written: Vec<_> =
            ids.iter().map(|id| At { value: id.value.to_string(), span: id.span }).collect();
        self.tell_twice(key, &written);
        ids
    }

    fn as_id(&mut self, node: &Node) -> Option<At<Id>> {
        if let Value::List(_) | Value::Map(_) | Value::Null = node.value {
            self.wrong("id", ("một mã sáu ký tự", "an id of six characters"), node);
            return None;
        }
        let written = match &node.value {
            Value::Text(text) => text.trim().to_owned(),
            _ => self.reader.text.get(node.span.range()).unwrap_or_default().trim().to_owned(),
        };
        match Id::parse(&written) {
            Ok(id) => Some(At { value: id, span: node.span }),
            Err(why) => {
                let capitals = written.to_uppercase();
                let near = (capitals != written && Id::parse(&capitals).is_ok()).then_some(capitals.as_str());
                self.reader.report(codes::not_an_id(&written, &why_not_an_id(why), near), node.span);
                None
            }
        }
    }

    /// A source's number, from 1 to `count`.
    pub fn source(&mut self, count: usize) -> Option<usize> {
        let number = self.number("source")?;
        let index = usize::try_from(number.value).ok().filter(|n| (1..=count).contains(n));
        if index.is_none() {
            self.reader.report(facts::no_such_source(number.value, count), number.span);
        }
        index
    }
}

/// Why a text is no id, in words.
pub fn why_not_an_id(why: NotAnId) -> Text {
    match why {
        NotAnId::Length => Text::new("mã có đúng sáu ký tự", "an id has exactly six characters"),
        NotAnId::Character(c) => Text::new(
            format!("mã không dùng ký tự `{c}` (chỉ có chữ in hoa trừ A E I O U và số từ 2 đến 9)"),
            format!("an id has no `{c}` (only capitals without A E I O U, and digits from 2 to 9)"),
        ),
        NotAnId::Check => Text::new(
            "ký tự kiểm tra không khớp: có một ký tự sai hoặc hai ký tự đổi chỗ",
            "the check character does not fit: one character is wrong, or two are swapped",
        ),
        NotAnId::AllDigits => Text::new("mã không bao giờ toàn số", "an id is never all digits"),
    }
}
