//! The files of a site as their editors left them, and their text made even: no BOM, LF, NFC, no hidden characters.
//! Every span in a diagnostic counts bytes of this text. Reads, never writes, and follows no shortcut.
#![allow(clippy::disallowed_methods)] // this file is one of the few that may read the disk

use crate::diagnostic::{Failure, Lang};
use crate::site::ledger;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};
use std::{fs, io};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use walkdir::WalkDir;

/// The largest text file that is read, in bytes.
pub const MAX_TEXT: u64 = 2 * 1024 * 1024;

/// The largest ledger, in bytes: a million rows.
const MAX_LEDGER: u64 = 256 * 1024 * 1024;

/// The names of a site's content, found once.
pub struct Source {
    /// The site's root folder.
    pub root: PathBuf,
    /// Files under `content/`: the name people see (NFC, `/` between folders), and where it really is if the disk writes
    /// that name otherwise.
    files: BTreeMap<Box<str>, Option<PathBuf>>,
    /// Folders under `content/`, in the same form.
    pub folders: Vec<String>,
    /// Shortcuts (symbolic links) under `content/`, which are not followed.
    pub shortcuts: Vec<String>,
    /// Names that two files or folders share once both are in NFC.
    pub twins: Vec<String>,
}

/// Why a text could not be had.
#[derive(Debug)]
pub enum Unreadable {
    /// There is no such file.
    Missing,
    /// Larger than [`MAX_TEXT`]; its size in bytes.
    TooLarge(u64),
    /// Not UTF-8.
    NotUtf8,
    /// A folder (or a pipe, a device) bears the file's name.
    Folder,
    /// The machine refused.
    Failed(Failure),
}

/// What tells whether a file is as it was, without reading it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stamp {
    name: String,
    size: u64,
    modified: SystemTime,
    /// When its head was written last and which file it is, on systems that tell: a file that was put back with an old
    /// date is another one.
    changed: (i64, i64, u64),
}

/// How coarse a disk's clock may be (FAT counts two seconds): what was changed this short a time ago may change again
/// and bear the same time.
const COARSE: Duration = Duration::from_secs(2);

impl Stamp {
    fn of(name: &str, path: &Path, now: SystemTime) -> Option<Self> {
        let found = fs::metadata(path).ok()?;
        let modified = found.modified().ok().filter(|modified| *modified + COARSE < now)?;
        #[cfg(unix)]
        let changed = {
            use std::os::unix::fs::MetadataExt as _;
            (found.ctime(), found.ctime_nsec(), found.ino())
        };
        #[cfg(not(unix))]
        let changed = (0, 0, 0);
        Some(Self { name: name.to_owned(), size: found.len(), modified, changed })
    }
}

impl Source {
    /// Looks through `content/` once. A missing `content/` is an empty site.
    ///
    /// # Errors
    /// Where a folder cannot be listed.
    pub fn open(root: &Path) -> Result<Self, Failure> {
        let (mut files, mut folders) = (BTreeMap::new(), Vec::new());
        let (mut shortcuts, mut twins) = (Vec::new(), Vec::new());
        let content = root.join("content");
        if fs::symlink_metadata(&content).is_ok_and(|found| found.is_symlink()) {
            shortcuts.push("content".to_owned());
        } else if content.is_dir() {
            for found in WalkDir::new(&content).min_depth(1).sort_by_file_name() {
                let found = found.map_err(|error| {
                    let path = error.path().unwrap_or(&content).to_path_buf();
                    Failure::io(&path, &io::Error::from(error))
                })?;
                let name = name_of(root, found.path());
                if found.path_is_symlink() {
                    shortcuts.push(name);
                } else if found.file_type().is_dir() {
                    folders.push(name);
                } else {
                    let path = Some(found.into_path()).filter(|path| *path != root.join(&name));
                    if files.insert(name.as_str().into(), path).is_some() {
                        twins.push(name);
                    }
                }
            }
        }
        folders.sort();
        let mut same: Vec<String> =
            folders.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
        // What lies in twin folders is told with them.
        twins.retain(|name: &String| !same.iter().any(|folder| name.starts_with(&format!("{folder}/"))));
        twins.append(&mut same);
        folders.dedup();
        Ok(Self { root: root.to_path_buf(), files, folders, shortcuts, twins })
    }

    /// The names of the files directly inside a folder, in order.
    pub fn files_in<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.inside(folder).map(move |name| &name[folder.len() + 1..])
    }

    /// The files directly inside a folder, each by its whole name, in order.
    fn inside<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        let start = format!("{folder}/");
        self.files
            .range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded))
            .map(|(name, _)| &**name)
            .take_while(move |name| name.starts_with(&start))
            .filter(|name| !name[folder.len() + 1..].contains('/'))
    }

    /// Whether a file of that name is directly inside a folder.
    pub fn holds(&self, folder: &str, name: &str) -> bool {
        !name.contains('/') && self.files.contains_key(format!("{folder}/{name}").as_str())
    }

    /// The names of the files directly inside a folder that are no articles, in order.
    pub fn beside_articles<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.files_in(folder).filter(|name| !name.ends_with(".md"))
    }

    /// What tells whether a folder is as it was: its own stamp and those of the files directly inside it. None at all
    /// where one of them cannot be had, or is so young at `now` that a further change might not show in it.
    pub fn stamps(&self, folder: &str, now: SystemTime) -> Vec<Stamp> {
        let inside: Vec<_> = self.inside(folder).filter_map(|name| Some((name, self.path(name)?))).collect();
        // Of the folder too: a shortcut or a folder inside it is no file, but may be what an article names.
        let parent = inside.first().and_then(|(_, path)| Some((folder, path.parent()?)));
        let all = parent.into_iter().chain(inside.iter().map(|(name, path)| (*name, path.as_path())));
        all.map(|(name, path)| Stamp::of(name, path, now)).collect::<Option<_>>().unwrap_or_default()
    }

    /// Files that stand in `content/` outside of any entry's folder.
    pub fn stray_files(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|name| &**name).filter(|name| name.matches('/').count() < 3)
    }

    /// Where a file really is. Under `content/` only what was found by the walk is known: no shortcut is followed.
    fn path(&self, name: &str) -> Option<PathBuf> {
        match self.files.get(name) {
            Some(Some(elsewhere)) => Some(elsewhere.clone()),
            Some(None) => Some(self.root.join(name)),
            None if name.starts_with("content/") => None,
            None => Some(self.root.join(name)),
        }
    }

    /// A text file, made even.
    ///
    /// # Errors
    /// Says why it could not be had.
    pub fn text(&self, name: &str) -> Result<String, Unreadable> {
        let limit = if name == ledger::FILE { MAX_LEDGER } else { MAX_TEXT };
        let bytes = self.read(name, limit)?;
        even(bytes).ok_or(Unreadable::NotUtf8)
    }

    /// A file's bytes, at most `limit` of them.
    ///
    /// # Errors
    /// Says why they could not be had.
    pub fn read(&self, name: &str, limit: u64) -> Result<Vec<u8>, Unreadable> {
        let Some(path) = self.path(name) else {
            let folder = self.folders.iter().any(|folder| folder == name);
            return Err(if folder { Unreadable::Folder } else { Unreadable::Missing });
        };
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => Unreadable::Missing,
            _ => Unreadable::Failed(Failure::io(&path, &error)),
        };
        let found = fs::metadata(&path).map_err(failed)?;
        if !found.is_file() {
            return Err(Unreadable::Folder);
        }
        if found.len() > limit {
            return Err(Unreadable::TooLarge(found.len()));
        }
        fs::read(&path).map_err(failed)
    }
}

/// The name of a file as people see it: relative to the root, `/` between folders, NFC.
fn name_of(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let mut name = String::with_capacity(relative.as_os_str().len());
    for part in relative.components() {
        if !name.is_empty() {
            name.push('/');
        }
        name.push_str(&compose(&part.as_os_str().to_string_lossy()));
    }
    name
}

/// The language of an article's file name: `index.md` is the source language's, `index.en.md` English.
pub fn article_language(name: &str, source: Lang) -> Option<Lang> {
    match name.strip_prefix("index.")?.strip_suffix("md")? {
        "" => Some(source),
        tag => Lang::parse(tag.strip_suffix('.')?),
    }
}

/// Text made even; `None` where the bytes are not UTF-8. What Word and Zalo leave behind is mended where the meaning
/// is plain: a BOM, CRLF, zero-width blanks, and inside a head no-break blanks and Word's line breaks (0x0B).
pub fn even(bytes: Vec<u8>) -> Option<String> {
    let mut text = String::from_utf8(bytes).ok()?;
    // Searched for as strings: a search for a set of characters would decode every letter of the nation's prose.
    if ["\r", "\u{b}", "\u{a0}", "\u{200b}", "\u{feff}"].iter().any(|stray| text.contains(stray)) {
        text = text.replace("\r\n", "\n").replace('\r', "\n").replace(['\u{200b}', '\u{feff}'], "");
        if text.contains(['\u{b}', '\u{a0}']) {
            text = even_blanks(&text);
        }
    }
    if let Cow::Owned(composed) = compose(&text) {
        text = composed;
    }
    Some(text)
}

/// The text in NFC.
pub fn compose(text: &str) -> Cow<'_, str> {
    // Latin with the letters of Vietnamese, and dashes and quotes: none of them is ever composed further.
    let composed = |c| matches!(c, '\0'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}');
    if text.chars().all(composed) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.into()
    } else {
        text.nfc().collect()
    }
}

fn even_blanks(text: &str) -> String {
    let mut fences = 0;
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        fences += usize::from(line.trim_end() == "---");
        if fences < 2 {
            out.push_str(&line.replace(['\u{b}', '\u{a0}'], " "));
        } else {
            out.push_str(&line.replace('\u{b}', "\n"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_word_leaves_behind_is_mended() {
        let raw = "\u{feff}---\r\ntitle:\u{a0}Đền\u{b}Bia\u{200b}\r\n---\r\nMột\u{a0}hai\u{b}ba\r\n";
        assert_eq!(even(raw.into()).unwrap(), "---\ntitle: Đền Bia\n---\nMột\u{a0}hai\nba\n");
        let decomposed: String = "Văn miếu".nfd().collect();
        assert_eq!(even(decomposed.into_bytes()).unwrap(), "Văn miếu");
        assert!(even(vec![0xff, 0xfe]).is_none());
    }

    #[test]
    fn what_is_taken_for_composed_is() {
        for c in ('\0'..='\u{2ff}').chain('\u{1e00}'..='\u{1eff}').chain('\u{2010}'..='\u{2027}') {
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
        }
        assert_eq!(compose("a\u{309}"), "ả");
    }

    #[test]
    fn file_names_tell_the_language() {
        assert_eq!(article_language("index.md", Lang::VI), Some(Lang::VI));
        assert_eq!(article_language("index.en.md", Lang::VI), Some(Lang::EN));
        assert_eq!(article_language("index..md", Lang::VI), None);
        assert_eq!(article_language("cong.jpg", Lang::VI), None);
    }
}
