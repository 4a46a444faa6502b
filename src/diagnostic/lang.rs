//! A language tag, and a message that stands in every language of the program.
//! Never decides which language a person reads: that is the command line's.

use std::fmt;

/// A language of a site's content, as a BCP 47 primary tag of 2 to 8 ASCII letters (`vi`, `en`, `km`).
///
/// `Copy` and 8 bytes, so that every fact can carry the language it is written in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang([u8; 8]);

impl Lang {
    /// Vietnamese, the language of the editors.
    pub const VI: Self = Self(*b"vi\0\0\0\0\0\0");
    /// English, the second language of every message.
    pub const EN: Self = Self(*b"en\0\0\0\0\0\0");

    /// Reads a tag; `None` unless it is 2 to 8 small ASCII letters.
    pub fn parse(tag: &str) -> Option<Self> {
        let bytes = tag.as_bytes();
        if !(2..=8).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_lowercase) {
            return None;
        }
        let mut tag = [0; 8];
        tag[..bytes.len()].copy_from_slice(bytes);
        Some(Self(tag))
    }

    /// The tag as people write it, for `lang=""` and file names.
    pub fn as_str(&self) -> &str {
        let len = self.0.iter().position(|&b| b == 0).unwrap_or(8);
        std::str::from_utf8(&self.0[..len]).unwrap_or("vi")
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Lang {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One message of the program in each language it speaks.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Text {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A message from its two wordings, side by side.
    pub fn new(vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { vi: vi.into(), en: en.into() }
    }

    /// The help that names what was probably meant.
    pub fn did_you_mean(near: &str) -> Self {
        Self::new(format!("có phải `{near}`?"), format!("did you mean `{near}`?"))
    }

    /// The names of what is so, one after another; `None` where nothing is. Each is told as `(so, Vietnamese, English)`.
    pub fn listed(told: &[(bool, &str, &str)]) -> Option<Self> {
        let so: Vec<_> = told.iter().filter(|(so, ..)| *so).collect();
        let vi: Vec<&str> = so.iter().map(|(_, vi, _)| *vi).collect();
        let en: Vec<&str> = so.iter().map(|(.., en)| *en).collect();
        (!so.is_empty()).then(|| Self::new(vi.join(", "), en.join(", ")))
    }

    /// The wording for `lang`: English for English, else Vietnamese.
    pub fn get(&self, lang: Lang) -> &str {
        if lang == Lang::EN { &self.en } else { &self.vi }
    }
}
