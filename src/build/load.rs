//! The source files become a site: heads read, articles looked through, photos measured, all in one parallel pass.
//! Every slip of a single file is found here; what needs two files is `check`'s.

use super::articles::{Translated, article, head_of, text_if_there, translation, unreadable};
use super::facets::FOLDERS;
use super::markdown::FEWEST_WORDS;
use super::source::{Source, Stamp, Unreadable, article_language, even};
use super::{narration, photo, sections, wordings};
use crate::code::Id;
use crate::diagnostic::diagnostic::At;
use crate::diagnostic::rules::{codes, facts, heads, prose};
use crate::diagnostic::{Diagnostic, Failure, Lang, Severity, Span, Text};
use crate::site::entry::{Facts, Head};
use crate::site::fields::{Fields, Reader};
use crate::site::front_matter::{self, Node, Value};
use crate::site::site::FileFacts;
use crate::site::{Config, Entry, Kind, Ledger, Site, config, ledger};
use crate::vietnam::folding::{nearest, slug};
use crate::vietnam::units::{self, Units};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::SystemTime;

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
    /// What the next load may keep.
    pub kept: Kept,
}

/// What one load read of each entry's folder, for the next to keep where nothing in the folder changed.
#[derive(Default, Clone)]
pub struct Kept {
    /// The languages it was read with; all that a folder's reading takes from `dautich.yaml`.
    languages: Vec<Lang>,
    /// The day it was read on, which days and years in it were held against.
    day: Option<Date>,
    folders: HashMap<String, Seen>,
}

/// A folder's reading, and what told then that the folder was so; nothing where that cannot be relied on.
#[derive(Clone)]
struct Seen {
    stamps: Vec<Stamp>,
    read: Arc<Read>,
}

/// Reads the whole site. `published` is the ledger that the last build left in the output, empty where there is none;
/// `today` is the day of the build, which reviews and years of the past are held against. `last` is what the last load
/// kept, and the time now; without it nothing is kept.
///
/// # Errors
/// Where the machine refuses to read; what an editor wrote is never an error here.
pub fn load(
    source: &Source,
    published: &[u8],
    today: Date,
    last: Option<(&Kept, SystemTime)>,
) -> Result<Loaded, Failure> {
    let (config, mut found) = read_config(source, today)?;
    let Some(config) = config else {
        let kept = last.map(|(kept, _)| kept.clone()).unwrap_or_default();
        return Ok(Loaded { site: None, found, kept });
    };
    let (ledger, broken) = read_ledger(source)?;
    found.extend(broken);
    let (published, unreadable) = read_published(published);
    found.extend(unreadable);
    found.extend(source.shortcuts.iter().map(|name| heads::symlink().in_file(name)));
    found.extend(strays(source));

    let units = read_units(source, &mut found)?;
    let folders: Vec<(Kind, &String)> =
        source.folders.iter().filter_map(|folder| Some((kind_of(folder)?, folder))).collect();
    let seen: Vec<Result<Seen, Failure>> = folders
        .par_iter()
        .map(|(kind, folder)| {
            // Before it is read: what changes meanwhile is read again next time.
            let stamps = last.map(|(_, now)| source.stamps(folder, now)).unwrap_or_default();
            let same = |kept: &Kept| kept.languages == config.languages && kept.day == Some(today);
            let then = last.filter(|(kept, _)| same(kept));
            let then = then.and_then(|(kept, _)| kept.folders.get(*folder));
            let read = match then.filter(|then| !stamps.is_empty() && then.stamps == stamps) {
                Some(then) => Arc::clone(&then.read),
                None => Arc::new(read_entry(source, &config, (*kind, folder), today)?),
            };
            Ok(Seen { stamps, read })
        })
        .collect();
    let (mut entries, mut files, mut unread) = (Vec::new(), BTreeMap::new(), Vec::new());
    let mut kept = Kept { languages: config.languages.clone(), day: Some(today), folders: HashMap::new() };
    for (seen, (_, folder)) in seen.into_iter().zip(folders) {
        let seen = seen?;
        found.extend(seen.read.found.iter().cloned());
        if !seen.read.files.is_empty() {
            files.insert(folder.clone(), Arc::clone(&seen.read.files));
        }
        match &seen.read.entry {
            Some(entry) => entries.push(Arc::clone(entry)),
            None => unread.extend(seen.read.ids.iter().map(|id| (*id, folder.clone()))),
        }
        if last.is_some() {
            kept.folders.insert(folder.clone(), seen);
        }
    }
    entries.sort_by(|a, b| (a.kind, &a.folder).cmp(&(b.kind, &b.folder)));
    if entries.is_empty()
        && unread.is_empty()
        && found.iter().all(|finding| finding.severity == Severity::Warning)
    {
        found.push(heads::no_entries());
    }
    let site = Site::new(config, entries, (ledger, published), files, unread, units);
    found.extend(sections::lost(source, &site));
    Ok(Loaded { site: Some(site), found, kept })
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

fn read_config(source: &Source, today: Date) -> Result<(Option<Config>, Vec<Diagnostic>), Failure> {
    let text = match text_if_there(source, config::FILE)? {
        Ok(Some(text)) => text,
        Ok(None) => return Ok((None, vec![heads::no_config().in_file(config::FILE)])),
        Err(finding) => return Ok((None, vec![*finding])),
    };
    Ok(match front_matter::parse(&text, Span::new(0, text.len())) {
        Ok(node) => Config::read(&node, config::FILE, &text, today),
        Err(finding) => (None, vec![finding.in_file(config::FILE)]),
    })
}

/// The units in force: the site's own table where it brings one; a slip in it is found and the table inside the program
/// stands in.
///
/// # Errors
/// Where the machine refuses to read.
pub fn read_units(source: &Source, found: &mut Vec<Diagnostic>) -> Result<Units, Failure> {
    let text = match text_if_there(source, units::FILE)? {
        Ok(Some(text)) => text,
        Ok(None) => return Ok(Units::bundled()),
        Err(finding) => {
            found.push(*finding);
            return Ok(Units::bundled());
        }
    };
    Ok(Units::read(&text).unwrap_or_else(|slip| {
        found.push(facts::unit_table(&slip.text()).in_file(units::FILE));
        Units::bundled()
    }))
}

/// The ledger of a site, and what in it cannot be read.
///
/// # Errors
/// Where the machine refuses to read.
pub fn read_ledger(source: &Source) -> Result<(Ledger, Vec<Diagnostic>), Failure> {
    Ok(match text_if_there(source, ledger::FILE)? {
        Ok(Some(text)) => Ledger::read(&text),
        Ok(None) => (Ledger::default(), Vec::new()),
        Err(mut finding) => {
            finding.severity = Severity::Break;
            (Ledger::default(), vec![*finding])
        }
    })
}

/// The ledger of the last build. A guard that cannot be read is not a guard that found nothing.
pub fn read_published(bytes: &[u8]) -> (Ledger, Option<Diagnostic>) {
    let unreadable = || codes::published_unreadable().in_file("output/data/ledger.tsv");
    match even(bytes.to_vec()).map(|text| Ledger::read(&text)) {
        Some((ledger, found)) => (ledger, (!found.is_empty()).then(unreadable)),
        None => (Ledger::default(), Some(unreadable())),
    }
}

/// One entry's folder, as far as it could be read.
struct Read {
    entry: Option<Arc<Entry>>,
    /// Its ids, where the head could not be read but the lines `id:` and `former_ids:` could.
    ids: Vec<Id>,
    /// The files that the entry names, by name.
    files: Arc<BTreeMap<String, FileFacts>>,
    found: Vec<Diagnostic>,
}

fn read_entry(
    source: &Source,
    config: &Config,
    (kind, folder): (Kind, &str),
    today: Date,
) -> Result<Read, Failure> {
    let mut read = Read { entry: None, ids: Vec::new(), files: Arc::default(), found: Vec::new() };
    let name = folder.rsplit('/').next().unwrap_or(folder);
    if let Some(reason) = bad_slug(name) {
        read.found.push(heads::bad_slug(name, &reason).in_file(folder));
    }
    let file = format!("{folder}/index.md");
    let text = match source.text(&file) {
        Ok(text) => text,
        Err(Unreadable::Missing) if source.files_in(folder).next().is_none() => return Ok(read),
        Err(why) => {
            read.found.push(unreadable(why)?.in_file(&file));
            return Ok(read);
        }
    };
    let Some((node, body)) = head_of(&text, &file, &mut read.found) else {
        read.ids = glean_ids(&text);
        return Ok(read);
    };
    let mut reader =
        Reader { file: &file, text: &text, languages: &config.languages, today, found: Vec::new() };
    let head = Fields::of(&node, &mut reader).and_then(|mut fields| {
        let head = Head::read(&mut fields, kind);
        fields.finish();
        head
    });
    read.found.append(&mut reader.found);
    let Some(Head { mut entry, prose }) = head else {
        read.ids = glean_ids(&text);
        if is_draft(&node) {
            read.found.iter_mut().for_each(spare_draft);
        }
        return Ok(read);
    };
    entry.slug = slug(name);
    folder.clone_into(&mut entry.folder);
    wordings::look(&entry.facts, &file, &text, &node, body, &mut read.found);
    let captions = prose.captions.iter().map(|(_, caption)| caption.clone()).collect();
    let article = article(config.source_language(), file, &text, body, prose, captions, &mut read.found);
    entry.articles.reserve_exact(config.languages.len());
    entry.articles.push(article);
    translations(source, config, &mut entry, &mut read, today)?;
    pictures(source, &entry, &mut read)?;
    thin_articles(&entry, &mut read.found);
    if entry.draft.value {
        read.found.iter_mut().for_each(spare_draft);
    }
    read.entry = Some(Arc::new(entry));
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
    let taken = RESERVED.contains(&slug.as_str()) || FOLDERS.contains(&slug.as_str());
    taken.then(|| {
        Text::new(
            "Windows hoặc chính trang này giữ riêng tên ấy",
            "Windows or the site itself keeps that name",
        )
    })
}

/// The ids on the lines `id:` and `former_ids:` of a head that cannot be read otherwise.
fn glean_ids(text: &str) -> Vec<Id> {
    let lines =
        text.lines().take(200).filter(|line| line.starts_with("id:") || line.starts_with("former_ids:"));
    let lines = lines.map(|line| line.split('#').next().unwrap_or_default());
    lines
        .flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric()))
        .filter_map(|word| Id::parse(word).ok())
        .collect()
}

fn translations(
    source: &Source,
    config: &Config,
    entry: &mut Entry,
    read: &mut Read,
    today: Date,
) -> Result<(), Failure> {
    let source_language = config.source_language();
    let known = config.languages.iter().map(Lang::as_str).collect::<Vec<_>>().join(", ");
    let is_article = |name: &&str| name.starts_with("index.") && name.to_lowercase().ends_with(".md");
    for name in source.files_in(&entry.folder).filter(is_article) {
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
        if source.holds(&entry.folder, &name) {
            match translation(source, config, entry, (*lang, &name), today, &mut read.found)? {
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

/// Articles that say next to nothing, and a guide without the steps it promises. A guide may be short and a trail is
/// told by its stops; a draft is not finished and a withdrawn entry shows no article.
fn thin_articles(entry: &Entry, found: &mut Vec<Diagnostic>) {
    if entry.draft.value || entry.withdrawn.is_some() {
        return;
    }
    for article in &entry.articles {
        let told = matches!(entry.kind, Kind::Relic | Kind::Product);
        // An article that is not there at all is told by itself.
        if told && (1..FEWEST_WORDS).contains(&article.words) {
            found.push(
                prose::near_empty_article(article.words, FEWEST_WORDS, article.lang != entry.source().lang)
                    .in_file(&article.file),
            );
        }
        let promised = matches!(&entry.facts, Facts::Guide(guide) if guide.steps);
        if promised && !article.steps {
            found.push(prose::steps_without_list().in_file(&article.file));
        }
    }
}

/// Looks into every file that the entry names, once.
fn pictures(source: &Source, entry: &Entry, read: &mut Read) -> Result<(), Failure> {
    let photos = entry.photos.iter().map(|photo| (entry.file(), &photo.file));
    let inside =
        entry.articles.iter().flat_map(|a| a.pictures.iter().map(|picture| (a.file.as_str(), picture)));
    for (file, name) in photos.chain(inside) {
        if read.files.contains_key(&name.value) {
            continue;
        }
        // A shortcut itself is told already.
        let shortcut = || source.shortcuts.contains(&format!("{}/{}", entry.folder, name.value));
        match source.holds(&entry.folder, name) {
            false if shortcut() => {}
            false => {
                let near = nearest(name, source.beside_articles(&entry.folder));
                read.found.push(prose::no_such_file(name, near).at(file, name.span));
            }
            true => match look(source, &entry.folder, name)? {
                Ok(facts) => {
                    let photo = facts.size.filter(|_| facts.ending != "svg");
                    if let Some((width, height)) = photo.filter(|(width, _)| *width < photo::NARROWEST) {
                        let finding = prose::photo_too_small(name, width, height, photo::NARROWEST);
                        read.found.push(finding.at(file, name.span));
                    }
                    Arc::make_mut(&mut read.files).insert(name.value.clone(), facts);
                }
                Err(finding) => read.found.push(finding.at(file, name.span)),
            },
        }
    }
    narration::look_into(source, entry, Arc::make_mut(&mut read.files), &mut read.found)
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

    #[test]
    fn names_windows_keeps_are_refused() {
        assert!(bad_slug("CON").is_some());
        assert!(bad_slug("🏯").is_some());
        assert!(bad_slug(&"a".repeat(81)).is_some());
        assert!(bad_slug("Đền Bia").is_none());
    }
}
