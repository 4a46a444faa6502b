//! An article's file becomes an `Article`: its head split off, its prose looked through, its fingerprint taken.
//! The body itself is not kept; `render` reads it again.

use super::source::{Source, Unreadable, compose};
use super::{markdown, photo, wordings};
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::{facts, heads, prose};
use crate::diagnostic::{Diagnostic, Failure, Lang, Span};
use crate::site::fields::{Fields, Reader};
use crate::site::front_matter::{self, Node, Value};
use crate::site::prose::{Caption, Prose};
use crate::site::{Article, Config, Entry};
use crate::vietnam::folding::nearest;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// Why an output could not be made.
#[derive(Debug, Clone)]
pub enum Trouble {
    /// The editor or the theme's author can mend it.
    Found(Box<Diagnostic>),
    /// The machine refused.
    Failed(Failure),
}

impl From<Box<Diagnostic>> for Trouble {
    fn from(finding: Box<Diagnostic>) -> Self {
        Self::Found(finding)
    }
}

/// A file that was there when the site was loaded and is gone or changed beyond reading now.
pub(super) fn gone(file: &str, why: Unreadable) -> Trouble {
    match unreadable(why) {
        Ok(finding) => Trouble::Found(Box::new(finding.in_file(file))),
        Err(failure) => Trouble::Failed(failure),
    }
}

/// The text of a file that a site may do without; the finding where it is there and cannot be had.
///
/// # Errors
/// Where the machine refuses to read.
pub fn text_if_there(
    source: &Source,
    file: &str,
) -> Result<Result<Option<String>, Box<Diagnostic>>, Failure> {
    match source.text(file) {
        Ok(text) => Ok(Ok(Some(text))),
        Err(Unreadable::Missing) => Ok(Ok(None)),
        Err(why) => Ok(Err(Box::new(unreadable(why)?.in_file(file)))),
    }
}

/// The finding for a text that could not be had; a refusal of the machine is passed on.
pub fn unreadable(why: Unreadable) -> Result<Diagnostic, Failure> {
    match why {
        Unreadable::Missing => Ok(heads::no_index()),
        Unreadable::TooLarge(bytes) => Ok(heads::file_too_large(bytes)),
        Unreadable::NotUtf8 => Ok(heads::not_utf8()),
        Unreadable::Folder => Ok(heads::folder_for_file()),
        Unreadable::Failed(failure) => Err(failure),
    }
}

/// The head's values and where the article begins; findings are kept.
pub(super) fn head_of(text: &str, file: &str, found: &mut Vec<Diagnostic>) -> Option<(Node, usize)> {
    let (span, body) =
        front_matter::split(text).map_err(|finding| found.push(finding.at(file, Span::default()))).ok()?;
    let node = front_matter::parse(text, span)
        .map_err(|finding| {
            let place = finding.span.unwrap_or(span);
            found.push(finding.at(file, place));
        })
        .ok()?;
    Some((node, body))
}

pub(super) fn article(
    lang: Lang,
    file: String,
    text: &str,
    body: usize,
    prose: Prose,
    captions: Vec<Caption>,
    found: &mut Vec<Diagnostic>,
) -> Article {
    let outline = markdown::outline(&text[body..]);
    found.extend(outline.found.into_iter().map(|(finding, span)| finding.at(&file, span.shifted(body))));
    let shifted = |place: At<String>| At { value: place.value, span: place.span.shifted(body) };
    let (links, pictures) = (outline.links.into_iter(), outline.pictures.into_iter());
    Article {
        digest: source_hash(&prose.title, &prose.summary, &captions, &text[body..]),
        lang,
        file,
        body,
        title: prose.title,
        summary: prose.summary,
        captions,
        audio: prose.audio.map(Box::new),
        machine: prose.machine,
        translator: prose.translator,
        source_hash: prose.source_hash,
        words: outline.words,
        steps: outline.steps,
        links: links.map(shifted).collect(),
        pictures: pictures.map(shifted).collect(),
    }
}

/// The fingerprint of a source text (FIELDS): title, summary, each photo's alt and caption, and the article, each NFC
/// with LF and without white space at line ends and at the end, joined by U+001F; 12 hexadecimal digits of SHA-256.
pub fn source_hash(title: &str, summary: &str, captions: &[Caption], article: &str) -> String {
    let mut hash = Sha256::new();
    feed(&mut hash, title);
    let shown = captions.iter().flat_map(|caption| [&caption.alt, &caption.caption]);
    let shown = shown.map(|words| words.as_deref().unwrap_or_default());
    for part in std::iter::once(summary).chain(shown).chain(std::iter::once(article)) {
        hash.update("\u{1f}");
        feed(&mut hash, part);
    }
    photo::hex(&hash.finalize()[..6])
}

/// Feeds one part, line by line: no white space at the end of a line, no empty lines at the end.
fn feed(hash: &mut Sha256, part: &str) {
    for (number, line) in compose(part).trim_end().lines().enumerate() {
        if number > 0 {
            hash.update("\n");
        }
        hash.update(line.trim_end());
    }
}

/// What a translation's file turned out to be.
pub(super) enum Translated {
    /// An article with its captions in the source's order.
    Article(Box<Article>),
    /// As `dautich new` made it: nobody has written in it yet.
    Untouched,
    /// Its head cannot be read; that is told.
    Broken,
}

pub(super) fn translation(
    source: &Source,
    config: &Config,
    entry: &Entry,
    (lang, name): (Lang, &str),
    today: Date,
    found: &mut Vec<Diagnostic>,
) -> Result<Translated, Failure> {
    let file = format!("{}/{name}", entry.folder);
    let text = match source.text(&file) {
        Ok(text) => text,
        Err(why) => {
            found.push(unreadable(why)?.in_file(&file));
            return Ok(Translated::Broken);
        }
    };
    let Some((node, body)) = head_of(&text, &file, found) else { return Ok(Translated::Broken) };
    let blank = |(_, node): &(At<String>, Node)| matches!(&node.value, Value::Null);
    if text[body..].trim().is_empty() && matches!(&node.value, Value::Map(pairs) if pairs.iter().all(blank)) {
        return Ok(Translated::Untouched);
    }
    // A list of photos instead of captions by name is the head of a source file, pasted.
    let pasted = matches!(&node.value, Value::Map(pairs)
        if pairs.iter().any(|(key, node)| key.value == "photos" && matches!(node.value, Value::List(_))));
    let mut reader =
        Reader { file: &file, text: &text, languages: &config.languages, today, found: Vec::new() };
    let prose = Fields::of(&node, &mut reader).and_then(|mut fields| {
        fields.refuse(&Prose::FACT_KEYS, |key| facts::fact_in_translation(key, "index.md"));
        if pasted {
            fields.refuse(&["photos"], |key| facts::fact_in_translation(key, "index.md"));
        }
        let prose = Prose::read(&mut fields);
        fields.finish();
        prose
    });
    found.append(&mut reader.found);
    let Some(mut prose) = prose else { return Ok(Translated::Broken) };
    wordings::look(&entry.facts, &file, &text, &node, body, found);
    let captions = captions(entry, &mut prose, lang, &file, pasted, found);
    let article = article(lang, file, &text, body, prose, captions, found);
    Ok(Translated::Article(Box::new(article)))
}

/// The translation's captions in the order of the source's photos. `pasted` says that its list of photos was refused.
fn captions(
    entry: &Entry,
    prose: &mut Prose,
    lang: Lang,
    file: &str,
    pasted: bool,
    found: &mut Vec<Diagnostic>,
) -> Vec<Caption> {
    let mut written = std::mem::take(&mut prose.captions);
    let mut lacking = Vec::new();
    let captions = entry
        .photos
        .iter()
        .map(|photo| {
            let at = written.iter().position(|(name, _)| name.value == photo.file.value);
            let caption = at.map(|at| written.swap_remove(at).1).unwrap_or_default();
            if caption.alt.is_none() {
                lacking.push(photo.file.value.as_str());
            }
            caption
        })
        .collect();
    // A caption under a wrong name is why the right one lacks: told once.
    if written.is_empty() && !pasted {
        found.extend(lacking.iter().map(|name| prose::caption_lacks(name, lang).in_file(file)));
    }
    for (name, _) in written {
        let near = nearest(&name, lacking.iter().copied());
        found.push(prose::caption_without_photo(&name, near, "index.md").at(file, name.span));
    }
    captions
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The golden vector of FIELDS' `source_hash`, computed with Python's hashlib over the joined text.
    #[test]
    fn the_fingerprint_of_a_source_is_as_the_contract_says() {
        let caption = Caption { alt: Some("Cổng chính".to_owned()), caption: None };
        let even = source_hash(
            "Đền Bia",
            "Nơi thờ Tuệ Tĩnh.",
            std::slice::from_ref(&caption),
            "\nĐoạn một.\n\n## Mục\n",
        );
        let ragged =
            source_hash("Đền Bia ", "Nơi thờ Tuệ Tĩnh.  ", &[caption], "\nĐoạn một.  \r\n\r\n## Mục\t\n\n\n");
        assert_eq!(even, "4b9896f90c54");
        assert_eq!(even, ragged);
    }
}
