//! The A to Z index of a language: every listed entry under the first letter of its own name, in the order of the
//! Vietnamese alphabet. What is listed, and in which order, is the plan's; this only sorts it into letters and pages.

use crate::diagnostic::Lang;
use crate::site::entry::Article;
use crate::site::{Entry, Kind};
use crate::vietnam::order;
use unicode_normalization::UnicodeNormalization;

/// Names on one page of the index: with a page's head they fit the first 14 KB of a connection. As many stand on the
/// search page itself; where there are more, each letter has pages of its own.
pub const NAMES: usize = 200;

/// The letters in Vietnamese order, with what each is called in an address: as Telex types it, for two letters that
/// differ by a mark alone must not meet there. The last is for whatever begins with no Latin letter.
const LETTERS: [(&str, &str); 34] = [
    ("A", "a"),
    ("Ă", "aw"),
    ("Â", "aa"),
    ("B", "b"),
    ("C", "c"),
    ("D", "d"),
    ("Đ", "dd"),
    ("E", "e"),
    ("Ê", "ee"),
    ("F", "f"),
    ("G", "g"),
    ("H", "h"),
    ("I", "i"),
    ("J", "j"),
    ("K", "k"),
    ("L", "l"),
    ("M", "m"),
    ("N", "n"),
    ("O", "o"),
    ("Ô", "oo"),
    ("Ơ", "ow"),
    ("P", "p"),
    ("Q", "q"),
    ("R", "r"),
    ("S", "s"),
    ("T", "t"),
    ("U", "u"),
    ("Ư", "uw"),
    ("V", "v"),
    ("W", "w"),
    ("X", "x"),
    ("Y", "y"),
    ("Z", "z"),
    ("0–9", "0"),
];

/// A letter of the index and the entries under it.
pub struct Letter<'s> {
    /// The letter.
    pub name: &'static str,
    /// What it is called in an address.
    pub slug: &'static str,
    /// In the order of the language.
    pub entries: Vec<&'s Entry>,
}

impl<'s> Letter<'s> {
    /// The entries of each of its pages.
    pub fn pages(&self) -> impl ExactSizeIterator<Item = &[&'s Entry]> {
        self.entries.chunks(NAMES)
    }
}

/// What an entry is ordered by: in Vietnamese its proper name, in other languages the title without an article.
pub fn own_name(kind: Kind, article: &Article) -> &str {
    let title = article.title.as_str();
    match (article.lang == Lang::VI, kind) {
        (true, Kind::Relic) => order::place_name(title),
        (true, Kind::Product) => order::product_name(title),
        (true, _) => title,
        (false, _) => title.strip_prefix("The ").unwrap_or(title),
    }
}

/// Sorts entries into letters; `entries` come in the order of the language, and letters without any are left out.
pub fn letters<'s>(entries: impl Iterator<Item = &'s Entry>, lang: Lang) -> Vec<Letter<'s>> {
    let mut letters = LETTERS.map(|(name, slug)| Letter { name, slug, entries: Vec::new() });
    for entry in entries {
        let article = entry.article(lang).unwrap_or(entry.source());
        letters[letter(own_name(entry.kind, article))].entries.push(entry);
    }
    letters.into_iter().filter(|letter| !letter.entries.is_empty()).collect()
}

/// The number of the letter that a name begins with, tones and quotation marks aside.
fn letter(name: &str) -> usize {
    let other = LETTERS.len() - 1;
    let Some(first) = name.nfc().find(|c| c.is_alphanumeric()) else { return other };
    let first: String = first.to_uppercase().collect();
    let mut marks: Vec<char> = first.nfd().collect();
    // Without the tones; then without marks that the alphabet does not have, until a letter of it is left.
    marks.retain(|c| !matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'));
    while !marks.is_empty() {
        let plain: String = marks.iter().copied().nfc().collect();
        if let Some(at) = LETTERS[..other].iter().position(|(name, _)| *name == plain) {
            return at;
        }
        marks.pop();
    }
    other
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_under_the_letter_they_begin_with_whatever_their_tone() {
        let under = |name| LETTERS[letter(name)];
        for (name, letter, slug) in [
            ("Ấp Bắc", "Â", "aa"),
            ("ặ", "Ă", "aw"),
            ("Ảnh", "A", "a"),
            ("đậu xanh", "Đ", "dd"),
            ("Ướt", "Ư", "uw"),
            ("Ở", "Ơ", "ow"),
            ("“Ông” Khiêm", "Ô", "oo"),
            ("École", "E", "e"),
            ("Ö", "O", "o"),
            ("Ý", "Y", "y"),
            ("3 cây", "0–9", "0"),
            ("寺", "0–9", "0"),
            ("", "0–9", "0"),
        ] {
            assert_eq!(under(name), (letter, slug), "{name}");
        }
        let decomposed: String = "Ế".nfd().collect();
        assert_eq!(under(&decomposed).0, "Ê");
    }
}
