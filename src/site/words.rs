//! A fact that people read, in one wording for all languages or one a language.
//! Never translates: what is missing falls back to what was written, and says so.

use crate::diagnostic::Lang;

/// A fact made of words: one string for all languages (a proper name), or one a language.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words(Box<[(Option<Lang>, Box<str>)]>);

impl Words {
    /// One string for every language.
    pub fn one(text: String) -> Self {
        Self([(None, text.into_boxed_str())].into())
    }

    /// A string a language; `None` where there is none at all.
    pub fn each(words: Vec<(Lang, String)>) -> Option<Self> {
        let each = |(lang, text): (Lang, String)| (Some(lang), text.into_boxed_str());
        (!words.is_empty()).then(|| Self(words.into_iter().map(each).collect()))
    }

    /// The wording for `lang`, and the language it is really in where that is another one.
    /// A language that is missing falls back to the first one written.
    pub fn get(&self, lang: Lang) -> (&str, Option<Lang>) {
        let found = self.0.iter().find(|(l, _)| l.is_none_or(|l| l == lang));
        match (found, self.0.first()) {
            (Some((_, text)), _) => (text, None),
            (None, Some((other, text))) => (text, *other),
            (None, None) => ("", None),
        }
    }
}
