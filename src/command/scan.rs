//! `dautich scan`: the codes in photos, scans and PDFs, where each leads, and whether it is ours.
//! Opens no address, writes nothing but to a temporary folder of its own, and trusts no picture.
#![allow(clippy::disallowed_methods)] // a command may read what it was asked to

use super::picture::{explained, no_code, no_pixels, page, read, too_busy, words};
use super::session::{Exit, Format, Session, counted, printable};
use crate::build::photo;
use crate::code::find::find;
use crate::diagnostic::{Failure, Text};
use crate::site::Site;
use crate::site::verdict::{Judged, judge};
use serde_json::{Value, json};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// Pages of a PDF that are looked at.
const MAX_PAGES: usize = 100;
/// The longer side of a page as it is drawn, in pixels: 200 dpi on A4, whatever size the PDF claims.
const PAGE_SIDE: &str = "2340";
/// How long the drawing of a PDF's pages may take, in tenths of a second.
const PDF_PATIENCE: u32 = 1200;

/// `scan`'s own arguments.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Ảnh chụp, ảnh quét (PNG, JPEG, WebP) hoặc PDF / Photos, scans or PDFs
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Dạng kết quả / Form of the result
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What one file holds.
#[derive(Default)]
struct Seen {
    file: String,
    /// Page (1 for a picture) and what a symbol on it holds.
    codes: Vec<(usize, String)>,
    /// Why the file, or a part of it, was not read.
    trouble: Option<Text>,
    paged: bool,
}

/// Looks at the files.
///
/// # Errors
/// Where the machine refuses; a file that cannot be read is told and the others are looked at.
pub fn run(session: &Session, arguments: &Arguments) -> Result<Exit, Failure> {
    let desk = session.load(&session.root.join("output"))?;
    let Some(site) = &desk.site else { return Ok(session.report(&desk.found, &desk.source)) };
    if site.config.printed_address.is_none() && site.config.moved.is_empty() {
        session.tell(
            "dautich.yaml chưa có printed_address: không mã nào được coi là của trang này",
            "dautich.yaml has no printed_address: no code counts as ours",
        );
    }
    let mut files: Vec<&PathBuf> = arguments.files.iter().collect();
    files.sort();
    files.dedup();
    let bar = session.progress(files.len(), "đọc mã", "reading");
    let (mut good, mut count, mut report) = (true, 0, Vec::new());
    let mut out = io::stdout().lock();
    for file in files {
        let seen = look(file)?;
        bar.inc(1);
        good &= seen.trouble.is_none();
        count += seen.codes.len();
        if let Some(trouble) = &seen.trouble {
            let name = printable(&seen.file);
            session.tell(&format!("{name}: {}", trouble.vi), &format!("{name}: {}", trouble.en));
        }
        let mut codes = Vec::new();
        for (page, text) in &seen.codes {
            let judged = judge(site, text);
            good &= judged.verdict.is_ours();
            let name = if seen.paged { format!("{}:{page}", seen.file) } else { seen.file.clone() };
            let name = printable(&name);
            if arguments.format == Format::Text {
                let _ = writeln!(out, "{}", line(session, site, &name, text, &judged));
            }
            if let Some(why) = explained(&judged) {
                session.tell(&format!("{name}: {}", why.vi), &format!("{name}: {}", why.en));
            }
            codes.push(as_json(site, *page, text, &judged));
        }
        report.push(json!({"file": seen.file, "trouble": seen.trouble, "codes": codes}));
    }
    bar.finish_and_clear();
    if arguments.format == Format::Json {
        let _ = writeln!(out, "{:#}", json!({"version": 1, "files": report}));
    }
    session.tell(
        &format!(
            "{count} mã, {}",
            if good {
                "tất cả của trang này"
            } else {
                "có mã hoặc tệp cần xem lại ở trên"
            }
        ),
        &format!(
            "{}, {}",
            counted(count, "code", "codes"),
            if good { "all of them ours" } else { "NOT all is well" }
        ),
    );
    Ok(if good { Exit::Done } else { Exit::Content })
}

/// One file's codes, page by page, each text once a page.
fn look(file: &Path) -> Result<Seen, Failure> {
    let mut seen = Seen { file: file.display().to_string(), ..Seen::default() };
    let bytes = match read(file) {
        Ok(bytes) => bytes,
        Err(why) => return Ok(Seen { trouble: Some(why), ..seen }),
    };
    if bytes.starts_with(b"%PDF") {
        seen.paged = true;
        drop(bytes);
        return pages(file, seen);
    }
    seen.trouble = look_at(&bytes, 1, &mut seen.codes);
    if seen.codes.is_empty() && seen.trouble.is_none() {
        seen.trouble = Some(no_code());
    }
    Ok(seen)
}

/// Adds a picture's codes; why it was not read, or not to its end.
fn look_at(bytes: &[u8], page: usize, codes: &mut Vec<(usize, String)>) -> Option<Text> {
    let picture = match photo::grey(bytes) {
        Ok(picture) => picture,
        Err(why) => return Some(no_pixels(why)),
    };
    let found = find(picture);
    codes.extend(found.texts.into_iter().map(|text| (page, text)));
    (!found.whole).then(too_busy)
}

/// Draws a PDF's pages with `pdftoppm` and looks at each.
fn pages(file: &Path, mut seen: Seen) -> Result<Seen, Failure> {
    let folder = tempfile::tempdir().map_err(|error| Failure::io(&std::env::temp_dir(), &error))?;
    if let Err(why) = draw(file, folder.path()) {
        seen.trouble = Some(why);
    }
    let listed = fs::read_dir(folder.path()).map_err(|error| Failure::io(folder.path(), &error))?;
    let mut drawn: Vec<PathBuf> = listed.flatten().map(|page| page.path()).collect();
    // `pdftoppm` numbers the pages with as many digits as the last one has.
    drawn.sort();
    for (number, page) in drawn.iter().enumerate().take(MAX_PAGES) {
        let bytes = fs::read(page).map_err(|error| Failure::io(page, &error))?;
        let why = look_at(&bytes, number + 1, &mut seen.codes);
        seen.trouble = seen.trouble.or(why);
    }
    if drawn.len() > MAX_PAGES {
        seen.trouble = Some(Text::new(
            format!("chỉ đọc {MAX_PAGES} trang đầu; hãy tách tệp"),
            format!("only the first {MAX_PAGES} pages were read; split the file"),
        ));
    } else if seen.codes.is_empty() && seen.trouble.is_none() {
        seen.trouble = Some(no_code());
    }
    Ok(seen)
}

/// Runs `pdftoppm`, with an end to its time and to the size of what it draws.
fn draw(file: &Path, folder: &Path) -> Result<(), Text> {
    let failed = || Text::new("không mở được tệp PDF này", "this PDF cannot be opened");
    // In full, so that a name like `-r.pdf` is never taken for a flag.
    let file = fs::canonicalize(file).map_err(|_| failed())?;
    let mut child = Command::new("pdftoppm")
        .args(["-gray", "-png", "-scale-to", PAGE_SIDE, "-l", &(MAX_PAGES + 1).to_string()])
        .arg(file)
        .arg(folder.join("page"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => no_pdftoppm(),
            _ => Text::new(format!("không chạy được pdftoppm: {error}"), format!("pdftoppm: {error}")),
        })?;
    for _ in 0..PDF_PATIENCE {
        match child.try_wait() {
            Ok(Some(ended)) if ended.success() => return Ok(()),
            Ok(Some(_)) | Err(_) => return Err(failed()),
            Ok(None) => thread::sleep(Duration::from_millis(100)),
        }
    }
    let _ = child.kill();
    let _ = child.wait();
    Err(Text::new("tệp PDF này vẽ quá lâu, đã dừng", "this PDF takes too long to draw and was stopped"))
}

fn no_pdftoppm() -> Text {
    Text::new(
        "đọc PDF cần chương trình pdftoppm mà máy này chưa có\n  Debian, Ubuntu: sudo apt install poppler-utils\n  \
         macOS: brew install poppler\n  Windows: cài Poppler for Windows và thêm thư mục bin của nó vào PATH\n  \
         hoặc: lưu trang PDF thành ảnh PNG rồi chạy `dautich scan` với ảnh ấy",
        "reading a PDF needs the program pdftoppm, which is not on this machine\n  Debian, Ubuntu: sudo apt install poppler-utils\n  \
         macOS: brew install poppler\n  Windows: install Poppler for Windows and add its bin folder to PATH\n  \
         or: save the page as PNG and run `dautich scan` on that",
    )
}

/// A line on stdout: file, verdict, id, title, what the symbol holds, the page, the article's file.
fn line(session: &Session, site: &Site, name: &str, text: &str, judged: &Judged<'_>) -> String {
    let (vi, en) = words(&judged.verdict);
    let entry = judged.verdict.entry();
    let title = entry.map(|entry| &entry.article(session.lang).unwrap_or_else(|| entry.source()).title.value);
    let cells = [
        name.to_owned(),
        session.word(vi, en).to_owned(),
        judged.id.map(|id| id.to_string()).unwrap_or_default(),
        title.map(|title| printable(title)).unwrap_or_default(),
        printable(text),
        page(site, judged).unwrap_or_default(),
        entry.map(|entry| printable(entry.file())).unwrap_or_default(),
    ];
    cells.join("\t").trim_end().to_owned()
}

fn as_json(site: &Site, number: usize, text: &str, judged: &Judged<'_>) -> Value {
    let entry = judged.verdict.entry();
    let titles = entry.map(|entry| {
        let title = |article: &crate::site::Article| {
            (article.lang.as_str().to_owned(), Value::from(article.title.value.as_str()))
        };
        entry.articles.iter().map(title).collect::<serde_json::Map<_, _>>()
    });
    json!({
        "page": number,
        "verdict": judged.verdict.word(),
        "ours": judged.verdict.is_ours(),
        "id": judged.id,
        "title": titles,
        "article": entry.map(crate::site::Entry::file),
        "address": text,
        "leads_to": page(site, judged),
        "host": judged.host,
        "imitates": judged.imitates,
        "note": explained(judged),
    })
}
