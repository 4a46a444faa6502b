//! `dautich translate`: what is missing or stale, and the stamp that says a translation is up to date again.
//! Changes one line of a translation's head, `source_hash`, and nothing else.
#![allow(clippy::disallowed_methods)] // a command may write what it was asked for

use super::session::{Desk, Exit, Session, counted};
use crate::build::write::write_whole;
use crate::code::Id;
use crate::diagnostic::{Failure, Lang, Text};
use crate::site::{Article, Entry, Site};
use crate::vietnam::folding::{nearest, slug};
use std::fs;
use std::io::{self, Write};

/// `translate`'s own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(clap::Subcommand, Debug)]
enum Verb {
    /// Bài nào thiếu bản dịch hoặc bản dịch đã cũ / What is missing or stale
    Status,
    /// Ghi nhận bản dịch đã theo kịp bài gốc / Say that a translation is up to date
    Done {
        /// Tên thư mục, đường dẫn hoặc mã của bài / The entry's folder or id
        entry: String,
    },
}

/// Where a translation stands.
enum State {
    Missing,
    Stale,
    /// Never stamped: nobody can say from which text it was made.
    Unstamped,
    Done,
}

/// Shows or stamps translations.
///
/// # Errors
/// An entry that does not exist, or a machine that refuses.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    let Desk { source, site, found, .. } = session.load(&session.root.join("output"))?;
    let Some(site) = site else { return Ok(session.report(&found, &source)) };
    match &arguments.verb {
        Verb::Status => Ok(status(session, &site)),
        Verb::Done { entry } => done(session, &site, entry),
    }
}

fn state(entry: &Entry, lang: Lang) -> State {
    match entry.article(lang) {
        None => State::Missing,
        Some(article) if article.source_hash.is_none() => State::Unstamped,
        Some(article) if entry.is_stale(article) => State::Stale,
        Some(_) => State::Done,
    }
}

/// One line a translation that needs a hand, tab-separated: state, language, file, title.
fn status(session: &Session, site: &Site) -> Exit {
    let mut out = io::stdout().lock();
    let (mut open, mut all) = (0, 0);
    for entry in site.entries.iter().filter(|entry| !entry.draft.value && entry.withdrawn.is_none()) {
        for lang in &site.config.languages[1..] {
            all += 1;
            let word = match state(entry, *lang) {
                State::Missing => session.word("thiếu", "missing"),
                State::Stale => session.word("đã cũ", "stale"),
                State::Unstamped => session.word("chưa ghi nhận", "unstamped"),
                State::Done => continue,
            };
            open += 1;
            let file = format!("{}/index.{lang}.md", entry.folder);
            let _ = writeln!(out, "{word}\t{lang}\t{file}\t{}", entry.source().title.value);
        }
    }
    session.tell(
        &format!("{open} trong {all} bản dịch cần xem lại"),
        &format!("{open} of {} to look at", counted(all, "translation", "translations")),
    );
    Exit::Done
}

fn done(session: &Session, site: &Site, named: &str) -> Result<Exit, Failure> {
    let entry = find(site, named)?;
    let translations: Vec<&Article> = entry.articles.iter().skip(1).collect();
    if translations.is_empty() {
        return Err(Failure::usage(
            Text::new(
                format!("bài {} chưa có bản dịch nào", entry.folder),
                format!("{} has no translation yet", entry.folder),
            ),
            Text::new("viết index.en.md rồi chạy lại", "write index.en.md and run it again"),
        ));
    }
    stamp(session, entry)?;
    for article in translations {
        session.tell(
            &format!("{}: đã ghi nhận theo kịp bài gốc ({})", article.file, entry.source().digest),
            &format!("{}: stamped as up to date ({})", article.file, entry.source().digest),
        );
    }
    Ok(Exit::Done)
}

/// Writes into an entry's translations that they were made from its source as it stands.
///
/// # Errors
/// Where the machine refuses.
pub(super) fn stamp(session: &Session, entry: &Entry) -> Result<(), Failure> {
    for article in entry.articles.iter().skip(1) {
        let path = session.root.join(&article.file);
        let text = fs::read_to_string(&path).map_err(|error| Failure::io(&path, &error))?;
        write_whole(&path, stamped(&text, &entry.source().digest).as_bytes())?;
    }
    Ok(())
}

/// The entry named by its id, its folder, or the folder's last part.
fn find<'s>(site: &'s Site, named: &str) -> Result<&'s Entry, Failure> {
    let bare = named.trim().trim_end_matches(['/', '\\']);
    let by_id = Id::parse(&bare.to_uppercase()).ok().and_then(|id| site.entry(id));
    let last = slug(bare.rsplit(['/', '\\']).next().unwrap_or(bare));
    let mut entries = site.entries.iter().map(AsRef::as_ref);
    let by_folder = || entries.find(|entry: &&Entry| entry.folder == bare || entry.slug == last);
    by_id.or_else(by_folder).ok_or_else(|| {
        let near = nearest(&last, site.entries.iter().map(|entry| entry.slug.as_str()));
        let help = match near {
            Some(near) => Text::did_you_mean(near),
            None => {
                Text::new("ghi tên thư mục của bài, ví dụ den-bia", "write the entry's folder, as in den-bia")
            }
        };
        Failure::usage(
            Text::new(format!("không có bài nào tên `{named}`"), format!("there is no entry `{named}`")),
            help,
        )
    })
}

/// A translation's text with its `source_hash` set: the line exchanged, or added at the end of the head. Line ends stay.
fn stamped(text: &str, digest: &str) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::with_capacity(text.len() + 32);
    let (mut fences, mut written) = (0, false);
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end().trim_start_matches('\u{feff}');
        fences += usize::from(bare == "---");
        if fences == 1 && bare.starts_with("source_hash:") {
            out.push_str(&format!("source_hash: \"{digest}\"{end}"));
            written = true;
            continue;
        }
        if fences == 2 && !written {
            out.push_str(&format!("source_hash: \"{digest}\"{end}"));
            written = true;
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stamp_is_one_line_and_nothing_else() {
        let text = "---\r\ntitle: Bia Temple\r\n---\r\nText --- more\r\n---\r\n";
        let once = stamped(text, "4be1c09a77d2");
        assert_eq!(once, text.replacen("\r\n---", "\r\nsource_hash: \"4be1c09a77d2\"\r\n---", 1));
        assert_eq!(stamped(&once, "000000000000"), once.replace("4be1c09a77d2", "000000000000"));
    }
}
