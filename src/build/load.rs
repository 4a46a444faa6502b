//! The source files become a site: heads read, articles looked through, photos measured, all in one parallel pass.
//! Every slip of a single file is found here; what needs two files is `check`'s.

use super::source::{Source, Unreadable, article_language};
use super::{markdown, photo};
use crate::code::Id;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::{facts, heads, prose};
use crate::diagnostic::{Diagnostic, Failure, Lang, Severity, Span, Text};
use crate::site::entry::Head;
use crate::site::fields::{Fields, Reader};
use crate::site::front_matter::{self, Node, Value};
use crate::site::prose::{Audio, Caption, Prose};
use crate::site::site::FileFacts;
use crate::site::{Article, Config, Entry, Kind, Ledger, Site, config, ledger};
use crate::vietnam::folding::{nearest, slug};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Names that Windows keeps for itself, and names of our own pages.
const RESERVED: [&str; 27] = [
    "con", "aux", "nul", "prn", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "trang", "page", "index",
    "clock", "feed",
];
/// The longest slug, in characters: with two sections and a Windows folder before it the path stays under 260.
const MAX_SLUG: usize = 80;

/// A site, as far as it could be read, and everything wrong with its files one by one.
pub struct Loaded {
    /// `None` where `dautich.yaml` cannot be read.
    pub site: Option<Site>,
    /// Findings, in no particular order.
    pub found: Vec<Diagnostic>,
}

/// Reads the whole site. `published` is the ledger that the last build left in the output, empty where there is none.
///
/// # Errors
/// Where the machine refuses to read; what an editor wrote is never an error here.
pub fn load(source: &Source, published: &str) -> Result<Loaded, Failure> {
    let (config, mut found) = read_config(source)?;
    let Some(config) = config else { return Ok(Loaded { site: None, found }) };
    let (ledger, broken) = read_ledger(source)?;
    found.extend(broken);
    let (published, _) = Ledger::read(published);
    found.extend(source.shortcuts.iter().map(|name| heads::symlink().in_file(name)));
    found.extend(strays(source));

    let folders: Vec<(Kind, &String)> =
        source.folders.iter().filter_map(|folder| Some((kind_of(folder)?, folder))).collect();
    let read: Vec<Read> = folders
        .par_iter()
        .map(|(kind, folder)| read_entry(source, &config, *kind, folder))
        .collect::<Result<_, _>>()?;
    let (mut entries, mut files, mut unread) = (Vec::new(), BTreeMap::new(), Vec::new());
    for (read, (_, folder)) in read.into_iter().zip(folders) {
        found.extend(read.found);
        files.insert(folder.clone(), read.files);
        match read.entry {
            Some(entry) => entries.push(entry),
            None => unread.extend(read.id.map(|id| (id, folder.clone()))),
        }
    }
    entries.sort_by(|a, b| (a.kind, &a.folder).cmp(&(b.kind, &b.folder)));
    if entries.is_empty()
        && unread.is_empty()
        && found.iter().all(|finding| finding.severity == Severity::Warning)
    {
        found.push(heads::no_entries());
    }
    Ok(Loaded { site: Some(Site::new(config, entries, (ledger, published), files, unread)), found })
}

/// The kind of entry that a folder of `content/` holds: `content/relics/<name>`, one level deep.
fn kind_of(folder: &str) -> Option<Kind> {
    let (kind, name) = folder.strip_prefix("content/")?.split_once('/')?;
    Kind::ALL.into_iter().find(|k| k.folder() == kind && !name.contains('/') && !name.starts_with('.'))
}

fn strays(source: &Source) -> Vec<Diagnostic> {
    let kinds = || Kind::ALL.iter().map(|kind| kind.folder());
    let mut found = Vec::new();
    for folder in &source.folders {
        let name = folder.strip_prefix("content/").unwrap_or(folder);
        if !name.contains('/') && !name.starts_with('.') && !kinds().any(|kind| kind == name) {
            found.push(heads::unknown_folder(name, nearest(name, kinds())).in_file(folder));
        }
    }
    for file in source.stray_files() {
        let name = file.rsplit('/').next().unwrap_or(file);
        // Explorer, Finder and Zola leave these behind; nobody wrote them as an entry.
        if !name.starts_with('.') && !matches!(name, "desktop.ini" | "Thumbs.db" | "_index.md") {
            found.push(heads::unknown_folder(name, None).in_file(file));
        }
    }
    found.extend(source.twins.iter().map(|name| {
        let last = name.rsplit('/').next().unwrap_or(name);
        heads::slug_collision(&slug(last), last).in_file(name)
    }));
    found.extend(deep_articles(source));
    found
}

/// Articles in folders where nobody looks for them.
fn deep_articles(source: &Source) -> impl Iterator<Item = Diagnostic> {
    let deep = source.folders.iter().filter(|folder| folder.matches('/').count() >= 3);
    deep.filter(|folder| source.files_in(folder).any(|name| name == "index.md"))
        .map(|folder| heads::entry_too_deep().in_file(folder))
}

/// The finding for a text that could not be had; a refusal of the machine is passed on.
fn unreadable(why: Unreadable) -> Result<Diagnostic, Failure> {
    match why {
        Unreadable::Missing => Ok(heads::no_index()),
        Unreadable::TooLarge(bytes) => Ok(heads::file_too_large(bytes)),
        Unreadable::NotUtf8 => Ok(heads::not_utf8()),
        Unreadable::Folder => Ok(heads::folder_for_file()),
        Unreadable::Failed(failure) => Err(failure),
    }
}

fn read_config(source: &Source) -> Result<(Option<Config>, Vec<Diagnostic>), Failure> {
    let text = match source.text(config::FILE) {
        Ok(text) => text,
        Err(Unreadable::Missing) => return Ok((None, vec![heads::no_config().in_file(config::FILE)])),
        Err(why) => return Ok((None, vec![unreadable(why)?.in_file(config::FILE)])),
    };
    Ok(match front_matter::parse(&text, Span::new(0, text.len())) {
        Ok(node) => Config::read(&node, config::FILE, &text),
        Err(finding) => (None, vec![finding.in_file(config::FILE)]),
    })
}

fn read_ledger(source: &Source) -> Result<(Ledger, Vec<Diagnostic>), Failure> {
    match source.text(ledger::FILE) {
        Ok(text) => Ok(Ledger::read(&text)),
        Err(Unreadable::Missing) => Ok((Ledger::default(), Vec::new())),
        Err(why) => {
            let mut finding = unreadable(why)?.in_file(ledger::FILE);
            finding.severity = Severity::Break;
            Ok((Ledger::default(), vec![finding]))
        }
    }
}

/// One entry's folder, as far as it could be read.
struct Read {
    entry: Option<Entry>,
    /// The id, where the head could not be read but a line `id:` could.
    id: Option<Id>,
    files: BTreeMap<String, FileFacts>,
    found: Vec<Diagnostic>,
}

fn read_entry(source: &Source, config: &Config, kind: Kind, folder: &str) -> Result<Read, Failure> {
    let mut read = Read { entry: None, id: None, files: BTreeMap::new(), found: Vec::new() };
    for name in source.files_in(folder) {
        read.files.insert(name.to_owned(), FileFacts::default());
    }
    let name = folder.rsplit('/').next().unwrap_or(folder);
    if let Some(reason) = bad_slug(name) {
        read.found.push(heads::bad_slug(name, &reason).in_file(folder));
    }
    let file = format!("{folder}/index.md");
    let text = match source.text(&file) {
        Ok(text) => text,
        Err(Unreadable::Missing) if read.files.is_empty() => return Ok(read),
        Err(why) => {
            read.found.push(unreadable(why)?.in_file(&file));
            return Ok(read);
        }
    };
    let Some((node, body)) = head_of(&text, &file, &mut read.found) else {
        read.id = glean_id(&text);
        return Ok(read);
    };
    let mut reader = Reader { file: &file, text: &text, languages: &config.languages, found: Vec::new() };
    let head = Fields::of(&node, &mut reader).and_then(|mut fields| {
        let head = Head::read(&mut fields, kind);
        fields.finish();
        head
    });
    read.found.append(&mut reader.found);
    let Some(Head { mut entry, prose }) = head else {
        read.id = glean_id(&text);
        if is_draft(&node) {
            read.found.iter_mut().for_each(spare_draft);
        }
        return Ok(read);
    };
    entry.slug = slug(name);
    folder.clone_into(&mut entry.folder);
    let captions = prose.captions.iter().map(|(_, caption)| caption.clone()).collect();
    let article = article(config.source_language(), file, &text, body, prose, captions, &mut read.found);
    entry.articles.push(article);
    translations(source, config, &mut entry, &mut read)?;
    pictures(source, &entry, &mut read)?;
    if entry.draft.value {
        read.found.iter_mut().for_each(spare_draft);
    }
    read.entry = Some(entry);
    Ok(read)
}

/// A draft may still lack what a published entry must have: told, but never a reason to stop the others.
fn is_draft(node: &Node) -> bool {
    let draft = |(key, node): &(At<String>, Node)| key.value == "draft" && node.value == Value::Bool(true);
    matches!(&node.value, Value::Map(pairs) if pairs.iter().any(draft))
}

fn spare_draft(finding: &mut Diagnostic) {
    if matches!(finding.code.0, 14 | 15 | 209) {
        finding.severity = Severity::Warning;
    }
}

/// Why a folder name cannot become part of an address; `None` where it can.
pub fn bad_slug(name: &str) -> Option<Text> {
    let slug = slug(name);
    if slug.is_empty() {
        return Some(Text::new("không có chữ cái hay chữ số nào", "it has no letter and no digit"));
    }
    if slug.len() > MAX_SLUG {
        return Some(Text::new(
            format!("dài {} ký tự, nhiều nhất là {MAX_SLUG}", slug.len()),
            format!("it is {} characters long, at most {MAX_SLUG}", slug.len()),
        ));
    }
    RESERVED.contains(&slug.as_str()).then(|| {
        Text::new(
            "Windows hoặc chính trang này giữ riêng tên ấy",
            "Windows or the site itself keeps that name",
        )
    })
}

/// The head's values and where the article begins; findings are kept.
fn head_of(text: &str, file: &str, found: &mut Vec<Diagnostic>) -> Option<(Node, usize)> {
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

/// An id on a line of its own in a head that cannot be read otherwise.
fn glean_id(text: &str) -> Option<Id> {
    let line = text.lines().take(60).find_map(|line| line.strip_prefix("id:"))?;
    Id::parse(line.trim().trim_matches(['"', '\''])).ok()
}

fn article(
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
    let mut links = outline.links;
    let mut pictures = outline.pictures;
    for place in links.iter_mut().chain(pictures.iter_mut()) {
        place.span = place.span.shifted(body);
    }
    Article {
        digest: source_hash(&prose.title, &prose.summary, &captions, &text[body..]),
        lang,
        file,
        body,
        title: prose.title,
        summary: prose.summary,
        captions,
        audio: prose.audio,
        machine: prose.machine,
        translator: prose.translator,
        source_hash: prose.source_hash,
        links,
        pictures,
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
    let even: Cow<'_, str> =
        if is_nfc_quick(part.chars()) == IsNormalized::Yes { part.into() } else { part.nfc().collect() };
    for (number, line) in even.trim_end().lines().enumerate() {
        if number > 0 {
            hash.update("\n");
        }
        hash.update(line.trim_end());
    }
}

fn translations(source: &Source, config: &Config, entry: &mut Entry, read: &mut Read) -> Result<(), Failure> {
    let source_language = config.source_language();
    let known = config.languages.iter().map(Lang::as_str).collect::<Vec<_>>().join(", ");
    for name in
        read.files.keys().filter(|name| name.starts_with("index.") && name.to_lowercase().ends_with(".md"))
    {
        let read_as = article_language(name, source_language);
        // `index.vi.md` beside `index.md` is nobody's: the source language has no tag.
        let tagged_source = read_as == Some(source_language) && name != "index.md";
        if tagged_source || read_as.is_none_or(|lang| !config.languages.contains(&lang)) {
            let file = format!("{}/{name}", entry.folder);
            read.found.push(heads::unknown_language_file(name, &known).in_file(&file));
        }
    }
    for lang in &config.languages[1..] {
        let name = format!("index.{lang}.md");
        if read.files.contains_key(&name) {
            match translation(source, config, entry, *lang, &name, &mut read.found)? {
                Translated::Article(article) => entry.articles.push(*article),
                Translated::Untouched if !entry.draft.value => {
                    read.found.push(prose::no_translation(*lang, &name).in_file(entry.file()));
                }
                Translated::Untouched | Translated::Broken => {}
            }
        } else if !entry.draft.value {
            read.found.push(prose::no_translation(*lang, &name).in_file(entry.file()));
        }
    }
    Ok(())
}

/// What a translation's file turned out to be.
enum Translated {
    Article(Box<Article>),
    /// As `dautich new` made it: nobody has written in it yet.
    Untouched,
    Broken,
}

fn translation(
    source: &Source,
    config: &Config,
    entry: &Entry,
    lang: Lang,
    name: &str,
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
    let mut reader = Reader { file: &file, text: &text, languages: &config.languages, found: Vec::new() };
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

/// Looks into every file that the entry names, once.
fn pictures(source: &Source, entry: &Entry, read: &mut Read) -> Result<(), Failure> {
    let photos = entry.photos.iter().map(|photo| (entry.file(), &photo.file));
    let inside =
        entry.articles.iter().flat_map(|a| a.pictures.iter().map(|picture| (a.file.as_str(), picture)));
    for (file, name) in photos.chain(inside) {
        match read.files.get(&name.value) {
            // The shortcut itself is told already.
            None if source.shortcuts.contains(&format!("{}/{}", entry.folder, name.value)) => {}
            None => {
                let near = nearest(
                    name,
                    read.files.keys().map(String::as_str).filter(|name| !name.ends_with(".md")),
                );
                read.found.push(prose::no_such_file(name, near).at(file, name.span));
            }
            Some(facts) if facts.size.is_some() => {}
            Some(_) => match look(source, &entry.folder, name)? {
                Ok(facts) => drop(read.files.insert(name.value.clone(), facts)),
                Err(finding) => read.found.push(finding.at(file, name.span)),
            },
        }
    }
    let audio = |audio: &Audio| [Some(audio.file.clone()), audio.transcript.clone()];
    for article in &entry.articles {
        for name in article.audio.iter().flat_map(audio).flatten() {
            if !read.files.contains_key(&name.value) {
                read.found.push(prose::no_such_file(&name, None).at(&article.file, name.span));
            }
        }
    }
    Ok(())
}

fn look(source: &Source, folder: &str, name: &str) -> Result<Result<FileFacts, Box<Diagnostic>>, Failure> {
    match source.read(&format!("{folder}/{name}"), photo::MAX_BYTES) {
        Ok(bytes) => Ok(photo::look(name, &bytes)),
        Err(Unreadable::Failed(failure)) => Err(failure),
        Err(_) => Ok(Err(Box::new(prose::unreadable_photo(name)))),
    }
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

    #[test]
    fn names_windows_keeps_are_refused() {
        assert!(bad_slug("CON").is_some());
        assert!(bad_slug("🏯").is_some());
        assert!(bad_slug(&"a".repeat(81)).is_some());
        assert!(bad_slug("Đền Bia").is_none());
    }
}
