//! Looks through all that an entry says in one language, head and article, for what may not be said or shown.
//! Each wording is told once a file, where it first stands.

use crate::diagnostic::rules::wordings;
use crate::diagnostic::{Diagnostic, Span};
use crate::site::entry::Facts;
use crate::site::front_matter::{Node, Value};
use crate::vietnam::personal::{self, Personal};
use crate::vietnam::wording::{self, Saying};
use std::collections::HashSet;

/// Keys of a head whose words readers read. Sources and addresses are full of numbers that are nobody's.
const READ: [&str; 12] = [
    "title",
    "summary",
    "photos",
    "label",
    "season",
    "worships",
    "timeline",
    "festivals",
    "visiting",
    "claims",
    "audience",
    "withdrawn",
];
/// Under those, keys that are no prose.
const PASSED: [&str; 6] = ["file", "licence", "net", "abv", "sort", "lunar"];

/// Every finding in the words of one file. `body` is where its article begins.
pub fn look(facts: &Facts, file: &str, text: &str, head: &Node, body: usize, found: &mut Vec<Diagnostic>) {
    let mut parts = vec![Span::new(body, text.len())];
    if let Value::Map(pairs) = &head.value {
        for (_, node) in pairs.iter().filter(|(key, _)| READ.contains(&key.value.as_str())) {
            leaves(node, &mut parts);
        }
    }
    look_at(facts, file, text, &parts, found);
}

/// Looks through a text without a head.
pub fn look_at_text(facts: &Facts, file: &str, text: &str, found: &mut Vec<Diagnostic>) {
    look_at(facts, file, text, &[Span::new(0, text.len())], found);
}

fn look_at(facts: &Facts, file: &str, text: &str, parts: &[Span], found: &mut Vec<Diagnostic>) {
    let mut told = HashSet::new();
    for part in parts {
        let said = text.get(part.range()).unwrap_or_default();
        for (finding, range) in findings(facts, said) {
            let words = said[range.clone()].to_lowercase();
            if told.insert((finding.code, words)) {
                found.push(finding.at(file, Span::new(range.start, range.end).shifted(part.range().start)));
            }
        }
    }
}

fn leaves(node: &Node, parts: &mut Vec<Span>) {
    match &node.value {
        Value::Text(_) => parts.push(node.span),
        Value::List(items) => items.iter().for_each(|item| leaves(item, parts)),
        Value::Map(pairs) => {
            pairs
                .iter()
                .filter(|(key, _)| !PASSED.contains(&key.value.as_str()))
                .for_each(|(_, node)| leaves(node, parts));
        }
        _ => {}
    }
}

fn findings(facts: &Facts, said: &str) -> Vec<(Diagnostic, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    if let Facts::Product(product) = facts {
        for (saying, range) in wording::find(said) {
            let words = &said[range.clone()];
            let finding = match saying {
                Saying::Heals => wordings::heals(words),
                Saying::Traceable => wordings::traceable(words),
                Saying::Stars => wordings::stars_in_text(words),
                Saying::Sells if product.is_strong() => wordings::strong_drink_sold(words),
                Saying::Sells => continue,
            };
            found.push((finding, range));
        }
    }
    for (what, range) in personal::find(said) {
        let words = &said[range.clone()];
        let finding = match what {
            Personal::Phone => wordings::phone_in_text(words),
            Personal::Identity(true) => wordings::identity_number(words),
            Personal::Identity(false) => wordings::identity_shape(words),
            Personal::Keeper => wordings::keeper_named(words),
        };
        found.push((finding, range));
    }
    found
}
